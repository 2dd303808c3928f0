//! `eval page`: briefs in, pages out, and each page held against its brief and looked at in a browser.
//!
//! Facts, sections, language and repetition are judged here by rules of this program's own; whether a
//! page is sound is judged by Chromium and axe-core, where they are installed.

mod browser;
mod judge;

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::json;
use tempfile::TempDir;

use crate::failure::Failure;
use judge::Judgement;

/// What to measure, and what to print.
#[derive(clap::Args)]
pub struct Options {
    /// The briefs
    #[arg(long, default_value = "eval/page/briefs.jsonl")]
    briefs: PathBuf,
    /// The deskhand-cli to measure [default: the one beside this program]
    #[arg(long)]
    cli: Option<PathBuf>,
    /// The model to measure it with [default: the CLI's own]
    #[arg(long)]
    model: Option<String>,
    /// Only so many briefs, spread evenly over the set
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Keep the raw results here
    #[arg(long, value_name = "OUT.jsonl")]
    keep: Option<PathBuf>,
    /// Judge results kept earlier instead of making pages again
    #[arg(long, value_name = "OUT.jsonl", conflicts_with_all = ["cli", "model", "keep"])]
    from: Option<PathBuf>,
    /// Write the pages into this folder
    #[arg(long, value_name = "FOLDER")]
    pages: Option<PathBuf>,
    /// Where axe-core lies; without it or without Chromium no page is looked at
    #[arg(long, default_value = "ui/node_modules/axe-core/axe.min.js")]
    axe: PathBuf,
    /// Show what went wrong (on standard error beside --json)
    #[arg(long)]
    wrong: bool,
}

/// A brief with what must come of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Brief {
    /// Its name.
    pub id: String,
    /// `en`, `zh-Hant` or `zh-Hans`.
    pub language: String,
    /// The brief.
    pub brief: String,
    /// What must stand in the page.
    pub facts: Vec<String>,
    /// Kinds of section that must be there.
    pub sections: Vec<String>,
}

/// What one result line says, as far as it is judged.
#[derive(Debug, Default, Deserialize)]
pub struct Outcome {
    #[serde(default)]
    id: Option<String>,
    /// How the run ended.
    #[serde(default)]
    pub status: String,
    /// The page.
    #[serde(default)]
    pub artifact: Option<Page>,
    /// What was checked.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Where the time went.
    #[serde(default)]
    pub timings_ms: Option<Timings>,
}

/// A page.
#[derive(Debug, Default, Deserialize)]
pub struct Page {
    /// The document.
    #[serde(default)]
    pub html: String,
    /// Its sections.
    #[serde(default)]
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Deserialize)]
pub struct Section {
    /// Its kind.
    pub kind: String,
}

/// A check.
#[derive(Debug, Deserialize)]
pub struct Check {
    /// Its name.
    pub name: String,
    /// What was found.
    #[serde(default)]
    pub detail: String,
}

/// Milliseconds.
#[derive(Debug, Default, Deserialize)]
pub struct Timings {
    /// The whole run.
    #[serde(default)]
    pub total: u64,
    /// By stage, with when the first section was there.
    #[serde(default)]
    pub stages: HashMap<String, u64>,
}

/// Makes pages, judges them and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    let briefs = chosen(options)?;
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let results = match &options.from {
        Some(kept) => kept.clone(),
        None => ask(options, &briefs, scratch.path())?,
    };
    let mut outcomes = read(&results)?;
    let browser = browser::Browser::find(&options.axe);
    let mut judgements = Vec::new();
    for brief in briefs {
        let outcome = outcomes.remove(&brief.id).unwrap_or_default();
        if let (Some(folder), Some(page)) = (&options.pages, &outcome.artifact) {
            fs::create_dir_all(folder).map_err(Failure::file(folder))?;
            let path = folder.join(format!("{}.html", brief.id));
            fs::write(&path, &page.html).map_err(Failure::file(&path))?;
        }
        judgements.push(judge::judge(
            brief,
            &outcome,
            browser.as_ref(),
            scratch.path(),
        ));
    }
    report(options, &judgements, browser.is_some(), out)
}

fn chosen(options: &Options) -> Result<Vec<Brief>, Failure> {
    let text = fs::read_to_string(&options.briefs)
        .map_err(|_| Failure::NoMaterial(options.briefs.clone()))?;
    let mut briefs = Vec::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        briefs.push(serde_json::from_str(line).map_err(|source| Failure::Line {
            path: options.briefs.clone(),
            line: at + 1,
            source,
        })?);
    }
    let total = briefs.len();
    let wanted = options
        .limit
        .map_or(total, |limit| (limit as usize).min(total));
    let chosen: Vec<Brief> = (0..wanted)
        .map(|place| briefs.get(place * total / wanted.max(1)).cloned())
        .collect::<Option<_>>()
        .unwrap_or_default();
    if chosen.is_empty() {
        Err(Failure::NoQuestions)
    } else {
        Ok(chosen)
    }
}

