//! The sums of a sentence, and how they belong together: price times quantity, tips, discounts, change
//! given back, totals, the same sum in another currency.

use rust_decimal::Decimal;

use super::closing::{self, Closes};
use super::marks::{MARKS, is_addition};
use super::piece::within;
use super::rates;
use super::{Leftover, Why};
use crate::money::{Figure, Named, Sense, is_before_a_thing};
use crate::text::Span;

/// One sum of money that went one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// The figure that it is named after.
    pub main: usize,
    /// How much, additions included.
    pub value: Decimal,
    /// From the first of its figures to the last.
    pub reach: Span,
    /// The other side, where money was changed.
    pub exchange: Option<Exchange>,
    /// Tax that is told as a sum and contained in the value.
    pub tax: Option<Decimal>,
    /// What is not certain about the value.
    pub doubts: Vec<AmountDoubt>,
    /// Whether it is negative as written.
    pub is_negative: bool,
    /// Whether it is the teller's own part of a larger sum that was told as well.
    pub is_own_part: bool,
}

/// The sum that was given for another currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exchange {
    /// Its figure.
    pub figure: usize,
    /// How much.
    pub value: Decimal,
}

/// Something that is not certain about a sum.
#[derive(Debug, Clone, PartialEq)]
pub enum AmountDoubt {
    /// It is told as about right.
    About,
    /// It can be read in another way.
    Reading(Decimal),
    /// A price for one, and nothing says for how many.
    NoCount,
    /// One or the other.
    Either(Decimal),
    /// It is called a total and is not the sum of the others.
    TotalDiffers(Decimal),
    /// A number that looked like the name of something was taken for the sum.
    Promoted,
    /// Change was given back: the sum is a difference.
    Change,
    /// It is negative.
    Negative,
    /// A rate was told, and the sum is what it makes of this one.
    WorkedOut(Decimal),
    /// A number beside it was not used.
    Unused,
}

/// From here on a sum is more likely a number that was read wrongly. Above what a flat costs in any of the
/// currencies whose smallest sums are large (a billion rupiah are 60,000 dollars).
const HUGE: i64 = 100_000_000_000;

/// What was found in a sentence.
#[derive(Debug, Default)]
pub struct Found {
    pub charges: Vec<Charge>,
    pub leftovers: Vec<Leftover>,
    /// Whether the sentence needs no entry, because its sums were explained.
    pub is_explained: bool,
}

/// The sums of a sentence. `since_total` are the sums of the text since the last total.
pub fn find(
    text: &str,
    sentence: &Span,
    figures: &[Figure],
    since_total: &mut Vec<Decimal>,
) -> Found {
    let mut finder = Finder {
        text,
        sentence,
        figures,
        found: Found::default(),
        used: Vec::new(),
        in_sentence: Vec::new(),
    };
    let mut sums: Vec<usize> = (0..figures.len())
        .filter(|at| within(&figures[*at].span, sentence) && figures[*at].sense == Sense::Money)
        .collect();
    if sums.is_empty() {
        sums.extend(finder.promoted());
    }
    for (place, at) in sums.iter().enumerate() {
        finder.sum(*at, sums.get(place + 1).copied(), since_total);
    }
    finder.unused_counts();
    rates::apply(text, sentence, figures, &mut finder.found);
    since_total.extend(finder.found.charges.iter().map(|charge| charge.value));
    finder.found
}

/// What is known while going through the sums of a sentence.
pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    pub(super) sentence: &'a Span,
    pub(super) figures: &'a [Figure],
    pub(super) found: Found,
    /// Counts that a price was multiplied with.
    pub(super) used: Vec<usize>,
    in_sentence: Vec<Decimal>,
}

