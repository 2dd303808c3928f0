//! A real model with a worker of its own, for one test at a time.

use std::fs::File;
use std::path::PathBuf;

use model::catalogue::{Catalogue, ModelFolder};
use model::local::{LocalModel, LocalOptions, engine_path};
use model::{Completion, Message, Model as _, ModelError, ModelId, Prompt, Role, Sampling};
use tokio_util::sync::CancellationToken;

pub const SMALL: &str = "qwen2.5-coder-0.5b";

pub struct Bench {
    pub model: LocalModel,
    pub _turn: Turn,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(change: impl FnOnce(&mut LocalOptions)) -> Self {
        let turn = Turn::take().await;
        let mut options = options();
        change(&mut options);
        Self {
            model: new_model(options),
            _turn: turn,
        }
    }

    pub async fn answer(&self, prompt: &Prompt) -> Result<Completion, ModelError> {
        self.model
            .generate(prompt, &|_| {}, &CancellationToken::new())
            .await
    }
}

/// The right to decode. Two decodes at once are each four times slower and fail tests by time; a
/// file lock holds between the threads of one test program and between several programs.
pub struct Turn {
    _file: File,
}

impl Turn {
    pub async fn take() -> Self {
        let path = std::env::temp_dir().join("deskhand-tests-decode-one-at-a-time.lock");
        let file = tokio::task::spawn_blocking(move || {
            let file = File::options()
                .create(true)
                .append(true)
                .open(path)
                .unwrap();
            file.lock().unwrap();
            file
        });
        Self {
            _file: file.await.unwrap(),
        }
    }
}

/// One thread: two wait for each other, which takes for ever while other programs use the cores.
pub fn new_model(options: LocalOptions) -> LocalModel {
    LocalModel::new(options).with_threads(1)
}

pub fn options() -> LocalOptions {
    let engine_path = engine_path();
    assert!(
        engine_path.exists(),
        "there is no worker at {}; run `cargo build -p engine` first",
        engine_path.display()
    );
    LocalOptions {
        id: ModelId::from(SMALL),
        model_path: small_model(),
        engine_path,
        context: 8192,
        prefixes: None,
        memory_limit: None,
        log: None,
    }
}

pub fn small_model() -> PathBuf {
    let entry = Catalogue::built_in().find(&ModelId::from(SMALL)).unwrap();
    let folder = ModelFolder::of_user();
    assert!(
        folder.is_present(entry),
        "the model {SMALL} is not at {}; run `cargo xtask models` first",
        folder.path_of(entry).display()
    );
    folder.path_of(entry)
}

/// A short question, to be answered with the likeliest tokens.
pub fn ask(text: &str, max_tokens: u32) -> Prompt {
    let say = |role, text: &str| Message {
        role,
        text: text.to_owned(),
    };
    Prompt {
        messages: vec![
            say(
                Role::System,
                "You are a helpful assistant who answers briefly.",
            ),
            say(Role::User, text),
        ],
        preset: 0,
        lead: 0,
        opening: String::new(),
        max_tokens,
        sampling: Sampling::GREEDY,
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}
