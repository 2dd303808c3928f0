//! How a value goes into the database, once it is decided what its column is.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use super::{ColumnKind, Decision, is_placeholder};
use crate::cell::{Cell, Clock};
use crate::dates::Written;
use crate::numbers;

/// A value as it is stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stored<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
}

impl rusqlite::ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Owned(Value::Real(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

impl Decision {
    /// The value as it is stored; nothing when it does not fit what the column was found to be,
    /// which means that the file is not the one that was surveyed.
    pub fn stored<'a>(&self, cell: Cell<'a>, buffer: &'a mut String) -> Option<Stored<'a>> {
        use ColumnKind::{Boolean, Date, Duration, Integer, Real, Text, Time, Timestamp};
        Some(match (self.kind, cell) {
            (_, Cell::Empty | Cell::Fault | Cell::Text("")) => Stored::Null,
            (Text, Cell::Text(text)) => Stored::Text(text),
            (Text, other) => written(buffer, &other),
            (_, Cell::Text(text)) if text.trim().is_empty() || is_placeholder(text) => Stored::Null,
            (Integer, Cell::Text(text)) => {
                Stored::Integer(numbers::integer(text, self.reading.decimal, buffer)?)
            }
            (Real, Cell::Text(text)) => {
                Stored::Real(numbers::real(text, self.reading.decimal, buffer)?)
            }
            (Date | Timestamp | Time, Cell::Text(text)) => self.moment(text, buffer)?,
            (Integer, Cell::Integer(number)) => Stored::Integer(number),
            (Real, Cell::Integer(number)) => Stored::Real(number as f64),
            (Real, Cell::Real(number)) => Stored::Real(number),
            (Timestamp, Cell::Moment(day, None)) => {
                written(buffer, &Cell::Moment(day, Some(Clock::default())))
            }
            (Date, Cell::Moment(_, None))
            | (Timestamp, Cell::Moment(..))
            | (Time, Cell::Clock(_)) => written(buffer, &cell),
            (Duration, Cell::Span(millis)) => Stored::Real(millis as f64 / 1000.0),
            (Duration, Cell::Clock(clock)) => {
                Stored::Real(f64::from(clock.seconds) + f64::from(clock.nanos) / 1e9)
            }
            (Boolean, Cell::Truth(truth)) => Stored::Integer(i64::from(truth)),
            _ => return None,
        })
    }

    fn moment<'a>(&self, text: &str, buffer: &'a mut String) -> Option<Stored<'a>> {
        let moment = Written::read(text)?;
        let cell = match self.kind {
            ColumnKind::Date => Cell::Moment(moment.day(self.reading.order)?, None),
            ColumnKind::Time => Cell::Clock(moment.clock()?),
            _ => {
                let clock = moment.clock().unwrap_or_default();
                Cell::Moment(moment.day(self.reading.order)?, Some(clock))
            }
        };
        Some(written(buffer, &cell))
    }
}

fn written<'a>(buffer: &'a mut String, cell: &Cell<'_>) -> Stored<'a> {
    use std::fmt::Write as _;
    buffer.clear();
    // Writing to a string does not fail.
    let _ = write!(buffer, "{cell}");
    Stored::Text(buffer)
}
