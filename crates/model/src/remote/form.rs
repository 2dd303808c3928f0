//! What an answer must look like: how a service is told, and how the answer is checked.
//!
//! Every service has its own structured output, and all of them want an object at the root. So
//! whatever is not an object is asked for as the one property of an object and taken out again.
//! Where a service has none of it, the model is told in words. Either way the answer is checked
//! here, by the very constraint that was asked for, because services promise more than they keep.

use jsonschema::Validator;
use regex::Regex;
use serde_json::{Value, json};

use super::fault::one_line;
use crate::{Constraint, ModelError};

/// The property in which an answer is wrapped that is not an object.
const WRAP: &str = "answer";

/// How a service is told what an answer must look like, from the most exact to the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Means {
    /// By its structured output.
    Schema,
    /// That it must be JSON, and the rest in words.
    Json,
    /// In words alone.
    Words,
}

/// What an answer must look like.
pub(super) struct Form {
    check: Check,
    schema: Option<Value>,
    is_wrapped: bool,
}

enum Check {
    Nothing,
    Schema(Box<Validator>),
    Regex(Regex, String),
    Choices(Vec<String>),
}

impl Form {
    /// Prepares a constraint.
    pub(super) fn new(constraint: Option<&Constraint>) -> Result<Self, ModelError> {
        match constraint {
            None => Ok(Self::plain(Check::Nothing)),
            Some(Constraint::JsonSchema(schema)) => Self::of_schema(schema),
            Some(Constraint::Choices(options)) if options.is_empty() => {
                Err(bad("there is nothing to choose from"))
            }
            Some(Constraint::Choices(options)) => Ok(Self {
                schema: Some(wrap(json!({"type": "string", "enum": options}))),
                check: Check::Choices(options.clone()),
                is_wrapped: true,
            }),
            Some(Constraint::Regex(pattern)) => {
                let whole = Regex::new(&format!(r"\A(?:{pattern})\z"));
                let regex = whole.map_err(|error| bad(&one_line(&error.to_string())))?;
                Ok(Self::plain(Check::Regex(regex, pattern.clone())))
            }
            Some(Constraint::Lark(_)) => Err(bad(
                "a remote model cannot be held to a Lark grammar; use a JSON Schema, or a model on this machine",
            )),
        }
    }

    fn plain(check: Check) -> Self {
        Self {
            check,
            schema: None,
            is_wrapped: false,
        }
    }

    fn of_schema(schema: &Value) -> Result<Self, ModelError> {
        let validator = jsonschema::validator_for(schema).map_err(|error| {
            bad(&format!(
                "the JSON Schema is not valid: {}",
                one_line(&error.to_string())
            ))
        })?;
        let is_object = schema.get("type").is_some_and(|kind| kind == "object");
        let asked = if is_object {
            schema.clone()
        } else {
            wrap(schema.clone())
        };
        Ok(Self {
            check: Check::Schema(Box::new(validator)),
            schema: Some(asked),
            is_wrapped: !is_object,
        })
    }

    /// The schema to send. Its root is always an object.
    pub(super) fn schema(&self) -> Option<&Value> {
        self.schema.as_ref()
    }

    /// Whether the answer that comes is, letter for letter, the one to hand on.
    pub(super) fn is_shown_as_it_comes(&self, means: Means) -> bool {
        match self.check {
            Check::Nothing => true,
            Check::Schema(_) => means == Means::Schema && !self.is_wrapped,
            Check::Regex(..) | Check::Choices(_) => false,
        }
    }

    /// What the model is told in words. Structured output alone does not tell it: several
    /// services only forbid other tokens, and a model that does not know why writes nonsense.
    pub(super) fn words(&self, means: Means) -> Option<String> {
        let is_json = means != Means::Words;
        match (&self.check, &self.schema) {
            (Check::Regex(_, pattern), _) => Some(format!(
                "Answer with nothing but a text that this regular expression matches as a whole: {pattern}"
            )),
            (Check::Choices(options), _) if !is_json => Some(format!(
                "Answer with exactly one of these texts and nothing else:\n{}",
                options.join("\n")
            )),
            (_, Some(schema)) => Some(format!(
                "Answer with nothing but JSON, without a code fence, that this JSON Schema accepts:\n{schema}"
            )),
            (_, None) => None,
        }
    }

    /// The answer to hand on, taken out of what came; or where it differs from what was asked for.
    pub(super) fn settle(&self, came: &str) -> Result<String, String> {
        match &self.check {
            Check::Nothing => Ok(came.to_owned()),
            Check::Choices(options) => {
                let inner = unwrapped(came);
                let chosen = inner
                    .as_ref()
                    .and_then(Value::as_str)
                    .unwrap_or(without_fence(came));
                let known = options.iter().any(|option| option == chosen);
                known
                    .then(|| chosen.to_owned())
                    .ok_or_else(|| "it is none of the choices".to_owned())
            }
            Check::Regex(regex, _) => [came, came.trim(), without_fence(came)]
                .into_iter()
                .find(|text| regex.is_match(text))
                .map(str::to_owned)
                .ok_or_else(|| "the regular expression does not match it".to_owned()),
            Check::Schema(validator) => self.settle_json(validator, came),
        }
    }

