//! What is kept of drafts, and what is asked for again.

use super::*;

fn form(items: Items, count: usize) -> Form {
    Form {
        section: "features".to_owned(),
        kind: Kind::Features,
        heading: true,
        lead: false,
        items,
        count,
        topic: String::new(),
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Two items and a heading out of drafts: what is kept, and what is wrong with the rest.
#[track_caller]
fn check(brief: &str, drafts: &[&str], before: &[&str], expected: &[&str], problem: &str) {
    let brief = Brief::read(brief, None);
    let kept = Kept::of(
        &form(Items::Pairs, 2),
        &strings(drafts),
        &brief,
        &strings(before),
    );
    assert_eq!(kept.said(), expected, "{drafts:?}");
    let told = kept.problem.map_or(String::new(), |problem| problem.said);
    assert!(
        told.contains(problem) && problem.is_empty() == told.is_empty(),
        "{told}"
    );
}

fn items(a: &str, b: &str) -> String {
    format!(
        r#"{{"heading":"Warm by seven","items":[{{"title":"Slow dough","text":"{a}"}},{{"title":"Stone oven","text":"{b}"}}]}}"#
    )
}

const GOOD: &[&str] = &[
    "Warm by seven",
    "Slow dough",
    "It rests overnight.",
    "Stone oven",
    "The crust sings.",
];

#[test]
fn good_copy_is_kept_and_tidied() {
    let draft = items("It rests overnight", "The crust sings.").replace("seven\"", "seven.\"");
    check(
        "A bakery in Leeds",
        &[&draft],
        &["Something else"],
        GOOD,
        "",
    );
    let draft = r#"{"heading":"慢慢发酵","items":[{"title":"隔夜麵糰","text":"让麵粉醒一夜"},{"title":"石窯","text":"外皮香脆。"}]}"#;
    check(
        "一間麵包店，在台北",
        &[draft],
        &[],
        &[
            "慢慢發酵",
            "隔夜麵糰",
            "讓麵粉醒一夜。",
            "石窯",
            "外皮香脆。",
        ],
        "",
    );
}

#[test]
fn bad_copy_is_not_kept_and_what_is_good_beside_it_is() {
    let some = &["Warm by seven", "Stone oven", "Hot."];
    for (text, problem) in [
        ("Open since 1987.", "1987"),
        ("Lorem ipsum dolor.", "placeholders"),
        ("This page shows bread.", "place"),
        ("新鮮的麵包", "English"),
        ("Mail me@x.co now.", "addresses"),
        ("A family-owned place.", "family"),
        ("Free delivery for all.", "free delivery"),
        ("Always certified rye.", "certifi"),
    ] {
        check("A bakery", &[&items(text, "Hot.")], &[], some, problem);
    }
    let said = "It is the best bread in the whole street.";
    let again = items("The best bread in the whole town.", "Hot.");
    check("A bakery", &[&again], &[said], some, "already");
    let twice = items(
        "We bake it fresh for you daily.",
        "Come, we bake it fresh for all.",
    );
    let first = &[
        "Warm by seven",
        "Slow dough",
        "We bake it fresh for you daily.",
    ];
    check("A bakery", &[&twice], &[], first, "already");
    check("A bakery", &["{\"heading\":"], &[], &[], "JSON");
}

#[test]
fn what_the_brief_says_may_be_said_again() {
    let text = "Free delivery, and organic flour.";
    let kept = &["Warm by seven", "Slow dough", text, "Stone oven", "Hot."];
    let brief = "An organic bakery. Delivery is free.";
    check(brief, &[&items(text, "Hot.")], &[], kept, "");
}

#[test]
fn only_what_is_missing_is_asked_for_again() {
    let brief = Brief::read("A bakery", None);
    let form = form(Items::Pairs, 2);
    let first = items("It rests overnight", "Open since 1987.");
    let kept = Kept::of(&form, std::slice::from_ref(&first), &brief, &[]);
    let (rest, places) = kept.rest().unwrap();
    assert_eq!((rest.heading, rest.count, places), (false, 1, vec![1]));
    let ask = rest.ask(Language::English);
    assert!(ask.starts_with("features: 1 item;"), "{ask}");
    // Of several drafts, the first that is good is taken.
    let drafts = [
        first,
        r#"{"items":[{"title":"Stone oven","text":"It rests overnight."}]}"#.to_owned(),
        r#"{"items":[{"title":"Stone oven","text":"The crust sings"}]}"#.to_owned(),
        r#"{"items":[{"title":"Late","text":"Too late."}]}"#.to_owned(),
    ];
    let kept = Kept::of(&form, &drafts, &brief, &[]);
    assert_eq!(kept.said(), GOOD);
    assert!(kept.rest().is_none());
    assert_eq!(kept.finish(&brief, 1).by_code, 0);
}

#[test]
fn names_stay_with_their_texts() {
    let names = strings(&["Rye", "Bun", "Pie"]);
    let brief = Brief::read("A bakery: Rye £3, Bun £2, Pie £4", None);
    let form = form(Items::Texts(names), 3);
    let first = r#"{"heading":"From the oven","items":[{"text":"Dark and dense."},{"text":"Lorem ipsum."},{"text":"Soft, with apple."}]}"#;
    let kept = Kept::of(&form, &strings(&[first]), &brief, &[]);
    let (rest, places) = kept.rest().unwrap();
    assert_eq!(rest.items, Items::Texts(strings(&["Bun"])));
    assert_eq!(places, [1]);
    let words = kept.finish(&brief, 1);
    assert_eq!((words.texts, words.by_code), (4, 1));
    let texts: Vec<&str> = words
        .answer
        .items
        .iter()
        .map(|item| item.text.as_str())
        .collect();
    assert_eq!(texts, ["Dark and dense.", "", "Soft, with apple."]);
}

#[test]
fn where_nothing_is_kept_code_writes_the_section() {
    let brief = Brief::read("A bakery", None);
    let kept = Kept::of(&form(Items::Pairs, 2), &strings(&["{"]), &brief, &[]);
    let words = kept.finish(&brief, 1);
    assert_eq!(words.by_code, words.texts);
    assert!(!words.answer.heading.is_empty() && words.answer.items.len() == 2);
}
