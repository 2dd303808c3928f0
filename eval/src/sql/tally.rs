//! Figures from verdicts, and what each of them must be.

use std::cmp::Ordering;

use super::judge::{Judgement, Verdict};
use super::material::{Collection, Language};

/// Execution match on the public questions in English. One greedy answer of the default model with the
/// schema in the prompt reaches 0.64; its 7B sister 0.79.
const ENGLISH_MATCH_MUST: f64 = 0.80;
/// The same in Chinese, where one greedy answer reaches 0.49.
const CHINESE_MATCH_MUST: f64 = 0.66;
/// The same on business schemas, where one greedy answer reaches 0.36 and a vote 0.42.
const BUSINESS_MATCH_MUST: f64 = 0.60;
/// A result at least so sure is shown as sure.
const SURE: f64 = 0.75;
/// Wrong results shown as sure, of all that are shown.
const SURE_WRONG_MUST: f64 = 0.08;
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
    /// Share of what was shown: wrong, and sure of itself.
    pub sure_wrong: f64,
    /// How many.
    pub shown_not_running: usize,
    pub repairs_mean: f64,
    pub median_ms: Option<u64>,
    pub p90_ms: Option<u64>,
}

/// The figures of one language.
pub struct Tally {
    pub collection: Collection,
    pub language: Language,
    /// As the results name it.
    pub model: Option<String>,
    pub whole: Figures,
    pub by_hardness: Vec<(String, Figures)>,
}

impl Tally {
    /// The execution match to beat, where there is one.
    pub fn match_must(&self) -> Option<f64> {
        Some(match (self.collection, self.language) {
            (Collection::Business | Collection::Followups, _) => BUSINESS_MATCH_MUST,
            (Collection::Public, Language::En) => ENGLISH_MATCH_MUST,
            (Collection::Public, Language::Zh) => CHINESE_MATCH_MUST,
        })
    }

    /// Whether it is reached.
    pub fn match_met(&self) -> Option<bool> {
        self.match_must()
            .map(|must| self.whole.execution_match >= must)
    }

    /// What the share of wrong results that are shown as sure must stay under.
    pub fn sure_must(&self) -> f64 {
        SURE_WRONG_MUST
    }

    /// Whether it does.
    pub fn sure_met(&self) -> bool {
        self.whole.sure_wrong < SURE_WRONG_MUST
    }

    /// Whether no query was shown that does not run.
    pub fn running_met(&self) -> bool {
        self.whole.shown_not_running == 0
    }
}

/// One tally for each language.
pub fn by_language(
    judgements: &[Judgement],
    languages: &[Language],
    collection: Collection,
) -> Vec<Tally> {
    languages
        .iter()
        .map(|language| tally(judgements, *language, collection))
        .collect()
}

fn tally(judgements: &[Judgement], language: Language, collection: Collection) -> Tally {
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
        collection,
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
            is_sure: judgement.outcome.confidence.unwrap_or(1.0) >= SURE,
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
    is_sure: bool,
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
    let shown = seen.iter().filter(|it| it.verdict.shown()).count();
    let is_sure_wrong =
        |it: &&Seen| it.verdict.shown() && it.verdict != Verdict::Right && it.is_sure;
    let sure_wrong = seen.iter().filter(is_sure_wrong).count();
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
        sure_wrong: sure_wrong as f64 / shown.max(1) as f64,
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
                // Whatever took 100 ms was sure.
                is_sure: *ms == Some(100),
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
                sure_wrong: 1.0 / 3.0,
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
