//! What the model is told: instructions, the worked examples as turns of a conversation, earlier
//! turns where the preset has any, and the person's words.
//!
//! Everything that is the same for every run comes first and is named as the preset part, so that
//! the store of prefixes serves it and the first token is fast.

use std::collections::BTreeMap;

use assistant::{Attempt, Fault, Inputs};
use model::{Constraint, Message, Prompt, Role, Sampling};

use crate::file::{ConstraintPart, PresetFile, Shot};
use crate::tongue::Tongue;
use crate::{history, template};

/// How far a second draft may stray where the preset takes the likeliest: asked the same way again
/// it would be written again.
const REPAIR_TEMPERATURE: f32 = 0.5;

/// How far candidates may stray where the preset names no temperature.
const CANDIDATE_TEMPERATURE: f32 = 0.7;

/// The fixed part of a preset's prompts.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// Instructions and examples.
    messages: Vec<Message>,
    /// Bytes of the person's own message that never change.
    lead: usize,
}

impl Opening {
    /// Instructions and examples as turns.
    ///
    /// # Errors
    /// When the template cannot be filled with an example.
    pub fn new(file: &PresetFile) -> Result<Self, String> {
        let mut messages = Vec::new();
        if !file.prompt.system.trim().is_empty() {
            messages.push(message(Role::System, file.prompt.system.trim().to_owned()));
        }
        for shot in &file.shots {
            messages.extend(turns(file, shot)?);
        }
        let lead = file.engine.prefix.len() + template::fixed_part(&file.prompt.template).len();
        Ok(Self { messages, lead })
    }
}

fn turns(file: &PresetFile, shot: &Shot) -> Result<[Message; 2], String> {
    let engine = &file.engine;
    let answer = format!(
        "{}{}{}",
        engine.opening,
        shot.output.trim_end(),
        engine.closing
    );
    let language = Tongue::of(&joined(&shot.input)).name();
    Ok([
        message(Role::User, said(file, &shot.input, language)?),
        message(Role::Assistant, answer),
    ])
}

/// One turn of the person's.
fn said(
    file: &PresetFile,
    values: &BTreeMap<String, String>,
    language: &str,
) -> Result<String, String> {
    let mut complete: BTreeMap<String, String> = BTreeMap::new();
    for field in &file.inputs {
        let value = values.get(&field.name).map_or("", |value| value.trim());
        let value = if value.is_empty() {
            &field.default
        } else {
            value
        };
        complete.insert(field.name.clone(), value.to_owned());
    }
    let text = template::render(&file.prompt.template, &complete, language)?;
    Ok(format!(
        "{}{text}{}",
        file.engine.prefix, file.engine.suffix
    ))
}

/// All that a person wrote, by which their language is told.
pub(crate) fn joined(values: &BTreeMap<String, String>) -> String {
    let values: Vec<&str> = values.values().map(String::as_str).collect();
    values.join("\n")
}

/// What one run says.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    earlier: Vec<Message>,
    text: String,
}

impl Said {
    /// The person's words in the preset's sentence.
    ///
    /// # Errors
    /// When earlier turns cannot be read, or the template cannot be filled.
    pub fn new(file: &PresetFile, inputs: &Inputs, tongue: Tongue) -> Result<Self, Fault> {
        let earlier = match file.engine.talk {
            crate::file::Talk::Stateless => vec![],
            crate::file::Talk::Conversation => history::turns(inputs)?,
        };
        let text = said(file, &inputs.0, tongue.name()).map_err(|reason| {
            Fault::new(
                assistant::Code::PresetInvalid,
                format!("The preset {} cannot be filled in: {reason}.", file.id),
            )
            .with("detail", reason)
        })?;
        Ok(Self { earlier, text })
    }
}

/// The prompt for the next draft.
pub(crate) fn prompt(
    file: &PresetFile,
    opening: &Opening,
    said: &Said,
    failed: &[Attempt],
) -> Prompt {
    let engine = &file.engine;
    let preset = opening.messages.len();
    let mut messages = opening.messages.clone();
    messages.extend(said.earlier.iter().cloned());
    messages.push(message(
        Role::User,
        format!("{}{}", said.text, notes(failed)),
    ));
    Prompt {
        messages,
        preset,
        lead: if said.earlier.is_empty() {
            opening.lead
        } else {
            0
        },
        opening: engine.opening.clone(),
        max_tokens: engine.max_tokens,
        sampling: sampling(file, failed.len()),
        stop: stops(file),
        constraint: constraint(&file.output.constraint),
        adapter: None,
    }
}

fn message(role: Role, text: String) -> Message {
    Message { role, text }
}

/// What was found in failed drafts, once each. The drafts themselves are not shown: a small model
/// copies what it sees, mistakes included.
fn notes(failed: &[Attempt]) -> String {
    let mut notes: Vec<&str> = Vec::new();
    for attempt in failed {
        if !notes.contains(&attempt.feedback.as_str()) {
            notes.push(&attempt.feedback);
        }
    }
    notes
        .iter()
        .map(|note| format!("\n\nNote: {note}"))
        .collect()
}

fn sampling(file: &PresetFile, repairs: usize) -> Sampling {
    let engine = &file.engine;
    let temperature = match (engine.temperature, repairs) {
        (told, _) if told > 0.0 => told,
        (_, 0) if engine.candidates > 1 => CANDIDATE_TEMPERATURE,
        (_, 0) => 0.0,
        _ => REPAIR_TEMPERATURE,
    };
    Sampling {
        temperature,
        top_p: engine.top_p,
        seed: 1 + u32::try_from(repairs).unwrap_or(u32::MAX - 1),
        repeat_penalty: 1.0,
    }
}

/// The preset's own stops, and the end of the block where the answer was led into one.
fn stops(file: &PresetFile) -> Vec<String> {
    let mut stops = file.engine.stop.clone();
    let closing = file.engine.closing.trim_end();
    if !closing.is_empty() && !stops.iter().any(|stop| stop == closing) {
        stops.push(closing.to_owned());
    }
    stops
}

fn constraint(part: &ConstraintPart) -> Option<Constraint> {
    if let Ok(schema) = serde_json::from_str(&part.json_schema) {
        return Some(Constraint::JsonSchema(schema));
    }
    if !part.lark.is_empty() {
        return Some(Constraint::Lark(part.lark.clone()));
    }
    if !part.regex.is_empty() {
        return Some(Constraint::Regex(part.regex.clone()));
    }
    (!part.choices.is_empty()).then(|| Constraint::Choices(part.choices.clone()))
}
