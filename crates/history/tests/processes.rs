//! Several processes with one history, and processes that end in the middle.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test fails as a test does"
)]

mod common;

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use assistant::driver::Record;
use assistant::{Code, RunId, Status};
use common::{FOLDER, Other, ROLE, checked, done, draft, keep, raw, start};
use history::History;
use sqlx::Connection;

/// Writers at once in one process, and what each of them keeps.
const WRITERS: usize = 4;
const RUNS_EACH: usize = 15;

/// Not a test of its own: what this binary does when a test has started it as a second process.
#[test]
fn other_process() {
    let Ok(role) = std::env::var(ROLE) else {
        return;
    };
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let history = History::open(&folder).await.unwrap();
        match role.as_str() {
            "wait" => begin_and_wait(&history).await,
            "write for ever" => write_for_ever(&history).await,
            "write many" => write_many(&history).await,
            other => panic!("no role {other}"),
        }
    });
}

/// Begins a run and leaves it under way until standard input ends.
async fn begin_and_wait(history: &History) {
    let start = start("who is there?");
    history.begin(&start).await.unwrap();
    history.step(&start.run, &draft("SELECT x")).await.unwrap();
    history.step(&start.run, &checked(1)).await.unwrap();
    history.partial(&start.run, "SELECT 名字").await.unwrap();
    println!("begun {}", start.run);
    let _ = std::io::stdin().read(&mut [0]);
}

/// Keeps runs and says so, until it is killed.
async fn write_for_ever(history: &History) {
    println!("ready now");
    let deadline = Instant::now() + Duration::from_secs(20);
    while Instant::now() < deadline {
        let start = start("哪個客戶花費最多？");
        history.begin(&start).await.unwrap();
        println!("begun {}", start.run);
        for length in 1..4 {
            let text = "SELECT ".repeat(length);
            history.partial(&start.run, &text).await.unwrap();
        }
        history.step(&start.run, &draft("SELECT 1")).await.unwrap();
        history.finish(&done(&start, "甲")).await.unwrap();
        println!("done {}", start.run);
    }
}

async fn write_many(history: &History) {
    let writers = (0..WRITERS).map(|_| {
        let history = history.clone();
        tokio::spawn(async move {
            for _ in 0..RUNS_EACH {
                let start = start("q");
                history.begin(&start).await.unwrap();
                history.step(&start.run, &draft("SELECT 1")).await.unwrap();
                history.partial(&start.run, "SELECT").await.unwrap();
                history.step(&start.run, &checked(1)).await.unwrap();
                history.finish(&done(&start, "a")).await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
}

fn locks(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder.join("owners")).unwrap();
    let is_lock = |path: &PathBuf| path.extension().is_some_and(|name| name == "lock");
    entries
        .map(|entry| entry.unwrap().path())
        .filter(is_lock)
        .count()
}

#[tokio::test]
async fn a_run_is_interrupted_when_its_process_is_gone_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let mut other = Other::start("wait", folder.path());
    let run = RunId(other.told("begun"));

    // It lives: whoever opens sees its run at once, and leaves it alone.
    let history = History::open(folder.path()).await.unwrap();
    assert_eq!(history.settle_interrupted().await.unwrap(), 0);
    let record = history.show(&run).await.unwrap();
    assert_eq!(record.report.status, Status::Running);
    assert_eq!(locks(folder.path()), 2);

    other.kill();
    assert_eq!(history.settle_interrupted().await.unwrap(), 1);
    let record = history.show(&run).await.unwrap();
    let report = record.report;
    assert_eq!(report.status, Status::Interrupted);
    assert_eq!(report.error.unwrap().code, Code::Interrupted);
    assert_eq!(report.artifact, None);
    assert_eq!(report.id, start("").id);
    assert_eq!(report.checks, checked(1).checks);
    assert_eq!(record.steps, [draft("SELECT x"), checked(1)]);
    assert_eq!(record.partial.as_deref(), Some("SELECT 名字"));
    assert_eq!(locks(folder.path()), 1);
    assert_eq!(history.settle_interrupted().await.unwrap(), 0);

    let [summary] = history.search("名字", 5).await.unwrap().try_into().unwrap();
    assert_eq!(summary.status, Status::Interrupted);
    let mut raw = raw(folder.path()).await;
    let code: String = sqlx::query_scalar("SELECT error_code FROM runs")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(code, "interrupted");
}

#[tokio::test]
async fn a_run_is_interrupted_when_its_handle_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let start = start("q");
    let first = History::open(folder.path()).await.unwrap();
    first.begin(&start).await.unwrap();
    let second = History::open(folder.path()).await.unwrap();
    let clone = first.clone();
    drop(first);
    assert_eq!(second.settle_interrupted().await.unwrap(), 0);
    drop(clone);
    assert_eq!(second.settle_interrupted().await.unwrap(), 1);
    // A process's own runs are under way for as long as it lives.
    second.begin(&common::start("mine")).await.unwrap();
    assert_eq!(second.settle_interrupted().await.unwrap(), 0);
}

#[tokio::test]
async fn a_run_is_interrupted_when_the_lock_file_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let run = keep(&History::open(folder.path()).await.unwrap(), "q", "a").await;
    let mut raw = raw(folder.path()).await;
    sqlx::query("UPDATE runs SET status = 'running', owner = '01NOBODY', report = NULL")
        .execute(&mut raw)
        .await
        .unwrap();
    let history = History::open(folder.path()).await.unwrap();
    let record = history.show(&run).await.unwrap();
    assert_eq!(record.report.status, Status::Interrupted);
}

#[tokio::test]
async fn whatever_was_acknowledged_survives_a_kill_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let (mut begun, mut finished) = (HashSet::new(), HashSet::new());
    for round in 0..5 {
        let mut other = Other::start("write for ever", folder.path());
        other.told("ready");
        std::thread::sleep(some_time(round));
        for line in other.kill() {
            // The last line may have been cut.
            match line.split_once(' ') {
                Some(("begun", run)) if run.len() == 26 => begun.insert(run.to_owned()),
                Some(("done", run)) if run.len() == 26 => finished.insert(run.to_owned()),
                _ => continue,
            };
        }
        let history = History::open(folder.path()).await.unwrap();
        let listed = history.list(u32::MAX, None).await.unwrap();
        let names: HashSet<&str> = listed
            .iter()
            .map(|summary| summary.run.0.as_str())
            .collect();
        assert!(begun.iter().all(|run| names.contains(run.as_str())));
        for summary in &listed {
            let expected: &[Status] = match finished.contains(&summary.run.0) {
                true => &[Status::Done],
                // The end may have been kept and not yet told.
                false => &[Status::Done, Status::Interrupted],
            };
            assert!(expected.contains(&summary.status), "{summary:?}");
        }
        assert_eq!(locks(folder.path()), 1);
    }
    assert!(begun.len() > 5, "only {} runs in five rounds", begun.len());
    assert_sound(folder.path()).await;
}

