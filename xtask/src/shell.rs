//! Running other programs: loud (the person sees their output) or quiet (only what they print counts).

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::Failure;

/// What a quiet program printed.
pub struct Captured {
    /// Whether it ended well.
    pub success: bool,
    /// Its standard output.
    pub stdout: String,
    /// Its standard error.
    pub stderr: String,
}

/// Runs a program in sight of the person.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = status(command)?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::sentence(format!(
        "`{}` failed ({status})",
        line(command)
    )))
}

/// Runs a program that explains its own failures, and hands its exit status on.
pub fn become_it(command: &mut Command) -> Result<(), Failure> {
    let status = status(command)?;
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => Err(Failure::Status(u8::try_from(code).unwrap_or(1))),
        None => Err(Failure::sentence(format!(
            "`{}` was ended ({status})",
            line(command)
        ))),
    }
}

/// Runs a program and keeps what it prints.
pub fn capture(command: &mut Command) -> Result<Captured, Failure> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| unstartable(command, &error))?;
    Ok(Captured {
        success: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// What a program prints, if it is there and ends well.
pub fn ask(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let captured = capture(Command::new(program).args(arguments)).ok()?;
    captured.success.then_some(captured.stdout)
}

/// Whether a program can be started by its name alone.
pub fn is_there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// `PATH` with a folder put in front.
pub fn path_with(folder: &Path) -> Result<std::ffi::OsString, Failure> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(folder.to_owned()).chain(std::env::split_paths(&paths));
    std::env::join_paths(all)
        .map_err(|error| Failure::sentence(format!("cannot extend PATH: {error}")))
}

fn status(command: &mut Command) -> Result<ExitStatus, Failure> {
    command
        .status()
        .map_err(|error| unstartable(command, &error))
}

fn unstartable(command: &Command, error: &std::io::Error) -> Failure {
    Failure::sentence(format!("`{}` cannot be started: {error}", line(command)))
}

/// A command as one would type it.
fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command() {
        let sentence = run(Command::new("false").arg("x")).unwrap_err().to_string();
        assert!(sentence.starts_with("`false x` failed"), "{sentence}");
        let sentence = run(&mut Command::new("no-such-program-of-ours"))
            .unwrap_err()
            .to_string();
        assert!(sentence.contains("cannot be started"), "{sentence}");
    }

    #[test]
    fn the_status_of_a_program_that_speaks_for_itself_is_handed_on() {
        let failure = become_it(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert!(matches!(failure, Failure::Status(3)));
    }
}
