//! Runs as a whole, as they lie in the file: to be carried away and brought back without loss.
//!
//! Nothing is understood here that need not be. What a newer program wrote into a run (a status, a kind
//! of artifact) goes out and comes back as it is. A run that is brought in twice is there once; one that
//! differs from the run of its name is not taken, and the one that is here stays.

use assistant::driver::Step;
use assistant::report::Tokens;
use assistant::{Inputs, RunId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::SqliteConnection;
use ulid::Ulid;

use crate::decode::{self, RunRow};
use crate::queries::RunRecord;
use crate::record::{is_late, json, mark_late};
use crate::store::BEGIN_CHANGE;
use crate::text::{self, Seen};
use crate::{History, HistoryError, spent, tags};

/// A run that has ended, with everything that was kept of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    /// Its name.
    pub run: RunId,
    /// Id of the assistant.
    pub assistant: String,
    /// What was asked, in one short line.
    pub title: String,
    /// What the person filled in.
    pub inputs: Inputs,
    /// Which model was to answer.
    pub model: String,
    /// Seed of the sampler.
    #[serde(default)]
    pub seed: Option<u32>,
    /// The caller's own name for it.
    #[serde(default)]
    pub caller_id: Option<Value>,
    /// Where it stands.
    pub status: String,
    /// When it began: ISO 8601 in UTC.
    pub created_at: String,
    /// When it ended, or when its end was noticed.
    #[serde(default)]
    pub finished_at: Option<String>,
    /// How long it took.
    #[serde(default)]
    pub total_ms: Option<u32>,
    /// Its report, as it was kept.
    #[serde(default)]
    pub report: Option<Value>,
    /// Why it has no answer, in a word.
    #[serde(default)]
    pub error_code: Option<String>,
    /// What had been written when it ended without an artifact.
    #[serde(default)]
    pub partial: Option<String>,
    /// Its stages in order.
    #[serde(default)]
    pub steps: Vec<KeptStep>,
    /// Whether the person has set it apart.
    #[serde(default)]
    pub starred: bool,
    /// What the person calls it.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A stage of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptStep {
    /// Which stage.
    pub stage: String,
    /// Which draft it belongs to.
    pub attempt: u32,
    /// How long it took.
    pub took_ms: u32,
    /// What was written.
    #[serde(default)]
    pub draft: Option<String>,
    /// What was found.
    pub checks: Value,
    /// When it was complete.
    pub at: String,
    /// What left the machine for it.
    #[serde(default)]
    pub sent: Option<String>,
}

impl KeptRun {
    /// The run as this program understands it.
    #[must_use]
    pub fn record(&self) -> RunRecord {
        let text = |value: &Value| value.to_string();
        let row = RunRow {
            number: 0,
            id: self.run.0.clone(),
            assistant: self.assistant.clone(),
            inputs: String::new(),
            model: self.model.clone(),
            caller_id: self.caller_id.as_ref().map(text),
            status: self.status.clone(),
            created_at: self.created_at.clone(),
            report: self.report.as_ref().map(text),
            partial: self.partial.clone(),
        };
        let steps: Vec<Step> = self.steps.iter().filter_map(KeptStep::step).collect();
        RunRecord {
            report: decode::report(&row, &steps),
            created_at: row.created_at,
            inputs: self.inputs.clone(),
            steps,
            partial: row.partial,
        }
    }
}

impl KeptStep {
    /// Nothing where it is of a kind that this program does not know.
    fn step(&self) -> Option<Step> {
        let stage = Value::String(self.stage.clone());
        Some(Step {
            stage: serde_json::from_value(stage).ok()?,
            attempt: self.attempt,
            took_ms: self.took_ms,
            draft: self.draft.clone(),
            checks: serde_json::from_value(self.checks.clone()).unwrap_or_default(),
            sent: self.sent.clone(),
        })
    }
}

/// What became of a run that was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is here now.
    Added,
    /// It was here already; its tags and its pin were added to those here.
    Present,
    /// Another run of that name is here, and stays.
    Conflict,
    /// It is none, for this reason.
    Refused(String),
}

