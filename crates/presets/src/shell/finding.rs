//! The expression of `find`, which is a small language of its own: its parts, and the mistakes in it
//! that have one right form.

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
}

/// A part with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: Kind,
    words: Vec<String>,
}

/// The words behind `find`, mended; nothing where there is nothing to mend, or the expression has
/// brackets of its own or a word that is not known here.
pub(super) fn mended(words: &[String]) -> Option<Vec<String>> {
    let start = words.iter().position(|word| is_expression(word))?;
    let mut parts = parts(&words[start..])?;
    for part in &mut parts {
        if part.kind == Kind::Name
            && let Some(pattern) = part.words.last_mut()
            && is_open(pattern)
        {
            *pattern = format!("'{pattern}'");
        }
    }
    let parts = bracketed(delete_last(parts));
    let mended: Vec<String> = words[..start]
        .iter()
        .cloned()
        .chain(parts.into_iter().flat_map(|part| part.words))
        .collect();
    (mended != words).then_some(mended)
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

fn parts(words: &[String]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let (kind, values) = match word.as_str() {
            "-name" | "-iname" | "-path" | "-ipath" | "-wholename" | "-regex" | "-iregex" => {
                (Kind::Name, 1)
            }
            "-type" | "-size" | "-mtime" | "-mmin" | "-ctime" | "-cmin" | "-atime" | "-amin"
            | "-newer" | "-newermt" | "-perm" | "-user" | "-group" | "-links" | "-inum"
            | "-samefile" | "-lname" => (Kind::Test, 1),
            "-empty" | "-executable" | "-readable" | "-writable" => (Kind::Test, 0),
            "-maxdepth" | "-mindepth" => (Kind::Option, 1),
            "-printf" => (Kind::Action, 1),
            "-delete" | "-print" | "-print0" | "-ls" | "-quit" => (Kind::Action, 0),
            "-exec" | "-execdir" | "-ok" => (Kind::Action, usize::MAX),
            "-o" | "-or" => (Kind::Or, 0),
            "-a" | "-and" => (Kind::And, 0),
            "!" | "\\!" | "-not" => (Kind::Not, 0),
            _ => return None,
        };
        let mut all = vec![word.clone()];
        match values {
            usize::MAX => loop {
                let next = rest.next()?;
                all.push(next.clone());
                if matches!(next.as_str(), "\\;" | "';'" | "\";\"" | "+") {
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
    if parts[..last].iter().any(is_action) {
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
