//! YAML, one document or several.

use saphyr::{LoadableYamlNode, Yaml};

use super::{Argument, Entry, Found, Looked};

pub(super) const YAML: Entry = Entry {
    name: "yaml",
    argument: Argument::None,
    look,
};

fn look(at: &Looked<'_>) -> Found {
    match Yaml::load_from_str(at.text) {
        // Any line of prose is a string in YAML, and nobody asks for that.
        Ok(documents)
            if documents
                .iter()
                .any(|one| one.is_mapping() || one.is_sequence()) =>
        {
            Found::passed("yaml", format!("documents: {}", documents.len()))
        }
        Ok(_) => Found::failed(
            "yaml",
            "it is a plain text and no mapping",
            "The answer must be a YAML mapping or list, and nothing else.",
        ),
        Err(error) => Found::failed(
            "yaml",
            error.to_string(),
            format!("The answer must be valid YAML; yours has a mistake: {error}."),
        ),
    }
}
