//! Databases that the person named, so that a name can stand wherever a database is asked for.
//!
//! They are kept in `connections.toml` in the data folder, without their passwords: those are in the
//! environment, in the keychain of the system or, for this session, in memory, as the keys of
//! services are. With a data folder that was named by whoever started the program the keychain is
//! left alone.

use std::path::Path;
use std::sync::Arc;

use assistant::{Code, Fault};
use model::remote::Key;
use model::remote::keys::{Chain, Environment, Keys, KeysError, Place as KeyPlace, Session};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use sql::server::{Address, Encryption, Engine};
use tokio_util::sync::CancellationToken;

use crate::toml_file::TomlFile;
use crate::{Desk, Folders, samples};

/// Most characters of a name.
const MOST_CHARS: usize = 60;

/// Before a password in a place for keys, which do not take every character.
const ENCODED: &str = "deskhand:";

/// A database that has a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Connection {
    pub name: String,
    /// A path, or the address of a server without a password.
    pub address: String,
}

/// A named database as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionInfo {
    /// Its name.
    pub name: String,
    /// A path, or the address of a server without a password.
    pub address: String,
    /// Whether it is on a server.
    pub is_server: bool,
    /// Where its password lies, if it has one that can be read now.
    pub password_place: Option<KeyPlace>,
}

/// What a person sets of a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionEdit {
    /// Its name.
    pub name: String,
    /// A path or the address of a server; what the form says when absent.
    pub address: Option<String>,
    /// A server, part by part.
    pub server: Option<ServerForm>,
}

/// The parts of a server's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServerForm {
    /// `postgres` or `mysql`.
    pub engine: String,
    /// Name or number of the machine; this one when blank.
    pub host: String,
    /// Port; the usual one when blank.
    pub port: String,
    /// User.
    pub user: String,
    /// Database.
    pub database: String,
    /// Whether the connection must be encrypted, and the server be who it says.
    pub is_strict: bool,
}

/// What trying a database showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DatabaseReport {
    /// Whether questions can be asked of it.
    pub ok: bool,
    /// How many tables it has.
    pub tables: u32,
    /// Why it cannot be used.
    pub fault: Option<Fault>,
}

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(rename = "connection", default, skip_serializing_if = "Vec::is_empty")]
    connections: Vec<Connection>,
}

/// The named databases of one data folder.
pub struct Connections {
    file: TomlFile<Written>,
    passwords: Arc<dyn Keys>,
}

impl Connections {
    pub(crate) fn new(folders: &Folders) -> Self {
        let passwords = if folders.is_told() {
            Chain::of(Environment::of_process(), Box::new(Session::default()))
        } else {
            Chain::standard()
        };
        Self {
            file: TomlFile::at(folders.data().join("connections.toml")),
            passwords: Arc::new(passwords),
        }
    }

    /// Every connection, by name.
    ///
    /// # Errors
    /// When `connections.toml` cannot be understood.
    pub async fn list(&self) -> Result<Vec<ConnectionInfo>, Fault> {
        let mut all = Vec::new();
        for connection in self.file.read()?.connections {
            let is_server = Address::parse(&connection.address).is_some();
            let place = match is_server {
                true => self.found(&connection.name).await.ok().flatten(),
                false => None,
            };
            all.push(ConnectionInfo {
                name: connection.name,
                address: connection.address,
                is_server,
                password_place: place.map(|(place, _)| place),
            });
        }
        Ok(all)
    }

    /// Adds a connection, or changes the one of that name, and keeps its password if there is a new
    /// one, be it apart or in the address. What comes back says where the password lies.
    ///
    /// # Errors
    /// [`Code::InputInvalid`] when the name or the address cannot be used;
    /// [`Code::ServiceKeyRefused`] when the password cannot be kept, in which case nothing changes.
    pub async fn save(
        &self,
        edit: &ConnectionEdit,
        password: Option<SecretString>,
    ) -> Result<Option<KeyPlace>, Fault> {
        let (connection, within) = read(edit)?;
        let place = match password.or(within) {
            Some(password) => Some(self.keep(&connection.name, &password).await?),
            None => None,
        };
        self.file.change(|written| {
            written
                .connections
                .retain(|one| one.name != connection.name);
            written.connections.push(connection);
            written.connections.sort_by(|a, b| a.name.cmp(&b.name));
            Ok(())
        })?;
        Ok(place)
    }

