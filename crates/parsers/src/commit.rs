//! Messages of commits in the conventional form: `type(scope)!: subject`, an empty line, a body.

use crate::{Fact, Flaw};

/// The types that the convention and its usual rules know.
const TYPES: &[&str] = &[
    "feat", "fix", "docs", "style", "refactor", "perf", "test", "build", "ci", "chore", "revert",
];

/// Most characters of the first line.
const MOST_SUBJECT: usize = 72;

/// Most characters of a line of the body.
const MOST_BODY: usize = 100;

/// A message of a commit.
///
/// # Errors
/// What the convention does not allow.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let mut lines = text.trim().lines();
    let header = lines.next().unwrap_or_default();
    let Some((head, subject)) = header.split_once(": ") else {
        return Err(Flaw::at(1, "the first line is not \"type: subject\""));
    };
    let is_breaking = head.ends_with('!') || text.contains("BREAKING CHANGE:");
    let head = head.trim_end_matches('!');
    let (kind, scope) = match head.split_once('(') {
        Some((kind, rest)) => match rest.strip_suffix(')') {
            Some(scope) if !scope.is_empty() => (kind, Some(scope)),
            _ => return Err(Flaw::at(1, "the scope is not closed or empty")),
        },
        None => (head, None),
    };
    if !TYPES.contains(&kind) {
        return Err(Flaw::at(
            1,
            format!("{kind:?} is no type; use one of {}", TYPES.join(", ")),
        ));
    }
    subject_of(subject, header)?;
    if let Some(second) = lines.next()
        && !second.trim().is_empty()
    {
        return Err(Flaw::at(2, "the second line must be empty"));
    }
    for (place, line) in lines.enumerate() {
        if line.chars().count() > MOST_BODY && !line.contains("://") {
            return Err(Flaw::at(
                place + 3,
                format!("the line has more than {MOST_BODY} characters"),
            ));
        }
    }
    let mut facts = vec![Fact::new("type", kind)];
    facts.extend(scope.map(|scope| Fact::new("scope", scope)));
    if is_breaking {
        facts.push(Fact::new("breaking", "yes"));
    }
    Ok(facts)
}

fn subject_of(subject: &str, header: &str) -> Result<(), Flaw> {
    if subject.trim().is_empty() {
        return Err(Flaw::at(1, "there is no subject"));
    }
    if subject.ends_with('.') || subject.ends_with('。') {
        return Err(Flaw::at(1, "the subject ends with a full stop"));
    }
    let length = header.chars().count();
    if length > MOST_SUBJECT {
        return Err(Flaw::at(
            1,
            format!("the first line has {length} characters and may have {MOST_SUBJECT}"),
        ));
    }
    Ok(())
}
