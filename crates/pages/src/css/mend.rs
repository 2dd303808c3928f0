//! Putting a style sheet right by code, as far as that can be done, and telling what could not.

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::Property;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions as Options, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::traits::ToCss as _;

use super::Sample;
use crate::audit::{check_css, is_sound};

/// A style sheet that was looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    /// What is left of it, printed by the parser.
    pub css: String,
    /// How many rules there are.
    pub rules: usize,
    /// What was taken out, in words.
    pub dropped: Vec<String>,
    /// Features of recent years that it uses.
    pub features: Vec<&'static str>,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<String>,
}

/// Takes out what no browser knows, what reaches beyond the sample and what fetches something.
#[must_use]
pub fn mend(css: &str, sample: &Sample) -> Mended {
    let mut mended = Mended {
        css: css.to_owned(),
        ..Mended::default()
    };
    let options = ParserOptions {
        error_recovery: true,
        ..ParserOptions::default()
    };
    let Ok(mut sheet) = StyleSheet::parse(css, options) else {
        mended.problem = Some("it is no style sheet".to_owned());
        return mended;
    };
    prune(&mut sheet.rules, sample, &mut mended.dropped);
    // Browsers of the last years; what is newer is told and not taken apart.
    let targets = Targets::from(Browsers {
        chrome: Some(100 << 16),
        firefox: Some(100 << 16),
        safari: Some(15 << 16),
        ..Browsers::default()
    });
    match sheet.to_css(Options {
        targets,
        ..Options::default()
    }) {
        Ok(printed) => mended.css = printed.code.trim().to_owned() + "\n",
        Err(error) => {
            mended.problem = Some(error.to_string());
            return mended;
        }
    }
    let report = check_css(&mended.css);
    mended.rules = report.rules;
    mended.features = check_css(css).features;
    mended.problem = if report.rules == 0 {
        Some("no rule of it touches the sample".to_owned())
    } else if report.fetches {
        Some("it would fetch something".to_owned())
    } else {
        report.problems.into_iter().next()
    };
    mended
}

fn prune(rules: &mut CssRuleList<'_>, sample: &Sample, dropped: &mut Vec<String>) {
    rules.0.retain_mut(|rule| match rule {
        CssRule::Style(style) => {
            declarations(&mut style.declarations, dropped);
            prune(&mut style.rules, sample, dropped);
            let selectors = style
                .selectors
                .to_css_string(Options::default())
                .unwrap_or_default();
            let is_own = is_within(&selectors, sample);
            if !is_own {
                dropped.push(format!("{selectors}: not of the sample"));
            }
            let is_empty = style.declarations.is_empty() && style.rules.0.is_empty();
            is_own && !is_empty
        }
        CssRule::Media(media) => {
            prune(&mut media.rules, sample, dropped);
            !media.rules.0.is_empty()
        }
        CssRule::Supports(supports) => {
            prune(&mut supports.rules, sample, dropped);
            !supports.rules.0.is_empty()
        }
        CssRule::Keyframes(_) | CssRule::Property(_) => true,
        other => {
            let name = match other {
                CssRule::Import(_) => "@import",
                CssRule::FontFace(_) => "@font-face",
                _ => "a rule of another kind",
            };
            dropped.push(format!("{name}: not needed"));
            false
        }
    });
}

fn declarations(block: &mut DeclarationBlock<'_>, dropped: &mut Vec<String>) {
    let mut keep = |property: &Property<'_>| {
        let text = property
            .to_css_string(false, Options::default())
            .unwrap_or_default();
        let is_usable =
            is_sound(property) && !text.contains("url(") && !text.contains("expression(");
        let is_fixed = text.starts_with("position: fixed");
        if !is_usable || is_fixed {
            dropped.push(text);
        }
        is_usable && !is_fixed
    };
    block.declarations.retain(|property| keep(property));
    block
        .important_declarations
        .retain(|property| keep(property));
}

/// Whether selectors reach nothing beyond the sample: each begins with one of its classes or names.
fn is_within(selectors: &str, sample: &Sample) -> bool {
    let names = sample.classes();
    selectors.split(',').all(|selector| {
        let first = selector.trim();
        if first.starts_with('&') || first == ":root" {
            return true;
        }
        let end = first
            .char_indices()
            .skip(1)
            .find(|(_, letter)| !(letter.is_alphanumeric() || matches!(letter, '-' | '_')))
            .map_or(first.len(), |(place, _)| place);
        let name = &first[..end];
        let is_global = matches!(name, "*" | "html" | "body" | "");
        let is_element = sample.html.contains(&format!("<{name}"));
        !is_global && (names.iter().any(|own| own == name) || is_element)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn what_can_be_mended_is() {
        let sample = Sample::named("button", Language::English).unwrap();
        let css = "@import url(x.css);\nbody { margin: 0 }\n.button { colour: red; background: linear-gradient(90deg, #f00, #00f); padding: 12px 20px; }\n.button:hover { background: url(a.png) }";
        let mended = mend(css, &sample);
        assert_eq!(mended.problem, None, "{mended:?}");
        assert!(mended.css.contains("linear-gradient"), "{}", mended.css);
        for gone in ["@import", "body", "colour", "url("] {
            assert!(!mended.css.contains(gone), "{gone}: {}", mended.css);
        }
        assert!(mend("this is no css", &sample).problem.is_some());
        assert!(mend("", &sample).problem.is_some());
    }
}
