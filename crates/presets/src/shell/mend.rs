//! What small models get wrong in commands again and again, and what has one right form: it is put
//! right before anything is looked at. Only what is certain is touched; whatever else is wrong is
//! for the checks.

use super::finding;
use super::line::{Lexeme, Shell, is_redirect};
use super::posix;
use super::table::{self, Kind};

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
    let mut lexemes = before.clone();
    for (from, to) in pieces(&before).into_iter().rev() {
        let piece: Vec<Lexeme> = lexemes[from..to].to_vec();
        lexemes.splice(from..to, piece_mended(said, piece));
    }
    null_ended(&mut lexemes);
    match lexemes == before {
        true => command.to_owned(),
        false => written(&lexemes),
    }
}

/// From where to where each tool with its words and redirections stands.
fn pieces(lexemes: &[Lexeme]) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (place, lexeme) in lexemes.iter().enumerate() {
        if matches!(lexeme, Lexeme::Operator(operator) if !is_redirect(operator)) {
            pieces.push((from, place));
            from = place + 1;
        }
    }
    pieces.push((from, lexemes.len()));
    pieces.retain(|(from, to)| from < to);
    pieces
}

fn piece_mended(said: &str, mut piece: Vec<Lexeme>) -> Vec<Lexeme> {
    if is_word(&piece[0], "sudo") && piece.len() > 1 && !needs_rights(said, &piece[1..]) {
        piece.remove(0);
    }
    if !is_word(&piece[0], "find") {
        return piece;
    }
    let ends = piece
        .iter()
        .position(|lexeme| matches!(lexeme, Lexeme::Operator(_)))
        .unwrap_or(piece.len());
    let words: Vec<String> = piece[1..ends]
        .iter()
        .map(|lexeme| lexeme.text().to_owned())
        .collect();
    if let Some(mended) = finding::mended(&words) {
        piece.splice(1..ends, mended.into_iter().map(Lexeme::Word));
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
    let said = said.to_lowercase();
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

/// What `find -print0` writes is read by `xargs -0`, and nothing else is.
fn null_ended(lexemes: &mut Vec<Lexeme>) {
    let Some(xargs) = lexemes.iter().position(|lexeme| is_word(lexeme, "xargs")) else {
        return;
    };
    let (before, after) = lexemes.split_at(xargs);
    let is_found = before.iter().any(|lexeme| is_word(lexeme, "find"));
    let pipes = before.iter().filter(|lexeme| lexeme.text() == "|").count();
    if !is_found || pipes != 1 || before.last().is_none_or(|last| last.text() != "|") {
        return;
    }
    let writes = before.iter().any(|lexeme| is_word(lexeme, "-print0"));
    let reads = after
        .iter()
        .skip(1)
        .take_while(|lexeme| lexeme.text().starts_with('-'))
        .any(|lexeme| {
            matches!(lexeme.text(), "-0" | "--null" | "-0r" | "-r0")
                || lexeme.text().starts_with("-0")
        });
    match (writes, reads) {
        (true, false) => lexemes.insert(xargs + 1, Lexeme::Word("-0".to_owned())),
        (false, true) => lexemes.insert(xargs - 1, Lexeme::Word("-print0".to_owned())),
        _ => {}
    }
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
