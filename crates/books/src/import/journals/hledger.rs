//! hledger's journal format.

use jiff::civil::Date;

use super::{Loose, amount, settled};
use crate::account::{Account, Class};
use crate::entry::{Draft, Origin};
use crate::import::{File, dates};
use crate::{ImportError, Role};

pub(in crate::import) fn read(text: &str) -> Result<File, ImportError> {
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(line.trim_end(), number)?;
    }
    reader.end_entry()?;
    if reader.file.entries.is_empty() && reader.file.accounts.is_empty() {
        return Err(ImportError::Missing("transaction"));
    }
    Ok(reader.file)
}

#[derive(Default)]
struct Reader {
    file: File,
    /// The entry that is being read: itself, its postings, its line.
    entry: Option<(Draft, Vec<Loose>, usize)>,
    is_comment: bool,
    /// Inside of something that is left out: a rule, a directive's own lines.
    is_skipped: bool,
    year: Option<i16>,
    skipped_rules: bool,
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), ImportError> {
        if self.is_comment {
            self.is_comment = line.trim() != "end comment";
            return Ok(());
        }
        let is_indented = line.starts_with([' ', '\t']);
        if line.trim().is_empty() || (!is_indented && line.starts_with([';', '#', '*', '%', '|'])) {
            if line.trim().is_empty() {
                self.end_entry()?;
                self.is_skipped = false;
            }
            return Ok(());
        }
        if is_indented {
            return self.indented(line.trim(), number);
        }
        self.end_entry()?;
        self.is_skipped = false;
        let place = crate::import::line(number);
        if line.starts_with(|letter: char| letter.is_ascii_digit()) {
            let entry = self.headline(line, &place)?;
            self.entry = Some((entry, Vec::new(), number));
            return Ok(());
        }
        self.directive(line, &place)
    }

    fn directive(&mut self, line: &str, place: &str) -> Result<(), ImportError> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "comment" | "test" => self.is_comment = true,
            "account" => self.account(rest),
            "P" => self.price(rest, place)?,
            "Y" | "year" => self.year = rest.parse().ok(),
            "~" | "=" => {
                self.is_skipped = true;
                self.skip_rule();
            }
            "include" | "apply" | "alias" | "D" => {
                let what = if word == "D" {
                    "a default currency"
                } else {
                    word
                };
                return Err(ImportError::at(
                    place,
                    format!("{what} is not read: write it out with `hledger print` first"),
                ));
            }
            _ if word.starts_with(['~', '=']) => {
                self.is_skipped = true;
                self.skip_rule();
            }
            _ => self.is_skipped = true,
        }
        Ok(())
    }

    fn skip_rule(&mut self) {
        if !self.skipped_rules {
            self.skipped_rules = true;
            let note = "Rules for automatic and periodic entries were left out.";
            self.file.notes.push(note.to_owned());
        }
    }

    fn account(&mut self, rest: &str) {
        let (name, comment) = rest.split_once(';').unwrap_or((rest, ""));
        let name = name.split("  ").next().unwrap_or(name).trim();
        let kind = comment
            .split("type:")
            .nth(1)
            .map(|kind| kind.trim_start().chars().next());
        let class = match kind.flatten() {
            Some('A' | 'C' | 'a' | 'c') => Some(Class::Asset),
            Some('L' | 'l') => Some(Class::Liability),
            Some('E' | 'V' | 'e') => Some(Class::Equity),
            Some('R' | 'I' | 'r') => Some(Class::Income),
            Some('X' | 'x') => Some(Class::Expense),
            _ => Class::by_root(name),
        };
        if let Some(class) = class {
            let mut account = Account::named(name, class);
            if matches!(kind.flatten(), Some('C' | 'c')) {
                account.role = Role::Cash;
            }
            self.file.accounts.push(account);
        }
    }

    fn price(&mut self, rest: &str, place: &str) -> Result<(), ImportError> {
        let wrong = || ImportError::at(place, format!("{rest} is not a rate"));
        let (day, rest_of) = rest.split_once(char::is_whitespace).ok_or_else(wrong)?;
        let day = self.day(day).ok_or_else(wrong)?;
        let rest_of = rest_of.trim();
        // A time may stand between.
        let rest_of = match rest_of.split_once(char::is_whitespace) {
            Some((time, after)) if time.contains(':') => after.trim(),
            _ => rest_of,
        };
        let (currency, price) = match rest_of.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or_else(wrong)?,
            None => rest_of.split_once(char::is_whitespace).ok_or_else(wrong)?,
        };
        let (rate, of, _) = amount::parse(price).ok_or_else(wrong)?;
        self.file.rates.push((day, currency.to_owned(), rate, of));
        Ok(())
    }

    fn day(&self, text: &str) -> Option<Date> {
        let text = text.split('=').next()?;
        dates::date(text, dates::Order::Year).or_else(|| {
            let (month, day) = text.split_once(['-', '/', '.'])?;
            Date::new(self.year?, month.parse().ok()?, day.parse().ok()?).ok()
        })
    }

    fn headline(&self, line: &str, place: &str) -> Result<Draft, ImportError> {
        let (date, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let date = self
            .day(date)
            .ok_or_else(|| ImportError::at(place, format!("{date} is not a date with a year")))?;
        let (rest, comment) = rest.split_once(';').unwrap_or((rest, ""));
        let mut rest = rest.trim().trim_start_matches(['*', '!']).trim();
        if let Some(code) = rest.strip_prefix('(') {
            rest = code.split_once(')').map_or(rest, |(_, rest)| rest.trim());
        }
        let (counterparty, description) = match rest.split_once('|') {
            Some((payee, note)) => (payee.trim(), note.trim()),
            None => ("", rest),
        };
        Ok(Draft {
            date,
            description: description.to_owned(),
            counterparty: counterparty.to_owned(),
            note: comment.trim().to_owned(),
            ..Draft::default()
        })
    }

    fn indented(&mut self, line: &str, number: usize) -> Result<(), ImportError> {
        if self.is_skipped {
            return Ok(());
        }
        let Some((entry, postings, _)) = &mut self.entry else {
            return Ok(());
        };
        let place = crate::import::line(number);
        if let Some(comment) = line.strip_prefix(';') {
            let comment = comment.trim();
            if comment == "closing:" {
                entry.origin = Origin::Closing;
            } else {
                if !entry.note.is_empty() {
                    entry.note.push('\n');
                }
                entry.note.push_str(comment);
            }
            return Ok(());
        }
        let line = line.trim_start_matches(['*', '!']).trim();
        let end = line
            .find("  ")
            .or_else(|| line.find('\t'))
            .unwrap_or(line.len());
        let (account, rest) = (line[..end].trim(), line[end..].trim());
        let account = account.split(';').next().unwrap_or(account).trim();
        if account.starts_with('(') && account.ends_with(')') {
            let note = format!("{place}: a posting without a counterpart was left out.");
            self.file.notes.push(note);
            return Ok(());
        }
        let account = account.trim_start_matches('[').trim_end_matches(']');
        let rest = rest.split(';').next().unwrap_or(rest).trim();
        let posting = loose(account, rest)
            .ok_or_else(|| ImportError::at(place.as_str(), format!("{rest} is not an amount")))?;
        if posting.amount.is_none() && rest.starts_with('=') {
            return Err(ImportError::at(
                place,
                "an amount is given by the balance it leads to: write it out with `hledger print -x` first",
            ));
        }
        postings.push(posting);
        Ok(())
    }

    fn end_entry(&mut self) -> Result<(), ImportError> {
        let Some((mut entry, postings, number)) = self.entry.take() else {
            return Ok(());
        };
        let place = crate::import::line(number);
        entry.postings = settled(postings, &place)?;
        for posting in &entry.postings {
            let is_known = self
                .file
                .accounts
                .iter()
                .any(|account| account.name == posting.account);
            if !is_known {
                let class = Class::by_root(&posting.account).unwrap_or_else(|| {
                    let note = format!(
                        "What kind of account {} is cannot be told; it was taken for an asset.",
                        posting.account
                    );
                    self.file.notes.push(note);
                    Class::Asset
                });
                self.file
                    .accounts
                    .push(Account::named(&posting.account, class));
            }
        }
        if entry
            .postings
            .iter()
            .any(|posting| !posting.amount.is_zero())
        {
            self.file.entries.push(entry);
        } else {
            self.file
                .notes
                .push(format!("{place}: an entry without amounts was left out."));
        }
        Ok(())
    }
}

