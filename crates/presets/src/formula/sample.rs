//! A sheet that is made up for a formula: the cells it speaks of hold what it seems to expect there.

use std::collections::{BTreeMap, HashMap};

use super::parse::{Area, Node, Sign};
use super::value::Value;

/// Rows that hold something.
const ROWS: usize = 12;
/// Rows and columns that are looked at, however far a formula goes.
const MOST_ROWS: usize = 60;
const MOST_COLUMNS: usize = 26;

/// A day, as spreadsheets count them: 1 January 2024.
const DAY: f64 = 45_292.0;

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
enum Holds {
    Numbers,
    Days,
    /// These texts, one after the other, and one that is none of them where they are conditions.
    Texts {
        texts: Vec<String>,
        others: bool,
    },
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample {
    columns: HashMap<usize, Holds>,
}

/// Functions whose first argument is a text.
const OF_TEXTS: &[&str] = &[
    "LEFT",
    "RIGHT",
    "MID",
    "LEN",
    "TRIM",
    "UPPER",
    "LOWER",
    "PROPER",
    "SUBSTITUTE",
    "REPLACE",
    "TEXTBEFORE",
    "TEXTAFTER",
    "EXACT",
    "CONCAT",
    "CONCATENATE",
    "TEXTJOIN",
];

/// Functions of days.
const OF_DAYS: &[&str] = &[
    "YEAR",
    "MONTH",
    "DAY",
    "WEEKDAY",
    "WEEKNUM",
    "EOMONTH",
    "EDATE",
    "DATEDIF",
    "DAYS",
    "NETWORKDAYS",
    "WORKDAY",
    "YEARFRAC",
];

impl Sample {
    /// A sheet for a formula.
    pub fn for_formula(node: &Node) -> Self {
        let mut sample = Self::default();
        sample.read(node);
        sample
    }

    /// The cells that the formula speaks of and what they hold, as far as a person wants to see:
    /// the first rows.
    pub fn shown(&self, node: &Node) -> String {
        let mut named: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        named_in(node, &mut named);
        let columns = named.iter().map(|(column, rows)| {
            let cells: Vec<String> = rows
                .iter()
                .take(3)
                .map(|row| {
                    let value = self.cell(*column, *row).shown();
                    format!("{}{row} = {value}", letter(*column))
                })
                .collect();
            let more = if rows.len() > 3 { ", …" } else { "" };
            format!("{}{more}", cells.join(", "))
        });
        columns.collect::<Vec<_>>().join("; ")
    }

    /// What some cells hold.
    pub fn cells(&self, area: &Area) -> Value {
        let (left, top) = area.from;
        let right = area.to.0.unwrap_or(MOST_COLUMNS).min(left + MOST_COLUMNS);
        let bottom = area.to.1.unwrap_or(ROWS).min(top + MOST_ROWS);
        if area.to == (Some(left), Some(top)) {
            return self.cell(left, top);
        }
        let row = |row: usize| {
            (left..=right)
                .map(|column| self.cell(column, row))
                .collect()
        };
        Value::Grid((top..=bottom).map(row).collect())
    }

    fn cell(&self, column: usize, row: usize) -> Value {
        if row > ROWS {
            return Value::Empty;
        }
        #[expect(clippy::cast_precision_loss, reason = "there are a few rows")]
        let count = row as f64;
        match self.columns.get(&column) {
            None | Some(Holds::Numbers) => Value::Number(count * 10.0),
            Some(Holds::Days) => Value::Number(DAY + count * 20.0),
            Some(Holds::Texts { texts, others }) => {
                let count = texts.len() + usize::from(*others || texts.is_empty());
                let text = texts.get((row - 1) % count);
                Value::Text(text.map_or_else(|| "Other text".to_owned(), Clone::clone))
            }
        }
    }

    /// What a formula says of the cells that it names.
    fn read(&mut self, node: &Node) {
        match node {
            Node::Call(name, arguments) => {
                self.read_call(name, arguments);
                arguments.iter().flatten().for_each(|one| self.read(one));
            }
            Node::Between(sign, left, right) => {
                self.read_comparison(*sign, left, right);
                self.read(left);
                self.read(right);
            }
            Node::Before(_, inner) => self.read(inner),
            Node::Grid(rows) => rows.iter().flatten().for_each(|cell| self.read(cell)),
            _ => {}
        }
    }

    /// What is compared with a text holds texts, and what is joined with `&` may.
    fn read_comparison(&mut self, sign: Sign, left: &Node, right: &Node) {
        let is_comparison = matches!(
            sign,
            Sign::Same | Sign::Other | Sign::Less | Sign::More | Sign::Most | Sign::Least
        );
        for (cells, value) in [(left, right), (right, left)] {
            match (cells, value) {
                (Node::Cells(area), Node::Text(text)) if is_comparison => {
                    self.text(area, text);
                }
                (Node::Cells(area), Node::Call(name, _)) if is_comparison && is_day(name) => {
                    self.hold(area, Holds::Days);
                }
                (Node::Cells(area), _) if sign == Sign::And => self.text(area, ""),
                _ => {}
            }
        }
    }

