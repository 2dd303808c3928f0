//! The whole way of a person who needs a page, in the real window with the real model: describe it,
//! watch it grow, click on a text and write it over, click on a section and say what is to become of
//! it, go back and forth, keep it, take it away and open it in a browser. In English and in Chinese.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::time::Duration;

use e2e::terminal::Terminal;
use e2e::window::{Window, drive, drive_on};
use e2e::{browser, place, process};
use serde_json::{Value, json};

/// The document that the frame shows, for a script in the window.
const PAGE: &str = "document.querySelector(`[data-testid='page-frame']`)?.contentDocument";

struct Journey {
    name: &'static str,
    language: &'static str,
    brief: &'static str,
    facts: &'static [&'static str],
    heading: &'static str,
    /// A wish that code understands without a model.
    darker: &'static str,
}

/// The text of the first element of a selector in the page; nothing while there is none.
async fn text(window: &Window, selector: &str) -> Option<String> {
    let script = format!("return {PAGE}?.querySelector(arguments[0])?.textContent ?? null;");
    let found = window.script(&script, vec![json!(selector)]).await;
    found.as_str().map(str::to_owned)
}

/// Waits until a text of the page is `expected`.
async fn wait_for(window: &Window, selector: &str, expected: &str) {
    process::until_async(&format!("{selector} says {expected}"), || async {
        (text(window, selector).await.as_deref() == Some(expected)).then_some(())
    })
    .await;
}

/// Clicks on the middle of a part of the page, or on a corner of a section where nothing else is.
async fn click(window: &Window, part: &str) {
    window.element("[data-testid='page-glass'].open").await;
    // The part is brought into view first, by the frame and by the window; where it came to lie is found
    // out afterwards, because one scrolls on with the other.
    let script = format!(
        "const glass = document.querySelector(`[data-testid='page-glass']`);
        const part = {PAGE}?.querySelector(`[data-part='${{arguments[0]}}']`);
        if (!part) return null;
        const isSection = !arguments[0].includes('/');
        part.scrollIntoView({{ block: isSection ? 'start' : 'center', behavior: 'instant' }});
        glass.scrollIntoView({{ block: 'center', behavior: 'instant' }});
        const scale = Number(glass.dataset.scale), box = part.getBoundingClientRect();
        const {{ left, top }} = glass.getBoundingClientRect();
        const x = isSection ? box.left + 3 : box.left + Math.min(box.width, 40) / 2;
        const y = isSection ? box.top + Math.min(box.height, 60) / 2 : box.top + box.height / 2;
        const at = [Math.round(left + x * scale), Math.round(top + y * scale)];
        return document.elementFromPoint(...at) === glass ? at : null;"
    );
    let what = format!("{part} lies open");
    let found = process::until_async(&what, || async {
        let at = window.script(&script, vec![json!(part)]).await;
        serde_json::from_value::<Option<[f64; 2]>>(at).unwrap()
    })
    .await;
    window.click_at(found).await;
    let held = format!("[data-testid='page-bar'][data-part='{part}']");
    window.element(&held).await;
}

/// Watches the page grow until the run is over; how many sections it had, each number once.
async fn watch(window: &Window) -> Vec<u64> {
    let mut seen: Vec<u64> = Vec::new();
    let begin = std::time::Instant::now();
    loop {
        let script = format!(
            "return [document.querySelector(`[data-testid='result']`) !== null,
            {PAGE}?.querySelectorAll('main > section').length ?? 0];"
        );
        let (is_over, count): (bool, u64) =
            serde_json::from_value(window.script(&script, vec![]).await).unwrap();
        if is_over {
            return seen;
        }
        if count > 0 && seen.last() != Some(&count) {
            seen.push(count);
        }
        assert!(
            begin.elapsed() < process::PATIENCE,
            "it never ends: {seen:?}"
        );
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
}

async fn journey(window: Window, told: Journey) {
    let Journey {
        name,
        language,
        brief,
        facts,
        heading,
        darker,
    } = told;
    window.press("settings-menu").await;
    window.press(&format!("language-{language}")).await;
    window.press("show-gallery").await;
    window.press("card-page").await;
    window.paste("field-brief", brief).await;
    window.press("run-button").await;

    let grown = watch(&window).await;
    assert!(
        grown.len() > 1 && grown.is_sorted(),
        "it was not seen to grow: {grown:?}"
    );
    assert_eq!(window.attribute("result", "data-status").await, "done");
    window.element("[data-testid='page-glass'].open").await;
    let whole = text(&window, "body").await.unwrap();
    for fact in facts {
        assert!(whole.contains(fact), "{fact} is not in {whole}");
    }
    window.photograph(&format!("page-{name}-made")).await;

    // A text is written over where it stands, without a model.
    let before = text(&window, "h1").await.unwrap();
    click(&window, "hero/heading/0").await;
    let words = window.part("page-words").await;
    words.send_keys("\u{e009}a\u{e000}").await.unwrap();
    words.send_keys(heading).await.unwrap();
    window.photograph(&format!("page-{name}-writing")).await;
    words.send_keys("\u{e007}").await.unwrap();
    wait_for(&window, "h1", heading).await;

    // A section is told to be darker, in words that code understands.
    click(&window, "hero").await;
    window.fill("page-wish", darker).await;
    window.press("page-say").await;
    let is_dark = || async { text(&window, "#hero.deep h1").await };
    process::until_async("the opening is dark", is_dark).await;
    window.photograph(&format!("page-{name}-darker")).await;

    // Back twice, to what the model wrote, and forth again.
    window.press("page-undo").await;
    wait_for(&window, "#hero:not(.deep) h1", heading).await;
    window.press("page-undo").await;
    wait_for(&window, "h1", &before).await;
    window.press("page-redo").await;
    wait_for(&window, "h1", heading).await;

    window.press("page-keep").await;
    let kept = || async {
        let list = window.terminal().json(&["history", "list", "--json"]);
        let runs = list.as_array().unwrap();
        let newest = &runs[0];
        (newest["status"] == "done" && runs.len() == 3).then(|| newest.clone())
    };
    process::until_async("the version is kept", kept).await;

    open_outside(&window, name, heading, facts);
    if language == "en" {
        take_picture(&window);
    }
}

