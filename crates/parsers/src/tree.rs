//! Syntax trees of the grammars that editors use, and the first error in one.
//!
//! Such a grammar goes on after an error, which is what an editor wants; here the first error is
//! the answer.

use tree_sitter::{Language, Node, Parser, Tree};

use crate::Flaw;

/// The tree of a text without errors.
pub fn parse(language: impl Into<Language>, text: &str) -> Result<Tree, Flaw> {
    let mut parser = Parser::new();
    parser
        .set_language(&language.into())
        .map_err(|error| Flaw::of_all(format!("the grammar cannot be used: {error}")))?;
    let tree = parser
        .parse(text, None)
        .ok_or_else(|| Flaw::of_all("it could not be parsed"))?;
    match first_error(tree.root_node(), text) {
        Some(flaw) => Err(flaw),
        None => Ok(tree),
    }
}

fn first_error(root: Node<'_>, text: &str) -> Option<Flaw> {
    if !root.has_error() {
        return None;
    }
    let node = every(root)
        .into_iter()
        .find(|node| node.is_error() || node.is_missing())?;
    let line = node.start_position().row + 1;
    if node.is_missing() {
        return Some(Flaw::at(line, format!("{:?} is missing", node.kind())));
    }
    let shown = text.lines().nth(line - 1).unwrap_or_default().trim();
    let shown: String = shown.chars().take(80).collect();
    Some(Flaw::at(line, format!("this is no valid syntax: {shown}")))
}

/// Every node, each before those in it. Without recursion: a text may be nested as deeply as it is
/// long.
pub fn every(root: Node<'_>) -> Vec<Node<'_>> {
    let mut all = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        all.push(node);
        let mut cursor = node.walk();
        let children: Vec<Node<'_>> = node.children(&mut cursor).collect();
        waiting.extend(children.into_iter().rev());
    }
    all
}

/// The text of a node.
pub fn text_of<'t>(node: Node<'_>, text: &'t str) -> &'t str {
    text.get(node.byte_range()).unwrap_or_default()
}
