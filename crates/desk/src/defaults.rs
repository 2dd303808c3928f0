//! What a person wants to stand in the fields of an assistant unless they say otherwise.
//!
//! It is kept in `settings.toml`. The description of an assistant tells it in the place of the
//! assistant's own default, so that a form shows what will be run; whoever names only some fields, as
//! on the command line, gets it for those that were not named. A field that was named and left blank
//! stays blank.

use std::collections::BTreeMap;

use assistant::description::{Field, FieldKind};
use assistant::{Code, Description, Fault, Inputs};
use serde::{Deserialize, Serialize};

use crate::Desk;

/// Values by field, by id of the assistant.
pub type AssistantDefaults = BTreeMap<String, BTreeMap<String, String>>;

/// A field that may have a default of the person's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FieldDefault {
    /// Id of the assistant.
    pub assistant: String,
    /// Name of the field.
    pub field: String,
    /// What stands in it when nobody says otherwise.
    pub usual: String,
    /// What the person wants there.
    pub own: Option<String>,
}

/// Whether a field is one of those that stay the same from one piece of work to the next. What is
/// written anew every time, and what another part of the window fills, is none.
fn may_stay(field: &Field) -> bool {
    let is_setting = matches!(
        field.kind,
        FieldKind::Text
            | FieldKind::Number
            | FieldKind::Choice
            | FieldKind::Colour
            | FieldKind::File
    );
    is_setting && !field.hidden && field.instead_of.is_none()
}

impl Desk {
    /// What the person wants to stand in fields, by assistant and field.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn assistant_defaults(&self) -> Result<AssistantDefaults, Fault> {
        self.settings.defaults()
    }

    /// Every field that may have a default of the person's own, with the one that it has.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn field_defaults(&self) -> Result<Vec<FieldDefault>, Fault> {
        let all = self.settings.defaults()?;
        let fields = |described: Description| {
            let own = all.get(&described.id);
            let fields = described.inputs.into_iter().filter(may_stay);
            let told = fields.map(|field| FieldDefault {
                assistant: described.id.clone(),
                own: own.and_then(|own| own.get(&field.name)).cloned(),
                field: field.name,
                usual: field.default,
            });
            told.collect::<Vec<_>>()
        };
        Ok(self.described().flat_map(fields).collect())
    }

    /// Sets what is to stand in a field of an assistant, or without a value gives that up.
    ///
    /// # Errors
    /// [`Code::InputUnknown`] when there is no such field or it is not one that stays the same; the
    /// fault of a value that the field does not take; a fault when the settings cannot be written.
    pub fn set_assistant_default(
        &self,
        assistant: &str,
        field: &str,
        value: Option<&str>,
    ) -> Result<(), Fault> {
        let described = self.assistant(assistant)?;
        let described = described.description();
        let value = value.map(str::trim).filter(|value| !value.is_empty());
        let Some(value) = value else {
            // One that is no longer there can be given up all the same.
            return self.settings.set_default(assistant, field, None);
        };
        let known = described.field(field).filter(|field| may_stay(field));
        let known = known.ok_or_else(|| unknown(field, described))?;
        known.check_value(value)?;
        let kept = self
            .places
            .without_passwords(Inputs::from([(field, value)]));
        let kept = kept.get(field).filter(|kept| *kept != known.default);
        self.settings.set_default(assistant, field, kept)
    }

    /// Inputs with the person's own defaults in the fields that were not named.
    pub(crate) fn filled_in(
        &self,
        description: &Description,
        mut inputs: Inputs,
    ) -> Result<Inputs, Fault> {
        let own = self.settings.defaults()?.remove(&description.id);
        for (name, value) in own.unwrap_or_default() {
            // A field may have gone from an assistant of one's own.
            if description.field(&name).is_some_and(may_stay) {
                inputs.0.entry(name).or_insert(value);
            }
        }
        Ok(inputs)
    }
}

/// The person's own defaults in the place of an assistant's.
pub(crate) fn with_defaults(mut described: Description, all: &AssistantDefaults) -> Description {
    if let Some(own) = all.get(&described.id) {
        for field in &mut described.inputs {
            if let Some(value) = own.get(&field.name) {
                field.default.clone_from(value);
            }
        }
    }
    described
}

fn unknown(name: &str, description: &Description) -> Fault {
    let fields = description.inputs.iter().filter(|field| may_stay(field));
    let names: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
    let those = match names.is_empty() {
        true => "it has none that could".to_owned(),
        false => format!("those that can are {}", names.join(", ")),
    };
    Fault::new(
        Code::InputUnknown,
        format!(
            "{name} is no field of {} that can have a default: {those}.",
            description.id
        ),
    )
    .with("input", name)
    .with("assistant", &description.id)
}
