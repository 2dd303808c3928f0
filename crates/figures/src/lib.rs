//! Measured figures with what they must reach, as a table and as JSON: the one form in which every bench
//! speaks. It measures nothing itself, and nothing of the product uses it.

use std::fmt;

use serde_json::{Map, Value, json};

/// Figures in the order in which they were measured.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: String,
    value: f64,
    must: Option<Must>,
}

#[derive(Debug, Clone, Copy)]
enum Must {
    AtLeast(f64),
    Under(f64),
}

impl Table {
    /// A figure that must be so large.
    pub fn at_least(&mut self, name: &str, value: f64, must: f64) {
        self.add(name, value, Some(Must::AtLeast(must)));
    }

    /// A figure that must be smaller.
    pub fn under(&mut self, name: &str, value: f64, must: f64) {
        self.add(name, value, Some(Must::Under(must)));
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
    #[must_use]
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
        self.must.map(|must| match must {
            Must::AtLeast(least) => self.value >= least,
            Must::Under(most) => self.value < most,
        })
    }
}

impl fmt::Display for Must {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(value) => write!(formatter, ">= {value}"),
            Self::Under(value) => write!(formatter, "< {value}"),
        }
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

/// The middle one of the values, of two the greater; NaN where there are none.
#[must_use]
pub fn median(values: &[f64]) -> f64 {
    let sorted = sorted(values);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The least of the values that so many of a hundred do not exceed (nearest rank); NaN where there are none.
#[must_use]
pub fn percentile(values: &[f64], of_hundred: usize) -> f64 {
    let sorted = sorted(values);
    let place = (sorted.len() * of_hundred.min(100)).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::default();
        table.at_least("speed", 2.5, 2.0);
        table.under("size", 40.0, 40.0);
        table.report("seconds", 1.25);
        table
    }

    #[test]
    fn every_figure_says_whether_it_is_met() {
        let expected = json!({
            "speed": {"value": 2.5, "must": ">= 2", "met": true},
            "size": {"value": 40.0, "must": "< 40", "met": false},
            "seconds": {"value": 1.25, "must": null, "met": null},
        });
        assert_eq!(table().json(), expected);
    }

    #[test]
    fn the_table_says_the_same() {
        let lines = [
            "speed         2.500  >= 2      met",
            "size         40.000  < 40      NOT MET",
            "seconds       1.250",
        ];
        let table = table().to_string();
        let said: Vec<&str> = table.lines().map(str::trim_end).collect();
        assert_eq!(said, lines);
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values = [3.0, 1.0, 2.0, 5.0];
        assert_eq!(median(&values), 3.0);
        assert_eq!(percentile(&values, 95), 5.0);
        assert_eq!(percentile(&values, 0), 1.0);
        assert!(median(&[]).is_nan());
    }
}
