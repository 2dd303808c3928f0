//! The page designer: a brief in, a page out, in one file that needs nothing else; and its small
//! sister, the look of one component.
//!
//! A small model that is asked for a whole page fails. So a page is a [`plan`]: code reads the brief
//! ([`ground`]) and lays the page out with everything it knows ([`compose`]), the model fills in small
//! forms of [`copy`], and code renders ([`render`]) in a [`theme`] whose every text can be read. What
//! can be wrong is held against the brief and against real parsers ([`audit`]), and a change of the
//! plan ([`edit`]) changes the document there and nowhere else.
//!
//! What this crate is not: it keeps nothing, shows nothing and does not know which model answers. It
//! reaches the network only for a [`mod@reference`] whose address the person gave.

pub mod art;
pub mod audit;
mod changed;
mod choices;
pub mod code;
pub mod colour;
pub mod compose;
pub mod copy;
pub mod css;
pub mod edit;
pub mod ground;
pub mod language;
pub mod package;
pub mod photo;
pub mod plan;
pub mod reference;
pub mod render;
mod reword;
pub mod task;
pub mod theme;
mod words;

use assistant::artifact::PageResult;
use assistant::{Assistant, Code, Description, Fault, Inputs, Show, Task, Tell};
use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use changed::Changed;
pub use choices::PageChoices;
use code::ByHand;
pub use code::PageCode;
pub use css::Css;
use edit::{Edit, apply};
use ground::Brief;
use language::Language;
use plan::PagePlan;
use reference::Guard;
use render::PagePreview;
use task::PageTask;

/// Words, fields and examples of the assistant.
const PRESET: &str = include_str!("../../../assets/presets/page.toml");

/// The assistant `page`.
pub struct Pages {
    description: Description,
    guard: Guard,
    permission: Permission,
}

/// Says whether an address may be asked now: the person may have forbidden any use of the network.
pub type Permission = Box<dyn Fn(&str) -> Result<(), Fault> + Send + Sync>;

impl Pages {
    /// The assistant with its built-in preset.
    ///
    /// # Errors
    /// When the preset is damaged, which a test rules out for the one that is built in.
    pub fn new() -> Result<Self, Fault> {
        Self::guarded(Guard::Public)
    }

    /// The same with another guard for references.
    ///
    /// # Errors
    /// As [`Pages::new`].
    pub fn guarded(guard: Guard) -> Result<Self, Fault> {
        Ok(Self {
            description: preset(PRESET)?,
            guard,
            permission: Box::new(|_| Ok(())),
        })
    }

    /// The same, asking before anything is fetched.
    #[must_use]
    pub fn with_permission(self, permission: Permission) -> Self {
        Self { permission, ..self }
    }
}

#[async_trait]
impl Assistant for Pages {
    fn description(&self) -> &Description {
        &self.description
    }

    fn ahead(&self, inputs: &Inputs) -> Option<model::Prompt> {
        let language = inputs.get("language").and_then(Language::named);
        let brief = inputs.get("brief").unwrap_or_default();
        let language = language.unwrap_or_else(|| Language::of(brief));
        Some(copy::prompt::ahead(language))
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        if let Some(html) = inputs.get("html") {
            return Ok(Box::new(ByHand::new(html, inputs)));
        }
        if let Some(plan) = inputs.get("plan") {
            return Ok(Box::new(Changed::new(plan, inputs)?));
        }
        Ok(Box::new(self.task(inputs, cancel).await?))
    }

    async fn ground_in_view(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        show: Show<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        if inputs.get("html").or(inputs.get("plan")).is_some() {
            return self.ground(inputs, tell, cancel).await;
        }
        let task = self.task(inputs, cancel).await?;
        if let Some(page) = task.laid_out() {
            show(page);
        }
        Ok(Box::new(task))
    }
}

impl Pages {
    /// The task of a brief.
    async fn task(&self, inputs: &Inputs, cancel: &CancellationToken) -> Result<PageTask, Fault> {
        let text = inputs.get("brief").unwrap_or_default();
        let language = match inputs.get("language") {
            None => None,
            Some("auto") => None,
            Some(name) => Some(Language::named(name).ok_or_else(|| unknown_language(name))?),
        };
        let brief = Brief::read(text, language);
        if !brief.text.chars().any(char::is_alphabetic) {
            return Err(Fault::new(
                Code::InputMissing,
                "Please say in a few words what the page is for (brief).",
            )
            .with("input", "brief"));
        }
        let look = match inputs.get("reference") {
            None => None,
            Some(reference) => {
                if reference::is_address(reference) {
                    (self.permission)(reference)?;
                }
                Some(reference::read(reference, self.guard, cancel).await?)
            }
        };
        Ok(PageTask::new(brief, look))
    }
}

fn unknown_language(name: &str) -> Fault {
    Fault::new(
        Code::InputInvalid,
        format!("Pages are written in en, zh-Hant or zh-Hans, not in {name} (language)."),
    )
    .with("input", "language")
    .with("wanted", "en, zh-Hant, zh-Hans")
    .with("value", name)
}

fn preset(text: &str) -> Result<Description, Fault> {
    toml::from_str(text).map_err(|error| {
        Fault::new(
            Code::Internal,
            "The preset of the page designer is damaged.",
        )
        .with("detail", error)
    })
}

/// The page after some changes, made without a model. Facts of the brief are looked for again, so that
/// a change that loses one is told.
///
/// # Errors
/// When the plan is none, or a change cannot be made.
pub fn change(page: &PageResult, edits: &[Edit]) -> Result<PageResult, Fault> {
    let unusable = |detail: String| {
        Fault::new(
            Code::EditImpossible,
            format!("The page cannot be changed so: {detail}."),
        )
        .with("detail", detail)
    };
    let mut plan = PagePlan::read(&page.plan).map_err(|error| unusable(error.to_string()))?;
    for edit in edits {
        plan = apply(&plan, edit).map_err(|error| unusable(error.to_string()))?;
    }
    Ok(task::rendered(&plan, &page.facts))
}

/// A page with its parts marked, as it is shown where they are taken hold of.
///
/// # Errors
/// When the plan is none.
pub fn preview(plan: &str) -> Result<PagePreview, Fault> {
    let plan = PagePlan::read(plan).map_err(|error| {
        Fault::new(
            Code::EditImpossible,
            format!("The page cannot be changed: {error}."),
        )
        .with("detail", error)
    })?;
    Ok(render::preview(&plan))
}

/// A picture of the person's, as an edit takes it.
///
/// # Errors
/// When there is none, it is too large, or it is no picture.
pub fn photo(path: &std::path::Path) -> Result<String, Fault> {
    photo::read(path).map_err(|error| {
        let code = match error {
            photo::PhotoError::NoFile(_) => Code::FileNotFound,
            _ => Code::FileUnreadable,
        };
        let sentence = format!("The picture cannot be taken: {error}.");
        Fault::new(code, sentence)
            .with("path", path.display())
            .with("detail", error)
    })
}
