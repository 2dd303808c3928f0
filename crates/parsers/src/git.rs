//! Command lines of git: a subcommand that there is, options that it has, and what could be lost.

use crate::{Fact, Flaw};

/// A subcommand a line, with its options; of those without any all are taken.
const TABLE: &str = include_str!("git/options.txt");

/// The options of a subcommand; nothing where git has no such subcommand.
fn options_of(subcommand: &str) -> Option<Vec<&'static str>> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(str::split_whitespace)
        .find_map(|mut words| (words.next() == Some(subcommand)).then(|| words.collect()))
}

/// Options that come before the subcommand.
const GLOBAL: &[&str] = &[
    "-C",
    "-c",
    "--no-pager",
    "--git-dir",
    "--work-tree",
    "-p",
    "--paginate",
    "--bare",
    "--version",
    "--help",
];

/// Git command lines, one or several joined by `&&`, `;` or new lines: what they do, and what could
/// be lost.
///
/// # Errors
/// The first thing that git would not take.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let mut used = Vec::new();
    let mut losses = Vec::new();
    let mut lines = 0;
    for (place, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches("$ ");
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        lines += 1;
        for command in commands(line, place + 1)? {
            let (subcommand, loss) =
                one(&command).map_err(|message| Flaw::at(place + 1, message))?;
            used.push(subcommand);
            losses.extend(loss);
        }
    }
    if lines == 0 {
        return Err(Flaw::of_all("there is no command in it"));
    }
    Ok([
        Fact::names("uses", used.iter().map(String::as_str)),
        Fact::names("loses", losses),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// The words of each command of a line; what git's output is piped into is not git's.
fn commands(line: &str, place: usize) -> Result<Vec<Vec<String>>, Flaw> {
    let words = shlex::split(line).ok_or_else(|| Flaw::at(place, "a quotation is not closed"))?;
    let mut commands = vec![vec![]];
    let mut is_piped = false;
    for word in words {
        match word.as_str() {
            "&&" | ";" | "||" => {
                is_piped = false;
                commands.push(vec![]);
            }
            "|" => is_piped = true,
            _ if is_piped => {}
            word => {
                let ends = word.ends_with(';') && word.len() > 1;
                if let Some(command) = commands.last_mut() {
                    command.push(word.trim_end_matches(';').to_owned());
                }
                if ends {
                    commands.push(vec![]);
                }
            }
        }
    }
    commands.retain(|command| !command.is_empty());
    Ok(commands)
}

/// The subcommand of a command, and what it could lose.
fn one(words: &[String]) -> Result<(String, Option<&'static str>), String> {
    let Some((program, rest)) = words.split_first() else {
        return Err("there is no command".to_owned());
    };
    if program != "git" {
        return Err(format!("{program} is not git"));
    }
    let mut rest = rest.iter().map(String::as_str).peekable();
    let mut subcommand = None;
    while let Some(word) = rest.next() {
        if !word.starts_with('-') {
            subcommand = Some(word);
            break;
        }
        let name = word.split('=').next().unwrap_or(word);
        if !GLOBAL.contains(&name) {
            return Err(format!("git has no option {word}"));
        }
        if matches!(word, "-C" | "-c") {
            rest.next();
        }
    }
    let Some(subcommand) = subcommand else {
        return Err("there is no subcommand".to_owned());
    };
    let known = options_of(subcommand).ok_or_else(|| format!("git has no command {subcommand}"))?;
    let given: Vec<&str> = rest.collect();
    options(subcommand, &known, &given)?;
    Ok((subcommand.to_owned(), loss(subcommand, &given)))
}

fn options(subcommand: &str, known: &[&str], given: &[&str]) -> Result<(), String> {
    if known.is_empty() {
        return Ok(());
    }
    for word in given.iter().take_while(|word| **word != "--") {
        if !word.starts_with('-') || word.len() < 2 || word[1..].parse::<u32>().is_ok() {
            continue;
        }
        let name = word.split('=').next().unwrap_or(word);
        let is_known = known.contains(&name)
            || name.strip_prefix("--no-").is_some_and(|name| known.iter().any(|known| known.trim_start_matches('-') == name))
            // -am is -a and -m; -m"text" is -m with its value.
            || (!name.starts_with("--") && name.chars().nth(1).is_some_and(|first| known.contains(&format!("-{first}").as_str())));
        if !is_known {
            return Err(format!("git {subcommand} has no option {name}"));
        }
    }
    Ok(())
}

/// What a command could lose for good.
fn loss(subcommand: &str, given: &[&str]) -> Option<&'static str> {
    let has = |names: &[&str]| given.iter().any(|word| names.contains(word));
    match subcommand {
        "reset" if has(&["--hard"]) => Some("changes that are not committed"),
        "clean" if given.iter().any(|w| w.starts_with('-') && w.contains('f')) => {
            Some("files that git does not know")
        }
        "push" if has(&["-f", "--force", "--mirror"]) => Some("commits of others on the server"),
        "push" if has(&["-d", "--delete"]) => Some("a branch or tag on the server"),
        "branch" if has(&["-D"]) => Some("commits that are on no other branch"),
        "checkout" if has(&["--", "-f", "--force"]) => Some("changes that are not committed"),
        "restore" if !has(&["--staged", "-S"]) => Some("changes that are not committed"),
        "stash"
            if given
                .first()
                .is_some_and(|w| matches!(*w, "drop" | "clear")) =>
        {
            Some("what was stashed")
        }
        "filter-branch" => Some("the history as it was"),
        "rebase" => Some("the commits as they were, on other machines"),
        _ => None,
    }
}
