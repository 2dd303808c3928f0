//! Installers for macOS and Windows: Tauri's own bundler makes them, on those systems.
//!
//! It is told of what belongs beside the window (`packaging/macos.json`, `packaging/windows.json`) and
//! finds it in a folder that is filled here. Tauri's command line comes from npm, compiled, at a pinned
//! version.

use std::path::{Path, PathBuf};

use super::{files, notices, parts};
use crate::failure::Failure;
use crate::node::Node;
use crate::{place, shell};

/// Tauri's command line.
const TAURI: &str = "@tauri-apps/cli@2.12.5";

/// Names the Stockfish to ship; there is no package of the system's to take it from.
const STOCKFISH: &str = "DESKHAND_STOCKFISH";

/// Makes what people install on this system.
pub fn bundle() -> Result<(), Failure> {
    let parts = parts::build()?;
    let sidecars = place::root()?.join("artifacts/sidecars");
    files::empty(&sidecars)?;
    let stockfish = std::env::var_os(STOCKFISH).filter(|path| !path.is_empty());
    let stockfish = stockfish.map(PathBuf::from).ok_or_else(|| {
        Failure::sentence(format!(
            "{STOCKFISH} must name the Stockfish for this system that is to be shipped"
        ))
    })?;
    let of =
        |folder: &Path, name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    // Tauri wants the name of the system in the name of each.
    let system = system()?;
    for (name, path) in [
        ("deskhand-engine", of(&parts.engine, "deskhand-engine")),
        ("deskhand-cli", of(&parts.programs, "deskhand-cli")),
        ("stockfish", stockfish),
    ] {
        files::copy(&path, &of(&sidecars, &format!("{name}-{system}")))?;
    }
    libraries(&parts.engine.join("engine-lib"), &sidecars)?;
    files::write(&sidecars.join("NOTICES.txt"), notices::everything()?)?;
    let config = if cfg!(windows) { "windows" } else { "macos" };
    let config = format!("packaging/{config}.json");
    let node = Node::find_or_install()?;
    let mut tauri = node.npm_at(&place::root()?)?;
    tauri.args(["exec", "--yes", "--package", TAURI, "--", "tauri"]);
    tauri.args(["bundle", "--config", &config]);
    shell::run(tauri.env("CARGO_TARGET_DIR", parts::target()?))?;
    println!("See {}", parts::target()?.join("release/bundle").display());
    Ok(())
}

/// The worker's libraries: all in a folder, and on Windows, where a program finds only what lies beside
/// it, those that it is linked with there as well.
fn libraries(from: &Path, sidecars: &Path) -> Result<(), Failure> {
    files::make(&sidecars.join("beside"))?;
    for library in files::list(from)? {
        let name = library.file_name().unwrap_or_default();
        files::copy(&library, &sidecars.join("engine-lib").join(name))?;
        if cfg!(windows) && !name.to_string_lossy().contains("ggml-cpu-") {
            files::copy(&library, &sidecars.join("beside").join(name))?;
        }
    }
    Ok(())
}

/// What rustc calls this system.
fn system() -> Result<String, Failure> {
    let told = shell::ask("rustc", &["--version", "--verbose"]).unwrap_or_default();
    let system = told.lines().find_map(|line| line.strip_prefix("host: "));
    system
        .map(str::to_owned)
        .ok_or_else(|| Failure::sentence("rustc does not say what system this is"))
}
