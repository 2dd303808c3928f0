//! Whole runs of the page designer with a model that is written down in advance.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

use std::sync::Mutex;
use std::time::Duration;

use assistant::driver::{Record, RunStart, Step, Surroundings, drive};
use assistant::{
    Answer, Artifact, Code, Fault, Inputs, Plan, RunEvent, RunId, RunReport, SoFar, Status, Task,
};
use async_trait::async_trait;
use model::{Completion, Constraint, Listener, Model, ModelError, ModelId, Prompt, Reason, Usage};
use pages::Pages;
use pages::ground::Brief;
use pages::task::PageTask;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

/// How the model behaves.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    /// It fills in every form with words of its own.
    Good,
    /// It fills in every form with the same word.
    Dull,
    /// It says something wrong first whenever it is asked for a section, and nothing wrong when it is
    /// asked for what is missing.
    Stumbling,
    /// It gives no answer.
    Dead,
}

struct Scripted {
    id: ModelId,
    manner: Manner,
    prompts: Mutex<Vec<Prompt>>,
    count: Mutex<usize>,
}

impl Scripted {
    fn new(manner: Manner) -> Self {
        Self {
            id: "scripted".into(),
            manner,
            prompts: Mutex::new(Vec::new()),
            count: Mutex::new(0),
        }
    }

    /// Words that nobody has said before.
    fn words(&self) -> String {
        if self.manner == Manner::Dull {
            return "Lorem ipsum".to_owned();
        }
        let mut count = self.count.lock().unwrap();
        let syllables = [
            "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to",
            "vu", "wa",
        ];
        let word = |number: usize| -> String {
            [number / 256, number / 16 % 16, number % 16]
                .iter()
                .map(|place| syllables[place % 16])
                .collect()
        };
        let text = [
            word(*count * 3 + 1),
            word(*count * 3 + 2),
            word(*count * 3 + 3),
        ]
        .join(" ");
        *count += 1;
        text
    }

    fn fill(&self, schema: &Value) -> Value {
        if let Some(fixed) = schema.get("const") {
            return fixed.clone();
        }
        match schema["type"].as_str() {
            Some("object") => {
                let fields = schema["properties"].as_object().unwrap();
                fields
                    .iter()
                    .map(|(name, schema)| (name.clone(), self.fill(schema)))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            }
            Some("array") => match schema["prefixItems"].as_array() {
                Some(items) => items
                    .iter()
                    .map(|item| self.fill(item))
                    .collect::<Vec<_>>()
                    .into(),
                None => (0..3)
                    .map(|_| self.fill(&schema["items"]))
                    .collect::<Vec<_>>()
                    .into(),
            },
            _ => self.words().into(),
        }
    }
}

#[async_trait]
impl Model for Scripted {
    fn id(&self) -> &ModelId {
        &self.id
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        _: Listener<'_>,
        _: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        self.prompts.lock().unwrap().push(prompt.clone());
        if self.manner == Manner::Dead {
            return Err(ModelError::Missing {
                id: "scripted".into(),
                path: "nowhere".into(),
            });
        }
        let text = match &prompt.constraint {
            Some(Constraint::JsonSchema(schema)) => {
                let mut answer = self.fill(schema);
                let is_first = prompt.sampling.temperature < 0.5;
                if self.manner == Manner::Stumbling && is_first && answer["heading"].is_string() {
                    answer["heading"] = "Lorem ipsum".into();
                }
                answer.to_string()
            }
            Some(Constraint::Choices(options)) => options[3].clone(),
            _ => String::new(),
        };
        Ok(Completion {
            text,
            reason: Reason::Stop,
            usage: Usage {
                prompt: 10,
                cached: 5,
                output: 5,
            },
            first_token_ms: 1,
            total_ms: 2,
        })
    }
}

struct Nowhere;

