//! What code knows of each section: facts in their places, and headings where the content is known.

use crate::art::Motif;
use crate::copy::{Form, Items, fixed};
use crate::ground::hours::capitalised;
use crate::ground::{Brief, FactKind};
use crate::language::Language;
use crate::plan::{Item, Kind, Section};
use crate::words::{Word, pick};

/// Longest title of a page, in characters.
const TITLE: usize = 60;

/// Fills in what is known and says what the model is to write, if anything.
pub fn fill(section: &mut Section, brief: &Brief, seed: u32) -> Option<Form> {
    let kind = section.kind;
    let mut form = Form {
        section: section.id.clone(),
        kind,
        heading: true,
        lead: has_lead(kind),
        items: Items::None,
        count: 0,
        topic: String::new(),
    };
    if kind == Kind::Footer {
        section.heading = brief.display_name();
    }
    let asks = ask(section, brief, &mut form);
    if !asks && !matches!(kind, Kind::Navigation | Kind::Footer) {
        let name = brief.display_name();
        section.heading = fixed::heading(kind, brief.language, &name, seed);
        if has_lead(kind) {
            section.lead = fixed::lead(kind, brief.language, &name, seed);
        }
    }
    asks.then_some(form)
}

fn has_lead(kind: Kind) -> bool {
    let kinds = [
        Kind::Hero,
        Kind::About,
        Kind::Newsletter,
        Kind::CallToAction,
        Kind::Partners,
        Kind::Notes,
    ];
    kinds.contains(&kind)
}

/// Whether the model has something to write; what it is, the form says.
fn ask(section: &mut Section, brief: &Brief, form: &mut Form) -> bool {
    let wanted = |usual: usize| brief.asked.count_of(form.kind).unwrap_or(usual);
    match form.kind {
        Kind::Navigation | Kind::Footer => return false,
        Kind::Hero => section.items = glance(brief),
        Kind::About | Kind::CallToAction | Kind::Partners | Kind::Notes => {}
        // A field for an address says the same everywhere; the model's time goes where words tell.
        Kind::Newsletter => return false,
        Kind::Features | Kind::Steps | Kind::Faq => {
            (form.items, form.count) = (Items::Pairs, wanted(3).min(6));
        }
        Kind::Products => products(section, brief, form, wanted(3).min(8)),
        Kind::Pricing => return pricing(section, brief, form, wanted(3).min(4)),
        Kind::Gallery => gallery(section, brief, form, wanted(4).clamp(3, 7)),
        Kind::Testimonials => return testimonials(section, brief, form, wanted(3).min(4)),
        Kind::Team => return team(section, brief, form, wanted(3).min(6)),
        Kind::Schedule => return schedule(section, brief, form, wanted(3).min(6)),
        Kind::Statistics => {
            section.items = statistics(brief);
            return false;
        }
        Kind::OpeningHours => {
            section.items = hours(brief);
            return false;
        }
        Kind::Contact => {
            section.items = contact(brief);
            return false;
        }
    }
    true
}

fn item(title: &str, value: &str) -> Item {
    Item {
        title: title.to_owned(),
        value: value.to_owned(),
        ..Item::default()
    }
}

/// Up to three facts that a visitor looks for first.
fn glance(brief: &Brief) -> Vec<Item> {
    let language = brief.language;
    let mut items = Vec::new();
    if let Some(date) = brief.fact(FactKind::Date) {
        items.push(item(pick(language, "When", "日期", "日期"), date));
    }
    if let Some((days, hours)) = brief.hours.first() {
        items.push(item(Word::Hours.text(language), &format!("{days} {hours}")));
    }
    if let Some(address) = brief.fact(FactKind::Address) {
        items.push(item(Word::Address.text(language), address));
    }
    if items.len() < 2
        && let Some(phone) = brief.fact(FactKind::Phone)
    {
        items.push(item(Word::Phone.text(language), phone));
    }
    items.truncate(3);
    items
}

/// The motif that fits a name, or one of the page's in turn.
fn art(title: &str, brief: &Brief, place: usize) -> String {
    let motifs = &brief.business.motifs;
    // Words of the kind of place itself ("coffee") fit everything it sells.
    let fitting = Motif::fitting(title).into_iter().next();
    fitting.map_or_else(
        || {
            motifs
                .get(place % motifs.len().max(1))
                .cloned()
                .unwrap_or_default()
        },
        |motif| motif.id.clone(),
    )
}

