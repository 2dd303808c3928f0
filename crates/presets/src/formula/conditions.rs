//! Functions that decide: IF and its like, and the sums and counts with conditions.

use super::numbers::{average, counted};
use super::value::{Broken, Value};
use super::{Call, Computed, Stop, worth};

pub(super) fn call(call: &Call<'_>) -> Option<Computed> {
    Some(match call.name {
        "IF" => choose(call),
        "IFS" => choose_among(call),
        "SWITCH" => switch(call),
        "IFERROR" | "IFNA" => unless_broken(call),
        "AND" | "OR" | "XOR" => together(call),
        "NOT" => call
            .takes(1, 1)
            .and_then(|()| Ok(flagged(call.one(0)?.flag().map(|flag| !flag)))),
        "ISBLANK" | "ISNUMBER" | "ISTEXT" | "ISERROR" | "ISNA" | "ISEVEN" | "ISODD" => kind(call),
        "SUMIF" | "AVERAGEIF" | "COUNTIF" => with_one(call),
        "SUMIFS" | "AVERAGEIFS" | "COUNTIFS" | "MAXIFS" | "MINIFS" => with_several(call),
        _ => return None,
    })
}

fn flagged(flag: Result<bool, Broken>) -> Value {
    match flag {
        Ok(flag) => Value::Flag(flag),
        Err(broken) => Value::Broken(broken),
    }
}

fn choose(call: &Call<'_>) -> Computed {
    call.takes(2, 3)?;
    match call.one(0)?.flag() {
        Ok(true) => call.value(1),
        Ok(false) if call.count() < 3 => Ok(Value::Flag(false)),
        Ok(false) => call.value(2),
        Err(broken) => Ok(Value::Broken(broken)),
    }
}

fn choose_among(call: &Call<'_>) -> Computed {
    call.takes(2, usize::MAX)?;
    if !call.count().is_multiple_of(2) {
        return Err(Stop::Arguments(
            "IFS takes a condition and a value, as often as one likes".to_owned(),
        ));
    }
    for place in (0..call.count()).step_by(2) {
        match call.one(place)?.flag() {
            Ok(true) => return call.value(place + 1),
            Ok(false) => {}
            Err(broken) => return Ok(Value::Broken(broken)),
        }
    }
    Ok(Value::Broken(Broken::Absent))
}

fn switch(call: &Call<'_>) -> Computed {
    call.takes(3, usize::MAX)?;
    let value = call.one(0)?;
    let mut place = 1;
    while place + 1 < call.count() {
        if value.order(&call.one(place)?).is_eq() {
            return call.value(place + 1);
        }
        place += 2;
    }
    match place < call.count() {
        true => call.value(place),
        false => Ok(Value::Broken(Broken::Absent)),
    }
}

fn unless_broken(call: &Call<'_>) -> Computed {
    call.takes(2, 2)?;
    let value = call.value(0)?;
    let is_caught = match value.clone().single().broken() {
        Some(broken) => call.name == "IFERROR" || broken == Broken::Absent,
        None => false,
    };
    if is_caught { call.value(1) } else { Ok(value) }
}

fn together(call: &Call<'_>) -> Computed {
    call.takes(1, usize::MAX)?;
    let flags: Result<Vec<bool>, Broken> = call.all(0)?.iter().map(Value::flag).collect();
    Ok(flagged(flags.map(|flags| match call.name {
        "AND" => flags.iter().all(|flag| *flag),
        "OR" => flags.iter().any(|flag| *flag),
        _ => flags.iter().filter(|flag| **flag).count() % 2 == 1,
    })))
}

fn kind(call: &Call<'_>) -> Computed {
    call.takes(1, 1)?;
    let value = call.one(0)?;
    let is_odd = || {
        value
            .number()
            .map(|number| number.trunc().abs() % 2.0 == 1.0)
    };
    Ok(match call.name {
        "ISBLANK" => Value::Flag(value == Value::Empty),
        "ISNUMBER" => Value::Flag(value.is_number()),
        "ISTEXT" => Value::Flag(matches!(value, Value::Text(_))),
        "ISNA" => Value::Flag(value.broken() == Some(Broken::Absent)),
        "ISODD" => flagged(is_odd()),
        "ISEVEN" => flagged(is_odd().map(|odd| !odd)),
        _ => Value::Flag(value.broken().is_some()),
    })
}

