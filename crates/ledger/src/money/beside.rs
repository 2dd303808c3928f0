//! What a number counts as far as only the sums around it show.
//!
//! "20 drinks" is twenty of them where a sum follows, and may be what drinks cost where none does. A
//! number that has no currency is looked at again here, once all of a text are known.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::{Figure, Sense};
use crate::text::{is_han, is_latin, pattern};

/// A plural noun, perhaps with adjectives, behind a count.
static PLURAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?:x )?(?:[a-z-]+ ){0,2}?([a-z-]{2,}s|people|men|women|children|sheep|mice|staff)\b",
    )
});

/// Words that end in s and are no plural.
const NO_PLURALS: [&str; 22] = [
    "was",
    "is",
    "has",
    "this",
    "plus",
    "as",
    "his",
    "its",
    "less",
    "us",
    "bus",
    "always",
    "business",
    "across",
    "thanks",
    "minus",
    "express",
    "cents",
    "groceries",
    "utilities",
    "expenses",
    "taxes",
];

/// What only the numbers around show: a whole number before a plural is a count where a sum follows.
pub fn reconsider(text: &str, figures: &mut [Figure]) {
    for at in 0..figures.len() {
        if figures[at].sense == Sense::Money && is_of_pieces(text, figures, at) {
            figures[at].sense = Sense::Count;
        }
        let figure = &figures[at];
        if figure.sense != Sense::Money || figure.has_currency() {
            continue;
        }
        let number = &figure.number;
        let is_small = number
            .value
            .is_some_and(|value| value.fract().is_zero() && value <= Decimal::from(2_000));
        if number.has_fraction || number.is_scaled || !is_small {
            continue;
        }
        if times(text, figures, at)
            || counts_people(text, figures, at)
            || counts_things(text, figures, at)
            || has_a_price(text, figures, at)
            || is_of_a_home(text, figures, at)
            || is_of_a_place(text, figures, at)
            || counts_beside_a_sum(text, figures, at)
        {
            figures[at].sense = Sense::Count;
        }
    }
}

/// `5 x 12.50`: the number before the sign, or behind it where that before is a sum.
fn times(text: &str, figures: &[Figure], at: usize) -> bool {
    let is_sign =
        |between: &str| matches!(between.trim(), "x" | "×" | "*" | "✕" | "乘" | "@" | "乘以");
    let number = &figures[at];
    let next = figures.get(at + 1);
    if let Some(next) = next
        && is_sign(&text[number.span.end..next.span.start])
    {
        return true;
    }
    let Some(last) = at.checked_sub(1).map(|before| &figures[before]) else {
        return false;
    };
    last.sense == Sense::Money && is_sign(&text[last.span.end..number.span.start])
}

/// "cards: 100 for $29": what a sum with its currency is given for is no sum, unless money is changed.
fn has_a_price(text: &str, figures: &[Figure], at: usize) -> bool {
    const CHANGES: [&str; 3] = ["changed", "exchanged", "swapped"];
    let head = text[..figures[at].span.start].trim_end();
    let last = head.rsplit(' ').next().unwrap_or_default();
    figures.get(at + 1).is_some_and(|next| {
        let between = text[figures[at].span.end..next.span.start].trim();
        next.sense == Sense::Money
            && next.has_currency()
            && matches!(between, "for" | "for just" | "for only")
            && !CHANGES.contains(&last)
    })
}

/// "flat 2 paid 875": where people live has a small number, and what was paid stands beside it.
fn is_of_a_home(text: &str, figures: &[Figure], at: usize) -> bool {
    static HOMES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:flat|apt|apartment|unit|villa|plot|bungalow) ?$"));
    let figure = &figures[at];
    let is_small = figure
        .value
        .is_some_and(|value| value <= Decimal::from(200));
    let is_of_it = text[figure.span.end..].starts_with("'s");
    let has_more = figures
        .iter()
        .enumerate()
        .any(|(other, sum)| other != at && sum.sense == Sense::Money && sum.value > figure.value);
    is_small && HOMES.is_match(&text[..figure.span.start]) && (is_of_it || has_more)
}

