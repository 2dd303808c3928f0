//! A page with its parts marked: it is the page itself, and whatever is marked can be changed.

mod page;

use page::{NASTY, plan};
use pages::edit::{Edit, apply};
use pages::plan::Tone;
use pages::render::{PagePart, PartKind, preview, render};

#[test]
fn a_preview_is_the_page_but_for_its_marks() {
    for layout in 0..4 {
        for text in ["", NASTY] {
            let plan = plan(layout, text);
            let shown = preview(&plan);
            let mut bare = shown.html.clone();
            for part in &shown.parts {
                let mark = format!(" data-part=\"{}\"", part.id);
                assert!(bare.contains(&mark), "{}", part.id);
                bare = bare.replace(&mark, "");
            }
            assert!(bare == render(&plan), "layout {layout}");
            assert!(!render(&plan).contains("data-part"));
        }
    }
}

/// Whatever is marked can be changed, and what a text says is what the plan says.
#[test]
fn every_part_can_be_changed_and_only_that_changes() {
    for layout in 0..4 {
        let plan = plan(layout, "");
        let before = preview(&plan).parts;
        // In the first layout all of them, then a sample: the parts are the same ones.
        let step = if layout == 0 { 1 } else { 7 };
        for part in before.iter().step_by(step) {
            let edit = match part.kind {
                PartKind::Text => Edit::Text {
                    section: part.section.clone(),
                    field: part.field.clone(),
                    item: part.item,
                    text: format!("{} indeed", part.text),
                },
                PartKind::Picture => Edit::Art {
                    section: part.section.clone(),
                    item: part.item,
                    motif: "teapot".to_owned(),
                },
                PartKind::Portrait => Edit::Photo {
                    section: part.section.clone(),
                    item: part.item,
                    data: "data:image/png;base64,AAAA".to_owned(),
                },
                PartKind::Section => Edit::Tone {
                    section: part.section.clone(),
                    tone: Tone::Deep,
                },
            };
            let after = apply(&plan, &edit).unwrap();
            let now = preview(&after);
            let found = now.parts.iter().find(|one| one.id == part.id).unwrap();
            match part.kind {
                PartKind::Text => assert_eq!(found.text, format!("{} indeed", part.text)),
                PartKind::Picture => assert_eq!(found.text, "teapot"),
                PartKind::Portrait => assert!(now.html.contains("base64,AAAA")),
                PartKind::Section => {}
            }
            let others = |parts: &[PagePart]| -> Vec<PagePart> {
                let others = parts.iter().filter(|one| one.id != part.id);
                others.cloned().collect()
            };
            assert_eq!(others(&now.parts), others(&before), "{}", part.id);
        }
    }
}

#[test]
fn a_new_address_is_where_its_link_leads() {
    let page = plan(0, "");
    let write = |text: &str| {
        let edit = Edit::Text {
            section: "contact".to_owned(),
            field: "value".to_owned(),
            item: 0,
            text: text.to_owned(),
        };
        let after = apply(&page, &edit).unwrap();
        let contact = after.sections.into_iter().find(|one| one.id == "contact");
        contact.unwrap().items[0].link.clone()
    };
    assert_eq!(write("new@b.example"), "mailto:new@b.example");
    assert_eq!(write("by post only"), "mailto:a@b.example");
}

#[test]
fn a_picture_of_ones_own_stands_where_it_was_put_and_can_be_taken_back() {
    const PHOTO: &str = "data:image/jpeg;base64,AAAA";
    let page = plan(0, "");
    for (section, item) in [
        ("hero", 0),
        ("about", 0),
        ("products", 1),
        ("gallery", 2),
        ("team", 3),
    ] {
        let put = |data: &str| Edit::Photo {
            section: section.to_owned(),
            item,
            data: data.to_owned(),
        };
        let after = apply(&page, &put(PHOTO)).unwrap();
        let html = render(&after);
        assert_eq!(html.matches(PHOTO).count(), 1, "{section}");
        for finding in pages::audit::audit(&after, &html) {
            assert!(
                finding.passed,
                "{section}: {}: {}",
                finding.rule, finding.detail
            );
        }
        let back = apply(&after, &put("")).unwrap();
        assert_eq!(back, page, "{section}");
        assert!(apply(&page, &put("https://there.example/a.png")).is_err());
    }
    let nowhere = Edit::Photo {
        section: "faq".to_owned(),
        item: 0,
        data: PHOTO.to_owned(),
    };
    assert!(apply(&page, &nowhere).is_err());
}
