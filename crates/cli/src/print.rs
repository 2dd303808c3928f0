//! Results on standard output: JSON for programs, tables for people.

mod artifact;
pub mod books;

use assistant::artifact::{Cell, QueryResult};
use assistant::description::Localized;
use assistant::{Artifact, Code, Description, Fault, RunReport};
use desk::{ConnectionReport, Desk, ModelInfo, ServiceInfo};
use history::RunSummary;
use serde::Serialize;
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::arguments::Language;

/// Most rows of a table for people; `--json` has them all.
const ROWS_SHOWN: usize = 40;

/// Widest column of a table for people.
const COLUMN_WIDTH: usize = 48;

/// Prints one JSON object on one line.
///
/// # Errors
/// When it has no form in JSON.
pub fn json(value: &impl Serialize) -> Result<(), Fault> {
    let line = serde_json::to_string(value).map_err(|error| {
        Fault::new(Code::Internal, "The result could not be written as JSON.").with("detail", error)
    })?;
    println!("{line}");
    Ok(())
}

pub fn assistants(desk: &Desk, as_json: bool, language: Language) {
    if as_json {
        let all: Vec<_> = desk
            .assistants()
            .map(|description| in_json(&description, language))
            .collect();
        println!("{}", serde_json::Value::from(all));
        return;
    }
    for description in desk.assistants() {
        println!("{}  {}", description.id, text(&description.title, language));
        println!("    {}", text(&description.description, language));
        for field in description.inputs.iter() {
            let needed = if field.required { "" } else { " (optional)" };
            println!(
                "    -i {}=…{needed}  {}",
                field.name,
                text(&field.label, language)
            );
        }
    }
}

fn in_json(description: &Description, language: Language) -> serde_json::Value {
    let inputs: Vec<_> = description
        .inputs
        .iter()
        .map(|field| {
            json!({
                "name": field.name,
                "kind": field.kind,
                "required": field.required,
                "instead_of": field.instead_of,
                "label": text(&field.label, language),
                "placeholder": text(&field.placeholder, language),
                "max_chars": field.max_chars,
            })
        })
        .collect();
    json!({
        "id": description.id,
        "title": text(&description.title, language),
        "description": text(&description.description, language),
        "inputs": inputs,
        "artifact": description.artifact,
    })
}

fn text(localized: &Localized, language: Language) -> &str {
    match language {
        Language::En => &localized.en,
        Language::ZhHant => &localized.zh_hant,
        Language::ZhHans => &localized.zh_hans,
    }
}

/// A report for people.
pub fn report(report: &RunReport) {
    match &report.artifact {
        Some(Artifact::Query(result)) => query(result),
        Some(artifact) => artifact::print(artifact),
        None => {}
    }
    let checks: Vec<String> = report
        .checks
        .iter()
        .map(|check| format!("{} {}", if check.passed { "✓" } else { "✗" }, check.name))
        .collect();
    if !checks.is_empty() {
        println!("{}", checks.join("  "));
    }
    let seconds = f64::from(report.timings_ms.total) / 1000.0;
    let model = report.model.as_ref().map_or("no model", |model| &model.0);
    println!("{seconds:.1} s, {model}, run {}", report.run);
    if let Some(fault) = &report.error {
        eprintln!("{} [{}]", fault.sentence, fault.code.as_str());
    }
}

fn query(result: &QueryResult) {
    if result.draft {
        println!("Not an answer, only the best draft:");
    }
    println!("{}\n", result.sql);
    if result.draft {
        return;
    }
    let rows: Vec<Vec<String>> = result
        .rows
        .iter()
        .take(ROWS_SHOWN)
        .map(|row| row.iter().map(cell).collect())
        .collect();
    table(&result.columns, &rows);
    let more = if result.truncated {
        ", and there are more"
    } else {
        ""
    };
    if result.rows.len() > ROWS_SHOWN {
        println!("the first {ROWS_SHOWN} of {} rows{more}", result.row_count);
    } else {
        println!("{} rows{more}", result.row_count);
    }
}

