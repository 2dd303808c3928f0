//! How a page is to look, as far as a brief says: moods, colours, corners, air, light or dark.

use serde::{Deserialize, Serialize};

use crate::colour::Rgb;
use crate::theme::{Corners, Density, Pairing, Palette, Scheme, Theme};

/// What a brief says about looks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mood {
    /// Words of mood, as palettes and pairings have them.
    pub words: Vec<String>,
    /// A colour that is named or given.
    pub colour: Option<Rgb>,
    /// Light or dark, where that is said.
    pub scheme: Scheme,
    /// Corners, where they are said.
    pub corners: Option<Corners>,
    /// Air, where it is said.
    pub density: Option<Density>,
}

/// Words of briefs, each with the moods that it means.
const MOODS: &[(&str, &[&str])] = &[
    ("warm", &["warm"]),
    ("earthy", &["earthy", "natural"]),
    ("cosy", &["cosy"]),
    ("cozy", &["cosy"]),
    ("rustic", &["rustic", "handmade"]),
    ("natural", &["natural"]),
    ("organic", &["organic", "natural"]),
    ("handmade", &["handmade"]),
    ("calm", &["calm"]),
    ("quiet", &["quiet"]),
    ("soft", &["soft"]),
    ("gentle", &["gentle"]),
    ("minimal", &["minimal"]),
    ("clean", &["clean"]),
    ("simple", &["minimal"]),
    ("modern", &["modern"]),
    ("bold", &["bold"]),
    ("loud", &["bold"]),
    ("energetic", &["energetic"]),
    ("vibrant", &["energetic", "lively"]),
    ("playful", &["playful"]),
    ("fun", &["playful"]),
    ("cheerful", &["cheerful"]),
    ("friendl", &["friendly"]),
    ("elegant", &["elegant"]),
    ("luxur", &["luxury", "elegant"]),
    ("premium", &["luxury"]),
    ("romantic", &["romantic"]),
    ("floral", &["floral"]),
    ("feminine", &["feminine"]),
    ("pastel", &["pastel", "soft"]),
    ("fresh", &["fresh"]),
    ("airy", &["airy", "light"]),
    ("serious", &["serious"]),
    ("professional", &["professional"]),
    ("corporate", &["corporate"]),
    ("trust", &["trustworthy"]),
    ("technical", &["technical"]),
    ("techy", &["technical"]),
    ("hacker", &["hacker", "technical"]),
    ("retro", &["retro"]),
    ("vintage", &["traditional", "rustic"]),
    ("traditional", &["traditional"]),
    ("classic", &["traditional"]),
    ("editorial", &["editorial"]),
    ("magazine", &["editorial"]),
    ("industrial", &["industrial"]),
    ("sporty", &["sporty"]),
    ("outdoor", &["outdoor"]),
    ("maritime", &["maritime"]),
    ("nautical", &["maritime"]),
    ("japanese", &["japanese", "quiet"]),
    ("scandinavian", &["scandinavian", "minimal"]),
    ("nordic", &["scandinavian", "minimal"]),
    ("mediterranean", &["mediterranean"]),
    ("festive", &["festive"]),
    ("summer", &["summer"]),
    ("autumn", &["autumn"]),
    ("spring", &["spring"]),
    ("literary", &["literary"]),
    ("mysterious", &["mysterious"]),
    ("monochrome", &["monochrome"]),
    ("black and white", &["monochrome", "black"]),
    ("youthful", &["young"]),
    ("sunny", &["sunny"]),
    ("stripe.com", &["modern", "saas", "clean"]),
    ("apple.com", &["minimal", "clean"]),
    ("溫暖", &["warm"]),
    ("温暖", &["warm"]),
    ("溫馨", &["warm", "cosy"]),
    ("温馨", &["warm", "cosy"]),
    ("大地", &["earthy"]),
    ("自然", &["natural"]),
    ("質樸", &["rustic"]),
    ("质朴", &["rustic"]),
    ("手感", &["handmade"]),
    ("手作感", &["handmade"]),
    ("寧靜", &["calm"]),
    ("宁静", &["calm"]),
    ("安靜", &["quiet"]),
    ("安静", &["quiet"]),
    ("平靜", &["calm"]),
    ("柔和", &["soft"]),
    ("溫柔", &["gentle"]),
    ("温柔", &["gentle"]),
    ("簡約", &["minimal"]),
    ("简约", &["minimal"]),
    ("極簡", &["minimal"]),
    ("极简", &["minimal"]),
    ("乾淨", &["clean"]),
    ("干净", &["clean"]),
    ("清新", &["fresh"]),
    ("現代", &["modern"]),
    ("现代", &["modern"]),
    ("大膽", &["bold"]),
    ("大胆", &["bold"]),
    ("活潑", &["playful", "cheerful"]),
    ("活泼", &["playful", "cheerful"]),
    ("可愛", &["playful", "sweet"]),
    ("可爱", &["playful", "sweet"]),
    ("童趣", &["playful"]),
    ("親切", &["friendly"]),
    ("亲切", &["friendly"]),
    ("優雅", &["elegant"]),
    ("优雅", &["elegant"]),
    ("高級", &["luxury"]),
    ("高级", &["luxury"]),
    ("奢華", &["luxury"]),
    ("浪漫", &["romantic"]),
    ("專業", &["professional"]),
    ("专业", &["professional"]),
    ("穩重", &["serious"]),
    ("稳重", &["serious"]),
    ("信任", &["trustworthy"]),
    ("科技", &["technical", "modern"]),
    ("復古", &["traditional", "retro"]),
    ("复古", &["traditional", "retro"]),
    ("傳統", &["traditional"]),
    ("传统", &["traditional"]),
    ("文青", &["literary", "quiet"]),
    ("文藝", &["literary"]),
    ("文艺", &["literary"]),
    ("日式", &["japanese", "quiet"]),
    ("日系", &["japanese", "soft"]),
    ("北歐", &["scandinavian"]),
    ("北欧", &["scandinavian"]),
    ("工業風", &["industrial"]),
    ("工业风", &["industrial"]),
    ("熱情", &["energetic"]),
    ("热情", &["energetic"]),
    ("喜慶", &["festive"]),
    ("喜庆", &["festive"]),
    ("夏日", &["summer"]),
    ("夏天", &["summer"]),
    ("陽光", &["sunny"]),
    ("阳光", &["sunny"]),
    ("神祕", &["mysterious"]),
    ("黑白", &["monochrome", "black"]),
    ("東方", &["oriental"]),
];

