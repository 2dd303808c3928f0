//! What an AppImage brings along of the system that it was made on: the window's libraries, WebKit's
//! helpers, GTK's modules, and the notices of all of their packages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files, tree};
use crate::failure::Failure;
use crate::shell;

/// Libraries that are left to the system: the C library and what belongs to it, the drivers of its
/// screen, and what has to agree with its fonts. The list that all makers of AppImages share
/// (`pkg2appimage/excludelist`), as far as it is about what a window needs.
const LEFT: [&str; 46] = [
    "ld-linux",
    "libBrokenLocale.",
    "libanl.",
    "libc.",
    "libdl.",
    "libm.",
    "libmvec.",
    "libnss_",
    "libpthread.",
    "libresolv.",
    "librt.",
    "libthread_db.",
    "libutil.",
    "libgcc_s.",
    "libstdc++.",
    "libEGL.",
    "libGL.",
    "libGLX.",
    "libGLdispatch.",
    "libOpenGL.",
    "libdrm.",
    "libgbm.",
    "libglapi.",
    "libX11.",
    "libX11-xcb.",
    "libxcb.",
    "libxcb-dri2.",
    "libxcb-dri3.",
    "libICE.",
    "libSM.",
    "libwayland-client.",
    "libasound.",
    "libjack.",
    "libpipewire",
    "libusb-1.0.",
    "libfontconfig.",
    "libfreetype.",
    "libharfbuzz.",
    "libfribidi.",
    "libthai.",
    "libcom_err.",
    "libexpat.",
    "libgpg-error.",
    "libp11-kit.",
    "libuuid.",
    "libz.",
];

/// WebKit's folder, which is written into its library.
const WEBKIT: &str = "webkit2gtk-4.1";
/// What of it is needed.
const HELPERS: [&str; 4] = [
    "WebKitNetworkProcess",
    "WebKitWebProcess",
    "WebKitGPUProcess",
    "injected-bundle/libwebkit2gtkinjectedbundle.so",
];

/// Libraries that are looked for while the program runs: what draws the sign in the panel, and what draws
/// pages with the help of the graphics card.
const LOOKED_FOR: [&str; 2] = ["libayatana-appindicator3.so.1", "libGLESv2.so.2"];

/// Folders of modules, and the lists of what is in them.
const INPUT_METHODS: &str = "gtk-3.0/3.0.0/immodules";
const PICTURES: &str = "gdk-pixbuf-2.0/2.10.0/loaders";
/// Reads the desktop's settings.
const SETTINGS: &str = "gio/modules/libdconfsettings.so";

const SCHEMAS: &str = "usr/share/glib-2.0/schemas/gschemas.compiled";

/// Debian's word for processor and system, which is in the paths of libraries.
pub fn triplet() -> Result<String, Failure> {
    let word = shell::ask("dpkg-architecture", &["-qDEB_HOST_MULTIARCH"]);
    let word = word.ok_or_else(|| Failure::sentence("dpkg does not say what machine this is"))?;
    Ok(word.trim().to_owned())
}

/// Copies everything below `root`, where the tree is already.
pub fn libraries(root: &Path) -> Result<(), Failure> {
    let triplet = triplet()?;
    let system = Path::new("/usr/lib").join(&triplet);
    let ours = root.join("usr/lib").join(&triplet);
    let mut taken = BTreeSet::new();
    for part in parts(&system)? {
        let from = system.join(&part);
        files::copy(&from, &ours.join(&part))?;
        taken.insert(from);
    }
    list(&system.join("gtk-3.0/3.0.0/immodules.cache"), root)?;
    list(&system.join("gdk-pixbuf-2.0/2.10.0/loaders.cache"), root)?;
    files::make(&ours.join("gio/modules"))?;
    files::copy(&Path::new("/").join(SCHEMAS), &root.join(SCHEMAS))?;

    let programs = root.join(tree::PROGRAMS);
    let mut linked = Vec::new();
    for folder in [&programs, &programs.join("engine-lib")] {
        linked.extend(
            files::list(folder)?
                .into_iter()
                .filter(|path| path.is_file()),
        );
    }
    linked.extend(taken.iter().cloned());
    for (name, from) in needed(&linked)? {
        files::copy(&from, &ours.join(name))?;
        taken.insert(from);
    }
    move_webkit(&ours, &system)?;
    notices(&taken, root)
}

/// What is loaded by name and so by no linker, as paths below the system's libraries.
fn parts(system: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut parts: Vec<PathBuf> = HELPERS
        .iter()
        .map(|name| Path::new(WEBKIT).join(name))
        .chain(LOOKED_FOR.map(PathBuf::from))
        .chain([PathBuf::from(SETTINGS)])
        .filter(|part| system.join(part).is_file())
        .collect();
    for folder in [INPUT_METHODS, PICTURES] {
        for path in files::list(&system.join(folder))? {
            let name = path.file_name().unwrap_or_default();
            parts.push(Path::new(folder).join(name));
        }
    }
    Ok(parts)
}

