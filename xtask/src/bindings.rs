//! `cargo xtask bindings`: writes the window's types and commands anew from the Rust ones.
//!
//! The test that compares them is also what writes them, so the two cannot differ.

use crate::build::{self, EVERYTHING_ELSE};
use crate::failure::Failure;
use crate::shell;

/// `cargo xtask bindings`.
pub fn errand() -> Result<(), Failure> {
    let test = ["--lib", "--", "the_generated_types_are_current"];
    let mut cargo = build::cargo(&[["test"].as_slice(), &EVERYTHING_ELSE, &test].concat())?;
    shell::run(cargo.env("DESKHAND_WRITE_BINDINGS", "1"))
}
