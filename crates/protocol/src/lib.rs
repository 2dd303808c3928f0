//! The lines that the desk and a model worker exchange: one JSON object a line,
//! commands on the worker's standard input, an opening and then events on its standard output.
//!
//! This crate is only words. It starts no process and links no model, so the worker
//! (`engine`) need not know the desk and the desk's side (`model`) need not link llama.cpp.
//!
//! A conversation:
//! 1. The worker loads the model, printing [`Opening`]s: how far it is, and at last `hello`, or the
//!    `fault` that kept it from starting.
//! 2. The desk writes [`Command`]s; the worker answers with [`Event`]s that carry the command's `id`.
//! 3. The desk closes the worker's standard input; the worker ends at once, whatever it was doing.
//!
//! Logs go to standard error and never into this conversation.

use serde::{Deserialize, Serialize};

/// Version of the conversation. Both sides are built together; a mismatch means a mixed installation.
pub const VERSION: u32 = 5;

/// First lines of a worker: how far it has loaded, and then what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The model is being loaded; more follows.
    Loading {
        /// How far, 0 to 100.
        percent: u8,
    },
    /// The model is loaded and commands are welcome.
    Hello(Hello),
    /// The worker could not start and is about to end.
    Fault(Fault),
}

/// What a worker says of itself once its model is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hello {
    /// [`VERSION`] of the worker.
    pub protocol: u32,
    /// Version of the worker program.
    pub engine: String,
    /// Process id.
    pub pid: u32,
    /// Architecture named by the model file, such as `qwen2`.
    pub architecture: String,
    /// Size of the context window in tokens.
    pub context: u32,
    /// Threads used for decoding.
    pub threads: u32,
    /// Time it took to load the model, in milliseconds.
    pub load_ms: u64,
}

/// What the desk asks of a worker.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Continue a conversation with one answer.
    Generate {
        /// Chosen by the desk; every event of this answer carries it.
        id: u64,
        /// What to answer and how.
        request: Generate,
    },
    /// Say how likely each of some answers is, without writing any.
    Choose {
        /// Chosen by the desk.
        id: u64,
        /// What to choose among.
        request: Choose,
    },
    /// Stop an answer between two tokens. Unknown or finished ids are ignored.
    Cancel {
        /// Id of the answer.
        id: u64,
    },
    /// Ask for one [`Event::Status`].
    Status,
}

/// One answer to be generated, or several to the same prompt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Generate {
    /// The conversation so far; the model file's own chat template turns it into tokens.
    pub messages: Vec<Message>,
    /// How many of the first messages are a preset: the same for many requests, and therefore
    /// worth keeping in the worker's store of prefixes.
    pub preset: u32,
    /// How many bytes at the beginning of the next message belong to the preset as well.
    pub lead: u32,
    /// What every answer begins with. It is given and not generated, and counts for nothing in
    /// `max_tokens`; a model that is led into a fenced block does not talk around it.
    pub opening: String,
    /// Which answers of the endless series that the seed stands for; nothing for a single answer.
    pub candidates: Option<Candidates>,
    /// Ways in which the conversation goes on. Where there are some, one answer is given to each of
    /// them, side by side, and what the conversation says up to there is read once; `max_tokens`,
    /// `constraint` and `candidates` then count for nothing.
    #[serde(default)]
    pub endings: Vec<Ending>,
    /// Most tokens of output, for each answer.
    pub max_tokens: u32,
    /// How tokens are chosen.
    pub sampling: Sampling,
    /// Generation ends before the first of these texts.
    pub stop: Vec<String>,
    /// What the answer must look like.
    pub constraint: Option<Constraint>,
    /// What the model is turned towards the task with.
    #[serde(default)]
    pub adapter: Option<Adapter>,
}

/// One way in which a conversation goes on, with what is to be answered there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ending {
    /// What is said behind the conversation; at least one message, the last of them a question.
    pub messages: Vec<Message>,
    /// As in [`Generate::max_tokens`], for this answer.
    pub max_tokens: u32,
    /// As in [`Generate::constraint`], for this answer.
    pub constraint: Option<Constraint>,
}

/// A LoRA adapter: a file of small matrices that are added to a model's own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Adapter {
    /// Path of the GGUF file.
    pub path: String,
    /// How strongly it acts; 1 is what it was trained for.
    pub scale: f32,
}

/// Some answers of a series. Number 0 takes the likeliest token every time, whatever the
/// temperature; the others differ by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidates {
    /// Number of the first.
    pub first: u32,
    /// How many.
    pub count: u32,
}

/// How tokens are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Sampling {
    /// Softmax temperature; 0 takes the likeliest token every time.
    pub temperature: f32,
    /// Nucleus: the smallest set of tokens whose probabilities add up to this. 1 keeps all.
    pub top_p: f32,
    /// Seed of the sampler; it has no effect at temperature 0.
    pub seed: u32,
    /// What the logit of a token that was written already is divided by (multiplied, where it is
    /// negative); 1 changes nothing.
    pub repeat_penalty: f32,
}

impl Sampling {
    /// The likeliest token every time.
    pub const GREEDY: Self = Self {
        temperature: 0.0,
        top_p: 1.0,
        seed: 0,
        repeat_penalty: 1.0,
    };
}

/// What an answer must look like. Text that can only be so is appended without being sampled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Constraint {
    /// JSON that a JSON Schema accepts, compactly written.
    JsonSchema(serde_json::Value),
    /// A text that a grammar in llguidance's dialect of Lark accepts.
    Lark(String),
    /// A text that a regular expression matches as a whole.
    Regex(String),
    /// One of these texts.
    Choices(Vec<String>),
}

