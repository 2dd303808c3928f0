//! Who does what: the verbs of the trade with their subjects, and which move is called the best.
//!
//! A sentence may have only words of the facts and still put them together wrongly: of "Nxc5 takes the
//! knight on c5 and gives up more for it" a small model makes a knight that gives something up. What
//! is read here is the grammar of the few sentences that facts make, and of what is close to them; a verb
//! whose subject cannot be found is one that nobody does.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

/// Verbs, by what they claim, as they stand in English and in Chinese.
const VERBS: [(&str, &str, &str); 8] = [
    (
        "win",
        r"wins|win|gains",
        r"(?:[换換獲获]得|得)(?:一|两|兩|多)|[赢贏](?:得|了)?(?:一|两|兩|多)",
    ),
    ("lose", r"(?:would )?loses?", r"[丢丟](?:一|两|兩|多)"),
    ("sacrifice", r"gives? up|sacrifices", r"[弃棄]掉"),
    ("take", r"takes|captures", r"吃掉"),
    ("threaten", r"threatens", r"威[胁脅]"),
    ("fork", r"forks", r"同[时時]攻[击擊]"),
    ("pin", r"pins", r"[牵牽]制"),
    ("skewer", r"skewers", r"串[击擊]"),
];

/// A move in SAN; a square alone is one only where a pawn's move can stand.
const SAN: &str =
    r"(?:O-O(?:-O)?|[KQRBN][a-h]?[1-8]?x?[a-h][1-8]|(?:[a-h]x)?[a-h][1-8](?:=[QRBN])?)";

fn pattern(words: &str) -> Regex {
    Regex::new(words).expect("the patterns are read by a test")
}

/// How a move is called the best, and how the second best; each has the move in a group.
static CALLED: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    vec![
        (
            "next",
            pattern(&format!(
                r"(?i:next best move|second best move)(?:,| is)? (?:is )?(?P<m>{SAN})(?-u:\b)|次佳的?是? ?(?P<n>{SAN})(?-u:\b)"
            )),
        ),
        (
            "best",
            pattern(&format!(
                r"(?-u:\b)(?P<m>{SAN})[+#]? is (?:the|White's|Black's) (?:best )?move|\b(?i:the best move is|best is to play|play) (?P<n>{SAN})(?-u:\b)|(?:最佳[着著]法[是为為]?|[应應]走) ?(?P<o>{SAN})(?-u:\b)|^走 ?(?P<p>{SAN})(?-u:\b)"
            )),
        ),
        (
            "worse",
            pattern(&format!(
                r"(?-u:\b)(?P<m>{SAN})[+#]?,? (?:is|would be) [0-9.]+ pawns? worse|(?P<n>{SAN})[+#]? ?差 ?[0-9]"
            )),
        ),
    ]
});

/// That something is worse, whatever it is.
static WORSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9.]+ pawns? worse|差 ?[0-9]"));

static ENGLISH: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    VERBS
        .iter()
        .map(|(verb, english, _)| (*verb, pattern(&format!(r"(?i)\b(?:{english})\b"))))
        .collect()
});
static CHINESE: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    VERBS
        .iter()
        .map(|(verb, _, chinese)| (*verb, pattern(chinese)))
        .collect()
});

/// Where one part of a sentence ends and the next begins.
static JOINTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r",|;|:|\(|\)| and | so | but | which | while | because | as |，|；|：|（|）|、")
});

/// What can do something: a move, a piece, or what was spoken of before.
static SUBJECTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i:\b(?P<r>king|queen|rook|bishop|knight|pawn)s?\b(?: (?:on|at) (?P<s>[a-h][1-8]))?)|(?P<c>[a-h][1-8]) ?的(?P<d>王|后|車|车|象|馬|马|兵)|(?-u:\b)(?P<m>{SAN})(?-u:\b)|(?i:\b(?P<i>it|this|that|castling|move)\b)|(?i:\b(?P<w>white|black)\b(?P<p>'s)?)"
    ))
});

