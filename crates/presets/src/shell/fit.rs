//! How far a command goes with the words of the request: what is asked for and not done, and what
//! is done and not asked for. Words can be read in several ways, so this refuses nothing; it counts
//! against a candidate when there are others, and makes the desk less sure.

use std::sync::LazyLock;

use regex::Regex;

use super::line::{self, Lexeme, Shell, Simple, unquoted};
use super::wants::{TAKES_AWAY, WANTS, WRITES, Want};
use super::{explain, table};

/// Numbers that stand alone.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9]+").expect("it is a constant that a test compiles"));

/// How many things speak against a command.
pub(super) fn doubts(said: &str, command: &str, lexemes: &[Lexeme]) -> usize {
    let said = said.to_lowercase();
    let commands = line::commands(lexemes);
    let words: Vec<String> = lexemes
        .iter()
        .flat_map(|lexeme| pieces(lexeme.text()))
        .collect();
    let wanting = WANTS.iter().filter(|want| want.is_lacking(&said, &words));
    wanting.count()
        + usize::from(!goes_below(&said, &commands))
        + usize::from(stays_not(&said, &commands))
        + usize::from(goes_elsewhere(&said, &commands))
        + usize::from(calls_strangers(&said, &commands))
        + usize::from(misses_neighbours(&said, &commands))
        + usize::from(calls_nothing_known(&commands))
        + usize::from(says_a_path(&said, &commands))
        + usize::from(rounds_bytes(&said, &commands))
        + usize::from(begins_at_the_end(&said, &commands))
        + usize::from(finds_other_kind(&said, &commands))
        + 2 * usize::from(takes_away_unasked(&said, &words))
        + usize::from(writes_unasked(&said, &commands))
        + usize::from(loses_number(&said, command))
        + usize::from(command.contains('\n'))
        + usize::from(words.iter().any(|word| word == "sudo") && !said.contains("sudo"))
}

/// A word, and the words within its quotation marks.
fn pieces(word: &str) -> Vec<String> {
    let bare = unquoted(word).to_lowercase();
    let inner = bare.split([' ', '(', ')', '$', '`', ';', '|']);
    let mut pieces: Vec<String> = inner.map(str::to_owned).collect();
    pieces.push(bare);
    pieces
}

impl Want {
    fn is_lacking(&self, said: &str, words: &[String]) -> bool {
        let has = |marks: &[&str]| marks.iter().any(|mark| said.contains(mark));
        has(self.asks) && !has(self.unless) && !self.does.iter().any(|done| does(words, done))
    }
}

fn does(words: &[String], done: &str) -> bool {
    if let Some(letter) = done.strip_prefix('~') {
        let mut options = words.iter().filter(|word| is_option(word));
        return options.any(|word| word.contains(letter));
    }
    if let Some(begin) = done.strip_suffix('…') {
        return words.iter().any(|word| word.starts_with(begin));
    }
    match done.split_once(' ') {
        Some((first, second)) => words
            .windows(2)
            .any(|pair| pair[0] == first && pair[1] == second),
        None => words.iter().any(|word| word == done),
    }
}

/// Whether a word is letters of options, and not a word of `find`.
fn is_option(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "-name", "-type", "-size", "-exec", "-perm", "-path", "-user",
    ];
    let is_short = word.len() < 7 && !WORDS.contains(&word);
    is_short
        && word.strip_prefix('-').is_some_and(|letters| {
            !letters.is_empty() && letters.chars().all(|one| one.is_ascii_alphanumeric())
        })
}

