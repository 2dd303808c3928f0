//! What a page looks like, read off its style sheets: which colours it uses most, whether its headings
//! have serifs, whether its corners are round, whether it is dark, how much air it has.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use scraper::Html;
use url::Url;

use crate::audit::elements;
use crate::colour::Rgb;
use crate::ground::Mood;
use crate::theme::{Corners, Density, Palette, Scheme, Theme};

/// Most style sheets that are fetched.
const SHEETS: usize = 2;

/// What something looks like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Look {
    /// Colours that are not grey, the one used most first.
    pub colours: Vec<Rgb>,
    /// Whether headings have serifs, where that is known.
    pub serif: Option<bool>,
    /// Whether it is dark.
    pub is_dark: bool,
    /// How round corners are, where that is known.
    pub corners: Option<Corners>,
    /// How much air there is, where that is known.
    pub density: Option<Density>,
}

static HEX: LazyLock<Regex> = LazyLock::new(|| compiled(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b"));
static RGB: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"rgba?\(\s*(\d{1,3})[,\s]+(\d{1,3})[,\s]+(\d{1,3})"));
static FAMILY: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)font-family\s*:\s*([^;}]+)"));
static RADIUS: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)border-radius\s*:\s*(\d+(?:\.\d+)?)(px|rem|em|%)"));
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?i)(?:^|[\s,}])(?:body|html|:root)\s*\{[^}]*?background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}|rgba?\([^)]*\)|black|white)",
    )
});
static PADDING: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)padding(?:-top|-block)?\s*:\s*(\d+(?:\.\d+)?)(px|rem)"));

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test compiles every pattern")
}

/// What stands in the page's own style elements and attributes.
pub fn inline_styles(html: &str) -> String {
    let document = Html::parse_document(html);
    let mut css: String = elements(&document, "style")
        .map(|style| style.text().collect::<String>())
        .collect();
    for element in document
        .tree
        .root()
        .descendants()
        .filter_map(scraper::ElementRef::wrap)
    {
        if let Some(style) = element.value().attr("style") {
            css.push_str(style);
            css.push('\n');
        }
        if element.value().attr("name") == Some("theme-color")
            && let Some(colour) = element.value().attr("content")
        {
            // What a page calls its own colour counts for many uses of it.
            css.push_str(&format!("{colour};").repeat(12));
        }
    }
    css
}

/// Addresses of its style sheets.
pub fn sheets(html: &str, base: &Url) -> Vec<String> {
    let document = Html::parse_document(html);
    elements(&document, "link")
        .filter(|link| {
            link.value()
                .attr("rel")
                .is_some_and(|rel| rel.to_lowercase().contains("stylesheet"))
        })
        .filter_map(|link| base.join(link.value().attr("href")?).ok())
        .map(String::from)
        .take(SHEETS)
        .collect()
}

impl Look {
    /// Of a page with its styles.
    #[must_use]
    pub fn of_page(html: &str, css: &str) -> Self {
        let text = format!(
            "{css}\n{}",
            html.get(..html.floor_char_boundary(200_000)).unwrap_or("")
        );
        let mut uses: HashMap<(u8, u8, u8), usize> = HashMap::new();
        let hexes = HEX
            .find_iter(&text)
            .filter_map(|hit| Rgb::parse(hit.as_str()));
        let triples = RGB.captures_iter(&text).filter_map(|found| {
            let part = |place: usize| found[place].parse::<u8>().ok();
            Some(Rgb(part(1)?, part(2)?, part(3)?))
        });
        for colour in hexes.chain(triples) {
            *uses.entry((colour.0, colour.1, colour.2)).or_default() += 1;
        }
        let weighed = uses
            .into_iter()
            .map(|((r, g, b), count)| (Rgb(r, g, b), count));
        Self {
            colours: lively(weighed.collect()),
            serif: serif(css),
            is_dark: BODY
                .captures(css)
                .is_some_and(|found| ground_is_dark(&found[1])),
            corners: corners(css),
            density: density(css),
        }
    }

