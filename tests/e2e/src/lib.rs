//! Deskhand end to end: what the tests in `tests/` stand on.
//!
//! They drive the finished programs from outside, as a person or a script does, and share no code
//! with them. So they hold the contracts that others rely on: the command line, its JSON, its exit
//! statuses, the test ids of the window.
//!
//! Every test has a data folder of its own, ends only what it started, and waits for nothing
//! without a bound.
//!
//! Run them with `cargo xtask test --only end-to-end` after `cargo xtask test --only build`.

pub mod browser;
pub mod database;
pub mod picture;
pub mod place;
pub mod process;
pub mod terminal;
pub mod window;