/// Where everything below a folder is asked for, the command goes below it.
fn goes_below(said: &str, commands: &[Simple]) -> bool {
    const BELOW: &[&str] = &[
        "recursive",
        "under ",
        "below ",
        "tree",
        "subfolder",
        "subdirector",
        "下所有",
        "底下",
        "子資料夾",
        "子文件夹",
        "子目錄",
        "子目录",
        "遞迴",
        "递归",
    ];
    if !BELOW.iter().any(|word| said.contains(word)) {
        return true;
    }
    let first = commands.iter().find_map(|command| command.words.first());
    let looks_in_one =
        first.is_some_and(|tool| matches!(tool.as_str(), "ls" | "grep" | "cat" | "wc"));
    let goes = |command: &Simple| {
        command.words.iter().any(|word| {
            let options = word.strip_prefix('-').filter(|rest| !rest.starts_with('-'));
            options.is_some_and(|letters| letters.contains(['r', 'R']))
                || word.contains("**")
                || word == "find"
                || word == "--recursive"
        })
    };
    let is_recursive = ["recursive", "遞迴", "递归"]
        .iter()
        .any(|word| said.contains(word));
    let takes_some = commands.iter().any(|command| {
        let tool = command.words.first().map(String::as_str);
        if is_recursive && matches!(tool, Some("chmod" | "chown" | "chgrp")) {
            return true;
        }
        matches!(tool, Some("cp" | "mv" | "rm" | "chmod"))
            && command.words.iter().any(|word| word.contains('*'))
    });
    !(looks_in_one || takes_some) || commands.iter().any(goes)
}

/// The name of a file is written out where what it holds is asked for.
fn says_a_path(said: &str, commands: &[Simple]) -> bool {
    commands
        .iter()
        .any(|command| match command.words.as_slice() {
            [tool, rest @ ..] if matches!(tool.as_str(), "echo" | "printf") => {
                let told: Vec<&str> = rest.iter().map(|word| unquoted(word)).collect();
                let path = told.iter().find(|word| !word.starts_with('-'));
                let is_path = |path: &&&str| {
                    explain::looks_like_path(path) && said.contains(path.to_lowercase().as_str())
                };
                command.redirects.is_empty() && path.filter(is_path).is_some()
            }
            _ => false,
        })
}

/// `tail -n +2` is all but the beginning, and not the last of anything.
fn begins_at_the_end(said: &str, commands: &[Simple]) -> bool {
    let of_last = ["the last ", "最後", "最后"]
        .iter()
        .any(|word| said.contains(word));
    let begins = |command: &Simple| {
        command.words.first().is_some_and(|tool| tool == "tail")
            && command
                .words
                .iter()
                .any(|word| word.starts_with('+') || word.starts_with("-n+"))
    };
    of_last && commands.len() == 1 && commands.iter().any(begins)
}

/// Sizes are rounded that are asked for in bytes.
fn rounds_bytes(said: &str, commands: &[Simple]) -> bool {
    let in_bytes = ["in bytes", "size in byte", "位元組", "字节"]
        .iter()
        .any(|word| said.contains(word));
    let rounds = |command: &Simple| {
        let tool = command.words.first().map(String::as_str);
        let is_sizes = matches!(tool, Some("ls" | "du"));
        is_sizes
            && command
                .words
                .iter()
                .any(|word| is_option(word) && word.contains('h'))
    };
    in_bytes && commands.iter().any(rounds)
}

/// `find` goes below a folder where only what lies directly in it is asked for.
fn stays_not(said: &str, commands: &[Simple]) -> bool {
    const DIRECTLY: &[&str] = &[
        "directly in",
        "not in subfolder",
        "not in subdirector",
        "non-recursive",
        "without subfolder",
        "without subdirector",
        "no subfolder",
        "no subdirector",
        "without going into",
        "not recurs",
        "不含子",
        "不包括子",
        "不包含子",
        "不遞迴",
        "不递归",
    ];
    let finds = |command: &Simple| {
        let bounds = ["-maxdepth", "-prune"];
        let words = &command.words;
        words[..1] == ["find"] && !words.iter().any(|word| bounds.contains(&word.as_str()))
    };
    let speaks = DIRECTLY.iter().any(|word| said.contains(word));
    speaks
        && commands
            .iter()
            .any(|one| !one.words.is_empty() && finds(one))
}

