//! Building what goes into an installer.
//!
//! The engine is built as `cargo xtask bench engine --shipped` builds it, in the same place and with the
//! same profile, in which everything that it spends its time in is optimised fully: so what is shipped is
//! what was measured, and llama.cpp with all its kernels is compiled once for both. Everything else is
//! built with `--release`.

use std::path::PathBuf;

use super::files;
use crate::failure::Failure;
use crate::node::Node;
use crate::{build, place, shell};

/// Whether the command line is the window's program under another name. Both have the whole desk in them,
/// and it is most of what is installed. Elsewhere a program has a window or a console, and links are rare.
pub const ONE_PROGRAM: bool = cfg!(target_os = "linux");
/// What the command line is called.
pub const COMMAND_LINE: &str = "deskhand-cli";

/// What was built.
pub struct Parts {
    /// The folder of the window and the command line.
    pub programs: PathBuf,
    /// The folder of the worker and of its libraries.
    pub engine: PathBuf,
}

/// Where everything that is shipped is built: apart from what a machine builds for itself.
pub fn target() -> Result<PathBuf, Failure> {
    Ok(place::cache()?.join("target-shipped"))
}

/// Builds the user interface, the window, the command line and the worker.
pub fn build() -> Result<Parts, Failure> {
    let programs = release()?;
    let mut worker = build::cargo(&["build", "--bin", "deskhand-engine"])?;
    worker
        .args(build::SHIPPED)
        .env("CARGO_TARGET_DIR", target()?);
    shell::run(&mut worker)?;
    Ok(Parts {
        programs,
        engine: target()?.join("debug"),
    })
}

/// The window and the command line as people get them; gives the folder that they are in.
pub fn release() -> Result<PathBuf, Failure> {
    let node = Node::find_or_install()?;
    node.install_packages()?;
    node.build_ui()?;
    let mut cargo = build::cargo(&["build", "--release", "--package", "deskhand"])?;
    if ONE_PROGRAM {
        cargo.args(["--features", "deskhand/one-program"]);
    } else {
        cargo.args(["--package", "cli"]);
    }
    shell::run(cargo.env("CARGO_TARGET_DIR", target()?))?;
    let programs = target()?.join("release");
    if ONE_PROGRAM {
        let command_line = programs.join(COMMAND_LINE);
        if command_line.symlink_metadata().is_ok() {
            let removed = std::fs::remove_file(&command_line);
            removed.map_err(|error| Failure::file("replace", &command_line, &error))?;
        }
        files::link("deskhand", &command_line)?;
    }
    Ok(programs)
}
