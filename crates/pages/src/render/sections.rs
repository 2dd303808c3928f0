//! The sections, one function for each kind. A kind's layouts differ in the style sheet alone
//! wherever that is possible, so that another layout is another class.

use super::html::{Html, escape};
use super::parts::{self, Context, safe_link};
use super::way;
use crate::art::{self, Icon};
use crate::plan::{Item, Kind, Section};
use crate::words::{Word, pick};

/// Most links in the navigation.
const MOST_LINKS: usize = 5;

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
                parts::actions(&section.actions, html);
            }
        }
    }
}

/// The sections that are a head and a list.
fn list(context: &Context<'_>, section: &Section, html: &mut Html) {
    match section.kind {
        Kind::Features => features(section, html),
        Kind::Products => products(context, section, html),
        Kind::Pricing => pricing(section, html),
        Kind::Gallery => gallery(context, section, html),
        Kind::Testimonials => testimonials(section, html),
        Kind::Faq => faq(section, html),
        Kind::Team => team(context, section, html),
        Kind::Schedule => schedule(section, html),
        Kind::Partners => each(section, "ul", html, |item, html| {
            html.text("span", &item.title)
        }),
        Kind::Steps => each(section, "ol", html, title_and_text),
        _ => each(section, "ul", html, title_and_text),
    }
}

fn each(section: &Section, list: &str, html: &mut Html, mut item: impl FnMut(&Item, &mut Html)) {
    if section.items.is_empty() {
        return;
    }
    html.open(list);
    for one in &section.items {
        html.open("li");
        item(one, html);
        html.close("li");
    }
    html.close(list.split(' ').next().unwrap_or(list));
}

fn title_and_text(item: &Item, html: &mut Html) {
    html.text("h3", &item.title);
    html.text("p", &item.text);
}

pub fn navigation(context: &Context<'_>, section: &Section, html: &mut Html) {
    let plan = context.plan;
    html.open(&format!(
        "header class=\"navigation navigation-{}\" id=\"{}\"",
        section.layout, section.id
    ));
    html.open("div class=\"wrap\"");
    parts::brand(context, "#content", html);
    let links = way(plan);
    if !links.is_empty() {
        html.open(&format!(
            "nav aria-label=\"{}\"",
            Word::MainNavigation.text(plan.language)
        ));
        html.open("ul");
        for (link, name) in links.iter().take(MOST_LINKS) {
            html.line(&format!("<li><a href=\"{link}\">{}</a></li>", escape(name)));
        }
        html.close("ul");
        html.close("nav");
    }
    if let Some(action) = section.actions.first() {
        parts::button(action, "button", html);
    }
    html.close("div");
    html.close("header");
}

fn hero(context: &Context<'_>, section: &Section, html: &mut Html) {
    let is_poster = section.layout == "poster";
    html.open("div class=\"wrap\"");
    html.open("div class=\"text\"");
    html.text("p class=\"label\"", &section.label);
    html.text(
        &format!("h1 id=\"{}-heading\"", section.id),
        &section.heading,
    );
    if is_poster {
        html.open("div class=\"below\"");
    }
    html.text("p class=\"lead\"", &section.lead);
    parts::actions(&section.actions, html);
    if is_poster {
        html.close("div");
    }
    if !section.items.is_empty() {
        html.open("dl class=\"glance\"");
        for item in &section.items {
            pair(&item.title, &escape(&item.value), html);
        }
        html.close("dl");
    }
    html.close("div");
    if matches!(section.layout.as_str(), "stage" | "poster") {
        let picture = art::panorama(&context.motifs(), context.seed(section, 0));
        parts::picture((1200, 460), &picture, html);
    } else {
        parts::picture((480, 560), &parts::scene(context, section), html);
    }
    html.close("div");
}

/// A name and a value of a description list; the value is markup.
fn pair(name: &str, value: &str, html: &mut Html) {
    html.open("div");
    html.text("dt", name);
    html.line(&format!("<dd>{value}</dd>"));
    html.close("div");
}

