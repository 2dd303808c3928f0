//! Changes of single parts: a text is written over, a picture shows something else.

use super::{EditError, find};
use crate::art::Motif;
use crate::photo::is_photo;
use crate::plan::{Item, Kind, PagePlan, Section};

/// Longest text that a part takes, in characters.
const LONGEST: usize = 2_000;

/// Writes a text over.
pub fn write(
    plan: &mut PagePlan,
    section: &str,
    field: &str,
    item: usize,
    text: &str,
) -> Result<(), EditError> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let none = || EditError::NoPart(field.to_owned());
    if section.is_empty() {
        if field == "name" && text.is_empty() {
            // The way home is a link, and a link must say something.
            return Err(EditError::Needed("name"));
        }
        *match field {
            "name" => &mut plan.name,
            "title" => &mut plan.title,
            "description" => &mut plan.description,
            _ => return Err(none()),
        } = text;
        return Ok(());
    }
    let section = find(plan, section)?;
    let place = match field {
        "heading" if section.kind == Kind::Hero && text.is_empty() => {
            return Err(EditError::Needed("heading"));
        }
        "heading" => &mut section.heading,
        "lead" => &mut section.lead,
        "label" => &mut section.label,
        "action" => {
            if text.is_empty() {
                return Err(EditError::Needed("words on a button"));
            }
            &mut section.actions.get_mut(item).ok_or_else(none)?.label
        }
        field => return of_item(section.items.get_mut(item).ok_or_else(none)?, field, text),
    };
    *place = text;
    Ok(())
}

fn of_item(item: &mut Item, field: &str, text: String) -> Result<(), EditError> {
    let place = match field {
        "title" => &mut item.title,
        "text" => &mut item.text,
        "value" => {
            item.link = leads(&item.link, &text);
            &mut item.value
        }
        field => {
            let number = field
                .strip_prefix("point-")
                .and_then(|one| one.parse().ok());
            let point = number.and_then(|number: usize| item.points.get_mut(number));
            point.ok_or_else(|| EditError::NoPart(field.to_owned()))?
        }
    };
    *place = text;
    Ok(())
}

/// Where a value leads once it says something else: to the new address, or to the new number.
fn leads(link: &str, text: &str) -> String {
    let number: String = text
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+')
        .collect();
    if link.starts_with("mailto:") && text.contains('@') && !text.contains(char::is_whitespace) {
        format!("mailto:{text}")
    } else if link.starts_with("tel:") && number.len() >= 3 {
        format!("tel:{number}")
    } else {
        link.to_owned()
    }
}

/// Puts a motif into a picture.
pub fn draw(section: &mut Section, item: usize, motif: &str) -> Result<(), EditError> {
    let motif = Motif::named(motif).ok_or_else(|| EditError::Unusable(motif.to_owned()))?;
    let place = match section.kind {
        Kind::Hero | Kind::About => &mut section.art,
        Kind::Products | Kind::Gallery => {
            let item = section.items.get_mut(item);
            &mut item
                .ok_or_else(|| EditError::NoPart("picture".to_owned()))?
                .art
        }
        _ => return Err(EditError::NoPart("picture".to_owned())),
    };
    motif.id.clone_into(place);
    Ok(())
}

/// Puts a picture of the person's in the place of one that is drawn.
pub fn show(section: &mut Section, item: usize, data: &str) -> Result<(), EditError> {
    if !data.is_empty() && !is_photo(data) {
        return Err(EditError::Unusable("this picture".to_owned()));
    }
    let none = || EditError::NoPart("picture".to_owned());
    let place = match section.kind {
        Kind::Hero | Kind::About => &mut section.photo,
        Kind::Products | Kind::Gallery | Kind::Team => {
            &mut section.items.get_mut(item).ok_or_else(none)?.photo
        }
        _ => return Err(none()),
    };
    data.clone_into(place);
    Ok(())
}
