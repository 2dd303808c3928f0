//! Models that a service elsewhere runs, behind the same [`Model`] trait as the one on this machine.
//!
//! What this is: requests, their answers as they stream, and every way in which that goes wrong,
//! as a typed error within a bounded time. What it is not: it keeps no settings ([`Service`] can
//! be written to a file by whoever keeps them), decides about no repair of an answer, and never
//! writes a key anywhere but into [`keys`]. It knows no prices of its own and no lists of models.
//!
//! | file | its one matter |
//! | --- | --- |
//! | `service`, `price`, `key`, `keys` | what a person sets |
//! | `setup`, `line`, `fault`, `pauses` | HTTP: addresses, headers, proxy, what a refusal means, when to ask again |
//! | `body` | from bytes to texts, bounded in size and time |
//! | `wire` | the five languages |
//! | `form` | what an answer must look like, and whether it does |
//! | `allows` | what a service takes of what it may be told |
//! | `answer`, `talk` | an answer as it grows; one question with its attempts |
//! | `several` | many answers, and choices |
//! | `probe` | whether it works at all, in words |
//!
//! Why no multi-provider crate: genai 0.7.2 was read for it. It takes a client of ours and knows
//! structured output, and what it lacks cannot be put in from outside. It turns a carriage return
//! at the end of a chunk into an end of line before it has seen the line feed of the next chunk,
//! so that an event cut there loses its name and Anthropic's text is dropped without an error. It
//! reads a growing event again with every chunk and sets no limit to it. A stream that ends in
//! the middle just ends, without an error. Behind a success it does not look for a page instead
//! of an answer. All of that is bad weather that this module must survive.

mod allows;
mod answer;
mod body;
mod fault;
mod form;
mod key;
pub mod keys;
mod line;
mod pauses;
mod price;
mod probe;
mod service;
mod setup;
mod several;
mod talk;
mod wire;

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use crate::{Answers, Candidates, Completion, Listener, Model, ModelError, ModelId, Prompt, Usage};
use allows::Allows;
use form::Form;
use keys::Keys;
use line::Line;
use talk::{Talk, Told};

pub use key::Key;
pub use price::{MicroDollars, NoAmount, Price, cost};
pub use probe::{Finding, Problem, Report};
pub use service::{Kind, Patience, Proxy, Service, split};

/// A model that a service runs.
#[derive(Debug)]
pub struct RemoteModel {
    id: ModelId,
    model: String,
    line: Line,
    /// What the service turned out to take. It grows smaller with its complaints.
    allows: Mutex<Allows>,
    /// Tokens of all answers since somebody asked for them.
    used: Mutex<Usage>,
}

impl RemoteModel {
    /// A model of a service. Nothing is sent yet.
    ///
    /// # Errors
    /// [`ModelError::Misconfigured`] when address, headers, proxy or name cannot be used.
    pub fn new(service: Service, model: &str, key: Option<&Key>) -> Result<Self, ModelError> {
        let id = service.id_of(model);
        let allows = Mutex::new(Allows::of(&service));
        let line = Line::new(service, key)?;
        if model.trim().is_empty() {
            let service = line.service().name.clone();
            let detail = "no model is named".to_owned();
            return Err(ModelError::Misconfigured { service, detail });
        }
        Ok(Self {
            id,
            model: model.to_owned(),
            line,
            allows,
            used: Mutex::default(),
        })
    }

    /// The model of that id, of one of `services`, with the key that is kept for it. May wait for
    /// the keychain; see [`keys`].
    ///
    /// # Errors
    /// [`ModelError::Unknown`] when the id names none of the services;
    /// [`ModelError::Unauthorized`] when the key cannot be read; those of [`RemoteModel::new`].
    pub fn open(id: &ModelId, services: &[Service], keys: &dyn Keys) -> Result<Self, ModelError> {
        let unknown = || ModelError::Unknown(id.clone());
        let (name, model) = split(id).ok_or_else(unknown)?;
        let service = services.iter().find(|service| service.name == name);
        let service = service.ok_or_else(unknown)?;
        let found = keys.get(name).map_err(|error| ModelError::Unauthorized {
            service: name.to_owned(),
            detail: error.to_string(),
        })?;
        Self::new(
            service.clone(),
            model,
            found.as_ref().map(|found| &found.key),
        )
    }

    /// The service that runs it.
    #[must_use]
    pub fn service(&self) -> &Service {
        self.line.service()
    }

    /// Tokens of every answer that came since this was called last, whatever became of it. Several
    /// answers may be one to whoever asked, and a choice is an answer that nobody sees.
    pub fn take_used(&self) -> Usage {
        std::mem::take(&mut *self.used.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn count(&self, usage: &Usage) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.prompt = used.prompt.saturating_add(usage.prompt);
        used.cached = used.cached.saturating_add(usage.cached);
        used.output = used.output.saturating_add(usage.output);
    }

    /// Asks once. `scores` says that the probabilities of the first token are wanted.
    async fn ask(
        &self,
        prompt: &Prompt,
        scores: bool,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Told, ModelError> {
        let talk = Talk {
            line: &self.line,
            model: &self.model,
            prompt,
            form: Form::new(prompt.constraint.as_ref())?,
            scores,
            started: Instant::now(),
        };
        let total = self.line.service().patience.total();
        let known = *self.allows.lock().unwrap_or_else(PoisonError::into_inner);
        let told = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(ModelError::Cancelled),
            told = tokio::time::timeout(total, talk.run(known, sink)) => told,
        };
        let told =
            told.unwrap_or_else(|_| Err(self.line.stalled(total, "the whole answer was awaited")))?;
        *self.allows.lock().unwrap_or_else(PoisonError::into_inner) = told.allows;
        self.count(&told.completion.usage);
        Ok(told)
    }
}

#[async_trait]
impl Model for RemoteModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    fn is_elsewhere(&self) -> bool {
        true
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        Ok(self.ask(prompt, false, sink, cancel).await?.completion)
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        several::side_by_side(self, prompt, which, sink, cancel).await
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        several::choose(self, prompt, options, cancel).await
    }
}
