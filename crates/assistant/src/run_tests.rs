//! Every course that a run can take, told as signals and the effects they must have.

use model::ModelError;

use super::*;
use crate::Rejection;
use crate::artifact::{Artifact, QueryResult};

fn query(sql: &str) -> Artifact {
    Artifact::Query(QueryResult {
        sql: sql.into(),
        dialect: "sqlite".into(),
        columns: vec![],
        rows: vec![],
        row_count: 0,
        truncated: false,
        explanation: None,
        chart: None,
        headline: None,
        readings: vec![],
        headings: vec![],
        draft: false,
    })
}

fn by(author: Author, text: &str) -> Signal {
    Signal::Drafted(Ok(Draft {
        answer: Answer::Texts(vec![text.into()]),
        author,
    }))
}

fn good(sql: &str) -> Signal {
    Signal::Checked(Ok(Verdict {
        checks: vec![Check::passed("parses", ""), Check::passed("runs", "1 row")],
        artifact: Some(query(sql)),
        rejection: None,
        confidence: Some(0.9),
        is_undecided: false,
        goes_on: false,
    }))
}

fn bad(sql: &str, passed: usize) -> Signal {
    let mut checks = vec![Check::passed("parses", ""); passed];
    checks.push(Check::failed("runs", "no such column"));
    Signal::Checked(Ok(Verdict {
        checks,
        artifact: Some(query(sql)),
        rejection: Some(Rejection {
            fault: Fault::new(Code::QueryFailed, "The query failed: no such column."),
            feedback: format!("{sql} failed"),
        }),
        confidence: None,
        is_undecided: false,
        goes_on: false,
    }))
}

fn lost() -> Signal {
    Signal::Drafted(Err(ModelError::WorkerLost {
        detail: "signal 9".into(),
    }))
}

/// Writes effects down in a short form that a test can state.
fn short(effect: &Effect) -> String {
    match effect {
        Effect::Ground => "ground".into(),
        Effect::Draft { attempt, so_far } if so_far.undecided.is_empty() => {
            format!("draft {attempt} after {}", so_far.failed.len())
        }
        Effect::Draft { attempt, so_far } => {
            format!("draft {attempt} beside {}", so_far.undecided.len())
        }
        Effect::Check {
            attempt, answer, ..
        } => format!("check {attempt} {}", answer.texts().join(" ")),
        Effect::Notify(Notice::Stage(stage, attempt)) => format!("{} {attempt}:", stage.as_str()),
        Effect::Notify(Notice::Restarted(attempt)) => format!("restarted {attempt}:"),
        Effect::Notify(Notice::Checked {
            attempt, accepted, ..
        }) => format!("checked {attempt} {accepted}:"),
        Effect::Notify(Notice::Part(part)) => format!("part {}:", sql(part)),
        Effect::Interrupt => "interrupt".into(),
        Effect::Finish(ending) => {
            let Some(Artifact::Query(query)) = &ending.artifact else {
                return format!("{:?} nothing {:?}", ending.status, code(ending));
            };
            let draft = if query.draft { "draft" } else { "answer" };
            format!(
                "{:?} {draft} {} {:?}",
                ending.status,
                query.sql,
                code(ending)
            )
        }
    }
}

fn sql(artifact: &Artifact) -> &str {
    match artifact {
        Artifact::Query(query) => &query.sql,
        other => panic!("{other:?} is no query"),
    }
}

fn code(ending: &Ending) -> Option<Code> {
    ending.error.as_ref().map(|fault| fault.code)
}

#[track_caller]
fn check(signals: Vec<Signal>, expected: &[&str]) {
    let mut machine = Machine::new(2);
    let effects: Vec<String> = signals
        .into_iter()
        .flat_map(|signal| machine.handle(signal))
        .map(|effect| short(&effect))
        .collect();
    assert_eq!(effects, expected);
    let is_over = expected.last().is_some_and(|last| {
        ["Done", "Failed", "Cancelled"]
            .iter()
            .any(|word| last.starts_with(word))
    });
    assert_eq!(machine.is_ended(), is_over);
}

const OPENING: [Signal; 2] = [
    Signal::Start,
    Signal::Grounded(Ok(Grounded { needs_model: true })),
];

