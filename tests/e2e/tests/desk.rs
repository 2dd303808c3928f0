//! Everything around the assistants, in the real window: the first start, looking around, getting
//! about by keyboard, finding again what was run, the looks, and how it all comes back.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use e2e::place;
use e2e::terminal::Terminal;
use e2e::window::{Window, drive_on};
use serde_json::{Value, json};

/// Control held down, and everything let go again.
const CTRL: &str = "\u{e009}";
const SHIFT: &str = "\u{e008}";
const LET_GO: &str = "\u{e000}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

const SIZES: [[u32; 2]; 2] = [[900, 600], [1280, 800]];

async fn chord(window: &Window, keys: &str) {
    window.keys(&format!("{CTRL}{keys}{LET_GO}")).await;
}

/// Colours of a theme, without a person's choice of it.
async fn colour(window: &Window, theme: &str) {
    let script = "const { dataset } = document.documentElement;
        const [theme, contrast] = arguments;
        if (theme) dataset.theme = theme; else delete dataset.theme;
        if (contrast) dataset.contrast = 'more'; else delete dataset.contrast;";
    let (theme, contrast) = theme
        .strip_prefix("contrast-")
        .map_or((theme, false), |theme| (theme, true));
    window
        .script(script, vec![json!(theme), json!(contrast)])
        .await;
    // Buttons turn from one colour to the next, and are neither on the way.
    tokio::time::sleep(std::time::Duration::from_millis(350)).await;
}

/// Pictures of what is shown, small and large, by day and by night.
async fn photographs(window: &Window, name: &str) {
    for size in SIZES {
        window.resize(size).await;
        for theme in ["light", "dark"] {
            colour(window, theme).await;
            window
                .photograph(&format!("desk-{name}-{}-{theme}", size[0]))
                .await;
        }
    }
    colour(window, "").await;
}

/// Opens the palette and takes what it finds first.
async fn by_palette(window: &Window, words: &str, picture: Option<&str>) {
    chord(window, "k").await;
    window.part("palette-input").await;
    window.keys(words).await;
    if let Some(name) = picture {
        photographs(window, name).await;
    }
    window.keys(ENTER).await;
    gone(window, "palette-input").await;
}

async fn gone(window: &Window, id: &str) {
    e2e::process::until_async(&format!("{id} is gone"), || async {
        window.words(id).await.is_none().then_some(())
    })
    .await;
}

/// What can be looked at before a model is here, which stays so.
async fn look_around(window: &Window, language: &str) {
    window
        .element("[data-testid='help-view'][data-about='all']")
        .await;
    photographs(window, &format!("help-{language}")).await;
    window.press("tour-books").await;
    window.part("book-statement").await;
    window.press("show-help").await;
    window.press("tour-equation").await;
    window
        .element("[data-testid='result'][data-status='done'] [data-testid='equation']")
        .await;
    window.press("show-help").await;
    window.press("tour-chess").await;
    window
        .element("[data-testid='result'][data-status='done'] [data-testid='chess-board']")
        .await;
    assert_eq!(window.worker(), None, "a model was asked");
}

/// Asks the sample, and finds what came of it again.
async fn ask_and_find(window: &Window, question: &str, word: &str) {
    window.fill("field-database", "shop").await;
    window.paste("field-question", question).await;
    chord(window, ENTER).await;
    window
        .element("[data-testid='result'][data-status='done'] [data-testid='result-table']")
        .await;
    let run = window.attribute("result", "data-run").await;
    chord(window, "n").await;
    gone(window, "result").await;
    chord(window, &format!("{SHIFT}f")).await;
    window.keys(word).await;
    let found = format!("[data-testid='history-item'][data-run='{run}'] mark");
    window.element(&found).await;
    window
        .press_at(&format!("[data-testid='history-item'][data-run='{run}']"))
        .await;
    window
        .element(&format!("[data-testid='result'][data-run='{run}']"))
        .await;
}

struct Journey {
    language: &'static str,
    /// What finds the assistant for databases in the palette.
    palette: &'static str,
    question: &'static str,
    word: &'static str,
}

async fn journey(window: Window, told: Journey) {
    let language = told.language;
    window.part("welcome").await;
    let choice = format!("[data-testid='welcome-language'] input[value='{language}']");
    window.press_at(&choice).await;
    photographs(&window, &format!("welcome-{language}")).await;
    window.press("welcome-samples").await;
    look_around(&window, language).await;

    let palette = format!("palette-{language}");
    by_palette(&window, told.palette, Some(&palette)).await;
    window.part("field-database").await;
    ask_and_find(&window, told.question, told.word).await;
    photographs(&window, &format!("found-{language}")).await;

    // A key that is also a letter does something where nobody writes.
    window
        .script("document.activeElement?.blur();", vec![])
        .await;
    window.keys("?").await;
    window.part("cheat-sheet").await;
    photographs(&window, &format!("keys-{language}")).await;
    window.keys(ESCAPE).await;
    gone(&window, "cheat-sheet").await;

    chord(&window, ",").await;
    window.part("settings-view").await;
    photographs(&window, &format!("settings-{language}")).await;
    window.press("show-help").await;
    window.press("help-sql").await;
    window
        .element("[data-testid='help-view'][data-about='sql']")
        .await;
    photographs(&window, &format!("page-{language}")).await;

    let kept = std::fs::read_to_string(window.terminal().data().join("settings.toml")).unwrap();
    assert!(kept.contains("begun = true"), "{kept}");
}

#[test]
fn from_the_first_start_to_finding_it_again() {
    let told = Journey {
        language: "en",
        palette: "databa",
        question: "How many customers are there in each country?",
        word: "customers",
    };
    drive_on(Terminal::unopened(), "desk", |window| journey(window, told));
}

