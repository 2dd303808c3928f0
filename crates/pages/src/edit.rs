//! Changing a page without a model: a plan and an operation give a plan. Nothing else of the plan
//! changes, and rendering is a function of the plan, so nothing else of the file does either.

mod parts;
mod words;

use serde::{Deserialize, Serialize};

use crate::colour::Rgb;
use crate::copy::fixed;
use crate::plan::{Item, Kind, MOST_ITEMS, MOST_SECTIONS, PagePlan, Section, Tone};
pub use words::{Understood, offers, understand};

use crate::theme::{Corners, Density, Pairing, Palette, Scheme, Theme};

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "do", rename_all = "kebab-case")]
#[serde(rename = "PageEdit")]
pub enum Edit {
    /// Writes a text.
    Text {
        /// Id of the section; empty for the page itself (`name`, `title`, `description`).
        #[serde(default)]
        section: String,
        /// `heading`, `lead`, `label`; of an item `title`, `text`, `value`, `point-0`; of an action `action`.
        field: String,
        /// Which item or action, from 0.
        #[serde(default)]
        #[specta(type = u32)]
        item: usize,
        /// What it is to say.
        text: String,
    },
    /// Puts another motif into a picture.
    Art {
        /// Id of the section.
        section: String,
        /// Of which item, from 0; of a section with one picture that one.
        #[serde(default)]
        #[specta(type = u32)]
        item: usize,
        /// Name of the motif.
        motif: String,
    },
    /// Puts a picture of the person's in the place of one that is drawn.
    Photo {
        /// Id of the section.
        section: String,
        /// Of which item, from 0.
        #[serde(default)]
        #[specta(type = u32)]
        item: usize,
        /// The picture, as the desk read it; empty for the one that is drawn.
        data: String,
    },
    /// Changes the look of the whole page; what is absent stays.
    Theme {
        /// Id of a palette.
        #[serde(default)]
        palette: Option<String>,
        /// A brand colour `#rrggbb`; an empty text goes back to the palette's own.
        #[serde(default)]
        brand: Option<String>,
        /// Id of a type pairing.
        #[serde(default)]
        pairing: Option<String>,
        /// How round corners are.
        #[serde(default)]
        corners: Option<Corners>,
        /// How much air there is.
        #[serde(default)]
        density: Option<Density>,
        /// Light or dark.
        #[serde(default)]
        scheme: Option<Scheme>,
    },
    /// Lays a section out differently.
    Layout {
        /// Id of the section.
        section: String,
        /// Name of the layout; the next one when empty.
        #[serde(default)]
        layout: String,
    },
    /// Puts a section on another ground.
    Tone {
        /// Id of the section.
        section: String,
        /// The ground.
        tone: Tone,
    },
    /// Moves a section so that it stands at this place, counted from 0 among all.
    Move {
        /// Id of the section.
        section: String,
        /// Its new place.
        #[specta(type = u32)]
        to: usize,
    },
    /// Adds a section with a heading and honest words, before the footer or at a place.
    Add {
        /// What it is.
        kind: Kind,
        /// Its place; before the last invitation or the footer when absent.
        #[serde(default)]
        #[specta(type = Option<u32>)]
        to: Option<usize>,
        /// What it is about, for notes and questions.
        #[serde(default)]
        heading: String,
    },
    /// Takes a section away.
    Remove {
        /// Id of the section.
        section: String,
    },
    /// Adds an empty item to a section.
    AddItem {
        /// Id of the section.
        section: String,
    },
    /// Takes an item away.
    RemoveItem {
        /// Id of the section.
        section: String,
        /// Which, from 0.
        #[specta(type = u32)]
        item: usize,
    },
}

/// Why a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No section has that id.
    #[error("there is no section {0}")]
    NoSection(String),
    /// The part of a section is not there.
    #[error("there is no {0}")]
    NoPart(String),
    /// The value is none that can be used.
    #[error("{0} cannot be used here")]
    Unusable(String),
    /// There is too much of it already.
    #[error("there are as many as there can be")]
    Full,
    /// A page cannot be without it.
    #[error("a page cannot be without its {0}")]
    Needed(&'static str),
}

