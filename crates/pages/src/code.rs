//! A page whose code was changed by hand. What was written over a text of the page is read back into its
//! plan, which is proved by rendering it: the very same file must come of it, and then everything else
//! can still be changed by a click. Any other change makes it a page of its own without a plan, held
//! against the same rules. Code that does not pass them takes the place of nothing.

use assistant::artifact::{PageFinding, PageResult, PageSection};
use assistant::{Answer, Artifact, Code, Fault, Inputs, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use scraper::{ElementRef, Html};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::audit::{audit_by_hand, elements, visible_text};
use crate::copy::checks::has_fact;
use crate::edit::{Edit, apply};
use crate::plan::PagePlan;
use crate::render::{place, preview, render};
use crate::task;

/// What came of code that was changed by hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PageCode {
    /// The page with that code; nothing where it did not pass, and the page stays as it was.
    pub page: Option<PageResult>,
    /// What was found, what is wrong first.
    pub audit: Vec<PageFinding>,
}

/// Takes the code of a page as it was changed. What was wrong with the page before does not keep it from
/// being changed; anything else that is wrong does.
#[must_use]
pub fn take(page: &PageResult, html: &str) -> PageCode {
    let html = tidy(html);
    let changed = match read_back(&page.plan, &html) {
        Some(plan) => task::rendered(&plan, &page.facts),
        None => written(page, html),
    };
    let known = |rule: &str| {
        let mut before = page.audit.iter();
        before.any(|finding| finding.rule == rule && !finding.passed)
    };
    let is_sound = changed
        .audit
        .iter()
        .all(|finding| finding.passed || known(&finding.rule));
    PageCode {
        audit: changed.audit.clone(),
        page: is_sound.then_some(changed),
    }
}

/// Lines end as ours do, and the file ends with one.
fn tidy(html: &str) -> String {
    let mut html = html.replace("\r\n", "\n").replace('\0', "");
    html.truncate(html.trim_end().len());
    html.push('\n');
    html
}

/// The plan of which exactly this document comes; nothing where there is none.
fn read_back(plan: &str, html: &str) -> Option<PagePlan> {
    let mut plan = PagePlan::read(plan).ok()?;
    let before = render(&plan);
    let marked = preview(&plan).html;
    if before.lines().count() != html.lines().count() {
        return None;
    }
    for ((was, is), marked) in before.lines().zip(html.lines()).zip(marked.lines()) {
        if was != is {
            plan = apply(&plan, &rewritten(marked, is)?).ok()?;
        }
    }
    (render(&plan) == html).then_some(plan)
}

/// The change of the one text that stands in a line.
fn rewritten(marked: &str, line: &str) -> Option<Edit> {
    let (_, behind) = marked.split_once(" data-part=\"")?;
    let (name, behind) = behind.split_once('"')?;
    if behind.contains(" data-part=\"") {
        return None;
    }
    let (section, field, item) = place(name)?;
    let fragment = Html::parse_fragment(line.trim());
    let text: String = fragment.root_element().text().collect();
    (!field.is_empty()).then(|| Edit::Text {
        section: section.to_owned(),
        field: field.to_owned(),
        item,
        text,
    })
}

/// A page that is nothing but its code.
fn written(page: &PageResult, html: String) -> PageResult {
    let document = Html::parse_document(&html);
    let text = visible_text(&html);
    let facts = page.facts.iter().cloned().map(|mut fact| {
        fact.is_present = has_fact(&text, &fact.text);
        fact
    });
    PageResult {
        title: elements(&document, "title")
            .next()
            .map_or_else(String::new, words),
        sections: sections(&document, page),
        plan: String::new(),
        facts: facts.collect(),
        audit: audit_by_hand(&html),
        draft: false,
        html,
    }
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sections that are still there.
fn sections(document: &Html, page: &PageResult) -> Vec<PageSection> {
    let all = || {
        let nodes = document.tree.root().descendants();
        nodes.filter_map(ElementRef::wrap)
    };
    let still = |section: &PageSection| {
        let element = all().find(|one| one.value().attr("id") == Some(&section.id))?;
        let inside = element.descendants().filter_map(ElementRef::wrap);
        let heading = inside
            .filter(|one| matches!(one.value().name(), "h1" | "h2"))
            .map(words)
            .next();
        Some(PageSection {
            title: heading.unwrap_or_else(|| section.title.clone()),
            ..section.clone()
        })
    };
    page.sections.iter().filter_map(still).collect()
}

/// A page of a person's own code, to be kept: it passes the rules, or there is no page.
pub(crate) struct ByHand(PageCode, PageResult);

impl ByHand {
    /// From the input `html`, and `plan` where the code came of one.
    pub(crate) fn new(html: &str, inputs: &Inputs) -> Self {
        let before = PageResult {
            plan: inputs.get("plan").unwrap_or_default().to_owned(),
            ..PageResult::default()
        };
        Self(take(&before, html), written(&before, tidy(html)))
    }
}

#[async_trait]
impl Task for ByHand {
    fn plan(&self, _: &SoFar) -> Plan {
        Plan::Nothing
    }

    async fn check(&self, _: &SoFar, _: &Answer, _: &CancellationToken) -> Result<Verdict, Fault> {
        let Self(code, draft) = self;
        let checks = task::checks(&code.audit);
        let broken = checks.iter().find(|check| !check.passed);
        let rejection = broken.map(|check| {
            let sentence = format!("The page did not pass {}: {}.", check.name, check.detail);
            Rejection {
                fault: Fault::new(Code::NotSure, sentence),
                feedback: check.detail.clone(),
            }
        });
        Ok(Verdict {
            artifact: Some(Artifact::Page(code.page.as_ref().unwrap_or(draft).clone())),
            checks,
            rejection,
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }

    fn needs_model(&self) -> bool {
        false
    }
}
