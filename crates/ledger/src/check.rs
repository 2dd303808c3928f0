//! What is checked about proposed entries before they are shown. None of it trusts how they were made.

use assistant::Check;
use assistant::artifact::BooksResult;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::chart::Chart;

/// Whether every entry adds up to nothing in each currency, to the last unit.
pub fn balances(books: &BooksResult) -> Check {
    let crooked = books.entries.iter().filter(|entry| {
        let mut sums: Vec<(&str, Decimal)> = Vec::new();
        let mut is_readable = entry.postings.len() >= 2;
        for posting in &entry.postings {
            match posting.amount.parse::<Decimal>() {
                Ok(amount) => match sums.iter_mut().find(|sum| sum.0 == posting.currency) {
                    Some(sum) => sum.1 += amount,
                    None => sums.push((&posting.currency, amount)),
                },
                Err(_) => is_readable = false,
            }
        }
        !is_readable || sums.iter().any(|sum| !sum.1.is_zero())
    });
    let crooked: Vec<&str> = crooked.map(|entry| entry.source.as_str()).collect();
    verdict("balances", books.entries.len(), &crooked)
}

/// Whether every posting is to an account of the chart.
pub fn accounts(books: &BooksResult, chart: &Chart) -> Check {
    let strange: Vec<&str> = books
        .entries
        .iter()
        .flat_map(|entry| &entry.postings)
        .map(|posting| posting.account.as_str())
        .filter(|account| chart.account(account).is_none())
        .collect();
    verdict("accounts", books.entries.len(), &strange)
}

/// Whether every date is a day of the calendar, and one that is ahead of today is marked as doubted.
pub fn dates(books: &BooksResult, today: Date) -> Check {
    let strange: Vec<&str> = books
        .entries
        .iter()
        .filter(|entry| {
            let is_doubted = entry.doubts.iter().any(|doubt| doubt.field == "date");
            match entry.date.parse::<Date>() {
                Ok(date) => date > today && !is_doubted,
                Err(_) => true,
            }
        })
        .map(|entry| entry.date.as_str())
        .collect();
    verdict("dates", books.entries.len(), &strange)
}

/// Whether every sum of the text is in an entry or listed as left over. `sums` are the sums as they
/// were written, in order; the sources and leftovers are cut from the same text.
pub fn amounts(books: &BooksResult, sums: &[String]) -> Check {
    let mut pieces: Vec<&str> = books
        .entries
        .iter()
        .map(|entry| entry.source.as_str())
        .collect();
    pieces.extend(
        books
            .unresolved
            .iter()
            .map(|leftover| leftover.source.as_str()),
    );
    let lost: Vec<&str> = sums
        .iter()
        .map(String::as_str)
        .filter(|sum| !pieces.iter().any(|piece| piece.contains(sum)))
        .collect();
    verdict("amounts", sums.len(), &lost)
}

fn verdict(name: &str, count: usize, wrong: &[&str]) -> Check {
    match wrong {
        [] => Check::passed(name, count.to_string()),
        wrong => Check::failed(name, wrong.join("; ")),
    }
}
