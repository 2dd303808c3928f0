//! A model of a service, which is opened when it is asked for the first time.
//!
//! Until then neither the keychain nor the network is touched, so that what needs no model works
//! without a key.

use std::sync::Arc;

use async_trait::async_trait;
use model::remote::{RemoteModel, Service};
use model::{
    Answers, Candidates, Completion, Ending, Listener, Model, ModelError, ModelId, Prompt,
};
use tokio_util::sync::CancellationToken;

use crate::services::Services;

/// A model of a service.
pub(super) struct Elsewhere {
    pub(super) id: ModelId,
    pub(super) service: Service,
    pub(super) services: Arc<Services>,
}

impl Elsewhere {
    /// The model, where it may be asked: before every question, for a run may ask many.
    async fn open(&self, cancel: &CancellationToken) -> Result<Arc<RemoteModel>, ModelError> {
        self.services.purse().allow(&self.service)?;
        tokio::select! {
            biased;
            () = cancel.cancelled() => Err(ModelError::Cancelled),
            opened = self.services.open(&self.id, &self.service) => opened,
        }
    }

    /// Counts what was asked, also when nothing came of it. A key that was refused may have been
    /// changed meanwhile by another program.
    fn settled<T>(
        &self,
        model: &RemoteModel,
        answer: Result<T, ModelError>,
    ) -> Result<T, ModelError> {
        self.services.purse().pay(&self.service, &model.take_used());
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
        let answer = model.generate(prompt, sink, cancel).await;
        self.settled(&model, answer)
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let model = self.open(cancel).await?;
        let answer = model.generate_n(prompt, which, sink, cancel).await;
        self.settled(&model, answer)
    }

    async fn generate_each(
        &self,
        prompt: &Prompt,
        endings: &[Ending],
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let model = self.open(cancel).await?;
        let answer = model.generate_each(prompt, endings, sink, cancel).await;
        self.settled(&model, answer)
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        let model = self.open(cancel).await?;
        let answer = model.choose(prompt, options, cancel).await;
        self.settled(&model, answer)
    }
}
