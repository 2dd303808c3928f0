//! What has been written for a form so far, part by part. A small model seldom fails a whole form: one
//! item of four repeats another, one heading is too long. So what passes is kept, and only the rest is
//! asked for again.

use super::checks::{Problem, examine, read, say};
use super::{Answer, AnswerItem, Form, Items, Lengths, fixed};
use crate::ground::Brief;
use crate::language::Language;
use crate::plan::Kind;

/// The parts of a form that passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    form: Form,
    heading: Option<String>,
    lead: Option<String>,
    items: Vec<Option<AnswerItem>>,
    /// What was wrong first with what is missing.
    pub problem: Option<Problem>,
}

/// The words of a section, and how many of its texts code had to write.
pub struct Words {
    /// What stands in the page.
    pub answer: Answer,
    /// Texts of the form.
    pub texts: usize,
    /// Those that the model did not write.
    pub by_code: usize,
}

impl Kept {
    /// What is left of some drafts: the first answers the form, the others what was missing after that.
    pub fn of(form: &Form, drafts: &[String], brief: &Brief, before: &[String]) -> Self {
        let count = if form.items == Items::None {
            0
        } else {
            form.count
        };
        let mut kept = Self {
            form: form.clone(),
            heading: None,
            lead: None,
            items: vec![None; count],
            problem: None,
        };
        let Some((first, others)) = drafts.split_first() else {
            return kept;
        };
        let all: Vec<usize> = (0..count).collect();
        kept.take(form, &all, first, brief, before);
        kept.again(others, brief, before);
        kept
    }

    /// Keeps what passes of drafts for what is missing.
    pub fn again(&mut self, drafts: &[String], brief: &Brief, before: &[String]) {
        if let Some((rest, places)) = self.rest() {
            for draft in drafts {
                self.take(&rest, &places, draft, brief, before);
            }
        }
    }

    /// The form for what is missing, with the places of its items; nothing when nothing is.
    pub fn rest(&self) -> Option<(Form, Vec<usize>)> {
        let form = &self.form;
        let missing = self.items.iter().enumerate();
        let places: Vec<usize> = missing
            .filter(|(_, item)| item.is_none())
            .map(|(place, _)| place)
            .collect();
        let named = |names: &[String]| -> Vec<String> {
            let found = places.iter().filter_map(|place| names.get(*place));
            found.cloned().collect()
        };
        let rest = Form {
            heading: form.heading && self.heading.is_none(),
            lead: form.lead && self.lead.is_none(),
            items: match &form.items {
                _ if places.is_empty() => Items::None,
                Items::Texts(names) => Items::Texts(named(names)),
                Items::Points(names) => Items::Points(named(names)),
                other => other.clone(),
            },
            count: places.len(),
            ..form.clone()
        };
        let is_whole = !rest.heading && !rest.lead && places.is_empty();
        (!is_whole).then_some((rest, places))
    }

    /// As an answer, of which only the parts that passed are there.
    pub fn answer(&self) -> Answer {
        Answer {
            heading: self.heading.clone().unwrap_or_default(),
            lead: self.lead.clone().unwrap_or_default(),
            items: self.items.iter().flatten().cloned().collect(),
        }
    }

    /// As it goes into the page, with words of code for what is missing.
    pub fn finish(self, brief: &Brief, seed: u32) -> Words {
        let given = fixed::answer(&self.form, brief, seed);
        let mut by_code = 0;
        let mut or = |kept: Option<String>, is_asked: bool, given: String| match kept {
            None if is_asked => {
                by_code += 1;
                given
            }
            kept => kept.unwrap_or_default(),
        };
        let heading = or(self.heading, self.form.heading, given.heading);
        let lead = or(self.lead, self.form.lead, given.lead);
        let count = self.items.len();
        let mut spare = given.items.into_iter();
        let mut items: Vec<AnswerItem> = Vec::new();
        for (place, item) in self.items.into_iter().enumerate() {
            let item = item.or_else(|| {
                by_code += 1;
                match &self.form.items {
                    // What has a name can stand without a text that fits any other as well.
                    Items::Texts(names) | Items::Points(names) => Some(AnswerItem {
                        title: names.get(place).cloned().unwrap_or_default(),
                        ..AnswerItem::default()
                    }),
                    _ => spare.next(),
                }
            });
            items.extend(item);
        }
        Words {
            answer: Answer {
                heading,
                lead,
                items,
            },
            texts: count + usize::from(self.form.heading) + usize::from(self.form.lead),
            by_code,
        }
    }