#[async_trait]
impl Record for Nowhere {
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

/// What was seen of a page before it was whole.
#[derive(Debug, PartialEq)]
struct Sight {
    /// Whether it was the part that a complete step left behind.
    is_part: bool,
    sections: usize,
    html: String,
}

/// The report and what was seen on the way.
async fn run(inputs: Inputs, model: &Scripted) -> (RunReport, Vec<Sight>) {
    let parts = Mutex::new(Vec::new());
    let watch = |event: RunEvent| {
        let (is_part, artifact) = match event {
            RunEvent::Part { artifact } => (true, artifact),
            RunEvent::Glimpse { artifact } => (false, artifact),
            _ => return,
        };
        if let Artifact::Page(page) = *artifact {
            assert!(page.draft, "it is not whole");
            parts.lock().unwrap().push(Sight {
                is_part,
                sections: page.sections.len(),
                html: page.html,
            });
        }
    };
    let assistant = Pages::new().unwrap();
    let start = RunStart {
        id: None,
        run: RunId("01".to_owned()),
        assistant: "page".to_owned(),
        inputs,
        model: model.id.clone(),
        seed: None,
    };
    let cancel = CancellationToken::new();
    let around = Surroundings {
        assistant: &assistant,
        model,
        record: &Nowhere,
        watch: &watch,
        cancel: &cancel,
    };
    let report = drive(around, start).await;
    (report, parts.into_inner().unwrap())
}

const BRIEF: &str = "A landing page for my coffee roastery Morning Light in Leeds, warm and earthy. Three coffees: \
    Harbour Espresso £11.50, Yirgacheffe £14 and Night Shift Decaf £12. Open Tue-Sat 8:00-16:00 at 14 Mill Lane, Leeds LS1 4DT, \
    phone 0113 496 0012. An FAQ, please.";

fn page(report: &RunReport) -> &assistant::artifact::PageResult {
    match &report.artifact {
        Some(Artifact::Page(page)) => page,
        other => panic!("no page: {other:?}, {:?}", report.error),
    }
}

#[tokio::test]
async fn a_page_grows_section_by_section() {
    let model = Scripted::new(Manner::Good);
    let (report, parts) = run(Inputs::from([("brief", BRIEF)]), &model).await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    let page = page(&report);
    assert!(
        page.facts.len() > 8 && page.facts.iter().all(|fact| fact.is_present),
        "{:?}",
        page.facts
    );
    assert!(
        page.audit.iter().all(|finding| finding.passed),
        "{:?}",
        page.audit
    );
    assert!(
        report.checks.iter().all(|check| check.passed),
        "{:?}",
        report.checks
    );
    let prompts = model.prompts.lock().unwrap();
    let seen: Vec<(bool, usize)> = parts
        .iter()
        .map(|sight| (sight.is_part, sight.sections))
        .collect();
    // What code knows, then the first part, then one section after the other.
    assert!(
        !seen[0].0 && seen[1].0 && seen[1].1 == seen[0].1,
        "{seen:?}"
    );
    assert!(
        parts[0].html.contains("Morning Light</h1>") && parts[0].html.contains("0113 496 0012"),
        "the facts are there before a word was written"
    );
    let later = &seen[1..];
    assert!(
        later.windows(2).all(|pair| pair[0].1 < pair[1].1),
        "{seen:?}"
    );
    assert_eq!(
        prompts.len(),
        later.len(),
        "one question a form, none twice"
    );
    let last = later.last().map(|(_, sections)| *sections);
    assert_eq!(last, Some(page.sections.len()));
    assert!(prompts[0].preset > 0 && prompts[1].preset == 0);
    assert!(
        prompts[1].messages.len() > prompts[0].messages.len(),
        "the conversation goes on"
    );
    assert!(!page.draft);
}

/// Answers that all have the same heading.
fn alike(endings: &[model::Ending]) -> Vec<String> {
    let model = Scripted::new(Manner::Good);
    let answer = |ending: &model::Ending| {
        let Some(Constraint::JsonSchema(schema)) = &ending.constraint else {
            panic!("a form is asked for");
        };
        let mut answer = model.fill(schema);
        answer["heading"] = "The very same words in both".into();
        answer.to_string()
    };
    endings.iter().map(answer).collect()
}

/// What two sections say alike is asked for again of the second, and neither knows of the other.
#[tokio::test]
async fn parts_that_are_written_side_by_side_do_not_say_the_same() {
    let task = PageTask::new(Brief::read(BRIEF, None), None);
    let cancel = CancellationToken::new();
    let hero = Answer::Texts(vec![
        r#"{"heading":"Up before the sun","lead":"Small roasts, and a window to watch them from."}"#
            .to_owned(),
    ]);
    let mut so_far = SoFar {
        accepted: vec![hero],
        ..SoFar::default()
    };
    let Plan::Each(prompt, endings) = task.plan(&so_far) else {
        panic!("the others are asked for together");
    };
    assert!(endings.len() > 1 && prompt.preset == 0);
    let kind = |ending: &model::Ending| {
        let asked = &ending.messages.last().unwrap().text;
        asked.split(": ").nth(1).unwrap().to_owned()
    };
    let texts = alike(&endings);
    let answer = Answer::Texts(texts.clone());
    let verdict = task.check(&so_far, &answer, &cancel).await.unwrap();
    assert!(verdict.is_undecided && verdict.checks[0].passed);
    let failed = verdict.checks.iter().filter(|check| !check.passed);
    assert_eq!(failed.count(), endings.len() - 1);
    so_far.undecided = texts;
    let Plan::Each(_, again) = task.plan(&so_far) else {
        panic!("what is missing is asked for together");
    };
    assert_eq!(
        again.len(),
        (endings.len() - 1) * 3,
        "three candidates each"
    );
    assert_eq!(again[0], again[2]);
    assert_eq!(kind(&again[2]), kind(&endings[1]));
    assert_eq!(kind(&again[3]), kind(&endings[2]));
    // Of three candidates the first that fits is taken, and no two sections take the same.
    let headings = ["The very same words in both", "Ground to order", "Too late"];
    let given = (0..again.len()).map(|place| {
        let heading = match place / 3 {
            0 => headings[place % 3].to_owned(),
            section => format!("{} {}", headings[place % 3], "again ".repeat(section)),
        };
        serde_json::json!({ "heading": heading }).to_string()
    });
    so_far.undecided.extend(given);
    let answer = Answer::Texts(so_far.undecided.clone());
    let verdict = task.check(&so_far, &answer, &cancel).await.unwrap();
    let Some(Artifact::Page(page)) = &verdict.artifact else {
        panic!("there is a page");
    };
    assert!(page.html.contains("Ground to order</h2>"));
    assert!(page.html.contains("Ground to order again</h2>"));
    assert!(!page.html.contains("Too late</h2>"));
    assert_eq!(page.html.matches("The very same words in both").count(), 1);
}

#[tokio::test]
async fn the_same_answers_give_the_same_page() {
    let one = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Good),
    )
    .await
    .0;
    let two = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Good),
    )
    .await
    .0;
    assert_eq!(page(&one).html, page(&two).html);
}

