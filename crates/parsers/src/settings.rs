//! Data and settings: JSON, YAML, TOML, CSV. Each can be had as a value too, for what looks at more
//! than the syntax.

use serde_json::{Map, Value};

use crate::{Fact, Flaw};

/// The value of a text in JSON.
///
/// # Errors
/// The first error of syntax.
pub fn json_value(text: &str) -> Result<Value, Flaw> {
    serde_json::from_str(text).map_err(|error| Flaw::at(error.line(), error.to_string()))
}

/// The value of a text in YAML: of the first document, where there are several.
///
/// # Errors
/// The first error of syntax; tabs are one.
pub fn yaml_value(text: &str) -> Result<Value, Flaw> {
    serde_saphyr::from_str(text).map_err(|error| {
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default().to_owned();
        match error.location() {
            Some(place) => Flaw::at(usize::try_from(place.line()).unwrap_or(1), first),
            None => Flaw::of_all(first),
        }
    })
}

/// The rows of a text of comma-separated values, as objects by its headings.
///
/// # Errors
/// Rows of other lengths than the headings.
pub fn csv_value(text: &str) -> Result<Value, Flaw> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let flaw = |error: csv::Error| {
        let line = error
            .position()
            .and_then(|place| usize::try_from(place.line()).ok());
        Flaw {
            line,
            message: error.to_string(),
        }
    };
    let headings = reader.headers().map_err(flaw)?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(flaw)?;
        let row: Map<String, Value> = headings
            .iter()
            .zip(&record)
            .map(|(name, cell)| (name.to_owned(), cell_value(cell)))
            .collect();
        rows.push(Value::Object(row));
    }
    Ok(Value::Array(rows))
}

/// A cell is a number where it is written like one, and only then: 007 is a text.
fn cell_value(cell: &str) -> Value {
    let is_plain = !(cell.len() > 1 && cell.starts_with('0') && !cell.starts_with("0."));
    match cell.parse::<serde_json::Number>() {
        Ok(number) if is_plain => Value::Number(number),
        _ => Value::String(cell.to_owned()),
    }
}

/// A text in JSON.
///
/// # Errors
/// The first error of syntax.
pub fn json(text: &str) -> Result<Vec<Fact>, Flaw> {
    json_value(text).map(|value| vec![Fact::new("holds", held(&value))])
}

/// A text in YAML.
///
/// # Errors
/// The first error of syntax.
pub fn yaml(text: &str) -> Result<Vec<Fact>, Flaw> {
    yaml_value(text).map(|value| vec![Fact::new("holds", held(&value))])
}

/// A text in TOML.
///
/// # Errors
/// The first error of syntax.
pub fn toml(text: &str) -> Result<Vec<Fact>, Flaw> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error
            .span()
            .map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        Flaw {
            line,
            message: error.message().to_owned(),
        }
    })?;
    Ok(vec![Fact::new("holds", format!("{} keys", table.len()))])
}

/// Comma-separated values.
///
/// # Errors
/// Rows of other lengths than the headings.
pub fn csv(text: &str) -> Result<Vec<Fact>, Flaw> {
    csv_value(text).map(|value| vec![Fact::new("holds", held(&value))])
}

fn held(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("{} items", items.len()),
        Value::Object(members) => format!("{} keys", members.len()),
        _ => "one value".to_owned(),
    }
}
