//! A person's own assistants: kept, versioned, brought in and taken away as one file, tried before
//! they are kept, and tested by their own examples.

mod store;
mod trial;

use std::path::Path;
use std::sync::Arc;

use assistant::{Assistant, Code, Description, Fault};
use presets::{Preset, PresetError, PresetFile};
use serde::{Deserialize, Serialize};

pub use trial::{ExampleResult, ExamplesReport};

use crate::{Desk, write_whole};

/// Most names that are tried for a copy.
const MOST_COPIES: u32 = 999;

/// An assistant of the person's own, as the gallery lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct OwnAssistant {
    /// Its id.
    pub id: String,
    /// What the gallery needs to know; nothing where it cannot be read any more.
    pub description: Option<Description>,
    /// Number of its newest version, from 1.
    pub version: u32,
    /// When that was saved, as a timestamp of ISO 8601.
    pub saved_at: String,
    /// Why it cannot be used, if it cannot.
    pub problem: Option<String>,
}

/// One save of an assistant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct AssistantVersion {
    /// Its number, from 1.
    pub number: u32,
    /// When it was saved, as a timestamp of ISO 8601.
    pub saved_at: String,
}

/// The names of the checks that an assistant's file can ask for.
#[must_use]
pub fn check_names() -> Vec<String> {
    presets::checks::names().map(str::to_owned).collect()
}

/// The person's own assistants.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    store: store::Store,
}

impl Own {
    pub(crate) fn new(data: &Path) -> Self {
        Self {
            store: store::Store::new(data),
        }
    }

    /// Those that can be used. One that cannot is told of by [`Desk::own_assistants`].
    fn usable(&self) -> Vec<Preset> {
        let saved = self.store.newest().unwrap_or_else(|fault| {
            tracing::warn!(code = ?fault.code, "the person's own assistants cannot be read");
            vec![]
        });
        let presets = saved.into_iter().map(|saved| Preset::read(&saved.text));
        presets.filter_map(Result::ok).collect()
    }

    pub(crate) fn descriptions(&self) -> Vec<Description> {
        let presets = self.usable().into_iter();
        presets.map(|preset| preset.description().clone()).collect()
    }

    /// The newest version of one as an assistant; nothing when there is none.
    pub(crate) fn assistant(&self, id: &str) -> Result<Option<Arc<dyn Assistant>>, Fault> {
        let Some(saved) = self.store.versions(id)?.into_iter().next() else {
            return Ok(None);
        };
        let preset = Preset::read(&saved.text)?;
        Ok(Some(Arc::new(preset)))
    }
}

impl Desk {
    /// The person's own assistants, those too that cannot be read any more.
    ///
    /// # Errors
    /// When the file that keeps them cannot be used.
    pub fn own_assistants(&self) -> Result<Vec<OwnAssistant>, Fault> {
        let saved = self.own.store.newest()?;
        Ok(saved
            .into_iter()
            .map(|saved| {
                let read = PresetFile::read(&saved.text);
                OwnAssistant {
                    id: saved.id,
                    version: saved.number,
                    saved_at: saved.saved_at,
                    problem: read.as_ref().err().map(ToString::to_string),
                    description: read.ok().map(|file| file.description()),
                }
            })
            .collect())
    }

    /// The file of an assistant that is pure data: one of the person's own, in its newest or an
    /// earlier version, or one that comes with Deskhand.
    ///
    /// # Errors
    /// When there is none of that id or number, it is no pure data, or cannot be read.
    pub fn assistant_file(&self, id: &str, version: Option<u32>) -> Result<PresetFile, Fault> {
        if let Some(preset) = self.presets.iter().find(|preset| preset.file().id == id) {
            return Ok(preset.file().clone());
        }
        let mut versions = self.own.store.versions(id)?.into_iter();
        let saved = match version {
            None => versions.next(),
            Some(number) => versions.find(|saved| saved.number == number),
        };
        match saved {
            Some(saved) => Ok(PresetFile::read(&saved.text)?),
            None => Err(self.no_file(id)),
        }
    }

    /// Every version of one of the person's own, the newest first.
    ///
    /// # Errors
    /// When the file that keeps them cannot be used.
    pub fn assistant_versions(&self, id: &str) -> Result<Vec<AssistantVersion>, Fault> {
        let versions = self.own.store.versions(id)?.into_iter();
        Ok(versions
            .map(|saved| AssistantVersion {
                number: saved.number,
                saved_at: saved.saved_at,
            })
            .collect())
    }

    /// Keeps an assistant as the newest version of its id.
    ///
    /// # Errors
    /// When something in it is wrong, or its id is one that comes with Deskhand.
    pub fn save_assistant(&self, file: &PresetFile) -> Result<OwnAssistant, Fault> {
        let text = self.checked(file)?;
        self.own.store.save(&file.id, &text)?;
        let all = self.own_assistants()?;
        let saved = all.into_iter().find(|one| one.id == file.id);
        saved.ok_or_else(|| self.no_file(&file.id))
    }