    fn read_call(&mut self, name: &str, arguments: &[Option<Node>]) {
        let area = |place: usize| match arguments.get(place) {
            Some(Some(Node::Cells(area))) => Some(area.clone()),
            _ => None,
        };
        // Where a range stands before its criterion.
        let first = match name {
            "SUMIF" | "COUNTIF" | "AVERAGEIF" | "COUNTIFS" => Some(0),
            "SUMIFS" | "AVERAGEIFS" | "MAXIFS" | "MINIFS" => Some(1),
            _ => None,
        };
        if let Some(first) = first {
            for place in (first..arguments.len()).step_by(2) {
                if let Some(area) = area(place) {
                    self.criterion(&area, arguments.get(place + 1).and_then(Option::as_ref));
                }
            }
        }
        if matches!(
            name,
            "FIND" | "SEARCH" | "TEXTBEFORE" | "TEXTAFTER" | "SUBSTITUTE"
        ) {
            let (sought, within) = match name {
                "FIND" | "SEARCH" => (0, 1),
                _ => (1, 0),
            };
            if let (Some(Some(Node::Text(sought))), Some(within)) =
                (arguments.get(sought), area(within))
            {
                self.text(&within, &format!("Ann{sought}Lee"));
                self.all_hold_it(&within);
            }
        }
        for place in 0..arguments.len() {
            let Some(area) = area(place) else { continue };
            if OF_DAYS.contains(&name) && place < 2 {
                self.hold(&area, Holds::Days);
            } else if OF_TEXTS.contains(&name) {
                self.text(&area, "");
            }
        }
    }

    fn criterion(&mut self, area: &Area, criterion: Option<&Node>) {
        match criterion {
            Some(Node::Text(text)) => {
                let bare = text.trim_start_matches(['<', '>', '=']);
                if bare.parse::<f64>().is_ok() {
                    self.hold(area, Holds::Numbers);
                } else {
                    self.text(area, &bare.replace('*', "x").replace('?', "y"));
                }
            }
            Some(Node::Call(name, _)) if is_day(name) => self.hold(area, Holds::Days),
            Some(Node::Between(Sign::And, _, right)) if matches!(&**right, Node::Call(name, _) if is_day(name)) =>
            {
                self.hold(area, Holds::Days);
            }
            _ => {}
        }
    }

    /// The first thing that is known of a column holds.
    fn hold(&mut self, area: &Area, holds: Holds) {
        self.columns.entry(area.from.0).or_insert(holds);
    }

    fn text(&mut self, area: &Area, text: &str) {
        let column = self.columns.entry(area.from.0);
        let holds = column.or_insert_with(|| Holds::Texts {
            texts: vec![],
            others: true,
        });
        if let Holds::Texts { texts, .. } = holds
            && !text.is_empty()
            && !texts.iter().any(|known| known == text)
        {
            texts.push(text.to_owned());
        }
    }

    /// Every text of a column is one of those that are known.
    fn all_hold_it(&mut self, area: &Area) {
        if let Some(Holds::Texts { others, .. }) = self.columns.get_mut(&area.from.0) {
            *others = false;
        }
    }
}

fn is_day(name: &str) -> bool {
    matches!(
        name,
        "TODAY" | "DATE" | "NOW" | "EDATE" | "EOMONTH" | "DATEVALUE"
    )
}

fn named_in(node: &Node, named: &mut BTreeMap<usize, Vec<usize>>) {
    match node {
        Node::Cells(area) => {
            let right = area.to.0.unwrap_or(area.from.0);
            let bottom = area.to.1.unwrap_or(ROWS).min(ROWS.max(area.from.1));
            for column in area.from.0..=right.min(area.from.0 + 3) {
                let rows = named.entry(column).or_default();
                for row in area.from.1..=bottom {
                    if !rows.contains(&row) {
                        rows.push(row);
                    }
                }
            }
        }
        Node::Call(_, arguments) => {
            let given = arguments.iter().flatten();
            given.for_each(|argument| named_in(argument, named));
        }
        Node::Between(_, left, right) => {
            named_in(left, named);
            named_in(right, named);
        }
        Node::Before(_, inner) => named_in(inner, named),
        Node::Grid(rows) => rows.iter().flatten().for_each(|cell| named_in(cell, named)),
        _ => {}
    }
}

fn letter(column: usize) -> String {
    let (before, last) = ((column - 1) / 26, (column - 1) % 26);
    let last = char::from(b'A' + u8::try_from(last).unwrap_or(0));
    match before {
        0 => last.to_string(),
        before => format!("{}{last}", letter(before)),
    }
}
