//! The assistant for training code, from its parts to the whole.

mod graph;
mod request;
mod trace;
mod whole;
