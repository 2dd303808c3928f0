//! Whether the probabilities of a choice can be believed: of a hundred choices made with 0.8,
//! eighty should be right.
//!
//! The measure is the expected calibration error (Naeini, Cooper and Hauskrecht, 2015): choices are
//! put into ten bins by the probability of the option that was chosen, and the distances between
//! mean probability and share of right ones are averaged, each weighted with the size of its bin.
//!
//! "Against no text" is what the product does (`model::local`): what the preset alone makes the model
//! prefer is taken off.

use std::path::Path;

use protocol::{Choose, Message, Role};
use serde::Deserialize;

use crate::Options;
use crate::worker::Worker;
use figures::Table;

/// One line of the set.
#[derive(Deserialize)]
struct Item {
    task: String,
    text: String,
    options: Vec<String>,
    answer: String,
}

/// An item with what the worker made of it.
struct Scored {
    /// For each option the mean logarithm of its tokens' probabilities, less what it has when
    /// there is no text at all.
    scores: Vec<f32>,
    right: usize,
}

/// Measures a set.
pub fn measure(options: &Options, set: &Path, table: &mut Table) {
    let lines = std::fs::read_to_string(set).unwrap();
    let items: Vec<Item> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut worker = Worker::start(options, crate::bare::CONTEXT, None);
    for is_weighed in [false, true] {
        let scored: Vec<Scored> = items
            .iter()
            .map(|item| score(&mut worker, item, is_weighed))
            .collect();
        let how = if is_weighed {
            "against no text"
        } else {
            "plain"
        };
        let right = scored
            .iter()
            .filter(|one| likeliest(&one.scores) == one.right)
            .count();
        table.report(
            &format!("choices right of {} ({how})", items.len()),
            right as f64,
        );
        // The one number is fitted on every second item and judged on the others.
        let (fit, judge): (Vec<_>, Vec<_>) = scored
            .iter()
            .enumerate()
            .partition(|(place, _)| place % 2 == 0);
        let fit: Vec<&Scored> = fit.into_iter().map(|(_, one)| one).collect();
        let judge: Vec<&Scored> = judge.into_iter().map(|(_, one)| one).collect();
        let sharpness = fitted(&fit);
        table.report(
            &format!("calibration error, sharpness 1 ({how})"),
            error(&judge, 1.0),
        );
        table.report(&format!("sharpness fitted ({how})"), f64::from(sharpness));
        table.report(
            &format!("calibration error, fitted ({how})"),
            error(&judge, sharpness),
        );
    }
}

fn score(worker: &mut Worker, item: &Item, is_weighed: bool) -> Scored {
    let mut ask = |text: &str| {
        let said = worker.choose(Choose {
            messages: vec![
                Message {
                    role: Role::System,
                    text: format!("{}\nOptions: {}.", item.task, item.options.join("; ")),
                },
                Message {
                    role: Role::User,
                    text: text.to_owned(),
                },
            ],
            preset: 1,
            lead: 0,
            options: item.options.clone(),
            adapter: None,
        });
        said.scores
    };
    let mut scores = ask(&item.text);
    if is_weighed {
        let nothing = ask("…");
        for (score, nothing) in scores.iter_mut().zip(nothing) {
            *score -= nothing;
        }
    }
    let right = item
        .options
        .iter()
        .position(|option| *option == item.answer);
    Scored {
        scores,
        right: right.unwrap(),
    }
}

fn likeliest(scores: &[f32]) -> usize {
    let places = 0..scores.len();
    places
        .max_by(|one, other| scores[*one].total_cmp(&scores[*other]))
        .unwrap()
}

/// The probability of the likeliest option.
fn confidence(scores: &[f32], sharpness: f32) -> f64 {
    let top = scores[likeliest(scores)];
    let sum: f64 = scores
        .iter()
        .map(|score| f64::from((score - top) * sharpness).exp())
        .sum();
    1.0 / sum
}

/// The sharpness that makes the right options likeliest together.
fn fitted(items: &[&Scored]) -> f32 {
    let loss = |sharpness: f32| -> f64 {
        let each = items.iter().map(|item| {
            let top = likeliest(&item.scores);
            let distance = f64::from((item.scores[item.right] - item.scores[top]) * sharpness);
            confidence(&item.scores, sharpness).ln() + distance
        });
        -each.sum::<f64>()
    };
    let tried = (1..=80).map(|step| step as f32 * 0.1);
    tried
        .min_by(|one, other| loss(*one).total_cmp(&loss(*other)))
        .unwrap()
}

/// The expected calibration error over ten bins.
fn error(items: &[&Scored], sharpness: f32) -> f64 {
    let mut bins = vec![(0.0, 0.0, 0.0); 10];
    for item in items {
        let confidence = confidence(&item.scores, sharpness);
        let bin = &mut bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += 1.0;
        bin.1 += confidence;
        bin.2 += f64::from(u8::from(likeliest(&item.scores) == item.right));
    }
    let sum: f64 = bins
        .iter()
        .map(|(_, sure, right): &(f64, f64, f64)| (sure - right).abs())
        .sum();
    sum / items.len() as f64
}