    /// Forgets a connection and its password.
    ///
    /// # Errors
    /// When there is no such connection, or its password may still be in the keychain.
    pub async fn remove(&self, name: &str) -> Result<(), Fault> {
        self.find(name)?.ok_or_else(|| unknown(name))?;
        let (passwords, id) = (Arc::clone(&self.passwords), key_of(name));
        let removed = waiting(move || passwords.remove(&id)).await;
        removed.map_err(|error| key_fault(name, "removed", &error))?;
        self.file.change(|written| {
            written.connections.retain(|one| one.name != name);
            Ok(())
        })
    }

    /// The connection of that name.
    pub(crate) fn find(&self, name: &str) -> Result<Option<Connection>, Fault> {
        let mut connections = self.file.read()?.connections.into_iter();
        Ok(connections.find(|one| one.name == name))
    }

    /// The password of the connection that has an address.
    pub(crate) async fn password(&self, address: &str) -> Result<Option<SecretString>, Fault> {
        for connection in self.file.read()?.connections {
            if connection.address == address {
                let found = self.found(&connection.name).await?;
                return Ok(found.map(|(_, password)| password));
            }
        }
        Ok(None)
    }

    async fn found(&self, name: &str) -> Result<Option<(KeyPlace, SecretString)>, Fault> {
        let (passwords, id) = (Arc::clone(&self.passwords), key_of(name));
        let found = waiting(move || passwords.get(&id)).await;
        let found = found.map_err(|error| key_fault(name, "read", &error))?;
        Ok(found.map(|found| (found.place, decoded(found.key.expose()))))
    }

    async fn keep(&self, name: &str, password: &SecretString) -> Result<KeyPlace, Fault> {
        let key = Key::new(&encoded(password)).ok_or_else(|| {
            Fault::new(
                Code::Internal,
                "The password could not be written as a key.",
            )
        })?;
        let (passwords, id) = (Arc::clone(&self.passwords), key_of(name));
        let kept = waiting(move || passwords.set(&id, &key)).await;
        kept.map(|kept| kept.place)
            .map_err(|error| key_fault(name, "kept", &error))
    }
}

/// The name under which places for keys know the password of a connection: letters that every
/// environment variable takes.
fn key_of(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' => letter.to_string(),
        '-' | '_' | '.' | ' ' => "-".to_owned(),
        other => format!("-u{:x}", u32::from(other)),
    });
    format!("database-{}", letters.collect::<String>())
}

/// The environment variable in which the password of a connection is looked for.
#[must_use]
pub fn password_variable(name: &str) -> String {
    Environment::variable(&key_of(name))
}

/// A password may have spaces and letters of every language, and a key may not.
fn encoded(password: &SecretString) -> String {
    let text = utf8_percent_encode(password.expose_secret(), NON_ALPHANUMERIC);
    format!("{ENCODED}{text}")
}

fn decoded(key: &str) -> SecretString {
    match key.strip_prefix(ENCODED) {
        Some(text) => percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
            .into(),
        None => key.to_owned().into(),
    }
}

