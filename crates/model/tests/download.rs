//! Downloads, against a server of a few lines on the loopback interface and wheels made on the spot.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should panic where it stands"
)]

mod server;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use model::catalogue::{Chunk, Entry, ModelFolder, Official};
use model::download::{self, Progress, Source, Sources, Unavailable, WheelSource};
use model::{ModelError, ModelId};
use server::{Behaviour, Server};
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Bytes that look like nothing and are always the same.
fn content(length: usize) -> Vec<u8> {
    let mut state = 7_u32;
    std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(length)
    .collect()
}

fn entry_of(content: &[u8]) -> Entry {
    Entry {
        id: ModelId::from("toy"),
        title: "Toy".to_owned(),
        licence: "Apache-2.0".to_owned(),
        architecture: "toy".to_owned(),
        context: 64,
        file: "toy.gguf".to_owned(),
        bytes: content.len() as u64,
        sha256: sha256(content),
        memory_mb: None,
        good_for: None,
        official: Some(Official {
            repository: "maker/toy".to_owned(),
            revision: "main".to_owned(),
        }),
        chunks: Vec::new(),
    }
}

/// Wheels that were made beforehand; it counts what is asked for.
#[derive(Default)]
struct Shelf {
    wheels: Vec<(String, Vec<u8>)>,
    asked: Arc<AtomicUsize>,
    /// From this request on the index is silent for ever.
    silent_from: Option<usize>,
    /// From this request on the index has nothing.
    empty_from: Option<usize>,
}

#[async_trait::async_trait]
impl WheelSource for Shelf {
    async fn fetch(&self, chunk: &Chunk, folder: &Path) -> Result<PathBuf, Unavailable> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        if self.silent_from.is_some_and(|from| number >= from) {
            std::future::pending::<()>().await;
        }
        let wheel = self.wheels.iter().find(|(name, _)| *name == chunk.package);
        match wheel.filter(|_| self.empty_from.is_none_or(|from| number < from)) {
            Some((name, bytes)) => {
                let path = folder.join(format!("{name}.whl"));
                std::fs::write(&path, bytes).unwrap();
                Ok(path)
            }
            None => Err(Unavailable("no matching distribution found".to_owned())),
        }
    }
}

/// Cuts `content` into wheels of three pieces, every second one stored without compression.
fn with_wheels(entry: &mut Entry, content: &[u8]) -> Shelf {
    let mut shelf = Shelf::default();
    for (number, piece) in content.chunks(content.len().div_ceil(3)).enumerate() {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let method = [
            zip::CompressionMethod::Deflated,
            zip::CompressionMethod::Stored,
        ][number % 2];
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        archive.start_file("toy/__init__.py", options).unwrap();
        archive.start_file("toy/data.bin", options).unwrap();
        archive.write_all(piece).unwrap();
        let wheel = archive.finish().unwrap().into_inner();
        let package = format!("toy-part{number}");
        entry.chunks.push(Chunk {
            package: package.clone(),
            version: "1.0".to_owned(),
            member: "toy/data.bin".to_owned(),
            wheel_sha256: sha256(&wheel),
        });
        shelf.wheels.push((package, wheel));
    }
    shelf
}

struct Place {
    _folder: tempfile::TempDir,
    models: ModelFolder,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let models = ModelFolder::at(folder.path().join("models"));
        Self {
            _folder: folder,
            models,
        }
    }

    async fn pull(
        &self,
        entry: &Entry,
        base_url: &str,
        shelf: Shelf,
    ) -> Result<PathBuf, ModelError> {
        let sources = Sources {
            base_url: base_url.to_owned(),
            wheels: Box::new(shelf),
        };
        let cancel = CancellationToken::new();
        download::pull_from(&sources, entry, &self.models, &|_| {}, &cancel).await
    }

    /// Names of the files in the folder, without the lock.
    fn files(&self) -> Vec<String> {
        let mut files: Vec<String> = std::fs::read_dir(self.models.path())
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with(".lock"))
            .collect();
        files.sort();
        files
    }
}

