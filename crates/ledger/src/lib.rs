//! The assistant `ledger`: told in a person's own words what was spent and earned, it proposes entries
//! in double entry.
//!
//! Code does every number: it cuts the text into happenings and finds sums, currencies, dates, how
//! things were paid, shares, tax and which way the money went. The account comes from the person's own
//! corrections, else from a lexicon, else from the model, which only chooses among the accounts of the
//! chart. What is not certain is marked, with the choices; what cannot be booked is listed.
//!
//! What this crate is not: it keeps no books. Posting, statements over a year, imports and exports are
//! another crate's; it learns of corrections through [`Memory`].

mod account;
pub mod chart;
mod check;
mod date;
mod entry;
mod han;
mod happening;
mod language;
mod lexicon;
mod meaning;
mod memory;
mod money;
mod number;
mod own;
mod prompt;
pub mod spec;
mod task;
mod text;
mod trial;
mod words;

use std::sync::Arc;

use assistant::artifact::Unresolved;
use assistant::{Assistant, Code, Description, Fault, Inputs, Task, Tell};
use async_trait::async_trait;
use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

use chart::Chart;
use date::Calendar;
use entry::Draft;
use happening::{Happening, Reading};
pub use memory::{Correction, FileMemory, Memories, Memory, MemoryError};
pub use own::KnownBook;
use task::{LedgerTask, Parts};
use text::Text;

/// Words, fields and examples of the assistant.
const PRESET: &str = include_str!("../../../assets/presets/ledger.toml");

/// The assistant.
pub struct Ledger {
    description: Description,
    memory: Arc<dyn Memory>,
}

impl Ledger {
    /// The assistant with its built-in preset. `memory` has what was corrected in each book.
    ///
    /// # Errors
    /// When the preset is damaged, which a test rules out for the one that is built in.
    pub fn new(memory: Arc<dyn Memory>) -> Result<Self, Fault> {
        let description = toml::from_str(PRESET).map_err(|error| {
            Fault::new(Code::Internal, "The preset of the ledger is damaged.").with("detail", error)
        })?;
        Ok(Self {
            description,
            memory,
        })
    }

    /// What was corrected: in the book, and in the inputs themselves.
    fn memories(&self, inputs: &Inputs) -> Result<Memories, Fault> {
        let mut corrections = match inputs.get("book") {
            Some(book) => self
                .memory
                .corrections(book)
                .map_err(|error| unusable(&error))?,
            None => Vec::new(),
        };
        if let Some(given) = inputs.get("corrections") {
            let given: Vec<Correction> = serde_json::from_str(given).map_err(|error| {
                Fault::new(
                    Code::InputInvalid,
                    r#"Corrections are written [{"text": "Figma", "account": "Expenses:Software"}]."#,
                )
                .with("input", "corrections")
                .with("detail", error)
            })?;
            corrections.extend(given);
        }
        Ok(Memories::new(&corrections))
    }
}

fn unusable(error: &MemoryError) -> Fault {
    let (code, sentence) = match error {
        MemoryError::Name(_) => (Code::InputInvalid, format!("{error}.")),
        MemoryError::File { .. } | MemoryError::Line(_) => {
            (Code::FileUnreadable, format!("{error}."))
        }
        // A book says by itself what is wrong with it, in whole sentences.
        MemoryError::Book(sentence) => (Code::BookDamaged, sentence.clone()),
    };
    Fault::new(code, sentence).with("input", "book")
}

#[async_trait]
impl Assistant for Ledger {
    fn description(&self) -> &Description {
        &self.description
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let memories = self.memories(inputs)?;
        let known = match inputs.get("book") {
            Some(book) => self.memory.book(book).map_err(|error| unusable(&error))?,
            None => None,
        };
        let chart = chart_of(inputs, known.as_ref())?;
        let today = today(inputs)?;
        let base = base_currency(inputs)?.or_else(|| known.map(|known| known.currency));
        let book = inputs.get("book").unwrap_or_default().to_owned();
        let text = Text::new(inputs.get("text").unwrap_or_default());
        Ok(Box::new(grounded(
            book,
            chart,
            today,
            base.as_deref(),
            &text,
            &memories,
        )))
    }
}

