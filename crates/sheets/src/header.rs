//! Where the names of the columns stand, found from the first rows.
//!
//! A header is a row of texts over rows that look different, or a row of texts that are all
//! different and all there. Exports and bank files have lines above it (a title, an account, a
//! period); they are only skipped when they are clearly narrower than the table.

use crate::cell::{Cell, Kept, Merge};
use crate::{column, dates, numbers};

/// How many rows are looked at.
pub const SAMPLE: usize = 200;

/// A header does not stand lower than this.
const DEEPEST: usize = 30;

/// A name is not longer than this.
const NAME_CHARS: usize = 64;

/// A row of the sample.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRow {
    pub line: u64,
    pub cells: Vec<Kept>,
}

/// What the first rows are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// Rows before the first one of the table's own.
    pub skip: usize,
    /// The names as they were written; nothing when there is no header.
    pub names: Option<Vec<String>>,
    /// What stands above the header.
    pub titles: Vec<String>,
    /// How many cells a row should have.
    pub width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    Text,
    Number,
    /// A whole number that may be a year: those are names of columns, too.
    Year,
    Date,
    Truth,
}

fn look(cell: Cell<'_>) -> Look {
    let year = |number: i64| {
        if (1900..=2100).contains(&number) {
            Look::Year
        } else {
            Look::Number
        }
    };
    match cell {
        Cell::Text(text) => {
            let text = text.trim();
            if text.is_empty() || column::is_placeholder(text) {
                Look::Empty
            } else if numbers::is_number(text) {
                text.parse().map_or(Look::Number, year)
            } else if dates::is_date(text) {
                Look::Date
            } else {
                Look::Text
            }
        }
        Cell::Empty | Cell::Fault => Look::Empty,
        Cell::Integer(number) => year(number),
        Cell::Real(_) | Cell::Span(_) => Look::Number,
        Cell::Moment(..) | Cell::Clock(_) => Look::Date,
        Cell::Truth(_) => Look::Truth,
    }
}

/// The sample with its looks.
struct Sample<'a> {
    rows: &'a [KeptRow],
    merges: &'a [Merge],
    looks: Vec<Vec<Look>>,
    /// How many cells most rows have, up to their last one that is not empty.
    width: usize,
}

/// Finds out what the first rows are.
pub fn lay_out(rows: &[KeptRow], merges: &[Merge]) -> Layout {
    let mut rows = rows.to_vec();
    fill(&mut rows, merges);
    let left = trim_left(&mut rows);
    let sample = Sample::new(&rows, merges);
    let Some(first) = sample.header() else {
        let lengths = rows
            .iter()
            .map(|row| row.cells.len())
            .filter(|length| *length > 0);
        return Layout {
            width: most_frequent(lengths) + left,
            ..Layout::default()
        };
    };
    let is_group = is_group(&rows, first, merges, sample.width);
    let at = if is_group && sample.is_header(first + 1) {
        first + 1
    } else {
        first
    };
    let mut names = vec![String::new(); left];
    names.extend(rows[at].cells.iter().map(|cell| name(cell.cell())));
    let mut titles_end = at;
    if at > 0 && self::is_group(&rows, at - 1, merges, sample.width) {
        titles_end = at - 1;
        for (name, cell) in names[left..].iter_mut().zip(&rows[at - 1].cells) {
            let group = self::name(cell.cell());
            if group != *name && !group.is_empty() {
                *name = format!("{group} {name}").trim().to_owned();
            }
        }
    }
    let titles = rows[..titles_end]
        .iter()
        .map(title)
        .filter(|title| !title.is_empty());
    Layout {
        skip: at + 1,
        width: names.len(),
        titles: titles.collect(),
        names: Some(names),
    }
}

/// Takes away the columns at the left in which there is nothing; how many they were.
fn trim_left(rows: &mut [KeptRow]) -> usize {
    let first = |row: &KeptRow| row.cells.iter().position(|cell| !cell.cell().is_blank());
    let left = rows.iter().filter_map(first).min().unwrap_or(0);
    for row in rows {
        row.cells.drain(..left.min(row.cells.len()));
    }
    left
}