/// The plan with a change made.
///
/// # Errors
/// When it cannot be made; the plan that was given is as it was.
pub fn apply(plan: &PagePlan, edit: &Edit) -> Result<PagePlan, EditError> {
    let mut plan = plan.clone();
    match edit {
        Edit::Text {
            section,
            field,
            item,
            text,
        } => parts::write(&mut plan, section, field, *item, text)?,
        Edit::Art {
            section,
            item,
            motif,
        } => parts::draw(find(&mut plan, section)?, *item, motif)?,
        Edit::Photo {
            section,
            item,
            data,
        } => parts::show(find(&mut plan, section)?, *item, data)?,
        Edit::Theme { .. } => dress(&mut plan.theme, edit)?,
        Edit::Layout { section, layout } => lay_out(find(&mut plan, section)?, layout)?,
        Edit::Tone { section, tone } => find(&mut plan, section)?.tone = *tone,
        Edit::Move { section, to } => {
            let from = place(&plan, section)?;
            let section = plan.sections.remove(from);
            let to = (*to).min(plan.sections.len());
            plan.sections.insert(to, section);
        }
        Edit::Add { kind, to, heading } => add(&mut plan, *kind, *to, heading)?,
        Edit::Remove { section } => {
            let place = place(&plan, section)?;
            if plan.sections[place].kind == Kind::Hero {
                return Err(EditError::Needed("hero"));
            }
            plan.sections.remove(place);
            lead_elsewhere(&mut plan, section);
        }
        Edit::AddItem { section } => {
            let language = plan.language;
            let section = find(&mut plan, section)?;
            if section.items.len() >= MOST_ITEMS {
                return Err(EditError::Full);
            }
            let title = crate::words::pick(language, "New", "新項目", "新项目");
            section.items.push(Item {
                title: title.to_owned(),
                ..Item::default()
            });
        }
        Edit::RemoveItem { section, item } => {
            let section = find(&mut plan, section)?;
            if *item >= section.items.len() {
                return Err(EditError::NoPart("item".to_owned()));
            }
            section.items.remove(*item);
        }
    }
    Ok(plan)
}

fn dress(theme: &mut Theme, edit: &Edit) -> Result<(), EditError> {
    let Edit::Theme {
        palette,
        brand,
        pairing,
        corners,
        density,
        scheme,
    } = edit
    else {
        return Ok(());
    };
    if let Some(id) = palette {
        theme.palette = known(id, Palette::all().iter().any(|palette| palette.id == *id))?;
    }
    if let Some(id) = pairing {
        theme.pairing = known(id, Pairing::all().iter().any(|pairing| pairing.id == *id))?;
    }
    if let Some(colour) = brand {
        theme.brand = match colour.as_str() {
            "" => None,
            colour => {
                let parsed = Rgb::parse(colour);
                Some(parsed.ok_or_else(|| EditError::Unusable(colour.to_owned()))?)
            }
        };
    }
    theme.corners = corners.unwrap_or(theme.corners);
    theme.density = density.unwrap_or(theme.density);
    theme.scheme = scheme.unwrap_or(theme.scheme);
    Ok(())
}

fn lay_out(section: &mut Section, layout: &str) -> Result<(), EditError> {
    let layouts = section.kind.layouts();
    let next = match layout {
        "" => {
            let place = layouts.iter().position(|layout| *layout == section.layout);
            layouts[(place.unwrap_or(0) + 1) % layouts.len()]
        }
        name => layouts
            .iter()
            .find(|layout| **layout == name)
            .ok_or_else(|| EditError::Unusable(name.to_owned()))?,
    };
    next.clone_into(&mut section.layout);
    Ok(())
}

fn known(id: &str, is_known: bool) -> Result<String, EditError> {
    if is_known {
        Ok(id.to_owned())
    } else {
        Err(EditError::Unusable(id.to_owned()))
    }
}

fn place(plan: &PagePlan, id: &str) -> Result<usize, EditError> {
    plan.sections
        .iter()
        .position(|section| section.id == id)
        .ok_or_else(|| EditError::NoSection(id.to_owned()))
}

fn find<'a>(plan: &'a mut PagePlan, id: &str) -> Result<&'a mut Section, EditError> {
    let place = place(plan, id)?;
    Ok(&mut plan.sections[place])
}

fn add(plan: &mut PagePlan, kind: Kind, to: Option<usize>, heading: &str) -> Result<(), EditError> {
    if plan.sections.len() >= MOST_SECTIONS {
        return Err(EditError::Full);
    }
    if kind.is_frame() && plan.section(kind).is_some() {
        return Err(EditError::Full);
    }
    let usual = plan
        .sections
        .iter()
        .position(|section| matches!(section.kind, Kind::CallToAction | Kind::Footer))
        .unwrap_or(plan.sections.len());
    let at = to.unwrap_or(usual).min(plan.sections.len());
    let before = at.checked_sub(1).and_then(|place| plan.sections.get(place));
    let tone = if before.is_some_and(|section| section.tone == Tone::Plain) {
        Tone::Tint
    } else {
        Tone::Plain
    };
    let words = fixed::for_kind(kind, plan.language, &plan.name, plan.seed);
    let section = Section {
        id: kind.name().to_owned(),
        kind,
        layout: kind.layouts()[0].to_owned(),
        tone,
        heading: if heading.is_empty() {
            words.heading
        } else {
            heading.to_owned()
        },
        lead: words.lead,
        items: words
            .items
            .into_iter()
            .enumerate()
            .map(|(place, item)| Item {
                title: item.title,
                text: item.text,
                art: plan
                    .motifs
                    .get(place % plan.motifs.len().max(1))
                    .cloned()
                    .unwrap_or_default(),
                ..Item::default()
            })
            .collect(),
        ..Section::default()
    };
    plan.sections.insert(at, section);
    plan.tidy();
    Ok(())
}

/// Buttons that led to a section that is gone lead to the top.
fn lead_elsewhere(plan: &mut PagePlan, gone: &str) {
    let link = format!("#{gone}");
    for section in &mut plan.sections {
        for action in &mut section.actions {
            if action.link == link {
                "#content".clone_into(&mut action.link);
            }
        }
    }
}
