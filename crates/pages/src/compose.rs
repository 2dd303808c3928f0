//! From a brief to the plan of a page: which sections, in which order and layout, with everything
//! that code knows in its place, and the forms for what the model has to write.

mod known;
mod left_over;
mod links;

pub use left_over::all_texts;

use std::sync::LazyLock;

use regex::Regex;

use crate::art::Chance;
use crate::copy::{Form, fixed};
use crate::ground::{Brief, FactKind};
use crate::plan::{Kind, MOST_SECTIONS, PagePlan, Section, Tone, VERSION};
use crate::words::pick;

/// Fewest sections between hero and footer that a page has unless the brief names its own.
const FEW: usize = 3;

/// A page before the model has written anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What code knows.
    pub plan: PagePlan,
    /// What the model is to write, from the top of the page to its end.
    pub forms: Vec<Form>,
}

/// Lays out the page of a brief. The same brief and seed give the same page.
#[must_use]
pub fn compose(brief: &Brief, seed: u32) -> Draft {
    let mut chance = Chance::new(seed);
    let name = brief.display_name();
    let kinds = kinds(brief);
    let mut sections = Vec::new();
    let mut forms = Vec::new();
    for (place, kind) in kinds.iter().enumerate() {
        let mut section = Section {
            id: kind.name().to_owned(),
            kind: *kind,
            layout: layout(*kind, brief, &mut chance),
            tone: tone(*kind, place, &kinds, &mut chance),
            ..Section::default()
        };
        let form = known::fill(
            &mut section,
            brief,
            seed.wrapping_add(u32::try_from(place).unwrap_or(0)),
        );
        fit_layout(&mut section);
        sections.push(section);
        forms.extend(form);
    }
    add_topics(brief, &mut sections, &mut forms);
    let mut plan = PagePlan {
        version: VERSION,
        language: brief.language,
        title: known::title(brief, &name),
        description: known::description(brief, &name),
        motifs: brief.business.motifs.clone(),
        seed,
        theme: brief.mood.theme(&brief.business.moods, seed),
        name,
        sections,
    };
    left_over::add_left_over(brief, &mut plan);
    plan.tidy();
    links::connect(brief, &mut plan);
    Draft { plan, forms }
}

/// Which sections, from top to bottom.
fn kinds(brief: &Brief) -> Vec<Kind> {
    let asked = &brief.asked;
    let mut kinds: Vec<Kind> = Vec::new();
    let mut add = |kind: Kind| {
        if !kinds.contains(&kind) && !asked.unwanted.contains(&kind) {
            kinds.push(kind);
        }
    };
    asked.kinds.iter().copied().for_each(&mut add);
    // What the brief tells facts about has a place for them.
    if !brief.hours.is_empty() {
        add(Kind::OpeningHours);
    }
    if !brief.offers.is_empty()
        && !asked.kinds.contains(&Kind::Pricing)
        && !asked.kinds.contains(&Kind::Products)
    {
        add(brief.business.offer);
    }
    if brief.people.len() > 1 {
        add(Kind::Team);
    }
    if !brief.events.is_empty() {
        add(Kind::Schedule);
    }
    if !brief.quotes.is_empty() {
        add(Kind::Testimonials);
    }
    let is_reachable = [FactKind::Address, FactKind::Phone, FactKind::Email]
        .iter()
        .any(|kind| brief.fact(*kind).is_some());
    if is_reachable {
        add(Kind::Contact);
    }
    for kind in asked.counts.keys() {
        add(*kind);
    }
    let named = asked.kinds.iter().filter(|kind| !kind.is_frame()).count();
    if named < FEW {
        let usual = brief.business.sections.iter().copied();
        usual
            .filter(|kind| can_stand(*kind, brief))
            .for_each(&mut add);
        add(Kind::CallToAction);
    }
    let mut kinds: Vec<Kind> = kinds.into_iter().filter(|kind| !kind.is_frame()).collect();
    if !asked.is_ordered {
        kinds.sort_by_key(|kind| Kind::ALL.iter().position(|other| other == kind));
    }
    let mut all = vec![Kind::Navigation, Kind::Hero];
    all.extend(kinds);
    all.push(Kind::Footer);
    all.retain(|kind| !(asked.unwanted.contains(kind) && *kind != Kind::Hero));
    all.truncate(MOST_SECTIONS);
    all
}

