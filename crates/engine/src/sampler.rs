//! How the next token is chosen from the logits.
//!
//! Our own and not llama.cpp's chain, for three reasons: a mask of allowed tokens is looked at
//! while scanning, so that nothing is copied; one scan of 150,000 logits finds the few that can be
//! chosen at all; and the random numbers are ours, so that the same seed gives the same answer
//! whatever version of the library is linked.

use llama_cpp_2::token::LlamaToken;
use llguidance::toktrie::SimpleVob;
use protocol::Sampling;

/// Likeliest tokens among which sampling chooses. What lies behind them is noise.
const TOP_K: usize = 40;

/// Chooses the tokens of one answer.
#[derive(Debug, Clone)]
pub struct Sampler {
    sampling: Sampling,
    random: Random,
    /// Tokens of the answer so far, for the penalty; empty without one.
    written: Vec<LlamaToken>,
}

/// A token that may be chosen, and its logit.
type Contender = (f32, LlamaToken);

impl Sampler {
    /// A sampler for one answer.
    pub fn new(sampling: Sampling) -> Self {
        Self {
            sampling,
            random: Random(u64::from(sampling.seed)),
            written: Vec::new(),
        }
    }

    /// The sampler for one candidate of a series. Number 0 takes the likeliest token every time.
    pub fn of_candidate(sampling: Sampling, number: u32) -> Self {
        let mut sampling = sampling;
        if number == 0 {
            sampling.temperature = 0.0;
        }
        let mut sampler = Self::new(sampling);
        // Far apart, so that candidate 1 of seed 1 is not candidate 0 of seed 2.
        sampler.random.0 ^= u64::from(number) << 32;
        sampler
    }

    /// Chooses among the tokens that `allowed` has, or among all. Nothing when none is allowed.
    pub fn choose(&mut self, logits: &[f32], allowed: Option<&SimpleVob>) -> Option<LlamaToken> {
        let keep = if self.sampling.temperature > 0.0 {
            TOP_K
        } else {
            1
        };
        let contenders = if self.has_penalty() {
            let mut logits = logits.to_vec();
            self.penalise(&mut logits);
            best(&logits, allowed, keep)
        } else {
            best(logits, allowed, keep)
        };
        let token = match contenders.as_slice() {
            [] => return None,
            [(_, only)] => *only,
            several => self.draw(several),
        };
        if self.has_penalty() {
            self.written.push(token);
        }
        Some(token)
    }

    #[expect(
        clippy::float_cmp,
        reason = "1 is exactly the value that means no penalty"
    )]
    fn has_penalty(&self) -> bool {
        self.sampling.repeat_penalty != 1.0
    }

    /// The penalty of Keskar et al., "CTRL" (2019), section 4.1.
    fn penalise(&self, logits: &mut [f32]) {
        let mut seen = self.written.clone();
        seen.sort_unstable();
        seen.dedup();
        for token in seen {
            let place = usize::try_from(token.0).ok();
            if let Some(logit) = place.and_then(|place| logits.get_mut(place)) {
                *logit = if *logit > 0.0 {
                    *logit / self.sampling.repeat_penalty
                } else {
                    *logit * self.sampling.repeat_penalty
                };
            }
        }
    }

    /// Softmax at the temperature, cut to the nucleus, then one draw.
    fn draw(&mut self, contenders: &[Contender]) -> LlamaToken {
        let (top, likeliest) = contenders[0];
        let weights: Vec<f64> = contenders
            .iter()
            .map(|(logit, _)| f64::from((logit - top) / self.sampling.temperature).exp())
            .collect();
        let nucleus = weights.iter().sum::<f64>() * f64::from(self.sampling.top_p);
        let mut mass = 0.0;
        let kept = weights
            .iter()
            .take_while(|weight| {
                let is_inside = mass < nucleus;
                mass += **weight;
                is_inside
            })
            .count()
            .max(1);
        let mut point = self.random.next() * weights[..kept].iter().sum::<f64>();
        for (weight, (_, token)) in weights[..kept].iter().zip(contenders) {
            point -= weight;
            if point < 0.0 {
                return *token;
            }
        }
        likeliest
    }
}

/// The `keep` largest logits in falling order; of equal ones the smaller token comes first.
fn best(logits: &[f32], allowed: Option<&SimpleVob>, keep: usize) -> Vec<Contender> {
    let mut best: Vec<Contender> = Vec::with_capacity(keep + 1);
    let mut least = f32::NEG_INFINITY;
    let mut consider = |id: usize, logit: f32| {
        if logit <= least && best.len() == keep || logit.is_nan() {
            return;
        }
        let place = best.partition_point(|(other, _)| *other >= logit);
        best.insert(place, (logit, LlamaToken(i32::try_from(id).unwrap_or(0))));
        best.truncate(keep);
        if best.len() == keep {
            least = best.last().map_or(least, |(logit, _)| *logit);
        }
    };
    match allowed {
        None => {
            for (id, logit) in logits.iter().enumerate() {
                consider(id, *logit);
            }
        }
        Some(allowed) => allowed.iter_set_entries(|id| {
            if let Some(logit) = logits.get(id) {
                consider(id, *logit);
            }
        }),
    }
    best
}

