//! What a cell holds and what a formula comes to.

use std::cmp::Ordering;

/// A value, or a grid of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Text(String),
    Flag(bool),
    Empty,
    Broken(Broken),
    Grid(Vec<Vec<Value>>),
}

/// What spreadsheets put into a cell in place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    Value,
    Division,
    Number,
    Reference,
    Absent,
}

impl Broken {
    pub fn name(self) -> &'static str {
        match self {
            Self::Value => "#VALUE!",
            Self::Division => "#DIV/0!",
            Self::Number => "#NUM!",
            Self::Reference => "#REF!",
            Self::Absent => "#N/A",
        }
    }
}

impl Value {
    /// As a number.
    pub fn number(&self) -> Result<f64, Broken> {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Flag(flag) => Ok(f64::from(u8::from(*flag))),
            Self::Empty => Ok(0.0),
            Self::Text(text) => text.trim().parse().map_err(|_| Broken::Value),
            Self::Broken(broken) => Err(*broken),
            Self::Grid(_) => self.first().number(),
        }
    }

    /// As a text.
    pub fn text(&self) -> Result<String, Broken> {
        match self {
            Self::Number(number) => Ok(shown(*number)),
            Self::Text(text) => Ok(text.clone()),
            Self::Flag(flag) => Ok(if *flag { "TRUE" } else { "FALSE" }.to_owned()),
            Self::Empty => Ok(String::new()),
            Self::Broken(broken) => Err(*broken),
            Self::Grid(_) => self.first().text(),
        }
    }

    /// As yes or no.
    pub fn flag(&self) -> Result<bool, Broken> {
        match self {
            Self::Flag(flag) => Ok(*flag),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            other => other.number().map(|number| number != 0.0),
        }
    }

    pub fn broken(&self) -> Option<Broken> {
        match self {
            Self::Broken(broken) => Some(*broken),
            _ => None,
        }
    }

    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    fn first(&self) -> Self {
        match self {
            Self::Grid(rows) => rows
                .first()
                .and_then(|row| row.first())
                .map_or(Self::Empty, Self::first),
            other => other.clone(),
        }
    }

    /// One value: of a grid the first.
    pub fn single(self) -> Self {
        match self {
            Self::Grid(_) => self.first(),
            one => one,
        }
    }

    /// All values, row by row.
    pub fn cells(self) -> Vec<Self> {
        match self {
            Self::Grid(rows) => rows.into_iter().flatten().flat_map(Self::cells).collect(),
            one => vec![one],
        }
    }

    /// The same as rows.
    pub fn rows(self) -> Vec<Vec<Self>> {
        match self {
            Self::Grid(rows) => rows,
            one => vec![vec![one]],
        }
    }

    /// Numbers before texts before yes and no, as spreadsheets have it; nothing counts as 0 or as
    /// no text.
    pub fn order(&self, other: &Self) -> Ordering {
        let rank = |value: &Self| match value {
            Self::Number(_) | Self::Empty => 0,
            Self::Text(_) => 1,
            _ => 2,
        };
        match (self, other) {
            (Self::Text(one), Self::Text(other)) => one.to_lowercase().cmp(&other.to_lowercase()),
            (Self::Empty, Self::Text(text)) => "".cmp(text),
            (Self::Text(text), Self::Empty) => text.as_str().cmp(""),
            _ if rank(self) != rank(other) => rank(self).cmp(&rank(other)),
            _ => {
                let both = (self.number(), other.number());
                match both {
                    (Ok(one), Ok(other)) => one.partial_cmp(&other).unwrap_or(Ordering::Equal),
                    _ => Ordering::Equal,
                }
            }
        }
    }

    /// How a cell would show it.
    pub fn shown(&self) -> String {
        match self {
            Self::Broken(broken) => broken.name().to_owned(),
            Self::Grid(rows) => {
                let row = |row: &Vec<Self>| {
                    let cells: Vec<String> = row.iter().map(Self::shown).collect();
                    cells.join(", ")
                };
                let rows: Vec<String> = rows.iter().map(row).collect();
                rows.join("; ")
            }
            other => other.text().unwrap_or_default(),
        }
    }
}

/// A number with as many places as it needs, at most ten.
pub(super) fn shown(number: f64) -> String {
    let text = format!("{number:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" | "" => "0".to_owned(),
        text => text.to_owned(),
    }
}

/// Works on two values, or cell by cell where one of them is a grid.
pub(super) fn broadcast(
    one: &Value,
    other: &Value,
    work: &dyn Fn(&Value, &Value) -> Value,
) -> Value {
    if !matches!(one, Value::Grid(_)) && !matches!(other, Value::Grid(_)) {
        return work(one, other);
    }
    let (left, right) = (one.clone().rows(), other.clone().rows());
    let wide = |rows: &[Vec<Value>]| rows.first().map_or(1, Vec::len);
    let (height, width) = (left.len().max(right.len()), wide(&left).max(wide(&right)));
    let at = |rows: &[Vec<Value>], row: usize, column: usize| {
        let row = if rows.len() == 1 { 0 } else { row };
        let cells = rows.get(row)?;
        cells
            .get(if cells.len() == 1 { 0 } else { column })
            .cloned()
    };
    let cell = |row: usize, column: usize| match (at(&left, row, column), at(&right, row, column)) {
        (Some(one), Some(other)) => work(&one, &other),
        _ => Value::Broken(Broken::Absent),
    };
    Value::Grid(
        (0..height)
            .map(|row| (0..width).map(|column| cell(row, column)).collect())
            .collect(),
    )
}
