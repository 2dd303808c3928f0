use super::*;
use crate::board::sans;

fn choose_from(text: &str, number: usize) -> Result<Chosen, ChessError> {
    choose(
        Source::text(text),
        number,
        &|_| {},
        &CancellationToken::new(),
    )
}

fn moves(game: &Game) -> String {
    let positions = game.positions();
    let words: Vec<String> = game
        .plies
        .iter()
        .zip(&positions)
        .map(|(ply, before)| match ply.action {
            Some(action) => sans(&before.chess, &[action]).concat(),
            None => "--".to_owned(),
        })
        .collect();
    words.join(" ")
}

#[track_caller]
fn check(text: &str, number: usize, games: usize, expected: &str) {
    let chosen = choose_from(text, number).unwrap();
    assert_eq!(
        (moves(&chosen.game).as_str(), chosen.games),
        (expected, games)
    );
}

#[track_caller]
fn check_refused(text: &str, number: usize, words: &[&str]) {
    let said = choose_from(text, number).unwrap_err().to_string();
    for word in words {
        assert!(said.contains(word), "{said} does not say {word}");
    }
}

#[test]
fn games_as_people_write_them() {
    check("1. e4 e5 2. Nf3 *", 1, 1, "e4 e5 Nf3");
    check("1.e4 e5 2.Nf3", 1, 1, "e4 e5 Nf3");
    check("e4 e5 Nf3 *\nd4 d5 *\nc4 *", 2, 3, "d4 d5");
    check("[Result \"1-0\"] e4 *\n[Result \"*\"] d4 1-0", 2, 2, "d4");
    check("g1f3 c7c5 e2e4", 1, 1, "Nf3 c5 e4");
    check(
        "\u{feff}[Event \"A\"]\r\n\r\n1. e4! (1. d4 d5 (1... Nf6)) 1... c5?! $6 ; a line\r\n2. Nf3 0-1\r\n",
        1,
        1,
        "e4 c5 Nf3",
    );
    check(
        "% aside\n[Event \"A\"]\n\n[Site \"B\"]\n\n1. e4 e5 *",
        1,
        1,
        "e4 e5",
    );
    check("1. e4 { one { in another } comment } e5 *", 1, 1, "e4 e5");
    check("1. e4 { a lone { brace } e5 *", 1, 1, "e4 e5");
    check("1. e4 -- 2. d4 *", 1, 1, "e4 -- d4");
    check("[Event \"A\"]\n\n*\n\n[Event \"B\"]\n\n1. e4 *", 2, 2, "e4");
    check(
        "[FEN \"7k/3P4/7K/8/8/8/8/8 w - - 6 55\"]\n\nd7d8N 1/2-1/2",
        1,
        1,
        "d8=N",
    );
    check(
        "1. e4 {[%clk 0:01:00]\n[%eval 0.3] good}\n1... e5 1/2-1/2",
        1,
        1,
        "e4 e5",
    );
    check(
        "1. e4 d5 2. exd5 +- N c5 3. dxc6 e.p. *",
        1,
        1,
        "e4 d5 exd5 c5 dxc6",
    );
}

#[test]
fn comments_and_tags_are_kept() {
    let game = choose_from(
        "[White \"A \\\"B\\\"\"]\n1. e4 {[%clk 1:00] good  move} e5 1-0",
        1,
    )
    .unwrap()
    .game;
    assert_eq!(game.tag("White"), Some("A \"B\""));
    assert_eq!(game.plies[0].comment, "good move");
    assert_eq!(game.result.as_deref(), Some("1-0"));
}

#[test]
fn variations_are_kept_with_what_is_said_of_them() {
    let text =
        "{About} 1. e4 e5 (1... c5! {sharp} 2. Nf3 (2. c3 $5 d5) 2... d6) (1... e6) 2. Nf3 *";
    let game = choose_from(text, 1).unwrap().game;
    assert_eq!(game.plies[0].before, "About");
    let sicilian = &game.plies[1].variations[0];
    assert_eq!(
        (
            sicilian.len(),
            sicilian[0].marks.as_slice(),
            sicilian[0].comment.as_str()
        ),
        (3, [1].as_slice(), "sharp")
    );
    let alapin = &sicilian[1].variations[0];
    assert_eq!(
        (alapin.len(), alapin[0].marks.as_slice()),
        (2, [5].as_slice())
    );
    assert_eq!(game.plies[1].variations[1].len(), 1);
    assert!(game.flaws.is_empty());
}

