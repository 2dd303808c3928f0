//! Whether a command speaks of what the person spoke of: paths, file names, patterns and quoted
//! texts are taken over letter by letter, and nothing is left to be filled in.

use std::sync::LazyLock;

use regex::Regex;

use crate::checks::Found;

const NAME: &str = "keeps-names";

/// Paths, names with an ending, patterns, addresses.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        https?://[^\s"'，。、]+
        | (?:^|[^A-Za-z0-9/~.*_\-])(~?/[A-Za-z0-9_.\-/*]*[A-Za-z0-9_*])
        | \*?\.?[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-*]+)+
        | \*\.[A-Za-z0-9]+
        "#,
    )
    .expect("it is a constant that a test compiles")
});

/// Texts between quotation marks.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?:^|[\s(（，、])["'“‘「]([^"'“”‘’「」\n]{1,80})["'”’」]"#)
        .expect("it is a constant that a test compiles")
});

/// What nobody fills in: `<file>`, `/path/to/file`, `your_file`.
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)/?path/to/[^\s]*|<[a-z][a-z _-]{2,}>|\byour[_-][a-z_]+|\[[a-z ]+ name\]")
        .expect("it is a constant that a test compiles")
});

/// Looks for every name of the request in the command.
pub(super) fn look(said: &str, command: &str) -> Found {
    let names = names(said);
    let lost = names.iter().find(|name| !stands_in(command, name));
    match lost {
        None => Found::passed(NAME, format!("{} names", names.len())),
        Some(lost) => Found::failed(
            NAME,
            format!("{lost} is asked for, and the command does not have it"),
            format!("The command must use {lost} exactly as it is written in the request."),
        ),
    }
}

/// Looks for what is left to be filled in.
pub(super) fn no_blank(said: &str, command: &str) -> Found {
    let mut blanks = BLANK.find_iter(command).map(|found| found.as_str());
    match blanks.find(|blank| !said.contains(*blank)) {
        None => Found::passed("complete", "nothing is left to be filled in"),
        Some(blank) => Found::failed(
            "complete",
            format!("{blank} is left to be filled in"),
            format!("Do not write {blank}: use the current folder, or the names in the request."),
        ),
    }
}

fn names(said: &str) -> Vec<String> {
    let mut names: Vec<String> = NAMED
        .captures_iter(said)
        .filter_map(|groups| groups.get(1).or_else(|| groups.get(0)))
        .map(|found| found.as_str().trim_end_matches(['.', ',']).to_owned())
        .filter(|name| name.len() > 1 && !is_prose(name))
        .collect();
    names.extend(
        QUOTED
            .captures_iter(said)
            .filter_map(|groups| Some(groups.get(1)?.as_str().trim().to_owned())),
    );
    names.sort_unstable();
    names.dedup();
    names
}

/// Abbreviations and numbers that only look like names: `e.g`, `3.5`, `i/o`.
fn is_prose(name: &str) -> bool {
    let parts: Vec<&str> = name
        .split(['.', '/'])
        .filter(|part| !part.is_empty())
        .collect();
    let starts_as_path = name.starts_with(['/', '~', '*', '.']);
    let all_tiny = parts.iter().all(|part| part.len() < 2);
    let all_digits = name.chars().all(|one| one.is_ascii_digit() || one == '.');
    !starts_as_path && (all_tiny || all_digits)
}

/// Whether a name stands in a command, be it in pieces: a folder may be entered first, and a
/// pattern be written with other quotes.
fn stands_in(command: &str, name: &str) -> bool {
    if command.contains(name) {
        return true;
    }
    let bare = name.trim_end_matches('/').trim_start_matches("./");
    if bare.len() > 1 && command.contains(bare) {
        return true;
    }
    // `*.txt` may be `\.txt$` in a pattern, and `/a/b.txt` be `b.txt` after `cd /a`.
    let ending = bare
        .strip_prefix("*.")
        .or_else(|| bare.strip_prefix('.'))
        .filter(|ending| !ending.is_empty());
    if ending.is_some_and(|ending| command.contains(ending)) {
        return true;
    }
    let escaped = bare.replace('.', "\\.");
    match bare.rsplit_once('/') {
        Some((folder, file)) if folder.len() > 1 => {
            command.contains(folder) && command.contains(file)
        }
        _ => command.contains(&escaped),
    }
}