/// The verbs of a sentence that is no line, so that it says anything at all.
static SAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:is|are|was|were|be|can|cannot|has|have|had|would|will|does|play|plays|wins|win|gains|loses|lose|takes|take|captures|gives|threatens|forks|pins|skewers|mates|mate|allows|lets|misses|leads|leaves|opens|stops|saves|guards|guarded|goes|becomes|comes|develops|brings|holds|knows|played|attacks|gives|protects|defends|makes|keeps|follows|leaving|winning)\b",
    )
});

/// What a sentence says of who does what.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Deeds(BTreeSet<String>);

impl Deeds {
    /// What a sentence of a model says.
    pub fn of(sentence: &str) -> Self {
        Self(deeds(sentence).into_iter().map(|deed| deed.1).collect())
    }

    /// What a fact says, in every way in which it may be said: of the move that is played, of its piece,
    /// or of "it". `best` is that move.
    pub fn of_fact(fact: &str, best: Option<&str>) -> Self {
        let mut all = BTreeSet::new();
        for (verb, deed) in deeds(fact) {
            let subject = deed.split_once(" by ").map_or("", |(_, subject)| subject);
            let role = role_of(subject).unwrap_or(subject);
            let is_of_best = subject == "it"
                || best.is_some_and(|best| {
                    subject == best || subject == best_piece(best) || subject == role_on(best)
                });
            all.insert(deed.clone());
            if deed.contains(" by ") {
                all.insert(format!("{verb} by {role}"));
                if is_of_best && let Some(best) = best {
                    for other in ["it", best, &role_on(best), best_piece(best)] {
                        all.insert(format!("{verb} by {other}"));
                    }
                }
            }
        }
        Self(all)
    }

    /// Whether one of two facts, or both together, say all of this.
    pub fn are_in(&self, one: &Self, two: &Self) -> bool {
        self.0
            .iter()
            .all(|deed| one.0.contains(deed) || two.0.contains(deed))
    }
}

/// The move that the first of the facts calls the best, without the signs of check.
pub fn best_of(lead: &str) -> Option<String> {
    let deeds = deeds(lead).into_iter();
    let mut best = deeds.filter(|(verb, _)| *verb == "best");
    Some(best.next()?.1.split_once(' ')?.1.to_owned())
}

/// Whether a sentence in English has a verb and begins as a sentence does: with a capital, or a move.
pub fn is_a_sentence(sentence: &str) -> bool {
    let begins = sentence.chars().next().is_some_and(|first| {
        first.is_uppercase() || first.is_ascii_digit() || begins_with_a_move(sentence)
    });
    begins && SAYS.is_match(sentence)
}

fn begins_with_a_move(sentence: &str) -> bool {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^{SAN}[+#]?(?:[ ,:]|$)")));
    BEGINS.is_match(sentence)
}

/// Every verb with what is said of it.
fn deeds(sentence: &str) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut named = BTreeSet::new();
    for (kind, words) in CALLED.iter() {
        for found in words.captures_iter(sentence) {
            let groups = ["m", "n", "o", "p"].into_iter();
            let mut groups = groups.filter_map(|name| found.name(name));
            let Some(action) = groups.next() else {
                continue;
            };
            // "The next best move is Qc4" is not about the best.
            if *kind == "best" && named.contains(&action.start()) {
                continue;
            }
            named.insert(action.start());
            all.push((*kind, format!("{kind} {}", action.as_str())));
        }
    }
    let is_said_of_a_move = all
        .iter()
        .any(|(kind, _)| matches!(*kind, "worse" | "next"));
    if WORSE.is_match(sentence) && !is_said_of_a_move {
        all.push(("worse", "worse nobody".to_owned()));
    }
    let is_chinese = sentence
        .chars()
        .any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    let verbs = if is_chinese { &CHINESE } else { &ENGLISH };
    done(sentence, verbs, is_chinese, &mut all);
    all
}

