//! Books from end to end: they are made in files, posted to, looked at, tampered with.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set its scene up has failed"
)]

mod attached;
mod bank_files;
mod common;
mod exports;
mod handed_over;
mod imports;
mod kept;
mod libreoffice;
mod properties;
mod round_trips;
mod statements;
