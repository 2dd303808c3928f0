//! What a worker is asked, and what its events add up to.

use protocol::{Choose, Command, Event, Generate};

use crate::{
    Answers, Candidate, Candidates, Completion, Ending, Listener, ModelError, News, Prompt, Reason,
    Usage,
};

/// A command that has no number yet.
pub enum Question {
    /// One answer, or several.
    Generate(Generate),
    /// A choice.
    Choose(Choose),
}

impl Question {
    /// An answer to a prompt, or several answers.
    pub fn generate(prompt: &Prompt, candidates: Option<Candidates>) -> Self {
        Self::Generate(Generate {
            candidates,
            ..request(prompt)
        })
    }

    /// One answer to each of several endings of a prompt.
    pub fn each(prompt: &Prompt, endings: &[Ending]) -> Self {
        Self::Generate(Generate {
            endings: endings.to_vec(),
            ..request(prompt)
        })
    }

    /// A choice among options.
    pub fn choose(prompt: &Prompt, options: &[String]) -> Self {
        Self::Choose(Choose {
            messages: prompt.messages.clone(),
            preset: count(prompt.preset),
            lead: count(prompt.lead),
            options: options.to_vec(),
            adapter: prompt.adapter.clone(),
        })
    }

    /// The command with its number.
    pub fn command(&self, id: u64) -> Command {
        match self {
            Self::Generate(request) => Command::Generate {
                id,
                request: request.clone(),
            },
            Self::Choose(request) => Command::Choose {
                id,
                request: request.clone(),
            },
        }
    }
}

/// One answer to a prompt.
fn request(prompt: &Prompt) -> Generate {
    Generate {
        messages: prompt.messages.clone(),
        preset: count(prompt.preset),
        lead: count(prompt.lead),
        opening: prompt.opening.clone(),
        candidates: None,
        endings: Vec::new(),
        max_tokens: prompt.max_tokens,
        sampling: prompt.sampling,
        stop: prompt.stop.clone(),
        constraint: prompt.constraint.clone(),
        adapter: prompt.adapter.clone(),
    }
}

/// Everything that came back.
#[derive(Default)]
pub struct Transcript {
    /// The pieces, put together.
    pub text: String,
    /// The answers of a series.
    pub candidates: Vec<Candidate>,
    /// The event that ended it.
    pub end: Option<Event>,
    /// Tokens of the prompt.
    length: u32,
    /// Those of them that are the preset.
    preset: u32,
}

impl Transcript {
    /// Takes what comes on the way to the end of the answer `id`, and tells `sink`. What belongs to
    /// another is the rest of an answer that was given up.
    pub fn take(&mut self, id: u64, event: Event, sink: Listener<'_>) {
        match event {
            Event::Started {
                id: of,
                prompt,
                preset,
                ..
            } if of == id => (self.length, self.preset) = (prompt, preset),
            Event::Reading { id: of, read } if of == id => {
                let (of, preset) = (self.length, self.preset);
                sink(News::Reading { read, of, preset });
            }
            Event::Piece { id: of, text } if of == id => {
                sink(News::Piece(&text));
                self.text.push_str(&text);
            }
            Event::Candidate {
                id: of,
                number,
                text,
                reason,
            } if of == id => {
                sink(News::Answer {
                    number,
                    text: &text,
                });
                self.candidates.push(Candidate {
                    number,
                    text,
                    reason,
                });
            }
            _ => {}
        }
    }

    /// As one answer.
    pub fn completion(self) -> Result<Completion, ModelError> {
        let end = End::of(self.end)?;
        Ok(Completion {
            text: self.text,
            reason: end.reason,
            usage: end.usage,
            first_token_ms: end.first_token_ms,
            total_ms: end.total_ms,
        })
    }

    /// As several answers.
    pub fn answers(self) -> Result<Answers, ModelError> {
        let end = End::of(self.end)?;
        Ok(Answers {
            candidates: self.candidates,
            usage: end.usage,
            first_token_ms: end.first_token_ms,
            total_ms: end.total_ms,
        })
    }

    /// As a choice: for each option the mean logarithm of its tokens' probabilities.
    pub fn scores(self) -> Result<Vec<f32>, ModelError> {
        match self.end {
            Some(Event::Chosen { scores, .. }) => Ok(scores),
            other => End::of(other).and(Err(unexpected())),
        }
    }
}

/// How an answer came to its end.
struct End {
    reason: Reason,
    usage: Usage,
    first_token_ms: u64,
    total_ms: u64,
}

impl End {
    fn of(event: Option<Event>) -> Result<Self, ModelError> {
        match event {
            Some(Event::Finished {
                reason: Reason::Cancelled,
                ..
            }) => Err(ModelError::Cancelled),
            Some(Event::Finished {
                reason,
                usage,
                first_token_ms,
                total_ms,
                ..
            }) => Ok(Self {
                reason,
                usage,
                first_token_ms,
                total_ms,
            }),
            _ => Err(unexpected()),
        }
    }
}

fn unexpected() -> ModelError {
    ModelError::Failed {
        detail: "the worker did something else than it was asked for".to_owned(),
    }
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
