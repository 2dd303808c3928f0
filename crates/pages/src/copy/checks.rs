//! What an answer is worth: facts, language, script, lengths, repetition, and talk that no reader of
//! a page should see. A small model errs in exactly these ways, and code can tell.

use std::sync::LazyLock;

use regex::Regex;

use super::{Answer, Form, Items, Lengths};
use crate::ground::Brief;
use crate::language::{Language, is_han};

/// Words in a row that two places of a page may not share.
const ENGLISH_RUN: usize = 5;

/// Characters in a row that two places of a Chinese page may not share.
const CHINESE_RUN: usize = 8;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)lorem|ipsum|placeholder|\b(?:card|item|feature|product|title|heading|step|question) ?\d\b|\btitle here\b|example text|\byour (?:company|business|brand|text)\b|\binsert\b|\[[^\]]*\]|\bxx+\b|\bTBD\b|\bn/a\b|占位|佔位|示例文字|範例文字|某某|標題一|标题一|項目一|项目一")
        .expect("a test compiles it")
});

static ABOUT_THE_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:landing page|web ?page|this page|this section|this website|our website|the brief|copywriter|click here)\b|落地頁|落地页|網頁|网页|本頁面|本页面|本區塊|這個部分|簡介中|点击这里|點擊這裡")
        .expect("a test compiles it")
});

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d+(?:[.,:]\d+)*").expect("a test compiles it"));

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)https?://|www\.|\S+@\S+\.\w|<[a-z/!]").expect("a test compiles it")
});

/// What is wrong with an answer, in words for the model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Problem(pub String);

/// An answer as it goes into the page, or what is wrong with it in words for the model.
pub fn examine(
    form: &Form,
    draft: &str,
    brief: &Brief,
    before: &[String],
) -> Result<Answer, Problem> {
    let language = brief.language;
    let chinese = language.is_chinese();
    let mut answer: Answer = serde_json::from_str(draft).map_err(|_| {
        say(
            chinese,
            "Answer with the whole JSON object.",
            "請回答完整的 JSON。",
        )
    })?;
    tidy(&mut answer, form, brief);
    let expected = if form.items == Items::None {
        0
    } else {
        form.count
    };
    let is_short = (form.heading && answer.heading.is_empty())
        || (form.lead && answer.lead.is_empty())
        || answer.items.len() < expected;
    if is_short {
        return Err(say(chinese, "Fill in every field.", "每個欄位都要填。"));
    }
    answer.items.truncate(expected);
    let texts = texts(&answer, form);
    for text in &texts {
        wording(text, brief)?;
    }
    lengths(&answer, form, language)?;
    repetition(&texts, before, brief)?;
    Ok(answer)
}

/// Puts right what code can: script, marks at the ends, spaces.
fn tidy(answer: &mut Answer, form: &Form, brief: &Brief) {
    let language = brief.language;
    let exempt = brief.exempt();
    let clean = |text: &str| {
        let text = language.in_script(text.trim(), &exempt);
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if language.is_chinese() {
            full_width(&text)
        } else {
            text
        }
    };
    let label = |text: &str| {
        let marks = [
            '.', '。', ':', '：', ',', '，', '"', '“', '”', '*', '#', '、',
        ];
        clean(text).trim_matches(marks).trim().to_owned()
    };
    let sentence = |text: &str| {
        let text = clean(text);
        let text = text.trim_matches(['"', '“', '”', '「', '」']).to_owned();
        let has_end = text.ends_with(['.', '!', '?', '。', '！', '？', '…', '」', '”', ')', '）']);
        match (text.is_empty() || has_end, language.is_chinese()) {
            (true, _) => text,
            (false, true) => format!("{}。", text.trim_end_matches(['，', '、', ',', '；'])),
            (false, false) => format!("{}.", text.trim_end_matches([',', ';', '-'])),
        }
    };
    answer.heading = label(&answer.heading);
    answer.lead = sentence(&answer.lead);
    for item in &mut answer.items {
        item.title = match form.items {
            Items::Texts(_) | Items::Points(_) => item.title.clone(),
            _ => label(&item.title),
        };
        item.text = sentence(&item.text);
        for point in &mut item.points {
            *point = label(point);
        }
    }
}

/// Half-width marks between Chinese characters as full-width ones.
fn full_width(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (place, letter) in letters.iter().enumerate() {
        let after_han = place > 0 && is_han(letters[place - 1]);
        out.push(match letter {
            ',' if after_han => '，',
            '.' if after_han => '。',
            '!' if after_han => '！',
            '?' if after_han => '？',
            ':' if after_han => '：',
            ';' if after_han => '；',
            letter => *letter,
        });
    }
    out
}

