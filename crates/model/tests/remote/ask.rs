//! What the tests ask, and whom.

use std::sync::Mutex;

use model::remote::{Key, Kind, Patience, Proxy, RemoteModel, Service};
use model::{
    Completion, Constraint, Message, Model as _, ModelError, News, Prompt, Role, Sampling,
};
use tokio_util::sync::CancellationToken;

/// The key that nothing may show.
pub const KEY: &str = "sk-test-0123456789";

/// Short, so that the tests are.
pub const PATIENCE: Patience = Patience {
    connect_ms: 2_000,
    first_byte_ms: 2_000,
    stall_ms: 300,
    total_ms: 20_000,
    pauses_ms: 5_000,
};

pub fn service(kind: Kind, url: &str) -> Service {
    Service {
        base_url: Some(url.to_owned()),
        patience: PATIENCE,
        // Whatever the environment says, these requests stay on this machine.
        proxy: Proxy::None,
        ..Service::new("test", kind)
    }
}

pub fn model(kind: Kind, url: &str) -> RemoteModel {
    model_of(service(kind, url))
}

pub fn model_of(service: Service) -> RemoteModel {
    RemoteModel::new(service, "m", Key::new(KEY).as_ref()).unwrap()
}

pub fn prompt() -> Prompt {
    Prompt {
        messages: vec![Message {
            role: Role::User,
            text: "Hi".to_owned(),
        }],
        preset: 0,
        lead: 0,
        opening: String::new(),
        max_tokens: 2_000,
        sampling: Sampling::GREEDY,
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}

pub fn constrained(constraint: Constraint) -> Prompt {
    Prompt {
        constraint: Some(constraint),
        ..prompt()
    }
}

/// Asks, and makes sure of what always holds: the pieces are the text, and no error shows the key.
pub async fn ask(model: &RemoteModel, prompt: &Prompt) -> Result<Completion, ModelError> {
    ask_and_watch(model, prompt).await.0
}

/// As [`ask`], with the pieces.
pub async fn ask_and_watch(
    model: &RemoteModel,
    prompt: &Prompt,
) -> (Result<Completion, ModelError>, Vec<String>) {
    let pieces = Mutex::new(Vec::new());
    let sink = |news: News<'_>| {
        if let News::Piece(piece) = news {
            pieces.lock().unwrap().push(piece.to_owned());
        }
    };
    let answer = model
        .generate(prompt, &sink, &CancellationToken::new())
        .await;
    let pieces = pieces.into_inner().unwrap();
    match &answer {
        Ok(completion) => assert_eq!(pieces.concat(), completion.text),
        Err(error) => assert!(!format!("{error} {error:?}").contains(KEY), "{error}"),
    }
    (answer, pieces)
}
