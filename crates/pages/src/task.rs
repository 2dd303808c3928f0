//! The course of one page: choose what it is for where the brief does not say, then have the first part
//! written, then the others side by side, then look at the whole.
//!
//! The first part is written alone, because somebody waits for something to read. The others are
//! written as branches of one conversation, which is faster than one after the other; none of them
//! knows what the others say, so what two of them say alike is found by code and asked for again.
//!
//! The task keeps nothing between its steps. What the page is so far is made anew each time from the
//! brief and from the answers that were taken, so the same answers always give the same page. Time
//! decides only what is asked ([`budget`]): where nothing was asked for a section, code writes it.

mod budget;
mod progress;
mod whole;

use assistant::artifact::PageResult;
use assistant::{Answer, Artifact, Fault, Plan, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::Prompt;
use tokio_util::sync::CancellationToken;

use crate::compose::{Draft, compose};
use crate::copy::prompt;
use crate::ground::{Brief, Business};
use crate::plan::PagePlan;
use crate::reference::Look;
use budget::Budget;
use progress::Progress;
pub(crate) use whole::checks;
use whole::finished;
pub use whole::{rendered, result};

/// A brief on its way to a page.
pub struct PageTask {
    brief: Brief,
    look: Option<Look>,
    seed: u32,
}

impl PageTask {
    /// A page for `brief`, looking like `look` where a reference was given.
    #[must_use]
    pub fn new(brief: Brief, look: Option<Look>) -> Self {
        // The same brief gives the same page; another wording gives another picture.
        let seed = brief.text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        Self { brief, look, seed }
    }

    fn draft(&self, brief: &Brief) -> Draft {
        let mut draft = compose(brief, self.seed);
        if let Some(look) = &self.look {
            look.dress(&mut draft.plan.theme, &brief.mood);
        }
        draft
    }

    /// What there is to see before the model has written a word: the name and the facts of the brief
    /// in their places, and nothing of what it is going to write. Nothing where it is still to be chosen
    /// what the page is for.
    #[must_use]
    pub fn laid_out(&self) -> Option<Artifact> {
        // What is chosen first may change everything.
        if self.chooses() {
            return None;
        }
        let progress = Progress::new(self.draft(&self.brief));
        Some(under_way(&progress.laid_out()))
    }

    /// Whether the first step is to choose what the page is for.
    fn chooses(&self) -> bool {
        self.brief.is_unclear
    }

    /// The brief, with the kind of place that was chosen.
    fn brief(&self, accepted: &[Answer]) -> Brief {
        let mut brief = self.brief.clone();
        if self.chooses()
            && let Some(Answer::Chances(chances)) = accepted.first()
        {
            let likeliest = chances
                .iter()
                .enumerate()
                .max_by(|one, other| one.1.total_cmp(other.1))
                .map(|(place, _)| place);
            if let Some(business) = likeliest.and_then(|place| Business::all().get(place)) {
                brief.business = business;
            }
        }
        brief
    }

    fn progress(&self, accepted: &[Answer]) -> (Brief, Progress) {
        let brief = self.brief(accepted);
        let mut progress = Progress::new(self.draft(&brief));
        let skipped = usize::from(self.chooses());
        for answer in accepted.iter().skip(skipped) {
            progress.take(answer, &brief, self.seed);
        }
        (brief, progress)
    }

    fn choices(&self) -> Vec<String> {
        Business::all()
            .iter()
            .map(|business| business.label(self.brief.language))
            .collect()
    }
}

#[async_trait]
impl Task for PageTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        if self.chooses() && so_far.accepted.is_empty() {
            let prompt: Prompt = prompt::choose_business(&self.brief);
            return Plan::Choose(prompt, self.choices());
        }
        let (brief, progress) = self.progress(&so_far.accepted);
        let budget = Budget::of(so_far, &[], brief.language);
        if so_far.undecided.is_empty() {
            progress.ask(&brief, &budget)
        } else {
            progress.ask_again(&so_far.undecided, &brief, &budget)
        }
    }

    fn glimpse(&self, so_far: &SoFar, texts: &[Option<String>]) -> Option<Artifact> {
        // What is asked for again is for sections that are on the screen already.
        if !so_far.undecided.is_empty() {
            return None;
        }
        let (brief, progress) = self.progress(&so_far.accepted);
        let plan = progress.glimpse(texts, &brief, self.seed);
        Some(under_way(&plan))
    }

    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        if self.chooses() && so_far.accepted.is_empty() {
            return Ok(chosen());
        }
        let (brief, mut progress) = self.progress(&so_far.accepted);
        let texts = answer.texts();
        let kept = progress.kept(texts, &brief);
        let checks = progress.checks(&kept, texts);
        // The first drafts come alone; what they lack is asked for once more, if there is time.
        let budget = Budget::of(so_far, texts, brief.language);
        let is_first = texts.len() == progress.present().len();
        let is_undecided = is_first && progress.again(&kept, &budget) > 0;
        if !is_undecided {
            progress.take(answer, &brief, self.seed);
            if progress.present().is_empty() {
                return Ok(finished(&progress.plan, &brief, &progress.authors));
            }
        }
        Ok(Verdict {
            checks,
            artifact: Some(under_way(&progress.shown())),
            rejection: None,
            confidence: None,
            is_undecided,
            goes_on: true,
        })
    }
}

/// A page of which more is to come.
fn under_way(plan: &PagePlan) -> Artifact {
    Artifact::Page(PageResult {
        draft: true,
        ..result(plan, Vec::new(), Vec::new())
    })
}

fn chosen() -> Verdict {
    Verdict {
        checks: Vec::new(),
        artifact: None,
        rejection: None,
        confidence: None,
        is_undecided: false,
        goes_on: true,
    }
}
