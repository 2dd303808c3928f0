//! `eval ml-code`: the share of training programs that import, build and take a training step.
//!
//! Requests in, one `deskhand-cli batch ml-model` over all of them; each program is laid out in a
//! folder of its own and run with `--smoke` by a Python that has the framework. Two sets: requests of
//! our own, at least one for each template and framework, of which all must pass, and the tasks in
//! the eval folder, whose networks are described in prose.

mod ask;
mod python;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::failure::Failure;
use ask::{Answer, Request};
use python::{Pythons, Trial};

/// Share of the programs for tasks in prose that must run.
const MUST_RUN: f64 = 0.60;

/// What to measure, and what to print.
#[derive(clap::Args)]
pub struct Options {
    /// Where the material lies
    #[arg(long, default_value = "../shared/eval")]
    eval_dir: PathBuf,
    /// The deskhand-cli to measure [default: the one beside this program]
    #[arg(long)]
    cli: Option<PathBuf>,
    /// The model to measure it with [default: the CLI's own]
    #[arg(long)]
    model: Option<String>,
    /// Which requests
    #[arg(long, value_enum, default_value = "all")]
    of: Set,
    /// Which framework
    #[arg(long, value_enum, default_value = "both")]
    framework: Which,
    /// Only so many requests of each set, spread evenly over it
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Keep the programs and what became of them in this folder
    #[arg(long, value_name = "FOLDER")]
    keep: Option<PathBuf>,
}

/// Which requests to measure with.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Set {
    /// Our own, for the templates
    Templates,
    /// Networks described in prose
    Prose,
    /// Both
    All,
}

/// Which framework to ask for.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    Keras,
    Pytorch,
    Both,
}

impl Which {
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Keras => &["keras"],
            Self::Pytorch => &["pytorch"],
            Self::Both => &["keras", "pytorch"],
        }
    }
}

/// What became of the requests of one set.
#[derive(Default)]
struct Tally {
    name: &'static str,
    must: f64,
    requests: usize,
    answered: usize,
    parsed: usize,
    ran: usize,
    layers: Vec<f64>,
    failures: Vec<String>,
}

impl Tally {
    fn share(&self, count: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "there are a few dozen requests")]
        let share = count as f64 / self.requests.max(1) as f64;
        share
    }

    fn layers_mean(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "there are a few dozen requests")]
        let count = self.layers.len() as f64;
        (!self.layers.is_empty()).then(|| self.layers.iter().sum::<f64>() / count)
    }

    fn met(&self) -> bool {
        self.share(self.ran) >= self.must
    }
}

/// Asks, runs and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let folder = options
        .keep
        .clone()
        .unwrap_or_else(|| scratch.path().join("programs"));
    fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
    let pythons = Pythons::find()?;
    let mut tallies = Vec::new();
    for (set, name, must) in [
        (Set::Templates, "templates", 1.0),
        (Set::Prose, "prose", MUST_RUN),
    ] {
        if options.of != set && options.of != Set::All {
            continue;
        }
        let mut requests = match set {
            Set::Templates => ask::own(options.framework.names())?,
            _ => ask::tasks(&options.eval_dir, options.framework.names())?,
        };
        thin(&mut requests, options.limit);
        let answers = ask::ask(
            options.cli.as_deref(),
            options.model.as_deref(),
            &requests,
            scratch.path(),
            name,
        )?;
        let mut tally = Tally {
            name,
            must,
            requests: requests.len(),
            ..Tally::default()
        };
        for request in &requests {
            let trial = match answers.get(&request.id) {
                Some(answer) => try_one(request, answer, &folder.join(name), &pythons, &mut tally)?,
                None => Trial::failed("there is no answer"),
            };
            if !trial.passed {
                tally
                    .failures
                    .push(format!("{}: {}", request.id, trial.said));
            }
        }
        tallies.push(tally);
    }
    match options.json {
        true => print_json(&tallies, out),
        false => print_table(&tallies, out),
    }
}

