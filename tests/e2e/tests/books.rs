//! Books from the first word to the accountant: on the command line, and in the real window in
//! English and in Chinese: told, mended by keyboard, posted, looked at, handed over.
//!
//! What is told needs no model: the lexicon knows every account. Figures in the window are held
//! against those that the command line prints of the same book.

#![expect(
    clippy::unwrap_used,
    reason = "a test, with its helpers outside the test functions"
)]

use std::path::Path;
use std::time::Duration;

use e2e::process;
use e2e::terminal::{Terminal, input};
use e2e::window::{Window, drive_on};
use serde_json::{Value, json};

/// Keys as `WebDriver` has them.
const RETURN: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const CONTROL_A: &str = "\u{e009}a\u{e000}";

const STATEMENTS: [&str; 4] = [
    "trial_balance",
    "income_statement",
    "balance_sheet",
    "cash_flow_direct",
];

/// What somebody tells, and what of it the books must say.
struct Told {
    name: &'static str,
    book: &'static str,
    currency: &'static str,
    text: &'static str,
    /// The amount of the first entry after it was mended.
    mended: &'static str,
    /// What was earned and spent in November.
    earned: &'static str,
    spent: &'static str,
    language: &'static str,
}

const ENGLISH: Told = Told {
    name: "en",
    book: "Studio",
    currency: "EUR",
    text: "Lunch with ACME 84.50 on the company card yesterday\n\
           Taxi 18 in cash\n\
           Rent 2,400 on the 1st\n\
           Received 5,000 from ACME on November 20",
    mended: "90.10",
    earned: "5000.00",
    spent: "2490.10",
    language: "en",
};

const CHINESE: Told = Told {
    name: "zh",
    book: "工作室",
    currency: "TWD",
    text: "昨天和客戶午餐 1,280 元刷卡\n\
           計程車 245 元付現\n\
           11 月 1 日房租 18,000 元轉帳\n\
           11 月 20 日客戶匯款 52,000 元",
    mended: "1350",
    earned: "52000",
    spent: "19350",
    language: "zh-hant",
};

/// One cell of an entry, by its place from 1.
fn cell(entry: usize, part: &str) -> String {
    format!("tbody[data-testid='entry']:nth-of-type({entry}) {part}")
}

async fn value_of(window: &Window, selector: &str) -> String {
    let script = "return document.querySelector(arguments[0])?.value ?? null;";
    let value = window.script(script, vec![json!(selector)]).await;
    value.as_str().unwrap_or_default().to_owned()
}

/// Types into a cell in place of what is in it, and goes on by Return.
async fn write(window: &Window, selector: &str, text: &str) {
    let field = window.element(selector).await;
    field.click().await.unwrap();
    // The driver lets go of the modifier only at the end of a call.
    for keys in [CONTROL_A, text, RETURN] {
        field.send_keys(keys).await.unwrap();
    }
}

async fn until_value(window: &Window, selector: &str, value: &str) {
    process::until_async(&format!("{selector} is {value}"), || async {
        (value_of(window, selector).await == value).then_some(())
    })
    .await;
}

async fn tell(window: &Window, told: &Told) {
    window.press("assistant-ledger").await;
    window.paste("field-text", told.text).await;
    window.fill("field-today", "2026-11-27").await;
    window.fill("field-book", told.book).await;
    window.fill("field-currency", told.currency).await;
    window.press("run-button").await;
    assert_eq!(window.attribute("result", "data-status").await, "done");
    // What shows an answer is read when the first of its kind comes.
    process::until_async("its four entries are shown", || async {
        (window.attributes("entry", "data-doubts").await.len() == 4).then_some(())
    })
    .await;
}

