//! Shares one set of features with crates that are under way; it goes when they are here.