/// Names of colours, in hexadecimal.
const COLOURS: &[(&str, u32)] = &[
    ("navy", 0x1f_3a68),
    ("dark blue", 0x1f_3a7a),
    ("sky blue", 0x3b_93d6),
    ("light blue", 0x4a_a3df),
    ("deep blue", 0x1d_3f8a),
    ("ocean blue", 0x1b_6ca8),
    ("teal", 0x14_7d7e),
    ("turquoise", 0x16_9b9b),
    ("forest green", 0x2c_5e3f),
    ("dark green", 0x27_5c3d),
    ("sage green", 0x6f_8f72),
    ("sage", 0x6f_8f72),
    ("olive", 0x6b_6f2a),
    ("mint", 0x3f_b58d),
    ("emerald", 0x11_8a5b),
    ("lime", 0x8c_b81f),
    ("terracotta", 0xb9_5a3a),
    ("rust", 0xa8_4a22),
    ("burgundy", 0x7a_1f37),
    ("wine red", 0x7a_1f37),
    ("crimson", 0xb0_1e3c),
    ("coral", 0xe8_6a55),
    ("salmon", 0xe3_7d6b),
    ("peach", 0xee_9a73),
    ("mustard", 0xc9_9320),
    ("gold", 0xb8_8a2c),
    ("lavender", 0x8e_7cc3),
    ("lilac", 0x9d_83c9),
    ("plum", 0x6f_2f5a),
    ("magenta", 0xb8_2a80),
    ("chocolate", 0x5e_3a24),
    ("charcoal", 0x37_3b40),
    ("indigo", 0x40_41a8),
    ("blue", 0x25_5fc4),
    ("green", 0x2e_7d4a),
    ("yellow", 0xf2_c12e),
    ("orange", 0xe0_762a),
    ("purple", 0x72_3fb0),
    ("violet", 0x74_48c4),
    ("pink", 0xdc_5c8c),
    ("brown", 0x7a_4a2a),
    ("red", 0xc4_2f2f),
    ("grey", 0x5b_6168),
    ("gray", 0x5b_6168),
    ("beige", 0xa8_8b62),
    ("深藍", 0x1f_3a7a),
    ("深蓝", 0x1f_3a7a),
    ("海軍藍", 0x1f_3a68),
    ("天藍", 0x3b_93d6),
    ("天蓝", 0x3b_93d6),
    ("湖水藍", 0x2a_9aa5),
    ("湖蓝", 0x2a_9aa5),
    ("墨綠", 0x27_5c3d),
    ("墨绿", 0x27_5c3d),
    ("深綠", 0x27_5c3d),
    ("深绿", 0x27_5c3d),
    ("橄欖綠", 0x6b_6f2a),
    ("薄荷", 0x3f_b58d),
    ("抹茶綠", 0x7a_9a4a),
    ("磚紅", 0xa8_4a2f),
    ("砖红", 0xa8_4a2f),
    ("酒紅", 0x7a_1f37),
    ("酒红", 0x7a_1f37),
    ("珊瑚", 0xe8_6a55),
    ("米色", 0xa8_8b62),
    ("土黃", 0xb8_8a3c),
    ("金色", 0xb8_8a2c),
    ("薰衣草", 0x8e_7cc3),
    ("粉紅", 0xdc_6c92),
    ("粉红", 0xdc_6c92),
    ("粉色", 0xdc_6c92),
    ("藍色", 0x25_5fc4),
    ("蓝色", 0x25_5fc4),
    ("綠色", 0x2e_7d4a),
    ("绿色", 0x2e_7d4a),
    ("黃色", 0xf2_c12e),
    ("黄色", 0xf2_c12e),
    ("橘色", 0xe0_762a),
    ("橙色", 0xe0_762a),
    ("紫色", 0x72_3fb0),
    ("咖啡色", 0x7a_4a2a),
    ("棕色", 0x7a_4a2a),
    ("紅色", 0xc4_2f2f),
    ("红色", 0xc4_2f2f),
    ("灰色", 0x5b_6168),
];

