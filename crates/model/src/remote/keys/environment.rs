//! Keys from environment variables, for machines without a keychain.
//!
//! `DESKHAND_KEY_` and the name of the service in capitals, where everything but letters and
//! digits is an underscore: the key of `my-openai` is in `DESKHAND_KEY_MY_OPENAI`.

use super::{Found, Kept, Keys, KeysError, Place};
use crate::remote::Key;

/// Reads one variable.
type Read = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Environment variables; they can only be read.
pub struct Environment(Read);

impl Environment {
    /// The variables of this program.
    #[must_use]
    pub fn of_process() -> Self {
        Self::of(|name| std::env::var(name).ok())
    }

    /// Variables from elsewhere.
    pub fn of(read: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Box::new(read))
    }

    /// The variable in which the key of a service is looked for.
    #[must_use]
    pub fn variable(service: &str) -> String {
        let name = service.chars().map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_uppercase()
            } else {
                '_'
            }
        });
        "DESKHAND_KEY_".chars().chain(name).collect()
    }
}

impl Keys for Environment {
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError> {
        let key = (self.0)(&Self::variable(service)).and_then(|text| Key::new(&text));
        Ok(key.map(|key| Found {
            key,
            place: Place::Environment,
        }))
    }

    fn set(&self, service: &str, _: &Key) -> Result<Kept, KeysError> {
        Err(KeysError::ReadOnly {
            variable: Self::variable(service),
        })
    }

    fn remove(&self, service: &str) -> Result<(), KeysError> {
        match self.get(service)? {
            None => Ok(()),
            Some(_) => Err(KeysError::ReadOnly {
                variable: Self::variable(service),
            }),
        }
    }
}
