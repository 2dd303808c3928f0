//! SWIFT MT940 and MT942, with the liberties that banks take.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{Balance, File, Statement, Transaction, dates};
use crate::ImportError;

/// The tag that a line begins with, and the rest of the line.
fn tag(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start_matches(['-', ' ']).strip_prefix(':')?;
    let (tag, rest) = rest.split_once(':')?;
    let bytes = tag.as_bytes();
    let is_tag = match bytes {
        [first, second] => first.is_ascii_digit() && second.is_ascii_digit() || tag == "NS",
        [first, second, letter] => {
            first.is_ascii_digit() && second.is_ascii_digit() && letter.is_ascii_uppercase()
        }
        _ => false,
    };
    is_tag.then_some((tag, rest))
}

pub(super) fn recognises(begin: &str) -> bool {
    begin.lines().take(40).any(|line| {
        tag(line).is_some_and(|(tag, _)| {
            matches!(
                tag,
                "20" | "25" | "28" | "28C" | "60F" | "60M" | "61" | "62F" | "62M" | "86"
            )
        })
    })
}

pub(super) fn read(text: &str) -> Result<File, ImportError> {
    let mut reader = Reader::default();
    // A field goes on over lines until the next one begins.
    let mut field: Option<(&str, String, usize)> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end_matches('\r');
        if let Some((tag, rest)) = tag(line) {
            if let Some((tag, content, number)) = field.take() {
                reader.take(tag, content.trim_end(), number)?;
            }
            field = Some((tag, rest.to_owned(), number));
        } else if matches!(line.trim(), "-" | "-}" | "--" | "---") || line.starts_with("-}{") {
            if let Some((tag, content, number)) = field.take() {
                reader.take(tag, content.trim_end(), number)?;
            }
        } else if let Some((_, content, _)) = &mut field {
            content.push('\n');
            content.push_str(line);
        }
    }
    if let Some((tag, content, number)) = field {
        reader.take(tag, content.trim_end(), number)?;
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    file: File,
    statement: Statement,
    /// Whether anything of the statement has come.
    is_begun: bool,
    /// Whether what is written now is about the last transaction.
    is_open: bool,
}

impl Reader {
    fn take(&mut self, tag: &str, content: &str, number: usize) -> Result<(), ImportError> {
        let place = || super::line(number);
        match tag {
            "20" => {
                self.end();
                self.is_begun = true;
                return Ok(());
            }
            "25" => content.trim().clone_into(&mut self.statement.account),
            "60F" | "60M" => {
                let (balance, currency) = balance(content).ok_or_else(|| {
                    ImportError::at(place(), format!("{content} is not a balance"))
                })?;
                self.statement.opening = Some(balance);
                self.statement.currency = currency;
            }
            "62F" | "62M" => {
                let (balance, currency) = balance(content).ok_or_else(|| {
                    ImportError::at(place(), format!("{content} is not a balance"))
                })?;
                self.statement.closing = Some(balance);
                self.statement.currency = currency;
                self.is_open = false;
            }
            // What MT942 has in place of balances: from which amount on it tells, with a currency.
            "34F" if self.statement.currency.is_empty() => {
                self.statement.currency = content.trim().chars().take(3).collect();
            }
            "61" => {
                let transaction = transaction(content).ok_or_else(|| {
                    let first = content.lines().next().unwrap_or_default();
                    ImportError::at(place(), format!("{first} is not a transaction"))
                })?;
                self.statement.transactions.push(transaction);
                self.is_open = true;
            }
            "86" if self.is_open => {
                if let Some(transaction) = self.statement.transactions.last_mut() {
                    describe(transaction, content);
                }
            }
            "NS" if self.is_open => {
                if let Some(transaction) = self.statement.transactions.last_mut() {
                    add_memo(transaction, &content.replace('\n', " "));
                }
            }
            _ => {}
        }
        self.is_begun = true;
        Ok(())
    }

    fn end(&mut self) {
        if self.is_begun {
            self.file
                .statements
                .push(std::mem::take(&mut self.statement));
        }
        self.is_begun = false;
        self.is_open = false;
    }

    fn finish(mut self) -> Result<File, ImportError> {
        self.end();
        // The currency of the pages that do not name one is that of the others.
        let currency = self
            .file
            .statements
            .iter()
            .map(|statement| statement.currency.clone())
            .find(|currency| !currency.is_empty())
            .unwrap_or_default();
        for statement in &mut self.file.statements {
            if statement.currency.is_empty() {
                statement.currency.clone_from(&currency);
            }
        }
        if self.file.statements.is_empty() {
            return Err(ImportError::Missing("statement of an account"));
        }
        Ok(self.file)
    }
}

/// `YYMMDD`.
fn day(digits: &str) -> Option<Date> {
    let number = |at: usize| digits.get(at..at + 2)?.parse::<i16>().ok();
    let year = number(0)?;
    let year = if year < 70 { 2000 + year } else { 1900 + year };
    Date::new(
        year,
        i8::try_from(number(2)?).ok()?,
        i8::try_from(number(4)?).ok()?,
    )
    .ok()
}

fn amount(text: &str) -> Option<Decimal> {
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    dates::amount(&text.replace(',', ".").replace("..", ".")).or_else(|| {
        // Noughts before the number.
        dates::amount(text)
    })
}

