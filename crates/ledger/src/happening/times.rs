//! The price of one thing times how many there were.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::charge::{AmountDoubt, Charge, Finder};
use super::counts;
use super::marks::MARKS;
use super::piece::within;
use crate::money::Sense;
use crate::text::pattern;

/// Two people, and no number that says so: 爸妈各一千.
static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:爸妈|父母|爹妈|公婆|夫妻|夫妇|爷爷奶奶|外公外婆|姥姥姥爷|\b(?:mum|mom|dad) and (?:mum|mom|dad)\b|\bmy parents\b|\bboth of them\b)",
    )
});

impl Finder<'_> {
    /// The price of one times how many.
    pub(super) fn multiply(&mut self, at: usize, charge: &mut Charge, head: &str, tail: &str) {
        if self.multiply_by_unit(charge, head, tail) {
            return;
        }
        let is_each = MARKS.each_behind.is_match(tail) || MARKS.each.is_match(head);
        let (count, is_times) = match self.factor(at) {
            Some(count) => (Some(count), true),
            None => (self.count(at), false),
        };
        if !is_each && !is_times && self.is_perhaps_each(at, charge) {
            return;
        }
        let is_at = [" at", " for each", " x"]
            .iter()
            .any(|words| head.trim_end().ends_with(words));
        if !(is_times || is_each || is_at && count.is_some_and(|count| count < at)) {
            return;
        }
        let factor = count.and_then(|count| self.figures[count].value);
        let Some((count, factor)) = count.zip(factor) else {
            match charge.value.checked_mul(Decimal::TWO) {
                Some(both) if PAIR.is_match(head) => charge.value = both,
                _ => charge.doubts.push(AmountDoubt::NoCount),
            }
            return;
        };
        let Some(product) = charge.value.checked_mul(factor) else {
            return;
        };
        charge.value = product;
        self.used.push(count);
        let other = &self.figures[count].span;
        if is_times {
            charge.reach = charge.reach.start.min(other.start)..charge.reach.end.max(other.end);
        }
    }

    /// "40 dozen, six bucks a dozen": the price of one of what was counted, by the same word.
    fn multiply_by_unit(&mut self, charge: &mut Charge, head: &str, tail: &str) -> bool {
        let Some(unit) = counts::unit(head, tail) else {
            return false;
        };
        let free: Vec<usize> = (0..self.figures.len())
            .filter(|place| {
                let figure = &self.figures[*place];
                within(&figure.span, self.sentence)
                    && figure.sense == Sense::Count
                    && !self.used.contains(place)
            })
            .collect();
        let Some(many) = counts::of(self.text, self.sentence, self.figures, &free, &unit) else {
            return false;
        };
        let Some(product) = charge.value.checked_mul(many.factor) else {
            return false;
        };
        charge.value = product.normalize();
        self.used.extend(many.used);
        true
    }

    /// "700 元兩張": the price of one or of both. What it would be for all is the doubt.
    fn is_perhaps_each(&self, at: usize, charge: &mut Charge) -> bool {
        let Some(count) = self.figures.get(at + 1) else {
            return false;
        };
        let between = &self.text[self.figures[at].span.end..count.span.start];
        let head = &self.text[self.sentence.start..self.figures[at].span.start];
        let is_beside = count.sense == Sense::Count
            && within(&count.span, self.sentence)
            && between.trim().is_empty()
            && MARKS
                .counted
                .is_match(&self.text[count.span.end..self.sentence.end])
            && !MARKS.total.is_match(head);
        let product = count
            .value
            .filter(|many| *many > Decimal::ONE)
            .and_then(|many| charge.value.checked_mul(many));
        match product.filter(|_| is_beside) {
            Some(product) => {
                charge.doubts.push(AmountDoubt::Either(product));
                true
            }
            None => false,
        }
    }

    /// The number on the other side of a multiplication sign.
    fn factor(&self, at: usize) -> Option<usize> {
        let is_times = |from: usize, to: usize| {
            let between = &self.text[self.figures[from].span.end..self.figures[to].span.start];
            MARKS.times.is_match(between)
        };
        let before = at.checked_sub(1).filter(|before| {
            self.figures[*before].sense == Sense::Count
                && !self.used.contains(before)
                && is_times(*before, at)
        });
        let behind = Some(at + 1).filter(|behind| {
            *behind < self.figures.len()
                && self.figures[*behind].sense == Sense::Count
                && is_times(at, *behind)
        });
        before.or(behind)
    }

    /// The nearest number of things in the sentence: before the price, else behind it.
    fn count(&self, at: usize) -> Option<usize> {
        let is_count = |place: &usize| {
            let figure = &self.figures[*place];
            within(&figure.span, self.sentence)
                && figure.sense == Sense::Count
                && !self.used.contains(place)
                // Of "one hour 40" the one is no count to multiply with.
                && figure.value.is_some_and(|value| value > Decimal::ONE)
        };
        let after_last = self
            .found
            .charges
            .last()
            .map_or(self.sentence.start, |last| last.reach.end);
        let before = (0..at)
            .rev()
            .find(|place| is_count(place) && self.figures[*place].span.start >= after_last);
        before.or_else(|| {
            let behind = (at + 1..self.figures.len()).find(is_count)?;
            let is_next = !self.figures[at + 1..behind]
                .iter()
                .any(|figure| figure.sense == Sense::Money);
            is_next.then_some(behind)
        })
    }

    /// One price was multiplied, and there are more numbers of things that it may be meant for.
    pub(super) fn unused_counts(&mut self) {
        let is_left = (0..self.figures.len()).any(|place| {
            let figure = &self.figures[place];
            within(&figure.span, self.sentence)
                && figure.sense == Sense::Count
                && !self.used.contains(&place)
                && figure.value.is_some_and(|value| value > Decimal::ONE)
                && counts::is_of_things(&self.text[figure.span.end..self.sentence.end])
        });
        if let [only] = self.found.charges.as_mut_slice()
            && !self.used.is_empty()
            && is_left
        {
            only.doubts.push(AmountDoubt::Unused);
        }
    }
}
