//! The sections, one function for each kind. A kind's layouts differ in the style sheet alone
//! wherever that is possible, so that another layout is another class.

use super::frame::{call_to_action, hero, newsletter};
use super::html::{Html, Place, escape};
use super::parts::{self, Context, safe_link};
use crate::art::{self, Icon, Motif};
use crate::plan::{Item, Kind, Section};

/// One section of `<main>`.
pub fn section(context: &Context<'_>, section: &Section, html: &mut Html) {
    parts::open(section, html);
    match section.kind {
        Kind::Hero => hero(context, section, html),
        Kind::CallToAction => call_to_action(context, section, html),
        _ => {
            html.open("div class=\"wrap\"");
            wrapped(context, section, html);
            html.close("div");
        }
    }
    html.close("section");
}

fn wrapped(context: &Context<'_>, section: &Section, html: &mut Html) {
    match section.kind {
        Kind::About => about(context, section, html),
        Kind::Statistics => statistics(section, html),
        Kind::OpeningHours => opening_hours(section, html),
        Kind::Contact => contact(context, section, html),
        Kind::Newsletter => newsletter(context, section, html),
        _ => {
            parts::head(section, html);
            list(context, section, html);
            if section.kind != Kind::Pricing {
                parts::actions(section, html);
            }
        }
    }
}

/// The sections that are a head and a list.
fn list(context: &Context<'_>, section: &Section, html: &mut Html) {
    match section.kind {
        Kind::Features => features(context, section, html),
        Kind::Products => products(context, section, html),
        Kind::Pricing => pricing(section, html),
        Kind::Gallery => gallery(context, section, html),
        Kind::Testimonials => testimonials(section, html),
        Kind::Faq => faq(section, html),
        Kind::Team => team(context, section, html),
        Kind::Schedule => schedule(section, html),
        Kind::Partners => each(section, "ul", html, |place, item, html| {
            html.part("span", &item.title, (&section.id, "title", place));
        }),
        Kind::Steps => each(section, "ol", html, |place, item, html| {
            title_and_text(section, place, item, html);
        }),
        _ => each(section, "ul", html, |place, item, html| {
            title_and_text(section, place, item, html);
        }),
    }
}

/// A list with an element for each item.
pub fn each(
    section: &Section,
    list: &str,
    html: &mut Html,
    mut item: impl FnMut(usize, &Item, &mut Html),
) {
    if section.items.is_empty() {
        return;
    }
    html.open(list);
    for (place, one) in section.items.iter().enumerate() {
        html.open("li");
        item(place, one, html);
        html.close("li");
    }
    html.close(list.split(' ').next().unwrap_or(list));
}

fn title_and_text(section: &Section, place: usize, item: &Item, html: &mut Html) {
    html.part("h3", &item.title, (&section.id, "title", place));
    html.part("p", &item.text, (&section.id, "text", place));
}

/// Name and value of an item in a description list; a value that leads somewhere is a link.
pub fn pair(section: &Section, place: usize, item: &Item, html: &mut Html) {
    html.open("div");
    html.part("dt", &item.title, (&section.id, "title", place));
    let mark = html.mark((&section.id, "value", place), &item.value);
    let value = escape(&item.value);
    match item.link.as_str() {
        "" => html.line(&format!("<dd{mark}>{value}</dd>")),
        link => html.line(&format!(
            "<dd><a href=\"{}\"{mark}>{value}</a></dd>",
            escape(&safe_link(link))
        )),
    }
    html.close("div");
}

