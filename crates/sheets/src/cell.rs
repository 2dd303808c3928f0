//! A cell as it comes out of a file, before anybody has decided what its column is.

use std::fmt::{self, Display, Formatter};

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub year: u16,
    pub month: u8,
    pub day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    pub const fn new(year: u32, month: u32, day: u32) -> Option<Self> {
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            _ => return None,
        };
        if year == 0 || year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Self {
            year: year as u16,
            month: month as u8,
            day: day as u8,
        })
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// Seconds since midnight.
    pub seconds: u32,
    /// Billionths of a second beyond them.
    pub nanos: u32,
}

impl Display for Clock {
    /// `HH:MM:SS`, with as many thousandths, millionths or billionths as there are.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (hours, rest) = (self.seconds / 3600, self.seconds % 3600);
        write!(f, "{hours:02}:{:02}:{:02}", rest / 60, rest % 60)?;
        match self.nanos {
            0 => Ok(()),
            nanos if nanos % 1_000_000 == 0 => write!(f, ".{:03}", nanos / 1_000_000),
            nanos if nanos % 1_000 == 0 => write!(f, ".{:06}", nanos / 1_000),
            nanos => write!(f, ".{nanos:09}"),
        }
    }
}

/// What a cell holds. A file of text has texts only; a workbook knows more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    Integer(i64),
    Real(f64),
    /// A day, and a time where one was given.
    Moment(Day, Option<Clock>),
    Clock(Clock),
    /// A length of time in milliseconds.
    Span(i64),
    Truth(bool),
    /// `#N/A` and its like.
    Fault,
}

impl Cell<'_> {
    /// Whether there is anything to see in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl Display for Cell<'_> {
    /// As a person would write it.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty | Self::Fault => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Real(number) => write!(f, "{number}"),
            Self::Moment(day, None) => write!(f, "{day}"),
            Self::Moment(day, Some(clock)) => write!(f, "{day} {clock}"),
            Self::Clock(clock) => write!(f, "{clock}"),
            Self::Span(millis) => {
                let (sign, millis) = (if *millis < 0 { "-" } else { "" }, millis.unsigned_abs());
                let (seconds, rest) = (millis / 1000, millis % 1000);
                let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
                write!(f, "{sign}{hours:02}:{minutes:02}:{:02}", seconds % 60)?;
                if rest > 0 {
                    write!(f, ".{rest:03}")?;
                }
                Ok(())
            }
            Self::Truth(truth) => f.write_str(if *truth { "TRUE" } else { "FALSE" }),
        }
    }
}

/// A cell that outlives the row it came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    Text(Box<str>),
    Other(Cell<'static>),
}

impl Kept {
    pub fn of(cell: Cell<'_>) -> Self {
        Self::Other(match cell {
            Cell::Text(text) => return Self::Text(text.into()),
            Cell::Empty => Cell::Empty,
            Cell::Integer(number) => Cell::Integer(number),
            Cell::Real(number) => Cell::Real(number),
            Cell::Moment(day, clock) => Cell::Moment(day, clock),
            Cell::Clock(clock) => Cell::Clock(clock),
            Cell::Span(millis) => Cell::Span(millis),
            Cell::Truth(truth) => Cell::Truth(truth),
            Cell::Fault => Cell::Fault,
        })
    }

    pub fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(text),
            Self::Other(cell) => *cell,
        }
    }
}

/// A row with where it stands.
pub struct Row<'a> {
    /// Line of the file or row of the sheet, from 1.
    pub line: u64,
    pub cells: &'a [Cell<'a>],
}

/// A rectangle of cells that are shown as one; all bounds from 0 and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

/// Something with rows that can be gone through more than once.
pub trait Grid {
    /// Hands every row to `visit`, in order.
    ///
    /// # Errors
    /// What `visit` said, or why the file cannot be read.
    fn each_row(
        &mut self,
        visit: &mut dyn FnMut(Row<'_>) -> Result<(), crate::SheetError>,
    ) -> Result<(), crate::SheetError>;

    /// Cells that are shown as one.
    fn merges(&self) -> &[Merge] {
        &[]
    }

    /// Whether a row that is shorter than others lacks something. In a workbook it does not.
    fn is_ragged(&self) -> bool {
        false
    }
}
