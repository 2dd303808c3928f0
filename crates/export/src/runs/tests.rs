//! Every kind of answer says what matters of it in blocks.

use assistant::{Artifact, Check, Fault, RunReport};
use serde_json::json;

use super::*;
use crate::document::in_markdown;

fn report(artifact: serde_json::Value) -> RunReport {
    serde_json::from_value(json!({
        "id": null, "run": "01KAT00000000000000000000X", "assistant": "sql", "status": "done",
        "artifact": artifact, "checks": [], "confidence": null, "repairs": 0, "model": "small",
        "tokens": {"prompt": 5, "cached": 0, "output": 7},
        "timings_ms": {"total": 1840, "first_token": null, "stages": {}}, "error": null,
    }))
    .unwrap()
}

fn shown(report: RunReport) -> ShownRun {
    ShownRun {
        title: "Who spent most?".to_owned(),
        assistant: "Ask a database".to_owned(),
        began: "2026-03-31 09:00".to_owned(),
        inputs: vec![("Question".to_owned(), "Who spent most?".to_owned())],
        tags: vec!["tax".to_owned()],
        earlier: vec![],
        report,
        partial: None,
    }
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "a list of answers, best read in one piece"
)]
fn every_kind_of_answer_is_told() {
    let cases = [
        (
            json!({"kind": "query", "sql": "SELECT 42", "dialect": "sqlite", "columns": ["n"],
                   "rows": [[42], [null]], "row_count": 2, "truncated": true, "explanation": "How.",
                   "headline": "It is 42.", "chart": null, "draft": false}),
            vec![
                "It is 42.",
                "| 42 |",
                "| NULL |",
                "there were more",
                "```sql\nSELECT 42",
            ],
        ),
        (
            json!({"kind": "page", "html": "<p>x</p>", "title": "Bakery", "draft": false,
                   "sections": [{"id": "a", "kind": "hero", "layout": "split", "title": "Bread"}]}),
            vec!["> Bakery", "hero", "file of its own"],
        ),
        (
            json!({"kind": "css", "css": "a{color:red}", "draft": false}),
            vec!["```css\na{color:red}"],
        ),
        (
            json!({"kind": "books", "entries": [{"date": "2026-01-02", "description": "taxi",
                "counterparty": "Cab", "postings": [{"account": "Travel", "amount": "12.50", "currency": "EUR"},
                {"account": "Cash", "amount": "-12.50", "currency": "EUR"}], "tax": null, "source": "x",
                "confidence": 1.0}], "unresolved": [{"source": "lunch", "code": "no-amount", "reason": "No sum."}],
                "statements": {"t": {"title": "Trial balance", "columns": ["Debit"],
                "rows": [{"label": "Cash", "level": 1, "figures": ["12.50"], "is_total": false}]}}, "draft": false}),
            vec![
                "| 2026-01-02 | Cab: taxi | Travel | 12.50 | EUR |",
                "| lunch | No sum. |",
                "### Trial balance",
            ],
        ),
        (
            json!({"kind": "chess", "fen": "8/8", "move": {"san": "Nf3", "uci": "g1f3"}, "explanation": "It forks.",
                "candidates": [{"san": "Nf3", "uci": "g1f3", "score": 35, "line": ["Nf3", "d5"]},
                {"san": "e4", "uci": "e2e4", "score": {"mate": 3}, "line": ["e4"]}], "facts": [], "draft": false}),
            vec!["Nf3", "| +0.35 | Nf3 d5 |", "\\#3", "It forks."],
        ),
        (
            json!({"kind": "code", "language": "python", "code": "x", "draft": false,
                "files": [{"name": "train.py", "language": "python", "text": "print(1)"}],
                "findings": [{"name": "parameters", "value": "12"}]}),
            vec!["### train.py", "```python\nprint(1)", "**parameters:** 12"],
        ),
        (
            json!({"kind": "command", "shell": "bash", "command": "rm -rf x", "risk": "dangerous",
                "parts": [{"text": "rm", "explanation": "removes"}], "warnings": ["It deletes."], "draft": false}),
            vec!["```bash\nrm -rf x", "**It deletes.**", "| rm | removes |"],
        ),
        (
            json!({"kind": "equation", "latex": "x^2", "mathml": "", "svg": "<svg/>", "spoken": "x squared",
                "draft": true}),
            vec!["draft that did not pass", "```latex\nx^2", "x squared"],
        ),
        (
            json!({"kind": "text", "text": "# Hello", "draft": false}),
            vec!["> # Hello"],
        ),
    ];
    for (artifact, expected) in cases {
        let kind = artifact["kind"].clone();
        let artifact: Artifact =
            serde_json::from_value(artifact).unwrap_or_else(|error| panic!("{kind}: {error}"));
        let told = in_markdown(&answer(&artifact, &RunWords::ENGLISH));
        for part in expected {
            // A sign of Markdown's own may be escaped.
            let plain = told.replace('\\', "");
            assert!(
                plain.contains(&part.replace('\\', "")),
                "{kind}: {part} in\n{told}"
            );
        }
    }
}

#[test]
fn a_run_says_who_was_asked_what_and_what_was_checked() {
    let mut report = report(json!({"kind": "text", "text": "Ada", "draft": false}));
    report.checks = vec![Check::passed("runs", "7 rows"), Check::failed("fits", "")];
    let section = section(&shown(report), &RunWords::ENGLISH);
    assert_eq!(section.title, "Who spent most?");
    let about: Vec<&str> = section
        .about
        .iter()
        .map(|(_, value)| value.as_str())
        .collect();
    assert_eq!(
        about,
        [
            "Ask a database",
            "2026-03-31 09:00",
            "done",
            "small",
            "1.8 s",
            "5 + 7",
            "tax",
            "01KAT00000000000000000000X"
        ]
    );
    let told = in_markdown(&section.blocks);
    assert!(
        told.contains("> Ada") && told.contains("✓ runs: 7 rows") && told.contains("✗ fits\n"),
        "{told}"
    );
}

#[test]
fn a_run_without_an_answer_says_so() {
    let mut failed = report(json!(null));
    failed.error = Some(Fault::new(assistant::Code::NotSure, "Nothing fits."));
    let told = in_markdown(&section(&shown(failed.clone()), &RunWords::ENGLISH).blocks);
    assert!(
        told.contains("**Nothing fits.**") && told.contains("There is no answer"),
        "{told}"
    );
    let partly = ShownRun {
        partial: Some("SELECT".to_owned()),
        earlier: vec![(true, "Hello".to_owned()), (false, "Hi".to_owned())],
        ..shown(failed)
    };
    let told = in_markdown(&section(&partly, &RunWords::TRADITIONAL_CHINESE).blocks);
    assert!(
        told.contains("> SELECT") && told.contains("### 您\n\n> Hello"),
        "{told}"
    );
}
