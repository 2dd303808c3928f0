//! Where a sentence ends, and how sentences without a sum belong to those with one.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Span, after, pattern};

/// Words with a point at their end that end no sentence.
const ABBREVIATIONS: [&str; 36] = [
    "mr", "mrs", "ms", "dr", "st", "no", "nr", "inc", "ltd", "co", "corp", "approx", "incl",
    "excl", "vs", "e.g", "i.e", "etc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep",
    "sept", "oct", "nov", "dec", "rs", "fr", "kr", "mon", "rp", "u.s",
];

/// The sentences of a text. Numbers and dates are `protected`: a point in them ends nothing.
pub fn split(text: &str, protected: &[Span]) -> Vec<Span> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    let mut shields = protected.iter().collect::<Vec<_>>();
    shields.sort_by_key(|span| span.start);
    let mut next_shield = 0;
    for (at, letter) in text.char_indices() {
        while next_shield < shields.len() && shields[next_shield].end <= at {
            next_shield += 1;
        }
        let is_shielded = shields
            .get(next_shield)
            .is_some_and(|span| span.contains(&at));
        // "(20% off!)" is over with its bracket.
        let said = &text[begin..at];
        let is_aside = matches!(letter, '!' | '?')
            && said.matches('(').count() > said.matches(')').count()
            && text[at..].contains(')');
        if !is_shielded && !is_aside && ends(text, at, letter) {
            sentences.push(begin..at);
            begin = at + letter.len_utf8();
        }
    }
    sentences.push(begin..text.len());
    sentences.retain(|sentence| {
        text[sentence.clone()]
            .chars()
            .any(|letter| !letter.is_whitespace())
    });
    sentences
}

fn ends(text: &str, at: usize, letter: char) -> bool {
    match letter {
        '\n' | ';' | '。' | '!' | '?' | '•' | '|' => true,
        '.' => {
            let next = after(text, at + 1);
            let word = text[..at]
                .rsplit(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.')
                .next()
                .unwrap_or_default();
            let is_short = ABBREVIATIONS.contains(&word)
                || (word.len() == 1 && word.chars().all(|letter| letter.is_ascii_alphabetic()));
            next.is_none_or(char::is_whitespace) && !is_short
        }
        _ => false,
    }
}

static TRAILING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:and )?(?:(?:i |we |it was |they were |all |both |everything |each )?(?:paid|charged|put|settled|billed)\b|by (?:card|cash|bank|cheque|check|visa|transfer|credit|debit|wire|paypal)|in cash|cash\b|on (?:the |my |our )?(?:company |business |corporate |personal )?(?:card|credit|account|visa|amex|debit)|with (?:my |the |our )?(?:card|cash|visa|company card|credit card|debit card)|via |using |",
        r"half\b|split|all (?:on|in|by|with|yesterday|of (?:it|them))|both (?:on|in|by|with|yesterday)|everything |incl|plus (?:\d|vat|tax|tip)|excl|before tax|after tax|net of|vat |no receipt|receipt|for (?:the |my |our )?(?:office|company|business|work|team)\b|company card|credit card|bank transfer|",
        r"刷卡|付现|现金|用(?:现金|信用卡|公司卡|支付宝|微信|银行卡|卡|悠游卡|街口|转)|转账|转帐|汇款|支付宝|微信|信用卡|公司卡|公司付|公账|公帐|都|全部|均|皆|以上|一人一半|一半|各付|aa|平分|共|总共|一共|合计|含税|未税|外加|另加|不含|发票|收据|付现|报公账|公司报|走公司|line ?pay|街口|apple pay|月结|赊|记账|记帐|先欠|付的|刷的)"
    ))
});

static COMPLETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:it|that|this|they|these|the bill|the total|total|altogether|in total|cost|paid|came to|price|for|共|总共|一共|花了?|付了?|合计|总计|价格|费用|总价|金额|刷了?|收了?|这|那|全部)",
    )
});

static ALL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\b(?:all|both|everything)\b|都|全部|均|皆|以上)"));

/// Whether a sentence or piece without a sum says more about what came before it.
pub fn trails(said: &str) -> bool {
    TRAILING.is_match(said.trim_start())
}

/// Whether a sentence tells what the one before it cost.
pub fn completes(said: &str) -> bool {
    COMPLETING.is_match(said)
}

/// Whether a piece speaks of all that came before.
pub fn is_of_all(said: &str) -> bool {
    ALL.is_match(said)
}

/// Whether a line holds nothing beside its date: "3/5:", "On Monday I had these expenses:".
pub fn is_heading(words: &str) -> bool {
    const FILLERS: [&str; 30] = [
        "on",
        "the",
        "for",
        "date",
        "expenses",
        "expense",
        "i",
        "we",
        "spent",
        "had",
        "these",
        "my",
        "our",
        "spending",
        "of",
        "today",
        "bought",
        "following",
        "records",
        "record",
        "in",
        "以下",
        "支出",
        "开销",
        "花费",
        "记账",
        "记帐",
        "的",
        "账",
        "消费",
    ];
    let mut rest = words.to_owned();
    for filler in FILLERS.iter().filter(|filler| !filler.is_ascii()) {
        rest = rest.replace(filler, " ");
    }
    rest.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| FILLERS.contains(&word))
}
