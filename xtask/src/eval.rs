//! `cargo xtask eval`: builds the judge and what it judges, and lets it speak.

use std::process::Command;

use crate::failure::Failure;
use crate::{build, models, place, shell, system};

/// `cargo xtask eval NAME [ARG]...`: everything goes to the `eval` program.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    if arguments.is_empty() {
        return Err(Failure::usage("which evaluation?"));
    }
    system::install_missing(&[&system::COMPILERS, &system::CHESS_ENGINE, &system::SANDBOX])?;
    build::engine_and(&["cli", "eval"])?;
    models::pull(models::DEFAULT)?;
    shell::become_it(
        Command::new(place::program("eval")?)
            .args(arguments)
            .current_dir(place::root()?),
    )
}
