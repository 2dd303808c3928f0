//! `cargo xtask`: the project's own errands — start it, show it, test it, measure it.
//!
//! It is the only thing a fresh machine needs beside a Rust toolchain: it brings the system
//! libraries, Node and the models itself, says before it installs anything, and does nothing twice.
//! It is no build system: cargo, npm and `deskhand-cli` do the work and show their own progress.
//!
//! No dependencies, on purpose: this is the first thing that is compiled on a fresh machine.

mod bench;
mod bindings;
mod build;
mod eval;
mod failure;
mod gallery;
mod models;
mod node;
mod package;
mod place;
mod processor;
mod run;
mod shell;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

use failure::Failure;

const USAGE: &str = "\
usage: cargo xtask <command>

  run [ARG]...             set up what is missing, build, and open the window; ARGs go to the window.
                           Without a display it does the same as demo
  demo [QUESTION]...       ask the sample database in the terminal
  models [--small]         download the models; --small: only the one that tests use
  test [--fast] [--only STEP]
                           everything that must hold; --fast leaves out docs and end-to-end
  bindings                 write the window's types anew from the Rust ones
  eval NAME [ARG]...       measure an assistant, such as `eval sql --limit 20`
  bench engine [--shipped] measure the engine's speed against llama.cpp without it; --shipped: and
                           how fast what is shipped, with kernels for every processor, reads a prompt
                           against one with the compiler's own choice for this one. Both take minutes
                           to build
  bench ledger [--json] [--limit N]
                           measure the statements of a large book against hledger
  bench desk [--json] [--limit N]
                           measure the window as people install it against a bare one, N times each
  bench desk --history [--json] [--limit N]
                           measure a history of a million runs, or of N
  package [--deb | --appimage] [--test]
                           make what people install, in artifacts/packages; --test: try it on a clean
                           system, which needs root and some minutes

  gallery                  make the pictures of every view in docs/gallery/desk anew

steps of test: ";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(sentence)) => {
            eprintln!("xtask: {sentence}\n\n{USAGE}{}", test::names());
            ExitCode::from(2)
        }
        Err(Failure::Status(status)) => ExitCode::from(status),
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<(), Failure> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(Failure::usage("which errand?"));
    };
    match command.as_str() {
        "run" => run::window(rest),
        "demo" => run::demo(rest),
        "models" => models::errand(rest),
        "test" => test::errand(rest),
        "bindings" => bindings::errand(),
        "eval" => eval::errand(rest),
        "bench" => bench::errand(rest),
        "gallery" => gallery::errand(rest),
        "package" => package::errand(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}{}", test::names());
            Ok(())
        }
        unknown => Err(Failure::usage(format!("no errand is called {unknown}"))),
    }
}