fn cell(cell: &Cell) -> String {
    let text = match cell {
        Cell::Null => "NULL".to_owned(),
        Cell::Integer(value) => value.to_string(),
        // Sums of money come out of floating point with tails such as .8999999999996.
        Cell::Real(value) => format!("{:.4}", value)
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned(),
        Cell::Text(text) => text.replace(['\n', '\r', '\t'], " "),
    };
    shortened(&text)
}

fn shortened(text: &str) -> String {
    if text.width() <= COLUMN_WIDTH {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if short.width() >= COLUMN_WIDTH - 2 {
            break;
        }
        short.push(character);
    }
    short + "…"
}

/// Prints columns that line up, in wide Chinese characters too.
pub fn table(columns: &[String], rows: &[Vec<String>]) {
    let widths: Vec<usize> = (0..columns.len())
        .map(|index| {
            rows.iter()
                .map(|row| row[index].width())
                .chain([columns[index].width()])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width())))
            .collect();
        println!("{}", padded.join("  ").trim_end());
    };
    line(columns);
    line(
        &widths
            .iter()
            .map(|width| "-".repeat(*width))
            .collect::<Vec<_>>(),
    );
    rows.iter().for_each(|row| line(row));
}

/// Runs that were kept, newest first.
///
/// # Errors
/// When they have no form in JSON.
pub fn summaries(runs: &[RunSummary], as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(&runs);
    }
    let rows: Vec<Vec<String>> = runs
        .iter()
        .map(|run| {
            let status = serde_json::to_value(run.status).ok();
            let status = status
                .as_ref()
                .and_then(|status| status.as_str())
                .unwrap_or("?");
            vec![
                run.run.to_string(),
                run.created_at.clone(),
                run.assistant.clone(),
                status.to_owned(),
                shortened(&run.title),
            ]
        })
        .collect();
    table(
        &["run", "began", "assistant", "status", "title"].map(String::from),
        &rows,
    );
    Ok(())
}

/// Models and whether they are here.
///
/// # Errors
/// When they have no form in JSON.
pub fn models(models: &[ModelInfo], as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(&models);
    }
    let rows: Vec<Vec<String>> = models
        .iter()
        .map(|model| {
            vec![
                model.id.to_string(),
                model.title.clone(),
                format!("{} MB", model.byte_count() / 1_000_000),
                if model.present { "here" } else { "not here" }.to_owned(),
                if model.is_default { "default" } else { "" }.to_owned(),
            ]
        })
        .collect();
    table(&["id", "title", "size", "", ""].map(String::from), &rows);
    Ok(())
}

/// Services and where their keys lie.
///
/// # Errors
/// When they have no form in JSON.
pub fn services(services: &[ServiceInfo], as_json: bool) -> Result<(), Fault> {
    if as_json {
        let all: Vec<_> = services
            .iter()
            .map(|service| {
                json!({
                    "name": service.name,
                    "kind": service.kind,
                    "base_url": service.base_url,
                    "key_place": service.key_place,
                })
            })
            .collect();
        return json(&all);
    }
    let rows: Vec<Vec<String>> = services
        .iter()
        .map(|service| {
            let key = service.key_place.map(crate::services::key_words);
            vec![
                service.name.clone(),
                crate::services::kind_name(service.kind),
                service.base_url.clone().unwrap_or_default(),
                key.unwrap_or("no key").to_owned(),
            ]
        })
        .collect();
    table(&["name", "kind", "address", "key"].map(String::from), &rows);
    Ok(())
}

/// What trying a service showed.
pub fn connection(report: &ConnectionReport) {
    for finding in &report.findings {
        let sign = if finding.passed { "✓" } else { "✗" };
        println!("{sign} {}  {}", finding.name, finding.detail);
    }
    println!("{}", report.sentence);
}
