//! Figures for people (an aligned table) and for programs (one JSON object).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::judge::Judgement;
use super::labels::Item;
use super::tally::{Figure, Tally};

/// A column for each group, a row for each figure.
pub fn table(tallies: &[Tally], out: &mut dyn Write) -> io::Result<()> {
    let model = tallies.iter().find_map(|tally| tally.model.as_deref());
    writeln!(out, "ledger ({})\n", model.unwrap_or("no model was needed"))?;
    write!(out, "{:<18}", "")?;
    for tally in tallies {
        write!(out, " {:>13}", tally.group)?;
    }
    writeln!(out, " {:>8}", "must")?;
    let Some(first) = tallies.first() else {
        return Ok(());
    };
    for (row, figure) in first.figures.iter().enumerate() {
        write!(out, "{:<18}", figure.name)?;
        for tally in tallies {
            let figure = &tally.figures[row];
            let mark = if figure.met == Some(false) { "!" } else { " " };
            write!(out, " {:>12}{mark}", written(figure, figure.value))?;
        }
        let must = figure
            .must
            .map_or(String::new(), |must| written(figure, must));
        writeln!(out, " {must:>8}")?;
    }
    Ok(())
}

fn written(figure: &Figure, value: f64) -> String {
    match figure.is_share {
        true => format!("{:.1} %", value * 100.0),
        false => format!("{value:.0}"),
    }
}

/// One flat object; every figure is {"value", "must", "met"}, its name opens with the group.
pub fn json(tallies: &[Tally], out: &mut dyn Write) -> io::Result<()> {
    let mut object = Map::new();
    for tally in tallies {
        for figure in &tally.figures {
            object.insert(
                format!("{}.{}", tally.group, figure.name),
                json!({"value": figure.value, "must": figure.must, "met": figure.met}),
            );
        }
    }
    writeln!(out, "{}", Value::Object(object))
}

/// The texts in which something is wrong, with what.
pub fn wrong(judged: &[(Item, Judgement)], out: &mut dyn Write) -> io::Result<()> {
    for (item, judgement) in judged {
        let mut faults: Vec<String> = judgement
            .fields
            .iter()
            .flat_map(|fields| fields.faults.clone())
            .collect();
        faults.extend(
            judgement
                .invented
                .iter()
                .map(|source| format!("invented: {source}")),
        );
        if !judgement.is_expectation_met {
            faults.push(format!(
                "should have left over {:?} and marked {:?}",
                item.unresolved, item.flagged
            ));
        }
        if judgement.unbalanced > 0 {
            faults.push(format!("{} entries do not balance", judgement.unbalanced));
        }
        if !faults.is_empty() {
            writeln!(out, "{} ({}) {}", item.id, item.today, item.text)?;
            for fault in faults {
                writeln!(out, "    {fault}")?;
            }
        }
    }
    Ok(())
}
