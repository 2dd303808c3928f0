//! Which model answers, and whether its file is here.
//!
//! A model is one of the catalogue, one whose file the person brought, or one of a service, whose
//! id is `SERVICE:MODEL`. One local model is loaded at a time; see [`turn`] for who may decode.

mod drafts;
mod elsewhere;
mod files;
mod imports;
mod info;
mod turn;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use assistant::Fault;
use model::catalogue::{Catalogue, Entry, ModelFolder};
use model::local::{LocalModel, LocalOptions, engine_path};
use model::remote::{Service, split};
use model::{Model, ModelError, ModelId};
use tokio::sync::Semaphore;

use crate::Folders;
use crate::services::Services;
use crate::settings::{ModelChoices, Settings};
pub use drafts::Drafts;
use elsewhere::Elsewhere;
use imports::Imports;
pub use turn::Priority;
use turn::{Locks, OneAtATime};

pub use info::{ModelInfo, PullProgress, PullSource};

/// Tokens that a model keeps in mind. More costs memory and buys nothing for the presets there are.
const CONTEXT: u32 = 8_192;

/// The models there are.
pub struct Models {
    catalogue: &'static Catalogue,
    folder: ModelFolder,
    imports: Imports,
    services: Arc<Services>,
    settings: Arc<Settings>,
    log: PathBuf,
    prefixes: PathBuf,
    /// What whoever started the program asked for; it goes before every setting.
    told: Option<ModelId>,
    priority: Priority,
    drafts: Option<drafts::Opened>,
    loaded: Mutex<Option<Arc<LocalModel>>>,
    turn: Arc<Semaphore>,
}

/// What whoever started the program asked for.
#[derive(Default)]
pub(crate) struct Told {
    pub model: Option<ModelId>,
    pub priority: Priority,
    pub drafts: Option<Drafts>,
}

/// What stands behind an id.
enum Found {
    /// A file of the catalogue's.
    Known(Entry),
    /// A file that the person brought.
    Brought(Entry),
    /// A model of this service.
    Elsewhere(Service),
}

impl Models {
    pub(crate) fn new(
        folders: &Folders,
        services: Arc<Services>,
        settings: Arc<Settings>,
        told: Told,
    ) -> Result<Self, Fault> {
        let models = Self {
            catalogue: Catalogue::built_in(),
            folder: ModelFolder::of_user(),
            imports: Imports::new(folders),
            services,
            settings,
            log: folders.logs().join("engine.log"),
            prefixes: folders.cache().join("prefixes"),
            told: told.model,
            priority: told.priority,
            drafts: told.drafts.map(drafts::Opened::new).transpose()?,
            loaded: Mutex::new(None),
            turn: Arc::new(Semaphore::new(1)),
        };
        if let Some(id) = &models.told {
            models.find(id)?;
        }
        Ok(models)
    }

    /// Every model of the catalogue, and every one that the person brought.
    ///
    /// # Errors
    /// When the settings or the list of imported models cannot be read.
    pub fn list(&self) -> Result<Vec<ModelInfo>, Fault> {
        let default = self.model_for(None)?;
        let known = self.catalogue.entries().iter().cloned().map(Found::Known);
        let brought = self.imports.entries()?.into_iter().map(Found::Brought);
        let all = known.chain(brought);
        Ok(all
            .filter_map(|found| Some(self.describe(found.entry()?.id.clone(), found, &default)))
            .collect())
    }