/// The verbs of every part of a sentence, each with the first that is named before it.
fn done(
    sentence: &str,
    verbs: &[(&'static str, Regex)],
    is_chinese: bool,
    all: &mut Vec<(&'static str, String)>,
) {
    let mut begin = 0;
    let mut subject: Option<String> = None;
    let ends = JOINTS
        .find_iter(sentence)
        .map(|joint| (joint.start(), joint.end()));
    for (end, next) in ends.chain([(sentence.len(), sentence.len())]) {
        let part = &sentence[begin..end];
        let found = verbs.iter().filter_map(|(verb, words)| {
            let at = words.find(part)?;
            // What is taken does nothing, and "only gets a rook for it" is still about a loss.
            let is_other = part[..at.start()].ends_with(['被', '只']);
            (!is_other).then_some((at.start(), *verb))
        });
        let mut found: Vec<(usize, &str)> = found.collect();
        found.sort_unstable();
        if subject.is_none() || !found.is_empty() {
            let head = found.first().map_or(part, |(at, _)| &part[..*at]);
            let own = subject_of(head);
            // In Chinese a part without one speaks of the move.
            subject = own.or(match is_chinese {
                true => Some("it".to_owned()),
                false => subject,
            });
        }
        for (_, verb) in found {
            let by = subject.as_deref().unwrap_or("nobody");
            if !by.is_empty() {
                all.push((verb, format!("{verb} by {by}")));
            }
        }
        begin = next;
    }
}

/// The first that is named: a move, a piece with its square, "it"; nothing to hold against the facts
/// where it is a side.
fn subject_of(words: &str) -> Option<String> {
    let is_meant = |found: &regex::Captures<'_>| {
        // White's rook and the white rook are named by the piece.
        let side = found.name("w");
        let behind = side.map_or("", |side| words[side.end()..].trim_start());
        let is_of_a_piece = ["king", "queen", "rook", "bishop", "knight", "pawn"]
            .iter()
            .any(|piece| behind.starts_with(piece));
        found.name("p").is_none() && !is_of_a_piece
    };
    let found = SUBJECTS.captures_iter(words).find(is_meant)?;
    let text = |name: &str| found.name(name).map(|part| part.as_str().to_owned());
    if let Some(action) = text("m") {
        return Some(action);
    }
    if text("i").is_some() {
        return Some("it".to_owned());
    }
    if text("w").is_some() {
        return Some(String::new());
    }
    let role = match text("r").map(|role| role.to_lowercase()) {
        Some(role) => role,
        None => english(&text("d")?)?.to_owned(),
    };
    Some(match text("s").or_else(|| text("c")) {
        Some(square) => format!("{role} on {square}"),
        None => role,
    })
}

fn english(role: &str) -> Option<&'static str> {
    Some(match role {
        "王" => "king",
        "后" => "queen",
        "車" | "车" => "rook",
        "象" => "bishop",
        "馬" | "马" => "knight",
        "兵" => "pawn",
        _ => return None,
    })
}

/// The piece of a subject that stands on a square.
fn role_of(subject: &str) -> Option<&str> {
    subject.split_once(" on ").map(|(role, _)| role)
}

/// The piece that makes a move.
fn best_piece(action: &str) -> &'static str {
    match action.chars().next() {
        Some('K' | 'O') => "king",
        Some('Q') => "queen",
        Some('R') => "rook",
        Some('B') => "bishop",
        Some('N') => "knight",
        _ => "pawn",
    }
}

