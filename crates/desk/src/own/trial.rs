//! Trying an assistant that is not kept, and testing one by its own examples.

use std::sync::Arc;

use assistant::driver::{Record, RunStart, Step, Surroundings, drive};
use assistant::{Fault, RunEvent, RunId, RunReport, Status};
use async_trait::async_trait;
use model::Model;
use presets::examples::{LeftOut, agrees, left_out, words_of};
use presets::{Preset, PresetFile};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::Desk;
use crate::runs::{RunRequest, Watch};

/// What came of one example that was left out and predicted from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ExampleResult {
    /// Its place among the examples, from 0.
    pub place: u32,
    /// What it says the answer is.
    pub expected: String,
    /// What was predicted.
    pub predicted: String,
    /// Whether that is as good.
    pub passed: bool,
}

/// What came of all examples.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ExamplesReport {
    /// How many there are.
    pub total: u32,
    /// How many were predicted.
    pub passed: u32,
    /// Each, in order; fewer than all where it was stopped.
    pub results: Vec<ExampleResult>,
}

impl Desk {
    /// Runs an assistant as it stands in the editor, without keeping it. The run itself is kept.
    ///
    /// # Errors
    /// When something in it is wrong, or there is no such model.
    pub fn try_assistant(
        &self,
        file: PresetFile,
        mut request: RunRequest,
        watch: Watch,
    ) -> Result<RunId, Fault> {
        file.write()?;
        request.assistant = file.id.clone();
        let preset = Arc::new(Preset::new(file)?);
        self.begin_with(preset, request, watch)
    }

    /// Leaves every example out in turn and predicts it from the others. `tell` gets each result as
    /// it comes. Nothing of it is kept.
    ///
    /// # Errors
    /// When something in the file is wrong, there is no such model, or the model cannot answer.
    pub async fn test_examples(
        &self,
        file: &PresetFile,
        tell: &(dyn Fn(&ExampleResult) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<ExamplesReport, Fault> {
        file.write()?;
        let wish = file.engine.model.as_deref().map(model::ModelId::from);
        let id = self.models.model_of_run(&file.id, wish.as_ref())?;
        let model = self.models.get(Some(&id))?;
        let mut results = Vec::new();
        for case in left_out(file) {
            if cancel.is_cancelled() {
                break;
            }
            let report = predict(&case, model.as_ref(), cancel).await;
            if report.status == Status::Cancelled {
                break;
            }
            let result = judged(&case, &report)?;
            tell(&result);
            results.push(result);
        }
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(ExamplesReport {
            total: count(file.shots.len()),
            passed: count(results.iter().filter(|result| result.passed).count()),
            results,
        })
    }
}

async fn predict(case: &LeftOut, model: &dyn Model, cancel: &CancellationToken) -> RunReport {
    let start = RunStart {
        id: None,
        run: history::new_run_id(),
        assistant: case.preset.file().id.clone(),
        inputs: case.inputs.clone(),
        model: model.id().clone(),
        seed: None,
    };
    let around = Surroundings {
        assistant: &case.preset,
        model,
        record: &Forgotten,
        watch: &|_: RunEvent| {},
        cancel,
    };
    drive(around, start).await
}

fn judged(case: &LeftOut, report: &RunReport) -> Result<ExampleResult, Fault> {
    let artifact = match (&report.artifact, &report.error) {
        (Some(artifact), _) => artifact,
        (None, Some(fault)) => return Err(fault.clone()),
        (None, None) => return Err(Fault::cancelled()),
    };
    Ok(ExampleResult {
        place: u32::try_from(case.place).unwrap_or(u32::MAX),
        expected: case.expected.clone(),
        predicted: words_of(artifact),
        passed: agrees(case, artifact, &report.checks),
    })
}

/// Keeps nothing: a test is no run of the person's.
struct Forgotten;

#[async_trait]
impl Record for Forgotten {
    async fn begin(&self, _: &RunStart) -> Result<(), Fault> {
        Ok(())
    }

    async fn partial(&self, _: &RunId, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    async fn step(&self, _: &RunId, _: &Step) -> Result<(), Fault> {
        Ok(())
    }

    async fn finish(&self, _: &RunReport) -> Result<(), Fault> {
        Ok(())
    }
}