/// An amount, a day and an account are mended without the mouse but for the first click.
async fn mend(window: &Window, told: &Told) {
    let debit = cell(1, "tr:nth-child(1) input[data-column='debit']");
    let credit = cell(1, "tr:nth-child(2) input[data-column='credit']");
    write(window, &debit, told.mended).await;
    until_value(window, &debit, told.mended).await;
    until_value(window, &credit, told.mended).await;
    // What is no amount is not taken.
    write(window, &debit, "lots").await;
    until_value(window, &debit, told.mended).await;

    // The taxi was in another month.
    let day = cell(2, "input[data-column='date']");
    write(window, &day, "2026/10/30").await;
    until_value(window, &day, "2026-10-30").await;
    write(window, &day, "2026-02-31").await;
    until_value(window, &day, "2026-10-30").await;

    let account = cell(1, "tr:nth-child(1) select");
    assert_eq!(value_of(window, &account).await, "Expenses:Meals");
    let list = window.element(&account).await;
    list.send_keys(DOWN).await.unwrap();
    process::until_async("the lunch is in another account", || async {
        let now = value_of(window, &account).await;
        (now != "Expenses:Meals" && now.starts_with("Expenses:")).then_some(())
    })
    .await;
    while !window.attributes("doubt-choice", "title").await.is_empty() {
        window.press("doubt-choice").await;
    }
    window
        .photograph(&format!("books-{}-mended", told.name))
        .await;
}

async fn post(window: &Window, told: &Told) {
    assert_eq!(
        value_of(window, "[data-testid='post-book']").await,
        told.book
    );
    window.press("post-entries").await;
    window.part("posted").await;
    window
        .photograph(&format!("books-{}-posted", told.name))
        .await;
    window.press("open-book").await;
}

/// Every figure of a statement as the window has it, in order.
async fn figures(window: &Window, statement: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(
            `[data-testid='book-statement'][data-statement='${arguments[0]}'] td[data-value]`
        )].map((cell) => cell.dataset.value);";
    let values = window.script(script, vec![json!(statement)]).await;
    serde_json::from_value(values).unwrap()
}

/// The same as the command line prints them.
fn printed(terminal: &Terminal, told: &Told, view: &[&str], statement: &str) -> Vec<String> {
    let mut arguments = vec!["book", "statements", told.book, "--json"];
    arguments.extend(["--language", told.language]);
    arguments.extend_from_slice(view);
    let found = terminal.json(&arguments);
    assert!(
        found["ties"]
            .as_array()
            .unwrap()
            .iter()
            .all(|tie| tie["holds"] == true),
        "{found}"
    );
    let statements = found["statements"].as_array().unwrap();
    let named = statements.iter().find(|one| one["name"] == statement);
    let rows = named.unwrap()["statement"]["rows"].as_array().unwrap();
    rows.iter()
        .flat_map(|row| row["figures"].as_array().unwrap())
        .map(|figure| figure.as_str().unwrap().to_owned())
        .filter(|figure| !figure.is_empty())
        .collect()
}

/// Waits until the window shows the figures that the command line prints.
async fn agree(window: &Window, told: &Told, view: &[&str]) {
    for statement in STATEMENTS {
        let right = printed(window.terminal(), told, view, statement);
        process::until_async(
            &format!("{statement} of {view:?} is as printed"),
            || async { (figures(window, statement).await == right).then_some(()) },
        )
        .await;
    }
}

/// Waits until the page can be pressed again: a menu that closes keeps it from that for a moment, in
/// which the driver calls everything not interactable.
async fn until_free(window: &Window) {
    process::until_async("no menu keeps the page", || async {
        let script = "return getComputedStyle(document.body).pointerEvents !== 'none';";
        (window.script(script, vec![]).await == json!(true)).then_some(())
    })
    .await;
}

async fn choose_period(window: &Window, name: &str) {
    until_free(window).await;
    window.press("book-period").await;
    let choice = format!("[data-testid='book-period-choice'][data-period='{name}']");
    window.element(&choice).await.click().await.unwrap();
}

async fn look(window: &Window, told: &Told) {
    window.part("book-statement").await;
    agree(window, told, &[]).await;
    window
        .photograph(&format!("books-{}-open", told.name))
        .await;

    choose_period(window, "2026-11").await;
    let november = ["--from", "2026-11-01", "--to", "2026-11-30"];
    agree(window, told, &november).await;
    let shown = figures(window, "income_statement").await;
    for figure in [told.earned, told.spent] {
        assert!(shown.iter().any(|one| one == figure), "{figure}: {shown:?}");
    }
    until_free(window).await;
    window.press("book-compare").await;
    window.press("book-compare-previous").await;
    until_free(window).await;
    agree(
        window,
        told,
        &[&november[..], &["--compare", "previous"]].concat(),
    )
    .await;

    // A figure opens its entries, an entry its sentence.
    // The driver calls a tab in a row that scrolls not interactable.
    let tab = "[data-testid='bookshelf'] [role='tab']:nth-of-type(2)";
    window.element(tab).await;
    let script = "document.querySelector(arguments[0]).click();";
    window.script(script, vec![json!(tab)]).await;
    until_free(window).await;
    let figure = "[data-statement='income_statement'] [data-testid='book-figure']";
    window.element(figure).await.click().await.unwrap();
    let entries = window.part("book-entries").await.text().await.unwrap();
    let last = told.text.lines().last().unwrap();
    assert!(entries.contains(last), "{entries}");
    window
        .photograph(&format!("books-{}-behind", told.name))
        .await;
}

