//! The AppImage: one file that runs on any Linux with a desktop.
//!
//! Tauri's bundler makes AppImages with tools that it downloads from GitHub while it works. What they do
//! is not much, so it is done here with what Debian has: the tree, with every library that a desktop does
//! not have of its own ([`bundled`]), becomes one compressed file system behind a small program, the
//! runtime. Only the runtime is nothing that Debian has; a crate brings it.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{bundled, files, notices, out, tree, version, work};
use crate::failure::Failure;
use crate::{build, place, shell};

/// The crate with the runtime in it, and the checksum of the runtime.
const CRATE: &str = "appimage";
const CRATE_VERSION: &str = "0.4.0";
const RUNTIME_SHA256: &str = "328e0d745c5c6817048c27bc3e8314871703f8f47ffa81a37cb06cd95a94b323";

/// Names a runtime that is taken in its place.
const VARIABLE: &str = "DESKHAND_APPIMAGE_RUNTIME";

/// Debian's Stockfish, which an AppImage cannot depend on.
const STOCKFISH: &str = "/usr/games/stockfish";

/// Packs the tree; gives the AppImage's path.
pub fn make(tree: &Path) -> Result<PathBuf, Failure> {
    let runtime = runtime()?;
    let root = work()?.join("AppDir");
    files::empty(&root)?;
    files::copy_all(tree, &root)?;
    stockfish(&root)?;
    bundled::libraries(&root)?;
    entrance(&root)?;
    let file_system = work()?.join("appimage.squashfs");
    let mut pack = Command::new("mksquashfs");
    pack.arg(&root).arg(&file_system);
    pack.args(["-noappend", "-root-owned", "-no-progress", "-quiet"]);
    // The runtime reads gzip and xz. Every start reads it, so what is quick to read goes before what is small.
    shell::run(pack.args(["-comp", "gzip", "-b", "256K"]))?;
    let name = format!(
        "Deskhand-{}-{}.AppImage",
        version()?,
        std::env::consts::ARCH
    );
    let path = out()?.join(name);
    join(&[runtime.as_path(), file_system.as_path()], &path)?;
    shell::run(Command::new("chmod").arg("755").arg(&path))?;
    println!("{}: {:.1} MB", path.display(), files::megabytes(&path)?);
    Ok(path)
}

/// Stockfish, with the notice that has to come along and where its source is.
fn stockfish(root: &Path) -> Result<(), Failure> {
    let programs = root.join(tree::PROGRAMS);
    files::copy(Path::new(STOCKFISH), &programs.join("stockfish"))?;
    let version = shell::ask(
        "dpkg-query",
        &["--show", "--showformat=${Version}", "stockfish"],
    );
    let version = version.ok_or_else(|| Failure::sentence("stockfish is not installed by dpkg"))?;
    let notice = files::read(&place::root()?.join("packaging/linux/stockfish.txt"))?;
    let notice = notice.replace("@VERSION@", version.trim());
    let debians = files::read(Path::new("/usr/share/doc/stockfish/copyright"))?;
    let path = root.join(tree::TEXTS).join("stockfish.txt");
    files::write(&path, format!("{notice}{debians}"))
}

/// What is at the top: the program that is started, the desktop entry and the icon.
fn entrance(root: &Path) -> Result<(), Failure> {
    let packaging = place::root()?.join("packaging/appimage");
    let start = files::read(&packaging.join("AppRun"))?;
    let start = start.replace("@TRIPLET@", &bundled::triplet()?);
    files::write(&root.join("AppRun"), start)?;
    shell::run(Command::new("chmod").arg("755").arg(root.join("AppRun")))?;
    files::copy(
        &packaging.join("runtime.txt"),
        &root.join(tree::TEXTS).join("runtime.txt"),
    )?;
    let share = root.join("usr/share");
    files::copy(
        &share.join("applications/deskhand.desktop"),
        &root.join("deskhand.desktop"),
    )?;
    files::copy(
        &share.join("icons/hicolor/256x256/apps/deskhand.png"),
        &root.join("deskhand.png"),
    )?;
    files::link("deskhand.png", &root.join(".DirIcon"))
}

/// The program in front of the file system: the one that was named, or the one of the crate.
fn runtime() -> Result<PathBuf, Failure> {
    if let Some(told) = std::env::var_os(VARIABLE).filter(|path| !path.is_empty()) {
        return Ok(told.into());
    }
    if std::env::consts::ARCH != "x86_64" {
        return Err(Failure::sentence(format!(
            "there is a runtime for x86_64 only; name one for this processor with {VARIABLE}"
        )));
    }
    let kept = place::tools()?.join(format!("{CRATE}-{CRATE_VERSION}/runtime"));
    if !kept.is_file() {
        files::copy(&fetch()?.join("assets/runtime-x86_64"), &kept)?;
    }
    let sum = shell::ask("sha256sum", &[&kept.to_string_lossy()]).unwrap_or_default();
    if !sum.starts_with(RUNTIME_SHA256) {
        return Err(Failure::sentence(format!(
            "{} is not the runtime that is meant",
            kept.display()
        )));
    }
    Ok(kept)
}

/// Lets cargo fetch the crate, to look at: it becomes no dependency of ours, and nothing is compiled.
fn fetch() -> Result<PathBuf, Failure> {
    println!("Fetching the crate {CRATE} {CRATE_VERSION} for the AppImage's runtime.");
    let name = format!("{CRATE}@{CRATE_VERSION}");
    let told = shell::capture(&mut build::cargo(&["info", "--quiet", &name])?)?;
    let folder = format!("{CRATE}-{CRATE_VERSION}");
    let places = notices::sources()?.into_iter();
    let found = places
        .map(|source| source.join(&folder))
        .find(|path| path.is_dir());
    found.ok_or_else(|| {
        Failure::sentence(format!(
            "cargo did not bring {name}: {}",
            told.stderr.trim()
        ))
    })
}

/// Writes files one after the other into one.
fn join(parts: &[&Path], to: &Path) -> Result<(), Failure> {
    let mut whole = File::create(to).map_err(|error| Failure::file("write", to, &error))?;
    for part in parts {
        let mut part = File::open(part).map_err(|error| Failure::file("read", part, &error))?;
        io::copy(&mut part, &mut whole).map_err(|error| Failure::file("write", to, &error))?;
    }
    Ok(())
}
