//! Workbooks, sheet by sheet, as rows that can be gone through again and again.
//!
//! Sheets of xlsx and xlsb are streamed; of these only the table of shared strings is in memory.
//! calamine holds xls and ods as a whole, so these are taken up to a size only.

mod cells;
mod guarded;

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use calamine::{Data, Dimensions, Ods, OdsError, Range, Reader as _, SheetType, SheetVisible};
use calamine::{Xls, XlsError, Xlsb, XlsbError, Xlsx, XlsxError};

use crate::SheetError;
use crate::cell::{Cell, Grid, Merge, Row};
use crate::kind::Kind;
use crate::progress::Watch;
use guarded::Guarded;

type Input<'a> = BufReader<Guarded<'a>>;

/// What has to be in memory is not larger than this when it is unfolded, in bytes.
const MOST_HELD: u64 = 512_000_000;

/// A workbook.
pub struct Workbook<'a> {
    path: &'a Path,
    watch: &'a Watch<'a>,
    book: Book<'a>,
}

enum Book<'a> {
    Xlsx(Box<Xlsx<Input<'a>>>),
    Xlsb(Box<Xlsb<Input<'a>>>),
    Xls(Box<Xls<Input<'a>>>),
    Ods(Box<Ods<Input<'a>>>),
}

/// A sheet of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub is_hidden: bool,
}

/// What calamine said, before it is known which file it was about.
enum Trouble {
    Password,
    Other(String),
}

macro_rules! trouble {
    ($error:ty, $password:path) => {
        impl From<$error> for Trouble {
            fn from(error: $error) -> Self {
                match error {
                    $password => Self::Password,
                    other => Self::Other(other.to_string()),
                }
            }
        }
    };
}
trouble!(XlsxError, XlsxError::Password);
trouble!(XlsbError, XlsbError::Password);
trouble!(XlsError, XlsError::Password);
trouble!(OdsError, OdsError::Password);

impl<'a> Workbook<'a> {
    /// Opens it; `kind` is not text.
    pub fn open(path: &'a Path, kind: Kind, watch: &'a Watch<'a>) -> Result<Self, SheetError> {
        check_size(path, kind)?;
        let book = Self::book(path, kind, watch).map_err(|trouble| match trouble {
            Ok(trouble) => told(path, watch, trouble),
            Err(error) => error,
        })?;
        Ok(Self { path, watch, book })
    }

    fn book(
        path: &Path,
        kind: Kind,
        watch: &'a Watch<'a>,
    ) -> Result<Book<'a>, Result<Trouble, SheetError>> {
        let input = || -> Result<Input<'a>, Result<Trouble, SheetError>> {
            let file = File::open(path).map_err(|error| Err(SheetError::reading(path, &error)))?;
            Ok(BufReader::with_capacity(
                64 << 10,
                Guarded::new(file, watch),
            ))
        };
        // An Office Open XML file with a password lies in the same container as an old workbook.
        if kind == Kind::Xls && matches!(Xlsx::new(input()?), Err(XlsxError::Password)) {
            return Err(Ok(Trouble::Password));
        }
        let other = |trouble: Trouble| Ok(trouble);
        Ok(match kind {
            Kind::Xlsb => Book::Xlsb(Box::new(
                Xlsb::new(input()?).map_err(|error| other(error.into()))?,
            )),
            Kind::Xls => Book::Xls(Box::new(
                Xls::new(input()?).map_err(|error| other(error.into()))?,
            )),
            Kind::Ods => Book::Ods(Box::new(
                Ods::new(input()?).map_err(|error| other(error.into()))?,
            )),
            Kind::Xlsx | Kind::Text => Book::Xlsx(Box::new(
                Xlsx::new(input()?).map_err(|error| other(error.into()))?,
            )),
        })
    }

    /// Its sheets of cells, in order; charts and macros are none.
    pub fn sheets(&self) -> Vec<Sheet> {
        let metadata = match &self.book {
            Book::Xlsx(book) => book.sheets_metadata(),
            Book::Xlsb(book) => book.sheets_metadata(),
            Book::Xls(book) => book.sheets_metadata(),
            Book::Ods(book) => book.sheets_metadata(),
        };
        metadata
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| Sheet {
                name: sheet.name.clone(),
                is_hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    /// The rows of a sheet.
    pub fn sheet<'b>(&'b mut self, name: &'b str) -> Result<SheetGrid<'b, 'a>, SheetError> {
        let merges = self.merges(name);
        let held = match &mut self.book {
            Book::Xlsx(_) | Book::Xlsb(_) => None,
            Book::Xls(book) => Some(book.worksheet_range(name).map_err(Trouble::from)),
            Book::Ods(book) => Some(book.worksheet_range(name).map_err(Trouble::from)),
        };
        let held = held
            .transpose()
            .map_err(|trouble| told(self.path, self.watch, trouble))?;
        Ok(SheetGrid {
            book: self,
            name,
            merges,
            held,
        })
    }

    /// Cells that are shown as one, where the format and calamine tell.
    fn merges(&mut self, name: &str) -> Vec<Merge> {
        let found: Vec<Dimensions> = match &mut self.book {
            Book::Xlsx(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xls(book) => book.merge_cells_by_sheet_name(name).unwrap_or_default(),
            Book::Xlsb(_) | Book::Ods(_) => Vec::new(),
        };
        found
            .into_iter()
            .map(|dimensions| Merge {
                rows: (dimensions.start.0, dimensions.end.0),
                columns: (dimensions.start.1, dimensions.end.1),
            })
            .collect()
    }
}

fn told(path: &Path, watch: &Watch<'_>, trouble: Trouble) -> SheetError {
    let path = path.to_owned();
    match trouble {
        _ if watch.is_cancelled() => SheetError::Cancelled,
        Trouble::Password => SheetError::Protected(path),
        Trouble::Other(detail) => SheetError::Damaged { path, detail },
    }
}

/// Refuses what would not fit into memory.
fn check_size(path: &Path, kind: Kind) -> Result<(), SheetError> {
    let reading = |error| SheetError::reading(path, &error);
    let file = File::open(path).map_err(reading)?;
    let member = match kind {
        Kind::Xlsx => "xl/sharedStrings.xml",
        Kind::Xlsb => "xl/sharedStrings.bin",
        Kind::Ods => "content.xml",
        Kind::Xls | Kind::Text => "",
    };
    let held = if member.is_empty() {
        file.metadata().map_err(reading)?.len()
    } else {
        let archive = zip::ZipArchive::new(BufReader::new(file));
        let size = archive.ok().and_then(|mut archive| {
            let member = archive.by_name(member).ok()?;
            Some(member.size())
        });
        size.unwrap_or(0)
    };
    if held <= MOST_HELD {
        return Ok(());
    }
    Err(SheetError::TooLarge {
        path: path.to_owned(),
        megabytes: held / 1_000_000,
        most: MOST_HELD / 1_000_000,
    })
}

/// The rows of a sheet.
pub struct SheetGrid<'b, 'a> {
    book: &'b mut Workbook<'a>,
    name: &'b str,
    merges: Vec<Merge>,
    held: Option<Range<Data>>,
}

impl Grid for SheetGrid<'_, '_> {
    fn each_row(
        &mut self,
        visit: &mut dyn FnMut(Row<'_>) -> Result<(), SheetError>,
    ) -> Result<(), SheetError> {
        let (path, watch) = (self.book.path, self.book.watch);
        if let Some(range) = &self.held {
            return held_rows(range, visit);
        }
        // Both readers have the same methods and no trait in common.
        macro_rules! stream {
            ($book:expr) => {{
                let told = |error| told(path, watch, Trouble::from(error));
                let mut reader = $book.worksheet_cells_reader(self.name).map_err(told)?;
                stream(&mut || reader.next_cell().map_err(told), visit)
            }};
        }
        match &mut self.book.book {
            Book::Xlsx(book) => stream!(book),
            Book::Xlsb(book) => stream!(book),
            Book::Xls(_) | Book::Ods(_) => Ok(()),
        }
    }

    fn merges(&self) -> &[Merge] {
        &self.merges
    }
}

fn held_rows(
    range: &Range<Data>,
    visit: &mut dyn FnMut(Row<'_>) -> Result<(), SheetError>,
) -> Result<(), SheetError> {
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, line) in range.rows().zip(u64::from(top) + 1..) {
        let mut cells = vec![Cell::Empty; left as usize];
        cells.extend(row.iter().map(cells::of));
        visit(Row {
            line,
            cells: &cells,
        })?;
    }
    Ok(())
}

type NextCell<'s, 'r> =
    dyn FnMut() -> Result<Option<calamine::Cell<calamine::DataRef<'r>>>, SheetError> + 's;

/// Puts the cells of a stream together into rows. Cells that are not there are empty, rows that
/// are not there are left out.
fn stream(
    next: &mut NextCell<'_, '_>,
    visit: &mut dyn FnMut(Row<'_>) -> Result<(), SheetError>,
) -> Result<(), SheetError> {
    let mut row: Vec<calamine::DataRef<'_>> = Vec::new();
    let mut at = 0u32;
    let mut give = |row: &[calamine::DataRef<'_>], at: u32| {
        let cells: Vec<Cell<'_>> = row.iter().map(cells::of_ref).collect();
        visit(Row {
            line: u64::from(at) + 1,
            cells: &cells,
        })
    };
    while let Some(cell) = next()? {
        let (row_at, column) = cell.get_position();
        if row_at != at && !row.is_empty() {
            give(&row, at)?;
            row.clear();
        }
        at = row_at;
        if matches!(cell.get_value(), calamine::DataRef::Empty) {
            continue;
        }
        let column = column as usize;
        if row.len() <= column {
            row.resize(column + 1, calamine::DataRef::Empty);
        }
        row[column] = cell.get_value().clone();
    }
    if row.is_empty() {
        Ok(())
    } else {
        give(&row, at)
    }
}
