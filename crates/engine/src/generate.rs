//! The decode loop: one answer at a time, token by token.
//!
//! The cache of the previous prompt and answer stays; the next prompt only reads what differs.
//! Presets are long and inputs are short, so that is most of the time until the first token.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use protocol::{Event, Fault, Generate, Reason, Usage};

use crate::outlet;
use crate::prompt::Prompter;
use crate::queue::Job;
use crate::text::Assembler;

/// Tokens of a prompt that are read in one go. Larger batches read no faster (measured at 64, 128
/// and 512 on two cores), and a cancel has to wait for the end of one.
pub const BATCH: u32 = 64;

/// Likeliest tokens among which sampling chooses. Without it top-p sorts 150,000 candidates.
const TOP_K: i32 = 40;

/// The only sequence of the cache.
const SEQUENCE: i32 = 0;

/// Gives answers with one model and one context window.
pub struct Decoder<'model> {
    model: &'model LlamaModel,
    context: LlamaContext<'model>,
    prompter: Prompter<'model>,
    batch: LlamaBatch<'static>,
    /// The tokens whose keys and values the cache holds.
    cached: Vec<LlamaToken>,
}

/// The course of one answer.
struct Course {
    usage: Usage,
    first_token_ms: u64,
}

impl<'model> Decoder<'model> {
    /// A decoder with an empty cache.
    pub fn new(model: &'model LlamaModel, context: LlamaContext<'model>) -> Self {
        Self {
            model,
            context,
            prompter: Prompter::new(model),
            batch: LlamaBatch::new(BATCH as usize, 1),
            cached: Vec::new(),
        }
    }

    /// Gives one answer, saying its pieces as they come, and returns the event that ends it.
    pub fn answer(&mut self, job: &Job) -> Event {
        self.read_and_write(job)
            .unwrap_or_else(|fault| Event::Failed { id: job.id, fault })
    }

    fn read_and_write(&mut self, job: &Job) -> Result<Event, Fault> {
        let prompt = self.prompter.tokens(&job.request.messages)?;
        let length = self.check_fits(&prompt, &job.request)?;
        let cached = self.keep_common_beginning(&prompt);
        let mut course = Course {
            usage: Usage {
                prompt: length,
                cached: count(cached),
                output: 0,
            },
            first_token_ms: 0,
        };
        outlet::say(&Event::Started {
            id: job.id,
            prompt: length,
            cached: course.usage.cached,
        });

        let reason = if self.read(&prompt[cached..], job)? {
            self.write(job, &mut course)?
        } else {
            Reason::Cancelled
        };
        Ok(job.finished(reason, course.usage, course.first_token_ms))
    }

    /// Refuses before any work what cannot be finished inside the window.
    fn check_fits(&self, prompt: &[LlamaToken], request: &Generate) -> Result<u32, Fault> {
        if prompt.is_empty() {
            return Err(Fault::BadCommand {
                detail: "the prompt is empty".to_owned(),
            });
        }
        let (length, context) = (count(prompt.len()), self.context.n_ctx());
        if length.saturating_add(request.max_tokens) > context {
            return Err(Fault::ContextOverflow {
                prompt: length,
                output: request.max_tokens,
                context,
            });
        }
        Ok(length)
    }

    /// Drops from the cache what the new prompt does not begin with, and returns how much stays.
    /// The last token of a prompt is always read anew: its logits choose the first token.
    fn keep_common_beginning(&mut self, prompt: &[LlamaToken]) -> usize {
        let same = self
            .cached
            .iter()
            .zip(prompt)
            .take_while(|(old, new)| old == new)
            .count();
        let common = same.min(prompt.len() - 1);
        let removed = self.context.clear_kv_cache_seq(
            Some(SEQUENCE.unsigned_abs()),
            Some(count(common)),
            None,
        );
        if matches!(removed, Ok(true)) {
            self.cached.truncate(common);
        } else {
            // Some architectures cannot forget a part.
            self.forget();
        }
        self.cached.len()
    }

    fn forget(&mut self) {
        self.context.clear_kv_cache();
        self.cached.clear();
    }

    /// Reads the rest of the prompt; `false` when it was cancelled between two batches.
    fn read(&mut self, tokens: &[LlamaToken], job: &Job) -> Result<bool, Fault> {
        for batch in tokens.chunks(BATCH as usize) {
            if job.is_cancelled() {
                return Ok(false);
            }
            self.decode(batch)?;
            let read = count(self.cached.len());
            outlet::say(&Event::Reading { id: job.id, read });
        }
        Ok(true)
    }

    /// Decodes tokens behind those in the cache and keeps the logits of the last one.
    fn decode(&mut self, tokens: &[LlamaToken]) -> Result<(), Fault> {
        self.batch.clear();
        for (place, token) in (self.cached.len()..).zip(tokens) {
            let position = i32::try_from(place).unwrap_or(i32::MAX);
            let is_last = place + 1 == self.cached.len() + tokens.len();
            self.batch
                .add(*token, position, &[SEQUENCE], is_last)
                .expect("no more than a batch is added at a time");
        }
        if let Err(error) = self.context.decode(&mut self.batch) {
            self.forget();
            return Err(Fault::Decode {
                detail: error.to_string(),
            });
        }
        self.cached.extend_from_slice(tokens);
        Ok(())
    }

    /// Writes the answer token by token.
    fn write(&mut self, job: &Job, course: &mut Course) -> Result<Reason, Fault> {
        let mut sampler = sampler(&job.request);
        let mut assembler = Assembler::new(&job.request.stop);
        let vocabulary = self.model.vocab();
        while course.usage.output < job.request.max_tokens {
            if job.is_cancelled() {
                return Ok(Reason::Cancelled);
            }
            let token = sampler.sample(&self.context, -1);
            if course.usage.output == 0 {
                course.first_token_ms = job.elapsed_ms();
            }
            if vocabulary.is_eog(token) {
                say(job, assembler.finish());
                return Ok(Reason::Stop);
            }
            course.usage.output += 1;
            let piece = assembler.push(&vocabulary.token_to_piece(token, false, None));
            say(job, piece.text);
            if piece.stopped {
                return Ok(Reason::Stop);
            }
            if course.usage.output < job.request.max_tokens {
                self.decode(&[token])?;
            }
        }
        say(job, assembler.finish());
        Ok(Reason::Length)
    }
}

fn say(job: &Job, text: String) {
    if !text.is_empty() {
        outlet::say(&Event::Piece { id: job.id, text });
    }
}

/// How the next token is chosen.
fn sampler(request: &Generate) -> LlamaSampler {
    if request.temperature > 0.0 {
        LlamaSampler::chain_simple([
            LlamaSampler::top_k(TOP_K),
            LlamaSampler::top_p(request.top_p, 1),
            LlamaSampler::temp(request.temperature),
            LlamaSampler::dist(request.seed),
        ])
    } else {
        LlamaSampler::greedy()
    }
}

/// A number of tokens; a context window is counted in 32 bits, so there are never more.
fn count(tokens: usize) -> u32 {
    u32::try_from(tokens).unwrap_or(u32::MAX)
}
