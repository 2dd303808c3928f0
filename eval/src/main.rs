//! `eval`: measures the assistants on questions that nobody here wrote, and prints figures.
//!
//! It is the judge, not a part of the product: it drives `deskhand-cli` from outside, exactly as a script
//! of a user's would, and shares no code with the crates it measures. So a mistake in their notion
//! of "right" cannot hide in the score.

mod failure;
mod page;
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
    /// Briefs of pages: are facts, sections and language kept, and is the page sound in a browser?
    Page(page::Options),
}

fn main() -> ExitCode {
    let mut out = io::stdout().lock();
    let measured = match Arguments::parse().what {
        What::Sql(options) => sql::measure(&options, &mut out),
        What::Page(options) => page::measure(&options, &mut out),
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
