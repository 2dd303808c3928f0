//! Holding sentences against the facts. Every move, square, piece, number and word of the trade in
//! a sentence must come from one fact, or from two that it joins, and be done there by the same
//! ([`Deeds`]); a sentence with anything else in it is cut. What it says besides cannot be checked and is kept harmless by the list of words that
//! no fact has.

use std::collections::BTreeSet;

use shakmaty::san::San;

use super::Language;
use super::deeds::{self, Deeds};
use super::simplified::is_simplified_only;
use super::vocabulary::{DENIALS, PIECES, VOCABULARY};

/// What is left of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// Sentences that the facts cover.
    pub kept: Vec<Kept>,
    /// How many were cut.
    pub cut: usize,
}

/// A sentence that the facts cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The sentence.
    pub sentence: String,
    /// The facts of which it says the better part, by their indices; what it only touches on is not
    /// among them.
    pub tells: Vec<usize>,
}

/// Keeps the sentences of `text` that the facts cover. `facts` are sentences of code's own making.
#[must_use]
pub fn judge(text: &str, facts: &[String], language: Language) -> Judged {
    hold(sentences(text), facts, language)
}

/// The same for a text that is still being written: what may not be a whole sentence yet is neither
/// kept nor cut.
#[must_use]
pub fn judge_complete(written: &str, facts: &[String], language: Language) -> Judged {
    hold(telling(split(written).0), facts, language)
}

/// Keeps what the facts cover.
fn hold(sentences: Vec<String>, facts: &[String], language: Language) -> Judged {
    let best = facts.first().and_then(|lead| deeds::best_of(lead));
    let facts: Vec<Claims> = facts
        .iter()
        .map(|fact| Claims {
            deeds: Deeds::of_fact(fact, best.as_deref()),
            ..Claims::of(fact)
        })
        .collect();
    let mut judged = Judged {
        kept: vec![],
        cut: 0,
    };
    for sentence in sentences {
        let sentence = ended(sentence, language);
        let claims = Claims::of(&sentence);
        let is_in_language = match language {
            Language::English => sentence.is_ascii() || !has_chinese(&sentence),
            Language::Traditional => {
                has_chinese(&sentence) && !sentence.chars().any(is_simplified_only)
            }
            Language::Simplified => has_chinese(&sentence),
        };
        let is_new = judged.kept.iter().all(|kept| kept.sentence != sentence);
        let is_whole = language != Language::English || deeds::is_a_sentence(&sentence);
        let may_be_kept = is_in_language && is_new && is_whole && claims.is_telling();
        match claims.cover(&facts).filter(|_| may_be_kept) {
            Some(tells) => judged.kept.push(Kept { sentence, tells }),
            None => judged.cut += 1,
        }
    }
    judged
}

/// With a full stop behind a line that was cut short.
fn ended(mut sentence: String, language: Language) -> String {
    if sentence.ends_with('…') {
        sentence.push(match language {
            Language::English => '.',
            Language::Traditional | Language::Simplified => '。',
        });
    }
    sentence
}

fn has_chinese(text: &str) -> bool {
    text.chars()
        .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter))
}

/// Sentences with their full stops.
fn sentences(text: &str) -> Vec<String> {
    let (mut all, rest) = split(text);
    all.push(rest);
    telling(all)
}

/// Those that say anything, without the marks of a list before them.
fn telling(sentences: Vec<String>) -> Vec<String> {
    let stripped = sentences.into_iter().map(|sentence| {
        let sentence = sentence.trim();
        sentence.trim_start_matches(['-', '*', ' ']).to_owned()
    });
    stripped
        .filter(|sentence| sentence.chars().any(char::is_alphanumeric))
        .collect()
}

/// Sentences as they stand, and what comes after the last that is surely one.
fn split(text: &str) -> (Vec<String>, String) {
    let mut all = Vec::new();
    let mut now = String::new();
    let letters: Vec<char> = text.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        now.push(*letter);
        let next = letters.get(index + 1);
        let is_digit_before = index > 0 && letters.get(index - 1).is_some_and(char::is_ascii_digit);
        let ends = match letter {
            '。' | '！' | '？' | '\n' => true,
            // A line that is cut short ends its sentence, whether a full stop follows or not.
            '…' => letters[index + 1..]
                .iter()
                .find(|next| !next.is_whitespace())
                .is_some_and(|next| next.is_alphanumeric()),
            // Not within a figure, nor after the number of a move.
            '.' | '!' | '?' => {
                next.is_some_and(|next| next.is_whitespace())
                    && !(is_digit_before && now.trim().len() <= 3)
            }
            _ => false,
        };
        if ends {
            all.push(std::mem::take(&mut now));
        }
    }
    (all, now)
}

