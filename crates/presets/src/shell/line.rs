//! A command as words and operators, whatever the shell, and as the simple commands in it.

use super::{posix, windows};

/// A shell.
#[expect(clippy::enum_variant_names, reason = "PowerShell is what it is called")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shell {
    Bash,
    Zsh,
    PowerShell,
    Cmd,
}

impl Shell {
    /// The one of that name; bash where none is named.
    pub fn from_name(name: &str) -> Self {
        match name {
            "zsh" => Self::Zsh,
            "powershell" => Self::PowerShell,
            "cmd" => Self::Cmd,
            _ => Self::Bash,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::PowerShell => "powershell",
            Self::Cmd => "cmd",
        }
    }

    pub fn is_posix(self) -> bool {
        matches!(self, Self::Bash | Self::Zsh)
    }
}

/// A word or an operator, as it stands in the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lexeme {
    Word(String),
    Operator(String),
}

impl Lexeme {
    pub fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Operator(text) => text,
        }
    }
}

/// Words and operators.
///
/// # Errors
/// Why it is no command of that shell, as a clause.
pub(super) fn lexemes(shell: Shell, command: &str) -> Result<Vec<Lexeme>, String> {
    if command.trim().is_empty() {
        return Err("there is no command".to_owned());
    }
    match shell.is_posix() {
        true => posix::lexemes(command),
        false => windows::lexemes(shell, command),
    }
}

/// One tool with its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Simple {
    /// The tool and what it is told.
    pub words: Vec<String>,
    /// Operators that send its input and output elsewhere, with their targets.
    pub redirects: Vec<(String, String)>,
    /// Whether it reads what the one before it writes.
    pub is_piped: bool,
}

/// Words after which another command begins.
const OPENERS: &[&str] = &[
    "do", "then", "else", "elif", "if", "while", "until", "!", "{", "}", "time", "done", "fi",
    "esac",
];

/// The tools that are called, in order.
pub(super) fn commands(lexemes: &[Lexeme]) -> Vec<Simple> {
    let mut commands = Vec::new();
    let mut now = Simple::default();
    let mut rest = lexemes.iter();
    while let Some(lexeme) = rest.next() {
        match lexeme {
            Lexeme::Word(word) if now.words.is_empty() && OPENERS.contains(&word.as_str()) => {}
            Lexeme::Word(word) if now.words.is_empty() && is_assignment(word) => {}
            Lexeme::Word(word) => now.words.push(word.clone()),
            Lexeme::Operator(operator) if is_redirect(operator) => {
                let target = rest.next().map(Lexeme::text).unwrap_or_default();
                now.redirects.push((operator.clone(), target.to_owned()));
            }
            Lexeme::Operator(operator) => {
                let is_piped = matches!(operator.as_str(), "|" | "|&");
                let next = Simple {
                    is_piped,
                    ..Simple::default()
                };
                let done = std::mem::replace(&mut now, next);
                commands.push(done);
            }
        }
    }
    commands.push(now);
    commands.retain(|one| !one.words.is_empty() || !one.redirects.is_empty());
    commands
}

/// `NAME=value` in front of a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name
                .chars()
                .all(|one| one.is_ascii_alphanumeric() || one == '_')
    })
}

/// Whether an operator sends input or output elsewhere.
pub(super) fn is_redirect(operator: &str) -> bool {
    operator.contains(['<', '>']) && !operator.starts_with("<(") && !operator.starts_with(">(")
}

/// A word without the quotation marks around it.
pub(super) fn unquoted(word: &str) -> &str {
    for mark in ['"', '\''] {
        if let Some(inner) = word
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
        {
            return inner;
        }
    }
    word
}

/// The same for commands that differ only in how options are bundled and words are quoted.
pub(super) fn key(lexemes: &[Lexeme]) -> String {
    let words = lexemes.iter().map(|lexeme| unquoted(lexeme.text()));
    words.collect::<Vec<_>>().join(" ")
}
