//! What small models get wrong in commands again and again, and what has one right form: it is put
//! right before anything is looked at. Only what is certain is touched; whatever else is wrong is
//! for the checks.

use super::line::{Lexeme, Shell};
use super::table::{self, Kind};
use super::{finding, habits, pipes, posix};

/// Words by which somebody asks for an administrator's rights.
const RIGHTS: &[&str] = &[
    "sudo",
    "root",
    "admin",
    "superuser",
    "管理員",
    "管理员",
    "特權",
    "特权",
];

/// Folders that belong to the system.
const SYSTEMS: &[&str] = &[
    "/etc", "/usr", "/var", "/boot", "/opt", "/root", "/lib", "/srv",
];

/// The command, mended.
pub(super) fn mended(shell: Shell, said: &str, command: &str) -> String {
    let is_one_line = !command.contains('\n');
    let lexemes = match shell.is_posix() && is_one_line {
        true => posix::lexemes(command).ok(),
        false => None,
    };
    let Some(before) = lexemes else {
        return command.to_owned();
    };
    let said = said.to_lowercase();
    let mut lexemes = before.clone();
    for (from, to) in pipes::pieces(&before).into_iter().rev() {
        let piece: Vec<Lexeme> = lexemes[from..to].to_vec();
        lexemes.splice(from..to, piece_mended(&said, piece));
    }
    pipes::mend(&said, &mut lexemes);
    // What is written anew must be read as it was meant.
    let line = written(&lexemes);
    let is_faithful = posix::lexemes(&line).is_ok_and(|read| read == lexemes);
    match lexemes != before && is_faithful {
        true => line,
        false => command.to_owned(),
    }
}

fn piece_mended(said: &str, mut piece: Vec<Lexeme>) -> Vec<Lexeme> {
    if is_word(&piece[0], "sudo") && piece.len() > 1 && !needs_rights(said, &piece[1..]) {
        piece.remove(0);
    }
    let ends = piece
        .iter()
        .position(|lexeme| matches!(lexeme, Lexeme::Operator(_)))
        .unwrap_or(piece.len());
    let words: Vec<String> = piece[..ends]
        .iter()
        .map(|lexeme| lexeme.text().to_owned())
        .collect();
    let mended = match words.first().map(String::as_str) {
        Some("find") => finding::mended(said, &words[1..]).map(|mut mended| {
            mended.insert(0, "find".to_owned());
            mended
        }),
        _ => Some(habits::mended(said, &words)),
    };
    if let Some(mended) = mended {
        piece.splice(..ends, mended.into_iter().map(Lexeme::Word));
    }
    piece
}

fn is_word(lexeme: &Lexeme, word: &str) -> bool {
    matches!(lexeme, Lexeme::Word(text) if text == word)
}

/// Whether a command cannot do without an administrator's rights, as far as can be told: it was
/// asked for, an option comes first, the tool is known to want them, or it goes to the system's
/// folders.
fn needs_rights(said: &str, rest: &[Lexeme]) -> bool {
    let tool = rest[0].text();
    RIGHTS.iter().any(|word| said.contains(word))
        || tool.starts_with('-')
        || table::find(tool, "").is_none_or(|row| row.kind == Some(Kind::Administers))
        || matches!(tool, "apt" | "apt-get" | "systemctl" | "mount" | "kill")
        || rest.iter().any(|lexeme| {
            SYSTEMS
                .iter()
                .any(|folder| lexeme.text().starts_with(folder))
        })
}

/// Words and operators as a line.
fn written(lexemes: &[Lexeme]) -> String {
    let mut line = String::new();
    for lexeme in lexemes {
        let touches = line.is_empty() || line.ends_with(">&") || line.ends_with("<&");
        if !touches && lexeme.text() != ";" {
            line.push(' ');
        }
        line.push_str(lexeme.text());
    }
    line
}