/// What a sentence claims, as far as it can be checked.
#[derive(Debug, Default, PartialEq, Eq)]
struct Claims {
    things: BTreeSet<String>,
    /// Whose the pieces are that it puts on squares, where it says so. Not among the things, so that a
    /// sentence tells as much of a fact without it.
    owners: BTreeSet<String>,
    /// Who does what. Not among the things either.
    deeds: Deeds,
    /// Whether it denies something.
    denies: bool,
}

impl Claims {
    fn of(sentence: &str) -> Self {
        let mut claims = Self::default();
        claims.moves_and_figures(sentence);
        let lower = format!(
            " {} ",
            sentence.to_lowercase().replace(
                |letter: char| letter.is_ascii_punctuation() && letter != '-',
                " "
            )
        );
        for (thing, words) in VOCABULARY {
            if words.iter().any(|word| lower.contains(word)) {
                claims.things.insert((*thing).to_owned());
            }
        }
        claims.pairs(sentence);
        claims.deeds = Deeds::of(sentence);
        claims.denies = DENIALS.iter().any(|word| lower.contains(word));
        claims
    }

    /// Words that are made of Latin letters and figures: moves, squares, numbers.
    fn moves_and_figures(&mut self, sentence: &str) {
        for word in latin_words(sentence) {
            if let Some(square) = square(word) {
                self.things.insert(format!("square {square}"));
            } else if let Ok(san) = San::from_ascii(word.as_bytes()) {
                self.things.insert(format!("move {san}"));
                if let San::Normal { to, .. } = san {
                    self.things.insert(format!("square {to}"));
                }
            } else if word
                .chars()
                .all(|letter| letter.is_ascii_digit() || letter == '.')
            {
                self.things.insert(format!("figure {word}"));
            } else if word.chars().any(|letter| letter.is_ascii_digit()) {
                // Neither a move nor a square: nothing that could be checked.
                self.things.insert(format!("unknown {word}"));
            }
        }
    }

    /// Which piece is said to stand where.
    fn pairs(&mut self, sentence: &str) {
        let lower = sentence.to_lowercase();
        for (role, words) in PIECES {
            for word in words.iter() {
                for (at, _) in lower.match_indices(word) {
                    let (before, after) = (&lower[..at], &lower[at + word.len()..]);
                    let named = after
                        .strip_prefix(" on ")
                        .or_else(|| after.strip_prefix(" at "))
                        .and_then(|rest| rest.get(..2))
                        .or_else(|| chinese_square(before));
                    if let Some(square) = named.and_then(square) {
                        self.things.insert(format!("{role} on {square}"));
                        let owner = owner(before);
                        let owned = owner.map(|side| format!("{side} {role} on {square}"));
                        self.owners.extend(owned);
                    }
                }
            }
        }
    }

    /// Whether it says anything that can be checked.
    fn is_telling(&self) -> bool {
        !self.things.is_empty()
    }

    /// The facts that it tells, where one fact, or two together, say all of it.
    fn cover(&self, facts: &[Self]) -> Option<Vec<usize>> {
        let covers = |one: &Self, two: &Self| {
            let is_said = |thing: &String| one.things.contains(thing) || two.things.contains(thing);
            let is_owned =
                |piece: &String| one.owners.contains(piece) || two.owners.contains(piece);
            self.denies == (one.denies || two.denies)
                && self.things.iter().all(is_said)
                && self.owners.iter().all(is_owned)
                && self.deeds.are_in(&one.deeds, &two.deeds)
        };
        let pairs = facts.iter().enumerate().flat_map(|(index, one)| {
            let others = facts.iter().enumerate().skip(index);
            others.map(move |(other, two)| (index, one, other, two))
        });
        // One fact alone before any two.
        let (alone, together): (Vec<_>, Vec<_>) = pairs.partition(|pair| pair.0 == pair.2);
        let (one, _, other, _) = alone
            .into_iter()
            .chain(together)
            .find(|(_, one, _, two)| covers(one, two))?;
        let mut told = vec![one, other];
        told.dedup();
        told.retain(|index| facts.get(*index).is_some_and(|fact| self.tells(fact)));
        Some(told)
    }

    /// Whether it says the better part of a fact.
    fn tells(&self, fact: &Self) -> bool {
        let said = fact.things.intersection(&self.things).count();
        said * 2 >= fact.things.len()
    }
}

/// A square before `的`, as in `e5 的馬`.
fn chinese_square(before: &str) -> Option<&str> {
    let before = before.strip_suffix('的')?.trim_end();
    before.get(before.len().checked_sub(2)?..)
}

/// Whose the piece is that is named next, as in `White's rook on e5` and `白方 e5 的車`.
fn owner(before: &str) -> Option<&'static str> {
    let whose = match chinese_square(before) {
        Some(square) => before.rsplit_once(square)?.0,
        None => before,
    };
    let whose = whose.trim_end();
    let ends = |words: [&str; 4]| words.iter().any(|word| whose.ends_with(word));
    if ends(["white's", "white’s", "white", "白方"]) {
        Some("white")
    } else if ends(["black's", "black’s", "black", "黑方"]) {
        Some("black")
    } else {
        None
    }
}