fn about(context: &Context<'_>, section: &Section, html: &mut Html) {
    if section.layout == "split" {
        let motifs = context.motifs();
        let usual = motifs.get(2).or(motifs.get(1)).unwrap_or(&motifs[0]);
        let motif = Motif::named(&section.art).map_or(*usual, |motif| motif.id.as_str());
        let mark = html.mark_picture(&section.id, 0, motif);
        let tile = art::tile(motif, context.seed(section, 1));
        let photo = (section.photo.as_str(), section.heading.as_str());
        parts::shown(photo, (400, 300), &tile, &mark, html);
    }
    html.open("div class=\"text\"");
    let id = section.id.as_str();
    html.part("p class=\"label\"", &section.label, (id, "label", 0));
    html.part(
        &format!("h2 id=\"{id}-heading\""),
        &section.heading,
        (id, "heading", 0),
    );
    html.part("p", &section.lead, (id, "lead", 0));
    each(section, "ul", html, |place, item, html| {
        if item.text.is_empty() {
            html.part("span", &item.title, (id, "title", place));
        } else {
            html.part("span", &item.text, (id, "text", place));
        }
    });
    parts::actions(section, html);
    html.close("div");
}

fn features(context: &Context<'_>, section: &Section, html: &mut Html) {
    let texts: Vec<String> = section
        .items
        .iter()
        .map(|item| format!("{} {}", item.art, item.title))
        .collect();
    let mut icons = Icon::for_texts(&texts).into_iter();
    each(section, "ul", html, |place, item, html| {
        if let Some(icon) = icons.next() {
            parts::sign(icon, html);
        }
        // The large field of the bento has room for a drawing, and looks empty without one.
        if place == 0 && section.layout == "bento" {
            parts::motif(context, html);
        }
        html.open("div");
        title_and_text(section, place, item, html);
        html.close("div");
    });
}

fn products(context: &Context<'_>, section: &Section, html: &mut Html) {
    let has_pictures = section.layout != "menu";
    let id = section.id.as_str();
    each(section, "ul", html, |place, item, html| {
        if has_pictures {
            let motif = context.motif(item);
            let mark = html.mark_picture(id, place, motif);
            let tile = art::tile(motif, context.seed(section, place));
            let photo = (item.photo.as_str(), item.title.as_str());
            parts::shown(photo, (400, 300), &tile, &mark, html);
        }
        html.open("div class=\"body\"");
        html.open("div class=\"row\"");
        html.part("h3", &item.title, (id, "title", place));
        html.part("p class=\"price\"", &item.value, (id, "value", place));
        html.close("div");
        html.part("p", &item.text, (id, "text", place));
        html.close("div");
    });
}

fn pricing(section: &Section, html: &mut Html) {
    let best = section.items.len() / 2;
    if section.items.is_empty() {
        return;
    }
    let id = section.id.as_str();
    html.open("ul class=\"plans\"");
    for (place, item) in section.items.iter().enumerate() {
        let is_best = place == best && section.items.len() > 2;
        html.open(if is_best { "li class=\"best\"" } else { "li" });
        html.open("div");
        html.part("h3", &item.title, (id, "title", place));
        html.part("p class=\"muted\"", &item.text, (id, "text", place));
        html.close("div");
        html.part("p class=\"price\"", &item.value, (id, "value", place));
        if !item.points.is_empty() {
            html.open("ul");
            for (number, point) in item.points.iter().enumerate() {
                html.part("li", point, (id, &format!("point-{number}"), place));
            }
            html.close("ul");
        }
        // A single price is nothing to choose among.
        if let Some(action) = section.actions.first().filter(|_| best > 0) {
            let class = if is_best { "button" } else { "button quiet" };
            // Links that look alike must sound different.
            let mark = html.mark((id, "action", 0), &action.label);
            html.line(&format!(
                "<a class=\"{class}\" href=\"{}\" aria-label=\"{}: {}\"{mark}>{}</a>",
                escape(&safe_link(&action.link)),
                escape(&action.label),
                escape(&item.title),
                escape(&action.label)
            ));
        }
        html.close("li");
    }
    html.close("ul");
}

fn gallery(context: &Context<'_>, section: &Section, html: &mut Html) {
    each(section, "ul", html, |place, item, html| {
        let seed = context.seed(section, place);
        html.open("figure");
        let photo = (item.photo.as_str(), item.title.as_str());
        if item.art == "poster" {
            let mark = html.mark_picture(&section.id, place, "");
            parts::shown(photo, (400, 400), &art::poster(seed), &mark, html);
        } else {
            let motif = context.motif(item);
            let mark = html.mark_picture(&section.id, place, motif);
            parts::shown(photo, (400, 300), &art::tile(motif, seed), &mark, html);
        }
        caption(&item.title, &item.text, (&section.id, "text", place), html);
        html.close("figure");
    });
}

