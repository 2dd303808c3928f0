//! The file of a preset, format version 1. `docs/presets.md` describes it for people.
//!
//! A file is TOML; what it holds is a [`PresetFile`], which the window edits as it is. Fields are
//! only ever added, with a default, so that a file of today still loads tomorrow; what an older
//! Deskhand could not carry out raises [`VERSION`], and is refused there in so many words.

mod place;
mod rules;

use assistant::description::{Category, Example, Field, Localized};
use assistant::{Description, artifact::ArtifactKind, artifact::TextFormat};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::PresetError;

/// Newest version of the format.
pub const VERSION: u32 = 1;

/// Most bytes of a file.
pub const MOST_BYTES: usize = 256 * 1024;

/// A preset as its file holds it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PresetFile {
    /// Version of the format.
    pub version: u32,
    /// Stable name, such as `summarise`.
    pub id: String,
    /// Which part of the gallery it stands in.
    #[serde(default = "own")]
    pub category: Category,
    /// Name of its icon.
    #[serde(default = "icon")]
    pub icon: String,
    /// Its own hue in degrees of OKLCH.
    #[serde(default)]
    pub hue: u16,
    /// How often a draft that failed its checks goes back to the model.
    #[serde(default = "repair_limit")]
    pub repair_limit: u32,
    /// Name that people read.
    pub title: Localized,
    /// One or two sentences: what it does for you.
    pub description: Localized,
    /// Words on its primary button.
    pub button: Localized,
    /// What the model is told.
    pub prompt: PromptPart,
    /// How the model is asked.
    #[serde(default)]
    pub engine: Engine,
    /// What comes of its answer.
    #[serde(default)]
    pub output: Output,
    /// What it asks for, in the order of the form.
    pub inputs: Vec<Field>,
    /// Worked examples that the model is shown.
    #[serde(default)]
    pub shots: Vec<Shot>,
    /// Examples that fill the form with one click.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// What the model is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct PromptPart {
    /// Standing instructions; nothing leaves the model its own.
    #[serde(default)]
    pub system: String,
    /// What is said for one run: a template over the names of the inputs and `language`.
    pub template: String,
}

/// One worked example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Shot {
    /// Values by input.
    pub input: BTreeMap<String, String>,
    /// What the model is to answer.
    pub output: String,
}

/// How the model is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Model that answers unless the person chose another.
    #[serde(default)]
    pub model: Option<String>,
    /// Softmax temperature; 0 takes the likeliest token every time.
    #[serde(default)]
    pub temperature: f32,
    /// Nucleus; 1 keeps all.
    #[serde(default = "top_p")]
    pub top_p: f32,
    /// Most tokens of an answer.
    #[serde(default = "max_tokens")]
    pub max_tokens: u32,
    /// The answer ends before the first of these texts.
    #[serde(default)]
    pub stop: Vec<String>,
    /// Stands before what is said for a run, and before every example's input.
    #[serde(default)]
    pub prefix: String,
    /// Stands behind it.
    #[serde(default)]
    pub suffix: String,
    /// What every answer begins with.
    #[serde(default)]
    pub opening: String,
    /// What every example's output ends with.
    #[serde(default)]
    pub closing: String,
    /// Whether earlier turns are told.
    #[serde(default)]
    pub talk: Talk,
    /// How many answers are compared, the likeliest and others; 1 takes the likeliest as it is.
    #[serde(default = "one")]
    pub candidates: u32,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            model: None,
            temperature: 0.0,
            top_p: top_p(),
            max_tokens: max_tokens(),
            stop: vec![],
            prefix: String::new(),
            suffix: String::new(),
            opening: String::new(),
            closing: String::new(),
            talk: Talk::Stateless,
            candidates: one(),
        }
    }
}

/// Whether earlier turns are told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Talk {
    /// The examples and this input, nothing else.
    #[default]
    Stateless,
    /// The turns of the input `history` as well.
    Conversation,
}

