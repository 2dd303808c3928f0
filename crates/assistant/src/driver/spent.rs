//! What a run has cost so far: time by stage, tokens, and how long the model was at work.
//!
//! The driver notes, this adds up; what comes of a run never depends on it, but for a task that
//! shares out the model's time ([`Spent::at_work`]).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use model::Usage;

use crate::event::Stage;
use crate::report::{Timings, Tokens};

/// Among the times of the stages: from the beginning of the run until there was something to see.
const FIRST_PART: &str = "first_part";

/// Among them as well: how long the model was at work, without waiting and loading.
const WORKED: &str = "worked";

/// Among them as well: from the beginning of the run until the first words of the model that hold could
/// be seen, where a task shows them before the answer is complete.
const FIRST_WORDS: &str = "first_words";

/// The account of one run, from its beginning.
pub(super) struct Spent {
    began: Instant,
    tokens: Tokens,
    first_token: Option<u32>,
    stages: BTreeMap<String, u32>,
    worked: Duration,
    writing: Duration,
}

impl Spent {
    /// An account that begins now.
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            tokens: Tokens::default(),
            first_token: None,
            stages: BTreeMap::new(),
            worked: Duration::ZERO,
            writing: Duration::ZERO,
        }
    }

    /// Something can be seen. Only the first time counts.
    pub fn shown(&mut self) {
        let so_far = millis(self.began.elapsed());
        self.stages.entry(FIRST_PART.to_owned()).or_insert(so_far);
    }

    /// Words of the model could be seen first at `moment`. Only the first time counts.
    pub fn worded(&mut self, moment: Instant) {
        let so_far = millis(moment.saturating_duration_since(self.began));
        self.stages.entry(FIRST_WORDS.to_owned()).or_insert(so_far);
    }

    /// A stage took so many milliseconds.
    pub fn stage(&mut self, stage: Stage, took_ms: u32) {
        *self.stages.entry(stage.as_str().to_owned()).or_default() += took_ms;
    }

    /// The model answered; `times` are how long it was at work for it, and how much of that it wrote.
    pub fn answered(&mut self, usage: Usage, first_token_ms: u64, times: (Duration, Duration)) {
        self.tokens.prompt += usage.prompt;
        self.tokens.cached += usage.cached;
        self.tokens.output += usage.output;
        let first = u32::try_from(first_token_ms).unwrap_or(u32::MAX);
        self.first_token.get_or_insert(first);
        self.worked += times.0;
        self.writing += times.1;
    }

    /// How long the model has worked (no waiting, no loading), and how much of that it wrote.
    pub fn at_work(&self) -> (Duration, Duration) {
        (self.worked, self.writing)
    }

    /// The tokens of all answers together.
    pub fn tokens(&self) -> Tokens {
        self.tokens
    }

    /// The times, up to now.
    pub fn timings(&self) -> Timings {
        let mut stages = self.stages.clone();
        if !self.worked.is_zero() {
            stages.insert(WORKED.to_owned(), millis(self.worked));
        }
        Timings {
            total: millis(self.began.elapsed()),
            first_token: self.first_token,
            stages,
        }
    }
}

/// Whole milliseconds, as many as a report can say.
pub(super) fn millis(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis()).unwrap_or(u32::MAX)
}
