//! A page in Chromium, as its reader opens it: a file on the disk, in a browser that knows nothing.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Where browsers of its kind lie; the set-up installs the first.
const PROGRAMS: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

/// What the browser is told beside the page: nothing of its own is to be done, and nothing to be kept.
const QUIETLY: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
    // No name leads anywhere, so that nothing leaves the machine, whatever somebody asks for.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--hide-scrollbars",
    "--window-size=1280,1600",
];

/// The initiator of what the browser asks for on its own account.
const BROWSER: &str = "not an origin";

/// What came of opening a page.
#[derive(Debug)]
pub struct Seen {
    /// The document as the browser has it.
    pub document: String,
    /// What it wrote to its console.
    pub console: Vec<String>,
    /// What it asked the network for.
    pub requests: Vec<String>,
}

/// Opens a file, and keeps a picture of it at `picture`.
///
/// # Panics
/// When there is no browser, or it does not get as far as a picture.
#[must_use]
pub fn open(page: &Path, picture: &Path) -> Seen {
    let profile = tempfile::tempdir().expect("a temporary folder can be made");
    let log = profile.path().join("net.json");
    let url = format!("file://{}", page.display());
    let output = browser(profile.path())
        .arg("--enable-logging=stderr")
        .arg("--v=0")
        .arg(format!("--log-net-log={}", log.display()))
        .args(["--virtual-time-budget=2000", "--dump-dom", &url])
        .output()
        .expect("the browser starts");
    let spoken = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{spoken}");
    let shot = browser(profile.path())
        .arg(format!("--screenshot={}", picture.display()))
        .arg(&url)
        .stderr(Stdio::null())
        .status();
    assert!(shot.is_ok_and(|status| status.success()) && picture.is_file());
    let log = std::fs::read_to_string(log).expect("the browser keeps what it asks the network for");
    Seen {
        document: String::from_utf8_lossy(&output.stdout).into_owned(),
        console: spoken
            .lines()
            .filter(|line| line.contains(":CONSOLE"))
            .map(str::to_owned)
            .collect(),
        requests: requests(&log),
    }
}

fn browser(profile: &Path) -> Command {
    let program = PROGRAMS.iter().find(|program| Path::new(program).is_file());
    let program = program.expect("Chromium is installed by `cargo xtask test --only set-up`");
    let mut command = Command::new(program);
    command
        .args(QUIETLY)
        .arg(format!("--user-data-dir={}", profile.display()))
        .stdin(Stdio::null());
    command
}

/// Addresses of other machines that a document asked for, in a log of the browser's network. What the
/// browser asks for on its own account (the time, its updates) has no origin as its initiator.
fn requests(log: &str) -> Vec<String> {
    // A log that was not closed properly lacks its end.
    let whole = serde_json::from_str(log)
        .or_else(|_| serde_json::from_str(&format!("{}]}}", log.trim_end().trim_end_matches(','))));
    let log: Value = whole.expect("the log is JSON");
    let events = log["events"].as_array().cloned().unwrap_or_default();
    assert!(!events.is_empty(), "a log without events proves nothing");
    let mut found: Vec<String> = events
        .iter()
        .map(|event| &event["params"])
        .filter(|asked| asked["initiator"].as_str().is_some_and(|by| by != BROWSER))
        .filter_map(|asked| asked["url"].as_str())
        .filter(|url| {
            ["http:", "https:", "ws:", "wss:"]
                .iter()
                .any(|kind| url.starts_with(kind))
        })
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}
