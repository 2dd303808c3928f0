//! How far a page is: what was taken of the answers so far, and what is asked for next.
//!
//! A step is a few forms that are written side by side. Its texts are the first drafts, in the order of
//! the forms, and behind them as many candidates for each form of which something is missing.

use std::slice;

use assistant::{Answer, Check, Plan};
use model::{Candidates, Ending};

use super::budget::Budget;
use super::whole::{Authors, ByCode};
use crate::compose::Draft;
use crate::copy::kept::Kept;
use crate::copy::prompt::{self, Written};
use crate::copy::{self, Form};
use crate::ground::Brief;
use crate::language::Language;
use crate::plan::{Kind, PagePlan};

/// Most parts that are written side by side. More of them would grow slower each, and a page with many
/// more sections would show nothing for long.
const BESIDE: usize = 6;

/// What is said of a section that the model was not asked for.
const NO_TIME: &str = "there was no time left";

/// The page as far as the answers that were taken go.
pub(super) struct Progress {
    /// The page.
    pub plan: PagePlan,
    /// Who wrote its words.
    pub authors: Authors,
    forms: Vec<Form>,
    written: Vec<Written>,
    /// Forms that are filled in.
    taken: usize,
}

impl Progress {
    /// A page of which nothing is written.
    pub fn new(draft: Draft) -> Self {
        Self {
            plan: draft.plan,
            authors: Authors::default(),
            forms: draft.forms,
            written: Vec::new(),
            taken: 0,
        }
    }

    /// The forms of the present step; none when the page is whole. Somebody waits for the first.
    pub fn present(&self) -> &[Form] {
        let left = self.forms.get(self.taken..).unwrap_or_default();
        let most = if self.taken == 0 { 1 } else { BESIDE };
        &left[..left.len().min(most)]
    }

    /// The first drafts of the present forms, as far as there is time for them. Where there is none,
    /// the check has code write the sections.
    pub fn ask(&self, brief: &Brief, budget: &Budget) -> Plan {
        let (forms, written) = (self.present(), &self.written);
        match (forms, budget.first(forms).as_slice()) {
            (_, []) => Plan::Nothing,
            ([form], [most]) => {
                let mut prompt = prompt::prompt(brief, written, form, None);
                prompt.max_tokens = *most;
                Plan::Ask(prompt)
            }
            (forms, most) => {
                let endings = forms.iter().zip(most).map(|(form, most)| Ending {
                    max_tokens: *most,
                    ..prompt::ending(brief, written, form, None)
                });
                Plan::Each(prompt::beside(brief, written, false), endings.collect())
            }
        }
    }

    /// What is missing after the first drafts.
    pub fn ask_again(&self, drafts: &[String], brief: &Brief, budget: &Budget) -> Plan {
        let (forms, written) = (self.present(), &self.written);
        let kept = self.kept(drafts, brief);
        let count = self.again(&kept, budget).max(1);
        if let ([form], [kept]) = (forms, kept.as_slice()) {
            let prompt = prompt::prompt(brief, written, form, Some(kept));
            return Plan::Several(prompt, Candidates { first: 1, count });
        }
        let missing = forms.iter().zip(&kept);
        let missing = missing.filter(|(_, kept)| kept.rest().is_some());
        let endings = missing.flat_map(|(form, kept)| {
            let ending = prompt::ending(brief, written, form, Some(kept));
            (0..count).map(move |_| ending.clone())
        });
        Plan::Each(prompt::beside(brief, written, true), endings.collect())
    }

    /// How many candidates for what is missing of the present forms there is time for.
    pub fn again(&self, kept: &[Kept], budget: &Budget) -> u32 {
        let rests = kept.iter().filter_map(|kept| Some(kept.rest()?.0));
        let rests: Vec<Form> = rests.collect();
        if rests.is_empty() {
            return 0;
        }
        let done = self.taken + self.present().len();
        budget.again(&rests, done, self.forms.len())
    }

