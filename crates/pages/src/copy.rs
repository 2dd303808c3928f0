//! The words that only a model can write: one small form for each section that needs some.
//!
//! A form says what is asked for, what the answer must look like (a JSON Schema in which everything
//! that code knows is fixed), and how an answer becomes part of the plan. What a text is worth is for
//! [`checks`]; what is kept of an answer is for [`kept`], and what stands in the place of the rest is
//! for [`fixed`].

pub mod checks;
pub mod fixed;
pub mod kept;
pub mod prompt;
mod repetition;
pub mod size;
mod torn;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::language::Language;
use crate::plan::{Kind, Section};

/// What the model is asked to write for a section.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Which section, by its id.
    pub section: String,
    /// Its kind.
    pub kind: Kind,
    /// Whether a heading is asked for.
    pub heading: bool,
    /// Whether a lead is asked for.
    pub lead: bool,
    /// What items are asked for.
    pub items: Items,
    /// How many; where they have names, as many as there are.
    pub count: usize,
    /// What it is about, where the kind does not say it.
    pub topic: String,
}

/// What is asked for of each item.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Items {
    /// No items.
    #[default]
    None,
    /// A text for each of these names.
    Texts(Vec<String>),
    /// A title and a text.
    Pairs,
    /// A title alone.
    Titles,
    /// What is included, for each of these names.
    Points(Vec<String>),
    /// A text alone.
    Sentences,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// The heading.
    pub heading: String,
    /// The lead.
    pub lead: String,
    /// The items.
    pub items: Vec<AnswerItem>,
}

/// One item of an answer.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct AnswerItem {
    /// Its title.
    pub title: String,
    /// Its text.
    pub text: String,
    /// What is included.
    pub points: Vec<String>,
}

/// Most characters of each field.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    /// Of a heading.
    pub heading: usize,
    /// Of a lead.
    pub lead: usize,
    /// Of an item's title.
    pub title: usize,
    /// Of an item's text.
    pub text: usize,
}

impl Lengths {
    /// In a language: Chinese says the same with a third of the characters.
    #[must_use]
    pub fn of(language: Language) -> Self {
        match language {
            Language::English => Self {
                heading: 64,
                lead: 170,
                title: 44,
                text: 130,
            },
            _ => Self {
                heading: 22,
                lead: 64,
                title: 18,
                text: 48,
            },
        }
    }
}

impl Form {
    /// The form in one line, as the model is asked.
    #[must_use]
    pub fn ask(&self, language: Language) -> String {
        let chinese = language.is_chinese();
        let mut parts = Vec::new();
        let kind = self.kind.name();
        if self.heading {
            parts.push(match (chinese, self.lead) {
                (false, true) => "heading of 3 to 7 words".to_owned(),
                (false, false) => "heading".to_owned(),
                (true, true) => "heading 4 到 12 字".to_owned(),
                (true, false) => "heading".to_owned(),
            });
        }
        if self.lead {
            parts.push(match (chinese, self.kind) {
                (false, Kind::About) => "lead of two sentences".to_owned(),
                (false, _) => "lead of one sentence".to_owned(),
                (true, Kind::About) => "lead 兩句話".to_owned(),
                (true, _) => "lead 一句話".to_owned(),
            });
        }
        if self.items != Items::None {
            let and = match (parts.is_empty(), chinese) {
                (true, _) => "",
                (false, true) => "與 ",
                (false, false) => "and ",
            };
            parts.push(format!("{and}{}", self.ask_items(chinese)));
        }
        let topic = match self.topic.as_str() {
            "" => String::new(),
            topic if chinese => format!("（{topic}）"),
            topic => format!(" ({topic})"),
        };
        if chinese {
            format!("{kind}{topic}：{}", parts.join("，"))
        } else {
            format!("{kind}{topic}: {}", parts.join(", "))
        }
    }

    fn ask_items(&self, chinese: bool) -> String {
        let count = self.count;
        let (en, zh) = match (&self.items, self.kind) {
            (Items::Titles, _) => (
                "title is a caption of 2 to 4 words",
                "title 是 2 到 8 字的圖說",
            ),
            (Items::Points(_), _) => (
                "points are what is included, 2 to 5 words each",
                "points 是包含的內容，各 3 到 8 字",
            ),
            (Items::Texts(_), Kind::Team) => (
                "text is one short sentence about what this person does",
                "text 用一句短句說這個人做什麼",
            ),
            (Items::Texts(_), _) => (
                "text is one short sentence about this one, different from the others",
                "text 用一句短句描寫這一項，彼此不同",
            ),
            (Items::Sentences, _) => (
                "text is what somebody could say about it, one sentence",
                "text 是一句顧客可能會說的話",
            ),
            (_, Kind::Faq) => (
                "title is a question, text answers it in one or two short sentences",
                "title 是問句，text 用一兩句短句回答",
            ),
            _ => (
                "title of 2 to 4 words, text of one short sentence",
                "title 3 到 7 字，text 一句短句",
            ),
        };
        if chinese {
            format!("{count} 個 items；{zh}")
        } else if count == 1 {
            format!("1 item; {en}")
        } else {
            format!("{count} items; {en}")
        }
    }

