//! What went wrong with a request, and whether it makes sense to send it once more.
//!
//! Services say it in many ways: a status, JSON of half a dozen shapes, a page for browsers. All
//! of them end here as a typed [`ModelError`] with one short line of what was said. Secrets are
//! taken out by [`super::line`], which alone knows them.

use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, LOCATION, RETRY_AFTER};
use serde_json::Value;

use crate::ModelError;

/// Most letters of what a service said that become part of an error.
const LONGEST: usize = 300;

/// An attempt that came to nothing.
#[derive(Debug)]
pub(super) struct Failure {
    /// What to tell.
    pub error: ModelError,
    /// Whether the very same request may do better.
    pub is_passing: bool,
    /// When the service wants to be asked again.
    pub after: Option<Duration>,
    /// What the service said against the request itself, in small letters.
    pub complaint: Option<String>,
}

impl Failure {
    /// It would fail again.
    pub(super) fn lasting(error: ModelError) -> Self {
        Self {
            error,
            is_passing: false,
            after: None,
            complaint: None,
        }
    }

    /// It may go better the next time.
    pub(super) fn passing(error: ModelError) -> Self {
        Self {
            is_passing: true,
            ..Self::lasting(error)
        }
    }
}

/// What is known of an answer that is no success.
pub(super) struct Refusal<'a> {
    /// Name of the service.
    pub service: &'a str,
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// What it said, scrubbed and short.
    pub detail: String,
}

impl Refusal<'_> {
    /// The failure that this is.
    pub(super) fn failure(self) -> Failure {
        let after = retry_after(self.headers, SystemTime::now());
        let quota = self.detail.contains("insufficient_quota");
        let complaint = matches!(self.status, 400 | 422).then(|| self.detail.to_lowercase());
        Failure {
            is_passing: matches!(self.status, 408 | 425 | 429 | 500..) && !quota,
            after,
            complaint,
            error: self.error(after),
        }
    }

    fn error(self, retry_after: Option<Duration>) -> ModelError {
        let (status, service, detail) = (self.status, self.service.to_owned(), self.detail);
        match status {
            401 | 403 => ModelError::Unauthorized { service, detail },
            404 => ModelError::NotFound { service, detail },
            429 => ModelError::RateLimited {
                service,
                retry_after,
                detail,
            },
            300..=399 => ModelError::Misconfigured {
                service,
                detail: format!("the address leads on to {}", location(self.headers)),
            },
            _ => ModelError::Service {
                service,
                status,
                detail,
            },
        }
    }
}

/// Where a redirection leads, without what may be secret in it.
fn location(headers: &HeaderMap) -> String {
    let text = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let text = text.unwrap_or("another one");
    text.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// When to ask again, by `Retry-After` in seconds or as a date, or by `retry-after-ms`, which
/// Azure and OpenAI send beside it.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let milliseconds = text("retry-after-ms").and_then(|text| text.parse().ok());
    if let Some(milliseconds) = milliseconds {
        return Some(Duration::from_millis(milliseconds));
    }
    let text = text(RETRY_AFTER.as_str())?;
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date that is past means now.
    Some(date.duration_since(now).unwrap_or_default())
}

/// The status that an error inside an answer stands for, by the kind that services name.
pub(super) fn status_of(error: &Value) -> u16 {
    let names = ["type", "code", "status"].map(|name| error.get(name).unwrap_or(&Value::Null));
    for name in names {
        if let Some(status) = name.as_u64().filter(|status| (400..600).contains(status)) {
            return u16::try_from(status).unwrap_or(500);
        }
        let name = name.as_str().unwrap_or_default().to_lowercase();
        let known = [
            ("overloaded", 529),
            ("unavailable", 503),
            ("rate_limit", 429),
            ("insufficient_quota", 429),
            ("resource_exhausted", 429),
            ("authentication", 401),
            ("permission", 403),
            ("not_found", 404),
            ("server_error", 500),
            ("api_error", 500),
            ("internal", 500),
        ];
        if let Some((_, status)) = known.iter().find(|(part, _)| name.contains(part)) {
            return *status;
        }
    }
    200
}

/// What a body of an error says, in one short line.
pub(super) fn said(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => one_line(&message(&value).unwrap_or_else(|| text.into_owned())),
        Err(_) if is_page(&text) => page(&text),
        Err(_) if text.trim().is_empty() => "it gave no reason".to_owned(),
        Err(_) => one_line(&text),
    }
}

