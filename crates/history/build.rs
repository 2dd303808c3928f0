//! Builds the crate anew when a migration is added; cargo sees only edits of those it knows.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
