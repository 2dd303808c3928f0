//! Whole runs with a model, a recorder and an assistant that are written down in advance.

use std::collections::VecDeque;

use model::{Completion, Ending, Prompt, Reason, Sampling, Usage};

use super::*;
use crate::description::tests::sample;
use crate::{Code, Description, Rejection};

/// Plays back answers; `None` hangs until it is cancelled.
struct ScriptedModel {
    id: ModelId,
    answers: Mutex<VecDeque<Option<Result<&'static str, ModelError>>>>,
}

impl ScriptedModel {
    fn new(answers: impl IntoIterator<Item = Option<Result<&'static str, ModelError>>>) -> Self {
        Self {
            id: "scripted".into(),
            answers: Mutex::new(answers.into_iter().collect()),
        }
    }
}

#[async_trait]
impl Model for ScriptedModel {
    fn id(&self) -> &ModelId {
        &self.id
    }

    async fn generate(
        &self,
        _: &Prompt,
        sink: model::Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let answer = self.answers.lock().unwrap().pop_front().unwrap();
        let Some(answer) = answer else {
            sink(model::News::Piece("half"));
            cancel.cancelled().await;
            return Err(ModelError::Cancelled);
        };
        let text = answer?;
        sink(model::News::Piece(text));
        Ok(Completion {
            text: text.to_owned(),
            reason: Reason::Stop,
            usage: Usage {
                prompt: 10,
                cached: 4,
                output: 2,
            },
            first_token_ms: 5,
            total_ms: 9,
        })
    }
}

/// Accepts the draft `good` and nothing else.
struct Picky(Description);

#[async_trait]
impl Assistant for Picky {
    fn description(&self) -> &Description {
        &self.0
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: crate::Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let task: Box<dyn Task> = match inputs.get("question") {
            Some("each") => Box::new(FormsTask),
            _ => Box::new(PickyTask(inputs.get("sql").map(Into::into))),
        };
        Ok(task)
    }

    async fn ground_in_view(
        &self,
        inputs: &Inputs,
        tell: crate::Tell<'_>,
        show: crate::Show<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        show(soon());
        self.ground(inputs, tell, cancel).await
    }
}

/// What is seen before the facts are gathered.
fn soon() -> crate::Artifact {
    crate::Artifact::Chess(crate::artifact::ChessResult::default())
}

fn prompt() -> Prompt {
    Prompt {
        messages: vec![],
        preset: 0,
        lead: 0,
        opening: String::new(),
        max_tokens: 10,
        sampling: Sampling::GREEDY,
        stop: vec![],
        constraint: None,
        adapter: None,
    }
}

/// Two questions side by side.
struct FormsTask;

#[async_trait]
impl Task for FormsTask {
    fn plan(&self, _: &SoFar) -> Plan {
        let ending = Ending {
            messages: vec![],
            max_tokens: 10,
            constraint: None,
        };
        Plan::Each(prompt(), vec![ending.clone(), ending])
    }

    fn glimpse(&self, _: &SoFar, texts: &[Option<String>]) -> Option<crate::Artifact> {
        texts.iter().all(Option::is_some).then(soon)
    }