    /// Of colours that were counted.
    #[must_use]
    pub fn of_colours(counted: Vec<(Rgb, usize)>) -> Self {
        let total: usize = counted.iter().map(|(_, count)| count).sum();
        let dark: usize = counted
            .iter()
            .filter(|(colour, _)| colour.luminance() < 0.08)
            .map(|(_, count)| count)
            .sum();
        Self {
            is_dark: dark * 2 > total,
            colours: lively(counted),
            ..Self::default()
        }
    }

    /// Gives a theme this look, where the brief has not said otherwise.
    pub fn dress(&self, theme: &mut Theme, mood: &Mood) {
        if mood.colour.is_none()
            && let Some(colour) = self.colours.first()
        {
            Palette::nearest(*colour).id.clone_into(&mut theme.palette);
            theme.brand = Some(*colour);
        }
        if self.is_dark && mood.scheme == Scheme::Auto {
            theme.scheme = Scheme::Dark;
        }
        if mood.corners.is_none() {
            theme.corners = self.corners.unwrap_or(theme.corners);
        }
        if mood.density.is_none() {
            theme.density = self.density.unwrap_or(theme.density);
        }
        match self.serif {
            Some(true) => "transitional".clone_into(&mut theme.pairing),
            Some(false) => "grotesque".clone_into(&mut theme.pairing),
            None => {}
        }
    }
}

/// Colours with a hue, the one that is used most and seen most first.
fn lively(counted: Vec<(Rgb, usize)>) -> Vec<Rgb> {
    #[expect(clippy::cast_precision_loss, reason = "counts of a page are small")]
    let mut weighed: Vec<(f64, Rgb)> = counted
        .into_iter()
        .map(|(colour, count)| (colour, colour.oklch(), count))
        .filter(|(_, seen, _)| seen.c > 0.05 && (0.25..0.92).contains(&seen.l))
        .map(|(colour, seen, count)| (seen.c * (count as f64).sqrt(), colour))
        .collect();
    weighed.sort_by(|one, other| {
        let first = other.0.total_cmp(&one.0);
        first.then_with(|| one.1.hex().cmp(&other.1.hex()))
    });
    weighed
        .into_iter()
        .map(|(_, colour)| colour)
        .take(6)
        .collect()
}

fn serif(css: &str) -> Option<bool> {
    let mut serif = 0;
    let mut sans = 0;
    for found in FAMILY.captures_iter(css) {
        let faces = found[1].to_lowercase();
        if faces.contains("sans") {
            sans += 1;
        } else if faces.contains("serif") || faces.contains("georgia") || faces.contains("times") {
            serif += 1;
        }
    }
    (serif + sans > 0).then_some(serif > sans)
}

fn ground_is_dark(value: &str) -> bool {
    let colour = match value {
        "black" => Some(Rgb::BLACK),
        value if value.starts_with('#') => Rgb::parse(value),
        value => RGB.captures(value).and_then(|found| {
            let part = |place: usize| found[place].parse::<u8>().ok();
            Some(Rgb(part(1)?, part(2)?, part(3)?))
        }),
    };
    colour.is_some_and(|colour| colour.luminance() < 0.1)
}

fn pixels(found: &regex::Captures<'_>) -> Option<f64> {
    let value: f64 = found[1].parse().ok()?;
    match &found[2] {
        "px" => Some(value),
        "%" => Some(if value >= 50.0 { 24.0 } else { value }),
        _ => Some(value * 16.0),
    }
}

fn corners(css: &str) -> Option<Corners> {
    let mut radii: Vec<f64> = RADIUS
        .captures_iter(css)
        .filter_map(|found| pixels(&found))
        .collect();
    radii.sort_by(f64::total_cmp);
    let middle = *radii.get(radii.len() / 2)?;
    Some(match middle {
        ..2.5 => Corners::Sharp,
        2.5..14.0 => Corners::Soft,
        _ => Corners::Round,
    })
}

fn density(css: &str) -> Option<Density> {
    let largest = PADDING
        .captures_iter(css)
        .filter_map(|found| pixels(&found))
        .fold(0.0_f64, f64::max);
    match largest {
        ..1.0 => None,
        1.0..40.0 => Some(Density::Compact),
        40.0..120.0 => Some(Density::Regular),
        _ => Some(Density::Airy),
    }
}