/// Where a number belongs to a place: "the boiler in flat 12, cost me £185". Only where another sum has
/// its currency, for "desk 120" may be what a desk costs.
fn is_of_a_place(text: &str, figures: &[Figure], at: usize) -> bool {
    static PLACES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:in|at|for|of|from|to) (?:the )?(?:flat|unit|house|plot|stall|pitch|desk|bay|coach|lane|studio|cabin|locker|hall|barn|shop) ?$",
        )
    });
    let figure = &figures[at];
    let is_small = figure
        .value
        .is_some_and(|value| value <= Decimal::from(500));
    is_small && PLACES.is_match(&text[..figure.span.start]) && has_a_named_sum(text, figures, at)
}

/// "did 4 horses at $45 a head", "61 in attendance": where a sum has its currency, a whole number without
/// one that stands before what it counts is no sum. Where the sum stands before what it bought ("£4
/// coffee, 3 bus") this one may do the same.
fn counts_beside_a_sum(text: &str, figures: &[Figure], at: usize) -> bool {
    let counts = is_before_a_thing(&text[figures[at].span.end..]);
    let buys = |other: &Figure| {
        other.sense == Sense::Money
            && other.named.is_some()
            && is_before_a_thing(&text[other.span.end..])
    };
    counts && has_a_named_sum(text, figures, at) && !figures.iter().any(buys)
}

/// Whether what stands behind a number names a thing, and does not go on about the sum: how, when, what
/// for.
pub fn is_before_a_thing(tail: &str) -> bool {
    COUNTED.is_match(tail) && !LEADS_ON.is_match(tail)
}

/// A word right behind a number.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ [a-z]{2,}"));

/// Words with which a sentence goes on behind a sum.
static LEADS_ON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?:for|from|via|with|and|plus|incl|including|inc|excl|cash|card|each|per|the|last|this|that|yesterday|today|tonight|ago|was|were|is|went|came|paid|spent|total|all|only|net|gross|out|off|back|into|onto|towards|in|to|on|at|by|of|a|an|my|our|her|his|their|it|we|he|she|they|but|then|also|after|before|during|when|while|which|who|split|half|mine|or|so|because|as|got|please|lah|thanks|extra|more|too|again|now|over|under|through|straight|direct|bucks?|quid|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|tip|tax|vat|gst|morning|evening|afternoon|night)\b",
    )
});

/// 块 is a piece of soap as well: "卖掉43块手工皂，收了1290元".
fn is_of_pieces(text: &str, figures: &[Figure], at: usize) -> bool {
    let figure = &figures[at];
    let head = &text[..figure.number.span.start];
    let tail = &text[figure.number.span.end..];
    let is_dealt = [
        "卖掉", "卖了", "卖出", "买了", "进了", "做了", "订了", "送了", "卖", "买",
    ]
    .iter()
    .any(|word| head.ends_with(word));
    let thing = tail.strip_prefix('块').and_then(|rest| rest.chars().next());
    is_dealt
        && thing.is_some_and(|thing| is_han(thing) && !"钱的左多".contains(thing))
        && has_a_named_sum(text, figures, at)
}

/// Whether another sum of the same sentence says its currency.
fn has_a_named_sum(text: &str, figures: &[Figure], at: usize) -> bool {
    let own = &figures[at].span;
    figures.iter().enumerate().any(|(other, figure)| {
        let between = match figure.span.start < own.start {
            true => text.get(figure.span.end..own.start),
            false => text.get(own.end..figure.span.start),
        };
        let is_here = between.is_some_and(|between| !between.contains(['\n', ';', '。']));
        other != at && figure.sense == Sense::Money && figure.named.is_some() && is_here
    })
}

