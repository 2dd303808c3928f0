//! From a text to single happenings: where each stands, what it cost, when it was.
//!
//! The sums lead: a sentence is cut between its sums, and what stands around a sum is its own. What a
//! happening means (which account, which way the money went) is not decided here.

mod charge;
mod closing;
mod counts;
mod cut;
mod marks;
mod piece;
mod rates;
mod sentence;
mod times;
mod when;

use rust_decimal::Decimal;

use crate::date::{self, Calendar, Certainty, Mention};
use crate::language::Language;
use crate::money::{self, Figure, Settled};
use crate::text::{Span, Text};
use piece::{description, plain, trimmed, within, without};

pub use charge::{AmountDoubt, Charge};
pub use when::{DateDoubt, When};

/// What a text tells.
#[derive(Debug)]
pub struct Reading {
    /// In the order of the text.
    pub happenings: Vec<Happening>,
    /// What could not be made into one.
    pub leftovers: Vec<Leftover>,
    /// The language of the whole.
    pub language: Language,
    /// Every sum of money, as it was written.
    pub sums: Vec<String>,
}

/// One thing that happened.
#[derive(Debug)]
pub struct Happening {
    /// Where it is told.
    pub span: Span,
    /// Words elsewhere that belong to it as well: "all on the company card".
    pub context: Vec<Span>,
    /// Its text, folded, without the sums and the dates.
    pub words: String,
    /// The same with what belongs to it elsewhere, in single spaces.
    pub folded: String,
    /// As it was written.
    pub source: String,
    /// What it was, as it was written, without sums and dates.
    pub description: String,
    /// What it cost.
    pub charge: Charge,
    /// The currency of that.
    pub currency: Settled,
    /// The other side, where money was changed: its currency and how much.
    pub other: Option<(String, Decimal)>,
    /// When it was.
    pub when: When,
    /// Its language.
    pub language: Language,
}

/// A piece of text without an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Leftover {
    /// Where.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why something is no entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Something happened, and no sum is told.
    NoAmount,
    /// Nobody can have spent that much.
    TooLarge,
    /// Nothing was spent.
    Zero,
    /// It sums up what was told before.
    SumOfOthers,
    /// A price that was not paid.
    NotPaid,
    /// What is left, or a limit.
    Balance,
    /// The same sum in another currency.
    Equivalent,
    /// It is in none of the happenings. A safeguard: nothing is lost in silence.
    Unread,
}

/// Reads a text. `base` is the currency of the book.
pub fn read(text: &Text, calendar: &Calendar, base: Option<&str>) -> Reading {
    let folded = text.folded();
    let whole = Language::of(text.original(&(0..folded.len())));
    let mentions = date::find(folded, calendar);
    let dates: Vec<Span> = mentions
        .iter()
        .map(|mention| mention.span.clone())
        .collect();
    let figures = money::figures(text, &dates);
    let protected: Vec<Span> = dates
        .iter()
        .cloned()
        .chain(figures.iter().map(|figure| figure.span.clone()))
        .collect();
    let mut reader = Reader {
        text,
        calendar,
        base,
        whole,
        mentions: &mentions,
        figures: &figures,
        protected: &protected,
        reading: Reading {
            happenings: Vec::new(),
            leftovers: Vec::new(),
            language: whole,
            sums: figures
                .iter()
                .filter(|figure| figure.sense == money::Sense::Money)
                .map(|figure| text.original(&figure.span).to_owned())
                .collect(),
        },
        waiting: None,
        heading: None,
        since_total: Vec::new(),
    };
    for sentence in sentence::split(folded, &protected) {
        reader.sentence(sentence);
    }
    reader.end();
    reader.reading
}

/// What is known while going through a text.
struct Reader<'a> {
    text: &'a Text,
    calendar: &'a Calendar,
    base: Option<&'a str>,
    whole: Language,
    mentions: &'a [Mention],
    figures: &'a [Figure],
    /// Numbers and dates, in which nothing ends.
    protected: &'a [Span],
    reading: Reading,
    /// A sentence without a sum that the next may complete: "Had lunch with Bob. It cost 20."
    waiting: Option<Span>,
    /// The date that a line by itself names, for all that follows.
    heading: Option<Mention>,
    /// The sums since the last total.
    since_total: Vec<Decimal>,
}

