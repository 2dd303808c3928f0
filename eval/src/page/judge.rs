//! Whether a page keeps its brief's facts, has its sections, and says nothing twice or in another
//! script.

use std::path::Path;

use super::browser::Browser;
use super::{Brief, Outcome};

/// Words in a row that two texts of an English page may not share.
const ENGLISH_RUN: usize = 6;

/// Characters in a row that two texts of a Chinese page may not share.
const CHINESE_RUN: usize = 9;

/// Common characters of each script that the other writes otherwise, and has no other use for.
const SIMPLIFIED: &str = "们这来为说时会过还么样给让对进动关现点问开门见车东钱买卖书读写语课务业产种间头谁谢请样网页电话号线级红绿蓝银钟铁长马鸟鱼麦条龙";
const TRADITIONAL: &str = "們這來為說時會過還麼樣給讓對進動關現點問開門見車東錢買賣書讀寫語課務業產種間頭誰謝請網頁電話號線級紅綠藍銀鐘鐵長馬鳥魚麥麵條龍";

/// What is to be said of one page.
pub struct Judgement {
    /// Of which brief.
    pub id: String,
    /// Whether the run ended well.
    pub is_done: bool,
    /// Facts of the brief.
    pub facts: usize,
    /// Those that stand in the page.
    pub facts_kept: usize,
    /// Sections asked for.
    pub sections: usize,
    /// Those that are there.
    pub sections_present: usize,
    /// What is wrong with the copy.
    pub copy_problem: Option<String>,
    /// What the browser found.
    pub browser_problem: Option<String>,
    /// Texts that were the model's to write.
    pub texts: usize,
    /// Those that it wrote.
    pub texts_by_model: usize,
    /// How long it took.
    pub total_ms: u64,
    /// How long it took until there was a section to see.
    pub first_ms: Option<u64>,
    missing: Vec<String>,
}

impl Judgement {
    /// Everything that is wrong, in words.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = self.missing.clone();
        if !self.is_done {
            problems.push("the run did not end well".to_owned());
        }
        problems.extend(self.copy_problem.clone());
        problems.extend(self.browser_problem.clone());
        problems
    }
}

/// Judges a page.
pub fn judge(
    brief: Brief,
    outcome: &Outcome,
    browser: Option<&Browser>,
    scratch: &Path,
) -> Judgement {
    let empty = super::Page::default();
    let page = outcome.artifact.as_ref().unwrap_or(&empty);
    let lines = texts(&page.html);
    let whole = squeezed(&lines.join(" "));
    let is_kept = |fact: &&String| whole.contains(&squeezed(fact));
    let is_there = |kind: &&String| page.sections.iter().any(|section| section.kind == **kind);
    let lost = brief.facts.iter().filter(|fact| !is_kept(fact));
    let absent = brief.sections.iter().filter(|kind| !is_there(kind));
    let lost = lost.map(|fact| format!("fact missing: {fact}"));
    let missing = lost
        .chain(absent.map(|kind| format!("section missing: {kind}")))
        .collect();
    let (texts_by_model, texts) = authors(outcome);
    Judgement {
        is_done: outcome.status == "done",
        facts: brief.facts.len(),
        facts_kept: brief.facts.iter().filter(is_kept).count(),
        sections: brief.sections.len(),
        sections_present: brief.sections.iter().filter(is_there).count(),
        copy_problem: copy_problem(&brief, &lines),
        browser_problem: browser.and_then(|browser| browser.look(&brief.id, &page.html, scratch)),
        texts,
        texts_by_model,
        total_ms: outcome
            .timings_ms
            .as_ref()
            .map_or(0, |timings| timings.total),
        first_ms: outcome
            .timings_ms
            .as_ref()
            .and_then(|timings| timings.stages.get("first_part").copied()),
        missing,
        id: brief.id,
    }
}

/// How many texts the model wrote of those that were its to write, as the check `copy` says: "21 of 24
/// texts by the model; ...".
fn authors(outcome: &Outcome) -> (usize, usize) {
    let check = outcome.checks.iter().find(|check| check.name == "copy");
    let said = check.and_then(|check| {
        let (counts, _) = check.detail.split_once(" texts by the model")?;
        let (by_model, texts) = counts.split_once(" of ")?;
        Some((by_model.parse().ok()?, texts.parse().ok()?))
    });
    said.unwrap_or_default()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The texts of a page between its tags, without what nobody reads.
fn texts(html: &str) -> Vec<String> {
    let body = html.split("<body>").nth(1).unwrap_or("");
    let mut texts = Vec::new();
    let mut is_drawing = false;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("svg") {
            is_drawing = true;
        } else if tag.starts_with("/svg") {
            is_drawing = false;
        }
        let text = decoded(text.trim());
        if !is_drawing && !text.is_empty() {
            texts.push(text);
        }
    }
    texts
}

