//! What a column is: found out from all of its values, and how each of them is then stored.

mod stored;

use serde::Serialize;

use crate::cell::Cell;
use crate::dates::{self, Dates, Orders};
use crate::numbers::{self, Decimal, Numbers};
pub use stored::Stored;

/// What a column is stored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// Whole numbers.
    Integer,
    /// Numbers with fractions, as doubles.
    Real,
    /// Days as `YYYY-MM-DD`.
    Date,
    /// Days with a time as `YYYY-MM-DD HH:MM:SS`, with a fraction where there was one.
    Timestamp,
    /// Times of day as `HH:MM:SS`, with a fraction where there was one.
    Time,
    /// Lengths of time in seconds, so that they can be added up.
    Duration,
    /// 1 and 0, where a workbook says so.
    Boolean,
    /// Texts as they were.
    Text,
}

impl ColumnKind {
    /// The type that the column is declared with.
    #[must_use]
    pub const fn declared(self) -> &'static str {
        match self {
            Self::Integer => "INTEGER",
            Self::Real | Self::Duration => "REAL",
            Self::Date => "DATE",
            Self::Timestamp => "TIMESTAMP",
            Self::Time => "TIME",
            Self::Boolean => "BOOLEAN",
            Self::Text => "TEXT",
        }
    }
}

/// From so many values of one kind on it is worth saying which one kept a column from being it.
const WORTH_SAYING: u64 = 10;

/// What people and programs write where there is no value. In a column of numbers or dates these
/// are no value; in a column of texts they stay.
const PLACEHOLDERS: [&str; 18] = [
    "-", "--", "\u{2013}", "\u{2014}", "n/a", "na", "#n/a", "null", "(null)", "none", "nan", "\\n",
    "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!",
];

/// Whether it stands for a value that is not there.
pub fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 7
        && PLACEHOLDERS
            .iter()
            .any(|placeholder| placeholder.eq_ignore_ascii_case(text))
}

/// The value that kept a column from being something better than text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    pub line: u64,
    pub value: String,
    /// How many values before it did fit.
    pub before: u64,
}

/// All that is remembered of a column's values.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    texts: u64,
    placeholders: u64,
    /// Cells with an error of the workbook in them.
    pub faults: u64,
    not_numbers: bool,
    not_dates: bool,
    numbers: numbers::Survey,
    dates: dates::Survey,
    odd: Option<Odd>,
    integers: u64,
    reals: u64,
    days: u64,
    timestamps: u64,
    clocks: u64,
    spans: u64,
    truths: u64,
}

/// Everything about a table that helps with a column that is not certain.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence {
    pub decimal: Option<Decimal>,
    pub order: Option<Orders>,
}

/// What was decided for a column, and what of it the person should know.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub kind: ColumnKind,
    pub reading: Reading,
    pub remarks: Vec<Remark>,
}

/// Something about a column that is not plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    Decimal(Decimal),
    DayFirst(bool),
    Percent,
    Currency(&'static str),
    ShortYears,
    RocYears,
    Offset(i16),
    Placeholders(u64),
    Faults(u64),
    Durations,
    Mixed,
    Odd(Odd),
    NoValues,
}

/// How texts are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub decimal: Decimal,
    pub order: Orders,
}

