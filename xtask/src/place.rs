//! Where things are: the repository, what was built, and the cache outside of both.

use std::path::PathBuf;

use crate::failure::Failure;

/// Root of the repository.
///
/// Asked at run time and not compiled in: several clones may share one target directory.
pub fn root() -> Result<PathBuf, Failure> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .ok_or_else(|| Failure::sentence("start this as `cargo xtask`"))?;
    match manifest.parent() {
        Some(root) => Ok(root.to_owned()),
        None => Err(Failure::sentence("xtask must lie in the repository")),
    }
}

/// Where cargo puts the programs: beside this one, since cargo has just built it there.
pub fn programs() -> Result<PathBuf, Failure> {
    let own = std::env::current_exe()
        .map_err(|error| Failure::sentence(format!("cannot tell where xtask is: {error}")))?;
    match own.parent() {
        Some(folder) => Ok(folder.to_owned()),
        None => Err(Failure::sentence("xtask has no folder")),
    }
}

/// A program of ours.
pub fn program(name: &str) -> Result<PathBuf, Failure> {
    Ok(programs()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Deskhand's folder in the user's cache: tools and models, so that a fresh clone finds them.
pub fn cache() -> Result<PathBuf, Failure> {
    let variable = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let base = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("deskhand"))
        .ok_or_else(|| Failure::sentence("neither XDG_CACHE_HOME nor HOME is set"))
}

/// Where model files lie.
pub fn models() -> Result<PathBuf, Failure> {
    match std::env::var_os("DESKHAND_MODELS").filter(|path| !path.is_empty()) {
        Some(path) => Ok(path.into()),
        None => Ok(cache()?.join("models")),
    }
}

/// Tools that are installed for this project alone.
pub fn tools() -> Result<PathBuf, Failure> {
    Ok(cache()?.join("tools"))
}
