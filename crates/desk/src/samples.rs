//! Data to try the assistants on, carried inside the program and laid out in the data folder.

use std::path::PathBuf;

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

/// Whether a sample has that name.
pub(crate) fn is_one(name: &str) -> bool {
    all().iter().any(|sample| sample.name == name)
}

/// Where the file of a sample lies.
pub(crate) fn path_of(folders: &Folders, name: &str) -> PathBuf {
    folders.samples().join(format!("{name}.sqlite"))
}

/// Writes the samples into the data folder unless they are there already.
pub(crate) fn lay_out(folders: &Folders) -> Result<(), Fault> {
    let path = path_of(folders, "shop");
    let is_there = std::fs::metadata(&path).is_ok_and(|data| data.len() == SHOP.len() as u64);
    if is_there {
        return Ok(());
    }
    // Under another name first: a crash in between leaves no half database behind.
    let unfinished = path.with_extension(format!("sqlite.{}", std::process::id()));
    std::fs::write(&unfinished, SHOP)
        .and_then(|()| std::fs::rename(&unfinished, &path))
        .map_err(|error| unwritable(&path, &error))
}
