//! A palette: a colour a line, and at least one pair that text can be read in (4.5 to 1, the
//! figure of WCAG 2 for text of any size).

use std::sync::LazyLock;

use ::regex::Regex;

use super::{Argument, Entry, Found, Looked};

pub(super) const CONTRAST: Entry = Entry {
    name: "colours-contrast",
    argument: Argument::None,
    look,
};

/// What text needs against its ground.
const READABLE: f64 = 4.5;

static COLOUR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("#([0-9A-Fa-f]{6})\\b").expect("it is a constant that a test compiles")
});

fn look(at: &Looked<'_>) -> Found {
    let colours: Vec<(&str, f64)> = COLOUR
        .captures_iter(at.text)
        .filter_map(|groups| groups.get(0))
        .map(|colour| (colour.as_str(), luminance(colour.as_str())))
        .collect();
    if colours.len() < 3 {
        return Found::failed(
            "colours-contrast",
            format!("{} colours", colours.len()),
            "Write four to six colours, one a line, each as #rrggbb and a name.",
        );
    }
    let pairs = colours.iter().enumerate().flat_map(|(index, one)| {
        colours[index + 1..]
            .iter()
            .map(move |other| (one.0, other.0, contrast(one.1, other.1)))
    });
    let best = pairs.max_by(|one, other| one.2.total_cmp(&other.2));
    let Some((one, other, ratio)) = best else {
        return Found::failed(
            "colours-contrast",
            "no colours",
            "Write four to six colours.",
        );
    };
    if ratio < READABLE {
        return Found::failed(
            "colours-contrast",
            format!("the best pair, {one} on {other}, has {ratio:.1} to 1"),
            "No two of these colours can be read on each other; make one much darker and one much lighter.",
        );
    }
    let detail = format!("{one} on {other}: {ratio:.1} to 1");
    let mut found = Found::passed("colours-contrast", detail);
    for (colour, light) in &colours {
        let (white, black) = (contrast(*light, 1.0), contrast(*light, 0.0));
        let text = if white >= black { "white" } else { "black" };
        found = found.with(
            *colour,
            format!("{text} text: {:.1} to 1", white.max(black)),
        );
    }
    found
}

/// Relative luminance of `#rrggbb`, as WCAG 2 defines it.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let byte = colour
            .get(at..at + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let value = f64::from(byte.unwrap_or_default()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
