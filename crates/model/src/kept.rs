//! What a model wrote, kept in a file and given again without the model.
//!
//! Most of what decides whether an answer is right happens after the draft: checking, mending,
//! voting. [`Keeper`] stands before a model and keeps every draft; [`Kept`] gives them again in
//! seconds, so that a change of that part can be measured a hundred times on the same drafts. It is
//! for measuring and for nothing else: drafts are found by the last line of the prompt, in the
//! order in which they were asked for, whatever else the prompt says.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use tokio_util::sync::CancellationToken;

use crate::{
    Answers, Candidate, Candidates, Completion, Listener, Model, ModelError, ModelId, News, Prompt,
    Reason, Usage,
};

/// Candidates that a keeper asks for in any case, so that there is enough to try other ways of
/// voting on.
const AT_LEAST: u32 = 8;

/// One answer of a model, or several to the same prompt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Line {
    /// The last line of the prompt.
    asked: String,
    /// Texts by number, from 0.
    drafts: Vec<String>,
}

/// The last line of a prompt, by which its drafts are found again.
fn asked(prompt: &Prompt) -> String {
    let last = prompt.messages.last().map_or("", |message| &message.text);
    last.trim_end()
        .lines()
        .next_back()
        .unwrap_or_default()
        .to_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(error: impl ToString) -> ModelError {
    ModelError::Failed {
        detail: error.to_string(),
    }
}

/// A model whose drafts are kept.
pub struct Keeper {
    model: Arc<dyn Model>,
    file: Arc<Mutex<File>>,
    /// Drafts of the last prompt that nobody has asked for yet.
    ahead: Mutex<Option<Line>>,
}

impl Keeper {
    /// Keeps what `model` writes at the end of `file`.
    #[must_use]
    pub fn new(model: Arc<dyn Model>, file: Arc<Mutex<File>>) -> Self {
        Self {
            model,
            file,
            ahead: Mutex::default(),
        }
    }

    fn keep(&self, line: &Line) -> Result<(), ModelError> {
        let mut text = serde_json::to_string(line).map_err(failed)?;
        text.push('\n');
        lock(&self.file).write_all(text.as_bytes()).map_err(failed)
    }
}

#[async_trait]
impl Model for Keeper {
    fn id(&self) -> &ModelId {
        self.model.id()
    }

    fn is_elsewhere(&self) -> bool {
        self.model.is_elsewhere()
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let completion = self.model.generate(prompt, sink, cancel).await?;
        self.keep(&Line {
            asked: asked(prompt),
            drafts: vec![completion.text.clone()],
        })?;
        Ok(completion)
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        sink: Listener<'_>,
        cancel: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let ahead = lock(&self.ahead).take();
        if let Some(line) = ahead.filter(|line| which.first > 0 && line.asked == asked(prompt)) {
            return Ok(answers(&line, which));
        }
        let all = Candidates {
            count: which.count.max(AT_LEAST.saturating_sub(which.first)),
            ..which
        };
        let mut found = self.model.generate_n(prompt, all, sink, cancel).await?;
        found.candidates.sort_by_key(|candidate| candidate.number);
        let texts = found.candidates.iter().map(|one| one.text.clone());
        let line = Line {
            asked: asked(prompt),
            drafts: texts.collect(),
        };
        self.keep(&line)?;
        found
            .candidates
            .retain(|one| one.number < which.first + which.count);
        *lock(&self.ahead) = Some(line);
        Ok(found)
    }

    async fn choose(
        &self,
        prompt: &Prompt,
        options: &[String],
        cancel: &CancellationToken,
    ) -> Result<Vec<f64>, ModelError> {
        self.model.choose(prompt, options, cancel).await
    }
}

/// Drafts that were kept, in the place of a model.
pub struct Kept {
    id: ModelId,
    left: Mutex<Vec<Line>>,
    last: Mutex<Option<Line>>,
}

impl Kept {
    /// Reads what a [`Keeper`] kept.
    ///
    /// # Errors
    /// When the file cannot be read as such.
    pub fn read(id: ModelId, path: &Path) -> Result<Self, ModelError> {
        let file = File::open(path).map_err(failed)?;
        let lines = BufReader::new(file).lines();
        let left = lines
            .map(|line| serde_json::from_str(&line.map_err(failed)?).map_err(failed))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            id,
            left: Mutex::new(left),
            last: Mutex::default(),
        })
    }

    /// The next line for a prompt.
    fn next(&self, prompt: &Prompt) -> Result<Line, ModelError> {
        let asked = asked(prompt);
        let mut left = lock(&self.left);
        let place = left.iter().position(|line| line.asked == asked);
        let place = place.ok_or_else(|| failed(format!("no draft is kept for {asked:?}")))?;
        Ok(left.remove(place))
    }
}

