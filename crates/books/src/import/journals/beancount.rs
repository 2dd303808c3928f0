//! beancount's format.

use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Loose, settled};
use crate::account::{Account, Class};
use crate::entry::Draft;
use crate::import::{File, dates};
use crate::{ImportError, money};

pub(in crate::import) fn read(text: &str) -> Result<File, ImportError> {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(line.trim_end(), number)?;
    }
    reader.end_entry()?;
    if reader.file.entries.is_empty() && reader.file.accounts.is_empty() {
        return Err(ImportError::Missing("transaction"));
    }
    Ok(reader.finish())
}

#[derive(Default)]
struct Reader {
    file: File,
    entry: Option<(Draft, Vec<Loose>, usize)>,
    /// The account or commodity that lines below are about.
    subject: Subject,
    accounts: HashMap<String, String>,
    commodities: HashMap<String, String>,
}

#[derive(Default)]
enum Subject {
    #[default]
    Nothing,
    Account(String),
    Commodity(String),
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), ImportError> {
        if line.trim().is_empty() {
            return self.end_entry();
        }
        let is_indented = line.starts_with([' ', '\t']);
        let line = without_comment(line);
        if line.trim().is_empty() {
            return Ok(());
        }
        let place = crate::import::line(number);
        if is_indented {
            return self.indented(line.trim(), &place);
        }
        self.end_entry()?;
        self.subject = Subject::Nothing;
        let Some(date) = dates::iso(&line.replace('/', "-")) else {
            return self.undated(line, &place);
        };
        let rest = line[10..].trim();
        let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        self.dated(date, word, rest.trim(), number)
    }

    /// Options and headings of org-mode; what pulls in more is refused.
    fn undated(&self, line: &str, place: &str) -> Result<(), ImportError> {
        match line.split_whitespace().next() {
            Some("include") => Err(ImportError::at(
                place,
                "include is not read: put the files into one first",
            )),
            _ => Ok(()),
        }
    }

    fn dated(
        &mut self,
        date: Date,
        word: &str,
        rest: &str,
        number: usize,
    ) -> Result<(), ImportError> {
        let place = crate::import::line(number);
        match word {
            "open" => {
                let name = rest.split_whitespace().next().unwrap_or_default();
                let class = Class::by_root(name).ok_or_else(|| {
                    ImportError::at(place.as_str(), format!("{name} is not an account"))
                })?;
                self.file.accounts.push(Account::named(name, class));
                self.subject = Subject::Account(name.to_owned());
            }
            "commodity" => self.subject = Subject::Commodity(rest.to_owned()),
            "price" => {
                let (currency, rate, of) = price(rest)
                    .ok_or_else(|| ImportError::at(place, format!("{rest} is not a price")))?;
                let price = (date, currency, rate, of);
                self.file.rates.push(price);
            }
            "pad" => {
                return Err(ImportError::at(
                    place,
                    "a pad makes entries that are not written; write them out first",
                ));
            }
            "*" | "!" | "txn" | "P" => {
                let entry = headline(date, rest);
                self.entry = Some((entry, Vec::new(), number));
            }
            _ if rest.starts_with('"') || word.starts_with('"') => {
                return Err(ImportError::at(place, format!("{word} is not a directive")));
            }
            _ => {}
        }
        Ok(())
    }

    fn indented(&mut self, line: &str, place: &str) -> Result<(), ImportError> {
        if let Some((key, value)) = line.split_once(':')
            && key.starts_with(|letter: char| letter.is_ascii_lowercase())
        {
            self.fact(key, unquoted(value.trim()));
            return Ok(());
        }
        let Some((_, postings, _)) = &mut self.entry else {
            return Ok(());
        };
        let line = line.trim_start_matches(['*', '!']).trim();
        let (account, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if Class::by_root(account).is_none() {
            return if account.starts_with(['#', '^']) {
                Ok(())
            } else {
                Err(ImportError::at(
                    place,
                    format!("{account} is not an account"),
                ))
            };
        }
        let rest = rest.trim();
        let posting = loose(account, rest).ok_or_else(|| {
            ImportError::at(place, format!("{rest} is not an amount that is read"))
        })?;
        postings.push(posting);
        Ok(())
    }

    fn fact(&mut self, key: &str, value: String) {
        match (&self.subject, &mut self.entry) {
            (_, Some((entry, _, _))) => match key {
                "source" => entry.source = value,
                "note" => entry.note = value,
                "tax" => entry.tax = Some(value),
                _ => {}
            },
            (Subject::Account(name), None) if key == "name" => {
                self.accounts.insert(name.clone(), value);
            }
            (Subject::Commodity(name), None) if key == "name" => {
                self.commodities.insert(name.clone(), value);
            }
            _ => {}
        }
    }

    fn end_entry(&mut self) -> Result<(), ImportError> {
        if let Some((mut entry, postings, number)) = self.entry.take() {
            let place = crate::import::line(number);
            entry.postings = settled(postings, &place)?;
            if entry
                .postings
                .iter()
                .any(|posting| !posting.amount.is_zero())
            {
                self.file.entries.push(entry);
            }
        }
        Ok(())
    }

    /// Accounts and commodities get the names back that they had in a book.
    fn finish(mut self) -> File {
        let rename = |name: &mut String, names: &HashMap<String, String>| {
            if let Some(original) = names.get(name) {
                name.clone_from(original);
            }
        };
        for account in &mut self.file.accounts {
            if let Some(original) = self.accounts.get(&account.name) {
                *account = Account::named(original, account.class);
            }
        }
        for posting in self
            .file
            .entries
            .iter_mut()
            .flat_map(|entry| &mut entry.postings)
        {
            rename(&mut posting.account, &self.accounts);
            rename(&mut posting.currency, &self.commodities);
            if let Some((_, currency)) = &mut posting.worth {
                rename(currency, &self.commodities);
            }
        }
        for (_, currency, _, of) in &mut self.file.rates {
            rename(currency, &self.commodities);
            rename(of, &self.commodities);
        }
        self.file
    }
}