/// `C` or `D`, day, currency, amount.
fn balance(content: &str) -> Option<(Balance, String)> {
    let content = content.trim();
    let is_debit = match content.chars().next()? {
        'C' => false,
        'D' => true,
        _ => return None,
    };
    let date = day(content.get(1..7)?)?;
    let currency = content.get(7..10)?;
    let figure: String = content
        .get(10..)?
        .chars()
        .take_while(|letter| letter.is_ascii_digit() || *letter == ',' || *letter == '.')
        .collect();
    let amount = amount(&figure)?;
    let balance = Balance {
        date: Some(date),
        amount: if is_debit { -amount } else { amount },
    };
    Some((balance, currency.to_owned()))
}

fn transaction(content: &str) -> Option<Transaction> {
    let date = day(content.get(..6)?)?;
    let mut rest = &content[6..];
    // The day of booking, without a year.
    if rest.get(..4)?.bytes().all(|byte| byte.is_ascii_digit()) {
        rest = &rest[4..];
    }
    let (sign, after) = match rest.as_bytes() {
        [b'R', b'C', ..] => (-1, &rest[2..]),
        [b'R', b'D', ..] => (1, &rest[2..]),
        [b'C', ..] => (1, &rest[1..]),
        [b'D', ..] => (-1, &rest[1..]),
        _ => return None,
    };
    let after = after.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let after = after.trim_start_matches(['\n', ' ']);
    let length = after
        .find(|letter: char| !letter.is_ascii_digit() && letter != ',')
        .unwrap_or(after.len());
    let amount = amount(&after[..length])?;
    let after = &after[length..];
    let (first, more) = after.split_once('\n').unwrap_or((after, ""));
    let kind: String = first.chars().take(4).collect();
    let references = &first[kind.len()..];
    let (own, bank) = references.split_once("//").unwrap_or((references, ""));
    let is_mark = |text: &&str| !text.is_empty() && *text != "NONREF";
    let id = [bank.trim(), own.trim()].into_iter().find(is_mark);
    Some(Transaction {
        date,
        amount: amount * Decimal::from(sign),
        kind: kind.trim().to_owned(),
        id: id.unwrap_or_default().to_owned(),
        memo: more.trim().to_owned(),
        ..Transaction::default()
    })
}

fn add_memo(transaction: &mut Transaction, text: &str) {
    let text = text.trim();
    if text.is_empty() {
        return;
    }
    if !transaction.memo.is_empty() {
        transaction.memo.push(' ');
    }
    transaction.memo.push_str(text);
}

/// What is written about a transaction: fields of two digits behind a sign, as German, Austrian and
/// Dutch banks have them, or plain words.
fn describe(transaction: &mut Transaction, content: &str) {
    let sign = match content.get(3..4) {
        Some(sign @ ("?" | ">" | "<" | "~"))
            if content.as_bytes()[..3].iter().all(u8::is_ascii_digit) =>
        {
            sign
        }
        _ => {
            add_memo(transaction, &content.replace('\n', " "));
            return;
        }
    };
    let content = content.replace('\n', "");
    let mut name = String::new();
    let mut purpose = String::new();
    let mut kind = String::new();
    for field in content[4..].split(sign) {
        let Some((number, text)) = field.split_at_checked(2) else {
            continue;
        };
        match number {
            "00" => text.clone_into(&mut kind),
            "32" | "33" => name.push_str(text),
            number if ("20".."30").contains(&number) || ("60".."64").contains(&number) => {
                purpose.push_str(text);
            }
            _ => {}
        }
    }
    name.trim().clone_into(&mut transaction.payee);
    add_memo(transaction, &purpose);
    if !kind.is_empty() {
        transaction.kind = kind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_line_is_read_with_all_its_liberties() {
        let cases = [
            (
                "0709070904CR50990,05NTRFNONREF//0724710333343453",
                "2007-09-07 50990.05 0724710333343453",
            ),
            ("110701CN50,00NZ10NONREF", "2011-07-01 50.00 "),
            ("1710111011DF2402,00S   X", "2017-10-11 -2402.00 X"),
            (
                "110527D000000001213,28N0440121470966      W.P.",
                "2011-05-27 -1213.28 0121470966      W.P.",
            ),
            ("100722RC1,5NTRF", "2010-07-22 -1.5 "),
            ("140507C500,NTRFNONREF//B4E", "2014-05-07 500 B4E"),
        ];
        for (line, expected) in cases {
            let read = transaction(line).unwrap();
            let line = format!("{} {} {}", read.date, read.amount, read.id);
            assert_eq!(line, expected);
        }
        for line in ["", "x", "100722X1,5", "101322C1,5NTRF", "100722CNTRF"] {
            assert!(transaction(line).is_none(), "{line}");
        }
    }

    #[test]
    fn fields_behind_signs_are_told_apart() {
        let mut read = Transaction::default();
        describe(
            &mut read,
            "166?00GUTSCHRIFT?100399?20EREF+?21Miete\n Mai?32KARL?33 KAUFMANN",
        );
        assert_eq!(
            (read.payee.as_str(), read.memo.as_str()),
            ("KARL KAUFMANN", "EREF+Miete Mai")
        );
    }
}