/// The caption of a figure: an item's title, with more in a span that stands at `place`.
fn caption(title: &str, more: &str, place: Place<'_>, html: &mut Html) {
    if title.is_empty() {
        return;
    }
    let (section, _, item) = place;
    let mark = html.mark((section, "title", item), title);
    let more = match more {
        "" => String::new(),
        more => format!(" <span{}>{}</span>", html.mark(place, more), escape(more)),
    };
    html.line(&format!(
        "<figcaption{mark}>{}{more}</figcaption>",
        escape(title)
    ));
}

fn testimonials(section: &Section, html: &mut Html) {
    let id = section.id.as_str();
    each(section, "ul", html, |place, item, html| {
        html.open("figure");
        html.open("blockquote");
        html.part("p", &item.text, (id, "text", place));
        html.close("blockquote");
        caption(&item.title, &item.value, (id, "value", place), html);
        html.close("figure");
    });
}

fn faq(section: &Section, html: &mut Html) {
    html.open("div class=\"answers\"");
    for (place, item) in section.items.iter().enumerate() {
        if section.layout == "accordion" {
            html.open(if place == 0 {
                "details open"
            } else {
                "details"
            });
            let mark = html.mark((&section.id, "title", place), &item.title);
            html.line(&format!(
                "<summary><h3{mark}>{}</h3></summary>",
                escape(&item.title)
            ));
            html.part("p", &item.text, (&section.id, "text", place));
            html.close("details");
        } else {
            html.open("div");
            title_and_text(section, place, item, html);
            html.close("div");
        }
    }
    html.close("div");
}

fn team(context: &Context<'_>, section: &Section, html: &mut Html) {
    let id = section.id.as_str();
    each(section, "ul", html, |place, item, html| {
        let portrait = art::portrait(context.seed(section, place));
        let mark = html.mark_portrait(id, place);
        let photo = (item.photo.as_str(), item.title.as_str());
        parts::shown(photo, (200, 200), &portrait, &mark, html);
        html.open("div");
        html.part("h3", &item.title, (id, "title", place));
        html.part("p class=\"role\"", &item.value, (id, "value", place));
        html.part("p", &item.text, (id, "text", place));
        html.close("div");
    });
}

fn schedule(section: &Section, html: &mut Html) {
    each(section, "ol", html, |place, item, html| {
        html.part(
            "p class=\"when\"",
            &item.value,
            (&section.id, "value", place),
        );
        html.open("div");
        title_and_text(section, place, item, html);
        html.close("div");
    });
}

fn statistics(section: &Section, html: &mut Html) {
    html.open("div class=\"panel\"");
    parts::head(section, html);
    html.open("dl");
    for (place, item) in section.items.iter().enumerate() {
        pair(section, place, item, html);
    }
    html.close("dl");
    html.close("div");
}

fn opening_hours(section: &Section, html: &mut Html) {
    let is_panel = section.layout == "panel";
    if is_panel {
        html.open("div class=\"panel\"");
    }
    parts::head(section, html);
    html.open("dl");
    for (place, item) in section.items.iter().enumerate() {
        pair(section, place, item, html);
    }
    html.close("dl");
    if is_panel {
        html.close("div");
    }
}

fn contact(context: &Context<'_>, section: &Section, html: &mut Html) {
    html.open("div");
    parts::head(section, html);
    html.open("dl");
    for (place, item) in section.items.iter().enumerate() {
        pair(section, place, item, html);
    }
    html.close("dl");
    parts::actions(section, html);
    html.close("div");
    if section.layout == "split" {
        let map = art::map(context.seed(section, 0));
        parts::picture((480, 400), &map, "", html);
    }
}
