//! Which account a happening belongs to, as far as code can tell: by the person's own corrections,
//! then by the lexicon. What stays open is put to the model.

use crate::chart::{Chart, ChartAccount, Class, Role};
use crate::lexicon::{Hit, Lexicon, Strength};
use crate::meaning::Kind;
use crate::memory::Memories;

/// What is known of the account of a happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// The likeliest, the others after it, each with its likelihood.
    pub candidates: Vec<(String, f64)>,
    /// Whether a model is to choose.
    pub is_open: bool,
}

/// From here on an account is taken without a doubt.
pub const SURE: f64 = 0.62;

/// The same where only the model speaks for it: nothing in the words does.
pub const SURE_ALONE: f64 = 0.9;

impl Guess {
    /// A single account.
    pub fn only(account: &str, likelihood: f64) -> Self {
        Self {
            candidates: vec![(account.to_owned(), likelihood)],
            is_open: false,
        }
    }
}

/// The class of accounts that a kind of happening is about, where it is not settled by the kind.
pub fn class(kind: Kind) -> Option<Class> {
    match kind {
        Kind::Spent | Kind::Returned => Some(Class::Expense),
        Kind::Earned | Kind::Owed => Some(Class::Income),
        Kind::GivenBack | Kind::Moved { .. } | Kind::Changed => None,
    }
}

/// What the happening was for. `words` are its own, folded, without sums and dates.
pub fn guess(words: &str, kind: Kind, chart: &Chart, memories: &Memories) -> Guess {
    let Some(class) = class(kind) else {
        return Guess::only(chart.role(Role::Sales), 0.97);
    };
    if let Some((account, likelihood)) = memories.recall(words)
        && chart.account(account).and_then(ChartAccount::class) == Some(class)
    {
        return Guess::only(account, likelihood);
    }
    let hits = Lexicon::built_in().find(words, |concept| {
        chart
            .of_concept(concept)
            .is_some_and(|account| account.class() == Some(class))
    });
    let ranked = rank(words, &hits, chart);
    match ranked.as_slice() {
        [] if class == Class::Income => Guess {
            candidates: vec![(chart.role(Role::Sales).to_owned(), 0.6)],
            is_open: true,
        },
        [] => Guess {
            candidates: Vec::new(),
            is_open: true,
        },
        [(only, score)] => Guess {
            candidates: vec![(only.clone(), if *score >= 2.0 { 0.95 } else { 0.7 })],
            // A word that only hints does not settle it: the model is heard as well.
            is_open: *score < 2.0,
        },
        [(_, first), (_, second), ..] => {
            let margin = first - second;
            let is_open = margin < 0.35;
            let top = if is_open {
                0.5
            } else {
                (0.6 + margin * 0.2).min(0.95)
            };
            let rest = (1.0 - top) / f64::from(u32::try_from(ranked.len() - 1).unwrap_or(1));
            let candidates = ranked
                .iter()
                .enumerate()
                .map(|(place, (account, _))| (account.clone(), if place == 0 { top } else { rest }))
                .collect();
            Guess {
                candidates,
                is_open,
            }
        }
    }
}

/// Accounts by how much the words say for them, the best first.
fn rank(words: &str, hits: &[Hit], chart: &Chart) -> Vec<(String, f64)> {
    let mut scores: Vec<(String, f64)> = Vec::new();
    for (place, hit) in hits.iter().enumerate() {
        let Some(account) = chart.of_concept(hit.concept) else {
            continue;
        };
        let score = weight(words, hit, place, hits);
        match scores.iter_mut().find(|(name, _)| *name == account.name) {
            Some((_, sum)) => *sum = sum.max(score) + 0.25,
            None => scores.push((account.name.clone(), score)),
        }
    }
    scores.sort_by(|one, other| other.1.total_cmp(&one.1));
    scores
}

/// How much one word says, by its strength, its length and its place.
fn weight(words: &str, hit: &Hit, place: usize, hits: &[Hit]) -> f64 {
    let base = match hit.strength {
        Strength::Word => 3.0,
        Strength::Place => 2.0,
        Strength::Weak => 1.0,
    };
    let is_latin = words[hit.span.clone()].is_ascii();
    let letters = words[hit.span.clone()].chars().count();
    let length = if is_latin { letters } else { letters * 3 };
    let length = f64::from(u32::try_from(length.min(18)).unwrap_or(18)) * 0.05;
    let head = words[..hit.span.start].trim_end();
    base + length + standing(head, is_latin) + order(place, hits.len(), is_latin)
}

/// What a thing is for says more than where it was bought.
fn standing(head: &str, is_latin: bool) -> f64 {
    if is_latin {
        let mut last = head
            .rsplit(' ')
            .map(|word| word.trim_matches(','))
            .filter(|word| {
                !matches!(
                    *word,
                    "the"
                        | "a"
                        | "an"
                        | "my"
                        | "our"
                        | "some"
                        | "new"
                        | "two"
                        | ""
                        | "client"
                        | "office"
                        | "company"
                )
            });
        return match last.next() {
            Some("for" | "bought" | "ordered" | "of") => 0.5,
            Some("at" | "in" | "near" | "by" | "to" | "from" | "before" | "after" | "during") => {
                -0.9
            }
            Some("with" | "on") => -0.4,
            _ => 0.0,
        };
    }
    if head.ends_with(['买', '付', '缴', '交', '订'])
        || head.ends_with("买了")
        || head.ends_with("付了")
        || head.ends_with("缴了")
        || head.ends_with("交了")
    {
        0.5
    } else if head.ends_with(['在', '去', '到', '给', '从', '跟']) {
        -0.9
    } else {
        0.0
    }
}

/// English puts the thing first ("taxi to the hotel"), Chinese compounds last (公司電腦維修).
fn order(place: usize, count: usize, is_latin: bool) -> f64 {
    let is_favoured = if is_latin {
        place == 0
    } else {
        place + 1 == count
    };
    if is_favoured && count > 1 { 0.3 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, kind: Kind, expected: &str) {
        let chart = Chart::ready_made(crate::chart::DEFAULT).unwrap();
        let guess = guess(
            &crate::text::folded(words),
            kind,
            &chart,
            &Memories::default(),
        );
        let first = guess
            .candidates
            .first()
            .map_or("", |(account, _)| account.as_str());
        assert_eq!(first, expected, "{words}: {:?}", guess.candidates);
    }

    #[test]
    fn words_lead_to_accounts() {
        check("Lunch with ACME", Kind::Spent, "Expenses:Meals");
        check("Taxi to the hotel", Kind::Spent, "Expenses:Transport");
        check("coffee at the airport hotel", Kind::Spent, "Expenses:Meals");
        check(
            "Amazon, printer paper",
            Kind::Spent,
            "Expenses:Office Supplies",
        );
        check("在家樂福買文具", Kind::Spent, "Expenses:Office Supplies");
        check("搭計程車", Kind::Spent, "Expenses:Transport");
        check("打印机墨盒", Kind::Spent, "Expenses:Office Supplies");
        check("手機儲值", Kind::Spent, "Expenses:Phone and Internet");
        check("冷氣維修", Kind::Spent, "Expenses:Repairs");
        check("savings interest", Kind::Earned, "Income:Interest");
        check("ACME paid", Kind::Earned, "Income:Sales");
        check("flurble", Kind::Spent, "");
    }
}
