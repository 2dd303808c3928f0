//! What several sections have in common: heads, buttons, pictures, links.

use super::html::{Html, Place, escape};
use crate::art::{self, Icon, Motif};
use crate::plan::{Action, Item, Kind, PagePlan, Section, Tone};
use crate::words::short_name;

/// What a section is rendered in.
pub struct Context<'a> {
    /// The whole page.
    pub plan: &'a PagePlan,
}

impl Context<'_> {
    /// A seed for a section that depends on nothing but its name, so that moving it changes no picture.
    pub fn seed(&self, section: &Section, place: usize) -> u32 {
        let hash = section.id.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        let place = u32::try_from(place).unwrap_or(0);
        self.plan.seed ^ hash.wrapping_add(place.wrapping_mul(0x9e37_79b9))
    }

    /// The motif of the page.
    pub fn subject(&self) -> &str {
        self.motifs()[0]
    }

    /// The motif of an item, or the page's.
    pub fn motif<'b>(&'b self, item: &'b Item) -> &'b str {
        Motif::named(&item.art).map_or(self.subject(), |motif| &motif.id)
    }

    /// The same for a section, whose own motif comes first where it has one.
    pub fn motifs_of<'b>(&'b self, section: &'b Section) -> Vec<&'b str> {
        let mut motifs = self.motifs();
        if let Some(own) = Motif::named(&section.art) {
            motifs.retain(|motif| *motif != own.id);
            motifs.insert(0, &own.id);
        }
        motifs
    }

    /// Motifs for a picture with room for several, the page's first; at least one.
    pub fn motifs(&self) -> Vec<&str> {
        let known = self.plan.motifs.iter().filter_map(|id| Motif::named(id));
        let mut motifs: Vec<&str> = known.map(|motif| motif.id.as_str()).collect();
        if motifs.is_empty() {
            motifs.push("wave");
        }
        motifs
    }
}

/// Opens a section with the classes of its kind, layout and tone, named by its heading where it has one.
pub fn open(section: &Section, html: &mut Html) {
    let kind = section.kind.name();
    let tone = match section.tone {
        Tone::Plain => "plain",
        Tone::Tint => "tint",
        Tone::Deep => "deep",
    };
    let name = if section.heading.is_empty() {
        String::new()
    } else {
        format!(" aria-labelledby=\"{}-heading\"", section.id)
    };
    let mark = html.mark_section(&section.id);
    html.open(&format!(
        "section class=\"{kind} {kind}-{} {tone}\" id=\"{}\"{name}{mark}",
        section.layout, section.id
    ));
}

/// Label, heading and lead.
pub fn head(section: &Section, html: &mut Html) {
    if section.heading.is_empty() && section.lead.is_empty() {
        return;
    }
    html.open("div class=\"head\"");
    words(section, "h2", html);
    html.close("div");
}

/// The same without a box of their own.
pub fn words(section: &Section, heading: &str, html: &mut Html) {
    let id = section.id.as_str();
    html.part("p class=\"label\"", &section.label, (id, "label", 0));
    html.part(
        &format!("{heading} id=\"{id}-heading\""),
        &section.heading,
        (id, "heading", 0),
    );
    html.part("p class=\"lead\"", &section.lead, (id, "lead", 0));
}

/// Buttons, the first one loud.
pub fn actions(section: &Section, html: &mut Html) {
    if section.actions.is_empty() {
        return;
    }
    html.open("p class=\"actions\"");
    for (place, action) in section.actions.iter().enumerate() {
        let class = if place == 0 { "button" } else { "button quiet" };
        button(action, class, (&section.id, "action", place), html);
    }
    html.close("p");
}

/// One button.
pub fn button(action: &Action, class: &str, place: Place<'_>, html: &mut Html) {
    let mark = html.mark(place, &action.label);
    html.line(&format!(
        "<a class=\"{class}\" href=\"{}\"{mark}>{}</a>",
        escape(&safe_link(&action.link)),
        escape(&action.label)
    ));
}