fn products(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) {
    if brief.offers.is_empty()
        || brief.asked.kinds.contains(&Kind::Pricing) && brief.business.offer == Kind::Pricing
    {
        form.items = Items::Pairs;
        form.count = count;
        section.items = (0..count)
            .map(|place| Item {
                art: art("", brief, place),
                ..Item::default()
            })
            .collect();
        return;
    }
    section.items = offered(brief);
    write_texts(section, form);
}

/// What the brief offers, as items.
fn offered(brief: &Brief) -> Vec<Item> {
    let offers = brief.offers.iter().enumerate();
    offers
        .map(|(place, offer)| Item {
            title: offer.title.clone(),
            value: offer.price.clone(),
            text: offer.text.clone(),
            art: art(&offer.title, brief, place),
            ..Item::default()
        })
        .collect()
}

/// Has the model write a text for each item, as long as they are not too many.
fn write_texts(section: &Section, form: &mut Form) {
    const MOST: usize = 6;
    let names: Vec<String> = section
        .items
        .iter()
        .map(|item| item.title.clone())
        .take(MOST)
        .collect();
    let has_texts = section.items.iter().all(|item| !item.text.is_empty());
    if section.items.len() <= MOST && !has_texts {
        form.count = names.len();
        form.items = Items::Texts(names);
    }
}

/// Whether the model has something to write: where names and prices are known, a heading for them is no
/// reason to ask it.
fn pricing(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) -> bool {
    let are_products =
        brief.asked.kinds.contains(&Kind::Products) && brief.business.offer == Kind::Products;
    if brief.offers.is_empty() || are_products {
        // No price is known and none is made up: the plans are told apart by words.
        form.items = Items::Pairs;
        form.count = count;
        return true;
    }
    section.items = offered(brief);
    for item in &mut section.items {
        item.art.clear();
    }
    false
}

fn gallery(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) {
    let shows_work = matches!(
        brief.business.id.as_str(),
        "portfolio" | "architecture" | "photography" | "conference" | "festival"
    );
    section.items = (0..count)
        .map(|place| Item {
            art: if shows_work && place.is_multiple_of(2) {
                "poster".to_owned()
            } else {
                art("", brief, place)
            },
            ..Item::default()
        })
        .collect();
    form.items = Items::Titles;
    form.count = count;
}

/// Whether the model has something to write: where the brief has quotes, only those are shown.
fn testimonials(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) -> bool {
    if brief.quotes.is_empty() {
        form.items = Items::Sentences;
        form.count = count;
        let who = [
            ["A regular", "一位常客", "一位常客"],
            ["A first-time guest", "第一次來的朋友", "第一次来的朋友"],
            ["A neighbour", "附近的鄰居", "附近的邻居"],
            ["A friend of the house", "老朋友", "老朋友"],
        ];
        section.items = who
            .iter()
            .take(count)
            .map(|[en, hant, hans]| item(pick(brief.language, en, hant, hans), ""))
            .collect();
        return true;
    }
    section.items = brief
        .quotes
        .iter()
        .map(|quote| Item {
            text: quote.clone(),
            ..Item::default()
        })
        .collect();
    false
}

fn team(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) -> bool {
    if brief.people.is_empty() {
        form.items = Items::Pairs;
        form.count = count;
        return true;
    }
    section.items = brief
        .people
        .iter()
        .map(|person| item(&person.name, &capitalised(&person.role)))
        .collect();
    write_texts(section, form);
    form.items != Items::None
}

fn schedule(section: &mut Section, brief: &Brief, form: &mut Form, count: usize) -> bool {
    if brief.events.is_empty() {
        form.items = Items::Pairs;
        form.count = count;
        return true;
    }
    section.items = brief
        .events
        .iter()
        .map(|event| item(&capitalised(&event.title), &event.time))
        .collect();
    false
}

/// Numbers of the brief with what they count, and where they are few, what can be counted in it.
pub fn statistics(brief: &Brief) -> Vec<Item> {
    let language = brief.language;
    let mut items = numbers(brief);
    let counted = [
        (
            brief.offers.len(),
            ["Things to choose from", "種選擇", "种选择"],
        ),
        (
            brief.people.len(),
            ["People who look after you", "位夥伴", "位伙伴"],
        ),
        (
            brief.hours.len(),
            ["Ways the week is arranged", "個時段", "个时段"],
        ),
    ];
    for (count, [en, hant, hans]) in counted {
        if items.len() < 3 && count > 1 {
            items.push(item(pick(language, en, hant, hans), &count.to_string()));
        }
    }
    items.truncate(4);
    items
}

