//! Figures with what they must reach, as a table and as JSON.

use std::fmt;

use serde_json::{Map, Value, json};

/// Figures in the order in which they were measured.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
}

struct Row {
    name: String,
    value: f64,
    must: Option<Must>,
}

/// What a figure must stay under.
#[derive(Clone, Copy)]
struct Must(f64);

impl Table {
    /// A figure that must be smaller.
    pub fn under(&mut self, name: &str, value: f64, must: f64) {
        self.add(name, value, Some(Must(must)));
    }

    /// A figure that is only reported.
    pub fn report(&mut self, name: &str, value: f64) {
        self.add(name, value, None);
    }

    fn add(&mut self, name: &str, value: f64, must: Option<Must>) {
        eprintln!("{name}: {value:.3}");
        self.rows.push(Row {
            name: name.to_owned(),
            value,
            must,
        });
    }

    /// One object: every figure is `{"value", "must", "met"}`.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let must = row.must.map(|must| must.to_string());
            let figure = json!({"value": row.value, "must": must, "met": row.is_met()});
            (row.name.clone(), figure)
        });
        Value::Object(Map::from_iter(rows))
    }
}

impl Row {
    fn is_met(&self) -> Option<bool> {
        self.must.map(|must| self.value < must.0)
    }
}

impl fmt::Display for Must {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "< {}", self.0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .rows
            .iter()
            .map(|row| row.name.len())
            .max()
            .unwrap_or(0);
        for row in &self.rows {
            let must = row.must.map_or(String::new(), |must| must.to_string());
            let verdict = match row.is_met() {
                None => "",
                Some(true) => "met",
                Some(false) => "NOT MET",
            };
            let Row { name, value, .. } = row;
            writeln!(
                formatter,
                "{name:<width$}  {value:>10.3}  {must:<8}  {verdict}"
            )?;
        }
        Ok(())
    }
}
