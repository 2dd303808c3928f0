//! The course of one page: choose what it is for where the brief does not say, then have the parts
//! written one after the other, then look at the whole.
//!
//! The task keeps nothing between its steps. What the page is so far is made anew each time from the
//! brief and from the answers that were taken, so the same answers always give the same page.

use assistant::artifact::{PageFact, PageFinding, PageResult, PageSection};
use assistant::{Answer, Artifact, Check, Code, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use model::Prompt;
use tokio_util::sync::CancellationToken;

use crate::audit;
use crate::compose::{Draft, compose};
use crate::copy::checks::{Problem, examine, has_fact};
use crate::copy::prompt::{self, Written};
use crate::copy::{Form, fixed};
use crate::ground::{Brief, Business};
use crate::language::Language;
use crate::plan::{Kind, PagePlan, Section};
use crate::reference::Look;
use crate::render::render;

/// How often a part is asked for before code writes it.
const ATTEMPTS: usize = 2;

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
    /// Sections that code wrote because the model gave nothing usable.
    by_code: Vec<Kind>,
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

    fn examine(&self, answer: &Answer, brief: &Brief) -> Result<crate::copy::Answer, Problem> {
        let form = self.form().ok_or_else(|| Problem(String::new()))?;
        let draft = answer
            .texts()
            .first()
            .map(String::as_str)
            .unwrap_or_default();
        examine(form, draft, brief, &self.said(brief.language))
    }

    /// Puts an answer into the page, or what code writes where it is of no use.
    fn take(&mut self, answer: &Answer, brief: &Brief, seed: u32) {
        let Some(form) = self.form().cloned() else {
            return;
        };
        let (words, is_usable) = match self.examine(answer, brief) {
            Ok(words) => (words, true),
            Err(_) => (fixed::answer(&form, brief, seed), false),
        };
        if !is_usable {
            self.by_code.push(form.kind);
        }
        self.written.push(Written {
            ask: form.ask(brief.language),
            answer: written(&words, &form),
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

/// The answer as it stands in the page, so that the model goes on from that.
fn written(words: &crate::copy::Answer, form: &Form) -> String {
    let mut object = serde_json::Map::new();
    if form.heading {
        object.insert("heading".to_owned(), words.heading.clone().into());
    }
    if form.lead {
        object.insert("lead".to_owned(), words.lead.clone().into());
    }
    let items: Vec<serde_json::Value> = words
        .items
        .iter()
        .map(|item| {
            let mut fields = serde_json::Map::new();
            for (name, text) in [("title", &item.title), ("text", &item.text)] {
                if !text.is_empty() {
                    fields.insert(name.to_owned(), text.clone().into());
                }
            }
            if !item.points.is_empty() {
                fields.insert("points".to_owned(), item.points.clone().into());
            }
            fields.into()
        })
        .collect();
    if !items.is_empty() {
        object.insert("items".to_owned(), items.into());
    }
    serde_json::Value::Object(object).to_string()
}

#[async_trait]
impl Task for PageTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        if self.chooses() && so_far.accepted.is_empty() {
            let prompt: Prompt = prompt::choose_business(&self.brief);
            return Plan::Choose(prompt, self.choices());
        }
        let (brief, progress) = self.progress(&so_far.accepted);
        match progress.form() {
            Some(form) => Plan::Ask(prompt::prompt(
                &brief,
                &progress.written,
                form,
                &so_far.failed,
            )),
            None => Plan::Nothing,
        }
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
        let copy = progress.examine(answer, &brief);
        if let Err(problem) = &copy
            && so_far.failed.len() + 1 < ATTEMPTS
        {
            return Ok(rejected(&form, problem, &progress.shown()));
        }
        progress.take(answer, &brief, self.seed);
        let is_last = progress.form().is_none();
        if is_last {
            return Ok(finished(&progress.plan, &brief, &progress.by_code));
        }
        let shown = progress.shown();
        let check = match copy {
            Ok(_) => Check::passed("copy", form.kind.name()),
            Err(problem) => Check::failed("copy", format!("{}: {problem}", form.kind.name())),
        };
        Ok(Verdict {
            checks: vec![check],
            artifact: Some(Artifact::Page(result(&shown, Vec::new(), Vec::new()))),
            rejection: None,
            confidence: None,
            is_undecided: false,
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

fn rejected(form: &Form, problem: &Problem, shown: &PagePlan) -> Verdict {
    Verdict {
        checks: vec![Check::failed(
            "copy",
            format!("{}: {problem}", form.kind.name()),
        )],
        artifact: Some(Artifact::Page(result(shown, Vec::new(), Vec::new()))),
        rejection: Some(Rejection {
            fault: Fault::new(
                Code::NotSure,
                format!("The words for {} did not pass: {problem}", form.kind.name()),
            ),
            feedback: problem.0.clone(),
        }),
        confidence: None,
        is_undecided: false,
        goes_on: false,
    }
}

/// The whole page with everything that was checked. A page that fails a rule is a mistake of ours,
/// and is not shown as an answer.
pub(crate) fn finished(plan: &PagePlan, brief: &Brief, by_code: &[Kind]) -> Verdict {
    let html = render(plan);
    let text = audit::visible_text(&html);
    let facts: Vec<PageFact> = brief
        .facts
        .iter()
        .map(|fact| PageFact {
            kind: fact.kind.name().to_owned(),
            text: fact.text.clone(),
            is_present: has_fact(&text, &fact.text),
        })
        .collect();
    let mut findings = audit::audit(plan, &html);
    findings.push(sections(plan, brief));
    findings.push(words(by_code));
    findings.extend(samples(plan, brief));
    findings.sort_by_key(|finding| finding.passed);
    let mut checks = checks(&findings);
    let missing: Vec<&str> = facts
        .iter()
        .filter(|fact| !fact.is_present)
        .map(|fact| fact.text.as_str())
        .collect();
    checks.insert(
        0,
        match missing.as_slice() {
            [] => Check::passed("facts", format!("{} of {}", facts.len(), facts.len())),
            missing => Check::failed("facts", missing.join("; ")),
        },
    );
    let rejection = checks
        .iter()
        .find(|check| !check.passed && !matches!(check.name.as_str(), "copy" | "samples"))
        .map(|check| Rejection {
            fault: Fault::new(
                Code::NotSure,
                format!("The page did not pass {}: {}.", check.name, check.detail),
            ),
            feedback: check.detail.clone(),
        });
    Verdict {
        artifact: Some(Artifact::Page(result(plan, facts, findings))),
        checks,
        rejection,
        confidence: None,
        is_undecided: false,
        goes_on: false,
    }
}

/// The audit as checks of the run: those with a name of their own, and the rules of access as one.
pub(crate) fn checks(findings: &[PageFinding]) -> Vec<Check> {
    let own = [
        "markup", "style", "contrast", "network", "size", "sections", "copy",
    ];
    let mut checks: Vec<Check> = Vec::new();
    for name in own {
        if let Some(finding) = findings.iter().find(|finding| finding.rule == name) {
            checks.push(Check {
                name: name.to_owned(),
                passed: finding.passed,
                detail: finding.detail.clone(),
            });
        }
    }
    let rules: Vec<&PageFinding> = findings
        .iter()
        .filter(|finding| !own.contains(&finding.rule.as_str()) && finding.rule != "samples")
        .collect();
    let broken: Vec<&str> = rules
        .iter()
        .filter(|rule| !rule.passed)
        .map(|rule| rule.detail.as_str())
        .collect();
    checks.push(match broken.as_slice() {
        [] => Check::passed("access", format!("{} rules", rules.len())),
        broken => Check::failed("access", broken.join("; ")),
    });
    checks
}

fn sections(plan: &PagePlan, brief: &Brief) -> PageFinding {
    let missing: Vec<String> = brief
        .asked
        .kinds
        .iter()
        .filter(|kind| plan.section(**kind).is_none())
        .map(|kind| kind.name().to_owned())
        .collect();
    audit::finding(
        "sections",
        &missing,
        &format!("{} sections", plan.sections.len()),
    )
}

fn words(by_code: &[Kind]) -> PageFinding {
    let names: Vec<String> = by_code
        .iter()
        .map(|kind| format!("{}: written by code, not by the model", kind.name()))
        .collect();
    audit::finding(
        "copy",
        &names,
        "language, script, lengths and repetition were checked",
    )
}

/// Words that a person must replace before the page is published, because nobody said them.
fn samples(plan: &PagePlan, brief: &Brief) -> Option<PageFinding> {
    let has_quotes = plan.section(Kind::Testimonials).is_some() && brief.quotes.is_empty();
    has_quotes.then(|| PageFinding {
        rule: "samples".to_owned(),
        passed: false,
        detail: "testimonials: nobody has said this yet; put in what people really said".to_owned(),
    })
}

/// A page that was changed by hand: what is wrong with it is told, and it is shown all the same.
#[must_use]
pub fn rendered(plan: &PagePlan, facts: &[PageFact]) -> PageResult {
    let html = render(plan);
    let text = audit::visible_text(&html);
    let facts = facts
        .iter()
        .map(|fact| PageFact {
            is_present: has_fact(&text, &fact.text),
            ..fact.clone()
        })
        .collect();
    result(plan, facts, audit::audit(plan, &html))
}

/// A page as an artifact.
#[must_use]
pub fn result(plan: &PagePlan, facts: Vec<PageFact>, audit: Vec<PageFinding>) -> PageResult {
    PageResult {
        html: render(plan),
        title: plan.title.clone(),
        sections: plan.sections.iter().map(page_section).collect(),
        plan: plan.write(),
        facts,
        audit,
        draft: false,
    }
}

fn page_section(section: &Section) -> PageSection {
    PageSection {
        id: section.id.clone(),
        kind: section.kind.name().to_owned(),
        layout: section.layout.clone(),
        title: section.heading.clone(),
    }
}
