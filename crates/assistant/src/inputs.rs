//! What the person filled in, checked against what the assistant asks for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::description::{Description, Field, FieldKind};
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
        field.check_value(value)
    }

    /// A required field is not needed when another that stands in for it is filled.
    fn is_needed(&self, field: &Field, description: &Description) -> bool {
        field.required
            && !description.inputs.iter().any(|other| {
                other.instead_of.as_deref() == Some(&field.name) && self.get(&other.name).is_some()
            })
    }
}

impl Field {
    /// Checks a value that is not blank.
    ///
    /// # Errors
    /// [`Code::InputTooLong`] or [`Code::InputInvalid`], when it is not what the field takes.
    pub fn check_value(&self, value: &str) -> Result<(), Fault> {
        let length = value.chars().count();
        if length > self.max_chars as usize {
            return Err(too_long(self, length));
        }
        match is_of_kind(value, self) {
            true => Ok(()),
            false => Err(invalid(self, value)),
        }
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

/// Whether a value is what its field takes. Files and tables are looked at where they are read.
fn is_of_kind(value: &str, field: &Field) -> bool {
    match field.kind {
        FieldKind::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        FieldKind::Money => value.chars().any(|letter| letter.is_ascii_digit()),
        FieldKind::Date => is_date(value),
        FieldKind::Colour => is_colour(value),
        FieldKind::Choice => field.options.iter().any(|option| option.value == value),
        FieldKind::Text | FieldKind::LongText | FieldKind::File | FieldKind::Table => true,
    }
}

/// A day of the calendar as ISO writes it, with its hyphens.
fn is_date(value: &str) -> bool {
    value.len() == 10 && value.parse::<jiff::civil::Date>().is_ok()
}

fn is_colour(value: &str) -> bool {
    value.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.chars().all(|digit| digit.is_ascii_hexdigit())
    })
}

fn invalid(field: &Field, value: &str) -> Fault {
    let wanted = match field.kind {
        FieldKind::Number => "a number such as 12.5".to_owned(),
        FieldKind::Money => "a sum such as 84.50".to_owned(),
        FieldKind::Date => "a day such as 2025-03-31".to_owned(),
        FieldKind::Colour => "a colour such as #336699".to_owned(),
        _ => {
            let options: Vec<&str> = field
                .options
                .iter()
                .map(|option| option.value.as_str())
                .collect();
            format!("one of {}", options.join(", "))
        }
    };
    Fault::new(
        Code::InputInvalid,
        format!("{} must be {wanted}.", field.label.en),
    )
    .with("input", &field.name)
    .with("value", value.chars().take(80).collect::<String>())
    .with("wanted", wanted)
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
    use crate::description::Choice;
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

    #[track_caller]
    fn check_kind(kind: FieldKind, good: &[&str], bad: &[&str]) {
        let mut field = sample().inputs.swap_remove(0);
        field.kind = kind;
        field.options = ["red", "blue"]
            .map(|value| Choice {
                value: value.into(),
                label: field.label.clone(),
            })
            .into();
        for value in good {
            assert!(is_of_kind(value, &field), "{value} was refused");
        }
        for value in bad {
            assert!(!is_of_kind(value, &field), "{value} was taken");
            assert_eq!(invalid(&field, value).code, Code::InputInvalid);
        }
    }

    #[test]
    fn values_are_of_their_fields_kind() {
        check_kind(
            FieldKind::Number,
            &["1", "-2.5", "1e3"],
            &["", "x", "inf", "NaN", "1,5"],
        );
        check_kind(FieldKind::Money, &["84.50", "€20"], &["much"]);
        check_kind(
            FieldKind::Date,
            &["2024-02-29", "2025-12-31"],
            &[
                "2025-02-29",
                "2025-13-01",
                "2025-1-1",
                "31.12.2025",
                "2025-04-31",
            ],
        );
        check_kind(
            FieldKind::Colour,
            &["#336699"],
            &["336699", "#36", "red", "#33669g"],
        );
        check_kind(FieldKind::Choice, &["red"], &["Red", "green"]);
    }
}
