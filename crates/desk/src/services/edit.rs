//! What a person may set of a service, and what is refused of it.
//!
//! `services.toml` is a file of settings that people copy and show, so that whatever looks like a
//! key in an address or a header is refused here; a header takes `{key}` in the place of it.

use std::collections::BTreeMap;

use assistant::{Code, Fault};
use model::ModelError;
use model::remote::{Key, Kind, MicroDollars, Price, RemoteModel, Service};
use serde::{Deserialize, Serialize};

/// Parts of names that belong to secrets.
const SECRET_NAMES: [&str; 6] = ["key", "token", "secret", "passw", "authorization", "cookie"];

/// What a person sets of a service. Everything else of it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ServiceEdit {
    /// Its name.
    pub name: String,
    /// Which language it speaks.
    pub kind: Kind,
    /// Where it is; its maker's own address when absent.
    pub base_url: Option<String>,
    /// Headers for every request, with `{key}` in the place of the key; those that it has already
    /// when absent.
    #[serde(default)]
    pub headers: Option<BTreeMap<String, String>>,
    /// What it charges; as it is already when absent, and unknown when it is blank.
    #[serde(default)]
    pub price: Option<PriceInfo>,
}

/// What a service charges for a million tokens, in dollars, as people write it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PriceInfo {
    /// For tokens of prompts.
    pub input: String,
    /// For tokens of answers.
    pub output: String,
    /// For tokens of prompts that it still knew; as much as for others when blank.
    pub cached: String,
}

impl From<&Price> for PriceInfo {
    fn from(price: &Price) -> Self {
        Self {
            input: price.input_per_million.to_string(),
            output: price.output_per_million.to_string(),
            cached: price
                .cached_per_million
                .map(String::from)
                .unwrap_or_default(),
        }
    }
}

impl PriceInfo {
    /// The price; nothing when it is blank. Half a price is none: it would be counted wrongly.
    fn read(&self, service: &Service) -> Result<Option<Price>, Fault> {
        if [&self.input, &self.output, &self.cached]
            .iter()
            .all(|text| text.trim().is_empty())
        {
            return Ok(None);
        }
        let amount = |text: &str| {
            text.trim().parse::<MicroDollars>().map_err(|error| {
                Fault::from(ModelError::Misconfigured {
                    service: service.name.clone(),
                    detail: format!("the price of a million tokens: {error}"),
                })
            })
        };
        let cached = Some(self.cached.as_str()).filter(|text| !text.trim().is_empty());
        Ok(Some(Price {
            input_per_million: amount(&self.input)?,
            output_per_million: amount(&self.output)?,
            cached_per_million: cached.map(amount).transpose()?,
        }))
    }
}

impl ServiceEdit {
    /// The service as it will be.
    pub(super) fn applied_to(&self, old: Option<Service>) -> Result<Service, Fault> {
        let url = self.base_url.as_deref().map(str::trim);
        let mut service = old.unwrap_or_else(|| Service::new(&self.name, self.kind));
        service.kind = self.kind;
        service.base_url = url.filter(|url| !url.is_empty()).map(str::to_owned);
        if let Some(headers) = &self.headers {
            service.headers = headers.clone();
        }
        if let Some(price) = &self.price {
            service.price = price.read(&service)?;
        }
        refuse_secrets(&service)?;
        // Whatever is wrong with it is found out where requests are made from it.
        RemoteModel::new(service.clone(), "any", None)?;
        Ok(service)
    }
}

/// The key that a person typed or pasted; nothing when that is nothing.
///
/// # Errors
/// [`Code::ServiceKeyRefused`] when it cannot be a key. It is not repeated.
pub fn read_key(text: &str) -> Result<Option<Key>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let key = Key::new(text).ok_or_else(|| {
        Fault::new(
            Code::ServiceKeyRefused,
            "This is not a key: a key has no spaces inside, and only letters that every service takes.",
        )
    });
    key.map(Some)
}