#[test]
fn what_is_wrong_in_a_variation_is_told_and_the_game_stands() {
    let game = choose_from("1. e4 e5\n(1... Sf6 2. d4) 2. Nf3 (2. f4 exf4 3. Kh8) *", 1);
    let game = game.unwrap().game;
    assert_eq!(moves(&game), "e4 e5 Nf3");
    assert_eq!(game.plies[1].variations.len(), 0);
    assert_eq!(game.plies[2].variations[0].len(), 2);
    assert_eq!(game.flaws.len(), 2);
    assert!(
        game.flaws[0].contains("line 2") && game.flaws[0].contains("Sf6"),
        "{:?}",
        game.flaws
    );
    // Too deep, and never closed.
    let deep = choose_from(&format!("1. e4 {}", "(1. d4 ".repeat(40)), 1);
    let deep = deep.unwrap().game;
    assert_eq!((moves(&deep).as_str(), deep.flaws.len()), ("e4", 1));
}

#[test]
fn all_games_are_seen_one_after_the_other() {
    let text = "[Event \"a\"]\n1. e4 *\n\n[Event \"b\"]\n1. Sf3 *\n\n1. d4 * 1. c4 *";
    let mut seen = Vec::new();
    let cancel = CancellationToken::new();
    each(Source::text(text), &|_| {}, &cancel, |number, game| {
        seen.push((number, game.map(|game| moves(&game)).ok()));
        match number {
            3 => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        }
    })
    .unwrap();
    assert_eq!(
        seen,
        [
            (1, Some("e4".to_owned())),
            (2, None),
            (3, Some("d4".to_owned()))
        ]
    );
}

#[test]
fn refusals_name_the_place() {
    check_refused("", 1, &["no game"]);
    check_refused("\n\n", 1, &["no game"]);
    check_refused("1. e4 *", 2, &["1 games", "number 2"]);
    check_refused(
        "; see\n1.d4 Nf6 2. Sf3 d5",
        1,
        &["game 1", "line 2", "after 1... Nf6", "Sf3", "White"],
    );
    check_refused("1. e5 *", 1, &["at the beginning", "e5"]);
    check_refused(
        "[Event \"a\"]\n\n1. e4 { and so on\n e5",
        1,
        &["line 3", "never ends"],
    );
    check_refused("[Variant \"Antichess\"]\n\n1. g3 Nh6", 1, &["Antichess"]);
    check_refused(
        "[FEN \"8/8/8/8/8/8/8/8 w - - 0 1\"]\n\n1. e4",
        1,
        &["tag FEN", "no king"],
    );
    // What is wrong with one game does not touch the others.
    check(
        "[Event \"a\"]\n1. Sf3 *\n\n[Event \"b\"]\n1. e4 *",
        2,
        2,
        "e4",
    );
    // A comment that nobody closed ends where the next game begins.
    check(
        "[Event \"a\"]\n1. e4 { oh\n\n[Event \"b\"]\n1. d4 *",
        2,
        2,
        "d4",
    );
}

#[test]
fn chess960_is_read_with_its_castling() {
    let text = "[Variant \"fischerandom\"]\n[FEN \"nbbrknrq/pppppppp/8/8/8/8/PPPPPPPP/NBBRKNRQ w KQkq - 0 1\"]\n\n1. Ng3 Ng6 2. O-O O-O *";
    let game = choose_from(text, 1).unwrap().game;
    assert!(game.start.mode.is_chess960());
    assert_eq!(moves(&game), "Ng3 Ng6 O-O O-O");
}

#[test]
fn a_long_file_is_read_as_a_stream() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("many.pgn");
    let one = "[Event \"x\"]\n\n1. e4 e5 2. Nf3 Nc6 *\n\n";
    std::fs::write(&path, one.repeat(20_000)).unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    let chosen = choose(
        Source::file(&path).unwrap(),
        20_000,
        &|percent| told.lock().unwrap().push(percent),
        &CancellationToken::new(),
    );
    assert_eq!(chosen.unwrap().games, 20_000);
    assert_eq!(told.lock().unwrap().last(), Some(&100));
    let missing = Source::file(&place.path().join("none.pgn"));
    assert!(matches!(missing.map(|_| ()), Err(ChessError::File { .. })));
    let stopped = CancellationToken::new();
    stopped.cancel();
    let source = Source::file(&path).unwrap();
    assert_eq!(
        choose(source, 1, &|_| {}, &stopped).unwrap_err(),
        ChessError::Cancelled
    );
}

proptest::proptest! {
    #[test]
    fn no_text_is_a_disaster(text in "[\\[\\]{}();$%* 0-9a-hNO\\-\\n\"=+#x.é]{0,200}") {
        // Read or refused: whatever it says, it does not fall over.
        let _ = choose_from(&text, 1);
    }
}
