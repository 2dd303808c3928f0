//! The size of the window, kept in the data folder so that it comes back as it was left.
//!
//! Where it stood on the screen is not kept: screens are unplugged, and a window that opens outside
//! of every screen is lost. A file that cannot be read or written costs the size, nothing else.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use desk::Folders;
use serde::{Deserialize, Serialize};
use tauri::{WebviewWindow, WindowEvent};

/// Narrower or lower than this the window is not made.
pub const LEAST: (f64, f64) = (900.0, 600.0);
/// At first.
const USUAL: (f64, f64) = (1280.0, 800.0);
/// Beyond this a number is a mistake.
const MOST: f64 = 20_000.0;

/// How the window is laid out on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Width in points.
    pub width: f64,
    /// Height in points.
    pub height: f64,
    /// Whether it fills the screen.
    pub maximized: bool,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            width: USUAL.0,
            height: USUAL.1,
            maximized: false,
        }
    }
}

impl Frame {
    /// What the file says, as far as a window can have that size.
    fn read(text: &str) -> Option<Self> {
        let frame: Self = serde_json::from_str(text).ok()?;
        let is_a_size = |size: f64, least: f64| size >= least && size <= MOST;
        let fits = is_a_size(frame.width, LEAST.0) && is_a_size(frame.height, LEAST.1);
        fits.then_some(frame)
    }
}

/// The frame of the one window, as it is now and as it is kept.
pub struct Frames {
    path: Option<PathBuf>,
    now: Mutex<Frame>,
}

impl Frames {
    /// The frame that was kept, or the usual one.
    pub fn read(folders: Option<&Folders>) -> Self {
        let path = folders.map(|folders| folders.data().join("window.json"));
        let text = path
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok());
        let frame = text.as_deref().and_then(Frame::read).unwrap_or_default();
        Self {
            path,
            now: Mutex::new(frame),
        }
    }

    /// As it is now.
    pub fn now(&self) -> Frame {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what happens to the window. The size behind a window that fills the screen
    /// stays as it was, for that is what it goes back to.
    pub fn follow(&self, window: &WebviewWindow, event: &WindowEvent) {
        let WindowEvent::Resized(size) = event else {
            return;
        };
        let Ok(scale) = window.scale_factor() else {
            return;
        };
        let size = size.to_logical::<f64>(scale);
        let maximized = window.is_maximized().unwrap_or(false);
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.maximized = maximized;
        if !maximized && size.width >= LEAST.0 && size.height >= LEAST.1 {
            (now.width, now.height) = (size.width, size.height);
        }
        self.keep(*now);
    }

    /// Keeps it for the next time, at once: a window may end without a farewell, and these are fifty
    /// bytes.
    fn keep(&self, frame: Frame) {
        let Some(path) = &self.path else { return };
        let text = serde_json::to_string(&frame).unwrap_or_default();
        if let Err(error) = std::fs::write(path, text) {
            tracing::debug!(%error, "the size of the window is not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_no_window_has_is_forgotten() {
        let kept = |text: &str| Frame::read(text);
        let frame = Frame {
            width: 1000.0,
            height: 700.0,
            maximized: true,
        };
        let text = serde_json::to_string(&frame).unwrap();
        assert_eq!(kept(&text), Some(frame));
        for text in [
            "",
            "{}",
            "{\"width\":10,\"height\":700,\"maximized\":false}",
            "{\"width\":1e9,\"height\":700,\"maximized\":false}",
            "{\"width\":null,\"height\":700,\"maximized\":false}",
        ] {
            assert_eq!(kept(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_kept_in_the_data_folder() {
        let place = tempfile::tempdir().unwrap();
        let folders = Folders::new(Some(place.path().to_owned())).unwrap();
        let frames = Frames::read(Some(&folders));
        assert_eq!(frames.now(), Frame::default());
        frames.keep(Frame {
            width: 1001.0,
            ..Frame::default()
        });
        assert_eq!(Frames::read(Some(&folders)).now().width, 1001.0);
    }
}