/// Everything that code finds in a text.
fn grounded(
    book: String,
    chart: Chart,
    today: Date,
    base: Option<&str>,
    text: &Text,
    memories: &Memories,
) -> LedgerTask {
    let month_first = text.folded().chars().any(text::is_han);
    let calendar = Calendar { today, month_first };
    let Reading {
        happenings,
        leftovers,
        language,
        sums,
    } = happening::read(text, &calendar, base);
    let mut drafts: Vec<Draft> = Vec::new();
    for happening in happenings {
        let before = drafts.last().filter(|last| {
            text.folded()
                .get(last.happening.span.end..happening.span.start)
                .is_some_and(|between| !between.contains(['.', ';', '。', '\n', '!', '?']))
        });
        let before = before.map(|last| last.meaning.kind);
        drafts.push(draft(happening, before, &chart, memories));
    }
    let unresolved = leftovers
        .into_iter()
        .map(|leftover| {
            let (code, reason) = words::leftover(leftover.why, language);
            Unresolved {
                source: text.original(&leftover.span).to_owned(),
                code: code.to_owned(),
                reason: reason.to_owned(),
            }
        })
        .collect();
    LedgerTask::new(Parts {
        book,
        chart,
        today,
        language,
        drafts,
        unresolved,
        sums,
    })
}

/// `before` is what the happening before it in the same sentence is.
fn draft(
    happening: Happening,
    before: Option<meaning::Kind>,
    chart: &Chart,
    memories: &Memories,
) -> Draft {
    let meaning = meaning::meaning(&happening.folded, happening.charge.exchange.is_some())
        .after(before, &happening.folded);
    let tax = meaning::tax(&happening.folded);
    let words = match tax {
        Some(_) => meaning::without_tax(&happening.words),
        None => happening.words.clone(),
    };
    let words = meaning::without_cards(&words);
    let guess = account::guess(&words, meaning.kind, chart, memories);
    let direction = meaning.kind.direction();
    Draft {
        way: meaning::way(&happening.folded),
        tax,
        // What is the teller's own part already is not divided once more.
        share: meaning::share(&happening.folded).filter(|_| !happening.charge.is_own_part),
        party: meaning::party(&happening.source, direction).unwrap_or_default(),
        other: happening.other.clone(),
        guess,
        meaning,
        happening,
    }
}

/// The accounts of the book that there is already, else the ready-made ones that were asked for.
fn chart_of(inputs: &Inputs, known: Option<&KnownBook>) -> Result<Chart, Fault> {
    let id = inputs.get("chart").unwrap_or(chart::DEFAULT);
    let chart = Chart::ready_made(id).ok_or_else(|| {
        Fault::new(
            Code::InputInvalid,
            format!("There is no chart of accounts called {id}."),
        )
        .with("input", "chart")
    })?;
    Ok(match known {
        Some(known) if !known.accounts.is_empty() => Chart::of_book(&known.accounts, chart),
        _ => chart,
    })
}

fn today(inputs: &Inputs) -> Result<Date, Fault> {
    let Some(day) = inputs.get("today") else {
        return Ok(jiff::Zoned::now().date());
    };
    day.parse().map_err(|error| {
        Fault::new(
            Code::InputInvalid,
            "Today must be a day such as 2025-03-31.",
        )
        .with("input", "today")
        .with("detail", error)
    })
}

fn base_currency(inputs: &Inputs) -> Result<Option<String>, Fault> {
    let Some(code) = inputs.get("currency").map(str::to_uppercase) else {
        return Ok(None);
    };
    match money::currency::is_code(&code) {
        true => Ok(Some(code)),
        false => Err(Fault::new(
            Code::InputInvalid,
            format!("{code} is not the code of a currency, such as EUR or TWD."),
        )
        .with("input", "currency")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_preset_is_whole() {
        let folder = std::env::temp_dir();
        let assistant = Ledger::new(Arc::new(FileMemory::new(folder))).unwrap();
        let description = assistant.description();
        assert_eq!(description.id, "ledger");
        for name in ["text", "today", "book"] {
            assert!(description.field(name).is_some(), "no field {name}");
        }
        for value in description
            .examples
            .iter()
            .flat_map(|example| &example.values)
        {
            assert!(description.field(&value.name).is_some(), "{}", value.name);
        }
    }
}
