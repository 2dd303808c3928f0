//! The rule of the house that nothing under `crates/` depends on Tauri, proved from cargo's own tree.

use std::fs;

use crate::failure::Failure;
use crate::{build, place, shell};

/// Fails when a package under `crates/` depends on Tauri or its window library, on any platform.
pub fn crates_do_not_know_the_window() -> Result<(), Failure> {
    // The proof is worth nothing if it cannot see Tauri where Tauri is.
    if window_packages(&tree("deskhand")?).is_empty() {
        return Err(Failure::sentence(
            "cargo tree does not even show Tauri in the window",
        ));
    }
    for name in packages()? {
        if let Some(found) = window_packages(&tree(&name)?).first() {
            return Err(Failure::sentence(format!(
                "{name} depends on {found}; `cargo tree -p {name} -i {found}` shows how"
            )));
        }
        println!("{name} knows no window");
    }
    Ok(())
}

/// Names of the packages under `crates/`, which are the names of their folders.
fn packages() -> Result<Vec<String>, Failure> {
    let folder = place::root()?.join("crates");
    let unreadable = |error: std::io::Error| Failure::file("read", &folder, &error);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        if entry.path().join("Cargo.toml").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Everything a package is built from on any platform, one `name version` a line.
fn tree(package: &str) -> Result<String, Failure> {
    let flags = [
        "--edges",
        "normal,build",
        "--target",
        "all",
        "--prefix",
        "none",
    ];
    let captured = shell::capture(build::cargo(&["tree", "--package", package])?.args(flags))?;
    if captured.success {
        return Ok(captured.stdout);
    }
    Err(Failure::sentence(captured.stderr))
}

/// Packages of a tree that make a window.
fn window_packages(tree: &str) -> Vec<&str> {
    tree.lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| matches!(*name, "tauri" | "wry" | "tao") || name.starts_with("tauri-"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_seen_by_the_names_of_its_packages() {
        let tree = "cli v0.1.0 (/a/tauri/b)\nserde v1.0.0\n";
        assert!(window_packages(tree).is_empty());
        let tree = "cli v0.1.0\ntauri-utils v2.0.0\nwry v0.5.0 (*)\n";
        assert_eq!(window_packages(tree), ["tauri-utils", "wry"]);
    }
}
