//! From a plan to a document: one file, semantic HTML and modern CSS, readable, with nothing in it
//! that is fetched from elsewhere.
//!
//! Rendering is a function of the plan and of nothing else, and each part of the plan is written in
//! one place of the document, so that a small change of the plan is a small change of the file.

mod frame;
mod html;
mod marks;
mod parts;
mod sections;
mod style;

use crate::art::Motif;
use crate::plan::{Kind, PagePlan, Section};
use crate::theme::{Scheme, tokens};
use crate::words::Word;
pub use html::{Html, escape};
pub use marks::{PagePart, PagePreview, PartKind, place};
use parts::{Context, link_name};
pub use style::style_sheet;

/// The whole document.
#[must_use]
pub fn render(plan: &PagePlan) -> String {
    write(plan, Html::at(2)).html
}

/// The same with every part of the plan marked, to be shown where parts are taken hold of.
#[must_use]
pub fn preview(plan: &PagePlan) -> PagePreview {
    write(plan, Html::marked_at(2))
}

fn write(plan: &PagePlan, mut body: Html) -> PagePreview {
    let context = Context { plan };
    let (header, main, footer) = split(plan);
    let skip = Word::SkipToContent.text(plan.language);
    body.line(&format!("<a class=\"skip\" href=\"#content\">{skip}</a>"));
    for section in header {
        frame::navigation(&context, section, &mut body);
    }
    body.open("main id=\"content\"");
    for section in main {
        sections::section(&context, section, &mut body);
    }
    body.close("main");
    for section in footer {
        frame::footer(&context, section, &mut body);
    }
    let (body, parts) = body.finish_with_parts();
    let mut page = Html::at(0);
    page.line("<!doctype html>");
    page.open(&format!("html lang=\"{}\"", plan.language.tag()));
    head(plan, &mut page);
    page.open("body");
    page.raw(&body);
    library(&body, &mut page);
    page.close("body");
    page.close("html");
    PagePreview {
        html: page.finish(),
        parts,
    }
}

/// What stands before, in and after `<main>`.
fn split(plan: &PagePlan) -> (Vec<&Section>, Vec<&Section>, Vec<&Section>) {
    let (footer, rest) = plan
        .sections
        .iter()
        .partition::<Vec<_>, _>(|section| section.kind == Kind::Footer);
    let (header, main) = rest
        .into_iter()
        .partition(|section| section.kind == Kind::Navigation);
    (header, main, footer)
}

fn head(plan: &PagePlan, page: &mut Html) {
    let (title, description) = (escape(&plan.title), escape(&plan.description));
    let scheme = match plan.theme.scheme {
        Scheme::Auto => "light dark",
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    };
    let locale = match plan.language.tag() {
        "zh-Hant" => "zh_TW",
        "zh-Hans" => "zh_CN",
        _ => "en_US",
    };
    page.open("head");
    page.line("<meta charset=\"utf-8\">");
    page.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.line(&format!("<title>{title}</title>"));
    page.line(&format!(
        "<meta name=\"description\" content=\"{description}\">"
    ));
    page.line(&format!(
        "<meta name=\"color-scheme\" content=\"{scheme}\">"
    ));
    page.line("<meta property=\"og:type\" content=\"website\">");
    page.line(&format!(
        "<meta property=\"og:site_name\" content=\"{}\">",
        escape(&plan.name)
    ));
    page.line(&format!("<meta property=\"og:title\" content=\"{title}\">"));
    page.line(&format!(
        "<meta property=\"og:description\" content=\"{description}\">"
    ));
    page.line(&format!(
        "<meta property=\"og:locale\" content=\"{locale}\">"
    ));
    page.line(&format!("<link rel=\"icon\" href=\"{}\">", icon(plan)));
    page.open("style");
    page.raw(&style_sheet(plan));
    page.close("style");
    page.close("head");
}

/// The tab's icon: a disc in the brand colour, within the file.
fn icon(plan: &PagePlan) -> String {
    let colour = tokens(&plan.theme)
        .into_iter()
        .find(|token| token.name == "brand")
        .map_or_else(String::new, |token| token.light.hex().replace('#', "%23"));
    format!(
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Ccircle cx='4' cy='4' r='4' fill='{colour}'/%3E%3C/svg%3E"
    )
}

/// The motifs that the body uses, each once.
fn library(body: &str, page: &mut Html) {
    let used: Vec<&Motif> = Motif::all()
        .iter()
        .filter(|motif| body.contains(&format!("href=\"#m-{}\"", motif.id)))
        .collect();
    if used.is_empty() {
        return;
    }
    page.open("svg class=\"library\" aria-hidden=\"true\" focusable=\"false\"");
    for motif in used {
        page.open(&format!(
            "symbol id=\"m-{}\" viewBox=\"0 0 200 200\"",
            motif.id
        ));
        for line in motif.svg.lines().filter(|line| !line.trim().is_empty()) {
            page.line(line.trim());
        }
        page.close("symbol");
    }
    page.close("svg");
}

/// Where the sections of a page lead to, as the navigation shows them: link and name.
#[must_use]
pub fn way(plan: &PagePlan) -> Vec<(String, String)> {
    plan.sections
        .iter()
        .filter(|section| is_on_the_way(section.kind))
        .map(|section| (format!("#{}", section.id), link_name(plan, section)))
        .collect()
}

fn is_on_the_way(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Navigation
            | Kind::Hero
            | Kind::Footer
            | Kind::CallToAction
            | Kind::Partners
            | Kind::Newsletter
    )
}
