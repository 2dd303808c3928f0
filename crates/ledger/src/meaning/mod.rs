//! What a happening means: which way the money went, how it was paid, with whom, tax and shares.
//!
//! All of it by patterns over the folded text; the account alone may need a model.

mod behind;
mod direction;
mod movement;
mod party;
mod payment;
mod phrases;
mod share;
mod tax;

pub use direction::{Direction, Kind, Meaning, meaning};
pub use party::party;
pub use payment::{named_role, way, without_cards};
pub use share::{Share, share};
pub use tax::{TaxHint, tax, without_tax};

use crate::text::pattern;
