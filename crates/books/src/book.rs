//! A book: what is done to one. Every change is whole or not at all, and nothing is ever overwritten.

mod attached;
mod derived;

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::account::{Account, Class, Role};
use crate::entry::{self, Draft, DraftPosting, Origin};
use crate::journal::Journal;
use crate::period::Period;
use crate::record::{BookInfo, EntryRecord, PostingRecord, Rate, Record, Seal, TaxCode};
use crate::store::Store;
use crate::{BookError, money};
pub use derived::OpeningBalance;
use derived::{closing, moved, opening, opposite, revaluation};

/// How often a change is tried when other programs write at the same time.
const TRIES: usize = 8;

/// An open book.
#[derive(Debug)]
pub struct Book {
    store: Store,
    journal: Journal,
}

/// Things that are to happen together.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Accounts to add, or to give another label or role. Those that are there as they are, stay.
    pub accounts: Vec<Account>,
    /// Codes of tax to add or change.
    pub taxes: Vec<TaxCode>,
    /// Rates to add.
    pub rates: Vec<Rate>,
    /// Entries to post.
    pub entries: Vec<Draft>,
    /// A lock to set or to lift.
    pub lock: Option<Option<Date>>,
}

/// What [`Book::verify`] went over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Lines of the file.
    pub lines: u64,
    /// Entries in them.
    pub entries: u32,
    /// The last seal; noted elsewhere, it proves later that nothing before it was changed.
    pub seal: Seal,
}

impl Book {
    /// Makes a book in a new file.
    ///
    /// # Errors
    /// When there is a file, it cannot be written, or the currency is none.
    pub fn create(path: &Path, info: BookInfo, accounts: Vec<Account>) -> Result<Self, BookError> {
        if !money::is_currency(&info.currency) {
            return Err(BookError::CurrencyInvalid(info.currency));
        }
        let mut book = Self {
            store: Store::create(path)?,
            journal: Journal::new(info.clone()),
        };
        let first = line(&Record::Book(info))?;
        book.store.append(&[first], None)?;
        book.commit(&Change {
            accounts,
            ..Change::default()
        })?;
        Ok(book)
    }

    /// Opens a book and checks every seal on the way.
    ///
    /// # Errors
    /// When the file is no book, from a later version, or was changed from outside.
    pub fn open(path: &Path) -> Result<Self, BookError> {
        let mut store = Store::open(path)?;
        let journal = load(|each| store.read(each))?;
        let journal = journal.ok_or_else(|| BookError::unusable(path, &"nothing is in it"))?;
        Ok(Self { store, journal })
    }

    /// Everything in it.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// The last seal.
    #[must_use]
    pub fn seal(&self) -> Seal {
        self.store.seal()
    }

    /// Reads what other programs wrote meanwhile.
    ///
    /// # Errors
    /// When the file cannot be read, or was changed from outside.
    pub fn refresh(&mut self) -> Result<(), BookError> {
        let journal = &mut self.journal;
        self.store.read(&mut |line, body| {
            let record = parse(line, body)?;
            journal
                .apply(record)
                .map_err(|detail| tampered(line, detail))
        })?;
        self.journal.sort();
        Ok(())
    }

    /// Makes changes, all of them or none, and says which numbers the entries got.
    ///
    /// # Errors
    /// What is wrong with the first that is; the book is then as it was.
    pub fn commit(&mut self, change: &Change) -> Result<Vec<u32>, BookError> {
        for _ in 0..TRIES {
            let (records, numbers) = self.prepare(change)?;
            if records.is_empty() {
                return Ok(numbers);
            }
            if self.append(records, None)? {
                return Ok(numbers);
            }
            self.refresh()?;
        }
        Err(BookError::unusable(
            self.path(),
            &"other programs keep writing",
        ))
    }

