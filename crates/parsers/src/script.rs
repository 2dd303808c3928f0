//! Shell scripts, JavaScript and TypeScript, by the grammars that editors use.

use crate::tree::{every, parse, text_of};
use crate::{Fact, Flaw};

/// A script for Bash: the programs that it calls.
///
/// # Errors
/// The first error of syntax.
pub fn bash(text: &str) -> Result<Vec<Fact>, Flaw> {
    let tree = parse(tree_sitter_bash::LANGUAGE, text)?;
    let mut called = Vec::new();
    let mut defined = Vec::new();
    for node in every(tree.root_node()) {
        match node.kind() {
            "command_name" => called.push(text_of(node, text)),
            "function_definition" => {
                defined.extend(
                    node.child_by_field_name("name")
                        .map(|name| text_of(name, text)),
                );
            }
            _ => {}
        }
    }
    called.retain(|name| !defined.contains(name));
    Ok(Fact::names("calls", called).into_iter().collect())
}

/// A program in JavaScript: the functions and classes that it defines.
///
/// # Errors
/// The first error of syntax.
pub fn javascript(text: &str) -> Result<Vec<Fact>, Flaw> {
    defines(tree_sitter_javascript::LANGUAGE, text)
}

/// A program in TypeScript: the functions and classes that it defines.
///
/// # Errors
/// The first error of syntax.
pub fn typescript(text: &str) -> Result<Vec<Fact>, Flaw> {
    defines(tree_sitter_typescript::LANGUAGE_TYPESCRIPT, text)
}

fn defines(language: impl Into<tree_sitter::Language>, text: &str) -> Result<Vec<Fact>, Flaw> {
    let tree = parse(language, text)?;
    let names = every(tree.root_node())
        .into_iter()
        .filter(|node| {
            matches!(
                node.kind(),
                "function_declaration" | "class_declaration" | "interface_declaration"
            )
        })
        .filter_map(|node| node.child_by_field_name("name"))
        .map(|name| text_of(name, text));
    Ok(Fact::names("defines", names).into_iter().collect())
}