#[tokio::test]
async fn a_whole_file_comes_from_the_official_repository() {
    let content = content(300_000);
    let server = Server::start(&content, Behaviour::Whole).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let seen = std::sync::Mutex::new(Vec::new());
    let sources = Sources {
        base_url: server.url(),
        wheels: Box::new(Shelf::default()),
    };
    let told = |progress: Progress| seen.lock().unwrap().push(progress);
    let path = download::pull_from(
        &sources,
        &entry,
        &place.models,
        &told,
        &CancellationToken::new(),
    )
    .await
    .unwrap();

    assert_eq!(std::fs::read(&path).unwrap(), content);
    assert_eq!(place.files(), ["toy.gguf"]);
    assert_eq!(server.requests(), ["/maker/toy/resolve/main/toy.gguf"]);
    let seen = seen.into_inner().unwrap();
    for source in [Source::Official, Source::Check] {
        let whole = Progress {
            done: 300_000,
            total: 300_000,
            source,
        };
        assert!(seen.contains(&whole), "{source:?} never reached the end");
    }

    // Once it is there, nothing is asked for again.
    place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_cut_connection_is_taken_up_where_it_ended() {
    let content = content(300_000);
    let server = Server::start(&content, Behaviour::CutAfter(100_000)).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let path = place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
    assert_eq!(
        server.requests(),
        [
            "/maker/toy/resolve/main/toy.gguf",
            "/maker/toy/resolve/main/toy.gguf bytes=100000-",
            "/maker/toy/resolve/main/toy.gguf bytes=200000-",
        ]
    );
}

#[tokio::test]
async fn a_server_that_cannot_resume_sends_everything_again() {
    let content = content(50_000);
    let server = Server::start(&content, Behaviour::NoRanges).await;
    let (entry, place) = (entry_of(&content), Place::new());
    std::fs::create_dir_all(place.models.path()).unwrap();
    std::fs::write(
        place.models.path().join("toy.gguf.part"),
        &content[..20_000],
    )
    .unwrap();
    let path = place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
}

#[tokio::test]
async fn a_file_with_another_checksum_never_gets_its_name() {
    let content = content(50_000);
    let mut other = content.clone();
    other[30_000] ^= 1;
    let server = Server::start(&other, Behaviour::Whole).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let error = place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap_err();
    let ModelError::Download { detail, .. } = &error else {
        panic!("{error:?}")
    };
    assert!(
        detail.contains(&sha256(&other)) && detail.contains(&entry.sha256),
        "{detail}"
    );
    assert_eq!(place.files(), [""; 0]);
}

#[tokio::test]
async fn a_file_of_another_length_is_refused_before_it_is_read() {
    let content = content(50_000);
    let server = Server::start(&content[..40_000], Behaviour::Whole).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let error = place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("has 40000 bytes and not 50000"),
        "{error}"
    );
}

#[tokio::test]
async fn a_damaged_beginning_from_an_earlier_attempt_does_not_stick() {
    let content = content(50_000);
    let server = Server::start(&content, Behaviour::Whole).await;
    let (entry, place) = (entry_of(&content), Place::new());
    std::fs::create_dir_all(place.models.path()).unwrap();
    std::fs::write(place.models.path().join("toy.gguf.part"), vec![0; 20_000]).unwrap();
    place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap_err();
    place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap();
}

#[tokio::test]
async fn the_error_says_what_every_source_said() {
    let content = content(1000);
    let server = Server::start(&content, Behaviour::Status("404 Not Found")).await;
    let (mut entry, place) = (entry_of(&content), Place::new());
    with_wheels(&mut entry, &content);
    let error = place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(text.contains("it answered 404 Not Found"), "{text}");
    assert!(
        text.contains("toy-part0 1.0: no matching distribution found"),
        "{text}"
    );
}

#[tokio::test]
async fn without_the_official_repository_the_packages_are_put_together() {
    let content = content(100_001);
    let (mut entry, place) = (entry_of(&content), Place::new());
    let shelf = with_wheels(&mut entry, &content);
    let path = place
        .pull(&entry, &server::nobody().await, shelf)
        .await
        .unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
    assert_eq!(place.files(), ["toy.gguf"]);
}

#[tokio::test]
async fn packages_go_on_after_the_last_whole_piece() {
    let content = content(90_000);
    let (mut entry, place) = (entry_of(&content), Place::new());
    let nobody = server::nobody().await;
    let shelf = Shelf {
        empty_from: Some(2),
        ..with_wheels(&mut entry, &content)
    };
    let wheels = shelf.wheels.clone();
    place.pull(&entry, &nobody, shelf).await.unwrap_err();
    assert_eq!(
        place.files(),
        ["toy.gguf.pieces.json", "toy.gguf.pieces.part"]
    );

    // Half of the third piece was written before the power went away.
    let part = place.models.path().join("toy.gguf.pieces.part");
    std::fs::OpenOptions::new()
        .append(true)
        .open(part)
        .unwrap()
        .write_all(&[0; 777])
        .unwrap();

    let shelf = Shelf {
        wheels,
        ..Shelf::default()
    };
    let asked = Arc::clone(&shelf.asked);
    let path = place.pull(&entry, &nobody, shelf).await.unwrap();
    assert_eq!(std::fs::read(path).unwrap(), content);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_wheel_with_another_checksum_is_refused() {
    let content = content(9000);
    let (mut entry, place) = (entry_of(&content), Place::new());
    let mut shelf = with_wheels(&mut entry, &content);
    shelf.wheels[1].1.push(0);
    let error = place
        .pull(&entry, &server::nobody().await, shelf)
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the wheel of toy-part1 1.0: its SHA-256 is"),
        "{error}"
    );
}

