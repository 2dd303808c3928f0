//! How many tokens texts and forms come to, roughly: enough to share out time, not to count anything.

use super::{Form, Items, Lengths};
use crate::language::Language;
use crate::plan::Kind;

/// Tokens of names and marks around a field in JSON.
const AROUND: usize = 6;

/// Tokens of a text, as Qwen's vocabulary has them: a Latin word and a bit, or a Chinese word.
#[must_use]
pub fn tokens(text: &str) -> usize {
    let (mut narrow, mut wide) = (0, 0);
    for letter in text.chars() {
        if letter.is_ascii() {
            narrow += 1;
        } else {
            wide += 1;
        }
    }
    narrow / 4 + wide * 2 / 3 + 1
}

/// Most tokens that an answer to a form can have.
#[must_use]
pub fn room(form: &Form, language: Language) -> usize {
    let most = Lengths::of(language);
    let of = |characters: usize| {
        AROUND
            + if language.is_chinese() {
                characters * 3 / 4
            } else {
                characters / 4
            }
    };
    let text = of(most.text_of(form.kind));
    let title = of(most.title);
    let each = match &form.items {
        Items::None => 0,
        // A name that is known is forced upon the answer, and costs next to nothing.
        Items::Texts(_) | Items::Sentences => AROUND + text,
        Items::Points(_) => AROUND + 3 * title,
        Items::Titles => title,
        Items::Pairs => title + text,
    };
    let heading = usize::from(form.heading) * of(most.heading);
    let lead = usize::from(form.lead) * of(most.lead_of(form.kind));
    AROUND + heading + lead + each * form.count
}

/// Tokens that an answer is likely to have: texts seldom fill more than half of their room.
#[must_use]
pub fn likely(form: &Form, language: Language) -> usize {
    room(form, language) / 2
}

impl Lengths {
    /// Of a section's lead: what tells of a place may take two sentences.
    #[must_use]
    pub fn lead_of(&self, kind: Kind) -> usize {
        if kind == Kind::About {
            self.lead * 2
        } else {
            self.lead
        }
    }

    /// Of an item's text: an answer to a question may be longer than a line about a thing.
    #[must_use]
    pub fn text_of(&self, kind: Kind) -> usize {
        if kind == Kind::Faq {
            self.text * 3 / 2
        } else {
            self.text
        }
    }
}
