//! What is counted over all parts, and how it is printed.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::ask::Answer;
use super::{Options, claims};

/// A figure and what it must reach.
pub struct Figure {
    pub name: String,
    pub value: f64,
    /// At least, or at most where the second is set.
    pub must: Option<(f64, bool)>,
}

impl Figure {
    pub fn free(name: &str, value: f64) -> Self {
        let (name, must) = (name.to_owned(), None);
        Self { name, value, must }
    }

    pub fn at_least(name: &str, value: f64, must: f64) -> Self {
        let name = name.to_owned();
        let must = Some((must, false));
        Self { name, value, must }
    }

    pub fn at_most(name: &str, value: f64, must: f64) -> Self {
        let name = name.to_owned();
        let must = Some((must, true));
        Self { name, value, must }
    }

    fn is_met(&self) -> Option<bool> {
        self.must.map(|(must, is_most)| match is_most {
            true => self.value <= must,
            false => self.value >= must,
        })
    }
}

/// What is counted over all parts.
#[derive(Default)]
pub struct Tally {
    pub figures: Vec<Figure>,
    pub wrong: Vec<String>,
    pub illegal: usize,
    pub answers: usize,
}

#[expect(clippy::cast_precision_loss, reason = "counts of positions")]
pub fn count(number: usize) -> f64 {
    number as f64
}

pub fn share(part: usize, all: usize) -> f64 {
    count(part) / count(all.max(1))
}

impl Tally {
    /// Counts the moves of an answer that are not legal.
    pub fn see(&mut self, answer: Option<&Answer>) {
        let Some(answer) = answer.filter(|answer| answer.is_done()) else {
            return;
        };
        self.answers += 1;
        if let Some(artifact) = answer.artifact() {
            let illegal = claims::illegal(artifact);
            self.illegal += illegal.len();
            self.wrong.extend(
                illegal
                    .into_iter()
                    .map(|word| format!("illegal: {word} in {}", artifact["fen"])),
            );
        }
    }

    pub fn median(&mut self, name: &str, times: Vec<u64>) {
        let figure = middle(times).map(|middle| Figure::free(&format!("{name}.median_ms"), middle));
        self.figures.extend(figure);
    }

    /// The same where there is a bound.
    pub fn median_at_most(&mut self, name: &str, times: Vec<u64>, must: f64) {
        let name = format!("{name}.median_ms");
        let figure = middle(times).map(|middle| Figure::at_most(&name, middle, must));
        self.figures.extend(figure);
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds")]
fn middle(mut times: Vec<u64>) -> Option<f64> {
    times.sort_unstable();
    times.get(times.len() / 2).map(|middle| *middle as f64)
}

pub fn print(options: &Options, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    if options.wrong {
        for line in &tally.wrong {
            writeln!(io::stderr(), "{line}")?;
        }
    }
    if options.json {
        let figures = tally.figures.iter().map(|figure| {
            let must = figure.must.map(|(must, _)| must);
            (
                figure.name.clone(),
                json!({"value": figure.value, "must": must, "met": figure.is_met()}),
            )
        });
        let object: Map<String, Value> = figures.collect();
        return writeln!(out, "{}", Value::Object(object));
    }
    for figure in &tally.figures {
        let must = figure.must.map_or_else(String::new, |(must, is_most)| {
            let word = if is_most { "at most" } else { "at least" };
            format!("{word} {must:.3}")
        });
        let met = match figure.is_met() {
            Some(true) => "met",
            Some(false) => "NOT met",
            None => "",
        };
        writeln!(
            out,
            "{:<24} {:>10.3}   {must:<18} {met}",
            figure.name, figure.value
        )?;
    }
    Ok(())
}
