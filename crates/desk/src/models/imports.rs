//! Model files that the person brought.
//!
//! They lie in `imported` in the folder of models, with a list of them in `imported.toml`. With a
//! data folder that was named by whoever started the program they lie in there instead.

use std::path::Path;

use assistant::{Code, Fault};
use model::catalogue::{Entry, ModelFolder};
use model::{ModelError, ModelId, import};
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::Folders;
use crate::models::PullProgress;
use crate::toml_file::TomlFile;

/// The list as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "model", default, skip_serializing_if = "Vec::is_empty")]
    entries: Vec<Entry>,
}

/// The files that were brought.
pub(super) struct Imports {
    pub(super) folder: ModelFolder,
    list: TomlFile<Written>,
}

impl Imports {
    pub(super) fn new(folders: &Folders) -> Self {
        let folder = if folders.is_told() {
            ModelFolder::at(folders.data().join("models"))
        } else {
            ModelFolder::of_user()
        };
        let list = folder.path().join(import::FOLDER).join("imported.toml");
        Self {
            folder,
            list: TomlFile::at(list),
        }
    }

    pub(super) fn entries(&self) -> Result<Vec<Entry>, Fault> {
        Ok(self.list.read()?.entries)
    }

    pub(super) fn find(&self, id: &ModelId) -> Result<Option<Entry>, Fault> {
        Ok(self.entries()?.into_iter().find(|entry| entry.id == *id))
    }

    /// Copies a file and adds it to the list. Its id must be free.
    pub(super) async fn add(
        &self,
        path: &Path,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<Entry, Fault> {
        // A list that cannot be read is found out before a long copy, and not after it.
        self.list.read()?;
        let tell = |now: model::download::Progress| progress(now.into());
        let taken_in = import::take_in(path, &self.folder, &tell, cancel).await;
        let entry = taken_in.map_err(|error| refused(path, error))?;
        self.list.change(|written| {
            written.entries.retain(|old| old.id != entry.id);
            written.entries.push(entry.clone());
            Ok(())
        })?;
        Ok(entry)
    }

    /// Takes a model from the list, whose file is gone.
    pub(super) fn forget(&self, id: &ModelId) -> Result<(), Fault> {
        self.list.change(|written| {
            written.entries.retain(|entry| entry.id != *id);
            Ok(())
        })
    }
}

/// Why a file was not taken in. It is the person's own, so that nobody is told to delete it.
fn refused(path: &Path, error: ModelError) -> Fault {
    let path = path.display();
    match error {
        ModelError::Corrupt { detail, .. } => Fault::new(
            Code::ModelCorrupt,
            format!("{path} cannot be imported: {detail}."),
        )
        .with("path", path)
        .with("detail", detail),
        other => other.into(),
    }
}
