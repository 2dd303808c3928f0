//! A question answered by a database: the statement, its rows, and what helps to read them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The largest whole number that JavaScript holds exactly, 2^53 - 1.
const SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A statement and the rows that it gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct QueryResult {
    /// The statement, formatted for reading.
    pub sql: String,
    /// Which dialect it is written in, such as `sqlite`.
    pub dialect: String,
    /// Names of the columns, as the database gives them.
    pub columns: Vec<String>,
    /// What the columns are called in the words of whoever asked, one for each; empty where it is not known.
    #[serde(default)]
    pub headings: Vec<String>,
    /// The rows, at most as many as the row limit.
    #[specta(type = Vec<Vec<CellJson>>)]
    pub rows: Vec<Vec<Cell>>,
    /// How many rows `rows` holds.
    pub row_count: u32,
    /// Whether there were more rows than the limit.
    pub truncated: bool,
    /// How the answer was found, in words made from the parsed statement; absent where none could be made.
    pub explanation: Option<String>,
    /// The answer in one sentence, made from the rows; absent where none is plain.
    #[serde(default)]
    pub headline: Option<String>,
    /// Which chart suits the shape of the rows; absent where a table is better.
    pub chart: Option<Chart>,
    /// Other answers that drafts came to, the likeliest first, where it is not sure which is meant.
    #[serde(default)]
    pub readings: Vec<Reading>,
    /// Whether this did not pass its checks and must not be taken for an answer.
    pub draft: bool,
}

/// Another way to understand a question, with what it would give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Reading {
    /// Its statement.
    pub sql: String,
    /// How it finds its answer, in words made from the statement.
    pub explanation: Option<String>,
    /// Its answer in one sentence.
    pub headline: Option<String>,
    /// Names of its columns.
    pub columns: Vec<String>,
    /// What they are called in words, as of the whole.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Its first rows.
    #[specta(type = Vec<Vec<CellJson>>)]
    pub rows: Vec<Vec<Cell>>,
    /// How many rows it has in all.
    pub row_count: u32,
}

/// A chart that suits a result: numbers against labels, dates or other numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Chart {
    /// How to draw it.
    pub mark: Mark,
    /// Name of the column of labels or dates, or of the numbers to the right of a scatter.
    pub x: String,
    /// Name of the column of numbers.
    pub y: String,
    /// Name of the column that tells several lines or bars of one place apart.
    #[serde(default)]
    pub series: Option<String>,
    /// How many of the first rows are drawn, where there are too many for bars and they stand by
    /// size; absent where all are.
    #[serde(default)]
    pub first: Option<u32>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A bar for each label.
    Bar,
    /// A line over dates, in their order whatever the order of the rows.
    Line,
    /// A point for each row.
    Scatter,
}

/// One value of a result.
///
/// In JSON it is null, a number or a text. Whole numbers beyond 2^53 and numbers that JSON has no
/// word for (infinity) are written as texts, so that every reader sees them exactly; a blob is
/// written as SQL writes it, `x'CAFE'`.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// NULL.
    Null,
    /// A 64-bit whole number.
    Integer(i64),
    /// A 64-bit floating point number.
    Real(f64),
    /// A text.
    Text(String),
}

/// The shape of a [`Cell`] in JSON, for the generated types.
#[derive(Serialize, specta::Type)]
#[serde(untagged)]
pub enum CellJson {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// NULL.
    Null(Option<()>),
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Integer(value) if value.unsigned_abs() <= SAFE_INTEGER => {
                serializer.serialize_i64(*value)
            }
            Self::Integer(value) => serializer.collect_str(value),
            Self::Real(value) if value.is_finite() => serializer.serialize_f64(*value),
            Self::Real(value) => serializer.collect_str(value),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::Null => Ok(Self::Null),
            serde_json::Value::String(text) => Ok(Self::Text(text)),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(value), _) => Ok(Self::Integer(value)),
                (None, Some(value)) => Ok(Self::Real(value)),
                (None, None) => Err(D::Error::custom("a number out of range")),
            },
            other => Err(D::Error::custom(format!("a cell cannot be {other}"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_written_so_that_every_reader_sees_it_exactly() {
        let cases = [
            (Cell::Null, "null"),
            (Cell::Integer(-5), "-5"),
            (Cell::Integer(9_007_199_254_740_991), "9007199254740991"),
            (Cell::Integer(9_007_199_254_740_993), "\"9007199254740993\""),
            (Cell::Real(0.5), "0.5"),
            (Cell::Real(f64::INFINITY), "\"inf\""),
            (Cell::Text("中\"".into()), "\"中\\\"\""),
        ];
        for (cell, json) in cases {
            assert_eq!(serde_json::to_string(&cell).unwrap(), json);
        }
    }
}
