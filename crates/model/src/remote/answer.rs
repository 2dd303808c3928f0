//! An answer as it grows: its text, which of it may be shown, where it ends.
//!
//! Services keep stop texts in their own ways, and some only a few of them, so they are looked
//! for here too. For that the end of the text is held back while it may be the beginning of one.
//!
//! A remote model cannot be led by giving it the beginning of its answer, as the local one can; it
//! is told in words, and may still talk first. So where an opening is wanted, stop texts count
//! only behind it: the end of a fenced block looks like the beginning of one.

use std::time::{Duration, Instant};

use crate::{Listener, News, Prompt, Reason, Usage};

/// What one text of a service means.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Delta {
    /// Some of the answer.
    Text(String),
    /// Some words of why there will be no answer.
    Refusal(String),
    /// Tokens so far. What is not known yet is absent.
    Usage(Tokens),
    /// How likely tokens were in the place of the first one, as natural logarithms.
    Scores(Vec<(String, f64)>),
    /// Why the answer is over. More deltas may follow.
    End(End),
    /// Nothing more will follow.
    Close,
    /// An error in the middle of an answer.
    Fault {
        /// The HTTP status that it stands for.
        status: u16,
        /// What was said.
        detail: String,
    },
}

/// Why a service's answer is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// It is complete.
    Stop,
    /// There was no room for more.
    Length,
    /// The service or the model would not, for this reason.
    Declined(String),
}

/// Tokens as a service counts them, as far as it has told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tokens {
    pub prompt: Option<u64>,
    pub cached: Option<u64>,
    pub output: Option<u64>,
}

impl Tokens {
    fn learn(&mut self, news: Self) {
        self.prompt = news.prompt.or(self.prompt);
        self.cached = news.cached.or(self.cached);
        self.output = news.output.or(self.output);
    }

    fn usage(self) -> Usage {
        let number = |count: Option<u64>| u32::try_from(count.unwrap_or(0)).unwrap_or(u32::MAX);
        Usage {
            prompt: number(self.prompt),
            cached: number(self.cached),
            output: number(self.output),
        }
    }
}

/// An answer that is being read.
pub(super) struct Answer<'a> {
    sink: Listener<'a>,
    stop: &'a [String],
    opening: &'a str,
    /// From where on stop texts count.
    counts_from: Option<usize>,
    started: Instant,
    text: String,
    shown: usize,
    refusal: String,
    tokens: Tokens,
    scores: Option<Vec<(String, f64)>>,
    end: Option<End>,
    first: Option<Duration>,
}

impl<'a> Answer<'a> {
    /// Nothing yet. The clock runs from `started`.
    pub(super) fn new(sink: Listener<'a>, prompt: &'a Prompt, started: Instant) -> Self {
        let opening = prompt.opening.trim();
        Self {
            sink,
            stop: &prompt.stop,
            opening,
            counts_from: opening.is_empty().then_some(0),
            started,
            text: String::new(),
            shown: 0,
            refusal: String::new(),
            tokens: Tokens::default(),
            scores: None,
            end: None,
            first: None,
        }
    }

    /// Whether any of it was shown, so that it cannot be asked for again in silence.
    pub(super) fn was_shown(&self) -> bool {
        self.shown > 0
    }

    /// Why it is over, if it is.
    pub(super) fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// Its text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How likely tokens were in the place of the first one, if that was told.
    pub(super) fn scores(&self) -> Option<&[(String, f64)]> {
        self.scores.as_deref()
    }

    /// Tokens used so far.
    pub(super) fn usage(&self) -> Usage {
        self.tokens.usage()
    }

    /// How long it took until the first of its text.
    pub(super) fn first(&self) -> Option<Duration> {
        self.first
    }

    /// Takes what came. Whether anything more is wanted.
    pub(super) fn take(&mut self, delta: Delta) -> bool {
        match delta {
            Delta::Text(piece) => return self.grow(&piece),
            Delta::Refusal(words) => self.refusal.push_str(&words),
            Delta::Usage(tokens) => self.tokens.learn(tokens),
            Delta::Scores(scores) => {
                self.scores.get_or_insert(scores);
            }
            Delta::End(end) => self.end = Some(end),
            Delta::Close => {
                self.end.get_or_insert(End::Stop);
                return false;
            }
            // Whoever reads the deltas has seen it before.
            Delta::Fault { .. } => return false,
        }
        true
    }

    fn grow(&mut self, piece: &str) -> bool {
        if piece.is_empty() {
            return true;
        }
        self.first.get_or_insert_with(|| self.started.elapsed());
        let before = self.text.len();
        self.text.push_str(piece);
        let Some(start) = self.counts_from.or_else(|| self.find_opening(before)) else {
            self.show(self.text.len());
            return true;
        };
        self.counts_from = Some(start);
        let from = self.shown.max(start);
        if let Some(place) = first_stop(&self.text[from..], self.stop) {
            self.text.truncate(from + place);
            self.end = Some(End::Stop);
            self.show(self.text.len());
            return false;
        }
        let held = held_back(&self.text[from..], self.stop);
        self.show(self.text.len() - held);
        true
    }

    /// Where the opening ends that was completed by what came after `before`.
    fn find_opening(&self, before: usize) -> Option<usize> {
        let start = before.saturating_sub(self.opening.len());
        let start = self.text.floor_char_boundary(start);
        let place = self.text[start..].find(self.opening)?;
        Some(start + place + self.opening.len())
    }

    fn show(&mut self, end: usize) {
        if end > self.shown {
            (self.sink)(News::Piece(&self.text[self.shown..end]));
            self.shown = end;
        }
    }

