//! Which commands amount to the same, so that candidates that only look different vote together:
//! bundled options, quotation marks, a file read through `cat` or by `<`, `sort | uniq`, the ways
//! to end `-exec`, and the like. It is for counting votes and for nothing else.

use super::line::{self, Lexeme, Shell, Simple, unquoted};
use super::table;

/// The same for commands that amount to the same.
pub(super) fn key(shell: Shell, lexemes: &[Lexeme]) -> String {
    if !shell.is_posix() {
        return line::key(lexemes);
    }
    let mut plain: Vec<Plain> = Vec::new();
    for simple in line::commands(lexemes) {
        let next = plainly(&simple);
        match plain.last_mut() {
            Some(last) if next.is_piped => {
                if !last.takes(&next) {
                    let fed = last.feeds(&next);
                    match fed {
                        Some(fed) => *last = fed,
                        None => plain.push(next),
                    }
                }
            }
            _ => plain.push(next),
        }
    }
    let each = plain.iter().map(|one| {
        let joint = if one.is_piped { "|" } else { ";" };
        format!(
            "{joint} {} {} {}",
            one.tool,
            one.options.join(" "),
            one.operands.join(" ")
        )
    });
    each.collect::<Vec<_>>().join(" ")
}

/// A command with its options in one order.
#[derive(Debug, Clone, Default)]
struct Plain {
    tool: String,
    options: Vec<String>,
    operands: Vec<String>,
    is_piped: bool,
}

impl Plain {
    /// Takes in the one that reads what it writes, where both can be said as one.
    fn takes(&mut self, next: &Self) -> bool {
        let is_bare = next.options.is_empty() && next.operands.is_empty();
        if self.tool == "sort" && next.tool == "uniq" && is_bare {
            if !self.options.iter().any(|option| option == "-u") {
                self.options.push("-u".to_owned());
                self.options.sort();
            }
            return true;
        }
        let removes = next.tool == "xargs"
            && next.operands.first().is_some_and(|tool| tool == "rm")
            && next.operands.iter().skip(1).all(|word| word == "-f");
        if self.tool == "find" && removes {
            self.operands.retain(|word| word != "-print0");
            self.operands.push("-delete".to_owned());
            return true;
        }
        false
    }

    /// `cat FILE | TOOL` as `TOOL FILE`.
    fn feeds(&self, next: &Self) -> Option<Self> {
        let is_plain_cat = self.tool == "cat"
            && self.options.is_empty()
            && self.operands.len() == 1
            && !self.is_piped;
        (is_plain_cat && next.tool != "xargs").then(|| {
            let mut fed = next.clone();
            // What `wc` counts in a file that it is told, it shows with the file's name.
            let mark = if next.tool == "wc" { "<" } else { "" };
            let files = self.operands.iter().map(|file| format!("{mark}{file}"));
            fed.operands.extend(files);
            fed.is_piped = false;
            fed
        })
    }
}

fn plainly(simple: &Simple) -> Plain {
    let mut words = simple.words.iter().map(|word| bare(word));
    let tool = words.next().unwrap_or_default();
    let (tool, implied) = match tool.as_str() {
        "egrep" => ("grep".to_owned(), Some("-E")),
        "fgrep" => ("grep".to_owned(), Some("-F")),
        _ => (tool, None),
    };
    let words: Vec<String> = words.collect();
    let mut plain = Plain {
        is_piped: simple.is_piped,
        ..Plain::default()
    };
    match tool.as_str() {
        "find" => plain.operands = found(words),
        "xargs" => plain.operands = words.into_iter().filter(|word| word != "-0").collect(),
        _ => split(&tool, words, &mut plain),
    }
    plain.options.extend(implied.map(str::to_owned));
    usual(&tool, &mut plain);
    plain.options.sort();
    plain.options.dedup();
    for (operator, target) in &simple.redirects {
        let target = bare(target);
        match operator.as_str() {
            "<" if tool != "wc" => plain.operands.push(target),
            _ => plain.operands.push(format!("{operator}{target}")),
        }
    }
    plain.tool = tool;
    plain
}