fn about(context: &Context<'_>, section: &Section, html: &mut Html) {
    if section.layout == "split" {
        let motifs = context.motifs();
        let motif = motifs.get(2).or(motifs.get(1)).unwrap_or(&motifs[0]);
        parts::picture(
            (400, 300),
            &art::tile(motif, context.seed(section, 1)),
            html,
        );
    }
    html.open("div class=\"text\"");
    html.text("p class=\"label\"", &section.label);
    html.text(
        &format!("h2 id=\"{}-heading\"", section.id),
        &section.heading,
    );
    html.text("p", &section.lead);
    each(section, "ul", html, |item, html| {
        html.text(
            "span",
            &if item.text.is_empty() {
                item.title.clone()
            } else {
                item.text.clone()
            },
        );
    });
    parts::actions(&section.actions, html);
    html.close("div");
}

fn features(section: &Section, html: &mut Html) {
    let texts: Vec<String> = section
        .items
        .iter()
        .map(|item| format!("{} {}", item.art, item.title))
        .collect();
    let mut icons = Icon::for_texts(&texts).into_iter();
    each(section, "ul", html, |item, html| {
        if let Some(icon) = icons.next() {
            parts::sign(icon, html);
        }
        html.open("div");
        title_and_text(item, html);
        html.close("div");
    });
}

fn products(context: &Context<'_>, section: &Section, html: &mut Html) {
    let mut place = 0;
    let has_pictures = section.layout != "menu";
    each(section, "ul", html, |item, html| {
        if has_pictures {
            let seed = context.seed(section, place);
            parts::picture((400, 300), &art::tile(context.motif(item), seed), html);
        }
        place += 1;
        html.open("div class=\"body\"");
        html.open("div class=\"row\"");
        html.text("h3", &item.title);
        html.text("p class=\"price\"", &item.value);
        html.close("div");
        html.text("p", &item.text);
        html.close("div");
    });
}