impl Reader<'_> {
    fn sentence(&mut self, span: Span) {
        let charges = charge::find(
            self.text.folded(),
            &span,
            self.figures,
            &mut self.since_total,
        );
        for leftover in charges.leftovers {
            self.reading.leftovers.push(leftover);
        }
        if charges.charges.is_empty() {
            self.without_sum(span, charges.is_explained);
            return;
        }
        let begin = match self.waiting.take() {
            Some(waiting) if sentence::completes(&self.text.folded()[span.clone()]) => {
                waiting.start
            }
            Some(waiting) => {
                self.leave(waiting, Why::NoAmount);
                span.start
            }
            None => span.start,
        };
        self.add(begin..span.end, charges.charges);
    }

    fn add(&mut self, span: Span, charges: Vec<Charge>) {
        let folded = self.text.folded();
        let pieces = cut::cut(folded, &span, &charges, self.protected, self.mentions);
        let reaches: Vec<Span> = charges.iter().map(|charge| charge.reach.clone()).collect();
        let before = self.reading.happenings.last().map(|last| last.when.clone());
        let whens = when::of(&when::Surroundings {
            text: folded,
            pieces: &pieces.own,
            reaches: &reaches,
            mentions: self.mentions,
            heading: self.heading.as_ref(),
            before: before.as_ref(),
            today: self.calendar.today,
        });
        for ((charge, own), when) in charges.into_iter().zip(pieces.own).zip(whens) {
            let spoken = Language::of(self.text.original(&span)).or(self.whole);
            let mut happening = self.happening(charge, own, pieces.shared.clone(), when, spoken);
            // "Uber 18.40 on Monday and 22 on Tuesday": the second is the same thing again.
            if let Some(last) = self.reading.happenings.last()
                && last.span.start >= span.start
                && piece::says_nothing(&happening.words)
            {
                happening.words.clone_from(&last.words);
                happening.description.clone_from(&last.description);
                happening.folded = format!("{} ; {}", last.words, happening.folded);
            }
            self.reading.happenings.push(happening);
        }
    }

    fn happening(
        &self,
        charge: Charge,
        own: Span,
        context: Vec<Span>,
        when: When,
        spoken: Language,
    ) -> Happening {
        let folded = self.text.folded();
        let span = trimmed(folded, own);
        let source = self.text.original(&span).to_owned();
        // "捷運 25、YouBike 10": a name alone is of the sentence's language.
        let language = match Language::of(&source) {
            Language::English if source.len() < 24 => spoken,
            own => own.or(spoken).or(self.whole),
        };
        let figure = &self.figures[charge.main];
        let base = self.base.or_else(|| self.spoken_in());
        let currency = money::settle(figure, language, base, self.figures);
        let words = without(folded, &span, self.mentions, self.figures);
        let other = charge.exchange.map(|exchange| {
            let settled =
                money::settle(&self.figures[exchange.figure], language, base, self.figures);
            (settled.code, exchange.value)
        });
        let context_words: Vec<&str> = context.iter().map(|span| &folded[span.clone()]).collect();
        let mut whole = plain(&words);
        for extra in context_words {
            whole.push_str(" ; ");
            whole.push_str(extra);
        }
        Happening {
            folded: whole,
            words,
            description: description(self.text, &span, self.mentions, self.figures),
            source,
            span,
            context,
            charge,
            currency,
            other,
            when,
            language,
        }
    }

    /// The currency of where people write as in this text: Cantonese is written in Hong Kong.
    fn spoken_in(&self) -> Option<&'static str> {
        const CANTONESE: [char; 14] = [
            '咗', '嘅', '喺', '嗰', '啱', '畀', '佢', '哋', '冇', '嘢', '唔', '啲', '乜', '咁',
        ];
        let written = self.text.original(&(0..self.text.folded().len()));
        let is_cantonese = written.contains(CANTONESE);
        is_cantonese.then_some("HKD")
    }

    /// A sentence in which nothing is counted.
    fn without_sum(&mut self, span: Span, is_explained: bool) {
        let folded = self.text.folded();
        let span = trimmed(folded, span);
        let said = &folded[span.clone()];
        if said.chars().all(|letter| !letter.is_alphanumeric()) {
            return;
        }
        let dates: Vec<&Mention> = self
            .mentions
            .iter()
            .filter(|mention| within(&mention.span, &span))
            .collect();
        let words = without(folded, &span, self.mentions, self.figures);
        if let Some(first) = dates.first()
            && sentence::is_heading(&words)
        {
            self.heading = Some((*first).clone());
            return;
        }
        if is_explained {
            return;
        }
        if let [only] = dates.as_slice()
            && sentence::trails(said)
            && sentence::is_of_all(said)
            && self.dated(only)
        {
            return;
        }
        if let Some(last) = self
            .reading
            .happenings
            .last_mut()
            .filter(|_| sentence::trails(said))
        {
            last.context.push(span.clone());
            last.folded.push_str(" ; ");
            last.folded.push_str(said);
            let is_of_all = sentence::is_of_all(said);
            let said = said.to_owned();
            if is_of_all {
                let count = self.reading.happenings.len();
                for happening in &mut self.reading.happenings[..count - 1] {
                    happening.folded.push_str(" ; ");
                    happening.folded.push_str(&said);
                }
            }
            return;
        }
        if let Some(waiting) = self.waiting.replace(span) {
            self.leave(waiting, Why::NoAmount);
        }
    }

    /// "Strings 48.75, rosin 9. All last Saturday": the day of what was told since the last day. Whether
    /// anything had none.
    fn dated(&mut self, mention: &Mention) -> bool {
        let when = when::single(mention, self.calendar.today);
        let all = self.reading.happenings.iter_mut().rev();
        let mut count = 0;
        for happening in all.take_while(|happening| !happening.when.is_told) {
            happening.when = when.clone();
            count += 1;
        }
        count > 0
    }

    fn leave(&mut self, span: Span, why: Why) {
        self.reading.leftovers.push(Leftover { span, why });
    }

    fn end(&mut self) {
        if let Some(waiting) = self.waiting.take() {
            self.leave(waiting, Why::NoAmount);
        }
        self.safeguard();
        self.unused_days();
        self.reading
            .leftovers
            .sort_by_key(|leftover| (leftover.span.start, leftover.why));
    }
}

