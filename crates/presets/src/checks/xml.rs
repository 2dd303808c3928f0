//! XML.

use super::{Argument, Entry, Found, Looked};

pub(super) const XML: Entry = Entry {
    name: "xml",
    argument: Argument::None,
    look,
};

fn look(at: &Looked<'_>) -> Found {
    match roxmltree::Document::parse(at.text) {
        Ok(document) => {
            let root = document.root_element().tag_name().name();
            Found::passed("xml", format!("well-formed, with the root {root}"))
        }
        Err(error) => Found::failed(
            "xml",
            error.to_string(),
            format!("The answer must be well-formed XML; yours has a mistake: {error}."),
        ),
    }
}
