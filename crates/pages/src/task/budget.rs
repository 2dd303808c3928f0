//! How long the model may take for a page. A person waits for the whole of it, so the time is shared
//! out: every section gets a first draft while there is time, what is wrong with drafts is asked for
//! again only out of time that was saved up to there, and what is not written when the time is up,
//! code writes, which the check `copy` says.
//!
//! It is time at work that counts: neither waiting for one's turn nor loading the model takes anything
//! from a page, nor does reading the worked example where it was not in the store of prefixes. How fast
//! the model writes is found out from what it has written so far.

use std::time::Duration;

use assistant::SoFar;

use crate::copy::Form;
use crate::copy::size::{likely, tokens};
use crate::language::Language;

/// What a page may take in all. A page of six sections has to be there within thirty seconds, and the
/// drafts that are under way when the time is up are still waited for.
const WHOLE: Duration = Duration::from_secs(25);

/// A token of two processors of a laptop, for as long as nothing is known of this machine.
const USUAL: Duration = Duration::from_millis(32);

/// Tokens that must have been written before a pace is told from them.
const ENOUGH: usize = 20;

/// Fewest tokens of which a heading and an item can come.
const LEAST: f64 = 40.0;

/// Answers beside each other are written faster than one after the other.
const BESIDE: f64 = 0.7;

/// Most candidates for what is missing.
const MOST_CANDIDATES: u32 = 3;

/// Where a page stands in time.
pub(super) struct Budget {
    whole: Duration,
    worked: Duration,
    /// What a token takes.
    pace: Duration,
    language: Language,
}

impl Budget {
    /// After everything that has come so far; `answer` is what came last and is not among that yet.
    pub(super) fn of(so_far: &SoFar, answer: &[String], language: Language) -> Self {
        let accepted = so_far.accepted.iter().flat_map(|answer| answer.texts());
        let newest = if answer.is_empty() {
            so_far.undecided.as_slice()
        } else {
            answer
        };
        let written: usize = accepted.chain(newest).map(|text| tokens(text)).sum();
        let pace = match u32::try_from(written) {
            Ok(count) if written >= ENOUGH && !so_far.writing.is_zero() => so_far.writing / count,
            _ => USUAL,
        };
        Self {
            whole: WHOLE,
            worked: so_far.worked,
            pace,
            language,
        }
    }

    /// Most tokens of each first draft of forms that are written side by side, from the first on; those
    /// behind them could not be finished in time.
    pub(super) fn first(&self, forms: &[Form]) -> Vec<u32> {
        let left = self.whole.saturating_sub(self.worked);
        let each: Vec<f64> = forms.iter().map(|form| self.likely(form)).collect();
        let fitting = (1..=forms.len()).rev().find_map(|count| {
            let affordable = left.as_secs_f64() / self.token(count);
            let needed: f64 = each[..count].iter().sum();
            (needed <= affordable).then_some((count, affordable - needed))
        });
        let Some((count, spare)) = fitting else {
            return self.part(forms, left.as_secs_f64() / self.token(1));
        };
        let most = |(form, likely): (&Form, &f64)| self.most(form, likely + spare);
        forms.iter().zip(&each).take(count).map(most).collect()
    }

    /// Where not even the first form fits: as much of it as there is time for, since what is complete of
    /// an answer that is cut off is kept.
    fn part(&self, forms: &[Form], affordable: f64) -> Vec<u32> {
        let first = forms.first().filter(|_| affordable >= LEAST);
        first
            .map(|form| self.most(form, affordable))
            .into_iter()
            .collect()
    }

