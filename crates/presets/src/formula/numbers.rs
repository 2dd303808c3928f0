//! Sums, averages, ranks, roundings: functions of numbers.

use super::value::{Broken, Value, broadcast};
use super::{Call, Computed, Stop, worth};

pub(super) fn call(call: &Call<'_>) -> Option<Computed> {
    over_all(call)
        .or_else(|| ranked(call))
        .or_else(|| rounded(call))
        .or_else(|| of_one(call))
        .or_else(|| of_two(call))
}

/// The numbers among some values, as SUM and its like see them, or the first thing that is broken.
pub(super) fn numbers_in(values: Vec<Value>) -> Result<Vec<f64>, Broken> {
    let mut numbers = Vec::new();
    for value in values {
        match value {
            Value::Number(number) => numbers.push(number),
            Value::Broken(broken) => return Err(broken),
            _ => {}
        }
    }
    Ok(numbers)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a sample has a few hundred cells"
)]
pub(super) fn counted(count: usize) -> f64 {
    count as f64
}

pub(super) fn average(numbers: &[f64]) -> Result<f64, Broken> {
    match numbers {
        [] => Err(Broken::Division),
        numbers => Ok(numbers.iter().sum::<f64>() / counted(numbers.len())),
    }
}

/// Functions of as many values as one likes.
fn over_all(call: &Call<'_>) -> Option<Computed> {
    let summary: fn(&[f64]) -> Result<f64, Broken> = match call.name {
        "SUM" => |numbers| Ok(numbers.iter().sum()),
        "PRODUCT" => |numbers| Ok(numbers.iter().product()),
        "AVERAGE" => average,
        "MAX" => |numbers| Ok(numbers.iter().copied().reduce(f64::max).unwrap_or(0.0)),
        "MIN" => |numbers| Ok(numbers.iter().copied().reduce(f64::min).unwrap_or(0.0)),
        "MEDIAN" => median,
        "COUNT" => |numbers| Ok(counted(numbers.len())),
        "STDEV" | "STDEV.S" => |numbers| spread(numbers, 1).map(f64::sqrt),
        "STDEV.P" => |numbers| spread(numbers, 0).map(f64::sqrt),
        "VAR" | "VAR.S" => |numbers| spread(numbers, 1),
        "VAR.P" => |numbers| spread(numbers, 0),
        "COUNTA" | "COUNTBLANK" | "SUMPRODUCT" | "SUBTOTAL" => return Some(counting(call)),
        _ => return None,
    };
    Some(summed(call, 0, summary))
}

fn summed(call: &Call<'_>, from: usize, summary: fn(&[f64]) -> Result<f64, Broken>) -> Computed {
    call.takes(from + 1, usize::MAX)?;
    let numbers = numbers_in(call.all(from)?);
    Ok(worth(numbers.and_then(|numbers| summary(&numbers))))
}

fn counting(call: &Call<'_>) -> Computed {
    call.takes(1, usize::MAX)?;
    if call.name == "SUBTOTAL" {
        return summed(call, 1, |numbers| Ok(numbers.iter().sum()));
    }
    if call.name == "SUMPRODUCT" {
        let mut product = call.value(0)?;
        for place in 1..call.count() {
            let next = call.value(place)?;
            product = broadcast(&product, &next, &|one, other| {
                super::numeric(one, other, |a, b| Ok(a * b))
            });
        }
        let numbers = numbers_in(product.cells());
        return Ok(worth(numbers.map(|numbers| numbers.iter().sum())));
    }
    let is_blank =
        |value: &Value| matches!(value, Value::Empty) || *value == Value::Text(String::new());
    let (blank, filled): (Vec<Value>, Vec<Value>) = call.all(0)?.into_iter().partition(is_blank);
    let which = if call.name == "COUNTA" { filled } else { blank };
    Ok(Value::Number(counted(which.len())))
}

fn sorted(mut numbers: Vec<f64>) -> Vec<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers
}

fn median(numbers: &[f64]) -> Result<f64, Broken> {
    let sorted = sorted(numbers.to_vec());
    match sorted.len() {
        0 => Err(Broken::Number),
        count if count % 2 == 1 => Ok(sorted[count / 2]),
        count => Ok((sorted[count / 2 - 1] + sorted[count / 2]) / 2.0),
    }
}

/// The mean square distance from the average, of a sample (`less` 1) or of everything (0).
fn spread(numbers: &[f64], less: usize) -> Result<f64, Broken> {
    if numbers.len() <= less {
        return Err(Broken::Division);
    }
    let middle = average(numbers)?;
    let squares: f64 = numbers.iter().map(|number| (number - middle).powi(2)).sum();
    Ok(squares / counted(numbers.len() - less))
}

/// Which of them all comes at some place.
fn ranked(call: &Call<'_>) -> Option<Computed> {
    let work = match call.name {
        "LARGE" | "SMALL" => nth,
        "RANK" | "RANK.EQ" => rank,
        "PERCENTILE" | "QUARTILE" => share,
        _ => return None,
    };
    Some(work(call))
}

fn nth(call: &Call<'_>) -> Computed {
    call.takes(2, 2)?;
    let all = numbers_in(call.value(0)?.cells()).map(sorted);
    let place = call.number(1)?;
    Ok(worth(all.and_then(|mut all| {
        if call.name == "LARGE" {
            all.reverse();
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it saturates, and no such place is an answer too"
        )]
        let place = place?.round() as usize;
        let at = place.checked_sub(1).and_then(|place| all.get(place));
        at.copied().ok_or(Broken::Number)
    })))
}

