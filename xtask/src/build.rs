//! How cargo is called.
//!
//! Cargo compiles a dependency once for every set of features that the chosen packages ask of it.
//! So what is chosen is chosen the same way everywhere: **the engine always alone**, because
//! otherwise llama.cpp (minutes of C++) would be compiled again for each combination, and in tests
//! **the rest always together** with its test dependencies ([`EVERYTHING_ELSE`]).
//!
//! llama.cpp is compiled for this machine's processor ([`processor`]), as for anything that is built
//! where it runs. What is built to be taken elsewhere ([`SHIPPED`]) has kernels for all of them.

use std::process::Command;

use crate::failure::Failure;
use crate::{place, processor, shell, system};

/// The package around llama.cpp, as it is shipped.
pub const SHIPPED: [&str; 2] = ["--package", "engine"];
/// The same with kernels for one processor only.
const ENGINE_HERE: [&str; 3] = ["--package", "engine", "--no-default-features"];
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

/// The package around llama.cpp, built for this machine where its processor is known.
pub fn engine() -> Result<&'static [&'static str], Failure> {
    let options = processor::options();
    if options.is_empty() {
        return Ok(&SHIPPED);
    }
    forget_other_processors(&options)?;
    Ok(&ENGINE_HERE)
}

/// Takes away what was compiled with other options: a cache may come from another machine. llama.cpp's
/// build script does not configure a second time, so it would keep them whatever it is told.
fn forget_other_processors(options: &[(&str, &str)]) -> Result<(), Failure> {
    let lines: Vec<String> = options
        .iter()
        .map(|(option, value)| format!("{option}={value}\n"))
        .collect();
    let now = lines.concat();
    let stamp = place::programs()?.join("processor.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    let what = ["clean", "--quiet", "--package", "llama-cpp-sys-2"];
    shell::run(&mut cargo(&what)?)?;
    std::fs::write(&stamp, now).map_err(|error| {
        Failure::sentence(format!("{} cannot be written: {error}", stamp.display()))
    })
}

/// `cargo`, at the root of the repository.
pub fn cargo(arguments: &[&str]) -> Result<Command, Failure> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(arguments).current_dir(place::root()?);
    cargo.envs(processor::options());
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
    shell::run(&mut cargo(&[&["build"], engine()?].concat())?)?;
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