/// A name with its ends trimmed and its inner spaces made one.
pub fn name(cell: Cell<'_>) -> String {
    let text = cell.to_string();
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// What a line says, each value once: a merged title stands in many cells.
fn title(row: &KeptRow) -> String {
    let mut words: Vec<String> = row.cells.iter().map(|cell| name(cell.cell())).collect();
    words.retain(|word| !word.is_empty());
    words.dedup();
    words.join(" ")
}

/// Every cell of a merged rectangle gets what stands in its first one.
fn fill(rows: &mut [KeptRow], merges: &[Merge]) {
    let depth = rows.len().min(DEEPEST);
    for merge in merges {
        let covers = |row: &KeptRow| {
            let at = row.line.saturating_sub(1);
            (u64::from(merge.rows.0)..=u64::from(merge.rows.1)).contains(&at)
        };
        let (left, right) = (merge.columns.0 as usize, merge.columns.1 as usize);
        let first = rows[..depth]
            .iter()
            .find(|row| row.line == u64::from(merge.rows.0) + 1)
            .and_then(|row| row.cells.get(left).cloned());
        let Some(first) = first else { continue };
        for row in rows[..depth].iter_mut().filter(|row| covers(row)) {
            if row.cells.len() <= right {
                row.cells.resize(right + 1, Kept::Other(Cell::Empty));
            }
            row.cells[left..=right].fill(first.clone());
        }
    }
}

/// Whether a row names groups of the columns that the next row names.
fn is_group(rows: &[KeptRow], at: usize, merges: &[Merge], width: usize) -> bool {
    let names_some = |merge: &Merge| {
        let columns = (merge.columns.1 - merge.columns.0) as usize + 1;
        u64::from(merge.rows.0) + 1 == rows[at].line
            && merge.rows.0 == merge.rows.1
            && columns > 1
            && columns < width
    };
    let is_adjacent = rows
        .get(at + 1)
        .is_some_and(|below| below.line == rows[at].line + 1);
    is_adjacent && merges.iter().any(names_some)
}

fn most_frequent(lengths: impl Iterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    for length in lengths {
        *counts.entry(length).or_insert(0usize) += 1;
    }
    // Of equals the last one is taken, which is the largest.
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or(0, |(length, _)| length)
}

impl<'a> Sample<'a> {
    fn new(rows: &'a [KeptRow], merges: &'a [Merge]) -> Self {
        let looks: Vec<Vec<Look>> = rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| look(cell.cell())).collect())
            .collect();
        let extents = rows.iter().map(|row| {
            let last = row.cells.iter().rposition(|cell| !cell.cell().is_blank());
            last.map_or(0, |last| last + 1)
        });
        Self {
            rows,
            merges,
            width: most_frequent(extents.filter(|extent| *extent > 0)),
            looks,
        }
    }

    fn header(&self) -> Option<usize> {
        for at in 0..self.rows.len().min(DEEPEST) {
            if self.is_blank(at) {
                continue;
            }
            if self.is_header(at) {
                return Some(at);
            }
            if !self.is_narrow(at) {
                return None;
            }
        }
        None
    }

    fn is_blank(&self, at: usize) -> bool {
        self.rows[at]
            .cells
            .iter()
            .all(|cell| cell.cell().is_blank())
    }

    /// Different values in a row: a merged title is one.
    fn different(&self, at: usize) -> usize {
        let mut values: Vec<String> = self.rows[at]
            .cells
            .iter()
            .map(|cell| name(cell.cell()))
            .collect();
        values.retain(|value| !value.is_empty());
        values.sort_unstable();
        values.dedup();
        values.len()
    }

    /// Whether a row may be a line above the table.
    fn is_narrow(&self, at: usize) -> bool {
        let different = self.different(at);
        if different <= (self.width / 2).max(1) && self.width > 1 {
            return true;
        }
        different < self.width && self.has_gap_below(at)
    }

    /// Whether an empty line follows before the next wide row.
    fn has_gap_below(&self, at: usize) -> bool {
        self.rows[at..]
            .windows(2)
            .take(DEEPEST)
            .enumerate()
            .take_while(|(next, _)| *next == 0 || self.different(at + next) < self.width)
            .any(|(next, pair)| pair[1].line > pair[0].line + 1 || self.is_blank(at + next + 1))
    }

    fn is_header(&self, at: usize) -> bool {
        let looks = &self.looks[at];
        let filled = looks.iter().filter(|look| **look != Look::Empty).count();
        let only_first_is_missing =
            looks.first() == Some(&Look::Empty) && filled + 1 == looks.len();
        if filled * 2 <= self.width && !(only_first_is_missing && filled > 0) {
            return false;
        }
        let contrasts = (0..looks.len())
            .filter(|column| self.contrasts(at, *column))
            .count();
        let texts = looks.iter().filter(|look| **look == Look::Text).count();
        let is_all_names = looks.iter().enumerate().all(|(column, look)| match look {
            Look::Text | Look::Empty => true,
            Look::Year | Look::Date => self.contrasts(at, column),
            Look::Number | Look::Truth => false,
        });
        if texts == 0 || !is_all_names {
            return false;
        }
        // A title that is merged over the table would contrast with everything in it.
        let line = self.rows[at].line;
        let is_merged = |merge: &Merge| {
            u64::from(merge.rows.0) + 1 == line && merge.columns.1 > merge.columns.0
        };
        let is_one = self.different(at) == 1 && self.merges.iter().any(is_merged);
        !is_one && (contrasts > 0 || self.is_tidy(at))
    }

    /// Rows with something in them, below this one.
    fn below(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        (at + 1..self.rows.len()).filter(|below| !self.is_blank(*below))
    }

    /// Whether what stands in a column looks different from its name.
    fn contrasts(&self, at: usize, column: usize) -> bool {
        let name = self.looks[at][column];
        let (mut other, mut filled) = (0usize, 0usize);
        for below in self.below(at) {
            let look = self.looks[below]
                .get(column)
                .copied()
                .unwrap_or(Look::Empty);
            filled += usize::from(look != Look::Empty);
            other += usize::from(match name {
                Look::Text | Look::Empty => !matches!(look, Look::Text | Look::Empty),
                Look::Year => look == Look::Number,
                Look::Date => matches!(look, Look::Number | Look::Year),
                Look::Number | Look::Truth => false,
            });
        }
        // A title over the header, a total below: not every row has to differ.
        let is_name = name != Look::Empty || column == 0;
        let fifths = if matches!(name, Look::Year | Look::Date) {
            2
        } else {
            4
        };
        is_name && other > 0 && other * 5 >= filled * fifths
    }

    /// Whether all names are there, are different, look like names, and are not values as well.
    fn is_tidy(&self, at: usize) -> bool {
        let row = &self.rows[at].cells;
        let names: Vec<String> = row
            .iter()
            .map(|cell| name(cell.cell()).to_lowercase())
            .collect();
        let mut different: Vec<&String> = names.iter().collect();
        different.sort_unstable();
        different.dedup();
        let is_name = |name: &String| {
            !name.is_empty()
                && name.chars().count() <= NAME_CHARS
                && name.chars().any(char::is_alphabetic)
                && !name.contains('@')
        };
        let is_value = |(column, name): (usize, &String)| {
            self.below(at).any(|below| {
                let cell = self.rows[below].cells.get(column);
                cell.is_some_and(|cell| self::name(cell.cell()).to_lowercase() == *name)
            })
        };
        names.len() >= self.width
            && different.len() == names.len()
            && names.iter().all(is_name)
            && !names.iter().enumerate().any(is_value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells between `|`, one of them a line; the names, and what was skipped.
    fn check(text: &str, names: Option<&str>, titles: &str) {
        let rows: Vec<KeptRow> = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(line, at)| KeptRow {
                line: at,
                cells: line
                    .split('|')
                    .map(|cell| Kept::of(Cell::Text(cell)))
                    .collect(),
            })
            .collect();
        let layout = lay_out(&rows, &[]);
        let found = layout.names.map(|names| names.join("|"));
        assert_eq!(found.as_deref(), names, "{text}");
        assert_eq!(layout.titles.join(" / "), titles, "{text}");
    }

    #[test]
    fn headers_are_found() {
        for (text, names, titles) in [
            ("name|age\nAnn|3\nBob|4", Some("name|age"), ""),
            ("name|city\nAnn|Rome\nBob|Oslo", Some("name|city"), ""),
            ("Ann|3\nBob|4", None, ""),
            ("1|2\n3|4", None, ""),
            ("Ann|Rome\nAnn|Oslo", None, ""),
            ("a|a|n\nx|y|1", Some("a|a|n"), ""),
            ("|name|n\n1|x|5\n2|y|6", Some("|name|n"), ""),
            ("a||n\nx|y|1", Some("a||n"), ""),
            (
                "Report\n\nname|age|town\nAnn|3|Rome",
                Some("name|age|town"),
                "Report",
            ),
            (
                "Report\nname|age|town\nAnn|3|Rome\nBob|4|Oslo",
                Some("name|age|town"),
                "Report",
            ),
            (
                "Account:|DE12\nFrom:|2024-01-01\n\nDay|Text|Payee|Amount\n2024-01-02|x|y|5\n2024-01-02|x|y|5",
                Some("Day|Text|Payee|Amount"),
                "Account: DE12 / From: 2024-01-01",
            ),
            ("name|2019|2020\nx|5|7.5\ny|6|8", Some("name|2019|2020"), ""),
            ("name|2019|2020\nx|2001|2002", None, ""),
            ("a|b", Some("a|b"), ""),
            ("list\nAnn\nBob", Some("list"), ""),
            ("1\n2", None, ""),
            ("who@example.org|x\nyou@example.org|y", None, ""),
            ("name|total\nAnn|3\nBob|N/A\nCy|5", Some("name|total"), ""),
            ("Ann|Rome|\nBob|Oslo|5\nCy|Bonn|6", None, ""),
            (" a\u{a0} b |\tc\n1|2", Some("a b|c"), ""),
        ] {
            check(text, names, titles);
        }
    }
}
