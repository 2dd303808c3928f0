//! Our own JSON: a head that says what it is, then the runs, one a line.
//!
//! ```json
//! {"format": "deskhand-runs", "version": 1, "exported_at": "…", "program": "Deskhand 0.1.0", "runs": [
//! {"run": "01…", …},
//! …
//! ]}
//! ```
//!
//! `version` is raised when an older program could no longer take the runs in without loss; what is only
//! added is left aside by it.

use std::io::Write;

use history::KeptRun;
use jiff::Timestamp;
use serde_json::json;

/// What the file says it is.
pub(crate) const FORMAT: &str = "deskhand-runs";

/// The version that is written, and the newest that is read.
pub(crate) const VERSION: u64 = 1;

/// A file of runs that is being written.
pub(crate) struct JsonRuns<W: Write> {
    out: W,
    is_first: bool,
}

impl<W: Write> JsonRuns<W> {
    pub(crate) fn new(mut out: W) -> std::io::Result<Self> {
        let head = json!({
            "format": FORMAT,
            "version": VERSION,
            "exported_at": format!("{:.3}", Timestamp::now()),
            "program": concat!("Deskhand ", env!("CARGO_PKG_VERSION")),
        });
        let head = head.to_string();
        write!(out, "{}, \"runs\": [", head.trim_end_matches('}'))?;
        Ok(Self {
            out,
            is_first: true,
        })
    }

    pub(crate) fn add(&mut self, run: &KeptRun) -> std::io::Result<()> {
        self.out
            .write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        serde_json::to_writer(&mut self.out, run)?;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> std::io::Result<W> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out)
    }
}
