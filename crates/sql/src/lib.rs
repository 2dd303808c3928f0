//! The assistant `sql`: a question in a sentence, answered by the person's own database, be it a
//! file of SQLite or on a PostgreSQL, MySQL or MariaDB server.
//!
//! The course: read the schema with code, let the model write one statement, then parse it, let
//! the database itself refuse anything but reading, explain it and run it within limits. What
//! fails goes back to the model; what passed is the answer.
//!
//! What this crate is not: it never writes to a database, it keeps no history and it knows no
//! window. How a connection is found by name is told to it through [`Places`].

mod absent;
mod chart;
mod columns;
mod database;
mod dates;
mod ends;
mod error;
mod expand;
pub mod explain;
mod extremes;
mod fit;
mod flags;
mod groups;
mod joins;
mod listed;
mod marked;
mod mend;
pub mod notes;
mod once;
mod prompt;
mod question;
mod relevant;
pub mod server;
mod sets;
mod shape;
pub mod sqlite;
mod sqlite_words;
mod statement;
mod task;
mod totals;
mod units;
mod validity;
mod values;
mod vote;
mod world;

use std::path::PathBuf;
use std::sync::Arc;

use assistant::{Assistant, Code, Description, Fault, Inputs, Task, Tell};
use async_trait::async_trait;
use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

pub use database::Database;
pub use error::SqlError;
use notes::Notes;
pub use question::Earlier;
use question::Question;
use server::Address;

/// Words, fields and examples of the assistant.
const PRESET: &str = include_str!("../../../assets/presets/sql.toml");

/// Finds what a person means by the name of a database.
#[async_trait]
pub trait Places: Send + Sync {
    /// The place behind a name such as a bundled sample's or a connection's, or made of another kind
    /// of file such as a workbook; nothing when `name` is no such name, in which case it is taken for
    /// the URL of a server or for a path.
    ///
    /// # Errors
    /// When the name is known and there is no getting at what it names.
    async fn database(
        &self,
        name: &str,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Option<Place>, Fault>;

    /// What the person wrote about a database, by the same name.
    ///
    /// # Errors
    /// When it is kept somewhere and cannot be read.
    fn notes(&self, name: &str) -> Result<Notes, Fault> {
        let _ = name;
        Ok(Notes::default())
    }

    /// The question of a run with what it follows, the oldest first.
    ///
    /// # Errors
    /// When there is no such run, or it answered nothing that could be followed.
    async fn earlier(&self, run: &str) -> Result<Vec<Earlier>, Fault> {
        Err(Fault::new(Code::RunUnknown, format!("No run is called {run}.")).with("run", run))
    }
}

/// Where a database is.
#[derive(Debug, Clone)]
pub enum Place {
    /// A file of SQLite.
    File(PathBuf),
    /// A database on a server, with the password where one is needed.
    Server(Address, Option<SecretString>),
}

/// The assistant.
pub struct Sql {
    description: Description,
    places: Arc<dyn Places>,
}

impl Sql {
    /// The assistant with its built-in preset.
    ///
    /// # Errors
    /// When the preset is damaged, which a test rules out for the one that is built in.
    pub fn new(places: Arc<dyn Places>) -> Result<Self, Fault> {
        let description = toml::from_str(PRESET).map_err(|error| {
            Fault::new(
                Code::Internal,
                "The preset of the SQL assistant is damaged.",
            )
            .with("detail", error)
        })?;
        Ok(Self {
            description,
            places,
        })
    }

    /// Opens what a person means by a name, for reading and for nothing else.
    ///
    /// # Errors
    /// When it is not there or cannot be used.
    pub async fn open(
        &self,
        name: &str,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Database, Fault> {
        let known = self.places.database(name, tell, cancel).await?;
        let place = match (known, Address::parse(name)) {
            (Some(place), _) => place,
            (None, Some(parsed)) => {
                let (address, password) = parsed?;
                Place::Server(address, password)
            }
            (None, None) => Place::File(PathBuf::from(name)),
        };
        let mut database = Database::open(place, cancel).await?;
        let notes = self.places.notes(name)?;
        if !notes.is_empty() {
            database.annotate(&notes);
        }
        database.expand();
        Ok(database)
    }

    /// What a question follows.
    async fn earlier(&self, inputs: &Inputs) -> Result<Vec<Earlier>, Fault> {
        match inputs.get("follows") {
            None => Ok(Vec::new()),
            Some(text) => match question::given(text) {
                Some(given) => given,
                None => self.places.earlier(text).await,
            },
        }
    }
}

#[async_trait]
impl Assistant for Sql {
    fn description(&self) -> &Description {
        &self.description
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let name = inputs.get("database").unwrap_or_default();
        let database = self.open(name, tell, cancel).await?;
        let statement = inputs.get("sql").map(str::to_owned);
        let text = inputs.get("question").unwrap_or_default().to_owned();
        let (mentions, question) = match statement {
            Some(_) => (Vec::new(), Question::new(text, Vec::new())),
            None => (
                database.mentions(&text, cancel).await?,
                Question::new(text, self.earlier(inputs).await?),
            ),
        };
        let task = task::SqlTask::new(database, mentions, question, statement);
        Ok(Box::new(task))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nowhere;

    #[async_trait]
    impl Places for Nowhere {
        async fn database(
            &self,
            _: &str,
            _: Tell<'_>,
            _: &CancellationToken,
        ) -> Result<Option<Place>, Fault> {
            Ok(None)
        }
    }

    #[test]
    fn the_built_in_preset_is_whole() {
        let assistant = Sql::new(Arc::new(Nowhere)).unwrap();
        let description = assistant.description();
        assert_eq!(description.id, "sql");
        for name in ["database", "question", "sql", "follows"] {
            assert!(description.field(name).is_some(), "no field {name}");
        }
        for value in description
            .examples
            .iter()
            .flat_map(|example| &example.values)
        {
            assert!(description.field(&value.name).is_some(), "{}", value.name);
        }
    }
}