/// Options that change nothing of what comes out are left out, and what is the case anyway is said.
fn usual(tool: &str, plain: &mut Plain) {
    let idle: &[&str] = match tool {
        "rm" => &["-f"],
        "mkdir" => &["-p"],
        "ls" => &["-1"],
        "tar" => &["-v"],
        "cp" | "mv" => &["-v", "-f"],
        _ => &[],
    };
    plain
        .options
        .retain(|option| !idle.contains(&option.as_str()));
    if matches!(tool, "grep" | "cp" | "rm") {
        for option in &mut plain.options {
            if option == "-R" {
                *option = "-r".to_owned();
            }
        }
    }
    let is_plain_pattern = |word: &String| !word.contains(['|', '+', '?', '(', '{', '\\']);
    if tool == "grep" && plain.operands.first().is_some_and(is_plain_pattern) {
        plain.options.retain(|option| option != "-E");
    }
    if matches!(tool, "head" | "tail") && plain.options.is_empty() {
        plain.options.push("-n10".to_owned());
    }
}

/// A word without marks and without the slash at the end of a folder.
fn bare(word: &str) -> String {
    let word = unquoted(word).replace("\\;", ";").replace("\\(", "(");
    let word = word.replace("\\)", ")").replace("\\.", ".");
    match word.strip_suffix('/') {
        Some(folder) if !folder.is_empty() => folder.to_owned(),
        _ => word,
    }
}

/// Options one by one, each with its value, and what is left.
fn split(tool: &str, words: Vec<String>, plain: &mut Plain) {
    let mut rest = words.into_iter();
    while let Some(word) = rest.next() {
        let takes = |option: &str| table::find(tool, option).is_some_and(|row| row.takes_value);
        let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) else {
            plain.operands.push(word);
            continue;
        };
        let is_count = letters.chars().all(|one| one.is_ascii_digit());
        if matches!(tool, "head" | "tail") && is_count {
            plain.options.push(format!("-n{letters}"));
        } else if letters.starts_with('-')
            || !letters.chars().all(|one| one.is_ascii_alphanumeric())
        {
            plain.options.push(word);
        } else if takes(&format!("-{}", &letters[..1])) {
            let value = match letters.len() {
                1 => rest.next().unwrap_or_default(),
                _ => letters[1..].to_owned(),
            };
            plain.options.push(format!("-{}{value}", &letters[..1]));
        } else {
            plain
                .options
                .extend(letters.chars().map(|one| format!("-{one}")));
        }
    }
}

/// The words of `find` in one form.
fn found(words: Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = words
        .into_iter()
        .map(|word| match word.as_str() {
            "+" => ";".to_owned(),
            "-or" => "-o".to_owned(),
            "-not" => "!".to_owned(),
            _ => word,
        })
        .collect();
    if found.last().is_some_and(|last| last == "-print") {
        found.pop();
    }
    if found.first().is_none_or(|first| first.starts_with('-')) {
        found.insert(0, ".".to_owned());
    }
    // Hardly a folder is called `*.txt`.
    let has_ending = found
        .windows(2)
        .any(|pair| matches!(pair[0].as_str(), "-name" | "-iname") && pair[1].contains('.'));
    let of_files = found
        .windows(2)
        .position(|pair| pair[0] == "-type" && pair[1] == "f");
    if let Some(at) = of_files.filter(|_| has_ending) {
        found.drain(at..at + 2);
    }
    let line = found.join(" ");
    for removing in ["-exec rm {} ;", "-exec rm -f {} ;"] {
        if let Some(start) = line.strip_suffix(removing) {
            let start = start.split_whitespace().map(str::to_owned);
            return start.chain(["-delete".to_owned()]).collect();
        }
    }
    found
}
