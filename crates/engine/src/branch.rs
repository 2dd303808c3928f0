//! One answer that is growing from the trunk.

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use protocol::{Constraint, Ending, Event, Fault, Generate, Reason};

use crate::constraint::Guide;
use crate::outlet;
use crate::queue::Job;
use crate::sampler::Sampler;
use crate::text::Assembler;

/// What all answers to one request have in common.
#[derive(Clone, Copy)]
pub struct Wish<'work> {
    /// The model whose words are written.
    pub model: &'static LlamaModel,
    /// Whose answers these are.
    pub job: &'work Job,
    /// What was asked for.
    pub request: &'work Generate,
}

impl<'work> Wish<'work> {
    /// How the conversation goes on for an answer; nothing where it goes on in one way only.
    pub fn ending(&self, number: u32) -> Option<&'work Ending> {
        let place = usize::try_from(number).ok()?;
        self.request.endings.get(place)
    }

    /// What an answer must look like.
    pub fn constraint(&self, number: u32) -> Option<&'work Constraint> {
        match self.ending(number) {
            Some(ending) => ending.constraint.as_ref(),
            None => self.request.constraint.as_ref(),
        }
    }
}

/// One answer.
pub struct Branch {
    /// Its number in the series.
    pub number: u32,
    /// Its sequence in the cache.
    pub sequence: i32,
    /// Its tokens whose keys and values are in the cache.
    pub decoded: Vec<LlamaToken>,
    /// Its tokens that are still to be decoded; at least one while it grows.
    pub certain: Vec<LlamaToken>,
    /// Tokens written.
    pub output: u32,
    /// Most tokens that it may have.
    most: u32,
    /// Why it is complete.
    pub ended: Option<Reason>,
    /// Its text, where it is not streamed.
    pub text: String,
    sampler: Sampler,
    guide: Option<Guide>,
    assembler: Option<Assembler>,
    is_streamed: bool,
}

impl Branch {
    /// An answer at its beginning, behind the part of the prompt that only it has.
    pub fn new(
        wish: Wish<'_>,
        number: u32,
        sequence: i32,
        guide: Option<Guide>,
        own: &[LlamaToken],
    ) -> Self {
        let mut sampling = wish.request.sampling;
        let ending = wish.ending(number);
        let (sampler, first) = match (ending, wish.request.candidates) {
            (Some(_), _) => {
                sampling.seed = sampling.seed.wrapping_add(number);
                (Sampler::new(sampling), 0)
            }
            (None, Some(which)) => (Sampler::of_candidate(sampling, number), which.first),
            (None, None) => (Sampler::new(sampling), number),
        };
        let mut branch = Self {
            number,
            sequence,
            decoded: Vec::new(),
            certain: own.to_vec(),
            output: 0,
            most: ending.map_or(wish.request.max_tokens, |ending| ending.max_tokens),
            ended: None,
            text: String::new(),
            sampler,
            guide,
            assembler: Some(Assembler::new(&wish.request.stop)),
            is_streamed: number == first,
        };
        branch.put(wish, wish.request.opening.as_bytes());
        branch
    }

    /// Whether a constraint decides what may come.
    pub fn is_guided(&self) -> bool {
        self.guide.is_some()
    }

    /// Takes what is forced before the first token is chosen; whether there was anything.
    pub fn begin(&mut self, wish: Wish<'_>) -> bool {
        self.take_forced(wish);
        !self.certain.is_empty()
    }

    /// Chooses the next token, and takes all that is forced after it.
    pub fn choose(&mut self, wish: Wish<'_>, logits: &[f32]) -> Result<(), Fault> {
        let mask = match &mut self.guide {
            None => None,
            Some(guide) => match guide.allowed()? {
                Some(mask) => Some(mask),
                None => {
                    self.end(wish, Reason::Stop);
                    return Ok(());
                }
            },
        };
        let token = self.sampler.choose(logits, mask.as_ref());
        let Some(token) = token.filter(|token| !wish.model.vocab().is_eog(*token)) else {
            self.end(wish, Reason::Stop);
            return Ok(());
        };
        if let Some(guide) = &mut self.guide {
            guide.take(token)?;
        }
        self.write(wish, token);
        self.take_forced(wish);
        Ok(())
    }

    fn take_forced(&mut self, wish: Wish<'_>) {
        let Some(guide) = &mut self.guide else { return };
        let forced = guide.forced();
        let is_complete = guide.is_complete();
        for token in forced {
            if self.ended.is_none() && !wish.model.vocab().is_eog(token) {
                self.write(wish, token);
            }
        }
        if is_complete && self.ended.is_none() {
            self.end(wish, Reason::Stop);
        }
    }

    /// Writes one token down.
    fn write(&mut self, wish: Wish<'_>, token: LlamaToken) {
        self.certain.push(token);
        self.output += 1;
        self.put(wish, &wish.model.vocab().token_to_piece(token, false, None));
        if self.ended.is_none() && self.output >= self.most {
            self.end(wish, Reason::Length);
        }
    }

    /// Adds bytes to the text, and ends it where a stop text comes.
    fn put(&mut self, wish: Wish<'_>, bytes: &[u8]) {
        let Some(assembler) = &mut self.assembler else {
            return;
        };
        let piece = assembler.push(bytes);
        self.show(wish, piece.text);
        if piece.stopped {
            self.ended = Some(Reason::Stop);
        }
    }

    fn end(&mut self, wish: Wish<'_>, reason: Reason) {
        self.ended = Some(reason);
        if let Some(assembler) = self.assembler.take() {
            self.show(wish, assembler.finish());
        }
    }

    fn show(&mut self, wish: Wish<'_>, text: String) {
        self.text.push_str(&text);
        if self.is_streamed && !text.is_empty() {
            outlet::say(&Event::Piece {
                id: wish.job.id,
                text,
            });
        }
    }
}