/// What comes of the model's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// What it becomes.
    #[serde(default = "text")]
    pub artifact: ArtifactKind,
    /// For code: the language, as editors call it, or the name of an input in `{}` that says it.
    #[serde(default)]
    pub language: String,
    /// For texts: how it is shown.
    #[serde(default)]
    pub format: TextFormat,
    /// Which part of the answer it is.
    #[serde(default)]
    pub extract: Extract,
    /// What it must look like while it is being written.
    #[serde(default)]
    pub constraint: ConstraintPart,
    /// Checks by name, some with an argument behind a colon.
    #[serde(default)]
    pub checks: Vec<String>,
}

impl Default for Output {
    fn default() -> Self {
        Self {
            artifact: text(),
            language: String::new(),
            format: TextFormat::Plain,
            extract: Extract::Whole,
            constraint: ConstraintPart::default(),
            checks: vec![],
        }
    }
}

/// Which part of an answer counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Extract {
    /// All of it.
    #[default]
    Whole,
    /// What the first fenced block holds.
    Fence,
    /// The first JSON value.
    Json,
}

/// What an answer must look like while it is being written; at most one of these is filled.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ConstraintPart {
    /// A JSON Schema, as JSON.
    #[serde(default)]
    pub json_schema: String,
    /// A grammar in llguidance's dialect of Lark.
    #[serde(default)]
    pub lark: String,
    /// A regular expression for the whole answer.
    #[serde(default)]
    pub regex: String,
    /// One of these texts.
    #[serde(default)]
    pub choices: Vec<String>,
}

fn own() -> Category {
    Category::Own
}

fn icon() -> String {
    "sparkles".to_owned()
}

fn repair_limit() -> u32 {
    2
}

fn top_p() -> f32 {
    0.95
}

fn max_tokens() -> u32 {
    400
}

fn one() -> u32 {
    1
}

fn text() -> ArtifactKind {
    ArtifactKind::Text
}

impl PresetFile {
    /// Reads a file and holds it against every rule of the format.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn read(text: &str) -> Result<Self, PresetError> {
        if text.len() > MOST_BYTES {
            return Err(PresetError::TooLarge {
                bytes: text.len(),
                limit: MOST_BYTES,
            });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        place::known_version(text)?;
        let file: Self = toml::from_str(text).map_err(|error| place::wrong(text, &error))?;
        match rules::first_problem(&file) {
            None => Ok(file),
            Some(problem) => Err(PresetError::Wrong {
                line: place::line_of(text, &problem.path),
                reason: problem.reason,
            }),
        }
    }

    /// The same as text. What was written is read again, so that nothing is kept that could not be
    /// opened later.
    ///
    /// # Errors
    /// What [`PresetFile::read`] finds in it.
    pub fn write(&self) -> Result<String, PresetError> {
        let text = toml::to_string_pretty(self).map_err(|error| PresetError::Wrong {
            line: 1,
            reason: error.to_string(),
        })?;
        Self::read(&text)?;
        Ok(text)
    }

    /// What the gallery, the form and the command line need to know.
    #[must_use]
    pub fn description(&self) -> Description {
        Description {
            id: self.id.clone(),
            category: self.category,
            title: self.title.clone(),
            description: self.description.clone(),
            icon: self.icon.clone(),
            hue: self.hue,
            button: self.button.clone(),
            artifact: self.output.artifact,
            repair_limit: self.repair_limit,
            inputs: self.inputs.clone(),
            examples: self.examples.clone(),
        }
    }

    /// The first input that a run needs, or the first of all: what examples of one text are about.
    #[must_use]
    pub fn main_input(&self) -> Option<&Field> {
        let needed = self.inputs.iter().find(|field| field.required);
        needed.or_else(|| self.inputs.first())
    }
}

#[cfg(test)]
#[path = "file/tests.rs"]
pub(crate) mod tests;
