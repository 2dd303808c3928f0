//! A page as a plan: which sections, what they say, how they are laid out, and the theme. The plan
//! is what is kept, changed and handed back; the document is only ever rendered from it.
//!
//! Every section has the same shape, whatever its kind: a small label, a heading, a lead, items and
//! actions. What an item's fields mean for a kind is told beside [`Kind`]. One shape means that one
//! set of checks and one set of edits serves them all.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::photo::is_photo;
use crate::theme::Theme;

/// Version of the format.
pub const VERSION: u32 = 1;

/// Most sections of a page.
pub const MOST_SECTIONS: usize = 24;

/// Most items of a section.
pub const MOST_ITEMS: usize = 24;

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PagePlan {
    /// [`VERSION`] of the format.
    pub version: u32,
    /// Its language.
    pub language: Language,
    /// Whose page it is, as the header says it.
    pub name: String,
    /// What the browser's tab says.
    pub title: String,
    /// What a search engine shows below the title.
    pub description: String,
    /// Names of the motifs that the pictures are about, the first one first.
    pub motifs: Vec<String>,
    /// What varies the pictures.
    pub seed: u32,
    /// How it looks.
    pub theme: Theme,
    /// From top to bottom.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its `id` in the document, unique in the page.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// Which of its kind's layouts.
    pub layout: String,
    /// On which ground it stands.
    #[serde(default)]
    pub tone: Tone,
    /// Small words above the heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The heading.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// A sentence or two below it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lead: String,
    /// Name of the motif of its picture; the page's own when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub art: String,
    /// A picture of the person's in place of that, as [`mod@crate::photo`] reads it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub photo: String,
    /// What it lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// What can be done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
}

/// One of the things that a section lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Its name, question, day, person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What there is to say of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Its price, time, number, role.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Name of the motif or sign beside it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub art: String,
    /// A picture of the person's in place of that.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub photo: String,
    /// What is included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<String>,
    /// Where it leads.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// A link that looks like a button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Words on it.
    pub label: String,
    /// Where it leads: `#id`, `mailto:`, `tel:` or an address of the web.
    pub link: String,
}

/// On which ground a section stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PageTone")]
pub enum Tone {
    /// The page's own.
    #[default]
    Plain,
    /// A tinted band.
    Tint,
    /// A dark band.
    Deep,
}

/// What a section is.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    specta::Type,
)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PageKind")]
pub enum Kind {
    /// The name of the page and the way to its sections. Items come from the other sections.
    Navigation,
    /// What it is about, with a picture. Items: facts worth knowing at a glance (title, value).
    #[default]
    Hero,
    /// A few words about who is behind it. Items: points.
    About,
    /// What is good about it. Items: title, text.
    Features,
    /// What can be bought or eaten. Items: title, text, value = price.
    Products,
    /// Plans to choose among. Items: title, text, value = price, points = what is included.
    Pricing,
    /// Pictures. Items: title = caption, text.
    Gallery,
    /// What people say. Items: text = their words, title = who, value = their role.
    Testimonials,
    /// Questions and answers. Items: title, text.
    Faq,
    /// Who works there. Items: title = name, value = role, text.
    Team,
    /// How it goes. Items: title, text.
    Steps,
    /// Numbers. Items: value = number, title = of what.
    Statistics,
    /// What happens when. Items: value = time, title, text.
    Schedule,
    /// When it is open. Items: title = days, value = hours.
    OpeningHours,
    /// Where it is and how to reach it. Items: title = what, value = the thing itself, link.
    Contact,
    /// Who helps. Items: title = name.
    Partners,
    /// Anything else that the brief tells. Items: title, text.
    Notes,
    /// A field for an e-mail address.
    Newsletter,
    /// The last invitation.
    CallToAction,
    /// The end of the page. Items come from the other sections.
    Footer,
}

