//! A place for every fact that found none: notes in the brief's own words.

use crate::copy::checks::has_fact;
use crate::ground::Brief;
use crate::ground::hours::capitalised;
use crate::language::Language;
use crate::plan::{Item, Kind, PagePlan, Section};

/// Gives every fact that found no place one: hours and ways of contact in their sections, the rest
/// as notes in the brief's own words.
pub fn add_left_over(brief: &Brief, plan: &mut PagePlan) {
    let mut items: Vec<Item> = Vec::new();
    for fact in &brief.facts {
        let said = format!(
            "{}\n{}",
            all_texts(plan),
            items
                .iter()
                .map(|item| format!("{} {}", item.title, item.text))
                .collect::<Vec<_>>()
                .join("\n")
        );
        if has_fact(&said, &fact.text) {
            continue;
        }
        items.push(Item {
            text: note(brief, &fact.text),
            ..Item::default()
        });
    }
    if items.is_empty() {
        return;
    }
    if let Some(notes) = plan
        .sections
        .iter_mut()
        .find(|section| section.kind == Kind::Notes && section.items.is_empty())
    {
        notes.items = items;
        return;
    }
    let before = plan
        .sections
        .iter()
        .position(|section| {
            matches!(
                section.kind,
                Kind::OpeningHours
                    | Kind::Contact
                    | Kind::Newsletter
                    | Kind::CallToAction
                    | Kind::Footer
            )
        })
        .unwrap_or(plan.sections.len());
    let layout = if items.len() > 1 { "columns" } else { "prose" };
    let notes = Section {
        id: "good-to-know".to_owned(),
        kind: Kind::Notes,
        layout: layout.to_owned(),
        heading: super::notes_heading(brief, plan.seed),
        items,
        ..Section::default()
    };
    plan.sections.insert(before, notes);
}

/// The brief's own words about a fact: the clause that has it, or the fact alone where the clause
/// asks for a page.
fn note(brief: &Brief, fact: &str) -> String {
    let sentence = brief
        .sentences()
        .into_iter()
        .find(|sentence| sentence.contains(fact));
    let Some(sentence) = sentence else {
        return fact.to_owned();
    };
    let is_usable = |text: &str| !super::is_request(text) && text.chars().count() <= 160;
    let end = if brief.language == Language::English {
        "."
    } else {
        "。"
    };
    let whole = sentence.trim_end_matches(['.', '。', '!', '！', ';', '；']);
    if is_usable(whole) {
        return format!("{}{end}", capitalised(whole));
    }
    let place = whole.find(fact).unwrap_or(0);
    let is_mark = |letter: char| {
        matches!(
            letter,
            ',' | '，' | '；' | ';' | '：' | '。' | '(' | '（' | ')' | '）'
        )
    };
    let start = whole[..place].rfind(is_mark).map_or(0, |mark| {
        mark + whole[mark..].chars().next().map_or(1, char::len_utf8)
    });
    let behind = place + fact.len();
    let stop = whole[behind..]
        .find(is_mark)
        .map_or(whole.len(), |mark| behind + mark);
    let clause = whole[start..stop].trim();
    if is_usable(clause) {
        return format!("{}{end}", capitalised(clause));
    }
    // What follows the fact usually says what it counts: "40-seat ramen bar".
    let rest: String = if brief.language == Language::English {
        whole[behind..stop]
            .split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ")
    } else {
        whole[behind..stop].chars().take(8).collect()
    };
    let sticks =
        whole[behind..].starts_with(|letter: char| letter.is_alphanumeric() || letter == '-');
    let between = if sticks || rest.is_empty() || brief.language != Language::English {
        ""
    } else {
        " "
    };
    let text = format!("{fact}{between}{rest}");
    if is_usable(&text) {
        capitalised(&text)
    } else {
        fact.to_owned()
    }
}

/// Everything that a plan says.
pub fn all_texts(plan: &PagePlan) -> String {
    let mut texts = vec![plan.name.clone()];
    for section in &plan.sections {
        texts.extend([
            section.label.clone(),
            section.heading.clone(),
            section.lead.clone(),
        ]);
        for item in &section.items {
            texts.extend([item.title.clone(), item.text.clone(), item.value.clone()]);
            texts.extend(item.points.iter().cloned());
        }
    }
    texts.join("\n")
}