    /// Writes lines and takes them up; false where other programs have written meanwhile. `file` is a
    /// SHA-256 and the bytes that a line names by it.
    fn append(
        &mut self,
        records: Vec<Record<'_>>,
        file: Option<(&str, &[u8])>,
    ) -> Result<bool, BookError> {
        let bodies = records.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        if !self.store.append(&bodies, file)? {
            return Ok(false);
        }
        for record in records {
            self.journal
                .apply(record)
                .map_err(|detail| tampered(0, detail))?;
        }
        self.journal.sort();
        Ok(true)
    }

    /// Posts entries, all of them or none.
    ///
    /// # Errors
    /// As [`Self::commit`].
    pub fn post(&mut self, entries: Vec<Draft>) -> Result<Vec<u32>, BookError> {
        self.commit(&Change {
            entries,
            ..Change::default()
        })
    }

    /// Undoes an entry by another one with the opposite postings. It has the same date, or the
    /// given one where that day is locked.
    ///
    /// # Errors
    /// When there is no such entry, it was undone already, or the day is locked.
    pub fn reverse(&mut self, number: u32, day: Option<Date>) -> Result<u32, BookError> {
        self.refresh()?;
        let entry = self
            .journal
            .entry(number)
            .ok_or(BookError::EntryUnknown(number))?;
        if let Some(by) = entry.reversed_by {
            return Err(BookError::Reversed { entry: number, by });
        }
        let draft = opposite(&self.journal, entry, day.unwrap_or(entry.date));
        Ok(self
            .post(vec![draft])?
            .into_iter()
            .next()
            .unwrap_or_default())
    }

    /// Puts what an entry posted to one account into another: the entry is undone and posted anew,
    /// both at once. Says the numbers of the two new entries.
    ///
    /// # Errors
    /// When there is no such entry, it does not post to `from`, was undone already, or the books
    /// made it themselves; when `to` is unknown, or the day is locked.
    pub fn move_posting(
        &mut self,
        number: u32,
        from: &str,
        to: &str,
    ) -> Result<Vec<u32>, BookError> {
        self.refresh()?;
        let entry = self
            .journal
            .entry(number)
            .ok_or(BookError::EntryUnknown(number))?;
        if let Some(by) = entry.reversed_by {
            return Err(BookError::Reversed { entry: number, by });
        }
        let is_told = matches!(
            entry.origin,
            Origin::Written | Origin::Imported(_) | Origin::Opening
        );
        let again = moved(&self.journal, entry, from, to);
        let again = again.ok_or_else(|| BookError::AccountUnknown(from.to_owned()))?;
        if !is_told || from == to {
            return Err(BookError::NotMoved(number));
        }
        let mut accounts = Vec::new();
        if self.journal.account_id(to).is_none() {
            let class =
                Class::by_root(to).ok_or_else(|| BookError::AccountUnknown(to.to_owned()))?;
            accounts.push(Account::named(to, class));
        }
        let entries = vec![opposite(&self.journal, entry, entry.date), again];
        self.commit(&Change {
            accounts,
            entries,
            ..Change::default()
        })
    }

