//! Every kind of section in every layout is a valid page, and a small change of the plan is a small
//! change of the file.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

mod page;

use page::{NASTY, plan};
use pages::audit::{audit, visible_text};
use pages::edit::{Edit, EditError, apply};
use pages::language::Language;
use pages::plan::{Kind, PagePlan};
use pages::render::render;
use pages::theme::Scheme;

#[test]
fn every_kind_has_two_layouts_and_every_layout_is_a_valid_page() {
    assert!(Kind::ALL.len() >= 16);
    for layout in 0..4 {
        for text in ["", NASTY] {
            let plan = plan(layout, text);
            let html = render(&plan);
            for finding in audit(&plan, &html) {
                assert!(
                    finding.passed,
                    "layout {layout}: {}: {}",
                    finding.rule, finding.detail
                );
            }
            assert!(!html.contains("<script"), "layout {layout}");
        }
    }
    for kind in Kind::ALL {
        assert!(kind.layouts().len() >= 2, "{kind:?}");
    }
}

#[test]
fn what_is_said_is_in_the_page_byte_for_byte() {
    let text = visible_text(&render(&plan(0, NASTY)));
    assert!(
        text.contains("\"><script>alert(1)</script> & 'x'"),
        "{text}"
    );
}

/// Lines of the one that are not in the other, and the other way round.
fn difference(one: &str, other: &str) -> (Vec<String>, Vec<String>) {
    let count = |text: &str| {
        let mut lines = std::collections::BTreeMap::<String, isize>::new();
        for line in text.lines() {
            *lines.entry(line.to_owned()).or_default() += 1;
        }
        lines
    };
    let (a, b) = (count(one), count(other));
    let more = |a: &std::collections::BTreeMap<String, isize>,
                b: &std::collections::BTreeMap<String, isize>| {
        a.iter()
            .filter(|(line, count)| **count > b.get(*line).copied().unwrap_or(0))
            .map(|(line, _)| line.trim().to_owned())
            .collect()
    };
    (more(&a, &b), more(&b, &a))
}

fn changed(edit: &Edit) -> (String, String) {
    let before = plan(0, "");
    let after = apply(&before, edit).unwrap();
    (render(&before), render(&after))
}

#[test]
fn a_text_changes_its_own_line() {
    let (before, after) = changed(&Edit::Text {
        section: "faq".to_owned(),
        field: "text".to_owned(),
        item: 1,
        text: "Because we like it.".to_owned(),
    });
    let (gone, new) = difference(&before, &after);
    assert_eq!(new, ["<p>Because we like it.</p>"]);
    assert_eq!(gone.len(), 1, "{gone:?}");
    let place = after.find("Because we like it.").unwrap();
    assert_eq!(
        before[..place],
        after[..place],
        "everything before it is as it was"
    );
    let rest = |text: &str, from: usize| text[from + text[from..].find('\n').unwrap()..].to_owned();
    assert_eq!(
        rest(&before, place),
        rest(&after, place),
        "everything behind it is as it was"
    );
}

#[test]
fn a_colour_changes_the_theme_alone() {
    let (before, after) = changed(&Edit::Theme {
        palette: None,
        brand: Some("#ffff00".to_owned()),
        pairing: None,
        corners: None,
        density: None,
        scheme: None,
    });
    let (gone, new) = difference(&before, &after);
    for line in gone.iter().chain(&new) {
        assert!(
            line.starts_with("--") || line.contains("rel=\"icon\""),
            "{line}"
        );
    }
    let body = |text: &str| text[text.find("<body>").unwrap()..].to_owned();
    assert_eq!(body(&before), body(&after));
}

#[test]
fn a_layout_changes_one_class() {
    let (before, after) = changed(&Edit::Layout {
        section: "products".to_owned(),
        layout: "showcase".to_owned(),
    });
    let (gone, new) = difference(&before, &after);
    assert_eq!(
        new,
        [
            "<section class=\"products products-showcase plain\" id=\"products\" aria-labelledby=\"products-heading\">"
        ]
    );
    assert_eq!(gone.len(), 1);
}

#[test]
fn moving_changes_no_line() {
    let (before, after) = changed(&Edit::Move {
        section: "faq".to_owned(),
        to: 3,
    });
    assert_ne!(before, after);
    // The navigation shows the first five sections, and has another one now.
    let without = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .filter(|line| !line.starts_with("<li><a href=\"#"))
            .collect()
    };
    let (gone, new) = difference(&before, &after);
    assert_eq!((without(gone), without(new)), (vec![], vec![]));
}

