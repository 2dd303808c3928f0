//! A book in memory: everything its lines say, in a form that statements can be made of quickly.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::account::{Account, Class, Role};
use crate::attachment::Attachment;
use crate::entry::{AccountId, CurrencyId, Entry, Origin, Posting};
use crate::money;
use crate::period::Period;
use crate::record::{BookInfo, EntryRecord, PostingRecord, Rate, Record, TaxCode};

/// What balances from before a book come from, where its chart has nothing for it.
const OPENING: &str = "Equity:Opening balances";

/// All that a book holds.
#[derive(Debug, Clone)]
pub struct Journal {
    info: BookInfo,
    accounts: Vec<Account>,
    account_ids: HashMap<String, AccountId>,
    currencies: Vec<String>,
    currency_ids: HashMap<String, CurrencyId>,
    /// Digits after the point that amounts of each currency were written with, at most.
    digits: Vec<u32>,
    taxes: BTreeMap<String, TaxCode>,
    rates: BTreeMap<String, BTreeMap<Date, Decimal>>,
    entries: Vec<Entry>,
    /// Places of the entries by date, and of one date by number.
    order: Vec<u32>,
    locked: Option<Date>,
    imported: HashSet<String>,
    attachments: BTreeMap<u32, Vec<Attachment>>,
}

impl Journal {
    pub(crate) fn new(info: BookInfo) -> Self {
        let mut journal = Self {
            accounts: Vec::new(),
            account_ids: HashMap::new(),
            currencies: Vec::new(),
            currency_ids: HashMap::new(),
            digits: Vec::new(),
            taxes: BTreeMap::new(),
            rates: BTreeMap::new(),
            entries: Vec::new(),
            order: Vec::new(),
            locked: None,
            imported: HashSet::new(),
            attachments: BTreeMap::new(),
            info,
        };
        let base = journal.info.currency.clone();
        journal.intern(&base);
        journal
    }

    /// What the book is.
    #[must_use]
    pub fn info(&self) -> &BookInfo {
        &self.info
    }

    /// The chart, in the order in which accounts were added.
    #[must_use]
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// Accounts with where they stand, as statements list them: by class, then as they were added.
    pub(crate) fn chart(&self) -> Vec<(AccountId, &Account)> {
        let mut chart: Vec<_> = (0..).map(AccountId).zip(&self.accounts).collect();
        chart.sort_by_key(|(id, account)| (account.class, *id));
        chart
    }

    /// An account by where it stands.
    #[must_use]
    pub fn account(&self, id: AccountId) -> &Account {
        &self.accounts[id.0 as usize]
    }

    /// Where an account stands, by its name.
    #[must_use]
    pub fn account_id(&self, name: &str) -> Option<AccountId> {
        self.account_ids.get(name).copied()
    }

    /// The first account with a role.
    #[must_use]
    pub fn account_with(&self, role: Role) -> Option<&Account> {
        self.accounts.iter().find(|account| account.role == role)
    }

    /// What balances from before the book come from: the account that there is for it, or the one to
    /// make.
    #[must_use]
    pub fn opening_account(&self) -> Account {
        let is_it = |account: &&Account| {
            let name = account.name.to_lowercase();
            account.class == Class::Equity && (name.contains("opening") || name.contains("期初"))
        };
        let known = self.accounts.iter().find(is_it);
        known
            .cloned()
            .unwrap_or_else(|| Account::named(OPENING, Class::Equity))
    }

    /// The code of a currency.
    #[must_use]
    pub fn currency(&self, id: CurrencyId) -> &str {
        &self.currencies[usize::from(id.0)]
    }

    /// How many digits after the point its figures are shown with.
    #[must_use]
    pub fn digits(&self, id: CurrencyId) -> u32 {
        self.digits[usize::from(id.0)]
    }

    /// Where a currency stands.
    #[must_use]
    pub fn currency_id(&self, name: &str) -> Option<CurrencyId> {
        self.currency_ids.get(name).copied()
    }

    /// Every currency that was ever used, the book's own first.
    #[must_use]
    pub fn currencies(&self) -> &[String] {
        &self.currencies
    }

    /// The codes of tax.
    pub fn taxes(&self) -> impl Iterator<Item = &TaxCode> {
        self.taxes.values()
    }

