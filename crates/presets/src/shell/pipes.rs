//! What is put right between the commands of a line: what one writes and the other does not read as
//! it was meant, and what stands around the only command that counts.

use super::line::{Lexeme, is_redirect, unquoted};
use super::posix;

/// Words by which somebody asks for pages.
const BY_PAGES: &[&str] = &[
    "page", "scroll", "less", "screen", "逐頁", "分頁", "逐页", "分页",
];

/// Words by which somebody asks for one number of all files.
const TOGETHER: &[&str] = &[
    "total",
    "all the lines",
    "all the words",
    "together",
    "altogether",
    "總",
    "总",
    "一共",
];

/// Words by which somebody asks for a number of each file.
const EACH: &[&str] = &["each", "every", "per file", "by file", "每", "各"];

/// Words by which somebody asks for one line.
const ON_ONE_LINE: &[&str] = &["one line", "single line", "same line", "一行", "同行"];

/// From where to where each tool with its words and redirections stands.
pub(super) fn pieces(lexemes: &[Lexeme]) -> Vec<(usize, usize)> {
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

/// Mends what stands between commands. `said` is in small letters.
pub(super) fn mend(said: &str, lexemes: &mut Vec<Lexeme>) {
    let asks = |marks: &[&str]| marks.iter().any(|mark| said.contains(mark));
    if !asks(ON_ONE_LINE) {
        bare_echo(said, lexemes);
    }
    if !asks(BY_PAGES) {
        no_pages(lexemes);
    }
    let pieces = pieces(lexemes);
    for pair in pieces.windows(2) {
        let &[(from, to), (next, end)] = pair else {
            continue;
        };
        if lexemes[to].text() == "|" && next == to + 1 {
            counted_list(lexemes, (from, to), (next, end));
            sorted_sizes(lexemes, (from, to), (next, end));
        }
    }
    summed(said, lexemes);
    null_ended(lexemes);
}

/// What all files have together is one number, and not one for each of them.
fn summed(said: &str, lexemes: &mut Vec<Lexeme>) {
    let asks = |marks: &[&str]| marks.iter().any(|mark| said.contains(mark));
    if !asks(TOGETHER) || asks(EACH) {
        return;
    }
    let texts: Vec<&str> = lexemes.iter().map(Lexeme::text).collect();
    let (kept, option, reads) = match texts.as_slice() {
        [kept @ .., "-exec", "wc", option, "{}", "+" | "\\;"] => {
            (kept.len(), *option, ["-exec", "cat", "{}", "+"].as_slice())
        }
        [kept @ .., "wc", option] if is_called_for_files(kept) => {
            (kept.len(), *option, ["cat"].as_slice())
        }
        _ => return,
    };
    if !is_bundle(option) {
        return;
    }
    let option = option.to_owned();
    lexemes.truncate(kept);
    let words = reads.iter().map(|word| Lexeme::Word((*word).to_owned()));
    lexemes.extend(words);
    lexemes.push(Lexeme::Operator("|".to_owned()));
    lexemes.push(Lexeme::Word("wc".to_owned()));
    lexemes.push(Lexeme::Word(option));
}

/// Whether what follows is called by `xargs`.
fn is_called_for_files(before: &[&str]) -> bool {
    let begin = before.iter().rposition(|word| *word == "xargs");
    begin.is_some_and(|begin| {
        before[begin + 1..]
            .iter()
            .all(|word| matches!(*word, "-0" | "-r"))
    })
}

/// `echo "Files: $(ls | wc -l)"` is `ls | wc -l` with words around it that nobody asked for.
fn bare_echo(said: &str, lexemes: &mut Vec<Lexeme>) {
    let [Lexeme::Word(echo), Lexeme::Word(word)] = lexemes.as_slice() else {
        return;
    };
    let inner = posix::inner_commands(word);
    let ([inner], "echo") = (inner.as_slice(), echo.as_str()) else {
        return;
    };
    let Some((label, behind)) = unquoted(word).split_once(&format!("$({inner})")) else {
        return;
    };
    let label = label.trim().trim_end_matches(':').to_lowercase();
    // Words that are to be written out stand in quotation marks.
    let is_quoted = ['"', '\'', '“', '‘', '「', '『']
        .iter()
        .any(|mark| said.contains(&format!("{mark}{label}")));
    let is_said = !label.is_empty() && (is_quoted || label.contains('$'));
    if !behind.is_empty() || is_said {
        return;
    }
    if let Ok(bare) = posix::lexemes(inner) {
        *lexemes = bare;
    }
}

/// A pager at the end of a line waits for a key.
fn no_pages(lexemes: &mut Vec<Lexeme>) {
    if let [.., Lexeme::Operator(pipe), Lexeme::Word(pager)] = lexemes.as_slice()
        && pipe == "|"
        && matches!(pager.as_str(), "less" | "more")
    {
        lexemes.truncate(lexemes.len() - 2);
    }
}

/// The first line of `ls -l` is a sum, and no entry to be counted.
fn counted_list(lexemes: &mut [Lexeme], list: (usize, usize), counts: (usize, usize)) {
    let counting: Vec<&str> = lexemes[counts.0..counts.1]
        .iter()
        .map(Lexeme::text)
        .collect();
    if lexemes[list.0].text() != "ls" || counting != ["wc", "-l"] {
        return;
    }
    let bundle = lexemes[list.0 + 1..list.1]
        .iter_mut()
        .find(|word| is_bundle(word.text()) && word.text().contains('l'));
    if let Some(Lexeme::Word(word)) = bundle {
        let all = if word.contains(['a', 'A']) { "A" } else { "" };
        let recursive = if word.contains('R') { "R" } else { "" };
        *word = format!("-1{all}{recursive}");
    }
}

/// Sizes with units are not sorted as bare numbers.
fn sorted_sizes(lexemes: &mut [Lexeme], sizes: (usize, usize), sorts: (usize, usize)) {
    let has = |(from, to): (usize, usize), letter: char| {
        let mut words = lexemes[from + 1..to].iter().map(Lexeme::text);
        words.any(|word| is_bundle(word) && word.contains(letter))
    };
    let is_so = lexemes[sizes.0].text() == "du"
        && lexemes[sorts.0].text() == "sort"
        && has(sizes, 'h')
        && has(sorts, 'n');
    if !is_so {
        return;
    }
    for lexeme in &mut lexemes[sorts.0 + 1..sorts.1] {
        if let Lexeme::Word(word) = lexeme
            && is_bundle(word)
        {
            *word = word.replace('n', "h");
        }
    }
}

fn is_bundle(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|letters| {
        !letters.is_empty() && letters.chars().all(|one| one.is_ascii_alphanumeric())
    })
}

