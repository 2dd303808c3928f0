//! Every posting in a row. Texts that a spreadsheet would run as a formula are guarded.

use crate::entry::{Entry, Posting};
use crate::journal::Journal;
use crate::words::{Language, Word};
use crate::{BookError, Origin};

/// Without it Excel takes Chinese for another encoding.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The columns, by the words that name them.
pub(super) const COLUMNS: [Word; 12] = [
    Word::Number,
    Word::Date,
    Word::Description,
    Word::Counterparty,
    Word::Account,
    Word::Amount,
    Word::Currency,
    Word::Value,
    Word::ValueCurrency,
    Word::Tax,
    Word::Source,
    Word::Check,
];

pub(super) fn write(journal: &Journal, language: Language) -> Result<Vec<u8>, BookError> {
    let fail = |error: csv::Error| BookError::Export(error.to_string());
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer
        .write_record(COLUMNS.map(|word| word.say(language)))
        .map_err(fail)?;
    if let Some(span) = journal.span() {
        for entry in journal.within(span) {
            for posting in &entry.postings {
                writer
                    .write_record(row(journal, entry, posting))
                    .map_err(fail)?;
            }
        }
    }
    writer
        .into_inner()
        .map_err(|error| BookError::Export(error.to_string()))
}

/// The last field says what an entry is that is not an ordinary one.
fn row(journal: &Journal, entry: &Entry, posting: &Posting) -> [String; 12] {
    let text = |text: &str| export::guarded(text).into_owned();
    let kind = match &entry.origin {
        Origin::Closing => "closing".to_owned(),
        Origin::Opening => "opening".to_owned(),
        Origin::Revaluation => "revaluation".to_owned(),
        Origin::Reversal(of) => format!("reverses {of}"),
        Origin::Written | Origin::Imported(_) => String::new(),
    };
    [
        entry.number.to_string(),
        entry.date.to_string(),
        text(&entry.description),
        text(&entry.counterparty),
        text(&journal.account(posting.account).name),
        posting.amount.to_string(),
        text(journal.currency(posting.currency)),
        posting.value.to_string(),
        text(journal.currency(posting.value_currency)),
        text(entry.tax.as_deref().unwrap_or_default()),
        text(&entry.source),
        kind,
    ]
}
