//! One request at a time, from its conversation to the event that ends it.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use protocol::{Candidates, Choose, Event, Fault, Generate, Message, Reason, Usage};

use crate::adapter::Adapters;
use crate::branch::Wish;
use crate::branches::{Branches, WIDTH};
use crate::choose;
use crate::constraint::Grammars;
use crate::outlet;
use crate::prefix::{Store, common};
use crate::prompt::{Preset, Prompter};
use crate::queue::{Job, Request};
use crate::trunk::{Tokens, Trunk};

/// Sequences of the cache: the trunk's, and the answers' or options' that grow from it.
pub const SEQUENCES: u32 = 1 + choose::SEQUENCES as u32;

/// Gives answers with one model and one context window.
pub struct Decoder {
    model: &'static LlamaModel,
    prompter: Prompter<'static>,
    trunk: Trunk,
    grammars: Grammars,
    adapters: Adapters,
}

impl Decoder {
    /// A decoder with an empty cache.
    pub fn new(model: &'static LlamaModel, context: LlamaContext<'static>, store: Store) -> Self {
        Self {
            model,
            prompter: Prompter::new(model),
            trunk: Trunk::new(context, SEQUENCES.cast_signed(), store),
            grammars: Grammars::new(model),
            adapters: Adapters::default(),
        }
    }

    /// Answers one request, saying what there is to say on the way, and returns the event that ends it.
    pub fn answer(&mut self, job: &Job) -> Event {
        let ended = match &*job.request {
            Request::Generate(request) => self.generate(job, request),
            Request::Choose(request) => self.choose(job, request),
        };
        ended.unwrap_or_else(|fault| Event::Failed { id: job.id, fault })
    }

    fn generate(&mut self, job: &Job, request: &Generate) -> Result<Event, Fault> {
        let Asked { prompt, own } = self.asked(request)?;
        let width = self.width(&prompt, &own, request)?;
        // A constraint that cannot be used is refused before anything is read.
        let constraints = request.endings.iter().map(|ending| &ending.constraint);
        for constraint in constraints.chain([&request.constraint]).flatten() {
            self.grammars.guide(constraint)?;
        }
        self.adapters
            .attach(self.model, &mut self.trunk, request.adapter.as_ref())?;
        let mut usage = self.begin(job, &prompt);
        if !self.trunk.read(&prompt, job)? {
            return Ok(job.finished(Reason::Cancelled, usage, 0));
        }
        let which = match request.candidates {
            _ if !own.is_empty() => Candidates {
                first: 0,
                count: count(own.len()),
            },
            which => which.unwrap_or(Candidates { first: 0, count: 1 }),
        };
        let wish = Wish {
            model: self.model,
            job,
            request,
        };
        let mut branches = Branches::new(&mut self.trunk, &mut self.grammars, wish, &own, width);
        let reason = branches.grow(which.first..which.first.saturating_add(which.count))?;
        usage.output = branches.output;
        Ok(job.finished(reason, usage, branches.first_token_ms))
    }

    fn choose(&mut self, job: &Job, request: &Choose) -> Result<Event, Fault> {
        let prompt = self.tokens(&request.messages, request.preset, request.lead)?;
        self.check_fits(&prompt, 64)?;
        self.adapters
            .attach(self.model, &mut self.trunk, request.adapter.as_ref())?;
        let usage = self.begin(job, &prompt);
        if !self.trunk.read(&prompt, job)? {
            return Ok(job.finished(Reason::Cancelled, usage, 0));
        }
        let scores = choose::scores(&mut self.trunk, self.model, &request.options, job)?;
        Ok(match scores {
            Ok(scores) => Event::Chosen {
                id: job.id,
                scores,
                usage,
                total_ms: job.elapsed_ms(),
            },
            Err(reason) => job.finished(reason, usage, 0),
        })
    }