/// `SUMIF(range, criterion, what is summed)`.
fn with_one(call: &Call<'_>) -> Computed {
    let most = if call.name == "COUNTIF" { 2 } else { 3 };
    call.takes(2, most)?;
    let range = call.value(0)?.cells();
    let criterion = Criterion::of(&call.one(1)?);
    let values = match call.count() {
        3 => call.value(2)?.cells(),
        _ => range.clone(),
    };
    let taken = range.iter().map(|cell| criterion.holds(cell));
    Ok(reckoned(call.name, taken.collect(), values))
}

/// `SUMIFS(what is summed, range, criterion, …)`, and COUNTIFS without the first.
fn with_several(call: &Call<'_>) -> Computed {
    let first = usize::from(call.name != "COUNTIFS");
    call.takes(first + 2, usize::MAX)?;
    if !(call.count() - first).is_multiple_of(2) {
        return Err(Stop::Arguments(format!(
            "{} takes a range and a criterion, as often as one likes",
            call.name
        )));
    }
    let values = call.value(0)?.cells();
    let mut taken = vec![true; values.len()];
    for place in (first..call.count()).step_by(2) {
        let criterion = Criterion::of(&call.one(place + 1)?);
        let range = call.value(place)?.cells();
        if range.len() != taken.len() {
            return Ok(Value::Broken(Broken::Value));
        }
        for (taken, cell) in taken.iter_mut().zip(&range) {
            *taken &= criterion.holds(cell);
        }
    }
    Ok(reckoned(call.name, taken, values))
}

fn reckoned(name: &str, taken: Vec<bool>, values: Vec<Value>) -> Value {
    let hits = taken.iter().filter(|taken| **taken).count();
    let pairs = taken.into_iter().zip(values);
    let numbers: Vec<f64> = pairs
        .filter_map(|(taken, value)| match value {
            Value::Number(number) if taken => Some(number),
            _ => None,
        })
        .collect();
    worth(match name {
        "COUNTIF" | "COUNTIFS" => Ok(counted(hits)),
        "AVERAGEIF" | "AVERAGEIFS" => average(&numbers),
        "MAXIFS" => Ok(numbers.into_iter().reduce(f64::max).unwrap_or(0.0)),
        "MINIFS" => Ok(numbers.into_iter().reduce(f64::min).unwrap_or(0.0)),
        _ => Ok(numbers.iter().sum()),
    })
}

/// A condition as a text: `Paris`, `>30`, `<>x`, `A*`.
struct Criterion {
    sign: &'static str,
    value: Value,
}

impl Criterion {
    fn of(value: &Value) -> Self {
        let Value::Text(text) = value else {
            return Self {
                sign: "=",
                value: value.clone(),
            };
        };
        let signs = [">=", "<=", "<>", ">", "<", "="];
        let sign = signs.into_iter().find(|sign| text.starts_with(sign));
        let bare = text.strip_prefix(sign.unwrap_or_default()).unwrap_or(text);
        Self {
            sign: sign.unwrap_or("="),
            value: match bare.trim().parse::<f64>() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(bare.to_owned()),
            },
        }
    }

    fn holds(&self, cell: &Value) -> bool {
        let is_same = match (&self.value, cell) {
            (Value::Text(pattern), Value::Text(text)) => {
                fits(&pattern.to_lowercase(), &text.to_lowercase())
            }
            (wanted, cell) => wanted.is_number() == cell.is_number() && wanted.order(cell).is_eq(),
        };
        let is_comparable = self.value.is_number() == cell.is_number();
        match self.sign {
            "=" => is_same,
            "<>" => !is_same,
            ">" => is_comparable && cell.order(&self.value).is_gt(),
            "<" => is_comparable && cell.order(&self.value).is_lt(),
            ">=" => is_comparable && cell.order(&self.value).is_ge(),
            _ => is_comparable && cell.order(&self.value).is_le(),
        }
    }
}

/// Whether a text fits a pattern with `*` and `?`.
fn fits(pattern: &str, text: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| fits(rest, &text[at..]))
        }
        Some('?') => {
            let mut text = text.chars();
            text.next().is_some() && fits(letters.as_str(), text.as_str())
        }
        Some(letter) => text
            .strip_prefix(letter)
            .is_some_and(|text| fits(letters.as_str(), text)),
    }
}
