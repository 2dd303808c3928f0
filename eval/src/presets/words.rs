//! Whether a text is what was expected of it.

use super::cases::Case;

/// What is wrong, if anything.
pub fn wrong(case: &Case, text: &str) -> Option<String> {
    let expect = &case.expect;
    let bare = bare(text);
    let has = |wanted: &String| bare.contains(&self::bare(wanted));
    if let Some(lost) = expect.all.iter().find(|wanted| !has(wanted)) {
        return Some(format!("{lost:?} is not in it"));
    }
    if let Some(lost) = expect.any.iter().find(|group| !group.iter().any(has)) {
        return Some(format!("none of {lost:?} is in it"));
    }
    if let Some(found) = expect.none.iter().find(|wanted| has(wanted)) {
        return Some(format!("{found:?} is in it"));
    }
    let han = text
        .chars()
        .filter(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter))
        .count();
    let is_chinese = han * 4 > text.chars().count();
    match expect.language.as_deref() {
        Some("zh") if !is_chinese => return Some("it is not in Chinese".to_owned()),
        Some("en") if is_chinese => return Some("it is in Chinese".to_owned()),
        _ => {}
    }
    let rows = rows(text);
    match expect.rows {
        Some(wanted) if wanted != rows => Some(format!("it has {rows} rows and not {wanted}")),
        _ => None,
    }
}

/// Small letters, no spaces, no commas of thousands: what differs between two honest spellings.
fn bare(text: &str) -> String {
    let letters = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, ',' | '，' | '$'));
    letters.flat_map(char::to_lowercase).collect()
}

/// Rows of a table in Markdown below its head, or lines where there is no table.
fn rows(text: &str) -> usize {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let table = lines.clone().filter(|line| line.starts_with('|')).count();
    match table {
        0 => lines.count(),
        table => table.saturating_sub(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expect: &str, text: &str, is_right: bool) {
        let case = format!(r#"{{"id":"1","inputs":{{}},"expect":{expect}}}"#);
        let case: Case = serde_json::from_str(&case).unwrap();
        assert_eq!(wrong(&case, text).is_none(), is_right, "{expect} {text}");
    }

    #[test]
    fn texts_are_held_against_what_was_expected() {
        check(r#"{"all":["1250","Lee"]}"#, "ms lee owes 1,250", true);
        check(r#"{"all":["1250"]}"#, "12 50.", true);
        check(r#"{"any":[["May 4","4 May"]]}"#, "on 4 May", true);
        check(r#"{"any":[["May 4"]]}"#, "on 5 May", false);
        check(r#"{"none":["sorry"]}"#, "Sorry!", false);
        check(r#"{"language":"zh"}"#, "好的 OK", true);
        check(r#"{"language":"en"}"#, "好的", false);
        check(r#"{"rows":1}"#, "| a |\n|---|\n| b |", true);
        check(r#"{"rows":2}"#, "a\n\nb", true);
    }
}
