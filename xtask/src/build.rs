//! How cargo is called.
//!
//! Cargo compiles a dependency once for every set of features that the chosen packages ask of it.
//! So what is chosen is chosen the same way everywhere: **the engine always alone**, because
//! otherwise llama.cpp (minutes of C++) would be compiled again for each combination, and in tests
//! **the rest always together** with its test dependencies ([`EVERYTHING_ELSE`]).

use std::process::Command;

use crate::failure::Failure;
use crate::{place, shell};

/// The package around llama.cpp.
pub const ENGINE: [&str; 2] = ["--package", "engine"];
/// Every other package; the feature makes the end-to-end tests part of it.
pub const EVERYTHING_ELSE: [&str; 5] = [
    "--workspace",
    "--exclude",
    "engine",
    "--features",
    "e2e/drive",
];

/// `cargo`, at the root of the repository.
pub fn cargo(arguments: &[&str]) -> Result<Command, Failure> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(place::root()?);
    Ok(cargo)
}

/// Builds the engine and some packages that use it.
pub fn engine_and(packages: &[&str]) -> Result<(), Failure> {
    shell::run(&mut cargo(&[&["build"], ENGINE.as_slice()].concat())?)?;
    let chosen: Vec<&str> = packages
        .iter()
        .flat_map(|name| ["--package", *name])
        .collect();
    shell::run(&mut cargo(&[&["build"], chosen.as_slice()].concat())?)
}

/// Builds what answers in a terminal.
pub fn command_line() -> Result<(), Failure> {
    engine_and(&["cli"])
}
