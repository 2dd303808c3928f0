//! `eval sql`: the share of questions whose query gives the reference's rows (execution match).
//!
//! Questions in, one `deskhand-cli batch sql` over all of them, rows compared, figures out.

mod batch;
mod execute;
mod judge;
mod material;
mod print;
mod score;
mod tally;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::failure::Failure;
pub use batch::beside_this_program;
pub use execute::Fault;
use judge::{Judgement, Verdict};
use material::{Choice, Collection, Language, Part, Question};

/// Which languages to ask in.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Set {
    En,
    Zh,
    Both,
}

impl Set {
    fn languages(self) -> &'static [Language] {
        match self {
            Self::En => &[Language::En],
            Self::Zh => &[Language::Zh],
            Self::Both => &[Language::En, Language::Zh],
        }
    }
}

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
    /// Which questions
    #[arg(long, value_enum, default_value = "public")]
    of: Collection,
    /// The language of the questions
    #[arg(long, value_enum, default_value = "en")]
    set: Set,
    /// How much of it [default: the sample of the public ones, all of ours]
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// Only so many questions of each language, spread evenly over the set
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Keep every draft and the results in this folder
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Check, mend and vote again on the drafts of such a folder, without the model
    #[arg(long, value_name = "DIR", conflicts_with_all = ["model", "keep"])]
    again: Option<PathBuf>,
    /// Score results kept earlier instead of asking again
    #[arg(long, value_name = "OUT.jsonl", conflicts_with_all = ["cli", "model", "keep", "again"])]
    from: Option<PathBuf>,
    /// Show the questions that went wrong, with both queries (on standard error beside --json)
    #[arg(long)]
    wrong: bool,
}

/// Asks, scores and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = match options.of {
        Collection::Public => options.eval_dir.join("sql"),
        Collection::Business | Collection::Followups => PathBuf::from("eval/business"),
    };
    if !folder.join("questions.jsonl").is_file() {
        return Err(Failure::NoMaterial(folder));
    }
    let questions = chosen(options, &folder)?;
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let results = match &options.from {
        Some(kept) => kept.clone(),
        None => ask(options, &folder, &questions, scratch.path())?,
    };
    let mut outcomes = batch::read(&results)?;
    let scored = scratch.path().join("score");
    let databases = material::copy_databases(options.of, &folder, &questions, &scored)?;
    let judgements = questions
        .into_iter()
        .map(|question| {
            let outcome = outcomes.remove(&question.key());
            judge::judge(question, outcome, &databases)
        })
        .collect::<Result<Vec<_>, _>>()?;
    report(options, &judgements, out)
}

fn chosen(options: &Options, folder: &Path) -> Result<Vec<Question>, Failure> {
    let choice = Choice {
        part: options.part.unwrap_or(options.of.usual()),
        limit: options.limit.map(|limit| limit as usize),
    };
    let mut questions = Vec::new();
    for language in options.set.languages() {
        questions.extend(options.of.questions(folder, *language, choice)?);
    }
    if questions.is_empty() {
        Err(Failure::NoQuestions)
    } else {
        Ok(questions)
    }
}

/// Runs the command line over the questions; the answer is the file of results.
fn ask(
    options: &Options,
    folder: &Path,
    questions: &[Question],
    scratch: &Path,
) -> Result<PathBuf, Failure> {
    let cli = match &options.cli {
        Some(path) => path.clone(),
        None => batch::beside_this_program()?,
    };
    // Its own copies: the ones that are scored must be untouched by what is measured.
    let databases = material::copy_databases(options.of, folder, questions, &scratch.join("ask"))?;
    let drafts = match (&options.keep, &options.again) {
        (Some(folder), _) => {
            std::fs::create_dir_all(folder).map_err(Failure::file(folder))?;
            batch::Drafts::Keep(folder.join("drafts.jsonl"))
        }
        (None, Some(folder)) => batch::Drafts::Again(folder.join("drafts.jsonl")),
        (None, None) => batch::Drafts::Fresh,
    };
    let results = match &options.keep {
        Some(folder) => folder.join("results.jsonl"),
        None => scratch.join("results.jsonl"),
    };
    let run = batch::Run {
        cli: &cli,
        model: options.model.as_deref(),
        scratch,
        results: &results,
        drafts,
    };
    run.ask(questions, &databases)?;
    Ok(results)
}

fn report(options: &Options, judgements: &[Judgement], out: &mut dyn Write) -> Result<(), Failure> {
    let missing = judgements
        .iter()
        .filter(|judgement| judgement.verdict == Verdict::Missing)
        .count();
    if missing > 0 {
        // Counted as wrong, but whoever reads the figures should know that these were never answered.
        writeln!(io::stderr(), "eval: {missing} questions have no result")?;
    }
    if options.wrong {
        // Beside --json standard output is for the object alone.
        if options.json {
            print::wrong(judgements, &mut io::stderr().lock())?;
        } else {
            print::wrong(judgements, out)?;
        }
    }
    let tallies = tally::by_language(judgements, options.set.languages(), options.of);
    if options.json {
        print::json(&tallies, out)?
    } else {
        print::table(&tallies, out)?
    }
    Ok(())
}
