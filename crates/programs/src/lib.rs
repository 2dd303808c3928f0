//! The assistant `ml-model`: a request in a sentence becomes the complete code that trains a model.
//!
//! Code reads the request ([`request`]), decides what it leaves open ([`specification`]) and writes
//! the program from tested templates ([`mod@write`]). The model is asked for the little between: which
//! task it is, where the words do not say; names of columns; and a network that is described in
//! prose, which it writes in a few lines of Keras. Those lines are never handed on: they are followed
//! layer by layer ([`trace`]) into a [`graph`] whose shapes are known, and the program is written
//! from that, in either framework.
//!
//! What this crate is not: it runs no Python. That the templates train is proven where there is one,
//! by `cargo xtask eval ml-code`.

mod fidelity;
mod free;
pub mod graph;
mod prompt;
pub mod request;
pub mod specification;
mod task;
pub mod trace;
pub mod write;

use assistant::{Assistant, Code, Description, Fault, Inputs, Task, Tell};
use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use request::{Framework, Request};

/// Words, fields and examples of the assistant.
const PRESET: &str = include_str!("../../../assets/presets/ml-model.toml");

/// The assistant.
pub struct Programs {
    description: Description,
}

impl Programs {
    /// The assistant with its built-in description.
    ///
    /// # Errors
    /// When the description is damaged, which a test rules out for the one that is built in.
    pub fn new() -> Result<Self, Fault> {
        let description = toml::from_str(PRESET).map_err(|error| {
            Fault::new(
                Code::Internal,
                "The description of the assistant for training code is damaged.",
            )
            .with("detail", error)
        })?;
        Ok(Self { description })
    }
}

#[async_trait]
impl Assistant for Programs {
    fn description(&self) -> &Description {
        &self.description
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let framework = match inputs.get("framework") {
            Some("pytorch") => Some(Framework::Pytorch),
            Some("keras") => Some(Framework::Keras),
            _ => None,
        };
        let text = inputs.get("text").unwrap_or_default();
        Ok(Box::new(task::ProgramTask::new(Request::read(
            text, framework,
        ))))
    }
}
