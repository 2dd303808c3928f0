//! Whatever an assistant's checks and findings are called, the window has words for it in every
//! language. The names are read out of the sources: a new one cannot be forgotten, and one that
//! only a variable knows has to be listed here.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Names that reach a check through a variable, by the file in which that happens. A file with
/// nothing behind it hands on names that stand as plain texts elsewhere.
const BY_VARIABLE: &[(&str, &[&str])] = &[
    (
        "desk/src/services/report.rs",
        &["reachable", "key", "model", "streams"],
    ),
    (
        "ledger/src/check.rs",
        &["balances", "accounts", "dates", "amounts"],
    ),
    (
        "pages/src/task.rs",
        &[
            "markup", "style", "contrast", "network", "size", "sections", "copy",
        ],
    ),
    ("presets/src/checks.rs", &[]),
    ("presets/src/checks/formal.rs", &[]),
    ("presets/src/checks/length.rs", &[]),
    ("presets/src/latex.rs", &["parses", "draws"]),
];

/// What stands before the name of a check.
const CHECKS: &[&str] = &[
    "Check::passed(",
    "Check::failed(",
    "Found::passed(",
    "Found::failed(",
];

/// What stands before the name of a finding, and where.
const FINDINGS: &[(&str, &str)] = &[
    ("parsers/src", "Fact::new("),
    ("parsers/src", "Fact::names("),
    ("parsers/src", " fact("),
    ("programs/src", " finding("),
    ("programs/src", "(finding("),
    ("presets/src/checks", ".with("),
];

/// Set by cargo for tests that it runs; compiled in, it would be another clone's.
fn root() -> PathBuf {
    let manifest = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap());
    manifest.ancestors().nth(2).unwrap().to_owned()
}

/// Every source under `crates`, by its path below that, without the tests at its end.
fn sources() -> Vec<(String, String)> {
    let crates = root().join("crates");
    let mut found = Vec::new();
    let mut open = vec![crates.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&crates).unwrap().to_string_lossy();
            let name = name.replace('\\', "/");
            if path.is_dir() {
                open.push(path);
            } else if name.contains("/src/") && is_source(&path) {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                found.push((name, text.to_owned()));
            }
        }
    }
    assert!(found.len() > 300, "only {} sources", found.len());
    found
}

fn is_source(path: &Path) -> bool {
    let stem = path.file_stem().unwrap().to_string_lossy();
    path.extension().is_some_and(|ending| ending == "rs") && !stem.ends_with("tests")
}

/// The first argument of every call that begins with `call`.
fn arguments<'a>(source: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    source.split(call).skip(1).map(|rest| {
        let rest = rest.trim_start();
        let end = match rest.strip_prefix('"') {
            Some(text) => text.find('"').map(|end| end + 2),
            None => rest.find([',', ')']),
        };
        &rest[..end.unwrap_or(rest.len())]
    })
}

/// What an argument says: a plain text, or a constant of the same file.
fn said(source: &str, argument: &str) -> Option<String> {
    let text = |text: &str| Some(text.strip_prefix('"')?.split('"').next()?.to_owned());
    let is_constant = argument.chars().all(|one| one.is_ascii_uppercase());
    if is_constant {
        let lead = format!("const {argument}: &str = ");
        return text(source.split(&lead).nth(1)?);
    }
    text(argument)
}

fn checks() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = presets::checks::names().map(str::to_owned).collect();
    names.extend(["ends".to_owned()]);
    for (_, listed) in BY_VARIABLE {
        names.extend(listed.iter().map(|&name| name.to_owned()));
    }
    for (path, source) in sources() {
        for call in CHECKS {
            for argument in arguments(&source, call) {
                match said(&source, argument) {
                    Some(name) => drop(names.insert(name)),
                    None => assert!(
                        BY_VARIABLE.iter().any(|(known, _)| *known == path),
                        "{path} names a check by {argument}: list what it can be in this test"
                    ),
                }
            }
        }
    }
    names
}

fn findings() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (path, source) in sources() {
        for (folder, call) in FINDINGS {
            if path.starts_with(folder) {
                let plain = arguments(&source, call).filter_map(|one| said(&source, one));
                names.extend(plain);
            }
        }
    }
    names
}

#[track_caller]
fn check(kind: &str, names: &BTreeSet<String>) {
    for language in ["en", "zh-Hant", "zh-Hans"] {
        let path = root().join(format!("ui/src/i18n/{language}.ts"));
        let catalogue = fs::read_to_string(path).unwrap();
        let speechless: Vec<&String> = names
            .iter()
            .filter(|name| !catalogue.contains(&format!("'{kind}.{name}':")))
            .collect();
        assert!(
            speechless.is_empty(),
            "no words in {language} for {kind}: {speechless:?}"
        );
    }
}

#[test]
fn every_check_has_words_in_every_language() {
    let names = checks();
    for known in ["runs", "balances", "says-all", "python", "template", "fits"] {
        assert!(
            names.contains(known),
            "{known} was not found in the sources"
        );
    }
    check("check", &names);
}

#[test]
fn every_finding_has_words_in_every_language() {
    let names = findings();
    for known in ["stages", "wanted-by", "source-line", "assumed", "holds"] {
        assert!(
            names.contains(known),
            "{known} was not found in the sources"
        );
    }
    check("finding", &names);
}
