//! Asking a model: the [`Model`] trait and everything that stands behind it.
//!
//! A pipeline sees only [`Model`], [`Prompt`] and [`Completion`]; it never learns whether the
//! answer came from the worker on this machine or from elsewhere.
//!
//! This crate links no model. The local one runs in a process of its own ([`local`]) because
//! llama.cpp may abort, and neither the window nor a run may go down with it.

pub mod catalogue;
pub mod download;
mod error;
pub mod gguf;
pub mod import;
pub mod kept;
pub mod local;
pub mod remote;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

pub use error::ModelError;
pub use protocol::{
    Adapter, Candidates, Constraint, Ending, Message, Reason, Role, Sampling, Usage,
};

/// Name of a model: one of the catalogue's, such as `qwen2.5-coder-1.5b`.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(transparent)]
pub struct ModelId(pub String);

impl std::fmt::Display for ModelId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for ModelId {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

/// What a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// How many of the first messages are a preset: the same for many prompts. The local model
    /// keeps what it made of them, in memory and on disk.
    pub preset: usize,
    /// How many bytes at the beginning of the next message belong to the preset as well. A small
    /// model answers better when what it is to work on stands in the question's own message.
    pub lead: usize,
    /// What the answer begins with, where a model can be led; the answer's text has it too.
    pub opening: String,
    /// Most tokens of output.
    pub max_tokens: u32,
    /// How tokens are chosen.
    pub sampling: Sampling,
    /// The answer ends before the first of these texts.
    pub stop: Vec<String>,
    /// What the answer must look like.
    pub constraint: Option<Constraint>,
    /// A LoRA adapter for this answer, where the model runs on this machine; others have none.
    pub adapter: Option<Adapter>,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    /// The answer.
    pub text: String,
    /// Why it ended.
    pub reason: Reason,
    /// Tokens used.
    pub usage: Usage,
    /// Milliseconds until the first token.
    pub first_token_ms: u64,
    /// Milliseconds until the end.
    pub total_ms: u64,
}

/// One of several answers to the same prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its number in the series, or that of its ending, from 0.
    pub number: u32,
    /// Its text.
    pub text: String,
    /// Why it ended.
    pub reason: Reason,
}

/// What became of several answers to the same prompt.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The answers, in the order in which they were complete.
    pub candidates: Vec<Candidate>,
    /// Tokens used, all answers together.
    pub usage: Usage,
    /// Milliseconds until the first token.
    pub first_token_ms: u64,
    /// Milliseconds until the end.
    pub total_ms: u64,
}

/// What a model tells while it is at work. Reading a long prompt takes a small machine a minute, and
/// a person who waits wants to know for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// Somebody else is being answered first.
    Waiting,
    /// It is being loaded.
    Loading {
        /// How far, 0 to 100.
        percent: u8,
    },
    /// The prompt is being read.
    Reading {
        /// Tokens that were read or remembered so far.
        read: u32,
        /// Tokens in all.
        of: u32,
        /// How many of them are the preset, which stands at the beginning and is read once for
        /// many prompts.
        preset: u32,
    },
    /// A piece of the answer, as it is written; of several answers, of the first.
    Piece(&'a str),
    /// One of several answers is complete.
    Answer {
        /// Its number, as in [`Candidate::number`].
        number: u32,
        /// Its text.
        text: &'a str,
    },
}

/// Is told what a model does.
pub type Listener<'a> = &'a (dyn for<'news> Fn(News<'news>) + Send + Sync);

/// Something that answers prompts.
#[async_trait]
pub trait Model: Send + Sync {
    /// Which model this is.
    fn id(&self) -> &ModelId;

    /// Whether what it is asked leaves this machine.
    fn is_elsewhere(&self) -> bool {
        false
    }

    /// Answers `prompt`, handing each piece to `sink` as it comes.
    ///
    /// # Errors
    /// [`ModelError::Cancelled`] soon after `cancel` fires; [`ModelError::WorkerLost`] when the
    /// process behind the model died, after which the same call may simply be made again.
    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError>;