    /// Holds an assistant against every rule without keeping it, and says how its form reads.
    ///
    /// # Errors
    /// The first thing that is wrong, or that its id is taken.
    pub fn check_assistant(&self, file: &PresetFile) -> Result<Description, Fault> {
        self.checked(file)?;
        Ok(file.description())
    }

    fn checked(&self, file: &PresetFile) -> Result<String, Fault> {
        if self.is_built_in(&file.id) {
            return Err(PresetError::BuiltIn(file.id.clone()).into());
        }
        let text = file.write()?;
        Preset::read(&text)?;
        Ok(text)
    }

    /// Forgets one of the person's own with all its versions. Its runs stay in history.
    ///
    /// # Errors
    /// When there is none of that id, or it comes with Deskhand.
    pub fn delete_assistant(&self, id: &str) -> Result<(), Fault> {
        if self.is_built_in(id) {
            return Err(PresetError::BuiltIn(id.to_owned()).into());
        }
        match self.own.store.delete(id)? {
            true => Ok(()),
            false => Err(self.no_file(id)),
        }
    }

    /// Keeps a copy of an assistant under a new id, to be changed.
    ///
    /// # Errors
    /// When there is none of that id, or it is no pure data.
    pub fn duplicate_assistant(&self, id: &str) -> Result<PresetFile, Fault> {
        let mut file = self.assistant_file(id, None)?;
        file.id = self.free_id(&file.id)?;
        file.category = assistant::description::Category::Own;
        self.save_assistant(&file)?;
        Ok(file)
    }

    /// Brings an assistant in: the text of its file, or a script of the classic sandbox, which is
    /// read and never executed. One of the person's own of the same id gets a new version; a
    /// script, which has no id, never touches another assistant.
    ///
    /// # Errors
    /// When something in it is wrong, or it would replace one that comes with Deskhand.
    pub fn import_assistant(&self, text: &str) -> Result<PresetFile, Fault> {
        let is_script = presets::classic::is_script(text) && PresetFile::read(text).is_err();
        let mut file = match is_script {
            true => presets::classic::read(text)?,
            false => PresetFile::read(text)?,
        };
        if is_script && !self.is_free(&file.id)? {
            file.id = self.free_id(&file.id)?;
        }
        self.save_assistant(&file)?;
        Ok(file)
    }

    /// The same from a file.
    ///
    /// # Errors
    /// Also when the file cannot be read.
    pub fn import_assistant_file(&self, path: &Path) -> Result<PresetFile, Fault> {
        let unreadable = |error: std::io::Error| {
            let code = match error.kind() {
                std::io::ErrorKind::NotFound => Code::FileNotFound,
                _ => Code::FileUnreadable,
            };
            let path = path.display();
            Fault::new(code, format!("{path} cannot be read: {error}."))
                .with("path", path)
                .with("detail", error)
        };
        let length = std::fs::metadata(path).map_err(unreadable)?.len();
        if length > presets::file::MOST_BYTES as u64 {
            return Err(PresetError::TooLarge {
                bytes: usize::try_from(length).unwrap_or(usize::MAX),
                limit: presets::file::MOST_BYTES,
            }
            .into());
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        self.import_assistant(&String::from_utf8_lossy(&bytes))
    }

    /// Writes an assistant into a file that can be given away.
    ///
    /// # Errors
    /// When there is none of that id, it is no pure data, or the file cannot be written.
    pub fn export_assistant(&self, id: &str, path: &Path) -> Result<(), Fault> {
        let text = self.assistant_file(id, None)?.write()?;
        write_whole(path, text.as_bytes())
    }

    fn is_built_in(&self, id: &str) -> bool {
        let mut assistants = self.assistants.iter();
        assistants.any(|assistant| assistant.description().id == id)
    }

    fn is_free(&self, id: &str) -> Result<bool, Fault> {
        Ok(!self.is_built_in(id) && self.own.store.versions(id)?.is_empty())
    }

    /// An id that nobody has, made of another.
    fn free_id(&self, id: &str) -> Result<String, Fault> {
        let stem: String = id.chars().take(56).collect();
        for number in 2..MOST_COPIES {
            let tried = format!("{stem}-{number}");
            if self.is_free(&tried)? {
                return Ok(tried);
            }
        }
        Err(PresetError::BuiltIn(id.to_owned()).into())
    }

    fn no_file(&self, id: &str) -> Fault {
        match self.is_built_in(id) {
            true => Fault::new(
                Code::PresetTaken,
                format!("{id} is more than a file: it can neither be copied nor taken away."),
            ),
            false => Fault::new(
                Code::AssistantUnknown,
                format!("There is no assistant of yours called {id}."),
            ),
        }
        .with("assistant", id)
    }
}
