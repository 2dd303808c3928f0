//! The currencies that are known, by their codes and by the signs and words that people write for them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

const TABLE: &str = include_str!("../../../../assets/ledger/currencies.toml");

/// Codes of ISO 4217 that have no words in the table.
const OTHER_CODES: &str = "AFN ALL AMD ANG AOA ARS AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BSD BTN BWP BYN BZD CDF CLP COP CRC CUP CVE DJF DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HNL HTG IQD IRR ISK JMD JOD KES KGS KHR KMF KPW KWD KYD KZT LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MRU MUR MVR MWK MZN NAD NIO NPR OMR PAB PEN PGK PKR PYG QAR RON RSD RWF SBD SCR SDG SHP SLE SOS SRD SSP STN SVC SYP SZL TJS TMT TND TOP TTD TZS UGX UYU UZS VES VUV WST XAF XCD XOF XPF YER ZMW ZWL";

/// Money that no state issues. It is told apart so that it can be said that it is not reckoned with.
const COINS: [&str; 8] = [
    "btc",
    "eth",
    "usdt",
    "usdc",
    "bitcoin",
    "bitcoins",
    "₿",
    "比特币",
];

#[derive(Deserialize)]
struct File {
    currency: Vec<Entry>,
    shared: Vec<SharedEntry>,
}

#[derive(Deserialize)]
struct Entry {
    code: String,
    decimals: u32,
    before: Vec<String>,
    after: Vec<String>,
    cents: Vec<String>,
}

#[derive(Deserialize)]
struct SharedEntry {
    signs: Vec<String>,
    words: Vec<String>,
    cents: Vec<String>,
    codes: Vec<String>,
}

/// What a text names as a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A certain one, by its ISO code.
    Code(String),
    /// One of several: `$`, 元. The usual ones in no order of likelihood.
    OneOf(&'static [String], Money),
    /// Something that is no currency we know, as it was written.
    Unknown(String),
}

/// The families of money that share a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// `$`, dollars
    Dollar,
    /// ¥
    Yen,
    /// 元, 块
    Yuan,
    /// kr, pesos
    Other,
}

/// A word that names a currency.
pub struct Word {
    /// As it is written, folded.
    pub text: String,
    /// What it names.
    pub named: Named,
    /// Whether it names hundredths.
    pub is_cents: bool,
}

struct Words {
    before: Vec<Word>,
    after: Vec<Word>,
    codes: BTreeSet<String>,
    decimals: Vec<(String, u32)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(TABLE).expect("the table of currencies is read by a test");
    let shared: &'static [SharedEntry] = Vec::leak(file.shared);
    let mut words = Words {
        before: Vec::new(),
        after: Vec::new(),
        codes: OTHER_CODES.split(' ').map(str::to_owned).collect(),
        decimals: Vec::new(),
    };
    for entry in file.currency {
        let word = |text: &String, is_cents| Word {
            text: text.clone(),
            named: Named::Code(entry.code.clone()),
            is_cents,
        };
        words
            .before
            .extend(entry.before.iter().map(|text| word(text, false)));
        words
            .after
            .extend(entry.after.iter().map(|text| word(text, false)));
        words
            .after
            .extend(entry.cents.iter().map(|text| word(text, true)));
        words.decimals.push((entry.code.clone(), entry.decimals));
        words.codes.insert(entry.code);
    }
    for entry in shared {
        let family = match entry.codes[0].as_str() {
            "USD" => Money::Dollar,
            _ if entry.words.iter().any(|word| word == "元") => Money::Yuan,
            "CNY" => Money::Yen,
            _ => Money::Other,
        };
        let word = |text: &String, is_cents| Word {
            text: text.clone(),
            named: Named::OneOf(&entry.codes, family),
            is_cents,
        };
        words
            .before
            .extend(entry.signs.iter().map(|text| word(text, false)));
        words
            .after
            .extend(entry.words.iter().map(|text| word(text, false)));
        words
            .after
            .extend(entry.cents.iter().map(|text| word(text, true)));
    }
    let unknown = |text: &&str| Word {
        text: (*text).to_owned(),
        named: Named::Unknown(text.to_uppercase()),
        is_cents: false,
    };
    words.before.extend(COINS.iter().map(unknown));
    words.after.extend(COINS.iter().map(unknown));
    for list in [&mut words.before, &mut words.after] {
        list.sort_by_key(|word| std::cmp::Reverse(word.text.len()));
    }
    words
});

/// Whether that is the code of a currency.
pub fn is_code(code: &str) -> bool {
    WORDS.codes.contains(code)
}

/// Digits behind the point that are usual for a currency.
pub fn decimals(code: &str) -> u32 {
    let known = WORDS.decimals.iter().find(|entry| entry.0 == code);
    known.map_or(2, |entry| entry.1)
}

/// Signs and words that stand before a number, the longest first.
pub fn words_before() -> &'static [Word] {
    &WORDS.before
}

/// Signs and words that stand behind a number, the longest first.
pub fn words_behind() -> &'static [Word] {
    &WORDS.after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_of_the_currency() {
        assert_eq!(
            (decimals("JPY"), decimals("EUR"), decimals("KES")),
            (0, 2, 2)
        );
        assert!(is_code("TWD") && !is_code("XYZ"));
    }
}