/// A picture that says nothing to those who cannot see it. `mark`: what makes it a part that can be
/// taken hold of, where it can.
pub fn picture(size: (u16, u16), lines: &[String], mark: &str, html: &mut Html) {
    html.open(&format!("div class=\"frame\"{mark}"));
    drawing("art", size, lines, html);
    html.close("div");
}

/// A picture of the person's where there is one, else the one that is drawn.
pub fn shown(
    (photo, alt): (&str, &str),
    size: (u16, u16),
    lines: &[String],
    mark: &str,
    html: &mut Html,
) {
    if photo.is_empty() {
        picture(size, lines, mark, html);
        return;
    }
    html.open(&format!("div class=\"frame\"{mark}"));
    html.line(&format!(
        "<img class=\"art\" src=\"{}\" alt=\"{}\">",
        escape(photo),
        escape(alt)
    ));
    html.close("div");
}

/// A drawing without a frame.
pub fn drawing(class: &str, (width, height): (u16, u16), lines: &[String], html: &mut Html) {
    // What stands on a floor is cut at the top; a face and a map are kept in the middle; of a row of
    // pictures the first is kept whole.
    let keep = match (width, height) {
        (200, 200) | (480, 400) => "xMidYMid",
        (1200, 460) => "xMinYMax",
        _ => "xMidYMax",
    };
    html.open(&format!(
        "svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" preserveAspectRatio=\"{keep} slice\" aria-hidden=\"true\" focusable=\"false\""
    ));
    for line in lines {
        html.line(line);
    }
    html.close("svg");
}

/// The page's motif without a scene around it.
pub fn motif(context: &Context<'_>, html: &mut Html) {
    let motif = context.subject();
    let lines = [format!(
        "<use href=\"#m-{motif}\" width=\"200\" height=\"200\"/>"
    )];
    drawing("motif", (200, 200), &lines, html);
}

/// A small sign.
pub fn sign(icon: &Icon, html: &mut Html) {
    html.line(&format!(
        "<span class=\"badge\"><svg class=\"sign\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path d=\"{}\"/></svg></span>",
        icon.path
    ));
}

/// The page's name with its mark.
pub fn brand(context: &Context<'_>, link: &str, html: &mut Html) {
    let motif = context.subject();
    let mark = html.mark(("", "name", 0), &context.plan.name);
    html.line(&format!(
        "<a class=\"brand\" href=\"{link}\"><svg viewBox=\"0 0 200 200\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"g\" width=\"200\" height=\"200\"/><use href=\"#m-{motif}\" x=\"20\" y=\"22\" width=\"160\" height=\"160\"/></svg><span{mark}>{}</span></a>",
        escape(&context.plan.name)
    ));
}

/// Two motifs that belong to the section: its own or the page's, and another where there is one.
pub fn scene(context: &Context<'_>, section: &Section) -> Vec<String> {
    let motifs = context.motifs_of(section);
    art::scene(motifs[0], motifs.get(1).copied(), context.seed(section, 0))
}

/// What the navigation calls a section.
pub fn link_name(plan: &PagePlan, section: &Section) -> String {
    let is_only = plan
        .sections
        .iter()
        .filter(|other| other.kind == section.kind)
        .count()
        == 1;
    if section.kind == Kind::Notes && !section.label.is_empty() {
        return section.label.clone();
    }
    if is_only || section.heading.is_empty() {
        short_name(section.kind, plan.language).to_owned()
    } else {
        section.heading.clone()
    }
}

/// A link that does nothing but lead somewhere: within the page, to the web, to a mail or a call.
/// Anything else leads to the top.
#[must_use]
pub fn safe_link(link: &str) -> String {
    let lower = link.trim().to_lowercase();
    let is_safe = ["#", "https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    if is_safe && !link.chars().any(char::is_control) {
        link.trim().to_owned()
    } else {
        "#content".to_owned()
    }
}
