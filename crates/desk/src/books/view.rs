//! How a book is looked at: statements, entries, exports.

use std::path::Path;

use assistant::Fault;
use assistant::artifact::{Account, Statement};
use books::export::{self, Format};
use books::statements::{Kind, Statements};
use books::{BookError, Journal, Period};
use serde::{Deserialize, Serialize};

use super::edit::day;
use super::info::{BookEntryInfo, accounts, count};
use crate::{Desk, Language};

/// What to compare a period with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Nothing.
    #[default]
    None,
    /// As long a time right before it.
    Previous,
    /// The same days a year earlier.
    YearBefore,
    /// Its months.
    Months,
    /// Its quarters.
    Quarters,
}

/// What to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookView {
    /// First day; with `to` absent as well, the fiscal year of the last entry.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub to: Option<String>,
    /// What to compare with.
    #[serde(default)]
    pub compare: Comparison,
    /// Language of the words.
    #[serde(default)]
    pub language: Language,
    /// Names of the statements; when empty all but journal and general ledger, which are as long as
    /// the book.
    #[serde(default)]
    pub statements: Vec<String>,
}

/// A statement under its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NamedStatement {
    /// Name for programs, such as `trial_balance`.
    pub name: String,
    /// The statement.
    pub statement: Statement,
}

/// Two figures that must be equal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct TieInfo {
    /// What must be equal, in the person's language.
    pub check: String,
    /// The period.
    pub period: String,
    /// Currency of the figures.
    pub currency: String,
    /// One way.
    pub left: String,
    /// The other.
    pub right: String,
    /// Whether they are.
    pub holds: bool,
}

/// A period that can be looked at instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PeriodChoice {
    /// `everything`, `year`, `quarter` or `month`.
    pub span: String,
    /// Its name, the same in every language; empty for everything.
    pub name: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
}

/// Statements of a book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookStatements {
    /// The book.
    pub book: String,
    /// Whose books they are.
    pub title: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Periods that can be looked at instead.
    pub choices: Vec<PeriodChoice>,
    /// The statements.
    pub statements: Vec<NamedStatement>,
    /// Every tie-out.
    pub ties: Vec<TieInfo>,
    /// The seal of the book as it was looked at.
    pub seal: String,
}

/// Which entries to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookQuery {
    /// Only those that touch this account.
    #[serde(default)]
    pub account: Option<String>,
    /// Only those of this payee; an empty name is that of those that name nobody.
    #[serde(default)]
    pub counterparty: Option<String>,
    /// From this day on.
    #[serde(default)]
    pub from: Option<String>,
    /// Up to this day.
    #[serde(default)]
    pub to: Option<String>,
    /// Only those that have this text in them.
    #[serde(default)]
    pub text: Option<String>,
    /// Only the one of this number.
    #[serde(default)]
    pub number: Option<u32>,
    /// How many of them to pass over.
    #[serde(default)]
    pub offset: u32,
    /// Most entries to show.
    pub limit: u32,
}

/// Some of the entries that were asked for, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookEntries {
    /// How many there are in all.
    pub total: u32,
    /// Those that were asked for.
    pub entries: Vec<BookEntryInfo>,
    /// The accounts of the book, which something can be moved to.
    pub accounts: Vec<Account>,
}

/// A format to take a book away in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum BookExportFormat {
    /// A journal of hledger.
    Hledger,
    /// A ledger of beancount.
    Beancount,
    /// Every posting in a row.
    Csv,
    /// Quicken's.
    Qif,
    /// A workbook with live formulas.
    Xlsx,
    /// Statements to be signed.
    Pdf,
    /// All of these in one archive.
    Package,
}

impl From<BookExportFormat> for Format {
    fn from(format: BookExportFormat) -> Self {
        match format {
            BookExportFormat::Hledger => Self::Hledger,
            BookExportFormat::Beancount => Self::Beancount,
            BookExportFormat::Csv => Self::Csv,
            BookExportFormat::Qif => Self::Qif,
            BookExportFormat::Xlsx => Self::Xlsx,
            BookExportFormat::Pdf => Self::Pdf,
            BookExportFormat::Package => Self::Package,
        }
    }
}

impl From<Language> for books::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::English => Self::English,
            Language::TraditionalChinese => Self::TraditionalChinese,
            Language::SimplifiedChinese => Self::SimplifiedChinese,
        }
    }
}

impl BookView {
    /// The period that is asked about.
    pub(super) fn period(&self, journal: &Journal) -> Result<Period, Fault> {
        let last = journal
            .span()
            .map_or_else(|| jiff::Zoned::now().date(), |span| span.to);
        let from = self.from.as_deref().map(day).transpose()?;
        let to = self.to.as_deref().map(day).transpose()?;
        let year = Period::fiscal_year(journal.info(), to.or(from).unwrap_or(last));
        Ok(Period::new(
            from.unwrap_or(year.from),
            to.unwrap_or(year.to),
        )?)
    }

    /// The same, with those that it is compared with.
    fn periods(&self, journal: &Journal) -> Result<Vec<Period>, Fault> {
        let period = self.period(journal)?;
        let mut periods = vec![period];
        match self.compare {
            Comparison::None => {}
            Comparison::Previous => periods.push(period.previous()),
            Comparison::YearBefore => periods.push(period.year_before()),
            Comparison::Months => periods.extend(period.months()),
            Comparison::Quarters => periods.extend(period.quarters()),
        }
        Ok(periods)
    }

