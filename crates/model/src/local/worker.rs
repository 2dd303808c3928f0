//! One worker process: starting it, one answer at a time, and its end.

use std::time::Duration;

use protocol::{Command, Event, Fault, Opening};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout};

use super::LocalOptions;
use super::launch::{command, write_commands};
use super::question::{Question, Transcript};
use super::stderr::Complaints;
use crate::{Listener, ModelError, News};

/// Longest silence while it loads: it tells how far it is with every tenth of the model.
const OPENING: Duration = Duration::from_secs(120);
/// A worker that says nothing for so long is stuck: it speaks after every token and after
/// every few dozen tokens of prompt.
const SILENCE: Duration = Duration::from_secs(120);
/// Time to finish the token or the part of the prompt that is being computed.
const CANCELLING: Duration = Duration::from_secs(5);
/// Time to end once standard input is closed.
const CLOSING: Duration = Duration::from_secs(2);

/// A running worker whose model is loaded.
pub struct Worker {
    child: Child,
    /// Commands on their way to the worker. Dropping it closes the worker's standard input.
    commands: mpsc::UnboundedSender<Command>,
    events: Lines<BufReader<ChildStdout>>,
    complaints: Complaints,
    last_id: u64,
    usable: bool,
    /// Whether anything came back since the last command.
    has_spoken: bool,
}

impl Worker {
    /// Starts a worker and waits until it has loaded the model.
    pub async fn start(
        options: &LocalOptions,
        threads: Option<u32>,
        sink: Listener<'_>,
    ) -> Result<Self, ModelError> {
        let mut child =
            command(options, threads)
                .spawn()
                .map_err(|error| ModelError::EngineMissing {
                    path: options.engine_path.clone(),
                    detail: error.to_string(),
                })?;
        let stdin = child.stdin.take().expect("standard input is piped");
        let stdout = child.stdout.take().expect("standard output is piped");
        let stderr = child.stderr.take().expect("standard error is piped");
        let (commands, queue) = mpsc::unbounded_channel();
        tokio::spawn(write_commands(stdin, queue));
        let mut worker = Self {
            child,
            commands,
            events: BufReader::new(stdout).lines(),
            complaints: Complaints::read(stderr, options.log.clone()),
            last_id: 0,
            usable: true,
            has_spoken: false,
        };
        worker.check_opening(options, sink).await?;
        Ok(worker)
    }

    async fn check_opening(
        &mut self,
        options: &LocalOptions,
        sink: Listener<'_>,
    ) -> Result<(), ModelError> {
        let opening = loop {
            let Ok(line) = timeout(OPENING, self.events.next_line()).await else {
                return Err(self.kill("it stopped loading the model").await);
            };
            let Ok(Some(line)) = line else {
                return Err(self.lost("it ended before it had loaded the model").await);
            };
            match serde_json::from_str(&line) {
                Ok(Opening::Loading { percent }) => sink(News::Loading { percent }),
                opening => break opening,
            }
        };
        match opening {
            Ok(Opening::Loading { .. }) => Ok(()),
            Ok(Opening::Hello(hello)) if hello.protocol == protocol::VERSION => {
                tracing::info!(
                    pid = hello.pid,
                    context = hello.context,
                    threads = hello.threads,
                    load_ms = hello.load_ms,
                    "the model is loaded"
                );
                Ok(())
            }
            Ok(Opening::Hello(hello)) => Err(ModelError::EngineMissing {
                path: options.engine_path.clone(),
                detail: format!(
                    "it speaks version {} and not {}",
                    hello.protocol,
                    protocol::VERSION
                ),
            }),
            Ok(Opening::Fault(fault)) => Err(from_fault(fault, options)),
            Err(error) => Err(ModelError::EngineMissing {
                path: options.engine_path.clone(),
                detail: format!("it is not a model worker: {error}"),
            }),
        }
    }

    pub fn pid(&self) -> Option<u32> {
        self.child.id()
    }

    /// Whether the process still runs.
    pub fn is_alive(&mut self) -> bool {
        self.usable && matches!(self.child.try_wait(), Ok(None))
    }

    /// Whether it may be asked again after the last answer.
    pub fn is_usable(&self) -> bool {
        self.usable
    }

    /// Whether the worker died without a word since it was last asked: then it was dead, or dying,
    /// before it could take notice of the question.
    pub fn never_answered(&self) -> bool {
        !self.usable && !self.has_spoken
    }

