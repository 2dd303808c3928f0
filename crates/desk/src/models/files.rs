//! Having the files of models: fetching, checking, taking in, deleting.

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use model::catalogue::{Entry, ModelFolder};
use model::download::{self, Progress};
use model::{ModelId, import};
use tokio_util::sync::CancellationToken;

use super::{Found, ModelInfo, Models, PullProgress};

impl Models {
    /// A model with a file, and the folder where that lies.
    fn file(&self, id: &ModelId) -> Result<(Entry, &ModelFolder), Fault> {
        let found = self.find(id)?;
        let folder = self.folder_of(&found);
        match found {
            Found::Known(entry) | Found::Brought(entry) => Ok((entry, folder)),
            Found::Elsewhere(_) => Err(Fault::new(
                Code::InputInvalid,
                format!("{id} is a model of a service and has no file on this machine."),
            )
            .with("model", id)),
        }
    }

    /// Downloads a model's file, going on where an earlier try ended.
    ///
    /// # Errors
    /// When no source has it, the disk is full, or what came is not what was published.
    pub async fn pull(
        &self,
        id: &ModelId,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<PathBuf, Fault> {
        let (entry, folder) = self.file(id)?;
        self.settings.allow("the source of the model", "")?;
        let tell = |now: Progress| progress(now.into());
        Ok(download::pull(&entry, folder, &tell, cancel).await?)
    }

    /// Compares a file with the checksum that its maker published, or that it had when the person
    /// brought it.
    ///
    /// # Errors
    /// When it is missing or differs.
    pub async fn verify(
        &self,
        id: &ModelId,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
    ) -> Result<(), Fault> {
        let (entry, folder) = self.file(id)?;
        let tell = |now: Progress| progress(now.into());
        Ok(download::verify(&entry, folder, &tell).await?)
    }

    /// Copies a GGUF file that the person has into the folder of models.
    ///
    /// # Errors
    /// [`Code::ModelCorrupt`] when it is not a whole one, [`Code::InputInvalid`] when there is a
    /// model of its name, and whatever keeps a file from being read and written.
    pub async fn import(
        &self,
        path: &Path,
        progress: &(dyn Fn(PullProgress) + Send + Sync),
        cancel: &CancellationToken,
    ) -> Result<ModelInfo, Fault> {
        if !path.exists() {
            let sentence = format!("There is no file {}.", path.display());
            return Err(Fault::new(Code::FileNotFound, sentence).with("path", path.display()));
        }
        let id = ModelId(import::slug(path));
        if self.catalogue.find(&id).is_some() || self.imports.find(&id)?.is_some() {
            return Err(taken(&id));
        }
        let entry = self.imports.add(path, progress, cancel).await?;
        Ok(self.describe(id, Found::Brought(entry), &self.model_for(None)?))
    }

    /// Deletes a model's file. One that the person brought is forgotten altogether, and with it
    /// whoever chose it.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub async fn remove(&self, id: &ModelId, cancel: &CancellationToken) -> Result<(), Fault> {
        let (entry, folder) = self.file(id)?;
        self.unload().await;
        download::remove(&entry, folder, cancel).await?;
        if self.catalogue.find(id).is_none() {
            self.imports.forget(id)?;
            self.settings.forget(|chosen| chosen == id)?;
        }
        Ok(())
    }
}

fn taken(id: &ModelId) -> Fault {
    Fault::new(
        Code::InputInvalid,
        format!(
            "There is a model called {id} already: remove it first, or give the file another name."
        ),
    )
    .with("model", id)
}
