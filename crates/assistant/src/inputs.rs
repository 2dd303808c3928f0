//! What the person filled in, checked against what the assistant asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::description::{Description, Field};
use crate::{Code, Fault};

/// Values by field name. A field that is absent and one that is blank mean the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct Inputs(pub BTreeMap<String, String>);

impl Inputs {
    /// The value of a field with the white space around it removed; nothing when it is blank.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// Checks every value against its field.
    ///
    /// # Errors
    /// The first of: an unknown name, a value too long, a required field without a value.
    pub fn check(&self, description: &Description) -> Result<(), Fault> {
        for name in self.0.keys() {
            if description.field(name).is_none() {
                return Err(unknown(name, description));
            }
        }
        description
            .inputs
            .iter()
            .try_for_each(|field| self.check_field(field, description))
    }

    fn check_field(&self, field: &Field, description: &Description) -> Result<(), Fault> {
        let Some(value) = self.get(&field.name) else {
            return if self.is_needed(field, description) {
                Err(missing(field))
            } else {
                Ok(())
            };
        };
        let length = value.chars().count();
        if length > field.max_chars as usize {
            return Err(too_long(field, length));
        }
        Ok(())
    }

    /// A required field is not needed when another that stands in for it is filled.
    fn is_needed(&self, field: &Field, description: &Description) -> bool {
        field.required
            && !description.inputs.iter().any(|other| {
                other.instead_of.as_deref() == Some(&field.name) && self.get(&other.name).is_some()
            })
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Inputs {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(
            pairs
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
        )
    }
}

fn unknown(name: &str, description: &Description) -> Fault {
    let known: Vec<&str> = description
        .inputs
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    Fault::new(
        Code::InputUnknown,
        format!(
            "The assistant {} has no input called {name}; it has {}.",
            description.id,
            known.join(", ")
        ),
    )
    .with("input", name)
    .with("assistant", &description.id)
}

fn missing(field: &Field) -> Fault {
    Fault::new(
        Code::InputMissing,
        format!("Please fill in {} ({}).", field.label.en, field.name),
    )
    .with("input", &field.name)
}

fn too_long(field: &Field, length: usize) -> Fault {
    Fault::new(
        Code::InputTooLong,
        format!(
            "{} has {length} characters and may have {}: please shorten it.",
            field.label.en, field.max_chars
        ),
    )
    .with("input", &field.name)
    .with("length", length)
    .with("limit", field.max_chars)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::tests::sample;

    #[track_caller]
    fn check<const N: usize>(inputs: [(&str, &str); N], expected: Result<(), Code>) {
        let result = Inputs::from(inputs).check(&sample());
        assert_eq!(result.map_err(|fault| fault.code), expected);
    }

    #[test]
    fn inputs_are_held_against_the_description() {
        check([("database", "a"), ("question", "how many?")], Ok(()));
        check([("database", "a"), ("sql", "SELECT 1")], Ok(()));
        check([("database", "a")], Err(Code::InputMissing));
        check(
            [("database", "a"), ("question", " \n")],
            Err(Code::InputMissing),
        );
        check([("question", "how many?")], Err(Code::InputMissing));
        check(
            [("database", "a"), ("question", "q"), ("colour", "red")],
            Err(Code::InputUnknown),
        );
        check(
            [("database", "a"), ("question", &"q".repeat(101))],
            Err(Code::InputTooLong),
        );
        check([("database", "a"), ("question", &"問".repeat(100))], Ok(()));
    }
}
