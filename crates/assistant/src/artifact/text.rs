//! Words, and the small things that are words with a form: a text, a program, a command, an
//! equation, a style sheet.

use serde::{Deserialize, Serialize};

/// A text for people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct TextResult {
    /// The text.
    pub text: String,
    /// How it is to be shown.
    #[serde(default)]
    pub format: TextFormat,
    /// The same as rows and columns, where it is a table; the first row names the columns.
    #[serde(default)]
    pub table: Vec<Vec<String>>,
    /// What code found out about it, such as the next times of a cron line: a name and a value each.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// How a text is to be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum TextFormat {
    /// As it is, with its line breaks.
    #[default]
    Plain,
    /// Markdown.
    Markdown,
    /// A diagram in Mermaid's language.
    Mermaid,
    /// Colours, one to a line: `#rrggbb` and a name.
    Palette,
}

/// Something that code found out about what the model wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Finding {
    /// What.
    pub name: String,
    /// How much, when, which.
    pub value: String,
}

/// A program or a file of settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CodeResult {
    /// Language, by the name that editors use, such as `python`.
    pub language: String,
    /// The program, or the first of its files.
    pub code: String,
    /// All files, where there are several.
    #[serde(default)]
    pub files: Vec<CodeFile>,
    /// What it does and what to know, in a few sentences.
    #[serde(default)]
    pub explanation: Option<String>,
    /// What code found out about it.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// One file of a program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CodeFile {
    /// Path within the program's folder.
    pub name: String,
    /// Language, by the name that editors use.
    pub language: String,
    /// What is in it.
    pub text: String,
}

/// A command for a shell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CommandResult {
    /// `bash`, `zsh`, `powershell` or `cmd`.
    pub shell: String,
    /// The command.
    pub command: String,
    /// What could come of it, by rules and not by the model.
    pub risk: Risk,
    /// Its parts from left to right, each with what it does.
    pub parts: Vec<CommandPart>,
    /// Why it is risky, one sentence a reason, in the person's language.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Files and folders that it names.
    #[serde(default)]
    pub touches: Vec<String>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// What could come of a command.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type,
)]
#[serde(rename_all = "kebab-case")]
pub enum Risk {
    /// It only looks.
    Reads,
    /// It makes or changes something.
    Changes,
    /// It deletes or overwrites, sends out, needs an administrator, or runs what came from the network.
    Dangerous,
}

/// A part of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CommandPart {
    /// As it stands in the command.
    pub text: String,
    /// What it does; empty where nobody knows.
    pub explanation: String,
}

/// An equation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct EquationResult {
    /// In LaTeX, without the dollar signs.
    pub latex: String,
    /// In presentation MathML.
    pub mathml: String,
    /// Drawn.
    pub svg: String,
    /// In Office Math, which pastes into Word as an equation; empty where it cannot be said in it.
    #[serde(default)]
    pub omml: String,
    /// As it is read aloud, in the person's language.
    #[serde(default)]
    pub spoken: String,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// The look of a component.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CssResult {
    /// The style sheet.
    pub css: String,
    /// What it is tried on: HTML without any script.
    #[serde(default)]
    pub sample_html: String,
    /// Other looks for the same description.
    #[serde(default)]
    pub variants: Vec<String>,
    /// Which browsers understand it, in a sentence.
    #[serde(default)]
    pub support: Option<String>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}
