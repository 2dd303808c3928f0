//! Parts in hundredths: a discount on a price, a tip on a bill, the share of a price that is paid now.
//!
//! "219 euros minus 20%", 打九五折, "30% of the 4,200": people tell the price and the rate and leave the
//! sum to whoever writes it down. Code works it out and shows both, because only the teller knows
//! whether the sum was told before or after. Rates of tax are the business of [`crate::meaning`], and a rate
//! that is none of these is a doubt: a number of the text that nothing was done with.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::{Decimal, RoundingStrategy};

use super::charge::{AmountDoubt, Found};
use super::piece::within;
use crate::money::{Figure, Sense};
use crate::text::{Span, pattern};

/// Digits behind the point of what was worked out.
const DIGITS: u32 = 2;

static DISCOUNT_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ ?(?:%|percent|per cent|趴)? ?(?:[a-z]+ ){0,2}?(?:off|discount|cheaper|reduction|rebate|优惠|折扣)",
    )
});
static DISCOUNT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bminus|\bless|\bdiscount(?: of)?|\bknocked(?: off)?|\breduced by|\boff by|-|减|便宜(?:了)?|优惠(?:了)?|降(?:了|价)?)(?: an?| the| a further)? ?(?:百分之)?$",
    )
});
/// What has to be said for a discount behind a price to be still to come off: of "shoes 54.90 (20% off)"
/// nobody knows, and most people tell what they paid.
static ACTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?:minus|less|then|got it|after|but|knocked|was|were|before|list(?:ed)?|normally|originally|discount of)\b|-|减|便宜|优惠|降|打",
    )
});
/// "30% of the 4,200", "a 30% deposit on 4,200". Of "30% deposit, 400" the sum is the deposit.
static PART_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ ?(?:%|percent|per cent)? ?(?:of\b|(?:deposit|up ?front|down(?: payment)?|booking fee|retainer|advance)\b.{0,16}\b(?:of|on)\b)",
    )
});
static ADDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\btip|\bgratuity|\bon top\b|\bservice charge\b|\bservice\b|\bsurcharge\b|\bmark-?up\b|小费|服务费",
    )
});
static CONTAINED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bincl|\bwith\b|\bafter\b|含|\balready\b"));
/// Rates that say nothing of what was paid.
static OF_OTHER_THINGS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bvat\b|\bgst\b|\bhst\b|\btax\b|\bmwst\b|\biva\b|\btva\b|\bapr\b|\binterest\b|\bper annum\b|\bprivate\b|\bpersonal\b|\bbusiness use\b|\bcotton\b|\bwool\b|\barabica\b|\balcohol\b|税|利率|年息|利息|年利|私用|公用|酒精",
    )
});

/// What a rate does to a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    /// So much less is paid.
    TakesOff,
    /// So much of it is paid.
    Parts,
    /// So much is paid beside it.
    Adds,
}

/// Works out what the rates of a sentence do to its sums.
pub fn apply(text: &str, sentence: &Span, figures: &[Figure], found: &mut Found) {
    for charge in &mut found.charges {
        let part = part_in_words(&text[sentence.start..charge.reach.start]);
        if let Some(value) = part.and_then(|part| worked_out(charge.value, part, Does::Parts)) {
            charge.doubts.push(AmountDoubt::WorkedOut(charge.value));
            charge.value = value;
        }
    }
    for figure in figures {
        let is_here = within(&figure.span, sentence);
        let Some(rate) = is_here.then(|| rate(text, figure)).flatten() else {
            continue;
        };
        let Some(at) = nearest(text, sentence, figure, found) else {
            continue;
        };
        let charge = &found.charges[at];
        let around = around(text, sentence, &figure.span, &charge.reach);
        if OF_OTHER_THINGS.is_match(around) {
            continue;
        }
        let is_behind = charge.reach.end <= figure.span.start;
        let does = does(text, sentence, figure, around, is_behind);
        let Some(value) = does.and_then(|does| worked_out(charge.value, rate, does)) else {
            // "20% off shoes, 59.90": what stands behind the discount is what was paid.
            let is_discount = leaves(&text[figure.span.end..])
                || DISCOUNT_BEHIND.is_match(&text[figure.span.end..]);
            let charge = &mut found.charges[at];
            match (is_behind, is_discount) {
                (false, true) => {}
                (true, true) => charge.doubts.extend(
                    worked_out(charge.value, rate, Does::TakesOff).map(AmountDoubt::Either),
                ),
                (_, false) => charge.doubts.push(AmountDoubt::Unused),
            }
            continue;
        };
        // "80, 20% off, so 64": told already.
        let is_told = found.charges.iter().any(|other| other.value == value)
            || found
                .leftovers
                .iter()
                .any(|left| within(&left.span, sentence));
        if is_told {
            continue;
        }
        let charge = &mut found.charges[at];
        charge.doubts.push(AmountDoubt::WorkedOut(charge.value));
        charge.value = value;
        charge.reach =
            charge.reach.start.min(figure.span.start)..charge.reach.end.max(figure.span.end);
    }
}