#[tokio::test]
async fn where_the_model_writes_nothing_usable_code_does_and_says_so() {
    let model = Scripted::new(Manner::Dull);
    let (report, _) = run(Inputs::from([("brief", BRIEF)]), &model).await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    let page = page(&report);
    assert!(!page.html.contains("ipsum"));
    assert!(page.facts.iter().all(|fact| fact.is_present));
    let copy = report
        .checks
        .iter()
        .find(|check| check.name == "copy")
        .unwrap();
    assert!(!copy.passed && copy.detail.contains("hero"), "{copy:?}");
}

#[tokio::test]
async fn what_is_wrong_of_a_section_is_asked_for_again_and_only_that() {
    let model = Scripted::new(Manner::Stumbling);
    let (report, parts) = run(Inputs::from([("brief", BRIEF)]), &model).await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    assert!(!page(&report).html.contains("ipsum"));
    assert!(
        report.checks.iter().all(|check| check.passed),
        "the model wrote everything in the end: {:?}",
        report.checks
    );
    let prompts = model.prompts.lock().unwrap();
    let again: Vec<&Prompt> = prompts
        .iter()
        .filter(|prompt| prompt.sampling.temperature > 0.5)
        .collect();
    assert!(
        !again.is_empty() && again.len().is_multiple_of(3),
        "three candidates each"
    );
    assert!(parts.iter().filter(|sight| sight.is_part).count() < prompts.len());
    for prompt in again {
        let Some(Constraint::JsonSchema(schema)) = &prompt.constraint else {
            panic!("a form is asked for");
        };
        let asked: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(asked, ["heading"]);
        let told = prompt.messages.iter().map(|message| message.text.as_str());
        assert!(
            told.clone().all(|text| !text.contains("ipsum")),
            "it is not shown what was wrong"
        );
    }
}

