//! How cargo is called.
//!
//! Cargo compiles a dependency once for every set of features that the chosen packages ask of it.
//! So what is chosen is chosen the same way everywhere: **the engine always alone**, because
//! otherwise llama.cpp (minutes of C++) would be compiled again for each combination, and in tests
//! **the rest always together** with its test dependencies ([`EVERYTHING_ELSE`]).

use std::process::Command;

use crate::failure::Failure;
use crate::{place, shell, system};

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

/// Libraries and programs, with the features that test dependencies ask of what they share.
///
/// `--examples` is there for its side effect: with it cargo takes the features of test dependencies
/// into account, as it does when tests are built.
pub const AS_TESTS: [&str; 3] = ["--lib", "--bins", "--examples"];

/// `cargo`, at the root of the repository.
pub fn cargo(arguments: &[&str]) -> Result<Command, Failure> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(place::root()?);
    forget_xtask(&mut cargo);
    Ok(cargo)
}

/// Takes away what cargo told this program of its own package. Some build scripts (ring's) are run
/// again whenever these change, and everything above them is then compiled once more.
pub fn forget_xtask(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// Builds the engine and the programs that use it.
///
/// Where the window can be built, everything is, with the features that the tests choose, although
/// one program would do: the selection is then the tests' own and nothing is ever compiled twice.
/// On a machine without a window's libraries (a server), or before the user interface was built
/// (cargo embeds it into the window), only `packages` are.
pub fn engine_and(packages: &[&str]) -> Result<(), Failure> {
    shell::run(&mut cargo(&[&["build"], ENGINE.as_slice()].concat())?)?;
    let has_interface = place::root()?.join("ui/dist/index.html").is_file();
    if has_interface && system::is_installed(&system::WINDOW)? {
        return shell::run(&mut cargo(
            &[&["build"], EVERYTHING_ELSE.as_slice(), &AS_TESTS].concat(),
        )?);
    }
    let chosen: Vec<&str> = packages
        .iter()
        .flat_map(|name| ["--package", *name])
        .collect();
    shell::run(&mut cargo(&[&["build"], chosen.as_slice()].concat())?)
}
