//! What a page can be made to look like and of what, for those who let people choose.

use serde::{Deserialize, Serialize};

use crate::plan::Kind;
use crate::theme::{Pairing, Palette, Theme, tokens};

/// Everything that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PageChoices {
    /// Palettes.
    pub palettes: Vec<PaletteChoice>,
    /// Ids of type pairings.
    pub pairings: Vec<String>,
    /// Kinds of section, in the order in which pages have them, with their layouts.
    pub kinds: Vec<KindChoice>,
}

/// A palette as a row of swatches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PaletteChoice {
    /// Its id.
    pub id: String,
    /// Ground, brand, second colour and the dark band, `#rrggbb`.
    pub swatches: Vec<String>,
}

/// A kind of section.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct KindChoice {
    /// Which.
    pub kind: Kind,
    /// Names of its layouts, the usual one first.
    pub layouts: Vec<String>,
}

impl PageChoices {
    /// Everything there is.
    #[must_use]
    pub fn all() -> Self {
        Self {
            palettes: Palette::all().iter().map(swatches).collect(),
            pairings: Pairing::all()
                .iter()
                .map(|pairing| pairing.id.clone())
                .collect(),
            kinds: Kind::ALL
                .into_iter()
                .map(|kind| KindChoice {
                    kind,
                    layouts: kind
                        .layouts()
                        .iter()
                        .map(|layout| (*layout).to_owned())
                        .collect(),
                })
                .collect(),
        }
    }
}

fn swatches(palette: &Palette) -> PaletteChoice {
    let theme = Theme {
        palette: palette.id.clone(),
        ..Theme::default()
    };
    let tokens = tokens(&theme);
    let shown = ["bg", "brand", "accent", "deep"];
    PaletteChoice {
        id: palette.id.clone(),
        swatches: shown
            .iter()
            .filter_map(|name| tokens.iter().find(|token| token.name == *name))
            .map(|token| token.light.hex())
            .collect(),
    }
}
