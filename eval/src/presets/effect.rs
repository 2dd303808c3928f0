//! Whether a command does what a reference does, found out by running both.
//!
//! Each runs in a throw-away copy of the same tree, which is the root of what it sees, inside
//! namespaces of its own with no network and nothing of this machine writable (bubblewrap), and is
//! ended after some seconds. The same output and the same tree afterwards are the same effect; what
//! is said on standard error counts where a reference says nothing else. Nothing runs where
//! bubblewrap is not.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::cases::Case;
use crate::failure::Failure;

/// Lays out the tree; its only argument is the folder to lay it out in.
const TREE: &str = include_str!("../../presets/tree.sh");

/// Seconds that a command may take.
const PATIENCE: &str = "8";

/// Bytes of a file that are looked at; of a larger one only how many there are.
const MOST_READ: u64 = 1_000_000;

/// What a command did.
#[derive(Debug, PartialEq)]
struct Effect {
    output: String,
    /// What it said on standard error, where it ended well.
    remarks: String,
    tree: String,
}

impl Effect {
    /// Whether this is what a reference did. A reference that does nothing here (a tool is missing,
    /// there is no network) shows nothing: then only the same words would do.
    fn is_as(&self, theirs: &Self, untouched: &Self) -> bool {
        let (ours, wanted) = match theirs.output.is_empty() && theirs.tree == untouched.tree {
            true => (&self.remarks, &theirs.remarks),
            false => (&self.output, &theirs.output),
        };
        let shows = theirs.tree != untouched.tree || !wanted.is_empty();
        shows && theirs.tree == self.tree && same_output(wanted, ours)
    }
}

/// What is wrong, if anything.
pub fn wrong(case: &Case, artifact: &Value, scratch: &Path) -> Result<Option<String>, Failure> {
    let command = artifact["command"].as_str().unwrap_or_default();
    if case
        .expect
        .command
        .iter()
        .any(|wanted| words(wanted) == words(command))
    {
        return Ok(None);
    }
    let Some(untouched) = effect("true", scratch)? else {
        return Ok(Some(
            "it cannot be tried here: bubblewrap is missing".to_owned(),
        ));
    };
    let Some(ours) = effect(command, scratch)? else {
        return Ok(Some("it cannot be tried here".to_owned()));
    };
    for wanted in &case.expect.command {
        let Some(theirs) = effect(wanted, scratch)? else {
            continue;
        };
        if ours.is_as(&theirs, &untouched) {
            return Ok(None);
        }
    }
    Ok(Some("it does something else".to_owned()))
}

/// A command as bare words.
fn words(command: &str) -> Vec<String> {
    let command = command.replace(['"', '\''], "");
    command.split_whitespace().map(str::to_owned).collect()
}

/// The same lines, in whatever order; spaces at their ends and between columns do not count.
fn same_output(one: &str, other: &str) -> bool {
    let lines = |text: &str| {
        let lines = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        let mut lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        lines.sort();
        lines
    };
    lines(one) == lines(other)
}

/// Runs a command in a fresh tree. Nothing where there is no bubblewrap.
fn effect(command: &str, scratch: &Path) -> Result<Option<Effect>, Failure> {
    let place = tempfile::TempDir::new_in(scratch).map_err(Failure::file(scratch))?;
    let tree = place.path().join("tree");
    lay_out(&tree)?;
    let mut bubble = Command::new("bwrap");
    bubble.args(["--unshare-all", "--die-with-parent", "--new-session"]);
    bubble.arg("--bind").arg(&tree).arg("/");
    for system in ["/usr", "/etc"] {
        bubble.args(["--ro-bind", system, system]);
    }
    for (target, link) in [
        ("usr/bin", "/bin"),
        ("usr/sbin", "/sbin"),
        ("usr/lib", "/lib"),
        ("usr/lib64", "/lib64"),
    ] {
        bubble.args(["--symlink", target, link]);
    }
    bubble.args([
        "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--dir", "/root", "--dir", "/var",
    ]);
    bubble.args([
        "--chdir",
        "/home",
        "--clearenv",
        "--setenv",
        "PATH",
        "/usr/bin:/usr/sbin:/bin",
        "--setenv",
        "HOME",
        "/home",
        "--setenv",
        "LANG",
        "C.UTF-8",
    ]);
    bubble.args(["timeout", PATIENCE, "bash", "-c", command]);
    let ran = match bubble.stdin(Stdio::null()).output() {
        Ok(ran) => ran,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::file("bwrap")(error)),
    };
    let said = |bytes: &[u8]| {
        let least = bytes.len().min(1_000_000);
        String::from_utf8_lossy(&bytes[..least]).into_owned()
    };
    Ok(Some(Effect {
        output: said(&ran.stdout),
        remarks: match ran.status.success() {
            true => said(&ran.stderr),
            false => String::new(),
        },
        tree: described(&tree)?,
    }))
}

fn lay_out(tree: &Path) -> Result<(), Failure> {
    let status = Command::new("sh")
        .arg("-c")
        .arg(TREE)
        .arg("sh")
        .arg(tree)
        .stdin(Stdio::null())
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::NoResults(
            "the tree could not be laid out".to_owned(),
        )),
        Err(error) => Err(Failure::file("sh")(error)),
    }
}

/// Every path with its kind, rights and content.
fn described(tree: &Path) -> Result<String, Failure> {
    let mut lines = Vec::new();
    let mut open: Vec<PathBuf> = vec![tree.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(Failure::file(&folder))? {
            let path = entry.map_err(Failure::file(&folder))?.path();
            let about = fs::symlink_metadata(&path).map_err(Failure::file(&path))?;
            let name = path
                .strip_prefix(tree)
                .unwrap_or(&path)
                .display()
                .to_string();
            let rights = about.permissions().mode() & 0o7777;
            if about.is_symlink() {
                let target = fs::read_link(&path).map_err(Failure::file(&path))?;
                lines.push(format!("{name} -> {}", target.display()));
            } else if about.is_dir() {
                lines.push(format!("{name}/ {rights:o}"));
                open.push(path);
            } else if about.len() > MOST_READ {
                lines.push(format!("{name} {rights:o} {} bytes", about.len()));
            } else {
                let content = fs::read(&path).unwrap_or_default();
                lines.push(format!("{name} {rights:o} {}", content_of(&name, &content)));
            }
        }
    }
    lines.sort();
    Ok(lines.join("\n"))
}

/// What a file holds; of archives and what was encrypted only that they hold something, because
/// their bytes depend on the second in which they were made.
fn content_of(name: &str, content: &[u8]) -> String {
    let is_sealed = [".gz", ".tgz", ".zip", ".enc", ".bz2", ".xz"]
        .iter()
        .any(|ending| name.ends_with(ending));
    match is_sealed {
        true => format!("sealed {}", content.is_empty()),
        false => String::from_utf8_lossy(content).into_owned(),
    }
}
