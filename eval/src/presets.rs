//! `eval presets`: every preset on the cases that lie beside this program, and `shell` on tasks
//! that nobody here wrote.
//!
//! Cases in, one `deskhand-cli batch ID` for each preset, answers judged here, figures out. A case
//! is `{"id", "inputs", "expect"}`; what can be expected is said in [`cases`].

mod cases;
mod effect;
mod equation;
mod figures;
mod run;
mod words;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use tempfile::TempDir;

use crate::failure::Failure;
use cases::Case;
use figures::{Figures, Judged};

/// Where the cases lie.
const CASES: &str = "eval/presets";

/// What to measure, and what to print.
#[derive(clap::Args)]
pub struct Options {
    /// Where material that nobody here wrote lies
    #[arg(long, default_value = "../shared/eval")]
    eval_dir: PathBuf,
    /// The deskhand-cli to measure [default: the one beside this program]
    #[arg(long)]
    cli: Option<PathBuf>,
    /// The model to measure it with [default: the CLI's own]
    #[arg(long)]
    model: Option<String>,
    /// Only this preset; may be given several times
    #[arg(long)]
    only: Vec<String>,
    /// Only so many cases of each preset, spread evenly
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Show what went wrong on standard error
    #[arg(long)]
    wrong: bool,
    /// Keep the raw results in this folder, and every draft of the model
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Check, mend and vote again on drafts that were kept there, without the model
    #[arg(long, value_name = "DIR")]
    again: Option<PathBuf>,
    /// Leave out the tasks that others wrote
    #[arg(long)]
    own: bool,
}

/// Asks, judges and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = Path::new(CASES);
    if !folder.is_dir() {
        return Err(Failure::NoMaterial(folder.into()));
    }
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let mut all = Vec::new();
    let ids = ids(folder, &options.only)?;
    let begin = Instant::now();
    for (place, id) in ids.iter().enumerate() {
        let mut cases = cases::read(&folder.join(format!("{id}.jsonl")))?;
        if id == "shell" && !options.own {
            cases.extend(cases::of_alfa(&options.eval_dir)?);
        }
        let cases = sample(cases, options.limit);
        let (number, count) = (cases.len(), ids.len());
        writeln!(
            io::stderr(),
            "{} of {count}: {id}, {number} cases",
            place + 1
        )?;
        let figures = measure_one(options, id, &cases, scratch.path())?;
        writeln!(
            io::stderr(),
            "    {} of {number} right; {} s so far",
            figures.right_count,
            begin.elapsed().as_secs()
        )?;
        all.push((id.clone(), figures));
    }
    if all.is_empty() {
        return Err(Failure::NoQuestions);
    }
    match options.json {
        true => figures::json(&all, out)?,
        false => figures::table(&all, out)?,
    }
    Ok(())
}

fn ids(folder: &Path, only: &[String]) -> Result<Vec<String>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(Failure::file(folder))?;
    let mut ids = Vec::new();
    for entry in entries {
        let path = entry.map_err(Failure::file(folder))?.path();
        let is_cases = path.extension().is_some_and(|ending| ending == "jsonl");
        if let Some(id) = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .filter(|_| is_cases)
        {
            ids.push(id.to_owned());
        }
    }
    ids.sort();
    ids.retain(|id| only.is_empty() || only.contains(id));
    Ok(ids)
}

fn sample(cases: Vec<Case>, limit: Option<u32>) -> Vec<Case> {
    let limit = limit
        .map_or(cases.len(), |limit| limit as usize)
        .min(cases.len());
    let all = cases.len();
    let picked: Vec<usize> = (0..limit).map(|place| place * all / limit.max(1)).collect();
    let each = cases.into_iter().enumerate();
    each.filter(|(place, _)| picked.contains(place))
        .map(|(_, case)| case)
        .collect()
}

fn measure_one(
    options: &Options,
    id: &str,
    cases: &[Case],
    scratch: &Path,
) -> Result<Figures, Failure> {
    let answers = run::ask(&run::Run {
        cli: options.cli.as_deref(),
        model: options.model.as_deref(),
        scratch,
        keep: options.keep.as_deref(),
        again: options.again.as_deref(),
        assistant: id,
        cases,
    })?;
    let mut judged = Vec::new();
    for case in cases {
        let answer = answers.get(&case.id).cloned().unwrap_or_default();
        let verdict = judge(case, &answer, scratch)?;
        if options.wrong
            && let Some(why) = &verdict.why
        {
            writeln!(
                io::stderr(),
                "{}: {why}\n    {:?}\n    {:?}",
                case.id,
                case.said(),
                answer.text()
            )?;
        }
        judged.push(verdict);
    }
    Ok(figures::count(&judged))
}

/// What one answer is worth.
fn judge(case: &Case, answer: &run::Answer, scratch: &Path) -> Result<Judged, Failure> {
    let why = match &answer.artifact {
        None => Some("there is no answer".to_owned()),
        Some(_) if !answer.is_done() => Some(format!("not sure: {}", answer.failed_check())),
        Some(artifact) if !case.expect.latex.is_empty() => equation::wrong(case, artifact),
        Some(artifact) if !case.expect.command.is_empty() => {
            effect::wrong(case, artifact, scratch)?
        }
        Some(_) => words::wrong(case, &answer.text()),
    };
    Ok(Judged {
        is_done: answer.is_done(),
        is_foreign: case.is_foreign,
        draws: answer.draws(),
        repairs: answer.repairs,
        total_ms: answer.timings_ms.total,
        first_token_ms: answer.timings_ms.first_token,
        why,
    })
}