/// The message in one of the shapes that services use, with the code that stands beside it.
pub(super) fn message(value: &Value) -> Option<String> {
    let inner = match value {
        Value::Array(list) => return list.iter().find_map(message),
        Value::String(text) => return Some(text.clone()),
        Value::Object(fields) => ["error", "errors", "detail", "message", "msg"]
            .iter()
            .find_map(|name| fields.get(*name).filter(|inner| !inner.is_null()))?,
        _ => return None,
    };
    let text = message(inner)?;
    let code = ["code", "type", "param"]
        .iter()
        .filter_map(|name| inner.get(*name)?.as_str())
        .filter(|code| !text.contains(code))
        .collect::<Vec<_>>();
    Some(if code.is_empty() {
        text
    } else {
        format!("{text} ({})", code.join(", "))
    })
}

/// Whether a text is a page for browsers.
pub(super) fn is_page(text: &str) -> bool {
    let start = text.trim_start().get(..15).unwrap_or(text.trim_start());
    let start = start.to_ascii_lowercase();
    start.starts_with("<!doctype html") || start.starts_with("<html")
}

/// What to say of a page: its title, which often names the proxy or the portal it comes from.
pub(super) fn page(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title>").and_then(|start| {
        let start = start + "<title>".len();
        let length = lower[start..].find("</title>")?;
        Some(one_line(&text[start..start + length]))
    });
    match title.filter(|title| !title.is_empty()) {
        Some(title) => format!("it sent a web page, {title:?}"),
        None => "it sent a web page".to_owned(),
    }
}

/// A text without line breaks and other control characters, cut to a bearable length.
pub(super) fn one_line(text: &str) -> String {
    let words = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// An error with its causes, but without the address, which may hold a secret.
pub(super) fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Some causes repeat themselves one level deeper.
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    one_line(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_may_say_when_to_ask_again_in_three_ways() {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        for (name, text, expected) in [
            ("retry-after", "7", Some(7000)),
            ("retry-after", "0.5", Some(500)),
            ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT", Some(3000)),
            ("retry-after", "Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
            ("retry-after-ms", "250", Some(250)),
            ("retry-after", "soon", None),
            ("retry-after", "-1", None),
            ("retry-after", "1e999", None),
        ] {
            let headers = HeaderMap::from_iter([(
                name.parse::<reqwest::header::HeaderName>().unwrap(),
                text.parse().unwrap(),
            )]);
            let expected = expected.map(Duration::from_millis);
            assert_eq!(retry_after(&headers, now), expected, "{name}: {text}");
        }
    }

    #[test]
    fn what_is_said_is_found_in_every_shape() {
        for (body, expected) in [
            (
                r#"{"error":{"message":"No such model","code":"model_not_found"}}"#,
                "No such model (model_not_found)",
            ),
            (
                r#"{"type":"error","error":{"type":"overloaded_error","message":"Busy"}}"#,
                "Busy (overloaded_error)",
            ),
            (r#"{"error":"model 'x' not found"}"#, "model 'x' not found"),
            (
                r#"{"detail":[{"msg":"extra","type":"forbidden"}]}"#,
                "extra",
            ),
            (
                r#"[{"error":{"code":400,"message":"Bad","status":"INVALID_ARGUMENT"}}]"#,
                "Bad",
            ),
            (r#"{"message":"Unauthorized"}"#, "Unauthorized"),
            (r#"{"odd":1}"#, r#"{"odd":1}"#),
            ("plain\r\n  text\u{7}", "plain text"),
            ("", "it gave no reason"),
            (
                "<!DOCTYPE html><html><title>Log\nin</title>",
                "it sent a web page, \"Log in\"",
            ),
            ("  <html>", "it sent a web page"),
        ] {
            assert_eq!(said(body.as_bytes()), expected, "{body}");
        }
        assert_eq!(said(b"bad \xff byte"), "bad \u{fffd} byte");
        assert_eq!(
            said("é".repeat(400).as_bytes()).chars().count(),
            LONGEST + 1
        );
    }

    #[test]
    fn an_error_inside_an_answer_stands_for_a_status() {
        for (error, expected) in [
            (serde_json::json!({"type": "overloaded_error"}), 529),
            (serde_json::json!({"code": 503}), 503),
            (serde_json::json!({"code": "rate_limit_exceeded"}), 429),
            (serde_json::json!({"code": 1}), 200),
            (serde_json::json!("odd"), 200),
        ] {
            assert_eq!(status_of(&error), expected, "{error}");
        }
    }
}
