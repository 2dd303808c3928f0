//! What a person sets for a remote service. It can be written to a file as it is: the key is not in it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::{ModelError, ModelId};

/// Stands for the key inside the value of a header.
pub(super) const KEY_PLACE: &str = "{key}";

/// Which language a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Chat completions as OpenAI began them: also Azure, vLLM, llama-server, LM Studio,
    /// OpenRouter, DeepSeek, Groq, Mistral and many more.
    #[serde(rename = "openai")]
    OpenAi,
    /// OpenAI's newer Responses, which LM Studio and others speak too.
    #[serde(rename = "openai-responses")]
    Responses,
    /// Messages of Anthropic.
    Anthropic,
    /// Gemini of Google.
    Gemini,
    /// Ollama's own, which unlike its OpenAI-style address knows all of its options.
    Ollama,
}

impl Kind {
    /// Where the maker's own service is.
    #[must_use]
    pub fn base_url(self) -> &'static str {
        match self {
            Self::OpenAi | Self::Responses => "https://api.openai.com/v1",
            Self::Anthropic => "https://api.anthropic.com/v1",
            Self::Gemini => "https://generativelanguage.googleapis.com/v1beta",
            Self::Ollama => "http://127.0.0.1:11434",
        }
    }
}

/// How long to wait for a service, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patience {
    /// For a connection.
    pub connect_ms: u64,
    /// For the first byte after the request was sent. A server at home may have to load a model
    /// and read a long prompt in that time.
    pub first_byte_ms: u64,
    /// For each further byte.
    pub stall_ms: u64,
    /// For the whole answer, attempts and pauses included.
    pub total_ms: u64,
    /// In pauses between attempts, all together.
    pub pauses_ms: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect_ms: 10_000,
            first_byte_ms: 120_000,
            stall_ms: 60_000,
            total_ms: 900_000,
            pauses_ms: 30_000,
        }
    }
}

impl Patience {
    pub(super) fn connect(&self) -> Duration {
        Duration::from_millis(self.connect_ms)
    }

    pub(super) fn first_byte(&self) -> Duration {
        Duration::from_millis(self.first_byte_ms)
    }

    pub(super) fn stall(&self) -> Duration {
        Duration::from_millis(self.stall_ms)
    }

    pub(super) fn total(&self) -> Duration {
        Duration::from_millis(self.total_ms)
    }

    pub(super) fn pauses(&self) -> Duration {
        Duration::from_millis(self.pauses_ms)
    }
}

/// Through what a service is reached.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proxy {
    /// What `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` say.
    #[default]
    Environment,
    /// Nothing, whatever the environment says.
    None,
    /// This address: `http://`, `https://`, `socks5://` or `socks5h://`, with name and password if it wants them.
    Address(String),
}

impl fmt::Debug for Proxy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            // It may hold a password.
            Self::Address(_) => "Address([hidden])",
        })
    }
}

/// A remote service.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Its name here: small letters, digits, `-`, `_` and `.`. Models are named `NAME:MODEL`.
    pub name: String,
    /// Which language it speaks.
    pub kind: Kind,
    /// Where it is, up to what comes before `/chat/completions`, `/messages` and the like; the
    /// maker's own when absent. A query at its end stays at the end of every address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_url: Option<String>,
    /// Headers for every request. `{key}` in a value stands for the key, which is then sent there
    /// and nowhere else: Azure wants `api-key = "{key}"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Through what it is reached.
    #[serde(default)]
    pub proxy: Proxy,
    /// How long to wait for it.
    #[serde(default)]
    pub patience: Patience,
    /// What it charges, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
}

impl fmt::Debug for Service {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Addresses and header values may hold secrets.
        formatter
            .debug_struct("Service")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("proxy", &self.proxy)
            .field("patience", &self.patience)
            .field("price", &self.price)
            .finish_non_exhaustive()
    }
}

