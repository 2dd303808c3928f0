//! What a page begins and ends with: navigation, hero, the invitations and the footer.

use super::html::{Html, escape};
use super::parts::{self, Context, safe_link};
use super::sections::{each, pair};
use super::way;
use crate::art;
use crate::plan::Section;
use crate::words::{Word, pick};

/// Most links in the navigation.
const MOST_LINKS: usize = 5;

/// The header of the page.
pub fn navigation(context: &Context<'_>, section: &Section, html: &mut Html) {
    let plan = context.plan;
    let mark = html.mark_section(&section.id);
    html.open(&format!(
        "header class=\"navigation navigation-{}\" id=\"{}\"{mark}",
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
        parts::button(action, "button", (&section.id, "action", 0), html);
    }
    html.close("div");
    html.close("header");
}

/// The opening.
pub fn hero(context: &Context<'_>, section: &Section, html: &mut Html) {
    let is_poster = section.layout == "poster";
    html.open("div class=\"wrap\"");
    html.open("div class=\"text\"");
    let id = section.id.as_str();
    html.part("p class=\"label\"", &section.label, (id, "label", 0));
    html.part(
        &format!("h1 id=\"{id}-heading\""),
        &section.heading,
        (id, "heading", 0),
    );
    if is_poster {
        html.open("div class=\"below\"");
    }
    html.part("p class=\"lead\"", &section.lead, (id, "lead", 0));
    parts::actions(section, html);
    if is_poster {
        html.close("div");
    }
    if !section.items.is_empty() {
        html.open("dl class=\"glance\"");
        for (place, item) in section.items.iter().enumerate() {
            pair(section, place, item, html);
        }
        html.close("dl");
    }
    html.close("div");
    let motifs = context.motifs_of(section);
    let mark = html.mark_picture(&section.id, 0, motifs[0]);
    let photo = (section.photo.as_str(), context.plan.name.as_str());
    if matches!(section.layout.as_str(), "stage" | "poster") {
        let picture = art::panorama(&motifs, context.seed(section, 0));
        parts::shown(photo, (1200, 460), &picture, &mark, html);
    } else {
        let scene = parts::scene(context, section);
        parts::shown(photo, (480, 560), &scene, &mark, html);
    }
    html.close("div");
}

/// A field for an address.
pub fn newsletter(context: &Context<'_>, section: &Section, html: &mut Html) {
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
    let mark = match action {
        Some(action) => html.mark((&section.id, "action", 0), &action.label),
        None => String::new(),
    };
    html.line(&format!(
        "<button class=\"button\" type=\"submit\"{mark}>{}</button>",
        escape(label)
    ));
    html.close("div");
    html.close("form");
    html.close("div");
}

/// The last invitation.
pub fn call_to_action(context: &Context<'_>, section: &Section, html: &mut Html) {
    html.open("div class=\"wrap\"");
    let is_card = section.layout == "card";
    if is_card {
        html.open("div class=\"panel\"");
    }
    html.open("div class=\"text\"");
    parts::words(section, "h2", html);
    parts::actions(section, html);
    html.close("div");
    if is_card {
        html.close("div");
    } else {
        parts::motif(context, html);
    }
    html.close("div");
}

/// The end of the page.
pub fn footer(context: &Context<'_>, section: &Section, html: &mut Html) {
    let plan = context.plan;
    let language = plan.language;
    let id = section.id.as_str();
    let mark = html.mark_section(id);
    html.open(&format!(
        "footer class=\"footer footer-{}\" id=\"{}\"{mark}",
        section.layout, section.id
    ));
    html.open("div class=\"wrap\"");
    html.open("div class=\"columns\"");
    html.open("div");
    parts::brand(context, "#content", html);
    html.part("p", &section.lead, (id, "lead", 0));
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
        each(section, "ul", html, |place, item, html| {
            let at = (id, "value", place);
            match item.link.as_str() {
                "" => html.part("span", &item.value, at),
                link => {
                    let link = escape(&safe_link(link));
                    html.part(&format!("a href=\"{link}\""), &item.value, at);
                }
            }
        });
        html.close("div");
    }
    html.close("div");
    html.open("p class=\"end\"");
    html.part("span", &section.heading, (id, "heading", 0));
    html.text("a href=\"#content\"", Word::BackToTop.text(language));
    html.close("p");
    html.close("div");
    html.close("footer");
}