    /// One model; the one that answers by default when `id` is absent.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn info(&self, id: Option<&ModelId>) -> Result<ModelInfo, Fault> {
        let default = self.model_for(None)?;
        let id = id.unwrap_or(&default);
        Ok(self.describe(id.clone(), self.find(id)?, &default))
    }

    fn describe(&self, id: ModelId, found: Found, default: &ModelId) -> ModelInfo {
        let imported = matches!(found, Found::Brought(_));
        let present = self.is_present(&found);
        match found {
            Found::Known(entry) | Found::Brought(entry) => {
                ModelInfo::of_file(entry, present, imported, default)
            }
            Found::Elsewhere(_) => ModelInfo::elsewhere(id, default),
        }
    }

    fn is_present(&self, found: &Found) -> bool {
        let entry = found.entry();
        entry.is_none_or(|entry| self.folder_of(found).is_present(entry))
    }

    fn folder_of(&self, found: &Found) -> &ModelFolder {
        match found {
            Found::Brought(_) => &self.imports.folder,
            _ => &self.folder,
        }
    }

    fn find(&self, id: &ModelId) -> Result<Found, Fault> {
        let unknown = || ModelError::Unknown(id.clone());
        if let Some((service, _)) = split(id) {
            let service = self.services.find(service)?;
            return Ok(Found::Elsewhere(service.ok_or_else(unknown)?));
        }
        if let Some(entry) = self.catalogue.find(id) {
            return Ok(Found::Known(entry.clone()));
        }
        let brought = self.imports.find(id)?;
        Ok(Found::Brought(brought.ok_or_else(unknown)?))
    }

    /// Which model answers for an assistant, or without one for everybody who made no choice:
    /// what whoever started the program asked for, or what was chosen, or the catalogue's default.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn model_for(&self, assistant: Option<&str>) -> Result<ModelId, Fault> {
        if let Some(told) = &self.told {
            return Ok(told.clone());
        }
        let chosen = self.settings.model_for(assistant)?;
        Ok(chosen.unwrap_or_else(|| self.catalogue.default_id().clone()))
    }

    /// The model that answers one run: the one that was told for this program, else the person's
    /// choice for the assistant, else the assistant's own wish, else the default.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn model_of_run(&self, assistant: &str, wish: Option<&ModelId>) -> Result<ModelId, Fault> {
        let is_chosen = self.settings.by_assistant()?.contains_key(assistant);
        match wish {
            Some(wish) if self.told.is_none() && !is_chosen && self.find(wish).is_ok() => {
                Ok(wish.clone())
            }
            _ => self.model_for(Some(assistant)),
        }
    }

    /// Which model answers whom.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn choices(&self) -> Result<ModelChoices, Fault> {
        Ok(ModelChoices {
            default: self.model_for(None)?,
            by_assistant: self.settings.by_assistant()?,
        })
    }

    /// Keeps which model is to answer for an assistant, or without one for everybody who made no
    /// choice. Without a model the choice is given up.
    pub(crate) fn choose(
        &self,
        id: Option<&ModelId>,
        assistant: Option<&str>,
    ) -> Result<(), Fault> {
        if let Some(id) = id {
            self.find(id)?;
        }
        self.settings.choose(id, assistant)
    }

    /// A model to ask. Its file need not be there yet, nor its service be reached: that is found
    /// out when it is asked, so that what needs no model works without one.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn get(&self, id: Option<&ModelId>) -> Result<Arc<dyn Model>, Fault> {
        let id = match id {
            Some(id) => id.clone(),
            None => self.model_for(None)?,
        };
        let found = self.find(&id)?;
        match &self.drafts {
            None => self.open(id, found),
            Some(drafts) => drafts.instead_of(id.clone(), || self.open(id, found)),
        }
    }

    fn open(&self, id: ModelId, found: Found) -> Result<Arc<dyn Model>, Fault> {
        let folder = self.folder_of(&found);
        Ok(match found {
            Found::Elsewhere(service) => Arc::new(Elsewhere {
                id,
                service,
                services: Arc::clone(&self.services),
            }),
            Found::Known(entry) | Found::Brought(entry) => Arc::new(OneAtATime {
                model: self.local(&entry, folder),
                turn: Arc::clone(&self.turn),
                locks: Locks::of_user(),
                priority: self.priority,
                idle: self.settings.idle()?,
            }),
        })
    }

    /// The worker for a model. Another model's worker is told to go, to make room.
    fn local(&self, entry: &Entry, folder: &ModelFolder) -> Arc<LocalModel> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(model) = &*loaded
            && *model.id() == entry.id
        {
            return Arc::clone(model);
        }
        let model = Arc::new(LocalModel::new(LocalOptions {
            id: entry.id.clone(),
            model_path: folder.path_of(entry),
            engine_path: engine_path(),
            context: CONTEXT.min(entry.context),
            prefixes: Some(self.prefixes.clone()),
            memory_limit: None,
            log: Some(self.log.clone()),
        }));
        if let Some(old) = loaded.replace(Arc::clone(&model)) {
            tokio::spawn(async move { old.shutdown().await });
        }
        model
    }

    /// Ends the worker and frees its memory; the next question starts another.
    pub async fn unload(&self) {
        let loaded = self
            .loaded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(model) = loaded {
            model.shutdown().await;
        }
    }
}

impl Found {
    fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Known(entry) | Self::Brought(entry) => Some(entry),
            Self::Elsewhere(_) => None,
        }
    }
}
