//! `eval ledger`: how many happenings that somebody told in their own words become the right entry.
//!
//! Labelled texts in, one `deskhand-cli batch ledger` over all of them, entries compared, figures out.
//! `dev` was looked at while the reading was built, `held` only afterwards. `untaught` and `taught` are
//! a person's own habits, before and after they corrected five items like those that are asked.

mod ask;
mod judge;
mod labels;
mod print;
mod tally;

use std::io::{self, Write};
use std::path::PathBuf;

use tempfile::TempDir;

use crate::failure::Failure;
use labels::{Half, Item};
use tally::Tally;

/// What to measure, and what to print.
#[derive(clap::Args)]
pub struct Options {
    /// Where the labelled texts lie
    #[arg(long, default_value = "eval/ledger")]
    labels: PathBuf,
    /// Which of them
    #[arg(long, value_enum, default_value = "all")]
    of: Half,
    /// The deskhand-cli to measure [default: the one beside this program]
    #[arg(long)]
    cli: Option<PathBuf>,
    /// The model to measure it with [default: the CLI's own]
    #[arg(long)]
    model: Option<String>,
    /// Only so many texts, spread evenly over the set
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Keep the raw results here
    #[arg(long, value_name = "OUT.jsonl")]
    keep: Option<PathBuf>,
    /// Score results kept earlier instead of asking again
    #[arg(long, value_name = "OUT.jsonl", conflicts_with_all = ["cli", "model", "keep"])]
    from: Option<PathBuf>,
    /// Show what went wrong (on standard error beside --json)
    #[arg(long)]
    wrong: bool,
}

/// Asks, scores and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    if !options.labels.join("dev.jsonl").is_file() {
        return Err(Failure::NoMaterial(options.labels.clone()));
    }
    let items = labels::read(
        &options.labels,
        options.of,
        options.limit.map(|limit| limit as usize),
    )?;
    if items.is_empty() {
        return Err(Failure::NoQuestions);
    }
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let results = match &options.from {
        Some(kept) => kept.clone(),
        None => ask(options, &items, scratch.path())?,
    };
    let mut outcomes = ask::read(&results)?;
    let judged: Vec<(Item, judge::Judgement)> = items
        .into_iter()
        .map(|item| {
            let outcome = outcomes.remove(&item.id).unwrap_or_default();
            let judgement = judge::judge(&item, &outcome);
            (item, judgement)
        })
        .collect();
    if options.wrong {
        match options.json {
            true => print::wrong(&judged, &mut io::stderr().lock())?,
            false => print::wrong(&judged, out)?,
        }
    }
    let tallies = Tally::of_each(&judged);
    match options.json {
        true => print::json(&tallies, out)?,
        false => print::table(&tallies, out)?,
    }
    Ok(())
}

fn ask(options: &Options, items: &[Item], scratch: &std::path::Path) -> Result<PathBuf, Failure> {
    let cli = match &options.cli {
        Some(path) => path.clone(),
        None => crate::sql::beside_this_program()?,
    };
    let results = options
        .keep
        .clone()
        .unwrap_or_else(|| scratch.join("results.jsonl"));
    ask::run(&cli, options.model.as_deref(), items, scratch, &results)?;
    Ok(results)
}