/// Copies a list of modules to where the AppImage's first program looks for it. The place of the AppImage
/// is known only when it runs, so that program fills it in.
fn list(cache: &Path, root: &Path) -> Result<(), Failure> {
    let name = cache.file_name().unwrap_or_default();
    let text = files::read(cache)?.replace("\"/usr/lib/", "\"@APPDIR@/usr/lib/");
    files::write(&root.join("usr/lib").join(name), text)
}

/// The libraries that some files need, those of libraries too, by the names that they are called by.
fn needed(files: &[PathBuf]) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut ldd = Command::new("ldd");
    // The worker leads to its libraries, which need one another and are asked here by themselves.
    let ours = files.iter().filter_map(|file| file.parent());
    let ours = ours.filter(|folder| folder.ends_with("engine-lib")).take(1);
    ldd.args(files)
        .envs(ours.map(|folder| ("LD_LIBRARY_PATH", folder)));
    let told = shell::capture(&mut ldd)?;
    if let Some(missing) = told.stdout.lines().find(|line| line.contains("not found")) {
        return Err(Failure::sentence(format!("a library is missing:{missing}")));
    }
    Ok(told.stdout.lines().filter_map(read_needed).collect())
}

/// A line of `ldd` that names a library of the system and where it is; nothing for what is left to the
/// system that the AppImage runs on, and for libraries of our own.
fn read_needed(line: &str) -> Option<(String, PathBuf)> {
    let (name, rest) = line.trim().split_once(" => ")?;
    let (path, _) = rest.rsplit_once(" (")?;
    let is_left = LEFT.iter().any(|start| name.starts_with(start));
    let is_systems = path.starts_with("/lib/") || path.starts_with("/usr/lib/");
    (is_systems && !is_left).then(|| (name.to_owned(), PathBuf::from(path)))
}

/// WebKit's library has the folder of its helpers in it as a text. Its beginning, `/usr`, gives way to as
/// many letters that mean the folder in which the program was started, which is the AppImage's `usr`.
fn move_webkit(ours: &Path, system: &Path) -> Result<(), Failure> {
    let from = system.join(WEBKIT).to_string_lossy().into_owned();
    let to = from.replacen("/usr", "././", 1);
    let path = ours.join("libwebkit2gtk-4.1.so.0");
    let mut bytes = std::fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
    let moved = replace(&mut bytes, from.as_bytes(), to.as_bytes());
    if moved == 0 {
        return Err(Failure::sentence(format!(
            "{} does not name {from}",
            path.display()
        )));
    }
    files::write(&path, bytes)
}

/// Puts one text in the place of another of the same length; how often.
fn replace(bytes: &mut [u8], from: &[u8], to: &[u8]) -> usize {
    let mut count = 0;
    let mut at = 0;
    while at + from.len() <= bytes.len() {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            count += 1;
        }
        at += 1;
    }
    count
}

/// Debian's notice for every package of which something was taken.
fn notices(taken: &BTreeSet<PathBuf>, root: &Path) -> Result<(), Failure> {
    let mut packages = BTreeSet::new();
    for path in taken {
        packages.insert(package_of(path)?);
    }
    for package in &packages {
        let notice = Path::new("usr/share/doc").join(package).join("copyright");
        files::copy(&Path::new("/").join(&notice), &root.join(&notice))?;
    }
    println!(
        "The AppImage brings parts of {} packages along.",
        packages.len()
    );
    Ok(())
}

/// The package that a file belongs to. dpkg knows files by the path at which they were unpacked, before
/// `/lib` became a link to `/usr/lib`.
fn package_of(path: &Path) -> Result<String, Failure> {
    let path = std::fs::canonicalize(path).map_err(|error| Failure::file("find", path, &error))?;
    let whole = path.to_string_lossy().into_owned();
    let short = whole.strip_prefix("/usr").unwrap_or(&whole).to_owned();
    for path in [&whole, &short] {
        let told = shell::ask("dpkg-query", &["--search", path]);
        if let Some((package, _)) = told.as_deref().and_then(|told| told.split_once(": ")) {
            let package = package.split([':', ',']).next().unwrap_or(package);
            return Ok(package.to_owned());
        }
    }
    Err(Failure::sentence(format!("{whole} belongs to no package")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_desktop_has_is_left_to_it() {
        let read = |line| read_needed(line).map(|(name, _)| name);
        let gtk = "\tlibgtk-3.so.0 => /lib/x86_64-linux-gnu/libgtk-3.so.0 (0x00007f)";
        assert_eq!(read(gtk).as_deref(), Some("libgtk-3.so.0"));
        assert_eq!(
            read("\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)"),
            None
        );
        assert_eq!(
            read("\tlibllama.so.0 => /a/engine-lib/libllama.so.0 (0x00007f)"),
            None
        );
        assert_eq!(read("\tlinux-vdso.so.1 (0x00007f)"), None);
        assert_eq!(read("/usr/lib/deskhand/deskhand:"), None);
    }

    #[test]
    fn a_path_is_replaced_in_place() {
        let mut bytes = b"a\0/usr/lib/x\0b/usr/lib/x".to_vec();
        assert_eq!(replace(&mut bytes, b"/usr/lib/x", b"././/lib/x"), 2);
        assert_eq!(bytes, b"a\0././/lib/x\0b././/lib/x");
    }
}
