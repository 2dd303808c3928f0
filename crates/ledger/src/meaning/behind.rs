//! What a happening means behind another one of the same sentence.

use super::{Direction, Kind, Meaning};
use crate::chart::Role;
use crate::lexicon::Lexicon;

impl Meaning {
    /// What it means behind another happening of the same sentence: "Sandra paid me 85 for a cut, Priya 28
    /// for a blow dry" tells of Priya what it says of Sandra, and interest behind the part of a loan that
    /// was paid back is paid as well.
    pub fn after(self, before: Option<Kind>, folded: &str) -> Self {
        let is_of_a_loan = matches!(
            before,
            Some(Kind::Moved {
                to: Some(Role::Loan),
                ..
            })
        );
        if is_of_a_loan && (folded.contains("利息") || folded.contains("interest")) {
            return Self {
                kind: Kind::Spent,
                otherwise: None,
                is_told: true,
            };
        }
        let goes_on = before == Some(Kind::Earned)
            && self.kind == Kind::Spent
            && !self.is_told
            && self.otherwise.is_none()
            && Lexicon::built_in()
                .find(folded, |concept| {
                    !matches!(concept, "sales" | "rental" | "salary" | "grants")
                })
                .is_empty();
        match goes_on {
            true => Self {
                kind: Kind::Earned,
                otherwise: Some(Direction::Expense),
                is_told: false,
            },
            false => self,
        }
    }
}