fn is_word(lexeme: &Lexeme, word: &str) -> bool {
    matches!(lexeme, Lexeme::Word(text) if text == word)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, before: &str, after: &str) {
        let mut lexemes = posix::lexemes(before).unwrap();
        mend(said, &mut lexemes);
        assert_eq!(lexemes, posix::lexemes(after).unwrap(), "{said}: {before}");
    }

    #[test]
    fn words_that_nobody_asked_for_are_left_out() {
        check("count files", "echo \"Files: $(ls | wc -l)\"", "ls | wc -l");
        check("count files", "echo $(ls | wc -l)", "ls | wc -l");
        let told = "echo \"Files: $(ls | wc -l)\"";
        check("print 'files: ' and how many there are", told, told);
        check("print files on one line", "echo $(ls)", "echo $(ls)");
        check("x", "echo $(ls) done", "echo $(ls) done");
        check("show a", "sort a | less", "sort a");
        check("show a page by page", "sort a | less", "sort a | less");
    }

    #[test]
    fn what_one_writes_is_what_the_next_one_reads() {
        check("x", "ls -la a | wc -l", "ls -1A a | wc -l");
        check("x", "ls -l | grep ^d | wc -l", "ls -l | grep ^d | wc -l");
        check("x", "du -sh * | sort -rn", "du -sh * | sort -rh");
        check("x", "du -s * | sort -rn", "du -s * | sort -rn");
        check(
            "x",
            "find . -print0 | xargs ls",
            "find . -print0 | xargs -0 ls",
        );
    }
}
