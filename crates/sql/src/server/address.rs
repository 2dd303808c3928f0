//! Where a server is, and who asks it.
//!
//! The form is the URL that PostgreSQL ("Connection URIs") and MySQL's tools share:
//! `postgres://user:password@host:port/database?sslmode=require`, and `mysql://` or `mariadb://`
//! likewise. A password is taken out of it at once and kept apart, so that an [`Address`] can be
//! shown, stored and compared.

use std::fmt;
use std::path::PathBuf;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::SecretString;
use url::{Host, Url};

use crate::SqlError;

/// What is written with its number in a part of a URL.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Which kind of server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL.
    Postgres,
    /// MySQL or MariaDB.
    MySql,
}

/// How the connection is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all.
    Never,
    /// Where the server can; its certificate is not looked at. What the servers' own tools do.
    #[default]
    Preferred,
    /// Always; the certificate is not looked at.
    Required,
    /// Always, with a certificate that an authority known to this machine has signed.
    Authority,
    /// As [`Self::Authority`], and made out to this host.
    Identity,
}

/// A database on a server, without the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Which kind of server.
    pub engine: Engine,
    /// Name or number of the machine, or the absolute path of a Unix socket (MySQL) or of the
    /// folder that holds it (PostgreSQL).
    pub host: String,
    /// Port; nothing for the engine's own, 5432 or 3306.
    pub port: Option<u16>,
    /// User.
    pub user: String,
    /// Database.
    pub database: String,
    /// Encryption.
    pub encryption: Encryption,
    /// A file of further authorities, PEM.
    pub authority: Option<PathBuf>,
}

