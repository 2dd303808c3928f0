//! Whether a text is what it claims to be: a parser for each of the formal languages that the
//! assistants of the gallery write, and what can be read off the text beside.
//!
//! Every parser here takes a text and gives [`Fact`]s or a [`Flaw`] with its place. None of them
//! runs what it reads, opens a file or reaches a network; [`jq`] computes on what it
//! is given, within limits. This crate knows neither assistants nor models, so that a check is the
//! same in a preset, in an evaluation and in a test.

pub mod commit;
pub mod compose;
pub mod dockerfile;
mod flaw;
pub mod git;
pub mod jq;
mod language;
pub mod mermaid;
pub mod nginx;
pub mod python;
pub mod script;
pub mod settings;
pub mod sql;
pub mod systemd;
mod tree;
pub mod web;

pub use flaw::{Fact, Flaw};
pub use language::{Language, check};
pub use tree_sitter;
