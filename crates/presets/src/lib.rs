//! Every assistant that is pure data: a preset is a file, and this crate carries it out.
//!
//! - [`mod@file`] is the format of the file: reading it, refusing a wrong one with line and reason,
//!   writing it.
//! - [`Preset`] is such a file as an [`assistant::Assistant`]: template in, prompt with worked examples out,
//!   the answer taken out of the model's words, looked at by the checks that the file names,
//!   repaired, and turned into an artifact.
//! - [`checks`] is the list of what can be named in a file: one function each, no model in any.
//!
//! What this crate is not: it keeps nothing (where a person's own presets lie is the desk's
//! business), it runs nothing that a model wrote, and it knows no window.

mod artifact;
pub mod checks;
pub mod classic;
mod error;
pub mod examples;
mod extract;
pub mod file;
mod formula;
mod history;
mod latex;
mod preset;
mod prompt;
mod shell;
mod task;
mod template;
pub mod tongue;

pub use error::PresetError;
pub use file::PresetFile;
pub use preset::{Preset, built_in};

/// The files of `assets/presets` that are presets: name and text of each, in the order of names.
pub(crate) const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
