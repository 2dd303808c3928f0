//! What is installed on Linux, as it lies below `/`.
//!
//! All programs are in one folder, because they look for each other beside themselves; what is on
//! everybody's path are links into it, which a program that asks for its own place does not see.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::parts::{COMMAND_LINE, Parts};
use super::{files, notices, portable};
use crate::failure::Failure;
use crate::{place, shell};

/// Where the programs lie.
pub const PROGRAMS: &str = "usr/lib/deskhand";
/// Where texts about them lie.
pub const TEXTS: &str = "usr/share/doc/deskhand";

/// The window's program, which is the command line as well.
const WINDOW: &str = "deskhand";

/// Where the pictures of the window's icon are, and how large each is to be shown.
const ICONS: [(&str, &str); 5] = [
    ("32x32.png", "32x32/apps/deskhand.png"),
    ("128x128.png", "128x128/apps/deskhand.png"),
    ("128x128@2x.png", "256x256/apps/deskhand.png"),
    ("icon.png", "512x512/apps/deskhand.png"),
    ("icon.svg", "scalable/apps/deskhand.svg"),
];

/// Lays everything out below `root`, which is empty.
pub fn lay_out(parts: &Parts, root: &Path) -> Result<(), Failure> {
    programs(parts, root)?;
    let repository = place::root()?;
    let linux = repository.join("packaging/linux");
    let share = root.join("usr/share");
    for (from, to) in [
        ("deskhand.desktop", "applications/deskhand.desktop"),
        ("deskhand.xml", "mime/packages/deskhand.xml"),
        (
            "app.deskhand.Deskhand.metainfo.xml",
            "metainfo/app.deskhand.Deskhand.metainfo.xml",
        ),
        ("copyright", "doc/deskhand/copyright"),
    ] {
        files::copy(&linux.join(from), &share.join(to))?;
    }
    for (from, to) in ICONS {
        let icon = repository.join("src-tauri/icons").join(from);
        files::copy(&icon, &share.join("icons/hicolor").join(to))?;
    }
    let texts = root.join(TEXTS);
    files::copy(&repository.join("CHANGELOG.md"), &texts.join("changelog"))?;
    files::write(&texts.join("NOTICES.txt"), notices::everything()?)?;
    let mut gzip = Command::new("gzip");
    gzip.args(["-9", "--no-name", "changelog", "NOTICES.txt"]);
    shell::run(gzip.current_dir(&texts))?;
    // Whatever the umask of who builds it.
    shell::run(Command::new("chmod").arg("-R").arg("u=rwX,go=rX").arg(root))
}

fn programs(parts: &Parts, root: &Path) -> Result<(), Failure> {
    let folder = root.join(PROGRAMS);
    files::copy(&parts.programs.join(WINDOW), &folder.join(WINDOW))?;
    files::link(WINDOW, &folder.join(COMMAND_LINE))?;
    for name in [WINDOW, COMMAND_LINE] {
        let link = root.join("usr/bin").join(name);
        files::link(&format!("../lib/deskhand/{name}"), &link)?;
    }
    let worker = "deskhand-engine";
    files::copy(&parts.engine.join(worker), &folder.join(worker))?;
    let mut built = libraries(
        &parts.engine.join(worker),
        &parts.engine.join("engine-lib"),
        &folder.join("engine-lib"),
    )?;
    built.extend([WINDOW, worker].map(|name| folder.join(name)));
    shell::run(Command::new("strip").arg("--strip-unneeded").args(&built))
}

/// Copies the kernels and those libraries that the worker is linked with, each under the name by which it
/// is asked for. Where they were built lies more: what were links between two names of one library became
/// two files, and llama.cpp makes a library for its own programs.
fn libraries(worker: &Path, from: &Path, to: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found: Vec<PathBuf> = files::list(from)?
        .into_iter()
        .filter(|path| portable::is_kernel(path))
        .collect();
    let mut looked_at = 0;
    let mut next = Some(worker.to_owned());
    while let Some(program) = next {
        for name in linked(&program)? {
            let library = from.join(name);
            if library.is_file() && !found.contains(&library) {
                found.push(library);
            }
        }
        next = found.get(looked_at).cloned();
        looked_at += 1;
    }
    let mut copied = Vec::new();
    for library in found {
        let to = to.join(library.file_name().unwrap_or_default());
        files::copy(&library, &to)?;
        copied.push(to);
    }
    Ok(copied)
}

/// Names of the libraries that a program or a library is linked with.
fn linked(program: &Path) -> Result<Vec<String>, Failure> {
    let headers = shell::capture(Command::new("objdump").arg("-p").arg(program))?;
    if !headers.success {
        return Err(Failure::sentence(headers.stderr));
    }
    let needed = |line: &str| {
        line.trim()
            .strip_prefix("NEEDED")
            .map(str::trim)
            .map(str::to_owned)
    };
    Ok(headers.stdout.lines().filter_map(needed).collect())
}