/// The same with where it goes.
fn role_on(action: &str) -> String {
    let bare = action.split('=').next().unwrap_or_default();
    let square = bare.get(bare.len().saturating_sub(2)..).unwrap_or_default();
    format!("{} on {square}", best_piece(action))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACTS: [&str; 6] = [
        "The best move is R8xc5; Black is winning (+3.3).",
        "It takes White's knight on c5 and gives up more for it on purpose.",
        "The next best move, Qc4, is 1.7 pawns worse.",
        "R8xc5 wins a queen for a rook: R8xc5 dxc5 Qxc5+.",
        "Qxb7 would lose a queen: Qxb7 Rb8 Qa6.",
        "Black's rook on c5 pins White's bishop on c3 to the king on c1.",
    ];

    #[track_caller]
    fn check(facts: &[&str], sentence: &str, expected: bool) {
        let best = best_of(facts[0]);
        let facts: Vec<Deeds> = facts
            .iter()
            .map(|fact| Deeds::of_fact(fact, best.as_deref()))
            .collect();
        let deeds = Deeds::of(sentence);
        let mut pairs = facts
            .iter()
            .flat_map(|one| facts.iter().map(move |two| (one, two)));
        let found = pairs.any(|(one, two)| deeds.are_in(one, two));
        assert_eq!(found, expected, "{sentence}: {deeds:?}");
    }

    #[test]
    fn the_move_and_its_piece_do_what_the_move_does() {
        for sentence in [
            "R8xc5 is the best move, and Black is winning (+3.3).",
            "The best move is R8xc5.",
            "The rook on c5 wins a queen for a rook: R8xc5 dxc5 Qxc5+.",
            "It takes the knight on c5 and gives up more for it.",
            "R8xc5 takes White's knight, and it gives up more.",
            "The rook takes White's knight on c5, so it wins a queen.",
            "Black wins a queen.",
            "Qxb7 would lose a queen: Qxb7 Rb8 Qa6.",
            "The next best move is Qc4.",
            "Qc4 is 1.7 pawns worse.",
            "The rook on c5 pins the bishop on c3 to the king on c1.",
        ] {
            check(&FACTS, sentence, true);
        }
    }

    #[test]
    fn nobody_does_what_another_does() {
        for sentence in [
            "White's knight on c5 gives up more for it on purpose.",
            "The knight on c5 wins a queen.",
            "Qc4 is the best move.",
            "The next best move is R8xc5.",
            "R8xc5 is 1.7 pawns worse.",
            "It is 1.7 pawns worse.",
            "R8xc5 would lose a queen.",
            "threatens to take White's knight.",
            "White's bishop on c3 pins the rook on c5.",
        ] {
            check(&FACTS, sentence, false);
        }
    }

    #[test]
    fn the_same_in_chinese() {
        let facts = [
            "最佳著法是 Qc5+，黑方勝勢（+4.3）。",
            "Qc5+ 以一兵換得一車：Qc5+ Kh1。",
            "Qxd5 差 4.3 個兵：Qxd5 Rxe5。",
            "威脅吃掉白方 d4 的馬。",
            "吃掉白方 c5 的兵，有意棄掉更多的子力。",
            "白方 d1 的車串擊黑方 d5 的王和後面 d8 的后。",
        ];
        for sentence in [
            "最佳著法是 Qc5+，Qc5+ 以一兵換得一車：Qc5+ Kh1。",
            "因此得一車。",
            "黑方 c5 的后得一車。",
            "Qxd5 差 4.3 個兵。",
            "白方 c5 的兵被吃掉，有意棄掉更多的子力。",
        ] {
            check(&facts, sentence, true);
        }
        for sentence in [
            "黑方 d5 差 4.3 個兵：Qxd5 Rxe5。",
            "最佳著法是 Qxd5。",
            "白方 d4 的馬得一車。",
            "黑方 d5 的王串擊白方 d1 的車。",
        ] {
            check(&facts, sentence, false);
        }
    }

    #[test]
    fn a_sentence_has_a_verb_and_a_beginning() {
        assert!(is_a_sentence("Nc7+ wins a rook: Nc7+ Kd7."));
        assert!(is_a_sentence("g3 wins a queen: g3 b5."));
        assert!(!is_a_sentence("The queen for a pawn: Qe5+ f6 Qxd6."));
        assert!(!is_a_sentence("threatens to take the queen on a4."));
    }
}
