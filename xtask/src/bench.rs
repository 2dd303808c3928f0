//! `cargo xtask bench`: builds what is measured and what measures, and lets it speak.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::{build, models, place, shell, system};

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

/// `--history`: a history of a million runs, measured while it is used.
fn desk(arguments: &[String]) -> Result<(), Failure> {
    let Some(at) = arguments
        .iter()
        .position(|argument| argument == "--history")
    else {
        return Err(Failure::usage(
            "which part of the desk? There is: --history",
        ));
    };
    let rest = arguments
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at);
    let example = ["build", "--example", "bench_history"];
    shell::run(&mut build::cargo(
        &[&example, build::EVERYTHING_ELSE.as_slice()].concat(),
    )?)?;
    let name = format!("bench_history{}", std::env::consts::EXE_SUFFIX);
    let bench = place::programs()?.join("examples").join(name);
    shell::become_it(Command::new(bench).args(rest.map(|(_, argument)| argument)))
}

/// Statements of a large book against hledger; no model is asked.
fn ledger(arguments: &[String]) -> Result<(), Failure> {
    system::install_missing(&[&system::BOOKKEEPERS])?;
    let example = ["build", "--example", "bench_books"];
    shell::run(&mut build::cargo(
        &[&example, build::EVERYTHING_ELSE.as_slice()].concat(),
    )?)?;
    let name = format!("bench_books{}", std::env::consts::EXE_SUFFIX);
    let bench = place::programs()?.join("examples").join(name);
    shell::become_it(Command::new(bench).args(arguments))
}

/// `--shipped` builds llama.cpp twice more, in folders of their own: with kernels for every processor,
/// as it is shipped, and with all that the compiler knows of this one, to compare prompt speeds.
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
        let (native, shipped) = (build_native()?, build_shipped()?);
        bench
            .arg("--native")
            .arg(native)
            .arg("--shipped")
            .arg(shipped);
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

/// The bench with all that the compiler knows of this processor.
fn build_native() -> Result<PathBuf, Failure> {
    let target = place::cache()?.join("target-native");
    let mut cargo = build::cargo(&["build", "--example", "bench", "--no-default-features"])?;
    cargo
        .args(build::SHIPPED)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-C target-cpu=native");
    shell::run(&mut cargo)?;
    Ok(bench_in(&target.join("debug/examples")))
}

/// The bench with the libraries of an installer.
fn build_shipped() -> Result<PathBuf, Failure> {
    let target = place::cache()?.join("target-shipped");
    let mut cargo = build::cargo(&["build", "--example", "bench"])?;
    cargo.args(build::SHIPPED).env("CARGO_TARGET_DIR", &target);
    shell::run(&mut cargo)?;
    Ok(bench_in(&target.join("debug/examples")))
}

fn bench_in(folder: &Path) -> PathBuf {
    folder.join(format!("bench{}", std::env::consts::EXE_SUFFIX))
}
