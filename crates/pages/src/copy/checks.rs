//! What an answer is worth: facts, language, script, lengths, repetition, and talk that no reader of
//! a page should see. A small model errs in exactly these ways, and code can tell.

use std::sync::LazyLock;

use regex::Regex;

use super::repetition::{repetition, stutters};
use super::{Answer, Form, Items, torn};
use crate::ground::Brief;
use crate::language::{Language, is_han};

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)lorem|ipsum|placeholder|\b(?:card|item|feature|product|title|heading|step|question) ?\d\b|\btitle here\b|example text|\byour (?:company|business|brand|text)\b|\binsert\b|\[[^\]]*\]|\bxx+\b|\bTBD\b|\bn/a\b|占位|佔位|示例文字|範例文字|某某|標題一|标题一|項目一|项目一")
        .expect("a test compiles it")
});

static ABOUT_THE_PAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:landing page|web ?page|this page|this section|this website|our website|the brief|copywriter|click here)\b|落地頁|落地页|網頁|网页|本頁面|本页面|本區塊|這個部分|簡介中|点击这里|點擊這裡")
        .expect("a test compiles it")
});

/// What a business must not say of itself unless it is true: only the brief knows.
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:family[- ](?:owned|run|business|recipe)|award|certifi|accredit|licensed|organic|guarant|refund|insured|voted|fair[ -]?trade)|\bfree (?:shipping|delivery|trial|returns|consultation|parking|samples?|wi-?fi)\b|得獎|得奖|獲獎|获奖|認證|认证|有機|有机|保證|保证|免費|免费|祖傳|祖传|家族經營|家族经营|百年|終身|终身|退款|獨家|独家")
        .expect("a test compiles it")
});

static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d+(?:[.,:]\d+)*").expect("a test compiles it"));

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)https?://|www\.|\S+@\S+\.\w|<[a-z/!]").expect("a test compiles it")
});

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{said}")]
pub struct Problem {
    /// In words for those who look at what was checked.
    pub said: String,
    /// In words for the model. They quote nothing of what was wrong: a small model takes up whatever
    /// it is shown, and writes it again.
    pub hint: String,
}

/// An answer with everything put right that code can put right; nothing where it is no answer.
pub fn read(form: &Form, draft: &str, brief: &Brief) -> Option<Answer> {
    let mut answer: Answer = serde_json::from_str(draft)
        .or_else(|_| serde_json::from_str(&torn::mended(draft)))
        .ok()?;
    tidy(&mut answer, form, brief);
    Some(answer)
}

/// Whether a text can stand where it is to stand, in a page that says `before` and a section that says
/// `beside`. `most`: fewest characters that are too many; a text that filled all the room it had was
/// most likely cut off.
pub fn examine(
    text: &str,
    most: usize,
    brief: &Brief,
    before: &[String],
    beside: &[String],
) -> Result<(), Problem> {
    let chinese = brief.language.is_chinese();
    if text.is_empty() {
        return Err(say(chinese, "Fill in every field.", "每個欄位都要填。"));
    }
    wording(text, brief)?;
    if text.chars().count() >= most {
        return Err(say(
            chinese,
            "Shorter, please: one short sentence each.",
            "請寫短一點，每項一句短句。",
        ));
    }
    if stutters(text) {
        return Err(say(chinese, "Say each thing once.", "同樣的詞不要重複。"));
    }
    repetition(text, before, beside, brief)
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

/// One text by itself: language, script, numbers, talk.
pub(crate) fn wording(text: &str, brief: &Brief) -> Result<(), Problem> {
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
    if let Some(claim) = claim(text, brief) {
        return Err(Problem {
            said: format!("The brief says nothing of \"{claim}\"."),
            ..say(
                chinese,
                "Promise nothing that the brief does not say.",
                "簡介沒有說的，不要承諾。",
            )
        });
    }
    let invented = NUMBER
        .find_iter(text)
        .find(|number| !has_number(&brief.text, number.as_str()));
    if let Some(number) = invented {
        let number = number.as_str();
        return Err(Problem {
            said: format!("The brief says nothing of {number}."),
            ..say(chinese, "Leave numbers out.", "不要寫數字。")
        });
    }
    script(text, brief)
}

/// A claim of a text that the brief does not make; it counts by its first word.
fn claim(text: &str, brief: &Brief) -> Option<String> {
    let said = brief.text.to_lowercase();
    CLAIM
        .find_iter(text)
        .map(|claim| claim.as_str().to_lowercase())
        .find(|claim| !said.contains(claim.split([' ', '-']).next().unwrap_or(claim)))
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
            let said = format!("請全部用{script}書寫。");
            return Err(say(true, "", &said));
        }
    } else if bare.chars().any(is_han) {
        return Err(say(false, "Write English only.", ""));
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

/// Whether a text has a fact as the brief has it; only white space may differ.
#[must_use]
pub fn has_fact(texts: &str, fact: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    squeeze(texts).contains(&squeeze(fact))
}

/// A problem in words that will do for everybody.
pub(crate) fn say(chinese: bool, en: &str, zh: &str) -> Problem {
    let said = (if chinese { zh } else { en }).to_owned();
    Problem {
        hint: said.clone(),
        said,
    }
}
