//! Books in double entry: the journal, its statements, and files in and out.
//!
//! Nothing here asks a model anything, and nothing here guesses: what is posted was approved, what
//! is shown was added up, and what was posted is never changed but undone by another entry. How
//! sentences become entries is the business of the assistant for ledgers, which knows nothing of
//! files; where books lie is the desk's.

pub mod account;
mod attachment;
mod book;
mod choices;
pub mod entry;
mod error;
pub mod export;
pub mod import;
mod journal;
pub mod money;
mod period;
pub mod proposal;
mod record;
pub mod statements;
mod store;
mod words;

pub use account::{Account, Class, Role};
pub use attachment::{Attachment, MOST_MEGABYTES as MOST_ATTACHED_MEGABYTES};
pub use book::{Book, Change, OpeningBalance, Verified};
pub use choices::{NamedPeriod, Span, choices};
pub use entry::{Draft, DraftPosting, Entry, Origin, Posting};
pub use error::{BookError, ImportError};
pub use journal::Journal;
pub use period::Period;
pub use record::{BookInfo, Rate, Seal, TaxCode};
pub use words::{Language, Word};