#[tokio::test]
async fn a_kill_while_the_file_is_being_made_leaves_one_that_opens() {
    for round in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        let other = Other::start("write for ever", folder.path());
        std::thread::sleep(Duration::from_millis(3) + some_time(0) / 4 * round / 5);
        other.kill();
        let history = History::open(folder.path()).await.unwrap();
        keep(&history, "q", "a").await;
        assert_eq!(locks(folder.path()), 1);
        history.close().await;
        assert_sound(folder.path()).await;
    }
}

/// A different moment every time.
fn some_time(round: u64) -> Duration {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    Duration::from_micros(20_000 + round * 40_000 + u64::from(now.subsec_nanos()) % 90_000)
}

async fn assert_sound(folder: &Path) {
    let mut raw = raw(folder).await;
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut raw)
        .await
        .unwrap();
    assert_eq!(verdict, "ok");
    sqlx::query("INSERT INTO runs_text (runs_text) VALUES ('integrity-check')")
        .execute(&mut raw)
        .await
        .unwrap();
    let [runs, texts]: [u32; 2] = [
        sqlx::query_scalar("SELECT count(*) FROM runs")
            .fetch_one(&mut raw)
            .await
            .unwrap(),
        sqlx::query_scalar("SELECT count(*) FROM runs_text")
            .fetch_one(&mut raw)
            .await
            .unwrap(),
    ];
    assert_eq!(runs, texts);
    raw.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_open_and_write_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // The folder is empty: all of them want to make the file.
    let others = [(); 3].map(|()| Other::start("write many", folder.path()));
    let (here, there) = tokio::join!(History::open(folder.path()), History::open(folder.path()));
    let (here, there) = (here.unwrap(), there.unwrap());
    tokio::join!(write_many(&here), write_many(&there));
    for other in others {
        tokio::task::spawn_blocking(|| other.ends_well())
            .await
            .unwrap();
    }
    let listed = here.list(u32::MAX, None).await.unwrap();
    assert_eq!(listed.len(), 5 * WRITERS * RUNS_EACH);
    for summary in listed {
        assert_eq!(summary.status, Status::Done);
        let record = there.show(&summary.run).await.unwrap();
        assert_eq!(record.steps, [draft("SELECT 1"), checked(1)]);
    }
    assert_sound(folder.path()).await;
}
