//! What an import does to the folder it works in: nothing until it is whole.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use sheets::{Options, Progress, Report, SheetError, Stage};
use tokio_util::sync::CancellationToken;

fn import(source: &Path, target: &Path) -> Result<Report, SheetError> {
    let cancel = CancellationToken::new();
    sheets::import(source, target, &Options::default(), &|_| {}, &cancel)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn long_text(rows: usize) -> String {
    let mut text = "id,name,when,sum\n".to_owned();
    for row in 0..rows {
        text.push_str(&format!("{row},name {row},2024-01-05,{row}.25\n"));
    }
    text
}

#[test]
fn an_old_target_is_replaced_or_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (
        folder.path().join("good.csv"),
        folder.path().join("bad.csv"),
    );
    std::fs::write(&good, "a,b\n1,2\n").unwrap();
    std::fs::write(&bad, "a,b\n\"1\",2\n\"3,4\n").unwrap();
    let target = folder.path().join("t.sqlite");
    std::fs::write(&target, "what was there").unwrap();
    assert_eq!(
        import(&bad, &target).unwrap_err().code(),
        "sheet-unclosed-quote"
    );
    assert_eq!(std::fs::read(&target).unwrap(), b"what was there");
    import(&good, &target).unwrap();
    assert!(
        std::fs::read(&target)
            .unwrap()
            .starts_with(b"SQLite format 3\0")
    );
    assert_eq!(names(folder.path()), ["bad.csv", "good.csv", "t.sqlite"]);
}

#[test]
fn bad_places_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.csv"), "a,b\n1,2\n").unwrap();
    std::fs::write(at("busy.sqlite"), "").unwrap();
    std::fs::write(at("busy.sqlite-wal"), "").unwrap();
    std::fs::create_dir(at("folder")).unwrap();
    for (source, target, expected) in [
        ("none.csv", "t.sqlite", "file-not-found"),
        ("folder", "t.sqlite", "file-is-folder"),
        ("a.csv", "folder", "file-is-folder"),
        ("a.csv", "a.csv", "target-is-source"),
        ("a.csv", "busy.sqlite", "target-busy"),
        ("a.csv", "none/t.sqlite", "file-unwritable"),
    ] {
        let error = import(&at(source), &at(target)).unwrap_err();
        assert_eq!(error.code(), expected, "{source} to {target}");
        assert!(error.to_string().ends_with('.'));
    }
    assert_eq!(
        names(folder.path()),
        ["a.csv", "busy.sqlite", "busy.sqlite-wal", "folder"]
    );
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("a.csv"), folder.path().join("t.sqlite"));
    std::fs::write(&source, "a,b\n1,2\n").unwrap();
    import(&source, &target).unwrap();
    let mode = target.metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn cancelling_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("a.csv"), folder.path().join("t.sqlite"));
    std::fs::write(&source, long_text(200_000)).unwrap();
    for stage in [Stage::Opening, Stage::Surveying, Stage::Writing] {
        let cancel = CancellationToken::new();
        let cancelled = RefCell::new(None);
        let watch = |progress: Progress| {
            if progress.stage == stage {
                cancel.cancel();
                cancelled.borrow_mut().get_or_insert_with(Instant::now);
            }
        };
        let error = sheets::import(&source, &target, &Options::default(), &watch, &cancel);
        assert_eq!(error.unwrap_err(), SheetError::Cancelled);
        let waited = cancelled.borrow().unwrap().elapsed();
        assert!(waited < Duration::from_millis(100), "{stage:?}: {waited:?}");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }
}

#[test]
fn progress_rises_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let (source, target) = (folder.path().join("a.csv"), folder.path().join("t.sqlite"));
    let text = long_text(100_000);
    std::fs::write(&source, &text).unwrap();
    let told = RefCell::new(Vec::new());
    let begun = Instant::now();
    let watch = |progress: Progress| told.borrow_mut().push(progress);
    let cancel = CancellationToken::new();
    sheets::import(&source, &target, &Options::default(), &watch, &cancel).unwrap();
    let told = told.into_inner();
    let most = begun.elapsed().as_millis() / 50 + 2;
    assert!(
        (told.len() as u128) <= most,
        "{} words, {most} allowed",
        told.len()
    );
    assert!(told.windows(2).all(|pair| pair[0].done <= pair[1].done));
    let last = told.last().unwrap();
    assert_eq!(
        (last.done, last.total),
        (3 * text.len() as u64, 3 * text.len() as u64)
    );
    assert_eq!((last.stage, last.rows), (Stage::Writing, 100_001));
}

#[test]
fn names_tell_what_is_recognised() {
    for (name, expected) in [
        ("a.csv", true),
        ("a.TSV", true),
        ("a.xlsx", true),
        ("a.xls", true),
        ("a.xlsb", true),
        ("a.ods", true),
        ("a.txt", true),
        ("a.docx", false),
        ("a.sqlite", false),
        ("csv", false),
    ] {
        assert_eq!(sheets::recognises(Path::new(name)), expected, "{name}");
    }
}