    /// Locks everything up to a day, or nothing any more.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn lock(&mut self, through: Option<Date>) -> Result<(), BookError> {
        let change = Change {
            lock: Some(through),
            ..Change::default()
        };
        self.commit(&change).map(drop)
    }

    /// Takes over what there was before the book: each account against opening balances.
    ///
    /// # Errors
    /// When an account is unknown, one of results, or was opened already, or the day is locked.
    pub fn open_with(&mut self, day: Date, balances: &[OpeningBalance]) -> Result<u32, BookError> {
        self.refresh()?;
        let (accounts, draft) = opening(&self.journal, day, balances)?;
        let numbers = self.commit(&Change {
            accounts,
            entries: vec![draft],
            ..Change::default()
        })?;
        Ok(numbers.into_iter().next().unwrap_or_default())
    }

    /// Ends the fiscal year that a day is in: what was earned and spent until its last day goes to
    /// the results of past years. Reversing the entry undoes it.
    ///
    /// # Errors
    /// When there is nothing to close, or the last day is locked.
    pub fn close_year(&mut self, day: Date) -> Result<u32, BookError> {
        self.refresh()?;
        let year = Period::fiscal_year(self.journal.info(), day);
        let retained = match self.journal.account_with(Role::Retained) {
            Some(account) => account.clone(),
            None => Account::named("Equity:Retained earnings", Class::Equity),
        };
        let postings = closing(&self.journal, year, &retained.name);
        if postings.is_empty() {
            return Err(BookError::NothingToClose(year.to_string()));
        }
        let draft = Draft {
            date: year.to,
            description: format!("Year-end closing {year}"),
            postings,
            origin: Origin::Closing,
            ..Draft::default()
        };
        let numbers = self.commit(&Change {
            accounts: vec![retained],
            entries: vec![draft],
            ..Change::default()
        })?;
        Ok(numbers.into_iter().next().unwrap_or_default())
    }

    /// Brings assets and debts in other currencies to the rates of a day; nothing where they are.
    ///
    /// # Errors
    /// When a rate is missing, or the day is locked.
    pub fn revalue(&mut self, day: Date) -> Result<Option<u32>, BookError> {
        self.refresh()?;
        let exchange = match self.journal.account_with(Role::Exchange) {
            Some(account) => account.clone(),
            None => Account::named("Income:Exchange differences", Class::Income)
                .with_role(Role::Exchange),
        };
        let mut postings = revaluation(&self.journal, day)?;
        let sum: Decimal = postings.iter().map(|posting| posting.amount).sum();
        if postings.is_empty() {
            return Ok(None);
        }
        let base = self.journal.info().currency.clone();
        postings.push(DraftPosting::new(&exchange.name, -sum, &base));
        let draft = Draft {
            date: day,
            description: format!("Revaluation to the rates of {day}"),
            postings,
            origin: Origin::Revaluation,
            ..Draft::default()
        };
        let numbers = self.commit(&Change {
            accounts: vec![exchange],
            entries: vec![draft],
            ..Change::default()
        })?;
        Ok(numbers.into_iter().next())
    }

    /// Reads the whole file again, checks every seal and every entry.
    ///
    /// # Errors
    /// [`BookError::Tampered`] at the first line that is not as it was written, and
    /// [`BookError::FileTampered`] at the first attached file.
    pub fn verify(&self) -> Result<Verified, BookError> {
        let mut last = (0, Seal::NONE);
        let journal = load(|each| {
            last = self.store.verify(each)?;
            Ok(())
        })?;
        for file in journal.iter().flat_map(Journal::all_attachments) {
            self.attached(file)?;
        }
        let count = journal.map_or(0, |journal| journal.entries().len());
        Ok(Verified {
            lines: last.0,
            entries: u32::try_from(count).unwrap_or(u32::MAX),
            seal: last.1,
        })
    }

    /// Whether a seal that was noted before is one of this book's: then nothing up to it was changed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_seal(&self, seal: Seal) -> Result<bool, BookError> {
        Ok(self.store.line_of(seal)?.is_some())
    }

    fn prepare<'a>(&self, change: &'a Change) -> Result<(Vec<Record<'a>>, Vec<u32>), BookError> {
        let mut records = Vec::new();
        let mut names: HashSet<&str> = HashSet::new();
        for account in &change.accounts {
            account.check()?;
            names.insert(&account.name);
            let there = self.journal.account_id(&account.name);
            if there.map(|id| self.journal.account(id)) != Some(account) {
                records.push(Record::Account(account.clone()));
            }
        }
        for tax in &change.taxes {
            money::parse(&tax.percent)?;
            records.push(Record::Tax(tax.clone()));
        }
        for rate in &change.rates {
            if money::parse(&rate.rate)? <= Decimal::ZERO {
                return Err(BookError::AmountOutOfRange(rate.rate.clone()));
            }
            records.push(Record::Rate(rate.clone()));
        }
        let mut number = u32::try_from(self.journal.entries().len()).unwrap_or(u32::MAX);
        let mut numbers = Vec::new();
        for draft in &change.entries {
            number += 1;
            records.push(Record::Entry(self.entry(
                draft,
                number,
                &names,
                &change.rates,
            )?));
            numbers.push(number);
        }
        if let Some(day) = change.lock {
            records.push(Record::Lock(day));
        }
        Ok((records, numbers))
    }

    fn entry<'a>(
        &self,
        draft: &'a Draft,
        number: u32,
        new: &HashSet<&str>,
        rates: &[Rate],
    ) -> Result<EntryRecord<'a>, BookError> {
        draft.check()?;
        if let Some(through) = self.journal.locked()
            && draft.date <= through
        {
            let date = draft.date;
            return Err(BookError::Locked { date, through });
        }
        for posting in &draft.postings {
            let name = posting.account.as_str();
            if self.journal.account_id(name).is_none() && !new.contains(name) {
                return Err(BookError::AccountUnknown(name.to_owned()));
            }
        }
        let base = &self.journal.info().currency;
        let rate = |currency: &str| self.journal.rate_with(rates, currency, draft.date);
        let values = entry::values(draft, base, &rate)?;
        Ok(record(draft, number, values))
    }
}

