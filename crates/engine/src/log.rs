//! Logs: this program's and llama.cpp's, to standard error only, at the level that
//! `DESKHAND_ENGINE_LOG` names (`warn` unless told).
//!
//! The last line is remembered, because llama.cpp reports why it refuses a file in its log and
//! nowhere else.

use std::io::Write;
use std::sync::{Mutex, PoisonError};

use llama_cpp_2::LogOptions;
use tracing_subscriber::EnvFilter;

static LAST: Mutex<String> = Mutex::new(String::new());

/// Sends all logs to standard error.
pub fn start() {
    let filter =
        EnvFilter::try_from_env("DESKHAND_ENGINE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(|| Remembering)
        .init();
    llama_cpp_2::send_logs_to_tracing(LogOptions::default());
}

/// The last line that was logged, without its time and level.
pub fn last_line() -> Option<String> {
    let line = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let message = line
        .split_once("log event: ")
        .map_or(line.as_str(), |(_, message)| message);
    (!message.trim().is_empty()).then(|| message.trim().to_owned())
}

struct Remembering;

impl Write for Remembering {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        last.clear();
        last.push_str(&String::from_utf8_lossy(line));
        std::io::stderr().write_all(line)?;
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}
