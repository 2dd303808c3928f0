//! What a person set once for all runs: which model answers which assistant, and how long it is
//! kept in memory when nobody asks.
//!
//! It is kept in `settings.toml` in the data folder. What this version does not know in that file
//! is kept as it is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use assistant::{Code, Fault};
use model::ModelId;
use model::remote::MicroDollars;
use serde::{Deserialize, Serialize};

use crate::Folders;
use crate::defaults::AssistantDefaults;
use crate::toml_file::TomlFile;

/// A gigabyte of memory is given back after a coffee break; loading it again takes a second or two.
const IDLE_MINUTES: u32 = 15;

/// Longer than a day is for good, which has a setting of its own.
const MOST_IDLE_MINUTES: u32 = 24 * 60;

/// The entry for every assistant without one of its own.
const DEFAULT: &str = "default";

/// Which model answers whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelChoices {
    /// For every assistant without a choice of its own.
    pub default: ModelId,
    /// By id of the assistant.
    pub by_assistant: BTreeMap<String, ModelId>,
}

/// The file as it is written.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    models: BTreeMap<String, ModelId>,
    /// Minutes after which a model that nobody asks is unloaded; 0 keeps it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    idle_minutes: Option<u32>,
    /// Whether the person has chosen how to begin.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    begun: bool,
    /// The program of a chess engine that speaks UCI; Stockfish is looked for where it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chess_engine: Option<PathBuf>,
    /// Whether nothing may be asked over a network; this machine itself is none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    offline: bool,
    /// How many dollars services may be paid in a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    monthly_limit: Option<MicroDollars>,
    /// What stands in fields unless somebody says otherwise, by assistant and field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    defaults: AssistantDefaults,
    #[serde(flatten)]
    others: toml::Table,
}

/// The settings of one data folder.
pub(crate) struct Settings(TomlFile<Written>);

impl Settings {
    pub(crate) fn new(folders: &Folders) -> Self {
        Self(TomlFile::at(folders.data().join("settings.toml")))
    }

    /// The model that was chosen for an assistant, or else for all of them.
    pub(crate) fn model_for(&self, assistant: Option<&str>) -> Result<Option<ModelId>, Fault> {
        let models = self.0.read()?.models;
        let own = assistant.and_then(|assistant| models.get(assistant));
        Ok(own.or_else(|| models.get(DEFAULT)).cloned())
    }

    /// How long a model that nobody asks stays in memory; nothing when it stays for good.
    pub(crate) fn idle(&self) -> Result<Option<Duration>, Fault> {
        let minutes = self.idle_minutes()?;
        Ok((minutes > 0).then(|| Duration::from_secs(60 * u64::from(minutes))))
    }

    /// Minutes after which a model that nobody asks is unloaded; 0 keeps it.
    pub(crate) fn idle_minutes(&self) -> Result<u32, Fault> {
        Ok(self.0.read()?.idle_minutes.unwrap_or(IDLE_MINUTES))
    }

    /// Sets after how many minutes a model that nobody asks is unloaded; 0 keeps it.
    pub(crate) fn set_idle_minutes(&self, minutes: u32) -> Result<(), Fault> {
        if minutes > MOST_IDLE_MINUTES {
            let sentence = format!(
                "A model stays in memory for {MOST_IDLE_MINUTES} minutes at most, or for good with 0; {minutes} is too long."
            );
            return Err(Fault::new(Code::InputInvalid, sentence)
                .with("input", "idle_minutes")
                .with("most", MOST_IDLE_MINUTES));
        }
        self.0.change(|written| {
            written.idle_minutes = Some(minutes);
            Ok(())
        })
    }

    /// Whether the person has chosen how to begin.
    pub(crate) fn has_begun(&self) -> Result<bool, Fault> {
        Ok(self.0.read()?.begun)
    }

    /// Remembers that the person has chosen how to begin.
    pub(crate) fn begin(&self) -> Result<(), Fault> {
        self.0.change(|written| {
            written.begun = true;
            Ok(())
        })
    }

    /// Whether the person forbade any use of the network.
    pub(crate) fn is_offline(&self) -> Result<bool, Fault> {
        Ok(self.0.read()?.offline)
    }

    /// Forbids any use of the network, or allows it again.
    pub(crate) fn set_offline(&self, offline: bool) -> Result<(), Fault> {
        self.0.change(|written| {
            written.offline = offline;
            Ok(())
        })
    }

    /// How much services may be paid in a month; nothing for as much as they cost.
    pub(crate) fn monthly_limit(&self) -> Result<Option<MicroDollars>, Fault> {
        Ok(self.0.read()?.monthly_limit)
    }

    /// Sets how much services may be paid in a month.
    pub(crate) fn set_monthly_limit(&self, limit: Option<MicroDollars>) -> Result<(), Fault> {
        self.0.change(|written| {
            written.monthly_limit = limit;
            Ok(())
        })
    }

    /// What stands in fields unless somebody says otherwise.
    pub(crate) fn defaults(&self) -> Result<AssistantDefaults, Fault> {
        Ok(self.0.read()?.defaults)
    }

