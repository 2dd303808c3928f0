//! The equation without what a model puts around it: dollar signs, display brackets, fences, an
//! `equation` environment, a full stop.

/// The equation alone.
pub(super) fn bare(text: &str) -> String {
    let mut rest = assistant::fence::first_block(text);
    loop {
        let before = rest;
        for (opening, closing) in PAIRS {
            let inner = rest
                .strip_prefix(opening)
                .and_then(|rest| rest.strip_suffix(closing));
            rest = inner.map_or(rest, str::trim);
        }
        rest = rest.strip_suffix('。').unwrap_or(rest).trim();
        if rest == before {
            break;
        }
    }
    // Prose around the only equation: what stands between the first pair of delimiters.
    for (opening, closing) in [("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$")] {
        let inner = rest
            .split_once(opening)
            .and_then(|(_, behind)| behind.split_once(closing))
            .map(|(inner, _)| inner.trim());
        if let Some(inner) = inner.filter(|inner| !inner.is_empty()) {
            return inner.to_owned();
        }
    }
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

const PAIRS: [(&str, &str); 8] = [
    ("$$", "$$"),
    ("$", "$"),
    ("\\[", "\\]"),
    ("\\(", "\\)"),
    ("`", "`"),
    ("\\begin{equation}", "\\end{equation}"),
    ("\\begin{equation*}", "\\end{equation*}"),
    ("\\displaystyle ", ""),
];
