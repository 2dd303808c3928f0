//! The statements as a workbook of Excel, with live formulas: totals add up the lines above them,
//! the trial balance adds up the journal's sheet, and the tie-outs compare the statements.
//!
//! Every formula carries the figure that we came to, so that programs that do not calculate show it
//! too. Texts are written as texts, whatever they begin with.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::BookError;
use crate::entry::{CurrencyId, Entry, Posting};
use crate::journal::Journal;
use crate::record::Seal;
use crate::statements::{Kind, Look, Report, Statements, Tie};
use crate::words::Word;

/// Rows that a sheet holds.
const MOST_ROWS: usize = 1_048_576;

/// First row of figures, below title and headings.
const FIRST: u32 = 3;

/// Statements with a sheet each. The journal has one of its own form; the ledger is the journal
/// sorted, which a spreadsheet does by itself.
const SHEETS: [Kind; 13] = [
    Kind::TrialBalance,
    Kind::IncomeStatement,
    Kind::BalanceSheet,
    Kind::CashFlowDirect,
    Kind::CashFlowIndirect,
    Kind::EquityMovement,
    Kind::TaxSummary,
    Kind::SpendingByCategory,
    Kind::SpendingByCounterparty,
    Kind::AgedReceivables,
    Kind::AgedPayables,
    Kind::ExchangeGains,
    Kind::Unclassified,
];

pub(super) fn write(statements: &Statements<'_>, seal: Seal) -> Result<Vec<u8>, BookError> {
    let journal = statements.journal();
    let postings: usize = journal
        .entries()
        .iter()
        .map(|entry| entry.postings.len())
        .sum();
    if postings + FIRST as usize >= MOST_ROWS {
        return Err(BookError::Export(format!(
            "A sheet holds {MOST_ROWS} rows and the book has {postings} postings: take it away as CSV."
        )));
    }
    let fail =
        |error: XlsxError| BookError::Export(format!("The workbook cannot be made: {error}."));
    make(statements, seal).map_err(fail)
}

fn make(statements: &Statements<'_>, seal: Seal) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let writer = Writer {
        journal: statements.journal(),
        statements,
        styles: Styles::new(),
    };
    let reports: Vec<Report<'_>> = SHEETS.iter().map(|kind| statements.report(*kind)).collect();
    writer.ties(workbook.add_worksheet(), &reports, seal)?;
    for report in &reports {
        writer.report(workbook.add_worksheet(), report)?;
    }
    writer.postings(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

struct Styles {
    title: Format,
    heading: Format,
    date: Format,
    total_text: Format,
}

impl Styles {
    fn new() -> Self {
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            total_text: Format::new().set_bold().set_border_top(FormatBorder::Thin),
        }
    }

    fn figure(digits: u32, is_total: bool) -> Format {
        let fraction = match digits {
            0 => String::new(),
            digits => format!(".{}", "0".repeat(digits as usize)),
        };
        let format =
            Format::new().set_num_format(format!("#,##0{fraction};-#,##0{fraction};0{fraction}"));
        if is_total {
            format.set_bold().set_border_top(FormatBorder::Thin)
        } else {
            format
        }
    }
}

struct Writer<'a> {
    journal: &'a Journal,
    statements: &'a Statements<'a>,
    styles: Styles,
}

