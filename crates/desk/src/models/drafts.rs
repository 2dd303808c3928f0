//! Drafts that are kept, or given again in the place of a model, so that what happens after them can
//! be measured on the same drafts again and again.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use assistant::Fault;
use model::kept::{Keeper, Kept};
use model::{Model, ModelId};

use crate::folders::unwritable;

/// What to do with what models write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafts {
    /// Write it to the end of this file as well.
    Keep(PathBuf),
    /// Ask no model, and take what this file has.
    Replay(PathBuf),
}

/// The same with its file open.
pub(super) enum Opened {
    Keep(Arc<Mutex<File>>),
    Replay(PathBuf, Mutex<Option<Arc<Kept>>>),
}

impl Opened {
    pub(super) fn new(drafts: Drafts) -> Result<Self, Fault> {
        Ok(match drafts {
            Drafts::Keep(path) => {
                let file = File::options().create(true).append(true).open(&path);
                let file = file.map_err(|error| unwritable(&path, &error))?;
                Self::Keep(Arc::new(Mutex::new(file)))
            }
            Drafts::Replay(path) => Self::Replay(path, Mutex::default()),
        })
    }

    /// What answers in the place of the model that `open` opens.
    pub(super) fn instead_of(
        &self,
        id: ModelId,
        open: impl FnOnce() -> Result<Arc<dyn Model>, Fault>,
    ) -> Result<Arc<dyn Model>, Fault> {
        match self {
            Self::Keep(file) => Ok(Arc::new(Keeper::new(open()?, Arc::clone(file)))),
            Self::Replay(path, read) => {
                let mut read = read
                    .lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner);
                if let Some(kept) = &*read {
                    return Ok(Arc::clone(kept) as Arc<dyn Model>);
                }
                let kept = Arc::new(Kept::read(id, path)?);
                *read = Some(Arc::clone(&kept));
                Ok(kept)
            }
        }
    }
}