    async fn check(
        &self,
        _: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        Ok(Verdict {
            checks: vec![Check::passed("forms", answer.texts().join(" "))],
            artifact: None,
            rejection: None,
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }
}

/// The words of the person, or a question for the model.
struct PickyTask(Option<String>);

#[async_trait]
impl Task for PickyTask {
    fn plan(&self, _: &SoFar) -> Plan {
        match &self.0 {
            Some(text) => Plan::Given(text.clone()),
            None => Plan::Ask(prompt()),
        }
    }

    fn glimpse_of(&self, _: &SoFar, written: &str) -> Option<crate::Artifact> {
        (written == "good").then(soon)
    }

    async fn check(
        &self,
        _: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        let draft = &answer.texts()[0];
        let is_good = draft == "good";
        Ok(Verdict {
            checks: vec![if is_good {
                Check::passed("runs", "")
            } else {
                Check::failed("runs", draft.as_str())
            }],
            artifact: None,
            rejection: (!is_good).then(|| Rejection {
                fault: Fault::new(Code::QueryFailed, "It failed."),
                feedback: "again".into(),
            }),
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }
}

/// Writes down what it is told, and can be told to refuse to begin.
#[derive(Default)]
struct Notebook {
    lines: Mutex<Vec<String>>,
    refuses: bool,
}

#[async_trait]
impl Record for Notebook {
    async fn begin(&self, start: &RunStart) -> Result<(), Fault> {
        if self.refuses {
            return Err(Fault::new(Code::HistoryUnusable, "The disk is full."));
        }
        self.write(format!("begin {}", start.assistant));
        Ok(())
    }
    async fn partial(&self, _: &RunId, text: &str) -> Result<(), Fault> {
        self.write(format!("partial {text}"));
        Ok(())
    }
    async fn step(&self, _: &RunId, step: &Step) -> Result<(), Fault> {
        self.write(format!("{} {}", step.stage.as_str(), step.attempt));
        Ok(())
    }
    async fn finish(&self, report: &RunReport) -> Result<(), Fault> {
        self.write(format!("finish {:?}", report.status));
        Ok(())
    }
}

impl Notebook {
    fn write(&self, line: String) {
        self.lines.lock().unwrap().push(line);
    }
}

const QUESTION: [(&str, &str); 2] = [("database", "a"), ("question", "how many?")];

async fn run(
    model: &ScriptedModel,
    inputs: Inputs,
    notebook: &Notebook,
    cancel_after: Option<Duration>,
) -> (RunReport, Vec<RunEvent>) {
    let events = Mutex::new(vec![]);
    let cancel = CancellationToken::new();
    if let Some(after) = cancel_after {
        let cancel = cancel.clone();
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            cancel.cancel();
        });
    }
    let report = drive(
        Surroundings {
            assistant: &Picky(sample()),
            model,
            record: notebook,
            watch: &|event| events.lock().unwrap().push(event),
            cancel: &cancel,
        },
        RunStart {
            id: None,
            run: RunId("R".into()),
            assistant: "sample".into(),
            inputs,
            model: "scripted".into(),
            seed: None,
        },
    )
    .await;
    (report, events.into_inner().unwrap())
}

#[tokio::test]
async fn a_run_is_kept_step_by_step_and_counted() {
    let model = ScriptedModel::new([Some(Ok("bad")), Some(Ok("good"))]);
    let notebook = Notebook::default();
    let (report, events) = run(&model, QUESTION.into(), &notebook, None).await;
    assert_eq!(report.status, Status::Done);
    assert_eq!(report.repairs, 1);
    assert_eq!(report.tokens.prompt, 20);
    assert_eq!(report.timings_ms.first_token, Some(5));
    assert_eq!(report.model, Some("scripted".into()));
    assert_eq!(
        notebook.lines.into_inner().unwrap(),
        [
            "begin sample",
            "ground 1",
            "draft 1",
            "check 1",
            "draft 2",
            "check 2",
            "finish Done"
        ]
    );
    assert!(matches!(events.last(), Some(RunEvent::Ended { .. })));
    // What was seen while facts were gathered was seen before anything was written.
    let seen = RunEvent::Glimpse {
        artifact: Box::new(soon()),
    };
    let place = |wanted: &dyn Fn(&RunEvent) -> bool| events.iter().position(wanted);
    let written = place(&|event| matches!(event, RunEvent::Token { .. }));
    assert!(place(&|event| *event == seen) < written);
    assert!(written.is_some() && events.contains(&seen));
    // And again when what was written could be shown.
    let glimpses = events.iter().filter(|event| **event == seen).count();
    assert_eq!(glimpses, 2);
    assert!(report.timings_ms.stages.contains_key("first_words"));
}

#[tokio::test]
async fn answers_side_by_side_are_seen_as_they_are_complete_and_come_in_order() {
    let model = ScriptedModel::new([Some(Ok("one")), Some(Ok("two"))]);
    let inputs = Inputs::from([("database", "a"), ("question", "each")]);
    let (report, events) = run(&model, inputs, &Notebook::default(), None).await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    assert_eq!(report.checks[0].detail, "one two");
    assert_eq!(report.tokens.prompt, 20);
    let seen = RunEvent::Glimpse {
        artifact: Box::new(soon()),
    };
    let glimpses = events.iter().filter(|event| **event == seen).count();
    assert_eq!(glimpses, 2, "one from the facts, one when both were there");
    let tokens = events.iter().filter_map(|event| match event {
        RunEvent::Token { text } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(
        tokens.collect::<String>(),
        "one",
        "the first alone is shown"
    );
}

#[tokio::test]
async fn words_of_the_person_need_no_model() {
    let model = ScriptedModel::new([]);
    let inputs = Inputs::from([("database", "a"), ("sql", "good")]);
    let (report, _) = run(&model, inputs, &Notebook::default(), None).await;
    assert_eq!(report.status, Status::Done);
    assert_eq!(report.model, None);
}

#[tokio::test]
async fn a_cancel_ends_the_run_and_what_was_seen_is_kept() {
    let model = ScriptedModel::new([None]);
    let notebook = Notebook::default();
    let patience = Some(PARTIAL_INTERVAL * 3);
    let (report, _) = run(&model, QUESTION.into(), &notebook, patience).await;
    assert_eq!(report.status, Status::Cancelled);
    assert_eq!(report.error.unwrap().code, Code::Cancelled);
    let lines = notebook.lines.into_inner().unwrap();
    assert!(lines.contains(&"partial half".to_owned()), "{lines:?}");
}

#[tokio::test]
async fn a_worker_that_died_is_asked_again() {
    let lost = || ModelError::WorkerLost {
        detail: "signal 9".into(),
    };
    let model = ScriptedModel::new([Some(Err(lost())), Some(Ok("good"))]);
    let (report, events) = run(&model, QUESTION.into(), &Notebook::default(), None).await;
    assert_eq!(report.status, Status::Done);
    assert!(events.contains(&RunEvent::Restarted { attempt: 1 }));
}

#[tokio::test]
async fn a_run_with_a_wrong_form_is_kept_with_its_reason() {
    let notebook = Notebook::default();
    let inputs = Inputs::from([("database", "a")]);
    let (report, _) = run(&ScriptedModel::new([]), inputs, &notebook, None).await;
    assert_eq!(report.error.unwrap().code, Code::InputMissing);
    assert_eq!(
        notebook.lines.into_inner().unwrap(),
        ["begin sample", "finish Failed"]
    );
}

#[tokio::test]
async fn nothing_runs_that_cannot_be_kept() {
    let notebook = Notebook {
        refuses: true,
        ..Notebook::default()
    };
    let (report, _) = run(&ScriptedModel::new([]), QUESTION.into(), &notebook, None).await;
    assert_eq!(report.error.unwrap().code, Code::HistoryUnusable);
}