#[async_trait]
impl Model for Kept {
    fn id(&self) -> &ModelId {
        &self.id
    }

    async fn generate(
        &self,
        prompt: &Prompt,
        sink: Listener<'_>,
        _: &CancellationToken,
    ) -> Result<Completion, ModelError> {
        let line = self.next(prompt)?;
        let text = line.drafts.into_iter().next().unwrap_or_default();
        sink(News::Piece(&text));
        Ok(Completion {
            text,
            reason: Reason::Stop,
            usage: Usage::default(),
            first_token_ms: 0,
            total_ms: 0,
        })
    }

    async fn generate_n(
        &self,
        prompt: &Prompt,
        which: Candidates,
        _: Listener<'_>,
        _: &CancellationToken,
    ) -> Result<Answers, ModelError> {
        let last = lock(&self.last).take();
        let line = match last.filter(|line| which.first > 0 && line.asked == asked(prompt)) {
            Some(line) => line,
            None => self.next(prompt)?,
        };
        let found = answers(&line, which);
        *lock(&self.last) = Some(line);
        Ok(found)
    }
}

/// Those drafts of a line that are asked for.
fn answers(line: &Line, which: Candidates) -> Answers {
    let numbered = (0..).zip(&line.drafts);
    let candidates = numbered
        .filter(|(number, _)| (which.first..which.first + which.count).contains(number))
        .map(|(number, text)| Candidate {
            number,
            text: text.clone(),
            reason: Reason::Stop,
        });
    Answers {
        candidates: candidates.collect(),
        usage: Usage::default(),
        first_token_ms: 0,
        total_ms: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Message, Role, Sampling};

    struct Echo(ModelId);

    #[async_trait]
    impl Model for Echo {
        fn id(&self) -> &ModelId {
            &self.0
        }

        async fn generate(
            &self,
            prompt: &Prompt,
            _: Listener<'_>,
            _: &CancellationToken,
        ) -> Result<Completion, ModelError> {
            Ok(Completion {
                text: format!("{} {}", asked(prompt), prompt.sampling.seed),
                reason: Reason::Stop,
                usage: Usage::default(),
                first_token_ms: 0,
                total_ms: 0,
            })
        }
    }

    fn prompt(text: &str) -> Prompt {
        Prompt {
            messages: vec![Message {
                role: Role::User,
                text: text.to_owned(),
            }],
            preset: 0,
            lead: 0,
            opening: String::new(),
            max_tokens: 9,
            sampling: Sampling {
                seed: 10,
                ..Sampling::GREEDY
            },
            stop: vec![],
            constraint: None,
            adapter: None,
        }
    }

    async fn ask(model: &dyn Model, text: &str, first: u32, count: u32) -> Vec<String> {
        let which = Candidates { first, count };
        let answers = model
            .generate_n(&prompt(text), which, &|_| {}, &CancellationToken::new())
            .await;
        let candidates = answers.unwrap().candidates.into_iter();
        candidates.map(|one| one.text).collect()
    }

    #[tokio::test]
    async fn drafts_that_were_kept_are_given_again() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("drafts.jsonl");
        let file = Arc::new(Mutex::new(File::create(&path).unwrap()));
        let keeper = Keeper::new(Arc::new(Echo(ModelId::from("echo"))), file);
        let first = ask(&keeper, "tables\nHow many?", 0, 4).await;
        let more = ask(&keeper, "tables\nHow many?", 4, 4).await;
        let other = ask(&keeper, "tables\nWho?", 0, 4).await;
        let again = ask(&keeper, "tables\nNote\nHow many?", 0, 4).await;
        assert_eq!((first.len(), more.len()), (4, 4));
        assert_ne!(first, more);

        let kept = Kept::read(ModelId::from("echo"), &path).unwrap();
        assert_eq!(ask(&kept, "other tables\nHow many?", 0, 4).await, first);
        assert_eq!(ask(&kept, "other tables\nHow many?", 4, 4).await, more);
        // The same question once more is what was asked after a draft that failed.
        assert_eq!(ask(&kept, "How many?", 0, 4).await, again);
        assert_eq!(ask(&kept, "Who?", 0, 4).await, other);
        let which = Candidates { first: 0, count: 1 };
        let none = kept
            .generate_n(&prompt("Who?"), which, &|_| {}, &CancellationToken::new())
            .await;
        assert!(none.is_err());
    }
}
