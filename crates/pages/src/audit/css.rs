//! Whether a style sheet is one: parsed by the parser that tools build on, property by property.

use lightningcss::declaration::DeclarationBlock;
use lightningcss::properties::Property;
use lightningcss::properties::custom::{CustomPropertyName, Token, TokenOrValue};
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{ParserOptions, PrinterOptions, StyleSheet};

/// What was found in a style sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CssReport {
    /// What is wrong, in words.
    pub problems: Vec<String>,
    /// How many rules there are.
    pub rules: usize,
    /// Whether it would fetch something: `@import`, or an address in `url()`.
    pub fetches: bool,
    /// Features of recent years that it uses.
    pub features: Vec<&'static str>,
}

/// Properties that browsers know and the parser has no name for yet.
const KNOWN: &[&str] = &[
    "text-wrap",
    "text-size-adjust",
    "-webkit-font-smoothing",
    "scroll-behavior",
    "scroll-padding-top",
    "scroll-margin-top",
    "content-visibility",
    "font-variant-numeric",
    "break-inside",
    "break-after",
    "break-before",
    "accent-color",
    "field-sizing",
    "text-underline-offset",
    "hyphens",
    "orphans",
    "widows",
    "line-break",
    "font-smooth",
    "isolation",
    "mix-blend-mode",
    "object-fit",
    "object-position",
    "pointer-events",
    "touch-action",
    "will-change",
    "appearance",
    "caption-side",
    "empty-cells",
    "font-feature-settings",
    "font-kerning",
    "font-optical-sizing",
    "font-synthesis",
    "font-variation-settings",
    "image-rendering",
    "overscroll-behavior",
    "scrollbar-color",
    "scrollbar-gutter",
    "scrollbar-width",
    "tab-size",
    "table-layout",
    "text-rendering",
    "unicode-bidi",
    "vertical-align",
    "writing-mode",
    "content",
    "quotes",
    "counter-reset",
    "counter-increment",
    "aspect-ratio",
    "clear",
    "float",
    "border-collapse",
    "background-blend-mode",
    "backdrop-filter",
    "column-count",
    "columns",
    "column-width",
    "column-rule",
    "column-span",
    "filter",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "outline-offset",
    "resize",
    "cursor",
    "user-select",
    "view-transition-name",
    "contain",
    "grid-gap",
    "grid-row-gap",
    "grid-column-gap",
    "zoom",
    "all",
    "text-decoration-skip-ink",
    "overflow-anchor",
    "offset-path",
    "shape-outside",
    "mask-image",
    "list-style-type",
    "speak",
    "paint-order",
    "text-anchor",
    "word-wrap",
    "font-palette",
    "inset-area",
    "ruby-position",
    "tab-size",
    "scroll-snap-type",
    "scroll-snap-align",
    "clip",
    "line-clamp",
    "-webkit-line-clamp",
    "-webkit-box-orient",
    "interpolate-size",
];

/// Parses a style sheet and looks at every declaration.
#[must_use]
pub fn check(css: &str) -> CssReport {
    check_at(css, 0)
}

/// The same for one that begins so many lines down in its file, which is where mistakes are told to be.
#[must_use]
pub fn check_at(css: &str, above: usize) -> CssReport {
    let mut report = CssReport::default();
    let sheet = match StyleSheet::parse(css, ParserOptions::default()) {
        Ok(sheet) => sheet,
        Err(error) => {
            let place = error.loc.map_or(String::new(), |loc| {
                format!(" in line {}", above + loc.line as usize + 1)
            });
            report.problems.push(format!("{}{place}", error.kind));
            return report;
        }
    };
    report.rules = sheet.rules.0.len();
    report.features = features(css);
    look(&sheet.rules, &mut report);
    match sheet.to_css(PrinterOptions::default()) {
        Ok(printed) => report.fetches |= fetches(&printed.code),
        // The printer refuses what the parser let pass.
        Err(error) => report.problems.push(error.to_string()),
    }
    report
}

/// Whether a printed style sheet has an address that a browser would go to.
fn fetches(printed: &str) -> bool {
    printed.match_indices("url(").any(|(place, _)| {
        let address = printed[place + 4..].trim_start_matches(['"', '\'', ' ']);
        !address.starts_with("data:") && !address.starts_with('#')
    })
}

