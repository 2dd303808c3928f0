//! How long the model may take for a page. A person waits for the whole of it, so the time is shared
//! out: every section gets a first draft while there is time, what is wrong with a draft is asked for
//! again only out of time that was saved up to there, and what is not written when the time is up,
//! code writes, which the check `copy` says.
//!
//! It is time at work that counts: neither waiting for one's turn nor loading the model takes anything
//! from a page. How fast the model is, is found out from what it has written so far.

use std::time::Duration;

use assistant::SoFar;

use crate::copy::Form;
use crate::copy::size::{likely, tokens};
use crate::language::Language;

/// What a page may take in all. A page of six sections has to be there within thirty seconds, and the
/// draft that is under way when the time is up is still waited for.
const WHOLE: Duration = Duration::from_secs(25);

/// A token of two processors of a laptop, for as long as nothing is known of this machine.
const USUAL: Duration = Duration::from_millis(32);

/// Tokens that must have been written before a pace is told from them.
const ENOUGH: usize = 60;

/// Candidates beside each other are written faster than one after the other.
const BESIDE: f64 = 0.75;

/// Most candidates for what is missing.
const MOST_CANDIDATES: u32 = 3;

/// Where a page stands in time.
pub(super) struct Budget {
    whole: Duration,
    worked: Duration,
    per_token: Duration,
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
        let per_token = match u32::try_from(written) {
            Ok(count) if written >= ENOUGH && !so_far.worked.is_zero() => so_far.worked / count,
            _ => USUAL,
        };
        Self {
            whole: WHOLE,
            worked: so_far.worked,
            per_token,
            language,
        }
    }

    /// Most tokens of a first draft; nothing where it could not be finished in time.
    pub(super) fn first(&self, form: &Form) -> Option<u32> {
        let left = self.whole.saturating_sub(self.worked);
        let affordable = left.as_secs_f64() / self.per_token.as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred tokens")]
        let needed = likely(form, self.language) as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most the tokens of a form"
        )]
        let most = affordable.min(f64::from(form.max_tokens(self.language))) as u32;
        (affordable >= needed).then_some(most)
    }

    /// How many candidates there is time for, for what is missing of the form that is the `place`th of
    /// `count`, counted from 0.
    pub(super) fn again(&self, rest: &Form, place: usize, count: usize) -> u32 {
        #[expect(clippy::cast_precision_loss, reason = "a few forms and tokens")]
        let (share, each) = (
            (place + 1) as f64 / count.max(1) as f64,
            likely(rest, self.language) as f64 * self.per_token.as_secs_f64() * BESIDE,
        );
        let saved = self.whole.as_secs_f64() * share - self.worked.as_secs_f64();
        (1..=MOST_CANDIDATES)
            .rev()
            .find(|candidates| each * f64::from(*candidates) <= saved)
            .unwrap_or(0)
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
            ..SoFar::default()
        }
    }

    fn budget(so_far: &SoFar) -> Budget {
        Budget::of(so_far, &[], Language::English)
    }

    #[test]
    fn a_page_that_has_just_begun_may_have_everything() {
        let budget = budget(&SoFar::default());
        let form = form(3);
        assert_eq!(
            budget.first(&form),
            Some(form.max_tokens(Language::English))
        );
        assert!(budget.again(&form, 5, 6) == MOST_CANDIDATES);
    }

    #[test]
    fn what_is_wrong_is_asked_for_again_out_of_saved_time_alone() {
        // Half of the time for the first of six sections: nothing has been saved.
        let so_far = after(12, 300);
        assert_eq!(budget(&so_far).again(&form(3), 0, 6), 0);
        assert!(budget(&so_far).first(&form(3)).is_some());
        // The same time for five of six.
        assert_eq!(budget(&so_far).again(&form(1), 4, 6), MOST_CANDIDATES);
    }

    #[test]
    fn when_the_time_is_up_nothing_is_asked() {
        assert_eq!(budget(&after(25, 300)).first(&form(1)), None);
        assert_eq!(budget(&after(600, 300)).again(&form(1), 5, 6), 0);
        // A slow machine sees sooner that the rest does not fit.
        assert_eq!(budget(&after(20, 60)).first(&form(6)), None);
        // Nearly up: what fits is asked for, and no more.
        let form = form(3);
        let most = budget(&after(20, 700)).first(&form);
        assert!(most.is_some_and(|most| most <= form.max_tokens(Language::English)));
    }
}
