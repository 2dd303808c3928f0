//! JSON.

use super::{Argument, Entry, Found, Looked};

pub(super) const JSON: Entry = Entry {
    name: "json",
    argument: Argument::None,
    look,
};

fn look(at: &Looked<'_>) -> Found {
    match serde_json::from_str::<serde_json::Value>(at.text) {
        Ok(serde_json::Value::Object(object)) => {
            Found::passed("json", format!("an object with {} keys", object.len()))
        }
        Ok(serde_json::Value::Array(array)) => {
            Found::passed("json", format!("an array of {}", array.len()))
        }
        Ok(_) => Found::passed("json", "one value"),
        Err(error) => Found::failed(
            "json",
            error.to_string(),
            format!("The answer must be valid JSON; yours has a mistake: {error}."),
        ),
    }
}
