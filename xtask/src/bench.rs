//! `cargo xtask bench`: builds what is measured and what measures, and lets it speak.

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
        Some((name, _)) => Err(Failure::usage(format!("there is no bench called {name}"))),
        None => Err(Failure::usage("which bench? There are: engine, ledger")),
    }
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

/// `--native` builds llama.cpp once more, for this processor alone, to compare prompt speeds. It
/// takes minutes and a folder of its own.
fn engine(arguments: &[String]) -> Result<(), Failure> {
    let wants_native = arguments.iter().any(|argument| argument == "--native");
    let rest = arguments.iter().filter(|argument| *argument != "--native");
    system::install_missing(&[&system::COMPILERS])?;
    build::engine_and(&["cli"])?;
    shell::run(&mut build::cargo(
        &[&["build", "--example", "bench"], build::ENGINE.as_slice()].concat(),
    )?)?;
    models::pull(models::DEFAULT)?;
    models::pull(models::SMALL)?;
    let mut bench = bench(&place::programs()?.join("examples"))?;
    bench.arg("--draft").arg(place::models()?.join(DRAFT));
    bench
        .arg("--choices")
        .arg(place::root()?.join("eval/choose/items.jsonl"));
    if wants_native {
        bench.args(["--native", &native_speed()?]);
    }
    shell::become_it(bench.args(rest))
}

/// The program that measures, told where worker and model are.
fn bench(folder: &std::path::Path) -> Result<Command, Failure> {
    let name = format!("bench{}", std::env::consts::EXE_SUFFIX);
    let mut bench = Command::new(folder.join(name));
    bench
        .arg("--engine")
        .arg(place::program("deskhand-engine")?)
        .arg("--model")
        .arg(place::models()?.join(MODEL));
    Ok(bench)
}

/// Tokens a second at which a build for this processor reads a prompt.
fn native_speed() -> Result<String, Failure> {
    let target = place::cache()?.join("target-native");
    let mut cargo = build::cargo(&["build", "--example", "bench", "--no-default-features"])?;
    cargo
        .args(build::ENGINE)
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", "-C target-cpu=native");
    shell::run(&mut cargo)?;
    let captured = shell::capture(bench(&target.join("debug/examples"))?.arg("--prompt-speed"))?;
    match captured.success {
        true => Ok(captured.stdout.trim().to_owned()),
        false => Err(Failure::sentence(captured.stderr)),
    }
}