    /// Puts one question and collects what belongs to it, telling `sink` how it goes on;
    /// the pieces are those of the first answer. `cancelled` resolves when the answer is no longer wanted.
    pub async fn ask(
        &mut self,
        question: &Question,
        sink: Listener<'_>,
        cancelled: impl Future<Output = ()>,
    ) -> Result<Transcript, ModelError> {
        let mut transcript = Transcript::default();
        self.last_id += 1;
        self.has_spoken = false;
        let id = self.last_id;
        let unfinished = CancelOnDrop {
            id,
            commands: self.commands.clone(),
        };
        self.send(question.command(id));
        tokio::pin!(cancelled);
        loop {
            let event = tokio::select! {
                biased;
                () = &mut cancelled => {
                    drop(unfinished);
                    return Err(self.wait_for_cancel(id).await);
                }
                event = self.next_event() => event?,
            };
            self.has_spoken = true;
            match event {
                Event::Finished { id: of, .. } | Event::Chosen { id: of, .. } if of == id => {
                    unfinished.disarm();
                    transcript.end = Some(event);
                    return Ok(transcript);
                }
                Event::Failed { id: of, fault } if of == id || of == 0 => {
                    unfinished.disarm();
                    return Err(from_answer_fault(fault));
                }
                other => transcript.take(id, other, sink),
            }
        }
    }

    /// Waits until the worker has put the cancelled answer aside, and kills it when it does not.
    async fn wait_for_cancel(&mut self, id: u64) -> ModelError {
        let deadline = Instant::now() + CANCELLING;
        loop {
            match tokio::time::timeout_at(deadline, self.next_event()).await {
                Ok(Ok(
                    Event::Finished { id: of, .. }
                    | Event::Chosen { id: of, .. }
                    | Event::Failed { id: of, .. },
                )) if of == id => {
                    break;
                }
                Ok(Ok(_)) => {}
                Ok(Err(_)) => break,
                Err(_) => {
                    self.kill("it did not stop within five seconds").await;
                    break;
                }
            }
        }
        ModelError::Cancelled
    }

    /// The next event, or what became of the worker.
    async fn next_event(&mut self) -> Result<Event, ModelError> {
        match timeout(SILENCE, self.events.next_line()).await {
            Ok(Ok(Some(line))) => match serde_json::from_str(&line) {
                Ok(event) => Ok(event),
                Err(error) => Err(self.kill(&format!("it said {line:?}: {error}")).await),
            },
            Ok(_) => Err(self.lost("it ended in the middle of an answer").await),
            Err(_) => Err(self.kill("it said nothing for two minutes").await),
        }
    }

    /// Hands a command over. A worker that is gone is noticed when its events end.
    fn send(&self, command: Command) {
        let _ = self.commands.send(command);
    }

    async fn kill(&mut self, why: &str) -> ModelError {
        let _ = self.child.start_kill();
        self.lost(why).await
    }

    /// Collects what is known of the worker's end.
    async fn lost(&mut self, what: &str) -> ModelError {
        self.usable = false;
        let mut detail = what.to_owned();
        match timeout(CLOSING, self.child.wait()).await {
            Ok(Ok(status)) => detail.push_str(&format!(" ({status})")),
            _ => {
                let _ = self.child.start_kill();
            }
        }
        let lines = self.complaints.last_lines().await;
        if !lines.is_empty() {
            detail.push_str(&format!("; it last said: {lines}"));
        }
        tracing::warn!("the model worker is lost: {detail}");
        ModelError::WorkerLost { detail }
    }

    /// Closes the worker's standard input, upon which it ends; kills it when it does not.
    pub async fn close(self) {
        let Self {
            mut child,
            commands,
            events,
            ..
        } = self;
        drop(commands);
        drop(events);
        if timeout(CLOSING, child.wait()).await.is_err() {
            let _ = child.kill().await;
        }
    }
}

/// Tells the worker to stop when the caller went away in the middle of an answer.
struct CancelOnDrop {
    id: u64,
    commands: mpsc::UnboundedSender<Command>,
}

impl CancelOnDrop {
    fn disarm(mut self) {
        self.id = 0;
    }
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if self.id != 0 {
            let _ = self.commands.send(Command::Cancel { id: self.id });
        }
    }
}

/// What keeps a worker from starting.
fn from_fault(fault: Fault, options: &LocalOptions) -> ModelError {
    match fault {
        Fault::ModelMissing { path } => ModelError::Missing {
            id: options.id.clone(),
            path: path.into(),
        },
        Fault::ModelCorrupt { path, detail } => ModelError::Corrupt {
            path: path.into(),
            detail,
        },
        Fault::ModelTooLarge {
            needed, available, ..
        } => ModelError::TooLarge {
            id: options.id.clone(),
            needed,
            available,
        },
        other => from_answer_fault(other),
    }
}

/// What keeps an answer from being given.
fn from_answer_fault(fault: Fault) -> ModelError {
    match fault {
        Fault::ContextOverflow {
            prompt,
            output,
            context,
        } => ModelError::ContextOverflow {
            prompt,
            output,
            context,
        },
        Fault::AdapterUnusable { path, detail } => ModelError::File {
            path: path.into(),
            detail: format!("it is no adapter for this model ({detail})"),
        },
        other => ModelError::Failed {
            detail: other.to_string(),
        },
    }
}