/// Every n-th request, so that so many are left.
fn thin(requests: &mut Vec<Request>, limit: Option<u32>) {
    let Some(limit) = limit.map(|limit| limit as usize) else {
        return;
    };
    let all = requests.len();
    if limit < all {
        let mut place = 0;
        requests.retain(|_| {
            let kept = place * limit / all != (place + 1) * limit / all;
            place += 1;
            kept
        });
    }
}

fn try_one(
    request: &Request,
    answer: &Answer,
    folder: &Path,
    pythons: &Pythons,
    tally: &mut Tally,
) -> Result<Trial, Failure> {
    if answer.status != "done" {
        return Ok(Trial::failed(&format!(
            "{}: {}",
            answer.status, answer.said
        )));
    }
    tally.answered += 1;
    let home = folder.join(request.id.replace(':', "-"));
    fs::create_dir_all(&home).map_err(Failure::file(&home))?;
    for (name, text) in &answer.files {
        let path = home.join(name);
        fs::write(&path, text).map_err(Failure::file(&path))?;
    }
    let program = answer.files.iter().find(|(name, _)| name == "train.py");
    let text = program.map_or("", |(_, text)| text.as_str());
    let Some(python) = pythons.of(text) else {
        return Ok(Trial::failed("there is no Python with that framework here"));
    };
    let compiled = python.run(&home, &["-m", "py_compile", "train.py"])?;
    if !compiled.passed {
        return Ok(compiled);
    }
    tally.parsed += 1;
    let trial = python.run(&home, &["train.py", "--smoke"])?;
    if trial.passed {
        tally.ran += 1;
    }
    if let (true, Some(reference)) = (python.has_keras, &request.reference) {
        let path = home.join("reference.py");
        fs::write(&path, reference).map_err(Failure::file(&path))?;
        let script = fs::canonicalize("eval/ml-code/layers.py")
            .map_err(Failure::file("eval/ml-code/layers.py"))?;
        let script = script.display().to_string();
        let counted = python.run(&home, &[script.as_str(), "reference.py", "train.py"])?;
        let share: Option<f64> = counted
            .printed
            .trim()
            .lines()
            .last()
            .and_then(|line| line.parse().ok());
        tally.layers.extend(share.filter(|_| counted.passed));
    }
    Ok(trial)
}

fn print_table(tallies: &[Tally], out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{:<12} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "", "requests", "answered", "parse", "run", "layers"
    )?;
    for tally in tallies {
        let layers = tally.layers_mean().map_or_else(|| "-".to_owned(), percent);
        writeln!(
            out,
            "{:<12} {:>9} {:>9} {:>9} {:>9} {:>9}",
            tally.name,
            tally.requests,
            percent(tally.share(tally.answered)),
            percent(tally.share(tally.parsed)),
            percent(tally.share(tally.ran)),
            layers
        )?;
    }
    for tally in tallies {
        let met = if tally.met() { "met" } else { "NOT met" };
        let (share, must) = (percent(tally.share(tally.ran)), percent(tally.must));
        writeln!(
            out,
            "\n{}: programs that take a training step {share}, must be {must}: {met}",
            tally.name
        )?;
        for failure in &tally.failures {
            writeln!(out, "  {failure}")?;
        }
    }
    Ok(())
}

fn print_json(tallies: &[Tally], out: &mut dyn Write) -> Result<(), Failure> {
    let mut object = Map::new();
    for tally in tallies {
        let free = |value: Value| json!({"value": value, "must": null, "met": null});
        let name = tally.name;
        object.insert(format!("{name}.requests"), free(tally.requests.into()));
        object.insert(
            format!("{name}.answered"),
            free(tally.share(tally.answered).into()),
        );
        object.insert(
            format!("{name}.parse"),
            free(tally.share(tally.parsed).into()),
        );
        object.insert(
            format!("{name}.run"),
            json!({"value": tally.share(tally.ran), "must": tally.must, "met": tally.met()}),
        );
        object.insert(format!("{name}.layers"), free(tally.layers_mean().into()));
    }
    writeln!(out, "{}", Value::Object(object))?;
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