    /// A code of tax.
    #[must_use]
    pub fn tax(&self, code: &str) -> Option<&TaxCode> {
        self.taxes.get(code)
    }

    /// What one unit of a currency is worth in the book's own on a day, by the last rate until then.
    #[must_use]
    pub fn rate(&self, currency: &str, day: Date) -> Option<Decimal> {
        self.rate_with(&[], currency, day)
    }

    /// The same with rates that are about to be written.
    pub(crate) fn rate_with(&self, new: &[Rate], currency: &str, day: Date) -> Option<Decimal> {
        if currency == self.info.currency {
            return Some(Decimal::ONE);
        }
        let kept = self.rates.get(currency);
        let kept = kept.and_then(|rates| rates.range(..=day).next_back());
        let kept = kept.map(|(of, rate)| (*of, *rate));
        let new = new
            .iter()
            .filter(|rate| rate.currency == currency && rate.date <= day)
            .filter_map(|rate| Some((rate.date, money::parse(&rate.rate).ok()?)));
        // Of two of one day the later one counts, as it does once both are written.
        kept.into_iter()
            .chain(new)
            .max_by_key(|(of, _)| *of)
            .map(|(_, rate)| rate)
    }

    /// Every rate: currency, day, and what it was worth in the book's own.
    pub fn rates(&self) -> impl Iterator<Item = (&str, Date, Decimal)> {
        self.rates.iter().flat_map(|(currency, rates)| {
            rates
                .iter()
                .map(move |(day, rate)| (currency.as_str(), *day, *rate))
        })
    }