impl Address {
    /// Reads a URL; nothing when the text is none of a server.
    ///
    /// # Errors
    /// When it is one and something is missing or wrong. The text is not repeated, because there
    /// may be a password in it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Result<(Self, Option<SecretString>), SqlError>> {
        let scheme = text.trim().split_once("://")?.0.to_ascii_lowercase();
        let engine = match scheme.as_str() {
            "postgres" | "postgresql" => Engine::Postgres,
            "mysql" | "mariadb" => Engine::MySql,
            _ => return None,
        };
        Some(read(engine, text.trim()))
    }

    /// The text without the password that is in it, and the password; nothing when there is none.
    #[must_use]
    pub fn without_password(text: &str) -> Option<(String, SecretString)> {
        let (_, password) = Self::parse(text)?.ok()?;
        let password = password?;
        let mut url = Url::parse(text.trim()).ok()?;
        url.set_password(None).ok()?;
        let others: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !is_password(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        if others.is_empty() {
            url.set_query(None);
        } else {
            url.query_pairs_mut().clear().extend_pairs(others);
        }
        Some((url.to_string(), password))
    }

    /// The URL of the address.
    #[must_use]
    pub fn url(&self) -> String {
        let coded = |text: &str| utf8_percent_encode(text, UNRESERVED).to_string();
        let scheme = match self.engine {
            Engine::Postgres => "postgres",
            Engine::MySql => "mysql",
        };
        let host = match self.host.contains(':') {
            true => format!("[{}]", self.host),
            false => coded(&self.host),
        };
        let port = self.port.map(|port| format!(":{port}")).unwrap_or_default();
        let encryption = match self.encryption {
            Encryption::Preferred => None,
            Encryption::Never => Some("disable"),
            Encryption::Required => Some("require"),
            Encryption::Authority => Some("verify-ca"),
            Encryption::Identity => Some("verify-full"),
        };
        let encryption = encryption.map(|word| format!("sslmode={word}"));
        let authority = self.authority.as_ref();
        let authority =
            authority.map(|path| format!("sslrootcert={}", coded(&path.display().to_string())));
        let query: Vec<String> = encryption.into_iter().chain(authority).collect();
        let query = match query.is_empty() {
            true => String::new(),
            false => format!("?{}", query.join("&")),
        };
        let (user, database) = (coded(&self.user), coded(&self.database));
        format!("{scheme}://{user}@{host}{port}/{database}{query}")
    }

    /// The port that is used.
    pub(super) fn port(&self) -> u16 {
        self.port.unwrap_or(match self.engine {
            Engine::Postgres => 5432,
            Engine::MySql => 3306,
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, database, .. } = self;
        if host.starts_with('/') {
            write!(formatter, "{database} at {host}")
        } else {
            write!(formatter, "{database} at {host}:{}", self.port())
        }
    }
}

fn read(engine: Engine, text: &str) -> Result<(Address, Option<SecretString>), SqlError> {
    let url = Url::parse(text).map_err(|_| SqlError::BadAddress("it is not a whole URL"))?;
    let host = match url.host() {
        Some(Host::Domain(name)) => decoded(name)?,
        Some(Host::Ipv4(number)) => number.to_string(),
        Some(Host::Ipv6(number)) => number.to_string(),
        None => String::new(),
    };
    let user = decoded(url.username())?;
    let mut address = Address {
        engine,
        host,
        port: url.port(),
        database: decoded(url.path().trim_start_matches('/'))?,
        user,
        encryption: Encryption::default(),
        authority: None,
    };
    for (name, value) in url.query_pairs() {
        apply(&mut address, &name, &value)?;
    }
    complete(&mut address)?;
    // Other programs take it as a parameter as well; it must not stay in what is kept.
    let mut parameters = url.query_pairs();
    let parameter = parameters.find(|(name, _)| is_password(name));
    let password = match url.password() {
        Some(password) => Some(decoded(password)?),
        None => parameter.map(|(_, value)| value.into_owned()),
    };
    Ok((address, password.map(SecretString::from)))
}

fn is_password(parameter: &str) -> bool {
    ["password", "passwd", "pwd", "pass"]
        .iter()
        .any(|name| parameter.eq_ignore_ascii_case(name))
}

/// Parameters of other programs are common in addresses that are copied, and ignored.
fn apply(address: &mut Address, name: &str, value: &str) -> Result<(), SqlError> {
    match name {
        "host" | "socket" => value.clone_into(&mut address.host),
        "sslrootcert" | "ssl-ca" => address.authority = Some(PathBuf::from(value)),
        "sslmode" | "ssl-mode" => {
            address.encryption = match value.to_ascii_lowercase().replace('_', "-").as_str() {
                "disable" | "disabled" => Encryption::Never,
                "allow" | "prefer" | "preferred" => Encryption::Preferred,
                "require" | "required" => Encryption::Required,
                "verify-ca" => Encryption::Authority,
                "verify-full" | "verify-identity" => Encryption::Identity,
                _ => return Err(SqlError::BadAddress("the sslmode is not known")),
            }
        }
        _ => {}
    }
    Ok(())
}

fn complete(address: &mut Address) -> Result<(), SqlError> {
    if address.host.is_empty() {
        "localhost".clone_into(&mut address.host);
    }
    if address.user.is_empty() {
        return Err(SqlError::BadAddress("it has no user"));
    }
    if address.database.is_empty() {
        return Err(SqlError::BadAddress("it names no database"));
    }
    Ok(())
}

fn decoded(text: &str) -> Result<String, SqlError> {
    percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| SqlError::BadAddress("it is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str, user: &str, password: Option<&str>) {
        let (address, found) = Address::parse(text).unwrap().unwrap();
        assert_eq!(address.to_string(), shown, "{text}");
        assert_eq!(address.user, user, "{text}");
        let found = found.as_ref().map(ExposeSecret::expose_secret);
        assert_eq!(found, password, "{text}");
        let everything = format!("{address:?} {address}");
        assert!(password.is_none_or(|password| !everything.contains(password)));
    }

    #[test]
    fn a_url_is_taken_apart() {
        check(
            "postgres://ada:s%40cret%2F@db.example/shop",
            "shop at db.example:5432",
            "ada",
            Some("s@cret/"),
        );
        check("MariaDB://a@[::1]:3307/b", "b at ::1:3307", "a", None);
        check(
            "mysql://a@localhost/b?socket=/run/m.sock",
            "b at /run/m.sock",
            "a",
            None,
        );
        check(
            "postgresql://a@%2Frun%2Fpg/b?pgbouncer=true",
            "b at /run/pg",
            "a",
            None,
        );
        check(
            "postgres://%E5%AE%A2@h/%E5%BA%97",
            "店 at h:5432",
            "客",
            None,
        );
        check("mysql://a@10.0.0.7/b", "b at 10.0.0.7:3306", "a", None);
    }

    #[test]
    fn a_password_is_taken_out_wherever_it_stands() {
        for (text, kept) in [
            ("postgres://a:hunter2@h/b", "postgres://a@h/b"),
            ("mysql://a@h/b?password=hunter2", "mysql://a@h/b"),
            (
                "mysql://a@h/b?sslmode=require&PWD=hunter2&x=1",
                "mysql://a@h/b?sslmode=require&x=1",
            ),
            (
                "postgres://a:hunter2@h/b?password=hunter2",
                "postgres://a@h/b",
            ),
        ] {
            let (address, password) = Address::without_password(text).unwrap();
            assert_eq!(address, kept);
            assert_eq!(password.expose_secret(), "hunter2");
        }
        assert!(Address::without_password("mysql://a@h/b?x=1").is_none());
    }

    #[test]
    fn an_address_is_written_as_it_is_read() {
        for text in [
            "postgres://ada@db.example:5433/shop?sslmode=verify-full",
            "mysql://%E5%AE%A2@[::1]/%E5%BA%97",
            "postgres://a@%2Frun%2Fpg/b?sslmode=disable&sslrootcert=%2Fetc%2Fca.pem",
        ] {
            let (address, _) = Address::parse(text).unwrap().unwrap();
            assert_eq!(address.url(), text);
        }
    }

    #[test]
    fn encryption_is_read_in_the_words_of_both() {
        for (word, expected) in [
            ("sslmode=verify-full", Encryption::Identity),
            ("ssl-mode=VERIFY_CA", Encryption::Authority),
            ("sslmode=disable", Encryption::Never),
            ("ssl-mode=REQUIRED", Encryption::Required),
            ("connect_timeout=3", Encryption::Preferred),
        ] {
            let text = format!("mysql://a@h/b?{word}");
            let (address, _) = Address::parse(&text).unwrap().unwrap();
            assert_eq!(address.encryption, expected, "{word}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        assert!(Address::parse("/home/a.sqlite").is_none());
        assert!(Address::parse("sqlite://a").is_none());
        for text in [
            "postgres://",
            "postgres://a:hunter2@h:99999/b",
            "postgres://a:hunter2@h",
            "mysql://h/b",
            "mysql://a:hunter2@h/b?sslmode=what",
            "mysql://%FF:hunter2@h/b",
        ] {
            let error = Address::parse(text).unwrap().unwrap_err();
            assert!(!format!("{error:?} {error}").contains("hunter2"), "{text}");
        }
    }
}
