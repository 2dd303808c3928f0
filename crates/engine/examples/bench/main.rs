//! `cargo xtask bench engine`: how fast the worker is, against llama.cpp without it.
//!
//! What is ours is measured through the worker process and its protocol, as the desk uses it. What
//! it is compared with is llama.cpp called directly, in this process, with the same libraries,
//! model and number of threads. Machines differ and are noisy, so the figures are ratios of times
//! that were taken in turns in the same run, and each is a median.
//!
//! It is an example and not a program of the product: nothing of it is shipped.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made ends with the reason, as a test does"
)]

mod bare;
mod builds;
mod calibration;
mod cases;
mod draft;
mod ours;
mod stream;
mod worker;

use std::path::PathBuf;

use clap::Parser;

use figures::Table;

/// What to measure with.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub struct Options {
    /// The worker program.
    #[arg(long)]
    engine: PathBuf,
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// A smaller model with the same tokens, tried as a draft.
    #[arg(long)]
    draft: Option<PathBuf>,
    /// Texts with options to choose among, as JSON lines.
    #[arg(long)]
    choices: Option<PathBuf>,
    /// This program with the libraries that an installer ships.
    #[arg(long)]
    shipped: Option<PathBuf>,
    /// Only print the prompt tokens a second of this build.
    #[arg(long)]
    prompt_speed: bool,
    /// How often each pair is measured.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

fn main() {
    let options = Options::parse();
    let bare = bare::Bare::load(&options.model);
    if options.prompt_speed {
        let speeds: Vec<f64> = (0..options.rounds).map(|_| bare.prompt_speed()).collect();
        println!("{:.2}", figures::median(&speeds));
        return;
    }
    let mut table = Table::default();
    ours::presets(&options, &mut table);
    ours::plain(&options, &bare, &mut table);
    ours::schema(&options, &bare, &mut table);
    ours::several(&options, &bare, &mut table);
    ours::choosing(&options, &mut table);
    if let Some(choices) = &options.choices {
        calibration::measure(&options, choices, &mut table);
    }
    ours::memory(&options, &mut table);
    if let Some(shipped) = &options.shipped {
        builds::compare(&options, shipped, &mut table);
    }
    if let Some(draft) = &options.draft {
        draft::try_it(&options, draft, &mut table);
    }
    match options.json {
        true => println!("{}", table.json()),
        false => print!("{table}"),
    }
}
