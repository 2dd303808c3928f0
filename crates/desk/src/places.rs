//! What the name of a database means: a sample, a connection, the address of a server, a file with
//! tables. And what else is known by such a name: the person's notes, and runs to follow.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use assistant::{Artifact, Code, Fault, Inputs, RunId, Status, Tell};
use async_trait::async_trait;
use history::History;
use secrecy::SecretString;
use sql::notes::Notes;
use sql::server::Address;
use sql::{Earlier, Place};
use tokio_util::sync::CancellationToken;

use crate::connections::Connections;
use crate::notes::NoteBook;
use crate::settings::Settings;
use crate::{Folders, samples, sheets};

/// Runs that are looked back at, at most.
const BACK: usize = 4;

/// Finds databases by their names.
///
/// A password that somebody writes into the address of a server is kept here, for this session, and
/// taken out of what the history keeps.
pub(crate) struct Places {
    folders: Folders,
    connections: Arc<Connections>,
    notes: Arc<NoteBook>,
    history: History,
    settings: Arc<Settings>,
    /// By the address without it.
    passwords: Mutex<HashMap<String, SecretString>>,
    /// Where the databases lie that were made of files.
    loaded: PathBuf,
}

impl Places {
    pub(crate) fn new(
        folders: &Folders,
        connections: Arc<Connections>,
        notes: Arc<NoteBook>,
        history: History,
        settings: Arc<Settings>,
    ) -> Self {
        Self {
            loaded: folders.cache().join("sheets"),
            folders: folders.clone(),
            connections,
            notes,
            history,
            settings,
            passwords: Mutex::default(),
        }
    }

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
impl sql::Places for Places {
    async fn database(
        &self,
        name: &str,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Option<Place>, Fault> {
        if samples::is_one(name) {
            return Ok(Some(Place::File(samples::path_of(&self.folders, name))));
        }
        let kept = self.connections.find(name)?.map(|kept| kept.address);
        let name = kept.as_deref().unwrap_or(name);
        let server = Address::parse(name);
        if let Some(Ok((address, _))) = &server {
            self.settings.allow(&address.host, &address.host)?;
        }
        if let Some(Ok((address, None))) = server {
            let typed = lock(&self.passwords).get(name).cloned();
            let password = match typed {
                Some(password) => Some(password),
                None => self.connections.password(name).await?,
            };
            return Ok(Some(Place::Server(address, password)));
        }
        let loaded = sheets::database(&self.loaded, Path::new(name), tell, cancel).await?;
        let kept = kept.is_some().then(|| Place::File(PathBuf::from(name)));
        Ok(loaded.map(Place::File).or(kept))
    }

    fn notes(&self, name: &str) -> Result<Notes, Fault> {
        self.notes.of(name)
    }

    async fn earlier(&self, run: &str) -> Result<Vec<Earlier>, Fault> {
        let mut found = Vec::new();
        let mut next = Some(self.history.resolve(run).await?);
        while let Some(run) = next.take().filter(|_| found.len() < BACK) {
            let record = self.history.show(&run).await?;
            let Some(Artifact::Query(query)) = record.report.artifact else {
                return Err(unfollowable(&run));
            };
            if record.report.status != Status::Done {
                return Err(unfollowable(&run));
            }
            // A statement of the person's own has no question; what it does says as much.
            let question = record.inputs.get("question").map(str::to_owned);
            let question = question.or(query.explanation).unwrap_or_default();
            found.push(Earlier {
                question,
                sql: query.sql,
            });
            // What went before is in that run's own words; it may have been forgotten since.
            next = match record.inputs.get("follows") {
                Some(before) => self.history.resolve(before).await.ok(),
                None => None,
            };
        }
        found.reverse();
        Ok(found)
    }
}

fn unfollowable(run: &RunId) -> Fault {
    Fault::new(
        Code::InputInvalid,
        "Only a question that was answered can be followed by another.",
    )
    .with("input", "follows")
    .with("run", run)
}