/// Sections that say nothing true without facts are only there when they are asked for.
fn can_stand(kind: Kind, brief: &Brief) -> bool {
    match kind {
        Kind::OpeningHours => !brief.hours.is_empty(),
        Kind::Team => !brief.people.is_empty(),
        Kind::Schedule => !brief.events.is_empty(),
        // What is offered stands in one of the two, not in both.
        Kind::Pricing => !brief.offers.is_empty() && !brief.asked.kinds.contains(&Kind::Products),
        Kind::Products => brief.offers.is_empty() || !brief.asked.kinds.contains(&Kind::Pricing),
        Kind::Testimonials => !brief.quotes.is_empty(),
        Kind::Partners => false,
        // What only counts the page's own lists is no reason for a section.
        Kind::Statistics => known::numbers(brief).len() > 1,
        _ => true,
    }
}

fn layout(kind: Kind, brief: &Brief, chance: &mut Chance) -> String {
    let layouts = kind.layouts();
    let moods = if brief.mood.words.is_empty() {
        &brief.business.moods
    } else {
        &brief.mood.words
    };
    let has = |words: &[&str]| moods.iter().any(|mood| words.contains(&mood.as_str()));
    let chosen = match kind {
        Kind::Hero if has(&["editorial", "minimal", "architectural", "black"]) => "poster",
        Kind::Hero if has(&["bold", "luxury", "dark", "sporty", "mysterious"]) => "band",
        Kind::Hero if has(&["friendly", "playful", "cheerful", "sweet"]) => {
            ["stage", "split"][chance.below(2)]
        }
        Kind::Hero => ["split", "split", "stage", "band"][chance.below(4)],
        Kind::Navigation if has(&["elegant", "luxury", "literary", "romantic", "japanese"]) => {
            "centred"
        }
        Kind::Navigation => "bar",
        Kind::Products
            if matches!(
                brief.business.id.as_str(),
                "restaurant" | "bar" | "tea" | "salon"
            ) && brief.offers.len() > 3 =>
        {
            "menu"
        }
        Kind::Gallery => ["mosaic", "mosaic", "strip"][chance.below(3)],
        Kind::CallToAction => ["band", "band", "card"][chance.below(3)],
        Kind::Footer => "columns",
        _ => layouts[chance.below(layouts.len())],
    };
    chosen.to_owned()
}

/// A layout that was made for few items is not given many.
fn fit_layout(section: &mut Section) {
    let items = section.items.len();
    let replaced = match (section.kind, section.layout.as_str()) {
        (Kind::Products, "showcase") if items > 3 => "cards",
        (Kind::Products, "cards") if items > 8 => "menu",
        (Kind::Products, "menu") if items > 0 && items < 4 => "cards",
        (Kind::Pricing, "columns") if items > 4 => "table",
        (Kind::Pricing, "table") if items < 2 => "columns",
        (Kind::Steps, "line") if items > 4 => "tall",
        (Kind::Features, "bento") if items > 4 => "cards",
        (Kind::Team, "cards") if items > 8 => "list",
        _ => return,
    };
    section.layout = replaced.to_owned();
}

/// Bands alternate, the hero and the last invitation stand out.
fn tone(kind: Kind, place: usize, kinds: &[Kind], chance: &mut Chance) -> Tone {
    match kind {
        Kind::Navigation | Kind::Footer => Tone::Plain,
        Kind::Hero => Tone::Tint,
        Kind::CallToAction => Tone::Deep,
        Kind::Statistics | Kind::Testimonials
            if chance.below(3) == 0 && !kinds.contains(&Kind::CallToAction) =>
        {
            Tone::Deep
        }
        // The section behind the hero stands on the page's own ground.
        _ if place.is_multiple_of(2) => Tone::Plain,
        _ => Tone::Tint,
    }
}

/// Topics of the brief's own become sections of notes.
fn add_topics(brief: &Brief, sections: &mut Vec<Section>, forms: &mut Vec<Form>) {
    let end = sections
        .iter()
        .position(|section| {
            matches!(
                section.kind,
                Kind::OpeningHours
                    | Kind::Contact
                    | Kind::Newsletter
                    | Kind::CallToAction
                    | Kind::Footer
            )
        })
        .unwrap_or(sections.len());
    for (number, topic) in brief.asked.topics.iter().enumerate() {
        let section = Section {
            id: format!("notes-{}", number + 1),
            kind: Kind::Notes,
            layout: "prose".to_owned(),
            label: crate::ground::hours::capitalised(topic),
            heading: crate::ground::hours::capitalised(topic),
            ..Section::default()
        };
        forms.push(Form {
            section: section.id.clone(),
            kind: Kind::Notes,
            heading: false,
            lead: true,
            items: crate::copy::Items::None,
            count: 0,
            topic: topic.clone(),
        });
        sections.insert((end + number).min(sections.len()), section);
    }
}

