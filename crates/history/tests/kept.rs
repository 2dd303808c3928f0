//! What goes into history comes back, in order, findable, and goes when it is told to.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as a test does"
)]

mod common;

use assistant::driver::Record;
use assistant::{Code, Fault, Inputs, RunId, Status};
use common::{checked, done, draft, keep, raw, start};
use history::{History, HistoryError, Piece, Wanted};
use tempfile::TempDir;

async fn fresh() -> (TempDir, History) {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(folder.path()).await.unwrap();
    (folder, history)
}

async fn found(history: &History, query: &str) -> Vec<RunId> {
    let summaries = history.search(query, 10).await.unwrap();
    summaries.into_iter().map(|summary| summary.run).collect()
}

#[tokio::test]
async fn a_run_comes_back_as_it_was_kept() {
    let (folder, history) = fresh().await;
    let start = start("who spent most?");
    history.begin(&start).await.unwrap();
    let steps = [draft("SELECT 1"), checked(1), draft("SELECT 2")];
    for step in &steps {
        history.step(&start.run, step).await.unwrap();
    }
    let report = done(&start, "Ada");
    history.finish(&report).await.unwrap();
    history.close().await;

    let history = History::open(folder.path()).await.unwrap();
    let record = history.show(&start.run).await.unwrap();
    assert_eq!(record.inputs, start.inputs);
    assert_eq!(record.report, report);
    assert_eq!(record.steps, steps);
    assert_eq!(record.partial, None);

    let [summary] = history.list(10, None).await.unwrap().try_into().unwrap();
    assert_eq!(summary.run, start.run);
    assert_eq!(summary.title, "who spent most?");
    assert_eq!(summary.assistant, "sql");
    assert_eq!(summary.status, Status::Done);
    assert_eq!(summary.model, start.model);
    assert_eq!(summary.total_ms, Some(1840));
    assert_eq!(summary.created_at, record.created_at);
}

#[tokio::test]
async fn a_run_under_way_shows_what_is_known_so_far() {
    let (_folder, history) = fresh().await;
    let start = start("q");
    history.begin(&start).await.unwrap();
    history.partial(&start.run, "SEL").await.unwrap();
    history.partial(&start.run, "SELECT").await.unwrap();

    let record = history.show(&start.run).await.unwrap();
    assert_eq!(record.report.status, Status::Running);
    assert_eq!(record.report.id, start.id);
    assert_eq!(record.report.model, Some(start.model));
    assert_eq!(record.partial.as_deref(), Some("SELECT"));
    assert_eq!(history.list(1, None).await.unwrap()[0].total_ms, None);
}

#[tokio::test]
async fn what_was_written_in_part_stays_unless_something_whole_came_of_it() {
    let (_folder, history) = fresh().await;
    for (has_artifact, expected) in [(true, None), (false, Some("SELECT"))] {
        let start = start("q");
        history.begin(&start).await.unwrap();
        history.partial(&start.run, "SELECT").await.unwrap();
        let mut report = done(&start, "");
        if !has_artifact {
            report.artifact = None;
            report.status = Status::Cancelled;
            report.error = Some(Fault::cancelled());
        }
        history.finish(&report).await.unwrap();
        history.partial(&start.run, "too late").await.unwrap();
        let record = history.show(&start.run).await.unwrap();
        assert_eq!(record.partial.as_deref(), expected);
        assert_eq!(record.report, report);
    }
}

#[tokio::test]
async fn runs_are_listed_newest_first_and_page_by_page() {
    let (_folder, history) = fresh().await;
    let mut runs = vec![];
    for _ in 0..7 {
        runs.push(keep(&history, "q", "a").await);
    }
    runs.reverse();
    let mut listed = vec![];
    loop {
        let page = history.list(3, listed.last()).await.unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page.into_iter().map(|summary| summary.run));
    }
    assert_eq!(listed, runs);
}

#[tokio::test]
async fn a_search_looks_through_question_and_answer_in_any_script() {
    let (_folder, history) = fresh().await;
    let english = keep(&history, "Which customer spent most?", "Ada Lovelace").await;
    let chinese = keep(&history, "哪個客戶今年花費最多？", "臺北市 100% \"甲\"").await;
    let under_way = start("customers by city");
    history.begin(&under_way).await.unwrap();

    let all = [under_way.run.clone(), chinese.clone(), english.clone()];
    let cases: [(&str, &[RunId]); 16] = [
        ("customer", &all),
        ("SPENT most", std::slice::from_ref(&english)),
        ("lovelace", std::slice::from_ref(&english)),
        ("customer by", std::slice::from_ref(&under_way.run)),
        ("city", std::slice::from_ref(&under_way.run)),
        ("哪個客戶", std::slice::from_ref(&chinese)),
        ("客戶", std::slice::from_ref(&chinese)),
        ("花", std::slice::from_ref(&chinese)),
        ("臺北市", std::slice::from_ref(&chinese)),
        ("客戶 今年花費", std::slice::from_ref(&chinese)),
        ("客戶 lovelace", &[]),
        ("0%", std::slice::from_ref(&chinese)),
        ("%", std::slice::from_ref(&chinese)),
        ("\"甲\"", std::slice::from_ref(&chinese)),
        ("__", &[]),
        ("custom er", &all),
    ];
    for (query, expected) in cases {
        assert_eq!(found(&history, query).await, expected, "{query}");
    }
    assert_eq!(found(&history, " \n").await.len(), 3);
    assert_eq!(history.search("customer", 1).await.unwrap().len(), 1);
}

