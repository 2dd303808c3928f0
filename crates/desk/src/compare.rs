//! Two runs side by side: what was asked, what came out, and which lines they have in common.

use assistant::{Fault, RunId};
use export::document::Block;
use export::runs::{RunWords, answer};
use history::RunRecord;
use serde::{Deserialize, Serialize};

use crate::Desk;

/// Most lines of one answer that are compared; of a longer one the rest is taken as different.
const MOST_LINES: usize = 3_000;

/// Two runs side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct RunComparison {
    /// The one.
    pub left: ComparedRun,
    /// The other.
    pub right: ComparedRun,
    /// Names of the inputs that differ.
    pub inputs: Vec<String>,
    /// Whether both came to the same.
    pub is_same: bool,
    /// The answers line by line; lines of both stand beside each other.
    pub lines: Vec<ComparedLine>,
}

/// One of two runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct ComparedRun {
    /// When it began: ISO 8601 in UTC.
    pub created_at: String,
    /// The model that answered.
    pub model: Option<String>,
    /// All of it, without what was written on the way.
    pub report: assistant::RunReport,
}

/// A line of two answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ComparedLine {
    /// What stands in the one; nothing where it lacks the line.
    pub left: Option<String>,
    /// What stands in the other.
    pub right: Option<String>,
}

impl Desk {
    /// Compares two runs.
    ///
    /// # Errors
    /// When one of them is not there.
    pub async fn compare_runs(
        &self,
        left: &RunId,
        right: &RunId,
        language: crate::Language,
    ) -> Result<RunComparison, Fault> {
        let one = self.history.show(left).await?;
        let other = self.history.show(right).await?;
        let words = language.run_words();
        let lines = side_by_side(&told(&one, &words), &told(&other, &words));
        let mut inputs: Vec<String> = one
            .inputs
            .0
            .keys()
            .chain(other.inputs.0.keys())
            .filter(|name| one.inputs.get(name) != other.inputs.get(name))
            .cloned()
            .collect();
        inputs.sort();
        inputs.dedup();
        Ok(RunComparison {
            is_same: lines.iter().all(|line| line.left == line.right),
            left: compared(one),
            right: compared(other),
            inputs,
            lines,
        })
    }
}

fn compared(record: RunRecord) -> ComparedRun {
    ComparedRun {
        created_at: record.created_at,
        model: record.report.model.as_ref().map(|model| model.0.clone()),
        report: record.report,
    }
}

/// What a run came to, line by line.
fn told(record: &RunRecord, words: &RunWords) -> Vec<String> {
    match (&record.report.artifact, &record.report.error) {
        (Some(artifact), _) => answer(artifact, words).iter().flat_map(plain).collect(),
        (None, Some(fault)) => vec![fault.sentence.clone()],
        (None, None) => vec![words.nothing.to_owned()],
    }
}

/// A piece of an answer in lines, without the signs of any format.
fn plain(block: &Block) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    match block {
        Block::Heading(text) | Block::Text(text) | Block::Note(text) => lines(text),
        Block::Code { text, .. } => lines(text),
        Block::List(points) => points.clone(),
        Block::Facts(pairs) => pairs
            .iter()
            .map(|(name, value)| format!("{name}: {value}"))
            .collect(),
        Block::Table(grid) => std::iter::once(&grid.columns)
            .chain(&grid.rows)
            .map(|cells| cells.join("  |  "))
            .collect(),
        Block::Picture { .. } => Vec::new(),
    }
}

/// Lines of both beside each other, as many in common as there can be.
fn side_by_side(left: &[String], right: &[String]) -> Vec<ComparedLine> {
    // What is the same at both ends needs no table.
    let same = |(a, b): &(&String, &String)| a == b;
    let begin = left.iter().zip(right).take_while(same).count();
    let ends = left[begin..].iter().rev().zip(right[begin..].iter().rev());
    let end = ends.take_while(same).count();
    let (one, other) = (
        &left[begin..left.len() - end],
        &right[begin..right.len() - end],
    );
    let both = |line: &String| ComparedLine {
        left: Some(line.clone()),
        right: Some(line.clone()),
    };
    let mut lines: Vec<ComparedLine> = left[..begin].iter().map(both).collect();
    if one.len().max(other.len()) > MOST_LINES {
        let count = one.len().max(other.len());
        lines.extend((0..count).map(|place| ComparedLine {
            left: one.get(place).cloned(),
            right: other.get(place).cloned(),
        }));
    } else {
        lines.extend(aligned(one, other));
    }
    lines.extend(left[left.len() - end..].iter().map(both));
    lines
}

/// The usual table of longest common parts, from the end.
fn aligned(left: &[String], right: &[String]) -> Vec<ComparedLine> {
    let width = right.len() + 1;
    let mut common = vec![0_u16; (left.len() + 1) * width];
    for row in (0..left.len()).rev() {
        for column in (0..right.len()).rev() {
            common[row * width + column] = match left[row] == right[column] {
                true => common[(row + 1) * width + column + 1] + 1,
                false => common[(row + 1) * width + column].max(common[row * width + column + 1]),
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let (mut only_left, mut only_right) = (Vec::new(), Vec::new());
    let mut lines = Vec::new();
    while row < left.len() || column < right.len() {
        let (one, other) = (left.get(row), right.get(column));
        if one.is_some() && one == other {
            pair(&mut lines, &mut only_left, &mut only_right);
            lines.push(ComparedLine {
                left: one.cloned(),
                right: other.cloned(),
            });
            row += 1;
            column += 1;
            continue;
        }
        let goes_left = other.is_none()
            || (one.is_some()
                && common[(row + 1) * width + column] >= common[row * width + column + 1]);
        if goes_left {
            only_left.extend(one.cloned());
            row += 1;
        } else {
            only_right.extend(other.cloned());
            column += 1;
        }
    }
    pair(&mut lines, &mut only_left, &mut only_right);
    lines
}

/// What stands in one only beside what stands in the other only.
fn pair(lines: &mut Vec<ComparedLine>, left: &mut Vec<String>, right: &mut Vec<String>) {
    let count = left.len().max(right.len());
    let mut left = left.drain(..);
    let mut right = right.drain(..);
    for _ in 0..count {
        lines.push(ComparedLine {
            left: left.next(),
            right: right.next(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: &[&str]) {
        let lines =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        let found: Vec<String> = side_by_side(&lines(left), &lines(right))
            .into_iter()
            .map(|line| {
                let side = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
                format!("{} {}", side(line.left), side(line.right))
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_of_both_stand_beside_each_other() {
        check("a b c", "a b c", &["a a", "b b", "c c"]);
        check("a x c", "a y c", &["a a", "x y", "c c"]);
        check("a b c", "a c", &["a a", "b -", "c c"]);
        check("a c", "a b1 b2 c", &["a a", "- b1", "- b2", "c c"]);
        check(
            "a b c d e",
            "x b c y e",
            &["a x", "b b", "c c", "d y", "e e"],
        );
        check("", "a", &["- a"]);
        check("", "", &[]);
    }

    #[test]
    fn long_answers_are_compared_in_a_moment() {
        let one: Vec<String> = (0..20_000).map(|line| format!("a{line}")).collect();
        let other: Vec<String> = (0..20_000).map(|line| format!("b{line}")).collect();
        assert_eq!(side_by_side(&one, &other).len(), 20_000);
    }
}
