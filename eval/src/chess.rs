//! `eval chess`: are the moves right, legal, and is what is said of them true?
//!
//! Positions in, `deskhand-cli batch chess` over them, answers held against the rules with shakmaty
//! and against the suites' own solutions. Of what is measured nothing is linked; the rules are the
//! same library's, which the counts of `perft` in turn hold against others' numbers.

mod ask;
mod claims;
mod holds;
mod material;
mod perft;
mod reading;
mod sentences;
mod tally;

use std::io::Write;
use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use crate::failure::Failure;
use ask::{Answer, Asked};
use material::Problem;
use tally::{Figure, Tally, count, print, share};

/// A part of the measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Counts of legal moves.
    Perft,
    /// Positions in FEN, good and bad.
    Fens,
    /// Win at Chess, 300 positions, a second each.
    Wac,
    /// Puzzles of Lichess, a tenth of a second each.
    Puzzles,
    /// What is said, by code.
    Claims,
    /// How soon a suggestion is there.
    Pace,
    /// What is said, by the model.
    Words,
}

const ALL: [Part; 6] = [
    Part::Perft,
    Part::Fens,
    Part::Wac,
    Part::Puzzles,
    Part::Claims,
    Part::Pace,
];

/// What to measure, and what to print.
#[derive(clap::Args)]
pub struct Options {
    /// Where the material lies
    #[arg(long, default_value = "../shared/eval")]
    eval_dir: PathBuf,
    /// The deskhand-cli to measure [default: the one beside this program]
    #[arg(long)]
    cli: Option<PathBuf>,
    /// The model for `words` [default: the CLI's own]
    #[arg(long)]
    model: Option<String>,
    /// Which parts; `words` asks the model and is left out unless it is named
    #[arg(long, value_enum, value_delimiter = ',')]
    part: Vec<Part>,
    /// Only so many positions of each part, spread evenly
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// One JSON object instead of a table
    #[arg(long)]
    json: bool,
    /// Show what went wrong
    #[arg(long)]
    wrong: bool,
    /// Keep the raw results of each part in this folder
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Judge the results that were kept in this folder instead of asking
    #[arg(long, value_name = "DIR", conflicts_with_all = ["cli", "model", "keep"])]
    from: Option<PathBuf>,
}

/// Positions whose words are judged unless it is said.
const JUDGED: usize = 200;

/// Milliseconds that the engine has for each of them: whether words are true does not depend on it.
const JUDGED_MS: u32 = 300;

/// Positions whose time is taken.
const PACED: usize = 12;

/// Asks, scores and prints.
pub fn measure(options: &Options, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = options.eval_dir.join("chess");
    if !folder.is_dir() {
        return Err(Failure::NoMaterial(folder));
    }
    let scratch = TempDir::new().map_err(Failure::file(std::env::temp_dir()))?;
    let asked = Asked {
        options,
        folder: &folder,
        scratch: scratch.path(),
    };
    let parts = match options.part.is_empty() {
        true => ALL.to_vec(),
        false => options.part.clone(),
    };
    let mut tally = Tally::default();
    for part in parts {
        match part {
            Part::Perft => perft::measure(&folder, options.limit, &mut tally)?,
            Part::Fens => fens(&asked, &mut tally)?,
            Part::Wac => solved(
                &asked,
                "wac",
                1000,
                275.0 / 300.0,
                material::wac(&folder)?,
                &mut tally,
            )?,
            Part::Puzzles => {
                let puzzles = material::puzzles(&folder)?;
                solved(&asked, "puzzles", 100, 0.97, puzzles, &mut tally)?;
            }
            Part::Claims => said(&asked, "claims", "template", &mut tally)?,
            Part::Pace => pace(&asked, &mut tally)?,
            Part::Words => said(&asked, "words", "model", &mut tally)?,
        }
    }
    if tally.answers > 0 {
        let illegal = Figure::at_most("illegal_moves", count(tally.illegal), 0.0);
        tally.figures.push(illegal);
        tally
            .figures
            .push(Figure::free("answers", count(tally.answers)));
    }
    print(options, &tally, out)?;
    Ok(())
}

/// Whether bad positions are refused, with the code for it, and good ones answered.
fn fens(asked: &Asked<'_>, tally: &mut Tally) -> Result<(), Failure> {
    let labelled = asked.sample(material::fens(asked.folder)?);
    let inputs = labelled.iter().enumerate().map(|(index, (fen, _))| {
        json!({"id": index.to_string(), "fen": fen, "movetime_ms": 20, "words": "no"})
    });
    let answers = asked.answers("fens", inputs.collect())?;
    let mut right = 0;
    for (index, (fen, valid)) in labelled.iter().enumerate() {
        let answer = answers.get(&index.to_string());
        let code = answer.and_then(Answer::code);
        let is_right = match valid {
            true => answer.is_some_and(Answer::is_done),
            // Blank is missing; anything else is no position.
            false => matches!(
                code,
                Some("position-invalid" | "game-invalid" | "input-missing")
            ),
        };
        right += usize::from(is_right);
        if !is_right {
            tally
                .wrong
                .push(format!("fens: {fen} (valid: {valid}): {code:?}"));
        }
        tally.see(answer);
    }
    tally.figures.push(Figure::at_least(
        "fens.right",
        share(right, labelled.len()),
        1.0,
    ));
    Ok(())
}

