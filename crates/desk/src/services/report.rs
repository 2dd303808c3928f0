//! What trying a service showed, in the words that runs have for their checks.

use assistant::Check;
use model::remote::{Finding, Report};
use serde::{Deserialize, Serialize};

/// What trying a service showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionReport {
    /// Whether it can be used.
    pub ok: bool,
    /// What was found out: `reachable`, `key`, `model`, `streams`, as far as it was.
    pub findings: Vec<Check>,
    /// The whole in one English sentence.
    pub sentence: String,
    /// The models that the service says it has.
    pub models: Vec<String>,
}

impl From<Report> for ConnectionReport {
    fn from(report: Report) -> Self {
        let asked = [
            ("reachable", report.reachable),
            ("key", report.key),
            ("model", report.model),
            ("streams", report.streams),
        ];
        let findings = asked
            .into_iter()
            // Of a service that is not there, nothing else was found out.
            .filter(|(name, _)| report.reachable != Finding::No || *name == "reachable")
            .filter_map(|(name, finding)| Some((name, passed(finding)?)))
            .map(|(name, passed)| Check {
                name: name.to_owned(),
                passed,
                detail: detail(&report, name, passed),
            })
            .collect();
        Self {
            ok: report.is_well(),
            findings,
            sentence: report.sentence(),
            models: report.models,
        }
    }
}

/// Nothing, when it was not found out.
fn passed(finding: Finding) -> Option<bool> {
    match finding {
        Finding::Yes => Some(true),
        Finding::No => Some(false),
        Finding::Unknown => None,
    }
}

fn detail(report: &Report, name: &str, passed: bool) -> String {
    match (name, passed, report.answer_ms) {
        (_, false, _) => report.detail.clone().unwrap_or_default(),
        ("model", true, _) if !report.models.is_empty() => {
            format!("one of {}", report.models.len())
        }
        ("streams", true, Some(time)) => format!("{time} ms"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(text: &str) -> ConnectionReport {
        serde_json::from_str::<Report>(text).unwrap().into()
    }

    #[test]
    fn only_what_was_found_out_is_told() {
        let well = report(
            r#"{"reachable":"yes","key":"yes","model":"yes","streams":"unknown",
                "problem":null,"detail":null,"models":["a","b"],"answer_ms":5}"#,
        );
        let names: Vec<&str> = well.findings.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["reachable", "key", "model"]);
        assert!(well.ok && well.findings.iter().all(|one| one.passed));

        let away = report(
            r#"{"reachable":"no","key":"unknown","model":"unknown","streams":"no",
                "problem":"unreachable","detail":"refused","models":[],"answer_ms":null}"#,
        );
        assert_eq!(away.findings.len(), 1);
        assert!(!away.ok && away.findings[0].detail == "refused");
        assert!(away.sentence.contains("cannot be reached"), "{away:?}");
    }
}
