//! A model of a service, which is opened when it is asked for the first time.
//!
//! Until then neither the keychain nor the network is touched, so that what needs no model works
//! without a key.

use std::sync::Arc;

use async_trait::async_trait;
use model::remote::{RemoteModel, Service};
use model::{Answers, Candidates, Completion, Listener, Model, ModelError, ModelId, Prompt};
use tokio_util::sync::CancellationToken;

use crate::services::Services;

/// A model of a service.
pub(super) struct Elsewhere {
    pub(super) id: ModelId,
    pub(super) service: Service,
    pub(super) services: Arc<Services>,
}

impl Elsewhere {
    async fn open(&self, cancel: &CancellationToken) -> Result<Arc<RemoteModel>, ModelError> {
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ModelError::Cancelled),
            opened = self.services.open(&self.id, &self.service) => opened,
        }
    }

    /// A key that was refused may have been changed meanwhile by another program.
    fn settled<T>(&self, answer: Result<T, ModelError>) -> Result<T, ModelError> {
        if let Err(ModelError::Unauthorized { .. }) = answer {
            self.services.forget_opened(&self.id);
        }
        answer
    }
}

#[async_trait]
impl Model for Elsewhere {
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
        let model = self.open(cancel).await?;
        self.settled(model.generate(prompt, sink, cancel).await)
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let model = self.open(cancel).await?;
        self.settled(model.generate_n(prompt, which, sink, cancel).await)
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        let model = self.open(cancel).await?;
        self.settled(model.choose(prompt, options, cancel).await)
    }
}