/// 八折 says what is left.
fn leaves(tail: &str) -> bool {
    tail.trim_start().starts_with('折')
}

/// "The first half of the 2,400": a part in words, right before its sum.
fn part_in_words(head: &str) -> Option<Decimal> {
    static HALF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:first |second |other |last )?half of (?:the |my |our |a )?$")
    });
    static THIRD: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:a|one|first|last) third of (?:the |my |our |a )?$"));
    static QUARTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?:a|one) quarter of (?:the |my |our |a )?$"));
    let parts = [(&HALF, 2), (&THIRD, 3), (&QUARTER, 4)];
    let found = parts.iter().find(|(words, _)| words.is_match(head));
    found.map(|(_, parts)| Decimal::ONE / Decimal::from(*parts))
}

/// A rate as a part of one. 八折 leaves eight tenths, which is a rate of a fifth.
fn rate(text: &str, figure: &Figure) -> Option<Decimal> {
    let value = figure.number.value?;
    let is_small = value > Decimal::ZERO && value < Decimal::ONE_HUNDRED;
    if !is_small {
        return None;
    }
    if figure.sense == Sense::Percent {
        return Some(value / Decimal::ONE_HUNDRED);
    }
    let tail = text[figure.number.span.end..].trim_start();
    // 一成 is a tenth.
    if tail.starts_with('成') && !tail.starts_with("成本") && value < Decimal::TEN {
        return Some(value / Decimal::TEN);
    }
    if !leaves(tail) {
        return None;
    }
    let left = match value < Decimal::TEN {
        true => value / Decimal::TEN,
        false => value / Decimal::ONE_HUNDRED,
    };
    Some(Decimal::ONE - left)
}

/// The charge that a rate is said of: the one before it in the same breath, else the one behind it.
fn nearest(text: &str, sentence: &Span, figure: &Figure, found: &Found) -> Option<usize> {
    let before = found
        .charges
        .iter()
        .rposition(|charge| charge.reach.end <= figure.span.start);
    let behind = found
        .charges
        .iter()
        .position(|charge| charge.reach.start >= figure.span.end);
    let gap = |at: usize| {
        let between = around(text, sentence, &figure.span, &found.charges[at].reach);
        between.chars().count()
    };
    match (before, behind) {
        (Some(before), Some(behind)) => {
            let is_of_it = PART_BEHIND.is_match(&text[figure.span.end..sentence.end]);
            let takes_behind = is_of_it && gap(behind) < 24;
            Some(if takes_behind { behind } else { before })
        }
        (before, behind) => before.or(behind),
    }
}

/// The text between a rate and its sum, with a few words behind the later of both.
fn around<'a>(text: &'a str, sentence: &Span, rate: &Span, sum: &Span) -> &'a str {
    const BEHIND: usize = 30;
    let begin = rate.end.min(sum.end);
    let end = rate
        .end
        .max(sum.end)
        .saturating_add(BEHIND)
        .min(sentence.end);
    &text[begin..text.ceil_char_boundary(end).min(sentence.end).max(begin)]
}

fn does(
    text: &str,
    sentence: &Span,
    figure: &Figure,
    around: &str,
    is_behind: bool,
) -> Option<Does> {
    let head = &text[sentence.start..figure.span.start];
    let tail = &text[figure.span.end..sentence.end];
    if leaves(tail) {
        return is_behind.then_some(Does::TakesOff);
    }
    if ADDED.is_match(around) && !CONTAINED.is_match(around) {
        return Some(Does::Adds);
    }
    let is_discount = DISCOUNT_BEHIND.is_match(tail) || DISCOUNT_BEFORE.is_match(head.trim_end());
    if is_discount {
        let is_to_come = ACTS.is_match(&text[sentence.start..figure.span.start]);
        return (is_behind && is_to_come).then_some(Does::TakesOff);
    }
    (PART_BEHIND.is_match(tail) && !tail.trim_start().starts_with("of the time"))
        .then_some(Does::Parts)
}

fn worked_out(value: Decimal, rate: Decimal, does: Does) -> Option<Decimal> {
    let factor = match does {
        Does::TakesOff => Decimal::ONE - rate,
        Does::Parts => rate,
        Does::Adds => Decimal::ONE + rate,
    };
    let product = value.checked_mul(factor)?.normalize();
    let rounded = product.round_dp_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero);
    (!rounded.is_zero()).then_some(rounded)
}