fn decoded(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn copy_problem(brief: &Brief, texts: &[String]) -> Option<String> {
    if texts.is_empty() {
        return Some("there is no text".to_owned());
    }
    let mut bare: Vec<String> = texts
        .iter()
        .map(|text| {
            brief
                .facts
                .iter()
                .fold(text.clone(), |text, fact| text.replace(fact, " | "))
        })
        .collect();
    let all = bare.join("");
    let is_han = |letter: &char| ('\u{4e00}'..='\u{9fff}').contains(letter);
    let chinese = all.chars().filter(is_han).count();
    match brief.language.as_str() {
        "en" => {
            if chinese > 0 {
                return Some("Chinese in an English page".to_owned());
            }
        }
        language => {
            let latin = all.chars().filter(char::is_ascii_alphabetic).count();
            if latin > chinese {
                return Some("more Latin letters than Chinese characters".to_owned());
            }
            let strange = if language == "zh-Hant" {
                SIMPLIFIED
            } else {
                TRADITIONAL
            };
            let other = if language == "zh-Hant" {
                TRADITIONAL
            } else {
                SIMPLIFIED
            };
            let strays: String = all
                .chars()
                .filter(|letter| {
                    strange.contains(*letter)
                        && !other.contains(*letter)
                        && !brief.brief.contains(*letter)
                })
                .collect();
            if !strays.is_empty() {
                return Some(format!("characters of the other script: {strays}"));
            }
        }
    }
    // Links of header and footer say the same on purpose, and so do short words.
    bare.retain(|text| text.chars().count() > 12);
    for (place, one) in bare.iter().enumerate() {
        for other in &bare[place + 1..] {
            if one != other
                && let Some(run) = shared(one, other, &brief.language)
            {
                return Some(format!("said twice: {run}"));
            }
        }
    }
    None
}

fn shared(one: &str, other: &str, language: &str) -> Option<String> {
    let pieces = |text: &str| -> Vec<String> {
        if language == "en" {
            text.to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        } else {
            text.chars()
                .filter(|letter| letter.is_alphanumeric())
                .map(String::from)
                .collect()
        }
    };
    let run = if language == "en" {
        ENGLISH_RUN
    } else {
        CHINESE_RUN
    };
    let (one, other) = (pieces(one), pieces(other));
    one.windows(run)
        .find(|window| other.windows(run).any(|theirs| theirs == *window))
        .map(|window| window.join(if language == "en" { " " } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_judged() {
        let brief = |language: &str| Brief {
            id: "a".to_owned(),
            language: language.to_owned(),
            brief: "A bakery called Flour & Salt, £3".to_owned(),
            facts: vec![
                "Flour & Salt".to_owned(),
                "£3".to_owned(),
                "12 loaves".to_owned(),
            ],
            sections: vec!["hero".to_owned(), "faq".to_owned()],
        };
        let outcome: Outcome = serde_json::from_str(
            r#"{"id":"a","status":"done","checks":[{"name":"copy","passed":false,"detail":"4 of 5 texts by the model; hero: 1 of 2 texts by code, not by the model"}],"artifact":{"html":"<body><h1>Flour &amp; Salt</h1>\n<p>It costs £3 and no more.</p><svg><text>x</text></svg></body>","sections":[{"kind":"hero"}]}}"#,
        )
        .unwrap();
        let judged = judge(brief("en"), &outcome, None, Path::new("."));
        assert_eq!((judged.facts_kept, judged.sections_present), (2, 1));
        assert_eq!((judged.texts_by_model, judged.texts), (4, 5));
        assert_eq!(judged.copy_problem, None);
        assert!(
            judge(brief("zh-Hant"), &outcome, None, Path::new("."))
                .copy_problem
                .is_some()
        );
        let said = shared(
            "we bake it every single day here",
            "yes we bake it every single day",
            "en",
        );
        assert_eq!(said.as_deref(), Some("we bake it every single day"));
    }
}