    fn settle_json(&self, validator: &Validator, came: &str) -> Result<String, String> {
        let value = serde_json::from_str::<Value>(without_fence(came)).map_err(|error| {
            format!(
                "it is no JSON, in line {} column {}",
                error.line(),
                error.column()
            )
        })?;
        let inner = unwrapped(came).filter(|_| self.is_wrapped);
        let is_taken_out = inner.is_some();
        let value = inner.unwrap_or(value);
        // Only the place is told: what stands there is the person's.
        if let Some(error) = validator.iter_errors(&value).next() {
            let (place, rule) = (error.instance_path(), error.schema_path());
            return Err(format!(
                "at {:?} it breaks the rule {:?}",
                place.as_str(),
                rule.as_str()
            ));
        }
        Ok(if is_taken_out {
            value.to_string()
        } else {
            without_fence(came).to_owned()
        })
    }
}

/// An object with the schema as that of its one property. References to definitions stay right.
fn wrap(mut inner: Value) -> Value {
    let mut object = json!({
        "type": "object",
        "properties": {},
        "required": [WRAP],
        "additionalProperties": false,
    });
    for name in ["$defs", "definitions"] {
        if let Some(definitions) = inner
            .as_object_mut()
            .and_then(|inner| inner.shift_remove(name))
        {
            object[name] = definitions;
        }
    }
    object["properties"][WRAP] = inner;
    object
}

/// What is inside an object with that one property.
fn unwrapped(came: &str) -> Option<Value> {
    match serde_json::from_str::<Value>(without_fence(came)).ok()? {
        Value::Object(mut fields) if fields.len() == 1 => fields.shift_remove(WRAP),
        _ => None,
    }
}

/// A text without space around it, and without the code fence that models like to put around it.
fn without_fence(text: &str) -> &str {
    let text = text.trim();
    let inner = text
        .strip_prefix("```")
        .and_then(|text| text.strip_suffix("```"))
        .and_then(|text| text.split_once('\n'));
    inner.map_or(text, |(_, inner)| inner.trim())
}

fn bad(detail: &str) -> ModelError {
    ModelError::Unconstrainable {
        detail: detail.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(constraint: &Constraint) -> Form {
        Form::new(Some(constraint)).unwrap()
    }

    fn choices() -> Constraint {
        Constraint::Choices(vec!["yes".to_owned(), "no".to_owned()])
    }

    #[test]
    fn an_answer_is_taken_out_and_checked() {
        let object = Constraint::JsonSchema(json!({"type": "object", "required": ["a"]}));
        let list = Constraint::JsonSchema(
            json!({"type": "array", "items": {"$ref": "#/$defs/n"}, "$defs": {"n": {"type": "number"}}}),
        );
        let date = Constraint::Regex("[0-9]{4}|none".to_owned());
        for (constraint, came, expected) in [
            (&object, r#" {"a": 1} "#, Some(r#"{"a": 1}"#)),
            (&object, "```json\n{\"a\":1}\n```", Some(r#"{"a":1}"#)),
            (&object, r#"{"b":1}"#, None),
            (&object, r#"{"a":"#, None),
            (&list, r#"{"answer":[1, 2]}"#, Some("[1,2]")),
            (&list, "[1, 2]", Some("[1, 2]")),
            (&list, r#"{"answer":["x"]}"#, None),
            (&choices(), r#"{"answer":"no"}"#, Some("no")),
            (&choices(), " no\n", Some("no")),
            (&choices(), r#"{"answer":"maybe"}"#, None),
            (&choices(), "not", None),
            (&date, "1999\n", Some("1999")),
            (&date, "the year 1999", None),
            (&date, "nonesuch", None),
        ] {
            let settled = form(constraint).settle(came).ok();
            assert_eq!(settled.as_deref(), expected, "{came}");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_refused_before_anything_is_asked() {
        for constraint in [
            Constraint::Lark("start: \"a\"".to_owned()),
            Constraint::Regex("(".to_owned()),
            Constraint::Choices(Vec::new()),
            Constraint::JsonSchema(json!({"type": 7})),
            Constraint::JsonSchema(json!({"$ref": "https://example.invalid/schema"})),
        ] {
            let error = Form::new(Some(&constraint)).err().unwrap();
            assert!(
                matches!(error, ModelError::Unconstrainable { .. }),
                "{error}"
            );
        }
    }

    #[test]
    fn every_schema_that_is_sent_has_an_object_at_its_root() {
        let list = Constraint::JsonSchema(json!({"type": "array", "$defs": {"n": {}}}));
        for constraint in [choices(), list] {
            let form = form(&constraint);
            let schema = form.schema().unwrap();
            assert_eq!(schema["type"], "object");
            assert!(!form.is_shown_as_it_comes(Means::Schema));
        }
        assert!(
            form(&choices())
                .words(Means::Words)
                .unwrap()
                .ends_with("yes\nno")
        );
        assert!(
            form(&choices())
                .words(Means::Json)
                .unwrap()
                .contains("answer")
        );
    }
}
