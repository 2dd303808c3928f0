//! Rules of accessibility that can be told from the document alone.

use std::collections::HashSet;

use assistant::artifact::PageFinding;
use scraper::{ElementRef, Html};

use super::{elements, finding};

/// Every rule.
pub fn check(document: &Html) -> Vec<PageFinding> {
    vec![
        language_and_title(document),
        headings(document),
        landmarks(document),
        names(document),
        labels(document),
        ids_and_links(document),
        pictures(document),
    ]
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// The name by which a screen reader says an element.
fn name_of(element: ElementRef<'_>) -> String {
    let label = element.value().attr("aria-label").unwrap_or("").trim();
    if label.is_empty() {
        text_of(element)
    } else {
        label.to_owned()
    }
}

fn language_and_title(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    if document
        .root_element()
        .value()
        .attr("lang")
        .unwrap_or("")
        .is_empty()
    {
        problems.push("the language is not given".to_owned());
    }
    let titles: Vec<String> = elements(document, "title").map(text_of).collect();
    if titles.len() != 1 || titles[0].is_empty() {
        problems.push("there is no title".to_owned());
    }
    let has_viewport =
        elements(document, "meta").any(|meta| meta.value().attr("name") == Some("viewport"));
    if !has_viewport {
        problems.push("there is no viewport".to_owned());
    }
    finding(
        "document",
        &problems,
        "language, title and viewport are given",
    )
}

fn headings(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    let mut last = 0;
    let mut first = 0;
    for element in document
        .tree
        .root()
        .descendants()
        .filter_map(ElementRef::wrap)
    {
        let Some(level) = level(element.value().name()) else {
            continue;
        };
        if text_of(element).is_empty() {
            problems.push(format!("an empty h{level}"));
        }
        first += usize::from(level == 1);
        if level > last + 1 {
            problems.push(format!("h{level} behind h{last}: {}", text_of(element)));
        }
        last = level;
    }
    if first != 1 {
        problems.push(format!("{first} main headings"));
    }
    finding("headings", &problems, "one h1, no level left out")
}

fn level(name: &str) -> Option<u8> {
    let digit = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&digit).then_some(digit)
}

fn landmarks(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    if elements(document, "main").count() != 1 {
        problems.push("there must be one main part".to_owned());
    }
    let navigations: Vec<_> = elements(document, "nav")
        .map(|nav| nav.value().attr("aria-label").unwrap_or("").to_owned())
        .collect();
    let different: HashSet<&String> = navigations.iter().collect();
    if navigations.len() > 1
        && (different.len() != navigations.len() || navigations.iter().any(String::is_empty))
    {
        problems.push("navigations must be told apart by name".to_owned());
    }
    finding(
        "landmarks",
        &problems,
        "header, main part and footer are told apart",
    )
}

fn names(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    for tag in ["a", "button", "summary"] {
        for element in elements(document, tag) {
            if name_of(element).is_empty() {
                problems.push(format!("a {tag} without a name"));
            }
        }
    }
    let vague = [
        "click here",
        "here",
        "read more",
        "link",
        "點這裡",
        "点这里",
    ];
    for link in elements(document, "a") {
        if vague.contains(&name_of(link).to_lowercase().as_str()) {
            problems.push(format!("a link that says only {:?}", name_of(link)));
        }
    }
    finding("names", &problems, "links and buttons say what they do")
}

fn labels(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    let labelled: HashSet<String> = elements(document, "label")
        .filter(|label| !text_of(*label).is_empty())
        .filter_map(|label| label.value().attr("for").map(str::to_owned))
        .collect();
    for tag in ["input", "select", "textarea"] {
        for field in elements(document, tag) {
            let id = field.value().attr("id").unwrap_or("");
            let has_name = field
                .value()
                .attr("aria-label")
                .is_some_and(|label| !label.is_empty());
            let is_hidden = field.value().attr("type") == Some("hidden");
            if !is_hidden && !has_name && !labelled.contains(id) {
                problems.push(format!("a field without a label: {id}"));
            }
        }
    }
    finding("labels", &problems, "every field has a label")
}

fn ids_and_links(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    let mut ids = HashSet::new();
    for element in document
        .tree
        .root()
        .descendants()
        .filter_map(ElementRef::wrap)
    {
        if let Some(id) = element.value().attr("id")
            && !ids.insert(id.to_owned())
        {
            problems.push(format!("the id {id} comes twice"));
        }
    }
    for tag in ["a", "use"] {
        for link in elements(document, tag) {
            let target = link.value().attr("href").unwrap_or("");
            if let Some(id) = target.strip_prefix('#')
                && !ids.contains(id)
            {
                problems.push(format!("{target} leads nowhere"));
            }
            if target.is_empty() {
                problems.push("a link leads nowhere".to_owned());
            }
        }
    }
    for element in document
        .tree
        .root()
        .descendants()
        .filter_map(ElementRef::wrap)
    {
        for reference in ["aria-labelledby", "for"] {
            if let Some(id) = element.value().attr(reference)
                && !ids.contains(id)
            {
                problems.push(format!("{reference}={id} names nothing"));
            }
        }
    }
    finding("links", &problems, "every link within the page arrives")
}

fn pictures(document: &Html) -> PageFinding {
    let mut problems = Vec::new();
    for picture in elements(document, "svg") {
        let value = picture.value();
        let is_hidden = value.attr("aria-hidden") == Some("true");
        let has_name = value
            .attr("aria-label")
            .is_some_and(|label| !label.is_empty());
        if !is_hidden && !has_name {
            problems.push("a picture that is neither decoration nor described".to_owned());
        }
    }
    for picture in elements(document, "img") {
        if picture.value().attr("alt").is_none() {
            problems.push("an image without a text".to_owned());
        }
    }
    finding("pictures", &problems, "decoration is marked as such")
}
