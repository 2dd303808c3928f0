//! Where the programs, the sample and the artifacts are.

use std::path::{Path, PathBuf};

/// The model that tests ask: small, and there on every machine that ran the set-up.
pub const MODEL: &str = "qwen2.5-coder-0.5b";

/// A program of ours: in `DESKHAND_BIN_DIR`, or beside the test that runs.
///
/// # Panics
/// When it has not been built.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let folder = std::env::var_os("DESKHAND_BIN_DIR").map_or_else(beside_this_test, PathBuf::from);
    let path = folder.join(name);
    assert!(path.is_file(), "{} has not been built", path.display());
    path
}

/// Tests lie in `deps`, one folder below the programs.
fn beside_this_test() -> PathBuf {
    let test = std::env::current_exe().expect("a running test knows its path");
    let folder = test
        .ancestors()
        .nth(2)
        .expect("it lies in target/debug/deps");
    folder.to_owned()
}

/// The sample database of the repository. Tests that might write use a copy.
#[must_use]
pub fn shop() -> PathBuf {
    root().join("assets/samples/shop.sqlite")
}

/// Where pictures are kept for people: `DESKHAND_ARTIFACTS`, or `artifacts/` in the repository.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn artifacts() -> PathBuf {
    let folder = std::env::var_os("DESKHAND_ARTIFACTS")
        .map_or_else(|| root().join("artifacts"), PathBuf::from);
    std::fs::create_dir_all(&folder).expect("the artifacts folder can be made");
    folder
}

/// The rules of accessibility, as the window's own tests use them.
///
/// # Panics
/// When the packages of the window have not been installed.
#[must_use]
pub fn axe() -> String {
    let path = root().join("ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where pictures for the documentation are kept.
///
/// # Panics
/// When it cannot be made.
#[must_use]
pub fn gallery() -> PathBuf {
    let folder = root().join("docs/gallery/desk");
    std::fs::create_dir_all(&folder).expect("the folder of pictures can be made");
    folder
}

fn root() -> PathBuf {
    // Cargo sets it for tests that it runs; compiled in, it would be another clone's.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").expect("run this through cargo");
    let root = Path::new(&manifest).ancestors().nth(2);
    root.expect("this package lies in tests/e2e").to_owned()
}
