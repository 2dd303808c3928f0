//! From what a person set to what requests are made with: the client with its proxy and timeouts,
//! the headers with the key, the addresses.
//!
//! Redirections are not followed: with them the key would be sent to wherever a page says.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Url};

use super::fault::causes;
use super::key::Secrets;
use super::service::KEY_PLACE;
use super::{Key, Kind, Proxy, Service};

/// Everything about a service that must not be read by people.
pub(super) fn secrets(service: &Service, key: Option<&Key>) -> Secrets {
    let mut secrets = Secrets::default();
    if let Some(key) = key {
        secrets.add(key.expose());
    }
    for value in service
        .headers
        .values()
        .filter(|value| !value.contains(KEY_PLACE))
    {
        secrets.add(value);
    }
    let mut addresses = vec![service.address()];
    if let Proxy::Address(address) = &service.proxy {
        addresses.push(address);
    }
    for address in addresses {
        // `scheme://name:password@host`; the whole part before the host is taken as secret.
        let after = address.split_once("://").map_or(address, |(_, rest)| rest);
        if let Some((user, _)) = after.rsplit_once('@') {
            secrets.add(user);
            secrets.add(user.split_once(':').map_or("", |(_, password)| password));
        }
    }
    secrets
}

/// The base address as one that paths can be added to.
pub(super) fn base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("the address is not one: {error}"))?;
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        return Ok(url);
    }
    Err("the address must begin with https:// or http://".to_owned())
}

/// The address of a path below the base. Queries of both are kept.
pub(super) fn address(base: &Url, path: &str) -> Url {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    let queries = [base.query().unwrap_or_default(), query];
    let query = queries.into_iter().filter(|query| !query.is_empty());
    let query = query.collect::<Vec<_>>().join("&");
    url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    url
}

/// The headers of every request: the person's own, and the key where the kind of service wants it.
pub(super) fn headers(service: &Service, key: Option<&Key>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    if service.kind == Kind::Anthropic {
        headers.insert("anthropic-version", HeaderValue::from_static("2023-06-01"));
    }
    if let Some(key) = key.filter(|_| !service.has_key_header()) {
        let (name, value) = match service.kind {
            Kind::Anthropic => (
                HeaderName::from_static("x-api-key"),
                key.expose().to_owned(),
            ),
            Kind::Gemini => (
                HeaderName::from_static("x-goog-api-key"),
                key.expose().to_owned(),
            ),
            Kind::OpenAi | Kind::Responses | Kind::Ollama => {
                (AUTHORIZATION, format!("Bearer {}", key.expose()))
            }
        };
        headers.insert(name, secret_value(&value)?);
    }
    for (name, value) in &service.headers {
        let name = name
            .parse::<HeaderName>()
            .map_err(|_| format!("{name:?} is no name of a header"))?;
        let value = value.replace(KEY_PLACE, key.map(Key::expose).unwrap_or_default());
        headers.insert(name, secret_value(&value)?);
    }
    Ok(headers)
}

/// A value that no log of a lower layer shows.
fn secret_value(text: &str) -> Result<HeaderValue, String> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| "the value of a header has letters that cannot be sent".to_owned())?;
    value.set_sensitive(true);
    Ok(value)
}

pub(super) fn client(service: &Service, headers: HeaderMap) -> Result<Client, String> {
    // An error means that somebody else in this process has installed one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder()
        .user_agent(concat!("deskhand/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(service.patience.connect())
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .default_headers(headers);
    let builder = match &service.proxy {
        Proxy::Environment => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Address(address) => {
            let proxy = reqwest::Proxy::all(address);
            builder.proxy(proxy.map_err(|error| format!("the proxy: {}", causes(error)))?)
        }
    };
    builder.build().map_err(causes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remote::line::Line;

    #[test]
    fn paths_go_between_the_base_and_its_query() {
        for (base, path, expected) in [
            (
                "https://a.invalid/v1",
                "models",
                "https://a.invalid/v1/models",
            ),
            (
                "https://a.invalid/v1/",
                "models",
                "https://a.invalid/v1/models",
            ),
            (
                "http://127.0.0.1:1",
                "api/chat",
                "http://127.0.0.1:1/api/chat",
            ),
            (
                "https://a.invalid/d?api-version=1",
                "x",
                "https://a.invalid/d/x?api-version=1",
            ),
            (
                "https://a.invalid/d?a=1",
                "x?b=2",
                "https://a.invalid/d/x?a=1&b=2",
            ),
        ] {
            let base = super::base(base).unwrap();
            assert_eq!(address(&base, path).as_str(), expected);
        }
    }

    #[test]
    fn settings_that_cannot_work_are_told_before_anything_is_sent() {
        let service = || Service::new("test", Kind::OpenAi);
        let at = |url: &str| Service {
            base_url: Some(url.to_owned()),
            ..service()
        };
        let with = |name: &str, value: &str| Service {
            headers: [(name.to_owned(), value.to_owned())].into(),
            ..service()
        };
        let through = |proxy: &str| Service {
            proxy: Proxy::Address(proxy.to_owned()),
            ..service()
        };
        for (service, expected) in [
            (at("api.example.invalid"), "the address is not one"),
            (at("file:///etc/passwd"), "must begin with"),
            (with("a b", "c"), "no name of a header"),
            (with("a", "b\nc"), "cannot be sent"),
            (through("http://user:hunter2@:::"), "proxy"),
        ] {
            let error = Line::new(service, None).unwrap_err().to_string();
            assert!(
                error.contains(expected) && !error.contains("hunter2"),
                "{error}"
            );
        }
    }

    #[test]
    fn the_key_is_sent_in_one_place_and_shown_in_none() {
        let key = Key::new("sk-very-secret").unwrap();
        for (kind, own, expected) in [
            (Kind::OpenAi, None, "authorization"),
            (Kind::Anthropic, None, "x-api-key"),
            (Kind::Gemini, None, "x-goog-api-key"),
            (Kind::OpenAi, Some("api-key"), "api-key"),
        ] {
            let mut service = Service::new("test", kind);
            if let Some(own) = own {
                service.headers.insert(own.to_owned(), KEY_PLACE.to_owned());
            }
            let headers = headers(&service, Some(&key)).unwrap();
            let sent = headers.iter().filter(|(_, value)| {
                value
                    .to_str()
                    .is_ok_and(|value| value.contains("sk-very-secret"))
            });
            let names = sent.map(|(name, _)| name.as_str()).collect::<Vec<_>>();
            assert_eq!(names, [expected]);
            let line = Line::new(service, Some(&key)).unwrap();
            assert!(!format!("{headers:?} {line:?}").contains("secret"));
        }
    }
}
