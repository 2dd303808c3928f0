//! How a page looks, apart from what it says: palette, type, corners, space, and by which of light
//! and dark it is shown. A theme is a few choices; everything that a style sheet needs is computed
//! from them here, so that no choice can make a text unreadable.

mod tokens;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::colour::{Oklch, Rgb};
pub use tokens::{PAIRS, Token, measures, tokens};

/// The look that a person or code chose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Id of a palette.
    pub palette: String,
    /// A brand colour that takes the place of the palette's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Rgb>,
    /// Id of a type pairing.
    pub pairing: String,
    /// How round corners are.
    #[serde(default)]
    pub corners: Corners,
    /// How much air there is.
    #[serde(default)]
    pub density: Density,
    /// By day, by night, or as the reader's system says.
    #[serde(default)]
    pub scheme: Scheme,
}

/// How round corners are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PageCorners")]
pub enum Corners {
    /// Not at all.
    Sharp,
    /// A little.
    #[default]
    Soft,
    /// Much.
    Round,
}

/// How much air there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PageDensity")]
pub enum Density {
    /// Little: for those who have much to show.
    Compact,
    /// As usual.
    #[default]
    Regular,
    /// Much: for those who have little to say and say it well.
    Airy,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "PageScheme")]
pub enum Scheme {
    /// As the reader's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// A palette as it is kept: what the arithmetic starts from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Palette {
    /// Stable name.
    pub id: String,
    /// What people call it, in English and in traditional Chinese.
    pub name: [String; 2],
    /// Lightness, chroma and hue of the first colour.
    pub brand: [f64; 3],
    /// Chroma and hue of the second.
    pub accent: [f64; 2],
    /// Chroma and hue of the ground.
    pub paper: [f64; 2],
    /// Words by which a brief asks for it.
    pub moods: Vec<String>,
}

/// A pairing of faces.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Pairing {
    /// Stable name.
    pub id: String,
    /// What people call it, in English and in traditional Chinese.
    pub name: [String; 2],
    /// Faces of headings.
    pub display: String,
    /// Faces of text.
    pub text: String,
    /// Which Chinese face goes with it: `serif` or `sans`.
    pub cjk: String,
    /// Weight of headings.
    pub weight: u16,
    /// Letter spacing of the largest heading, in em.
    pub tracking: f64,
    /// Line height of the largest heading.
    pub leading: f64,
    /// Words by which a brief asks for it.
    pub moods: Vec<String>,
}

#[derive(Deserialize)]
struct PaletteFile {
    palette: Vec<Palette>,
}

#[derive(Deserialize)]
struct PairingFile {
    pairing: Vec<Pairing>,
}

static PALETTES: LazyLock<Vec<Palette>> = LazyLock::new(|| {
    let file: PaletteFile = toml::from_str(include_str!("../../../assets/pages/palettes.toml"))
        .expect("a test reads the palettes that are built in");
    file.palette
});

static PAIRINGS: LazyLock<Vec<Pairing>> = LazyLock::new(|| {
    let file: PairingFile = toml::from_str(include_str!("../../../assets/pages/types.toml"))
        .expect("a test reads the pairings that are built in");
    file.pairing
});

impl Palette {
    /// Every palette there is.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PALETTES
    }

    /// The palette of that name, or the first where there is none.
    #[must_use]
    pub fn named(id: &str) -> &'static Self {
        let all = Self::all();
        all.iter()
            .find(|palette| palette.id == id)
            .unwrap_or(&all[0])
    }

    /// The first colour.
    #[must_use]
    pub fn brand(&self) -> Oklch {
        let [l, c, h] = self.brand;
        Oklch::new(l, c, h)
    }

    /// The palette whose first colour looks most like `colour`.
    #[must_use]
    pub fn nearest(colour: Rgb) -> &'static Self {
        let wanted = colour.oklch();
        let distance = |palette: &Self| {
            let own = palette.brand();
            let turn = (wanted.h - own.h).to_radians();
            let along = own.c.hypot(wanted.c);
            let chroma = along * along - 2.0 * own.c * wanted.c * turn.cos();
            chroma + (own.l - wanted.l).powi(2) / 4.0
        };
        let first = &Self::all()[0];
        Self::all().iter().fold(first, |best, palette| {
            if distance(palette) < distance(best) {
                palette
            } else {
                best
            }
        })
    }
}

impl Pairing {
    /// Every pairing there is.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &PAIRINGS
    }

    /// The pairing of that name, or the first where there is none.
    #[must_use]
    pub fn named(id: &str) -> &'static Self {
        let all = Self::all();
        all.iter()
            .find(|pairing| pairing.id == id)
            .unwrap_or(&all[0])
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            palette: "roast".to_owned(),
            brand: None,
            pairing: "oldstyle".to_owned(),
            corners: Corners::default(),
            density: Density::default(),
            scheme: Scheme::default(),
        }
    }
}
