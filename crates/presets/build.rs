//! Embeds every preset of `assets/presets`, so that a preset is added by adding its file.
//!
//! A file there that has no `[prompt]` describes an assistant whose code lies elsewhere, and is
//! that crate's own.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    // Asked when this runs, not when it was compiled: a checkout that was moved, or one of two that
    // share a build folder, has its presets somewhere else by then.
    let root = from_cargo("CARGO_MANIFEST_DIR")?.join("../../assets/presets");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&root)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path)?;
        if text.lines().any(|line| line.trim_end() == "[prompt]") {
            let path = path.canonicalize()?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // Writing to a String cannot fail.
            let _ = writeln!(list, "    ({name:?}, include_str!({path:?})),");
        }
    }
    list.push_str("]\n");
    fs::write(from_cargo("OUT_DIR")?.join("files.rs"), list)
}

/// A folder that cargo names to every build script.
fn from_cargo(name: &str) -> io::Result<PathBuf> {
    env::var_os(name)
        .map(PathBuf::from)
        .ok_or_else(|| io::Error::other(format!("{name} is missing: run by cargo only")))
}
