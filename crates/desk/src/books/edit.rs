//! What is done to books: making one, posting, undoing, locking, closing, taking files in.

use std::path::Path;
use std::sync::Arc;

use assistant::artifact::BooksResult;
use assistant::{Artifact, Code, Fault, RunId};
use books::import::{self, Plan};
use books::{Book, BookError, BookInfo};
use jiff::civil::Date;
use ledger::{Memories, Memory as _};
use serde::{Deserialize, Serialize};

use super::info::count;
use super::known;
use super::{BookVerified, ImportedBalance, ImportedFile, Shelf, USUAL_BOOK};
use crate::Desk;
use crate::folders::unwritable;

/// What a new book is to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookCreation {
    /// Its name.
    pub name: String,
    /// Whose books they are; its name when empty.
    #[serde(default)]
    pub title: String,
    /// The currency of its statements.
    pub currency: String,
    /// Month and day on which a fiscal year begins, as `04-01`; the first of January when absent.
    #[serde(default)]
    pub fiscal_start: Option<String>,
}

/// What was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookPosted {
    /// The book.
    pub book: String,
    /// Numbers of the entries.
    pub entries: Vec<u32>,
    /// How many corrections of the person's will be remembered for the next proposal.
    #[serde(default)]
    pub learned: u32,
}

/// Which file to take in, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookImport {
    /// The file.
    pub path: String,
    /// The account in the book that it is of; found by the file's own words when absent.
    #[serde(default)]
    pub account: Option<String>,
    /// The currency of amounts without one; the book's own when absent.
    #[serde(default)]
    pub currency: Option<String>,
}

impl Shelf {
    fn create(&self, creation: BookCreation) -> Result<(), Fault> {
        self.create_with(creation, |_| Ok(()))
    }

    /// Makes a book with something in it.
    pub(super) fn create_with(
        &self,
        creation: BookCreation,
        fill: impl FnOnce(&mut Book) -> Result<(), BookError>,
    ) -> Result<(), Fault> {
        let path = self.path(&creation.name)?;
        std::fs::create_dir_all(&self.folder).map_err(|error| unwritable(&self.folder, &error))?;
        if path.exists() {
            return Err(BookError::Exists(creation.name).into());
        }
        let (fiscal_month, fiscal_day) = match &creation.fiscal_start {
            Some(start) => fiscal_start(start)?,
            None => (1, 1),
        };
        let title = match creation.title.trim() {
            "" => creation.name.clone(),
            title => title.to_owned(),
        };
        let info = BookInfo {
            title,
            currency: creation.currency,
            fiscal_month,
            fiscal_day,
        };
        // Under another name first, so that a book is never half made.
        let unfinished = path.with_extension(format!("{}.new", std::process::id()));
        let made = Book::create(&unfinished, info, Vec::new());
        // It is closed again before it gets its name: SQLite keeps files beside one that is open.
        let made = made.and_then(|mut book| fill(&mut book));
        let made = made.and_then(|()| {
            std::fs::hard_link(&unfinished, &path).map_err(|error| BookError::Unusable {
                path: path.clone(),
                detail: error.to_string(),
            })
        });
        let _ = std::fs::remove_file(&unfinished);
        made.map_err(Fault::from)
    }
}