/// The connection as it is kept, and the password that was in its address.
fn read(edit: &ConnectionEdit) -> Result<(Connection, Option<SecretString>), Fault> {
    let name = edit.name.trim();
    check_name(name)?;
    let typed = edit.address.as_deref().map(str::trim);
    let address = match (typed.filter(|text| !text.is_empty()), &edit.server) {
        (Some(text), _) => text.to_owned(),
        (None, Some(server)) => server.address()?.url(),
        (None, None) => {
            return Err(invalid(
                "address",
                "A connection needs an address or a file.",
            ));
        }
    };
    let (address, password) = match Address::parse(&address) {
        Some(read) => {
            read.map_err(Fault::from)?;
            match Address::without_password(&address) {
                Some((address, password)) => (address, Some(password)),
                None => (address, None),
            }
        }
        None => {
            let whole = Path::new(&address).canonicalize().map_err(|error| {
                Fault::new(
                    Code::FileNotFound,
                    format!("{address} cannot be found: {error}."),
                )
                .with("path", &address)
            })?;
            (whole.display().to_string(), None)
        }
    };
    let name = name.to_owned();
    Ok((Connection { name, address }, password))
}

/// A name must not be taken for anything else that a database may be called.
fn check_name(name: &str) -> Result<(), Fault> {
    let is_short = (1..=MOST_CHARS).contains(&name.chars().count());
    let is_plain = !name
        .chars()
        .any(|letter| letter.is_control() || matches!(letter, '/' | '\\' | ':'));
    let is_file = Path::new(name).extension().is_some();
    if is_short && is_plain && !is_file && !samples::is_one(name) {
        return Ok(());
    }
    Err(invalid(
        "name",
        "A connection needs a short name without slashes, colons or the ending of a file, and not that of a sample.",
    ))
}

impl ServerForm {
    fn address(&self) -> Result<Address, Fault> {
        let engine = match self.engine.as_str() {
            "postgres" => Engine::Postgres,
            "mysql" => Engine::MySql,
            _ => return Err(invalid("engine", "A server speaks postgres or mysql.")),
        };
        let port = match self.port.trim() {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| invalid("port", "A port is a number from 1 to 65535."))?,
            ),
        };
        let needed = |name: &str, text: &str| match text.trim() {
            "" => Err(invalid(name, &format!("Please fill in the {name}."))),
            text => Ok(text.to_owned()),
        };
        let host = self.host.trim();
        Ok(Address {
            engine,
            host: if host.is_empty() { "localhost" } else { host }.to_owned(),
            port,
            user: needed("user", &self.user)?,
            database: needed("database", &self.database)?,
            encryption: match self.is_strict {
                true => Encryption::Identity,
                false => Encryption::Preferred,
            },
            authority: None,
        })
    }
}

fn invalid(input: &str, sentence: &str) -> Fault {
    Fault::new(Code::InputInvalid, sentence).with("input", input)
}

fn unknown(name: &str) -> Fault {
    Fault::new(
        Code::InputInvalid,
        format!(
            "There is no connection called {name}; `connection list` shows those that there are."
        ),
    )
    .with("input", "name")
    .with("value", name)
}

fn key_fault(name: &str, done: &str, error: &KeysError) -> Fault {
    Fault::new(
        Code::ServiceKeyRefused,
        format!("The password of {name} could not be {done}: {error}."),
    )
    .with("service", name)
    .with("detail", error)
}

/// Does what may wait for the keychain where waiting is allowed.
async fn waiting<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()))
}

