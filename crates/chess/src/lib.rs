//! The assistant `chess`: a position or a game goes in; the best move, its line and the reason for
//! it come out.
//!
//! The engine finds, code proves, the model only words it. So no illegal move can be shown, nothing
//! is claimed that was not played out on the board, and without any model the same facts are told
//! by templates.
//!
//! What this crate is not: it plays no chess of its own (an engine in a process of its own does),
//! keeps no history and knows no window.

mod advice;
mod analysis;
pub mod board;
pub mod engine;
mod error;
pub mod facts;
pub mod fen;
mod habits;
mod names;
pub mod notation;
pub mod openings;
pub mod pgn;
pub mod phase;
mod play;
mod reasons;
mod report;
mod request;
mod review;
mod shown;
mod subject;
mod task;
pub mod themes;
pub mod words;

use std::path::PathBuf;

use assistant::{Assistant, Code, Description, Fault, Inputs, Show, Task, Tell};
use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use engine::Engine;
pub use error::ChessError;
pub use play::{ChessPosition, Ending};

/// Words, fields and examples of the assistant.
const PRESET: &str = include_str!("../../../assets/presets/chess.toml");

/// The assistant.
pub struct Coach {
    description: Description,
    engine: Engine,
}

impl Coach {
    /// The assistant with its built-in preset. `engine` is the engine's program where somebody chose
    /// one; otherwise Stockfish is looked for when it is first needed.
    ///
    /// # Errors
    /// When the preset is damaged, which a test rules out for the one that is built in.
    pub fn new(engine: Option<PathBuf>) -> Result<Self, Fault> {
        let description = toml::from_str(PRESET).map_err(|error| {
            Fault::new(
                Code::Internal,
                "The preset of the chess assistant is damaged.",
            )
            .with("detail", error)
        })?;
        Ok(Self {
            description,
            engine: Engine::new(engine),
        })
    }
}

#[async_trait]
impl Assistant for Coach {
    fn description(&self) -> &Description {
        &self.description
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        self.ground_in_view(inputs, tell, &|_| {}, cancel).await
    }

    async fn ground_in_view(
        &self,
        inputs: &Inputs,
        tell: Tell<'_>,
        show: Show<'_>,
        cancel: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let request = request::Request::read(inputs);
        let watchers = advice::Watchers { tell, show };
        let advice = advice::gather(&self.engine, &request, watchers, cancel).await?;
        Ok(Box::new(task::ChessTask::new(advice, &request)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_preset_is_whole() {
        let coach = Coach::new(None).unwrap();
        let description = coach.description();
        assert_eq!(description.id, "chess");
        for name in ["fen", "pgn", "level", "move", "games", "player"] {
            assert!(description.field(name).is_some(), "no field {name}");
        }
        for example in &description.examples {
            let values = example.values.iter();
            let inputs = values.map(|value| (value.name.clone(), value.value.en.clone()));
            let inputs = Inputs(inputs.collect());
            assert_eq!(inputs.check(description), Ok(()), "{}", example.label.en);
        }
    }
}