/// The logarithms of the probabilities of tokens, by softmax over all logits.
pub struct LogProbabilities<'a> {
    logits: &'a [f32],
    /// Logarithm of the sum of all exponentials.
    log_sum: f32,
}

impl<'a> LogProbabilities<'a> {
    /// Adds up once what every token needs.
    pub fn new(logits: &'a [f32]) -> Self {
        let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = logits
            .chunks(1024)
            .map(|part| part.iter().map(|logit| (logit - top).exp()).sum::<f32>())
            .sum();
        Self {
            logits,
            log_sum: top + sum.ln(),
        }
    }

    /// The logarithm of one token's probability.
    pub fn of(&self, token: LlamaToken) -> f32 {
        let place = usize::try_from(token.0).ok();
        let logit = place.and_then(|place| self.logits.get(place));
        logit.map_or(f32::NEG_INFINITY, |logit| logit - self.log_sum)
    }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
#[derive(Debug, Clone)]
struct Random(u64);

impl Random {
    /// A number from 0 up to, but not including, 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        #[expect(
            clippy::cast_precision_loss,
            reason = "53 bits are what a double holds"
        )]
        let fraction = (mixed >> 11) as f64;
        fraction / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sampling(temperature: f32, top_p: f32, seed: u32) -> Sampling {
        Sampling {
            temperature,
            top_p,
            seed,
            repeat_penalty: 1.0,
        }
    }

    /// How often each of three tokens is chosen in a thousand draws.
    fn counts(sampling: Sampling, allowed: Option<&SimpleVob>) -> [usize; 3] {
        let logits = [1.0_f32.ln(), 2.0_f32.ln(), 7.0_f32.ln()];
        let mut sampler = Sampler::new(sampling);
        let mut counts = [0; 3];
        for _ in 0..1000 {
            counts[usize::try_from(sampler.choose(&logits, allowed).unwrap().0).unwrap()] += 1;
        }
        counts
    }

    #[test]
    fn the_likeliest_is_taken_without_temperature() {
        assert_eq!(counts(sampling(0.0, 1.0, 5), None), [0, 0, 1000]);
        let only_two = SimpleVob::from_slice(&[true, true, false]);
        assert_eq!(counts(sampling(0.0, 1.0, 5), Some(&only_two)), [0, 1000, 0]);
    }

    #[test]
    fn draws_follow_the_probabilities() {
        let [one, two, seven] = counts(sampling(1.0, 1.0, 1), None);
        assert!((60..140).contains(&one), "{one}");
        assert!((150..250).contains(&two), "{two}");
        assert!((640..760).contains(&seven), "{seven}");
        // 0.7 and 0.2 make up nine tenths: the third is outside the nucleus.
        assert_eq!(counts(sampling(1.0, 0.85, 1), None)[0], 0);
        assert_eq!(counts(sampling(1.0, 0.6, 1), None), [0, 0, 1000]);
    }

    #[test]
    fn the_same_seed_draws_the_same() {
        let draws = |seed| counts(sampling(1.0, 1.0, seed), None);
        assert_eq!(draws(7), draws(7));
        assert_ne!(draws(7), draws(8));
    }

    #[test]
    fn a_penalty_turns_to_what_was_not_written_yet() {
        let mut sampler = Sampler::new(Sampling {
            repeat_penalty: 4.0,
            ..Sampling::GREEDY
        });
        let logits = [1.0, 2.0, 3.0];
        let chosen: Vec<i32> = (0..3)
            .map(|_| sampler.choose(&logits, None).unwrap().0)
            .collect();
        assert_eq!(chosen, [2, 1, 0]);
    }

    #[test]
    fn nothing_is_chosen_when_nothing_is_allowed() {
        let none = SimpleVob::from_slice(&[false, false, false]);
        assert_eq!(
            Sampler::new(Sampling::GREEDY).choose(&[1.0, 2.0, 3.0], Some(&none)),
            None
        );
    }

    #[test]
    fn probabilities_add_up_to_one() {
        let logits = [0.5, -1.0, 3.0];
        let probabilities = LogProbabilities::new(&logits);
        let sum: f32 = (0..3)
            .map(|id| probabilities.of(LlamaToken(id)).exp())
            .sum();
        assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    }
}
