//! What is in the programs that others wrote, and under which licences: every crate and every package of
//! npm with its licence, and every licence's text once.
//!
//! A module of our own and not cargo-about: that is a tool to compile for what is three
//! questions (`cargo tree`, npm's lock file, and which files in a package's own folder are licences), it
//! knows no npm, and it takes texts of licences from a list of its own where the package's own text, with
//! the names of those who hold the rights, is what has to come along.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::files;
use crate::failure::Failure;
use crate::node::Node;
use crate::{build, place, shell};

/// Packages of ours that make a program of what they stand on.
const PROGRAMS: [&str; 3] = ["deskhand", "cli", "engine"];

/// Packages that npm counts as tools and of which a part is in the window all the same.
const COMPILED_IN: [&str; 3] = ["svelte", "clsx", "esm-env"];

/// How the names of files begin that say what may be done with a package.
const LICENCES: [&str; 6] = [
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];

/// How deep below a package's folder they may lie: what a package brings along of others is in folders.
const DEPTH: usize = 3;

/// Texts longer than this are no licences, whatever they are called.
const LONGEST: u64 = 200_000;

/// A package of somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
    home: String,
    folder: PathBuf,
}

/// The whole text.
pub fn everything() -> Result<String, Failure> {
    let crates = crates()?;
    let modules = modules()?;
    if crates.len() < 100 || modules.len() < 20 {
        return Err(Failure::sentence(format!(
            "only {} crates and {} packages of npm were found, which cannot be all",
            crates.len(),
            modules.len()
        )));
    }
    println!(
        "Notices: {} crates, {} packages of npm.",
        crates.len(),
        modules.len()
    );
    written(&[("Rust", &crates), ("npm", &modules)])
}

/// What the programs are compiled of, on this system.
fn crates() -> Result<BTreeSet<Package>, Failure> {
    let sources = sources()?;
    let mut found = BTreeSet::new();
    for program in PROGRAMS {
        let mut cargo = build::cargo(&["tree", "--package", program])?;
        cargo.args(["--edges", "normal", "--prefix", "none"]);
        let listing = shell::capture(cargo.args(["--format", "{p}\t{l}\t{r}"]))?;
        if !listing.success {
            return Err(Failure::sentence(listing.stderr));
        }
        let packages = listing.stdout.lines().filter_map(read_crate);
        found.extend(packages.map(|package| {
            let folder = format!("{}-{}", package.name, package.version);
            let places = sources.iter().map(|source| source.join(&folder));
            Package {
                folder: places
                    .into_iter()
                    .find(|path| path.is_dir())
                    .unwrap_or_default(),
                ..package
            }
        }));
    }
    Ok(found)
}

/// A line of `cargo tree`, where it is somebody else's package: ours have a path behind the version.
fn read_crate(line: &str) -> Option<Package> {
    let line = line.strip_suffix(" (*)").unwrap_or(line);
    let mut parts = line.split('\t');
    let mut words = parts.next()?.split_whitespace();
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    if words.any(|word| word != "(proc-macro)") {
        return None;
    }
    Some(Package {
        name: name.to_owned(),
        version: version.to_owned(),
        licence: parts.next().unwrap_or_default().to_owned(),
        home: parts.next().unwrap_or_default().to_owned(),
        folder: PathBuf::new(),
    })
}

/// Where cargo keeps what it fetched, unpacked.
pub fn sources() -> Result<Vec<PathBuf>, Failure> {
    let told = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let cargo = told.or_else(|| home.map(|home| PathBuf::from(home).join(".cargo")));
    let cargo = cargo.ok_or_else(|| Failure::sentence("there is no home folder"))?;
    files::list(&cargo.join("registry/src"))
}

/// What the window's page is made of: npm's own lock file says what is no tool.
fn modules() -> Result<BTreeSet<Package>, Failure> {
    const LIST: &str = "const lock = JSON.parse(require('fs').readFileSync('package-lock.json'));
        for (const [path, is] of Object.entries(lock.packages))
          if (path) console.log([path, is.version, is.license ?? '', is.dev ? 'tool' : ''].join('\\t'));";
    let ui = place::root()?.join("ui");
    let listing = shell::capture(Node::find_or_install()?.node()?.args(["--eval", LIST]))?;
    if !listing.success {
        return Err(Failure::sentence(listing.stderr));
    }
    let packages = listing.stdout.lines().filter_map(|line| {
        let parts: Vec<&str> = line.split('\t').collect();
        let [path, version, licence, tool] = parts[..] else {
            return None;
        };
        let name = path.rsplit("node_modules/").next()?;
        let folder = ui.join(path);
        // Parts for other systems are in the lock file and not on the disk.
        let is_in = tool.is_empty() || COMPILED_IN.contains(&name);
        (is_in && folder.is_dir()).then(|| Package {
            name: name.to_owned(),
            version: version.to_owned(),
            licence: licence.to_owned(),
            home: format!("npm: {name}"),
            folder,
        })
    });
    Ok(packages.collect())
}

