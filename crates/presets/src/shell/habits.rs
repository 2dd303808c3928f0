//! What is put right in the words of single tools: questions back to a person who may not be there,
//! pages that wait for a key, patterns in another dialect than the tool was told, and the like.
//! Each has one right form; what the request asks for in so many words is never taken away.

use super::line::unquoted;

/// Words by which somebody asks to be asked.
const ASKS_BACK: &[&str] = &[
    "confirm",
    "prompt",
    "ask",
    "interactiv",
    "確認",
    "确认",
    "詢問",
    "询问",
    "互動",
    "交互",
];

/// Words by which somebody asks for something that goes on.
const GOES_ON: &[&str] = &[
    "follow",
    "live",
    "real time",
    "real-time",
    "watch",
    "monitor",
    "continu",
    "keep",
    "refresh",
    "every ",
    "as it grows",
    "interactiv",
    "持續",
    "持续",
    "即時",
    "实时",
    "監",
    "监",
    "追蹤",
    "跟踪",
    "每",
];

/// Words by which somebody asks for pages.
const BY_PAGES: &[&str] = &[
    "page", "scroll", "less", "screen", "逐頁", "分頁", "逐页", "分页",
];

/// Words by which somebody asks for a part of what there is to be replaced.
const ONCE: &[&str] = &["first", "once", "第一", "一次", "首個", "首个"];

/// Words by which somebody asks for something to be replaced.
const REPLACES: &[&str] = &[
    "replace",
    "substitute",
    "change",
    "swap",
    "turn",
    "convert",
    "remove",
    "delete",
    "strip",
    "換",
    "换",
    "替",
    "改",
    "刪",
    "删",
    "移除",
    "去",
];

/// The words of one command, mended. `said` is in small letters.
pub(super) fn mended(said: &str, words: &[String]) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| at_home(word)).collect();
    let tool = words.first().cloned().unwrap_or_default();
    let asks = |marks: &[&str]| marks.iter().any(|mark| said.contains(mark));
    match tool.as_str() {
        "rm" | "cp" | "mv" if !asks(ASKS_BACK) => without_letter(&mut words, 'i'),
        "less" | "more" if words.len() == 2 && !asks(BY_PAGES) => words[0] = "cat".to_owned(),
        "tail" if !asks(GOES_ON) => {
            words.retain(|word| word != "--follow");
            without_letter(&mut words, 'f');
            without_letter(&mut words, 'F');
        }
        "top" | "htop" if !asks(GOES_ON) => once(&mut words),
        "grep" => in_dialect(said, &mut words),
        "sed" => replacing(said, &mut words),
        "awk" | "cut" => by_commas(&mut words),
        "xargs" => one_by_one(&mut words),
        "mkdir" => with_parents(&mut words),
        _ => {}
    }
    if tool == "cp" {
        recursively(said, &mut words);
    }
    words
}

/// Between quotation marks the shell does not read `~` as the person's own folder.
fn at_home(word: &str) -> String {
    let inner = unquoted(word);
    let is_plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '/' | '.' | '_' | '-');
    match inner.strip_prefix("~/") {
        Some(path) if inner != word && path.chars().all(is_plain) => inner.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a word is a bundle of letters.
fn is_bundle(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|letters| {
        !letters.is_empty() && letters.chars().all(|one| one.is_ascii_alphabetic())
    })
}

fn has_letter(words: &[String], letters: &[char]) -> bool {
    let mut bundles = words.iter().skip(1).filter(|word| is_bundle(word));
    bundles.any(|word| word.contains(letters))
}

fn without_letter(words: &mut Vec<String>, letter: char) {
    let left = words.iter().enumerate().filter_map(|(place, word)| {
        let left = match place > 0 && is_bundle(word) {
            true => word.replace(letter, ""),
            false => return Some(word.clone()),
        };
        (left != "-").then_some(left)
    });
    *words = left.collect();
}

/// `top` as a list that ends.
fn once(words: &mut Vec<String>) {
    if words[0] == "htop" {
        if words.len() > 1 {
            return;
        }
        words[0] = "top".to_owned();
    }
    if !words.iter().any(|word| word.starts_with("-b")) {
        words.insert(1, "-b".to_owned());
    }
    if !words
        .iter()
        .any(|word| word.starts_with("-n") || word.starts_with("-bn"))
    {
        words.insert(2, "-n".to_owned());
        words.insert(3, "1".to_owned());
    }
}