    /// What is left of the texts of the present step, form by form.
    pub fn kept(&self, texts: &[String], brief: &Brief) -> Vec<Kept> {
        let forms = self.present();
        let (first, more) = texts.split_at(texts.len().min(forms.len()));
        let page = self.said(brief.language);
        let mut before = page.clone();
        let mut all: Vec<Kept> = Vec::new();
        for (place, form) in forms.iter().enumerate() {
            let draft = first.get(place..=place).unwrap_or_default();
            let kept = Kept::of(form, draft, brief, &before);
            before.extend(kept.said());
            all.push(kept);
        }
        let missing: Vec<usize> = (0..all.len())
            .filter(|place| all[*place].rest().is_some())
            .collect();
        let each = more.len() / missing.len().max(1);
        if each == 0 {
            return all;
        }
        for (place, drafts) in missing.into_iter().zip(more.chunks(each)) {
            let others = all.iter().enumerate().filter(|(other, _)| *other != place);
            let mut before = page.clone();
            before.extend(others.flat_map(|(_, kept)| kept.said()));
            all[place].again(drafts, brief, &before);
        }
        all
    }

    /// What is to be said of the drafts of the present forms.
    pub fn checks(&self, kept: &[Kept], texts: &[String]) -> Vec<Check> {
        let forms = self.present().iter().zip(kept).enumerate();
        let check = |(place, (form, kept)): (usize, (&Form, &Kept))| {
            let name = form.kind.name();
            match &kept.problem {
                _ if place >= texts.len() => Check::failed("copy", format!("{name}: {NO_TIME}")),
                Some(problem) if kept.rest().is_some() => {
                    Check::failed("copy", format!("{name}: {problem}"))
                }
                _ => Check::passed("copy", name),
            }
        };
        forms.map(check).collect()
    }

    /// Puts the answers of a step into the page, with what code writes where they are of no use.
    pub fn take(&mut self, answer: &Answer, brief: &Brief, seed: u32) {
        let forms = self.present().to_vec();
        let texts = answer.texts();
        let kept = self.kept(texts, brief);
        for (place, (form, kept)) in forms.iter().zip(kept).enumerate() {
            let words = kept.finish(brief, seed);
            self.authors.texts += words.texts;
            if words.by_code > 0 {
                self.authors.by_code.push(ByCode {
                    kind: form.kind,
                    texts: words.texts,
                    by_code: words.by_code,
                    for_time: place >= texts.len(),
                });
            }
            self.written.push(Written {
                ask: form.ask(brief.language),
                answer: copy::shown(&words.answer, form),
            });
            fill(&mut self.plan, form, words.answer);
            self.taken += 1;
        }
    }

    /// The page with what there is, without sections that still wait for their words.
    pub fn shown(&self) -> PagePlan {
        self.without(|form, _| form >= self.taken)
    }

    /// The same with the drafts of the present forms that are complete.
    pub fn glimpse(&self, texts: &[Option<String>], brief: &Brief, seed: u32) -> PagePlan {
        let is_there = |form: usize| {
            let present = form.checked_sub(self.taken);
            present.and_then(|place| texts.get(place)?.as_ref())
        };
        let mut plan = self.without(|form, _| form >= self.taken && is_there(form).is_none());
        let mut before = self.said(brief.language);
        for (form, text) in self.present().iter().zip(texts) {
            let Some(text) = text else { continue };
            let kept = Kept::of(form, slice::from_ref(text), brief, &before);
            before.extend(kept.said());
            fill(&mut plan, form, kept.finish(brief, seed).answer);
        }
        plan
    }

    /// The page before a word was written: what code knows, under the name of the page.
    pub fn laid_out(&self) -> PagePlan {
        let mut plan = self.without(|_, kind| kind != Kind::Hero);
        let name = plan.name.clone();
        let heroes = plan.sections.iter_mut();
        for hero in heroes.filter(|section| section.kind == Kind::Hero) {
            hero.heading.clone_from(&name);
        }
        plan
    }

    /// The page without the sections of some forms, which are told by their number and kind.
    fn without(&self, is_left_out: impl Fn(usize, Kind) -> bool) -> PagePlan {
        let forms = self.forms.iter().enumerate();
        let left_out: Vec<&str> = forms
            .filter(|(number, form)| is_left_out(*number, form.kind))
            .map(|(_, form)| form.section.as_str())
            .collect();
        let mut plan = self.plan.clone();
        plan.sections
            .retain(|section| !left_out.contains(&section.id.as_str()));
        plan
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
}

/// Puts words into their section; the lead of the hero says best what the page is about.
fn fill(plan: &mut PagePlan, form: &Form, words: copy::Answer) {
    let sections = &mut plan.sections;
    let section = sections.iter_mut().find(|one| one.id == form.section);
    let Some(section) = section else { return };
    form.fill(section, words);
    if form.kind == Kind::Hero && !section.lead.is_empty() {
        plan.description = section.lead.clone();
    }
}