/// Files of a package that say what may be done with it, in order of their paths.
fn texts(package: &Package) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    if !package.folder.as_os_str().is_empty() {
        look_into(&package.folder, DEPTH, &mut found)?;
    }
    Ok(found)
}

fn look_into(folder: &Path, depth: usize, found: &mut Vec<String>) -> Result<(), Failure> {
    for path in files::list(folder)? {
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().to_uppercase();
        if path.is_dir() {
            // What npm nests is listed by itself.
            if depth > 1 && name != "NODE_MODULES" {
                look_into(&path, depth - 1, found)?;
            }
            continue;
        }
        let is_code = [".RS", ".JS", ".TS", ".C", ".H", ".PY"]
            .iter()
            .any(|end| name.ends_with(end));
        let is_short = path.metadata().is_ok_and(|data| data.len() <= LONGEST);
        if !is_code && is_short && LICENCES.iter().any(|start| name.starts_with(start)) {
            // A text in another encoding is better a little damaged than not there.
            let bytes =
                std::fs::read(&path).map_err(|error| Failure::file("read", &path, &error))?;
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            found.push(text.trim().to_owned());
        }
    }
    Ok(())
}

/// Puts the lists and the texts together.
fn written(lists: &[(&str, &BTreeSet<Package>)]) -> Result<String, Failure> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    let mut out = String::from(
        "Deskhand stands on the work of many others. Listed is every package that is in its programs,\n\
         with its licence and the numbers of the texts that it brings, which follow below. A package\n\
         that names several licences may be used under any of them, or under all, as its words say.\n\
         Where one brings no text, that of its licence is among the others'. All programs also hold\n\
         parts of Rust's standard library (MIT OR Apache-2.0, the Rust Project's contributors).\n",
    );
    for (what, packages) in lists {
        let _ = write!(out, "\n\n== {what} ==\n\n");
        for package in *packages {
            let mut shown = Vec::new();
            for text in texts(package)? {
                let number = *numbers.entry(text).or_insert_with_key(|text| {
                    order.push(text.clone());
                    order.len()
                });
                shown.push(number.to_string());
            }
            let Package {
                name,
                version,
                licence,
                home,
                ..
            } = package;
            let licence = if licence.is_empty() {
                "see its text"
            } else {
                licence
            };
            let texts = match shown.is_empty() {
                true => "it brings no text of its own".to_owned(),
                false => format!("text {}", shown.join(", ")),
            };
            let _ = writeln!(out, "{name} {version} - {licence} - {home} - {texts}");
        }
    }
    for (number, text) in order.iter().enumerate() {
        let _ = write!(out, "\n\n{}\n[{}]\n\n{text}\n", "=".repeat(72), number + 1);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_packages_of_others_are_listed() {
        let read = read_crate("serde v1.0.1\tMIT OR Apache-2.0\thttps://a/b (*)").unwrap();
        assert_eq!(
            (read.name.as_str(), read.version.as_str()),
            ("serde", "1.0.1")
        );
        assert_eq!(
            (read.licence.as_str(), read.home.as_str()),
            ("MIT OR Apache-2.0", "https://a/b")
        );
        assert!(read_crate("serde_derive v1.0.1 (proc-macro)\tMIT\t").is_some());
        assert!(read_crate("desk v0.1.0 (/a/b/crates/desk)\tGPL-3.0-or-later\t").is_none());
        assert!(read_crate("").is_none());
    }

    #[test]
    fn a_text_is_written_once() {
        let place = std::env::temp_dir().join(format!("notices-{}", std::process::id()));
        let package = |name: &str, text: &str| {
            let folder = place.join(name);
            files::write(&folder.join("LICENSE-MIT"), text).unwrap();
            files::write(&folder.join("src/license.rs"), "fn none() {}").unwrap();
            files::write(&folder.join("vendored/COPYING"), "Vendored").unwrap();
            Package {
                name: name.to_owned(),
                version: "1".to_owned(),
                licence: "MIT".to_owned(),
                home: String::new(),
                folder,
            }
        };
        let packages = BTreeSet::from([package("a", "Same\r\ntext\n"), package("b", "Same\ntext")]);
        let text = written(&[("Rust", &packages)]).unwrap();
        std::fs::remove_dir_all(&place).unwrap();
        assert_eq!(text.matches("Same\ntext").count(), 1, "{text}");
        assert!(text.contains("a 1 - MIT -  - text 1, 2\n"), "{text}");
        assert!(text.contains("b 1 - MIT -  - text 1, 2\n"), "{text}");
        assert!(!text.contains("fn none"), "{text}");
    }
}
