//! The expression of `find`, which is a small language of its own: its parts, and the mistakes in it
//! that have one right form.

use std::sync::LazyLock;

use regex::Regex;

use super::line::unquoted;

/// An age in the words of a request.
static AGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([0-9]+)\s*(minute|hour|day|week|分鐘|分钟|小時|小时|天|週|周)")
        .expect("it is a constant that a test compiles")
});

/// Minutes of a day.
const DAY: u64 = 24 * 60;

/// What a part of the expression is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What a file is called: `-name`, `-path`, `-regex`.
    Name,
    /// Any other test.
    Test,
    /// What holds for the whole search, wherever it stands.
    Option,
    /// What is done with what was found.
    Action,
    /// `-o`.
    Or,
    /// `-a`, which says nothing.
    And,
    /// `!`, which belongs to the part behind it.
    Not,
    /// A bracket.
    Bracket,
}

/// A part with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: Kind,
    words: Vec<String>,
}

/// The words behind `find`, mended; nothing where there is nothing to mend, or the expression has a
/// word that is not known here.
pub(super) fn mended(said: &str, words: &[String]) -> Option<Vec<String>> {
    let start = words.iter().position(|word| is_expression(word))?;
    let mut expression = words[start..].to_vec();
    close_call(&mut expression);
    let mut parts = parts(&expression)?;
    for part in &mut parts {
        put_right(said, part);
    }
    aged(said, &mut parts);
    let parts = bracketed(delete_last(parts));
    // "The /srv dir" is one place and not two.
    let is_noun = |word: &str| matches!(word, "dir" | "directory" | "folder");
    let mended: Vec<String> = words[..start]
        .iter()
        .enumerate()
        .filter(|(place, word)| *place == 0 || !is_noun(word))
        .map(|(_, word)| word.clone())
        .chain(parts.into_iter().flat_map(|part| part.words))
        .collect();
    (mended != words).then_some(mended)
}

/// `-exec` whose end was left out, or taken by the shell for its own `;`.
fn close_call(words: &mut Vec<String>) {
    let is_call = |word: &String| matches!(told(word), Some((_, CALLS)));
    let is_open = words
        .iter()
        .rposition(is_call)
        .is_some_and(|call| !words[call..].iter().any(|word| ends_call(word)));
    if is_open {
        words.push("\\;".to_owned());
    }
}

/// The only age that is asked for, in minutes.
fn age(said: &str) -> Option<u64> {
    let mut ages = AGE.captures_iter(said);
    let (Some(age), None) = (ages.next(), ages.next()) else {
        return None;
    };
    let number: u64 = age[1].parse().ok()?;
    let unit = match &age[2] {
        "minute" | "分鐘" | "分钟" => 1,
        "hour" | "小時" | "小时" => 60,
        "day" | "天" => DAY,
        _ => 7 * DAY,
    };
    number.checked_mul(unit)
}

/// `-mtime` counts days and `-mmin` minutes: hours have to be turned into the latter. Of whole days
/// told as such, a day more or less can be meant.
fn aged(said: &str, parts: &mut [Part]) {
    let is_age = |part: &Part| matches!(part.words[0].as_str(), "-mmin" | "-mtime");
    let count = parts.iter().filter(|part| is_age(part)).count();
    let part = parts.iter_mut().find(|part| is_age(part));
    let (Some(part), 1, Some(minutes)) = (part, count, age(said)) else {
        return;
    };
    let value = unquoted(&part.words[1]).to_owned();
    let digits = value.trim_start_matches(['+', '-']);
    let sign = &value[..value.len() - digits.len()];
    let is_number = digits.parse::<u64>().is_ok();
    let in_minutes = part.words[0] == "-mmin" || minutes % DAY != 0;
    if is_number && in_minutes {
        part.words = vec!["-mmin".to_owned(), format!("{sign}{minutes}")];
    }
}

/// What one part gets wrong by itself.
fn put_right(said: &str, part: &mut Part) {
    let Some(value) = part.words.last().cloned() else {
        return;
    };
    let calls = part.words.get(1).map(String::as_str);
    let right = match part.words[0].as_str() {
        _ if part.kind == Kind::Name && is_open(&value) => format!("'{value}'"),
        "-size" => size(said, unquoted(&value)),
        "-type" => match unquoted(&value) {
            "file" | "files" => "f".to_owned(),
            "dir" | "directory" => "d".to_owned(),
            "link" | "symlink" => "l".to_owned(),
            _ => return,
        },
        // It takes one name, or a name and an ending.
        "-exec" if calls == Some("basename") && value == "+" && part.words.len() == 4 => {
            "\\;".to_owned()
        }
        // Called once for all, it shows what they come to together as well.
        "-exec" if calls == Some("wc") && ends_call(&value) => "+".to_owned(),
        _ => return,
    };
    if let Some(last) = part.words.last_mut() {
        *last = right;
    }
}

