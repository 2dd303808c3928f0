//! Where keys come from and go to, with a keychain of a few lines in the place of the system's.

use std::sync::Arc;

use super::*;

/// A keychain that holds keys, is not there, or is locked.
#[derive(Clone)]
enum Toy {
    There(Arc<Session>),
    Missing,
    Locked,
}

impl Toy {
    fn holds(&self) -> Result<&Session, KeysError> {
        let detail = "toy".to_owned();
        match self {
            Self::There(keys) => Ok(keys),
            Self::Missing => Err(KeysError::NoKeychain { detail }),
            Self::Locked => Err(KeysError::Refused { detail }),
        }
    }
}

impl Keys for Toy {
    fn get(&self, service: &str) -> Result<Option<Found>, KeysError> {
        let found = self.holds()?.get(service)?;
        Ok(found.map(|found| Found {
            place: Place::Keychain,
            ..found
        }))
    }

    fn set(&self, service: &str, key: &Key) -> Result<Kept, KeysError> {
        self.holds()?.set(service, key)?;
        Ok(Kept {
            place: Place::Keychain,
            hidden_by: None,
        })
    }

    fn remove(&self, service: &str) -> Result<(), KeysError> {
        self.holds()?.remove(service)
    }
}

fn chain(keychain: &Toy, variables: &'static [(&str, &str)]) -> Chain {
    let environment = Environment::of(|wanted| {
        let mut all = variables.iter();
        all.find_map(|(name, value)| (*name == wanted).then(|| (*value).to_owned()))
    });
    Chain::of(environment, Box::new(keychain.clone()))
}

fn key() -> Key {
    Key::new("sk-new").unwrap()
}

/// Name of the service, keychain, variables: where a key that is set lies, and which is found then.
fn check(
    keychain: &Toy,
    variables: &'static [(&str, &str)],
    kept: Result<(Place, Option<Place>), ()>,
    found: Result<Option<(&str, Place)>, ()>,
) {
    let chain = chain(keychain, variables);
    let set = chain.set("my-openai", &key());
    assert_eq!(
        set.map(|kept| (kept.place, kept.hidden_by)).map_err(|_| ()),
        kept
    );
    let got = chain.get("my-openai");
    let got = got.as_ref().map(|found| {
        found
            .as_ref()
            .map(|found| (found.key.expose(), found.place))
    });
    assert_eq!(got.map_err(|_| ()), found);
}

#[test]
fn a_key_lies_in_the_keychain_or_else_in_memory() {
    const VARIABLE: &[(&str, &str)] = &[("DESKHAND_KEY_MY_OPENAI", "sk-env\n")];
    let there = || Toy::There(Arc::default());
    let new = |place| Ok(Some(("sk-new", place)));
    let env = Ok(Some(("sk-env", Place::Environment)));
    check(
        &there(),
        &[],
        Ok((Place::Keychain, None)),
        new(Place::Keychain),
    );
    check(
        &Toy::Missing,
        &[],
        Ok((Place::Session, None)),
        new(Place::Session),
    );
    check(&Toy::Locked, &[], Err(()), Err(()));
    let hidden = |place| Ok((place, Some(Place::Environment)));
    check(&there(), VARIABLE, hidden(Place::Keychain), env);
    check(&Toy::Missing, VARIABLE, hidden(Place::Session), env);
    check(&Toy::Locked, VARIABLE, Err(()), env);
}

#[test]
fn a_removed_key_is_gone() {
    for keychain in [Toy::There(Arc::default()), Toy::Missing] {
        let chain = chain(&keychain, &[]);
        chain.set("one", &key()).unwrap();
        chain.set("two", &key()).unwrap();
        chain.remove("one").unwrap();
        assert!(chain.get("one").unwrap().is_none());
        assert!(chain.get("two").unwrap().is_some());
        chain.remove("never-there").unwrap();
    }
}

#[test]
fn the_environment_is_only_read() {
    let environment = Environment::of(|_| Some("sk-env".to_owned()));
    let variable = "DESKHAND_KEY_A_B_1".to_owned();
    let read_only = KeysError::ReadOnly { variable };
    assert_eq!(environment.set("a.b-1", &key()), Err(read_only.clone()));
    assert_eq!(environment.remove("a.b-1"), Err(read_only));
}

/// The machine may have a keychain or not; either way it must answer and not hang or panic.
#[test]
fn the_real_keychain_says_whether_it_is_there() {
    let probed = Keychain::probe();
    if let Err(error) = &probed {
        assert!(matches!(error, KeysError::NoKeychain { .. }), "{error}");
        assert!(Keychain.get("deskhand-test").is_err());
    }
}
