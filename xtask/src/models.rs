//! Model files: `deskhand-cli` knows where they come from, verifies them and shows the progress.

use std::process::Command;

use crate::failure::Failure;
use crate::{build, place, shell, system};

/// The model that people use.
pub const DEFAULT: &str = "qwen2.5-coder-1.5b";
/// The model that tests use.
pub const SMALL: &str = "qwen2.5-coder-0.5b";

/// `cargo xtask models`.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    let wanted: &[&str] = match arguments {
        [] => &[SMALL, DEFAULT],
        [flag] if flag == "--small" => &[SMALL],
        _ => return Err(Failure::usage("models takes --small or nothing")),
    };
    system::install_missing(&[&system::COMPILERS])?;
    build::engine_and(&["cli"])?;
    wanted.iter().try_for_each(|id| pull(id))
}

/// Downloads a model unless it is there, with a data folder of its own: whoever runs tests keeps theirs.
pub fn pull(id: &str) -> Result<(), Failure> {
    let mut command = Command::new(place::program("deskhand-cli")?);
    command
        .arg("--data-dir")
        .arg(place::cache()?.join("set-up"));
    shell::run(command.args(["model", "pull", id]))
}
