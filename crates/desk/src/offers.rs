//! Which assistant takes which file: what the window offers for a file that was let go over it.
//!
//! The rule is the ending of the name, held against what the assistants say of their own fields;
//! only files of text are opened, to be put into a form. It is not a reader: whether a file is what
//! its name says is found out by whoever takes it, which says so with a code of its own.

use std::path::Path;

use assistant::description::{Field, FieldKind};
use assistant::{Code, Description, Fault};
use serde::{Deserialize, Serialize};

use crate::Desk;

/// What can be done with a file, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct FileOffers {
    /// Its name, without its folder.
    pub name: String,
    /// What takes it; nothing where no part of the desk does.
    pub offers: Vec<FileOffer>,
}

/// One thing that can be done with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(tag = "does", rename_all = "kebab-case")]
pub enum FileOffer {
    /// It is put into a form.
    Fill {
        /// Id of the assistant.
        assistant: String,
        /// Name of the field.
        field: String,
        /// The file's path, or what stands in it.
        value: String,
    },
    /// What a bank or another program of accounts wrote is taken into a book.
    Books,
    /// It is an assistant, which comes to the person's own.
    Bring,
}

/// What banks and other programs of accounts write.
const ACCOUNTS: [&str; 15] = [
    "ofx",
    "qfx",
    "qif",
    "xml",
    "sta",
    "mt940",
    "940",
    "942",
    "csv",
    "xlsx",
    "journal",
    "hledger",
    "ledger",
    "beancount",
    "bean",
];

/// Games of chess, which the assistant for chess reads from a path that stands for them.
const GAMES: &str = "pgn";
const POSITION: &str = "fen";

/// What is written by people for people.
const PROSE: [&str; 5] = ["txt", "md", "markdown", "text", "rst"];
/// What is written for machines.
const CODE: [&str; 27] = [
    "py", "js", "ts", "jsx", "tsx", "rs", "go", "java", "kt", "c", "h", "cpp", "hpp", "cs", "rb",
    "php", "swift", "sh", "bash", "lua", "r", "sql", "html", "css", "svelte", "vue", "scala",
];
/// Data as text.
const DATA: [&str; 6] = ["json", "csv", "tsv", "yaml", "yml", "xml"];

/// Who takes a text, and into which field, by the endings of the file.
const READERS: [(&[&str], &str, &str); 16] = [
    (&[POSITION], "chess", "fen"),
    (&["sql"], "explain-sql", "sql"),
    (&["html"], "css", "sample"),
    (&CODE, "explain-code", "code"),
    (&CODE, "translate-code", "code"),
    (&CODE, "write-tests", "code"),
    (&["diff", "patch"], "commit-message", "changes"),
    (&DATA, "transform-data", "sample"),
    (&PROSE, "summarise", "text"),
    (&PROSE, "translate", "text"),
    (&PROSE, "rewrite", "text"),
    (&PROSE, "plain-language", "text"),
    (&PROSE, "meeting-actions", "text"),
    (&PROSE, "extract-table", "text"),
    (&PROSE, "quiz", "text"),
    (&["eml"], "email", "text"),
];

/// Most bytes of a text that is opened to be put into a form: four for each of the most characters
/// that any form takes of one.
const MOST_BYTES: u64 = 4 * 20_000;

impl Desk {
    /// What can be done with a file.
    ///
    /// # Errors
    /// When there is no such file, or it is a folder.
    pub fn offers_for(&self, path: &Path) -> Result<FileOffers, Fault> {
        let data = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
        let name = path.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        if data.is_dir() {
            let sentence = format!("{name} is a folder; let go of a single file instead.");
            return Err(Fault::new(Code::FileUnreadable, sentence).with("path", path.display()));
        }
        let assistants: Vec<Description> = self.assistants().collect();
        let text = (data.len() <= MOST_BYTES)
            .then(|| std::fs::read(path).ok())
            .flatten()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        let file = Candidate {
            path,
            ending: ending(path),
            text,
        };
        let offers = file.offers(&assistants);
        Ok(FileOffers { name, offers })
    }
}

