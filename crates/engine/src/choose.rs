//! Choosing among answers without writing any: how likely is each of them?
//!
//! Every option's tokens are scored behind the same prompt in as few batches as possible. Options
//! that begin alike share what they have in common, and the last token of an option is never
//! decoded, because nothing is asked of what comes after it.

use std::collections::BTreeMap;

use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::token::LlamaToken;
use protocol::{Fault, Reason};

use crate::queue::Job;
use crate::sampler::LogProbabilities;
use crate::trunk::{BATCH, Trunk, position};

/// Sequences for options; as many options are scored at once.
pub const SEQUENCES: usize = 32;

/// The mean logarithm of the probabilities of each option's tokens, in order. The reason is that
/// of a cancel.
pub fn scores(
    trunk: &mut Trunk,
    model: &'static LlamaModel,
    options: &[String],
    job: &Job,
) -> Result<Result<Vec<f32>, Reason>, Fault> {
    let vocabulary = model.vocab();
    let tokens: Vec<Vec<LlamaToken>> = options
        .iter()
        .map(|option| vocabulary.tokenize(option.as_bytes(), false, false))
        .collect();
    if tokens.iter().any(Vec::is_empty) || tokens.is_empty() {
        return Err(Fault::BadCommand {
            detail: "an option is empty".to_owned(),
        });
    }
    let first = LogProbabilities::new(trunk.logits());
    let mut sums: Vec<f32> = tokens.iter().map(|tokens| first.of(tokens[0])).collect();
    for begin in (0..tokens.len()).step_by(SEQUENCES) {
        let end = tokens.len().min(begin + SEQUENCES);
        for level in levels(&tokens[begin..end]) {
            if job.is_cancelled() {
                prune(trunk);
                return Ok(Err(Reason::Cancelled));
            }
            score(trunk, &level, &tokens[begin..end], &mut sums[begin..end])?;
        }
        prune(trunk);
    }
    let means = sums.iter().zip(&tokens).map(|(sum, tokens)| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "an option has a handful of tokens"
        )]
        let count = tokens.len() as f32;
        sum / count
    });
    Ok(Ok(means.collect()))
}

/// A token that is decoded once for all options that begin with the same tokens up to it.
struct Shared {
    token: LlamaToken,
    /// Its place in those options, from 0.
    place: usize,
    options: Vec<usize>,
}

/// Everything that has to be decoded, in portions that fit a batch, each token after those before it.
fn levels(tokens: &[Vec<LlamaToken>]) -> Vec<Vec<Shared>> {
    let mut shared: BTreeMap<(usize, &[LlamaToken]), Vec<usize>> = BTreeMap::new();
    for (option, tokens) in tokens.iter().enumerate() {
        for place in 0..tokens.len() - 1 {
            shared
                .entry((place, &tokens[..=place]))
                .or_default()
                .push(option);
        }
    }
    let mut levels: Vec<Vec<Shared>> = Vec::new();
    for ((place, beginning), options) in shared {
        let token = beginning[place];
        match levels.last_mut().filter(|level| level.len() < BATCH) {
            Some(level) => level.push(Shared {
                token,
                place,
                options,
            }),
            None => levels.push(vec![Shared {
                token,
                place,
                options,
            }]),
        }
    }
    levels
}

/// Decodes one portion and adds what it says about the tokens that follow.
fn score(
    trunk: &mut Trunk,
    level: &[Shared],
    tokens: &[Vec<LlamaToken>],
    sums: &mut [f32],
) -> Result<(), Fault> {
    trunk.batch.clear();
    for shared in level {
        let sequences: Vec<i32> = shared
            .options
            .iter()
            .map(|option| sequence(*option))
            .collect();
        if shared.place == 0 {
            for sequence in &sequences {
                trunk.branch(*sequence)?;
            }
        }
        trunk
            .batch
            .add(
                shared.token,
                position(trunk.len() + shared.place),
                &sequences,
                true,
            )
            .expect("a portion is no longer than the batch");
    }
    trunk.decode()?;
    for (row, shared) in level.iter().enumerate() {
        let next = LogProbabilities::new(trunk.context.get_logits_ith(position(row)));
        for option in &shared.options {
            // The option ends no earlier: its last token is never among those that are decoded.
            sums[*option] += next.of(tokens[*option][shared.place + 1]);
        }
    }
    Ok(())
}

fn sequence(option: usize) -> i32 {
    position(option + 1)
}

fn prune(trunk: &mut Trunk) {
    for option in 0..SEQUENCES {
        trunk.prune(sequence(option));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_options_have_in_common_is_decoded_once() {
        let option = |tokens: &[i32]| tokens.iter().copied().map(LlamaToken).collect::<Vec<_>>();
        let options = [
            option(&[1, 2, 3]),
            option(&[1, 2, 4]),
            option(&[5]),
            option(&[1, 6]),
        ];
        let levels = levels(&options);
        let found: Vec<(i32, usize, Vec<usize>)> = levels
            .into_iter()
            .flatten()
            .map(|shared| (shared.token.0, shared.place, shared.options))
            .collect();
        assert_eq!(found, [(1, 0, vec![0, 1, 3]), (2, 1, vec![0, 1])]);
    }
}
