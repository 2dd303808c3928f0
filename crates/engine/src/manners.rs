//! Decoding takes what the window leaves.
//!
//! A model keeps every core busy for seconds. The desk's window, and whatever else a person looks at,
//! needs little time but needs it at once: a frame that comes late is seen. So the worker steps back
//! behind them. With nothing else to do on the machine it decodes as fast as before.
//!
//! On Windows the program that starts a worker gives it its priority.

/// How far: a process as it starts gets three times the share of one at this value (see sched(7)).
#[cfg(unix)]
const STEP_BACK: i32 = 5;

/// Lets programs in the foreground go first. Threads take this from the one that starts them, so it
/// comes before any of them.
pub fn step_back() {
    #[cfg(unix)]
    if let Err(error) = rustix::process::nice(STEP_BACK) {
        tracing::warn!("the priority stays as it is: {error}");
    }
}
