//! The trunk: the prompt that answers grow from, read once, with what is kept of it.
//!
//! Sequence 0 of the cache holds the prompt; every answer is a sequence of its own that shares its
//! cells. What the next prompt has in common with the last stays; a preset comes out of the store.
//!
//! Prompts with a preset are always read in the same portions (from the beginning to the end of the
//! preset, then the rest, in steps of [`BATCH`] tokens), whatever part of them is remembered. Sums of floating
//! point numbers depend on how they are portioned, and the same prompt must give the same answer.

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;
use protocol::{Event, Fault};

use crate::outlet;
use crate::prefix::{Prefix, Store, WORTH_KEEPING, common};
use crate::queue::Job;
use crate::state;

/// Tokens that are read in one go. A cancel has to wait for the end of one portion.
pub const BATCH: usize = 64;

/// The sequence of the prompt.
const TRUNK: i32 = 0;

/// Tokens of a prompt, and how many of them are its preset.
pub struct Tokens {
    /// All tokens.
    pub all: Vec<LlamaToken>,
    /// How many belong to the preset.
    pub preset: usize,
}

/// A context window and what is in it.
pub struct Trunk {
    /// llama.cpp's context.
    pub context: LlamaContext<'static>,
    /// Where portions are put together.
    pub batch: LlamaBatch<'static>,
    store: Store,
    /// The tokens of sequence 0.
    tokens: Vec<LlamaToken>,
    /// The logits after the last of them, where they are known.
    logits: Option<Vec<f32>>,
}

impl Trunk {
    /// An empty trunk.
    pub fn new(context: LlamaContext<'static>, sequences: i32, store: Store) -> Self {
        Self {
            context,
            batch: LlamaBatch::new(BATCH, sequences),
            store,
            tokens: Vec::new(),
            logits: None,
        }
    }

    /// Number of tokens that were read.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Tokens of the prompt, and of the answer that was adopted.
    pub fn tokens(&self) -> &[LlamaToken] {
        &self.tokens
    }

    /// The logits after the prompt; empty before one was read.
    pub fn logits(&self) -> &[f32] {
        self.logits.as_deref().unwrap_or_default()
    }

    /// Forgets everything, because the model is about to read in another way: under the adapter
    /// that `variant` stands for.
    pub fn vary(&mut self, variant: [u8; 32]) {
        self.context.clear_kv_cache();
        self.tokens.clear();
        self.logits = None;
        self.store.vary(variant);
    }

    /// How many tokens of a prompt need not be read; the rest of the trunk is forgotten.
    pub fn recall(&mut self, prompt: &Tokens) -> usize {
        if self.tokens == prompt.all && self.logits.is_some() {
            return self.tokens.len();
        }
        self.logits = None;
        // The last token is always read: its logits choose the first token of the answer.
        let most = prompt.all.len() - 1;
        let preset = prompt.preset.min(most);
        let mut known = common(&self.tokens, &prompt.all).min(most);
        if let Some(prefix) = self.store.find(&prompt.all[..most], preset, known)
            && self.restore(&prefix)
        {
            known = common(&self.tokens, &prompt.all).min(most);
        }
        let kept = match known {
            // Whoever names no preset asks for speed: a conversation that goes on.
            known if preset == 0 => known,
            known if known >= preset => preset,
            known => known - known % BATCH,
        };
        self.cut(kept);
        kept.min(self.tokens.len())
    }

    /// Reads the rest of a prompt behind what is there; `false` when it was cancelled on the way.
    pub fn read(&mut self, prompt: &Tokens, job: &Job) -> Result<bool, Fault> {
        if self.tokens.len() == prompt.all.len() {
            return Ok(true);
        }
        let preset = prompt.preset.min(prompt.all.len() - 1);
        while self.tokens.len() < prompt.all.len() {
            if job.is_cancelled() {
                return Ok(false);
            }
            let end = match self.tokens.len() {
                known if known < preset => preset,
                _ => prompt.all.len(),
            };
            let portion = &prompt.all[self.tokens.len()..end];
            self.read_portion(
                &portion[..portion.len().min(BATCH)],
                end == prompt.all.len(),
            )?;
            if self.tokens.len() == preset {
                self.keep();
            }
            let read = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
            outlet::say(&Event::Reading { id: job.id, read });
        }
        Ok(true)
    }

