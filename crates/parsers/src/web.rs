//! HTML and CSS, strictly: a browser mends what is wrong, a person who is given it should not have
//! to.

use lightningcss::stylesheet::{ParserOptions, StyleSheet};

use crate::tree::{every, parse, text_of};
use crate::{Fact, Flaw};

/// Elements that have no end, and those whose end may be left out.
const WITHOUT_END: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "html", "head", "body", "li", "dt", "dd", "p", "rt", "rp", "optgroup", "option",
    "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th",
];

/// A piece of HTML or a whole page.
///
/// # Errors
/// The first thing that is not closed, closed twice, or no HTML.
pub fn html(text: &str) -> Result<Vec<Fact>, Flaw> {
    let tree = parse(tree_sitter_html::LANGUAGE, text)?;
    let mut elements = 0;
    for node in every(tree.root_node()) {
        let line = node.start_position().row + 1;
        match node.kind() {
            "erroneous_end_tag" => {
                let tag = text_of(node, text);
                return Err(Flaw::at(line, format!("{tag} closes nothing")));
            }
            "element" => {
                elements += 1;
                let mut cursor = node.walk();
                let children: Vec<_> = node.children(&mut cursor).collect();
                let is_closed = children
                    .iter()
                    .any(|child| matches!(child.kind(), "end_tag" | "self_closing_tag"));
                let name = children
                    .iter()
                    .find(|child| child.kind() == "start_tag")
                    .and_then(|tag| tag.named_child(0))
                    .map(|name| text_of(name, text).to_ascii_lowercase())
                    .unwrap_or_default();
                if !is_closed && !WITHOUT_END.contains(&name.as_str()) {
                    return Err(Flaw::at(line, format!("<{name}> is not closed")));
                }
            }
            _ => {}
        }
    }
    match elements {
        0 => Err(Flaw::of_all("there is no element in it")),
        count => Ok(vec![Fact::new("elements", count)]),
    }
}

/// A style sheet. Properties that nobody knows are let pass, as browsers do.
///
/// # Errors
/// The first error of syntax.
pub fn css(text: &str) -> Result<Vec<Fact>, Flaw> {
    let sheet = StyleSheet::parse(text, ParserOptions::default()).map_err(|error| {
        let line = error
            .loc
            .as_ref()
            .and_then(|place| usize::try_from(place.line).ok())
            .map(|line| line + 1);
        Flaw {
            line,
            message: error.kind.to_string(),
        }
    })?;
    Ok(vec![Fact::new("rules", sheet.rules.0.len())])
}
