//! Data to try the assistants on, carried inside the program and laid out in the data folder.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use assistant::description::Localized;
use assistant::{Fault, Inputs, Tell};
use async_trait::async_trait;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use sql::Place;
use sql::server::Address;
use tokio_util::sync::CancellationToken;

use crate::folders::unwritable;
use crate::{Folders, sheets};

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

/// Finds databases by the names of samples, and makes them of files with tables.
///
/// A password that somebody writes into the address of a server is kept here, for this session, and
/// taken out of what the history keeps.
pub(crate) struct SampleFiles {
    folder: PathBuf,
    /// By the address without it.
    passwords: Mutex<HashMap<String, SecretString>>,
    /// Where the databases lie that were made of files.
    loaded: PathBuf,
}

impl SampleFiles {
    /// The inputs as they may be kept: the password of a server stays here.
    pub(crate) fn without_passwords(&self, mut inputs: Inputs) -> Inputs {
        for value in inputs.0.values_mut() {
            if let Some((address, password)) = Address::without_password(value) {
                lock(&self.passwords).insert(address.clone(), password);
                *value = address;
            }
        }
        inputs
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl sql::Places for SampleFiles {
    async fn database(
        &self,
        name: &str,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Option<Place>, Fault> {
        if all().iter().any(|sample| sample.name == name) {
            return Ok(Some(Place::File(
                self.folder.join(format!("{name}.sqlite")),
            )));
        }
        if let Some(Ok((address, None))) = Address::parse(name) {
            let password = lock(&self.passwords).get(name).cloned();
            return Ok(Some(Place::Server(address, password)));
        }
        let loaded = sheets::database(&self.loaded, Path::new(name), tell, cancel).await?;
        Ok(loaded.map(Place::File))
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
    let loaded = folders.cache().join("sheets");
    Ok(Arc::new(SampleFiles {
        folder,
        passwords: Mutex::default(),
        loaded,
    }))
}