    /// Keeps what passes of a draft for `asked`, whose items stand at `places`.
    fn take(
        &mut self,
        asked: &Form,
        places: &[usize],
        draft: &str,
        brief: &Brief,
        before: &[String],
    ) {
        let Some(answer) = read(asked, draft, brief) else {
            self.complain(say(
                brief.language.is_chinese(),
                "Answer with the whole JSON object.",
                "請回答完整的 JSON。",
            ));
            return;
        };
        let room = Room::of(asked.kind, brief.language);
        if asked.heading && self.heading.is_none() {
            self.heading = self.keep(answer.heading, room.heading, brief, before);
        }
        if asked.lead && self.lead.is_none() {
            if asked.kind == Kind::Hero && fixed::lists_facts(&answer.lead, brief) {
                self.complain(say(
                    brief.language.is_chinese(),
                    "Leave prices, hours and addresses out of the lead.",
                    "lead 不要列價格、時間或地址。",
                ));
            } else {
                self.lead = self.keep(answer.lead, room.lead, brief, before);
            }
        }
        let mut given = answer.items.into_iter();
        for place in places {
            let item = given.next().unwrap_or_default();
            if self.items.get(*place).is_some_and(Option::is_none) {
                self.items[*place] = self.keep_item(item, &room, brief, before);
            }
        }
    }

    fn keep(
        &mut self,
        text: String,
        most: usize,
        brief: &Brief,
        before: &[String],
    ) -> Option<String> {
        match examine(&text, most, brief, before, &self.said()) {
            Ok(()) => Some(text),
            Err(problem) => {
                self.complain(problem);
                None
            }
        }
    }

    fn keep_item(
        &mut self,
        item: AnswerItem,
        room: &Room,
        brief: &Brief,
        before: &[String],
    ) -> Option<AnswerItem> {
        let mut beside = self.said();
        for (text, most) in written(&item, &self.form, room) {
            if let Err(problem) = examine(text, most, brief, before, &beside) {
                self.complain(problem);
                return None;
            }
            beside.push(text.to_owned());
        }
        Some(item)
    }

    fn complain(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// What the model wrote of what is kept.
    pub fn said(&self) -> Vec<String> {
        let room = Room {
            heading: 0,
            lead: 0,
            title: 0,
            text: 0,
        };
        let texts = self.heading.iter().chain(&self.lead).cloned();
        let items = self.items.iter().flatten().flat_map(|item| {
            let texts = written(item, &self.form, &room);
            texts.into_iter().map(|(text, _)| text.to_owned())
        });
        texts.chain(items).collect()
    }
}

/// The texts of an item that the model writes, each with the room that it has.
fn written<'a>(item: &'a AnswerItem, form: &Form, room: &Room) -> Vec<(&'a str, usize)> {
    let title = (item.title.as_str(), room.title);
    let text = (item.text.as_str(), room.text);
    match form.items {
        Items::None => Vec::new(),
        Items::Texts(_) | Items::Sentences => vec![text],
        Items::Titles => vec![title],
        Items::Pairs => vec![title, text],
        Items::Points(_) => {
            let points = item.points.iter();
            points
                .map(|point| (point.as_str(), room.title + 1))
                .collect()
        }
    }
}

/// Fewest characters that are too many.
struct Room {
    heading: usize,
    lead: usize,
    title: usize,
    text: usize,
}

impl Room {
    fn of(kind: Kind, language: Language) -> Self {
        let most = Lengths::of(language);
        Self {
            heading: most.heading - 1,
            lead: most.lead_of(kind),
            title: most.title,
            text: most.text_of(kind),
        }
    }
}

#[cfg(test)]
mod tests;
