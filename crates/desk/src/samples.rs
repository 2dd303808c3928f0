//! Data to try the assistants on, carried inside the program and laid out in the data folder.

use std::path::PathBuf;
use std::sync::Arc;

use assistant::Fault;
use assistant::description::Localized;
use serde::{Deserialize, Serialize};

use crate::Folders;
use crate::folders::unwritable;

/// A sample by its name, which stands wherever a file may be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Sample {
    /// What to write in place of a path.
    pub name: String,
    /// What people read.
    pub title: Localized,
}

const SHOP: &[u8] = include_bytes!("../../../assets/samples/shop.sqlite");

/// Every sample.
pub(crate) fn all() -> Vec<Sample> {
    vec![Sample {
        name: "shop".to_owned(),
        title: Localized {
            en: "A shop for stationery and the home".to_owned(),
            zh_hant: "文具與居家用品店".to_owned(),
            zh_hans: "文具与家居用品店".to_owned(),
        },
    }]
}

/// Finds databases by the names of samples.
pub(crate) struct SampleFiles {
    folder: PathBuf,
}

impl sql::Places for SampleFiles {
    fn database(&self, name: &str) -> Option<sql::Place> {
        all()
            .iter()
            .any(|sample| sample.name == name)
            .then(|| sql::Place::File(self.folder.join(format!("{name}.sqlite"))))
    }
}

/// Writes the samples into the data folder unless they are there already.
pub(crate) fn lay_out(folders: &Folders) -> Result<Arc<SampleFiles>, Fault> {
    let folder = folders.samples();
    let path = folder.join("shop.sqlite");
    let is_there = std::fs::metadata(&path).is_ok_and(|data| data.len() == SHOP.len() as u64);
    if !is_there {
        // Under another name first: a crash in between leaves no half database behind.
        let unfinished = folder.join(format!("shop.sqlite.{}", std::process::id()));
        std::fs::write(&unfinished, SHOP)
            .and_then(|()| std::fs::rename(&unfinished, &path))
            .map_err(|error| unwritable(&path, &error))?;
    }
    Ok(Arc::new(SampleFiles { folder }))
}
