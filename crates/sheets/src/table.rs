//! From rows to a table: once through them to find out what the columns are, once more to write.

use crate::SheetError;
use crate::cell::{Grid, Kept, Merge, Row};
use crate::column::{Decision, Evidence, Remark, Survey};
use crate::database::{Database, MOST_COLUMNS};
use crate::dates;
use crate::header::{self, KeptRow, Layout, SAMPLE};
use crate::names;
use crate::numbers::Decimal;
use crate::progress::{Stage, Watch};
use crate::report::{ColumnReport, Header, Note, TableReport};

/// So many line numbers are told.
const LINES_TOLD: usize = 5;

/// What a table will be.
pub struct Plan {
    skip: usize,
    header: Header,
    columns: Vec<Planned>,
    rows: u64,
    notes: Vec<Note>,
    /// Rows that are shorter or longer than they should be.
    pub ragged: u64,
}

struct Planned {
    /// Its place in the rows of the file.
    at: usize,
    name: String,
    original: String,
    decision: Decision,
}

/// Some lines, and how many there are in all.
#[derive(Default)]
struct Lines {
    count: u64,
    first: Vec<u64>,
}

impl Lines {
    fn add(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < LINES_TOLD {
            self.first.push(line);
        }
    }
}

/// Goes through the rows once.
struct Surveyor<'m> {
    merges: &'m [Merge],
    prefer: Option<dates::Orders>,
    sample: Vec<KeptRow>,
    layout: Option<Layout>,
    columns: Vec<Survey>,
    rows: u64,
    blank: u64,
    /// Blank rows after which no other row has come yet: those at the end are nobody's concern.
    blank_pending: u64,
    is_ragged: bool,
    short: Lines,
    long: Lines,
}

impl Surveyor<'_> {
    fn see(&mut self, row: &Row<'_>) {
        if self.layout.is_some() {
            return self.see_body(row);
        }
        self.sample.push(KeptRow {
            line: row.line,
            cells: row.cells.iter().map(|cell| Kept::of(*cell)).collect(),
        });
        if self.sample.len() == SAMPLE {
            self.settle();
        }
    }

    /// Decides what the first rows are, and looks at those of them that are the table's.
    fn settle(&mut self) {
        if self.layout.is_some() {
            return;
        }
        let sample = std::mem::take(&mut self.sample);
        let layout = header::lay_out(&sample, self.merges);
        let skip = layout.skip;
        self.layout = Some(layout);
        for row in &sample[skip..] {
            let cells: Vec<_> = row.cells.iter().map(Kept::cell).collect();
            self.see_body(&Row {
                line: row.line,
                cells: &cells,
            });
        }
    }

    fn see_body(&mut self, row: &Row<'_>) {
        if row.cells.iter().all(|cell| cell.is_blank()) {
            self.blank_pending += 1;
            return;
        }
        self.blank += std::mem::take(&mut self.blank_pending);
        self.rows += 1;
        if self.columns.len() < row.cells.len() {
            self.columns.resize_with(row.cells.len(), Survey::default);
        }
        for (column, cell) in self.columns.iter_mut().zip(row.cells) {
            column.see(*cell, row.line);
        }
        let width = self.layout.as_ref().map_or(0, |layout| layout.width);
        if self.is_ragged && row.cells.len() < width {
            self.short.add(row.line);
        } else if self.is_ragged && row.cells.iter().skip(width).any(|cell| !cell.is_blank()) {
            self.long.add(row.line);
        }
    }

    fn plan(mut self, table: &str) -> Result<Option<Plan>, SheetError> {
        self.settle();
        let layout = self.layout.take().unwrap_or_default();
        let has_header = layout.names.is_some();
        let names = layout.names.unwrap_or_default();
        if self.columns.len() < names.len() {
            self.columns.resize_with(names.len(), Survey::default);
        }
        let mut notes = Vec::new();
        let columns = self.columns(&names, table, &mut notes)?;
        if columns.is_empty() {
            return Ok(None);
        }
        let mut before = Vec::new();
        if !layout.titles.is_empty() {
            before.push(Note::TitlesSkipped {
                lines: layout.titles,
            });
        }
        if !has_header {
            before.push(Note::HeaderMade);
        }
        if self.rows == 0 {
            before.push(Note::NoRows);
            notes.retain(|note| !matches!(note, Note::NoValues { .. }));
        }
        if self.blank > 0 {
            before.push(Note::BlankRowsSkipped { count: self.blank });
        }
        let ragged = self.short.count + self.long.count;
        for (lines, is_short) in [(self.short, true), (self.long, false)] {
            let Lines {
                count,
                first: lines,
            } = lines;
            match (count, is_short) {
                (0, _) => {}
                (_, true) => before.push(Note::ShortRows { count, lines }),
                (_, false) => before.push(Note::LongRows { count, lines }),
            }
        }
        before.append(&mut notes);
        Ok(Some(Plan {
            skip: layout.skip,
            header: if has_header {
                Header::Found
            } else {
                Header::Made
            },
            columns,
            rows: self.rows,
            notes: before,
            ragged,
        }))
    }

    /// The columns that have a name or a value.
    fn columns(
        &self,
        names: &[String],
        table: &str,
        notes: &mut Vec<Note>,
    ) -> Result<Vec<Planned>, SheetError> {
        let originals: Vec<String> = (0..self.columns.len())
            .map(|at| names.get(at).cloned().unwrap_or_default())
            .collect();
        let kept = |at: &usize| !originals[*at].is_empty() || !self.columns[*at].is_empty();
        let places: Vec<usize> = (0..originals.len()).filter(kept).collect();
        if places.len() > MOST_COLUMNS {
            return Err(SheetError::TooManyColumns {
                table: table.to_owned(),
                columns: places.len(),
                most: MOST_COLUMNS,
            });
        }
        let evidence = self.evidence();
        let given = names::columns(&originals);
        let mut columns = Vec::with_capacity(places.len());
        for at in places {
            let decision = self.columns[at].decide(evidence);
            let (name, original) = (given[at].clone(), originals[at].clone());
            if !original.is_empty() && original != name {
                let (original, name) = (original.clone(), name.clone());
                notes.push(Note::Renamed { original, name });
            }
            notes.extend(decision.remarks.iter().map(|remark| note(remark, &name)));
            columns.push(Planned {
                at,
                name,
                original,
                decision,
            });
        }
        Ok(columns)
    }

    /// What the columns that are certain have in common.
    fn evidence(&self) -> Evidence {
        let all: Vec<Evidence> = self.columns.iter().map(Survey::evidence).collect();
        Evidence {
            decimal: agreed(all.iter().filter_map(|one| one.decimal)),
            order: agreed(all.iter().filter_map(|one| one.order)).or(self.prefer),
        }
    }
}

