//! From the bytes of tokens to pieces of text: whole characters only, and nothing of a stop text.
//!
//! Pure: it knows neither tokens nor the protocol.

/// Puts the bytes of an answer together into pieces that may be shown.
#[derive(Debug)]
pub struct Assembler {
    stops: Vec<String>,
    /// The beginning of a character whose rest has not come yet.
    bytes: Vec<u8>,
    /// Text that might turn out to be the beginning of a stop text.
    held: String,
}

/// What may be shown after some more bytes.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text, possibly empty.
    pub text: String,
    /// Whether a stop text came; then this is the last piece.
    pub stopped: bool,
}

impl Assembler {
    /// An empty answer that ends before the first of `stops`. Empty stop texts are ignored.
    pub fn new(stops: &[String]) -> Self {
        Self {
            stops: stops
                .iter()
                .filter(|stop| !stop.is_empty())
                .cloned()
                .collect(),
            bytes: Vec::new(),
            held: String::new(),
        }
    }

    /// Adds the bytes of one token.
    pub fn push(&mut self, bytes: &[u8]) -> Piece {
        self.bytes.extend_from_slice(bytes);
        self.take_whole_characters();
        if let Some(place) = self
            .stops
            .iter()
            .filter_map(|stop| self.held.find(stop))
            .min()
        {
            self.held.truncate(place);
            return Piece {
                text: std::mem::take(&mut self.held),
                stopped: true,
            };
        }
        let kept = self.held.split_off(self.held.len() - self.possible_stop());
        Piece {
            text: std::mem::replace(&mut self.held, kept),
            stopped: false,
        }
    }

    /// The rest of the answer, once it is known that nothing more comes. Half a character is dropped.
    pub fn finish(self) -> String {
        self.held
    }

    /// Moves whole characters from `bytes` to `held`; what can never become one turns into U+FFFD.
    fn take_whole_characters(&mut self) {
        let mut rest = self.bytes.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.held.push_str(text);
                    rest = &[];
                    break;
                }
                Err(error) => {
                    let (whole, after) = rest.split_at(error.valid_up_to());
                    self.held.push_str(&String::from_utf8_lossy(whole));
                    rest = after;
                    let Some(bad) = error.error_len() else { break };
                    self.held.push(char::REPLACEMENT_CHARACTER);
                    rest = &rest[bad..];
                }
            }
        }
        self.bytes = rest.to_vec();
    }

    /// Length in bytes of the longest end of `held` with which a stop text begins.
    fn possible_stop(&self) -> usize {
        let beginning = |stop: &String| {
            stop.char_indices()
                .map(|(place, _)| &stop[..place])
                .rev()
                .find(|beginning| self.held.ends_with(beginning))
                .map_or(0, str::len)
        };
        self.stops.iter().map(beginning).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feeds the chunks one by one and returns the pieces with the rest, and whether it stopped.
    fn pieces(stops: &[&str], chunks: &[&[u8]]) -> (Vec<String>, bool) {
        let stops: Vec<String> = stops.iter().map(ToString::to_string).collect();
        let mut assembler = Assembler::new(&stops);
        let mut pieces = Vec::new();
        for chunk in chunks {
            let piece = assembler.push(chunk);
            pieces.push(piece.text);
            if piece.stopped {
                return (pieces, true);
            }
        }
        pieces.push(assembler.finish());
        (pieces, false)
    }

    #[test]
    fn characters_cut_between_tokens_come_out_whole() {
        let bytes = "中文🙂".as_bytes();
        for cut in 0..=bytes.len() {
            let (pieces, stopped) = pieces(&[], &[&bytes[..cut], &bytes[cut..]]);
            assert_eq!(pieces.concat(), "中文🙂");
            assert!(!stopped && !pieces.concat().contains(char::REPLACEMENT_CHARACTER));
        }
    }

    #[test]
    fn bytes_that_are_no_character_are_replaced_and_half_a_character_at_the_end_is_dropped() {
        assert_eq!(pieces(&[], &[b"a\xffb"]).0.concat(), "a\u{fffd}b");
        assert_eq!(pieces(&[], &[b"\xe4", b"b"]).0.concat(), "\u{fffd}b");
        assert_eq!(pieces(&[], &[b"a\xe4\xb8"]).0.concat(), "a");
    }

    #[test]
    fn nothing_of_a_stop_text_is_ever_shown() {
        let text = "select 1;\n```\nmore";
        for first in 0..=text.len() {
            for second in first..=text.len() {
                let chunks = [&text[..first], &text[first..second], &text[second..]];
                let (pieces, stopped) = pieces(&["\n```"], &chunks.map(str::as_bytes));
                assert_eq!((pieces.concat().as_str(), stopped), ("select 1;", true));
            }
        }
    }

    #[test]
    fn what_only_looked_like_a_stop_text_is_shown_later() {
        let (pieces, stopped) = pieces(&["END"], &[b"the E", b"N", b"T"]);
        assert_eq!(pieces, ["the ", "", "ENT", ""]);
        assert!(!stopped);
        let (pieces, _) = self::pieces(&["END"], &[b"the EN"]);
        assert_eq!(pieces, ["the ", "EN"]);
    }

    #[test]
    fn the_first_of_several_stop_texts_counts() {
        assert_eq!(pieces(&["c", "b"], &[b"abc"]), (vec!["a".to_owned()], true));
        assert_eq!(
            pieces(&["。", "文"], &["中文。".as_bytes()]),
            (vec!["中".to_owned()], true)
        );
    }

    #[test]
    fn empty_stop_texts_are_ignored() {
        assert_eq!(pieces(&[""], &[b"abc"]).0.concat(), "abc");
    }
}