fn record(draft: &Draft, number: u32, values: Vec<(Decimal, String)>) -> EntryRecord<'_> {
    let postings = draft
        .postings
        .iter()
        .zip(values)
        .map(|(posting, (value, of))| {
            let is_same = value == posting.amount && of == posting.currency;
            PostingRecord {
                account: Cow::Borrowed(&posting.account),
                amount: Cow::Owned(posting.amount.to_string()),
                currency: Cow::Borrowed(&posting.currency),
                value: (!is_same).then(|| (Cow::Owned(value.to_string()), Cow::Owned(of))),
            }
        });
    EntryRecord {
        number,
        date: draft.date,
        description: Cow::Borrowed(&draft.description),
        counterparty: Cow::Borrowed(&draft.counterparty),
        postings: postings.collect(),
        tax: draft.tax.clone(),
        tags: draft.tags.clone(),
        note: Cow::Borrowed(&draft.note),
        source: Cow::Borrowed(&draft.source),
        run: draft.run.clone(),
        origin: draft.origin.clone(),
    }
}

fn line(record: &Record<'_>) -> Result<String, BookError> {
    // Maps of texts, numbers and texts: there is nothing in them that JSON has no word for.
    serde_json::to_string(record).map_err(|error| BookError::Export(error.to_string()))
}

fn tampered(line: u64, detail: &str) -> BookError {
    BookError::Tampered {
        line,
        detail: detail.to_owned(),
    }
}

fn parse(line: u64, body: &str) -> Result<Record<'_>, BookError> {
    serde_json::from_str(body).map_err(|_| tampered(line, "cannot be understood"))
}

/// Makes a journal of the lines that `read` hands out.
fn load(
    read: impl FnOnce(&mut dyn FnMut(u64, &str) -> Result<(), BookError>) -> Result<(), BookError>,
) -> Result<Option<Journal>, BookError> {
    let mut journal: Option<Journal> = None;
    read(&mut |line, body| {
        let record = parse(line, body)?;
        match (&mut journal, record) {
            (None, Record::Book(info)) => journal = Some(Journal::new(info)),
            (None, _) => return Err(tampered(line, "does not say what the book is")),
            (Some(journal), record) => journal
                .apply(record)
                .map_err(|detail| tampered(line, detail))?,
        }
        Ok(())
    })?;
    if let Some(journal) = &mut journal {
        journal.sort();
    }
    Ok(journal)
}
