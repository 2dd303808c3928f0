//! Wishes in words, and what they mean.

use super::*;
use crate::compose::compose;
use crate::ground::Brief;

fn page() -> PagePlan {
    let brief = Brief::read(
        "A bakery called Flour. With products, gallery, faq, contact. £3 rolls.",
        None,
    );
    compose(&brief, 1).plan
}

fn said(edit: &Edit) -> String {
    match edit {
        Edit::Add { kind, heading, .. } => format!("add {} {heading}", kind.name()),
        Edit::Remove { section } => format!("remove {section}"),
        Edit::Move { section, to } => format!("move {section} {to}"),
        Edit::Layout { section, .. } => format!("layout {section}"),
        Edit::Tone { section, tone } => format!("tone {section} {tone:?}"),
        Edit::Theme { brand, scheme, .. } => format!("theme {brand:?} {scheme:?}"),
        Edit::Text {
            section,
            field,
            text,
            ..
        } => format!("text {section} {field} {text}"),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(wish: &str, expected: &[&str]) {
    check_about("", wish, expected);
}

#[track_caller]
fn check_about(about: &str, wish: &str, expected: &[&str]) {
    let found = understand(wish, &page(), about);
    let names: Vec<String> = found
        .edits
        .iter()
        .map(|edit| said(edit).trim().to_owned())
        .collect();
    assert_eq!(names, expected, "{wish}");
}

#[test]
fn wishes_are_understood() {
    check(
        "make the hero darker and add a newsletter",
        &["tone hero Deep", "add newsletter"],
    );
    check("Add an FAQ about shipping", &["add faq Shipping"]);
    check("add a section about allergens", &["add notes Allergens"]);
    check("remove the gallery", &["remove gallery"]);
    check("拿掉常見問題，加上團隊", &["remove faq", "add team"]);
    check(
        "change the hero heading to \"Fresh, every day\"",
        &["text hero heading Fresh, every day"],
    );
    check("brand colour #0044cc", &["theme Some(\"#0044cc\") None"]);
    check("rearrange the products", &["layout products"]);
    assert_eq!(
        understand("sing me a song", &page(), "").rest,
        ["sing me a song"]
    );
}

#[test]
fn a_wish_is_about_what_is_held() {
    check_about("faq", "darker", &["tone faq Deep"]);
    let last = format!("move faq {}", page().sections.len() - 2);
    check_about("faq", "move it to the end", &[&last]);
    check_about("faq", "remove", &["remove faq"]);
    check_about("faq", "remove the gallery", &["remove gallery"]);
    check_about("faq/title/1", "darker", &[]);
    check_about(
        "faq/title/1",
        "say \"May I, please?\"",
        &["text faq title May I, please?"],
    );
    assert!(matches!(
        understand("make the whole page darker", &page(), "faq").edits[..],
        [Edit::Theme {
            scheme: Some(Scheme::Dark),
            ..
        }]
    ));
    assert!(matches!(
        understand("a cup of coffee", &page(), "hero/picture/0").edits[..],
        [Edit::Art { .. }]
    ));
    assert_eq!(
        understand("friendlier", &page(), "faq").rest,
        ["friendlier"]
    );
}
