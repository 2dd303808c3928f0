//! The worker's side of standard output: one JSON object a line, flushed at once.

use std::io::Write as _;

use serde::Serialize;

use crate::ending;

/// Writes one line. When nobody reads any more the worker has no reason to live and ends.
pub fn say(line: &impl Serialize) {
    let mut text =
        serde_json::to_string(line).expect("the protocol's types have no unserialisable values");
    text.push('\n');
    let mut stdout = std::io::stdout().lock();
    if stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
        .is_err()
    {
        ending::at_once(0);
    }
}