fn after_opening(signals: impl IntoIterator<Item = Signal>) -> Vec<Signal> {
    OPENING.into_iter().chain(signals).collect()
}

#[test]
fn a_good_draft_is_the_answer() {
    check(
        after_opening([by(Author::Model, "A"), good("A")]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 A",
            "checked 1 true:",
            "Done answer A None",
        ],
    );
}

#[test]
fn a_bad_draft_goes_back_with_what_was_found() {
    check(
        after_opening([
            by(Author::Model, "A"),
            bad("A", 0),
            by(Author::Model, "B"),
            good("B"),
        ])
        .split_off(0),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 A",
            "checked 1 false:",
            "draft 2:",
            "draft 2 after 1",
            "check 2:",
            "check 2 B",
            "checked 2 true:",
            "Done answer B None",
        ],
    );
}

#[test]
fn repair_is_bounded_and_the_best_draft_is_kept() {
    let mut machine = Machine::new(2);
    let mut effects = vec![];
    for signal in after_opening([
        by(Author::Model, "A"),
        bad("A", 1),
        by(Author::Model, "B"),
        bad("B", 2),
        by(Author::Model, "C"),
        bad("C", 0),
    ]) {
        effects = machine.handle(signal);
    }
    let Some(Effect::Finish(ending)) = effects.last() else {
        panic!("the run goes on: {effects:?}");
    };
    assert_eq!(short(&effects[1]), "Failed draft B Some(NotSure)");
    assert_eq!(ending.repairs, 2);
    assert_eq!(ending.confidence, None);
}

#[test]
fn a_persons_own_draft_is_never_rewritten() {
    check(
        after_opening([by(Author::Person, "A"), bad("A", 0)]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 A",
            "checked 1 false:",
            "Failed draft A Some(QueryFailed)",
        ],
    );
}

#[test]
fn a_dead_model_is_asked_once_more_and_not_twice() {
    check(
        after_opening([lost(), lost()]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "restarted 1:",
            "draft 1 after 0",
            "Failed nothing Some(EngineLost)",
        ],
    );
}

#[test]
fn each_draft_has_its_own_second_chance() {
    let mut machine = Machine::new(2);
    for signal in after_opening([lost(), by(Author::Model, "A"), bad("A", 0)]) {
        machine.handle(signal);
    }
    let effects = machine.handle(lost());
    assert_eq!(short(&effects[0]), "restarted 2:");
}

#[test]
fn a_model_that_is_not_there_ends_the_run_at_once() {
    let missing = ModelError::Missing {
        id: "m".into(),
        path: "/m.gguf".into(),
    };
    check(
        after_opening([Signal::Drafted(Err(missing))]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "Failed nothing Some(ModelMissing)",
        ],
    );
}

fn undecided(sql: &str) -> Signal {
    match good(sql) {
        Signal::Checked(Ok(verdict)) => Signal::Checked(Ok(Verdict {
            is_undecided: true,
            ..verdict
        })),
        other => other,
    }
}

#[test]
fn more_candidates_are_asked_for_until_they_decide() {
    check(
        after_opening([
            by(Author::Model, "A"),
            undecided("A"),
            by(Author::Model, "B"),
            good("B"),
        ]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 A",
            "draft 1:",
            "draft 1 beside 1",
            "check 1:",
            "check 1 A B",
            "checked 1 true:",
            "Done answer B None",
        ],
    );
}

#[test]
fn candidates_that_never_decide_are_an_answer_at_last() {
    let mut machine = Machine::new(2);
    let mut effects = Vec::new();
    let rounds = (0..9).flat_map(|_| [by(Author::Model, "A"), undecided("A")]);
    for signal in after_opening(rounds) {
        effects.extend(machine.handle(signal));
    }
    assert!(machine.is_ended());
    assert_eq!(short(effects.last().unwrap()), "Done answer A None");
    let drafts = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Draft { .. }));
    assert_eq!(drafts.count(), 4);
}