/// A posting by its account and what stands beside it.
fn loose(account: &str, rest: &str) -> Option<Loose> {
    let rest = match rest.find('=') {
        Some(assertion) => rest[..assertion].trim(),
        None => rest,
    };
    if rest.is_empty() {
        return Some(Loose {
            account: account.to_owned(),
            amount: None,
            worth: None,
        });
    }
    let (figure, currency, mut after) = amount::parse(rest)?;
    let mut cost = None;
    if let Some(lot) = after.strip_prefix('{') {
        let (lot, behind) = lot.split_once('}')?;
        let (price, of, _) = amount::parse(lot.trim_start_matches(['=', '{']))?;
        cost = Some((figure * price, of));
        after = behind.trim_start_matches('}').trim();
    }
    // Dates and notes of lots.
    while after.starts_with('[') || after.starts_with('(') {
        after = after.split_once([']', ')'])?.1.trim();
    }
    let worth = if let Some(total) = after.strip_prefix("@@") {
        let (total, of, _) = amount::parse(total)?;
        let sign = if figure.is_sign_negative() {
            -total.abs()
        } else {
            total.abs()
        };
        Some((sign, of))
    } else if let Some(price) = after.strip_prefix('@') {
        let (price, of, _) = amount::parse(price)?;
        Some((figure * price, of))
    } else if after.is_empty() {
        None
    } else {
        return None;
    };
    Some(Loose {
        account: account.to_owned(),
        amount: Some((figure, currency)),
        worth: cost.or(worth),
    })
}
