//! The desk: assistants, models and history put together. The window and the command line both
//! call this and nothing beneath it, so that they cannot differ in what they do.
//!
//! This is the composition root: the only crate that knows which parts there are. It holds no
//! rules of any showcase and no words for the screen.

mod ahead;
mod archive;
mod backup;
mod books;
mod compare;
mod connections;
mod defaults;
mod export;
mod folders;
mod models;
mod notes;
mod offers;
mod own;
mod pages;
mod places;
mod preferences;
mod retention;
mod runs;
mod samples;
mod schema;
mod services;
mod settings;
mod sheets;
mod spending;
mod toml_file;
mod usage;

use std::sync::Arc;

use assistant::{Assistant, Code, Description, Fault};
use history::History;
use model::ModelId;

pub use self::pages::PageFormat;
pub use ::pages::PageChoices;
pub use ::pages::PageCode;
pub use ::pages::edit::Edit as PageEdit;
pub use ::pages::render::PagePreview;
pub use archive::{
    ExportedRuns, ImportNote, ImportedRuns, JobProgress, RunsExport, RunsFormat, TellProgress,
};
pub use backup::{BackupFile, BackupManifest, RestoredBackup, WrittenBackup, restore};
pub use books::{
    BookCreation, BookEntries, BookEntryInfo, BookExportFormat, BookFileInfo, BookImport,
    BookMonths, BookOpening, BookPosted, BookPostingInfo, BookQuery, BookSeries, BookStatements,
    BookSummary, BookVerified, BookView, Comparison, ImportedBalance, ImportedFile, NamedStatement,
    PeriodChoice, SAMPLE_BOOK, TieInfo, USUAL_BOOK,
};
pub use chess::ChessPosition;
pub use compare::{ComparedLine, ComparedRun, RunComparison};
pub use connections::{
    ConnectionEdit, ConnectionInfo, Connections, DatabaseReport, ServerForm, password_variable,
};
pub use defaults::{AssistantDefaults, FieldDefault};
pub use export::{ExportFormat, Language, write_whole};
pub use folders::Folders;
pub use models::{Drafts, ModelInfo, Models, Priority, PullProgress, PullSource};
pub use notes::NoteInfo;
pub use offers::{FileOffer, FileOffers};
pub use own::{AssistantVersion, ExampleResult, ExamplesReport, OwnAssistant, check_names};
pub use preferences::SettingsInfo;
pub use presets::PresetFile;
pub use runs::{RunRequest, Watch};
pub use samples::Sample;
pub use schema::{ColumnInfo, KeyInfo, MeaningInfo, SchemaInfo, TableInfo};
pub use services::{ConnectionReport, PriceInfo, ServiceEdit, ServiceInfo, Services, read_key};
pub use settings::ModelChoices;
pub use spending::SpendingInfo;
pub use usage::{UsageBy, UsageLine};

/// Where the desk keeps things, and which model it asks unless told otherwise.
#[derive(Debug, Clone, Default)]
pub struct DeskOptions {
    /// Folder for everything of the person's; the system's usual one when absent.
    pub data_dir: Option<std::path::PathBuf>,
    /// Model to ask, whatever the settings say; the one that they say when absent.
    pub model: Option<ModelId>,
    /// Who goes first when another program wants to decode as well.
    pub priority: Priority,
    /// Keep what models write, or give again what was kept; for measuring.
    pub drafts: Option<Drafts>,
}

/// Everything, ready for work.
pub struct Desk {
    folders: Folders,
    assistants: Vec<Arc<dyn Assistant>>,
    presets: Vec<Arc<presets::Preset>>,
    own: own::Own,
    sql: Arc<sql::Sql>,
    chess: Arc<chess::Coach>,
    places: Arc<places::Places>,
    connections: Arc<Connections>,
    notes: Arc<notes::NoteBook>,
    models: Arc<Models>,
    services: Arc<Services>,
    history: History,
    retention: retention::Retention,
    running: runs::Running,
    ahead: ahead::Ahead,
    shelf: Arc<books::Shelf>,
    settings: Arc<settings::Settings>,
    memory: Arc<books::BookMemory>,
}

/// The assistants that come with Deskhand, in the order of the gallery.
fn built_in(
    sql: &Arc<sql::Sql>,
    memory: &Arc<books::BookMemory>,
    pages: ::pages::Pages,
    chess: &Arc<chess::Coach>,
    presets: &[Arc<presets::Preset>],
) -> Result<Vec<Arc<dyn Assistant>>, Fault> {
    let memory = Arc::clone(memory) as Arc<dyn ledger::Memory>;
    let mut assistants: Vec<Arc<dyn Assistant>> = vec![
        Arc::clone(sql) as Arc<dyn Assistant>,
        Arc::new(ledger::Ledger::new(memory)?),
        Arc::new(pages),
        Arc::new(::pages::Css::new()?),
        Arc::clone(chess) as Arc<dyn Assistant>,
        Arc::new(programs::Programs::new()?),
    ];
    for preset in presets {
        assistants.push(Arc::clone(preset) as Arc<dyn Assistant>);
    }
    Ok(assistants)
}