impl Desk {
    /// Databases that have names.
    #[must_use]
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// Opens a named database, or one that is about to be named, and says what was found.
    ///
    /// # Errors
    /// [`Code::InputInvalid`] when the name or the address cannot be used. Whatever the database
    /// does is in the report.
    pub async fn test_connection(
        &self,
        edit: &ConnectionEdit,
        password: Option<SecretString>,
        cancel: &CancellationToken,
    ) -> Result<DatabaseReport, Fault> {
        let is_new = edit.address.is_some() || edit.server.is_some();
        let opened = if is_new {
            let (connection, within) = read(edit)?;
            let kept = self.connections.password(&connection.address).await?;
            let password = password.or(within).or(kept);
            match (Address::parse(&connection.address), password) {
                (Some(Ok((address, _))), Some(password)) => {
                    let place = sql::Place::Server(address, Some(password));
                    let opened = sql::Database::open(place, cancel).await;
                    opened.map_err(Fault::from)
                }
                _ => self.sql.open(&connection.address, &|_| {}, cancel).await,
            }
        } else {
            let name = edit.name.trim();
            self.connections.find(name)?.ok_or_else(|| unknown(name))?;
            self.sql.open(name, &|_| {}, cancel).await
        };
        Ok(match opened {
            Ok(database) => DatabaseReport {
                ok: true,
                tables: u32::try_from(database.schema().tables.len()).unwrap_or(u32::MAX),
                fault: None,
            },
            Err(fault) => DatabaseReport {
                ok: false,
                tables: 0,
                fault: Some(fault),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(place: &tempfile::TempDir) -> Folders {
        Folders::new(Some(place.path().to_owned())).unwrap()
    }

    fn edit(name: &str, address: &str) -> ConnectionEdit {
        ConnectionEdit {
            name: name.to_owned(),
            address: Some(address.to_owned()),
            server: None,
        }
    }

    #[tokio::test]
    async fn a_password_is_kept_apart_from_the_address() {
        let place = tempfile::tempdir().unwrap();
        let connections = Connections::new(&folders(&place));
        for (name, address) in [
            (
                "books",
                "postgres://ada:s3cret%20w%C3%B6rd@h/b?sslmode=require",
            ),
            ("帳本", "mysql://ada@h/b?password=s3cret%20w%C3%B6rd"),
        ] {
            let kept = connections.save(&edit(name, address), None).await.unwrap();
            assert_eq!(kept, Some(KeyPlace::Session), "{name}");
            let found = connections.find(name).unwrap().unwrap();
            let password = connections.password(&found.address).await.unwrap();
            assert_eq!(password.unwrap().expose_secret(), "s3cret wörd");
        }
        let text = std::fs::read_to_string(place.path().join("connections.toml")).unwrap();
        assert!(
            text.contains("sslmode=require") && !text.contains("s3cret"),
            "{text}"
        );
        assert_eq!(connections.list().await.unwrap().len(), 2);
        connections.remove("books").await.unwrap();
        assert!(connections.remove("books").await.is_err());
        let left = connections.list().await.unwrap();
        assert_eq!((left.len(), left[0].is_server), (1, true));
    }

    #[tokio::test]
    async fn a_form_becomes_an_address_and_what_is_missing_is_named() {
        let place = tempfile::tempdir().unwrap();
        let connections = Connections::new(&folders(&place));
        let form = ServerForm {
            engine: "postgres".into(),
            port: " 5433 ".into(),
            user: "ada l".into(),
            database: "b".into(),
            is_strict: true,
            ..ServerForm::default()
        };
        let with = |server: ServerForm| ConnectionEdit {
            name: "books".into(),
            address: None,
            server: Some(server),
        };
        connections.save(&with(form.clone()), None).await.unwrap();
        let found = connections.find("books").unwrap().unwrap();
        assert_eq!(
            found.address,
            "postgres://ada%20l@localhost:5433/b?sslmode=verify-full"
        );
        for (server, input) in [
            (
                ServerForm {
                    user: " ".into(),
                    ..form.clone()
                },
                "user",
            ),
            (
                ServerForm {
                    database: String::new(),
                    ..form.clone()
                },
                "database",
            ),
            (
                ServerForm {
                    port: "x".into(),
                    ..form.clone()
                },
                "port",
            ),
            (
                ServerForm {
                    engine: "oracle".into(),
                    ..form.clone()
                },
                "engine",
            ),
        ] {
            let fault = connections.save(&with(server), None).await.unwrap_err();
            assert_eq!(fault.details["input"], input);
        }
    }

    #[test]
    fn names_that_mean_something_else_are_refused() {
        for (name, is_well) in [
            ("books", true),
            ("公司帳本 2024", true),
            ("", false),
            ("shop", false),
            ("a/b", false),
            ("postgres://x", false),
            ("a.sqlite", false),
            ("a\nb", false),
        ] {
            assert_eq!(check_name(name).is_ok(), is_well, "{name:?}");
        }
    }
}