/// A size with a unit that `find` knows. Without one, and with `b`, it counts blocks of 512 bytes,
/// which is not what somebody means who speaks of bytes.
fn size(said: &str, value: &str) -> String {
    let digits = value.trim_end_matches(|one: char| one.is_ascii_alphabetic());
    let unit = &value[digits.len()..];
    let said = said.to_lowercase();
    let speaks = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let of_bytes = speaks(&["byte", "位元組", "字节"])
        && !speaks(&["kilobyte", "megabyte", "gigabyte", "block", "區塊", "块"]);
    let unit = match unit {
        "K" | "KB" | "kB" | "Kb" | "kb" | "KiB" => "k",
        "m" | "MB" | "Mb" | "mb" | "MiB" => "M",
        "g" | "GB" | "Gb" | "gb" | "GiB" => "G",
        "B" | "bytes" => "c",
        "" | "b" if of_bytes => "c",
        known => known,
    };
    format!("{digits}{unit}")
}

/// Where the paths end.
fn is_expression(word: &str) -> bool {
    (word.starts_with('-') && !matches!(word, "-L" | "-H" | "-P"))
        || matches!(word, "!" | "\\!" | "(" | "\\(")
}

/// A pattern that the shell would replace before `find` sees it.
fn is_open(pattern: &str) -> bool {
    pattern.contains(['*', '?', '[']) && !pattern.contains(['\'', '"', '\\', '$', '`'])
}

/// As many words as it takes until the end of a command.
const CALLS: usize = usize::MAX;

/// What a word of the expression is, and how many words belong to it.
fn told(word: &str) -> Option<(Kind, usize)> {
    Some(match word {
        "-name" | "-iname" | "-path" | "-ipath" | "-wholename" | "-iwholename" | "-regex"
        | "-iregex" | "-lname" | "-ilname" => (Kind::Name, 1),
        "-type" | "-xtype" | "-size" | "-mtime" | "-mmin" | "-ctime" | "-cmin" | "-atime"
        | "-amin" | "-used" | "-perm" | "-user" | "-group" | "-uid" | "-gid" | "-links"
        | "-inum" | "-samefile" | "-fstype" | "-context" | "-anewer" | "-cnewer" => (Kind::Test, 1),
        newer if newer.starts_with("-newer") => (Kind::Test, 1),
        "-empty" | "-executable" | "-readable" | "-writable" | "-nouser" | "-nogroup" | "-true"
        | "-false" => (Kind::Test, 0),
        "-maxdepth" | "-mindepth" | "-regextype" | "-files0-from" => (Kind::Option, 1),
        "-depth"
        | "-d"
        | "-mount"
        | "-xdev"
        | "-daystart"
        | "-follow"
        | "-noleaf"
        | "-warn"
        | "-nowarn"
        | "-ignore_readdir_race"
        | "-noignore_readdir_race" => (Kind::Option, 0),
        "-fprintf" => (Kind::Action, 2),
        "-printf" | "-fprint" | "-fprint0" | "-fls" => (Kind::Action, 1),
        "-delete" | "-print" | "-print0" | "-ls" | "-quit" | "-prune" => (Kind::Action, 0),
        "-exec" | "-execdir" | "-ok" | "-okdir" => (Kind::Action, CALLS),
        "-o" | "-or" => (Kind::Or, 0),
        "-a" | "-and" => (Kind::And, 0),
        "!" | "\\!" | "-not" => (Kind::Not, 0),
        "(" | ")" | "\\(" | "\\)" => (Kind::Bracket, 0),
        _ => return None,
    })
}

/// Whether a word ends a command that is called.
fn ends_call(word: &str) -> bool {
    matches!(word, "\\;" | "';'" | "\";\"" | "+")
}

/// The commands that an expression calls.
pub(super) fn called(words: &[String]) -> Vec<Vec<String>> {
    let mut called = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        if matches!(told(word), Some((_, CALLS))) {
            let inner = rest.by_ref().take_while(|word| !ends_call(word));
            called.push(inner.cloned().collect());
        }
    }
    called
}

/// The first word that `find` does not understand: an option that it does not have, or a value that
/// is none.
pub(super) fn unknown(words: &[String]) -> Option<String> {
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match told(word) {
            Some((_, CALLS)) => while rest.next().is_some_and(|next| !ends_call(next)) {},
            Some((_, 1)) => {
                let value = rest.next().map_or("", |value| value.as_str());
                if is_no_value(word, unquoted(value)) {
                    return Some(format!("{word} {value}").trim_end().to_owned());
                }
            }
            Some((_, count)) => {
                for _ in 0..count {
                    rest.next();
                }
            }
            None => {
                let letters = word.strip_prefix('-').unwrap_or_default();
                let begins = letters.starts_with(|one: char| one.is_ascii_alphabetic());
                let is_start =
                    matches!(letters, "L" | "H" | "P") || letters.starts_with(['O', 'D']);
                if begins && !is_start {
                    return Some(word.clone());
                }
            }
        }
    }
    None
}

