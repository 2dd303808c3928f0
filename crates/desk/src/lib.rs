//! The desk: assistants, models and history put together. The window and the command line both
//! call this and nothing beneath it, so that they cannot differ in what they do.
//!
//! This is the composition root: the only crate that knows which parts there are. It holds no
//! rules of any showcase and no words for the screen.

mod export;
mod folders;
mod models;
mod pages;
mod runs;
mod samples;
mod schema;
mod services;
mod settings;
mod sheets;
mod toml_file;

use std::sync::Arc;

use assistant::{Assistant, Code, Description, Fault};
use history::History;
use model::ModelId;

pub use ::pages::PageChoices;
pub use ::pages::edit::Edit as PageEdit;
pub use export::{ExportFormat, Language, write_whole};
pub use folders::Folders;
pub use models::{ModelInfo, Models, Priority, PullProgress, PullSource};
pub use runs::{RunRequest, Watch};
pub use samples::Sample;
pub use schema::{ColumnInfo, KeyInfo, MeaningInfo, SchemaInfo, TableInfo};
pub use services::{ConnectionReport, ServiceEdit, ServiceInfo, Services, read_key};
pub use settings::ModelChoices;

/// Where the desk keeps things, and which model it asks unless told otherwise.
#[derive(Debug, Clone, Default)]
pub struct DeskOptions {
    /// Folder for everything of the person's; the system's usual one when absent.
    pub data_dir: Option<std::path::PathBuf>,
    /// Model to ask, whatever the settings say; the one that they say when absent.
    pub model: Option<ModelId>,
    /// Who goes first when another program wants to decode as well.
    pub priority: Priority,
}

/// Everything, ready for work.
pub struct Desk {
    folders: Folders,
    assistants: Vec<Arc<dyn Assistant>>,
    sql: Arc<sql::Sql>,
    samples: Arc<samples::SampleFiles>,
    models: Arc<Models>,
    services: Arc<Services>,
    history: History,
    running: runs::Running,
}

impl Desk {
    /// Opens history, lays out the samples and gathers the assistants. No model is loaded yet.
    ///
    /// # Errors
    /// When the data folder or the history in it cannot be used, or the model is unknown.
    pub async fn open(options: DeskOptions) -> Result<Self, Fault> {
        let folders = Folders::new(options.data_dir)?;
        let history = History::open(folders.data()).await?;
        let samples = samples::lay_out(&folders)?;
        let settings = Arc::new(settings::Settings::new(&folders));
        let services = Arc::new(Services::new(&folders, Arc::clone(&settings)));
        let models = Models::new(
            &folders,
            Arc::clone(&services),
            settings,
            options.model,
            options.priority,
        )?;
        let sql = Arc::new(sql::Sql::new(Arc::clone(&samples) as Arc<dyn sql::Places>)?);
        let assistants: Vec<Arc<dyn Assistant>> = vec![
            Arc::clone(&sql) as Arc<dyn Assistant>,
            Arc::new(::pages::Pages::new()?),
            Arc::new(::pages::Css::new()?),
        ];
        Ok(Self {
            sql,
            samples,
            folders,
            assistants,
            models: Arc::new(models),
            services,
            history,
            running: runs::Running::default(),
        })
    }

    /// Every assistant, in the order of the gallery.
    pub fn assistants(&self) -> impl Iterator<Item = &Description> {
        self.assistants
            .iter()
            .map(|assistant| assistant.description())
    }

    /// The assistant with that id.
    ///
    /// # Errors
    /// When there is none.
    pub fn assistant(&self, id: &str) -> Result<Arc<dyn Assistant>, Fault> {
        self.assistants
            .iter()
            .find(|assistant| assistant.description().id == id)
            .cloned()
            .ok_or_else(|| {
                Fault::new(
                    Code::AssistantUnknown,
                    format!("There is no assistant called {id}; `assistants` lists those that there are."),
                )
                .with("assistant", id)
            })
    }

    /// Runs that were kept.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Models and their files.
    #[must_use]
    pub fn models(&self) -> &Arc<Models> {
        &self.models
    }

    /// Services elsewhere whose models can be asked.
    #[must_use]
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    /// Keeps which model is to answer for an assistant, or without one for every assistant without
    /// a choice of its own. Without a model the choice is given up.
    ///
    /// # Errors
    /// When there is no such assistant or model, or the settings cannot be read or written.
    pub fn choose_model(&self, id: Option<&ModelId>, assistant: Option<&str>) -> Result<(), Fault> {
        if let Some(assistant) = assistant {
            self.assistant(assistant)?;
        }
        self.models.choose(id, assistant)
    }

    /// Where things are kept.
    #[must_use]
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    /// Data to try the assistants on.
    #[must_use]
    pub fn samples(&self) -> Vec<Sample> {
        samples::all()
    }

    /// Stops every run and ends the model's process.
    pub async fn close(&self) {
        self.running.cancel_all();
        self.models.unload().await;
    }
}
