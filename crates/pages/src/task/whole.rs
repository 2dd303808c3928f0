//! The page when it is whole: rendered, held against its brief and audited.

use assistant::artifact::{PageFact, PageFinding, PageResult, PageSection};
use assistant::{Artifact, Check, Code, Fault, Rejection, Verdict};

use crate::audit;
use crate::copy::checks::has_fact;
use crate::ground::Brief;
use crate::plan::{Kind, PagePlan, Section};
use crate::render::render;

/// Who wrote the words of a page.
#[derive(Default)]
pub(crate) struct Authors {
    /// Texts that were the model's to write.
    pub texts: usize,
    /// Sections of which code wrote some of them, because the model gave nothing usable.
    pub by_code: Vec<ByCode>,
}

impl Authors {
    /// How many of the texts the model wrote. What is measured of a page reads this.
    fn said(&self) -> String {
        let by_code: usize = self.by_code.iter().map(|section| section.by_code).sum();
        let by_model = self.texts.saturating_sub(by_code);
        format!("{by_model} of {} texts by the model", self.texts)
    }
}

/// How much of a section code wrote.
pub(crate) struct ByCode {
    pub kind: Kind,
    pub texts: usize,
    pub by_code: usize,
    /// Whether the model was not asked, because its time was up.
    pub for_time: bool,
}

impl ByCode {
    fn said(&self) -> String {
        let (name, texts, by_code) = (self.kind.name(), self.texts, self.by_code);
        if self.for_time {
            format!("{name}: written by code, the model's time was up")
        } else if texts == by_code {
            format!("{name}: written by code, not by the model")
        } else {
            format!("{name}: {by_code} of {texts} texts by code, not by the model")
        }
    }
}

/// The whole page with everything that was checked. A page that fails a rule is a mistake of ours,
/// and is not shown as an answer.
pub(crate) fn finished(plan: &PagePlan, brief: &Brief, authors: &Authors) -> Verdict {
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
    findings.push(words(authors));
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

fn words(authors: &Authors) -> PageFinding {
    // All of them, however many: whoever publishes the page should look at each.
    let names: Vec<String> = authors.by_code.iter().map(ByCode::said).collect();
    let rest = if names.is_empty() {
        "language, script, lengths and repetition were checked".to_owned()
    } else {
        names.join("; ")
    };
    PageFinding {
        rule: "copy".to_owned(),
        passed: names.is_empty(),
        detail: format!("{}; {rest}", authors.said()),
    }
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
