//! Keys in the keychain of the system: the Keychain of macOS, the Credential Manager of Windows,
//! the Secret Service of Linux desktops.

use keyring::Entry;

use super::{Found, Kept, Keys, KeysError, Place};
use crate::remote::Key;

/// Under this name people find the entries in their keychain program.
const OWNER: &str = "deskhand";

/// The keychain of the system. Whether there is one is found out once in the life of a program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Keychain;

impl Keychain {
    /// Says why there is no keychain, if there is none.
    ///
    /// # Errors
    /// [`KeysError::NoKeychain`].
    pub fn probe() -> Result<(), KeysError> {
        match Entry::store_status() {
            Ok(()) => Ok(()),
            Err(error) => Err(KeysError::NoKeychain {
                detail: error.to_string(),
            }),
        }
    }

    fn entry(service: &str) -> Result<Entry, KeysError> {
        Self::probe()?;
        Entry::new(OWNER, service).map_err(|error| refused(&error))
    }
}

impl Keys for Keychain {
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError> {
        match Self::entry(service)?.get_password() {
            Ok(text) => Ok(Key::new(&text).map(|key| Found {
                key,
                place: Place::Keychain,
            })),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    fn set(&self, service: &str, key: &Key) -> Result<Kept, KeysError> {
        Self::entry(service)?
            .set_password(key.expose())
            .map_err(|error| refused(&error))?;
        Ok(Kept {
            place: Place::Keychain,
            hidden_by: None,
        })
    }

    fn remove(&self, service: &str) -> Result<(), KeysError> {
        match Self::entry(service)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(&error)),
        }
    }
}

/// What the system said. Two kinds of errors carry what was stored, and of them only the kind is told.
fn refused(error: &keyring::Error) -> KeysError {
    let detail = match error {
        keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..) => {
            "what is stored there is no text".to_owned()
        }
        keyring::Error::Invalid(what, _) => format!("it does not take this {what}"),
        other => other.to_string(),
    };
    KeysError::Refused { detail }
}
