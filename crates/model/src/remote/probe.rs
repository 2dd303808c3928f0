//! Whether a service works, found out step by step and said in words.
//!
//! Two requests are sent: for the list of models, which costs nothing, and for an answer of a few
//! tokens. What a service does not offer (several have no list) is not held against it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{RemoteModel, body, wire};
use crate::{Message, ModelError, News, Prompt, Role, Sampling};

/// Most bytes of a list of models.
const LIST_BYTES: u64 = 16 * 1024 * 1024;
/// Room for an answer of one word, also for a model that thinks before it.
const TOKENS: u32 = 64;

/// Whether something is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It could not be found out.
    Unknown,
}

/// What keeps a service from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// No connection came about: address, network, proxy or the service itself.
    Unreachable,
    /// The key was refused, or one is wanted.
    Key,
    /// The service does not have the model.
    Model,
    /// There is something at the address, and it is not such a service.
    Address,
    /// It was asked too often, or the account has nothing left.
    Limit,
    /// It fell silent.
    Silence,
    /// It refused the request, or broke down.
    Refusal,
    /// What it answered cannot be used.
    Answer,
}

/// What was found out about a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Report {
    /// Whether something answers at the address.
    pub reachable: Finding,
    /// Whether it takes the key.
    pub key: Finding,
    /// Whether it has the model.
    pub model: Finding,
    /// Whether an answer came, piece by piece.
    pub streams: Finding,
    /// What keeps it from being used, if anything does.
    pub problem: Option<Problem>,
    /// What the service or the system said about that, without secrets.
    pub detail: Option<String>,
    /// The models that it has, if it tells.
    pub models: Vec<String>,
    /// Milliseconds that the answer took.
    pub answer_ms: Option<u32>,
}

impl Report {
    fn new() -> Self {
        Self {
            reachable: Finding::Unknown,
            key: Finding::Unknown,
            model: Finding::Unknown,
            streams: Finding::Unknown,
            problem: None,
            detail: None,
            models: Vec::new(),
            answer_ms: None,
        }
    }

    /// Whether the service can be used.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.problem.is_none()
    }

    /// The report as one sentence, for a command line.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words = match self.problem {
            None => return self.praise(),
            Some(Problem::Unreachable) => {
                "The service cannot be reached: check its address, the network and the proxy"
            }
            Some(Problem::Key) => "The service does not accept the key: set the right one",
            Some(Problem::Model) => {
                "The service does not have this model: choose one from its list"
            }
            Some(Problem::Address) => {
                "There is something else at this address: check it; OpenAI-style addresses mostly end in /v1"
            }
            Some(Problem::Limit) => {
                "The service was asked too often, or the account has nothing left: wait, or look at the account"
            }
            Some(Problem::Silence) => {
                "The service fell silent: it may be loading the model, so try again"
            }
            Some(Problem::Refusal) => "The service refused to answer",
            Some(Problem::Answer) => {
                "What the service answered cannot be used: check what kind of service it is"
            }
        };
        match &self.detail {
            Some(detail) => format!("{words} ({detail})."),
            None => format!("{words}."),
        }
    }

    fn praise(&self) -> String {
        let time = self.answer_ms.unwrap_or(0);
        match self.streams {
            Finding::Yes => format!("The service works; a first answer took {time} ms."),
            _ => format!(
                "The service works, but sends answers in one piece; the first took {time} ms."
            ),
        }
    }

    /// Takes in what an error says about all the questions at once.
    fn blame(&mut self, error: &ModelError) {
        use Finding::{No, Yes};
        let (reachable, key, model, problem) = match error {
            ModelError::Unreachable { .. } => (No, self.key, self.model, Problem::Unreachable),
            ModelError::Unauthorized { .. } => (Yes, No, self.model, Problem::Key),
            // A service that lists the model and does not know it now has another address for answers.
            ModelError::NotFound { .. } if self.models.is_empty() || self.model == Yes => {
                (Yes, self.key, self.model, Problem::Address)
            }
            ModelError::NotFound { .. } => (Yes, self.key, No, Problem::Model),
            ModelError::RateLimited { .. } => (Yes, Yes, self.model, Problem::Limit),
            ModelError::Stalled { .. } => (self.reachable, self.key, self.model, Problem::Silence),
            ModelError::Misconfigured { .. } => (Yes, self.key, self.model, Problem::Address),
            ModelError::Malformed { .. }
            | ModelError::BrokenOff { .. }
            | ModelError::Endless { .. } => (Yes, self.key, self.model, Problem::Answer),
            _ => (Yes, self.key, self.model, Problem::Refusal),
        };
        (self.reachable, self.key, self.model) = (reachable, key, model);
        (self.streams, self.problem) = (No, Some(problem));
        self.detail = Some(error.to_string());
    }
}

