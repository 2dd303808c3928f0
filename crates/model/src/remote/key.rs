//! Keys, and how they are kept out of everything that people see.
//!
//! A [`Key`] cannot be printed. But a service may send it back inside an error, and an address or
//! a header of the settings may hold another secret: what comes from outside goes through
//! [`Secrets::scrub`] before it becomes part of an error. Where keys are kept is not decided
//! here but in [`super::keys`].

use secrecy::{ExposeSecret as _, SecretString};

/// What stands in the place of a secret.
const HIDDEN: &str = "[hidden]";

/// A secret that a service asks for. Its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Key(SecretString);

impl Key {
    /// A key as a person pasted it, without the white space around it; nothing when that leaves
    /// no text, or a text that cannot stand in a header.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_printable = text.bytes().all(|byte| (0x21..0x7f).contains(&byte));
        (!text.is_empty() && is_printable).then(|| Self(text.into()))
    }

    /// The secret itself, for whoever stores or sends it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key([hidden])")
    }
}

/// Texts that must not leave this program but by the request they belong to.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<SecretString>);

impl Secrets {
    /// Adds one. Texts of a few letters are not secrets, and would be found everywhere.
    pub(super) fn add(&mut self, secret: &str) {
        if secret.len() >= 4 {
            self.0.push(secret.into());
            // The longest first: one may be part of another.
            self.0
                .sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        }
    }

    /// `text` without any of them.
    pub(super) fn scrub(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.expose_secret(), HIDDEN)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_was_pasted_without_the_space_around_it() {
        for (pasted, expected) in [
            (" sk-1\n", Some("sk-1")),
            ("", None),
            (" \t", None),
            ("two words", None),
            ("line\nbreak", None),
            ("schlüssel", None),
        ] {
            let key = Key::new(pasted);
            assert_eq!(key.as_ref().map(Key::expose), expected, "{pasted:?}");
        }
    }

    #[test]
    fn nothing_shows_a_key() {
        let key = Key::new("sk-very-secret").unwrap();
        assert!(!format!("{key:?}").contains("secret"));
        let mut secrets = Secrets::default();
        secrets.add("secret");
        secrets.add(key.expose());
        secrets.add("a");
        assert_eq!(
            secrets.scrub("bad key sk-very-secret, a secret"),
            "bad key [hidden], a [hidden]"
        );
    }
}