/// A pattern with `a|b`, `x+` or `{3}` is an extended one, and one with `\d` is Perl's.
fn in_dialect(said: &str, words: &mut Vec<String>) {
    let is_told = has_letter(words, &['E', 'P', 'F'])
        || words
            .iter()
            .any(|word| word.starts_with("--") && word.contains("regexp"));
    let pattern = words.iter().skip(1).find(|word| !word.starts_with('-'));
    let Some(pattern) = pattern.map(|word| unquoted(word).to_owned()) else {
        return;
    };
    if pattern.contains("\\d") && !has_letter(words, &['P']) {
        without_letter(words, 'E');
        words.insert(1, "-P".to_owned());
    } else if !is_told && is_extended(&pattern) && !said.contains(&pattern.to_lowercase()) {
        words.insert(1, "-E".to_owned());
    }
}

/// Whether a pattern says something else, or nothing at all, unless it is read as an extended one.
fn is_extended(pattern: &str) -> bool {
    let bare = pattern.replace("\\\\", "");
    let repeats = ["]+", ")+", ".+", "]{", "]?", ")?"]
        .iter()
        .any(|mark| bare.contains(mark));
    let between = bare.match_indices('|').any(|(at, _)| {
        let before = bare[..at].chars().next_back();
        let after = bare[at + 1..].chars().next();
        let joins = |one: Option<char>| one.is_some_and(|one| !matches!(one, ' ' | '\\' | '|'));
        joins(before) && joins(after)
    });
    repeats || between
}

/// `sed` replaces wherever there is something to replace, and reads a pattern as it was written.
fn replacing(said: &str, words: &mut Vec<String>) {
    let is_told = has_letter(words, &['E', 'r']);
    let all = REPLACES.iter().any(|word| said.contains(word))
        && !ONCE.iter().any(|word| said.contains(word));
    let place = words
        .iter()
        .skip(1)
        .position(|word| is_substitution(unquoted(word)));
    let Some(place) = place.map(|place| place + 1) else {
        return;
    };
    let script = unquoted(&words[place]).to_owned();
    let mark = if words[place].starts_with('"') {
        '"'
    } else {
        '\''
    };
    if all && script.ends_with('/') {
        words[place] = format!("{mark}{script}g{mark}");
    }
    let pattern = script.split('/').nth(1).unwrap_or_default();
    let groups = pattern.contains('(') && !pattern.contains("\\(") && script.contains("\\1");
    if !is_told && (groups || is_extended(pattern)) {
        words.insert(1, "-E".to_owned());
    }
}

/// One `s/…/…/` with slashes, and nothing else.
fn is_substitution(script: &str) -> bool {
    let bare = script.replace("\\/", "");
    bare.starts_with("s/") && bare.matches('/').count() == 3 && !bare.contains([';', '\n'])
}

/// The columns of a file that says itself that commas are between them.
fn by_commas(words: &mut Vec<String>) {
    let is_awk = words[0] == "awk";
    let of_commas = words
        .iter()
        .skip(1)
        .any(|word| unquoted(word).ends_with(".csv"));
    let told = if is_awk { "-F" } else { "-d" };
    let is_told = words.iter().any(|word| {
        word.starts_with(told)
            || word.starts_with("--")
            || word.contains("FS")
            || word.contains("split(")
    });
    let by_columns = match is_awk {
        true => words.iter().any(|word| {
            word.contains("$1")
                || word.contains("$2")
                || word.contains("$3")
                || word.contains("$4")
                || word.contains("$NF")
        }),
        false => has_letter(words, &['f']) || words.iter().any(|word| word.starts_with("-f")),
    };
    if of_commas && by_columns && !is_told {
        words.insert(1, format!("{told},"));
    }
}

/// `basename` takes one name at a time.
fn one_by_one(words: &mut Vec<String>) {
    let calls = words.iter().position(|word| word == "basename");
    let tells = words.iter().any(|word| {
        word.starts_with("-n")
            || word.starts_with("-I")
            || word.starts_with("-i")
            || word.starts_with("-L")
            || word == "-a"
            || word == "-s"
    });
    if let Some(calls) = calls.filter(|_| !tells) {
        words.insert(calls, "-n".to_owned());
        words.insert(calls + 1, "1".to_owned());
    }
}