fn ending(path: &Path) -> String {
    let ending = path.extension().unwrap_or_default();
    ending.to_string_lossy().to_ascii_lowercase()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => Code::FileNotFound,
        _ => Code::FileUnreadable,
    };
    let shown = path.display();
    Fault::new(code, format!("{shown} cannot be read: {error}."))
        .with("path", shown)
        .with("detail", error)
}

/// A file as far as it has to be known to be offered.
struct Candidate<'a> {
    path: &'a Path,
    ending: String,
    /// What stands in it, where that is text and short enough for a form.
    text: Option<String>,
}

impl Candidate<'_> {
    fn offers(&self, assistants: &[Description]) -> Vec<FileOffer> {
        let mut offers = Vec::new();
        if self.ending == GAMES {
            // A collection of games is the second thought: most files hold one game to look at.
            offers.extend(self.as_path(assistants, |id, field| id == "chess" && field == "pgn"));
        }
        offers.extend(self.in_file_fields(assistants));
        if self.is_one_of(&ACCOUNTS) {
            offers.push(FileOffer::Books);
        }
        if self.is_an_assistant() {
            offers.push(FileOffer::Bring);
        }
        let readers = READERS
            .iter()
            .filter(|(endings, ..)| self.is_one_of(endings));
        offers.extend(readers.filter_map(|(_, id, field)| self.as_text(assistants, id, field)));
        offers
    }

    fn is_one_of(&self, endings: &[&str]) -> bool {
        endings.contains(&self.ending.as_str())
    }

    /// Its path, for every field of files that names this ending.
    fn in_file_fields(&self, assistants: &[Description]) -> Vec<FileOffer> {
        let fields = assistants.iter().flat_map(|one| {
            let inputs = one.inputs.iter();
            inputs.map(move |field| (one.id.as_str(), field))
        });
        let takes = |field: &Field| {
            let mut endings = field.extensions.iter();
            field.kind == FieldKind::File
                && !field.hidden
                && endings.any(|ending| *ending == self.ending)
        };
        fields
            .filter(|(_, field)| takes(field))
            .map(|(id, field)| self.fill(id, field, self.path.display().to_string()))
            .collect()
    }

    /// Its path, for the field of which `is_meant` says so.
    fn as_path(
        &self,
        assistants: &[Description],
        is_meant: impl Fn(&str, &str) -> bool,
    ) -> Option<FileOffer> {
        assistants.iter().find_map(|one| {
            let mut inputs = one.inputs.iter();
            let field = inputs.find(|field| is_meant(&one.id, &field.name))?;
            Some(self.fill(&one.id, field, self.path.display().to_string()))
        })
    }

    /// What stands in it, where there is such a field and it takes that much.
    fn as_text(&self, assistants: &[Description], id: &str, field: &str) -> Option<FileOffer> {
        let text = self.text.as_deref().map(str::trim)?;
        let one = assistants.iter().find(|one| one.id == id)?;
        let field = one.field(field)?;
        let fits = !text.is_empty() && text.chars().count() <= field.max_chars as usize;
        fits.then(|| self.fill(id, field, text.to_owned()))
    }

    fn fill(&self, id: &str, field: &Field, value: String) -> FileOffer {
        FileOffer::Fill {
            assistant: id.to_owned(),
            field: field.name.clone(),
            value,
        }
    }

    /// The file of an assistant, or a script of the sandbox that the first assistants were made in.
    /// A file that was meant to be one and has a mistake counts too: bringing it in names the mistake.
    fn is_an_assistant(&self) -> bool {
        let text = self.text.as_deref().unwrap_or_default();
        match self.ending.as_str() {
            "deskhand" => true,
            "toml" => text.contains("[prompt]") || text.contains("template"),
            "py" => presets::classic::is_script(text),
            _ => false,
        }
    }
}
