//! `cargo xtask package`: what people install.
//!
//! On Linux everything that is installed is laid out once ([`tree`]), as it lies below `/`; the .deb
//! and the AppImage are two ways to carry that tree. Elsewhere Tauri's own bundler makes what the
//! system expects ([`elsewhere`]). `docs/packaging.md` says why each is made as it is.

mod appimage;
mod bundled;
mod chroot;
mod deb;
mod elsewhere;
mod files;
mod notices;
mod parts;
mod portable;
mod screen;
mod tree;
mod trial;

use std::path::PathBuf;

use crate::failure::Failure;
use crate::{place, system};

pub use parts::{release, target as shipped_target};

/// `cargo xtask package [--deb | --appimage] [--test]`.
pub fn errand(arguments: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (wants_deb, wants_appimage, wants_test) = match words.as_slice() {
        [] => (true, true, false),
        ["--deb"] => (true, false, false),
        ["--appimage"] => (false, true, false),
        ["--test"] => (true, true, true),
        ["--deb", "--test"] => (true, false, true),
        ["--appimage", "--test"] => (false, true, true),
        _ => {
            return Err(Failure::usage(
                "package takes --deb or --appimage, and --test",
            ));
        }
    };
    if !cfg!(target_os = "linux") {
        return elsewhere::bundle();
    }
    system::install_missing(&[&system::COMPILERS, &system::WINDOW, &system::PACKAGING])?;
    let parts = parts::build()?;
    let tree = work()?.join("tree");
    files::empty(&tree)?;
    tree::lay_out(&parts, &tree)?;
    portable::check(&tree)?;
    let deb = wants_deb.then(|| deb::make(&tree)).transpose()?;
    let appimage = wants_appimage.then(|| appimage::make(&tree)).transpose()?;
    if wants_test {
        trial::of(deb.as_deref(), appimage.as_deref())?;
    }
    Ok(())
}

/// Where installers are put.
fn out() -> Result<PathBuf, Failure> {
    let folder = place::root()?.join("artifacts/packages");
    files::make(&folder)?;
    Ok(folder)
}

/// Where they are put together; made anew every time.
fn work() -> Result<PathBuf, Failure> {
    Ok(parts::target()?.join("package"))
}

/// The version of the workspace, as Cargo.toml has it.
fn version() -> Result<String, Failure> {
    let path = place::root()?.join("Cargo.toml");
    let manifest = files::read(&path)?;
    manifest
        .lines()
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Failure::sentence("Cargo.toml says no version"))
}
