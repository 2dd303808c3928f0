//! The languages by their names.

use crate::{
    Fact, Flaw, commit, compose, dockerfile, git, jq, mermaid, nginx, python, script, settings,
    sql, systemd, web,
};

/// A language that a text can be held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Python 3.
    Python,
    /// Bash and other POSIX shells.
    Bash,
    /// JavaScript, with JSX.
    JavaScript,
    /// TypeScript.
    TypeScript,
    /// JSON.
    Json,
    /// YAML.
    Yaml,
    /// TOML.
    Toml,
    /// Comma-separated values with a line of headings.
    Csv,
    /// HTML.
    Html,
    /// CSS.
    Css,
    /// SQL of no particular database.
    Sql,
    /// What makes an image of a container.
    Dockerfile,
    /// Several containers together.
    Compose,
    /// The settings of nginx.
    Nginx,
    /// A unit of systemd.
    Systemd,
    /// A diagram.
    Mermaid,
    /// A command line of git.
    Git,
    /// A filter of jq.
    Jq,
    /// A message of a commit, in the conventional form.
    Commit,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Self::Python,
        Self::Bash,
        Self::JavaScript,
        Self::TypeScript,
        Self::Json,
        Self::Yaml,
        Self::Toml,
        Self::Csv,
        Self::Html,
        Self::Css,
        Self::Sql,
        Self::Dockerfile,
        Self::Compose,
        Self::Nginx,
        Self::Systemd,
        Self::Mermaid,
        Self::Git,
        Self::Jq,
        Self::Commit,
    ];

    /// Its name, as presets write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::Bash => "bash",
            Self::JavaScript => "javascript",
            Self::TypeScript => "typescript",
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Toml => "toml",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Css => "css",
            Self::Sql => "sql",
            Self::Dockerfile => "dockerfile",
            Self::Compose => "compose",
            Self::Nginx => "nginx",
            Self::Systemd => "systemd",
            Self::Mermaid => "mermaid",
            Self::Git => "git",
            Self::Jq => "jq",
            Self::Commit => "commit",
        }
    }

    /// The language of that name, or of one that people use for it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let usual = match name.as_str() {
            "py" | "python3" => "python",
            "sh" | "shell" | "zsh" => "bash",
            "js" | "jsx" | "node" => "javascript",
            "ts" => "typescript",
            "yml" => "yaml",
            "docker" => "dockerfile",
            "docker-compose" => "compose",
            "service" | "ini" => "systemd",
            name => name,
        };
        Self::ALL.into_iter().find(|known| known.name() == usual)
    }
}

/// Holds a text against a language: what is worth knowing of it, or what is wrong with it.
///
/// # Errors
/// The first thing that is wrong.
pub fn check(language: Language, text: &str) -> Result<Vec<Fact>, Flaw> {
    if text.trim().is_empty() {
        return Err(Flaw::of_all("there is nothing in it"));
    }
    match language {
        Language::Python => python::check(text),
        Language::Bash => script::bash(text),
        Language::JavaScript => script::javascript(text),
        Language::TypeScript => script::typescript(text),
        Language::Json => settings::json(text),
        Language::Yaml => settings::yaml(text),
        Language::Toml => settings::toml(text),
        Language::Csv => settings::csv(text),
        Language::Html => web::html(text),
        Language::Css => web::css(text),
        Language::Sql => sql::check(text),
        Language::Dockerfile => dockerfile::check(text),
        Language::Compose => compose::check(text),
        Language::Nginx => nginx::check(text),
        Language::Systemd => systemd::check(text),
        Language::Mermaid => mermaid::check(text),
        Language::Git => git::check(text),
        Language::Jq => jq::check(text),
        Language::Commit => commit::check(text),
    }
}
