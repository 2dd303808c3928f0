//! The assistant for training code, from its parts to the whole.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod graph;
mod request;
mod trace;
mod whole;
