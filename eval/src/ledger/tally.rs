//! Figures from judgements, and what each of them must be.

use super::judge::{Fields, Judgement};
use super::labels::Item;

/// Shares that must be reached.
const AMOUNTS_MUST: f64 = 0.99;
const DATES_MUST: f64 = 0.98;
const DIRECTION_MUST: f64 = 0.97;
const ACCOUNT_MUST: f64 = 0.88;
const TAUGHT_MUST: f64 = 0.97;
/// And one that must stay under.
const UNMARKED_MUST: f64 = 0.01;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub name: &'static str,
    pub value: f64,
    /// What it must be, where something is asked of it.
    pub must: Option<f64>,
    pub met: Option<bool>,
    /// Whether it is a share, printed in hundredths.
    pub is_share: bool,
}

/// The figures of a group of texts.
pub struct Tally {
    pub group: String,
    pub figures: Vec<Figure>,
    pub model: Option<String>,
}

impl Tally {
    /// One for each part and, within it, each language.
    pub fn of_each(judged: &[(Item, Judgement)]) -> Vec<Self> {
        let mut tallies = Vec::new();
        for half in ["dev", "held", "untaught", "taught"] {
            let of_half: Vec<&(Item, Judgement)> = judged
                .iter()
                .filter(|(item, _)| item.half == half)
                .collect();
            if of_half.is_empty() {
                continue;
            }
            tallies.push(Self::of(half.to_owned(), &of_half));
            for lang in ["en", "zh-Hant", "zh-Hans"] {
                let of_lang: Vec<&(Item, Judgement)> = of_half
                    .iter()
                    .copied()
                    .filter(|(item, _)| item.lang == lang)
                    .collect();
                if !of_lang.is_empty() {
                    tallies.push(Self::of(format!("{half}.{lang}"), &of_lang));
                }
            }
        }
        tallies
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one figure after another, best read in one piece"
    )]
    fn of(group: String, judged: &[&(Item, Judgement)]) -> Self {
        let fields: Vec<&Fields> = judged
            .iter()
            .flat_map(|(_, judgement)| &judgement.fields)
            .collect();
        let share = |wanted: &dyn Fn(&Fields) -> Option<bool>| {
            let known: Vec<bool> = fields.iter().filter_map(|fields| wanted(fields)).collect();
            ratio(
                known.iter().filter(|is_right| **is_right).count(),
                known.len(),
            )
        };
        let sum = |count: &dyn Fn(&Judgement) -> usize| {
            judged
                .iter()
                .map(|(_, judgement)| count(judgement))
                .sum::<usize>()
        };
        let unmarked = fields
            .iter()
            .filter(|fields| fields.is_wrong_unmarked)
            .count()
            + sum(&|judgement| judgement.invented.len())
            + sum(&|judgement| usize::from(!judgement.is_expectation_met));
        let texts_without = judged
            .iter()
            .filter(|(item, _)| item.entries.is_empty())
            .count();
        let happenings = fields.len() + texts_without;
        let mut times: Vec<u64> = judged
            .iter()
            .filter_map(|(_, judgement)| judgement.total_ms)
            .collect();
        times.sort_unstable();
        let figures = vec![
            free("happenings", count(happenings), false),
            at_least(
                "amounts",
                share(&|fields| Some(fields.amount)),
                AMOUNTS_MUST,
            ),
            free("currencies", share(&|fields| fields.currency), true),
            at_least("dates", share(&|fields| fields.date), DATES_MUST),
            at_least(
                "direction",
                share(&|fields| Some(fields.direction)),
                DIRECTION_MUST,
            ),
            account(&group, share(&|fields| fields.account)),
            under(
                "wrong_not_marked",
                ratio(unmarked, happenings),
                UNMARKED_MUST,
            ),
            free(
                "marked",
                ratio(
                    fields.iter().filter(|fields| fields.is_marked).count(),
                    fields.len(),
                ),
                true,
            ),
            none("unbalanced", sum(&|judgement| judgement.unbalanced)),
            none("lost_amounts", sum(&|judgement| judgement.lost)),
            free(
                "invented",
                count(sum(&|judgement| judgement.invented.len())),
                false,
            ),
            free("total_ms_median", count(middle(&times)), false),
        ];
        Self {
            group,
            figures,
            model: judged
                .iter()
                .find_map(|(_, judgement)| judgement.model.clone()),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of texts and milliseconds"
)]
fn count(value: usize) -> f64 {
    value as f64
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        count(part) / count(whole)
    }
}

fn middle(sorted: &[u64]) -> usize {
    let at = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn free(name: &'static str, value: f64, is_share: bool) -> Figure {
    Figure {
        name,
        value,
        must: None,
        met: None,
        is_share,
    }
}

fn at_least(name: &'static str, value: f64, must: f64) -> Figure {
    Figure {
        must: Some(must),
        met: Some(value >= must),
        ..free(name, value, true)
    }
}

/// Nobody can guess habits that they were not told of.
fn account(group: &str, value: f64) -> Figure {
    match group.split('.').next() {
        Some("taught") => at_least("account", value, TAUGHT_MUST),
        Some("untaught") => free("account", value, true),
        _ => at_least("account", value, ACCOUNT_MUST),
    }
}

fn under(name: &'static str, value: f64, must: f64) -> Figure {
    Figure {
        must: Some(must),
        met: Some(value < must),
        ..free(name, value, true)
    }
}

fn none(name: &'static str, value: usize) -> Figure {
    Figure {
        must: Some(0.0),
        met: Some(value == 0),
        ..free(name, count(value), false)
    }
}