#[test]
fn a_model_that_fails_while_more_is_asked_for_leaves_the_answer_that_is_there() {
    let failed = Signal::Drafted(Err(ModelError::Failed {
        detail: "no room".into(),
    }));
    let mut machine = Machine::new(2);
    let mut effects = Vec::new();
    for signal in after_opening([by(Author::Model, "A"), undecided("A"), failed]) {
        effects.extend(machine.handle(signal));
    }
    assert_eq!(short(effects.last().unwrap()), "Done answer A None");
}

fn part(sql: &str) -> Signal {
    match good(sql) {
        Signal::Checked(Ok(verdict)) => Signal::Checked(Ok(Verdict {
            goes_on: true,
            ..verdict
        })),
        other => other,
    }
}

#[test]
fn a_step_that_is_complete_is_shown_while_the_next_is_under_way() {
    check(
        after_opening([
            by(Author::Model, "A"),
            part("A"),
            by(Author::Model, "B"),
            bad("AB", 0),
            by(Author::Model, "C"),
            good("AC"),
        ]),
        &[
            "ground 1:",
            "ground",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 A",
            "checked 1 true:",
            "part A:",
            "draft 1:",
            "draft 1 after 0",
            "check 1:",
            "check 1 B",
            "checked 1 false:",
            "draft 2:",
            "draft 2 after 1",
            "check 2:",
            "check 2 C",
            "checked 2 true:",
            "Done answer AC None",
        ],
    );
}

#[test]
fn each_step_may_be_repaired_as_often_as_any_other() {
    let mut machine = Machine::new(1);
    let mut effects = vec![];
    for signal in after_opening([
        by(Author::Model, "A"),
        bad("A", 0),
        by(Author::Model, "B"),
        part("B"),
        by(Author::Model, "C"),
        bad("BC", 0),
        by(Author::Model, "D"),
        good("BD"),
    ]) {
        effects = machine.handle(signal);
    }
    let Some(Effect::Finish(ending)) = effects.last() else {
        panic!("the run goes on: {effects:?}");
    };
    assert_eq!((ending.status, ending.repairs), (Status::Done, 2));
}

#[test]
fn earlier_parts_are_kept_when_a_later_step_comes_to_nothing() {
    let mut machine = Machine::new(2);
    let mut effects = vec![];
    for signal in after_opening([by(Author::Model, "A"), part("A"), lost(), lost()]) {
        effects = machine.handle(signal);
    }
    let last = effects.last().unwrap();
    assert_eq!(short(last), "Failed draft A Some(EngineLost)");
}

#[test]
fn a_task_that_can_do_without_a_model_does() {
    let missing = ModelError::Missing {
        id: "m".into(),
        path: "/m.gguf".into(),
    };
    let mut machine = Machine::new(2);
    machine.handle(Signal::Start);
    machine.handle(Signal::Grounded(Ok(Grounded { needs_model: false })));
    let effects = machine.handle(Signal::Drafted(Err(missing)));
    let Some(Effect::Check { answer, .. }) = effects.last() else {
        panic!("nothing is checked: {effects:?}");
    };
    assert_eq!(*answer, Answer::Nothing);
    // Code would make the same again, so what it made is not sent back.
    let effects = machine.handle(bad("A", 0));
    assert_eq!(short(&effects[1]), "Failed draft A Some(QueryFailed)");
}

#[test]
fn facts_that_cannot_be_gathered_end_the_run() {
    let fault = Fault::new(Code::FileNotFound, "There is no file.");
    check(
        vec![Signal::Start, Signal::Grounded(Err(fault))],
        &["ground 1:", "ground", "Failed nothing Some(FileNotFound)"],
    );
}

#[test]
fn a_cancel_ends_the_run_in_every_state_and_later_results_are_ignored() {
    let course = after_opening([by(Author::Model, "A"), bad("A", 1), by(Author::Model, "B")]);
    for length in 0..=course.len() {
        let mut machine = Machine::new(2);
        for signal in &course[..length] {
            machine.handle(signal.clone());
        }
        let effects = machine.handle(Signal::Cancel);
        assert_eq!(effects[0], Effect::Interrupt);
        assert!(short(&effects[1]).starts_with("Cancelled"), "{effects:?}");
        assert!(machine.is_ended());
        for signal in [Signal::Cancel, good("B"), Signal::Start] {
            assert_eq!(machine.handle(signal), []);
        }
    }
}
