//! Runs that are carried away and brought back, tags, filters, what was spent, and forgetting.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as a test does"
)]

mod common;

use assistant::driver::Record;
use assistant::{Code, Fault, RunId};
use common::{done, draft, keep, raw, start};
use history::{History, KeptRun, SpentBy, Taken, Wanted};
use tempfile::TempDir;

async fn fresh() -> (TempDir, History) {
    let folder = tempfile::tempdir().unwrap();
    let history = History::open(folder.path()).await.unwrap();
    (folder, history)
}

async fn names(history: &History, wanted: Wanted) -> Vec<RunId> {
    let found = history.find(&wanted, 100, None).await.unwrap();
    found.into_iter().map(|summary| summary.run).collect()
}

fn words(words: &str) -> Wanted {
    Wanted {
        words: words.to_owned(),
        ..Wanted::default()
    }
}

async fn one(history: &History, run: &RunId) -> KeptRun {
    let kept = history.kept(std::slice::from_ref(run)).await.unwrap();
    let [kept] = kept.try_into().unwrap();
    kept
}

#[tokio::test]
async fn a_run_that_is_carried_elsewhere_is_the_same_there() {
    let (_here, history) = fresh().await;
    let start = start("哪個客戶 spent most?");
    history.begin(&start).await.unwrap();
    history.step(&start.run, &draft("SELECT 1")).await.unwrap();
    let report = done(&start, "臺北市");
    history.finish(&report).await.unwrap();
    history.tag(&start.run, "year end").await.unwrap();
    history.star(&start.run, true).await.unwrap();
    let kept = one(&history, &start.run).await;
    let text = serde_json::to_string(&kept).unwrap();
    let brought: KeptRun = serde_json::from_str(&text).unwrap();
    assert_eq!(brought, kept);

    let (_there, other) = fresh().await;
    let taken = other.take_in(&[brought.clone(), brought.clone()]).await;
    assert_eq!(taken.unwrap(), [Taken::Added, Taken::Present]);
    assert_eq!(one(&other, &start.run).await, kept);
    let record = other.show(&start.run).await.unwrap();
    assert_eq!(kept.record(), record);
    assert_eq!(record, history.show(&start.run).await.unwrap());
    assert_eq!(record.report, report);
    for query in ["客戶", "most", "臺北市", "year", "YE"] {
        assert_eq!(
            names(&other, words(query)).await,
            std::slice::from_ref(&start.run),
            "{query}"
        );
    }
    let spent = other.spent(SpentBy::Assistant, 10).await.unwrap();
    assert_eq!((spent[0].prompt, spent[0].output), (412, 51));
}

#[tokio::test]
async fn what_differs_from_the_run_of_its_name_is_a_conflict() {
    let (_folder, history) = fresh().await;
    let run = keep(&history, "q", "a").await;
    let kept = one(&history, &run).await;
    let mut changed = kept.clone();
    changed.title = "another".to_owned();
    let mut marked = kept.clone();
    marked.starred = true;
    marked.tags = vec!["Later".to_owned()];
    let taken = history.take_in(&[changed, marked]).await.unwrap();
    assert_eq!(taken, [Taken::Conflict, Taken::Present]);
    let [summary] = history.list(10, None).await.unwrap().try_into().unwrap();
    assert_eq!(summary.title, "q");
    assert!(summary.starred);
    assert_eq!(summary.tags, ["Later"]);
    assert_eq!(names(&history, words("later")).await, [run]);
}

#[tokio::test]
async fn what_is_no_run_is_refused_and_says_why() {
    let (_folder, history) = fresh().await;
    let run = keep(&history, "q", "a").await;
    let good = one(&history, &run).await;
    history.delete(&run).await.unwrap();
    let broken = |change: fn(&mut KeptRun)| {
        let mut run = good.clone();
        change(&mut run);
        run
    };
    let bad = [
        broken(|run| run.run = RunId("01a".to_owned())),
        broken(|run| run.run = RunId("../../../../etc/passwd....".to_owned())),
        broken(|run| run.status = "running".to_owned()),
        broken(|run| run.status = String::new()),
        broken(|run| run.assistant = String::new()),
        broken(|run| run.created_at = "yesterday".to_owned()),
        broken(|run| run.tags = vec![String::new()]),
        broken(|run| run.run = history::new_run_id()),
    ];
    for (place, taken) in history.take_in(&bad).await.unwrap().iter().enumerate() {
        let Taken::Refused(reason) = taken else {
            panic!("{place} was taken in: {taken:?}");
        };
        assert!(!reason.is_empty());
    }
    assert_eq!(history.count().await.unwrap(), 0);
}