impl History {
    /// Everything of some runs that have ended, in the order in which they are named. Those that are
    /// under way, or gone by now, are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn kept(&self, runs: &[RunId]) -> Result<Vec<KeptRun>, HistoryError> {
        let work = async {
            let mut connection = self.pool().acquire().await?;
            let mut kept = Vec::with_capacity(runs.len());
            for run in runs {
                kept.extend(read(&mut connection, &run.0).await?);
            }
            Ok(kept)
        };
        work.await
            .map_err(|error: sqlx::Error| self.unusable(&error))
    }

    /// Brings runs in, all of them or, where the file cannot be written, none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn take_in(&self, runs: &[KeptRun]) -> Result<Vec<Taken>, HistoryError> {
        self.note_write();
        let work = async {
            let mut change = self.pool().begin_with(BEGIN_CHANGE).await?;
            let mut taken = Vec::with_capacity(runs.len());
            for run in runs {
                taken.push(match checked(run) {
                    Ok(created_at) => take(&mut change, run, &created_at).await?,
                    Err(reason) => Taken::Refused(reason),
                });
            }
            change.commit().await?;
            Ok(taken)
        };
        work.await
            .map_err(|error: sqlx::Error| self.unusable(&error))
    }

    /// Forgets the oldest runs of before a moment, at most `limit` of them and none that the person has
    /// set apart or that is under way; how many they were.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn forget_before(&self, moment: Timestamp, limit: u32) -> Result<u64, HistoryError> {
        let gone = sqlx::query(
            "DELETE FROM runs WHERE number IN (
                 SELECT number FROM runs WHERE id < ? AND starred = 0 AND status <> 'running'
                 ORDER BY id LIMIT ?
             )",
        )
        .bind(crate::wanted::name_of(moment))
        .bind(limit)
        .execute(self.pool())
        .await
        .map_err(|error| self.unusable(&error))?;
        Ok(gone.rows_affected())
    }

    /// How many runs there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub async fn count(&self) -> Result<u64, HistoryError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM runs")
            .fetch_one(self.pool())
            .await
            .map_err(|error| self.unusable(&error))?;
        Ok(u64::try_from(count).unwrap_or_default())
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    assistant: String,
    title: String,
    inputs: String,
    model: String,
    seed: Option<u32>,
    caller_id: Option<String>,
    status: String,
    created_at: String,
    finished_at: Option<String>,
    total_ms: Option<u32>,
    report: Option<String>,
    error_code: Option<String>,
    partial: Option<String>,
    starred: bool,
}

#[derive(sqlx::FromRow)]
struct StepRow {
    stage: String,
    attempt: u32,
    took_ms: u32,
    draft: Option<String>,
    checks: String,
    at: String,
    sent: Option<String>,
}

async fn read(connection: &mut SqliteConnection, run: &str) -> sqlx::Result<Option<KeptRun>> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, assistant, title, inputs, model, seed, caller_id, status, created_at, finished_at,
                total_ms, report, error_code, partial, starred
         FROM runs WHERE id = ? AND status <> 'running'",
    )
    .bind(run)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let steps: Vec<StepRow> = sqlx::query_as(
        "SELECT stage, attempt, took_ms, draft, checks, at, sent FROM steps WHERE run = ? ORDER BY seq",
    )
    .bind(run)
    .fetch_all(&mut *connection)
    .await?;
    let tags = sqlx::query_scalar("SELECT tag FROM tags WHERE run = ? ORDER BY tag")
        .bind(run)
        .fetch_all(connection)
        .await?;
    Ok(Some(whole(row, steps, tags)))
}

fn whole(row: Row, steps: Vec<StepRow>, tags: Vec<String>) -> KeptRun {
    // What is no JSON is a text that nobody understands any more; it is carried along as one.
    let value = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
    let steps = steps.into_iter().map(|step| KeptStep {
        stage: step.stage,
        attempt: step.attempt,
        took_ms: step.took_ms,
        draft: step.draft,
        checks: value(step.checks),
        at: step.at,
        sent: step.sent,
    });
    KeptRun {
        run: RunId(row.id),
        assistant: row.assistant,
        title: row.title,
        inputs: serde_json::from_str(&row.inputs).unwrap_or_default(),
        model: row.model,
        seed: row.seed,
        caller_id: row.caller_id.map(value),
        status: row.status,
        created_at: row.created_at,
        finished_at: row.finished_at,
        total_ms: row.total_ms,
        report: row.report.map(value),
        error_code: row.error_code,
        partial: row.partial,
        steps: steps.collect(),
        starred: row.starred,
        tags,
    }
}

/// Whether a run can be one; when it began, as times are kept.
fn checked(run: &KeptRun) -> Result<String, String> {
    let name = &run.run.0;
    if Ulid::from_string(name).map(|ulid| ulid.to_string()) != Ok(name.clone()) {
        return Err(format!("{name:?} is no name of a run"));
    }
    if run.status.is_empty() || run.status == "running" {
        return Err(format!("it stands at {:?}", run.status));
    }
    if run.assistant.is_empty() {
        return Err("it names no assistant".to_owned());
    }
    if let Some(report) = &run.report {
        let named = report.get("run").and_then(Value::as_str);
        if named != Some(name) {
            return Err("its report is another run's".to_owned());
        }
    }
    for tag in &run.tags {
        tags::clean(tag).map_err(|error| error.to_string())?;
    }
    let began: Timestamp = run
        .created_at
        .parse()
        .map_err(|_| format!("{:?} is no time", run.created_at))?;
    Ok(format!("{began:.3}"))
}

