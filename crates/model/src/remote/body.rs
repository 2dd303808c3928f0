//! From the bytes of an answer to the texts in it, one for each event or line.
//!
//! Bytes come cut at any place. What holds here, whatever a service sends: no wait is longer than
//! its patience, no more is read than the limit, and what is not UTF-8 is an error. What the
//! texts mean is not known here; see [`super::wire`].

use std::pin::Pin;
use std::time::Duration;

use futures_util::stream::{self, Stream, StreamExt as _, TryStreamExt as _};
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use sseer::errors::EventStreamError;
use tokio_util::bytes::{Bytes, BytesMut};
use tokio_util::codec::{Decoder as _, LinesCodec, LinesCodecError};

use super::Kind;
use super::fault::{is_page, page};
use super::line::Line;
use crate::ModelError;

/// One text of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Text {
    /// A part of a streamed answer.
    Part(String),
    /// The whole answer: some servers do not stream, though asked to.
    Whole(String),
}

/// The texts of an answer.
pub(super) type Texts<'a> = Pin<Box<dyn Stream<Item = Result<Text, ModelError>> + Send + 'a>>;

/// How an answer is cut into texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    Events,
    Lines,
    Nowhere,
}

/// The texts of a successful answer, of which at most `limit` bytes are read.
pub(super) fn texts(line: &Line, response: Response, limit: u64) -> Texts<'_> {
    let cut = cut(line.service().kind, &response);
    let bytes = bytes(line, response, limit);
    match cut {
        Cut::Events => events(line, bytes),
        Cut::Lines => lines(line, bytes),
        Cut::Nowhere => Box::pin(stream::once(whole(line, bytes))),
    }
}

/// By what the service says of its answer, or else by what its kind usually sends.
fn cut(kind: Kind, response: &Response) -> Cut {
    let said = response.headers().get(CONTENT_TYPE);
    let said = said.and_then(|value| value.to_str().ok()).unwrap_or("");
    let said = said
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    match (said.as_str(), kind) {
        ("text/event-stream", _) => Cut::Events,
        ("text/html", _) => Cut::Nowhere,
        (_, Kind::Ollama) => Cut::Lines,
        ("application/json", _) => Cut::Nowhere,
        _ => Cut::Events,
    }
}

/// The bytes of an answer, as long as there are not too many and they do not keep waiting.
fn bytes(
    line: &Line,
    response: Response,
    limit: u64,
) -> impl Stream<Item = Result<Bytes, ModelError>> + Send + '_ {
    let patience = line.service().patience;
    stream::try_unfold((response, 0_u64), move |(mut response, read)| async move {
        let wait = if read == 0 {
            patience.first_byte()
        } else {
            patience.stall()
        };
        let Some(chunk) = next(line, &mut response, wait).await? else {
            return Ok(None);
        };
        let read = read + chunk.len() as u64;
        if read > limit {
            return Err(line.endless(limit));
        }
        Ok(Some((chunk, (response, read))))
    })
}

async fn next(
    line: &Line,
    response: &mut Response,
    wait: Duration,
) -> Result<Option<Bytes>, ModelError> {
    match tokio::time::timeout(wait, response.chunk()).await {
        Ok(Ok(chunk)) => Ok(chunk),
        Ok(Err(error)) => Err(line.broken_off(&super::fault::causes(error))),
        Err(_) => Err(line.stalled(wait, "the answer went on")),
    }
}

/// The data of server-sent events.
fn events<'a>(
    line: &'a Line,
    bytes: impl Stream<Item = Result<Bytes, ModelError>> + Send + 'a,
) -> Texts<'a> {
    Box::pin(sseer::EventStream::new(bytes).map(|event| match event {
        Ok(event) => Ok(Text::Part(event.data.to_string())),
        Err(EventStreamError::Transport(error)) => Err(error),
        Err(EventStreamError::Utf8Error(_)) => Err(not_utf8(line)),
    }))
}

/// Lines, empty ones left out.
fn lines<'a>(
    line: &'a Line,
    bytes: impl Stream<Item = Result<Bytes, ModelError>> + Send + 'a,
) -> Texts<'a> {
    let start = (Box::pin(bytes), LinesCodec::new(), BytesMut::new(), false);
    let texts = stream::try_unfold(
        start,
        move |(mut bytes, mut codec, mut buffer, mut is_over)| async move {
            loop {
                let text = match is_over {
                    false => codec.decode(&mut buffer),
                    true => codec.decode_eof(&mut buffer),
                };
                match text.map_err(|error| bad_line(line, &error))? {
                    Some(text) if text.trim().is_empty() => {}
                    Some(text) => {
                        return Ok(Some((Text::Part(text), (bytes, codec, buffer, is_over))));
                    }
                    None if is_over => return Ok(None),
                    None => match bytes.try_next().await? {
                        Some(chunk) => buffer.extend_from_slice(&chunk),
                        None => is_over = true,
                    },
                }
            }
        },
    );
    Box::pin(texts)
}

fn bad_line(line: &Line, error: &LinesCodecError) -> ModelError {
    match error {
        LinesCodecError::Io(_) => not_utf8(line),
        LinesCodecError::MaxLineLengthExceeded => line.malformed("a line does not end"),
    }
}

/// An answer that is not cut at all.
async fn whole(
    line: &Line,
    bytes: impl Stream<Item = Result<Bytes, ModelError>> + Send,
) -> Result<Text, ModelError> {
    let all = bytes.try_fold(Vec::new(), |mut all, chunk| async move {
        all.extend_from_slice(&chunk);
        Ok(all)
    });
    let text = String::from_utf8(all.await?).map_err(|_| not_utf8(line))?;
    if is_page(&text) {
        return Err(line.malformed(&page(&text)));
    }
    Ok(Text::Whole(text))
}

fn not_utf8(line: &Line) -> ModelError {
    line.malformed("it is not UTF-8")
}

/// The first bytes of an answer that is an error; whatever came when it breaks off.
pub(super) async fn start(response: &mut Response, most: usize) -> Vec<u8> {
    let mut start = Vec::new();
    while start.len() < most
        && let Ok(Some(chunk)) = response.chunk().await
    {
        start.extend_from_slice(&chunk);
    }
    start.truncate(most);
    start
}

/// All of an answer that is not streamed.
pub(super) async fn all(line: &Line, response: Response, limit: u64) -> Result<String, ModelError> {
    match whole(line, Box::pin(bytes(line, response, limit))).await? {
        Text::Whole(text) | Text::Part(text) => Ok(text),
    }
}
