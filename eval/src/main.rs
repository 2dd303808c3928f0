//! `eval`: measures the assistants on questions that nobody here wrote, and prints figures.
//!
//! It is the judge, not a part of the product: it drives `deskhand-cli` from outside, exactly as a script
//! of a user's would, and shares no code with the crates it measures. So a mistake in their notion
//! of "right" cannot hide in the score.

mod chess;
mod failure;
mod ledger;
mod ml_code;
mod page;
mod presets;
mod sql;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measure the assistants with the material in the eval folder.
#[derive(Parser)]
#[command(name = "eval", version)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Questions over databases: does our query give the same rows as the reference?
    Sql(sql::Options),
    /// Happenings told in words: do they become the right entries?
    Ledger(ledger::Options),
    /// Briefs of pages: are facts, sections and language kept, and is the page sound in a browser?
    Page(page::Options),
    /// Positions of chess: is the move right, and is everything that is said of it true?
    Chess(chess::Options),
    /// Presets: do answers pass their checks, and are they what was expected?
    Presets(presets::Options),
    /// Programs that train models: do they import, build and take a training step?
    MlCode(ml_code::Options),
}

fn main() -> ExitCode {
    let out = &mut io::stdout().lock();
    let measured = match Arguments::parse().what {
        What::Sql(options) => sql::measure(&options, out),
        What::Ledger(options) => ledger::measure(&options, out),
        What::Page(options) => page::measure(&options, out),
        What::Chess(options) => chess::measure(&options, out),
        What::Presets(options) => presets::measure(&options, out),
        What::MlCode(options) => ml_code::measure(&options, out),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing to do if even standard error is closed.
            let _ = writeln!(io::stderr(), "eval: {failure}");
            ExitCode::from(failure.exit_status())
        }
    }
}

/// The `deskhand-cli` that cargo built beside this program.
fn beside_this_program() -> Result<std::path::PathBuf, failure::Failure> {
    let this = std::env::current_exe().map_err(failure::Failure::file("eval"))?;
    Ok(this.with_file_name(format!("deskhand-cli{}", std::env::consts::EXE_SUFFIX)))
}
