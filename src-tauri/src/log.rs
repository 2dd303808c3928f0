//! The log: to standard error and to a file in the data folder. It names codes, runs and times,
//! never questions, answers or data.

use std::fs::OpenOptions;
use std::sync::Mutex;

use desk::Folders;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::MakeWriterExt;

/// A log that has grown beyond this is begun anew; the old one is kept beside it.
const BYTES: u64 = 1 << 20;

/// Begins logging. Without a file that can be written, standard error has to do.
pub fn begin(folders: &Folders) {
    let path = folders.logs().join("desk.log");
    if path.metadata().is_ok_and(|data| data.len() > BYTES) {
        // Failing to move the old log only means that it goes on growing.
        let _ = std::fs::rename(&path, path.with_extension("old.log"));
    }
    let filter = EnvFilter::try_from_env("DESKHAND_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    let format = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_env_filter(filter);
    let begun = match OpenOptions::new().create(true).append(true).open(&path) {
        Ok(file) => format
            .with_writer(Mutex::new(file).and(std::io::stderr))
            .try_init(),
        Err(_) => format.with_writer(std::io::stderr).try_init(),
    };
    if let Err(error) = begun {
        eprintln!("There is no log: {error}");
    }
}