#[tokio::test]
async fn a_transfer_can_be_cancelled_and_taken_up_again() {
    let content = content(300_000);
    let server = Server::start(&content, Behaviour::StallAfter(100_000)).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let sources = Sources {
        base_url: server.url(),
        wheels: Box::new(Shelf::default()),
    };
    let cancel = CancellationToken::new();
    let told = |progress: Progress| {
        if progress.done == 100_000 {
            cancel.cancel();
        }
    };
    let pulled = download::pull_from(&sources, &entry, &place.models, &told, &cancel);
    let error = tokio::time::timeout(Duration::from_secs(20), pulled)
        .await
        .unwrap()
        .unwrap_err();
    assert_eq!(error, ModelError::Cancelled);
    assert_eq!(place.files(), ["toy.gguf.part"]);

    place
        .pull(&entry, &server.url(), Shelf::default())
        .await
        .unwrap();
    assert_eq!(
        server.requests()[1],
        "/maker/toy/resolve/main/toy.gguf bytes=100000-"
    );
}

#[tokio::test]
async fn a_silent_index_can_be_cancelled() {
    let content = content(9000);
    let (mut entry, place) = (entry_of(&content), Place::new());
    let shelf = Shelf {
        silent_from: Some(1),
        ..with_wheels(&mut entry, &content)
    };
    let sources = Sources {
        base_url: server::nobody().await,
        wheels: Box::new(shelf),
    };
    let cancel = CancellationToken::new();
    let told = |progress: Progress| {
        if progress.done == 3000 {
            cancel.cancel();
        }
    };
    let error = download::pull_from(&sources, &entry, &place.models, &told, &cancel).await;
    assert_eq!(error.unwrap_err(), ModelError::Cancelled);
}

#[tokio::test]
async fn two_pulls_at_once_are_one_download() {
    let content = content(300_000);
    let server = Server::start(&content, Behaviour::Whole).await;
    let (entry, place) = (entry_of(&content), Place::new());
    let url = server.url();
    let pulls = [(); 4].map(|()| place.pull(&entry, &url, Shelf::default()));
    for pulled in futures_util::future::join_all(pulls).await {
        assert_eq!(std::fs::read(pulled.unwrap()).unwrap(), content);
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_a_file_error() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    std::fs::write(&file, "").unwrap();
    let folder = ModelFolder::at(file.join("models"));
    let entry = entry_of(b"abc");
    let pulled = download::pull(&entry, &folder, &|_| {}, &CancellationToken::new())
        .await
        .unwrap_err();
    assert!(matches!(pulled, ModelError::File { .. }), "{pulled:?}");
}

#[tokio::test]
async fn verify_tells_missing_short_and_changed_files_apart() {
    let content = content(50_000);
    let (entry, place) = (entry_of(&content), Place::new());
    let path = place.models.path_of(&entry);
    let verify = || download::verify(&entry, &place.models, &|_| {});
    assert!(matches!(verify().await, Err(ModelError::Missing { .. })));

    std::fs::create_dir_all(place.models.path()).unwrap();
    std::fs::write(&path, &content).unwrap();
    verify().await.unwrap();

    std::fs::write(&path, &content[1..]).unwrap();
    let error = verify().await.unwrap_err();
    assert!(
        matches!(&error, ModelError::Corrupt { detail, .. } if detail.contains("49999")),
        "{error}"
    );

    let mut changed = content.clone();
    changed[49_999] ^= 128;
    std::fs::write(&path, &changed).unwrap();
    let error = verify().await.unwrap_err();
    assert!(
        matches!(&error, ModelError::Corrupt { detail, .. } if detail.contains("SHA-256")),
        "{error}"
    );
}

#[tokio::test]
async fn remove_takes_the_file_and_what_was_left_of_attempts() {
    let content = content(1000);
    let (entry, place) = (entry_of(&content), Place::new());
    let cancel = CancellationToken::new();
    download::remove(&entry, &place.models, &cancel)
        .await
        .unwrap();
    std::fs::create_dir_all(place.models.path().join(".toy.gguf.wheel-abc")).unwrap();
    for name in [
        "toy.gguf",
        "toy.gguf.part",
        "toy.gguf.pieces.part",
        "toy.gguf.pieces.json",
        "other.gguf",
    ] {
        std::fs::write(place.models.path().join(name), "x").unwrap();
    }
    download::remove(&entry, &place.models, &cancel)
        .await
        .unwrap();
    assert_eq!(place.files(), ["other.gguf"]);
}

/// The one test that needs a network: `cargo test -p model --test download -- --ignored --nocapture`.
#[tokio::test]
#[ignore = "downloads half a gigabyte"]
async fn the_small_model_really_comes() {
    let place = Place::new();
    let id = ModelId::from("qwen2.5-coder-0.5b");
    let entry = model::catalogue::Catalogue::built_in().find(&id).unwrap();
    let told = |progress: Progress| eprintln!("{progress:?}");
    download::pull(entry, &place.models, &told, &CancellationToken::new())
        .await
        .unwrap();
    download::verify(entry, &place.models, &|_| {})
        .await
        .unwrap();
    assert_eq!(place.files(), [entry.file.as_str()]);
}