impl RemoteModel {
    /// Finds out whether the service can be reached, takes the key, has the model and answers.
    /// It costs an answer of a few tokens.
    ///
    /// # Errors
    /// [`ModelError::Cancelled`] alone: everything else is what the report is about.
    pub async fn test_connection(&self, cancel: &CancellationToken) -> Result<Report, ModelError> {
        let mut report = Report::new();
        let listed = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(ModelError::Cancelled),
            listed = self.list() => listed,
        };
        match listed {
            Ok(models) => self.compare(&mut report, models),
            Err(
                error @ (ModelError::Unreachable { .. }
                | ModelError::Unauthorized { .. }
                | ModelError::Stalled { .. }),
            ) => {
                report.blame(&error);
                return Ok(report);
            }
            // Whatever else is wrong with the list, the answer decides.
            Err(_) => report.reachable = Finding::Yes,
        }
        self.try_answer(&mut report, cancel).await?;
        Ok(report)
    }

    /// The models that the service says it has.
    async fn list(&self) -> Result<Vec<String>, ModelError> {
        let ask = wire::list(self.service().kind);
        let response = self
            .line
            .send(&ask)
            .await
            .map_err(|failure| failure.error)?;
        let text = body::all(&self.line, response, LIST_BYTES).await?;
        let value = serde_json::from_str::<Value>(&text).ok();
        let names = value.as_ref().and_then(wire::names);
        names.ok_or_else(|| self.line.malformed("it is no list of models"))
    }

    fn compare(&self, report: &mut Report, models: Vec<String>) {
        let own = self.model.strip_prefix("models/").unwrap_or(&self.model);
        // Ollama's names have a tag, which need not be said when it is this one.
        let is_own = |name: &String| name == own || name.strip_suffix(":latest") == Some(own);
        report.reachable = Finding::Yes;
        if models.iter().any(is_own) {
            report.model = Finding::Yes;
        }
        report.models = models;
    }

    async fn try_answer(
        &self,
        report: &mut Report,
        cancel: &CancellationToken,
    ) -> Result<(), ModelError> {
        let started = Instant::now();
        let pieces = std::sync::atomic::AtomicU32::new(0);
        let count = |_: News<'_>| {
            pieces.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        };
        match self.ask(&question(), false, &count, cancel).await {
            Err(ModelError::Cancelled) => return Err(ModelError::Cancelled),
            Err(error) => report.blame(&error),
            Ok(told) => {
                (report.reachable, report.key, report.model) =
                    (Finding::Yes, Finding::Yes, Finding::Yes);
                // A single piece may be a short answer or one that was not streamed.
                let is_streamed = pieces.into_inner() > 1;
                let is_silent = told.completion.text.is_empty();
                report.streams = match (is_streamed, is_silent) {
                    (true, _) => Finding::Yes,
                    (false, true) => Finding::Unknown,
                    (false, false) => Finding::No,
                };
                report.answer_ms = u32::try_from(started.elapsed().as_millis()).ok();
            }
        }
        Ok(())
    }
}

fn question() -> Prompt {
    Prompt {
        messages: vec![Message {
            role: Role::User,
            text: "Count from one to five, in figures.".to_owned(),
        }],
        preset: 0,
        lead: 0,
        opening: String::new(),
        max_tokens: TOKENS,
        sampling: Sampling::GREEDY,
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}