#[tokio::test]
async fn words_of_a_newer_program_are_carried_along() {
    let (_folder, history) = fresh().await;
    let run = keep(&history, "q", "a").await;
    let mut odd = one(&history, &run).await;
    history.delete(&run).await.unwrap();
    odd.status = "paused".to_owned();
    odd.report.as_mut().unwrap()["artifact"] =
        serde_json::json!({"kind": "hologram", "beam": "violet light"});
    assert_eq!(
        history.take_in(std::slice::from_ref(&odd)).await.unwrap(),
        [Taken::Added]
    );
    assert_eq!(one(&history, &run).await, odd);
    assert_eq!(names(&history, words("violet")).await, [run]);
}

#[tokio::test]
async fn older_runs_that_are_brought_in_take_their_place_in_every_list() {
    let (_there, other) = fresh().await;
    let mut old = vec![];
    for place in 0..6 {
        old.push(keep(&other, &format!("alpha 客戶 {place}"), "beta").await);
    }
    let (_here, history) = fresh().await;
    let mut all = old.clone();
    for place in 0..6 {
        all.push(keep(&history, &format!("alpha 客戶 new {place}"), "beta").await);
    }
    let carried = other.kept(&old).await.unwrap();
    history.take_in(&carried).await.unwrap();
    all.push(keep(&history, "alpha 客戶 newest", "beta").await);
    all.reverse();
    for query in ["", "alpha", "客戶", "alpha 客戶", "beta", "a"] {
        let wanted = words(query);
        assert_eq!(names(&history, wanted.clone()).await, all, "{query}");
        let mut paged = vec![];
        loop {
            let page = history.find(&wanted, 4, paged.last()).await.unwrap();
            if page.is_empty() {
                break;
            }
            paged.extend(page.into_iter().map(|summary| summary.run));
        }
        assert_eq!(paged, all, "{query} page by page");
    }
    history.delete(&old[0]).await.unwrap();
    all.retain(|run| *run != old[0]);
    assert_eq!(names(&history, words("alpha")).await, all);
}

#[tokio::test]
async fn tags_are_put_on_found_counted_and_taken_off() {
    let (_folder, history) = fresh().await;
    let first = keep(&history, "one", "a").await;
    let second = keep(&history, "two", "a").await;
    history.tag(&first, " 報稅 2026 ").await.unwrap();
    history.tag(&first, "Tax").await.unwrap();
    history.tag(&second, "tax").await.unwrap();
    history.tag(&second, "TAX").await.unwrap();
    let of = |tag: &str| Wanted {
        tag: Some(tag.to_owned()),
        ..Wanted::default()
    };
    assert_eq!(
        names(&history, of("tAx")).await,
        [second.clone(), first.clone()]
    );
    assert_eq!(
        names(&history, of("報稅 2026")).await,
        std::slice::from_ref(&first)
    );
    assert!(names(&history, of("none")).await.is_empty());
    assert_eq!(
        names(&history, words("報稅")).await,
        std::slice::from_ref(&first)
    );
    let both = Wanted {
        words: "two".to_owned(),
        ..of("tax")
    };
    assert_eq!(names(&history, both).await, std::slice::from_ref(&second));
    let counted: Vec<(String, u32)> = history
        .tags()
        .await
        .unwrap()
        .into_iter()
        .map(|count| (count.tag.to_lowercase(), count.runs))
        .collect();
    assert_eq!(
        counted,
        [("tax".to_owned(), 2), ("報稅 2026".to_owned(), 1)]
    );
    let [_, summary] = history.list(2, None).await.unwrap().try_into().unwrap();
    assert_eq!(summary.tags, ["Tax", "報稅 2026"]);

    history.untag(&first, "報稅 2026").await.unwrap();
    history.untag(&first, "was never there").await.unwrap();
    assert!(names(&history, words("報稅")).await.is_empty());
    let unknown = history.tag(&RunId("none".to_owned()), "x").await;
    assert_eq!(Fault::from(unknown.unwrap_err()).code, Code::RunUnknown);
    let empty = Fault::from(history.tag(&first, "  ").await.unwrap_err());
    assert_eq!(empty.code, Code::InputInvalid);
    history.delete(&second).await.unwrap();
    assert_eq!(history.tags().await.unwrap().len(), 1);
}

