//! From rows back to runs.
//!
//! A newer program may have kept words that this one does not know: a status, a code, a stage, a
//! kind of artifact. They come back as something that claims nothing, so that one such run does
//! not hide all others.

use std::collections::BTreeMap;

use assistant::driver::Step;
use assistant::report::{Timings, Tokens};
use assistant::{Code, Fault, Inputs, RunId, RunReport, Status};
use model::ModelId;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A run as it lies in its table.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct RunRow {
    pub(crate) number: i64,
    pub(crate) id: String,
    pub(crate) assistant: String,
    pub(crate) inputs: String,
    pub(crate) model: String,
    pub(crate) caller_id: Option<String>,
    pub(crate) status: String,
    pub(crate) created_at: String,
    pub(crate) report: Option<String>,
    pub(crate) partial: Option<String>,
}

/// A step as it lies in its table.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct StepRow {
    stage: String,
    attempt: u32,
    took_ms: u32,
    draft: Option<String>,
    checks: String,
    sent: Option<String>,
}

/// A status this program does not know is neither a success nor under way.
pub(crate) fn status(word: &str) -> Status {
    from_word(word).unwrap_or(Status::Interrupted)
}

/// The word that a status is kept as.
pub(crate) fn word(status: Status) -> String {
    let word = serde_json::to_value(status).ok();
    let word = word.as_ref().and_then(Value::as_str);
    word.unwrap_or_default().to_owned()
}

pub(crate) fn inputs(row: &RunRow) -> Inputs {
    serde_json::from_str(&row.inputs).unwrap_or_default()
}

/// A step of a stage that this program does not know is left out.
pub(crate) fn steps(rows: Vec<StepRow>) -> Vec<Step> {
    let step = |row: StepRow| {
        Some(Step {
            stage: from_word(&row.stage)?,
            attempt: row.attempt,
            took_ms: row.took_ms,
            draft: row.draft,
            checks: serde_json::from_str(&row.checks).unwrap_or_default(),
            sent: row.sent,
        })
    };
    rows.into_iter().filter_map(step).collect()
}

/// The report that was kept; of a run that has none, what is known so far.
pub(crate) fn report(row: &RunRow, steps: &[Step]) -> RunReport {
    let Some(kept) = &row.report else {
        return composed(row, steps, status(&row.status), None);
    };
    serde_json::from_str(kept).unwrap_or_else(|_| {
        let kept = serde_json::from_str(kept).unwrap_or_default();
        patched(&kept, composed(row, steps, status(&row.status), None))
    })
}

/// A report from what was kept along the way.
pub(crate) fn composed(
    row: &RunRow,
    steps: &[Step],
    status: Status,
    error: Option<Fault>,
) -> RunReport {
    let mut stages = BTreeMap::<String, u32>::new();
    for step in steps {
        *stages.entry(step.stage.as_str().to_owned()).or_default() += step.took_ms;
    }
    let attempt = steps.iter().map(|step| step.attempt).max().unwrap_or(1);
    let last_checked = steps.iter().rev().find(|step| !step.checks.is_empty());
    RunReport {
        id: row
            .caller_id
            .as_deref()
            .and_then(|id| serde_json::from_str(id).ok()),
        run: RunId(row.id.clone()),
        assistant: row.assistant.clone(),
        status,
        artifact: None,
        checks: last_checked.map_or(vec![], |step| step.checks.clone()),
        confidence: None,
        repairs: attempt.saturating_sub(1),
        // A partial text is the only sure sign that the model was asked at all.
        model: row.partial.as_ref().map(|_| ModelId(row.model.clone())),
        tokens: Tokens::default(),
        timings_ms: Timings {
            total: stages.values().sum(),
            first_token: None,
            stages,
        },
        error,
    }
}

/// Takes from a report what this program understands, and the rest from `fallback`.
fn patched(kept: &Value, fallback: RunReport) -> RunReport {
    RunReport {
        id: part(kept, "id").unwrap_or(fallback.id),
        artifact: part(kept, "artifact").flatten(),
        checks: part(kept, "checks").unwrap_or(fallback.checks),
        confidence: part(kept, "confidence").flatten(),
        repairs: part(kept, "repairs").unwrap_or(fallback.repairs),
        model: part(kept, "model").unwrap_or(fallback.model),
        tokens: part(kept, "tokens").unwrap_or_default(),
        timings_ms: part(kept, "timings_ms").unwrap_or(fallback.timings_ms),
        error: fault(&kept["error"]),
        ..fallback
    }
}