#[test]
fn the_same_in_chinese_found_by_pinyin() {
    let told = Journey {
        language: "zh-Hans",
        palette: "sjk",
        question: "每个国家有多少位客户？",
        word: "位客户",
    };
    drive_on(Terminal::unopened(), "desk-zh", |window| {
        journey(window, told)
    });
}

#[test]
fn everything_comes_back_as_it_was_left() {
    let terminal = Terminal::new();
    let again = terminal.again();
    drive_on(terminal, "desk-left", |window| async move {
        window.resize([1000, 700]).await;
        by_palette(&window, "e-mail", None).await;
        window
            .paste("field-text", "to Ms Lee, thank you for the cake")
            .await;
        chord(&window, "+").await;
        chord(&window, ",").await;
        window.part("settings-view").await;
        // The web view writes what it keeps a moment later.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    });
    drive_on(again, "desk-came-back", |window| async move {
        window.part("settings-view").await;
        let size = window
            .script("return [innerWidth, innerHeight];", vec![])
            .await;
        assert_eq!(size, json!([1000, 700]));
        let scale = "return document.documentElement.style.getPropertyValue('--text-scale');";
        assert_eq!(window.script(scale, vec![]).await, json!("1.1"));
        window.press("assistant-email").await;
        let script = "return document.querySelector(`[data-testid='field-text']`).value;";
        let text = window.script(script, vec![]).await;
        assert_eq!(text, json!("to Ms Lee, thank you for the cake"));
        window.photograph("desk-came-back").await;
    });
}

/// Serious and critical findings in what is shown.
async fn findings(window: &Window, place: &str) -> Vec<String> {
    // A colour that is still on its way to another is neither of the two that a person reads by. An engine
    // that draws nothing may never end a transition, though, so it is waited for a moment and no longer.
    let script = "const turns = document.getAnimations().filter((one) => one instanceof CSSTransition);
        const settled = Promise.allSettled(turns.map((one) => one.finished))
            .then(() => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then))));
        const enough = new Promise((then) => setTimeout(then, 2000));
        return Promise.race([settled, enough]).then(() => window.axe.run(document, { resultTypes: ['violations'] })).then(({ violations }) =>
        violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`));";
    let found = window.script(script, vec![]).await;
    let found: Vec<String> = serde_json::from_value(found).unwrap();
    found
        .into_iter()
        .map(|one| format!("{place}: {one}"))
        .collect()
}

/// A view: its name, what is pressed to come there, and a part that says that it is there. What
/// begins with a `^` is a key with Control held down.
type View = (&'static str, &'static [&'static str], &'static str);

const VIEWS: [View; 11] = [
    ("welcome", &["show-help", "show-welcome"], "welcome"),
    ("help", &["show-help"], "help-view"),
    ("page", &["show-help", "help-chess"], "help-trust"),
    ("settings", &["^,"], "settings-view"),
    ("gallery", &["show-gallery"], "gallery-view"),
    ("builder", &["show-gallery", "new-assistant"], "builder"),
    ("books", &["show-books"], "bookshelf"),
    ("models", &["show-models"], "models-view"),
    ("work", &["assistant-sql"], "form"),
    ("chat", &["assistant-chat"], "chat"),
    ("palette", &["^k"], "palette-input"),
];

async fn show(window: &Window, name: &str) {
    let (_, way, part) = VIEWS.iter().find(|(view, ..)| *view == name).unwrap();
    for step in *way {
        match step.strip_prefix('^') {
            Some(key) => chord(window, key).await,
            None => window.press(step).await,
        }
    }
    window.part(part).await;
}

/// Leaves what has no way out in the rail.
async fn leave(window: &Window, view: &str) {
    match view {
        "welcome" => window.press("welcome-samples").await,
        "palette" => {
            window.keys(ESCAPE).await;
            gone(window, "palette-input").await;
        }
        _ => {}
    }
}

#[test]
fn no_view_shuts_anybody_out() {
    drive_on(Terminal::new(), "desk-axe", |window| async move {
        window.part("run-button").await;
        window.script(&place::axe(), vec![]).await;
        let mut found = Vec::new();
        for language in ["en", "zh-Hant", "zh-Hans"] {
            chord(&window, ",").await;
            window.part("settings-view").await;
            let choice = format!("[data-testid='settings-language'] input[value='{language}']");
            window.press_at(&choice).await;
            for (view, ..) in VIEWS {
                show(&window, view).await;
                for theme in ["light", "dark"] {
                    colour(&window, theme).await;
                    found.extend(findings(&window, &format!("{view}, {language}, {theme}")).await);
                }
                leave(&window, view).await;
            }
        }
        for theme in ["contrast-light", "contrast-dark"] {
            show(&window, "settings").await;
            colour(&window, theme).await;
            found.extend(findings(&window, theme).await);
            window.photograph(&format!("desk-{theme}")).await;
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
    });
}

#[test]
fn large_text_leaves_room_for_the_work() {
    drive_on(Terminal::new(), "desk-large", |window| async move {
        window.resize(SIZES[0]).await;
        for _ in 0..3 {
            chord(&window, "+").await;
        }
        for view in ["work", "settings", "help"] {
            show(&window, view).await;
            window.photograph(&format!("desk-large-{view}")).await;
            let script = "const wide = [...document.querySelectorAll('main, main *')]
                .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
                    && !one.closest('.scroll pre, .spoken, [hidden]'));
                return wide.map((one) => one.outerHTML.slice(0, 120));";
            let wide = window.script(script, vec![]).await;
            assert_eq!(wide, Value::Array(vec![]), "{view}");
        }
    });
}
