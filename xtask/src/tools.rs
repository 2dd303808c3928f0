//! Tools that cargo installs for this project alone, at a pinned version, outside the repository.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::{build, place, shell};

/// The WebDriver server in front of a Tauri window.
const DRIVER: &str = "tauri-driver";
/// Its version; 3.0 is an alpha.
const DRIVER_VERSION: &str = "2.1.0";

/// The WebDriver server, installed if it is not there at the pinned version.
pub fn driver() -> Result<PathBuf, Failure> {
    let tools = place::tools()?;
    let program = tools.join(format!("bin/{DRIVER}{}", std::env::consts::EXE_SUFFIX));
    if !is_installed(&tools, &program) {
        println!("Installing {DRIVER} {DRIVER_VERSION}, which drives the window in tests:");
        install(&tools)?;
    }
    Ok(program)
}

fn is_installed(tools: &Path, program: &Path) -> bool {
    let entry = format!("\"{DRIVER} {DRIVER_VERSION} (");
    program.is_file()
        && fs::read_to_string(tools.join(".crates.toml")).is_ok_and(|list| list.contains(&entry))
}

/// Unoptimised, since it only passes messages on; its build files are thrown away.
fn install(tools: &Path) -> Result<(), Failure> {
    let target = tools.join("target");
    let mut cargo = build::cargo(&["install", DRIVER, "--version", DRIVER_VERSION])?;
    cargo.args(["--locked", "--debug", "--root"]).arg(tools);
    shell::run(cargo.arg("--target-dir").arg(&target))?;
    fs::remove_dir_all(&target).map_err(|error| Failure::file("remove", &target, &error))
}
