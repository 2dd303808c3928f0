//! Python 3, by the grammar that editors use.

use tree_sitter::Tree;

use crate::tree::{every, parse, text_of};
use crate::{Fact, Flaw};

/// The syntax tree of a program without errors.
///
/// # Errors
/// The first error of syntax; what only Python 2 knows is one.
pub fn tree(text: &str) -> Result<Tree, Flaw> {
    let tree = parse(tree_sitter_python::LANGUAGE, text)?;
    for node in every(tree.root_node()) {
        if matches!(node.kind(), "print_statement" | "exec_statement") {
            let line = node.start_position().row + 1;
            return Err(Flaw::at(line, "this is Python 2; print is a function"));
        }
    }
    mixed_indentation(text)?;
    Ok(tree)
}

/// Python refuses a block that is indented by tabs in one line and by spaces in another.
fn mixed_indentation(text: &str) -> Result<(), Flaw> {
    for (place, line) in text.lines().enumerate() {
        let indentation: String = line.chars().take_while(|c| c.is_whitespace()).collect();
        if indentation.contains(" \t") && !line.trim().is_empty() {
            return Err(Flaw::at(
                place + 1,
                "tabs and spaces are mixed in the indentation",
            ));
        }
    }
    Ok(())
}

/// Holds a program against the grammar and says what it imports and defines.
///
/// # Errors
/// The first error of syntax.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let tree = tree(text)?;
    let mut defined = Vec::new();
    for node in every(tree.root_node()) {
        if matches!(node.kind(), "function_definition" | "class_definition")
            && let Some(name) = node.child_by_field_name("name")
        {
            defined.push(text_of(name, text));
        }
    }
    let imported = imports(text)?;
    Ok([
        Fact::names("imports", imported.iter().map(String::as_str)),
        Fact::names("defines", defined),
    ]
    .into_iter()
    .flatten()
    .collect())
}

/// The modules that a program imports, by the first part of their names, each once.
///
/// # Errors
/// The first error of syntax.
pub fn imports(text: &str) -> Result<Vec<String>, Flaw> {
    let tree = tree(text)?;
    let mut modules: Vec<String> = Vec::new();
    for node in every(tree.root_node()) {
        let names: Vec<_> = match node.kind() {
            "import_statement" => {
                let mut cursor = node.walk();
                node.children_by_field_name("name", &mut cursor).collect()
            }
            "import_from_statement" => node
                .child_by_field_name("module_name")
                .into_iter()
                .collect(),
            _ => continue,
        };
        for name in names {
            let name = name.child_by_field_name("name").unwrap_or(name);
            let module = text_of(name, text).split('.').next().unwrap_or_default();
            if !module.is_empty() && !modules.iter().any(|known| known == module) {
                modules.push(module.to_owned());
            }
        }
    }
    Ok(modules)
}
