//! What a page can be made to look like and of what, for those who let people choose.

use assistant::description::Localized;
use serde::{Deserialize, Serialize};

use crate::art::Motif;
use crate::language::{Language, is_han};
use crate::plan::Kind;
use crate::theme::{Pairing, Palette, Theme, tokens};

/// Everything that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PageChoices {
    /// Palettes.
    pub palettes: Vec<PaletteChoice>,
    /// Type pairings.
    pub pairings: Vec<PairingChoice>,
    /// Kinds of section, in the order in which pages have them, with their layouts.
    pub kinds: Vec<KindChoice>,
    /// What pictures can be about.
    pub motifs: Vec<MotifChoice>,
}

/// Something that a picture can show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct MotifChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
}

/// A pairing of faces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PairingChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
}

/// A palette as a row of swatches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct PaletteChoice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: Localized,
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
                .map(|pairing| PairingChoice {
                    id: pairing.id.clone(),
                    label: called(&pairing.name[0], &pairing.name[1]),
                })
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
            motifs: Motif::all().iter().map(motif).collect(),
        }
    }
}

/// A motif is called by the first of its words in each language.
fn motif(motif: &Motif) -> MotifChoice {
    let word = |is_chinese: bool| {
        let found = motif
            .words
            .iter()
            .find(|word| word.chars().any(is_han) == is_chinese);
        found.unwrap_or(&motif.id).clone()
    };
    MotifChoice {
        id: motif.id.clone(),
        label: called(&word(false), &word(true)),
    }
}

/// A name in English and in either script of Chinese.
fn called(english: &str, chinese: &str) -> Localized {
    Localized {
        en: english.to_owned(),
        zh_hant: Language::Traditional.in_script(chinese, &[]),
        zh_hans: Language::Simplified.in_script(chinese, &[]),
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
        label: called(&palette.name[0], &palette.name[1]),
        swatches: shown
            .iter()
            .filter_map(|name| tokens.iter().find(|token| token.name == *name))
            .map(|token| token.light.hex())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_a_name_in_every_language() {
        let all = PageChoices::all();
        let palettes = all.palettes.iter().map(|one| (&one.id, &one.label));
        let pairings = all.pairings.iter().map(|one| (&one.id, &one.label));
        let motifs = all.motifs.iter().map(|one| (&one.id, &one.label));
        for (id, label) in palettes.chain(pairings).chain(motifs) {
            let chinese = [&label.zh_hant, &label.zh_hans];
            assert!(chinese.iter().all(|name| name.chars().any(is_han)), "{id}");
            assert!(
                !label.en.is_empty() && !label.en.chars().any(is_han),
                "{id}"
            );
        }
        let indigo = all.palettes.iter().find(|one| one.id == "indigo").unwrap();
        assert_eq!(
            [&*indigo.label.zh_hant, &*indigo.label.zh_hans],
            ["靛藍", "靛蓝"]
        );
    }
}
