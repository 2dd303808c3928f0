//! The style sheet of a page: the theme's custom properties, what every page needs, and what its
//! kinds of section need. The kinds come in an order of their own, so that moving a section moves
//! nothing here.

use crate::plan::{Kind, PagePlan};
use crate::theme::{Scheme, Token, measures, tokens};

const BASE: &str = include_str!("../../../../assets/pages/css/base.css");
const END: &str = include_str!("../../../../assets/pages/css/end.css");

/// The style sheet, indented for its place in the document.
#[must_use]
pub fn style_sheet(plan: &PagePlan) -> String {
    let mut text = String::new();
    let mut add = |lines: &str| {
        for line in lines.lines() {
            if line.is_empty() {
                text.push('\n');
            } else {
                text.push_str("      ");
                text.push_str(line);
                text.push('\n');
            }
        }
    };
    add(&theme(plan));
    add(BASE);
    for kind in Kind::ALL {
        if plan.section(kind).is_some() {
            add("\n");
            add(of_kind(kind));
        }
    }
    add("\n");
    add(END);
    text
}

fn theme(plan: &PagePlan) -> String {
    let tokens = tokens(&plan.theme);
    let scheme = plan.theme.scheme;
    let mut lines = vec![format!(
        "/* Theme: {}, {} */",
        plan.theme.palette, plan.theme.pairing
    )];
    lines.push(":root {".to_owned());
    lines.push(format!(
        "  color-scheme: {};",
        if scheme == Scheme::Dark {
            "dark"
        } else {
            "light"
        }
    ));
    lines.extend(
        tokens
            .iter()
            .map(|token| colour(token, scheme == Scheme::Dark, "  ")),
    );
    for (name, value) in measures(&plan.theme, plan.language) {
        lines.push(format!("  --{name}: {value};"));
    }
    lines.push("}".to_owned());
    if scheme == Scheme::Auto {
        lines.push("@media screen and (prefers-color-scheme: dark) {".to_owned());
        lines.push("  :root {".to_owned());
        lines.push("    color-scheme: dark;".to_owned());
        lines.extend(tokens.iter().map(|token| colour(token, true, "    ")));
        lines.push("  }".to_owned());
        lines.push("}".to_owned());
    }
    lines.push(String::new());
    lines.join("\n") + "\n"
}

fn colour(token: &Token, is_dark: bool, indent: &str) -> String {
    let colour = if is_dark { token.dark } else { token.light };
    format!("{indent}--{}: {};", token.name, colour.hex())
}

fn of_kind(kind: Kind) -> &'static str {
    macro_rules! sheet {
        ($name:literal) => {
            include_str!(concat!("../../../../assets/pages/css/", $name, ".css"))
        };
    }
    match kind {
        Kind::Navigation => sheet!("navigation"),
        Kind::Hero => sheet!("hero"),
        Kind::About => sheet!("about"),
        Kind::Features => sheet!("features"),
        Kind::Products => sheet!("products"),
        Kind::Pricing => sheet!("pricing"),
        Kind::Gallery => sheet!("gallery"),
        Kind::Testimonials => sheet!("testimonials"),
        Kind::Faq => sheet!("faq"),
        Kind::Team => sheet!("team"),
        Kind::Steps => sheet!("steps"),
        Kind::Statistics => sheet!("statistics"),
        Kind::Schedule => sheet!("schedule"),
        Kind::OpeningHours => sheet!("opening-hours"),
        Kind::Contact => sheet!("contact"),
        Kind::Partners => sheet!("partners"),
        Kind::Notes => sheet!("notes"),
        Kind::Newsletter => sheet!("newsletter"),
        Kind::CallToAction => sheet!("call-to-action"),
        Kind::Footer => sheet!("footer"),
    }
}