/// One `deskhand-cli batch page` over all briefs.
fn ask(options: &Options, briefs: &[Brief], scratch: &Path) -> Result<PathBuf, Failure> {
    let cli = match &options.cli {
        Some(cli) => cli.clone(),
        None => crate::beside_this_program()?,
    };
    if !cli.is_file() {
        return Err(Failure::NoCommandLine(cli));
    }
    let input = scratch.join("briefs.jsonl");
    let lines: String = briefs
        .iter()
        .map(|brief| format!("{}\n", json!({"id": brief.id, "brief": brief.brief})))
        .collect();
    fs::write(&input, lines).map_err(Failure::file(&input))?;
    let results = options
        .keep
        .clone()
        .unwrap_or_else(|| scratch.join("results.jsonl"));
    // A file kept from an earlier run must not be taken for this one's.
    if results.exists() {
        fs::remove_file(&results).map_err(Failure::file(&results))?;
    }
    let mut command = Command::new(&cli);
    command.arg("--data-dir").arg(scratch.join("data"));
    if let Some(model) = &options.model {
        command.args(["--model", model]);
    }
    command.args(["batch", "page"]).arg(&input).arg(&results);
    command
        .stdin(Stdio::null())
        .stdout(io::stderr())
        .stderr(Stdio::inherit());
    let status = command.status().map_err(Failure::file(&cli))?;
    match fs::metadata(&results) {
        Ok(file) if file.len() > 0 => Ok(results),
        _ => Err(Failure::NoResults(status.to_string())),
    }
}

fn read(path: &Path) -> Result<HashMap<String, Outcome>, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::file(path))?;
    let mut outcomes = HashMap::new();
    for (at, line) in text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
    {
        let outcome: Outcome = serde_json::from_str(line).map_err(|source| Failure::Line {
            path: path.into(),
            line: at + 1,
            source,
        })?;
        if let Some(id) = outcome.id.clone() {
            outcomes.insert(id, outcome);
        }
    }
    Ok(outcomes)
}

/// A figure with what it must reach.
struct Figure {
    name: &'static str,
    value: f64,
    must: f64,
    /// Whether less is better.
    is_most: bool,
}

impl Figure {
    fn met(&self) -> bool {
        if self.is_most {
            self.value <= self.must
        } else {
            self.value >= self.must
        }
    }
}

fn share(parts: impl Iterator<Item = (usize, usize)>) -> f64 {
    let (good, all) = parts.fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    #[expect(clippy::cast_precision_loss, reason = "counts of a few hundred")]
    let share = good as f64 / all.max(1) as f64;
    share
}

fn figures(judgements: &[Judgement], has_browser: bool) -> Vec<Figure> {
    let least = |name, value, must| Figure {
        name,
        value,
        must,
        is_most: false,
    };
    let of = |good: fn(&Judgement) -> bool| {
        share(judgements.iter().map(|one| (usize::from(good(one)), 1)))
    };
    let sections = judgements
        .iter()
        .map(|one| (one.sections_present, one.sections));
    let mut figures = vec![
        least("finished", of(|one| one.is_done), 1.0),
        least(
            "facts kept",
            share(judgements.iter().map(|one| (one.facts_kept, one.facts))),
            0.98,
        ),
        least("sections present", share(sections), 0.95),
        least(
            "copy: language, no repetition",
            of(|one| one.copy_problem.is_none()),
            0.97,
        ),
        least(
            "copy by the model",
            share(judgements.iter().map(|one| (one.texts_by_model, one.texts))),
            0.9,
        ),
    ];
    if has_browser {
        figures.push(least(
            "sound in the browser",
            of(|one| one.browser_problem.is_none()),
            1.0,
        ));
    }
    let most = |name, value, must| Figure {
        name,
        value,
        must,
        is_most: true,
    };
    figures.extend([
        most(
            "seconds to a section (median)",
            middle(judgements.iter().filter_map(|one| one.first_ms)),
            4.0,
        ),
        most(
            "seconds a page (median)",
            middle(judgements.iter().map(|one| one.total_ms)),
            30.0,
        ),
    ]);
    figures
}

/// The median of some milliseconds, in seconds.
fn middle(times: impl Iterator<Item = u64>) -> f64 {
    let mut times: Vec<u64> = times.collect();
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a run")]
    let seconds = middle as f64 / 1000.0;
    seconds
}

fn report(
    options: &Options,
    judgements: &[Judgement],
    has_browser: bool,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let figures = figures(judgements, has_browser);
    let mut print = || -> io::Result<()> {
        if options.json {
            let object: serde_json::Map<String, serde_json::Value> = figures
                .iter()
                .map(|figure| {
                    (
                        figure.name.to_owned(),
                        json!({"value": figure.value, "must": figure.must, "met": figure.met()}),
                    )
                })
                .chain([("pages".to_owned(), json!(judgements.len()))])
                .collect();
            writeln!(out, "{}", serde_json::Value::Object(object))?;
        } else {
            writeln!(out, "{} pages", judgements.len())?;
            for figure in &figures {
                let mark = if figure.met() { "met" } else { "NOT MET" };
                let sign = if figure.is_most { "<=" } else { ">=" };
                writeln!(
                    out,
                    "{:<32} {:>8.3}  {sign} {:<6} {mark}",
                    figure.name, figure.value, figure.must
                )?;
            }
            if !has_browser {
                writeln!(
                    out,
                    "no page was looked at: Chromium or axe-core is missing"
                )?;
            }
        }
        if options.wrong {
            for judgement in judgements {
                for problem in judgement.problems() {
                    writeln!(io::stderr(), "{}: {problem}", judgement.id)?;
                }
            }
        }
        Ok(())
    };
    print().map_err(Failure::file("standard output"))
}
