//! Guessing what comes next by looking it up: answers often repeat what stands in the prompt (names
//! of columns, a page that is being changed).
//!
//! The end of the text is looked for in what came before; what followed it there is the guess.
//! Guesses are decoded in the same batch as the token that is certain, which costs little because
//! the weights are read anyway, and they only count where the sampler chooses the same tokens. So
//! they change how long an answer takes and never what it says. The idea is Saxena's "prompt
//! lookup decoding" (2023).

use llama_cpp_2::token::LlamaToken;

/// Most tokens of a guess. With the certain token they make four, the width of llama.cpp's kernels.
pub const MOST: usize = 3;

/// How long an end has to be found again. Shorter ones are guesses too often wrong.
const LONGEST_END: usize = 4;
const SHORTEST_END: usize = 2;

/// What may follow `text`, from its own past.
pub fn next(text: &[LlamaToken]) -> &[LlamaToken] {
    for length in (SHORTEST_END..=LONGEST_END).rev() {
        let Some(begin) = text.len().checked_sub(length) else {
            continue;
        };
        let end = &text[begin..];
        // The most recent occurrence is the likeliest to go on the same way.
        let found = text[..text.len() - 1]
            .windows(length)
            .rposition(|window| window == end);
        if let Some(place) = found {
            let after = place + length;
            return &text[after..text.len().min(after + MOST)];
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &[i32], expected: &[i32]) {
        let text: Vec<LlamaToken> = text.iter().copied().map(LlamaToken).collect();
        let guessed: Vec<i32> = next(&text).iter().map(|token| token.0).collect();
        assert_eq!(guessed, expected, "{text:?}");
    }

    #[test]
    fn what_followed_before_is_guessed() {
        check(&[], &[]);
        check(&[1], &[]);
        check(&[1, 2, 3], &[]);
        check(&[1, 2, 9, 8, 7, 6, 1, 2], &[9, 8, 7]);
        check(&[1, 2, 9, 1, 2, 8, 5, 1, 2], &[8, 5, 1]);
        check(&[4, 1, 2, 9, 5, 1, 2, 8, 4, 1, 2], &[9, 5, 1]);
        check(&[1, 1, 1], &[1]);
    }
}