fn look(rules: &CssRuleList<'_>, report: &mut CssReport) {
    for rule in &rules.0 {
        match rule {
            CssRule::Style(style) => {
                declarations(&style.declarations, report);
                look(&style.rules, report);
            }
            CssRule::Media(media) => look(&media.rules, report),
            CssRule::Supports(supports) => look(&supports.rules, report),
            CssRule::LayerBlock(layer) => look(&layer.rules, report),
            CssRule::Container(container) => look(&container.rules, report),
            CssRule::Keyframes(keyframes) => {
                for frame in &keyframes.keyframes {
                    declarations(&frame.declarations, report);
                }
            }
            CssRule::Import(_) => report.fetches = true,
            CssRule::Unknown(unknown) => report
                .problems
                .push(format!("there is no rule @{}", unknown.name)),
            CssRule::Ignored => report.problems.push("a rule was not understood".to_owned()),
            _ => {}
        }
    }
}

fn declarations(block: &DeclarationBlock<'_>, report: &mut CssReport) {
    let all = block
        .declarations
        .iter()
        .chain(&block.important_declarations);
    report.problems.extend(all.filter_map(problem));
}

/// Whether browsers know a declaration.
#[must_use]
pub fn is_sound(property: &Property<'_>) -> bool {
    problem(property).is_none()
}

fn problem(property: &Property<'_>) -> Option<String> {
    match property {
        Property::Unparsed(unparsed) => {
            let name = unparsed.property_id.name();
            let is_computed = unparsed.value.0.iter().any(is_open) || is_wide(&unparsed.value.0);
            let is_wrong = !is_computed && !KNOWN.contains(&name);
            is_wrong.then(|| format!("{name} has a value that no browser knows"))
        }
        Property::Custom(custom) => {
            let CustomPropertyName::Unknown(name) = &custom.name else {
                return None;
            };
            let name: &str = name.0.as_ref();
            (!KNOWN.contains(&name)).then(|| format!("there is no property {name}"))
        }
        _ => None,
    }
}

/// A word that every property takes.
fn is_wide(value: &[TokenOrValue<'_>]) -> bool {
    let [TokenOrValue::Token(Token::Ident(word))] = value else {
        return false;
    };
    matches!(
        word.as_ref(),
        "inherit" | "initial" | "unset" | "revert" | "revert-layer"
    )
}

/// A value that is only known when the page is shown, or in a function that is newer than the parser.
fn is_open(token: &TokenOrValue<'_>) -> bool {
    matches!(
        token,
        TokenOrValue::Var(_)
            | TokenOrValue::Env(_)
            | TokenOrValue::Function(_)
            | TokenOrValue::UnresolvedColor(_)
    )
}

/// Features that not every browser of the last years has.
fn features(css: &str) -> Vec<&'static str> {
    let known = [
        ("color-mix(", "color-mix()"),
        ("oklch(", "oklch()"),
        (":has(", ":has()"),
        ("@container", "container queries"),
        ("light-dark(", "light-dark()"),
        ("@layer", "@layer"),
        ("backdrop-filter", "backdrop-filter"),
        ("text-wrap", "text-wrap"),
        ("aspect-ratio", "aspect-ratio"),
        ("@property", "@property"),
        ("conic-gradient", "conic-gradient()"),
        ("clamp(", "clamp()"),
        ("&:", "nesting"),
        ("@starting-style", "@starting-style"),
    ];
    known
        .iter()
        .filter(|(sign, _)| css.contains(sign))
        .map(|(_, name)| *name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_found() {
        let problems = |css: &str| check(css).problems;
        assert_eq!(
            problems(
                ".a { color: red; padding: 1rem calc(2px + var(--x)); width: min(100%, 3rem) }"
            ),
            [""; 0]
        );
        assert!(!problems(".a { colour: red }").is_empty());
        assert!(!problems(".a { color: 12px }").is_empty());
        assert!(!problems(".a { color: red; } } .b").is_empty());
        assert!(check("@import url(x.css);").fetches);
        assert!(check(".a { background: url(https://x.example/a.png) }").fetches);
        assert!(!check(".a { background: url(data:image/png;base64,AA==) }").fetches);
    }
}