    /// Nothing more will come: shows what was held back, and says how it ended.
    pub(super) fn close(&mut self) -> Result<Reason, String> {
        self.show(self.text.len());
        if !self.refusal.is_empty() {
            return Err(std::mem::take(&mut self.refusal));
        }
        match self.end.take() {
            Some(End::Length) => Ok(Reason::Length),
            Some(End::Declined(why)) => Err(why),
            Some(End::Stop) | None => Ok(Reason::Stop),
        }
    }
}

/// Where the first of some stop texts begins.
fn first_stop(text: &str, stop: &[String]) -> Option<usize> {
    let places = stop.iter().filter(|stop| !stop.is_empty());
    places.filter_map(|stop| text.find(stop.as_str())).min()
}

/// How many bytes at the end of a text may be the beginning of a stop text.
fn held_back(text: &str, stop: &[String]) -> usize {
    let beginnings = stop.iter().flat_map(|stop| {
        stop.char_indices()
            .map(|(place, letter)| &stop[..place + letter.len_utf8()])
    });
    beginnings
        .filter(|beginning| text.ends_with(beginning))
        .map(str::len)
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    fn prompt(opening: &str, stop: &[&str]) -> Prompt {
        Prompt {
            messages: Vec::new(),
            preset: 0,
            lead: 0,
            opening: opening.to_owned(),
            max_tokens: 1,
            sampling: crate::Sampling::GREEDY,
            stop: stop.iter().map(|&text| text.to_owned()).collect(),
            constraint: None,
            adapter: None,
        }
    }

    /// Pieces, stop texts, the text that remains, and whether it was stopped early.
    fn check(pieces: &[&str], stop: &[&str], expected: &str, is_stopped: bool) {
        check_opened("", pieces, stop, expected, is_stopped);
    }

    /// As [`check`], behind an opening.
    fn check_opened(
        opening: &str,
        pieces: &[&str],
        stop: &[&str],
        expected: &str,
        is_stopped: bool,
    ) {
        let shown = Mutex::new(Vec::new());
        let sink = |news: News<'_>| {
            let News::Piece(piece) = news else { return };
            shown.lock().unwrap().push(piece.to_owned());
        };
        let prompt = prompt(opening, stop);
        let mut answer = Answer::new(&sink, &prompt, Instant::now());
        let goes_on = pieces
            .iter()
            .all(|&piece| answer.take(Delta::Text(piece.to_owned())));
        assert_eq!(answer.close(), Ok(Reason::Stop));
        assert_eq!(
            (answer.text(), goes_on),
            (expected, !is_stopped),
            "{pieces:?}"
        );
        let shown = shown.lock().unwrap();
        assert_eq!(shown.concat(), expected, "what is shown is the text");
        assert!(!shown.iter().any(String::is_empty));
    }

    #[test]
    fn an_answer_ends_before_the_first_stop_text() {
        check(&["a", "b"], &[], "ab", false);
        check(&["ab;c"], &[";"], "ab", true);
        check(&["ab", "-", "-", "c"], &["--"], "ab", true);
        check(&["ab-", "c"], &["--"], "ab-c", false);
        check(&["ab-"], &["--"], "ab-", false);
        check(&["a中", "文b"], &["中文"], "a", true);
        check(&["x---y"], &["--y", "---"], "x", true);
        check(&["", "a"], &["", "b"], "a", false);
        check(&["aab"], &["ab"], "a", true);
        check(&[";"], &[";"], "", true);
    }

    #[test]
    fn behind_an_opening_alone_stop_texts_count() {
        let check = |pieces: &[&str], expected: &str, is_stopped| {
            check_opened("```sql\n", pieces, &["\n```", ";```"], expected, is_stopped);
        };
        check(&["```sql\nSELECT 1\n```\nThis"], "```sql\nSELECT 1", true);
        check(
            &["Here:\n```sql\nSELECT 1\n```"],
            "Here:\n```sql\nSELECT 1",
            true,
        );
        check(
            &["Here:\n``", "`s", "ql", "\nSELECT 1", "\n``", "`"],
            "Here:\n```sql\nSELECT 1",
            true,
        );
        check(
            &["é\n```SQL\nSELECT 1\n```"],
            "é\n```SQL\nSELECT 1\n```",
            false,
        );
        check(&["SELECT 1"], "SELECT 1", false);
    }

    #[test]
    fn what_is_told_later_goes_before() {
        let prompt = prompt("", &[]);
        let mut answer = Answer::new(&|_| {}, &prompt, Instant::now());
        let count = |prompt, cached, output| {
            Delta::Usage(Tokens {
                prompt,
                cached,
                output,
            })
        };
        assert!(answer.take(count(Some(7), None, Some(1))));
        assert!(answer.take(Delta::End(End::Length)));
        assert!(answer.take(count(None, Some(3), Some(u64::MAX))));
        assert!(!answer.take(Delta::Close));
        let usage = Usage {
            prompt: 7,
            cached: 3,
            output: u32::MAX,
        };
        assert_eq!(
            (answer.usage(), answer.close()),
            (usage, Ok(Reason::Length))
        );
    }

    #[test]
    fn a_refusal_is_no_answer() {
        for deltas in [
            vec![
                Delta::Refusal("I ".to_owned()),
                Delta::Refusal("won't".to_owned()),
                Delta::End(End::Stop),
            ],
            vec![Delta::End(End::Declined("I won't".to_owned()))],
        ] {
            let prompt = prompt("", &[]);
            let mut answer = Answer::new(&|_| {}, &prompt, Instant::now());
            for delta in deltas {
                answer.take(delta);
            }
            assert_eq!(answer.close(), Err("I won't".to_owned()));
        }
    }
}
