//! Where keys are kept.
//!
//! The keychain of the system and nowhere else, where there is one. A bare server has none: there
//! a key comes from an environment variable, or is held until the program ends, and whoever set
//! it is told ([`Kept`]). No key is ever written to a file, a database or a log by this program.
//!
//! Everything here may wait for the system, which may be asking the person for a password: call
//! it where waiting is allowed (`tokio::task::spawn_blocking`).

mod environment;
mod keychain;
mod session;

use serde::{Deserialize, Serialize};

use super::Key;

pub use environment::Environment;
pub use keychain::Keychain;
pub use session::Session;

/// Where a key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The keychain of the system.
    Keychain,
    /// An environment variable of this program.
    Environment,
    /// The memory of this program, until it ends.
    Session,
}

/// A key that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The key.
    pub key: Key,
    /// Where it was.
    pub place: Place,
}

/// What became of a key that was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Kept {
    /// Where it lies now. The person should be told when it is [`Place::Session`].
    pub place: Place,
    /// The place of another key for the same service which goes before it.
    pub hidden_by: Option<Place>,
}

/// Why a key could not be read, kept or removed. Never holds a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeysError {
    /// There is no keychain on this machine, or none for this session.
    #[error("there is no keychain here: {detail}")]
    NoKeychain {
        /// What the system said.
        detail: String,
    },
    /// The keychain is there and would not do it; it may be locked.
    #[error("the keychain refused: {detail}")]
    Refused {
        /// What the system said.
        detail: String,
    },
    /// This place can only be read.
    #[error(
        "the key comes from the environment variable {variable}, which this program cannot change"
    )]
    ReadOnly {
        /// Name of the variable.
        variable: String,
    },
}

/// A place for keys, by name of the service.
pub trait Keys: Send + Sync {
    /// The key of a service, if one is kept.
    ///
    /// # Errors
    /// [`KeysError`], when it is not known whether there is one.
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError>;

    /// Keeps a key, in the place of an older one.
    ///
    /// # Errors
    /// [`KeysError`], when it was not kept.
    fn set(&self, service: &str, key: &Key) -> Result<Kept, KeysError>;

    /// Removes the key of a service; it is no error that there was none.
    ///
    /// # Errors
    /// [`KeysError`], when it may still be there.
    fn remove(&self, service: &str) -> Result<(), KeysError>;
}

/// The places in their order: the environment, which whoever starts the program sets on purpose;
/// the keychain; the memory of this program, which takes what the keychain cannot.
pub struct Chain {
    environment: Environment,
    keychain: Box<dyn Keys>,
    session: Session,
}

impl Chain {
    /// The environment and the keychain of this machine.
    #[must_use]
    pub fn standard() -> Self {
        Self::of(Environment::of_process(), Box::new(Keychain))
    }

    /// Other places than the usual ones.
    #[must_use]
    pub fn of(environment: Environment, keychain: Box<dyn Keys>) -> Self {
        Self {
            environment,
            keychain,
            session: Session::default(),
        }
    }
}

impl Keys for Chain {
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError> {
        if let Some(found) = self.environment.get(service)? {
            return Ok(Some(found));
        }
        let kept = self.keychain.get(service);
        if let Ok(Some(found)) = kept {
            return Ok(Some(found));
        }
        match (self.session.get(service)?, kept) {
            (Some(found), _) => Ok(Some(found)),
            // A locked keychain may well hold the key; a missing one does not.
            (None, Err(error @ KeysError::Refused { .. })) => Err(error),
            (None, _) => Ok(None),
        }
    }

    fn set(&self, service: &str, key: &Key) -> Result<Kept, KeysError> {
        let kept = match self.keychain.set(service, key) {
            Ok(kept) => {
                self.session.remove(service)?;
                kept
            }
            Err(KeysError::NoKeychain { .. }) => self.session.set(service, key)?,
            Err(error) => return Err(error),
        };
        let before = self.environment.get(service)?;
        Ok(Kept {
            hidden_by: before.map(|found| found.place),
            ..kept
        })
    }

    fn remove(&self, service: &str) -> Result<(), KeysError> {
        self.session.remove(service)?;
        match self.keychain.remove(service) {
            Err(KeysError::NoKeychain { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests;