impl Finder<'_> {
    /// Where no sum is told, a number that looks like the name of an invoice may be it.
    fn promoted(&self) -> Option<usize> {
        const LABELS: [&str; 9] = [
            "invoice", "inv", "order", "bill", "receipt", "发票", "订单", "单号", "单",
        ];
        (0..self.figures.len()).find(|at| {
            let figure = &self.figures[*at];
            if !within(&figure.span, self.sentence) {
                return false;
            }
            let head = self.text[self.sentence.start..figure.span.start].trim_end();
            (figure.sense == Sense::Year
                || (figure.sense == Sense::Name
                    && LABELS.iter().any(|label| head.ends_with(label))))
                && figure.number.span.len() < 8
                && figure.value.is_some_and(|value| value >= Decimal::TEN)
        })
    }

    fn leave(&mut self, at: usize, why: Why) {
        self.found.is_explained = true;
        self.found.leftovers.push(Leftover {
            span: self.figures[at].span.clone(),
            why,
        });
    }

    fn sum(&mut self, at: usize, next: Option<usize>, since_total: &mut Vec<Decimal>) {
        let figure = &self.figures[at];
        let likely = |value: &Decimal| value.abs() < Decimal::from(HUGE);
        let Some(value) = figure.value.filter(likely) else {
            return self.leave(at, Why::TooLarge);
        };
        if value.is_zero() {
            return self.leave(at, Why::Zero);
        }
        let head = &self.text[self.sentence.start..figure.span.start];
        let tail = &self.text[figure.span.end..self.sentence.end];
        let patterns = &*MARKS;
        if patterns.balance.is_match(head) && !closing::is_moved(tail) {
            return self.leave(at, Why::Balance);
        }
        let since = &self.text[self.since(at)..figure.span.start];
        let until = next.map_or(self.sentence.end, |next| self.figures[next].span.start);
        let behind = self.text.get(figure.span.end..until).unwrap_or_default();
        if self.is_list_price(at, next, head)
            || closing::is_not_paid(since, behind)
            || closing::asks(
                &self.text[self.sentence.clone()],
                self.text[self.sentence.end..].chars().next(),
            )
            || !self.found.charges.is_empty() && closing::is_owed_of_it(since)
        {
            return self.leave(at, Why::NotPaid);
        }
        if closing::is_threshold(head, tail) || self.is_taken_off(at, value, head) {
            return;
        }
        let closes = closing::closes(since, &self.text[self.sentence.clone()]).filter(|closes| {
            let is_told_in_full = *closes == Closes::PaidInTheEnd;
            let last = self.found.charges.last();
            last.is_some_and(|last| is_told_in_full || value < last.value)
        });
        if let Some(closes) = closes {
            return self.close(at, value, closes);
        }
        if self.joins(at, value, head, tail) {
            return;
        }
        if (patterns.total.is_match(head) || patterns.total_behind.is_match(tail))
            && self.totals(at, value, since_total)
        {
            return;
        }
        let charge = self.charge(at, value, head, tail);
        self.in_sentence.push(charge.value);
        self.found.charges.push(charge);
    }

    /// Where the sum before this one ends, or the sentence begins.
    fn since(&self, at: usize) -> usize {
        let last = self.found.charges.last().map(|last| last.reach.end);
        last.filter(|end| *end <= self.figures[at].span.start)
            .unwrap_or(self.sentence.start)
    }

    /// 满400减50: what is taken off once a price is high enough.
    fn is_taken_off(&mut self, at: usize, value: Decimal, head: &str) -> bool {
        let from = match closing::threshold(head) {
            Some(sum) => sum.parse::<Decimal>().ok(),
            None => closing::is_off(head).then_some(value),
        };
        let Some(from) = from else {
            return false;
        };
        let Some(last) = self.found.charges.last_mut() else {
            return false;
        };
        last.reach.end = self.figures[at].span.end;
        if last.value >= from && value < last.value {
            last.doubts.push(AmountDoubt::WorkedOut(last.value));
            last.value -= value;
        }
        true
    }

    /// Puts a sum in the place of the one that it settles.
    fn close(&mut self, at: usize, value: Decimal, closes: Closes) {
        let Some(last) = self.found.charges.pop() else {
            return;
        };
        self.in_sentence.pop();
        let span = &self.figures[at].span;
        self.found.charges.push(Charge {
            main: at,
            value,
            reach: last.reach.start..span.end,
            exchange: None,
            tax: None,
            doubts: Vec::new(),
            is_negative: false,
            is_own_part: closes == Closes::OwnPart,
        });
        self.in_sentence.push(value);
    }

    fn is_list_price(&self, at: usize, next: Option<usize>, head: &str) -> bool {
        let Some(next) = next else {
            return MARKS.list_price.is_match(head) && !self.found.charges.is_empty();
        };
        let between = &self.text[self.figures[at].span.end..self.figures[next].span.start];
        let says = |word: &str| match word.contains(' ') {
            true => between.contains(word),
            false => between.split([' ', ',']).any(|said| said == word),
        };
        let is_short = between.split_whitespace().count() < 5;
        // "Sold goods worth 500" is what they were sold for.
        let is_of_a_sale = head.trim_end().ends_with("worth") && head.contains("sold");
        let is_was = MARKS.was.is_match(head)
            && !is_of_a_sale
            && (["but", "now", "paid", "only", "on sale", "got it"]
                .iter()
                .any(|word| says(word))
                || is_short && between.trim_end().ends_with(" for"));
        MARKS.list_price.is_match(head) || is_was
    }

    /// Whether this sum belongs to the one before it.
    fn joins(&mut self, at: usize, value: Decimal, head: &str, tail: &str) -> bool {
        let patterns = &*MARKS;
        let figure = &self.figures[at];
        let is_exchange = patterns
            .exchange
            .is_match(&self.text[self.sentence.clone()]);
        let Some(last) = self.found.charges.last_mut() else {
            return false;
        };
        let between = &self.text[last.reach.end..figure.span.start];
        let differs = differs(&self.figures[last.main], figure);
        let is_same_currency = !differs || figure.named.is_none();
        if (patterns.change.is_match(head)
            || (patterns.change_behind.is_match(tail) && !between.contains("paid")))
            && value < last.value
            && is_same_currency
            && !tail.trim_start().starts_with("for")
        {
            last.value -= value;
            last.doubts.push(AmountDoubt::Change);
            last.reach.end = figure.span.end;
            self.drop_repeated();
            return true;
        } else if patterns.contained.is_match(head) && value < last.value && is_same_currency {
            // "312.40 including a 40 tip": it is in there already.
            let is_tax =
                patterns.tax_behind.is_match(tail) || head.trim_end().ends_with(['税', 't', 'x']);
            match (is_tax, patterns.addition_behind.is_match(tail)) {
                (true, _) => last.tax = Some(value),
                (false, true) => {}
                (false, false) => return false,
            }
        } else if is_addition(between, tail) && is_same_currency {
            let is_tax = patterns.tax_behind.is_match(tail)
                || between.contains('税')
                || between.contains("vat")
                || between.contains("tax");
            last.value += value;
            if is_tax {
                last.tax = Some(value);
            }
        } else if differs && is_exchange && last.exchange.is_none() {
            last.exchange = Some(Exchange { figure: at, value });
        } else if differs
            && (patterns.about_same.is_match(between) || (between.trim().ends_with('(')))
        {
            last.reach.end = figure.span.end;
            self.leave(at, Why::Equivalent);
            return true;
        } else if (patterns.either.is_match(between)
            && is_same_currency
            && figure.is_negative == last.is_negative)
            || (figure.is_negative && between.trim() == "-")
        {
            last.doubts.push(AmountDoubt::Either(value));
        } else {
            return false;
        }
        last.reach.end = figure.span.end;
        true
    }

    /// "fuel 300, gave 500 and got 200 back": what is left is the sum that was told already.
    fn drop_repeated(&mut self) {
        let [.., told, given] = self.found.charges.as_mut_slice() else {
            return;
        };
        if told.value == given.value {
            told.reach.end = given.reach.end;
            self.found.charges.pop();
        }
    }

    /// A total of what was told before. False where it is a sum of its own.
    fn totals(&mut self, at: usize, value: Decimal, since_total: &mut Vec<Decimal>) -> bool {
        let here: Decimal = self.in_sentence.iter().sum();
        let all: Decimal = since_total.iter().sum::<Decimal>() + here;
        if self.in_sentence.is_empty() && since_total.len() < 2 {
            return false;
        }
        if value == here || value == all {
            self.in_sentence.clear();
            since_total.clear();
            if let Some(last) = self.found.charges.last_mut() {
                last.reach.end = self.figures[at].span.end;
            }
            self.leave(at, Why::SumOfOthers);
            return true;
        }
        // The price of one was told, and then what all of them cost.
        if let [only] = self.found.charges.as_mut_slice()
            && only.doubts.contains(&AmountDoubt::NoCount)
        {
            only.value = value;
            only.doubts.retain(|doubt| *doubt != AmountDoubt::NoCount);
            only.reach.end = self.figures[at].span.end;
            return true;
        }
        if self.found.charges.len() > 1
            && let Some(last) = self.found.charges.last_mut()
        {
            last.doubts.push(AmountDoubt::TotalDiffers(value));
            last.reach.end = self.figures[at].span.end;
            self.leave(at, Why::SumOfOthers);
            return true;
        }
        false
    }

    fn charge(&mut self, at: usize, value: Decimal, head: &str, tail: &str) -> Charge {
        let figure = &self.figures[at];
        let mut charge = Charge {
            main: at,
            value,
            reach: figure.span.clone(),
            exchange: None,
            tax: None,
            doubts: Vec::new(),
            is_negative: figure.is_negative,
            is_own_part: false,
        };
        if figure.is_about {
            charge.doubts.push(AmountDoubt::About);
        }
        if figure.is_negative {
            charge.doubts.push(AmountDoubt::Negative);
        }
        if let Some(other) = figure.number.otherwise {
            charge.doubts.push(AmountDoubt::Reading(other));
        }
        if figure.sense != Sense::Money || self.may_count_what_follows(at, tail) {
            charge.doubts.push(AmountDoubt::Promoted);
        }
        self.multiply(at, &mut charge, head, tail);
        charge
    }

    /// A number without a currency before the name of something, where others have theirs: "the 8.40
    /// train, single £27".
    fn may_count_what_follows(&self, at: usize, tail: &str) -> bool {
        let bare = self.figures[at].named.is_none();
        let has_named = self.figures.iter().any(|figure| figure.named.is_some());
        bare && has_named && is_before_a_thing(tail)
    }
}

/// Whether two sums are told in different currencies.
fn differs(one: &Figure, other: &Figure) -> bool {
    match (&one.named, &other.named) {
        (Some(Named::OneOf(_, a)), Some(Named::OneOf(_, b))) => a != b,
        (Some(a), Some(b)) => a != b,
        _ => false,
    }
}
