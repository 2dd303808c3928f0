//! Runs under way: beginning them, watching them, stopping them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use assistant::driver::{RunStart, Surroundings, drive};
use assistant::{Assistant, Fault, Inputs, RunEvent, RunId, RunReport};
use model::{Model, ModelId};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::Desk;

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunRequest {
    /// The caller's own name for it, copied to the report.
    #[specta(type = Option<String>)]
    #[serde(default)]
    pub id: Option<serde_json::Value>,
    /// Id of the assistant.
    pub assistant: String,
    /// What was filled in.
    pub inputs: Inputs,
    /// Which model is to answer; the desk's own choice when absent.
    pub model: Option<ModelId>,
    /// Seed for the sampler.
    #[serde(default)]
    pub seed: Option<u32>,
    /// Whether the inputs are all there is: a form shows the person's defaults itself, and a run that
    /// is made once more had none or had them already.
    #[serde(default)]
    pub exact: bool,
}

/// Is told what happens in a run, as it happens.
pub type Watch = Arc<dyn Fn(RunEvent) + Send + Sync>;

/// The runs under way, so that they can be stopped by name.
#[derive(Default, Clone)]
pub(crate) struct Running(Arc<Mutex<HashMap<RunId, CancellationToken>>>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, HashMap<RunId, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a run is under way.
    pub(crate) fn is_any(&self) -> bool {
        !self.lock().is_empty()
    }

    pub(crate) fn cancel_all(&self) {
        self.lock().values().for_each(CancellationToken::cancel);
    }
}

/// A run that has its parts and has not begun.
struct Prepared {
    assistant: Arc<dyn Assistant>,
    model: Arc<dyn Model>,
    start: RunStart,
    cancel: CancellationToken,
}

impl Desk {
    /// Runs to the end.
    ///
    /// # Errors
    /// When there is no such assistant or model; whatever happens later is in the report.
    pub async fn run(
        &self,
        request: RunRequest,
        watch: Watch,
        cancel: CancellationToken,
    ) -> Result<RunReport, Fault> {
        let prepared = self.prepare(request, cancel)?;
        Ok(carry_out(prepared, self.history.clone(), self.running.clone(), watch).await)
    }

    /// Begins a run and comes back at once with its name.
    ///
    /// # Errors
    /// When there is no such assistant or model; whatever happens later is told to `watch`.
    pub fn begin(&self, request: RunRequest, watch: Watch) -> Result<RunId, Fault> {
        let prepared = self.prepare(request, CancellationToken::new())?;
        Ok(self.set_off(prepared, watch))
    }

    /// Stops a run. A run that is over, or was never there, stays as it is.
    pub fn cancel(&self, run: &RunId) {
        if let Some(cancel) = self.running.lock().get(run) {
            cancel.cancel();
        }
    }

    /// Begins a run of an assistant that is not among the desk's own.
    pub(crate) fn begin_with(
        &self,
        assistant: Arc<dyn Assistant>,
        request: RunRequest,
        watch: Watch,
    ) -> Result<RunId, Fault> {
        let prepared = self.prepare_with(assistant, request, CancellationToken::new())?;
        Ok(self.set_off(prepared, watch))
    }

    fn set_off(&self, prepared: Prepared, watch: Watch) -> RunId {
        let run = prepared.start.run.clone();
        tokio::spawn(carry_out(
            prepared,
            self.history.clone(),
            self.running.clone(),
            watch,
        ));
        run
    }

    fn prepare(&self, request: RunRequest, cancel: CancellationToken) -> Result<Prepared, Fault> {
        let assistant = self.assistant(&request.assistant)?;
        self.prepare_with(assistant, request, cancel)
    }

    fn prepare_with(
        &self,
        assistant: Arc<dyn Assistant>,
        request: RunRequest,
        cancel: CancellationToken,
    ) -> Result<Prepared, Fault> {
        let model = match request.model {
            Some(id) => id,
            None => self
                .models
                .model_of_run(&request.assistant, assistant.model())?,
        };
        let model = self.models.get(Some(&model))?;
        let inputs = match request.exact {
            true => request.inputs,
            false => self.filled_in(assistant.description(), request.inputs)?,
        };
        let run = history::new_run_id();
        self.running.lock().insert(run.clone(), cancel.clone());
        self.ahead.stop();
        Ok(Prepared {
            assistant,
            start: RunStart {
                id: request.id,
                run,
                assistant: request.assistant,
                inputs: self.places.without_passwords(inputs),
                model: model.id().clone(),
                seed: request.seed,
            },
            model,
            cancel,
        })
    }
}

async fn carry_out(
    prepared: Prepared,
    history: history::History,
    running: Running,
    watch: Watch,
) -> RunReport {
    let run = prepared.start.run.clone();
    let report = drive(
        Surroundings {
            assistant: prepared.assistant.as_ref(),
            model: prepared.model.as_ref(),
            record: &history,
            watch: watch.as_ref(),
            cancel: &prepared.cancel,
        },
        prepared.start,
    )
    .await;
    running.lock().remove(&run);
    report
}