/// A folder is entered first, so that what is shown is not told from where one stands.
fn goes_elsewhere(said: &str, commands: &[Simple]) -> bool {
    const ENTERS: &[&str] = &[
        "cd ",
        "go to",
        "go into",
        "change to",
        "change into",
        "change the",
        "enter",
        "switch",
        "進入",
        "进入",
        "切換",
        "切换",
    ];
    let goes = commands
        .iter()
        .any(|command| command.words.first().is_some_and(|tool| tool == "cd"));
    goes && commands.len() > 1 && !ENTERS.iter().any(|word| said.contains(word))
}

/// Tools that most machines do not have, where nobody spoke of them.
fn calls_strangers(said: &str, commands: &[Simple]) -> bool {
    const STRANGERS: &[&str] = &[
        "tree", "rename", "rg", "fd", "ag", "exa", "eza", "bat", "parallel", "pv", "ncdu", "htop",
        "dos2unix", "sponge", "locate", "mlocate", "ack", "fdupes",
    ];
    let tools = commands.iter().filter_map(|command| command.words.first());
    let mut strange = tools.filter(|tool| STRANGERS.contains(&tool.as_str()));
    strange.any(|tool| !said.contains(tool.as_str()))
}

/// The first word is no tool that is known here, as where a sentence was written.
fn calls_nothing_known(commands: &[Simple]) -> bool {
    let tool = commands.iter().find_map(|command| command.words.first());
    tool.is_some_and(|tool| {
        let tool = explain::normal(Shell::Bash, tool);
        table::find(&tool, "").is_none() && !tool.starts_with(['$', '[', '('])
    })
}

/// `uniq` sees lines that stand behind one another; without `sort` before it, it misses the others.
fn misses_neighbours(said: &str, commands: &[Simple]) -> bool {
    const NEIGHBOURS: &[&str] = &[
        "adjacent",
        "consecutive",
        "successive",
        "相鄰",
        "相邻",
        "連續",
        "连续",
    ];
    if NEIGHBOURS.iter().any(|word| said.contains(word)) {
        return false;
    }
    let calls = |tool: &str| {
        let found = commands
            .iter()
            .position(|one| one.words.first().is_some_and(|word| word == tool));
        found.unwrap_or(usize::MAX)
    };
    calls("uniq") != usize::MAX && calls("sort") > calls("uniq")
}

/// `find` for files where folders are asked for, or the other way round.
fn finds_other_kind(said: &str, commands: &[Simple]) -> bool {
    let Some(find) = commands
        .iter()
        .find(|command| command.words.first().is_some_and(|tool| tool == "find"))
    else {
        return false;
    };
    let kind = find
        .words
        .windows(2)
        .find(|pair| pair[0] == "-type")
        .map(|pair| unquoted(&pair[1]).to_owned());
    let speaks = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let of_files = speaks(&[
        "file", "檔", "文件", "image", "picture", "photo", "script", "archive",
    ]);
    match kind.as_deref() {
        Some("d") => {
            of_files && !speaks(&["folder", "director", "資料夾", "文件夹", "目錄", "目录"])
        }
        Some("f") => {
            !of_files
                && (said.contains("all folders")
                    || said.contains("all directories")
                    || said.contains("subdirectories"))
        }
        _ => false,
    }
}

fn takes_away_unasked(said: &str, words: &[String]) -> bool {
    let takes = words.iter().any(|word| {
        matches!(
            word.as_str(),
            "rm" | "-delete" | "rmdir" | "shred" | "truncate"
        )
    });
    let moves = words.iter().any(|word| word == "mv");
    takes && !moves && !TAKES_AWAY.iter().any(|word| said.contains(word))
}

/// A file is written that nobody spoke of.
fn writes_unasked(said: &str, commands: &[Simple]) -> bool {
    if WRITES.iter().any(|word| said.contains(word)) {
        return false;
    }
    commands.iter().any(|command| {
        let sends = command.redirects.iter().any(|(operator, target)| {
            operator.contains('>')
                && !operator.contains('&')
                && !target.contains("/dev/null")
                && !said.contains(&unquoted(target).to_lowercase())
        });
        let tees = command.words.first().is_some_and(|tool| tool == "tee");
        sends || tees
    })
}

