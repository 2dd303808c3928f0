//! The course of one page: choose what it is for where the brief does not say, then have the parts
//! written one after the other, then look at the whole.
//!
//! The task keeps nothing between its steps. What the page is so far is made anew each time from the
//! brief and from the answers that were taken, so the same answers always give the same page. Time
//! decides only what is asked ([`budget`]): where nothing was asked for a section, code writes it.

mod budget;
mod whole;

use assistant::{Answer, Artifact, Check, Fault, Plan, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::{Candidates, Prompt};
use tokio_util::sync::CancellationToken;

use crate::compose::{Draft, compose};
use crate::copy::kept::Kept;
use crate::copy::prompt::{self, Written};
use crate::copy::{self, Form};
use crate::ground::{Brief, Business};
use crate::language::Language;
use crate::plan::{Kind, PagePlan};
use crate::reference::Look;
use budget::Budget;
pub(crate) use whole::checks;
use whole::{ByCode, finished};
pub use whole::{rendered, result};

/// What is said of a section that the model was not asked for.
const NO_TIME: &str = "there was no time left";

/// A brief on its way to a page.
pub struct PageTask {
    brief: Brief,
    look: Option<Look>,
    seed: u32,
}

/// The page as far as the answers that were taken go.
struct Progress {
    plan: PagePlan,
    forms: Vec<Form>,
    written: Vec<Written>,
    /// Sections of which code wrote something, because the model gave nothing usable.
    by_code: Vec<ByCode>,
    /// Answers that belong to forms; the one before them may have been a choice.
    taken: usize,
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
        let Draft { plan, forms } = self.draft(&brief);
        let mut progress = Progress {
            plan,
            forms,
            written: Vec::new(),
            by_code: Vec::new(),
            taken: 0,
        };
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

impl Progress {
    fn form(&self) -> Option<&Form> {
        self.forms.get(self.taken)
    }

    /// What stands in the page already, for telling repetition; the example counts as said.
    fn said(&self, language: Language) -> Vec<String> {
        let done: Vec<&str> = self.forms[..self.taken]
            .iter()
            .map(|form| form.section.as_str())
            .collect();
        let mut said = prompt::example_texts(language);
        for section in self
            .plan
            .sections
            .iter()
            .filter(|section| done.contains(&section.id.as_str()))
        {
            said.push(section.heading.clone());
            said.push(section.lead.clone());
            for item in &section.items {
                said.push(item.title.clone());
                said.push(item.text.clone());
                said.extend(item.points.iter().cloned());
            }
        }
        said.retain(|text| !text.is_empty());
        said
    }

    /// How many candidates for what is missing of the present form there is time for.
    fn again(&self, kept: &Kept, budget: &Budget) -> u32 {
        kept.rest().map_or(0, |(rest, _)| {
            budget.again(&rest, self.taken, self.forms.len())
        })
    }

    /// What is left of the drafts for the present form.
    fn kept(&self, drafts: &[String], brief: &Brief) -> Option<Kept> {
        let form = self.form()?;
        Some(Kept::of(form, drafts, brief, &self.said(brief.language)))
    }

    /// Puts an answer into the page, with what code writes where it is of no use.
    fn take(&mut self, answer: &Answer, brief: &Brief, seed: u32) {
        let Some(form) = self.form().cloned() else {
            return;
        };
        let Some(kept) = self.kept(answer.texts(), brief) else {
            return;
        };
        let words = kept.finish(brief, seed);
        if words.by_code > 0 {
            self.by_code.push(ByCode {
                kind: form.kind,
                texts: words.texts,
                by_code: words.by_code,
                for_time: answer.texts().is_empty(),
            });
        }
        let words = words.answer;
        self.written.push(Written {
            ask: form.ask(brief.language),
            answer: copy::shown(&words, &form),
        });
        if let Some(section) = self
            .plan
            .sections
            .iter_mut()
            .find(|section| section.id == form.section)
        {
            form.fill(section, words);
        }
        if form.kind == Kind::Hero {
            self.describe();
        }
        self.taken += 1;
    }

    /// The lead of the hero says best what the page is about.
    fn describe(&mut self) {
        let Some(lead) = self.plan.section(Kind::Hero).map(|hero| hero.lead.clone()) else {
            return;
        };
        if !lead.is_empty() {
            self.plan.description = lead;
        }
    }

    /// The page with what there is, without sections that still wait for their words.
    fn shown(&self) -> PagePlan {
        let waiting: Vec<&str> = self.forms[self.taken..]
            .iter()
            .map(|form| form.section.as_str())
            .collect();
        let mut plan = self.plan.clone();
        plan.sections
            .retain(|section| !waiting.contains(&section.id.as_str()));
        plan
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
        let Some(form) = progress.form() else {
            return Plan::Nothing;
        };
        let written = &progress.written;
        let budget = Budget::of(so_far, &[], brief.language);
        if so_far.undecided.is_empty() {
            let Some(most) = budget.first(form) else {
                // Its time is up: the check has code write the section.
                return Plan::Nothing;
            };
            let mut prompt = prompt::prompt(&brief, written, form, None);
            prompt.max_tokens = most;
            return Plan::Ask(prompt);
        }
        let kept = progress.kept(&so_far.undecided, &brief);
        let count = (kept.as_ref())
            .map_or(0, |kept| progress.again(kept, &budget))
            .max(1);
        let which = Candidates { first: 1, count };
        Plan::Several(prompt::prompt(&brief, written, form, kept.as_ref()), which)
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
        let Some(form) = progress.form().cloned() else {
            return Ok(finished(&progress.plan, &brief, &progress.by_code));
        };
        let Some(kept) = progress.kept(answer.texts(), &brief) else {
            return Ok(finished(&progress.plan, &brief, &progress.by_code));
        };
        let name = form.kind.name();
        let check = match &kept.problem {
            Some(problem) if kept.rest().is_some() => {
                Check::failed("copy", format!("{name}: {problem}"))
            }
            None if answer.texts().is_empty() => {
                Check::failed("copy", format!("{name}: {NO_TIME}"))
            }
            _ => Check::passed("copy", name),
        };
        // The first draft is one alone; what it lacks is asked for once more, if there is time.
        let budget = Budget::of(so_far, answer.texts(), brief.language);
        let is_undecided =
            !check.passed && answer.texts().len() == 1 && progress.again(&kept, &budget) > 0;
        if !is_undecided {
            progress.take(answer, &brief, self.seed);
            if progress.form().is_none() {
                return Ok(finished(&progress.plan, &brief, &progress.by_code));
            }
        }
        let shown = progress.shown();
        Ok(Verdict {
            checks: vec![check],
            artifact: Some(Artifact::Page(result(&shown, Vec::new(), Vec::new()))),
            rejection: None,
            confidence: None,
            is_undecided,
            goes_on: true,
        })
    }
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
