//! Placeholders: a text that is to be sent must not say `[Your Name]`. What the person wrote so
//! themselves may stay.

use std::sync::LazyLock;

use ::regex::Regex;

use super::{Argument, Entry, Found, Looked};

pub(super) const NO_PLACEHOLDER: Entry = Entry {
    name: "no-placeholder",
    argument: Argument::None,
    look,
};

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    let alternatives = [
        // [Your Name], but neither a link, a box of a list nor a number of a note.
        r"\[[^\]\n\[]*\p{L}{2}[^\]\n\[]*\](?:[^(]|$)",
        r"【[^】\n]*(?:姓名|名稱|名称|公司|日期|電話|电话|您的|你的)[^】\n]*】",
        r"<(?:your|name|company|date|insert)[^>\n]{0,30}>",
        r"\{\{?[A-Za-z_ ]{2,30}\}?\}",
        r"(?i)lorem ipsum",
        r"\bX{3,}\b",
        r"(?i)\b(?:TODO|TBD)\b",
        r"[○〇]{2,}",
    ];
    Regex::new(&alternatives.join("|")).expect("it is a constant that a test compiles")
});

fn look(at: &Looked<'_>) -> Found {
    let source = at.source();
    let mut found = PLACEHOLDER
        .find_iter(at.text)
        .map(|found| bare(found.as_str()));
    let left = found.find(|found| !source.contains(found));
    match left {
        None => Found::passed("no-placeholder", "nothing is left to be filled in"),
        Some(left) => Found::failed(
            "no-placeholder",
            format!("{left} is left to be filled in"),
            format!("Leave no placeholders such as {left}; leave out what is not known."),
        ),
    }
}

/// The placeholder without the letter behind its bracket that was looked at.
fn bare(found: &str) -> &str {
    match found.rfind([']', '>', '}', '】']) {
        Some(end) => &found[..found.ceil_char_boundary(end + 1)],
        None => found,
    }
}
