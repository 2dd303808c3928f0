//! From an answer to what a person takes hold of.

use assistant::Artifact;
use assistant::artifact::{ArtifactKind, CodeResult, TextResult};

use assistant::Check;

use crate::checks::{self, Draft, Found, Looked};
use crate::extract::extract;
use crate::{latex, shell};

/// What an answer amounts to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finished {
    /// The answer as an object.
    pub artifact: Artifact,
    /// What was looked at, in order.
    pub found: Vec<Found>,
    /// The same for answers that mean the same.
    pub key: String,
    /// How many things speak against it without making it wrong.
    pub doubts: usize,
}

impl Finished {
    /// How many checks did not hold.
    pub fn failures(&self) -> usize {
        self.found
            .iter()
            .filter(|found| !found.check.passed)
            .count()
    }

    /// The first check that did not hold, and what the model is to be told of all those.
    pub fn feedback(&self) -> Option<(&Check, String)> {
        let mut failed = self.found.iter().filter(|found| !found.check.passed);
        let first = failed.next()?;
        let mut feedback = first.feedback.clone();
        for found in failed {
            feedback.push(' ');
            feedback.push_str(&found.feedback);
        }
        Some((&first.check, feedback))
    }
}

/// Takes the answer out of the model's words, looks at it, and makes an object of it.
pub(crate) fn finish(draft: &Draft<'_>) -> Finished {
    match draft.file.output.artifact {
        ArtifactKind::Equation => latex::finish(draft),
        ArtifactKind::Command => shell::finish(draft),
        _ => plain(draft),
    }
}

/// A text or a program.
fn plain(draft: &Draft<'_>) -> Finished {
    let text = extract(draft.answer, draft.file.output.extract);
    let found = checks::look(&Looked {
        text: &text,
        draft,
        argument: None,
    });
    let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let artifact = match draft.file.output.artifact {
        ArtifactKind::Code => code(text, draft, &found),
        _ => words(text, draft, &found),
    };
    Finished {
        artifact,
        found,
        key,
        doubts: 0,
    }
}

fn words(text: String, draft: &Draft<'_>, found: &[Found]) -> Artifact {
    let table = found.iter().find(|found| !found.table.is_empty());
    Artifact::Text(TextResult {
        text,
        format: draft.file.output.format,
        table: table.map(|found| found.table.clone()).unwrap_or_default(),
        findings: findings(found),
        draft: false,
    })
}

fn code(text: String, draft: &Draft<'_>, found: &[Found]) -> Artifact {
    let told = &draft.file.output.language;
    let named = told
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let language = match named {
        Some(input) => draft.inputs.get(input).unwrap_or_default().to_owned(),
        None => told.clone(),
    };
    Artifact::Code(CodeResult {
        language,
        code: text,
        findings: findings(found),
        ..CodeResult::default()
    })
}

fn findings(found: &[Found]) -> Vec<assistant::artifact::Finding> {
    found
        .iter()
        .flat_map(|found| found.findings.clone())
        .collect()
}