fn pricing(section: &Section, html: &mut Html) {
    let best = section.items.len() / 2;
    if section.items.is_empty() {
        return;
    }
    html.open("ul class=\"plans\"");
    for (place, item) in section.items.iter().enumerate() {
        let is_best = place == best && section.items.len() > 2;
        html.open(if is_best { "li class=\"best\"" } else { "li" });
        html.open("div");
        html.text("h3", &item.title);
        html.text("p class=\"muted\"", &item.text);
        html.close("div");
        html.text("p class=\"price\"", &item.value);
        if !item.points.is_empty() {
            html.open("ul");
            for point in &item.points {
                html.text("li", point);
            }
            html.close("ul");
        }
        if let Some(action) = section.actions.first() {
            let class = if is_best { "button" } else { "button quiet" };
            // Links that look alike must sound different.
            html.line(&format!(
                "<a class=\"{class}\" href=\"{}\" aria-label=\"{}: {}\">{}</a>",
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
    let mut place = 0;
    each(section, "ul", html, |item, html| {
        let seed = context.seed(section, place);
        html.open("figure");
        if item.art == "poster" {
            parts::picture((400, 400), &art::poster(seed), html);
        } else {
            parts::picture((400, 300), &art::tile(context.motif(item), seed), html);
        }
        if !item.title.is_empty() {
            let more = match item.text.as_str() {
                "" => String::new(),
                text => format!(" <span>{}</span>", escape(text)),
            };
            html.line(&format!(
                "<figcaption>{}{more}</figcaption>",
                escape(&item.title)
            ));
        }
        html.close("figure");
        place += 1;
    });
}

fn testimonials(section: &Section, html: &mut Html) {
    each(section, "ul", html, |item, html| {
        html.open("figure");
        html.open("blockquote");
        html.text("p", &item.text);
        html.close("blockquote");
        let role = match item.value.as_str() {
            "" => String::new(),
            role => format!(" <span>{}</span>", escape(role)),
        };
        if !item.title.is_empty() {
            html.line(&format!(
                "<figcaption>{}{role}</figcaption>",
                escape(&item.title)
            ));
        }
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
            html.line(&format!(
                "<summary><h3>{}</h3></summary>",
                escape(&item.title)
            ));
            html.text("p", &item.text);
            html.close("details");
        } else {
            html.open("div");
            title_and_text(item, html);
            html.close("div");
        }
    }
    html.close("div");
}

fn team(context: &Context<'_>, section: &Section, html: &mut Html) {
    let mut place = 0;
    each(section, "ul", html, |item, html| {
        parts::picture(
            (200, 200),
            &art::portrait(context.seed(section, place)),
            html,
        );
        place += 1;
        html.open("div");
        html.text("h3", &item.title);
        html.text("p class=\"role\"", &item.value);
        html.text("p", &item.text);
        html.close("div");
    });
}

fn schedule(section: &Section, html: &mut Html) {
    each(section, "ol", html, |item, html| {
        html.text("p class=\"when\"", &item.value);
        html.open("div");
        title_and_text(item, html);
        html.close("div");
    });
}

fn statistics(section: &Section, html: &mut Html) {
    html.open("div class=\"panel\"");
    parts::head(section, html);
    html.open("dl");
    for item in &section.items {
        pair(&item.title, &escape(&item.value), html);
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
    for item in &section.items {
        pair(&item.title, &escape(&item.value), html);
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
    for item in &section.items {
        let value = escape(&item.value);
        let value = match item.link.as_str() {
            "" => value,
            link => format!("<a href=\"{}\">{value}</a>", escape(&safe_link(link))),
        };
        pair(&item.title, &value, html);
    }
    html.close("dl");
    parts::actions(&section.actions, html);
    html.close("div");
    if section.layout == "split" {
        parts::picture((480, 400), &art::map(context.seed(section, 0)), html);
    }
}

fn newsletter(context: &Context<'_>, section: &Section, html: &mut Html) {
    let language = context.plan.language;
    let field = format!("{}-email", section.id);
    let action = section.actions.first();
    let target = action.map_or("#content".to_owned(), |action| safe_link(&action.link));
    let label = action.map_or(Word::Subscribe.text(language), |action| &action.label);
    html.open("div class=\"pair\"");
    parts::head(section, html);
    html.open(&format!("form action=\"{}\"", escape(&target)));
    html.line(&format!(
        "<label for=\"{field}\">{}</label>",
        Word::Email.text(language)
    ));
    html.open("div class=\"field\"");
    html.line(&format!(
        "<input id=\"{field}\" name=\"email\" type=\"email\" autocomplete=\"email\" placeholder=\"{}\" required>",
        Word::EmailPlaceholder.text(language)
    ));
    html.line(&format!(
        "<button class=\"button\" type=\"submit\">{}</button>",
        escape(label)
    ));
    html.close("div");
    html.close("form");
    html.close("div");
}

fn call_to_action(context: &Context<'_>, section: &Section, html: &mut Html) {
    html.open("div class=\"wrap\"");
    let is_card = section.layout == "card";
    if is_card {
        html.open("div class=\"panel\"");
    }
    html.open("div class=\"text\"");
    parts::words(section, "h2", html);
    parts::actions(&section.actions, html);
    html.close("div");
    if is_card {
        html.close("div");
    } else {
        let motif = context.subject();
        let lines = [format!(
            "<use href=\"#m-{motif}\" width=\"200\" height=\"200\"/>"
        )];
        parts::drawing("motif", (200, 200), &lines, html);
    }
    html.close("div");
}

pub fn footer(context: &Context<'_>, section: &Section, html: &mut Html) {
    let plan = context.plan;
    let language = plan.language;
    html.open(&format!(
        "footer class=\"footer footer-{}\" id=\"{}\"",
        section.layout, section.id
    ));
    html.open("div class=\"wrap\"");
    html.open("div class=\"columns\"");
    html.open("div");
    parts::brand(context, "#content", html);
    html.text("p", &section.lead);
    html.close("div");
    let links = way(plan);
    if !links.is_empty() {
        html.open(&format!(
            "nav aria-label=\"{}\"",
            Word::FooterNavigation.text(language)
        ));
        html.text("h2", pick(language, "On this page", "本頁內容", "本页内容"));
        html.open("ul");
        for (link, name) in &links {
            html.line(&format!("<li><a href=\"{link}\">{}</a></li>", escape(name)));
        }
        html.close("ul");
        html.close("nav");
    }
    if !section.items.is_empty() {
        html.open("div");
        html.text("h2", Word::GetInTouch.text(language));
        each(section, "ul", html, |item, html| match item.link.as_str() {
            "" => html.text("span", &item.value),
            link => html.line(&format!(
                "<a href=\"{}\">{}</a>",
                escape(&safe_link(link)),
                escape(&item.value)
            )),
        });
        html.close("div");
    }
    html.close("div");
    html.open("p class=\"end\"");
    html.text("span", &section.heading);
    html.text("a href=\"#content\"", Word::BackToTop.text(language));
    html.close("p");
    html.close("div");
    html.close("footer");
}
