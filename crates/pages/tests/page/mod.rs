//! A page with everything in it, for the tests of rendering.

use pages::language::Language;
use pages::plan::{Action, Item, Kind, PagePlan, Section, Tone};
use pages::theme::Theme;

/// What nobody wants in a page, in every place of it.
pub const NASTY: &str = "\"><script>alert(1)</script> & 'x' \u{202e}𝒳 emoji 🙂 ";

/// A section with everything in it.
pub fn section(kind: Kind, layout: &str, text: &str) -> Section {
    let item = |number: usize| Item {
        title: format!("Title {number}{text}"),
        text: format!("Some words, number {number}{text}."),
        value: format!("£{number}0{text}"),
        points: vec![format!("Point {number}{text}")],
        link: "mailto:a@b.example".to_owned(),
        art: "cup".to_owned(),
        photo: String::new(),
    };
    Section {
        id: kind.name().to_owned(),
        kind,
        layout: layout.to_owned(),
        tone: Tone::Plain,
        label: format!("Label{text}"),
        heading: format!("Heading of {}{text}", kind.name()),
        lead: format!("A lead that says a little more{text}."),
        art: String::new(),
        photo: String::new(),
        items: (1..=4).map(item).collect(),
        actions: vec![Action {
            label: format!("Go{text}"),
            link: "#hero".to_owned(),
        }],
    }
}

/// A page with every kind of section, each in its `layout`th layout.
pub fn plan(layout: usize, text: &str) -> PagePlan {
    let sections = Kind::ALL
        .into_iter()
        .map(|kind| section(kind, kind.layouts()[layout % kind.layouts().len()], text))
        .collect();
    PagePlan {
        version: 1,
        language: Language::English,
        name: format!("Name{text}"),
        title: format!("Title{text}"),
        description: format!("Description{text}"),
        motifs: vec!["cup".to_owned(), "leaf".to_owned()],
        seed: 7,
        theme: Theme::default(),
        sections,
    }
}