fn fiscal_start(text: &str) -> Result<(i8, i8), Fault> {
    let parts = text.split_once('-').and_then(|(month, day)| {
        let start: (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
        // Of a leap year, so that the 29th of February is a day.
        Date::new(2024, start.0, start.1).ok().map(|_| start)
    });
    parts.ok_or_else(|| BookError::PeriodInvalid(text.to_owned()).into())
}

/// A date that somebody wrote.
pub(super) fn day(text: &str) -> Result<Date, Fault> {
    text.trim()
        .parse()
        .map_err(|_| BookError::DateInvalid(text.to_owned()).into())
}

impl Desk {
    /// Makes a book.
    ///
    /// # Errors
    /// When there is one of that name, or name, currency or start of the year make no sense.
    pub async fn create_book(&self, creation: BookCreation) -> Result<(), Fault> {
        self.on_shelf(move |shelf| shelf.create(creation)).await
    }

    /// Posts everything that a run proposed, all of it or nothing: to the named book, or to the one
    /// that the run was about. A book that is not there is made, in the currency of most postings.
    ///
    /// # Errors
    /// When the run is none of a ledger, did not pass its checks or was posted already, or an entry
    /// is refused.
    pub async fn post_run(&self, run: &RunId, book: Option<&str>) -> Result<BookPosted, Fault> {
        let record = self.history.show(run).await?;
        let proposal = match record.report.artifact {
            Some(Artifact::Books(proposal)) => proposal,
            _ => return Err(not_a_ledger()),
        };
        let named = book.map_or(proposal.book.trim(), str::trim);
        let name = if named.is_empty() { USUAL_BOOK } else { named };
        self.post_proposal(proposal.clone(), run.to_string(), name.to_owned())
            .await
    }

    /// Posts a proposal as the person has changed it. `run` is the run that it was made in.
    ///
    /// # Errors
    /// As [`Self::post_run`].
    pub async fn post_proposal(
        &self,
        proposal: BooksResult,
        run: String,
        name: String,
    ) -> Result<BookPosted, Fault> {
        let proposed = self.proposed(&run).await;
        let memory = Arc::clone(&self.memory);
        self.on_shelf(move |shelf| {
            if !shelf.has(&name)? {
                shelf.create(BookCreation {
                    name: name.clone(),
                    title: String::new(),
                    currency: usual_currency(&proposal),
                    fiscal_start: None,
                })?;
            }
            let book = shelf.book(&name)?;
            let mut book = super::lock(&book);
            let change = books::proposal::change(&proposal, &run, book.journal())?;
            let entries = book.commit(&change)?;
            let taught = proposed.map(|proposed| known::corrections(&proposed, &proposal));
            let taught = taught.unwrap_or_default();
            // What was posted stays posted, even if it cannot be learned from.
            let learned = taught
                .iter()
                .filter(|correction| memory.keep(&name, correction).is_ok())
                .count();
            Ok(BookPosted {
                book: name,
                entries,
                learned: count(learned),
            })
        })
        .await
    }

    /// What a run proposed; nothing where it is no longer known.
    async fn proposed(&self, run: &str) -> Option<BooksResult> {
        let record = self.history.show(&RunId(run.to_owned())).await.ok()?;
        match record.report.artifact {
            Some(Artifact::Books(proposed)) => Some(proposed),
            _ => None,
        }
    }

    /// Undoes an entry by an opposite one, on its own day or on the given one.
    ///
    /// # Errors
    /// When there is no such book or entry, it was undone already, or the day is locked.
    pub async fn reverse_entry(
        &self,
        book: &str,
        entry: u32,
        date: Option<&str>,
    ) -> Result<BookPosted, Fault> {
        let date = date.map(day).transpose()?;
        let name = book.to_owned();
        self.on_book(book, move |book| {
            let number = book.reverse(entry, date)?;
            Ok(BookPosted {
                book: name,
                entries: vec![number],
                learned: 0,
            })
        })
        .await
    }

    /// Locks a book up to a day; nothing in it is locked without one.
    ///
    /// # Errors
    /// When there is no such book, or the day is none.
    pub async fn lock_book(&self, book: &str, through: Option<&str>) -> Result<(), Fault> {
        let through = through.map(day).transpose()?;
        self.on_book(book, move |book| Ok(book.lock(through)?))
            .await
    }

    /// Ends the fiscal year that a day is in.
    ///
    /// # Errors
    /// When there is nothing to close, or its last day is locked.
    pub async fn close_book_year(&self, book: &str, date: &str) -> Result<BookPosted, Fault> {
        let date = day(date)?;
        let name = book.to_owned();
        self.on_book(book, move |book| {
            let number = book.close_year(date)?;
            Ok(BookPosted {
                book: name,
                entries: vec![number],
                learned: 0,
            })
        })
        .await
    }

    /// Takes a file of a bank or another program in; a book that is not there is made when a
    /// currency is named.
    ///
    /// # Errors
    /// When the file cannot be read, is refused, or an entry in it is.
    pub async fn import_into_book(
        &self,
        book: &str,
        request: BookImport,
    ) -> Result<ImportedFile, Fault> {
        let name = book.to_owned();
        let memory = Arc::clone(&self.memory);
        self.on_shelf(move |shelf| {
            let too_large =
                |megabytes, most| BookError::from(books::ImportError::TooLarge { megabytes, most });
            let bytes = read(Path::new(&request.path), import::MOST_MEGABYTES, too_large)?;
            let file = import::read(&request.path, &bytes).map_err(BookError::from)?;
            if !shelf.has(&name)? {
                let currency = request.currency.clone().or_else(|| currency_of(&file));
                shelf.create(BookCreation {
                    name: name.clone(),
                    title: String::new(),
                    currency: currency.ok_or_else(|| BookError::Unknown(name.clone()))?,
                    fiscal_start: None,
                })?;
            }
            let book = shelf.book(&name)?;
            let mut book = super::lock(&book);
            let plan = Plan {
                account: request.account,
                currency: request.currency,
            };
            let mut imported = import::plan(&file, book.journal(), &plan)?;
            // Corrections that cannot be read cost nobody their import.
            let corrections = memory.corrections(&name).unwrap_or_default();
            let memories = Memories::new(&corrections);
            let recognised = known::recognise(&mut imported.change, book.journal(), &memories);
            let entries = book.commit(&imported.change)?;
            Ok(ImportedFile {
                recognised: count(recognised),
                ..told(name, entries, imported)
            })
        })
        .await
    }

    /// Goes over a whole book and checks every seal and every entry. A seal that was noted before
    /// can be asked about.
    ///
    /// # Errors
    /// When anything is not as it was written.
    pub async fn verify_book(&self, book: &str, seal: Option<&str>) -> Result<BookVerified, Fault> {
        let seal = match seal {
            Some(text) => Some(books::Seal::parse(text).ok_or_else(|| {
                Fault::new(
                    Code::InputInvalid,
                    format!("{text} is not a seal: it has 64 digits and letters."),
                )
            })?),
            None => None,
        };
        self.on_book(book, move |book| {
            let verified = book.verify()?;
            let has_seal = seal.map(|seal| book.has_seal(seal)).transpose()?;
            Ok(BookVerified {
                entries: verified.entries,
                seal: verified.seal.to_string(),
                has_seal,
            })
        })
        .await
    }
}

fn told(book: String, entries: Vec<u32>, imported: import::Imported) -> ImportedFile {
    let balance = |balance: import::Reconciled| ImportedBalance {
        agrees: balance.agrees(),
        account: balance.account,
        currency: balance.currency,
        statement: balance.statement.to_string(),
        summed: balance.summed.map(|sum| sum.to_string()),
        book: balance.book.to_string(),
    };
    ImportedFile {
        book,
        entries,
        duplicates: count(imported.duplicates),
        recognised: 0,
        balances: imported.reconciled.into_iter().map(balance).collect(),
        notes: imported.notes,
    }
}

/// A file of the person's that may have so many megabytes; what it is refused with otherwise.
pub(super) fn read(
    path: &Path,
    most: u64,
    too_large: impl FnOnce(u64, u64) -> BookError,
) -> Result<Vec<u8>, Fault> {
    let unreadable = |error: &std::io::Error| {
        let code = match error.kind() {
            std::io::ErrorKind::NotFound => Code::FileNotFound,
            _ => Code::FileUnreadable,
        };
        Fault::new(code, format!("{} cannot be read: {error}.", path.display()))
            .with("path", path.display())
            .with("detail", error)
    };
    let length = std::fs::metadata(path)
        .map_err(|error| unreadable(&error))?
        .len();
    let megabytes = length.div_ceil(1_000_000);
    if megabytes > most {
        return Err(too_large(megabytes, most).into());
    }
    std::fs::read(path).map_err(|error| unreadable(&error))
}

/// The currency that most postings of a proposal are in.
fn usual_currency(proposal: &BooksResult) -> String {
    let postings = proposal.entries.iter().flat_map(|entry| &entry.postings);
    most(postings.map(|posting| posting.currency.as_str())).unwrap_or_default()
}

fn currency_of(file: &import::File) -> Option<String> {
    let statements = file
        .statements
        .iter()
        .map(|statement| statement.currency.as_str());
    let postings = file.entries.iter().flat_map(|entry| &entry.postings);
    let postings = postings.map(|posting| posting.currency.as_str());
    most(
        statements
            .chain(postings)
            .filter(|currency| !currency.is_empty()),
    )
}

fn most<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts = std::collections::BTreeMap::new();
    for name in names {
        *counts.entry(name).or_insert(0_usize) += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(name, _)| name.to_owned())
}

fn not_a_ledger() -> Fault {
    Fault::new(Code::EntryRefused, "This run proposed no entries.")
        .with("detail", "the run has no books for its artifact")
}