    /// What the answer must look like.
    #[must_use]
    pub fn schema(&self, language: Language) -> Value {
        let most = Lengths::of(language);
        let text = |length: usize| json!({"type": "string", "minLength": 2, "maxLength": length});
        let mut properties = Map::new();
        if self.heading {
            properties.insert("heading".to_owned(), text(most.heading));
        }
        if self.lead {
            properties.insert("lead".to_owned(), text(most.lead_of(self.kind)));
        }
        let object = |fields: Value| {
            let names: Vec<&String> = fields
                .as_object()
                .map(|map| map.keys().collect())
                .unwrap_or_default();
            json!({"type": "object", "properties": fields, "required": names, "additionalProperties": false})
        };
        let answer = most.text_of(self.kind);
        let points =
            json!({"type": "array", "items": text(most.title), "minItems": 3, "maxItems": 3});
        let items: Vec<Value> = match &self.items {
            Items::None => Vec::new(),
            Items::Texts(names) => names
                .iter()
                .map(|name| object(json!({"title": {"const": name}, "text": text(most.text)})))
                .collect(),
            Items::Points(names) => names
                .iter()
                .map(|name| object(json!({"title": {"const": name}, "points": points})))
                .collect(),
            Items::Pairs => {
                vec![object(json!({"title": text(most.title), "text": text(answer)})); self.count]
            }
            Items::Titles => vec![object(json!({"title": text(most.title)})); self.count],
            Items::Sentences => vec![object(json!({"text": text(most.text)})); self.count],
        };
        if !items.is_empty() {
            let count = items.len();
            properties.insert(
                "items".to_owned(),
                json!({"type": "array", "prefixItems": items, "items": false, "minItems": count, "maxItems": count}),
            );
        }
        object(Value::Object(properties))
    }

    /// Most tokens of an answer: those of the longest that the schema lets through, and some more for
    /// a model that lays its answer out.
    #[must_use]
    pub fn max_tokens(&self, language: Language) -> u32 {
        let room = size::room(self, language);
        u32::try_from(room + room / 4 + 24).unwrap_or(u32::MAX)
    }

    /// Puts an answer into its section; what code knew stays as it is.
    pub fn fill(&self, section: &mut Section, answer: Answer) {
        if self.heading {
            section.heading = answer.heading;
        }
        if self.lead {
            section.lead = answer.lead;
        }
        for (place, item) in answer.items.into_iter().enumerate() {
            if place >= section.items.len() {
                section.items.push(crate::plan::Item::default());
            }
            let Some(own) = section.items.get_mut(place) else {
                continue;
            };
            match self.items {
                Items::Texts(_) if own.text.is_empty() => own.text = item.text,
                Items::Texts(_) | Items::None => {}
                Items::Points(_) => own.points = item.points,
                Items::Titles => own.title = item.title,
                Items::Sentences => own.text = item.text,
                Items::Pairs => {
                    own.title = item.title;
                    own.text = item.text;
                }
            }
        }
    }
}

/// An answer as the model is shown it, so that it goes on from what stands in the page; nothing where
/// there is nothing.
#[must_use]
pub fn shown(words: &Answer, form: &Form) -> String {
    let mut object = Map::new();
    if form.heading && !words.heading.is_empty() {
        object.insert("heading".to_owned(), words.heading.clone().into());
    }
    if form.lead && !words.lead.is_empty() {
        object.insert("lead".to_owned(), words.lead.clone().into());
    }
    let items: Vec<Value> = words
        .items
        .iter()
        .map(|item| {
            let mut fields = Map::new();
            for (name, text) in [("title", &item.title), ("text", &item.text)] {
                if !text.is_empty() {
                    fields.insert(name.to_owned(), text.clone().into());
                }
            }
            if !item.points.is_empty() {
                fields.insert("points".to_owned(), item.points.clone().into());
            }
            fields.into()
        })
        .collect();
    if !items.is_empty() {
        object.insert("items".to_owned(), items.into());
    }
    if object.is_empty() {
        return String::new();
    }
    Value::Object(object).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_asks_for_what_code_does_not_know() {
        let form = Form {
            section: "products".to_owned(),
            kind: Kind::Products,
            heading: true,
            lead: false,
            items: Items::Texts(vec!["Espresso".to_owned(), "Filter".to_owned()]),
            count: 2,
            topic: String::new(),
        };
        assert!(
            form.ask(Language::English)
                .starts_with("products: heading, and 2 items;")
        );
        let schema = form.schema(Language::English);
        assert_eq!(
            schema["properties"]["items"]["prefixItems"][1]["properties"]["title"]["const"],
            "Filter"
        );
        let mut section = Section {
            items: vec![
                crate::plan::Item {
                    title: "Espresso".into(),
                    ..Default::default()
                };
                2
            ],
            ..Section::default()
        };
        let answer: Answer =
            serde_json::from_str(r#"{"heading":"H","items":[{"title":"x","text":"T"}]}"#).unwrap();
        form.fill(&mut section, answer);
        assert_eq!(
            (section.heading.as_str(), section.items[0].text.as_str()),
            ("H", "T")
        );
        assert_eq!(section.items[0].title, "Espresso");
    }
}
