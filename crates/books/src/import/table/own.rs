//! A table that was taken away from a book of ours: nothing in it has to be guessed.

use crate::entry::{Draft, DraftPosting, Origin};
use crate::import::File;
use crate::words::Language;
use crate::{ImportError, money};

/// A file that was taken away from a book; nothing where it is another one.
pub(super) fn own(bytes: &[u8]) -> Option<Result<File, ImportError>> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF")?;
    let mut reader = csv::Reader::from_reader(text);
    let head = reader.headers().ok()?.clone();
    let is_ours = [
        Language::English,
        Language::TraditionalChinese,
        Language::SimplifiedChinese,
    ]
    .into_iter()
    .any(|language| head.iter().eq(crate::export::columns(language)));
    is_ours.then(|| own_rows(&mut reader))
}

fn own_rows(reader: &mut csv::Reader<&[u8]>) -> Result<File, ImportError> {
    let mut file = File::default();
    let mut last = String::new();
    for (number, record) in (2..).zip(reader.records()) {
        let record = record.map_err(|error| ImportError::Table(error.to_string()))?;
        let field = |place: usize| export::unguarded(record.get(place).unwrap_or_default());
        let wrong = |what: &str| {
            ImportError::at(crate::import::line(number), format!("there is no {what}"))
        };
        let figure = |place: usize| money::parse(field(place)).map_err(|_| wrong("amount"));
        if field(0) != last || file.entries.is_empty() {
            field(0).clone_into(&mut last);
            file.entries.push(Draft {
                date: field(1).parse().map_err(|_| wrong("date"))?,
                description: field(2).to_owned(),
                counterparty: field(3).to_owned(),
                tax: Some(field(9).to_owned()).filter(|tax| !tax.is_empty()),
                source: field(10).to_owned(),
                origin: if field(11) == "closing" {
                    Origin::Closing
                } else {
                    Origin::Written
                },
                ..Draft::default()
            });
        }
        let posting = DraftPosting::new(field(4), figure(5)?, field(6));
        let posting = if field(6) == field(8) {
            posting
        } else {
            posting.worth(figure(7)?, field(8))
        };
        if let Some(entry) = file.entries.last_mut() {
            entry.postings.push(posting);
        }
    }
    Ok(file)
}