    fn kinds(&self) -> Result<Vec<Kind>, Fault> {
        if self.statements.is_empty() {
            let is_short = |kind: &Kind| !matches!(kind, Kind::Journal | Kind::GeneralLedger);
            return Ok(Kind::ALL.into_iter().filter(is_short).collect());
        }
        let kind = |name: &String| {
            Kind::by_name(name).ok_or_else(|| {
                let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                let sentence = format!(
                    "There is no statement called {name}; there are {}.",
                    names.join(", ")
                );
                Fault::new(assistant::Code::InputInvalid, sentence).with("statement", name)
            })
        };
        self.statements.iter().map(kind).collect()
    }
}

impl Desk {
    /// Statements of a book, and whether everything ties out.
    ///
    /// # Errors
    /// When there is no such book or statement, or the period is none.
    pub async fn book_statements(
        &self,
        book: &str,
        view: BookView,
    ) -> Result<BookStatements, Fault> {
        let name = book.to_owned();
        self.on_book(book, move |book| {
            let journal = book.journal();
            let periods = view.periods(journal)?;
            let kinds = view.kinds()?;
            let statements = Statements::new(journal, periods, view.language.into());
            let named = |kind: Kind| NamedStatement {
                name: kind.name().to_owned(),
                statement: statements.report(kind).statement(journal),
            };
            let main = statements.periods()[0];
            Ok(BookStatements {
                book: name,
                title: journal.info().title.clone(),
                from: main.from.to_string(),
                to: main.to.to_string(),
                choices: period_choices(journal, main),
                statements: kinds.into_iter().map(named).collect(),
                ties: ties(&statements),
                seal: book.seal().to_string(),
            })
        })
        .await
    }

    /// Entries of a book, the latest first.
    ///
    /// # Errors
    /// When there is no such book, or a day is none.
    pub async fn book_entries(&self, book: &str, query: BookQuery) -> Result<BookEntries, Fault> {
        self.on_book(book, move |book| {
            let journal = book.journal();
            let from = query.from.as_deref().map(day).transpose()?;
            let to = query.to.as_deref().map(day).transpose()?;
            let Some(span) = journal.span() else {
                return Ok(BookEntries {
                    total: 0,
                    entries: Vec::new(),
                    accounts: accounts(journal),
                });
            };
            let period = Period {
                from: from.unwrap_or(span.from),
                to: to.unwrap_or(span.to),
            };
            let text = query
                .text
                .as_deref()
                .map(str::to_lowercase)
                .unwrap_or_default();
            let account = query.account.as_deref();
            let account_id = account.map(|name| {
                journal
                    .account_id(name)
                    .ok_or_else(|| BookError::AccountUnknown(name.to_owned()))
            });
            let account_id = account_id.transpose()?;
            let found: Vec<_> = journal
                .within(period)
                .rev()
                .filter(|entry| query.number.is_none_or(|number| entry.number == number))
                .filter(|entry| {
                    let name = query.counterparty.as_deref();
                    name.is_none_or(|name| entry.counterparty == name)
                })
                .filter(|entry| {
                    account_id
                        .is_none_or(|id| entry.postings.iter().any(|posting| posting.account == id))
                })
                .filter(|entry| text.is_empty() || has_text(entry, &text))
                .collect();
            let entries = found
                .iter()
                .skip(query.offset as usize)
                .take(query.limit as usize)
                .map(|entry| BookEntryInfo::of(journal, entry));
            Ok(BookEntries {
                entries: entries.collect(),
                total: count(found.len()),
                accounts: accounts(journal),
            })
        })
        .await
    }

    /// Writes a book into a file in a format, whole or not at all.
    ///
    /// # Errors
    /// When there is no such book, the format does not hold it, or the file cannot be written.
    pub async fn export_book(
        &self,
        book: &str,
        format: BookExportFormat,
        path: &Path,
        view: BookView,
    ) -> Result<(), Fault> {
        let path = path.to_owned();
        self.on_book(book, move |book| {
            // What is handed over is checked first.
            book.verify()?;
            let journal = book.journal();
            let periods = view.periods(journal)?;
            let statements = Statements::new(journal, periods, view.language.into());
            let files = match format {
                BookExportFormat::Package => proofs(book)?,
                _ => Vec::new(),
            };
            let bytes = export::write_with(&statements, book.seal(), format.into(), &files)?;
            crate::write_whole(&path, &bytes)
        })
        .await
    }
}

/// The attached files with the names that they have in the archive.
fn proofs(book: &books::Book) -> Result<Vec<(String, Vec<u8>)>, books::BookError> {
    let files = book.journal().all_attachments();
    files
        .map(|file| Ok((file.file_name(), book.attached(file)?)))
        .collect()
}

fn has_text(entry: &books::Entry, text: &str) -> bool {
    [
        &entry.description,
        &entry.counterparty,
        &entry.source,
        &entry.note,
    ]
    .iter()
    .any(|field| field.to_lowercase().contains(text))
}

fn period_choices(journal: &Journal, shown: Period) -> Vec<PeriodChoice> {
    let choice = |named: books::NamedPeriod| PeriodChoice {
        span: match named.span {
            books::Span::Everything => "everything",
            books::Span::Year => "year",
            books::Span::Quarter => "quarter",
            books::Span::Month => "month",
        }
        .to_owned(),
        name: named.name,
        from: named.period.from.to_string(),
        to: named.period.to.to_string(),
    };
    books::choices(journal.info(), journal.span(), shown)
        .into_iter()
        .map(choice)
        .collect()
}

fn ties(statements: &Statements<'_>) -> Vec<TieInfo> {
    let journal = statements.journal();
    let tie = |tie: books::statements::Tie| {
        let figure = |figure| books::statements::plain(figure, journal.digits(tie.currency));
        TieInfo {
            check: tie.word.say(statements.language()).to_owned(),
            period: tie.column.clone(),
            currency: journal.currency(tie.currency).to_owned(),
            left: figure(tie.left),
            right: figure(tie.right),
            holds: tie.holds(),
        }
    };
    statements.ties().into_iter().map(tie).collect()
}