/// The first choice of which a text has a word.
fn said<T: Copy>(lower: &str, choices: &[(T, &[&str])]) -> Option<T> {
    choices
        .iter()
        .find(|(_, words)| words.iter().any(|word| lower.contains(word)))
        .map(|(choice, _)| *choice)
}

const SCHEMES: &[(Scheme, &[&str])] = &[
    (
        Scheme::Dark,
        &[
            "dark mode only",
            "dark theme",
            "dark background",
            "dark page",
            "dark design",
            "bold, dark",
            "moody",
            "深色",
            "暗色",
            "黑底",
            "暗黑",
        ],
    ),
    (
        Scheme::Light,
        &[
            "light mode only",
            "light theme",
            "white background",
            "only light",
            "白底",
            "淺色",
            "浅色",
        ],
    ),
];

const CORNERS: &[(Corners, &[&str])] = &[
    (
        Corners::Round,
        &["rounded", "round corners", "bubbly", "圓角", "圆角", "圓潤"],
    ),
    (
        Corners::Sharp,
        &[
            "sharp",
            "square corners",
            "angular",
            "brutalist",
            "直角",
            "方正",
            "俐落",
        ],
    ),
];

const DENSITIES: &[(Density, &[&str])] = &[
    (Density::Compact, &["compact", "dense", "緊湊", "紧凑"]),
    (
        Density::Airy,
        &[
            "airy",
            "spacious",
            "white space",
            "whitespace",
            "留白",
            "寬敞",
        ],
    ),
];

impl Mood {
    /// What a brief says about looks.
    #[must_use]
    pub fn find(text: &str) -> Self {
        let lower = text.to_lowercase();
        let meant = MOODS.iter().filter(|(word, _)| lower.contains(word));
        let words = meant.flat_map(|(_, moods)| moods.iter().map(|mood| (*mood).to_owned()));
        Self {
            words: words.collect(),
            colour: colour(&lower),
            scheme: said(&lower, SCHEMES).unwrap_or_default(),
            corners: said(&lower, CORNERS),
            density: said(&lower, DENSITIES),
        }
    }

