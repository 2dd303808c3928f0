//! Imports from end to end: files are made, taken in, and looked at through SQLite.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

mod common;
mod files;
mod texts;
mod workbooks;