impl Writer<'_> {
    fn say(&self, word: Word) -> &'static str {
        word.say(self.statements.language())
    }

    /// Excel's names of sheets have at most 31 characters, and some signs are not in them.
    fn sheet_name(&self, word: Word) -> String {
        self.say(word).chars().take(31).collect()
    }

    fn report(&self, sheet: &mut Worksheet, report: &Report<'_>) -> Result<(), XlsxError> {
        sheet.set_name(self.sheet_name(report.kind.title()))?;
        let title = format!("{}: {}", self.journal.info().title, report.title);
        sheet.write_string_with_format(0, 0, title, &self.styles.title)?;
        sheet.write_string_with_format(2, 1, self.say(Word::Currency), &self.styles.heading)?;
        for (place, column) in (2..).zip(&report.columns) {
            sheet.write_string_with_format(2, place, column, &self.styles.heading)?;
        }
        for (row, line) in (FIRST..).zip(&report.lines) {
            let label = clipped(&line.label);
            let indent = Format::new().set_indent(line.level);
            let text = match line.look {
                Look::Heading => &self.styles.heading,
                Look::Total => &self.styles.total_text,
                Look::Plain => &indent,
            };
            sheet.write_string_with_format(row, 0, label, text)?;
            if line.look != Look::Heading {
                sheet.write_string(row, 1, self.journal.currency(line.currency))?;
            }
            let style =
                Styles::figure(self.journal.digits(line.currency), line.look == Look::Total);
            for (column, figure) in (2..).zip(&line.figures) {
                let Some(figure) = figure else { continue };
                match self.formula(report, line, column) {
                    Some(formula) => {
                        let formula = Formula::new(formula).set_result(number_text(*figure));
                        sheet.write_formula_with_format(row, column, formula, &style)?;
                    }
                    None => {
                        sheet.write_number_with_format(row, column, number(*figure), &style)?;
                    }
                }
            }
        }
        sheet.set_column_width(0, 38)?;
        for column in 2..u16::try_from(report.columns.len() + 2).unwrap_or(u16::MAX) {
            sheet.set_column_width(column, 24)?;
        }
        sheet.set_freeze_panes(FIRST, 1)?;
        Ok(())
    }

    /// A total adds its terms up; an account of the trial balance adds up the journal's sheet.
    fn formula(
        &self,
        report: &Report<'_>,
        line: &crate::statements::Line<'_>,
        column: u16,
    ) -> Option<String> {
        if !line.terms.is_empty() {
            return Some(sum(&line.terms, column));
        }
        if line.look == Look::Total {
            return None;
        }
        let id = line.account.filter(|_| report.kind == Kind::TrialBalance)?;
        let period = self.statements.periods().get(usize::from(column - 2) / 2)?;
        let account = formula_text(&self.journal.account(id).name);
        let currency = formula_text(self.journal.currency(line.currency));
        let sheet = self.sheet_name(Word::Journal);
        let to = period.to;
        let sum = format!(
            "SUMIFS('{sheet}'!$I:$I,'{sheet}'!$E:$E,{account},'{sheet}'!$J:$J,{currency},'{sheet}'!$B:$B,\"<=\"&DATE({},{},{}))",
            to.year(),
            to.month(),
            to.day()
        );
        // Sums of binary fractions are off by something; a cent is the least that an account is.
        let digits = self.journal.digits(line.currency);
        let sign = if column.is_multiple_of(2) { "" } else { "-" };
        Some(format!("ROUND({sign}{sum},{digits})"))
    }

    fn postings(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.sheet_name(Word::Journal))?;
        sheet.write_string_with_format(0, 0, &self.journal.info().title, &self.styles.title)?;
        let heads = [
            Word::Number,
            Word::Date,
            Word::Description,
            Word::Counterparty,
            Word::Account,
            Word::Account,
            Word::Amount,
            Word::Currency,
            Word::Value,
            Word::ValueCurrency,
            Word::Tax,
            Word::Source,
        ];
        for (column, word) in (0..).zip(heads) {
            sheet.write_string_with_format(2, column, self.say(word), &self.styles.heading)?;
        }
        let Some(span) = self.journal.span() else {
            return Ok(());
        };
        let formats: Vec<Format> = (0..self.journal.currencies().len())
            .map(|id| CurrencyId(u16::try_from(id).unwrap_or(u16::MAX)))
            .map(|id| Styles::figure(self.journal.digits(id), false))
            .collect();
        let mut row = FIRST;
        for entry in self.journal.within(span) {
            for posting in &entry.postings {
                self.posting(sheet, row, entry, posting, &formats)?;
                row += 1;
            }
        }
        sheet.autofilter(2, 0, row.saturating_sub(1).max(2), 11)?;
        sheet.set_freeze_panes(FIRST, 0)?;
        for (column, width) in [(1, 11), (2, 40), (3, 24), (4, 28), (5, 20), (11, 40)] {
            sheet.set_column_width(column, width)?;
        }
        Ok(())
    }

    fn posting(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        entry: &Entry,
        posting: &Posting,
        formats: &[Format],
    ) -> Result<(), XlsxError> {
        let account = self.journal.account(posting.account);
        sheet.write_number(row, 0, entry.number)?;
        let date = ExcelDateTime::from_ymd(
            u16::try_from(entry.date.year()).unwrap_or_default(),
            entry.date.month().unsigned_abs(),
            entry.date.day().unsigned_abs(),
        );
        match &date {
            Ok(date) => sheet.write_datetime_with_format(row, 1, date, &self.styles.date)?,
            // Before 1900 Excel has no dates.
            Err(_) => sheet.write_string(row, 1, entry.date.to_string())?,
        };
        let texts = [
            (2, clipped(&entry.description)),
            (3, clipped(&entry.counterparty)),
            (4, account.name.clone()),
            (5, account.label.clone()),
            (7, self.journal.currency(posting.currency).to_owned()),
            (9, self.journal.currency(posting.value_currency).to_owned()),
            (10, entry.tax.clone().unwrap_or_default()),
            (11, clipped(&entry.source)),
        ];
        for (column, text) in texts {
            sheet.write_string(row, column, text)?;
        }
        let figures = [
            (6, posting.amount, posting.currency),
            (8, posting.value, posting.value_currency),
        ];
        for (column, figure, currency) in figures {
            let format = &formats[usize::from(currency.0)];
            sheet.write_number_with_format(row, column, number(figure), format)?;
        }
        Ok(())
    }

    /// The first sheet: whose books they are, the tie-outs, and the seal.
    fn ties(
        &self,
        sheet: &mut Worksheet,
        reports: &[Report<'_>],
        seal: Seal,
    ) -> Result<(), XlsxError> {
        sheet.set_name(self.sheet_name(Word::Ties))?;
        sheet.write_string_with_format(0, 0, &self.journal.info().title, &self.styles.title)?;
        let heads = [
            Word::Check,
            Word::Period,
            Word::Currency,
            Word::Left,
            Word::Right,
            Word::Ties,
        ];
        for (column, word) in (0..).zip(heads) {
            sheet.write_string_with_format(2, column, self.say(word), &self.styles.heading)?;
        }
        let mut row = FIRST;
        for tie in self.statements.ties() {
            let digits = self.journal.digits(tie.currency);
            let style = Styles::figure(digits, false);
            sheet.write_string(row, 0, self.say(tie.word))?;
            sheet.write_string(row, 1, &tie.column)?;
            sheet.write_string(row, 2, self.journal.currency(tie.currency))?;
            for (column, formula, figure) in self.sides(&tie, reports) {
                match formula {
                    Some(formula) => {
                        let formula = Formula::new(formula).set_result(number_text(figure));
                        sheet.write_formula_with_format(row, column, formula, &style)?;
                    }
                    None => {
                        sheet.write_number_with_format(row, column, number(figure), &style)?;
                    }
                }
            }
            let word = if tie.holds() {
                Word::Holds
            } else {
                Word::Broken
            };
            let at = row + 1;
            let formula = format!(
                "IF(ROUND(D{at}-E{at},{digits})=0,{},{})",
                formula_text(self.say(Word::Holds)),
                formula_text(self.say(Word::Broken))
            );
            sheet.write_formula(row, 5, Formula::new(formula).set_result(self.say(word)))?;
            row += 1;
        }
        sheet.write_string(row + 1, 0, self.say(Word::Seal))?;
        sheet.write_string(row + 1, 1, seal.to_string())?;
        for (column, width) in [(0, 44), (1, 26), (3, 18), (4, 18), (5, 16)] {
            sheet.set_column_width(column, width)?;
        }
        Ok(())
    }

    /// Both sides of a tie-out, as references into the statements where they stand there.
    fn sides(&self, tie: &Tie, reports: &[Report<'_>]) -> [(u16, Option<String>, Decimal); 2] {
        let place = self
            .statements
            .periods()
            .iter()
            .position(|period| period.to_string() == tie.column)
            .unwrap_or_default();
        let cell = |kind: Kind, label: &str, column: usize| {
            self.reference(reports, tie.currency, kind, label, column)
        };
        let total = self.say(Word::Total);
        let assets = format!("{total}: {}", self.say(Word::Assets));
        let owed = format!("{total}: {}", self.say(Word::Liabilities));
        let change = self.say(Word::CashChange);
        let flow = |kind: Kind| {
            let cash = |label: Word| cell(kind, self.say(label), place);
            let ends = cash(Word::CashClosing).zip(cash(Word::CashOpening));
            (
                cell(kind, change, place),
                ends.map(|(end, begin)| format!("{end}-{begin}")),
            )
        };
        let (left, right) = match tie.word {
            Word::TieTrial => (
                cell(Kind::TrialBalance, total, place * 2),
                cell(Kind::TrialBalance, total, place * 2 + 1),
            ),
            Word::TieSheet => (
                cell(Kind::BalanceSheet, &assets, place),
                cell(
                    Kind::BalanceSheet,
                    self.say(Word::LiabilitiesAndEquity),
                    place,
                ),
            ),
            Word::TieEquity => {
                let equity = |label: Word| cell(Kind::EquityMovement, self.say(label), place);
                let movement = equity(Word::Closing).zip(equity(Word::Opening));
                let worth = cell(Kind::BalanceSheet, &assets, place)
                    .zip(cell(Kind::BalanceSheet, &owed, place))
                    .zip(equity(Word::Opening));
                (
                    movement.map(|(end, begin)| format!("{end}-{begin}")),
                    worth.map(|((assets, owed), begin)| format!("{assets}-{owed}-{begin}")),
                )
            }
            Word::TieCashDirect => flow(Kind::CashFlowDirect),
            Word::TieCashIndirect => flow(Kind::CashFlowIndirect),
            _ => (None, None),
        };
        [(3, left, tie.left), (4, right, tie.right)]
    }

    /// A cell of another sheet, by its statement, its label and its column.
    fn reference(
        &self,
        reports: &[Report<'_>],
        currency: CurrencyId,
        kind: Kind,
        label: &str,
        column: usize,
    ) -> Option<String> {
        let report = reports.iter().find(|report| report.kind == kind)?;
        let row = report.lines.iter().position(|line| {
            line.look != Look::Heading && line.currency == currency && line.label == label
        })?;
        report.lines[row].figures.get(column).copied().flatten()?;
        let sheet = self.sheet_name(kind.title());
        let column = u16::try_from(column + 2).ok()?;
        Some(format!("'{sheet}'!{}", cell_name(row, column)))
    }
}

/// The name of a cell by the line of a statement and the column of the sheet.
fn cell_name(line: usize, column: u16) -> String {
    let row = line + FIRST as usize + 1;
    format!(
        "{}{row}",
        rust_xlsxwriter::utility::column_number_to_name(column)
    )
}

/// Runs of lines become ranges.
fn sum(terms: &[(usize, bool)], column: u16) -> String {
    let mut parts = String::new();
    let mut rest = terms;
    while let Some((first, is_less)) = rest.first().copied() {
        let run = rest
            .iter()
            .enumerate()
            .take_while(|(step, (line, less))| *line == first + step && *less == is_less)
            .count();
        let sign = match (is_less, parts.is_empty()) {
            (true, _) => "-",
            (false, true) => "",
            (false, false) => "+",
        };
        parts.push_str(sign);
        let begin = cell_name(first, column);
        if run == 1 {
            parts.push_str(&begin);
        } else {
            let end = cell_name(first + run - 1, column);
            parts.push_str(&format!("SUM({begin}:{end})"));
        }
        rest = &rest[run..];
    }
    parts
}

/// A text within a formula.
fn formula_text(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A cell holds 32,767 characters.
fn clipped(text: &str) -> String {
    text.chars().take(32_767).collect()
}

fn number(figure: Decimal) -> f64 {
    figure.to_f64().unwrap_or_default()
}

fn number_text(figure: Decimal) -> String {
    figure.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_names_runs_and_single_cells() {
        let cases = [
            (vec![(0, false), (1, false), (2, false)], "SUM(C4:C6)"),
            (vec![(0, false), (5, true)], "C4-C9"),
            (vec![(3, false), (7, false), (8, false)], "C7+SUM(C11:C12)"),
        ];
        for (terms, expected) in cases {
            assert_eq!(sum(&terms, 2), expected);
        }
    }

    #[test]
    fn a_text_in_a_formula_cannot_end_it() {
        assert_eq!(formula_text("a\"&1+1&\""), "\"a\"\"&1+1&\"\"\"");
    }
}
