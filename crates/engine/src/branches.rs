//! Answers to one prompt, growing side by side from the same trunk.
//!
//! Decoding one token reads every weight of the model; decoding eight at once reads them once as
//! well. So several answers are decoded together, one token of each in a batch, and when one is
//! complete the next of the series takes its place. Text that a constraint forces is put into the
//! same batch whole, and so are guesses at what comes next.

use std::ops::Range;

use llama_cpp_2::token::LlamaToken;
use protocol::{Event, Fault, Reason};

use crate::branch::{Branch, Wish};
use crate::constraint::Grammars;
use crate::trunk::{BATCH, Trunk, position};
use crate::{guess, outlet};

/// Answers that are decoded at once. llama.cpp's kernels take tokens by fours.
pub const WIDTH: usize = 8;

/// The answers to one request.
pub struct Branches<'work> {
    trunk: &'work mut Trunk,
    grammars: &'work mut Grammars,
    wish: Wish<'work>,
    /// What only the answer with this number has of the prompt, by number.
    own: &'work [Vec<LlamaToken>],
    growing: Vec<Branch>,
    /// Sequences that no answer has.
    free: Vec<i32>,
    /// Milliseconds until the first token; 0 before it.
    pub first_token_ms: u64,
    /// Tokens written, all answers together.
    pub output: u32,
}

impl<'work> Branches<'work> {
    /// At most `width` answers at once, from a trunk that was read. `own`: the rest of the prompt for
    /// each of them, where it goes on in several ways.
    pub fn new(
        trunk: &'work mut Trunk,
        grammars: &'work mut Grammars,
        wish: Wish<'work>,
        own: &'work [Vec<LlamaToken>],
        width: usize,
    ) -> Self {
        Self {
            trunk,
            grammars,
            wish,
            own,
            growing: Vec::new(),
            free: (1..=position(width)).rev().collect(),
            first_token_ms: 0,
            output: 0,
        }
    }

    /// Grows the answers with these numbers. The reason is that of the last that was complete.
    pub fn grow(&mut self, mut numbers: Range<u32>) -> Result<Reason, Fault> {
        let mut last = Reason::Stop;
        loop {
            self.begin(&mut numbers)?;
            last = self.gather().unwrap_or(last);
            if self.growing.is_empty() && numbers.start >= numbers.end {
                return Ok(last);
            }
            if self.wish.job.is_cancelled() {
                for branch in std::mem::take(&mut self.growing) {
                    self.trunk.prune(branch.sequence);
                }
                return Ok(Reason::Cancelled);
            }
            if !self.growing.is_empty() {
                self.step()?;
            }
        }
    }

    /// Begins as many answers as there is room for.
    fn begin(&mut self, numbers: &mut Range<u32>) -> Result<(), Fault> {
        while numbers.start < numbers.end
            && let Some(sequence) = self.free.pop()
        {
            let number = numbers.start;
            numbers.start += 1;
            let guide = match self.wish.constraint(number) {
                Some(constraint) => Some(self.grammars.guide(constraint)?),
                None => None,
            };
            let own = usize::try_from(number)
                .ok()
                .and_then(|place| self.own.get(place))
                .map_or(&[] as &[LlamaToken], Vec::as_slice);
            let mut branch = Branch::new(self.wish, number, sequence, guide, own);
            self.trunk.branch(sequence)?;
            if !branch.begin(self.wish) && branch.ended.is_none() {
                branch.choose(self.wish, self.trunk.logits())?;
            }
            // Behind a part of its own an answer begins later, when that has been read.
            if self.first_token_ms == 0 && self.own.is_empty() {
                self.first_token_ms = self.wish.job.elapsed_ms();
            }
            self.growing.push(branch);
        }
        Ok(())
    }

    /// Takes out the answers that are complete. The reason of the last of them.
    fn gather(&mut self) -> Option<Reason> {
        let mut last = None;
        for branch in self.growing.extract_if(.., |branch| branch.ended.is_some()) {
            let Some(reason) = branch.ended else { continue };
            last = Some(reason);
            self.output += branch.output;
            let is_alone = self.wish.request.candidates.is_none() && self.own.is_empty();
            if is_alone {
                self.trunk.adopt(branch.sequence, &branch.decoded);
            } else {
                outlet::say(&Event::Candidate {
                    id: self.wish.job.id,
                    number: branch.number,
                    text: branch.text,
                    reason,
                });
            }
            self.trunk.prune(branch.sequence);
            self.free.push(branch.sequence);
        }
        last
    }

    /// Decodes what is certain of every answer and chooses what comes next.
    fn step(&mut self) -> Result<(), Fault> {
        let rows = self.fill();
        self.trunk.decode()?;
        let begin = self.trunk.len();
        for (branch, row) in self.growing.iter_mut().zip(rows) {
            branch.decoded.extend(branch.certain.drain(..row.certain));
            // A long forced text takes several steps before anything is to be chosen.
            if !branch.certain.is_empty() {
                continue;
            }
            if self.first_token_ms == 0 {
                self.first_token_ms = self.wish.job.elapsed_ms();
            }
            let mut place = row.last;
            let mut right = 0;
            loop {
                branch.choose(self.wish, self.trunk.context.get_logits_ith(place))?;
                let is_guessed =
                    branch.ended.is_none() && branch.certain.first() == row.guessed.get(right);
                if !is_guessed || branch.certain.len() != 1 {
                    break;
                }
                branch.decoded.append(&mut branch.certain);
                right += 1;
                place += 1;
            }
            if right < row.guessed.len() {
                self.trunk
                    .cut_branch(branch.sequence, begin + branch.decoded.len());
            }
        }
        Ok(())
    }

    /// Puts the next portion of every answer into the batch.
    fn fill(&mut self) -> Vec<Row> {
        let share = BATCH / self.growing.len();
        let is_alone = self.growing.len() == 1;
        let begin = self.trunk.len();
        self.trunk.batch.clear();
        let mut rows = Vec::with_capacity(self.growing.len());
        for branch in &self.growing {
            let certain = branch.certain.len().min(share);
            let is_whole = certain == branch.certain.len();
            let guessed = match is_alone && is_whole && !branch.is_guided() {
                true => {
                    guess::next(&[self.trunk.tokens(), &branch.decoded, &branch.certain].concat())
                        .to_vec()
                }
                false => Vec::new(),
            };
            let first = begin + branch.decoded.len();
            let tokens = branch.certain[..certain].iter().chain(&guessed);
            for (place, token) in tokens.enumerate() {
                let wants_logits = is_whole && place + 1 >= certain;
                self.trunk
                    .batch
                    .add(
                        *token,
                        position(first + place),
                        &[branch.sequence],
                        wants_logits,
                    )
                    .expect("the shares of all answers together are no longer than the batch");
            }
            let guesses = position(guessed.len());
            let last = self.trunk.batch.n_tokens() - 1 - guesses;
            rows.push(Row {
                certain,
                last,
                guessed,
            });
        }
        rows
    }
}

/// An answer's part of a batch.
struct Row {
    /// How many of its certain tokens are in it.
    certain: usize,
    /// Place of the last of them.
    last: i32,
    /// The guesses that follow it.
    guessed: Vec<LlamaToken>,
}