    /// So many tokens, and no more than a form can have.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most the tokens of a form"
    )]
    fn most(&self, form: &Form, tokens: f64) -> u32 {
        tokens.min(f64::from(form.max_tokens(self.language))) as u32
    }

    /// How many candidates there is time for, for what is missing of some forms: each gets as many.
    /// With these, `done` of `all` forms of the page are behind it.
    pub(super) fn again(&self, rests: &[Form], done: usize, all: usize) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "a few forms")]
        let share = done as f64 / all.max(1) as f64;
        let saved = self.whole.as_secs_f64() * share - self.worked.as_secs_f64();
        let each: f64 = rests.iter().map(|rest| self.likely(rest)).sum();
        let token = self.token(2);
        (1..=MOST_CANDIDATES)
            .rev()
            .find(|candidates| each * f64::from(*candidates) * token <= saved)
            .unwrap_or(0)
    }

    /// What a token takes in seconds where so many answers are written side by side.
    fn token(&self, beside: usize) -> f64 {
        self.pace.as_secs_f64() * if beside > 1 { BESIDE } else { 1.0 }
    }

    #[expect(clippy::cast_precision_loss, reason = "a few hundred tokens")]
    fn likely(&self, form: &Form) -> f64 {
        likely(form, self.language) as f64
    }
}

#[cfg(test)]
mod tests {
    use assistant::Answer;

    use super::*;
    use crate::copy::Items;
    use crate::plan::Kind;

    fn form(count: usize) -> Form {
        Form {
            section: "features".to_owned(),
            kind: Kind::Features,
            heading: true,
            lead: false,
            items: Items::Pairs,
            count,
            topic: String::new(),
        }
    }

    fn after(seconds: u64, written: usize) -> SoFar {
        SoFar {
            accepted: vec![Answer::Texts(vec!["word ".repeat(written)])],
            worked: Duration::from_secs(seconds),
            writing: Duration::from_secs(seconds),
            ..SoFar::default()
        }
    }

    fn budget(so_far: &SoFar) -> Budget {
        Budget::of(so_far, &[], Language::English)
    }

    #[test]
    fn a_page_that_has_just_begun_may_have_everything() {
        let budget = budget(&SoFar::default());
        let most = form(3).max_tokens(Language::English);
        assert_eq!(budget.first(&[form(3)]), [most]);
        assert_eq!(budget.first(&vec![form(3); 5]), [most; 5]);
        assert!(budget.again(&[form(3)], 5, 6) == MOST_CANDIDATES);
    }

    #[test]
    fn what_is_wrong_is_asked_for_again_out_of_saved_time_alone() {
        // Half of the time for the first of six sections: nothing has been saved.
        let so_far = after(12, 300);
        assert_eq!(budget(&so_far).again(&[form(3)], 1, 6), 0);
        assert_eq!(budget(&so_far).first(&[form(3)]).len(), 1);
        // The same time for five of six.
        assert_eq!(budget(&so_far).again(&[form(1)], 5, 6), MOST_CANDIDATES);
        // What is missing of many forms takes as much as all of them.
        assert!(budget(&so_far).again(&vec![form(2); 5], 6, 6) < MOST_CANDIDATES);
    }

    #[test]
    fn when_the_time_is_up_nothing_is_asked() {
        assert!(budget(&after(25, 300)).first(&[form(1)]).is_empty());
        assert_eq!(budget(&after(600, 300)).again(&[form(1)], 6, 6), 0);
        // A slow machine sees sooner that the rest does not fit.
        assert!(budget(&after(20, 60)).first(&[form(6)]).is_empty());
        // A part of a form is better than none of it.
        let part = budget(&after(10, 60)).first(&vec![form(6); 3]);
        assert!(part.len() == 1 && part[0] < 179, "{part:?}");
        // Nearly up: what fits is asked for, and no more.
        let most = budget(&after(20, 700)).first(&vec![form(3); 4]);
        assert!((1..4).contains(&most.len()), "{most:?}");
        assert!(most[0] <= form(3).max_tokens(Language::English));
    }

    #[test]
    fn reading_says_nothing_about_how_fast_it_writes() {
        let so_far = SoFar {
            writing: Duration::from_secs(3),
            ..after(6, 100)
        };
        let forms = vec![form(3); 5];
        let slow = Budget::of(&after(6, 100), &[], Language::English).first(&forms);
        assert!(budget(&so_far).first(&forms).len() >= slow.len());
        assert_eq!(budget(&so_far).first(&forms).len(), 5);
    }
}