fn fault(kept: &Value) -> Option<Fault> {
    kept.as_object()?;
    Some(Fault {
        code: part(kept, "code").unwrap_or(Code::Internal),
        sentence: part(kept, "sentence").unwrap_or_default(),
        details: part(kept, "details").unwrap_or_default(),
    })
}

fn part<T: DeserializeOwned>(kept: &Value, name: &str) -> Option<T> {
    serde_json::from_value(kept.get(name)?.clone()).ok()
}

fn from_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use assistant::Check;
    use assistant::event::Stage;
    use serde_json::json;

    use super::*;

    fn row(report: Option<Value>) -> RunRow {
        RunRow {
            number: 1,
            id: "01A".to_owned(),
            assistant: "sql".to_owned(),
            inputs: r#"{"question":"q"}"#.to_owned(),
            model: "m".to_owned(),
            caller_id: Some("7".to_owned()),
            status: "running".to_owned(),
            created_at: String::new(),
            report: report.map(|report| report.to_string()),
            partial: None,
        }
    }

    fn step(stage: Stage, attempt: u32, took_ms: u32, checks: Vec<Check>) -> Step {
        Step {
            stage,
            attempt,
            took_ms,
            draft: None,
            checks,
            sent: None,
        }
    }

    #[test]
    fn words_of_a_newer_program_claim_nothing() {
        assert_eq!(status("done"), Status::Done);
        assert_eq!(status("paused"), Status::Interrupted);
        assert_eq!(from_word::<Stage>("polish"), None);
    }

    #[test]
    fn a_report_of_a_newer_program_comes_back_as_far_as_it_is_understood() {
        let kept = json!({
            "id": 7, "run": "01A", "assistant": "sql", "status": "paused",
            "artifact": {"kind": "hologram"}, "checks": [{"name": "a", "passed": true, "detail": ""}],
            "confidence": 0.5, "repairs": 1, "model": "m", "tokens": {"prompt": 1, "cached": 2, "output": 3},
            "timings_ms": {"total": 9, "first_token": null, "stages": {}},
            "error": {"code": "out-of-paper", "sentence": "No paper.", "details": {"tray": "2"}},
        });
        let mut row = row(Some(kept));
        row.status = "paused".to_owned();
        let report = report(&row, &[]);
        assert_eq!(report.status, Status::Interrupted);
        assert_eq!(report.artifact, None);
        assert_eq!(report.checks, [Check::passed("a", "")]);
        assert_eq!((report.confidence, report.repairs), (Some(0.5), 1));
        assert_eq!(report.timings_ms.total, 9);
        let error = report.error.unwrap();
        assert_eq!(error.code, Code::Internal);
        assert_eq!(error.sentence, "No paper.");
        assert_eq!(error.details["tray"], "2");
    }

    #[test]
    fn a_report_that_is_no_json_at_all_is_composed_anew() {
        let mut row = row(None);
        row.report = Some("{\"id\": 7, \"ru".to_owned());
        row.status = "done".to_owned();
        assert_eq!(report(&row, &[]).status, Status::Done);
    }

    #[test]
    fn a_run_without_a_report_is_told_by_its_steps() {
        let steps = [
            step(Stage::Ground, 1, 5, vec![]),
            step(Stage::Draft, 1, 10, vec![]),
            step(
                Stage::Check,
                1,
                1,
                vec![Check::failed("runs", "no such column")],
            ),
            step(Stage::Draft, 2, 20, vec![]),
        ];
        let report = report(&row(None), &steps);
        assert_eq!(report.status, Status::Running);
        assert_eq!(report.id, Some(json!(7)));
        assert_eq!(report.repairs, 1);
        assert_eq!(report.checks, [Check::failed("runs", "no such column")]);
        assert_eq!(report.timings_ms.total, 36);
        assert_eq!(report.timings_ms.stages["draft"], 30);
        assert_eq!(report.model, None);
    }
}