#[tokio::test]
async fn no_query_breaks_the_search() {
    let (_folder, history) = fresh().await;
    keep(&history, "AND", "NEAR").await;
    let queries = [
        "\"",
        "\"\"\"",
        "'",
        "AND",
        "NOT x",
        "a OR",
        "NEAR(",
        "title:x",
        "{title}:abc",
        "abc*",
        "^abc",
        "(((",
        "a\0b\0cde",
        "\\",
        "\\%",
        "--",
        "; DROP TABLE runs",
        "😀😀😀",
        "e\u{301}",
        "\u{301}\u{301}\u{301}",
        "\u{202e}abc",
    ];
    for query in queries {
        history
            .search(query, 10)
            .await
            .unwrap_or_else(|error| panic!("{query}: {error}"));
    }
    let long = "long ".repeat(2_000);
    history.search(&long, 10).await.unwrap();
    let short: Vec<String> = (0..3_000).map(|number| format!("{number:x}")).collect();
    history.search(&short.join(" "), 10).await.unwrap();
    assert_eq!(found(&history, "AND").await.len(), 1);
}

#[tokio::test]
async fn a_deleted_run_is_gone_from_every_table() {
    let (folder, history) = fresh().await;
    let kept = keep(&history, "keep this question", "a").await;
    let gone = keep(&history, "forget this question", "secret").await;
    history.step(&gone, &draft("secret")).await.unwrap();
    history.delete(&gone).await.unwrap();

    assert_eq!(found(&history, "question").await, [kept]);
    assert!(found(&history, "secret").await.is_empty());
    for outcome in [
        history.delete(&gone).await,
        history.show(&gone).await.map(drop),
    ] {
        let error = outcome.unwrap_err();
        assert!(matches!(error, HistoryError::RunUnknown { .. }), "{error}");
        assert_eq!(Fault::from(error).code, Code::RunUnknown);
    }
    let mut raw = raw(folder.path()).await;
    for table in [
        "runs",
        "runs_text",
        "runs_text_docsize",
        "runs_pairs_docsize",
        "spent",
    ] {
        let sql = sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        let rows: u32 = sqlx::query_scalar(sql).fetch_one(&mut raw).await.unwrap();
        assert_eq!(rows, 1, "{table}");
    }
    let steps: u32 = sqlx::query_scalar("SELECT count(*) FROM steps")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(steps, 0);
}

#[tokio::test]
async fn runs_are_found_by_assistant_status_and_by_what_is_set_apart() {
    let (_folder, history) = fresh().await;
    let first = keep(&history, "spend by city", "Ada").await;
    let second = keep(&history, "spend by month", "Grace").await;
    let under_way = start("spend by day");
    history.begin(&under_way).await.unwrap();
    history.star(&first, true).await.unwrap();
    let check = async |wanted: Wanted, expected: &[&RunId]| {
        let found = history.find(&wanted, 10, None).await.unwrap();
        let found: Vec<&RunId> = found.iter().map(|summary| &summary.run).collect();
        assert_eq!(found, expected, "{wanted:?}");
    };
    let starred = Wanted {
        starred: true,
        ..Wanted::default()
    };
    check(starred.clone(), &[&first]).await;
    let of = |assistant: &str| Wanted {
        assistant: Some(assistant.to_owned()),
        ..Wanted::default()
    };
    check(of("sql"), &[&under_way.run, &second, &first]).await;
    check(of("chess"), &[]).await;
    let running = Wanted {
        status: Some(Status::Running),
        ..Wanted::default()
    };
    check(running, &[&under_way.run]).await;
    let grace = Wanted {
        words: "SPEND grace".to_owned(),
        ..Wanted::default()
    };
    check(grace.clone(), &[&second]).await;
    check(
        Wanted {
            starred: true,
            ..grace
        },
        &[],
    )
    .await;

    history.star(&first, false).await.unwrap();
    check(starred, &[]).await;
    let unknown = history.star(&RunId("none".to_owned()), true).await;
    assert_eq!(Fault::from(unknown.unwrap_err()).code, Code::RunUnknown);
}

