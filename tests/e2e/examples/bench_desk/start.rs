//! Starting a window on a screen of its own, and looking at it until it looks as it does when it is there.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use e2e::process;

use crate::memory;
use crate::screen::Screen;

/// Between two looks at a picture that is to stay.
const LOOK: Duration = Duration::from_millis(100);
/// How long a picture must have stayed to be the one that is waited for: longer than any window waits for
/// its content, which may well look finished meanwhile.
const STILL: Duration = Duration::from_secs(10);
/// How long any window may take.
const PATIENCE: Duration = Duration::from_secs(90);
/// Nothing goes on any more, but for what a program does when it has nothing to do.
const IDLE: Duration = Duration::from_secs(4);
/// Of how many bytes of a picture one is looked at.
const SAMPLE: usize = 61;
/// Of how many of those one may differ: a mark that blinks, letters that are drawn a shade otherwise, and
/// the edges of signs and round corners, which lie a fraction of a point further right from one start to
/// the next (6 in 1,000 were seen to differ). Anything that has still to come is far more than that.
const ALIKE: usize = 100;

/// A program whose windows are started, and what it looks like when it can be used.
pub struct Kind {
    program: PathBuf,
    arguments: Vec<String>,
    home: PathBuf,
    usable: Vec<u8>,
}

/// A window that was started, looked at and ended.
pub struct Started {
    /// Milliseconds from the start of the program until it could be used.
    pub usable_ms: f64,
    /// What all of its processes held while nothing went on; what they share with others by shares.
    pub megabytes: f64,
}

impl Kind {
    /// Starts a program for the first time at somebody's who has that home, and keeps the picture that it
    /// comes to, also as a file. What is made once, at the first start, is not measured.
    pub fn new(program: &Path, arguments: &[String], home: &Path, picture: &Path) -> Self {
        let mut kind = Self {
            program: program.to_owned(),
            arguments: arguments.to_vec(),
            home: home.to_owned(),
            usable: Vec::new(),
        };
        let screen = kind.screen();
        let window = kind.window(&screen);
        kind.usable = settle(&screen);
        let seen = screen.picture().unwrap();
        seen.write(picture).unwrap();
        eprintln!("{} has {} colours", picture.display(), seen.colours());
        end(window);
        kind
    }

    /// Starts one more of its windows.
    pub fn start(&self) -> Started {
        let screen = self.screen();
        let begin = Instant::now();
        let window = self.window(&screen);
        let usable = process::within(PATIENCE, "the window looks as it should", || {
            is_alike(&screen.bytes().unwrap(), &self.usable).then(|| begin.elapsed())
        });
        thread::sleep(IDLE);
        assert!(
            is_alike(&screen.bytes().unwrap(), &self.usable),
            "what looked finished was not"
        );
        let held = memory::megabytes(&process::family(window.id()));
        end(window);
        Started {
            usable_ms: usable.as_secs_f64() * 1000.0,
            megabytes: held,
        }
    }

    fn screen(&self) -> Screen {
        Screen::start(&self.home.join("screen")).unwrap()
    }

    fn window(&self, screen: &Screen) -> Child {
        Command::new(&self.program)
            .args(&self.arguments)
            .env("DISPLAY", screen.display())
            .env("HOME", &self.home)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("XDG_CACHE_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }
}

/// Ends a window and waits for everything that it started.
fn end(mut window: Child) {
    let family = process::family(window.id());
    process::signal(window.id(), "TERM");
    window.wait().unwrap();
    for pid in family {
        process::wait_until_gone(pid, PATIENCE);
    }
}

/// The picture that stays, after the empty screen.
fn settle(screen: &Screen) -> Vec<u8> {
    let (begin, mut since) = (Instant::now(), Instant::now());
    let mut last = screen.bytes().unwrap();
    let mut has_changed = false;
    while begin.elapsed() < PATIENCE {
        let now = screen.bytes().unwrap();
        if !is_alike(&now, &last) {
            (last, since, has_changed) = (now, Instant::now(), true);
        }
        if has_changed && since.elapsed() > STILL {
            return last;
        }
        thread::sleep(LOOK);
    }
    panic!("after {PATIENCE:?} there is no window that keeps still");
}

/// Whether two pictures are the same but for next to nothing.
fn is_alike(one: &[u8], other: &[u8]) -> bool {
    if one == other {
        return true;
    }
    let pairs = one.iter().step_by(SAMPLE).zip(other.iter().step_by(SAMPLE));
    let differ = pairs.filter(|(one, other)| one != other).count();
    one.len() == other.len() && differ < one.len() / SAMPLE / ALIKE
}