    /// Keeps what is to stand in a field, or gives it up.
    pub(crate) fn set_default(
        &self,
        assistant: &str,
        field: &str,
        value: Option<&str>,
    ) -> Result<(), Fault> {
        self.0.change(|written| {
            let fields = written.defaults.entry(assistant.to_owned()).or_default();
            match value {
                Some(value) => fields.insert(field.to_owned(), value.to_owned()),
                None => fields.remove(field),
            };
            written.defaults.retain(|_, fields| !fields.is_empty());
            Ok(())
        })
    }

    /// Refuses to ask `what` on the machine `host` where the network is forbidden. A file that cannot
    /// be read forbids as well: what the person wanted is not known then.
    pub(crate) fn allow(&self, what: &str, host: &str) -> Result<(), Fault> {
        match is_here(host) || !self.is_offline()? {
            true => Ok(()),
            false => Err(Fault::network_forbidden(what)),
        }
    }

    /// The chess engine that was chosen.
    pub(crate) fn chess_engine(&self) -> Result<Option<PathBuf>, Fault> {
        Ok(self.0.read()?.chess_engine)
    }

    /// The choices of single assistants.
    pub(crate) fn by_assistant(&self) -> Result<BTreeMap<String, ModelId>, Fault> {
        let mut models = self.0.read()?.models;
        models.remove(DEFAULT);
        Ok(models)
    }

    /// Keeps a choice, or gives it up when `id` is absent. Without an assistant it is for all.
    pub(crate) fn choose(
        &self,
        id: Option<&ModelId>,
        assistant: Option<&str>,
    ) -> Result<(), Fault> {
        let entry = assistant.unwrap_or(DEFAULT).to_owned();
        self.0.change(|written| {
            match id {
                Some(id) => written.models.insert(entry, id.clone()),
                None => written.models.remove(&entry),
            };
            Ok(())
        })
    }

    /// Gives up every choice of a model that is gone.
    pub(crate) fn forget(&self, is_gone: impl Fn(&ModelId) -> bool) -> Result<(), Fault> {
        if !self.0.read()?.models.values().any(&is_gone) {
            return Ok(());
        }
        self.0.change(|written| {
            written.models.retain(|_, id| !is_gone(id));
            Ok(())
        })
    }
}

/// Whether a host is this machine: by number, by name, or as the path of a socket.
pub(crate) fn is_here(host: &str) -> bool {
    let number = host.trim_start_matches('[').trim_end_matches(']');
    let number: Option<std::net::IpAddr> = number.parse().ok();
    number.is_some_and(|number| number.is_loopback())
        || host.eq_ignore_ascii_case("localhost")
        || host.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_this_machine_is_asked_where_the_network_is_forbidden() {
        let place = tempfile::tempdir().unwrap();
        let settings = Settings(TomlFile::at(place.path().join("settings.toml")));
        let elsewhere = ["api.example.com", "10.0.0.1", "", "localhost.example.com"];
        let here = [
            "localhost",
            "127.0.0.1",
            "127.1.2.3",
            "::1",
            "[::1]",
            "/run/db",
        ];
        let check = |offline: bool| {
            for host in elsewhere {
                let allowed = settings.allow("x", host);
                let code = allowed.err().map(|fault| fault.code);
                let expected = offline.then_some(assistant::Code::NetworkForbidden);
                assert_eq!(code, expected, "{host}");
            }
            for host in here {
                assert!(settings.allow("x", host).is_ok(), "{host}");
            }
        };
        check(false);
        settings.set_offline(true).unwrap();
        check(true);
        settings.set_offline(false).unwrap();
        check(false);
    }

    #[test]
    fn choices_are_kept_beside_what_others_wrote() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("settings.toml");
        let settings = Settings(TomlFile::at(path.clone()));
        let (one, two) = (ModelId::from("one"), ModelId::from("home:two"));
        assert_eq!(settings.model_for(Some("sql")).unwrap(), None);
        std::fs::write(&path, "later = 1\n[later_still]\nx = \"y\"\n").unwrap();
        settings.choose(Some(&one), None).unwrap();
        settings.choose(Some(&two), Some("sql")).unwrap();
        for (assistant, expected) in [(Some("sql"), &two), (Some("page"), &one), (None, &one)] {
            let chosen = settings.model_for(assistant).unwrap();
            assert_eq!(chosen.as_ref(), Some(expected), "{assistant:?}");
        }
        assert_eq!(settings.by_assistant().unwrap().len(), 1);
        settings.forget(|id| *id == two).unwrap();
        assert_eq!(settings.model_for(Some("sql")).unwrap(), Some(one));
        assert_eq!(settings.idle().unwrap(), Some(Duration::from_secs(900)));
        settings.choose(None, None).unwrap();
        assert_eq!(settings.model_for(Some("sql")).unwrap(), None);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains("later = 1") && text.contains("x = \"y\""),
            "{text}"
        );
        std::fs::write(&path, "idle_minutes = 0\n").unwrap();
        assert_eq!(settings.idle().unwrap(), None);
    }
}