    /// The theme that suits these moods, or those of the kind of business where the brief has none.
    #[must_use]
    pub fn theme(&self, usual: &[String], seed: u32) -> Theme {
        let moods = if self.words.is_empty() {
            usual
        } else {
            &self.words
        };
        let palette = match self.colour {
            Some(colour) => Palette::nearest(colour),
            None => best(
                Palette::all(),
                |palette| fit(&palette.moods, moods, usual),
                seed,
            ),
        };
        let pairing = best(
            Pairing::all(),
            |pairing| fit(&pairing.moods, moods, usual),
            seed,
        );
        let has = |word: &str| moods.iter().any(|mood| mood == word);
        let corners =
            self.corners
                .unwrap_or(if has("playful") || has("friendly") || has("sweet") {
                    Corners::Round
                } else if has("technical")
                    || has("serious")
                    || has("editorial")
                    || has("industrial")
                    || has("architectural")
                {
                    Corners::Sharp
                } else {
                    Corners::Soft
                });
        Theme {
            palette: palette.id.clone(),
            brand: self.colour,
            pairing: pairing.id.clone(),
            corners,
            density: self.density.unwrap_or_default(),
            scheme: self.scheme,
        }
    }
}

/// How well some moods are met: those of the brief first, those of the business as well.
fn fit(own: &[String], moods: &[String], usual: &[String]) -> usize {
    let weight = |list: &[String], most: usize| -> usize {
        list.iter()
            .enumerate()
            .filter(|(_, mood)| own.contains(mood))
            // What is said first weighs most.
            .map(|(place, _)| most.saturating_sub(place).max(1))
            .sum()
    };
    weight(moods, 6) * 3 + weight(usual, 3)
}

/// The best of a list; among equals the seed decides.
fn best<T>(all: &'static [T], fit: impl Fn(&T) -> usize, seed: u32) -> &'static T {
    let most = all.iter().map(&fit).max().unwrap_or(0);
    let equals: Vec<&T> = all.iter().filter(|one| fit(one) == most).collect();
    let place = usize::try_from(seed).unwrap_or(0) % equals.len().max(1);
    equals.get(place).copied().unwrap_or(&all[0])
}

/// The colour that a brief gives or names.
fn colour(lower: &str) -> Option<Rgb> {
    let given = lower.match_indices('#').find_map(|(place, _)| {
        let digits: String = lower[place + 1..]
            .chars()
            .take_while(char::is_ascii_hexdigit)
            .collect();
        matches!(digits.len(), 3 | 6)
            .then(|| Rgb::parse(&format!("#{digits}")))
            .flatten()
    });
    given.or_else(|| {
        COLOURS
            .iter()
            .find(|(name, _)| is_named(lower, name))
            .and_then(|(_, number)| Rgb::parse(&format!("#{number:06x}")))
    })
}

/// Whether a colour is named and not only part of another word or of a name such as "red wine".
fn is_named(lower: &str, name: &str) -> bool {
    lower.match_indices(name).any(|(place, _)| {
        let before = lower[..place].chars().next_back();
        let after = lower[place + name.len()..].chars().next();
        let stands_alone = !name.is_ascii()
            || (before.is_none_or(|letter| !letter.is_alphanumeric())
                && after.is_none_or(|letter| !letter.is_alphanumeric()));
        let rest = &lower[place + name.len()..];
        let is_thing = [
            " wine",
            " tea",
            " chocolate",
            " cross",
            " mountain",
            " street",
            " house",
            " bean",
            " lane",
        ]
        .iter()
        .any(|thing| rest.starts_with(thing));
        stands_alone && !is_thing
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_read() {
        let mood = Mood::find("warm and earthy, brand colour #AA3300, rounded");
        assert_eq!(mood.words, ["warm", "earthy", "natural"]);
        assert_eq!(mood.colour, Rgb::parse("#aa3300"));
        assert_eq!(mood.corners, Some(Corners::Round));
        assert_eq!(
            Mood::find("a tea shop in Redhill that sells green tea").colour,
            None
        );
        assert!(Mood::find("深藍色調，簡約").colour.is_some());
        assert_eq!(Mood::find("warm and earthy").theme(&[], 0).palette, "roast");
    }
}
