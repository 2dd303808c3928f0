//! What an import came to, and everything about it that a person might want to know.

use std::fmt::{self, Display, Formatter};

use serde::Serialize;

pub use crate::column::ColumnKind;
use crate::kind::Kind;

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What the file is.
    pub kind: Kind,
    /// The tables, in the order of the file.
    pub tables: Vec<TableReport>,
    /// How the letters of a text are encoded, by its name in the Encoding Standard of the WHATWG.
    pub encoding: Option<String>,
    /// What stands between the cells of a text; nothing when there is one column only.
    pub delimiter: Option<char>,
    /// About the file as a whole.
    pub notes: Vec<Note>,
}

/// Where the names of the columns come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Header {
    /// From a row of the file.
    Found,
    /// They were made: `column_1` and so on.
    Made,
}

/// What became of one sheet, or of a text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableReport {
    /// Its name in the database.
    pub name: String,
    /// The sheet it was made from.
    pub source_sheet: Option<String>,
    /// Where the names of the columns come from.
    pub header: Header,
    /// How many rows there are.
    pub rows: u64,
    /// The columns in order.
    pub columns: Vec<ColumnReport>,
    /// About this table.
    pub notes: Vec<Note>,
}

/// What became of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReport {
    /// Its name in the database.
    pub name: String,
    /// Its name in the file, as it was written; empty where there was none.
    pub original: String,
    /// What it is stored as.
    pub kind: ColumnKind,
}

/// Something that was done or found. Displayed, it is a sentence; serialised, its `code` stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "code",
    rename_all = "kebab-case",
    rename_all_fields = "snake_case"
)]
pub enum Note {
    /// Lines above the header are not in the table.
    TitlesSkipped {
        /// What they say.
        lines: Vec<String>,
    },
    /// Rows with nothing in them are not in the table.
    BlankRowsSkipped {
        /// How many.
        count: u64,
    },
    /// There was no row with names.
    HeaderMade,
    /// There are names and no rows.
    NoRows,
    /// Rows that end early; what they lack is NULL.
    ShortRows {
        /// How many.
        count: u64,
        /// The lines of the first few, from 1.
        lines: Vec<u64>,
    },
    /// Rows with more cells than there are names; the surplus is in columns of its own.
    LongRows {
        /// How many.
        count: u64,
        /// The lines of the first few, from 1.
        lines: Vec<u64>,
    },
    /// A row that goes on for very many lines, as after a forgotten quotation mark.
    LongCell {
        /// Where it begins, from 1.
        line: u64,
        /// How many lines it takes.
        lines: u64,
    },
    /// Quotation marks were read as any other letter, because one of them is never closed.
    QuotesLiteral {
        /// The line of that one, from 1.
        line: u64,
    },
    /// Bytes that are no letters in the file's encoding became `\u{fffd}`.
    InvalidBytes {
        /// How many places.
        count: u64,
    },
    /// Letters of the number zero were left out.
    NulBytes {
        /// How many.
        count: u64,
    },
    /// A table or a column could not keep its name.
    Renamed {
        /// What it was.
        original: String,
        /// What it is now.
        name: String,
    },
    /// `1,234` or `1.234` in a column that does not tell which sign is which.
    DecimalDoubtful {
        /// Which column.
        column: String,
        /// The sign that was taken for the one before the fraction.
        decimal: char,
    },
    /// `01/02/2024` in a column that does not tell which is the month.
    DateOrderDoubtful {
        /// Which column.
        column: String,
        /// Whether the day was taken to come first.
        day_first: bool,
    },
    /// 12.5% is stored as 0.125.
    Percent {
        /// Which column.
        column: String,
    },
    /// The amounts were marked with a currency, which is not stored with them.
    Currency {
        /// Which column.
        column: String,
        /// The mark.
        mark: String,
    },
    /// Two digits of a year were made four: up to 68 they are of the 2000s.
    ShortYears {
        /// Which column.
        column: String,
    },
    /// Years of the Republic of China were made years of the common era.
    RocYears {
        /// Which column.
        column: String,
    },
    /// All times are of one time zone, which is not stored with them.
    TimeZone {
        /// Which column.
        column: String,
        /// Minutes east of Greenwich.
        minutes: i16,
    },
    /// `-`, `N/A` and the like among numbers or dates are NULL.
    Placeholders {
        /// Which column.
        column: String,
        /// How many.
        count: u64,
    },
    /// `#N/A`, `#DIV/0!` and the like of a workbook are NULL.
    Faults {
        /// Which column.
        column: String,
        /// How many.
        count: u64,
    },
    /// Lengths of time are stored in seconds.
    Durations {
        /// Which column.
        column: String,
    },
    /// A column of numbers, dates and texts is stored as texts.
    Mixed {
        /// Which column.
        column: String,
    },
    /// A column looked like numbers or dates until one value did not.
    KeptAsText {
        /// Which column.
        column: String,
        /// The line of that value, from 1.
        line: u64,
        /// Its first 40 letters.
        value: String,
    },
    /// A column has a name and no value.
    NoValues {
        /// Which column.
        column: String,
    },
    /// A sheet has nothing in it, and there is no table for it.
    SheetLeftOut {
        /// Which sheet.
        sheet: String,
    },
    /// A sheet is hidden in the workbook; it was taken in all the same.
    SheetHidden {
        /// Which sheet.
        sheet: String,
    },
}

