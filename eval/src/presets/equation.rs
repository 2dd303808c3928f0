//! Whether two equations are the same, however they are written.
//!
//! It compares LaTeX as text after taking out what changes nothing: spaces, sizes of brackets,
//! braces around one thing, other names of the same sign. It shares no code with what it judges.

use serde_json::Value;

use super::cases::Case;

/// What is wrong, if anything.
pub fn wrong(case: &Case, artifact: &Value) -> Option<String> {
    let latex = artifact["latex"].as_str().unwrap_or_default();
    let is = normal(latex);
    let is_right = case.expect.latex.iter().any(|wanted| normal(wanted) == is);
    (!is_right).then(|| format!("{is} and not {}", normal(&case.expect.latex[0])))
}

/// Commands that change nothing of what is said.
const SILENT: &[&str] = &[
    "left",
    "right",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "displaystyle",
    "textstyle",
    "limits",
    "nolimits",
    "quad",
    "qquad",
];

/// Other names of the same thing.
const SAME: &[(&str, &str)] = &[
    ("dfrac", "frac"),
    ("tfrac", "frac"),
    ("le", "leq"),
    ("ge", "geq"),
    ("ne", "neq"),
    ("rightarrow", "to"),
    ("lvert", "|"),
    ("rvert", "|"),
    ("vert", "|"),
    ("mid", "|"),
    ("cdot", "times"),
    ("dots", "ldots"),
    ("cdots", "ldots"),
    ("bmatrix", "pmatrix"),
    ("varepsilon", "epsilon"),
    ("varphi", "phi"),
    ("mathrm", ""),
    ("text", ""),
    ("mathbf", ""),
    ("vec", ""),
    ("operatorname", ""),
    ("mathit", ""),
    ("boldsymbol", ""),
];

/// One form for all spellings.
fn normal(latex: &str) -> String {
    let mut tokens: Vec<String> = Vec::new();
    let mut letters = latex.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let mut name = String::new();
                while let Some(next) = letters.next_if(char::is_ascii_alphabetic) {
                    name.push(next);
                }
                if name.is_empty() {
                    // `\,` and its like are spaces, `\{` and `\|` are signs.
                    match letters.next() {
                        Some(sign @ ('{' | '}')) => tokens.push(format!("\\{sign}")),
                        Some('|') => tokens.push("|".to_owned()),
                        Some('\\') => tokens.push("\\\\".to_owned()),
                        _ => {}
                    }
                } else if !SILENT.contains(&name.as_str()) {
                    let same = SAME.iter().find(|(other, _)| *other == name);
                    match same {
                        Some((_, "")) => {}
                        Some((_, sign)) if sign.len() == 1 => tokens.push((*sign).to_owned()),
                        Some((_, one)) => tokens.push(format!("\\{one}")),
                        None => tokens.push(format!("\\{name}")),
                    }
                }
            }
            letter if letter.is_whitespace() || letter == '~' => {}
            '′' => tokens.push("'".to_owned()),
            letter => tokens.push(letter.to_string()),
        }
    }
    braces(&tokens)
        .replace("\\times", "")
        .replace("^{\\prime}", "'")
        .replace("^\\prime", "'")
}

/// Leaves out braces around one thing, and around what stands for itself.
fn braces(tokens: &[String]) -> String {
    let mut tokens = tokens.to_vec();
    loop {
        let single = tokens.windows(3).position(|three| {
            three[0] == "{" && three[1] != "{" && three[1] != "}" && three[2] == "}"
        });
        let Some(at) = single else { break };
        tokens.remove(at + 2);
        tokens.remove(at);
    }
    tokens.concat()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[track_caller]
    fn same(one: &str, other: &str) {
        assert_eq!(normal(one), normal(other));
    }

    #[test]
    fn spellings_of_the_same_are_the_same() {
        same(r"x^2 + y^2", r"x^{2}+y^{2}");
        same(r"\left( x \right)", "(x)");
        same(r"\dfrac{a}{b}", r"\frac ab");
        same(
            r"\int_0^\infty e^{-x} \, dx",
            r"\int_{0}^{\infty} e^{-x}\mathrm{d}x",
        );
        same(r"a \cdot b", "ab");
        same(r"f'(x)", r"f^{\prime}(x)");
        assert_ne!(normal("x^{12}"), normal("x^12"));
        assert_ne!(normal(r"\frac{ab}{c}"), normal(r"\frac{a}{bc}"));
    }
}
