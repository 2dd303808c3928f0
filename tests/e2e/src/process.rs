//! Processes: starting them, watching them, ending exactly them.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long anything may take on a slow machine before the test gives up.
pub const PATIENCE: Duration = Duration::from_secs(120);

const PAUSE: Duration = Duration::from_millis(10);

/// Waits until `probe` finds something, at most [`PATIENCE`].
///
/// # Panics
/// When it does not.
pub fn until<T>(what: &str, probe: impl FnMut() -> Option<T>) -> T {
    within(PATIENCE, what, probe)
}

/// Waits until `probe` finds something, at most `limit`.
///
/// # Panics
/// When it does not.
pub fn within<T>(limit: Duration, what: &str, mut probe: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = probe() {
            return found;
        }
        assert!(begin.elapsed() < limit, "waited {limit:?} in vain: {what}");
        thread::sleep(PAUSE);
    }
}

/// The same for a probe that has to wait itself.
///
/// # Panics
/// When it finds nothing in time.
pub async fn until_async<T, Probe: Future<Output = Option<T>>>(
    what: &str,
    mut probe: impl FnMut() -> Probe,
) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = probe().await {
            return found;
        }
        assert!(
            begin.elapsed() < PATIENCE,
            "waited {PATIENCE:?} in vain: {what}"
        );
        tokio::time::sleep(PAUSE).await;
    }
}

/// What a process left behind.
#[derive(Debug)]
pub struct Ended {
    /// How it ended.
    pub status: ExitStatus,
    /// All of its standard output.
    pub stdout: String,
    /// All of its standard error.
    pub stderr: String,
}

/// A process under way. It is ended when this is dropped.
pub struct Running {
    child: Child,
    stdout: Option<JoinHandle<String>>,
    lines: Receiver<String>,
    stderr: String,
}

impl Running {
    /// Starts a command with nothing on its standard input.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        command.stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let stdout = child.stdout.take().expect("it is piped");
        let stderr = child.stderr.take().expect("it is piped");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                // Nobody may be interested any more.
                let _ = sender.send(line);
            }
        });
        Self {
            child,
            stdout: Some(thread::spawn(move || all_of(stdout))),
            lines,
            stderr: String::new(),
        }
    }

    /// Its process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until a line on standard error contains `words`.
    ///
    /// # Panics
    /// When none comes in time.
    pub fn wait_for_line(&mut self, words: &str) {
        let begin = Instant::now();
        loop {
            let left = PATIENCE.saturating_sub(begin.elapsed());
            match self.lines.recv_timeout(left) {
                Ok(line) => {
                    self.keep(&line);
                    if line.contains(words) {
                        return;
                    }
                }
                Err(_) => panic!("no line with {words:?}; there was:\n{}", self.stderr),
            }
        }
    }

    /// Waits for its end.
    ///
    /// # Panics
    /// When it does not end within `limit`.
    #[must_use]
    pub fn end(mut self, limit: Duration) -> Ended {
        let child = &mut self.child;
        let status = within(limit, "the program ends", || {
            child.try_wait().expect("it can be waited for")
        });
        let stdout = self.stdout.take().map(JoinHandle::join);
        // The sender is gone once standard error is closed, so this ends.
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.keep(&line);
        }
        Ended {
            status,
            stdout: stdout.and_then(Result::ok).unwrap_or_default(),
            stderr: std::mem::take(&mut self.stderr),
        }
    }

    fn keep(&mut self, line: &str) {
        self.stderr.push_str(line);
        self.stderr.push('\n');
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn all_of(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    // What could be read is what there is.
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Sends a signal, such as `KILL` or `INT`.
///
/// # Panics
/// When it cannot be sent.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill")
        .args([&format!("-{name}"), &pid.to_string()])
        .status()
        .is_ok_and(|status| status.success());
    assert!(sent, "cannot send {name} to {pid}");
}

/// Whether a process is there and not merely waiting to be buried.
#[must_use]
pub fn is_alive(pid: u32) -> bool {
    stat(pid).is_some_and(|stat| stat.state != 'Z' && stat.state != 'X')
}

/// Waits until a process is gone.
///
/// # Panics
/// When it is still there after `limit`.
pub fn wait_until_gone(pid: u32, limit: Duration) {
    within(limit, "the process is gone", || {
        (!is_alive(pid)).then_some(())
    });
}

/// The living children of a process that run the program `name`.
#[must_use]
pub fn children(parent: u32, name: &str) -> Vec<u32> {
    all()
        .filter(|pid| {
            stat(*pid)
                .is_some_and(|stat| stat.parent == parent && stat.name == name && stat.state != 'Z')
        })
        .collect()
}

/// A living process, its children, theirs, and so on.
#[must_use]
pub fn family(parent: u32) -> Vec<u32> {
    let living: Vec<(u32, u32)> = all()
        .filter_map(|pid| Some((pid, stat(pid).filter(|stat| stat.state != 'Z')?.parent)))
        .collect();
    let mut family = vec![parent];
    let mut next = 0;
    while let Some(parent) = family.get(next).copied() {
        let children = living.iter().filter(|(_, of)| *of == parent);
        family.extend(children.map(|(pid, _)| *pid));
        next += 1;
    }
    family
}

/// Living processes whose command line has `argument` among its words.
#[must_use]
pub fn with_argument(argument: &Path) -> Vec<u32> {
    let wanted = argument.as_os_str().as_encoded_bytes();
    all()
        .filter(|pid| {
            fs::read(format!("/proc/{pid}/cmdline"))
                .is_ok_and(|line| line.split(|byte| *byte == 0).any(|word| word == wanted))
        })
        .collect()
}

fn all() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// The beginning of `/proc/PID/stat`.
struct Stat {
    name: String,
    state: char,
    parent: u32,
}

fn stat(pid: u32) -> Option<Stat> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name stands in parentheses and may contain some.
    let (head, tail) = text.rsplit_once(") ")?;
    let mut fields = tail.split(' ');
    Some(Stat {
        name: head.split_once('(')?.1.to_owned(),
        state: fields.next()?.chars().next()?,
        parent: fields.next()?.parse().ok()?,
    })
}
