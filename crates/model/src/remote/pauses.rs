//! How often a request is made again, and how long to wait before.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::fault::Failure;

/// Attempts in all.
const ATTEMPTS: u32 = 3;
/// The first pause; every further one is twice as long.
const FIRST: Duration = Duration::from_millis(500);

/// The pauses between the attempts at one request.
pub(super) struct Pauses {
    failed: u32,
    left: Duration,
}

impl Pauses {
    /// None yet. Together they may last for `most`.
    pub(super) fn new(most: Duration) -> Self {
        Self {
            failed: 0,
            left: most,
        }
    }

    /// How long to wait before the next attempt; nothing when there should be none.
    pub(super) fn next(&mut self, failure: &Failure) -> Option<Duration> {
        self.failed += 1;
        if !failure.is_passing || self.failed >= ATTEMPTS {
            return None;
        }
        let pause = failure
            .after
            .unwrap_or_else(|| spread(FIRST * 2_u32.pow(self.failed - 1)));
        // To ask sooner than the service wants would only be refused again.
        self.left = self.left.checked_sub(pause)?;
        Some(pause)
    }
}

/// Up to a quarter more, so that those who were refused together do not all come back together.
fn spread(pause: Duration) -> Duration {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    pause + pause * (now.subsec_micros() % 256) / 1024
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ModelError;

    fn failure(is_passing: bool, after: Option<u64>) -> Failure {
        Failure {
            is_passing,
            after: after.map(Duration::from_secs),
            ..Failure::lasting(ModelError::Cancelled)
        }
    }

    /// Seconds for pauses, what each attempt failed with, and the pauses in seconds.
    #[test]
    fn there_are_three_attempts_within_the_time_for_pauses() {
        for (most, failures, expected) in [
            (
                30,
                vec![(true, Some(2)), (true, Some(3)), (true, Some(1))],
                vec![Some(2), Some(3), None],
            ),
            (
                4,
                vec![(true, Some(2)), (true, Some(3))],
                vec![Some(2), None],
            ),
            (30, vec![(true, Some(60))], vec![None]),
            (30, vec![(false, Some(1))], vec![None]),
            (0, vec![(true, None)], vec![None]),
            (30, vec![(true, Some(0))], vec![Some(0)]),
        ] {
            let mut pauses = Pauses::new(Duration::from_secs(most));
            let got = failures
                .iter()
                .map(|&(is_passing, after)| pauses.next(&failure(is_passing, after)));
            let expected = expected
                .into_iter()
                .map(|seconds| seconds.map(Duration::from_secs));
            assert!(got.eq(expected), "{failures:?}");
        }
    }

    #[test]
    fn pauses_become_longer() {
        let mut pauses = Pauses::new(Duration::from_secs(30));
        let first = pauses.next(&failure(true, None)).unwrap();
        let second = pauses.next(&failure(true, None)).unwrap();
        assert!(FIRST <= first && first < FIRST * 2, "{first:?}");
        assert!(FIRST * 2 <= second && second < FIRST * 4, "{second:?}");
    }
}
