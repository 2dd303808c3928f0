//! The steps of `cargo xtask test`, in order: set up first, then what is quick to fail.

use std::process::Command;

use super::house;
use crate::build::{self, AS_TESTS, EVERYTHING_ELSE};
use crate::failure::Failure;
use crate::node::Node;
use crate::{models, place, shell, system, tools};

/// One thing that must hold.
pub struct Step {
    /// What `--only` calls it.
    pub name: &'static str,
    /// Whether `--fast` leaves it out.
    pub is_slow: bool,
    /// The test.
    pub work: fn() -> Result<(), Failure>,
}

/// All steps, in order.
pub static STEPS: [Step; 9] = [
    Step {
        name: "set-up",
        is_slow: false,
        work: set_up,
    },
    Step {
        name: "format",
        is_slow: false,
        work: format,
    },
    Step {
        name: "clippy",
        is_slow: false,
        work: clippy,
    },
    Step {
        name: "no-tauri",
        is_slow: false,
        work: house::crates_do_not_know_the_window,
    },
    Step {
        name: "ui",
        is_slow: false,
        work: ui,
    },
    Step {
        name: "build",
        is_slow: false,
        work: build_everything,
    },
    Step {
        name: "rust",
        is_slow: false,
        work: rust,
    },
    Step {
        name: "docs",
        is_slow: true,
        work: docs,
    },
    Step {
        name: "end-to-end",
        is_slow: true,
        work: end_to_end,
    },
];

/// The user interface is built here and not with the rest: cargo embeds it into the window.
pub fn set_up() -> Result<(), Failure> {
    let mut groups = vec![
        &system::COMPILERS,
        &system::WINDOW,
        &system::WINDOW_TESTS,
        &system::DATABASE_SERVERS,
        &system::CHESS_ENGINE,
        &system::BOOKKEEPERS,
    ];
    if !shell::is_there("soffice") {
        groups.push(&system::OFFICE);
    }
    system::install_missing(&groups)?;
    system::install_browser()?;
    let node = Node::find_or_install()?;
    node.install_packages()?;
    node.build_ui()?;
    tools::driver().map(drop)
}

fn format() -> Result<(), Failure> {
    shell::run(&mut build::cargo(&["fmt", "--all", "--check"])?)
}

fn clippy() -> Result<(), Failure> {
    let rules = ["--all-targets", "--", "--deny", "warnings"];
    engine_and_the_rest(&["clippy"], &rules)
}

fn ui() -> Result<(), Failure> {
    let node = Node::find_or_install()?;
    node.npm(&["run", "check"])?;
    node.npm(&["run", "lint"])?;
    node.npm(&["test"])
}

pub fn build_everything() -> Result<(), Failure> {
    engine_and_the_rest(&["build"], &["--all-targets"])?;
    models::pull(models::SMALL)
}

/// That the generated types are current is among these tests.
fn rust() -> Result<(), Failure> {
    shell::run(&mut cargo_tests(build::engine()?)?)?;
    // Without the feature, the end-to-end tests are not among them.
    shell::run(&mut cargo_tests(&EVERYTHING_ELSE[..3])?)
}

/// Private items are documented too: this is a program, and its readers are those who work on it.
fn docs() -> Result<(), Failure> {
    let what = ["doc", "--no-deps", "--document-private-items"];
    let mut cargo = build::cargo(&[&what, AS_TESTS.as_slice(), &EVERYTHING_ELSE].concat())?;
    let rules = "--deny warnings --allow rustdoc::private_intra_doc_links";
    shell::run(cargo.env("RUSTDOCFLAGS", rules))
}

/// The command line, its worst days, and the window on a screen that nobody sees.
fn end_to_end() -> Result<(), Failure> {
    on_a_screen("e2e_*", &["--test-threads=1"])
}

/// Runs end-to-end programs on a screen that nobody sees.
pub fn on_a_screen(programs: &str, arguments: &[&str]) -> Result<(), Failure> {
    let mut xvfb = Command::new("xvfb-run");
    xvfb.args(["--auto-servernum", "--server-args", "-screen 0 1400x900x24"]);
    xvfb.arg(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    xvfb.arg("test").args(EVERYTHING_ELSE);
    xvfb.args(["--test", programs, "--no-fail-fast", "--"]);
    xvfb.args(arguments);
    xvfb.env("DESKHAND_BIN_DIR", place::programs()?);
    xvfb.env("DESKHAND_TAURI_DRIVER", tools::driver()?);
    build::forget_xtask(&mut xvfb);
    shell::run(
        xvfb.env_remove("WAYLAND_DISPLAY")
            .current_dir(place::root()?),
    )
}

fn engine_and_the_rest(command: &[&str], flags: &[&str]) -> Result<(), Failure> {
    shell::run(&mut build::cargo(
        &[command, build::engine()?, flags].concat(),
    )?)?;
    shell::run(&mut build::cargo(
        &[command, &EVERYTHING_ELSE, flags].concat(),
    )?)
}

fn cargo_tests(packages: &[&str]) -> Result<Command, Failure> {
    build::cargo(&[&["test", "--no-fail-fast"], packages].concat())
}