impl Reader<'_> {
    /// A day that no happening took is put to the nearest one that has none: it is not lost in silence
    /// either.
    fn unused_days(&mut self) {
        for mention in self.mentions {
            let Some(date) = mention.day.date else {
                continue;
            };
            let is_meant = matches!(
                mention.day.certainty,
                Certainty::Told | Certainty::Ambiguous | Certainty::Vague
            );
            let happenings = &mut self.reading.happenings;
            let is_used = happenings.iter().any(|happening| {
                let when = &happening.when;
                when.date == date || when.choices.contains(&date)
            });
            if !is_meant || is_used || when::is_due(self.text.folded(), mention) {
                continue;
            }
            let place = happenings.partition_point(|one| one.span.start <= mention.span.start);
            let before = happenings[..place].iter_mut().next_back();
            let Some(near) = before.filter(|one| !one.when.is_told) else {
                continue;
            };
            near.when.doubt = near.when.doubt.or(Some(DateDoubt::Neighbour));
            near.when.choices = vec![near.when.date, date];
        }
    }

    /// Every sum is in a happening or among the leftovers.
    fn safeguard(&mut self) {
        let sums = self
            .figures
            .iter()
            .filter(|figure| figure.sense == money::Sense::Money);
        for figure in sums {
            let span = &figure.span;
            let is_used = self.reading.happenings.iter().any(|happening| {
                let charge = &happening.charge;
                let exchanged = charge
                    .exchange
                    .map(|exchange| &self.figures[exchange.figure].span);
                within(span, &charge.reach) || exchanged == Some(span)
            });
            let is_left = self
                .reading
                .leftovers
                .iter()
                .any(|leftover| within(span, &leftover.span));
            if !is_used && !is_left {
                self.reading.leftovers.push(Leftover {
                    span: span.clone(),
                    why: Why::Unread,
                });
            }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
