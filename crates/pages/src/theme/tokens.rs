//! From a theme to the custom properties of a style sheet, for light and for dark.
//!
//! Lightness is where contrast comes from, so each role has a lightness of its own and takes only
//! hue and chroma from the palette; where a role carries text, it is moved until it can be read.

use super::{Corners, Density, Pairing, Palette, Theme};
use crate::colour::{Oklch, READABLE, Rgb};
use crate::language::Language;

/// One custom property.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Name without the two hyphens.
    pub name: &'static str,
    /// By day.
    pub light: Rgb,
    /// By night.
    pub dark: Rgb,
}

/// Which text stands on which ground: what the contrast is tested of.
pub const PAIRS: &[(&str, &str)] = &[
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "tint"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("muted", "tint"),
    ("brand-ink", "bg"),
    ("brand-ink", "surface"),
    ("brand-ink", "tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("on-accent", "accent"),
    ("on-deep", "deep"),
    ("deep-muted", "deep"),
    ("deep-accent", "deep"),
    ("deep", "on-deep"),
];

/// Every colour of a theme.
#[must_use]
pub fn tokens(theme: &Theme) -> Vec<Token> {
    let source = Source::of(theme);
    let light = shades(&source, &LIGHT);
    let dark = shades(&source, &DARK);
    light
        .into_iter()
        .zip(dark)
        .map(|((name, light), (_, dark))| Token { name, light, dark })
        .collect()
}

/// What the shades are computed from.
struct Source {
    brand: Oklch,
    /// Whether the brand colour was given, and must then be shown as it is where it can be.
    is_given: bool,
    accent: Oklch,
    paper: Oklch,
}

impl Source {
    fn of(theme: &Theme) -> Self {
        let palette = Palette::named(&theme.palette);
        let own = palette.brand();
        let brand = theme.brand.map_or(own, Rgb::oklch);
        // Another brand colour takes the palette's second colour round with it.
        let turn = if theme.brand.is_some() && brand.c > 0.02 {
            brand.h - own.h
        } else {
            0.0
        };
        let [accent_c, accent_h] = palette.accent;
        let [paper_c, paper_h] = palette.paper;
        Self {
            brand,
            is_given: theme.brand.is_some(),
            accent: Oklch::new(0.74, accent_c, (accent_h + turn).rem_euclid(360.0)),
            paper: Oklch::new(0.98, paper_c, (paper_h + turn).rem_euclid(360.0)),
        }
    }
}

/// The lightness of each role.
struct Levels {
    is_dark: bool,
    bg: f64,
    surface: f64,
    tint: f64,
    line: f64,
    ink: f64,
    muted: f64,
    brand_ink: f64,
    deep: f64,
    art: [f64; 5],
}

const LIGHT: Levels = Levels {
    is_dark: false,
    bg: 0.985,
    surface: 0.997,
    tint: 0.95,
    line: 0.875,
    ink: 0.22,
    muted: 0.45,
    brand_ink: 0.47,
    deep: 0.25,
    art: [0.90, 0.80, 0.975, 0.30, 0.66],
};

const DARK: Levels = Levels {
    is_dark: true,
    bg: 0.175,
    surface: 0.215,
    tint: 0.235,
    line: 0.34,
    ink: 0.95,
    muted: 0.76,
    brand_ink: 0.80,
    deep: 0.275,
    art: [0.33, 0.42, 0.90, 0.18, 0.62],
};

fn shades(source: &Source, levels: &Levels) -> Vec<(&'static str, Rgb)> {
    let (brand, paper) = (source.brand, source.paper);
    let neutral = |l: f64, chroma: f64| Oklch::new(l, chroma, paper.h);
    let bg = neutral(levels.bg, paper.c * if levels.is_dark { 0.8 } else { 0.7 }).rgb();
    let surface = neutral(
        levels.surface,
        paper.c * if levels.is_dark { 0.9 } else { 0.25 },
    )
    .rgb();
    let tint_chroma = (brand.c * 0.22).clamp(paper.c, 0.035);
    let tint = Oklch::new(levels.tint, tint_chroma, mixed_hue(brand, paper)).rgb();
    let grounds = [bg, surface, tint];
    let darker = !levels.is_dark;
    let ink = neutral(levels.ink, 0.018_f64.min(paper.c + 0.006)).readable_on(&grounds, darker);
    let muted = neutral(levels.muted, 0.02_f64.min(paper.c + 0.008)).readable_on(&grounds, darker);
    let brand_ink = Oklch::new(levels.brand_ink, brand.c.min(0.16), brand.h);
    let brand_ink = brand_ink.readable_on(&grounds, darker);
    let (fill, on_brand) = filled(source, levels);
    let hover = hovered(fill, on_brand);
    let accent = source
        .accent
        .at(if levels.is_dark { 0.78 } else { 0.76 })
        .rgb();
    let deep_base = Oklch::new(levels.deep, (brand.c * 0.5).clamp(0.012, 0.06), brand.h);
    let deep = deep_base.rgb();
    let on_deep = neutral(0.975, paper.c * 0.6).rgb();
    let mut all = vec![
        ("bg", bg),
        ("surface", surface),
        ("tint", tint),
        ("line", neutral(levels.line, paper.c + 0.004).rgb()),
        ("ink", ink),
        ("muted", muted),
        ("brand", fill),
        ("brand-hover", hover),
        ("on-brand", on_brand),
        ("brand-ink", brand_ink),
        ("accent", accent),
        ("on-accent", readable(accent)),
        ("deep", deep),
        ("on-deep", on_deep),
        (
            "deep-muted",
            Oklch::new(0.82, 0.02, brand.h).readable_on(&[deep], false),
        ),
        (
            "deep-accent",
            source.accent.at(0.84).readable_on(&[deep], false),
        ),
    ];
    all.extend(art(source, levels));
    all
}

/// Halfway from the brand's hue to the paper's, so that a tinted band belongs to both.
fn mixed_hue(brand: Oklch, paper: Oklch) -> f64 {
    if brand.c < 0.03 { paper.h } else { brand.h }
}

/// The fill of buttons and what stands on it.
fn filled(source: &Source, levels: &Levels) -> (Rgb, Rgb) {
    let mut brand = source.brand;
    if levels.is_dark && brand.l < 0.62 {
        brand = brand.at(0.72);
        brand.c = brand.c.min(0.15);
    }
    if source.is_given || levels.is_dark || brand.l > 0.70 {
        let fill = brand.rgb();
        return (fill, readable(fill));
    }
    // White on a colour of middling lightness looks right even where black would read better.
    let fill = brand.readable_on(&[Rgb::WHITE], true);
    (fill, Rgb::WHITE)
}

/// White or black, whichever can be read on it: one of them always can.
fn readable(ground: Rgb) -> Rgb {
    let near_black = Oklch::new(0.17, 0.01, ground.oklch().h).rgb();
    let white = Rgb::WHITE.contrast(ground);
    if white >= READABLE {
        Rgb::WHITE
    } else if near_black.contrast(ground) >= READABLE {
        near_black
    } else if white > Rgb::BLACK.contrast(ground) {
        Rgb::WHITE
    } else {
        Rgb::BLACK
    }
}

/// The fill under the pointer: a little further away from what stands on it.
fn hovered(fill: Rgb, on: Rgb) -> Rgb {
    let colour = fill.oklch();
    let step = if on.luminance() > 0.5 { -0.05 } else { 0.05 };
    let moved = colour.at((colour.l + step).clamp(0.0, 1.0)).rgb();
    if moved.contrast(on) >= READABLE {
        moved
    } else {
        fill
    }
}

/// The inks of the pictures: a quiet ground, two tints, paper, line, the brand, the accent.
fn art(source: &Source, levels: &Levels) -> Vec<(&'static str, Rgb)> {
    let Source { brand, accent, .. } = source;
    let [ground, tint, paper, line, middle] = levels.art;
    let strong = brand.at(brand.l.clamp(0.42, 0.78));
    vec![
        (
            "art-ground",
            Oklch::new(ground, (brand.c * 0.42).clamp(0.008, 0.06), brand.h).rgb(),
        ),
        (
            "art-tint",
            Oklch::new(tint, (brand.c * 0.6).clamp(0.012, 0.09), brand.h).rgb(),
        ),
        (
            "art-paper",
            Oklch::new(paper, source.paper.c, source.paper.h).rgb(),
        ),
        (
            "art-line",
            Oklch::new(line, (brand.c * 0.5).min(0.05), brand.h).rgb(),
        ),
        ("art-brand", strong.rgb()),
        (
            "art-deep",
            brand.at((brand.l - 0.14).clamp(0.26, 0.6)).rgb(),
        ),
        ("art-accent", accent.at(0.76).rgb()),
        (
            "art-middle",
            Oklch::new(middle, accent.c * 0.9, accent.h).rgb(),
        ),
    ]
}

/// The rest of a theme as custom properties: faces, corners, space.
#[must_use]
pub fn measures(theme: &Theme, language: Language) -> Vec<(&'static str, String)> {
    let pairing = Pairing::named(&theme.pairing);
    let (small, medium, large, pill) = match theme.corners {
        Corners::Sharp => ("0", "0", "0", "0"),
        Corners::Soft => ("6px", "12px", "20px", "10px"),
        Corners::Round => ("12px", "22px", "36px", "999px"),
    };
    let section = match theme.density {
        Density::Compact => "clamp(3rem, 2rem + 4vw, 5rem)",
        Density::Regular => "clamp(4rem, 2.4rem + 6vw, 7.5rem)",
        Density::Airy => "clamp(5rem, 2.6rem + 9vw, 10rem)",
    };
    let is_chinese = language != Language::English;
    let (tracking, leading) = if is_chinese {
        (0.01, 1.22)
    } else {
        (pairing.tracking, pairing.leading)
    };
    vec![
        ("display", stack(&pairing.display, &pairing.cjk, language)),
        ("text", stack(&pairing.text, "sans", language)),
        ("display-weight", pairing.weight.to_string()),
        ("display-tracking", format!("{tracking}em")),
        ("display-leading", leading.to_string()),
        ("radius-s", small.to_owned()),
        ("radius-m", medium.to_owned()),
        ("radius-l", large.to_owned()),
        ("radius-button", pill.to_owned()),
        ("space-section", section.to_owned()),
    ]
}

/// Latin faces first, then the Chinese ones of the page's script, then whatever the system has.
fn stack(latin: &str, cjk: &str, language: Language) -> String {
    let Some((faces, generic)) = latin.rsplit_once(", ") else {
        return latin.to_owned();
    };
    let chinese = match (language, cjk) {
        (Language::English, _) => return latin.to_owned(),
        (Language::Traditional, "serif") => {
            "\"Songti TC\", \"Noto Serif TC\", \"Noto Serif CJK TC\", \"Source Han Serif TC\", PMingLiU"
        }
        (Language::Traditional, _) => {
            "\"PingFang TC\", \"Microsoft JhengHei\", \"Noto Sans TC\", \"Noto Sans CJK TC\", \"Source Han Sans TC\""
        }
        (Language::Simplified, "serif") => {
            "\"Songti SC\", \"Noto Serif SC\", \"Noto Serif CJK SC\", \"Source Han Serif SC\", SimSun"
        }
        (Language::Simplified, _) => {
            "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans SC\", \"Noto Sans CJK SC\", \"Source Han Sans SC\""
        }
    };
    format!("{faces}, {chinese}, {generic}")
}
