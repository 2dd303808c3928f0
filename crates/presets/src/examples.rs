//! Testing a preset by its own examples: each is left out in turn and predicted from the others.

use assistant::artifact::Artifact;
use assistant::{Check, Inputs};

use crate::Preset;
use crate::artifact;
use crate::checks::Draft;
use crate::file::PresetFile;
use crate::tongue::Tongue;

/// How much of a longer text must be said in the same words.
const ALIKE: f64 = 0.5;

/// Outputs up to this many characters must be the same.
const SHORT: usize = 40;

/// One example to be predicted.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// Its place among the examples, from 0.
    pub place: usize,
    /// The preset without it.
    pub preset: Preset,
    /// What is asked.
    pub inputs: Inputs,
    /// What it says the answer is.
    pub expected: String,
}

/// Every example, each with the preset without it.
#[must_use]
pub fn left_out(file: &PresetFile) -> Vec<LeftOut> {
    let each = file.shots.iter().enumerate();
    each.filter_map(|(place, shot)| {
        let mut others = file.clone();
        others.shots.remove(place);
        Some(LeftOut {
            place,
            preset: Preset::new(others).ok()?,
            inputs: Inputs(shot.input.clone()),
            expected: shot.output.clone(),
        })
    })
    .collect()
}

/// Whether a prediction is as good as what the example says: the same, spaces aside (for equations
/// and commands, the same equation or command), or for longer texts one that passes the preset's
/// checks and says half of it in the same words.
#[must_use]
pub fn agrees(left_out: &LeftOut, predicted: &Artifact, checks: &[Check]) -> bool {
    let file = left_out.preset.file();
    let answer = |text: &str| format!("{}{text}{}", file.engine.opening, file.engine.closing);
    let key = |text: &str| {
        artifact::finish(&Draft {
            file,
            answer: &answer(text),
            inputs: &left_out.inputs,
            tongue: Tongue::of(&crate::prompt::joined(&left_out.inputs.0)),
        })
        .key
    };
    let said = words_of(predicted);
    let wrapped = match (predicted, file.engine.opening.contains("```")) {
        (Artifact::Command(_) | Artifact::Code(_), true) => format!("\n{said}"),
        _ => said.clone(),
    };
    if key(&wrapped) == key(&left_out.expected) {
        return true;
    }
    let is_long = left_out.expected.chars().count() > SHORT;
    let passed = checks.iter().all(|check| check.passed);
    is_long && passed && likeness(&said, &left_out.expected) >= ALIKE
}

/// What an artifact says, as one text.
#[must_use]
pub fn words_of(artifact: &Artifact) -> String {
    match artifact {
        Artifact::Text(text) => text.text.clone(),
        Artifact::Code(program) => program.code.clone(),
        Artifact::Command(command) => command.command.clone(),
        Artifact::Equation(equation) => equation.latex.clone(),
        _ => String::new(),
    }
}

/// How much two texts have in common, 0 to 1: the share of pairs of neighbouring letters (Dice),
/// which serves English and Chinese alike.
fn likeness(one: &str, other: &str) -> f64 {
    let pairs = |text: &str| -> Vec<(char, char)> {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        let letters: Vec<char> = letters.flat_map(char::to_lowercase).collect();
        letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
    };
    let (one, mut left) = (pairs(one), pairs(other));
    let all = one.len() + left.len();
    if all == 0 {
        return 1.0;
    }
    let mut shared = 0_usize;
    for pair in one {
        if let Some(at) = left.iter().position(|other| *other == pair) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "texts have fewer letters than a float is exact for"
    )]
    let likeness = 2.0 * shared as f64 / all as f64;
    likeness
}

#[cfg(test)]
mod tests {
    use super::*;
    use assistant::artifact::TextResult;

    fn text(text: &str) -> Artifact {
        Artifact::Text(TextResult {
            text: text.into(),
            ..TextResult::default()
        })
    }

    #[test]
    fn examples_are_left_out_one_at_a_time() {
        let file = crate::file::tests::SMALL.to_owned()
            + "[[shots]]\ninput = { text = \"b\" }\noutput = \"The quick brown fox jumps over the lazy dog twice.\"\n";
        let file = PresetFile::read(&file).unwrap();
        let cases = left_out(&file);
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[0].preset.file().shots.len(), 1);
        assert!(agrees(&cases[0], &text(" a\n"), &[]));
        assert!(!agrees(&cases[0], &text("b"), &[]));
        let alike = text("The quick brown fox jumped over a lazy dog two times.");
        assert!(agrees(&cases[1], &alike, &[]));
        assert!(!agrees(&cases[1], &alike, &[Check::failed("x", "")]));
        assert!(!agrees(
            &cases[1],
            &text("Something else altogether, and of about that length."),
            &[]
        ));
    }
}