fn refuse_secrets(service: &Service) -> Result<(), Fault> {
    let address = service.base_url.as_deref().unwrap_or_default();
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    let query = after.split_once('?').map_or("", |(_, query)| query);
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    if host.contains('@') || names.into_iter().any(is_secret) {
        return Err(misplaced(
            service,
            "the address has a key or a password in it",
        ));
    }
    let mut headers = service.headers.iter();
    match headers.find(|(name, value)| is_secret(name) && !value.contains("{key}")) {
        Some((name, _)) => Err(misplaced(
            service,
            &format!("the header {name} must have {{key}} in the place of the key"),
        )),
        None => Ok(()),
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET_NAMES.iter().any(|part| name.contains(part))
}

fn misplaced(service: &Service, detail: &str) -> Fault {
    Fault::from(ModelError::Misconfigured {
        service: service.name.clone(),
        detail: format!("{detail}; keys are kept apart from the settings"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(url: Option<&str>, headers: &[(&str, &str)]) -> ServiceEdit {
        let pairs = headers.iter();
        let pairs = pairs.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        ServiceEdit {
            name: "home".to_owned(),
            kind: Kind::OpenAi,
            base_url: url.map(str::to_owned),
            headers: Some(pairs.collect()),
            price: None,
        }
    }

    #[test]
    fn a_price_is_whole_or_none() {
        let price = |input: &str, output: &str, cached: &str| {
            let price = PriceInfo {
                input: input.into(),
                output: output.into(),
                cached: cached.into(),
            };
            let edit = ServiceEdit {
                price: Some(price),
                ..edit(None, &[])
            };
            edit.applied_to(None).map(|service| service.price)
        };
        let read = price(" 3", "15.5", "0.3").unwrap().unwrap();
        assert_eq!(read.output_per_million, MicroDollars(15_500_000));
        assert_eq!(read.cached_per_million, Some(MicroDollars(300_000)));
        assert_eq!(PriceInfo::from(&read).input, "3.00");
        assert_eq!(price("", " ", "").unwrap(), None);
        for (input, output, cached) in [
            ("3", "", ""),
            ("", "15", ""),
            ("3", "x", ""),
            ("3", "15", "-1"),
        ] {
            let refused = price(input, output, cached).unwrap_err();
            assert_eq!(
                refused.code,
                Code::ServiceMisconfigured,
                "{input:?} {output:?}"
            );
        }
    }

    #[test]
    fn what_cannot_work_or_tells_a_secret_is_refused() {
        for (edit, is_well) in [
            (edit(None, &[]), true),
            (edit(Some(" "), &[("x-title", "Deskhand")]), true),
            (edit(Some("http://127.0.0.1:1/v1?api-version=1"), &[]), true),
            (edit(None, &[("api-key", "{key}")]), true),
            (edit(None, &[("api-key", "sk-1234")]), false),
            (edit(None, &[("Authorization", "Bearer sk-1234")]), false),
            (edit(Some("https://me:sk-1234@host.invalid"), &[]), false),
            (
                edit(Some("https://host.invalid/v1?key=sk-1234"), &[]),
                false,
            ),
            (edit(Some("host.invalid"), &[]), false),
        ] {
            let applied = edit.applied_to(None);
            assert_eq!(applied.is_ok(), is_well, "{edit:?}");
            if let Err(fault) = applied {
                assert_eq!(fault.code, Code::ServiceMisconfigured);
                assert!(!fault.sentence.contains("1234"), "{fault}");
            }
        }
        let unnamed = ServiceEdit {
            name: "My Home".to_owned(),
            ..edit(None, &[])
        };
        assert!(unnamed.applied_to(None).is_err());
    }

    #[test]
    fn what_is_not_set_stays() {
        let mut old = Service::new("home", Kind::Ollama);
        old.headers.insert("x-title".to_owned(), "Desk".to_owned());
        old.patience.stall_ms = 7;
        let changed = ServiceEdit {
            headers: None,
            ..edit(Some("http://127.0.0.1:1"), &[])
        };
        let new = changed.applied_to(Some(old.clone())).unwrap();
        assert_eq!((new.kind, &new.headers), (Kind::OpenAi, &old.headers));
        assert_eq!(new.patience, old.patience);
    }

    #[test]
    fn a_key_is_read_and_never_repeated() {
        assert!(read_key(" \n").unwrap().is_none());
        assert_eq!(read_key(" sk-1\n").unwrap().unwrap().expose(), "sk-1");
        let fault = read_key("two words").unwrap_err();
        assert!(!fault.sentence.contains("two words"));
    }
}