impl Survey {
    /// Looks at one more value, which stands in this line.
    pub fn see(&mut self, cell: Cell<'_>, line: u64) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.see_text(text, line),
            Cell::Integer(_) => self.integers += 1,
            Cell::Real(_) => self.reals += 1,
            Cell::Moment(_, None) => self.days += 1,
            Cell::Moment(_, Some(_)) => self.timestamps += 1,
            Cell::Clock(_) => self.clocks += 1,
            Cell::Span(_) => self.spans += 1,
            Cell::Truth(_) => self.truths += 1,
            Cell::Fault => self.faults += 1,
        }
    }

    fn see_text(&mut self, text: &str, line: u64) {
        if self.not_numbers && self.not_dates {
            self.texts += 1;
            return;
        }
        if text.trim().is_empty() {
            return;
        }
        if is_placeholder(text) {
            self.placeholders += 1;
            return;
        }
        self.not_numbers = self.not_numbers || !self.numbers.see(text);
        self.not_dates = self.not_dates || !self.dates.see(text);
        if self.not_numbers && self.not_dates {
            self.odd = Some(Odd {
                line,
                value: text.chars().take(40).collect(),
                before: self.texts,
            });
        }
        self.texts += 1;
    }

    /// Whether there is nothing in it at all.
    pub fn is_empty(&self) -> bool {
        self.filled() + self.placeholders + self.faults == 0
    }

    fn filled(&self) -> u64 {
        self.texts + self.numeric() + self.moments() + self.clocks + self.spans + self.truths
    }

    const fn numeric(&self) -> u64 {
        self.integers + self.reals
    }

    const fn moments(&self) -> u64 {
        self.days + self.timestamps
    }

    /// What this column has to say about the others.
    pub fn evidence(&self) -> Evidence {
        if self.not_numbers && self.not_dates {
            return Evidence::default();
        }
        let order = self.dates.agreed().map(|dates| dates.orders);
        Evidence {
            decimal: self.numbers.decided(),
            order: order.filter(|order| matches!(*order, dates::DAY_FIRST | dates::MONTH_FIRST)),
        }
    }

    /// Decides what it is.
    pub fn decide(&self, evidence: Evidence) -> Decision {
        let mut decision = Decision {
            kind: ColumnKind::Text,
            reading: Reading {
                decimal: Decimal::Point,
                order: dates::YEAR_FIRST,
            },
            remarks: Vec::new(),
        };
        self.decide_kind(evidence, &mut decision);
        if decision.kind == ColumnKind::Text {
            match &self.odd {
                Some(odd) if odd.before >= WORTH_SAYING => {
                    decision.remarks.push(Remark::Odd(odd.clone()));
                }
                _ if self.filled() > self.texts => decision.remarks.push(Remark::Mixed),
                _ => {}
            }
        } else if self.placeholders > 0 {
            decision
                .remarks
                .push(Remark::Placeholders(self.placeholders));
        }
        if self.faults > 0 {
            decision.remarks.push(Remark::Faults(self.faults));
        }
        if self.filled() + self.placeholders == 0 {
            decision.remarks.push(Remark::NoValues);
        }
        decision
    }

    fn decide_kind(&self, evidence: Evidence, decision: &mut Decision) {
        let filled = self.filled();
        if filled == 0 {
            return;
        }
        let texts = self.texts;
        if self.truths == filled {
            decision.kind = ColumnKind::Boolean;
        } else if self.spans > 0 && self.spans + self.clocks == filled {
            decision.kind = ColumnKind::Duration;
            decision.remarks.push(Remark::Durations);
        } else if self.numeric() + texts == filled && !(texts > 0 && self.not_numbers) {
            self.decide_numbers(evidence, decision);
        } else if self.moments() + self.clocks + texts == filled && !(texts > 0 && self.not_dates) {
            self.decide_dates(evidence, decision);
        }
    }

    fn decide_numbers(&self, evidence: Evidence, decision: &mut Decision) {
        let is_whole = |real| {
            if real {
                ColumnKind::Real
            } else {
                ColumnKind::Integer
            }
        };
        if self.texts == 0 {
            decision.kind = is_whole(self.reals > 0);
            return;
        }
        let Some(numbers) = self.numbers.agreed() else {
            return;
        };
        if numbers.percent && self.numeric() > 0 {
            return;
        }
        let decimal = doubtful_decimal(&numbers, evidence, &mut decision.remarks);
        decision.reading.decimal = decimal;
        decision.kind = is_whole(self.reals > 0 || numbers.is_real(decimal));
        if numbers.percent {
            decision.remarks.push(Remark::Percent);
        }
        decision
            .remarks
            .extend(numbers.currency.map(Remark::Currency));
    }

    fn decide_dates(&self, evidence: Evidence, decision: &mut Decision) {
        let mut times = self.timestamps > 0;
        let mut dateless = self.moments() == 0;
        if self.texts > 0 {
            let Some(dates) = self.dates.agreed() else {
                return;
            };
            if dates.dateless && self.moments() > 0 || !dates.dateless && self.clocks > 0 {
                return;
            }
            times |= dates.times;
            dateless = dates.dateless;
            decision.reading.order = doubtful_order(&dates, evidence, &mut decision.remarks);
            remark_on_dates(&dates, &mut decision.remarks);
        } else if self.clocks > 0 && self.moments() > 0 {
            return;
        }
        decision.kind = match (dateless, times) {
            (true, _) => ColumnKind::Time,
            (false, true) => ColumnKind::Timestamp,
            (false, false) => ColumnKind::Date,
        };
    }
}

fn doubtful_decimal(numbers: &Numbers, evidence: Evidence, remarks: &mut Vec<Remark>) -> Decimal {
    numbers.decimal.unwrap_or_else(|| {
        let decimal = evidence.decimal.unwrap_or(Decimal::Point);
        remarks.push(Remark::Decimal(decimal));
        decimal
    })
}

fn doubtful_order(dates: &Dates, evidence: Evidence, remarks: &mut Vec<Remark>) -> Orders {
    if dates.orders.count_ones() == 1 {
        return dates.orders;
    }
    let order = evidence.order.unwrap_or(dates::DAY_FIRST);
    remarks.push(Remark::DayFirst(order == dates::DAY_FIRST));
    order
}

fn remark_on_dates(dates: &Dates, remarks: &mut Vec<Remark>) {
    if dates.short_year {
        remarks.push(Remark::ShortYears);
    }
    if dates.roc {
        remarks.push(Remark::RocYears);
    }
    remarks.extend(dates.offset.map(Remark::Offset));
}