fn rank(call: &Call<'_>) -> Computed {
    call.takes(2, 3)?;
    let all = numbers_in(call.value(1)?.cells());
    let (number, upwards) = (call.number(0)?, call.number_or(2, 0.0)?);
    Ok(worth(all.and_then(|all| {
        let (number, upwards) = (number?, upwards? != 0.0);
        let before = all.iter().filter(|other| {
            if upwards {
                **other < number
            } else {
                **other > number
            }
        });
        match all.contains(&number) {
            true => Ok(counted(before.count() + 1)),
            false => Err(Broken::Absent),
        }
    })))
}

fn share(call: &Call<'_>) -> Computed {
    call.takes(2, 2)?;
    let all = numbers_in(call.value(0)?.cells()).map(sorted);
    let share = call.number(1)?;
    Ok(worth(all.and_then(|all| {
        let share = share? / if call.name == "QUARTILE" { 4.0 } else { 1.0 };
        if all.is_empty() || !(0.0..=1.0).contains(&share) {
            return Err(Broken::Number);
        }
        let place = share * counted(all.len() - 1);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it lies between the first and the last place"
        )]
        let below = place.floor() as usize;
        let above = (below + 1).min(all.len() - 1);
        Ok(all[below] + (all[above] - all[below]) * (place - place.floor()))
    })))
}

/// To so many places, or to a multiple.
fn rounded(call: &Call<'_>) -> Option<Computed> {
    let round: fn(f64) -> f64 = match call.name {
        "ROUND" | "MROUND" => f64::round,
        "ROUNDUP" | "CEILING" => |number| number.abs().ceil() * number.signum(),
        "ROUNDDOWN" | "TRUNC" | "FLOOR" => f64::trunc,
        _ => return None,
    };
    let is_multiple = matches!(call.name, "MROUND" | "CEILING" | "FLOOR");
    Some(to_places(call, round, is_multiple))
}

fn to_places(call: &Call<'_>, round: fn(f64) -> f64, is_multiple: bool) -> Computed {
    let least = if matches!(call.name, "TRUNC") { 1 } else { 2 };
    call.takes(least, 2)?;
    let (number, places) = (call.number(0)?, call.number_or(1, 0.0)?);
    Ok(worth(number.and_then(|number| {
        let places = places?;
        let unit = if is_multiple {
            places
        } else {
            10_f64.powf(-places)
        };
        match unit {
            0.0 => Err(Broken::Division),
            // What is a hair below a half is meant as one.
            unit => Ok(round((number / unit * 1e9).round() / 1e9) * unit),
        }
    })))
}

fn of_one(call: &Call<'_>) -> Option<Computed> {
    let work: fn(f64) -> Result<f64, Broken> = match call.name {
        "ABS" => |number| Ok(number.abs()),
        "INT" => |number| Ok(number.floor()),
        "SQRT" => |number| {
            if number < 0.0 {
                Err(Broken::Number)
            } else {
                Ok(number.sqrt())
            }
        },
        "SIGN" => |number| Ok(if number == 0.0 { 0.0 } else { number.signum() }),
        "EXP" => |number| Ok(number.exp()),
        "LN" => |number| Ok(number.ln()),
        "LOG10" => |number| Ok(number.log10()),
        "EVEN" => |number| Ok((number.abs() / 2.0).ceil() * 2.0 * number.signum()),
        "PI" => {
            return Some(
                call.takes(0, 0)
                    .map(|()| Value::Number(std::f64::consts::PI)),
            );
        }
        _ => return None,
    };
    Some(call.takes(1, 1).and_then(|()| {
        let value = call.value(0)?;
        Ok(broadcast(&value, &Value::Empty, &|value, _| {
            worth(value.number().and_then(work))
        }))
    }))
}

fn of_two(call: &Call<'_>) -> Option<Computed> {
    let work: fn(f64, f64) -> Result<f64, Broken> = match call.name {
        "MOD" => |number, by| match by {
            0.0 => Err(Broken::Division),
            by => Ok(number - by * (number / by).floor()),
        },
        "POWER" => |number, by| Ok(number.powf(by)),
        "QUOTIENT" => |number, by| match by {
            0.0 => Err(Broken::Division),
            by => Ok((number / by).trunc()),
        },
        "PMT" => return Some(payment(call)),
        _ => return None,
    };
    Some(call.takes(2, 2).and_then(|()| {
        let (one, other) = (call.value(0)?, call.value(1)?);
        Ok(broadcast(&one, &other, &|one, other| {
            super::numeric(one, other, work)
        }))
    }))
}

/// The same sum in every period that pays back a loan.
fn payment(call: &Call<'_>) -> Result<Value, Stop> {
    call.takes(3, 5)?;
    let (rate, periods, loan) = (call.number(0)?, call.number(1)?, call.number(2)?);
    let left = call.number_or(3, 0.0)?;
    Ok(worth(rate.and_then(|rate| {
        let (periods, loan, left) = (periods?, loan?, left?);
        let grown = (1.0 + rate).powf(periods);
        match rate {
            0.0 => Ok(-(loan + left) / periods),
            rate => Ok(-rate * (loan * grown + left) / (grown - 1.0)),
        }
    })))
}
