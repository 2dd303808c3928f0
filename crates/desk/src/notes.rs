//! The person's own words about databases, kept in `notes.toml` in the data folder.
//!
//! A database is known by its sample's or connection's name, by its address without the password,
//! or by the whole path of its file.

use assistant::{Code, Fault};
use serde::{Deserialize, Serialize};
use sql::notes::{MOST_CHARS, Notes, Subject};
use sql::server::Address;
use sql::sqlite::OwnWords;
use tokio_util::sync::CancellationToken;

use crate::toml_file::TomlFile;
use crate::{Desk, Folders};

/// Most characters of a name.
const MOST_NAME_CHARS: usize = 60;

/// Words about one table or column, or about a whole database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NoteInfo {
    /// The table; absent for the database as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Its column; absent for the table as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the person calls it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What one has to know of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    #[serde(rename = "database", default, skip_serializing_if = "Vec::is_empty")]
    databases: Vec<Noted>,
}

#[derive(Serialize, Deserialize)]
struct Noted {
    place: String,
    #[serde(rename = "note", default)]
    notes: Vec<NoteInfo>,
}

/// The notes of one data folder.
pub(crate) struct NoteBook(TomlFile<Written>);

impl NoteBook {
    pub(crate) fn new(folders: &Folders) -> Self {
        Self(TomlFile::at(folders.data().join("notes.toml")))
    }

    fn list(&self, database: &str) -> Result<Vec<NoteInfo>, Fault> {
        let place = place(database);
        let noted = self.0.read()?.databases.into_iter();
        let mut noted = noted.filter(|noted| noted.place == place);
        Ok(noted.next().map(|noted| noted.notes).unwrap_or_default())
    }

    /// What is known of a database.
    pub(crate) fn of(&self, database: &str) -> Result<Notes, Fault> {
        let notes = self.list(database)?.into_iter().map(|note| {
            let subject = Subject {
                table: note.table,
                column: note.column,
            };
            let words = OwnWords {
                name: note.name,
                note: note.text,
            };
            (subject, words)
        });
        Ok(Notes(notes.collect()))
    }

    /// Keeps a note in the place of the one about the same; without words it is given up.
    fn set(&self, database: &str, note: NoteInfo) -> Result<(), Fault> {
        let place = place(database);
        self.0.change(|written| {
            let at = written.databases.iter().position(|one| one.place == place);
            let mut noted = match at {
                Some(at) => written.databases.remove(at),
                None => Noted {
                    place,
                    notes: Vec::new(),
                },
            };
            let is_same = |one: &NoteInfo| (&one.table, &one.column) == (&note.table, &note.column);
            noted.notes.retain(|one| !is_same(one));
            if !(note.name.is_empty() && note.text.is_empty()) {
                noted.notes.push(note);
            }
            if !noted.notes.is_empty() {
                written.databases.push(noted);
            }
            Ok(())
        })
    }
}

/// What a database is known by here.
fn place(database: &str) -> String {
    let database = database.trim();
    if let Some((address, _)) = Address::without_password(database) {
        return address;
    }
    let path = std::path::Path::new(database);
    match path.canonicalize() {
        Ok(whole) if path.components().count() > 1 || path.extension().is_some() => {
            whole.display().to_string()
        }
        _ => database.to_owned(),
    }
}

impl Desk {
    /// The person's own words about a database.
    ///
    /// # Errors
    /// When `notes.toml` cannot be read.
    pub fn notes(&self, database: &str) -> Result<Vec<NoteInfo>, Fault> {
        self.notes.list(database)
    }

    /// Keeps words about a table or a column (`on` is `table` or `table.column`), or about the whole
    /// database (`on` is empty). Without words those that were there are given up.
    ///
    /// # Errors
    /// [`Code::InputInvalid`] when the database has nothing of that name, or the words are too long;
    /// as when a question is asked of it; when `notes.toml` cannot be written.
    pub async fn set_note(
        &self,
        database: &str,
        on: &str,
        name: &str,
        text: &str,
        cancel: &CancellationToken,
    ) -> Result<(), Fault> {
        let (name, text) = (name.trim(), text.trim());
        for (words, most) in [(name, MOST_NAME_CHARS), (text, MOST_CHARS)] {
            let length = words.chars().count();
            if length > most {
                let sentence =
                    format!("These words have {length} characters; at most {most} are kept.");
                return Err(Fault::new(Code::InputTooLong, sentence)
                    .with("input", "note")
                    .with("length", length)
                    .with("most", most));
            }
        }
        let opened = self.sql.open(database, &|_| {}, cancel).await?;
        let subject = Subject::find(on, opened.schema()).ok_or_else(|| {
            let sentence = format!("There is no table or column {on:?} to write about.");
            Fault::new(Code::InputInvalid, sentence)
                .with("input", "note")
                .with("value", on)
        })?;
        let note = NoteInfo {
            table: subject.table,
            column: subject.column,
            name: name.to_owned(),
            text: text.to_owned(),
        };
        self.notes.set(database, note)
    }
}
