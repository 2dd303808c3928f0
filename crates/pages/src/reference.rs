//! The look of something that a person likes: a site by its address, or a picture. Only its look is
//! read (colours, the sort of its faces, corners, light or dark), and only in numbers; no word and no
//! picture of it comes into a page.

mod fetch;
mod look;
mod picture;

use std::path::Path;

use assistant::{Code, Fault};
use tokio_util::sync::CancellationToken;

pub use fetch::{Guard, is_public};
pub use look::Look;

/// Why a reference cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// It is no address of the web.
    #[error("{0} is no address of the web that can be read")]
    Address(String),
    /// It leads to this machine or into its network.
    #[error("{0} is inside this network; only public sites are read")]
    Inside(String),
    /// It cannot be reached.
    #[error("{address} cannot be reached ({detail})")]
    Unreachable {
        /// What was asked for.
        address: String,
        /// What happened.
        detail: String,
    },
    /// It sends the reader on and on.
    #[error("{0} sends its readers on again and again")]
    Redirects(String),
    /// It is larger than is read.
    #[error("{0} is too large to be looked at")]
    TooLarge(String),
    /// It is neither a page nor a picture.
    #[error("{address} is no web page ({kind})")]
    NoPage {
        /// What was asked for.
        address: String,
        /// What it says it is.
        kind: String,
    },
    /// There is no such file.
    #[error("there is no file {0}")]
    NoFile(String),
    /// The file is no picture that can be read.
    #[error("{path} is no picture that can be read ({detail})")]
    NoPicture {
        /// The file.
        path: String,
        /// What the reader said.
        detail: String,
    },
    /// The person stopped it.
    #[error("the run was stopped")]
    Cancelled,
}

impl From<ReferenceError> for Fault {
    fn from(error: ReferenceError) -> Self {
        let code = match &error {
            ReferenceError::Cancelled => return Self::cancelled(),
            ReferenceError::NoFile(_) => Code::FileNotFound,
            _ => Code::ReferenceUnusable,
        };
        let sentence = error.to_string();
        let mut letters = sentence.chars();
        let capital = letters.next().into_iter().flat_map(char::to_uppercase);
        let sentence: String = capital.chain(letters).chain(['.']).collect();
        let fault = Self::new(code, sentence).with("detail", &error);
        match error {
            ReferenceError::NoFile(path) => fault.with("path", path),
            _ => fault,
        }
    }
}

/// Reads the look of a reference.
///
/// # Errors
/// When it cannot be reached, is inside the network, or is neither a page nor a picture.
pub async fn read(
    reference: &str,
    guard: Guard,
    cancel: &CancellationToken,
) -> Result<Look, ReferenceError> {
    if !is_address(reference) {
        let path = reference.to_owned();
        let work = tokio::task::spawn_blocking(move || picture::read_file(Path::new(&path)));
        return work.await.map_err(|error| ReferenceError::NoPicture {
            path: reference.to_owned(),
            detail: error.to_string(),
        })?;
    }
    let address = if reference.contains("://") {
        reference.to_owned()
    } else {
        format!("https://{reference}")
    };
    let fetched = tokio::select! {
        () = cancel.cancelled() => return Err(ReferenceError::Cancelled),
        fetched = fetch::fetch(&address, guard) => fetched?,
    };
    if fetched.kind.starts_with("image/") {
        return picture::read(&fetched.bytes, &address);
    }
    if !fetched.kind.contains("html") {
        return Err(ReferenceError::NoPage {
            address,
            kind: fetched.kind,
        });
    }
    let html = String::from_utf8_lossy(&fetched.bytes).into_owned();
    let mut css = look::inline_styles(&html);
    for sheet in look::sheets(&html, &fetched.address) {
        let more = tokio::select! {
            () = cancel.cancelled() => return Err(ReferenceError::Cancelled),
            more = fetch::fetch(&sheet, guard) => more,
        };
        // A style sheet that cannot be had is no reason to give up what there is.
        if let Ok(more) = more {
            css.push_str(&String::from_utf8_lossy(&more.bytes));
        }
    }
    Ok(Look::of_page(&html, &css))
}

/// Whether a reference has to be fetched from the web.
#[must_use]
pub fn is_address(reference: &str) -> bool {
    if reference.contains("://") {
        return true;
    }
    let host = reference.split('/').next().unwrap_or("");
    let is_file = Path::new(reference).exists() || reference.starts_with(['/', '.', '~', '\\']);
    let ending = host.rsplit('.').next().unwrap_or("");
    let is_picture = ["png", "jpg", "jpeg", "gif", "webp", "bmp", "svg"]
        .contains(&ending.to_lowercase().as_str());
    !is_file
        && !is_picture
        && host.contains('.')
        && !ending.is_empty()
        && ending.chars().all(char::is_alphabetic)
}