#[test]
fn removing_leaves_everything_else() {
    let (before, after) = changed(&Edit::Remove {
        section: "gallery".to_owned(),
    });
    let (_, new) = difference(&before, &after);
    // The navigation shows five sections, so another one moves up.
    assert!(new.len() <= 1, "{new:?}");
    assert!(!after.contains("id=\"gallery\""));
}

#[test]
fn adding_leaves_everything_else() {
    let before = apply(
        &plan(0, ""),
        &Edit::Remove {
            section: "newsletter".to_owned(),
        },
    )
    .unwrap();
    let after = apply(
        &before,
        &Edit::Add {
            kind: Kind::Newsletter,
            to: None,
            heading: "Stay in touch".to_owned(),
        },
    )
    .unwrap();
    let (gone, _) = difference(&render(&before), &render(&after));
    assert_eq!(gone, [""; 0]);
    let html = render(&after);
    assert!(html.contains("Stay in touch"));
    for finding in audit(&after, &html) {
        assert!(finding.passed, "{}: {}", finding.rule, finding.detail);
    }
}

#[test]
fn every_kind_can_be_added_in_every_language() {
    for language in [
        Language::English,
        Language::Traditional,
        Language::Simplified,
    ] {
        let mut page = plan(0, "");
        page.language = language;
        page.sections.truncate(2);
        for kind in Kind::ALL.into_iter().skip(2) {
            page = apply(
                &page,
                &Edit::Add {
                    kind,
                    to: None,
                    heading: String::new(),
                },
            )
            .unwrap();
        }
        for finding in audit(&page, &render(&page)) {
            assert!(
                finding.passed,
                "{language:?}: {}: {}",
                finding.rule, finding.detail
            );
        }
    }
}

#[test]
fn what_cannot_be_done_is_said() {
    let page = plan(0, "");
    let check =
        |edit: Edit, expected: EditError| assert_eq!(apply(&page, &edit).unwrap_err(), expected);
    check(
        Edit::Remove {
            section: "nowhere".to_owned(),
        },
        EditError::NoSection("nowhere".to_owned()),
    );
    check(
        Edit::Remove {
            section: "hero".to_owned(),
        },
        EditError::Needed("hero"),
    );
    check(
        Edit::Layout {
            section: "hero".to_owned(),
            layout: "upside-down".to_owned(),
        },
        EditError::Unusable("upside-down".to_owned()),
    );
    check(
        Edit::RemoveItem {
            section: "faq".to_owned(),
            item: 99,
        },
        EditError::NoPart("item".to_owned()),
    );
    check(
        Edit::Add {
            kind: Kind::Hero,
            to: None,
            heading: String::new(),
        },
        EditError::Full,
    );
}

#[test]
fn a_plan_survives_being_kept_and_damaged_ones_are_put_right() {
    let page = plan(1, "");
    assert_eq!(PagePlan::read(&page.write()).unwrap(), page);
    let damaged = page
        .write()
        .replace("\"layout\":\"stage\"", "\"layout\":\"spiral\"")
        .replace("\"id\":\"faq\"", "\"id\":\"hero\"");
    let read = PagePlan::read(&damaged).unwrap();
    let ids: std::collections::BTreeSet<_> =
        read.sections.iter().map(|section| &section.id).collect();
    assert_eq!(ids.len(), read.sections.len());
    assert!(
        read.sections
            .iter()
            .all(|section| section.kind.layouts().contains(&section.layout.as_str()))
    );
    assert!(PagePlan::read("{}").is_err());
}

#[test]
fn an_edit_takes_no_time() {
    let page = plan(0, "");
    let began = std::time::Instant::now();
    let after = apply(
        &page,
        &Edit::Theme {
            palette: Some("ocean".to_owned()),
            brand: None,
            pairing: None,
            corners: None,
            density: None,
            scheme: Some(Scheme::Dark),
        },
    )
    .unwrap();
    assert!(render(&after).contains("color-scheme: dark"));
    // Far from the limit of 100 ms even where nothing is optimised.
    assert!(began.elapsed().as_millis() < 100, "{:?}", began.elapsed());
}
