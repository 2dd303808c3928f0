//! A book month by month, for pictures.

use assistant::Fault;
use books::statements::{Months, plain};
use serde::{Deserialize, Serialize};

use super::BookView;
use crate::Desk;

/// What the months of a period came to, in the book's own currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookMonths {
    /// Currency of all figures.
    pub currency: String,
    /// The months, as `2026-01`.
    pub months: Vec<String>,
    /// What was spent on what, the most first.
    pub spending: Vec<BookSeries>,
    /// Cash at the end of each month.
    pub cash: Vec<String>,
}

/// One figure for each month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct BookSeries {
    /// What they are of.
    pub label: String,
    /// Decimals.
    pub figures: Vec<String>,
}

impl Desk {
    /// What the months of a period came to.
    ///
    /// # Errors
    /// When there is no such book, or the period is none.
    pub async fn book_months(&self, book: &str, view: BookView) -> Result<BookMonths, Fault> {
        self.on_book(book, move |book| {
            let journal = book.journal();
            let period = view.period(journal)?;
            let months = Months::new(journal, period, view.language.into());
            let currency = &journal.info().currency;
            let digits = journal.currency_id(currency).map(|id| journal.digits(id));
            let digits = digits.unwrap_or_default();
            let series = months.spending.iter().map(|(label, spent)| BookSeries {
                label: label.clone(),
                figures: spent.iter().map(|one| plain(*one, digits)).collect(),
            });
            Ok(BookMonths {
                currency: currency.clone(),
                spending: series.collect(),
                cash: months.cash.iter().map(|one| plain(*one, digits)).collect(),
                months: months
                    .months
                    .iter()
                    .map(|month| month.from.strftime("%Y-%m").to_string())
                    .collect(),
            })
        })
        .await
    }
}