#[tokio::test]
async fn runs_are_found_by_model_and_by_day() {
    let (_folder, history) = fresh().await;
    let run = keep(&history, "q", "a").await;
    let mut other = start("q");
    other.model = model::ModelId::from("home:large");
    history.begin(&other).await.unwrap();
    history.finish(&done(&other, "a")).await.unwrap();
    assert_eq!(
        history.models().await.unwrap(),
        ["home:large", "qwen2.5-coder-0.5b"]
    );
    let check = async |wanted: Wanted, expected: &[&RunId]| {
        let found = names(&history, wanted.clone()).await;
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{wanted:?}");
    };
    let base = Wanted::default;
    let home = Wanted {
        model: Some("home:large".to_owned()),
        assistant: Some("sql".to_owned()),
        status: Some(assistant::Status::Done),
        ..base()
    };
    check(home.clone(), &[&other.run]).await;
    let starred = Wanted {
        starred: true,
        ..home
    };
    check(starred, &[]).await;
    let day = jiff::Zoned::now().date().to_string();
    let today = Wanted {
        since: Some(day.clone()),
        until: Some(day),
        ..base()
    };
    check(today, &[&other.run, &run]).await;
    let later = Wanted {
        since: Some("2999-01-01".to_owned()),
        ..base()
    };
    check(later, &[]).await;
    let earlier = Wanted {
        until: Some("2001-01-01T00:00:00Z".to_owned()),
        words: "q".to_owned(),
        ..base()
    };
    check(earlier, &[]).await;
    let never = Wanted {
        until: Some("never".to_owned()),
        ..base()
    };
    let fault = Fault::from(history.find(&never, 1, None).await.unwrap_err());
    assert_eq!(fault.code, Code::InputInvalid);
    assert_eq!(fault.details["input"], "until");
}

#[tokio::test]
async fn what_is_old_is_forgotten_unless_it_is_pinned() {
    let (_folder, history) = fresh().await;
    let pinned = keep(&history, "q", "a").await;
    history.star(&pinned, true).await.unwrap();
    for _ in 0..3 {
        keep(&history, "q", "a").await;
    }
    let under_way = start("q");
    history.begin(&under_way).await.unwrap();
    let past = jiff::Timestamp::UNIX_EPOCH;
    assert_eq!(history.forget_before(past, 10).await.unwrap(), 0);
    let later: jiff::Timestamp = "2999-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(history.forget_before(later, 2).await.unwrap(), 2);
    assert_eq!(history.forget_before(later, 2).await.unwrap(), 1);
    assert_eq!(history.forget_before(later, 2).await.unwrap(), 0);
    assert_eq!(
        names(&history, Wanted::default()).await,
        [under_way.run, pinned]
    );
}

#[tokio::test]
async fn tokens_are_added_up() {
    let (_folder, history) = fresh().await;
    let run = keep(&history, "q", "a").await;
    keep(&history, "q", "a").await;
    let by = async |by| history.spent(by, 10).await.unwrap();
    assert_eq!(by(SpentBy::Run).await.len(), 2);
    assert_eq!(by(SpentBy::Run).await[1].name, run.0);
    for (kind, name) in [
        (SpentBy::Assistant, "sql".to_owned()),
        (SpentBy::Model, "qwen2.5-coder-0.5b".to_owned()),
        (
            SpentBy::Month,
            jiff::Zoned::now().strftime("%Y-%m").to_string(),
        ),
    ] {
        let [line] = by(kind).await.try_into().unwrap();
        assert_eq!(line.name, name);
        assert_eq!(
            (line.runs, line.prompt, line.cached, line.output),
            (2, 824, 760, 102)
        );
    }
}

#[tokio::test]
async fn a_history_from_before_tags_is_brought_up_to_date() {
    let (folder, history) = fresh().await;
    let run = keep(&history, "哪個客戶", "a").await;
    history.close().await;
    let mut before = raw(folder.path()).await;
    sqlx::raw_sql(
        "DROP TRIGGER runs_leave_nothing_behind; DROP TABLE runs_pairs; DROP TABLE tags;
         DROP TABLE spent; DROP TABLE late; DROP INDEX runs_of_assistant; DROP INDEX runs_of_model;
         DROP INDEX runs_of_status; DROP INDEX runs_starred;
         DELETE FROM _sqlx_migrations WHERE version >= 4",
    )
    .execute(&mut before)
    .await
    .unwrap();
    sqlx::Connection::close(before).await.unwrap();
    let history = History::open(folder.path()).await.unwrap();
    assert_eq!(
        names(&history, words("客戶")).await,
        std::slice::from_ref(&run)
    );
    assert_eq!(history.spent(SpentBy::Run, 1).await.unwrap()[0].prompt, 412);
    history.tag(&run, "old").await.unwrap();
}