/// "18,000 for 12 videos", "$94 lunch with 6 colleagues": the sum, with its currency, was told already.
fn stands_behind_a_sum(figures: &[Figure], at: usize) -> bool {
    let last = at.checked_sub(1).map(|before| &figures[before]);
    last.is_some_and(|last| {
        last.sense == Sense::Money && last.has_currency() && last.value > figures[at].value
    })
}

/// Most people that a table is laid for.
const GUESTS: u32 = 60;

/// "dinner for 6, 312.40": a small number behind "for" with a sum right behind it counts people.
fn counts_people(text: &str, figures: &[Figure], at: usize) -> bool {
    let figure = &figures[at];
    let is_few = figure
        .value
        .is_some_and(|value| value <= Decimal::from(GUESTS));
    let head = &text[..figure.span.start];
    figures.get(at + 1).is_some_and(|next| {
        let between = &text[figure.span.end..next.span.start];
        is_few
            && next.sense == Sense::Money
            && next.value > figure.value
            && head.trim_end().ends_with(" for")
            && matches!(between.trim(), "," | ":" | "" | "=" | "people," | "(")
    })
}

#[expect(
    clippy::too_many_lines,
    reason = "mostly a table of words, best read in one piece"
)]
fn counts_things(text: &str, figures: &[Figure], at: usize) -> bool {
    let figure = &figures[at];
    let tail = &text[figure.span.end..];
    let Some(noun) = PLURAL.captures(tail).and_then(|found| found.get(1)) else {
        return false;
    };
    // "moved 300 to savings" counts no savings.
    let first = tail.trim_start().split(' ').next().unwrap_or_default();
    let is_led_on = ["to", "into", "from", "onto", "via", "was", "were", "is"].contains(&first);
    if NO_PLURALS.contains(&noun.as_str()) || is_led_on {
        return false;
    }
    let noun_end = figure.span.end + noun.end();
    // The sum must follow in the same sentence.
    let has_sum = figures[at + 1..].iter().any(|other| {
        other.span.start >= noun_end
            && matches!(other.sense, Sense::Money)
            && !text[figure.span.end..other.span.start].contains(['\n', ';', '。'])
    });
    // "lunch 20 drinks 15": there a noun is before the number as well.
    let head = text[..figure.span.start].trim_end();
    let last = head
        .rsplit(|letter: char| !is_latin(letter) && letter != '\'')
        .next()
        .unwrap_or_default();
    let leads = [
        "",
        "bought",
        "buy",
        "got",
        "ordered",
        "purchased",
        "for",
        "of",
        "and",
        "the",
        "my",
        "our",
        "with",
        "sold",
        "shipped",
        "rented",
        "booked",
        "renewed",
        "printed",
        "had",
        "took",
        "paid",
        "sent",
        "new",
        "another",
        "more",
        "x",
        "then",
        "plus",
        "received",
        "picked",
        "up",
        "gave",
        "replaced",
        "bringing",
        "brought",
        "through",
        "on",
        "another",
        "these",
        "those",
    ];
    let begins = head.is_empty() || head.ends_with([',', ';', '.', ':', '\n', '。', '-', '*', '(']);
    // "Dropped 4 parcels", "mailed 3 books": something was done with them.
    let is_done = last.len() > 4 && last.ends_with("ed");
    has_sum && (begins || is_done || leads.contains(&last))
        || stands_behind_a_sum(figures, at) && matches!(last, "for" | "of" | "with")
        || is_barer_than_the_sum_before(figures, at) && matches!(last, "and" | "plus")
}

/// "18.20 on stamps and 6 mailers": who tells cents or a currency once would do so again.
fn is_barer_than_the_sum_before(figures: &[Figure], at: usize) -> bool {
    let bare = |figure: &Figure| figure.named.is_none() && figure.number.is_plain_integer();
    let before = figures[..at]
        .iter()
        .rfind(|figure| figure.sense == Sense::Money);
    bare(&figures[at]) && before.is_some_and(|before| !bare(before))
}