#[tokio::test]
async fn a_search_shows_where_the_words_stand() {
    let (_folder, history) = fresh().await;
    keep(&history, "Which customer spent most?", "Ada Lovelace").await;
    let [summary] = history
        .search("SPENT lovelace", 5)
        .await
        .unwrap()
        .try_into()
        .unwrap();
    let marked = |pieces: &[Piece]| -> Vec<String> {
        let hits = pieces.iter().filter(|piece| piece.hit);
        hits.map(|piece| piece.text.clone()).collect()
    };
    let found = summary.found.unwrap();
    assert_eq!(marked(&found.title), ["spent"]);
    assert_eq!(marked(&found.excerpt), ["Lovelace"]);
    assert_eq!(history.list(1, None).await.unwrap()[0].found, None);
}

#[tokio::test]
async fn a_run_that_was_deleted_under_way_is_not_brought_back() {
    let (_folder, history) = fresh().await;
    let start = start("q");
    history.begin(&start).await.unwrap();
    history.delete(&start.run).await.unwrap();
    let step = history.step(&start.run, &draft("x")).await.unwrap_err();
    let finish = history.finish(&done(&start, "x")).await.unwrap_err();
    assert_eq!(
        (step.code, finish.code),
        (Code::RunUnknown, Code::RunUnknown)
    );
    assert!(history.list(10, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_run_is_named_by_its_beginning_or_by_last() {
    let (_folder, history) = fresh().await;
    let code = |outcome: Result<RunId, HistoryError>| Fault::from(outcome.unwrap_err()).code;
    assert_eq!(code(history.resolve("last").await), Code::RunUnknown);

    for name in ["01AAAAAA1", "01AAAAAA2", "01BBBBBB1", "01BBBBBB12"] {
        let mut start = start("q");
        start.run = RunId(name.to_owned());
        history.begin(&start).await.unwrap();
    }
    let cases = [
        ("last", "01BBBBBB12"),
        ("01AAAAAA1", "01AAAAAA1"),
        ("01aaaaaa2", "01AAAAAA2"),
        (" 01BBBBBB1 ", "01BBBBBB1"),
    ];
    for (name, expected) in cases {
        assert_eq!(history.resolve(name).await.unwrap().0, expected, "{name}");
    }
    history
        .delete(&RunId("01AAAAAA1".to_owned()))
        .await
        .unwrap();
    assert_eq!(history.resolve("01aaaa").await.unwrap().0, "01AAAAAA2");

    for name in [
        "", "01AAA", "01BBBB", "01CCCC", "01AAAA%", "______", "01AAAA\0",
    ] {
        assert_eq!(
            code(history.resolve(name).await),
            Code::RunUnknown,
            "{name}"
        );
    }
}

#[tokio::test]
async fn no_text_is_changed_by_being_kept() {
    let (folder, history) = fresh().await;
    let long = "長 text \"'\\ \r\n".repeat(1 << 17);
    assert!(long.len() > 1 << 20);
    let texts = [
        "😀👩‍👩‍👧‍👦🏴‍☠️",
        "a\0b\0",
        "\0",
        "'; DROP TABLE runs; --",
        "\"\\\"",
        "\u{feff}\u{202e}\u{fffd}",
        "e\u{301} é",
        "\r\n\t ",
        "",
        &long,
    ];
    let mut kept = vec![];
    for text in texts {
        let mut start = start(text);
        start.inputs = Inputs::from([("question", text), (text, "as a name")]);
        history.begin(&start).await.unwrap();
        history.partial(&start.run, text).await.unwrap();
        let record = history.show(&start.run).await.unwrap();
        assert_eq!(record.partial.as_deref(), Some(text));
        history.step(&start.run, &draft(text)).await.unwrap();
        let mut report = done(&start, text);
        report.error = Some(Fault::new(Code::Internal, text).with("detail", text));
        history.finish(&report).await.unwrap();
        kept.push((start, report));
    }
    history.close().await;

    let history = History::open(folder.path()).await.unwrap();
    for ((start, report), text) in kept.iter().zip(texts) {
        let record = history.show(&start.run).await.unwrap();
        assert!(record.inputs == start.inputs, "inputs of {text:.20}");
        assert!(record.report == *report, "report of {text:.20}");
        assert!(record.steps == [draft(text)], "steps of {text:.20}");
    }
    for summary in history.list(100, None).await.unwrap() {
        assert!(summary.title.chars().count() <= 200);
    }
}

#[tokio::test]
async fn a_run_with_words_of_a_newer_program_does_not_hide_the_others() {
    let (folder, history) = fresh().await;
    let odd = keep(&history, "odd", "a").await;
    keep(&history, "plain", "a").await;
    let mut raw = raw(folder.path()).await;
    sqlx::query(
        "UPDATE runs SET status = 'paused', error_code = 'out-of-paper',
                report = json_set(report, '$.status', 'paused', '$.artifact.kind', 'hologram')
         WHERE id = ?",
    )
    .bind(&odd.0)
    .execute(&mut raw)
    .await
    .unwrap();
    assert_eq!(history.list(10, None).await.unwrap().len(), 2);
    let record = history.show(&odd).await.unwrap();
    assert_eq!(record.report.status, Status::Interrupted);
    assert_eq!(record.report.artifact, None);
    assert_eq!(record.report.checks.len(), 1);
}
