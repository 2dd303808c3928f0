//! What a run is doing, on standard error: a live line on a terminal, a line a stage elsewhere.

use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

use assistant::event::{ModelState, Stage};
use assistant::{Artifact, RunEvent};
use desk::Watch;
use indicatif::{ProgressBar, ProgressStyle};

/// Shows a run's progress until it has ended. What moves is shown on a terminal only.
pub fn on_stderr() -> Watch {
    if std::io::stderr().is_terminal() {
        live()
    } else {
        Arc::new(|event| {
            let is_still = match event {
                RunEvent::Model { state } => state == ModelState::Waiting,
                RunEvent::Grounding { .. } | RunEvent::Glimpse { .. } => false,
                _ => true,
            };
            if let Some(words) = words(&event).filter(|_| is_still) {
                eprintln!("{words}");
            }
        })
    }
}

fn live() -> Watch {
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(120));
    Arc::new(move |event| match &event {
        RunEvent::Ended { .. } => spinner.finish_and_clear(),
        other => {
            if let Some(words) = words(other) {
                spinner.set_message(words);
            }
        }
    })
}

fn words(event: &RunEvent) -> Option<String> {
    Some(match event {
        RunEvent::Stage {
            stage: Stage::Ground,
            ..
        } => "looking at what is there".to_owned(),
        RunEvent::Stage {
            stage: Stage::Draft,
            attempt: 1,
        } => "writing".to_owned(),
        RunEvent::Stage {
            stage: Stage::Draft,
            attempt,
        } => format!("trying again ({attempt})"),
        RunEvent::Stage {
            stage: Stage::Check,
            ..
        } => "checking".to_owned(),
        RunEvent::Grounding { percent } => format!("loading the file: {percent} %"),
        RunEvent::Glimpse { artifact } => glimpse(artifact)?,
        RunEvent::Model { state } => match state {
            ModelState::Waiting => "waiting: another answer is being written".to_owned(),
            ModelState::Loading { percent } => format!("loading the model: {percent} %"),
            ModelState::Reading { percent } => format!("reading: {percent} %"),
        },
        RunEvent::Restarted { .. } => "the model program ended; starting it again".to_owned(),
        RunEvent::Checked {
            accepted: false,
            checks,
            ..
        } => {
            let failed = checks.iter().rev().find(|check| !check.passed)?;
            format!("{}: {}", failed.name, failed.detail)
        }
        RunEvent::Checked { .. }
        | RunEvent::Token { .. }
        | RunEvent::Part { .. }
        | RunEvent::Ended { .. } => return None,
    })
}

/// What there is so far, in a few words.
fn glimpse(artifact: &Artifact) -> Option<String> {
    match artifact {
        Artifact::Chess(advice) => {
            let line = &advice.candidates.first()?.line;
            let shown = line.iter().take(6).map(String::as_str);
            let words: Vec<&str> = shown.collect();
            Some(format!("depth {}: {}", advice.depth, words.join(" ")))
        }
        _ => None,
    }
}

/// A bar for something whose bytes can be counted; silent where there is no terminal.
pub fn bytes_bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) =
        ProgressStyle::with_template("{msg} [{bar:32}] {bytes}/{total_bytes} {bytes_per_sec} {eta}")
    {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// A bar for things that can be counted; silent where there is no terminal.
pub fn count_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("[{bar:32}] {pos}/{len} {eta}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}
