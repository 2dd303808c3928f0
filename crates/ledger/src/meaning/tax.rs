//! Tax that is told: "incl. 20 % VAT", 外加 5% 營業稅, 含稅.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::pattern;

/// What is said about tax.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxHint {
    /// `VAT`, `GST`, `sales tax`, 營業稅 or 增值稅, as a code.
    pub code: String,
    /// In hundredths; nothing where no rate is told.
    pub rate: Option<Decimal>,
    /// Whether the sum contains it.
    pub is_included: bool,
}

static RATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d{1,2}(?:[.,]\d{1,2})?) ?(?:%|percent|per cent|趴)"));
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bvat\b|\bgst\b|\bhst\b|\bsales tax\b|\bmwst\b|\biva\b|\btva\b|\btax\b|营业税|增值税|消费税|含税|未税|税率|税额|税金|税",
    )
});
static ADDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bplus\b|\+|\bexcl|\bex vat|\bex tax|\bbefore (?:tax|vat)|\bnet of|\bon top|\badd(?:ed)?\b|外加|另加|未税|不含税|加上?",
    )
});
static INCLUDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bincl|\binclu|\bwith\b|\bgross\b|\bof which|内含|含税|含"));

/// What a happening says about tax. The paying of a tax itself is no such thing.
pub fn tax(folded: &str) -> Option<TaxHint> {
    let name = NAME
        .find_iter(folded)
        .find(|found| is_told(folded, found))?;
    let around = neighbourhood(folded, name.start(), name.end());
    let rate = RATE
        .captures(around)
        .and_then(|found| found[1].replace(',', ".").parse().ok())
        .filter(|rate: &Decimal| *rate > Decimal::ZERO);
    let is_added = ADDED.is_match(around) && !INCLUDED.is_match(around)
        || around.contains("未税")
        || around.contains("不含税");
    if rate.is_none() && !is_added && !INCLUDED.is_match(around) {
        return None;
    }
    let kind = match name.as_str() {
        "gst" | "hst" => "GST",
        "sales tax" => "sales tax",
        _ => "VAT",
    };
    let code = match rate {
        Some(rate) => format!("{kind} {}%", rate.normalize()),
        None => kind.to_owned(),
    };
    Some(TaxHint {
        code,
        rate,
        is_included: !is_added,
    })
}

/// The words without those about tax, which say nothing of what was bought.
pub fn without_tax(words: &str) -> String {
    NAME.replace_all(words, " ").into_owned()
}

/// Words that go with a rate or with "plus" and "incl."; a bare 税 must.
fn is_told(folded: &str, found: &regex::Match<'_>) -> bool {
    let around = neighbourhood(folded, found.start(), found.end());
    match found.as_str() {
        "税" | "tax" => RATE.is_match(around) || ADDED.is_match(around) && around.contains("税"),
        _ => true,
    }
}

/// Some letters to either side.
fn neighbourhood(text: &str, start: usize, end: usize) -> &str {
    let begin = text.floor_char_boundary(start.saturating_sub(24));
    let end = text.ceil_char_boundary((end + 24).min(text.len()));
    &text[begin..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, bool)>) {
        let found = tax(&crate::text::folded(text));
        let found = found
            .as_ref()
            .map(|hint| (hint.code.as_str(), hint.is_included));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn tax_is_told_in_both_languages() {
        check("hosting 100 plus 20% VAT", Some(("VAT 20%", false)));
        check("cleaning 240 incl. 20 % VAT", Some(("VAT 20%", true)));
        check("設計費 10,000 元，外加 5% 營業稅", Some(("VAT 5%", false)));
        check("收到含税货款11300元，税率13%", Some(("VAT 13%", true)));
        check("30 + GST", Some(("GST", false)));
        check("缴了营业税 15,320 元", None);
        check("income tax 500", None);
        check("10% discount on tea", None);
    }
}