#[tokio::test]
async fn the_words_of_a_part_are_written_anew_and_nothing_else() {
    let made = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Good),
    )
    .await
    .0;
    let made = page(&made);
    let change = async |manner: Manner, about: &str, wish: &str| {
        let inputs = [
            ("plan", made.plan.as_str()),
            ("about", about),
            ("instruction", wish),
        ];
        run(Inputs::from(inputs), &Scripted::new(manner)).await.0
    };
    let report = change(Manner::Good, "hero/lead/0", "friendlier").await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    let lines = |html: &str| html.lines().map(str::to_owned).collect::<Vec<_>>();
    let (before, after) = (lines(&made.html), lines(&page(&report).html));
    let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert_eq!(
        (before.len(), changed),
        (after.len(), 1),
        "one line is another"
    );

    let report = change(Manner::Dull, "hero/lead/0", "friendlier").await;
    assert_eq!(report.status, Status::Failed);
    assert_eq!(report.error.as_ref().unwrap().code, Code::NotSure);
    assert_eq!(page(&report).html, made.html, "the page is as it was");

    let report = change(Manner::Dead, "hero", "darker").await;
    assert_eq!(
        report.status,
        Status::Done,
        "code understands that: {:?}",
        report.error
    );
    let report = change(Manner::Dead, "hero/lead/0", "friendlier").await;
    assert_eq!(report.error.unwrap().code, Code::ModelMissing);
}

#[tokio::test]
async fn without_a_model_it_says_so() {
    let (report, _) = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Dead),
    )
    .await;
    assert_eq!(report.status, Status::Failed);
    assert_eq!(report.error.unwrap().code, Code::ModelMissing);
}

#[tokio::test]
async fn code_of_a_page_is_kept_if_it_passes() {
    let made = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Good),
    )
    .await
    .0;
    let html = page(&made).html.clone();
    let model = Scripted::new(Manner::Dead);
    let mine = html.replace("<main ", "<main class=\"mine\" ");
    let (report, _) = run(Inputs::from([("html", mine.as_str())]), &model).await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    assert!(page(&report).html.contains("mine") && page(&report).plan.is_empty());
    let names: Vec<&str> = report
        .checks
        .iter()
        .map(|check| check.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["markup", "style", "contrast", "network", "size", "access"]
    );

    let plan = page(&made).plan.as_str();
    let (report, _) = run(
        Inputs::from([("html", html.as_str()), ("plan", plan)]),
        &model,
    )
    .await;
    assert_eq!(page(&report).plan, plan, "it is the page of that plan");

    let broken = html.replace("</main>", "<script>1</script>");
    let (report, _) = run(Inputs::from([("html", broken.as_str())]), &model).await;
    assert_eq!(report.error.as_ref().unwrap().code, Code::NotSure);
    assert!(page(&report).draft && page(&report).html.contains("<script>"));
}

/// A model that takes its time: the page is there all the same, and says what code wrote.
#[tokio::test]
async fn what_there_is_no_time_for_is_written_by_code() {
    let task = PageTask::new(Brief::read(BRIEF, None), None);
    let cancel = CancellationToken::new();
    let mut so_far = SoFar::default();
    let Plan::Ask(prompt) = task.plan(&so_far) else {
        panic!("there is time for the first section");
    };
    let hero = r#"{"heading":"Roasted before breakfast","lead":"Beans that were green yesterday, cut off in the mid"#;
    assert!(prompt.max_tokens < 200, "{}", prompt.max_tokens);
    so_far.worked = Duration::from_secs(40);
    let mut answer = Answer::Texts(vec![hero.to_owned()]);
    let last = loop {
        let verdict = task.check(&so_far, &answer, &cancel).await.unwrap();
        assert!(!verdict.is_undecided, "nothing is asked for again");
        if !verdict.goes_on {
            break verdict;
        }
        so_far.accepted.push(answer);
        assert_eq!(task.plan(&so_far), Plan::Nothing);
        answer = Answer::Nothing;
    };
    let Some(Artifact::Page(page)) = &last.artifact else {
        panic!("there is a page");
    };
    assert!(last.rejection.is_none(), "{:?}", last.rejection);
    assert!(
        page.html.contains("Roasted before breakfast"),
        "what was whole is kept"
    );
    assert!(!page.html.contains("cut off"));
    let copy = last.checks.iter().find(|check| check.name == "copy");
    let said = &copy.unwrap().detail;
    assert!(
        said.contains("hero: 1 of 2 texts")
            && said.contains("faq: written by code, the model's time was up"),
        "{said}"
    );
}

