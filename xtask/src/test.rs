//! `cargo xtask test`: everything that must hold, step by step, until the first that does not.

mod house;
pub mod step;
mod tally;

use std::time::Instant;

use crate::failure::Failure;
use step::{STEPS, Step};
use tally::Tally;

/// Names of the steps, for the usage.
pub fn names() -> String {
    let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    names.join(", ")
}

/// `cargo xtask test [--fast] [--only STEP]`.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    let chosen = choose(arguments)?;
    let mut tally = Tally::default();
    for step in chosen {
        println!("\n━━ {} ━━", step.name);
        let begin = Instant::now();
        let outcome = (step.work)();
        tally.add(step.name, begin.elapsed(), outcome.is_ok());
        if let Err(failure) = outcome {
            eprintln!("\nThe step {} failed: {failure}", step.name);
            break;
        }
    }
    println!("{tally}");
    if tally.failed > 0 {
        return Err(Failure::Status(1));
    }
    Ok(())
}

fn choose(arguments: &[String]) -> Result<Vec<&'static Step>, Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => Ok(STEPS.iter().collect()),
        ["--fast"] => Ok(STEPS.iter().filter(|step| !step.is_slow).collect()),
        ["--only", name] => match STEPS.iter().find(|step| step.name == *name) {
            Some(step) => Ok(vec![step]),
            None => Err(Failure::usage(format!("no step is called {name}"))),
        },
        _ => Err(Failure::usage("test takes --fast, or --only and a step")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(words: &[&str]) -> Result<Vec<&'static str>, Failure> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Ok(choose(&words)?.iter().map(|step| step.name).collect())
    }

    #[test]
    fn steps_are_chosen_by_the_command_line() {
        assert_eq!(chosen(&[]).unwrap().len(), STEPS.len());
        assert_eq!(chosen(&["--only", "clippy"]).unwrap(), ["clippy"]);
        assert!(!chosen(&["--fast"]).unwrap().contains(&"end-to-end"));
        assert!(chosen(&["--only", "nothing"]).is_err());
        assert!(chosen(&["--only"]).is_err());
    }
}
