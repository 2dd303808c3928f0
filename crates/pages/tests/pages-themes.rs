//! Whatever colour is given, every text can be read on what it stands on, by day and by night.

use pages::colour::{READABLE, Rgb};
use pages::theme::{PAIRS, Pairing, Palette, Theme, tokens};
use proptest::prelude::*;

fn worst(theme: &Theme) -> (f64, String) {
    let tokens = tokens(theme);
    let of = |name: &str| tokens.iter().find(|token| token.name == name).unwrap();
    PAIRS
        .iter()
        .flat_map(|(text, ground)| {
            let (one, two) = (of(text), of(ground));
            [
                (
                    one.light.contrast(two.light),
                    format!("{text} on {ground}, light"),
                ),
                (
                    one.dark.contrast(two.dark),
                    format!("{text} on {ground}, dark"),
                ),
            ]
        })
        .reduce(|worst, next| if next.0 < worst.0 { next } else { worst })
        .unwrap()
}

#[test]
fn every_palette_can_be_read() {
    assert!(Palette::all().len() >= 24 && Pairing::all().len() >= 10);
    for palette in Palette::all() {
        let theme = Theme {
            palette: palette.id.clone(),
            ..Theme::default()
        };
        let (contrast, pair) = worst(&theme);
        assert!(
            contrast >= READABLE,
            "{}: {pair} has {contrast:.2}",
            palette.id
        );
    }
}

#[test]
fn odd_brand_colours_can_be_read() {
    for hex in [
        "#ffff00", "#ffffff", "#000000", "#00ff00", "#0000ff", "#ff00ff", "#808080", "#767676",
        "#00ffff",
    ] {
        for palette in Palette::all() {
            let theme = Theme {
                palette: palette.id.clone(),
                brand: Rgb::parse(hex),
                ..Theme::default()
            };
            let (contrast, pair) = worst(&theme);
            assert!(
                contrast >= READABLE,
                "{hex} in {}: {pair} has {contrast:.2}",
                palette.id
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_brand_colour_can_be_read(r: u8, g: u8, b: u8, place in 0..24_usize) {
        let theme = Theme {
            palette: Palette::all()[place].id.clone(),
            brand: Some(Rgb(r, g, b)),
            ..Theme::default()
        };
        let (contrast, pair) = worst(&theme);
        prop_assert!(contrast >= READABLE, "#{r:02x}{g:02x}{b:02x}: {pair} has {contrast:.2}");
    }
}
