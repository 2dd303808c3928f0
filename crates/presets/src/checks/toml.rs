//! TOML.

use super::{Argument, Entry, Found, Looked};

pub(super) const TOML: Entry = Entry {
    name: "toml",
    argument: Argument::None,
    look,
};

fn look(at: &Looked<'_>) -> Found {
    match at.text.parse::<::toml::Table>() {
        Ok(table) => Found::passed("toml", format!("{} keys", table.len())),
        Err(error) => {
            let message = error.message();
            Found::failed(
                "toml",
                message,
                format!("The answer must be valid TOML; yours has a mistake: {message}."),
            )
        }
    }
}
