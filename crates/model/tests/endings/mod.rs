//! How a worker ends: killed, closed, dropped, or left behind by a parent that was killed.

use std::io::BufRead as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use model::{Model as _, ModelError, News};
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, Turn, ask, new_model, options};

fn kill(pid: u32) {
    let killed = Command::new("kill")
        .args(["-9", &pid.to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
}

/// Whether the process runs; one that has ended and was not collected yet does not.
fn runs(pid: u32) -> bool {
    let state = Command::new("ps")
        .args(["-o", "stat=", "-p", &pid.to_string()])
        .output()
        .unwrap();
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

async fn assert_ends(pid: u32) {
    let limit = Instant::now() + Duration::from_secs(20);
    while runs(pid) {
        assert!(Instant::now() < limit, "the worker {pid} still runs");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_worker_lets_the_window_go_first() {
    let bench = Bench::new().await;
    bench.answer(&ask("Hello.", 2)).await.unwrap();
    let niceness = |pid: u32| {
        let shown = Command::new("ps")
            .args(["-L", "-o", "ni=", "-p", &pid.to_string()])
            .output()
            .unwrap();
        let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
        let values = shown.split_whitespace().map(|one| one.parse().unwrap());
        values.collect::<Vec<i32>>()
    };
    let own = niceness(std::process::id());
    let worker = niceness(bench.model.pid().unwrap());
    // Every thread of it, those that decode among them.
    assert!(worker.len() > 1, "{worker:?}");
    assert!(
        worker.iter().all(|value| *value == (own[0] + 5).min(19)),
        "{worker:?} beside {own:?}"
    );
}

#[tokio::test]
async fn a_worker_killed_in_the_middle_is_reported_and_replaced() {
    let bench = Bench::new().await;
    let killed = OnceLock::new();
    let sink = |news: News<'_>| {
        if !matches!(news, News::Piece(_)) {
            return;
        }
        killed.get_or_init(|| {
            let pid = bench.model.pid().expect("it is answering");
            kill(pid);
            pid
        });
    };
    let long = ask("Tell a very long story.", 2000);
    let error = bench
        .model
        .generate(&long, &sink, &CancellationToken::new())
        .await
        .unwrap_err();
    let ModelError::WorkerLost { detail } = &error else {
        panic!("{error:?}")
    };
    assert!(detail.contains("signal: 9"), "{detail}");
    assert!(error.is_worth_one_retry());
    assert_eq!(bench.model.pid(), None);

    assert!(
        !bench
            .answer(&ask("Hello.", 4))
            .await
            .unwrap()
            .text
            .is_empty()
    );
    assert_ne!(bench.model.pid(), killed.get().copied());
}

#[tokio::test]
async fn a_worker_killed_between_two_answers_is_replaced_without_a_word() {
    let bench = Bench::new().await;
    bench.answer(&ask("Hello.", 2)).await.unwrap();
    let pid = bench.model.pid().unwrap();
    kill(pid);
    assert_ends(pid).await;
    bench.answer(&ask("Hello.", 2)).await.unwrap();
}

#[tokio::test]
async fn shutdown_ends_the_worker_and_the_next_prompt_starts_another() {
    let bench = Bench::new().await;
    bench
        .model
        .warm_up(&|_| {}, &CancellationToken::new())
        .await
        .unwrap();
    let pid = bench.model.pid().unwrap();
    bench.model.shutdown().await;
    assert_ends(pid).await;
    assert_eq!(bench.model.pid(), None);
    bench.answer(&ask("Hello.", 2)).await.unwrap();
}

#[tokio::test]
async fn shutdown_cancels_the_answer_under_way() {
    let bench = Bench::new().await;
    let (began, beginning) = tokio::sync::oneshot::channel();
    let began = std::sync::Mutex::new(Some(began));
    let sink = |news: News<'_>| {
        if !matches!(news, News::Piece(_)) {
            return;
        }
        if let Some(began) = began.lock().unwrap().take() {
            let _ = began.send(());
        }
    };
    let (long, cancel) = (
        ask("Tell a very long story.", 2000),
        CancellationToken::new(),
    );
    let (answer, ()) = tokio::join!(bench.model.generate(&long, &sink, &cancel), async {
        beginning.await.unwrap();
        bench.model.shutdown().await;
    });
    assert_eq!(answer, Err(ModelError::Cancelled));
}

#[tokio::test]
async fn dropping_the_client_ends_the_worker() {
    let bench = Bench::new().await;
    bench
        .model
        .warm_up(&|_| {}, &CancellationToken::new())
        .await
        .unwrap();
    let pid = bench.model.pid().unwrap();
    assert!(runs(pid));
    let Bench { model, _turn } = bench;
    drop(model);
    assert_ends(pid).await;
}

/// The other half of the next test: a program that is killed in the middle of an answer. It is
/// run on purpose only, because by itself it would answer for a long time.
#[tokio::test]
#[ignore = "started by the test below"]
async fn parent_that_will_be_killed() {
    let model = new_model(options());
    let said = OnceLock::new();
    let sink = |news: News<'_>| {
        if !matches!(news, News::Piece(_)) {
            return;
        }
        said.get_or_init(|| eprintln!("worker {}", model.pid().expect("it is answering")));
    };
    let long = ask("Tell a very long story.", 7000);
    let _ = model
        .generate(&long, &sink, &CancellationToken::new())
        .await;
}

#[tokio::test]
async fn a_worker_does_not_outlive_a_parent_that_was_killed() {
    let _turn = Turn::take().await;
    let mut parent = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--nocapture",
            "--exact",
            "endings::parent_that_will_be_killed",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(parent.stderr.take().unwrap()).lines();
    let pid: u32 = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("worker ")?.parse().ok())
        .expect("the parent says which worker it has");
    assert!(runs(pid));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_ends(pid).await;
}

#[tokio::test]
async fn a_worker_that_nobody_asks_is_sent_away_and_comes_back() {
    let bench = Bench::new().await;
    let idle = Duration::from_millis(200);
    assert!(!bench.model.unload_if_idle(Duration::ZERO).await);
    let first = bench.answer(&ask("What is 2 + 2?", 8)).await.unwrap();
    let pid = bench.model.pid().unwrap();
    assert!(!bench.model.unload_if_idle(Duration::from_secs(600)).await);
    assert!(runs(pid));
    tokio::time::sleep(idle).await;
    assert!(bench.model.unload_if_idle(idle).await);
    assert_ends(pid).await;
    let loading = std::sync::atomic::AtomicU32::new(0);
    let sink = |news: News<'_>| {
        if let News::Loading { .. } = news {
            loading.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let cancel = CancellationToken::new();
    let again = bench
        .model
        .generate(&ask("What is 2 + 2?", 8), &sink, &cancel)
        .await
        .unwrap();
    assert_eq!(first.text, again.text);
    assert!(loading.into_inner() >= 5, "it says how far it is loaded");
}