/// What the model itself wrote of an answer.
fn texts(answer: &Answer, form: &Form) -> Vec<String> {
    let mut texts = vec![answer.heading.clone(), answer.lead.clone()];
    for item in &answer.items {
        if !matches!(form.items, Items::Texts(_) | Items::Points(_)) {
            texts.push(item.title.clone());
        }
        texts.push(item.text.clone());
        texts.extend(item.points.iter().cloned());
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// One text by itself: language, script, numbers, talk.
fn wording(text: &str, brief: &Brief) -> Result<(), Problem> {
    let language = brief.language;
    let chinese = language.is_chinese();
    if PLACEHOLDER.is_match(text) {
        return Err(say(
            chinese,
            "Write real words, no placeholders.",
            "請寫真正的文案，不要佔位文字。",
        ));
    }
    if ABOUT_THE_PAGE.is_match(text)
        && !matches!(
            brief.business.id.as_str(),
            "software" | "app" | "portfolio" | "finance"
        )
    {
        return Err(say(
            chinese,
            "Do not speak of the page; speak of the place.",
            "不要談論網頁，請談論這個地方。",
        ));
    }
    if ADDRESS.is_match(text) && !brief.facts.iter().any(|fact| text.contains(&fact.text)) {
        return Err(say(
            chinese,
            "No addresses and no markup.",
            "不要網址，也不要標記。",
        ));
    }
    let invented = NUMBER
        .find_iter(text)
        .find(|number| !has_number(&brief.text, number.as_str()));
    if let Some(number) = invented {
        let number = number.as_str();
        return Err(say(
            chinese,
            &format!("The brief says nothing of {number}; leave numbers out."),
            &format!("簡介裡沒有 {number}，不要寫數字。"),
        ));
    }
    script(text, brief)
}

/// Whether a text is in the brief's language and script; what the brief itself says may stand as it is.
fn script(text: &str, brief: &Brief) -> Result<(), Problem> {
    let language = brief.language;
    let chinese = language.is_chinese();
    let mut bare = text.to_owned();
    for exempt in brief.exempt() {
        bare = bare.replace(&exempt, "");
    }
    if chinese {
        let han = bare.chars().filter(|letter| is_han(*letter)).count();
        let latin = bare.chars().filter(char::is_ascii_alphabetic).count();
        let strays = language.strays(&bare);
        if (latin > 0 && han * 2 < latin) || !strays.is_empty() {
            let script = if language == Language::Simplified {
                "简体中文"
            } else {
                "繁體中文"
            };
            return Err(Problem(format!("請全部用{script}書寫。")));
        }
    } else if bare.chars().any(is_han) {
        return Err(Problem("Write English only.".to_owned()));
    }
    let is_foreign = |letter: char| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{0400}'..='\u{04ff}' | '\u{0600}'..='\u{06ff}' | '\u{ac00}'..='\u{d7af}' | '\u{fffd}');
    if bare.chars().any(is_foreign) {
        return Err(say(chinese, "Write English only.", "請只用中文書寫。"));
    }
    Ok(())
}

fn has_number(brief: &str, number: &str) -> bool {
    brief.match_indices(number).any(|(place, _)| {
        let before = brief[..place].chars().next_back();
        let after = brief[place + number.len()..].chars().next();
        !before.is_some_and(|letter| letter.is_ascii_digit())
            && !after.is_some_and(|letter| letter.is_ascii_digit())
    })
}

fn lengths(answer: &Answer, form: &Form, language: Language) -> Result<(), Problem> {
    let most = Lengths::of(language);
    let chinese = language.is_chinese();
    let is_long = |text: &str, length: usize| text.chars().count() > length;
    // A text that filled all the room it had was most likely cut off.
    let lead = if form.kind == crate::plan::Kind::About {
        most.lead * 2
    } else {
        most.lead
    };
    let text = if form.kind == crate::plan::Kind::Faq {
        most.text * 3 / 2
    } else {
        most.text
    };
    let fills = |text: &str, length: usize| text.chars().count() >= length;
    if is_long(&answer.heading, most.heading - 2)
        || fills(&answer.lead, lead)
        || answer
            .items
            .iter()
            .any(|item| fills(&item.text, text) || fills(&item.title, most.title))
    {
        let names_are_given = matches!(form.items, Items::Texts(_) | Items::Points(_));
        let only_titles = answer.items.iter().all(|item| !fills(&item.text, text));
        if names_are_given
            && only_titles
            && !is_long(&answer.heading, most.heading - 2)
            && !fills(&answer.lead, lead)
        {
            return Ok(());
        }
        return Err(say(
            chinese,
            "Shorter, please: one short sentence each.",
            "請寫短一點，每項一句短句。",
        ));
    }
    Ok(())
}

/// The same words twice, within the answer or of something that stands in the page already.
fn repetition(texts: &[String], before: &[String], brief: &Brief) -> Result<(), Problem> {
    let chinese = brief.language.is_chinese();
    let exempt = brief.exempt();
    let bare = |text: &str| {
        let mut text = text.to_lowercase();
        for fact in &exempt {
            text = text.replace(&fact.to_lowercase(), "\u{1}");
        }
        text
    };
    let own: Vec<String> = texts.iter().map(|text| bare(text)).collect();
    for (place, text) in own.iter().enumerate() {
        for other in &own[place + 1..] {
            if let Some(run) = shared(text, other, brief.language, true) {
                return Err(say(
                    chinese,
                    &format!("Say something different in each item; \"{run}\" comes twice."),
                    &format!("每一項要寫不同的內容，「{run}」重複了。"),
                ));
            }
        }
        for other in before {
            if let Some(run) = shared(text, &bare(other), brief.language, false) {
                return Err(say(
                    chinese,
                    &format!("\"{run}\" has been said already; say something new."),
                    &format!("「{run}」已經寫過了，請寫新的內容。"),
                ));
            }
        }
    }
    Ok(())
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

/// Whether a text has a fact as the brief has it; only white space may differ.
#[must_use]
pub fn has_fact(texts: &str, fact: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    squeeze(texts).contains(&squeeze(fact))
}

fn say(chinese: bool, en: &str, zh: &str) -> Problem {
    Problem((if chinese { zh } else { en }).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Kind;

    fn form(items: Items, count: usize) -> Form {
        Form {
            section: "features".to_owned(),
            kind: Kind::Features,
            heading: true,
            lead: false,
            items,
            count,
            topic: String::new(),
        }
    }

    #[track_caller]
    fn check(brief: &str, draft: &str, before: &[&str], problem: Option<&str>) {
        let brief = Brief::read(brief, None);
        let before: Vec<String> = before.iter().map(|text| (*text).to_owned()).collect();
        let found = examine(&form(Items::Pairs, 2), draft, &brief, &before);
        match problem {
            None => assert!(found.is_ok(), "{found:?}"),
            Some(problem) => {
                let told = found.expect_err("it must not pass");
                assert!(told.0.contains(problem), "{told}");
            }
        }
    }

    #[test]
    fn good_copy_passes_and_is_tidied() {
        check(
            "A bakery in Leeds",
            r#"{"heading":"Warm by seven.","items":[{"title":"Slow dough","text":"It rests overnight"},{"title":"Stone oven","text":"The crust sings."}]}"#,
            &["Something else entirely"],
            None,
        );
        let brief = Brief::read("一間麵包店，在台北", None);
        let draft = r#"{"heading":"慢慢发酵","items":[{"title":"隔夜麵糰","text":"让麵粉醒一夜"},{"title":"石窯","text":"外皮香脆。"}]}"#;
        let answer = examine(&form(Items::Pairs, 2), draft, &brief, &[]).unwrap();
        assert_eq!(answer.heading, "慢慢發酵");
        assert_eq!(answer.items[0].text, "讓麵粉醒一夜。");
    }

    #[test]
    fn bad_copy_is_sent_back() {
        let items = |a: &str, b: &str| {
            format!(
                r#"{{"heading":"Warm by seven","items":[{{"title":"Slow dough","text":"{a}"}},{{"title":"Stone oven","text":"{b}"}}]}}"#
            )
        };
        check("A bakery", "{\"heading\":", &[], Some("JSON"));
        check(
            "A bakery",
            &items("Open since 1987.", "Hot."),
            &[],
            Some("1987"),
        );
        check(
            "A bakery",
            &items("Lorem ipsum dolor.", "Hot."),
            &[],
            Some("placeholders"),
        );
        check(
            "A bakery",
            &items(
                "We bake it fresh for you daily.",
                "Come, we bake it fresh for all.",
            ),
            &[],
            Some("twice"),
        );
        check(
            "A bakery",
            &items("The best bread in the whole town.", "Hot."),
            &["It is the best bread in the whole street."],
            Some("already"),
        );
        check(
            "A bakery",
            &items("This page shows bread.", "Hot."),
            &[],
            Some("place"),
        );
        check(
            "A bakery",
            &items("新鮮的麵包", "Hot."),
            &[],
            Some("English"),
        );
        check(
            "A bakery",
            &items("Mail me@x.co now.", "Hot."),
            &[],
            Some("addresses"),
        );
    }
}