impl Service {
    /// The machine that it is on; nothing where its address is none.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let address = self.base_url.as_deref();
        let address = address.unwrap_or_else(|| self.kind.base_url());
        let url: reqwest::Url = address.parse().ok()?;
        url.host_str().map(str::to_owned)
    }

    /// A service with nothing set but what it is called and what it speaks.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            base_url: None,
            headers: BTreeMap::new(),
            proxy: Proxy::default(),
            patience: Patience::default(),
            price: None,
        }
    }

    /// The id of one of its models.
    #[must_use]
    pub fn id_of(&self, model: &str) -> ModelId {
        ModelId(format!("{}:{model}", self.name))
    }

    /// Where it is.
    pub(super) fn address(&self) -> &str {
        let own = self.base_url.as_deref().map(str::trim);
        own.filter(|url| !url.is_empty())
            .unwrap_or_else(|| self.kind.base_url())
    }

    /// Whether a header of the person's takes the key.
    pub(super) fn has_key_header(&self) -> bool {
        self.headers.values().any(|value| value.contains(KEY_PLACE))
    }

    /// Refuses what could not become part of a model's id.
    pub(super) fn check_name(&self) -> Result<(), ModelError> {
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
        if !self.name.is_empty() && self.name.bytes().all(is_plain) {
            return Ok(());
        }
        Err(ModelError::Misconfigured {
            service: self.name.clone(),
            detail: "a name has small letters, digits, '-', '_' and '.'".to_owned(),
        })
    }
}

/// The names of service and model in the id of a remote model; nothing when it is no such id.
#[must_use]
pub fn split(id: &ModelId) -> Option<(&str, &str)> {
    let (service, model) = id.0.split_once(':')?;
    (!service.is_empty() && !model.is_empty()).then_some((service, model))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_split_at_its_first_colon() {
        for (id, expected) in [
            ("openai:gpt-4.1", Some(("openai", "gpt-4.1"))),
            ("home:llama3.2:1b", Some(("home", "llama3.2:1b"))),
            ("router:meta/llama", Some(("router", "meta/llama"))),
            ("qwen2.5-coder-1.5b", None),
            (":x", None),
            ("x:", None),
        ] {
            assert_eq!(split(&ModelId::from(id)), expected, "{id}");
        }
        assert_eq!(
            Service::new("home", Kind::Ollama).id_of("a:b").0,
            "home:a:b"
        );
    }

    #[test]
    fn settings_are_read_from_a_file_and_written_back() {
        let text = r#"
            name = "azure"
            kind = "openai"
            base_url = "https://example.invalid/openai?api-version=1"
            headers = { api-key = "{key}" }
            proxy = { address = "http://user:hunter2@proxy.invalid:3128" }
            patience = { stall_ms = 5 }
            price = { input_per_million = "0.15", output_per_million = "0.6" }
        "#;
        let service: Service = toml::from_str(text).unwrap();
        assert!(service.has_key_header());
        assert_eq!(service.patience.stall_ms, 5);
        assert_eq!(service.patience.connect_ms, Patience::default().connect_ms);
        let written = toml::to_string(&service).unwrap();
        assert_eq!(toml::from_str::<Service>(&written).unwrap(), service);
        assert!(!format!("{service:?}").contains("hunter2"));
        let least: Service = toml::from_str("name = \"o\"\nkind = \"openai-responses\"").unwrap();
        assert_eq!(least, Service::new("o", Kind::Responses));
        assert!(
            toml::from_str::<Service>("name = \"o\"\nkind = \"openai\"\nkey = \"sk\"").is_err()
        );
    }

    #[test]
    fn names_must_fit_into_an_id() {
        for (name, is_well) in [
            ("a-b_1.c", true),
            ("", false),
            ("a:b", false),
            ("Ä", false),
            ("a b", false),
        ] {
            assert_eq!(
                Service::new(name, Kind::OpenAi).check_name().is_ok(),
                is_well,
                "{name:?}"
            );
        }
    }
}
