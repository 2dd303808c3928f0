//! Formulas of spreadsheets, by the grammar that Excel, LibreOffice and Google Sheets share: read,
//! and computed on a sample that is made up for them.
//!
//! [`mod@parse`] makes a tree, [`mod@sample`] a sheet in which the cells hold what the formula seems to
//! expect there, [`mod@value`] says what things amount to, and the rest are the functions. It is no
//! spreadsheet: it knows the functions of every day and stops where it does not, and whoever asks
//! is told so.

mod conditions;
mod days;
mod lookups;
mod numbers;
mod parse;
mod sample;
mod texts;
mod value;

pub(crate) use parse::{Node, parse};
pub(crate) use sample::Sample;
pub(crate) use value::Value;

use parse::Sign;
use value::{Broken, broadcast};

/// What came of computing.
pub(crate) type Computed = Result<Value, Stop>;

/// Why a formula could not be computed to its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// There is no such function here.
    Unknown(String),
    /// A function was given too little or too much.
    Arguments(String),
}

/// What one function sees: its arguments, still to be computed, and where they are computed.
struct Call<'a> {
    name: &'a str,
    arguments: &'a [Option<Node>],
    sheet: &'a Sample,
}

impl Call<'_> {
    /// How many arguments there are.
    fn count(&self) -> usize {
        self.arguments.len()
    }

    /// An argument, computed; empty where it was left out.
    fn value(&self, place: usize) -> Computed {
        match self.arguments.get(place) {
            Some(Some(node)) => compute(node, self.sheet),
            _ => Ok(Value::Empty),
        }
    }

    /// The same as one value.
    fn one(&self, place: usize) -> Computed {
        Ok(self.value(place)?.single())
    }

    fn number(&self, place: usize) -> Result<Result<f64, Broken>, Stop> {
        Ok(self.one(place)?.number())
    }

    /// A number, or another where the argument was left out.
    fn number_or(&self, place: usize, otherwise: f64) -> Result<Result<f64, Broken>, Stop> {
        match self.arguments.get(place) {
            Some(Some(_)) => self.number(place),
            _ => Ok(Ok(otherwise)),
        }
    }

    fn text(&self, place: usize) -> Result<Result<String, Broken>, Stop> {
        Ok(self.one(place)?.text())
    }

    /// All values of some arguments, grids laid out one after the other.
    fn all(&self, from: usize) -> Result<Vec<Value>, Stop> {
        let mut all = Vec::new();
        for place in from..self.count() {
            all.extend(self.value(place)?.cells());
        }
        Ok(all)
    }

    /// Refuses another number of arguments than these.
    fn takes(&self, least: usize, most: usize) -> Result<(), Stop> {
        match (least..=most).contains(&self.count()) {
            true => Ok(()),
            false => Err(Stop::Arguments(format!(
                "{} takes {} and was given {}",
                self.name,
                match (least, most) {
                    (least, usize::MAX) => format!("at least {least}"),
                    (least, most) if least == most => least.to_string(),
                    (least, most) => format!("{least} to {most}"),
                },
                self.count()
            ))),
        }
    }
}

/// Computes a tree on a sheet.
///
/// # Errors
/// When a function is not known here, or was called wrongly.
pub(crate) fn compute(node: &Node, sheet: &Sample) -> Computed {
    Ok(match node {
        Node::Number(number) => Value::Number(*number),
        Node::Text(text) => Value::Text(text.clone()),
        Node::Flag(flag) => Value::Flag(*flag),
        Node::Cells(area) => sheet.cells(area),
        Node::Name(name) => return Err(Stop::Unknown(name.clone())),
        Node::Grid(rows) => {
            let mut grid = Vec::new();
            for row in rows {
                let cells: Result<Vec<Value>, Stop> =
                    row.iter().map(|cell| compute(cell, sheet)).collect();
                grid.push(cells?);
            }
            Value::Grid(grid)
        }
        Node::Before(sign, inner) => {
            let inner = compute(inner, sheet)?;
            let factor = match sign {
                Sign::Minus => -1.0,
                Sign::Percent => 0.01,
                _ => 1.0,
            };
            broadcast(&inner, &Value::Number(factor), &|one, other| {
                numeric(one, other, |a, b| Ok(a * b))
            })
        }
        Node::Between(sign, left, right) => {
            let (left, right) = (compute(left, sheet)?, compute(right, sheet)?);
            broadcast(&left, &right, &|one, other| joined(*sign, one, other))
        }
        Node::Call(name, arguments) => {
            let call = Call {
                name,
                arguments,
                sheet,
            };
            return called(&call);
        }
    })
}

fn called(call: &Call<'_>) -> Computed {
    let groups = [
        numbers::call,
        conditions::call,
        texts::call,
        lookups::call,
        days::call,
    ];
    for group in groups {
        if let Some(computed) = group(call) {
            return computed;
        }
    }
    Err(Stop::Unknown(call.name.to_owned()))
}

fn numeric(one: &Value, other: &Value, work: impl Fn(f64, f64) -> Result<f64, Broken>) -> Value {
    let both = one.number().and_then(|one| Ok((one, other.number()?)));
    match both.and_then(|(one, other)| work(one, other)) {
        Ok(number) if number.is_finite() => Value::Number(number),
        Ok(_) => Value::Broken(Broken::Number),
        Err(broken) => Value::Broken(broken),
    }
}

fn joined(sign: Sign, one: &Value, other: &Value) -> Value {
    match sign {
        Sign::Plus => numeric(one, other, |a, b| Ok(a + b)),
        Sign::Minus => numeric(one, other, |a, b| Ok(a - b)),
        Sign::Times => numeric(one, other, |a, b| Ok(a * b)),
        Sign::Over => numeric(one, other, |a, b| match b {
            0.0 => Err(Broken::Division),
            b => Ok(a / b),
        }),
        Sign::Power => numeric(one, other, |a, b| Ok(a.powf(b))),
        Sign::Percent => Value::Broken(Broken::Value),
        Sign::And => match (one.text(), other.text()) {
            (Ok(one), Ok(other)) => Value::Text(format!("{one}{other}")),
            (Err(broken), _) | (_, Err(broken)) => Value::Broken(broken),
        },
        Sign::Same | Sign::Other | Sign::Less | Sign::More | Sign::Most | Sign::Least => {
            compared(sign, one, other)
        }
    }
}

fn compared(sign: Sign, one: &Value, other: &Value) -> Value {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if let Some(broken) = [one, other].iter().find_map(|value| value.broken()) {
        return Value::Broken(broken);
    }
    let order = one.order(other);
    Value::Flag(match sign {
        Sign::Same => order == Equal,
        Sign::Other => order != Equal,
        Sign::Less => order == Less,
        Sign::More => order == Greater,
        Sign::Most => order != Greater,
        _ => order != Less,
    })
}

/// A result, or what went wrong, as a value.
fn worth(result: Result<f64, Broken>) -> Value {
    match result {
        Ok(number) if number.is_finite() => Value::Number(number),
        Ok(_) => Value::Broken(Broken::Number),
        Err(broken) => Value::Broken(broken),
    }
}

#[cfg(test)]
#[path = "formula/tests.rs"]
mod tests;
