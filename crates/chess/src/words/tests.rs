use assistant::artifact::ChessScore;
use shakmaty::Position;

use super::*;
use crate::facts::tests::{line, moves, position};
use crate::facts::{Others, about};

const ALL: [(Language, Level); 9] = [
    (Language::English, Level::Beginner),
    (Language::English, Level::Club),
    (Language::English, Level::Expert),
    (Language::Traditional, Level::Beginner),
    (Language::Traditional, Level::Club),
    (Language::Traditional, Level::Expert),
    (Language::Simplified, Level::Beginner),
    (Language::Simplified, Level::Club),
    (Language::Simplified, Level::Expert),
];

fn told(fen: &str, words: &str, score: ChessScore, language: Language, level: Level) -> String {
    let before = position(fen);
    let best = line(&before, words, score);
    let facts = about(&before, &best, &Others::default());
    let speaker = Speaker {
        language,
        level,
        before: &before,
        action: best.moves[0],
    };
    speaker.explanation(&facts, score, &best.moves)
}

const FORK: (&str, &str) = ("r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1", "Nc7+ Kd7 Nxa8 Kc6");

#[test]
fn the_same_in_three_languages() {
    let (fen, words) = FORK;
    let score = ChessScore::Centipawns(520);
    let tell = |language| told(fen, words, score, language, Level::Club);
    assert_eq!(
        tell(Language::English),
        "The best move is Nc7+; White is winning (+5.2). Nc7+ wins a rook: Nc7+ Kd7 Nxa8. \
         White's knight on c7 forks Black's rook on a8 and Black's king on e8."
    );
    assert_eq!(
        tell(Language::Traditional),
        "最佳著法是 Nc7+，白方勝勢（+5.2）。Nc7+ 得一車：Nc7+ Kd7 Nxa8。\
         白方 c7 的馬同時攻擊黑方 a8 的車和黑方 e8 的王，形成捉雙。"
    );
    assert_eq!(
        tell(Language::Simplified),
        "最佳着法是 Nc7+，白方胜势（+5.2）。Nc7+ 得一车：Nc7+ Kd7 Nxa8。\
         白方 c7 的马同时攻击黑方 a8 的车和黑方 e8 的王，形成捉双。"
    );
}

#[test]
fn beginners_are_spared_figures() {
    let (fen, words) = FORK;
    let said = told(
        fen,
        words,
        ChessScore::Centipawns(520),
        Language::English,
        Level::Beginner,
    );
    assert!(
        said.starts_with("Play Nc7+. ") && !said.contains("5.2"),
        "{said}"
    );
}

#[test]
fn a_quiet_move_is_not_made_more_of() {
    let said = told(
        "4k3/pppp4/8/8/8/8/PPPP4/4K3 w - - 0 1",
        "Kf2 Kf7",
        ChessScore::Centipawns(0),
        Language::English,
        Level::Club,
    );
    assert_eq!(
        said,
        "The best move is Kf2; the game is about equal (+0.0). Nothing is won by force; the line goes Kf2 Kf7."
    );
}

/// Positions in which much can be said.
const RICH: [(&str, &str); 6] = [
    FORK,
    ("6k1/5ppp/8/8/8/8/8/R5K1 w - - 0 1", "Ra8"),
    ("4k3/8/4p3/3r4/8/2N5/8/4K3 w - - 0 1", "Nxd5 exd5 Kd2 Kd7"),
    ("8/8/7k/P7/8/8/8/K7 w - - 0 1", "a6 Kg7 a7 Kf7 a8=Q"),
    ("4r1k1/5ppp/8/8/8/8/5PPP/6K1 w - - 0 1", "h3 Kf8"),
    ("3qk3/8/8/8/3B4/8/8/3RK3 w - - 0 1", "Bb6 Ke7 Bxd8"),
];

#[test]
fn our_own_words_stand_up_to_the_judge() {
    for (fen, words) in RICH {
        let before = position(fen);
        let best = line(&before, words, ChessScore::Centipawns(100));
        let facts = about(&before, &best, &Others::default());
        for (language, level) in ALL {
            let action = best.moves[0];
            let speaker = Speaker {
                language,
                level,
                before: &before,
                action,
            };
            let mut notes = vec![speaker.lead(best.score)];
            notes.extend(
                speaker
                    .told(&facts)
                    .iter()
                    .map(|fact| speaker.sentence(fact)),
            );
            let judged = judge(&speaker.joined(&notes), &notes, language);
            assert_eq!(judged.cut, 0, "{notes:?} {judged:?}");
        }
    }
}

#[test]
fn simplified_words_have_no_traditional_letters() {
    for (fen, words) in RICH {
        let before = position(fen);
        let best = line(&before, words, ChessScore::Centipawns(100));
        for fact in about(&before, &best, &Others::default()) {
            let action = moves(&before, words)[0];
            let speaker = Speaker {
                language: Language::Traditional,
                level: Level::Expert,
                before: &before,
                action,
            };
            let traditional = speaker.sentence(&fact);
            assert!(
                !traditional.chars().any(simplified::is_simplified_only),
                "{traditional}"
            );
        }
    }
    assert_eq!(position(FORK.0).turn(), shakmaty::Color::White);
}