/// The share of problems whose move is the solution's.
fn solved(
    asked: &Asked<'_>,
    name: &str,
    milliseconds: u32,
    must: f64,
    problems: Vec<Problem>,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let problems = asked.sample(problems);
    let inputs = problems.iter().map(|problem| {
        json!({"id": problem.id, "fen": problem.fen, "movetime_ms": milliseconds, "words": "no"})
    });
    let answers = asked.answers(name, inputs.collect())?;
    let (mut right, mut times) = (0, Vec::new());
    for problem in &problems {
        let answer = answers.get(&problem.id);
        let uci = answer.and_then(Answer::best).unwrap_or_default();
        times.extend(answer.and_then(Answer::total_ms));
        match problem.is_solved_by(uci) {
            true => right += 1,
            false => tally.wrong.push(format!(
                "{name}: {} {} gives {uci}",
                problem.id, problem.fen
            )),
        }
        tally.see(answer);
    }
    tally.figures.push(Figure::at_least(
        &format!("{name}.solved"),
        share(right, problems.len()),
        must,
    ));
    tally.figures.push(Figure::free(
        &format!("{name}.positions"),
        count(problems.len()),
    ));
    tally.median(name, times);
    Ok(())
}

/// Whether everything that is said of positions is true, as far as it can be checked.
fn said(asked: &Asked<'_>, name: &str, words: &str, tally: &mut Tally) -> Result<(), Failure> {
    let mut problems = material::wac(asked.folder)?;
    problems.extend(material::puzzles(asked.folder)?);
    let most = asked.options.limit.map_or(JUDGED, |limit| limit as usize);
    let problems = material::spread(problems, most);
    let inputs = problems.iter().enumerate().map(|(index, problem)| {
        let language = ["en", "zh-Hant", "zh-Hans"][index % 3];
        let level = ["club", "beginner", "expert"][index % 3];
        let mut input = json!({"id": problem.id, "fen": problem.fen, "words": words,
            "language": language, "level": level});
        if words == "template" {
            input["movetime_ms"] = JUDGED_MS.into();
        }
        input
    });
    let answers = asked.answers(name, inputs.collect())?;
    let (mut claims, mut times) = (claims::Count::default(), Vec::new());
    for problem in &problems {
        let answer = answers.get(&problem.id);
        times.extend(answer.and_then(Answer::total_ms));
        tally.see(answer);
        if let Some(artifact) = answer.and_then(Answer::artifact) {
            let found = claims::check(artifact);
            for flaw in &found.flaws {
                tally
                    .wrong
                    .push(format!("{name}: {} {}: {flaw}", problem.id, problem.fen));
            }
            claims.add(&found);
        }
    }
    let true_ones = share(claims.true_ones, claims.checked);
    tally
        .figures
        .push(Figure::at_least(&format!("{name}.true"), true_ones, 1.0));
    tally.figures.push(Figure::free(
        &format!("{name}.checked"),
        count(claims.checked),
    ));
    tally.figures.push(Figure::free(
        &format!("{name}.sentences"),
        count(claims.sentences),
    ));
    tally.figures.push(Figure::at_most(
        &format!("{name}.unchecked"),
        count(claims.unchecked),
        0.0,
    ));
    tally.figures.push(Figure::free(
        &format!("{name}.positions"),
        count(problems.len()),
    ));
    if words == "model" {
        let answers = problems
            .iter()
            .filter_map(|problem| answers.get(&problem.id));
        in_its_own_words(name, &answers.collect::<Vec<_>>(), tally);
    }
    tally.median(name, times);
    Ok(())
}

/// How many answers hold words of the model's own, and when the first of them could be seen.
fn in_its_own_words(name: &str, answers: &[&Answer], tally: &mut Tally) {
    let worded = answers
        .iter()
        .filter(|answer| answer.sentences_by_model() > 0)
        .count();
    let first_words: Vec<u64> = answers
        .iter()
        .filter_map(|answer| answer.first_words_ms())
        .collect();
    for (figure, count) in [
        ("by_model", worded),
        ("first_words.seen", first_words.len()),
    ] {
        let share = share(count, answers.len());
        tally
            .figures
            .push(Figure::free(&format!("{name}.{figure}"), share));
    }
    tally.median_at_most(&format!("{name}.first_words"), first_words, 3000.0);
}

/// How long a suggestion takes where nobody says how long it may.
fn pace(asked: &Asked<'_>, tally: &mut Tally) -> Result<(), Failure> {
    let problems = material::spread(material::wac(asked.folder)?, PACED);
    let inputs = problems
        .iter()
        .map(|problem| json!({"id": problem.id, "fen": problem.fen, "words": "template"}));
    let answers = asked.answers("pace", inputs.collect())?;
    let times = answers.values().filter_map(Answer::total_ms).collect();
    tally.median_at_most("suggestion", times, 1000.0);
    Ok(())
}
