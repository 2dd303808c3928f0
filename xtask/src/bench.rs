//! `cargo xtask bench`: builds what is measured and what measures, and lets it speak.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{build, models, package, place, shell, system, tools};

const MODEL: &str = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf";
const DRAFT: &str = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf";

/// `cargo xtask bench NAME [ARG]...`.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    match arguments.split_first() {
        Some((name, rest)) if name == "engine" => engine(rest),
        Some((name, rest)) if name == "ledger" => ledger(rest),
        Some((name, rest)) if name == "desk" => desk(rest),
        Some((name, _)) => Err(Failure::usage(format!("there is no bench called {name}"))),
        None => Err(Failure::usage(
            "which bench? There are: engine, ledger, desk",
        )),
    }
}

/// The window against a bare one; with `--history`, a history of a million runs while it is used.
fn desk(arguments: &[String]) -> Result<(), Failure> {
    let Some(at) = arguments
        .iter()
        .position(|argument| argument == "--history")
    else {
        return window(arguments);
    };
    let rest = arguments
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at);
    let bench = example("bench_history")?;
    shell::become_it(Command::new(bench).args(rest.map(|(_, argument)| argument)))
}

/// What people install is measured, so it is built as `cargo xtask package` builds it.
fn window(arguments: &[String]) -> Result<(), Failure> {
    system::install_missing(&[&system::COMPILERS, &system::WINDOW, &system::WINDOW_TESTS])?;
    let programs = package::release()?;
    let bare = build_bare()?;
    let bench = example("bench_desk")?;
    let mut xvfb = Command::new("xvfb-run");
    xvfb.args(["--auto-servernum", "--server-args", "-screen 0 1400x900x24"]);
    xvfb.arg(bench).arg("--bare").arg(bare).args(arguments);
    xvfb.env("CARGO_MANIFEST_DIR", place::root()?.join("tests/e2e"));
    xvfb.env("DESKHAND_BIN_DIR", programs);
    xvfb.env("DESKHAND_TAURI_DRIVER", tools::driver()?);
    // Of the service that the bench plays itself.
    xvfb.env("DESKHAND_KEY_BENCH", "none");
    shell::become_it(xvfb.env_remove("WAYLAND_DISPLAY"))
}

/// The window against which ours is held, with the same Tauri: its lock file is ours.
fn build_bare() -> Result<PathBuf, Failure> {
    let folder = place::root()?.join("tests/bare");
    let (lock, copy) = (place::root()?.join("Cargo.lock"), folder.join("Cargo.lock"));
    std::fs::copy(&lock, copy).map_err(|error| Failure::file("copy", &lock, &error))?;
    let target = package::shipped_target()?;
    let mut cargo = build::cargo(&["build", "--release"])?;
    cargo.current_dir(&folder).env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    Ok(target.join(format!("release/bare{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds an example beside everything else.
fn example(name: &str) -> Result<PathBuf, Failure> {
    let what = ["build", "--example", name];
    shell::run(&mut build::cargo(
        &[&what, build::EVERYTHING_ELSE.as_slice()].concat(),
    )?)?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(place::programs()?.join("examples").join(file))
}

/// Statements of a large book against hledger; no model is asked.
fn ledger(arguments: &[String]) -> Result<(), Failure> {
    system::install_missing(&[&system::BOOKKEEPERS])?;
    let bench = example("bench_books")?;
    shell::become_it(Command::new(bench).args(arguments))
}

/// `--shipped` builds llama.cpp once more, in a folder of its own: with kernels for every processor, as it
/// is shipped, to compare how fast prompts are read with what is built for this one.
fn engine(arguments: &[String]) -> Result<(), Failure> {
    let wants_shipped = arguments.iter().any(|argument| argument == "--shipped");
    let rest = arguments.iter().filter(|argument| *argument != "--shipped");
    system::install_missing(&[&system::COMPILERS])?;
    build::engine_and(&["cli"])?;
    shell::run(&mut build::cargo(
        &[&["build", "--example", "bench"], build::engine()?].concat(),
    )?)?;
    models::pull(models::DEFAULT)?;
    models::pull(models::SMALL)?;
    let mut bench = bench(&place::programs()?.join("examples"))?;
    bench.arg("--draft").arg(place::models()?.join(DRAFT));
    bench
        .arg("--choices")
        .arg(place::root()?.join("eval/choose/items.jsonl"));
    if wants_shipped {
        bench.arg("--shipped").arg(build_shipped()?);
    }
    shell::become_it(bench.args(rest))
}

/// The program that measures, told where worker and model are.
fn bench(folder: &Path) -> Result<Command, Failure> {
    let mut bench = Command::new(bench_in(folder));
    bench
        .arg("--engine")
        .arg(place::program("deskhand-engine")?)
        .arg("--model")
        .arg(place::models()?.join(MODEL));
    Ok(bench)
}

/// The bench with the libraries of an installer.
fn build_shipped() -> Result<PathBuf, Failure> {
    let target = package::shipped_target()?;
    let mut cargo = build::cargo(&["build", "--example", "bench"])?;
    cargo.args(build::SHIPPED).env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    Ok(bench_in(&target.join("debug/examples")))
}

fn bench_in(folder: &Path) -> PathBuf {
    folder.join(format!("bench{}", std::env::consts::EXE_SUFFIX))
}