impl Desk {
    /// Opens history, lays out the samples and gathers the assistants. No model is loaded yet.
    ///
    /// # Errors
    /// When the data folder or the history in it cannot be used, or the model is unknown.
    pub async fn open(options: DeskOptions) -> Result<Self, Fault> {
        let folders = Folders::new(options.data_dir)?;
        let history = History::open(folders.data()).await?;
        samples::lay_out(&folders)?;
        let settings = Arc::new(settings::Settings::new(&folders));
        let services = Arc::new(Services::new(&folders, Arc::clone(&settings)));
        let chess = Arc::new(chess::Coach::new(settings.chess_engine()?)?);
        let permission = {
            let settings = Arc::clone(&settings);
            // A page on this machine is refused by the reader of references itself.
            Box::new(move |address: &str| settings.allow(address, ""))
        };
        let models = Models::new(
            &folders,
            Arc::clone(&services),
            Arc::clone(&settings),
            models::Told {
                model: options.model,
                priority: options.priority,
                drafts: options.drafts,
            },
        )?;
        let connections = Arc::new(Connections::new(&folders));
        let notes = Arc::new(notes::NoteBook::new(&folders));
        let places = Arc::new(places::Places::new(
            &folders,
            Arc::clone(&connections),
            Arc::clone(&notes),
            history.clone(),
            Arc::clone(&settings),
        ));
        let sql = Arc::new(sql::Sql::new(Arc::clone(&places) as Arc<dyn sql::Places>)?);
        let presets: Vec<Arc<presets::Preset>> =
            presets::built_in()?.into_iter().map(Arc::new).collect();
        let memory = Arc::new(books::BookMemory::new(&folders));
        let pages = ::pages::Pages::new()?.with_permission(permission);
        let assistants = built_in(&sql, &memory, pages, &chess, &presets)?;
        Ok(Self {
            sql,
            chess,
            own: own::Own::new(folders.data()),
            shelf: Arc::clone(memory.shelf()),
            memory,
            places,
            connections,
            notes,
            retention: retention::Retention::new(&folders),
            folders,
            assistants,
            presets,
            models: Arc::new(models),
            services,
            history,
            running: runs::Running::default(),
            ahead: ahead::Ahead::default(),
            settings,
        })
    }

    /// Whether the person forbade any use of the network.
    ///
    /// # Errors
    /// When the settings cannot be read.
    pub fn is_offline(&self) -> Result<bool, Fault> {
        self.settings.is_offline()
    }

    /// Forbids any use of the network but to this machine itself, or allows it again: services,
    /// database servers, downloads of models, pages to look at.
    ///
    /// # Errors
    /// When the settings cannot be written.
    pub fn set_offline(&self, offline: bool) -> Result<(), Fault> {
        self.settings.set_offline(offline)
    }

    /// Every assistant, in the order of the gallery: those that come with Deskhand, then the
    /// person's own. What stands in a field at first is what the person wants there.
    pub fn assistants(&self) -> impl Iterator<Item = Description> {
        // Settings that cannot be read are said to whoever runs something.
        let own = self.settings.defaults().unwrap_or_default();
        self.described()
            .map(move |described| defaults::with_defaults(described, &own))
    }

    /// Every assistant as it describes itself.
    fn described(&self) -> impl Iterator<Item = Description> {
        let built_in = self.assistants.iter();
        built_in
            .map(|assistant| assistant.description().clone())
            .chain(self.own.descriptions())
    }

    /// The assistant with that id.
    ///
    /// # Errors
    /// When there is none, or it is one of the person's own that cannot be read.
    pub fn assistant(&self, id: &str) -> Result<Arc<dyn Assistant>, Fault> {
        let built_in = self.assistants.iter();
        let mut found = built_in.filter(|assistant| assistant.description().id == id);
        if let Some(assistant) = found.next() {
            return Ok(Arc::clone(assistant));
        }
        self.own.assistant(id)?.ok_or_else(|| {
            Fault::new(
                Code::AssistantUnknown,
                format!(
                    "There is no assistant called {id}; `assistants` lists those that there are."
                ),
            )
            .with("assistant", id)
        })
    }

    /// The assistant for chess, for playing on without a run.
    #[must_use]
    pub fn chess(&self) -> &chess::Coach {
        &self.chess
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
        self.ahead.stop();
        self.models.unload().await;
    }
}
