//! Words of a run on their way to the window: several at a time.
//!
//! A model writes forty pieces a second, and each that is sent wakes the window, which lays the text out
//! anew. Nobody reads in pieces; ten strides a second look the same and leave the window its frames. What
//! comes is never changed and never out of order, and waits no longer than a stride.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use assistant::RunEvent;

/// How long words may wait for more.
const STRIDE: Duration = Duration::from_millis(90);

/// The way of one run's events to whoever watches it.
pub struct Strides {
    send: Box<dyn Fn(RunEvent) + Send + Sync>,
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    text: String,
    /// Whether somebody comes for them.
    is_awaited: bool,
    has_begun: bool,
}

impl Strides {
    pub fn new(send: impl Fn(RunEvent) + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            send: Box::new(send),
            waiting: Mutex::default(),
        })
    }

    /// Sends an event on; words after the first ones with those that follow.
    pub fn pass(self: &Arc<Self>, event: RunEvent) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let RunEvent::Token { text } = event else {
            self.flush(&mut waiting);
            return (self.send)(event);
        };
        waiting.text.push_str(&text);
        if !std::mem::replace(&mut waiting.has_begun, true) {
            self.flush(&mut waiting);
        } else if !std::mem::replace(&mut waiting.is_awaited, true) {
            let this = Arc::clone(self);
            tauri::async_runtime::spawn(async move {
                tokio::time::sleep(STRIDE).await;
                let mut waiting = this.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.is_awaited = false;
                this.flush(&mut waiting);
            });
        }
    }

    /// Under the lock, so that nothing overtakes.
    fn flush(&self, waiting: &mut Waiting) {
        let text = std::mem::take(&mut waiting.text);
        if !text.is_empty() {
            (self.send)(RunEvent::Token { text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(text: &str) -> RunEvent {
        RunEvent::Token { text: text.into() }
    }

    #[tokio::test]
    async fn words_come_in_strides_whole_and_in_order() {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&seen);
        let strides = Strides::new(move |event| told.lock().unwrap().push(event));
        for text in ["one", " two", " three"] {
            strides.pass(token(text));
        }
        assert_eq!(*seen.lock().unwrap(), [token("one")]);
        tokio::time::sleep(STRIDE * 3).await;
        assert_eq!(*seen.lock().unwrap(), [token("one"), token(" two three")]);
        let other = RunEvent::Restarted { attempt: 1 };
        strides.pass(token(" four"));
        strides.pass(other.clone());
        assert_eq!(seen.lock().unwrap()[2..], [token(" four"), other]);
        tokio::time::sleep(STRIDE * 3).await;
        assert_eq!(seen.lock().unwrap().len(), 4);
    }
}
