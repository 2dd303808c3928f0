//! Which assistant takes which file, and how a desk begins. No model.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

use std::path::Path;

use assistant::Code;
use desk::{Desk, DeskOptions, FileOffer};

async fn desk(folder: &Path) -> Desk {
    Desk::open(DeskOptions {
        data_dir: Some(folder.to_owned()),
        ..DeskOptions::default()
    })
    .await
    .unwrap()
}

/// What is offered, in short: `assistant.field`, `books` or `bring`.
fn short(offers: &[FileOffer]) -> Vec<String> {
    let name = |offer: &FileOffer| match offer {
        FileOffer::Fill {
            assistant, field, ..
        } => format!("{assistant}.{field}"),
        FileOffer::Books => "books".to_owned(),
        FileOffer::Bring => "bring".to_owned(),
    };
    offers.iter().map(name).collect()
}

/// Files by name, what stands in them, and who takes them.
const FILES: [(&str, &str, &[&str]); 11] = [
    ("shop.sqlite", "SQLite format 3\0", &["sql.database"]),
    ("Sales.XLSX", "PK\x03\x04", &["sql.database", "books"]),
    (
        "bank.csv",
        "day,amount\n2026-01-02,5\n",
        &["sql.database", "books", "transform-data.sample"],
    ),
    ("bank.ofx", "<OFX>", &["books"]),
    ("game.pgn", "1. e4 *", &["chess.pgn", "chess.games"]),
    (
        "mate.fen",
        "8/5pk1/6p1/P7/8/6P1/5PK1/8 w - - 0 40",
        &["chess.fen"],
    ),
    (
        "mine.toml",
        "version = 1\n[prompt]\ntemplate = \"x\"",
        &["bring"],
    ),
    ("other.toml", "name = \"x\"", &[]),
    ("mine.deskhand", "not whole", &["bring"]),
    ("tune.mp3", "ID3", &[]),
    ("none", "", &[]),
];

#[tokio::test]
async fn a_file_is_offered_to_whoever_takes_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder.path().join("data")).await;
    let offered = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        desk.offers_for(&path).unwrap()
    };
    for (name, text, expected) in FILES {
        let found = offered(name, text);
        assert_eq!(found.name, name);
        assert_eq!(short(&found.offers), expected, "{name}");
    }
    let found = offered("letter.txt", "Dear all,\nthe shop is closed on Monday.\n");
    let FileOffer::Fill {
        assistant, value, ..
    } = &found.offers[0]
    else {
        panic!("{found:?}");
    };
    assert_eq!(assistant, "summarise");
    assert_eq!(value, "Dear all,\nthe shop is closed on Monday.");
    let script = "gpt = GPT()\ngpt.add_example(Example('a', 'b'))\n";
    assert!(short(&offered("old.py", script).offers).contains(&"bring".to_owned()));
}

#[tokio::test]
async fn what_does_not_fit_a_form_is_not_offered_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder.path().join("data")).await;
    let path = folder.path().join("long.txt");
    std::fs::write(&path, "word ".repeat(2_000)).unwrap();
    let found = short(&desk.offers_for(&path).unwrap().offers);
    assert!(found.contains(&"summarise.text".to_owned()), "{found:?}");
    assert!(!found.contains(&"translate.text".to_owned()), "{found:?}");
    std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    assert!(desk.offers_for(&path).unwrap().offers.is_empty());
}

#[tokio::test]
async fn what_is_no_file_is_refused_with_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&folder.path().join("data")).await;
    let code = |path: &Path| desk.offers_for(path).unwrap_err().code;
    assert_eq!(code(&folder.path().join("none.csv")), Code::FileNotFound);
    assert_eq!(code(folder.path()), Code::FileUnreadable);
}

#[tokio::test]
async fn how_to_begin_is_asked_once_and_minutes_are_kept_within_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let first = desk(folder.path()).await;
    let info = first.settings_info().await.unwrap();
    assert_eq!((info.idle_minutes, info.first_start), (15, true));
    first.begin_work().unwrap();
    first.set_idle_minutes(45).unwrap();
    let refused = first.set_idle_minutes(1441).unwrap_err();
    assert_eq!(refused.code, Code::InputInvalid);
    drop(first);
    let next = desk(folder.path()).await;
    let info = next.settings_info().await.unwrap();
    assert_eq!((info.idle_minutes, info.first_start), (45, false));
}

#[tokio::test]
async fn every_assistant_that_comes_with_the_desk_shows_what_can_be_asked() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    for one in desk.assistants() {
        let needed = |example: &assistant::description::Example| {
            let filled = |name: &str| example.values.iter().any(|value| value.name == name);
            one.inputs.iter().all(|field| {
                let stands_in = |other: &assistant::description::Field| {
                    other.instead_of.as_deref() == Some(&field.name) && filled(&other.name)
                };
                !field.required
                    || !field.default.is_empty()
                    || filled(&field.name)
                    || one.inputs.iter().any(stands_in)
            })
        };
        assert!(one.examples.len() >= 3, "{} has too few examples", one.id);
        assert!(
            one.examples.iter().all(needed),
            "an example of {} cannot be run",
            one.id
        );
    }
}