    /// The entries in the order of posting; number 1 is the first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry by its number.
    #[must_use]
    pub fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries.get((number as usize).checked_sub(1)?)
    }

    /// The entries of a period by date.
    pub fn within(&self, period: Period) -> impl DoubleEndedIterator<Item = &Entry> {
        let first = self.before(period.from);
        let end = self
            .order
            .partition_point(|place| self.entries[*place as usize].date <= period.to);
        self.order[first..end.max(first)]
            .iter()
            .map(|place| &self.entries[*place as usize])
    }

    /// The entries before a day by date.
    pub(crate) fn until(&self, day: Date) -> impl Iterator<Item = &Entry> {
        self.order[..self.before(day)]
            .iter()
            .map(|place| &self.entries[*place as usize])
    }

    fn before(&self, day: Date) -> usize {
        self.order
            .partition_point(|place| self.entries[*place as usize].date < day)
    }

    /// From the first entry's day to the last one's.
    #[must_use]
    pub fn span(&self) -> Option<Period> {
        let date = |place: &u32| self.entries[*place as usize].date;
        Some(Period {
            from: date(self.order.first()?),
            to: date(self.order.last()?),
        })
    }

    /// The last day that is locked.
    #[must_use]
    pub fn locked(&self) -> Option<Date> {
        self.locked
    }

    /// Whether a transaction with that mark was taken in.
    #[must_use]
    pub fn has_imported(&self, mark: &str) -> bool {
        self.imported.contains(mark)
    }

    /// The files of an entry, in the order in which they were attached.
    #[must_use]
    pub fn attachments(&self, entry: u32) -> &[Attachment] {
        self.attachments.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// The files of all entries, by number.
    pub fn all_attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.values().flatten()
    }

    /// Takes up one record; a clause that says why not where it cannot be.
    pub(crate) fn apply(&mut self, record: Record<'_>) -> Result<(), &'static str> {
        match record {
            Record::Book(_) => return Err("says a second time what the book is"),
            Record::Account(account) => self.add_account(account),
            Record::Tax(tax) => {
                self.taxes.insert(tax.code.clone(), tax);
            }
            Record::Rate(rate) => self.add_rate(rate)?,
            Record::Lock(day) => self.locked = day,
            Record::Entry(entry) => self.add_entry(entry)?,
            Record::Attachment(file) => self.attach(file)?,
        }
        Ok(())
    }

    /// After a batch of records.
    pub(crate) fn sort(&mut self) {
        let entries = &self.entries;
        let from = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        let to = u32::try_from(entries.len()).unwrap_or(u32::MAX);
        self.order.extend(from..to);
        self.order
            .sort_by_key(|place| (entries[*place as usize].date, *place));
    }

    fn attach(&mut self, file: Attachment) -> Result<(), &'static str> {
        if self.entry(file.entry).is_none() {
            return Err("attaches a file to an entry that is not there");
        }
        self.attachments.entry(file.entry).or_default().push(file);
        Ok(())
    }

    fn add_account(&mut self, account: Account) {
        if let Some(id) = self.account_ids.get(&account.name) {
            self.accounts[id.0 as usize] = account;
            return;
        }
        let id = AccountId(u32::try_from(self.accounts.len()).unwrap_or(u32::MAX));
        self.account_ids.insert(account.name.clone(), id);
        self.accounts.push(account);
    }

    fn add_rate(&mut self, rate: Rate) -> Result<(), &'static str> {
        let amount = money::parse(&rate.rate).map_err(|_| "has a rate that is no number")?;
        self.rates
            .entry(rate.currency)
            .or_default()
            .insert(rate.date, amount);
        Ok(())
    }

    fn intern(&mut self, currency: &str) -> CurrencyId {
        if let Some(id) = self.currency_ids.get(currency) {
            return *id;
        }
        let id = CurrencyId(u16::try_from(self.currencies.len()).unwrap_or(u16::MAX));
        self.currencies.push(currency.to_owned());
        self.digits.push(money::shown_digits(currency));
        self.currency_ids.insert(currency.to_owned(), id);
        id
    }

    fn widen(&mut self, currency: CurrencyId, amount: Decimal) {
        let digits = &mut self.digits[usize::from(currency.0)];
        *digits = amount.scale().max(*digits);
    }

    fn add_entry(&mut self, record: EntryRecord<'_>) -> Result<(), &'static str> {
        if record.number as usize != self.entries.len() + 1 {
            return Err("has an entry out of number");
        }
        let mut postings = Vec::with_capacity(record.postings.len());
        for posting in record.postings {
            postings.push(self.posting(&posting)?);
        }
        if !is_balanced(&postings) {
            return Err("has an entry that does not balance");
        }
        let mut is_closing = record.origin == Origin::Closing;
        match &record.origin {
            Origin::Reversal(of) => {
                let number = record.number;
                let undone = (*of as usize)
                    .checked_sub(1)
                    .and_then(|place| self.entries.get_mut(place))
                    .ok_or("undoes an entry that is not there")?;
                undone.reversed_by = Some(number);
                is_closing = undone.is_closing;
            }
            Origin::Imported(mark) => {
                self.imported.insert(mark.clone());
            }
            _ => {}
        }
        self.entries.push(Entry {
            number: record.number,
            date: record.date,
            description: record.description.into_owned(),
            counterparty: record.counterparty.into_owned(),
            postings,
            tax: record.tax,
            tags: record.tags,
            note: record.note.into_owned(),
            source: record.source.into_owned(),
            run: record.run,
            origin: record.origin,
            reversed_by: None,
            is_closing,
        });
        Ok(())
    }

    fn posting(&mut self, record: &PostingRecord<'_>) -> Result<Posting, &'static str> {
        let account = *self
            .account_ids
            .get(record.account.as_ref())
            .ok_or("has an account that is not in the chart")?;
        let decimal =
            |text: &str| money::parse(text).map_err(|_| "has an amount that is no number");
        let amount = decimal(&record.amount)?;
        let currency = self.intern(&record.currency);
        let (value, value_currency) = match &record.value {
            Some((value, of)) => (decimal(value)?, self.intern(of)),
            None => (amount, currency),
        };
        self.widen(currency, amount);
        self.widen(value_currency, value);
        Ok(Posting {
            account,
            amount,
            currency,
            value,
            value_currency,
        })
    }
}

fn is_balanced(postings: &[Posting]) -> bool {
    // Nearly every entry is in one currency.
    let first = postings.first().map(|posting| posting.value_currency);
    if postings
        .iter()
        .all(|posting| Some(posting.value_currency) == first)
    {
        let sum: Decimal = postings.iter().map(|posting| posting.value).sum();
        return sum.is_zero();
    }
    let mut sums: HashMap<CurrencyId, Decimal> = HashMap::new();
    for posting in postings {
        *sums.entry(posting.value_currency).or_default() += posting.value;
    }
    sums.values().all(Decimal::is_zero)
}
