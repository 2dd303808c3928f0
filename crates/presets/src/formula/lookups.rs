//! Functions that look something up in a range.

use super::value::{Broken, Value};
use super::{Call, Computed};

pub(super) fn call(call: &Call<'_>) -> Option<Computed> {
    Some(match call.name {
        "VLOOKUP" | "HLOOKUP" => in_table(call),
        "XLOOKUP" => beside(call),
        "MATCH" | "XMATCH" => place_of(call),
        "INDEX" => at(call),
        "CHOOSE" => chosen(call),
        "ROWS" | "COLUMNS" => size(call),
        "UNIQUE" => unique(call),
        _ => return None,
    })
}

/// A number as a place, counted from 1; 0 where it is none.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it saturates at 0, and what is no place is answered as such"
)]
fn place(number: f64) -> usize {
    number.trunc() as usize
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a sample has a few hundred cells"
)]
fn number(count: usize) -> Value {
    Value::Number(count as f64)
}

/// Where a value stands, exactly or, in what is sorted, where the last stands that is not more.
fn position(wanted: &Value, cells: &[Value], is_exact: bool) -> Option<usize> {
    let is_alike = |cell: &Value| cell.is_number() == wanted.is_number();
    match is_exact {
        true => cells
            .iter()
            .position(|cell| is_alike(cell) && cell.order(wanted).is_eq()),
        false => cells
            .iter()
            .rposition(|cell| is_alike(cell) && cell.order(wanted).is_le()),
    }
}

fn turned(rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let width = rows.first().map_or(0, Vec::len);
    let column = |column: usize| {
        let cells = rows.iter().map(|row| row.get(column).cloned());
        cells.map(|cell| cell.unwrap_or(Value::Empty)).collect()
    };
    (0..width).map(column).collect()
}

fn in_table(call: &Call<'_>) -> Computed {
    call.takes(3, 4)?;
    let wanted = call.one(0)?;
    if let Some(broken) = wanted.broken() {
        return Ok(Value::Broken(broken));
    }
    let mut rows = call.value(1)?.rows();
    if call.name == "HLOOKUP" {
        rows = turned(rows);
    }
    let column = match call.number(2)? {
        Ok(number) => place(number),
        Err(broken) => return Ok(Value::Broken(broken)),
    };
    let is_near = match call.count() {
        4 => call.one(3)?.flag().unwrap_or(true),
        _ => true,
    };
    let keys: Vec<Value> = rows
        .iter()
        .map(|row| row.first().cloned().unwrap_or(Value::Empty))
        .collect();
    let Some(row) = position(&wanted, &keys, !is_near) else {
        return Ok(Value::Broken(Broken::Absent));
    };
    let cell = column
        .checked_sub(1)
        .and_then(|column| rows[row].get(column));
    Ok(cell.cloned().unwrap_or(Value::Broken(Broken::Reference)))
}

fn beside(call: &Call<'_>) -> Computed {
    call.takes(3, 6)?;
    let wanted = call.one(0)?;
    let keys = call.value(1)?.cells();
    let values = call.value(2)?.cells();
    match position(&wanted, &keys, true) {
        Some(place) => Ok(values
            .get(place)
            .cloned()
            .unwrap_or(Value::Broken(Broken::Reference))),
        None if call.count() > 3 => call.value(3),
        None => Ok(Value::Broken(Broken::Absent)),
    }
}

fn place_of(call: &Call<'_>) -> Computed {
    call.takes(2, 4)?;
    let wanted = call.one(0)?;
    let cells = call.value(1)?.cells();
    let otherwise = if call.name == "MATCH" { 1.0 } else { 0.0 };
    let is_exact = call.number_or(2, otherwise)? == Ok(0.0);
    Ok(match position(&wanted, &cells, is_exact) {
        Some(place) => number(place + 1),
        None => Value::Broken(Broken::Absent),
    })
}

fn at(call: &Call<'_>) -> Computed {
    call.takes(2, 3)?;
    let rows = call.value(0)?.rows();
    let (row, column) = (call.number(1)?, call.number_or(2, 0.0)?);
    let (Ok(row), Ok(column)) = (row, column) else {
        let broken = row.err().or(column.err()).unwrap_or(Broken::Value);
        return Ok(Value::Broken(broken));
    };
    let (mut row, mut column) = (place(row), place(column));
    // In a single row the only number says which column.
    if rows.len() == 1 && call.count() == 2 {
        (row, column) = (1, row);
    }
    let cell = rows.get(row.saturating_sub(1));
    let cell = cell.and_then(|row| row.get(column.saturating_sub(1)));
    Ok(cell.cloned().unwrap_or(Value::Broken(Broken::Reference)))
}

fn chosen(call: &Call<'_>) -> Computed {
    call.takes(2, usize::MAX)?;
    match call.number(0)? {
        Ok(number) if (1..call.count()).contains(&place(number)) => call.value(place(number)),
        Ok(_) => Ok(Value::Broken(Broken::Value)),
        Err(broken) => Ok(Value::Broken(broken)),
    }
}

fn size(call: &Call<'_>) -> Computed {
    call.takes(1, 1)?;
    let rows = call.value(0)?.rows();
    Ok(match call.name {
        "ROWS" => number(rows.len()),
        _ => number(rows.first().map_or(0, Vec::len)),
    })
}

fn unique(call: &Call<'_>) -> Computed {
    call.takes(1, 3)?;
    let mut known: Vec<Vec<Value>> = Vec::new();
    for row in call.value(0)?.rows() {
        if !known.contains(&row) {
            known.push(row);
        }
    }
    Ok(Value::Grid(known))
}
