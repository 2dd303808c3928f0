//! Proposes entries with code alone: JSON lines of inputs in, JSON lines of results out, no model.
//!
//! It is for looking at what the reading of texts does, without loading anything. What the model would
//! have been asked stays marked as open.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use assistant::{Answer, Assistant, Inputs, SoFar};
use ledger::{FileMemory, Ledger};
use serde_json::{Map, Value, json};
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join("deskhand-propose");
    let ledger = Ledger::new(Arc::new(FileMemory::new(folder)))?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let mut object: Map<String, Value> = serde_json::from_str(&line?)?;
        let id = object.remove("id");
        let inputs = object
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
            .filter(|(name, _)| ledger.description().field(name).is_some())
            .collect();
        let cancel = CancellationToken::new();
        let task = ledger.ground(&Inputs(inputs), &|_| {}, &cancel).await?;
        let verdict = task
            .check(&SoFar::default(), &Answer::Nothing, &cancel)
            .await?;
        let checks: Vec<Value> = verdict
            .checks
            .iter()
            .map(
                |check| json!({"name": check.name, "passed": check.passed, "detail": check.detail}),
            )
            .collect();
        let status = if verdict.rejection.is_none() {
            "done"
        } else {
            "failed"
        };
        writeln!(
            out,
            "{}",
            json!({"id": id, "status": status, "artifact": verdict.artifact, "checks": checks})
        )?;
    }
    Ok(())
}
