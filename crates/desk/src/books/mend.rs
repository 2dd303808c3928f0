//! Putting something posted where it belongs: what a bank's file could not say, or somebody took wrong.

use std::sync::Arc;

use assistant::Fault;
use ledger::{Correction, Memory as _};

use super::BookPosted;
use super::known::is_of_results;
use crate::Desk;

impl Desk {
    /// Puts what an entry posted to one account into another. The entry is undone and posted anew;
    /// where it is about what was earned or spent, that is remembered for what is told later.
    ///
    /// # Errors
    /// When there is no such book or entry, it does not post to `from`, was undone already, or its
    /// day is locked.
    pub async fn move_posting(
        &self,
        book: &str,
        entry: u32,
        from: &str,
        to: &str,
    ) -> Result<BookPosted, Fault> {
        let (name, from, to) = (book.to_owned(), from.to_owned(), to.trim().to_owned());
        let memory = Arc::clone(&self.memory);
        self.on_book(book, move |book| {
            let entries = book.move_posting(entry, &from, &to)?;
            let moved = book.journal().entry(entry);
            let text = moved.map_or("", |moved| match moved.description.trim() {
                "" => moved.counterparty.trim(),
                description => description,
            });
            let correction = Correction {
                text: text.to_owned(),
                account: to,
            };
            // What was posted stays posted, even if it cannot be learned from.
            let is_learned = !correction.text.is_empty()
                && is_of_results(&correction.account, &[])
                && memory.keep(&name, &correction).is_ok();
            Ok(BookPosted {
                book: name,
                entries,
                learned: u32::from(is_learned),
            })
        })
        .await
    }
}
