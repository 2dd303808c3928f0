//! What the steps came to: a table of times and one closing line.

use std::fmt;
use std::time::Duration;

/// Steps that were taken.
#[derive(Default)]
pub struct Tally {
    rows: Vec<(&'static str, Duration, bool)>,
    /// How many held.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
}

impl Tally {
    /// Adds a step that was taken.
    pub fn add(&mut self, name: &'static str, took: Duration, held: bool) {
        self.rows.push((name, took, held));
        if held {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter)?;
        for (name, took, held) in &self.rows {
            let seconds = took.as_secs_f64();
            let word = if *held { "passed" } else { "failed" };
            writeln!(formatter, "{name:<12} {seconds:>8.1} s  {word}")?;
        }
        let total: Duration = self.rows.iter().map(|(_, took, _)| *took).sum();
        writeln!(
            formatter,
            "{:<12} {:>8.1} s\n",
            "in all",
            total.as_secs_f64()
        )?;
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_steps() {
        let mut tally = Tally::default();
        tally.add("format", Duration::from_millis(1200), true);
        tally.add("clippy", Duration::from_secs(60), false);
        let text = tally.to_string();
        assert!(text.contains("format            1.2 s  passed\n"), "{text}");
        assert!(text.ends_with("\n1 passed, 1 failed"), "{text}");
    }
}
