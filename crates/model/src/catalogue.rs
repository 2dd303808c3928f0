//! The models that Deskhand knows, and the folder where their files lie.
//!
//! The catalogue is data (`assets/models.toml`); nothing here downloads or opens a model.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::ModelId;

/// Every known model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    default: ModelId,
    #[serde(rename = "model")]
    entries: Vec<Entry>,
}

/// One known model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name in Deskhand.
    pub id: ModelId,
    /// Its name for people.
    pub title: String,
    /// SPDX name of its licence.
    pub licence: String,
    /// Architecture as llama.cpp calls it.
    pub architecture: String,
    /// Tokens of context that it was trained for.
    pub context: u32,
    /// Name of its file.
    pub file: String,
    /// Size of its file.
    pub bytes: u64,
    /// SHA-256 of its file, in lower-case hexadecimal.
    pub sha256: String,
    /// Memory that it takes with the context that Deskhand gives it, in megabytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<u32>,
    /// What it is good for, in the languages of the app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_for: Option<GoodFor>,
    /// The maker's repository; a file of the person's own has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// The same bytes in order, inside Python wheels.
    #[serde(rename = "chunk", default, skip_serializing_if = "Vec::is_empty")]
    pub chunks: Vec<Chunk>,
}

/// What a model is good for, in one clause of each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoodFor {
    /// English.
    pub en: String,
    /// Traditional Chinese.
    pub zh_hant: String,
    /// Simplified Chinese.
    pub zh_hans: String,
}

/// Where the maker publishes a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Owner and name of the repository.
    pub repository: String,
    /// Branch, tag or commit.
    pub revision: String,
}

/// A part of a model inside a Python wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chunk {
    /// Name of the package.
    pub package: String,
    /// Its exact version.
    pub version: String,
    /// Path of the part inside the wheel.
    pub member: String,
    /// SHA-256 of the wheel.
    pub wheel_sha256: String,
}

impl Catalogue {
    /// The catalogue that this program was built with.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| {
            let text = include_str!("../../../assets/models.toml");
            toml::from_str(text).expect("a test reads the same catalogue")
        });
        &BUILT_IN
    }

    /// Every model, the default one first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The model of that name.
    #[must_use]
    pub fn find(&self, id: &ModelId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    /// The model to use when nobody chose one.
    #[must_use]
    pub fn default_id(&self) -> &ModelId {
        &self.default
    }
}

/// The folder where model files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFolder {
    path: PathBuf,
}

impl ModelFolder {
    /// A folder of the caller's choice.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The user's own: what `DESKHAND_MODELS` names, or `deskhand/models` in the cache folder of
    /// the platform (`$XDG_CACHE_HOME` or `~/.cache` on Linux). It is a cache because everything
    /// in it can be downloaded again.
    #[must_use]
    pub fn of_user() -> Self {
        if let Some(path) = std::env::var_os("DESKHAND_MODELS").filter(|path| !path.is_empty()) {
            return Self::at(path);
        }
        let cache = directories::BaseDirs::new()
            .map_or_else(std::env::temp_dir, |folders| folders.cache_dir().to_owned());
        Self::at(cache.join("deskhand").join("models"))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the file of a model is, or would be.
    #[must_use]
    pub fn path_of(&self, entry: &Entry) -> PathBuf {
        self.path.join(&entry.file)
    }

    /// Whether the file of a model is there in its full size. Its content was checked when it was
    /// downloaded; [`crate::download::verify`] checks it again.
    #[must_use]
    pub fn is_present(&self, entry: &Entry) -> bool {
        self.path_of(entry)
            .metadata()
            .is_ok_and(|facts| facts.is_file() && facts.len() == entry.bytes)
    }

    /// The models whose files are there.
    pub fn list<'entries>(
        &self,
        catalogue: &'entries Catalogue,
    ) -> impl Iterator<Item = &'entries Entry> {
        catalogue
            .entries()
            .iter()
            .filter(|entry| self.is_present(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_catalogue_is_whole() {
        let catalogue = Catalogue::built_in();
        assert_eq!(catalogue.default_id().0, "qwen2.5-coder-1.5b");
        assert!(catalogue.find(catalogue.default_id()).is_some());
        assert!(catalogue.find(&ModelId::from("no-such-model")).is_none());
        for entry in catalogue.entries() {
            let is_sha256 = |text: &str| {
                text.len() == 64
                    && text
                        .bytes()
                        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            };
            assert!(is_sha256(&entry.sha256), "{}", entry.id);
            assert!(
                entry
                    .chunks
                    .iter()
                    .all(|chunk| is_sha256(&chunk.wheel_sha256)),
                "{}",
                entry.id
            );
            // A file name that names a folder would leave the model folder.
            assert_eq!(
                Path::new(&entry.file).file_name(),
                Some(entry.file.as_ref())
            );
            // Both default models must be had from a package index too; larger ones need not.
            let is_small = entry.bytes < 2_000_000_000;
            assert_eq!(!entry.chunks.is_empty(), is_small, "{}", entry.id);
            assert!(entry.official.is_some() && entry.bytes > 0);
            let memory = u64::from(entry.memory_mb.unwrap()) * 1_000_000;
            assert!(memory > entry.bytes, "{}", entry.id);
            assert!(entry.good_for.is_some(), "{}", entry.id);
        }
    }

    #[test]
    fn a_model_is_present_only_in_its_full_size() {
        let place = tempfile::tempdir().unwrap();
        let folder = ModelFolder::at(place.path());
        let mut entry = Catalogue::built_in().entries()[0].clone();
        entry.bytes = 3;
        assert!(!folder.is_present(&entry));
        std::fs::write(folder.path_of(&entry), "ab").unwrap();
        assert!(!folder.is_present(&entry));
        std::fs::write(folder.path_of(&entry), "abc").unwrap();
        assert!(folder.is_present(&entry));
        assert_eq!(folder.list(Catalogue::built_in()).count(), 0);
    }
}