/// Hands the book over by the window's own menu. Where to is asked by a dialog of the system's, which
/// nobody can drive: its answer is given in its place, everything else goes its usual way.
async fn hand_over(window: &Window, format: &str, path: &Path) -> Vec<u8> {
    let script = "const dialog = /dialog(%7C|\\|)save/;
        if (!window.askedForReal) {
            window.askedForReal = window.fetch.bind(window);
            window.fetch = (resource, options) =>
                dialog.test(String(resource?.url ?? resource))
                    ? Promise.resolve(new Response(JSON.stringify(window.savedAs), {
                          headers: { 'Content-Type': 'application/json', 'Tauri-Response': 'ok' },
                      }))
                    : window.askedForReal(resource, options);
        }
        window.savedAs = arguments[0];";
    window
        .script(script, vec![json!(path.to_string_lossy())])
        .await;
    until_free(window).await;
    let item = format!("book-export-{format}");
    process::until_async("the menu is open", || async {
        let is_open = || async { !window.attributes(&item, "role").await.is_empty() };
        if !is_open().await {
            // What was handed over before is still being written, or its menu is still closing: then
            // the button cannot be pressed yet.
            let _ = window.part("book-export").await.click().await;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        is_open().await.then_some(())
    })
    .await;
    window.press(&item).await;
    process::until_async(&format!("{} is written", path.display()), || async {
        std::fs::read(path).ok().filter(|bytes| !bytes.is_empty())
    })
    .await
}

async fn journey(window: Window, told: &'static Told) {
    tell(&window, told).await;
    mend(&window, told).await;
    post(&window, told).await;
    look(&window, told).await;

    let folder = tempfile::tempdir().unwrap();
    for (format, name, begins) in [
        ("package", "all.zip", &b"PK\x03\x04"[..]),
        ("xlsx", "statements.xlsx", b"PK\x03\x04"),
        ("pdf", "statements.pdf", b"%PDF-"),
    ] {
        let bytes = hand_over(&window, format, &folder.path().join(name)).await;
        assert!(bytes.starts_with(begins), "{name}");
        assert!(bytes.len() > 500, "{name} has {} bytes", bytes.len());
    }
    // What was mended is remembered: the same words are in the account that was chosen.
    let terminal = window.terminal();
    let entries = terminal.json(&["book", "entries", told.book, "--json"]);
    assert_eq!(entries["total"], 4, "{entries}");
    let lunch = entries["entries"].as_array().unwrap();
    let lunch = lunch.iter().find(|entry| entry["number"] == 1).unwrap();
    let chosen = lunch["postings"][0]["account"].as_str().unwrap();
    assert_ne!(chosen, "Expenses:Meals");
    let amount = lunch["postings"][0]["amount"].as_str().unwrap();
    assert_eq!(amount, told.mended);
    let first = told.text.lines().next().unwrap();
    let again = ledger(terminal, told.book, first);
    assert_eq!(
        again["artifact"]["entries"][0]["postings"][0]["account"],
        chosen
    );
    let verified = terminal.json(&["book", "verify", told.book, "--json"]);
    assert_eq!(verified["entries"], 4, "{verified}");
}

#[test]
fn books_from_words_to_an_accountant() {
    drive_on(Terminal::new(), "books", |window| async move {
        journey(window, &ENGLISH).await;
    });
}

#[test]
fn the_same_books_in_chinese() {
    drive_on(Terminal::new(), "books-zh", |window| async move {
        window.press("settings-menu").await;
        window.press("language-zh-Hant").await;
        journey(window, &CHINESE).await;
    });
}

/// A run of the ledger on the command line.
fn ledger(terminal: &Terminal, book: &str, text: &str) -> Value {
    let inputs = [
        input("text", text),
        input("today", "2026-11-27"),
        input("book", book),
    ];
    let mut arguments = vec!["run", "ledger", "--json"];
    for input in &inputs {
        arguments.extend(["-i", input.as_str()]);
    }
    terminal.json(&arguments)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a journey is read in one piece")]
fn a_run_is_posted_on_the_command_line_once() {
    let terminal = Terminal::new();
    let report = ledger(
        &terminal,
        "shop",
        "Lunch €84.50 on the company card yesterday, rent €2,400 on the 1st; ACME paid the €5,000 invoice",
    );
    assert_eq!(report["status"], "done", "{report}");
    let proposed = report["artifact"]["entries"].as_array().unwrap().len();
    assert_eq!(proposed, 3, "{report}");

    let posted = terminal.json(&["book", "post", "last", "--book", "shop", "--json"]);
    assert_eq!(posted["book"], "shop");
    assert_eq!(posted["entries"], json!([1, 2, 3]), "{posted}");
    let entries = terminal.json(&["book", "entries", "shop", "--json"]);
    assert_eq!(entries["total"], 3);
    // An entry knows its sentence and its run.
    let found = entries["entries"].as_array().unwrap();
    for entry in found {
        assert_eq!(entry["run"], report["run"], "{entry}");
    }
    let proposals = report["artifact"]["entries"].as_array().unwrap();
    for proposal in proposals {
        let is_there = found.iter().any(|entry| {
            entry["source"] == proposal["source"] && entry["date"] == proposal["date"]
        });
        assert!(is_there, "{proposal}");
    }

    let statements = terminal.json(&["book", "statements", "shop", "--json"]);
    let ties = statements["ties"].as_array().unwrap();
    assert!(!ties.is_empty() && ties.iter().all(|tie| tie["holds"] == true));
    let income = statements["statements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "income_statement")
        .unwrap();
    let rows = income["statement"]["rows"].as_array().unwrap();
    assert_eq!(
        rows.last().unwrap()["figures"],
        json!(["2515.50"]),
        "{income}"
    );

    // The same run again, a run of something else, and a run that nobody knows.
    let check = |arguments: &[&str], code: &str| {
        let ended = terminal.run(arguments);
        assert_eq!(ended.code(), code, "{ended:?}");
        assert_eq!(ended.status.code(), Some(1));
    };
    check(&["book", "post", "last", "--book", "shop"], "entry-refused");
    let database = input("database", e2e::place::shop());
    let _ = terminal.json(&e2e::terminal::sql(&[&database, "sql=SELECT 1"]));
    check(&["book", "post", "last", "--book", "shop"], "entry-refused");
    check(&["book", "post", "01NOSUCHRUN"], "run-unknown");
    assert_eq!(
        terminal.json(&["book", "entries", "shop", "--json"])["total"],
        3
    );

    // What there was before, and what a foreign currency is worth.
    let opened = terminal.json(&[
        "book",
        "open",
        "shop",
        "2026-01-01",
        "Assets:Bank=1000",
        "Assets:Savings=100 USD",
        "--json",
    ]);
    assert_eq!(opened["entries"], json!([4]), "{opened}");
    check(
        &["book", "open", "shop", "2026-01-01", "Assets:Bank=1"],
        "entry-refused",
    );
    check(
        &["book", "open", "shop", "2026-01-01", "Assets:Bank"],
        "input-invalid",
    );
    let rated = terminal.run(&["book", "rate", "shop", "USD", "0.9", "--on", "2026-01-01"]);
    assert_eq!(rated.status.code(), Some(0), "{rated:?}");
    check(
        &["book", "rate", "shop", "USD", "none", "--on", "2026-01-01"],
        "entry-refused",
    );

    let archive = terminal.data().join("all.zip");
    let to = archive.to_string_lossy();
    let ended = terminal.run(&["book", "export", "shop", "--as", "package", "--to", &to]);
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert!(std::fs::read(&archive).unwrap().starts_with(b"PK\x03\x04"));
    let seal = statements["seal"].as_str().unwrap();
    let verified = terminal.json(&["book", "verify", "shop", "--seal", seal, "--json"]);
    assert_eq!(verified["has_seal"], true, "{verified}");
}