/// `lines 3, 8, 9 and more`
fn listed(lines: &[u64], count: u64) -> String {
    let word = if count == 1 { "line" } else { "lines" };
    let numbers: Vec<String> = lines.iter().map(u64::to_string).collect();
    let more = if count > lines.len() as u64 {
        " and more"
    } else {
        ""
    };
    format!("{word} {}{more}", numbers.join(", "))
}

impl Display for Note {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::TitlesSkipped { lines } => {
                write!(
                    f,
                    "Above the header, and not in the table: {}.",
                    lines.join(" / ")
                )
            }
            Self::BlankRowsSkipped { count } => write!(f, "{count} empty rows were left out."),
            Self::HeaderMade => {
                f.write_str("There is no row with names, so the columns are numbered.")
            }
            Self::NoRows => f.write_str("There are names of columns and no rows."),
            Self::ShortRows { count, lines } => {
                write!(
                    f,
                    "{count} rows end early, the rest of them is empty: {}.",
                    listed(lines, *count)
                )
            }
            Self::LongRows { count, lines } => write!(
                f,
                "{count} rows have more cells than there are names, the surplus is in columns of its own: {}.",
                listed(lines, *count)
            ),
            Self::LongCell { line, lines } => write!(
                f,
                "The row in line {line} goes on for {lines} lines: perhaps a quotation mark is missing there."
            ),
            Self::QuotesLiteral { line } => write!(
                f,
                "Quotation marks were kept as they are, because the one in line {line} is never closed."
            ),
            Self::InvalidBytes { count } => {
                write!(
                    f,
                    "{count} places could not be decoded and became \u{fffd}."
                )
            }
            Self::NulBytes { count } => write!(f, "{count} NUL bytes were left out."),
            Self::Renamed { original, name } => write!(f, "“{original}” is called “{name}” here."),
            _ => self.fmt_of_column(f),
        }
    }
}

impl Note {
    fn fmt_of_column(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::DecimalDoubtful { column, decimal } => write!(
                f,
                "“{column}” does not tell thousands from fractions: “{decimal}” was taken for the sign before the fraction."
            ),
            Self::DateOrderDoubtful { column, day_first } => {
                let first = if *day_first { "day" } else { "month" };
                write!(
                    f,
                    "“{column}” does not tell day from month: the {first} was taken to come first."
                )
            }
            Self::Percent { column } => {
                write!(f, "“{column}” is in percent: 12.5% is stored as 0.125.")
            }
            Self::Currency { column, mark } => write!(f, "“{column}” is in {mark}."),
            Self::ShortYears { column } => {
                write!(
                    f,
                    "“{column}” has years of two digits: 00 to 68 were taken for 2000 to 2068."
                )
            }
            Self::RocYears { column } => {
                write!(
                    f,
                    "“{column}” has years of the Republic of China: 113 is stored as 2024."
                )
            }
            Self::TimeZone { column, minutes } => {
                let (sign, minutes) =
                    (if *minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
                write!(
                    f,
                    "“{column}” is in the time of UTC{sign}{:02}:{:02}.",
                    minutes / 60,
                    minutes % 60
                )
            }
            _ => self.fmt_of_values(f),
        }
    }

    fn fmt_of_values(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Placeholders { column, count } => {
                write!(
                    f,
                    "“{column}” has {count} values such as “-” or “N/A”, which are stored as empty."
                )
            }
            Self::Faults { column, count } => {
                write!(
                    f,
                    "“{column}” has {count} cells with an error such as #N/A, which are stored as empty."
                )
            }
            Self::Durations { column } => write!(f, "“{column}” is stored in seconds."),
            Self::Mixed { column } => {
                write!(
                    f,
                    "“{column}” has values of several kinds and is stored as text."
                )
            }
            Self::KeptAsText {
                column,
                line,
                value,
            } => {
                write!(
                    f,
                    "“{column}” is stored as text because of “{value}” in line {line}."
                )
            }
            Self::NoValues { column } => write!(f, "“{column}” is empty in every row."),
            Self::SheetLeftOut { sheet } => write!(f, "The sheet “{sheet}” is empty."),
            Self::SheetHidden { sheet } => {
                write!(f, "The sheet “{sheet}” is hidden in the workbook.")
            }
            // The others are about rows and files, and were dealt with above.
            _ => Ok(()),
        }
    }
}
