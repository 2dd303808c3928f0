//! Whether every element of a document is closed where it should be, told by line. A parser mends such
//! mistakes silently or says little of them; somebody who writes code wants to know where to look.

/// Elements that have no end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose end may be left out.
const OPTIONAL: &[&str] = &[
    "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead",
    "tbody", "tfoot", "colgroup", "rt", "rp",
];

/// Elements in which nothing is an element.
const RAW: &[&str] = &["style", "script", "title", "textarea"];

/// Most problems that are told: after the first few the others follow from them.
const MOST: usize = 3;

struct Tag {
    name: String,
    line: usize,
    is_end: bool,
    /// Whether it ends with a slash, which means something in pictures only.
    is_closed: bool,
}

/// What is not closed, or closed without having been opened.
pub fn problems(html: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let mut open: Vec<Tag> = Vec::new();
    for tag in tags(html) {
        if tag.is_end {
            close(&tag, &mut open, &mut problems);
            continue;
        }
        let in_picture = open
            .iter()
            .any(|one| one.name == "svg" || one.name == "math");
        let is_whole = VOID.contains(&tag.name.as_str()) || (tag.is_closed && in_picture);
        if !is_whole {
            open.push(tag);
        }
    }
    let left = open.iter().filter(|tag| !is_optional(tag));
    problems.extend(left.map(unclosed));
    problems.truncate(MOST);
    problems
}

fn close(tag: &Tag, open: &mut Vec<Tag>, problems: &mut Vec<String>) {
    let Some(place) = open.iter().rposition(|one| one.name == tag.name) else {
        problems.push(format!("line {}: </{}> closes nothing", tag.line, tag.name));
        return;
    };
    let between = open.drain(place..).skip(1);
    problems.extend(
        between
            .filter(|one| !is_optional(one))
            .map(|one| unclosed(&one)),
    );
}

fn is_optional(tag: &Tag) -> bool {
    OPTIONAL.contains(&tag.name.as_str())
}

fn unclosed(tag: &Tag) -> String {
    format!("line {}: <{}> is not closed", tag.line, tag.name)
}

/// The tags of a document, in order.
fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut at = 0;
    while let Some(step) = html[at..].find('<') {
        line += lines(&html[at..at + step]);
        at += step;
        let rest = &html[at..];
        let length = if rest.starts_with("<!--") {
            rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if let Some((tag, length)) = tag(rest, line) {
            let is_raw = !tag.is_end && RAW.contains(&tag.name.as_str());
            let inside = if is_raw {
                let end = find_end(&rest[length..], &tag.name);
                end.unwrap_or(rest.len() - length)
            } else {
                0
            };
            found.push(tag);
            length + inside
        } else {
            1
        };
        line += lines(&rest[..length]);
        at += length;
    }
    found
}

fn lines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where the end of an element begins in which nothing is an element.
fn find_end(text: &str, name: &str) -> Option<usize> {
    let end = format!("</{name}");
    text.char_indices().map(|(place, _)| place).find(|place| {
        let piece = text.as_bytes().get(*place..place + end.len());
        piece.is_some_and(|piece| piece.eq_ignore_ascii_case(end.as_bytes()))
    })
}

/// The tag at the beginning of a text, and how long it is; nothing where there is none.
fn tag(text: &str, line: usize) -> Option<(Tag, usize)> {
    let is_end = text.starts_with("</");
    let name_at = if is_end { 2 } else { 1 };
    if !text[name_at..].starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let end = text.char_indices().skip(1).find(|(_, letter)| {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(*letter),
            (Some(open), letter) if open == *letter => quote = None,
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    let end = end.map_or(text.len(), |(place, _)| place);
    let inside = &text[name_at..end];
    let name: String = inside
        .chars()
        .take_while(|letter| !letter.is_whitespace() && *letter != '/')
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    let tag = Tag {
        name,
        line,
        is_end,
        is_closed: inside.ends_with('/'),
    };
    Some((tag, (end + 1).min(text.len())))
}

#[cfg(test)]
mod tests {
    use super::problems;

    #[test]
    fn what_is_not_closed_is_told_by_its_line() {
        let good = "<!doctype html>\n<html><head><title>a < b</title><style>a > b {}</style></head>\n\
            <body><!-- <div> --><p>One<p>Two<ul><li>x<li>y</ul><br><img alt=\"1 > 0\"><svg><path d=\"\"/><g></g></svg></body></html>";
        assert_eq!(problems(good), [""; 0]);
        for (bad, said) in [
            (
                "<main>\n<div>\n<p>x</p>\n</main>",
                "line 2: <div> is not closed",
            ),
            (
                "<main>\n</section>\n</main>",
                "line 2: </section> closes nothing",
            ),
            ("<main>\n\n<div/></main>", "line 3: <div> is not closed"),
            ("<main>", "line 1: <main> is not closed"),
            ("<style>\na {}\n", "line 1: <style> is not closed"),
        ] {
            assert_eq!(problems(bad), [said], "{bad}");
        }
        assert_eq!(problems(&"<b>".repeat(50)).len(), 3);
        for odd in [
            "<",
            "</",
            "< b",
            "<!",
            "<a",
            "<a href='",
            "一<二>三",
            "<!--",
        ] {
            // It ends, and nothing is cut within a letter.
            let _ = problems(odd);
        }
    }
}
