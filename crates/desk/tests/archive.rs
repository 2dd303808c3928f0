//! Runs through the desk: carried away in every format, brought in again, ChatGPT's too. No model.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

mod kept;

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use assistant::{Code, RunId};
use desk::{Desk, JobProgress, Language, RunsExport, RunsFormat};
use history::Wanted;
use kept::{begin, desk, keep};
use tokio_util::sync::CancellationToken;

const FORMATS: [RunsFormat; 5] = [
    RunsFormat::Markdown,
    RunsFormat::Html,
    RunsFormat::Json,
    RunsFormat::Docx,
    RunsFormat::Pdf,
];

fn all(format: RunsFormat) -> RunsExport {
    RunsExport {
        runs: vec![],
        wanted: Wanted::default(),
        format,
        with_files: false,
        language: Language::English,
    }
}

fn quietly(_: JobProgress) {}

async fn export(
    desk: &Desk,
    request: &RunsExport,
    path: &Path,
) -> Result<desk::ExportedRuns, assistant::Fault> {
    desk.export_runs(request, path, &quietly, &CancellationToken::new())
        .await
}

async fn import(desk: &Desk, path: &Path) -> Result<desk::ImportedRuns, assistant::Fault> {
    desk.import_runs(path, &quietly, &CancellationToken::new())
        .await
}

async fn names(desk: &Desk) -> Vec<RunId> {
    let listed = desk.history().list(1_000, None).await.unwrap();
    listed.into_iter().map(|summary| summary.run).collect()
}

#[tokio::test]
async fn a_history_is_carried_away_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    for place in 0..250 {
        keep(
            &desk,
            &format!("哪個客戶 question {place}"),
            "Ada & <b>Grace</b>",
        )
        .await;
    }
    begin(&desk, "still under way").await;
    for format in FORMATS {
        let path = folder.path().join(format!("runs.{}", format.extension()));
        let exported = export(&desk, &all(format), &path).await.unwrap();
        assert_eq!(exported.runs, 250, "{format:?}");
        assert_eq!(exported.lacking, "", "{format:?}");
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.len() > 10_000, "{format:?}: {} bytes", bytes.len());
        if matches!(
            format,
            RunsFormat::Markdown | RunsFormat::Html | RunsFormat::Json
        ) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("question 123"), "{format:?}");
            assert!(!text.contains("still under way"), "{format:?}");
        }
    }
    let left: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".tmp"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn some_runs_are_carried_away_by_name_or_by_what_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let first = keep(&desk, "one", "alpha").await;
    keep(&desk, "two", "beta").await;
    let path = folder.path().join("runs.md");
    let named = RunsExport {
        runs: vec![first.clone()],
        ..all(RunsFormat::Markdown)
    };
    assert_eq!(export(&desk, &named, &path).await.unwrap().runs, 1);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("alpha") && !text.contains("beta"), "{text}");
    assert!(text.contains(&first.0), "{text}");
    let wanted = RunsExport {
        wanted: Wanted {
            words: "beta".to_owned(),
            ..Wanted::default()
        },
        language: Language::TraditionalChinese,
        ..all(RunsFormat::Markdown)
    };
    assert_eq!(export(&desk, &wanted, &path).await.unwrap().runs, 1);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("beta") && text.contains("回答"), "{text}");
}

#[tokio::test]
async fn what_cannot_be_carried_away_is_said_and_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let path = folder.path().join("runs.html");
    std::fs::write(&path, "what was there").unwrap();
    let code = async |request: &RunsExport| export(&desk, request, &path).await.unwrap_err().code;
    assert_eq!(code(&all(RunsFormat::Html)).await, Code::ExportImpossible);
    let run = begin(&desk, "q").await;
    let named = |run: RunId| RunsExport {
        runs: vec![run],
        ..all(RunsFormat::Html)
    };
    assert_eq!(code(&named(run)).await, Code::ExportImpossible);
    assert_eq!(
        code(&named(RunId("none".to_owned()))).await,
        Code::RunUnknown
    );
    keep(&desk, "q", "a").await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let stopped = desk
        .export_runs(&all(RunsFormat::Html), &path, &quietly, &cancel)
        .await;
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "what was there");
    let nowhere = folder.path().join("not/there/runs.html");
    let fault = export(&desk, &all(RunsFormat::Html), &nowhere)
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::FileUnreadable);
}

#[tokio::test]
async fn files_of_runs_come_along_in_an_archive() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let run = keep(&desk, "q", "臺北市").await;
    let path = folder.path().join("runs.zip");
    let request = RunsExport {
        with_files: true,
        ..all(RunsFormat::Json)
    };
    let exported = export(&desk, &request, &path).await.unwrap();
    assert_eq!((exported.runs, exported.files), (1, 1));
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text
    };
    assert!(part(&format!("files/{run}/table.csv")).contains("臺北市"));
    assert!(part("runs.json").contains("deskhand-runs"));

    // An archive of ours is taken in as its JSON is.
    let there = tempfile::tempdir().unwrap();
    let other = kept::desk(there.path()).await;
    assert_eq!(import(&other, &path).await.unwrap().added, 1);
    assert_eq!(names(&other).await, [run]);
}