/// A number of the request that is nowhere in the command, be it as part of another.
fn loses_number(said: &str, command: &str) -> bool {
    const TIMES: &[&str] = &[
        "hour", "day", "week", "year", "month", "小時", "小时", "天", "週", "周", "年", "月",
    ];
    let is_time = TIMES.iter().any(|word| said.contains(word));
    NUMBER
        .find_iter(said)
        .filter(|found| {
            // Numbers within names are names.
            let before = said[..found.start()].chars().next_back();
            let after = said[found.end()..].chars().next();
            let joins = |one: Option<char>| {
                one.is_some_and(|one| {
                    one.is_ascii_alphabetic() || matches!(one, '_' | '-' | '/' | '.')
                })
            };
            !joins(before) && !after.is_some_and(|one| matches!(one, '_' | '/'))
        })
        .any(|found| !is_time && !command.contains(found.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::posix;

    #[track_caller]
    fn check(said: &str, command: &str, expected: usize) {
        let lexemes = posix::lexemes(command).unwrap();
        assert_eq!(
            doubts(said, command, &lexemes),
            expected,
            "{said}: {command}"
        );
    }

    #[test]
    fn what_is_asked_for_and_not_done_is_counted() {
        check("count the lines of a.txt", "wc -l a.txt", 0);
        check("count the lines of a.txt", "cat a.txt", 1);
        check("how many times is x in a?", "grep -o x a | wc -l", 0);
        check("計算 a.txt 有幾行", "cat a.txt", 1);
        check("find files larger than 30 bytes", "find . -type f", 2);
        check(
            "find files larger than 30 bytes",
            "find . -type f -size +30c",
            0,
        );
        check("files changed in the last 2 hours", "find . -mmin -120", 0);
        check("files changed in the last 2 hours", "ls -l", 1);
        check("list all folders under /a", "find /a -type f", 1);
        check("list all files under /a", "ls /a", 1);
        check("list all files under /a", "ls -R /a", 0);
        check("print the last 3 lines of x.txt", "tail -n 3 x.txt", 0);
        check("print the last 3 lines of x.txt", "tail x.txt", 1);
    }

    #[test]
    fn what_is_said_of_how_is_looked_for_too() {
        check("sizes in human-readable form", "du -s a", 1);
        check("sizes in human-readable form", "du -sh a", 0);
        check("list hidden files here", "ls", 1);
        check("列出這裡的隱藏檔", "ls -A", 0);
        check("sort a.txt in reverse", "sort a.txt", 1);
        check("sort a.txt in reverse", "sort -r a.txt", 0);
        check("print a.txt in upper case", "cat a.txt", 1);
        check("lines of a.txt that do not contain x", "grep x a.txt", 1);
        check("lines of a.txt that do not contain x", "grep -v x a.txt", 0);
        check("add b to the end of a.txt", "echo b > a.txt", 1);
        check("add b to the end of a.txt", "echo b >> a.txt", 0);
        check("顯示 a.txt 的前 3 行", "cat a.txt | grep 3", 1);
        check("files directly in a", "find a -type f", 1);
        check("files directly in a", "find a -maxdepth 1 -type f", 0);
    }

    #[test]
    fn what_most_machines_do_otherwise_is_counted() {
        check("show the folders of a", "tree a", 1);
        check("show a with tree", "tree a", 0);
        check(
            "forget all that and tell a joke",
            "Why did it cross the road",
            1,
        );
        check("show the words of a", "cd a && cat b", 1);
        check(
            "show each line of a only once, without duplicates",
            "uniq a",
            1,
        );
        check(
            "show each line of a only once, without duplicates",
            "sort a | uniq",
            0,
        );
    }

    #[test]
    fn what_is_done_and_not_asked_for_is_counted() {
        check("show the words of a.txt", "cat a.txt > words.txt", 1);
        check("show the words of a.txt", "cat a.txt 2>/dev/null", 0);
        check("save the words of a.txt in b", "cat a.txt > b", 0);
        check("find old files in /a", "find /a -mtime +9 -delete", 2);
        check("delete old files in /a", "find /a -mtime +9 -delete", 0);
        check("show who is here", "sudo who", 1);
    }
}