static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:design|create|make|build|write|generate|need|want|give|include|sections?|landing page|web ?page|website|web ?site|one-?page|homepage|layout|style|colou?rs?|palette|fonts?|hero|faq|should (?:have|be|look|feel)|please|looks?|feel)\b|設計|设计一|製作|制作|幫我|帮我|幫忙|做一個|做一个|網頁|网页|頁面|页面|網站|网站|區塊|区块|版面|色調|色调|風格|风格|配色|字體|字体|要有|包含|需要|希望|想要|請|请|放上|加上|不要")
        .expect("a test compiles it")
});

/// Whether a sentence asks for a page instead of telling about a place.
#[must_use]
pub fn is_request(sentence: &str) -> bool {
    REQUEST.is_match(sentence)
}

/// A label for what the brief says besides.
pub(crate) fn notes_heading(brief: &Brief, seed: u32) -> String {
    let heading = fixed::heading(Kind::Notes, brief.language, &brief.display_name(), seed);
    if heading.is_empty() {
        pick(brief.language, "Good to know", "須知", "须知").to_owned()
    } else {
        heading
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copy::checks::has_fact;
    use crate::render::render;

    const ROASTERY: &str = "Design a landing page for my coffee roastery, called Morning Light, warm and earthy. \
        Three coffees: Harbour Espresso (£11.50), Yirgacheffe £14 and Night Shift Decaf £12. Free shipping over £30. \
        14 Mill Lane, Leeds LS1 4DT, open Tue-Sat 8:00-16:00, closed on Monday. Phone 0113 496 0012, \
        hello@light.example. Roasting since 1987. Include an FAQ and testimonials.";

    #[test]
    fn every_fact_of_a_brief_is_in_the_page_before_the_model_writes() {
        for text in [
            ROASTERY,
            "幫我做「晴光牙醫」的網頁，要有團隊、常見問題和看診時間。院長林怡君（兒童牙科）、陳柏宇醫師。地址台北市大安區信義路四段99號3樓，電話02-2345-6789，週一至週五10:00到20:00，週日休診。初診掛號費150元，2015年成立，滿1000元免運。",
            "A 40-seat ramen bar. Tickets 12% off. We have 3 rooms and 25 volunteers.",
        ] {
            let brief = Brief::read(text, None);
            let draft = compose(&brief, 5);
            let page = crate::audit::visible_text(&render(&draft.plan));
            for fact in &brief.facts {
                assert!(
                    has_fact(&page, &fact.text),
                    "{fact:?} is missing in: {page}"
                );
            }
        }
    }

    #[test]
    fn sections_that_are_asked_for_are_there() {
        let brief = Brief::read(ROASTERY, None);
        let draft = compose(&brief, 1);
        for kind in [
            Kind::Products,
            Kind::Faq,
            Kind::Testimonials,
            Kind::OpeningHours,
            Kind::Contact,
        ] {
            assert!(draft.plan.section(kind).is_some(), "{kind:?}");
        }
        assert_eq!(draft.plan.section(Kind::Products).unwrap().items.len(), 3);
        assert!(draft.forms.iter().any(|form| form.kind == Kind::Hero));
        assert_eq!(
            compose(&brief, 1),
            draft,
            "the same seed gives the same page"
        );
    }

    #[test]
    fn an_order_that_is_named_is_kept() {
        let brief = Brief::read("A bakery. Sections: faq, pricing, gallery, contact", None);
        let kinds: Vec<Kind> = compose(&brief, 1)
            .plan
            .sections
            .iter()
            .map(|section| section.kind)
            .collect();
        let place = |kind| kinds.iter().position(|other| *other == kind).unwrap();
        assert!(
            place(Kind::Faq) < place(Kind::Pricing) && place(Kind::Pricing) < place(Kind::Gallery)
        );
    }
}