    fn read_portion(&mut self, tokens: &[LlamaToken], wants_logits: bool) -> Result<(), Fault> {
        self.batch.clear();
        let last = tokens.len() - 1;
        for (place, token) in tokens.iter().enumerate() {
            let position = position(self.tokens.len() + place);
            self.batch
                .add(*token, position, &[TRUNK], wants_logits && place == last)
                .expect("a portion is no longer than the batch");
        }
        self.decode()?;
        self.tokens.extend_from_slice(tokens);
        if wants_logits {
            let place = i32::try_from(last).unwrap_or(0);
            self.logits = Some(self.context.get_logits_ith(place).to_vec());
        }
        Ok(())
    }

    /// Decodes the batch; when that fails nothing in the cache can be relied on any more.
    pub fn decode(&mut self) -> Result<(), Fault> {
        self.context.decode(&mut self.batch).map_err(|error| {
            self.context.clear_kv_cache();
            self.tokens.clear();
            self.logits = None;
            Fault::Decode {
                detail: error.to_string(),
            }
        })
    }

    /// Keeps the state as it is now in the store.
    fn keep(&mut self) {
        if self.tokens.len() < WORTH_KEEPING || self.store.has(&self.tokens) {
            return;
        }
        if let Some(bytes) = state::save(&self.context, TRUNK) {
            let tokens = self.tokens.as_slice().into();
            self.store.keep(tokens, bytes.into());
        }
    }

    fn restore(&mut self, prefix: &Prefix) -> bool {
        self.cut(0);
        if state::restore(&mut self.context, TRUNK, &prefix.state) {
            self.tokens.extend_from_slice(&prefix.tokens);
            return true;
        }
        tracing::warn!("a stored prefix could not be restored");
        self.context.clear_kv_cache();
        false
    }

    /// Forgets what lies behind the first `kept` tokens.
    fn cut(&mut self, kept: usize) {
        if kept >= self.tokens.len() {
            return;
        }
        let from = u32::try_from(kept).unwrap_or(u32::MAX);
        match self.context.clear_kv_cache_seq(Some(0), Some(from), None) {
            Ok(true) => self.tokens.truncate(kept),
            // Some architectures cannot forget a part.
            _ => {
                self.context.clear_kv_cache();
                self.tokens.clear();
            }
        }
    }

    /// Begins an answer: its sequence shares the cells of the trunk.
    pub fn branch(&mut self, sequence: i32) -> Result<(), Fault> {
        self.context
            .copy_kv_cache_seq(TRUNK, sequence, None, None)
            .map_err(|error| Fault::Decode {
                detail: error.to_string(),
            })
    }

    /// Ends an answer: what only it has is forgotten.
    pub fn prune(&mut self, sequence: i32) {
        let _ = self
            .context
            .clear_kv_cache_seq(Some(sequence.unsigned_abs()), None, None);
    }

    /// Forgets what an answer has from a place on.
    pub fn cut_branch(&mut self, sequence: i32, from: usize) {
        let from = u32::try_from(from).ok();
        let _ = self
            .context
            .clear_kv_cache_seq(Some(sequence.unsigned_abs()), from, None);
    }

    /// Makes an answer a part of the trunk: the next turn of a conversation begins with it.
    pub fn adopt(&mut self, sequence: i32, tokens: &[LlamaToken]) {
        let begin = u32::try_from(self.tokens.len()).ok();
        if tokens.is_empty()
            || self
                .context
                .copy_kv_cache_seq(sequence, TRUNK, begin, None)
                .is_err()
        {
            return;
        }
        self.tokens.extend_from_slice(tokens);
        self.logits = None;
    }
}

/// Where a token stands in its sequence.
pub fn position(place: usize) -> i32 {
    i32::try_from(place).unwrap_or(i32::MAX)
}
