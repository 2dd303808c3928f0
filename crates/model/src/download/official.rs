//! The maker's repository, over HTTPS, going on where an earlier attempt stopped.

use std::path::{Path, PathBuf};
use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::{Client, Response, StatusCode};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt as _;

use super::{Job, Source, Trouble, file_error, in_full};
use crate::ModelError;

/// Ending of the partial file.
pub const PART: &str = "part";

/// Without internet the next source should get its turn soon.
const CONNECTING: Duration = Duration::from_secs(6);
/// A connection that delivers nothing for so long is taken as cut.
const SILENCE: Duration = Duration::from_secs(45);
/// Pause before a cut transfer goes on.
const PAUSE: Duration = Duration::from_millis(500);
/// How often a cut transfer goes on; every time at least one byte must have come.
const ATTEMPTS: u32 = 20;

/// Fetches the whole file into the partial file, whose path it returns.
pub async fn fetch(job: &Job<'_>, base_url: &str) -> Result<PathBuf, Trouble> {
    let entry = job.entry;
    let Some(official) = &entry.official else {
        return Err(Trouble::Source("nobody publishes it".to_owned()));
    };
    let url = format!(
        "{base_url}/{}/resolve/{}/{}",
        official.repository, official.revision, entry.file
    );
    let client = client().map_err(|error| Trouble::Source(in_full(&error)))?;
    let part = job.beside(PART);
    let mut last = String::new();
    for _ in 0..ATTEMPTS {
        let before = length(&part);
        let transfer = Transfer {
            job,
            client: &client,
            url: &url,
            part: &part,
        };
        match transfer.run(before).await {
            Ok(()) => return Ok(part),
            Err(Stop::Trouble(trouble)) => return Err(trouble),
            Err(Stop::Cut(detail)) => last = detail,
        }
        // A part that shrank was not what the server has; one that stayed means a dead line.
        if length(&part) == before {
            break;
        }
        tokio::select! {
            () = job.cancel.cancelled() => return Err(Trouble::Everywhere(ModelError::Cancelled)),
            () = tokio::time::sleep(PAUSE) => {}
        }
    }
    Err(Trouble::Source(format!("{url}: {last}")))
}

fn client() -> reqwest::Result<Client> {
    // An error means that somebody else in this process has installed one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .connect_timeout(CONNECTING)
        .read_timeout(SILENCE)
        .user_agent(concat!("deskhand/", env!("CARGO_PKG_VERSION")))
        .build()
}

fn length(part: &Path) -> u64 {
    part.metadata().map_or(0, |facts| facts.len())
}

/// Why a transfer stopped early.
enum Stop {
    /// It may go on where it stopped.
    Cut(String),
    /// There is no point in that.
    Trouble(Trouble),
}

impl Stop {
    fn source(detail: String) -> Self {
        Self::Trouble(Trouble::Source(detail))
    }
}

/// One request and its answer.
struct Transfer<'transfer> {
    job: &'transfer Job<'transfer>,
    client: &'transfer Client,
    url: &'transfer str,
    part: &'transfer Path,
}

impl Transfer<'_> {
    async fn run(&self, have: u64) -> Result<(), Stop> {
        if have == self.job.entry.bytes {
            return Ok(());
        }
        let mut request = self.client.get(self.url);
        if have > 0 {
            request = request.header(RANGE, format!("bytes={have}-"));
        }
        let mut response = self
            .or_cancelled(request.send())
            .await?
            .map_err(|error| Stop::Cut(in_full(&error.without_url())))?;
        let start = self.check_answer(&response, have).await?;
        let mut file = self.open_at(start).await?;
        let received = self.receive(&mut response, &mut file, start).await;
        // Whatever came is kept for the next attempt, also after an error.
        let kept = file.flush().await;
        received?;
        kept.map_err(|error| self.unwritable(&error))?;
        file.sync_all()
            .await
            .map_err(|error| self.unwritable(&error))
    }

    /// Where the bytes of the answer begin in the file.
    async fn check_answer(&self, response: &Response, have: u64) -> Result<u64, Stop> {
        let (start, total) = match response.status() {
            StatusCode::OK => (0, response.content_length()),
            StatusCode::PARTIAL_CONTENT => content_range(response)
                .filter(|(start, _)| *start == have)
                .ok_or_else(|| {
                    Stop::source(format!("{}: it sent another part than asked for", self.url))
                })?,
            StatusCode::RANGE_NOT_SATISFIABLE => {
                self.open_at(0).await?;
                return Err(Stop::Cut(
                    "it has less of the file than there is here".to_owned(),
                ));
            }
            status => return Err(Stop::source(format!("{}: it answered {status}", self.url))),
        };
        match total.filter(|total| *total != self.job.entry.bytes) {
            None => Ok(start),
            Some(other) => Err(Stop::source(format!(
                "{}: the file there has {other} bytes and not {}",
                self.url, self.job.entry.bytes
            ))),
        }
    }

    async fn receive(
        &self,
        response: &mut Response,
        file: &mut File,
        start: u64,
    ) -> Result<(), Stop> {
        let total = self.job.entry.bytes;
        let mut done = start;
        self.job.say(done, Source::Official);
        while done < total {
            let chunk = self.or_cancelled(response.chunk()).await?;
            let Some(chunk) = chunk.map_err(|error| Stop::Cut(in_full(&error.without_url())))?
            else {
                return Err(Stop::Cut(format!("it ended after {done} of {total} bytes")));
            };
            if done + chunk.len() as u64 > total {
                return Err(Stop::source(format!(
                    "{}: it sent more than {total} bytes",
                    self.url
                )));
            }
            file.write_all(&chunk)
                .await
                .map_err(|error| self.unwritable(&error))?;
            done += chunk.len() as u64;
            self.job.say(done, Source::Official);
        }
        Ok(())
    }

    /// Opens the partial file, cut to `start` bytes, for writing behind them.
    async fn open_at(&self, start: u64) -> Result<File, Stop> {
        let opened = async {
            let file = OpenOptions::new()
                .create(true)
                .append(true)
                .open(self.part)
                .await?;
            file.set_len(start).await?;
            Ok(file)
        };
        opened
            .await
            .map_err(|error: std::io::Error| self.unwritable(&error))
    }

    async fn or_cancelled<T>(&self, work: impl Future<Output = T>) -> Result<T, Stop> {
        tokio::select! {
            () = self.job.cancel.cancelled() => {
                Err(Stop::Trouble(Trouble::Everywhere(ModelError::Cancelled)))
            }
            done = work => Ok(done),
        }
    }

    fn unwritable(&self, error: &std::io::Error) -> Stop {
        Stop::Trouble(Trouble::Everywhere(file_error(self.part, error)))
    }
}

/// Start and total of `Content-Range: bytes START-END/TOTAL`.
fn content_range(response: &Response) -> Option<(u64, Option<u64>)> {
    let text = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.parse().ok()?, total.parse().ok()))
}
