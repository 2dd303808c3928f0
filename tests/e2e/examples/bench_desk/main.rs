//! `cargo xtask bench desk`: what the window costs, against a bare one, and whether it keeps up.
//!
//! Both windows are looked at from outside, as a person does: the time to a usable window is the time from
//! the start of the program until its picture on the screen is the one that a first start came to. They are
//! started in turns, because machines are noisy, and each figure is a median.
//!
//! Frames are counted in the window itself, while an answer is written into it.

#![expect(
    clippy::unwrap_used,
    reason = "a measurement that cannot be made ends with the reason, as a test does"
)]

mod frames;
mod memory;
#[path = "../../../../xtask/src/package/screen.rs"]
mod screen;
mod service;
mod start;

use std::path::{Path, PathBuf};

use e2e::place;
use figures::{Table, median};

use start::{Kind, Started};

/// How often each window is started, unless told otherwise.
const ROUNDS: usize = 7;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name);
        place.and_then(|place| arguments.get(place + 1))
    };
    let bare = PathBuf::from(after("--bare").expect("--bare names the bare window"));
    let rounds = after("--limit").map_or(ROUNDS, |number| number.parse().unwrap());
    let mut figures = Table::default();
    against_bare(&bare, rounds, &mut figures);
    frames::measure(&mut figures);
    match arguments.iter().any(|argument| argument == "--json") {
        true => println!("{}", figures.json()),
        false => print!("{figures}"),
    }
}

/// How long both take to a usable window, and what both hold while nothing goes on.
fn against_bare(bare: &Path, rounds: usize, figures: &mut Table) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    std::fs::create_dir(&data).unwrap();
    // Somebody who has begun.
    std::fs::write(data.join("settings.toml"), "begun = true\n").unwrap();
    let told = ["--data-dir".to_owned(), data.display().to_string()];
    let picture = |name: &str| place::artifacts().join(format!("bench-{name}.png"));
    let window = place::program("deskhand");
    let ours = Kind::new(&window, &told, home.path(), &picture("deskhand"));
    let theirs = Kind::new(bare, &[], home.path(), &picture("bare"));
    let (mut our, mut their) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        our.push(ours.start());
        their.push(theirs.start());
    }
    let middle =
        |all: &[Started], of: fn(&Started) -> f64| median(&all.iter().map(of).collect::<Vec<_>>());
    let time = |all: &[Started]| middle(all, |one| one.usable_ms);
    let held = |all: &[Started]| middle(all, |one| one.megabytes);
    figures.report("start_ms", time(&our));
    figures.report("start_bare_ms", time(&their));
    figures.under("start_ratio", time(&our) / time(&their), 1.5);
    figures.report("idle_mb", held(&our));
    figures.report("idle_bare_mb", held(&their));
    figures.under("idle_ratio", held(&our) / held(&their), 1.4);
}