/// Currency, worth and its currency.
fn price(rest: &str) -> Option<(String, Decimal, String)> {
    let (currency, price) = rest.split_once(char::is_whitespace)?;
    let (rate, of, _) = amount(price)?;
    Some((currency.to_owned(), rate, of))
}

/// A line up to a semicolon that is not within quotation marks.
fn without_comment(line: &str) -> &str {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (place, letter) in line.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => return &line[..place],
            _ => {}
        }
    }
    line
}

fn unquoted(text: &str) -> String {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let mut plain = String::new();
    let mut letters = inner.unwrap_or(text).chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.extend(letters.next()),
            letter => plain.push(letter),
        }
    }
    plain
}

/// Payee and narration, and tags behind them.
fn headline(date: Date, rest: &str) -> Draft {
    let mut texts = Vec::new();
    let mut behind = rest;
    while let Some(begin) = behind.find('"') {
        let text = &behind[begin + 1..];
        let mut end = None;
        let mut is_escaped = false;
        for (place, letter) in text.char_indices() {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => {
                    end = Some(place);
                    break;
                }
                _ => {}
            }
        }
        let Some(end) = end else { break };
        texts.push(unquoted(&behind[begin..begin + end + 2]));
        behind = &text[end + 1..];
    }
    let description = texts.pop().unwrap_or_default();
    let tags = behind
        .split_whitespace()
        .filter_map(|word| word.strip_prefix('#'));
    Draft {
        date,
        description,
        counterparty: texts.pop().unwrap_or_default(),
        tags: tags.map(str::to_owned).collect(),
        ..Draft::default()
    }
}

/// A number, perhaps a small sum such as `12/3`, a commodity, and what follows.
fn amount(text: &str) -> Option<(Decimal, String, &str)> {
    let text = text.trim();
    let length = text
        .char_indices()
        .take_while(|(_, letter)| letter.is_ascii_digit() || "+-.,*/() ".contains(*letter))
        .map(|(place, letter)| place + letter.len_utf8())
        .last()?;
    let figure: String = text[..length]
        .chars()
        .filter(|letter| *letter != ',' && *letter != ' ')
        .collect();
    let number = match figure.split_once('/') {
        Some((one, other)) => {
            let divided = money::parse(one)
                .ok()?
                .checked_div(money::parse(other).ok()?)?;
            divided.round_dp(money::MOST_DIGITS)
        }
        None => money::parse(&figure).ok()?,
    };
    let rest = text[length..].trim_start();
    let end = rest
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || "'._-".contains(letter)))
        .unwrap_or(rest.len());
    (end > 0).then(|| (number, rest[..end].to_owned(), rest[end..].trim_start()))
}

fn loose(account: &str, rest: &str) -> Option<Loose> {
    if rest.is_empty() {
        return Some(Loose {
            account: account.to_owned(),
            amount: None,
            worth: None,
        });
    }
    let (figure, currency, mut after) = amount(rest)?;
    let mut worth = None;
    if let Some(lot) = after.strip_prefix('{') {
        let is_total = lot.starts_with('{');
        let (lot, behind) = lot.trim_start_matches('{').split_once('}')?;
        let (price, of, _) = amount(lot.split(" # ").next()?)?;
        worth = Some((
            if is_total {
                signed(figure, price)
            } else {
                figure * price
            },
            of,
        ));
        after = behind.trim_start_matches('}').trim();
    }
    if let Some(total) = after.strip_prefix("@@") {
        let (total, of, _) = amount(total)?;
        worth = worth.or(Some((signed(figure, total), of)));
    } else if let Some(price) = after.strip_prefix('@') {
        let (price, of, _) = amount(price)?;
        worth = worth.or(Some((figure * price, of)));
    }
    Some(Loose {
        account: account.to_owned(),
        amount: Some((figure, currency)),
        worth,
    })
}

fn signed(figure: Decimal, total: Decimal) -> Decimal {
    if figure.is_sign_negative() {
        -total.abs()
    } else {
        total.abs()
    }
}
