//! One text on its way to proposed entries: what code could settle, and what is put to the model.

use assistant::artifact::{Artifact, BooksResult, Unresolved};
use assistant::{Answer, Check, Code, Fault, Plan, Rejection, SoFar, Task, Verdict};
use async_trait::async_trait;
use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

use crate::account::{self, Guess};
use crate::chart::{Chart, Class};
use crate::entry::Draft;
use crate::language::Language;
use crate::{check, prompt, trial};

/// Most questions to the model for one text. What is left then is shown as doubted.
const MOST_QUESTIONS: usize = 60;

/// A text that was read.
#[derive(Debug)]
pub struct LedgerTask {
    book: String,
    chart: Chart,
    today: Date,
    language: Language,
    drafts: Vec<Draft>,
    unresolved: Vec<Unresolved>,
    /// The sums of the text, as they were written.
    sums: Vec<String>,
    /// The drafts whose account is put to the model, in order.
    open: Vec<usize>,
}

/// What a task is made from.
#[derive(Debug)]
pub struct Parts {
    /// Name of the book.
    pub book: String,
    /// Its chart.
    pub chart: Chart,
    /// The day of the telling.
    pub today: Date,
    /// The language of the text.
    pub language: Language,
    /// What was read.
    pub drafts: Vec<Draft>,
    /// What was left over.
    pub unresolved: Vec<Unresolved>,
    /// The sums of the text.
    pub sums: Vec<String>,
}

impl LedgerTask {
    /// A task, ready for the model's part.
    pub fn new(parts: Parts) -> Self {
        let open = (0..parts.drafts.len())
            .filter(|at| parts.drafts[*at].guess.is_open)
            .take(MOST_QUESTIONS)
            .collect();
        Self {
            book: parts.book,
            chart: parts.chart,
            today: parts.today,
            language: parts.language,
            drafts: parts.drafts,
            unresolved: parts.unresolved,
            sums: parts.sums,
            open,
        }
    }

    fn question(&self, at: usize) -> Option<Plan> {
        let draft = &self.drafts[at];
        let class = account::class(draft.meaning.kind)?;
        let names: Vec<String> = prompt::options(&self.chart, class)
            .into_iter()
            .map(|option| option.1)
            .collect();
        let words = draft.happening.description.replace('\n', " ");
        let prompt = prompt::account(class, &names, &words);
        Some(Plan::Choose(prompt, names))
    }

    /// The guess for a draft once the model has spoken: its likelihoods, weighed with what the words said.
    fn settled(&self, at: usize, answer: Option<&Answer>) -> Guess {
        let draft = &self.drafts[at];
        let (Some(Answer::Chances(chances)), Some(class)) =
            (answer, account::class(draft.meaning.kind))
        else {
            return draft.guess.clone();
        };
        let options = prompt::options(&self.chart, class);
        if options.len() != chances.len() {
            return draft.guess.clone();
        }
        let mut candidates = weighed(&draft.guess, options, chances, class);
        if let Some(first) = candidates.first_mut() {
            // Where the words say one thing and the model another, neither is sure.
            let known = &draft.guess.candidates;
            let is_among = known.iter().any(|candidate| candidate.0 == first.0);
            // Of income "Sales" is a default and no word's.
            if class == Class::Expense && !known.is_empty() && !is_among {
                first.1 = first.1.min(account::SURE - 0.1);
            }
        }
        Guess {
            candidates,
            is_open: true,
        }
    }

    fn books(&self, answers: &[&Answer]) -> BooksResult {
        let has_model = answers
            .iter()
            .any(|answer| matches!(answer, Answer::Chances(_)));
        let entries: Vec<_> = self
            .drafts
            .iter()
            .enumerate()
            .map(|(at, draft)| {
                let step = self.open.iter().position(|open| *open == at);
                let answer = step.and_then(|step| answers.get(step).copied());
                draft.entry(&self.settled(at, answer), &self.chart, has_model)
            })
            .collect();
        let balance = trial::trial_balance(&entries, &self.chart, self.language);
        BooksResult {
            book: self.book.clone(),
            unresolved: self.unresolved.clone(),
            statements: [("trial_balance".to_owned(), balance)].into(),
            accounts: self.chart.shown(self.language),
            entries,
            draft: false,
        }
    }

    fn checks(&self, books: &BooksResult) -> Vec<Check> {
        vec![
            check::amounts(books, &self.sums),
            check::balances(books),
            check::dates(books, self.today),
            check::accounts(books, &self.chart),
        ]
    }
}

/// How much the lexicon's hints count beside the model: as if each had been seen that much likelier.
const HINT: f64 = 12.0;

fn weighed(
    guess: &Guess,
    options: Vec<(String, String)>,
    chances: &[f64],
    class: Class,
) -> Vec<(String, f64)> {
    let hinted = |account: &str| {
        let found = guess
            .candidates
            .iter()
            .find(|candidate| candidate.0 == account);
        // Of income "Sales" is a default, not a hint.
        let strength = if class == Class::Income { 2.0 } else { HINT };
        found.map_or(1.0, |candidate| 1.0 + strength * candidate.1)
    };
    let mut weighed: Vec<(String, f64)> = options
        .into_iter()
        .zip(chances)
        .map(|((account, _), chance)| {
            let weight = chance * hinted(&account);
            (account, weight)
        })
        .collect();
    let sum: f64 = weighed.iter().map(|candidate| candidate.1).sum();
    for candidate in &mut weighed {
        candidate.1 /= sum.max(f64::MIN_POSITIVE);
    }
    weighed.sort_by(|one, other| other.1.total_cmp(&one.1));
    weighed
}

#[async_trait]
impl Task for LedgerTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        self.open
            .get(so_far.accepted.len())
            .and_then(|at| self.question(*at))
            .unwrap_or(Plan::Nothing)
    }

    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        let answers: Vec<&Answer> = so_far.accepted.iter().chain([answer]).collect();
        let books = self.books(&answers);
        let checks = self.checks(&books);
        let failed: Vec<String> = checks
            .iter()
            .filter(|check| !check.passed)
            .map(|check| format!("{}: {}", check.name, check.detail))
            .collect();
        let rejection = (!failed.is_empty()).then(|| Rejection {
            fault: Fault::new(Code::NotSure, "The entries did not pass their checks.")
                .with("detail", failed.join("; ")),
            feedback: failed.join("\n"),
        });
        // Without a model the next question would fare no better.
        let goes_on = *answer != Answer::Nothing && answers.len() < self.open.len();
        let confidence = books
            .entries
            .iter()
            .map(|entry| entry.confidence)
            .reduce(f64::min);
        Ok(Verdict {
            checks,
            artifact: Some(Artifact::Books(books)),
            rejection,
            confidence,
            is_undecided: false,
            goes_on,
        })
    }

    /// What the lexicon covers needs no model, and what it does not is shown as doubted.
    fn needs_model(&self) -> bool {
        false
    }
}
