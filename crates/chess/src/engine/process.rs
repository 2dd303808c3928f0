//! The engine's process: its start, its searches, and what happens when it misbehaves.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::{Search, uci};
use crate::ChessError;

/// How long an engine may take to say that it is there. Some read a network of 70 MB first.
const START: Duration = Duration::from_secs(15);

/// How long it may go on after the time it was given, and then after it was told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// Megabytes of memory for what it has seen.
const HASH: u32 = 64;

/// An engine that is running.
#[derive(Debug)]
pub struct Process {
    path: PathBuf,
    // Killed when it is dropped.
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    options: Vec<String>,
}

impl Process {
    /// Starts an engine and waits until it is ready.
    ///
    /// # Errors
    /// When it cannot be started, ends at once, or speaks no UCI.
    pub async fn start(path: &Path) -> Result<Self, ChessError> {
        let mut child = Command::new(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| ChessError::EngineLost {
                path: path.into(),
                detail: format!("cannot be started: {error}"),
            })?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (input, output) = pipes.ok_or(ChessError::Internal("the engine has no pipes"))?;
        let mut process = Self {
            path: path.into(),
            _child: child,
            input,
            output: BufReader::new(output).lines(),
            options: vec![],
        };
        process.shake_hands().await?;
        Ok(process)
    }

    async fn shake_hands(&mut self) -> Result<(), ChessError> {
        let end = Instant::now() + START;
        self.tell("uci").await?;
        loop {
            let line = self.line(end, START).await?;
            if line == "uciok" {
                break;
            }
            self.options.extend(uci::option(&line).map(str::to_owned));
        }
        for (name, value) in [
            ("Threads", "1".to_owned()),
            ("Hash", HASH.to_string()),
            ("UCI_ShowWDL", "true".to_owned()),
        ] {
            self.set(name, &value).await?;
        }
        self.ready().await
    }

    /// Sets an option that the engine has.
    async fn set(&mut self, name: &str, value: &str) -> Result<(), ChessError> {
        match self.options.iter().any(|option| option == name) {
            true => {
                self.tell(&format!("setoption name {name} value {value}"))
                    .await
            }
            false => Ok(()),
        }
    }

    async fn ready(&mut self) -> Result<(), ChessError> {
        let end = Instant::now() + START;
        self.tell("isready").await?;
        while self.line(end, START).await? != "readyok" {}
        Ok(())
    }

    /// Searches, and returns every line of thought and the move it would play. `see` is given the
    /// lines so far with every new one. A cancel stops the search, and what there is so far comes back.
    ///
    /// # Errors
    /// When the engine ends or falls silent; it is of no use then.
    pub async fn search(
        &mut self,
        search: &Search,
        see: &mut (dyn FnMut(&[uci::Info]) + Send),
        cancel: &CancellationToken,
    ) -> Result<(Vec<uci::Info>, String), ChessError> {
        self.set("UCI_Chess960", &search.from.mode.is_chess960().to_string())
            .await?;
        self.set("MultiPV", &search.lines.max(1).to_string())
            .await?;
        let is_limited = search.strength.is_some();
        self.set("UCI_LimitStrength", &is_limited.to_string())
            .await?;
        if let Some(strength) = search.strength {
            self.set("UCI_Elo", &strength.to_string()).await?;
        }
        self.tell(&format!("position fen {}", search.from.fen()))
            .await?;
        self.ready().await?;
        self.tell(&go(search)).await?;
        let mut infos = Vec::new();
        let mut end = Instant::now() + search.time + GRACE;
        let mut was_stopped = false;
        loop {
            let line = tokio::select! {
                line = self.line(end, search.time + GRACE) => line?,
                () = cancel.cancelled(), if !was_stopped => {
                    was_stopped = true;
                    end = Instant::now() + GRACE;
                    self.tell("stop").await?;
                    continue;
                }
            };
            if let Some(chosen) = line.strip_prefix("bestmove ") {
                let chosen = chosen.split_whitespace().next().unwrap_or_default();
                return Ok((infos, chosen.to_owned()));
            }
            if let Some(info) = uci::info(&line) {
                infos.push(info);
                see(&infos);
            }
        }
    }

    async fn tell(&mut self, words: &str) -> Result<(), ChessError> {
        let line = format!("{words}\n");
        let sent = async {
            self.input.write_all(line.as_bytes()).await?;
            self.input.flush().await
        };
        sent.await.map_err(|_: std::io::Error| self.lost())
    }

    /// The next line; lines that are no text are empty.
    async fn line(&mut self, end: Instant, waited: Duration) -> Result<String, ChessError> {
        match timeout_at(end, self.output.next_line()).await {
            Ok(Ok(Some(line))) => Ok(line.trim().to_owned()),
            Ok(Ok(None)) => Err(self.lost()),
            Ok(Err(error)) if error.kind() == std::io::ErrorKind::InvalidData => Ok(String::new()),
            Ok(Err(_)) => Err(self.lost()),
            Err(_) => Err(ChessError::EngineSilent {
                path: self.path.clone(),
                waited,
            }),
        }
    }

    fn lost(&self) -> ChessError {
        ChessError::EngineLost {
            path: self.path.clone(),
            detail: "ended in the middle of the work".to_owned(),
        }
    }
}

fn go(search: &Search) -> String {
    let mut go = format!("go movetime {}", search.time.as_millis().max(1));
    if !search.only.is_empty() {
        go.push_str(" searchmoves");
        for action in &search.only {
            go.push(' ');
            go.push_str(&search.from.uci(*action));
        }
    }
    go
}