#[tokio::test]
async fn what_was_exported_comes_back_whole_and_only_once() {
    let here = tempfile::tempdir().unwrap();
    let one = desk(here.path()).await;
    for place in 0..120 {
        let run = keep(&one, &format!("客戶 {place}"), "a").await;
        if place % 10 == 0 {
            one.history().star(&run, true).await.unwrap();
            one.history().tag(&run, "十").await.unwrap();
        }
    }
    let path = here.path().join("runs.json");
    export(&one, &all(RunsFormat::Json), &path).await.unwrap();
    let there = tempfile::tempdir().unwrap();
    let other = desk(there.path()).await;
    let imported = import(&other, &path).await.unwrap();
    assert_eq!(
        (imported.added, imported.present, imported.conflicts),
        (120, 0, 0)
    );
    let everything = async |desk: &Desk| {
        let names = names(desk).await;
        desk.history().kept(&names).await.unwrap()
    };
    assert_eq!(everything(&other).await, everything(&one).await);
    let again = import(&other, &path).await.unwrap();
    assert_eq!((again.added, again.present), (0, 120));

    // A run of that name which says something else stays as it is.
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replacen("\"title\":\"客戶 7\"", "\"title\":\"other\"", 1),
    )
    .unwrap();
    let changed = import(&other, &path).await.unwrap();
    assert_eq!((changed.present, changed.conflicts), (119, 1));
    assert_eq!(changed.notes[0].reason, "conflict");
    assert_eq!(everything(&other).await, everything(&one).await);
}

#[tokio::test]
async fn files_that_are_no_runs_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let deep = format!("[{}", "[".repeat(100_000));
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive
        .start_file("holiday.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(b"sun").unwrap();
    let foreign = archive.finish().unwrap().into_inner();
    let cases: [(&[u8], Code); 12] = [
        (b"", Code::ImportInvalid),
        (b"not json", Code::ImportInvalid),
        (b"{}", Code::ImportInvalid),
        (b"42", Code::ImportInvalid),
        (br#"{"runs": []}"#, Code::ImportInvalid),
        (
            br#"{"format": "other", "version": 1, "runs": []}"#,
            Code::ImportInvalid,
        ),
        (
            br#"{"format": "deskhand-runs", "version": 2, "runs": []}"#,
            Code::FileTooNew,
        ),
        (
            br#"{"format": "deskhand-runs", "version": 1, "runs": 7}"#,
            Code::ImportInvalid,
        ),
        (
            br#"{"format": "deskhand-runs", "version": 1, "runs": ["#,
            Code::ImportInvalid,
        ),
        (deep.as_bytes(), Code::ImportInvalid),
        (&foreign, Code::ImportInvalid),
        (b"PK\x03\x04 cut short", Code::ImportInvalid),
    ];
    let path = folder.path().join("file");
    for (bytes, code) in cases {
        std::fs::write(&path, bytes).unwrap();
        let fault = import(&desk, &path).await.unwrap_err();
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        assert_eq!(fault.code, code, "{shown}: {fault}");
        assert!(fault.sentence.ends_with('.'), "{fault}");
    }
    let missing = import(&desk, &folder.path().join("none"))
        .await
        .unwrap_err();
    assert_eq!(missing.code, Code::FileNotFound);
    assert!(names(&desk).await.is_empty());
}

#[tokio::test]
async fn what_was_taken_in_before_a_file_breaks_off_stays_and_is_said() {
    let here = tempfile::tempdir().unwrap();
    let one = desk(here.path()).await;
    for place in 0..130 {
        keep(&one, &format!("q{place}"), "a").await;
    }
    let path = here.path().join("runs.json");
    export(&one, &all(RunsFormat::Json), &path).await.unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() * 9 / 10]).unwrap();
    let there = tempfile::tempdir().unwrap();
    let other = desk(there.path()).await;
    let fault = import(&other, &path).await.unwrap_err();
    assert_eq!(fault.code, Code::ImportInvalid);
    let added: usize = fault.details["added"].parse().unwrap();
    assert!((50..130).contains(&added), "{added}");
    assert_eq!(names(&other).await.len(), added);
    // Something in the middle that is no run does not end the rest.
    let text = String::from_utf8(bytes).unwrap();
    std::fs::write(&path, text.replacen("\n{", "\n{\"odd\": 1},\n7,\n{", 1)).unwrap();
    let rest = import(&other, &path).await.unwrap();
    assert_eq!(
        (rest.refused, rest.added),
        (2, u32::try_from(130 - added).unwrap())
    );
    assert_eq!(rest.notes[0].place, "run 1");
}

