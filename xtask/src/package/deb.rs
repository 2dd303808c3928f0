//! The package for Debian and its kin.
//!
//! Made with Debian's own tools from the tree as it is, and not by Tauri's bundler: that one writes by
//! hand what `dpkg-shlibdeps` finds out, namely which packages and versions the programs need. There
//! are no scripts: desktop entries, icons and types of files are noticed by the packages that keep
//! their lists, so removing the package leaves nothing behind that a script forgot.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files, out, tree, version, work};
use crate::failure::Failure;
use crate::{place, shell};

/// What the package may weigh, in megabytes. Models are fetched later.
const MOST: f64 = 40.0;

/// Packs the tree; gives the package's path.
pub fn make(tree: &Path) -> Result<PathBuf, Failure> {
    let root = work()?.join("deb");
    files::empty(&root)?;
    files::copy_all(tree, &root)?;
    let control = root.join("DEBIAN/control");
    let template = files::read(&place::root()?.join("packaging/linux/control"))?;
    let (version, architecture) = (version()?, architecture()?);
    let filled = template
        .replace("@VERSION@", &version)
        .replace("@ARCHITECTURE@", &architecture)
        .replace("@SIZE@", &kilobytes(tree)?)
        .replace("@DEPENDS@", &needs(tree)?);
    files::write(&control, filled)?;
    seals(&root)?;
    let package = out()?.join(format!("deskhand_{version}_{architecture}.deb"));
    let mut dpkg = Command::new("dpkg-deb");
    dpkg.args(["--root-owner-group", "-Zxz", "--build"]);
    shell::run(dpkg.arg(&root).arg(&package))?;
    let size = files::megabytes(&package)?;
    println!("{}: {size:.1} MB", package.display());
    if size >= MOST {
        return Err(Failure::sentence(format!(
            "the package has {size:.1} MB and must stay under {MOST}"
        )));
    }
    Ok(package)
}

/// Debian's word for the processor.
fn architecture() -> Result<String, Failure> {
    let word = shell::ask("dpkg", &["--print-architecture"]);
    let word = word.ok_or_else(|| Failure::sentence("dpkg does not say what machine this is"))?;
    Ok(word.trim().to_owned())
}

/// What the installed files take, as dpkg counts.
fn kilobytes(tree: &Path) -> Result<String, Failure> {
    let path = tree.to_string_lossy();
    let size = shell::ask("du", &["--summarize", "--apparent-size", "-k", &path]);
    let size = size.and_then(|text| text.split_whitespace().next().map(str::to_owned));
    size.ok_or_else(|| Failure::sentence("du does not say how large the tree is"))
}

/// Packages with the libraries that the programs are linked with, at the versions that have all that is
/// called.
fn needs(tree: &Path) -> Result<String, Failure> {
    let folder = tree.join(tree::PROGRAMS);
    // It wants a source package around it.
    let place = work()?.join("shlibdeps");
    let source = "Source: deskhand\n\nPackage: deskhand\nArchitecture: any\n";
    files::write(&place.join("debian/control"), source)?;
    let mut command = Command::new("dpkg-shlibdeps");
    // Our own libraries belong to no package.
    command.args(["-O", "--ignore-missing-info"]);
    command.arg(format!("-l{}", folder.join("engine-lib").display()));
    let programs = files::list(&folder)?.into_iter();
    let libraries = files::list(&folder.join("engine-lib"))?;
    for path in programs.filter(|path| path.is_file()).chain(libraries) {
        command.arg(format!("-e{}", path.display()));
    }
    let said = shell::capture(command.current_dir(&place))?;
    let needs = said.stdout.trim().strip_prefix("shlibs:Depends=");
    match needs.filter(|needs| said.success && needs.contains("libwebkit2gtk")) {
        Some(needs) => Ok(needs.to_owned()),
        None => Err(Failure::sentence(format!(
            "dpkg-shlibdeps does not say what the window needs:\n{}{}",
            said.stdout, said.stderr
        ))),
    }
}

/// The checksums by which `dpkg --verify` finds damage.
fn seals(root: &Path) -> Result<(), Failure> {
    let mut find = Command::new("find");
    find.args(["usr", "-type", "f", "-exec", "md5sum", "{}", "+"]);
    let sums = shell::capture(find.current_dir(root))?;
    if !sums.success {
        return Err(Failure::sentence(sums.stderr));
    }
    files::write(&root.join("DEBIAN/md5sums"), sums.stdout)
}
