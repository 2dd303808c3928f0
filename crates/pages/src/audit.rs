//! What a finished page is held against: parsed with no error, a style sheet that browsers know,
//! rules of accessibility, nothing from the network, not too large.

mod by_hand;
mod css;
mod nesting;
mod rules;

use assistant::artifact::PageFinding;
use scraper::{Html, Node};

use crate::plan::PagePlan;
use crate::theme::{PAIRS, tokens};
pub use by_hand::audit_by_hand;
pub use css::{CssReport, check as check_css, check_at as check_css_at, is_sound};

/// Most bytes of a page.
pub const MOST_BYTES: usize = 200_000;

/// Everything that was found, what is wrong first.
#[must_use]
pub fn audit(plan: &PagePlan, html: &str) -> Vec<PageFinding> {
    let document = Html::parse_document(html);
    let mut findings = vec![
        markup(&document),
        style(&document),
        contrast(plan),
        network(html),
        size(html),
    ];
    findings.extend(rules::check(&document));
    findings.sort_by_key(|finding| finding.passed);
    findings
}

pub(crate) fn finding(rule: &str, problems: &[String], good: &str) -> PageFinding {
    PageFinding {
        rule: rule.to_owned(),
        passed: problems.is_empty(),
        detail: match problems {
            [] => good.to_owned(),
            problems => problems
                .iter()
                .take(4)
                .cloned()
                .collect::<Vec<_>>()
                .join("; "),
        },
    }
}

fn markup(document: &Html) -> PageFinding {
    let problems: Vec<String> = document.errors.iter().map(ToString::to_string).collect();
    finding("markup", &problems, "parsed without an error")
}

fn style(document: &Html) -> PageFinding {
    let sheets: String = elements(document, "style")
        .map(|element| element.text().collect::<String>())
        .collect();
    let report = check_css(&sheets);
    finding("style", &report.problems, "every rule is understood")
}

/// Every text of the theme on every ground that it stands on, by day and by night.
fn contrast(plan: &PagePlan) -> PageFinding {
    let tokens = tokens(&plan.theme);
    let colour = |name: &str| tokens.iter().find(|token| token.name == name);
    let mut problems = Vec::new();
    let mut least = f64::MAX;
    for (text, ground) in PAIRS {
        let (Some(one), Some(two)) = (colour(text), colour(ground)) else {
            problems.push(format!("{text} on {ground} is not known"));
            continue;
        };
        for contrast in [one.light.contrast(two.light), one.dark.contrast(two.dark)] {
            least = least.min(contrast);
            if contrast < crate::colour::READABLE {
                problems.push(format!("{text} on {ground} has {contrast:.2}"));
            }
        }
    }
    finding(
        "contrast",
        &problems,
        &format!("at least {least:.1} : 1 in light and dark"),
    )
}

/// Anything that a browser would fetch.
fn network(html: &str) -> PageFinding {
    let document = Html::parse_document(html);
    let mut problems = Vec::new();
    let fetching = [
        ("img", "src"),
        ("script", "src"),
        ("link", "href"),
        ("iframe", "src"),
        ("source", "src"),
        ("video", "src"),
        ("audio", "src"),
        ("image", "href"),
        ("object", "data"),
        ("embed", "src"),
    ];
    for (tag, attribute) in fetching {
        for element in elements(&document, tag) {
            let value = element.value().attr(attribute).unwrap_or("");
            if !value.is_empty() && !value.starts_with("data:") {
                problems.push(format!("{tag} fetches {value}"));
            }
        }
    }
    if elements(&document, "script").next().is_some() {
        problems.push("there is a script".to_owned());
    }
    for element in elements(&document, "style") {
        let text: String = element.text().collect();
        if text.contains("url(") || text.contains("@import") {
            problems.push("the style sheet fetches something".to_owned());
        }
    }
    finding("network", &problems, "nothing is fetched")
}

fn size(html: &str) -> PageFinding {
    // The person's own pictures are as large as they are.
    let bytes = html.len() - crate::photo::weight(html);
    let problems = if bytes > MOST_BYTES {
        vec![format!("{bytes} bytes")]
    } else {
        Vec::new()
    };
    finding("size", &problems, &format!("{} kB", bytes.div_ceil(1000)))
}

/// Elements of a name, in the order of the document.
pub(crate) fn elements<'a>(
    document: &'a Html,
    name: &'a str,
) -> impl Iterator<Item = scraper::ElementRef<'a>> {
    document
        .tree
        .root()
        .descendants()
        .filter_map(scraper::ElementRef::wrap)
        .filter(move |element| element.value().name() == name)
}

/// What a reader of a page can read, in order.
#[must_use]
pub fn visible_text(html: &str) -> String {
    let document = Html::parse_document(html);
    let mut text = String::new();
    for node in document.tree.root().descendants() {
        if let Node::Text(piece) = node.value() {
            let is_hidden = node.ancestors().any(|above| {
                above.value().as_element().is_some_and(|element| {
                    matches!(element.name(), "style" | "script" | "head" | "svg")
                })
            });
            if !is_hidden {
                text.push_str(piece);
                text.push('\n');
            }
        }
    }
    text
}