#[tokio::test]
async fn conversations_of_chatgpt_become_runs_of_the_conversation_assistant() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let message = |role: &str, text: &str, parent: Option<&str>, at: u32| {
        serde_json::json!({"parent": parent, "message": {"author": {"role": role}, "recipient": "all",
            "create_time": 1_700_000_000 + at, "content": {"content_type": "text", "parts": [text]}}})
    };
    let conversations: Vec<serde_json::Value> = (0..60)
        .map(|place| {
            serde_json::json!({"id": format!("c{place}"), "title": "麵包", "create_time": 1_700_000_000,
                "mapping": {"a": message("user", "How is bread made? 麵包", None, place),
                            "b": message("assistant", "With **flour**.", Some("a"), place + 1)}})
        })
        .chain([serde_json::json!({"id": "broken"})])
        .collect();
    let text = serde_json::to_vec(&conversations).unwrap();
    let path = folder.path().join("export.zip");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, bytes) in [
        ("chat.html", b"x".as_slice()),
        ("conversations.json", &text),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
    let newest = keep(&desk, "q", "a").await;
    let imported = import(&desk, &path).await.unwrap();
    assert_eq!((imported.added, imported.refused), (60, 1));
    assert_eq!(imported.notes[0].place, "conversation 61");
    let again = import(&desk, &path).await.unwrap();
    assert_eq!((again.added, again.present), (0, 60));
    let of_chat = Wanted {
        words: "麵包".to_owned(),
        assistant: Some("chat".to_owned()),
        tag: Some("chatgpt".to_owned()),
        ..Wanted::default()
    };
    let found = desk.history().find(&of_chat, 100, None).await.unwrap();
    assert_eq!(found.len(), 60);
    assert_eq!(found[0].created_at, "2023-11-14T22:14:19.000Z");
    assert_eq!(names(&desk).await[0], newest, "what is older stands below");
    let record = desk.history().show(&found[0].run).await.unwrap();
    let Some(assistant::Artifact::Text(answer)) = record.report.artifact else {
        panic!("no text");
    };
    assert_eq!(answer.text, "With **flour**.");
}

#[tokio::test]
async fn runs_are_compared_and_old_ones_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let (one, other) = (
        keep(&desk, "q", "Ada").await,
        keep(&desk, "q2", "Grace").await,
    );
    let compared = desk
        .compare_runs(&one, &other, Language::English)
        .await
        .unwrap();
    assert!(!compared.is_same);
    assert_eq!(compared.inputs, ["question"]);
    assert!(compared.lines.iter().any(|line| line.left != line.right));
    assert!(compared.lines.iter().any(|line| line.left == line.right));
    let same = desk
        .compare_runs(&one, &one, Language::English)
        .await
        .unwrap();
    assert!(same.is_same && same.inputs.is_empty());

    assert_eq!(desk.keep_days().unwrap(), None);
    assert_eq!(desk.tidy().await.unwrap(), 0);
    for days in [0, 6, 40_000] {
        let fault = desk.set_keep_days(Some(days)).unwrap_err();
        assert_eq!(fault.code, Code::InputInvalid);
    }
    desk.set_keep_days(Some(30)).unwrap();
    assert_eq!(desk.keep_days().unwrap(), Some(30));
    let mut old = desk
        .history()
        .kept(std::slice::from_ref(&one))
        .await
        .unwrap();
    let name = "01HF000000000000000000000X";
    old[0].run = RunId(name.to_owned());
    old[0].report.as_mut().unwrap()["run"] = name.into();
    desk.history().take_in(&old).await.unwrap();
    assert_eq!(names(&desk).await.len(), 3);
    assert_eq!(desk.tidy().await.unwrap(), 1);
    assert_eq!(names(&desk).await, [other, one]);
    desk.set_keep_days(None).unwrap();
    assert_eq!(desk.keep_days().unwrap(), None);
}

#[tokio::test]
async fn tokens_have_a_price_where_the_person_wrote_one_down() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("services.toml"),
        "[[service]]\nname = \"home\"\nkind = \"openai\"\n\
         price = { input_per_million = \"2\", output_per_million = \"10\" }\n",
    )
    .unwrap();
    let desk = desk(folder.path()).await;
    keep(&desk, "q", "a").await;
    kept::keep_of(&desk, "q", "a", "home:large").await;
    let lines = desk.usage(history::SpentBy::Assistant, 10).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].runs, lines[0].prompt, lines[0].output),
        (2, 2_000_000, 200_000)
    );
    assert_eq!(lines[0].dollars.as_deref(), Some("3.00"));
    let by_model = desk.usage(history::SpentBy::Model, 10).await.unwrap();
    let local = by_model
        .iter()
        .find(|line| !line.name.contains(':'))
        .unwrap();
    assert_eq!(local.dollars, None);
}
