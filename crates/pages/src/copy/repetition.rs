//! The same words twice: within a section, or of something that stands in the page already. Names and
//! facts of the brief may come again; what is said of them may not.

use super::checks::{Problem, say};
use crate::ground::Brief;
use crate::language::Language;

/// Words in a row that two places of a page may not share.
const ENGLISH_RUN: usize = 5;

/// Characters in a row that two places of a Chinese page may not share.
const CHINESE_RUN: usize = 8;

/// Whether a text says what the page says `before`, or what its section says `beside` it.
pub fn repetition(
    text: &str,
    before: &[String],
    beside: &[String],
    brief: &Brief,
) -> Result<(), Problem> {
    let chinese = brief.language.is_chinese();
    let exempt = brief.exempt();
    let bare = |text: &str| {
        let mut text = text.to_lowercase();
        for fact in &exempt {
            text = text.replace(&fact.to_lowercase(), "\u{1}");
        }
        text
    };
    let own = bare(text);
    let others = beside.iter().map(|other| (other, true));
    for (other, is_close) in others.chain(before.iter().map(|other| (other, false))) {
        if let Some(run) = shared(&own, &bare(other), brief.language, is_close) {
            return Err(Problem {
                said: if chinese {
                    format!("「{run}」重複了。")
                } else {
                    format!("\"{run}\" has been said already.")
                },
                ..say(
                    chinese,
                    "Use other words, and say something new.",
                    "換個說法，寫新的內容。",
                )
            });
        }
    }
    Ok(())
}

/// Whether a text says the same twice within itself, as a small model does that does not find its end:
/// "a bunch, a bunch, a bunch".
#[must_use]
pub fn stutters(text: &str) -> bool {
    let text = text.to_lowercase();
    let clauses: Vec<&str> = text
        .split([',', '，', '、', '.', '。', ';', '；', '!', '！', '?', '？'])
        .map(str::trim)
        .filter(|clause| clause.chars().count() > 1)
        .collect();
    let again = |(place, clause): (usize, &&str)| clauses[..place].contains(clause);
    clauses.iter().enumerate().any(again)
}

/// Words that two texts share in a row, where that is too many.
#[must_use]
pub fn shared(one: &str, other: &str, language: Language, is_close: bool) -> Option<String> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let join = |run: &[&str]| run.join(if language.is_chinese() { "" } else { " " });
    let letters: Vec<String>;
    let others: Vec<String>;
    let (one, other): (Vec<&str>, Vec<&str>) = if language.is_chinese() {
        let split = |text: &str| -> Vec<String> {
            text.chars()
                .filter(|letter| letter.is_alphanumeric() || *letter == '\u{1}')
                .map(String::from)
                .collect()
        };
        letters = split(one);
        others = split(other);
        (
            letters.iter().map(String::as_str).collect(),
            others.iter().map(String::as_str).collect(),
        )
    } else {
        (words(one), words(other))
    };
    // Items of one list stand side by side: there even fewer words in common catch the eye.
    let run = match (language.is_chinese(), is_close) {
        (true, true) => CHINESE_RUN - 2,
        (true, false) => CHINESE_RUN,
        (false, true) => ENGLISH_RUN - 1,
        (false, false) => ENGLISH_RUN,
    };
    // Names alone may come again: "Harbour Espresso" is the title of more than one thing.
    let has_words = one.iter().any(|word| *word != "\u{1}");
    if one == other && has_words {
        return Some(join(&one));
    }
    one.windows(run)
        .find(|window| {
            !window.contains(&"\u{1}") && other.windows(run).any(|theirs| theirs == *window)
        })
        .map(join)
}

fn words(text: &str) -> Vec<&str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '\u{1}')
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::stutters;

    #[test]
    fn a_text_that_does_not_find_its_end_stutters() {
        for text in [
            "每週一到五，一束花，一束花，一束花。",
            "Fresh, warm, fresh.",
        ] {
            assert!(stutters(text), "{text}");
        }
        for text in [
            "",
            "紅的、黃的、藍的。",
            "Day by day, night by night.",
            "1, 2, 1, 2",
        ] {
            assert!(!stutters(text), "{text}");
        }
    }
}
