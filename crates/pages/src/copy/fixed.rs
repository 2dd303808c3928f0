//! Words that code puts: headings of sections whose content is known, and honest sentences where the
//! model gave nothing usable. They promise nothing that any decent business would not keep.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Answer, AnswerItem, Form, Items};
use crate::ground::{Brief, FactKind};
use crate::language::Language;
use crate::plan::Kind;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Words {
    headings: Vec<[String; 2]>,
    leads: Vec<[String; 2]>,
    items: Vec<[String; 4]>,
}

static WORDS: LazyLock<BTreeMap<String, Words>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../assets/pages/copy.toml"))
        .expect("a test reads the words that are built in")
});

fn of(kind: Kind) -> Option<&'static Words> {
    WORDS.get(kind.name())
}

fn say(pair: [&str; 2], language: Language, name: &str) -> String {
    let text = match language {
        Language::English => pair[0].to_owned(),
        Language::Traditional => pair[1].to_owned(),
        Language::Simplified => language.in_script(pair[1], &[]),
    };
    text.replace("{name}", name)
}

/// A heading for a kind of section; which one, the seed says.
#[must_use]
pub fn heading(kind: Kind, language: Language, name: &str, seed: u32) -> String {
    pick(
        of(kind).map(|words| words.headings.as_slice()),
        language,
        name,
        seed,
    )
}

/// A lead for a kind of section.
#[must_use]
pub fn lead(kind: Kind, language: Language, name: &str, seed: u32) -> String {
    pick(
        of(kind).map(|words| words.leads.as_slice()),
        language,
        name,
        seed,
    )
}

fn pick(texts: Option<&[[String; 2]]>, language: Language, name: &str, seed: u32) -> String {
    let texts = texts.unwrap_or_default();
    let place = usize::try_from(seed).unwrap_or(0) % texts.len().max(1);
    texts
        .get(place)
        .map_or_else(String::new, |[en, zh]| say([en, zh], language, name))
}

/// What stands in a form where the model gave nothing usable.
#[must_use]
pub fn answer(form: &Form, brief: &Brief, seed: u32) -> Answer {
    let (language, name) = (brief.language, brief.display_name());
    let own = of(form.kind)
        .map(|words| words.items.as_slice())
        .unwrap_or_default();
    let item = |place: usize| {
        let words = own.get(place % own.len().max(1));
        let [title, text] = words.map_or_else(Default::default, |[en, en_text, zh, zh_text]| {
            [
                say([en, zh], language, &name),
                say([en_text, zh_text], language, &name),
            ]
        });
        AnswerItem {
            title,
            text,
            points: Vec::new(),
        }
    };
    let count = match form.items {
        // What has a name can stand without a text that fits any other as well.
        Items::None | Items::Texts(_) | Items::Points(_) => 0,
        _ => form.count.min(own.len()),
    };
    Answer {
        heading: heading(form.kind, language, &name, seed),
        lead: match form.kind {
            Kind::Hero => {
                hero_lead(brief).unwrap_or_else(|| lead(form.kind, language, &name, seed))
            }
            kind => lead(kind, language, &name, seed),
        },
        items: (0..count).map(item).collect(),
    }
}

/// Words for a section that a person adds: a heading, a lead where the kind has one, three items.
#[must_use]
pub fn for_kind(kind: Kind, language: Language, name: &str, seed: u32) -> Answer {
    let own = of(kind)
        .map(|words| words.items.as_slice())
        .unwrap_or_default();
    let items = own
        .iter()
        .take(3)
        .map(|[en, en_text, zh, zh_text]| AnswerItem {
            title: say([en, zh], language, name),
            text: say([en_text, zh_text], language, name),
            points: Vec::new(),
        });
    Answer {
        heading: heading(kind, language, name, seed),
        lead: lead(kind, language, name, seed),
        items: items.collect(),
    }
}

/// A sentence of the brief itself that describes the place. One that lists prices, hours or ways of
/// contact says what stands elsewhere in the page, and opens nothing.
fn hero_lead(brief: &Brief) -> Option<String> {
    brief
        .sentences()
        .into_iter()
        .filter(|sentence| !crate::compose::is_request(sentence) && !lists_facts(sentence, brief))
        .map(str::to_owned)
        .find(|sentence| (12..=140).contains(&sentence.chars().count()))
}

/// Whether a sentence says what stands in a place of its own: prices, hours, ways of contact.
pub(super) fn lists_facts(sentence: &str, brief: &Brief) -> bool {
    brief.facts.iter().any(|fact| {
        let has_place = matches!(
            fact.kind,
            FactKind::Price
                | FactKind::Phone
                | FactKind::Email
                | FactKind::Link
                | FactKind::Address
                | FactKind::Hours
        );
        has_place && sentence.contains(&fact.text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_opens_with_what_the_brief_tells_and_not_with_its_prices() {
        let lead = |brief: &str| hero_lead(&Brief::read(brief, None));
        let bakery =
            "A bakery in Leeds. Rye loaf £4.50, seeded bun £2.20. We bake through the night.";
        assert_eq!(lead(bakery).as_deref(), Some("A bakery in Leeds."));
        let prices = "做一個網頁。黑麥麵包 120 元、芝麻餐包 45 元。電話 06-222-3344。";
        assert_eq!(lead(prices), None);
    }

    #[test]
    fn every_kind_with_words_has_a_heading_in_every_language() {
        let chinese = [Language::Traditional, Language::Simplified];
        for kind in Kind::ALL {
            if matches!(kind, Kind::Navigation | Kind::Footer) {
                continue;
            }
            for language in chinese {
                let text = heading(kind, language, "名", 0);
                assert!(
                    !text.is_empty() && language.strays(&text).is_empty(),
                    "{kind:?}: {text}"
                );
            }
        }
    }
}
