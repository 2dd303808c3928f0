//! The worker's standard error: the last lines are remembered for error messages, and all of it
//! goes to a log file that cannot grow without bound.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::ChildStderr;
use tokio::task::JoinHandle;

/// Lines that an error message quotes.
const REMEMBERED: usize = 12;

/// Size at which a log file is put aside and a new one begun.
const LOG_BYTES: u64 = 1 << 20;

/// What a worker said outside the conversation.
pub struct Complaints {
    lines: Arc<Mutex<VecDeque<String>>>,
    reader: JoinHandle<()>,
}

impl Complaints {
    /// Starts reading.
    pub fn read(stderr: ChildStderr, log: Option<PathBuf>) -> Self {
        let lines = Arc::new(Mutex::new(VecDeque::new()));
        let reader = tokio::spawn(copy(stderr, log, Arc::clone(&lines)));
        Self { lines, reader }
    }

    /// The last lines of a worker that has ended.
    pub async fn last_lines(&mut self) -> String {
        // The pipe may still hold lines; a grandchild that keeps it open must not keep us waiting.
        if !self.reader.is_finished() {
            let _ = tokio::time::timeout(Duration::from_millis(500), &mut self.reader).await;
        }
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

async fn copy(stderr: ChildStderr, log: Option<PathBuf>, lines: Arc<Mutex<VecDeque<String>>>) {
    let mut input = BufReader::new(stderr);
    let mut log = log.and_then(Log::open);
    let mut line = Vec::new();
    while matches!(input.read_until(b'\n', &mut line).await, Ok(length) if length > 0) {
        if let Some(log) = &mut log {
            log.append(&line);
        }
        let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() == REMEMBERED {
            lines.pop_front();
        }
        lines.push_back(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
        line.clear();
    }
}

/// The log file. A log that cannot be written is given up silently: it must not stop an answer.
struct Log {
    path: PathBuf,
    file: File,
    size: u64,
}

impl Log {
    fn open(path: PathBuf) -> Option<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).ok()?;
        }
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .ok()?;
        let size = file.metadata().ok()?.len();
        Some(Self { path, file, size })
    }

    fn append(&mut self, line: &[u8]) {
        if self.size > LOG_BYTES
            && let Some(fresh) = put_aside(&self.path)
        {
            *self = fresh;
        }
        if self.size <= LOG_BYTES && self.file.write_all(line).is_ok() {
            self.size += line.len() as u64;
        }
    }
}

fn put_aside(path: &Path) -> Option<Log> {
    let mut older = path.as_os_str().to_owned();
    older.push(".1");
    std::fs::rename(path, older).ok()?;
    Log::open(path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_one_older_part_and_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logs/engine.log");
        let mut log = Log::open(path.clone()).unwrap();
        let line = [b'x'; 4096];
        for _ in 0..1000 {
            log.append(&line);
        }
        let size = |path: &Path| path.metadata().unwrap().len();
        assert!(size(&path) <= LOG_BYTES + 4096);
        assert!(size(&folder.path().join("logs/engine.log.1")) <= LOG_BYTES + 4096);
        assert_eq!(
            std::fs::read_dir(folder.path().join("logs"))
                .unwrap()
                .count(),
            2
        );
    }
}
