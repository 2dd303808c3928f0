//! Words that are written anew, and what is taken of them.

use super::*;
use crate::compose::compose;

fn page() -> PagePlan {
    let text =
        "A bakery called Flour in Leeds. With features, faq and products: rolls £3, buns £2.";
    let mut plan = compose(&Brief::read(text, None), 1).plan;
    for section in &mut plan.sections {
        section.heading = format!("About {}", section.id);
        if let Some(item) = section.items.first_mut() {
            item.text = "Rolls for £3 every morning.".to_owned();
        }
    }
    plan
}

#[track_caller]
fn check(about: &str, wish: &str, draft: &str, expected: Result<&[&str], &str>) {
    let reword = Reword::of(&page(), about, wish).expect("there are words");
    let found = reword.edits(draft).map(|edits| {
        let said = edits.into_iter().map(|edit| match edit {
            Edit::Text { field, text, .. } => format!("{field}: {text}"),
            other => format!("{other:?}"),
        });
        said.collect::<Vec<_>>()
    });
    match (found, expected) {
        (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{draft}"),
        (Err(found), Err(expected)) => assert!(found.said.contains(expected), "{found}"),
        (found, expected) => panic!("{draft}: {found:?}, not {expected:?}"),
    }
}

#[test]
fn one_text_is_written_anew_within_its_facts() {
    let about = "products/text/0";
    check(
        about,
        "shorter",
        r#"{"text":"Warm rolls, £3."}"#,
        Ok(&["text: Warm rolls, £3."]),
    );
    check(about, "shorter", r#"{"text":"Warm rolls."}"#, Err("3"));
    check(
        about,
        "shorter",
        r#"{"text":"Rolls £3 since 1987."}"#,
        Err("1987"),
    );
    check(
        about,
        "they are £4 now",
        r#"{"text":"Rolls for £4."}"#,
        Ok(&["text: Rolls for £4."]),
    );
    check(
        about,
        "shorter",
        r#"{"text":"Rolls for £3 every morning."}"#,
        Err("Change"),
    );
    check(about, "shorter", r#"{"text":"麵包 £3"}"#, Err("English"));
    check(about, "shorter", "{", Err("JSON"));
}

#[test]
fn of_a_section_what_is_good_is_taken() {
    let draft = r#"{"heading":"Asked at the counter","text 1":"Lorem ipsum £3"}"#;
    check(
        "products",
        "friendlier",
        draft,
        Ok(&["heading: Asked at the counter"]),
    );
}

#[test]
fn nothing_is_asked_about_what_is_not_there() {
    for about in ["", "nowhere", "products/text/99", "products/"] {
        assert!(Reword::of(&page(), about, "shorter").is_none(), "{about}");
    }
    assert!(Reword::of(&page(), "products", " ").is_none());
}

#[test]
fn the_model_is_told_the_part_and_nothing_else() {
    let reword = Reword::of(&page(), "products/text/0", "shorter").unwrap();
    let prompt = reword.prompt(&[]);
    let asked = &prompt.messages.last().unwrap().text;
    assert!(
        asked.contains("every morning") && !asked.contains("About faq"),
        "{asked}"
    );
}
