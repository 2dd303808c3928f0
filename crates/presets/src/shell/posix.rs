//! Commands of bash and, as far as they are written alike, of zsh, through a parser of bash.

use std::io::Cursor;

use brush_parser::word::{WordPiece, WordPieceWithSource};
use brush_parser::{Parser, ParserOptions, Token, tokenize_str};

use super::line::Lexeme;

/// Words and operators of a command that the parser takes.
///
/// # Errors
/// What the parser said, as a clause.
pub(super) fn lexemes(command: &str) -> Result<Vec<Lexeme>, String> {
    let options = ParserOptions::default();
    let mut parser = Parser::new(Cursor::new(command.as_bytes()), &options);
    let program = parser.parse_program().map_err(|error| error.to_string())?;
    if program.complete_commands.is_empty() {
        return Err("there is no command".to_owned());
    }
    let tokens = tokenize_str(command).map_err(|error| error.to_string())?;
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut last_end = usize::MAX;
    for token in tokens {
        let location = token.location().clone();
        let touches = location.start.index == last_end;
        last_end = location.end.index;
        match token {
            Token::Word(text, _) => lexemes.push(Lexeme::Word(text)),
            Token::Operator(text, _) => {
                // `2>` is one operator, though the tokenizer gives it in two pieces.
                let number = match lexemes.last() {
                    Some(Lexeme::Word(word)) if touches && text.contains(['<', '>']) => word
                        .chars()
                        .all(|one| one.is_ascii_digit())
                        .then(|| word.clone()),
                    _ => None,
                };
                // So is `<(`, which hands a command over as if it were a file.
                let opens = match lexemes.last() {
                    Some(Lexeme::Operator(last)) if touches && text == "(" => {
                        matches!(last.as_str(), "<" | ">").then(|| format!("{last}("))
                    }
                    _ => None,
                };
                if let Some(opens) = opens {
                    lexemes.pop();
                    lexemes.push(Lexeme::Operator(opens));
                } else if let Some(number) = number {
                    lexemes.pop();
                    lexemes.push(Lexeme::Operator(format!("{number}{text}")));
                } else if text.trim().is_empty() {
                    lexemes.push(Lexeme::Operator(";".to_owned()));
                } else {
                    lexemes.push(Lexeme::Operator(text));
                }
            }
        }
    }
    while matches!(lexemes.last(), Some(Lexeme::Operator(last)) if last == ";") {
        lexemes.pop();
    }
    Ok(lexemes)
}

/// The commands whose output a word puts in its own place.
pub(super) fn inner_commands(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_process = word.starts_with("<(") || word.starts_with(">(");
    if let Some(inner) = word.get(2..).filter(|_| is_process) {
        found.push(inner.trim_end_matches(')').to_owned());
    }
    if let Ok(pieces) = brush_parser::word::parse(word, &ParserOptions::default()) {
        collect(&pieces, &mut found);
    }
    found
}

fn collect(pieces: &[WordPieceWithSource], found: &mut Vec<String>) {
    for piece in pieces {
        match &piece.piece {
            WordPiece::CommandSubstitution(text)
            | WordPiece::BackquotedCommandSubstitution(text) => {
                found.push(text.clone());
            }
            WordPiece::DoubleQuotedSequence(inner)
            | WordPiece::GettextDoubleQuotedSequence(inner) => {
                collect(inner, found);
            }
            _ => {}
        }
    }
}
