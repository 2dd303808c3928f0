//! `cargo xtask eval`: builds the judge and what it judges, and lets it speak.

use std::process::Command;

use crate::failure::Failure;
use crate::node::Node;
use crate::{build, models, place, shell, system};

/// `cargo xtask eval NAME [ARG]...`: everything goes to the `eval` program.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    let Some(name) = arguments.first() else {
        return Err(Failure::usage("which evaluation?"));
    };
    system::install_missing(&[&system::COMPILERS, &system::CHESS_ENGINE, &system::SANDBOX])?;
    if name == "page" {
        // Pages are looked at with axe-core, which comes with the user interface's packages.
        system::install_browser()?;
        Node::find_or_install()?.install_packages()?;
    }
    build::engine_and(&["cli", "eval"])?;
    models::pull(models::DEFAULT)?;
    shell::become_it(
        Command::new(place::program("eval")?)
            .args(arguments)
            .current_dir(place::root()?),
    )
}
