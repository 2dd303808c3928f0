//! Figures for people (an aligned table) and for programs (one JSON object).

use std::io::{self, Write};

use serde_json::{Map, Value, json};

/// What one answer was worth.
pub struct Judged {
    /// Whether it passed the preset's own checks.
    pub is_done: bool,
    /// Whether others wrote the case.
    pub is_foreign: bool,
    /// Whether it came with a picture.
    pub draws: bool,
    pub repairs: u32,
    pub total_ms: Option<u64>,
    pub first_token_ms: Option<u64>,
    /// What is wrong, if anything.
    pub why: Option<String>,
}

/// What all answers of a preset were worth.
#[derive(Debug, Default)]
pub struct Figures {
    pub cases: usize,
    /// How many were what was expected.
    pub right_count: usize,
    /// Share that passed the preset's own checks after repair.
    pub passed: f64,
    /// Share that was what was expected.
    pub right: f64,
    /// The same of the cases that others wrote.
    pub foreign: Option<f64>,
    /// Share that came with a picture.
    pub drawn: f64,
    pub repairs: f64,
    pub median_ms: Option<u64>,
    pub first_token_ms: Option<u64>,
}

/// Counts.
#[expect(clippy::cast_precision_loss, reason = "there are hundreds of cases")]
pub fn count(judged: &[Judged]) -> Figures {
    let share = |holds: &dyn Fn(&&Judged) -> bool| {
        judged.iter().filter(holds).count() as f64 / judged.len().max(1) as f64
    };
    let foreign: Vec<&Judged> = judged.iter().filter(|one| one.is_foreign).collect();
    let right = foreign.iter().filter(|one| one.why.is_none()).count() as f64;
    Figures {
        cases: judged.len(),
        right_count: judged.iter().filter(|one| one.why.is_none()).count(),
        passed: share(&|one| one.is_done),
        right: share(&|one| one.why.is_none()),
        foreign: (!foreign.is_empty()).then(|| right / foreign.len() as f64),
        drawn: share(&|one| one.draws),
        repairs: judged.iter().map(|one| f64::from(one.repairs)).sum::<f64>()
            / judged.len().max(1) as f64,
        median_ms: median(judged.iter().filter_map(|one| one.total_ms)),
        // The first answer of a preset reads its examples; that is not what a warm start measures.
        first_token_ms: median(judged.iter().skip(1).filter_map(|one| one.first_token_ms)),
    }
}

fn median(values: impl Iterator<Item = u64>) -> Option<u64> {
    let mut values: Vec<u64> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// Presets whose output has a grammar: those that are held to passing their parser.
const WITH_GRAMMAR: &[&str] = &[
    "latex",
    "shell",
    "spreadsheet-formula",
    "quiz",
    "meeting-actions",
    "extract-table",
    "palette",
    "regex",
    "cron-line",
    "compose",
    "dockerfile",
    "nginx-site",
    "systemd-unit",
    "mermaid",
    "python-script",
    "bash-script",
    "transform-data",
    "explain-sql",
    "git-command",
];

/// What must be reached.
fn musts(id: &str, figures: &Figures) -> Vec<(&'static str, f64, f64)> {
    let mut musts = Vec::new();
    if WITH_GRAMMAR.contains(&id) {
        musts.push(("passed", figures.passed, 0.98));
    }
    if id == "latex" {
        musts.push(("drawn", figures.drawn, 0.99));
        musts.push(("right", figures.right, 0.75));
    }
    if let (true, Some(foreign)) = (id == "shell", figures.foreign) {
        musts.push(("same_effect", foreign, 0.55));
    }
    musts
}

/// A line for each preset, then what must hold.
pub fn table(all: &[(String, Figures)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{:<22} {:>6} {:>8} {:>8} {:>8} {:>10} {:>12}",
        "", "cases", "passed", "right", "repairs", "median ms", "first token"
    )?;
    let ms = |value: Option<u64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    for (id, figures) in all {
        writeln!(
            out,
            "{id:<22} {:>6} {:>8} {:>8} {:>8.2} {:>10} {:>12}",
            figures.cases,
            percent(figures.passed),
            percent(figures.right),
            figures.repairs,
            ms(figures.median_ms),
            ms(figures.first_token_ms),
        )?;
    }
    writeln!(out)?;
    for (id, figures) in all {
        for (name, value, must) in musts(id, figures) {
            let met = if value >= must { "met" } else { "not met" };
            writeln!(
                out,
                "{id} {name} {}, must be {}: {met}",
                percent(value),
                percent(must)
            )?;
        }
    }
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// Every figure as `{"value", "must", "met"}`; without a must the latter are null.
pub fn json(all: &[(String, Figures)], out: &mut dyn Write) -> io::Result<()> {
    let mut object = Map::new();
    for (id, figures) in all {
        let musts = musts(id, figures);
        let figure = |name: &str, value: f64| {
            let must = musts
                .iter()
                .find(|(other, ..)| *other == name)
                .map(|(_, _, must)| *must);
            json!({"value": value, "must": must, "met": must.map(|must| value >= must)})
        };
        let plain = |value: Value| json!({"value": value, "must": null, "met": null});
        let mut one = json!({
            "cases": plain(json!(figures.cases)),
            "passed": figure("passed", figures.passed),
            "right": figure("right", figures.right),
            "repairs_mean": plain(json!(figures.repairs)),
            "median_ms": plain(json!(figures.median_ms)),
            "first_token_ms": {
                "value": figures.first_token_ms,
                "must": 400,
                "met": figures.first_token_ms.map(|ms| ms < 400),
            },
        });
        if id == "latex" {
            one["drawn"] = figure("drawn", figures.drawn);
        }
        if let Some(foreign) = figures.foreign {
            one["same_effect"] = figure("same_effect", foreign);
        }
        object.insert(id.clone(), one);
    }
    writeln!(out, "{}", Value::Object(object))
}
