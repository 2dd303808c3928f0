//! Several answers to one prompt, and choices among given ones.
//!
//! A service answers many requests at once, so candidates are asked for side by side; each is a
//! request of its own, because only so has the first no temperature and every other a seed. The
//! prompt is charged for each of them, at the price of cached tokens where a service has one.

use std::pin::Pin;
use std::time::Instant;

use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use tokio_util::sync::CancellationToken;

use super::RemoteModel;
use crate::{
    Answers, Candidate, Candidates, Completion, Listener, Message, Model as _, ModelError, News,
    Prompt, Role, Sampling, Usage,
};

/// Most requests at the same time. Services count them.
const AT_ONCE: usize = 4;
/// Most options that can be told apart by their probabilities: services tell those of 20 tokens.
const MOST_OPTIONS: usize = 20;
/// How much of all likelihood the options must have together, so that it means something.
const ENOUGH: f64 = 0.2;

type Answering<'a> =
    Pin<Box<dyn Future<Output = Result<(u32, Completion), ModelError>> + Send + 'a>>;

/// Asks for candidates side by side.
pub(super) async fn side_by_side(
    model: &RemoteModel,
    prompt: &Prompt,
    which: Candidates,
    sink: Listener<'_>,
    cancel: &CancellationToken,
) -> Result<Answers, ModelError> {
    let started = Instant::now();
    let silence = |_: News<'_>| {};
    let silence: Listener<'_> = &silence;
    let numbers = which.first..which.first.saturating_add(which.count);
    let requests = numbers.map(|number| -> Answering<'_> {
        let sink = if number == which.first { sink } else { silence };
        Box::pin(one(model, prompt, number, sink, cancel))
    });
    let requests = requests.collect::<Vec<_>>();
    let mut coming = stream::iter(requests).buffer_unordered(AT_ONCE);
    let mut answers = Answers {
        candidates: Vec::new(),
        usage: Usage::default(),
        first_token_ms: 0,
        total_ms: 0,
    };
    while let Some((number, completion)) = coming.try_next().await? {
        add(&mut answers, number, completion, number == which.first);
    }
    answers.total_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(answers)
}

async fn one(
    model: &RemoteModel,
    prompt: &Prompt,
    number: u32,
    sink: Listener<'_>,
    cancel: &CancellationToken,
) -> Result<(u32, Completion), ModelError> {
    let prompt = Prompt {
        sampling: crate::sampling_of(&prompt.sampling, number),
        ..prompt.clone()
    };
    Ok((number, model.generate(&prompt, sink, cancel).await?))
}

fn add(answers: &mut Answers, number: u32, completion: Completion, is_first: bool) {
    if is_first {
        answers.first_token_ms = completion.first_token_ms;
    }
    let sum = &mut answers.usage;
    sum.prompt = sum.prompt.saturating_add(completion.usage.prompt);
    sum.cached = sum.cached.saturating_add(completion.usage.cached);
    sum.output = sum.output.saturating_add(completion.usage.output);
    answers.candidates.push(Candidate {
        number,
        text: completion.text,
        reason: completion.reason,
    });
}

/// How likely each option is: by the probabilities of the letters that stand for them, where the
/// service tells them, or else by asking for one of them, which then has all the likelihood.
pub(super) async fn choose(
    model: &RemoteModel,
    prompt: &Prompt,
    options: &[String],
    cancel: &CancellationToken,
) -> Result<Vec<f64>, ModelError> {
    if model.tells_probabilities() && (2..=MOST_OPTIONS).contains(&options.len()) {
        let lettered = lettered(prompt, options);
        let told = model.ask(&lettered, true, &|_| {}, cancel).await?;
        if let Some(shares) = told
            .scores
            .and_then(|scores| shares(&scores, options.len()))
        {
            return Ok(shares);
        }
        model.forget_probabilities();
    }
    crate::name_one(model, prompt, options, cancel).await
}

impl RemoteModel {
    fn tells_probabilities(&self) -> bool {
        self.allows
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .logprobs
    }

    fn forget_probabilities(&self) {
        self.allows
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .logprobs = false;
    }
}

/// The letter that stands for an option: one token in every vocabulary there is.
fn letter(number: usize) -> char {
    char::from(b'A'.saturating_add(u8::try_from(number).unwrap_or(u8::MAX)))
}

fn lettered(prompt: &Prompt, options: &[String]) -> Prompt {
    let list = options.iter().enumerate();
    let list = list.map(|(number, option)| format!("\n{}. {option}", letter(number)));
    let words = format!(
        "Which of these is the answer? Write its letter and nothing else.{}",
        list.collect::<String>()
    );
    let mut messages = prompt.messages.clone();
    messages.push(Message {
        role: Role::User,
        text: words,
    });
    Prompt {
        messages,
        preset: prompt.preset,
        lead: prompt.lead,
        opening: String::new(),
        max_tokens: 1,
        sampling: Sampling::GREEDY,
        stop: Vec::new(),
        constraint: None,
        adapter: None,
    }
}

/// What share each letter has of the likelihood of all of them.
fn shares(scores: &[(String, f64)], count: usize) -> Option<Vec<f64>> {
    let likelihood = |number: usize| {
        let own = scores
            .iter()
            .filter(|(token, _)| token.trim() == letter(number).to_string());
        own.map(|(_, score)| score.exp()).sum::<f64>()
    };
    let all = (0..count).map(likelihood).collect::<Vec<_>>();
    let sum = all.iter().sum::<f64>();
    // Comparisons with what is not a number are false.
    (sum >= ENOUGH).then(|| all.into_iter().map(|one| one / sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_one_or_are_not_told() {
        let scores = |list: &[(&str, f64)]| {
            list.iter()
                .map(|&(token, share)| (token.to_owned(), share.ln()))
                .collect::<Vec<_>>()
        };
        for (list, expected) in [
            (
                scores(&[("A", 0.6), (" B", 0.1), ("B", 0.1), ("x", 0.2)]),
                Some(vec![0.75, 0.25]),
            ),
            (scores(&[("A", 0.9)]), Some(vec![1.0, 0.0])),
            (scores(&[("A", 0.1), ("The", 0.9)]), None),
            (scores(&[]), None),
            (vec![("A".to_owned(), f64::NAN)], None),
        ] {
            let got = shares(&list, 2);
            let is_near = match (&got, &expected) {
                (Some(got), Some(expected)) => got
                    .iter()
                    .zip(expected)
                    .all(|(one, other)| (one - other).abs() < 1e-9),
                (got, expected) => got.is_none() && expected.is_none(),
            };
            assert!(is_near, "{list:?} {got:?}");
        }
        assert_eq!((letter(0), letter(MOST_OPTIONS - 1)), ('A', 'T'));
    }
}
