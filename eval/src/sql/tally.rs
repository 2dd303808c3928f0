//! Figures from verdicts, and what each of them must be.

use std::cmp::Ordering;

use super::judge::{Judgement, Verdict};
use super::material::Language;

/// What one greedy answer of the small model reaches with the schema in the prompt. Checking, repairing and
/// voting have to earn more than that, or they are not worth their time.
const ENGLISH_MATCH_MUST: f64 = 0.64;
/// The material's own grades, easiest first.
const HARDNESSES: [&str; 4] = ["easy", "medium", "hard", "extra"];

/// What is counted over one group of questions.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    pub questions: usize,
    /// Shares of all questions of the group.
    pub execution_match: f64,
    pub shown: f64,
    pub shown_wrong: f64,
    /// How many.
    pub shown_not_running: usize,
    pub repairs_mean: f64,
    pub median_ms: Option<u64>,
    pub p90_ms: Option<u64>,
}

/// The figures of one language.
pub struct Tally {
    pub language: Language,
    /// As the results name it.
    pub model: Option<String>,
    pub whole: Figures,
    pub by_hardness: Vec<(String, Figures)>,
}

impl Tally {
    /// The execution match to beat, where there is one.
    pub fn match_must(&self) -> Option<f64> {
        match self.language {
            Language::En => Some(ENGLISH_MATCH_MUST),
            Language::Zh => None,
        }
    }

    /// Whether it is beaten: more, not merely as much.
    pub fn match_met(&self) -> Option<bool> {
        self.match_must()
            .map(|must| self.whole.execution_match > must)
    }

    /// Whether no query was shown that does not run.
    pub fn running_met(&self) -> bool {
        self.whole.shown_not_running == 0
    }
}

/// One tally for each language.
pub fn by_language(judgements: &[Judgement], languages: &[Language]) -> Vec<Tally> {
    languages
        .iter()
        .map(|language| tally(judgements, *language))
        .collect()
}

fn tally(judgements: &[Judgement], language: Language) -> Tally {
    let asked: Vec<&Judgement> = judgements
        .iter()
        .filter(|judgement| judgement.question.language == language)
        .collect();
    let by_hardness = HARDNESSES
        .iter()
        .map(|hardness| {
            (
                *hardness,
                figures(
                    asked
                        .iter()
                        .copied()
                        .filter(|it| it.question.hardness == *hardness),
                ),
            )
        })
        .filter(|(_, figures)| figures.questions > 0)
        .map(|(hardness, figures)| (hardness.to_owned(), figures))
        .collect();
    let model = asked
        .iter()
        .find_map(|judgement| judgement.outcome.model.clone());
    Tally {
        language,
        model,
        whole: figures(asked.into_iter()),
        by_hardness,
    }
}

fn figures<'a>(judgements: impl Iterator<Item = &'a Judgement>) -> Figures {
    let seen: Vec<Seen> = judgements
        .map(|judgement| Seen {
            verdict: judgement.verdict,
            repairs: judgement.outcome.repairs.unwrap_or(0),
            ms: judgement.outcome.total_ms(),
        })
        .collect();
    count(&seen)
}

/// What the figures need of a judgement.
#[derive(Clone, Copy)]
struct Seen {
    verdict: Verdict,
    repairs: u32,
    ms: Option<u64>,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of questions and repairs"
)]
fn count(seen: &[Seen]) -> Figures {
    let share = |wanted: &dyn Fn(Verdict) -> bool| match seen.len() {
        0 => 0.0,
        all => seen.iter().filter(|it| wanted(it.verdict)).count() as f64 / all as f64,
    };
    // A missing line has no repairs to count.
    let answered: Vec<f64> = seen
        .iter()
        .filter(|it| it.verdict != Verdict::Missing)
        .map(|it| f64::from(it.repairs))
        .collect();
    let mut times: Vec<u64> = seen.iter().filter_map(|it| it.ms).collect();
    times.sort_unstable();
    Figures {
        questions: seen.len(),
        execution_match: share(&|verdict| verdict == Verdict::Right),
        shown: share(&Verdict::shown),
        shown_wrong: share(&|verdict| verdict.shown() && verdict != Verdict::Right),
        shown_not_running: seen
            .iter()
            .filter(|it| it.verdict == Verdict::DoesNotRun)
            .count(),
        repairs_mean: answered.iter().sum::<f64>() / answered.len().max(1) as f64,
        median_ms: percentile(&times, 50),
        p90_ms: percentile(&times, 90),
    }
}

/// The smallest value that so many percent of the sorted values do not exceed.
fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    match rank.cmp(&1) {
        Ordering::Less => sorted.first().copied(),
        _ => sorted.get(rank - 1).copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(seen: &[(Verdict, u32, Option<u64>)], expected: Figures) {
        let seen: Vec<_> = seen
            .iter()
            .map(|(verdict, repairs, ms)| Seen {
                verdict: *verdict,
                repairs: *repairs,
                ms: *ms,
            })
            .collect();
        assert_eq!(count(&seen), expected);
    }

    #[test]
    fn counts() {
        check(&[], Figures::default());
        check(
            &[
                (Verdict::Right, 0, Some(400)),
                (Verdict::OtherRows, 2, Some(100)),
                (Verdict::DoesNotRun, 0, Some(300)),
                (Verdict::NotShown, 4, Some(200)),
            ],
            Figures {
                questions: 4,
                execution_match: 0.25,
                shown: 0.75,
                shown_wrong: 0.5,
                shown_not_running: 1,
                repairs_mean: 1.5,
                median_ms: Some(200),
                p90_ms: Some(400),
            },
        );
        // What did not come back is wrong, and changes nothing else.
        check(
            &[(Verdict::Right, 1, Some(5)), (Verdict::Missing, 0, None)],
            Figures {
                questions: 2,
                execution_match: 0.5,
                shown: 0.5,
                repairs_mean: 1.0,
                median_ms: Some(5),
                p90_ms: Some(5),
                ..Figures::default()
            },
        );
    }
}
