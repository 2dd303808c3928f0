//! What is seen of a model while it answers one prompt.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use model::{Candidates, Ending, News};

use crate::Artifact;

/// How many answers a prompt is to have.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    One,
    Several(Candidates),
    Each(&'a [Ending]),
}

impl Way<'_> {
    /// Whether the first answer is shown as it is written. More candidates are asked for while the
    /// first is on the screen already.
    pub(super) fn is_shown(self) -> bool {
        match self {
            Self::Several(which) => which.first == 0,
            Self::One | Self::Each(_) => true,
        }
    }
}

/// What is seen of a model at work.
#[derive(Default)]
pub(super) struct Seen {
    /// What it has written of what is shown.
    pub(super) written: Mutex<String>,
    /// When it began with what is counted: a preset is read once for many runs.
    pub(super) at_work: Mutex<Option<Instant>>,
    /// When it began to write.
    pub(super) writing: Mutex<Option<Instant>>,
    /// Answers to endings that are complete.
    pub(super) complete: Mutex<Vec<Option<String>>>,
    /// What was shown of the answer that is being written.
    pub(super) glimpsed: Mutex<Option<Glimpsed>>,
}

/// What of an unfinished answer was shown.
pub(super) struct Glimpsed {
    /// The last of it.
    artifact: Box<Artifact>,
    /// When there was something for the first time.
    pub(super) first: Instant,
}

impl Seen {
    /// Takes note of the time of something.
    pub(super) fn note(&self, news: News<'_>) {
        let now = Instant::now();
        match news {
            News::Reading { read, preset, .. } if read <= preset => {
                *lock(&self.at_work) = Some(now);
            }
            News::Reading { .. } => {
                lock(&self.at_work).get_or_insert(now);
            }
            News::Piece(_) | News::Answer { .. } => {
                lock(&self.at_work).get_or_insert(now);
                lock(&self.writing).get_or_insert(now);
            }
            News::Waiting | News::Loading { .. } => {}
        }
    }

    /// The answers to endings, with one more that is complete.
    pub(super) fn with(&self, number: u32, text: &str) -> Vec<Option<String>> {
        let place = usize::try_from(number).unwrap_or(usize::MAX);
        let mut complete = lock(&self.complete);
        if let Some(answer) = complete.get_mut(place) {
            *answer = Some(text.to_owned());
        }
        complete.clone()
    }

    /// What there is to see now, unless it is what was seen last.
    pub(super) fn unseen(&self, artifact: Artifact) -> Option<Box<Artifact>> {
        let mut glimpsed = lock(&self.glimpsed);
        if glimpsed
            .as_ref()
            .is_some_and(|last| *last.artifact == artifact)
        {
            return None;
        }
        let artifact = Box::new(artifact);
        *glimpsed = Some(Glimpsed {
            artifact: artifact.clone(),
            first: glimpsed
                .as_ref()
                .map_or_else(Instant::now, |last| last.first),
        });
        Some(artifact)
    }
}

pub(super) fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_a_preset_is_no_work_of_this_run() {
        let seen = Seen::default();
        let reading = |read| News::Reading {
            read,
            of: 300,
            preset: 200,
        };
        seen.note(News::Waiting);
        assert!(lock(&seen.at_work).is_none());
        seen.note(reading(100));
        let first = lock(&seen.at_work).unwrap();
        seen.note(reading(200));
        let second = lock(&seen.at_work).unwrap();
        assert!(second >= first);
        seen.note(reading(264));
        seen.note(News::Piece("a"));
        assert_eq!(*lock(&seen.at_work), Some(second), "from here on it counts");
        assert!(lock(&seen.writing).unwrap() >= second);
    }

    #[test]
    fn answers_to_endings_come_in_any_order() {
        let seen = Seen {
            complete: Mutex::new(vec![None; 2]),
            ..Seen::default()
        };
        assert_eq!(seen.with(1, "b"), [None, Some("b".to_owned())]);
        let both = [Some("a".to_owned()), Some("b".to_owned())];
        assert_eq!(seen.with(0, "a"), both);
        assert_eq!(
            seen.with(7, "c"),
            both,
            "what belongs to nothing is nothing"
        );
    }
}