/// Takes the kept page away and opens it in a browser.
fn open_outside(window: &Window, name: &str, heading: &str, facts: &[&str]) {
    let target = place::artifacts().join(format!("page-{name}.html"));
    let path = target.to_string_lossy().into_owned();
    let export = window
        .terminal()
        .run(&["export", "last", "--as", "html", "--to", &path]);
    assert_eq!(export.status.code(), Some(0), "{export:?}");
    let picture = place::artifacts().join(format!("page-{name}-in-chromium.png"));
    let seen = browser::open(&target, &picture);
    assert_eq!(seen.console, [""; 0], "it must have nothing to complain of");
    assert_eq!(seen.requests, [""; 0], "it must need no network");
    let body = &seen.document[seen.document.find("<body").unwrap()..];
    for fact in facts.iter().chain([&heading]) {
        assert!(body.contains(fact), "{fact} is not in the page");
    }
    assert!(
        !seen.document.contains("data-part"),
        "the page is taken away without marks"
    );
    // A white sheet is a few kilobytes.
    assert!(std::fs::metadata(picture).unwrap().len() > 20_000);
}

/// The whole page as a picture, as wide as a desktop and longer than a screen.
fn take_picture(window: &Window) {
    let target = place::artifacts().join("page-en-whole.png");
    let path = target.to_string_lossy().into_owned();
    let export = window
        .terminal()
        .run(&["export", "last", "--as", "png", "--to", &path]);
    assert_eq!(export.status.code(), Some(0), "{export:?}");
    let bytes = std::fs::read(target).unwrap();
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    assert_eq!((&bytes[1..4], number(16)), (&b"PNG"[..], 1_280));
    assert!(number(20) > 1_200, "{} is one screen at most", number(20));
}

#[test]
fn from_a_brief_to_a_page_in_a_browser() {
    drive("pages", |window| async move {
        let told = Journey {
            name: "en",
            language: "en",
            brief: "A page for my bakery Crumb and Salt in Leeds, warm and friendly. Rye loaf £4.50, seeded bun £2.20. Phone 0113 496 0012.",
            facts: &["Crumb and Salt", "£4.50", "£2.20", "0113 496 0012"],
            heading: "Warm bread by seven",
            darker: "darker",
        };
        journey(window, told).await;
    });
}

#[test]
fn the_same_in_chinese() {
    drive("pages-zh", |window| async move {
        let told = Journey {
            name: "zh",
            language: "zh-Hant",
            brief: "幫我的麵包店「晨麥」做一個網頁，在台南，溫暖親切。黑麥麵包 120 元、芝麻餐包 45 元。電話 06-222-3344。",
            facts: &["晨麥", "120 元", "45 元", "06-222-3344"],
            heading: "七點出爐的麵包",
            darker: "深一點",
        };
        journey(window, told).await;
    });
}

/// The browser that pages are opened in sees it when one asks for something.
#[test]
fn a_page_that_needs_the_network_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let html =
        "<!doctype html><title>x</title><img src=\"https://there.example/a.png\" alt=\"\"><p>x";
    std::fs::write(&page, html).unwrap();
    let seen = browser::open(&page, &folder.path().join("page.png"));
    assert_eq!(seen.requests, ["https://there.example/a.png"]);
}

/// The small sister: a look in words, on the thing itself.
#[test]
fn a_look_is_seen_on_the_thing_itself() {
    drive("css", |window| async move {
        window.press("show-gallery").await;
        window.press("card-css").await;
        window.press("example-chip").await;
        window.press("run-button").await;
        assert_eq!(window.attribute("result", "data-status").await, "done");
        window.part("css-frame").await;
        let code = "return document.querySelector(`[data-testid='page-code'] .cm-content`)?.textContent ?? null;";
        let css = process::until_async("the style sheet is shown", || async {
            let text = window.script(code, vec![]).await;
            text.as_str().map(str::to_owned)
        })
        .await;
        assert!(css.contains('{') && css.contains("border-radius"), "{css}");
        // What is shown is a frame that is not reached into.
        let sandbox = window.attribute("css-frame", "sandbox").await;
        assert_eq!(sandbox, "");
        window.photograph("css").await;
    });
}

