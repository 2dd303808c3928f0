//! Everything in one file and back, and every file that is none refused. No model.

#![expect(
    clippy::unwrap_used,
    reason = "all of this is tests, its functions included"
)]

mod kept;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::Path;

use assistant::{Code, Fault};
use desk::{BackupFile, BackupManifest, JobProgress, RestoredBackup, restore};
use kept::{desk, keep};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;
use zip::write::SimpleFileOptions;

fn quietly(_: JobProgress) {}

async fn bring_back(file: &Path, folder: &Path) -> Result<RestoredBackup, Fault> {
    restore(file, folder, &quietly, &CancellationToken::new()).await
}

/// Every member of an archive.
fn members(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut entry = archive.by_index(place).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn write(path: &Path, members: &BTreeMap<String, Vec<u8>>) {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, bytes) in members {
        archive
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "one story from end to end, best read in one piece"
)]
async fn everything_comes_back_as_it_was_while_the_program_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let one = desk(&data).await;
    let run = keep(&one, "哪個客戶 spent most?", "Ada").await;
    one.history().tag(&run, "tax").await.unwrap();
    one.set_offline(true).unwrap();
    one.set_keep_days(Some(90)).unwrap();
    one.create_book(desk::BookCreation {
        name: "家計".to_owned(),
        title: String::new(),
        currency: "TWD".to_owned(),
        fiscal_start: None,
    })
    .await
    .unwrap();
    std::fs::write(
        data.join("services.toml"),
        "[[service]]\nname = \"home\"\nkind = \"openai\"\nproxy = { address = \"http://ann:hunter2@proxy:1\" }\n",
    )
    .unwrap();
    let file = place.path().join("all.zip");
    let last = std::sync::Mutex::new(JobProgress::default());
    let tell = |now: JobProgress| *last.lock().unwrap() = now;
    let written = one
        .back_up(&file, &tell, &CancellationToken::new())
        .await
        .unwrap();
    let last = *last.lock().unwrap();
    assert!(last.total > 0.0 && last.done <= last.total, "{last:?}");
    let names: Vec<String> = members(&file).into_keys().collect();
    assert_eq!(names.len(), written.files as usize + 1);
    for left_out in ["samples/", "owners/", "logs/", "webview/"] {
        assert!(
            !names.iter().any(|name| name.starts_with(left_out)),
            "{names:?}"
        );
    }
    assert!(
        !names
            .iter()
            .any(|name| name.ends_with("-wal") || name.ends_with(".lock"))
    );
    let services = String::from_utf8(members(&file)["services.toml"].clone()).unwrap();
    assert!(services.contains("http://ann@proxy:1"), "{services}");

    // What happens after the backup is not in it.
    keep(&one, "later", "x").await;
    let there = place.path().join("there/data");
    let restored = bring_back(&file, &there).await.unwrap();
    assert_eq!((restored.runs, restored.files), (1, written.files));
    let other = desk(&there).await;
    let kept = other
        .history()
        .kept(std::slice::from_ref(&run))
        .await
        .unwrap();
    assert_eq!(
        kept,
        one.history()
            .kept(std::slice::from_ref(&run))
            .await
            .unwrap()
    );
    assert_eq!(other.history().search("客戶", 5).await.unwrap().len(), 1);
    assert_eq!(other.history().search("tax", 5).await.unwrap().len(), 1);
    assert!(other.is_offline().unwrap());
    assert_eq!(other.keep_days().unwrap(), Some(90));
    assert!(
        other
            .books()
            .await
            .unwrap()
            .iter()
            .any(|book| book.name == "家計")
    );
    // And it can be written to.
    keep(&other, "goes on", "y").await;

    let beside = one
        .restore_beside(&file, &quietly, &CancellationToken::new())
        .await
        .unwrap();
    assert!(
        beside.folder.contains("data-restored-"),
        "{}",
        beside.folder
    );
    let twice = one
        .restore_beside(&file, &quietly, &CancellationToken::new())
        .await
        .unwrap();
    assert_ne!(beside.folder, twice.folder);
}

#[tokio::test]
async fn a_backup_is_never_brought_back_over_anything() {
    let place = tempfile::tempdir().unwrap();
    let one = desk(&place.path().join("data")).await;
    keep(&one, "q", "a").await;
    let file = place.path().join("all.zip");
    let cancel = CancellationToken::new();
    one.back_up(&file, &quietly, &cancel).await.unwrap();
    let full = place.path().join("full");
    std::fs::create_dir(&full).unwrap();
    std::fs::write(full.join("mine.txt"), "mine").unwrap();
    let refused = bring_back(&file, &full).await.unwrap_err();
    assert_eq!(refused.code, Code::RestoreRefused);
    assert_eq!(std::fs::read_dir(&full).unwrap().count(), 1);
    let own = bring_back(&file, &place.path().join("data"))
        .await
        .unwrap_err();
    assert_eq!(own.code, Code::RestoreRefused);
    let empty = place.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    bring_back(&file, &empty).await.unwrap();
    assert!(empty.join("history.sqlite").exists());
    cancel.cancel();
    let stopped = restore(&file, &place.path().join("never"), &quietly, &cancel).await;
    assert_eq!(stopped.unwrap_err().code, Code::Cancelled);
    assert!(!place.path().join("never").exists());
    std::fs::write(&file, "what was there").unwrap();
    let stopped = one.back_up(&file, &quietly, &cancel).await.unwrap_err();
    assert_eq!(stopped.code, Code::Cancelled);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "what was there");
    let nowhere = place.path().join("not/there.zip");
    let fault = one
        .back_up(&nowhere, &quietly, &CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(fault.code, Code::FileUnreadable);
}

