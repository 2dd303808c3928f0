//! A line of cron: the five fields, and when it is due next.

use std::str::FromStr;

use croner::Cron;
use jiff::Zoned;

use super::{Argument, Entry, Found, Looked};

pub(super) const CRON: Entry = Entry {
    name: "cron",
    argument: Argument::None,
    look,
};

/// How many of the next times are shown.
const TIMES: usize = 5;

fn look(at: &Looked<'_>) -> Found {
    look_from(at.text, Zoned::now())
}

/// The same from a given moment.
pub(super) fn look_from(text: &str, now: Zoned) -> Found {
    let fields = fields(text);
    let schedule = match Cron::from_str(&fields) {
        Ok(schedule) => schedule,
        Err(error) => {
            return Found::failed(
                "cron",
                error.to_string(),
                format!(
                    "{fields:?} is not a line of cron ({error}). Write five fields: minute, hour, day of the month, month, day of the week."
                ),
            );
        }
    };
    let mut found = Found::passed("cron", format!("five fields: {fields}"));
    let mut moment = now;
    for _ in 1..=TIMES {
        let Ok(next) = schedule.find_next_occurrence(&moment, false) else {
            break;
        };
        let shown = next.strftime("%Y-%m-%d %H:%M, %a").to_string();
        found = found.with("next", shown);
        moment = next;
    }
    if found.findings.is_empty() {
        return Found::failed(
            "cron",
            "there is no time at which it is due",
            "No day fits this line of cron; write one that is due now and then.",
        );
    }
    found
}

/// The first five fields of the first line: behind them stands the command, if any.
fn fields(text: &str) -> String {
    let line = text
        .trim()
        .lines()
        .find(|line| !line.trim_start().starts_with('#'));
    let line = line.unwrap_or_default().trim().trim_matches('`');
    if line.starts_with('@') {
        return line
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned();
    }
    let fields: Vec<&str> = line.split_whitespace().take(5).collect();
    fields.join(" ")
}
