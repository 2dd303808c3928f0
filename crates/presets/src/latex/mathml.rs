//! MathML: the same equation for browsers, screen readers and word processors.

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use roxmltree::Node;

/// Presentation MathML.
///
/// # Errors
/// What is wrong with the LaTeX, as a clause.
pub(super) fn convert(latex: &str) -> Result<String, String> {
    let config = MathCoreConfig {
        xml_namespace: true,
        ..MathCoreConfig::default()
    };
    let converter = LatexToMathML::new(config).map_err(|_| "it cannot be read".to_owned())?;
    let converted = converter.convert_with_local_state(latex, MathDisplay::Block);
    match converted {
        Ok(converted) => Ok(converted.mathml),
        Err(error) => {
            let message = error.error_message();
            Err(message.trim_end_matches('.').to_owned())
        }
    }
}

/// What is left of a tree without attributes, spaces and rows that only group: the same for
/// equations that look the same.
pub(super) fn skeleton(root: Node<'_, '_>) -> String {
    let mut text = String::new();
    walk(root, &mut text);
    text
}

fn walk(node: Node<'_, '_>, text: &mut String) {
    if let Some(written) = node.text().filter(|_| node.is_text()) {
        text.extend(written.chars().filter(|letter| !is_silent(*letter)));
        return;
    }
    let name = node.tag_name().name();
    if matches!(name, "mspace" | "annotation") {
        return;
    }
    let is_named = !matches!(
        name,
        "" | "math" | "mrow" | "semantics" | "mstyle" | "mi" | "mn" | "mo" | "mtext"
    );
    if is_named {
        text.push('<');
        text.push_str(name);
        text.push('>');
    }
    let is_slot = matches!(
        name,
        "msup" | "msub" | "msubsup" | "mfrac" | "mroot" | "munder" | "mover" | "munderover"
    );
    for child in node.children() {
        walk(child, text);
        if is_slot && child.is_element() {
            text.push('|');
        }
    }
    if is_named {
        text.push_str("</>");
    }
}

/// Spaces, and the invisible signs for applying a function and multiplying.
pub(super) fn is_silent(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2061}'..='\u{2064}' | '\u{200b}')
}
