//! A document that somebody wrote into by hand: the same rules as for a page that was rendered, and those
//! that a page of ours keeps by construction. Nothing in it may run, fetch or lead the reader away by
//! itself.

use assistant::artifact::PageFinding;
use scraper::Html;

use super::{check_css_at, finding, markup, nesting, rules, size};
use crate::colour::{READABLE, Rgb};
use crate::theme::PAIRS;

/// Elements that have no place in a page that is one quiet file.
const ACTIVE: &[&str] = &[
    "script", "iframe", "frame", "object", "embed", "base", "portal",
];

/// Attributes from which a browser fetches.
const FETCHED: &[&str] = &[
    "src",
    "srcset",
    "poster",
    "data",
    "background",
    "xlink:href",
];

/// Attributes in which an address could be a program.
const ADDRESSES: &[&str] = &["href", "xlink:href", "src", "action", "formaction", "data"];

/// Everything that was found, what is wrong first.
#[must_use]
pub fn audit_by_hand(html: &str) -> Vec<PageFinding> {
    let document = Html::parse_document(html);
    let mut findings = vec![
        nested(&document, html),
        style(html),
        quiet(&document),
        size(html),
    ];
    findings.extend(contrast(html));
    findings.extend(rules::check(&document));
    findings.sort_by_key(|finding| finding.passed);
    findings
}

fn nested(document: &Html, html: &str) -> PageFinding {
    let problems = nesting::problems(html);
    if problems.is_empty() {
        markup(document)
    } else {
        finding("markup", &problems, "")
    }
}

/// Every style sheet of the document, with the lines that it stands in.
fn sheets(html: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let open = at + html[at..].find("<style")?;
        let begin = open + html[open..].find('>')? + 1;
        let end = begin + html[begin..].find("</style").unwrap_or(html.len() - begin);
        at = end;
        let line = html[..begin].matches('\n').count();
        Some((line, &html[begin..end]))
    })
}

fn style(html: &str) -> PageFinding {
    let problems: Vec<String> = sheets(html)
        .flat_map(|(line, css)| check_css_at(css, line).problems)
        .collect();
    finding("style", &problems, "every rule is understood")
}

/// Nothing runs, nothing is fetched.
fn quiet(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    let all = document.tree.root().descendants();
    for element in all.filter_map(scraper::ElementRef::wrap) {
        let name = element.value().name();
        if ACTIVE.contains(&name) {
            problems.push(format!("there is a {name}"));
        }
        for (attribute, value) in element.value().attrs() {
            problems.extend(wrong(name, attribute, value));
        }
        if name == "style" {
            let text: String = element.text().collect();
            if fetches(&text) {
                problems.push("the style sheet fetches something".to_owned());
            }
        }
    }
    finding("network", &problems, "nothing is fetched")
}

/// What is wrong with an attribute.
fn wrong(element: &str, attribute: &str, value: &str) -> Option<String> {
    // Blanks and control characters within an address are passed over by browsers.
    let bare: String = value.chars().filter(|letter| *letter > ' ').collect();
    let bare = bare.to_ascii_lowercase();
    let is_local = |address: &str| {
        address.is_empty() || address.starts_with('#') || address.starts_with("data:image/")
    };
    if attribute.starts_with("on") {
        return Some(format!("{element} has {attribute}, which is a program"));
    }
    if attribute == "srcdoc" || (element == "meta" && attribute == "http-equiv") {
        return Some(format!("{element} has {attribute}"));
    }
    let is_program = ["javascript:", "vbscript:", "data:text"];
    if ADDRESSES.contains(&attribute) && is_program.iter().any(|one| bare.starts_with(one)) {
        return Some(format!("{attribute} of {element} is a program"));
    }
    let is_picture = matches!(element, "image" | "use" | "link" | "feimage") && attribute == "href";
    if (is_picture || FETCHED.contains(&attribute)) && !is_local(&bare) {
        return Some(format!("{element} fetches {value}"));
    }
    (attribute == "style" && fetches(value)).then(|| format!("the style of {element} fetches"))
}

fn fetches(css: &str) -> bool {
    let css = css.to_ascii_lowercase();
    let leaves = |(place, sign): (usize, &str)| {
        let address = css[place + sign.len()..].trim_start_matches(['"', '\'', ' ']);
        !address.starts_with("data:") && !address.starts_with('#')
    };
    css.contains("@import") || css.contains("image-set(") || css.match_indices("url(").any(leaves)
}

/// The theme's texts on its grounds, as the style sheet has them now; nothing where it names no colours
/// by which they could be told.
fn contrast(html: &str) -> Option<PageFinding> {
    let sheet: String = sheets(html).map(|(_, css)| css).collect();
    let colours = |name: &str| -> Vec<Rgb> {
        let sign = format!("--{name}:");
        let values = sheet.match_indices(&sign).filter_map(|(place, sign)| {
            let value = sheet[place + sign.len()..].split([';', '}']).next()?;
            Rgb::parse(value.trim())
        });
        values.collect()
    };
    let mut problems = Vec::new();
    let mut least = f64::MAX;
    for (text, ground) in PAIRS {
        // By day and, where there is one, by night.
        for (one, two) in colours(text).into_iter().zip(colours(ground)) {
            let contrast = one.contrast(two);
            least = least.min(contrast);
            if contrast < READABLE {
                problems.push(format!("{text} on {ground} has {contrast:.2}"));
            }
        }
    }
    let good = format!("at least {least:.1} : 1 in light and dark");
    (least < f64::MAX).then(|| finding("contrast", &problems, &good))
}