/// A choice to be made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choose {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// As in [`Generate::preset`].
    pub preset: u32,
    /// As in [`Generate::lead`].
    pub lead: u32,
    /// The answers among which to choose.
    pub options: Vec<String>,
    /// As in [`Generate::adapter`].
    #[serde(default)]
    pub adapter: Option<Adapter>,
}

/// One turn of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: String,
}

/// Who speaks in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Standing instructions.
    System,
    /// The person, or the pipeline in the person's place.
    User,
    /// The model.
    Assistant,
}

impl Role {
    /// The name that chat templates use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

/// What a worker reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The prompt is about to be read.
    Started {
        /// Id of the answer.
        id: u64,
        /// Tokens of the prompt.
        prompt: u32,
        /// How many of them were still in the worker's memory and need no reading.
        cached: u32,
        /// How many of them are the preset.
        preset: u32,
    },
    /// Some of the prompt was read. Long prompts take minutes on a slow machine; this says that
    /// the worker is alive and how far it is.
    Reading {
        /// Id of the answer.
        id: u64,
        /// Tokens of the prompt that were read or remembered so far.
        read: u32,
    },
    /// A piece of the answer, whole characters only.
    Piece {
        /// Id of the answer.
        id: u64,
        /// The piece.
        text: String,
    },
    /// One of several answers is complete. Pieces are those of the first alone.
    Candidate {
        /// Id of the answer.
        id: u64,
        /// Its number in the series, or that of its ending.
        number: u32,
        /// Its text.
        text: String,
        /// Why it ended.
        reason: Reason,
    },
    /// How likely each option is.
    Chosen {
        /// Id of the answer.
        id: u64,
        /// For each option the mean logarithm of its tokens' probabilities, in order.
        scores: Vec<f32>,
        /// Tokens used.
        usage: Usage,
        /// Milliseconds from the command to the end.
        total_ms: u64,
    },
    /// The answer is complete.
    Finished {
        /// Id of the answer.
        id: u64,
        /// Why it ended.
        reason: Reason,
        /// Tokens used.
        usage: Usage,
        /// Milliseconds from the command to the first token.
        first_token_ms: u64,
        /// Milliseconds from the command to the end.
        total_ms: u64,
    },
    /// The answer could not be given.
    Failed {
        /// Id of the answer.
        id: u64,
        /// What went wrong.
        fault: Fault,
    },
    /// The answer to [`Command::Status`].
    Status {
        /// Ids of answers under way or waiting, in order.
        pending: Vec<u64>,
    },
}

/// Why an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The model said that it was done, or a stop text came.
    Stop,
    /// [`Generate::max_tokens`] was reached.
    Length,
    /// The desk cancelled it.
    Cancelled,
}

/// Tokens of one answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Tokens of the prompt.
    pub prompt: u32,
    /// How many of the prompt's tokens were not read anew.
    pub cached: u32,
    /// Tokens of the answer.
    pub output: u32,
}

/// Something a worker could not do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Fault {
    /// There is no file where the model should be.
    #[error("there is no model file at {path}")]
    ModelMissing {
        /// Path of the model file.
        path: String,
    },
    /// The file is not a model, or it is damaged.
    #[error("the model file {path} is damaged: {detail}")]
    ModelCorrupt {
        /// Path of the model file.
        path: String,
        /// What was found.
        detail: String,
    },
    /// The model does not fit into the memory that is free now.
    #[error("the model needs {needed} bytes of memory and {available} are free")]
    ModelTooLarge {
        /// Path of the model file.
        path: String,
        /// Bytes needed: the file, the context and the working buffers.
        needed: u64,
        /// Bytes free now.
        available: u64,
    },
    /// Prompt and answer together do not fit into the context window.
    #[error("{prompt} tokens of prompt and {output} of answer do not fit into {context}")]
    ContextOverflow {
        /// Tokens of the prompt.
        prompt: u32,
        /// Tokens kept free for the answer.
        output: u32,
        /// Size of the context window.
        context: u32,
    },
    /// The constraint cannot be used.
    #[error("the constraint cannot be used: {detail}")]
    BadConstraint {
        /// What is wrong with it.
        detail: String,
    },
    /// The adapter cannot be used with this model.
    #[error("the adapter {path} cannot be used: {detail}")]
    AdapterUnusable {
        /// Path of its file.
        path: String,
        /// What was found.
        detail: String,
    },
    /// A line that is not a command.
    #[error("not a command: {detail}")]
    BadCommand {
        /// What was wrong with it.
        detail: String,
    },
    /// llama.cpp returned an error.
    #[error("decoding failed: {detail}")]
    Decode {
        /// The error.
        detail: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines are a contract between two programs: what they look like is pinned here.
    #[test]
    fn lines_look_as_documented() {
        let cases = [
            (serde_json::to_string(&Command::Status), r#""status""#),
            (
                serde_json::to_string(&Command::Cancel { id: 3 }),
                r#"{"cancel":{"id":3}}"#,
            ),
            (
                serde_json::to_string(&Event::Piece {
                    id: 3,
                    text: "中".into(),
                }),
                r#"{"piece":{"id":3,"text":"中"}}"#,
            ),
            (
                serde_json::to_string(&Opening::Fault(Fault::ModelMissing { path: "a".into() })),
                r#"{"fault":{"code":"model-missing","path":"a"}}"#,
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(line.unwrap(), expected);
        }
    }

    #[test]
    fn an_unknown_command_is_an_error_and_not_a_guess() {
        assert!(serde_json::from_str::<Command>(r#"{"erase":{"id":1}}"#).is_err());
    }
}
