//! From a wish in words to changes of the plan, as far as code understands it: sections to add, take
//! away, move and lay out differently, grounds, colours, moods, corners, texts in quotes.
//!
//! What is left over is offered to the model as a choice among changes that can be made; it never
//! writes one.

use std::sync::LazyLock;

use regex::Regex;

use super::Edit;
use crate::art::Motif;
use crate::ground::Mood;
use crate::ground::asked::kinds_named;
use crate::plan::{Kind, PagePlan, Section, Tone};
use crate::render::place;
use crate::theme::Scheme;

/// What was understood of a wish.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Understood {
    /// Changes, in the order of the wish.
    pub edits: Vec<Edit>,
    /// Clauses of which nothing was understood.
    pub rest: Vec<String>,
}

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("a test compiles every pattern"));
    };
}

pattern!(
    CLAUSES,
    r"(?i)[,;.，；。、\n]+|\band then\b|\band\b|\bthen\b|然後|然后|並且|并且|再"
);
pattern!(
    ADD,
    r"(?i)\b(?:add|include|insert|append|put in)\b|新增|加上|加入|加個|加个|加一|添加|放上"
);
pattern!(
    REMOVE,
    r"(?i)\b(?:remove|delete|drop|take out|take away|get rid of|hide)\b|移除|刪掉|刪除|删掉|删除|去掉|拿掉|不要"
);
pattern!(
    MOVE,
    r"(?i)\b(?:move|put|place|bring)\b|移到|搬到|放到|移動|移动"
);
pattern!(BEFORE, r"(?i)\b(?:above|before|over)\b|之前|前面|上面|上方");
pattern!(
    BEHIND,
    r"(?i)\b(?:below|after|under|behind)\b|之後|之后|後面|后面|下面|下方"
);
pattern!(
    FIRST,
    r"(?i)\bto the (?:top|beginning|front)\b|\bfirst\b|最前|最上"
);
pattern!(
    LAST,
    r"(?i)\bto the (?:end|bottom)\b|\blast\b|最後|最后|最下"
);
pattern!(
    LAYOUT,
    r"(?i)\b(?:layout|lay out|arrange|rearrange)\b|版型|版式|排版|佈局|布局"
);
pattern!(
    DARKER,
    r"(?i)\bdark(?:er)?\b|深一點|深一点|暗一點|暗一点|更深|更暗|深色|暗色"
);
pattern!(
    LIGHTER,
    r"(?i)\b(?:light(?:er)?|bright(?:er)?)\b|淺一點|浅一点|亮一點|亮一点|更淺|更浅|更亮|淺色|浅色"
);
pattern!(QUOTED, r#"["“「『]([^"”」』\n]{1,300})["”」』]"#);
pattern!(
    LEAD,
    r"(?i)\b(?:lead|subtitle|subheading|tagline|intro)\b|引言|副標|副标|說明文字"
);
pattern!(
    WHOLE,
    r"(?i)\b(?:section|part|block|page|site)\b|區塊|区块|整段|這段|这段|整頁|整页|網頁|网页"
);
pattern!(PAGE, r"(?i)\b(?:page|site)\b|整頁|整页|網頁|网页");
pattern!(
    ABOUT,
    r"(?i)\babout (?:the |our |my )?([a-z][a-z' -]{2,40})$|(?:關於|关于)([\u{4e00}-\u{9fff}]{2,12}?)(?:的|$)"
);

/// What a wish means. `about`: name of the part that the person took hold of; empty where none.
#[must_use]
pub fn understand(wish: &str, plan: &PagePlan, about: &str) -> Understood {
    let mut understood = Understood::default();
    let held = place(about).filter(|(section, ..)| !section.is_empty());
    let is_text = held.is_some_and(|(_, field, _)| !matches!(field, "" | "picture"));
    // A text in quotes may have commas of its own and is read as a whole.
    if let Some(quoted) = QUOTED.captures(wish)
        && !ADD.is_match(wish)
    {
        understood.edits.push(match held {
            Some((section, field, item)) if is_text => Edit::Text {
                section: section.to_owned(),
                field: field.to_owned(),
                item,
                text: quoted[1].to_owned(),
            },
            _ => text(wish, &quoted[1], plan),
        });
        return understood;
    }
    if is_text && !WHOLE.is_match(wish) {
        // What is to become of words is for the model.
        understood.rest.push(wish.to_owned());
        return understood;
    }
    if let Some((section, "picture", item)) = held
        && let Some(motif) = Motif::fitting(wish).first()
    {
        understood.edits.push(Edit::Art {
            section: section.to_owned(),
            item,
            motif: motif.id.clone(),
        });
        return understood;
    }
    let held = held.and_then(|(id, ..)| plan.sections.iter().find(|section| section.id == id));
    let mut last = held.map(|section| section.id.clone());
    for clause in CLAUSES.split(wish).map(str::trim) {
        if clause.is_empty() {
            continue;
        }
        let edits = meant(clause, plan, held, &mut last);
        if edits.is_empty() {
            understood.rest.push(clause.to_owned());
        } else {
            understood.edits.extend(edits);
        }
    }
    understood
}

/// Sections of the page that a clause names; `last` is the one that was spoken of before ("it").
fn named<'a>(clause: &str, plan: &'a PagePlan, last: Option<&str>) -> Vec<&'a Section> {
    let mut found: Vec<&Section> = kinds_named(clause)
        .into_iter()
        .filter_map(|kind| plan.section(kind))
        .collect();
    let says_it = clause
        .split(' ')
        .any(|word| word.eq_ignore_ascii_case("it"))
        || clause.contains('它');
    if found.is_empty() && says_it {
        found.extend(
            plan.sections
                .iter()
                .find(|section| Some(section.id.as_str()) == last),
        );
    }
    found
}

