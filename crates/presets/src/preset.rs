//! A preset as an assistant.

use std::sync::Arc;

use assistant::artifact::ArtifactKind;
use assistant::{Assistant, Code, Description, Fault, Inputs, Task, Tell};
use async_trait::async_trait;
use model::ModelId;
use tokio_util::sync::CancellationToken;

use crate::file::PresetFile;
use crate::prompt::{Opening, Said, joined};
use crate::task::PresetTask;
use crate::tongue::Tongue;
use crate::{FILES, PresetError, latex};

/// A preset as an assistant.
#[derive(Debug, Clone)]
pub struct Preset {
    file: Arc<PresetFile>,
    opening: Arc<Opening>,
    description: Description,
    model: Option<ModelId>,
}

impl Preset {
    /// The assistant that a file describes.
    ///
    /// # Errors
    /// When an example does not fit the template, which reading the file has ruled out for most.
    pub fn new(file: PresetFile) -> Result<Self, PresetError> {
        let opening =
            Opening::new(&file).map_err(|reason| PresetError::Wrong { line: 1, reason })?;
        Ok(Self {
            description: file.description(),
            model: file.engine.model.clone().map(ModelId),
            opening: Arc::new(opening),
            file: Arc::new(file),
        })
    }

    /// Reads a file and makes its assistant.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(text: &str) -> Result<Self, PresetError> {
        Self::new(PresetFile::read(text)?)
    }

    /// The file.
    #[must_use]
    pub fn file(&self) -> &PresetFile {
        &self.file
    }

    /// The task for one set of inputs.
    ///
    /// # Errors
    /// When the inputs do not fit.
    pub fn task(&self, inputs: &Inputs) -> Result<Box<dyn Task>, Fault> {
        let tongue = Tongue::of(&self.words(inputs));
        let said = Said::new(&self.file, inputs, tongue)?;
        Ok(Box::new(PresetTask {
            file: Arc::clone(&self.file),
            opening: Arc::clone(&self.opening),
            said,
            read: self.read_exactly(inputs),
            inputs: inputs.clone(),
            tongue,
        }))
    }

    /// What code can read out of the person's words exactly: simple mathematics.
    fn read_exactly(&self, inputs: &Inputs) -> Option<String> {
        let field = self.file.main_input()?;
        let is_equation = self.file.output.artifact == ArtifactKind::Equation;
        let words = inputs.get(&field.name).filter(|_| is_equation)?;
        latex::read::read(words).filter(|equation| latex::is_sound(equation))
    }

    /// What the person wrote in their own words: texts, not choices, numbers or earlier turns.
    fn words(&self, inputs: &Inputs) -> String {
        use assistant::description::FieldKind::{LongText, Text};
        let fields = self.file.inputs.iter();
        let own = fields.filter(|field| matches!(field.kind, Text | LongText) && !field.hidden);
        let values = own.filter_map(|field| {
            let value = inputs.get(&field.name)?;
            Some((field.name.clone(), value.to_owned()))
        });
        joined(&values.collect())
    }
}

#[async_trait]
impl Assistant for Preset {
    fn description(&self) -> &Description {
        &self.description
    }

    fn model(&self) -> Option<&ModelId> {
        self.model.as_ref()
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        self.task(inputs)
    }
}

/// Every preset that is built in.
///
/// # Errors
/// When one of them is damaged, which a test rules out.
pub fn built_in() -> Result<Vec<Preset>, Fault> {
    FILES
        .iter()
        .map(|(name, text)| {
            Preset::read(text).map_err(|error| {
                Fault::new(
                    Code::Internal,
                    format!("The built-in preset {name} is damaged."),
                )
                .with("detail", error)
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "preset_tests.rs"]
mod tests;
