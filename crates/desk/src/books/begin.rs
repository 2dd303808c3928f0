//! What a book is told besides what happened: what there was before it, and rates of exchange.

use assistant::Fault;
use books::{BookError, Change, OpeningBalance, Rate, money};
use serde::{Deserialize, Serialize};

use super::BookPosted;
use super::edit::day;
use crate::Desk;

/// What an account held before the book began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookOpening {
    /// Name of the account.
    pub account: String,
    /// Decimal, positive for what one has and for what one owes.
    pub amount: String,
    /// Code of the currency; the book's own when absent.
    #[serde(default)]
    pub currency: Option<String>,
}

impl Desk {
    /// Takes over what there was on a day before the book began, in one entry.
    ///
    /// # Errors
    /// When there is no such book, an amount or the day is none, or an account is about results or
    /// was opened before.
    pub async fn open_balances(
        &self,
        book: &str,
        date: &str,
        balances: Vec<BookOpening>,
    ) -> Result<BookPosted, Fault> {
        let date = day(date)?;
        let name = book.to_owned();
        self.on_book(book, move |book| {
            let base = book.journal().info().currency.clone();
            let balance = |one: BookOpening| {
                Ok(OpeningBalance {
                    amount: money::parse(&one.amount)?,
                    currency: one.currency.unwrap_or_else(|| base.clone()),
                    account: one.account,
                })
            };
            let balances = balances.into_iter().map(balance);
            let balances = balances.collect::<Result<Vec<_>, BookError>>()?;
            let number = book.open_with(date, &balances)?;
            Ok(BookPosted {
                book: name,
                entries: vec![number],
                learned: 0,
            })
        })
        .await
    }

    /// Notes what one unit of a currency is worth in the book's own from a day on. What was posted
    /// before keeps the value that it was posted with.
    ///
    /// # Errors
    /// When there is no such book, or currency, rate or day is none.
    pub async fn set_rate(
        &self,
        book: &str,
        currency: &str,
        rate: &str,
        date: &str,
    ) -> Result<(), Fault> {
        let date = day(date)?;
        let (currency, rate) = (currency.trim().to_uppercase(), rate.trim().to_owned());
        self.on_book(book, move |book| {
            if !money::is_currency(&currency) || currency == book.journal().info().currency {
                return Err(BookError::CurrencyInvalid(currency).into());
            }
            let rates = vec![Rate {
                date,
                currency,
                rate,
            }];
            book.commit(&Change {
                rates,
                ..Change::default()
            })?;
            Ok(())
        })
        .await
    }

    /// Brings what is had and owed in other currencies to the rates of a day; no entry where it is
    /// there already.
    ///
    /// # Errors
    /// When there is no such book, a rate is missing, or the day is locked.
    pub async fn revalue_book(&self, book: &str, date: &str) -> Result<BookPosted, Fault> {
        let date = day(date)?;
        let name = book.to_owned();
        self.on_book(book, move |book| {
            let number = book.revalue(date)?;
            Ok(BookPosted {
                book: name,
                entries: number.into_iter().collect(),
                learned: 0,
            })
        })
        .await
    }
}