/// The value that all of them have.
fn agreed<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

fn note(remark: &Remark, column: &str) -> Note {
    let column = column.to_owned();
    match remark {
        Remark::Decimal(decimal) => Note::DecimalDoubtful {
            column,
            decimal: if *decimal == Decimal::Point { '.' } else { ',' },
        },
        Remark::DayFirst(day_first) => Note::DateOrderDoubtful {
            column,
            day_first: *day_first,
        },
        Remark::Percent => Note::Percent { column },
        Remark::Currency(mark) => Note::Currency {
            column,
            mark: (*mark).to_owned(),
        },
        Remark::ShortYears => Note::ShortYears { column },
        Remark::RocYears => Note::RocYears { column },
        Remark::Offset(minutes) => Note::TimeZone {
            column,
            minutes: *minutes,
        },
        Remark::Placeholders(count) => Note::Placeholders {
            column,
            count: *count,
        },
        Remark::Faults(count) => Note::Faults {
            column,
            count: *count,
        },
        Remark::Durations => Note::Durations { column },
        Remark::Mixed => Note::Mixed { column },
        Remark::Odd(odd) => Note::KeptAsText {
            column,
            line: odd.line,
            value: odd.value.clone(),
        },
        Remark::NoValues => Note::NoValues { column },
    }
}

/// What a table of these rows will be; nothing when there is nothing in them. `prefer` is what
/// the region says about days and months where the rows do not.
pub fn survey(
    grid: &mut dyn Grid,
    table: &str,
    prefer: Option<dates::Orders>,
    watch: &Watch<'_>,
) -> Result<Option<Plan>, SheetError> {
    watch.enter(Stage::Surveying);
    let merges = grid.merges().to_vec();
    let mut surveyor = Surveyor {
        merges: &merges,
        prefer,
        sample: Vec::new(),
        layout: None,
        columns: Vec::new(),
        rows: 0,
        blank: 0,
        blank_pending: 0,
        is_ragged: grid.is_ragged(),
        short: Lines::default(),
        long: Lines::default(),
    };
    grid.each_row(&mut |row| {
        surveyor.see(&row);
        watch.row()
    })?;
    surveyor.plan(table)
}

impl Plan {
    /// Writes the table.
    pub fn write(
        self,
        grid: &mut dyn Grid,
        name: String,
        database: &Database,
        changed: &dyn Fn() -> SheetError,
        watch: &Watch<'_>,
    ) -> Result<TableReport, SheetError> {
        watch.enter(Stage::Writing);
        let columns: Vec<(&str, &str)> = self
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.decision.kind.declared()))
            .collect();
        let mut writer = database.table(&name, &columns)?;
        let mut skip = self.skip;
        let mut rows = 0;
        let mut buffer = String::new();
        grid.each_row(&mut |row| {
            watch.row()?;
            if skip > 0 {
                skip -= 1;
                return Ok(());
            }
            if row.cells.iter().all(|cell| cell.is_blank()) {
                return Ok(());
            }
            for (place, column) in self.columns.iter().enumerate() {
                let cell = row
                    .cells
                    .get(column.at)
                    .copied()
                    .unwrap_or(crate::cell::Cell::Empty);
                let value = column
                    .decision
                    .stored(cell, &mut buffer)
                    .ok_or_else(changed)?;
                writer.set(place, value)?;
            }
            rows += 1;
            writer.write()
        })?;
        if rows != self.rows {
            return Err(changed());
        }
        Ok(TableReport {
            name,
            source_sheet: None,
            header: self.header,
            rows,
            columns: self.columns.into_iter().map(Planned::report).collect(),
            notes: self.notes,
        })
    }
}

impl Planned {
    fn report(self) -> ColumnReport {
        ColumnReport {
            name: self.name,
            original: self.original,
            kind: self.decision.kind,
        }
    }
}
