//! A worker process, spoken to line by line.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use protocol::{Candidates, Choose, Constraint, Event, Generate, Message, Sampling, Usage};

use crate::Options;

/// A worker with a loaded model.
pub struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: u64,
}

/// What came of a request.
#[derive(Debug)]
pub struct Answer {
    /// Until the first piece of text, or the first candidate.
    pub first: Duration,
    /// Until the end.
    pub total: Duration,
    /// The text.
    pub text: String,
    /// Tokens.
    pub usage: Usage,
    /// Of a choice: for each option the mean logarithm of its tokens' probabilities.
    pub scores: Vec<f32>,
}

impl Worker {
    /// Starts one.
    pub fn start(options: &Options, context: u32, prefixes: Option<&Path>) -> Self {
        let mut command = Command::new(&options.engine);
        command
            .arg("--model")
            .arg(&options.model)
            .args(["--context", &context.to_string()]);
        if let Some(folder) = prefixes {
            command.arg("--prefixes").arg(folder);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        while !line.contains("hello") {
            assert!(!line.contains("fault"), "the worker did not start: {line}");
            line.clear();
            assert!(output.read_line(&mut line).unwrap() > 0, "the worker ended");
        }
        Self {
            child,
            input,
            output,
            next: 0,
        }
    }

    /// A request with nothing special.
    pub fn plain(messages: Vec<Message>, max_tokens: u32) -> Generate {
        Generate {
            messages,
            preset: 0,
            lead: 0,
            opening: String::new(),
            candidates: None,
            endings: Vec::new(),
            max_tokens,
            sampling: Sampling::GREEDY,
            stop: Vec::new(),
            constraint: None,
            adapter: None,
        }
    }

    /// Behind a preset of one message.
    pub fn preset(messages: Vec<Message>, max_tokens: u32) -> Generate {
        Generate {
            preset: 1,
            ..Self::plain(messages, max_tokens)
        }
    }

    /// In a form.
    pub fn formed(messages: Vec<Message>, max_tokens: u32, constraint: Constraint) -> Generate {
        Generate {
            constraint: Some(constraint),
            ..Self::plain(messages, max_tokens)
        }
    }

    /// Several that differ.
    pub fn several(messages: Vec<Message>, max_tokens: u32, count: u32) -> Generate {
        Generate {
            candidates: Some(Candidates { first: 0, count }),
            sampling: Sampling {
                temperature: 0.7,
                top_p: 0.95,
                seed: 1,
                repeat_penalty: 1.0,
            },
            ..Self::plain(messages, max_tokens)
        }
    }

    /// Asks and waits for the end.
    pub fn ask(&mut self, request: Generate) -> Answer {
        let id = self.next_id();
        self.put(&protocol::Command::Generate { id, request })
    }

    /// Lets it choose.
    pub fn choose(&mut self, request: Choose) -> Answer {
        let id = self.next_id();
        self.put(&protocol::Command::Choose { id, request })
    }

    fn next_id(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn put(&mut self, command: &protocol::Command) -> Answer {
        let begin = Instant::now();
        writeln!(self.input, "{}", serde_json::to_string(command).unwrap()).unwrap();
        self.input.flush().unwrap();
        let mut first = None;
        let mut text = String::new();
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            let event: Event = serde_json::from_str(&line).unwrap();
            let scores = match &event {
                Event::Chosen { scores, .. } => scores.clone(),
                _ => Vec::new(),
            };
            match event {
                Event::Piece { text: piece, .. } => {
                    first.get_or_insert_with(|| begin.elapsed());
                    text.push_str(&piece);
                }
                Event::Finished { usage, .. } | Event::Chosen { usage, .. } => {
                    let total = begin.elapsed();
                    return Answer {
                        first: first.unwrap_or(total),
                        total,
                        text,
                        usage,
                        scores,
                    };
                }
                Event::Failed { fault, .. } => panic!("the worker says: {fault}"),
                _ => {}
            }
        }
    }

    /// Bytes of memory that are its own, as the system counts them.
    pub fn resident(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes * 1024)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
