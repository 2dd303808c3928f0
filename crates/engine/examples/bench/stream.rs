//! How fast memory can be read, by adding up more of it than any cache holds.

use std::time::Instant;

const BYTES: usize = 1 << 30;

/// Bytes a second that `threads` threads read together.
pub fn bandwidth(threads: usize) -> f64 {
    let numbers = vec![1_u64; BYTES / 8];
    let share = numbers.len() / threads;
    let begin = Instant::now();
    let sum: u64 = std::thread::scope(|scope| {
        let parts: Vec<_> = numbers
            .chunks(share)
            .map(|part| {
                scope.spawn(move || part.iter().fold(0_u64, |sum, one| sum.wrapping_add(*one)))
            })
            .collect();
        parts.into_iter().map(|part| part.join().unwrap()).sum()
    });
    let seconds = begin.elapsed().as_secs_f64();
    assert_eq!(sum, numbers.len() as u64);
    BYTES as f64 / seconds
}
