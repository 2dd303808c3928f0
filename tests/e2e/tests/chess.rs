//! The way of a player with a lost game, in the real window with the real engine: paste it, find the
//! mistake, hear why, play on and take back. In English and in Chinese; and what they do wrong again
//! and again, out of a file of their games.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::time::Duration;

use e2e::process::until_async;
use e2e::terminal::{Terminal, input};
use e2e::window::{Window, drive, drive_on};

/// Black takes a queen and is mated. Somebody has noted what would have been right.
const GAME: &str = "[White \"Legal\"]\n[Black \"Brie\"]\n[Result \"1-0\"]\n\n\
    1. e4 e5 2. Nf3 d6 3. Bc4 Bg4 4. Nc3 g6 5. Nxe5 Bxd1 (5... dxe5 6. Qxg4 {a pawn up}) \
    6. Bxf7+ Ke7 7. Nd5# 1-0\n";

/// The position before the mistake, Black to move; and after it.
const BEFORE: &str = "rn1qkbnr/ppp2p1p/3p2p1/4N3/2B1P1b1/2N5/PPPP1PPP/R1BQK2R b KQkq";
const AFTER: &str = "rn1qkbnr/ppp2p1p/3p2p1/4N3/2B1P3/2N5/PPPP1PPP/R1BbK2R w KQkq";

/// What is on the board.
async fn shown(window: &Window) -> String {
    window.attribute("chess-board", "data-fen").await
}

/// Waits until the board shows a position that `fits`.
async fn until_shown(window: &Window, what: &str, fits: impl Fn(&str) -> bool) -> String {
    until_async(what, || async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = shown(window).await;
        fits(&now).then_some(now)
    })
    .await
}

/// The run whose answer is shown, once it is another than `before`.
async fn answer(window: &Window, before: &str) -> String {
    window
        .element(&format!(
            "[data-testid='result']:not([data-run='{before}'])"
        ))
        .await;
    assert_eq!(window.attribute("result", "data-status").await, "done");
    window.attribute("result", "data-run").await
}

/// Chooses from a list of the window's.
async fn choose(window: &Window, list: &str, value: &str) {
    window.press(list).await;
    let option = window
        .element(&format!("[role='option'][data-value='{value}']"))
        .await;
    option.click().await.unwrap();
}

async fn words(window: &Window) -> String {
    window.part("explanation").await.text().await.unwrap()
}

/// From the pasted game to a move that was taken back.
#[expect(clippy::too_many_lines, reason = "a journey is read in one piece")]
async fn journey(window: Window, name: &str, mistake: &str, allows: &str) {
    window.press("assistant-chess").await;
    window.paste("field-pgn", GAME).await;
    window.press("run-button").await;
    let first = answer(&window, "").await;
    let checks = window.attributes("check-badge", "data-passed").await;
    assert!(checks.iter().all(|passed| passed == "true"), "{checks:?}");
    // The variation that was pasted is there.
    window
        .element("[data-testid='chess-moves'] button[data-path='9.0.1']")
        .await;
    window.photograph(&format!("chess-{name}-game")).await;

    // The mistake, found and shown.
    assert_eq!(window.attribute("chess-turn", "data-ply").await, "9");
    window.press("chess-turn").await;
    until_shown(&window, "the mistake is shown", |fen| {
        fen.starts_with(AFTER)
    })
    .await;

    // Why it was one.
    window.press("chess-explain").await;
    let second = answer(&window, &first).await;
    assert!(shown(&window).await.starts_with(BEFORE));
    let best = window
        .element("[data-testid='chess-candidate'] button")
        .await;
    let best = best.text().await.unwrap();
    let said = words(&window).await;
    assert!(said.contains(&best), "{said} does not name {best}");
    let facts = window.attributes("chess-fact", "data-kind").await;
    assert!(facts.contains(&"refutation".to_owned()), "{facts:?}");
    let refuted = window
        .element("[data-testid='chess-fact'][data-kind='refutation']")
        .await;
    let refuted = refuted.text().await.unwrap();
    assert!(
        refuted.contains(mistake) && refuted.contains(allows),
        "{refuted}"
    );
    window.photograph(&format!("chess-{name}-why")).await;

    // On from there against the engine, and back.
    choose(&window, "chess-purpose", "play").await;
    window.fill("chess-move", &format!("{best}\u{e007}")).await;
    window
        .element("[data-testid='chess-take-back']:not([disabled])")
        .await;
    let replied = until_shown(&window, "the engine replied", |fen| {
        !fen.starts_with(BEFORE)
    })
    .await;
    assert_eq!(replied.split(' ').nth(1), Some("b"), "{replied}");
    window.photograph(&format!("chess-{name}-played")).await;
    window.press("chess-take-back").await;
    until_shown(&window, "the move is taken back", |fen| {
        fen.starts_with(BEFORE)
    })
    .await;

    // It can be taken away, and what is taken away can be taken in again.
    let target = window.terminal().data().join("lost.pgn");
    let path = target.to_string_lossy().into_owned();
    let export = ["export", &first, "--as", "pgn", "--to", &path];
    assert!(window.terminal().run(&export).status.success());
    let text = std::fs::read_to_string(&target).unwrap();
    // Lines end after 80 letters, wherever that is.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains("a pawn up") && text.contains("[White \"Legal\"]"),
        "{text}"
    );
    let again = input("pgn", &path);
    let report = window.terminal().json(&[
        "run", "chess", "--json", "-i", &again, "-i", "ply=9", "-i", "words=no",
    ]);
    let variations = &report["artifact"]["game"][9]["variations"];
    assert_eq!(variations[0][1]["comment"], "a pawn up", "{report}");
    assert_ne!(first, second);
}

#[test]
fn a_lost_game_is_understood_and_played_on() {
    drive("chess-en", |window| async move {
        journey(window, "en", "Bxd1", "mate in 2").await;
    });
}

#[test]
fn the_same_in_chinese() {
    drive("chess-zh", |window| async move {
        window.press("settings-menu").await;
        window.press("language-zh-Hant").await;
        journey(window, "zh", "Bxd1", "2 步內被將殺").await;
    });
}

#[test]
fn what_goes_wrong_again_and_again_is_told_by_theme() {
    let terminal = Terminal::new();
    let path = terminal.data().join("mine.pgn");
    std::fs::write(&path, format!("{GAME}\n").repeat(3)).unwrap();
    drive_on(terminal, "chess-habits", |window| async move {
        window.press("assistant-chess").await;
        window.fill("field-games", &path.to_string_lossy()).await;
        window.fill("field-player", "Nobody").await;
        window.press("run-button").await;
        // The names that there are are offered.
        let failed = window.attribute("result", "data-run").await;
        let form = window.part("form").await.text().await.unwrap();
        assert!(form.contains("Brie"), "{form}");
        window.fill("field-player", "brie").await;
        window.press("run-button").await;
        answer(&window, &failed).await;
        window.part("chess-theme").await;
        let themes = window.attributes("chess-theme", "data-kind").await;
        assert!(themes.contains(&"allows-mate".to_owned()), "{themes:?}");
        window
            .element("[data-testid='chess-theme'][data-kind='allows-mate'] [data-testid='chess-mistake']")
            .await
            .click()
            .await
            .unwrap();
        until_shown(&window, "the mistake is shown", |fen| {
            fen.starts_with(BEFORE)
        })
        .await;
        window.photograph("chess-habits").await;
    });
}
