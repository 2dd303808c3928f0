//! A small model that guesses for a large one: does it pay on this machine?
//!
//! The small model writes a few tokens, the large one reads them in one batch and keeps those that
//! it would have written itself. This is the textbook loop, greedy on both sides; the text is the
//! same as the large model's alone.

use std::path::Path;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::token::LlamaToken;

use crate::Options;
use crate::bare::{self, Bare};
use crate::cases;
use figures::{Table, median};

const TOKENS: usize = 96;

/// Measures it against the large model alone.
pub fn try_it(options: &Options, draft: &Path, table: &mut Table) {
    let large = Bare::load(&options.model);
    let small = Bare::load(draft);
    for guesses in [2, 3, 5] {
        let mut ratios = Vec::new();
        let mut kept = Vec::new();
        for _ in 0..options.rounds.min(3) {
            let alone = large.write(&cases::essay(), TOKENS, None);
            let (seconds, share, tokens) = together(&large, &small, guesses);
            assert_eq!(
                tokens[..48],
                alone.tokens[..48],
                "a draft must not change the text"
            );
            ratios.push(alone.rest.as_secs_f64() / seconds);
            kept.push(share);
        }
        table.report(
            &format!("0.5B drafts {guesses} tokens: speed / 1.5B alone"),
            median(&ratios),
        );
        table.report(
            &format!("0.5B drafts {guesses} tokens: share kept"),
            median(&kept),
        );
    }
}

/// A context and the tokens that are in it.
struct Reader {
    context: LlamaContext<'static>,
    batch: LlamaBatch<'static>,
    tokens: Vec<LlamaToken>,
}

impl Reader {
    fn new(bare: &Bare, prompt: &[LlamaToken]) -> Self {
        let mut reader = Self {
            context: bare.context(),
            batch: LlamaBatch::new(512, 1),
            tokens: prompt.to_vec(),
        };
        bare::read(&mut reader.context, &mut reader.batch, prompt);
        reader
    }

    /// Reads tokens and returns what it would write behind each of them.
    fn take(&mut self, tokens: &[LlamaToken]) -> Vec<LlamaToken> {
        self.batch.clear();
        for token in tokens {
            let place = i32::try_from(self.tokens.len()).unwrap();
            self.batch.add(*token, place, &[0], true).unwrap();
            self.tokens.push(*token);
        }
        self.context.decode(&mut self.batch).unwrap();
        (0..tokens.len())
            .map(|place| likeliest(self.context.get_logits_ith(i32::try_from(place).unwrap())))
            .collect()
    }

    fn cut(&mut self, length: usize) {
        let from = u32::try_from(length).unwrap();
        self.context
            .clear_kv_cache_seq(Some(0), Some(from), None)
            .unwrap();
        self.tokens.truncate(length);
    }
}

fn likeliest(logits: &[f32]) -> LlamaToken {
    let mut best = 0;
    for (place, logit) in logits.iter().enumerate() {
        if *logit > logits[best] {
            best = place;
        }
    }
    LlamaToken(i32::try_from(best).unwrap())
}

/// Seconds behind the prompt, the share of guesses that were kept, and the text.
fn together(large: &Bare, small: &Bare, guesses: usize) -> (f64, f64, Vec<LlamaToken>) {
    let prompt = large.tokens(&cases::essay());
    let (last, begin) = prompt.split_last().unwrap();
    let mut large = Reader::new(large, begin);
    let mut small = Reader::new(small, begin);
    let start = large.take(&[*last])[0];
    small.take(&[*last]);
    let clock = Instant::now();
    let mut text = vec![start];
    let (mut guessed, mut kept) = (0, 0);
    while text.len() < TOKENS {
        let known = large.tokens.len();
        // What the small model has not read yet of what was written.
        let behind = text[small.tokens.len() - prompt.len()..].to_vec();
        let mut guess = vec![*small.take(&behind).last().unwrap()];
        while guess.len() < guesses {
            guess.push(small.take(&guess[guess.len() - 1..])[0]);
        }
        let mut asked = vec![*text.last().unwrap()];
        asked.extend(&guess);
        let written = large.take(&asked);
        let right = guess
            .iter()
            .zip(&written)
            .take_while(|(one, other)| one == other)
            .count();
        text.extend(&written[..=right]);
        guessed += guess.len();
        kept += right;
        large.cut(known + 1 + right);
        small.cut(small.tokens.len().min(known + 1 + right));
    }
    (
        clock.elapsed().as_secs_f64(),
        kept as f64 / guessed as f64,
        text,
    )
}
