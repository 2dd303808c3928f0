//! Keys in the memory of this program, for machines without a keychain.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Found, Kept, Keys, KeysError, Place};
use crate::remote::Key;

/// Keys that are forgotten when the program ends.
#[derive(Debug, Default)]
pub struct Session(Mutex<BTreeMap<String, Key>>);

impl Session {
    fn keys(&self) -> MutexGuard<'_, BTreeMap<String, Key>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys for Session {
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError> {
        Ok(self.keys().get(service).map(|key| Found {
            key: key.clone(),
            place: Place::Session,
        }))
    }

    fn set(&self, service: &str, key: &Key) -> Result<Kept, KeysError> {
        self.keys().insert(service.to_owned(), key.clone());
        Ok(Kept {
            place: Place::Session,
            hidden_by: None,
        })
    }

    fn remove(&self, service: &str) -> Result<(), KeysError> {
        self.keys().remove(service);
        Ok(())
    }
}
