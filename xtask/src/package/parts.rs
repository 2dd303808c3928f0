//! Building what goes into an installer.
//!
//! The engine is built as `cargo xtask bench engine --shipped` builds it, in the same place and with the
//! same profile, in which everything that it spends its time in is optimised fully: so what is shipped is
//! what was measured, and llama.cpp with all its kernels is compiled once for both. Everything else is
//! built with `--release`.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::node::Node;
use crate::{build, place, shell};

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
    let packages = ["--package", "deskhand", "--package", "cli"];
    let mut cargo = build::cargo(&["build", "--release"])?;
    shell::run(cargo.args(packages).env("CARGO_TARGET_DIR", target()?))?;
    Ok(target()?.join("release"))
}
