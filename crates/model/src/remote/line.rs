//! The line to a service: sends requests, and puts a name to what went wrong.
//!
//! It alone knows the secrets of a service and takes them out of whatever is told.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, Response, Url};
use serde_json::Value;

use super::body;
use super::fault::{Failure, Refusal, causes, said};
use super::key::Secrets;
use super::setup::{address, base, client, headers, secrets};
use super::{Key, Service};
use crate::ModelError;

/// Most bytes of an error that are read.
const ERROR_BYTES: usize = 64 * 1024;

/// A request to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ask {
    /// What comes after the base address; a query may be at its end.
    pub path: String,
    /// Sent as JSON by POST; without it the request is a GET.
    pub body: Option<Value>,
}

/// The line to one service.
pub(super) struct Line {
    service: Service,
    client: Client,
    base: Url,
    secrets: Secrets,
    has_key: bool,
}

impl Line {
    /// Prepares the line; nothing is sent yet.
    pub(super) fn new(service: Service, key: Option<&Key>) -> Result<Self, ModelError> {
        service.check_name()?;
        let secrets = secrets(&service, key);
        let wrong = |detail: String| ModelError::Misconfigured {
            service: service.name.clone(),
            detail: secrets.scrub(&detail),
        };
        let base = base(service.address()).map_err(wrong)?;
        let headers = headers(&service, key).map_err(wrong)?;
        let client = client(&service, headers).map_err(wrong)?;
        Ok(Self {
            service,
            client,
            base,
            secrets,
            has_key: key.is_some(),
        })
    }

    /// What it was made with.
    pub(super) fn service(&self) -> &Service {
        &self.service
    }

    /// Sends one request and waits for the head of a successful answer.
    pub(super) async fn send(&self, ask: &Ask) -> Result<Response, Failure> {
        let url = address(&self.base, &ask.path);
        let request = match &ask.body {
            None => self.client.request(Method::GET, url),
            Some(body) => self
                .client
                .post(url)
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string()),
        };
        let patience = self.service.patience;
        let waiting = patience.connect() + patience.first_byte();
        let answer = tokio::time::timeout(waiting, request.send()).await;
        let response = answer
            .map_err(|_| Failure::lasting(self.stalled(waiting, "an answer was awaited")))?
            .map_err(|error| Failure::passing(self.unreachable(error)))?;
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.refused(response).await)
    }

    async fn refused(&self, mut response: Response) -> Failure {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let reading = body::start(&mut response, ERROR_BYTES);
        let start = tokio::time::timeout(self.service.patience.stall(), reading).await;
        let mut detail = self.secrets.scrub(&said(&start.unwrap_or_default()));
        if matches!(status, 401 | 403) && !self.has_key {
            detail = format!("no key is set; {detail}");
        }
        Refusal {
            service: &self.service.name,
            status,
            headers: &headers,
            detail,
        }
        .failure()
    }

    fn unreachable(&self, error: reqwest::Error) -> ModelError {
        ModelError::Unreachable {
            service: self.name(),
            detail: self.secrets.scrub(&causes(error)),
        }
    }

    /// It sent what is no answer.
    pub(super) fn malformed(&self, detail: &str) -> ModelError {
        ModelError::Malformed {
            service: self.name(),
            detail: self.secrets.scrub(detail),
        }
    }

    /// Its answer ended in the middle.
    pub(super) fn broken_off(&self, detail: &str) -> ModelError {
        ModelError::BrokenOff {
            service: self.name(),
            detail: self.secrets.scrub(detail),
        }
    }

    /// It would not answer this.
    pub(super) fn declined(&self, detail: &str) -> ModelError {
        ModelError::Declined {
            service: self.name(),
            detail: self.secrets.scrub(detail),
        }
    }

    /// It answered, and not what was asked for.
    pub(super) fn unfit(&self, detail: &str) -> ModelError {
        ModelError::Unfit {
            service: self.name(),
            detail: self.secrets.scrub(detail),
        }
    }

    /// It said nothing for so long.
    pub(super) fn stalled(&self, silence: Duration, during: &'static str) -> ModelError {
        ModelError::Stalled {
            service: self.name(),
            silence,
            during,
        }
    }

    /// It sent more than anybody asked for.
    pub(super) fn endless(&self, bytes: u64) -> ModelError {
        ModelError::Endless {
            service: self.name(),
            bytes,
        }
    }

    /// An error that came inside an answer, with what it is about.
    pub(super) fn fault(&self, status: u16, detail: &str) -> Failure {
        Refusal {
            service: &self.service.name,
            status,
            headers: &HeaderMap::new(),
            detail: self.secrets.scrub(detail),
        }
        .failure()
    }

    fn name(&self) -> String {
        self.service.name.clone()
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The client would print its headers.
        formatter.debug_tuple("Line").field(&self.service).finish()
    }
}