/// What a page holds cannot get out of its frame: nothing runs there, whatever is in it.
#[test]
fn nothing_of_a_page_runs_in_the_window() {
    let hostile = json!([
        "<script>parent.document.title = 'taken'</script>",
        "<img src=x onerror=\"parent.document.title = 'taken'\">",
        "<svg onload=\"top.document.title = 'taken'\"></svg>",
        "<iframe srcdoc=\"<script>top.document.title = 'taken'</script>\"></iframe>",
        "<a href=\"javascript:parent.document.title='taken'\" autofocus onfocus=\"parent.document.title='taken'\">x</a>",
        "<form action=\"https://there.example/\"><input autofocus onfocus=\"top.document.title='taken'\"></form>",
        "<meta http-equiv=refresh content=\"0;url=javascript:parent.document.title='taken'\">",
        "<details open ontoggle=\"parent.document.title='taken'\">x</details>",
    ]);
    let terminal = Terminal::new();
    let plan = made(&terminal);
    drive_on(terminal, "pages-hostile", |window| async move {
        window.press("history-item").await;
        window.element("[data-testid='page-glass'].open").await;
        let title = window.script("return document.title;", vec![]).await;
        // Straight into the frame, past everything that would have escaped it.
        let script = format!(
            "const page = {PAGE};
            for (const html of arguments[0]) {{
                const box = page.createElement('div');
                page.body.append(box);
                box.innerHTML = html;
                const script = page.createElement('script');
                script.textContent = \"parent.document.title = 'taken'\";
                page.body.append(script);
            }}
            for (const link of page.querySelectorAll('a')) link.click();"
        );
        window.script(&script, vec![hostile]).await;
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert_eq!(window.script("return document.title;", vec![]).await, title);
        let frame = window.part("page-frame").await;
        let sandbox = frame.attr("sandbox").await.unwrap();
        assert_eq!(sandbox.as_deref(), Some("allow-same-origin"));
        // And the page is still the page.
        assert_eq!(
            text(&window, "h1").await.as_deref(),
            plan["sections"][0]["heading"].as_str()
        );
    });
}

/// A small page in the window's history, made without a model.
fn made(terminal: &Terminal) -> Value {
    let section = |kind: &str, heading: &str| json!({"id": kind, "kind": kind, "layout": "", "heading": heading, "lead": "A lead."});
    let plan = json!({
        "version": 1, "language": "en", "name": "Crumb", "title": "Crumb", "description": "Bread.", "motifs": ["cup"], "seed": 7,
        "theme": {"palette": "roast", "pairing": "oldstyle", "corners": "soft", "density": "regular", "scheme": "auto"},
        "sections": [section("hero", "Warm by seven"), section("footer", "Crumb")],
    });
    let input = format!("plan={plan}");
    let report = terminal.json(&["run", "page", "--json", "-i", &input]);
    assert_eq!(report["status"], "done", "{report}");
    plan
}

/// Puts a whole document into the code tab, as pasting over everything does.
async fn write_code(window: &Window, html: &str) {
    let editor = window
        .element("[data-testid='page-code'] .cm-content")
        .await;
    editor.click().await.unwrap();
    editor.send_keys("\u{e009}a\u{e000}").await.unwrap();
    let script = "const held = new DataTransfer();
        held.setData('text/plain', arguments[0]);
        const event = new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true });
        document.querySelector(`[data-testid='page-code'] .cm-content`).dispatchEvent(event);";
    window.script(script, vec![json!(html)]).await;
}

/// Code is written over: what passes is seen at once, what does not takes the place of nothing; and two
/// versions stand side by side.
#[test]
fn code_is_written_over_and_versions_are_compared() {
    let terminal = Terminal::new();
    made(&terminal);
    let target = place::artifacts().join("page-code.html");
    let path = target.to_string_lossy().into_owned();
    let export = terminal.run(&["export", "last", "--as", "html", "--to", &path]);
    assert_eq!(export.status.code(), Some(0), "{export:?}");
    let html = std::fs::read_to_string(target).unwrap();
    drive_on(terminal, "pages-code", |window| async move {
        window.press("history-item").await;
        window.element("[data-testid='page-glass'].open").await;
        window.press_at("[role='tab'][data-value='code']").await;
        write_code(&window, &html.replace("Warm by seven", "Warm by six")).await;
        wait_for(&window, "h1", "Warm by six").await;
        // A text that is written over is the plan's: the page can still be taken hold of.
        window.element("[data-testid='page-glass'].open").await;

        write_code(
            &window,
            &html.replace("</main>", "<script>1</script></main>"),
        )
        .await;
        window
            .element("[data-testid='page-code-wrong'] [data-rule='network']")
            .await;
        assert_eq!(text(&window, "h1").await.as_deref(), Some("Warm by six"));
        window.photograph("page-code").await;

        window.press_at("[role='tab'][data-value='compare']").await;
        window
            .element("[data-testid='page-compare'][data-differences='1']")
            .await;
        window.photograph("page-compare").await;
    });
}