async fn take(
    change: &mut SqliteConnection,
    run: &KeptRun,
    created_at: &str,
) -> sqlx::Result<Taken> {
    let name = &run.run.0;
    let number: Option<i64> = sqlx::query_scalar("SELECT number FROM runs WHERE id = ?")
        .bind(name)
        .fetch_optional(&mut *change)
        .await?;
    let (number, taken) = match number {
        None => (insert(change, run, created_at).await?, Taken::Added),
        Some(number) if is_same(change, run, created_at).await? => (number, Taken::Present),
        Some(_) => return Ok(Taken::Conflict),
    };
    for tag in run.tags.iter().filter_map(|tag| tags::clean(tag).ok()) {
        sqlx::query("INSERT OR IGNORE INTO tags (run, tag) VALUES (?, ?)")
            .bind(name)
            .bind(tag)
            .execute(&mut *change)
            .await?;
    }
    if run.starred {
        sqlx::query("UPDATE runs SET starred = 1 WHERE number = ?")
            .bind(number)
            .execute(&mut *change)
            .await?;
    }
    if taken == Taken::Present && !run.tags.is_empty() {
        tags::make_findable(change, number).await?;
    }
    Ok(taken)
}

/// Whether the run of that name is this one; what a person put on it aside.
async fn is_same(
    change: &mut SqliteConnection,
    run: &KeptRun,
    created_at: &str,
) -> sqlx::Result<bool> {
    let Some(mut here) = read(change, &run.run.0).await? else {
        return Ok(false);
    };
    here.starred = run.starred;
    here.tags.clone_from(&run.tags);
    let mut brought = run.clone();
    created_at.clone_into(&mut brought.created_at);
    Ok(here == brought)
}

async fn insert(
    change: &mut SqliteConnection,
    run: &KeptRun,
    created_at: &str,
) -> sqlx::Result<i64> {
    let is_late = is_late(change, &run.run.0).await?;
    let added = sqlx::query(
        "INSERT INTO runs (id, assistant, title, inputs, model, seed, caller_id, owner, status, created_at,
                           finished_at, total_ms, report, error_code, partial)
         VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&run.run.0)
    .bind(&run.assistant)
    .bind(&run.title)
    .bind(json(&run.inputs)?)
    .bind(&run.model)
    .bind(run.seed)
    .bind(run.caller_id.as_ref().map(json).transpose()?)
    .bind(&run.status)
    .bind(created_at)
    .bind(&run.finished_at)
    .bind(run.total_ms)
    .bind(run.report.as_ref().map(json).transpose()?)
    .bind(&run.error_code)
    .bind(&run.partial)
    .execute(&mut *change)
    .await?;
    let number = added.last_insert_rowid();
    if is_late {
        mark_late(change, number).await?;
    }
    for (place, step) in run.steps.iter().enumerate() {
        sqlx::query(
            "INSERT INTO steps (run, seq, stage, attempt, took_ms, draft, checks, sent, at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&run.run.0)
        .bind(i64::try_from(place + 1).unwrap_or(i64::MAX))
        .bind(&step.stage)
        .bind(step.attempt)
        .bind(step.took_ms)
        .bind(&step.draft)
        .bind(json(&step.checks)?)
        .bind(&step.sent)
        .bind(&step.at)
        .execute(&mut *change)
        .await?;
    }
    let seen = Seen {
        title: run.title.clone(),
        inputs: text::of_inputs_and_tags(&run.inputs, &run.tags),
        output: output(run),
    };
    seen.keep(change, number).await?;
    spent::keep(change, number, tokens(run)).await?;
    Ok(number)
}

fn output(run: &KeptRun) -> Option<String> {
    let artifact = run
        .report
        .as_ref()
        .and_then(|report| report.get("artifact"));
    match artifact.filter(|artifact| artifact.is_object()) {
        Some(artifact) => Some(text::of_artifact_as_kept(artifact.clone())),
        None => run.partial.as_deref().map(text::of_partial),
    }
}

fn tokens(run: &KeptRun) -> Tokens {
    let tokens = run.report.as_ref().and_then(|report| report.get("tokens"));
    let tokens = tokens.and_then(|tokens| serde_json::from_value(tokens.clone()).ok());
    tokens.unwrap_or_default()
}