#[tokio::test]
async fn what_a_page_is_for_is_asked_where_the_brief_does_not_say() {
    let model = Scripted::new(Manner::Good);
    let (report, _) = run(
        Inputs::from([("brief", "Something lovely for Zorblax")]),
        &model,
    )
    .await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    let prompts = model.prompts.lock().unwrap();
    assert!(matches!(
        prompts[0].constraint,
        Some(Constraint::Choices(_))
    ));
}

#[tokio::test]
async fn a_page_that_was_changed_needs_no_model() {
    let made = run(
        Inputs::from([("brief", BRIEF)]),
        &Scripted::new(Manner::Good),
    )
    .await
    .0;
    let plan = page(&made).plan.clone();
    let edits = r##"[{"do":"theme","brand":"#ffff00"},{"do":"text","section":"hero","field":"heading","text":"Hello & welcome"}]"##;
    let model = Scripted::new(Manner::Dead);
    let (report, _) = run(
        Inputs::from([("plan", plan.as_str()), ("edits", edits)]),
        &model,
    )
    .await;
    assert_eq!(report.status, Status::Done, "{:?}", report.error);
    assert!(page(&report).html.contains("Hello &amp; welcome"));
    assert!(model.prompts.lock().unwrap().is_empty());
    let (report, _) = run(Inputs::from([("plan", "{}")]), &model).await;
    assert_eq!(report.error.unwrap().code, Code::InputInvalid);
}

#[tokio::test]
async fn odd_briefs_end_in_a_page_or_a_sentence() {
    let long = "We sell bread. ".repeat(4_000);
    let many = "A shop with navigation, hero, about us, features, products, pricing, gallery, testimonials, faq, team, steps, statistics, \
        schedule, opening hours, contact, partners, newsletter, call to action and footer. Fifty sections in all, please.";
    for (brief, code) in [
        ("", Some(Code::InputMissing)),
        ("!!! ???", Some(Code::InputMissing)),
        (long.as_str(), Some(Code::InputTooLong)),
        (
            "<script>alert(1)</script><img src=x onerror=alert(1)> a bakery called <b>Flour</b>",
            None,
        ),
        ("🍞🥐 bakery 🥖 called \"Crumb 🙂\"", None),
        ("مخبز صغير في عمان، bakery", None),
        ("\u{202e}desrever bakery\u{202c} in Leeds", None),
        ("A bakery. Brand colour #ffff00.", None),
        (many, None),
        ("網頁", None),
    ] {
        let (report, _) = run(
            Inputs::from([("brief", brief)]),
            &Scripted::new(Manner::Good),
        )
        .await;
        let start: String = brief.chars().take(30).collect();
        match code {
            Some(code) => assert_eq!(
                report.error.as_ref().map(|fault| fault.code),
                Some(code),
                "{start}"
            ),
            None => {
                assert_eq!(report.status, Status::Done, "{start}: {:?}", report.error);
                let html = &page(&report).html;
                assert!(
                    !html.contains("<script") && !html.contains("onerror"),
                    "{start}"
                );
            }
        }
    }
}

#[tokio::test]
async fn references_are_looked_at_within_limits() {
    let cases: [(&str, Code); 9] = [
        ("http://127.0.0.1:1/", Code::ReferenceUnusable),
        ("http://localhost/", Code::ReferenceUnusable),
        ("http://10.0.0.1/", Code::ReferenceUnusable),
        ("http://169.254.169.254/latest", Code::ReferenceUnusable),
        ("http://[::1]/", Code::ReferenceUnusable),
        ("http://[::ffff:127.0.0.1]/", Code::ReferenceUnusable),
        ("ftp://files.example/", Code::ReferenceUnusable),
        ("/no/such/picture.png", Code::FileNotFound),
        ("Cargo.toml", Code::ReferenceUnusable),
    ];
    for (reference, code) in cases {
        let inputs = Inputs::from([("brief", BRIEF), ("reference", reference)]);
        let (report, _) = run(inputs, &Scripted::new(Manner::Good)).await;
        assert_eq!(
            report.error.as_ref().map(|fault| fault.code),
            Some(code),
            "{reference}: {:?}",
            report.error
        );
    }
}
