//! Commands of PowerShell and of cmd: words, operators, and whether quotes and brackets close.
//!
//! It is no full parser of either; what it refuses is surely wrong, what it takes may still be.

use super::line::{Lexeme, Shell};

/// Operators, the longest first.
const OPERATORS: &[&str] = &[
    "2>&1", "&&", "||", "2>>", "2>", ">>", ">", "<", "|", ";", "&",
];

/// Words and operators.
///
/// # Errors
/// Why it is no command, as a clause.
pub(super) fn lexemes(shell: Shell, command: &str) -> Result<Vec<Lexeme>, String> {
    let mut lexemes = Vec::new();
    let mut word = String::new();
    let mut open: Vec<char> = Vec::new();
    let mut rest = command;
    while let Some(letter) = rest.chars().next() {
        let is_outside = open.is_empty();
        if is_outside && let Some(operator) = operator(shell, rest, &word) {
            finish(&mut word, &mut lexemes);
            lexemes.push(Lexeme::Operator(operator.to_owned()));
            rest = &rest[operator.len()..];
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        if is_outside && letter == '\n' {
            finish(&mut word, &mut lexemes);
            lexemes.push(Lexeme::Operator(";".to_owned()));
            continue;
        }
        if is_outside && letter.is_whitespace() {
            finish(&mut word, &mut lexemes);
            continue;
        }
        nest(shell, letter, &mut open)?;
        word.push(letter);
    }
    match open.last() {
        Some(open) => Err(format!("{open} is never closed")),
        None => {
            finish(&mut word, &mut lexemes);
            Ok(lexemes)
        }
    }
}

fn operator(shell: Shell, rest: &str, word: &str) -> Option<&'static str> {
    let operator = OPERATORS
        .iter()
        .find(|operator| rest.starts_with(**operator))?;
    let starts_inside = operator.starts_with('2') && !word.is_empty();
    let is_other = match shell {
        // Cmd separates with `&`, PowerShell with `;`; there `&` calls what follows.
        Shell::Cmd => *operator == ";",
        _ => *operator == "&",
    };
    (!starts_inside && !is_other).then_some(*operator)
}

fn finish(word: &mut String, lexemes: &mut Vec<Lexeme>) {
    if !word.is_empty() {
        lexemes.push(Lexeme::Word(std::mem::take(word)));
    }
}

/// Follows quotes, and in PowerShell brackets.
fn nest(shell: Shell, letter: char, open: &mut Vec<char>) -> Result<(), String> {
    let inside = open.last().copied();
    if matches!(inside, Some('"' | '\'')) {
        if inside == Some(letter) {
            open.pop();
        }
        return Ok(());
    }
    match (shell, letter) {
        (_, '"') => open.push('"'),
        (Shell::Cmd, _) => {}
        (_, '\'' | '(' | '{' | '[') => open.push(letter),
        (_, ')' | '}' | ']') => {
            let expected = match letter {
                ')' => '(',
                '}' => '{',
                _ => '[',
            };
            if open.pop() != Some(expected) {
                return Err(format!("{letter} closes nothing"));
            }
        }
        _ => {}
    }
    Ok(())
}