    /// Gives several answers to one prompt: the likeliest first, then others by the prompt's
    /// sampling, each with a seed of its own. `sink` gets the pieces of the first alone.
    ///
    /// Unless a model knows better, they are asked for one after the other.
    ///
    /// # Errors
    /// As [`Model::generate`].
    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        one_after_the_other(self, prompt, which, sink, cancel).await
    }

    /// Goes on with one conversation in several ways and answers each: forms of one page, of which
    /// none needs to know what stands in the others. `sink` gets the pieces of the first alone, and
    /// every answer as soon as it is complete. An ending's own constraint and length count, not the
    /// prompt's.
    ///
    /// Unless a model knows better, they are asked for one after the other.
    ///
    /// # Errors
    /// As [`Model::generate`].
    async fn generate_each(
        &self,
        prompt: &Prompt,
        endings: &[Ending],
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        ending_by_ending(self, prompt, endings, sink, cancel).await
    }

    /// How likely each of `options` is as the answer to `prompt`; the numbers add up to 1.
    ///
    /// Unless a model knows better, it is asked for one of them, which then has all the likelihood.
    ///
    /// # Errors
    /// As [`Model::generate`], and [`ModelError::Failed`] when the answer is none of the options.
    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        name_one(self, prompt, options, cancel).await
    }
}

async fn one_after_the_other<M: Model + ?Sized>(
    model: &M,
    prompt: &Prompt,
    which: Candidates,
    sink: Listener<'_>,
    cancel: &CancellationToken,
) -> Result<Answers, ModelError> {
    let mut answers = Answers::none();
    for number in which.first..which.first.saturating_add(which.count) {
        let mut prompt = prompt.clone();
        prompt.sampling = sampling_of(&prompt.sampling, number);
        let is_first = number == which.first;
        let silence = |_: News<'_>| {};
        let completion = model
            .generate(&prompt, if is_first { sink } else { &silence }, cancel)
            .await?;
        answers.add(number, completion);
    }
    Ok(answers)
}

async fn ending_by_ending<M: Model + ?Sized>(
    model: &M,
    prompt: &Prompt,
    endings: &[Ending],
    sink: Listener<'_>,
    cancel: &CancellationToken,
) -> Result<Answers, ModelError> {
    let mut answers = Answers::none();
    for (number, ending) in (0..).zip(endings) {
        let prompt = prompt.ended(ending, number);
        let silence = |_: News<'_>| {};
        let completion = model
            .generate(&prompt, if number == 0 { sink } else { &silence }, cancel)
            .await?;
        let text = &completion.text;
        sink(News::Answer { number, text });
        answers.add(number, completion);
    }
    Ok(answers)
}

impl Prompt {
    /// The prompt that goes on with the `number`th of several endings.
    fn ended(&self, ending: &Ending, number: u32) -> Self {
        let mut prompt = self.clone();
        prompt.messages.extend(ending.messages.iter().cloned());
        prompt.max_tokens = ending.max_tokens;
        prompt.constraint.clone_from(&ending.constraint);
        prompt.sampling.seed = prompt.sampling.seed.wrapping_add(number);
        prompt
    }
}

impl Answers {
    /// Before anything was answered.
    fn none() -> Self {
        Self {
            candidates: Vec::new(),
            usage: Usage::default(),
            first_token_ms: 0,
            total_ms: 0,
        }
    }

    /// After one more, which was asked for when the last was complete.
    fn add(&mut self, number: u32, completion: Completion) {
        if self.candidates.is_empty() {
            self.first_token_ms = completion.first_token_ms;
        }
        self.usage.prompt += completion.usage.prompt;
        self.usage.cached += completion.usage.cached;
        self.usage.output += completion.usage.output;
        self.total_ms += completion.total_ms;
        self.candidates.push(Candidate {
            number,
            text: completion.text,
            reason: completion.reason,
        });
    }
}

/// The sampling of one candidate of a series.
fn sampling_of(sampling: &Sampling, number: u32) -> Sampling {
    match number {
        0 => Sampling {
            repeat_penalty: sampling.repeat_penalty,
            ..Sampling::GREEDY
        },
        number => Sampling {
            seed: sampling.seed.wrapping_add(number),
            ..*sampling
        },
    }
}

async fn name_one<M: Model + ?Sized>(
    model: &M,
    prompt: &Prompt,
    options: &[String],
    cancel: &CancellationToken,
) -> Result<Vec<f64>, ModelError> {
    let prompt = Prompt {
        constraint: Some(Constraint::Choices(options.to_vec())),
        sampling: Sampling::GREEDY,
        ..prompt.clone()
    };
    let answer = model.generate(&prompt, &|_| {}, cancel).await?;
    let named = answer.text.trim();
    if !options.iter().any(|option| option == named) {
        return Err(ModelError::Failed {
            detail: format!("{named:?} is none of the options"),
        });
    }
    Ok(options
        .iter()
        .map(|option| f64::from(u8::from(option == named)))
        .collect())
}
