//! The commands of standard input: what waits, what is being answered, and what was cancelled.
//!
//! A thread of its own reads, so that a cancel is heard while a token is being computed and the
//! end of input ends the worker even in the middle of a decode.

use std::collections::VecDeque;
use std::io::BufRead as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use protocol::{Choose, Command, Event, Fault, Generate, Reason, Usage};

use crate::{ending, outlet};

/// What is asked for.
#[derive(Debug, Clone)]
pub enum Request {
    /// Answers.
    Generate(Generate),
    /// A choice among answers.
    Choose(Choose),
}

/// One answer to be given.
#[derive(Debug, Clone)]
pub struct Job {
    /// Chosen by the desk.
    pub id: u64,
    /// What to answer.
    pub request: Arc<Request>,
    /// When the command was read.
    received: Instant,
    cancelled: Arc<AtomicBool>,
}

impl Job {
    fn new(id: u64, request: Request) -> Self {
        Self {
            id,
            request: Arc::new(request),
            received: Instant::now(),
            cancelled: Arc::default(),
        }
    }

    /// Whether the desk no longer wants the answer.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Milliseconds since the command was read.
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.received.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// The event that ends this answer.
    pub fn finished(&self, reason: Reason, usage: Usage, first_token_ms: u64) -> Event {
        Event::Finished {
            id: self.id,
            reason,
            usage,
            first_token_ms,
            total_ms: self.elapsed_ms(),
        }
    }
}

/// Answers under way and waiting.
#[derive(Debug, Default)]
pub struct Queue {
    jobs: Mutex<Jobs>,
    filled: Condvar,
}

#[derive(Debug, Default)]
struct Jobs {
    current: Option<Job>,
    waiting: VecDeque<Job>,
}

impl Queue {
    /// Takes the next answer to be given, waiting until there is one.
    pub fn next(&self) -> Job {
        let mut jobs = self.jobs();
        loop {
            if let Some(job) = jobs.waiting.pop_front() {
                jobs.current = Some(job.clone());
                return job;
            }
            jobs = self
                .filled
                .wait(jobs)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Says that the current answer is complete.
    pub fn done(&self) {
        self.jobs().current = None;
    }

    fn push(&self, job: Job) {
        self.jobs().waiting.push_back(job);
        self.filled.notify_one();
    }

    /// Marks the current answer as cancelled, or takes a waiting one out and returns it.
    fn cancel(&self, id: u64) -> Option<Job> {
        let mut jobs = self.jobs();
        if let Some(job) = jobs.current.as_ref().filter(|job| job.id == id) {
            job.cancelled.store(true, Ordering::Relaxed);
            return None;
        }
        let place = jobs.waiting.iter().position(|job| job.id == id)?;
        jobs.waiting.remove(place)
    }

    fn pending(&self) -> Vec<u64> {
        let jobs = self.jobs();
        jobs.current
            .iter()
            .chain(&jobs.waiting)
            .map(|job| job.id)
            .collect()
    }

    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads commands until standard input ends, and then ends the process.
pub fn read_commands(queue: &Queue) {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        match input.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => ending::at_once(0),
            Ok(_) => {}
        }
        if let Some(event) = carry_out(line.trim_ascii(), queue) {
            outlet::say(&event);
        }
    }
}

/// Carries out one line and returns what can be answered at once.
fn carry_out(line: &[u8], queue: &Queue) -> Option<Event> {
    if line.is_empty() {
        return None;
    }
    match serde_json::from_slice(line) {
        Ok(Command::Generate { id, request }) => {
            queue.push(Job::new(id, Request::Generate(request)));
            None
        }
        Ok(Command::Choose { id, request }) => {
            queue.push(Job::new(id, Request::Choose(request)));
            None
        }
        Ok(Command::Cancel { id }) => queue
            .cancel(id)
            .map(|job| job.finished(Reason::Cancelled, Usage::default(), 0)),
        Ok(Command::Status) => Some(Event::Status {
            pending: queue.pending(),
        }),
        // A line that cannot be read has no id to answer to: the protocol reserves 0 for it.
        Err(error) => Some(Event::Failed {
            id: 0,
            fault: Fault::BadCommand {
                detail: error.to_string(),
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn generate(id: u64) -> String {
        let request = Generate {
            messages: Vec::new(),
            preset: 0,
            lead: 0,
            opening: String::new(),
            candidates: None,
            endings: Vec::new(),
            max_tokens: 1,
            sampling: protocol::Sampling::GREEDY,
            stop: Vec::new(),
            constraint: None,
            adapter: None,
        };
        serde_json::to_string(&Command::Generate { id, request }).unwrap()
    }

    fn pending(queue: &Queue) -> Vec<u64> {
        match carry_out(br#""status""#, queue) {
            Some(Event::Status { pending }) => pending,
            other => panic!("a status was expected and {other:?} came"),
        }
    }

    #[test]
    fn answers_are_given_in_order() {
        let queue = Queue::default();
        for id in [3, 1, 2] {
            assert_eq!(carry_out(generate(id).as_bytes(), &queue), None);
        }
        assert_eq!(queue.next().id, 3);
        assert_eq!(pending(&queue), [3, 1, 2]);
        queue.done();
        assert_eq!(pending(&queue), [1, 2]);
    }

    #[test]
    fn a_waiting_answer_is_cancelled_at_once() {
        let queue = Queue::default();
        carry_out(generate(1).as_bytes(), &queue);
        let event = carry_out(br#"{"cancel":{"id":1}}"#, &queue);
        assert!(matches!(
            event,
            Some(Event::Finished {
                id: 1,
                reason: Reason::Cancelled,
                ..
            })
        ));
        assert_eq!(pending(&queue), [0; 0]);
    }

    #[test]
    fn the_current_answer_is_only_marked() {
        let queue = Queue::default();
        carry_out(generate(1).as_bytes(), &queue);
        let job = queue.next();
        assert_eq!(carry_out(br#"{"cancel":{"id":1}}"#, &queue), None);
        assert!(job.is_cancelled());
    }

    #[test]
    fn unknown_ids_and_empty_lines_are_ignored() {
        let queue = Queue::default();
        assert_eq!(carry_out(br#"{"cancel":{"id":9}}"#, &queue), None);
        assert_eq!(carry_out(b"", &queue), None);
    }

    #[test]
    fn an_unreadable_line_is_a_fault_and_not_the_end() {
        let queue = Queue::default();
        for line in [&b"{"[..], b"hello", b"\xff\xfe", br#"{"erase":{"id":1}}"#] {
            let event = carry_out(line, &queue);
            assert!(
                matches!(
                    event,
                    Some(Event::Failed {
                        id: 0,
                        fault: Fault::BadCommand { .. }
                    })
                ),
                "{event:?}"
            );
        }
    }
}