fn meant(
    clause: &str,
    plan: &PagePlan,
    held: Option<&Section>,
    last: &mut Option<String>,
) -> Vec<Edit> {
    if ADD.is_match(clause) {
        return added(clause);
    }
    let mut sections = named(clause, plan, last.as_deref());
    // Somebody who holds a section speaks of that, unless it is the page that they name.
    let held = held.filter(|_| !PAGE.is_match(clause));
    if sections.is_empty() {
        sections.extend(held);
    }
    if let Some(section) = sections.first() {
        *last = Some(section.id.clone());
        let edits = of_section(clause, section, sections.get(1).copied(), plan);
        if !edits.is_empty() {
            return edits;
        }
    }
    if held.is_some() {
        return Vec::new();
    }
    of_theme(clause, plan)
}

fn added(clause: &str) -> Vec<Edit> {
    let about = ABOUT.captures(clause).and_then(|found| {
        let topic = found.get(1).or_else(|| found.get(2))?;
        Some(crate::ground::hours::capitalised(topic.as_str().trim()))
    });
    let kinds = kinds_named(clause);
    // "About" leads to a topic here, and is no section of its own beside another one.
    let kind = kinds
        .iter()
        .copied()
        .find(|kind| !kind.is_frame() && (*kind != Kind::About || about.is_none()));
    match (kind, about) {
        (Some(kind), about) => vec![Edit::Add {
            kind,
            to: None,
            heading: about.unwrap_or_default(),
        }],
        (None, Some(heading)) => vec![Edit::Add {
            kind: Kind::Notes,
            to: None,
            heading,
        }],
        (None, None) => Vec::new(),
    }
}

fn of_section(
    clause: &str,
    section: &Section,
    other: Option<&Section>,
    plan: &PagePlan,
) -> Vec<Edit> {
    let id = section.id.clone();
    if REMOVE.is_match(clause) {
        return vec![Edit::Remove { section: id }];
    }
    if LAYOUT.is_match(clause) {
        return vec![Edit::Layout {
            section: id,
            layout: String::new(),
        }];
    }
    if MOVE.is_match(clause) {
        let to = goal(clause, section, other, plan);
        return to
            .map(|to| Edit::Move { section: id, to })
            .into_iter()
            .collect();
    }
    if DARKER.is_match(clause) {
        return vec![Edit::Tone {
            section: id,
            tone: Tone::Deep,
        }];
    }
    if LIGHTER.is_match(clause) {
        return vec![Edit::Tone {
            section: id,
            tone: Tone::Plain,
        }];
    }
    Vec::new()
}

