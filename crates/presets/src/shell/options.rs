//! Whether a command tells its tools only what they understand: every option is one that the tool
//! has on Linux. What is not in the table is not looked at, and neither is zsh, for a Mac's tools
//! have other options.
//!
//! The table is `assets/shell/options.tsv`, one line a tool: its letters (`:` behind one that takes
//! a value, `?` behind one that may have one), and its words.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::finding;
use super::line::{self, Lexeme, Shell, unquoted};
use crate::checks::Found;

const NAME: &str = "options";

const TABLE: &str = include_str!("../../../../assets/shell/options.tsv");

/// Tools behind whose own options another command stands.
const CALLERS: &[&str] = &[
    "sudo", "nohup", "time", "nice", "command", "env", "xargs", "timeout",
];

/// What stands behind a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Nothing,
    Always,
    Glued,
}

/// What one tool can be told.
#[derive(Debug, Default)]
struct Options {
    letters: HashMap<char, Value>,
    words: Vec<&'static str>,
}

static OPTIONS: LazyLock<HashMap<&'static str, Options>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(options).collect()
});

fn options(line: &'static str) -> Option<(&'static str, Options)> {
    let mut columns = line.split('\t');
    let tool = columns.next().filter(|tool| !tool.is_empty())?;
    let mut options = Options::default();
    let mut letters = columns.next()?.chars().peekable();
    while let Some(letter) = letters.next() {
        let value = match letters.peek() {
            Some(':') => Value::Always,
            Some('?') => Value::Glued,
            _ => Value::Nothing,
        };
        if value != Value::Nothing {
            letters.next();
        }
        options.letters.insert(letter, value);
    }
    options.words = columns.next()?.split_whitespace().collect();
    Some((tool, options))
}

/// Looks for an option that a tool does not have; nothing where that cannot be told.
pub(super) fn look(shell: Shell, lexemes: &[Lexeme]) -> Option<Found> {
    if shell != Shell::Bash {
        return None;
    }
    let commands = line::commands(lexemes);
    let wrong = commands.iter().find_map(|one| unknown(&one.words));
    Some(match wrong {
        None => Found::passed(NAME, format!("{} commands", commands.len())),
        Some((tool, word)) => Found::failed(
            NAME,
            format!("{tool} does not understand {word}"),
            format!("`{tool}` does not understand `{word}`: write the command in another way."),
        ),
    })
}

/// The first tool with a word that it does not understand.
fn unknown(words: &[String]) -> Option<(String, String)> {
    let tool = unquoted(words.first()?);
    let tool = tool.rsplit('/').next().unwrap_or(tool);
    if tool == "find" {
        let called = finding::called(&words[1..]);
        return finding::unknown(&words[1..])
            .map(|word| (tool.to_owned(), word))
            .or_else(|| called.iter().find_map(|words| unknown(words)));
    }
    let is_caller = CALLERS.contains(&tool);
    let known = OPTIONS.get(tool);
    let mut place = 1;
    while let Some(word) = words.get(place).map(|word| unquoted(word)) {
        place += 1;
        if word == "--" {
            break;
        }
        if !word.starts_with('-') || word == "-" {
            if !is_caller {
                continue;
            }
            if tool == "timeout" || word.contains('=') {
                // The seconds, or a variable that is set first.
                let behind = words.get(place..).unwrap_or_default();
                return unknown(behind);
            }
            return unknown(&words[place - 1..]);
        }
        match known.map_or(Read::Whole, |options| options.read(word)) {
            Read::Whole => {}
            Read::TakesNext => place += 1,
            Read::Unknown => return Some((tool.to_owned(), word.to_owned())),
        }
    }
    None
}

/// What a word that begins with a hyphen is.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    Whole,
    TakesNext,
    Unknown,
}

impl Options {
    fn read(&self, word: &str) -> Read {
        if word.contains(['$', '`', '{']) {
            return Read::Whole;
        }
        if let Some(long) = word.strip_prefix("--") {
            let name = long.split('=').next().unwrap_or(long);
            let is_known = self.words.iter().any(|known| known.starts_with(name));
            return if is_known { Read::Whole } else { Read::Unknown };
        }
        let mut letters = word.chars().skip(1).peekable();
        while let Some(letter) = letters.next() {
            match self.letters.get(&letter) {
                _ if letter.is_ascii_digit() => {}
                None => return Read::Unknown,
                Some(Value::Nothing) => {}
                Some(Value::Glued) => return Read::Whole,
                Some(Value::Always) => {
                    return match letters.peek() {
                        Some(_) => Read::Whole,
                        None => Read::TakesNext,
                    };
                }
            }
        }
        Read::Whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::posix;

    fn wrong(command: &str) -> Option<(String, String)> {
        let lexemes = posix::lexemes(command).unwrap();
        let commands = line::commands(&lexemes);
        commands.iter().find_map(|one| unknown(&one.words))
    }

    #[test]
    fn the_table_can_be_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(OPTIONS.len(), lines.count());
        assert!(OPTIONS.len() > 60);
        assert_eq!(OPTIONS["head"].letters[&'n'], Value::Always);
        assert_eq!(OPTIONS["sed"].letters[&'i'], Value::Glued);
    }

    #[test]
    fn what_tools_understand_is_let_through() {
        for command in [
            "ls -la --color=auto /a",
            "head -5 f | tail -n -2 | tail -c+5",
            "sort -t, -k2,2nr --rev f",
            "grep -rniE --include='*.rs' 'a|b' . -A3",
            "find . -type f ! -iname '*.o' \\( -newermt 2020-01-01 -o -size +3k \\) -exec wc -lc {} +",
            "find . -type f -print0 | xargs -0 -n1 -I{} sort -u {}",
            "tar czf a.tgz -C /a b",
            "sed -i.bak -e 's/a/b/' -n f",
            "timeout 5 ls -l",
            "sudo -u me ls -l",
            "env A=1 ls -l",
            "grep -- --frob f",
            "ls $FLAGS -$x",
            "date -d '-3 days' +%F",
            "frobnicate --all",
            "cut -d- -f1 f",
            "tr -d '-' < f",
            "seq 5 -1 1",
        ] {
            assert_eq!(wrong(command), None, "{command}");
        }
    }

    #[test]
    fn what_they_do_not_understand_is_found() {
        for (command, word) in [
            ("ls --newest", "--newest"),
            ("ls -ly", "-ly"),
            ("cat a | sort --by-size", "--by-size"),
            ("find . -filename a", "-filename"),
            ("find . -type f -contains a", "-contains"),
            ("find . -type f -exec grep --frob a {} \\;", "--frob"),
            ("find . | xargs wc --rows", "--rows"),
            ("timeout 5 ls --frob", "--frob"),
            ("find . -type file", "-type file"),
            ("find . -size +ten", "-size +ten"),
        ] {
            assert_eq!(wrong(command).map(|(_, word)| word).as_deref(), Some(word));
        }
        assert!(look(Shell::Zsh, &[]).is_none());
    }
}