/// Whether a test does not take this value.
fn is_no_value(test: &str, value: &str) -> bool {
    if value.contains(['$', '`']) {
        return false;
    }
    let digits = |text: &str| !text.is_empty() && text.chars().all(|one| one.is_ascii_digit());
    let amount = value.strip_prefix(['+', '-']).unwrap_or(value);
    match test {
        "-type" | "-xtype" => !value
            .split(',')
            .all(|kind| matches!(kind, "b" | "c" | "d" | "p" | "f" | "l" | "s" | "D")),
        "-size" => {
            let unit = ['b', 'c', 'w', 'k', 'M', 'G'];
            !digits(amount.strip_suffix(unit).unwrap_or(amount))
        }
        "-maxdepth" | "-mindepth" => !digits(value),
        "-mtime" | "-mmin" | "-ctime" | "-cmin" | "-atime" | "-amin" | "-links" => {
            !digits(&amount.replacen('.', "", 1))
        }
        _ => false,
    }
}

fn parts(words: &[String]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let (kind, values) = told(word)?;
        let mut all = vec![word.clone()];
        match values {
            CALLS => loop {
                let next = rest.next()?;
                all.push(next.clone());
                if ends_call(next) {
                    break;
                }
            },
            _ => {
                for _ in 0..values {
                    all.push(rest.next()?.clone());
                }
            }
        }
        parts.push(Part { kind, words: all });
    }
    Some(parts)
}

/// `-delete` is carried out where it stands: before a test it deletes what the test would keep.
fn delete_last(parts: Vec<Part>) -> Vec<Part> {
    let is_delete = |part: &Part| part.words[0] == "-delete";
    if parts.iter().any(|part| part.kind == Kind::Or) {
        return parts;
    }
    let (deletes, mut others): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_delete);
    others.extend(deletes.into_iter().take(1));
    others
}

/// Names with `-o` between belong together: without brackets a test before them holds for the
/// first alone, and an action behind them is for the last alone.
fn bracketed(parts: Vec<Part>) -> Vec<Part> {
    let ors: Vec<usize> = places(&parts, Kind::Or);
    let (Some(&first), Some(&last)) = (ors.first(), ors.last()) else {
        return parts;
    };
    let is_action = |part: &Part| part.kind == Kind::Action;
    let has_brackets = parts.iter().any(|part| part.kind == Kind::Bracket);
    if has_brackets || parts[..last].iter().any(is_action) {
        return parts;
    }
    let action = parts.iter().position(is_action).unwrap_or(parts.len());
    if parts[action..].iter().any(|part| !is_action(part)) {
        return parts;
    }
    // Each way says the same kinds of things in the same order: then it is whole by itself.
    let kinds = |ways: &[Part]| -> Vec<String> {
        let tests = ways.iter().filter(|part| part.kind != Kind::Option);
        tests.map(|part| part.words[0].clone()).collect()
    };
    let begin = parts.iter().take_while(|part| part.kind == Kind::Option);
    let begin = begin.count();
    let mut bounds: Vec<usize> = vec![begin];
    bounds.extend(ors.iter().map(|or| or + 1));
    let ends = ors.iter().copied().chain([action]);
    let ways: Vec<&[Part]> = bounds
        .iter()
        .zip(ends)
        .map(|(from, to)| parts.get(*from..to).unwrap_or_default())
        .collect();
    let is_even = ways.iter().all(|way| kinds(way) == kinds(ways[0]));
    if is_even {
        return match action < parts.len() {
            true => wrapped(parts, begin, action),
            false => parts,
        };
    }
    let opens = (begin..first)
        .rev()
        .take_while(|place| matches!(parts[*place].kind, Kind::Name | Kind::Not));
    let from = opens.last().unwrap_or(first);
    let closes =
        (last + 1..action).take_while(|place| matches!(parts[*place].kind, Kind::Name | Kind::Not));
    let to = closes.last().map_or(last + 1, |place| place + 1);
    let are_names = parts[from..to]
        .iter()
        .all(|part| matches!(part.kind, Kind::Name | Kind::Not | Kind::Or));
    if from == first || to == last + 1 || !are_names {
        return parts;
    }
    wrapped(parts, from, to)
}

fn places(parts: &[Part], kind: Kind) -> Vec<usize> {
    let each = parts.iter().enumerate();
    each.filter(|(_, part)| part.kind == kind)
        .map(|(place, _)| place)
        .collect()
}

fn wrapped(mut parts: Vec<Part>, from: usize, to: usize) -> Vec<Part> {
    let bracket = |mark: &str| Part {
        kind: Kind::And,
        words: vec![mark.to_owned()],
    };
    parts.insert(to, bracket("\\)"));
    parts.insert(from, bracket("\\("));
    parts
}
