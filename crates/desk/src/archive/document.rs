//! Runs as sections of a document, with the names that people know assistants and fields by.

use std::collections::BTreeMap;
use std::io::{Seek, Write};

use assistant::description::FieldKind;
use assistant::{Description, Inputs};
use export::ExportError;
use export::document::{Cover, DocumentFormat, DocumentWriter, Finished};
use export::runs::{RunWords, ShownRun, section};
use history::KeptRun;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Desk, Language};

/// The hidden field in which a conversation has its earlier turns.
const EARLIER: &str = "history";

/// What is known of an assistant.
pub(crate) struct Known {
    title: String,
    /// Fields that are shown, in the order of the form: name and label each.
    labels: Vec<(String, String)>,
    /// Fields that name files.
    pub(crate) files: Vec<String>,
}

impl Desk {
    /// What is known of every assistant, by id.
    pub(crate) fn known_assistants(&self, language: Language) -> BTreeMap<String, Known> {
        self.assistants()
            .map(|description| (description.id.clone(), known(&description, language)))
            .collect()
    }
}

fn known(description: &Description, language: Language) -> Known {
    let fields = description.inputs.iter();
    Known {
        title: language.of(&description.title).to_owned(),
        labels: fields
            .clone()
            // What is hidden belongs to the window, but for what was asked in place of a field.
            .filter(|field| !field.hidden || field.instead_of.is_some())
            .map(|field| (field.name.clone(), language.of(&field.label).to_owned()))
            .collect(),
        files: fields
            .filter(|field| field.kind == FieldKind::File)
            .map(|field| field.name.clone())
            .collect(),
    }
}

/// A document of runs that is being written.
pub(crate) struct Documents<W: Write + Seek> {
    writer: DocumentWriter<W>,
    words: RunWords,
    known: BTreeMap<String, Known>,
    /// Whether it is about one run alone, which then has what was said before it.
    is_single: bool,
}

impl<W: Write + Seek> Documents<W> {
    pub(crate) fn new(
        format: DocumentFormat,
        out: W,
        language: Language,
        known: BTreeMap<String, Known>,
        is_single: bool,
    ) -> Result<Self, ExportError> {
        let words = language.run_words();
        let cover = Cover {
            title: words.title.to_owned(),
            note: format!("{}: {}", words.exported, here(Timestamp::now())),
            language: language.name().to_owned(),
            page: words.page.to_owned(),
        };
        Ok(Self {
            writer: DocumentWriter::new(format, out, &cover)?,
            words,
            known,
            is_single,
        })
    }

    pub(crate) fn add(&mut self, run: &KeptRun) -> Result<(), ExportError> {
        let shown = shown(run, self.known.get(&run.assistant), self.is_single);
        self.writer.add(&section(&shown, &self.words))
    }

    /// What it was written into, and the letters that it lacks.
    pub(crate) fn finish(self) -> Result<(W, String), ExportError> {
        let Finished { out, lacking } = self.writer.finish()?;
        Ok((out, lacking.into_iter().collect()))
    }
}

/// A run as people read of it.
pub(crate) fn shown(run: &KeptRun, known: Option<&Known>, is_single: bool) -> ShownRun {
    let record = run.record();
    let began = record.created_at.parse::<Timestamp>();
    let earlier = match is_single {
        true => earlier(&record.inputs),
        false => Vec::new(),
    };
    ShownRun {
        title: run.title.clone(),
        assistant: known.map_or_else(|| run.assistant.clone(), |known| known.title.clone()),
        began: began.map_or_else(|_| record.created_at.clone(), here),
        inputs: inputs(&record.inputs, known),
        tags: run.tags.clone(),
        earlier,
        report: record.report,
        partial: record.partial,
    }
}

/// A moment as the clock on the wall shows it.
fn here(moment: Timestamp) -> String {
    let there = moment.to_zoned(TimeZone::system());
    there.strftime("%Y-%m-%d %H:%M").to_string()
}

/// What was filled in, in the order of the form; fields that nobody knows any more by their names.
fn inputs(inputs: &Inputs, known: Option<&Known>) -> Vec<(String, String)> {
    let Some(known) = known else {
        return inputs.0.clone().into_iter().collect();
    };
    let labels = known.labels.iter();
    labels
        .filter_map(|(name, label)| {
            let value = inputs.get(name)?;
            Some((label.clone(), value.to_owned()))
        })
        .collect()
}

/// The earlier turns of a conversation: whether the person spoke, and what was said.
fn earlier(inputs: &Inputs) -> Vec<(bool, String)> {
    let turns: Vec<BTreeMap<String, String>> = inputs
        .get(EARLIER)
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default();
    turns
        .into_iter()
        .filter_map(|mut turn| {
            let is_person = turn.get("role").is_some_and(|role| role == "user");
            Some((is_person, turn.remove("text")?))
        })
        .collect()
}