    /// What is asked, as tokens: what all answers have in common, and what each has for itself.
    fn asked(&self, request: &Generate) -> Result<Asked, Fault> {
        let opening = self
            .model
            .vocab()
            .tokenize(request.opening.as_bytes(), false, false);
        let (preset, lead) = (request.preset, request.lead);
        if request.endings.is_empty() {
            let mut prompt = self.tokens(&request.messages, preset, lead)?;
            prompt.all.extend(opening);
            let own = Vec::new();
            return Ok(Asked { prompt, own });
        }
        let mut whole = Vec::new();
        for ending in &request.endings {
            let messages = [request.messages.as_slice(), &ending.messages].concat();
            let mut tokens = self.tokens(&messages, preset, lead)?;
            tokens.all.extend(&opening);
            whole.push(tokens);
        }
        let shared = shared(&whole);
        let first = whole.first().expect("there is an ending");
        let prompt = Tokens {
            all: first.all[..shared].to_vec(),
            preset: first.preset.min(shared),
        };
        let own = whole.iter().map(|tokens| tokens.all[shared..].to_vec());
        let own = own.collect();
        Ok(Asked { prompt, own })
    }

    fn tokens(&self, messages: &[Message], preset: u32, lead: u32) -> Result<Tokens, Fault> {
        let [preset, lead] =
            [preset, lead].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
        let tokens = self.prompter.tokens(
            messages,
            Preset {
                messages: preset,
                lead,
            },
        )?;
        if tokens.all.is_empty() {
            return Err(Fault::BadCommand {
                detail: "the prompt is empty".to_owned(),
            });
        }
        Ok(tokens)
    }

    /// Says how much of the prompt is known already.
    fn begin(&mut self, job: &Job, prompt: &Tokens) -> Usage {
        let usage = Usage {
            prompt: count(prompt.all.len()),
            cached: count(self.trunk.recall(prompt)),
            output: 0,
        };
        outlet::say(&Event::Started {
            id: job.id,
            prompt: usage.prompt,
            cached: usage.cached,
            preset: count(prompt.preset),
        });
        usage
    }

    /// How many answers can grow side by side without running out of the window.
    fn width(
        &self,
        prompt: &Tokens,
        own: &[Vec<LlamaToken>],
        request: &Generate,
    ) -> Result<usize, Fault> {
        let endings = request.endings.iter().zip(own);
        let needed =
            endings.map(|(ending, own)| ending.max_tokens.saturating_add(count(own.len())));
        let most = needed.max().unwrap_or(request.max_tokens);
        let room = self.check_fits(prompt, most)?;
        let wanted = match request.candidates {
            _ if !own.is_empty() => count(own.len()),
            which => which.map_or(1, |which| which.count),
        };
        let fits = room / most.max(1);
        let width = wanted.min(fits).max(1);
        Ok(usize::try_from(width).unwrap_or(WIDTH).min(WIDTH))
    }

    /// Refuses before any work what cannot be finished inside the window; otherwise the tokens that
    /// are left beside the prompt.
    fn check_fits(&self, prompt: &Tokens, output: u32) -> Result<u32, Fault> {
        let (length, context) = (count(prompt.all.len()), self.trunk.context.n_ctx());
        match context.checked_sub(length) {
            Some(room) if room >= output => Ok(room),
            _ => Err(Fault::ContextOverflow {
                prompt: length,
                output,
                context,
            }),
        }
    }
}

/// A prompt as tokens.
struct Asked {
    /// What all answers have in common; it is read once.
    prompt: Tokens,
    /// What each ending has for itself behind that; empty where there are no endings.
    own: Vec<Vec<LlamaToken>>,
}

/// How many tokens several prompts have in common at their beginning. Each keeps one for itself, whose
/// logits choose the first token of its answer.
fn shared(prompts: &[Tokens]) -> usize {
    let Some((first, others)) = prompts.split_first() else {
        return 0;
    };
    let most = prompts.iter().map(|one| one.all.len().saturating_sub(1));
    let most = most.min().unwrap_or(0);
    let common = others.iter().map(|one| common(&first.all, &one.all));
    common.min().unwrap_or(most).min(most).max(1)
}

/// A number of tokens; a context window is counted in 32 bits, so there are never more.
fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_keeps_a_token_for_itself() {
        let tokens = |ids: &[i32]| Tokens {
            all: ids.iter().copied().map(LlamaToken).collect(),
            preset: 0,
        };
        assert_eq!(shared(&[tokens(&[1, 2, 3]), tokens(&[1, 2, 4, 5])]), 2);
        assert_eq!(shared(&[tokens(&[1, 2, 3]), tokens(&[1, 2, 3])]), 2);
        assert_eq!(shared(&[tokens(&[1, 2]), tokens(&[1, 2, 3])]), 1);
        assert_eq!(shared(&[tokens(&[1, 2, 3])]), 2);
    }
}