/// A folder within a folder that may not be there yet.
fn with_parents(words: &mut Vec<String>) {
    let is_told = has_letter(words, &['p', 'm']) || words.iter().any(|word| word.starts_with("--"));
    let is_deep = words.iter().skip(1).any(|word| {
        let inner = unquoted(word).trim_matches('/');
        !word.starts_with('-') && inner.contains('/')
    });
    if is_deep && !is_told {
        words.insert(1, "-p".to_owned());
    }
}

/// Whether the request calls this a folder in so many words: "the folder x", "the x directory".
fn is_folder(said: &str, word: &str) -> bool {
    const FOLDERS: &[&str] = &["folder", "directory", "資料夾", "文件夹", "目錄", "目录"];
    let name = unquoted(word).trim_end_matches('/').to_lowercase();
    if word.starts_with('-') || name.is_empty() || name.contains(['*', '?', '$', '.']) {
        return false;
    }
    FOLDERS.iter().any(|folder| {
        [
            format!("{folder} {name}"),
            format!("{name} {folder}"),
            format!("{folder} '{name}'"),
        ]
        .iter()
        .any(|both| said.contains(both.as_str()))
    })
}

/// `cp` takes a folder along with what is in it, where it is the source.
fn recursively(said: &str, words: &mut Vec<String>) {
    let is_told =
        has_letter(words, &['r', 'R', 'a']) || words.iter().any(|word| word.starts_with("--"));
    let mut sources = words.iter().skip(1).take(words.len().saturating_sub(2));
    let takes_folder = sources.any(|word| is_folder(said, word));
    if takes_folder && !is_told {
        words.insert(1, "-r".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, before: &str, after: &str) {
        let words: Vec<String> = before.split(' ').map(str::to_owned).collect();
        assert_eq!(mended(said, &words).join(" "), after, "{said}");
    }

    #[test]
    fn nobody_is_asked_or_kept_waiting_who_did_not_ask_for_it() {
        check("delete a", "rm -ri a", "rm -r a");
        check("delete a", "rm -i a", "rm a");
        check("delete a, ask first", "rm -i a", "rm -i a");
        check("show a", "less a", "cat a");
        check("show a page by page", "less a", "less a");
        check("show the end of a", "tail -fn 5 a", "tail -n 5 a");
        check("follow a", "tail -f a", "tail -f a");
        check("what runs here?", "top", "top -b -n 1");
        check("what runs here?", "htop", "top -b -n 1");
        check("show live what runs", "top", "top");
    }

    #[test]
    fn patterns_are_read_as_they_were_written() {
        check("lines with a or b", "grep 'a|b' f", "grep -E 'a|b' f");
        check("lines with a|b", "grep 'a|b' f", "grep 'a|b' f");
        check("numbers", "grep -o '[0-9]+' f", "grep -E -o '[0-9]+' f");
        check("numbers", "grep -oE '\\d+' f", "grep -P -o '\\d+' f");
        check("x", "grep '[0-9]\\{3\\}' f", "grep '[0-9]\\{3\\}' f");
        check("x", "grep -F 'a|b' f", "grep -F 'a|b' f");
        check("replace a by b", "sed 's/a/b/' f", "sed 's/a/b/g' f");
        check("replace the first a", "sed 's/a/b/' f", "sed 's/a/b/' f");
        check("x", "sed 's/[0-9]+/n/' f", "sed -E 's/[0-9]+/n/' f");
        check("x", "sed 's/\\(a\\)/\\1/' f", "sed 's/\\(a\\)/\\1/' f");
    }

    #[test]
    fn columns_folders_and_names_are_taken_as_they_are() {
        check("x", "awk {print$2} a.csv", "awk -F, {print$2} a.csv");
        check("x", "cut -f2 a.csv", "cut -d, -f2 a.csv");
        check("x", "cut -d; -f2 a.csv", "cut -d; -f2 a.csv");
        check("x", "awk {print$2} a.txt", "awk {print$2} a.txt");
        check("x", "xargs -0 basename", "xargs -0 -n 1 basename");
        check("x", "mkdir a/b", "mkdir -p a/b");
        check("x", "mkdir a", "mkdir a");
        check("copy the folder a to b", "cp a b", "cp -r a b");
        check("copy a to the folder b", "cp a b", "cp a b");
        check("x", "ls \"~/a.b/c\" '~/a*'", "ls ~/a.b/c '~/a*'");
    }
}