fn square(word: &str) -> Option<&str> {
    let mut letters = word.chars();
    let file = letters.next()?;
    let rank = letters.next()?;
    let fits = ('a'..='h').contains(&file) && ('1'..='8').contains(&rank);
    (fits && letters.next().is_none()).then_some(word)
}

/// Runs of what moves are written with; figures may have a point within.
fn latin_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "+#=-.".contains(letter)))
        .map(|word| {
            word.trim_end_matches(['+', '#', '.', '-'])
                .trim_start_matches(['+', '.', '-'])
        })
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, language: Language, kept: &[&str]) {
        let facts = [
            "The best move is Nc7+; White is winning (+5.2).",
            "White's knight on c7 forks Black's king on e8 and Black's rook on a8.",
            "Nc7+ wins a rook: Nc7+ Kd8 Nxa8.",
            "Qxb7 would lose a queen: Qxb7 Rb8 Qa6.",
            "白方 c7 的馬同時攻擊黑方 e8 的王和黑方 a8 的車，形成捉雙。",
        ];
        let facts: Vec<String> = facts.iter().map(|fact| (*fact).to_owned()).collect();
        let found = judge(text, &facts, language).kept;
        let found: Vec<&str> = found.iter().map(|one| one.sentence.as_str()).collect();
        assert_eq!(found, kept);
    }

    #[test]
    fn what_is_told_is_known_from_what_is_touched_on() {
        let facts = [
            "The best move is Nc7+; White is winning (+5.2).",
            "White's knight on c7 forks Black's king on e8 and Black's rook on a8.",
            "Nc7+ wins a rook: Nc7+ Kd8 Nxa8.",
        ];
        let facts: Vec<String> = facts.iter().map(|fact| (*fact).to_owned()).collect();
        let tells = |text: &str| judge(text, &facts, Language::English).kept[0].tells.clone();
        assert_eq!(
            tells("The knight on c7 forks the king on e8 and the rook on a8."),
            [1]
        );
        assert_eq!(
            tells("Nc7+ forks the king and the rook."),
            Vec::<usize>::new()
        );
        assert_eq!(
            tells(
                "White's knight on c7 forks king on e8 and rook on a8, so it wins: Nc7+ Kd8 Nxa8."
            ),
            [1, 2]
        );
    }

    #[test]
    fn what_the_facts_say_is_kept() {
        let fork = "The knight on c7 forks the king and the rook on a8.";
        check(fork, Language::English, &[fork]);
        let whose = "The white knight on c7 forks Black's king on e8 and the rook on a8.";
        check(whose, Language::English, &[whose]);
        let two = "Nc7+ forks king and rook and wins the rook after Kd8 Nxa8.";
        check(two, Language::English, &[two]);
        check(
            "c7 的馬同時攻擊王和 a8 的車。",
            Language::Traditional,
            &["c7 的馬同時攻擊王和 a8 的車。"],
        );
    }

    #[test]
    fn what_they_do_not_say_is_cut() {
        for wrong in [
            "The knight on c7 forks the king and the queen on a8.",
            "The bishop on c7 forks the king and the rook.",
            "Then Nxe5 wins.",
            "The rook on a8 is pinned.",
            "White controls the centre.",
            "It does not win the rook.",
            "Black wins the queen.",
            "Mate in 3 follows.",
            "This is a wonderful idea.",
            "c7 的馬同時攻擊王和 a8 的車。",
            "White's knight on c7 forks White's king on e8 and Black's rook on a8.",
            "The black knight on c7 forks the king and the rook on a8.",
            "Nxa8 is the best move.",
            "The rook on a8 forks the king on e8 and the knight on c7.",
            "The rook: Nc7+ Kd8 Nxa8.",
            "wins a rook: Nc7+ Kd8 Nxa8.",
        ] {
            check(wrong, Language::English, &[]);
        }
        let other = "白方 c7 的馬同時攻擊白方 e8 的王和黑方 a8 的車，形成捉雙。";
        check(other, Language::Traditional, &[]);
        check("c7 的马同时攻击王和 a8 的车。", Language::Traditional, &[]);
    }

    #[test]
    fn figures_and_numbers_of_moves_do_not_end_sentences() {
        assert_eq!(sentences("It is +5.2 now. 1. e4 e5!").len(), 2);
        assert_eq!(sentences("好。馬\n象").len(), 3);
        assert_eq!(
            sentences("Qxg7 差 7.2 個兵：Qxg7 Qd2 …Rd8+ 得一車。").len(),
            2
        );
        assert_eq!(sentences("It goes Qxg7 Qd2 …. Rd8+ wins a rook.").len(), 2);
    }
}