/// Where a section is to be moved.
fn goal(
    clause: &str,
    section: &Section,
    other: Option<&Section>,
    plan: &PagePlan,
) -> Option<usize> {
    let place = |wanted: &Section| {
        plan.sections
            .iter()
            .position(|section| section.id == wanted.id)
    };
    let from = place(section)?;
    match other.and_then(place) {
        // The section itself is taken out before it is put in.
        Some(beside) if BEFORE.is_match(clause) => Some(beside - usize::from(from < beside)),
        Some(beside) if BEHIND.is_match(clause) => Some(beside + usize::from(from > beside)),
        _ if FIRST.is_match(clause) => Some(2),
        _ if LAST.is_match(clause) => Some(plan.sections.len().saturating_sub(2)),
        _ => None,
    }
}

fn of_theme(clause: &str, plan: &PagePlan) -> Vec<Edit> {
    let mood = Mood::find(clause);
    let has_mood = !mood.words.is_empty();
    let theme = mood.theme(&[], plan.seed);
    let scheme = match mood.scheme {
        Scheme::Auto if DARKER.is_match(clause) => Some(Scheme::Dark),
        Scheme::Auto if LIGHTER.is_match(clause) => Some(Scheme::Light),
        Scheme::Auto => None,
        scheme => Some(scheme),
    };
    let is_shape = mood.corners.is_some() || mood.density.is_some();
    if !has_mood && mood.colour.is_none() && scheme.is_none() && !is_shape {
        return Vec::new();
    }
    vec![Edit::Theme {
        palette: (has_mood || mood.colour.is_some()).then_some(theme.palette),
        brand: match (mood.colour, has_mood) {
            (Some(colour), _) => Some(colour.hex()),
            // Another mood is another palette, and the old brand colour would hide it.
            (None, true) => Some(String::new()),
            (None, false) => None,
        },
        pairing: has_mood.then_some(theme.pairing),
        corners: mood.corners,
        density: mood.density,
        scheme,
    }]
}

fn text(wish: &str, quoted: &str, plan: &PagePlan) -> Edit {
    let before = wish.split(quoted).next().unwrap_or(wish);
    let section = named(before, plan, None)
        .first()
        .map(|section| section.id.clone());
    let hero = plan.section(Kind::Hero).map(|hero| hero.id.clone());
    Edit::Text {
        section: section.or(hero).unwrap_or_default(),
        field: if LEAD.is_match(before) {
            "lead"
        } else {
            "heading"
        }
        .to_owned(),
        item: 0,
        text: quoted.to_owned(),
    }
}

/// Moods that are offered.
const MOODS: &[&str] = &[
    "warm", "calm", "modern", "elegant", "playful", "bold", "minimal", "fresh", "serious",
    "romantic",
];

/// Changes that could be meant by a clause that was not understood, each with words for it.
#[must_use]
pub fn offers(plan: &PagePlan) -> Vec<(String, Edit)> {
    let mut offers = Vec::new();
    for section in plan
        .sections
        .iter()
        .filter(|section| !section.kind.is_frame())
    {
        let (name, id) = (section.kind.name(), &section.id);
        offers.push((
            format!("remove {name}"),
            Edit::Remove {
                section: id.clone(),
            },
        ));
        let layout = Edit::Layout {
            section: id.clone(),
            layout: String::new(),
        };
        offers.push((format!("lay out {name} differently"), layout));
        let tone = Edit::Tone {
            section: id.clone(),
            tone: Tone::Deep,
        };
        offers.push((format!("darken {name}"), tone));
    }
    for kind in Kind::ALL
        .into_iter()
        .filter(|kind| plan.section(*kind).is_none())
    {
        let add = Edit::Add {
            kind,
            to: None,
            heading: String::new(),
        };
        offers.push((format!("add {}", kind.name()), add));
    }
    for mood in MOODS {
        let edits = of_theme(mood, plan);
        offers.extend(
            edits
                .into_iter()
                .map(|edit| (format!("make it {mood}"), edit)),
        );
    }
    offers
}

#[cfg(test)]
mod tests;