impl Kind {
    /// Every kind, in the order in which pages have them.
    pub const ALL: [Self; 20] = [
        Self::Navigation,
        Self::Hero,
        Self::About,
        Self::Features,
        Self::Products,
        Self::Pricing,
        Self::Steps,
        Self::Schedule,
        Self::Gallery,
        Self::Statistics,
        Self::Team,
        Self::Testimonials,
        Self::Partners,
        Self::Faq,
        Self::Notes,
        Self::OpeningHours,
        Self::Contact,
        Self::Newsletter,
        Self::CallToAction,
        Self::Footer,
    ];

    /// Its stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Hero => "hero",
            Self::About => "about",
            Self::Features => "features",
            Self::Products => "products",
            Self::Pricing => "pricing",
            Self::Gallery => "gallery",
            Self::Testimonials => "testimonials",
            Self::Faq => "faq",
            Self::Team => "team",
            Self::Steps => "steps",
            Self::Statistics => "statistics",
            Self::Schedule => "schedule",
            Self::OpeningHours => "opening-hours",
            Self::Contact => "contact",
            Self::Partners => "partners",
            Self::Notes => "notes",
            Self::Newsletter => "newsletter",
            Self::CallToAction => "call-to-action",
            Self::Footer => "footer",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The layouts it can have, the usual one first.
    #[must_use]
    pub fn layouts(self) -> &'static [&'static str] {
        match self {
            Self::Navigation => &["bar", "centred"],
            Self::Hero => &["split", "stage", "band", "poster"],
            Self::About => &["split", "prose"],
            Self::Features => &["cards", "rows", "bento"],
            Self::Products => &["cards", "menu", "showcase"],
            Self::Pricing => &["columns", "table"],
            Self::Gallery => &["mosaic", "strip"],
            Self::Testimonials => &["cards", "spotlight"],
            Self::Faq => &["accordion", "columns"],
            Self::Team => &["cards", "list"],
            Self::Steps => &["line", "tall"],
            Self::Statistics => &["row", "panel"],
            Self::Schedule => &["timeline", "table"],
            Self::OpeningHours => &["split", "panel"],
            Self::Contact => &["split", "cards"],
            Self::Partners => &["wordmarks", "list"],
            Self::Notes => &["columns", "prose"],
            Self::Newsletter => &["band", "card"],
            Self::CallToAction => &["band", "card"],
            Self::Footer => &["columns", "simple"],
        }
    }

    /// Whether a page has it at most once, at its place.
    #[must_use]
    pub fn is_frame(self) -> bool {
        matches!(self, Self::Navigation | Self::Hero | Self::Footer)
    }
}

impl PagePlan {
    /// The section of that kind, the first where there are several.
    #[must_use]
    pub fn section(&self, kind: Kind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// Reads a plan that was kept. What it does not say properly is put right: unknown layouts and
    /// palettes become the usual ones, ids become unique, and what is too much is cut off.
    ///
    /// # Errors
    /// When it is no plan.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut plan: Self = serde_json::from_str(json)?;
        plan.tidy();
        Ok(plan)
    }

    /// As JSON.
    #[must_use]
    pub fn write(&self) -> String {
        serde_json::to_string(self).expect("a plan is texts, numbers and lists")
    }

    pub(crate) fn tidy(&mut self) {
        self.version = VERSION;
        self.sections.truncate(MOST_SECTIONS);
        let mut seen: Vec<String> = Vec::new();
        for section in &mut self.sections {
            section.items.truncate(MOST_ITEMS);
            let items = section.items.iter_mut().map(|item| &mut item.photo);
            for photo in items.chain([&mut section.photo]) {
                if !is_photo(photo) {
                    photo.clear();
                }
            }
            if !section.kind.layouts().contains(&section.layout.as_str()) {
                section.layout = section.kind.layouts()[0].to_owned();
            }
            let id = section.id.as_str();
            let is_plain = |letter: char| {
                letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit()
            };
            if !id.starts_with(|letter: char| letter.is_ascii_lowercase())
                || !id.chars().all(is_plain)
            {
                section.id = section.kind.name().to_owned();
            }
            let base = section.id.clone();
            let mut number = 2;
            while seen.contains(&section.id) {
                section.id = format!("{base}-{number}");
                number += 1;
            }
            seen.push(section.id.clone());
        }
    }
}
