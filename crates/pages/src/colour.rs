//! Colours: OKLCH, in which equal steps look equal, sRGB, in which pages are written, and the
//! contrast that people need to read.
//!
//! The arithmetic is Björn Ottosson's OKLab and the luminance of WCAG 2. It is a hundred lines, less
//! than a crate for it would cost to build, and a page needs nothing else of colour science.

use serde::{Deserialize, Serialize};

/// The contrast that WCAG AA asks of text.
pub const READABLE: f64 = 4.5;

/// A colour as screens take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A colour as people see it: lightness 0 to 1, chroma from 0 (grey) to about 0.37, hue in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Oklch {
    /// Lightness, 0 black to 1 white.
    pub l: f64,
    /// Chroma, 0 grey.
    pub c: f64,
    /// Hue in degrees.
    pub h: f64,
}

impl Rgb {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self(0, 0, 0);

    /// Reads `#rgb` or `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| u8::try_from(number >> shift & 0xff).unwrap_or(0);
        match digits.len() {
            6 => Some(Self(byte(16), byte(8), byte(0))),
            3 => {
                let half = |shift: u32| u8::try_from((number >> shift & 0xf) * 17).unwrap_or(0);
                Some(Self(half(8), half(4), half(0)))
            }
            _ => None,
        }
    }

    /// As style sheets write it.
    #[must_use]
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Relative luminance by WCAG, 0 to 1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// Contrast with another colour, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// As people see it.
    #[must_use]
    pub fn oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        Oklch {
            l: lightness,
            c: a.hypot(b),
            h: b.atan2(a).to_degrees().rem_euclid(360.0),
        }
    }
}

/// A text that is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no colour")]
pub struct NoColour(String);

impl TryFrom<String> for Rgb {
    type Error = NoColour;

    fn try_from(text: String) -> Result<Self, NoColour> {
        Self::parse(&text).ok_or(NoColour(text))
    }
}

impl From<Rgb> for String {
    fn from(colour: Rgb) -> Self {
        colour.hex()
    }
}

impl Oklch {
    /// A colour by its three numbers.
    #[must_use]
    pub const fn new(l: f64, c: f64, h: f64) -> Self {
        Self { l, c, h }
    }

    /// The same at another lightness.
    #[must_use]
    pub fn at(self, l: f64) -> Self {
        Self { l, ..self }
    }

    /// The nearest colour that a screen can show: chroma gives way, lightness and hue stay.
    #[must_use]
    pub fn rgb(self) -> Rgb {
        let l = self.l.clamp(0.0, 1.0);
        if let Some(found) = self.at(l).exactly() {
            return found;
        }
        let (mut low, mut high) = (0.0, self.c);
        for _ in 0..16 {
            let middle = f64::midpoint(low, high);
            match Self::new(l, middle, self.h).exactly() {
                Some(_) => low = middle,
                None => high = middle,
            }
        }
        Self::new(l, low, self.h)
            .exactly()
            .unwrap_or(if l < 0.5 { Rgb::BLACK } else { Rgb::WHITE })
    }

    /// The colour itself, if a screen can show it.
    fn exactly(self) -> Option<Rgb> {
        let (sin, cos) = self.h.to_radians().sin_cos();
        let (a, b) = (self.c * cos, self.c * sin);
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        let channels = [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ];
        let is_shown = |value: &f64| (-0.0005..=1.0005).contains(value);
        channels.iter().all(is_shown).then(|| {
            let [r, g, b] = channels.map(encoded);
            Rgb(r, g, b)
        })
    }

    /// The lightness nearest to this one at which the colour is readable on every one of `grounds`,
    /// going darker or lighter; black or white where the hue cannot do it.
    #[must_use]
    pub fn readable_on(self, grounds: &[Rgb], darker: bool) -> Rgb {
        let reads = |colour: Rgb| {
            grounds
                .iter()
                .all(|ground| colour.contrast(*ground) >= READABLE + 0.02)
        };
        let step = if darker { -0.01 } else { 0.01 };
        let mut l = self.l;
        while (0.0..=1.0).contains(&l) {
            let colour = self.at(l).rgb();
            if reads(colour) {
                return colour;
            }
            l += step;
        }
        if darker { Rgb::BLACK } else { Rgb::WHITE }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value was clamped to a byte"
)]
fn encoded(linear: f64) -> u8 {
    let linear = linear.clamp(0.0, 1.0);
    let value = if linear <= 0.003_130_8 {
        linear * 12.92
    } else {
        1.055 * linear.powf(1.0 / 2.4) - 0.055
    };
    (value * 255.0).round().clamp(0.0, 255.0) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_to_oklch_and_back() {
        for hex in [
            "#000000", "#ffffff", "#ffff00", "#0044cc", "#7a3e1d", "#808080",
        ] {
            let colour = Rgb::parse(hex).unwrap();
            assert_eq!(colour.oklch().rgb().hex(), hex);
        }
        assert_eq!(Rgb::parse("#fa0"), Rgb::parse("#ffaa00"));
        for bad in ["fff", "#ff", "#gggggg", "#é1", ""] {
            assert_eq!(Rgb::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Rgb::BLACK.contrast(Rgb::WHITE) - 21.0).abs() < 1e-9);
        let grey = Rgb::parse("#767676").unwrap();
        assert!((grey.contrast(Rgb::WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn what_no_screen_shows_gives_up_chroma() {
        let wild = Oklch::new(0.6, 0.5, 140.0).rgb().oklch();
        assert!(
            (wild.l - 0.6).abs() < 0.02 && (wild.h - 140.0).abs() < 4.0,
            "{wild:?}"
        );
    }
}