/// Numbers that the brief itself gives, with what they count.
pub fn numbers(brief: &Brief) -> Vec<Item> {
    let language = brief.language;
    let mut items: Vec<Item> = Vec::new();
    for fact in brief
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Number)
    {
        let end = fact
            .text
            .find(|letter: char| {
                !(letter.is_ascii_digit() || matches!(letter, ',' | '.' | '%' | '+'))
            })
            .unwrap_or(fact.text.len());
        let (number, unit) = fact.text.split_at(end);
        let unit = unit.trim_matches([' ', '-']);
        let is_year = number.len() == 4 && unit.is_empty();
        if is_year {
            items.push(item(pick(language, "Since", "創立於", "创立于"), number));
        } else if !unit.is_empty() && !number.is_empty() {
            // The number and its unit stay together, as the brief has them.
            items.push(item(&context(brief, &fact.text), &fact.text));
        }
    }
    items
}

/// A few words from beside a number, to say what it is about.
fn context(brief: &Brief, fact: &str) -> String {
    let sentence = brief
        .sentences()
        .into_iter()
        .find(|sentence| sentence.contains(fact));
    let clause = sentence.and_then(|sentence| {
        sentence
            .split([',', '，', '、', ';', '；', '。', '.'])
            .find(|clause| clause.contains(fact))
    });
    let rest = clause.map_or(String::new(), |clause| clause.replace(fact, " "));
    let words: Vec<&str> = rest.split_whitespace().collect();
    let short = words.join(" ");
    let is_short = if brief.language == Language::English {
        words.len() <= 5
    } else {
        short.chars().count() <= 12
    };
    if is_short && !super::is_request(&short) {
        capitalised(short.trim())
    } else {
        String::new()
    }
}

fn hours(brief: &Brief) -> Vec<Item> {
    if brief.hours.is_empty() {
        let language = brief.language;
        let times: Vec<Item> = brief
            .facts
            .iter()
            .filter(|fact| fact.kind == FactKind::Hours)
            .map(|fact| item(Word::Hours.text(language), &fact.text))
            .collect();
        if !times.is_empty() {
            return times;
        }
        return vec![item(
            Word::Hours.text(language),
            pick(language, "By arrangement", "請先預約", "请先预约"),
        )];
    }
    brief
        .hours
        .iter()
        .map(|(days, hours)| item(&capitalised(days), hours))
        .collect()
}

pub fn contact(brief: &Brief) -> Vec<Item> {
    let language = brief.language;
    let mut items = Vec::new();
    for fact in &brief.facts {
        let (title, link) = match fact.kind {
            FactKind::Address => (Word::Address, String::new()),
            FactKind::Phone => (Word::Phone, tel(&fact.text)),
            FactKind::Email => (Word::Email, format!("mailto:{}", fact.text)),
            FactKind::Link => (Word::Website, web(&fact.text)),
            _ => continue,
        };
        items.push(Item {
            title: title.text(language).to_owned(),
            value: fact.text.clone(),
            link,
            ..Item::default()
        });
    }
    items.truncate(6);
    items
}

pub fn tel(number: &str) -> String {
    let digits: String = number
        .chars()
        .filter(|letter| letter.is_ascii_digit() || *letter == '+')
        .collect();
    format!("tel:{digits}")
}

fn web(address: &str) -> String {
    if address.starts_with("http") {
        address.to_owned()
    } else {
        format!("https://{address}")
    }
}

/// The title of the page: its name and what it is.
pub fn title(brief: &Brief, name: &str) -> String {
    let label = brief.business.label(brief.language);
    let mut title = name.to_owned();
    if !brief.is_unclear && label != name && !name.to_lowercase().contains(&label.to_lowercase()) {
        let bar = if brief.language == Language::English {
            " | "
        } else {
            "｜"
        };
        title = format!("{name}{bar}{label}");
    }
    title.chars().take(TITLE).collect()
}

/// What a search engine shows: facts, in a sentence.
pub fn description(brief: &Brief, name: &str) -> String {
    let label = brief.business.label(brief.language);
    let place = brief.fact(FactKind::Address);
    match (brief.language, place) {
        (Language::English, Some(place)) => format!("{name}: {}, {place}.", label.to_lowercase()),
        (Language::English, None) => format!("{name}: {}.", label.to_lowercase()),
        (_, Some(place)) => format!("{name}，{label}，{place}。"),
        (_, None) => format!("{name}，{label}。"),
    }
}