#[tokio::test]
#[expect(
    clippy::too_many_lines,
    reason = "a list of what is wrong with archives, best read in one piece"
)]
async fn an_archive_that_is_no_sound_backup_is_refused_before_anything_appears() {
    let place = tempfile::tempdir().unwrap();
    let one = desk(&place.path().join("data")).await;
    keep(&one, "q", "a").await;
    let file = place.path().join("all.zip");
    one.back_up(&file, &quietly, &CancellationToken::new())
        .await
        .unwrap();
    let good = members(&file);
    let manifest: BackupManifest = serde_json::from_slice(&good["manifest.json"]).unwrap();
    let with = |manifest: &BackupManifest, more: &[(&str, &[u8])]| {
        let mut members = good.clone();
        members.insert(
            "manifest.json".to_owned(),
            serde_json::to_vec(manifest).unwrap(),
        );
        for (name, bytes) in more {
            members.insert((*name).to_owned(), bytes.to_vec());
        }
        members
    };
    let listed = |path: &str, bytes: &[u8], size: u64| {
        let mut manifest = manifest.clone();
        let hash = Sha256::digest(bytes);
        manifest.files.push(BackupFile {
            path: path.to_owned(),
            size,
            sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        });
        manifest
    };
    let newer = BackupManifest {
        version: 2,
        ..manifest.clone()
    };
    let foreign = BackupManifest {
        format: "other".to_owned(),
        ..manifest.clone()
    };
    let without = |name: &str| {
        let mut members = good.clone();
        members.remove(name);
        members
    };
    let zeros = vec![0_u8; 300 << 20];
    let cases = [
        ("no manifest", without("manifest.json"), Code::BackupInvalid),
        (
            "a file is missing",
            without("history.sqlite"),
            Code::BackupInvalid,
        ),
        ("newer", with(&newer, &[]), Code::FileTooNew),
        ("foreign", with(&foreign, &[]), Code::BackupInvalid),
        (
            "more than it says",
            with(&manifest, &[("more.txt", b"x")]),
            Code::BackupInvalid,
        ),
        (
            "changed",
            with(&manifest, &[("history.sqlite", b"other")]),
            Code::BackupInvalid,
        ),
        (
            "out of the folder",
            with(&listed("../out.txt", b"x", 1), &[("../out.txt", b"x")]),
            Code::BackupInvalid,
        ),
        (
            "absolute",
            with(&listed("/tmp/out.txt", b"x", 1), &[("/tmp/out.txt", b"x")]),
            Code::BackupInvalid,
        ),
        (
            "longer than it says",
            with(&listed("a.txt", b"xyz", 1), &[("a.txt", b"xyz")]),
            Code::BackupInvalid,
        ),
        (
            "shorter than it says",
            with(&listed("a.txt", b"xyz", 9), &[("a.txt", b"xyz")]),
            Code::BackupInvalid,
        ),
        (
            "swells",
            with(
                &listed("a.bin", &zeros, zeros.len() as u64),
                &[("a.bin", &zeros)],
            ),
            Code::BackupInvalid,
        ),
        (
            "swells untold",
            with(&listed("a.bin", &zeros, 10), &[("a.bin", &zeros)]),
            Code::BackupInvalid,
        ),
        (
            "twice",
            with(
                &listed("HISTORY.sqlite", b"x", 1),
                &[("HISTORY.sqlite", b"x")],
            ),
            Code::BackupInvalid,
        ),
    ];
    let bad = place.path().join("bad.zip");
    let target = place.path().join("target");
    let refuse = async |what: &str, code: Code| {
        let fault = bring_back(&bad, &target).await.unwrap_err();
        assert_eq!(fault.code, code, "{what}: {fault}");
        assert!(!target.exists(), "{what}");
        let left = std::fs::read_dir(place.path()).unwrap().count();
        assert_eq!(left, 3, "{what} left something behind");
    };
    for (what, members, code) in cases {
        write(&bad, &members);
        refuse(what, code).await;
    }
    let whole = std::fs::read(&file).unwrap();
    for (what, bytes) in [
        ("nothing", &[] as &[u8]),
        ("a letter", b"dear aunt"),
        ("cut short", &whole[..whole.len() / 2]),
        ("cut in front", &whole[whole.len() / 2..]),
    ] {
        std::fs::write(&bad, bytes).unwrap();
        refuse(what, Code::BackupInvalid).await;
    }
    let missing = bring_back(&place.path().join("none"), &target)
        .await
        .unwrap_err();
    assert_eq!(missing.code, Code::FileNotFound);

    // A byte that fell over on some disk.
    let middle = whole.len() / 3;
    let mut rotten = whole.clone();
    rotten[middle] ^= 0x10;
    std::fs::write(&bad, &rotten).unwrap();
    refuse("rotten", Code::BackupInvalid).await;
}
