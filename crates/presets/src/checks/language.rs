//! The language of the answer: the person's own, or the one that an input names (`en`, `zh-Hant`,
//! `zh-Hans`, or any text in it). In traditional Chinese no simplified character may stand, and the
//! other way round.

use super::{Argument, Entry, Found, Looked};
use crate::tongue::Tongue;

pub(super) const LANGUAGE: Entry = Entry {
    name: "language",
    argument: Argument::Inputs(0, 1),
    look,
};

/// How many characters of the other script are named.
const SHOWN: usize = 8;

fn look(at: &Looked<'_>) -> Found {
    let wanted = match at.argument {
        None => at.draft.tongue,
        Some(_) => {
            let value = at.input(0).unwrap_or_default();
            Tongue::from_code(value).unwrap_or_else(|| Tongue::of(value))
        }
    };
    let is = Tongue::of(at.text);
    let strangers = wanted.strangers(at.text);
    if !strangers.is_empty() {
        let shown: String = strangers.iter().take(SHOWN).collect();
        return Found::failed(
            "language",
            format!("characters of the other script: {shown}"),
            format!(
                "Write in {} only; {shown} are not its characters.",
                wanted.name()
            ),
        );
    }
    if !wanted.takes(is) {
        return Found::failed(
            "language",
            format!("it is in {} and not in {}", is.name(), wanted.name()),
            format!("Write the answer in {}.", wanted.name()),
        );
    }
    Found::passed("language", is.name())
}
