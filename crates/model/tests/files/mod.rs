//! Files that are no usable model, and workers that are no worker.

use std::io::Read as _;
use std::path::Path;

use model::ModelError;

use crate::bench::{Bench, ask, small_model};

/// What the first prompt to a file says.
async fn error_of(path: &Path) -> ModelError {
    let bench = Bench::with(|options| options.model_path = path.to_owned()).await;
    bench.answer(&ask("Hello.", 2)).await.unwrap_err()
}

async fn damage_of(content: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    std::fs::write(&path, content).unwrap();
    match error_of(&path).await {
        ModelError::Corrupt { path: of, detail } if of == path => detail,
        other => panic!("{other:?}"),
    }
}

/// The beginning of the real file, as far as the last byte of its header and further.
fn beginning(length: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::fs::File::open(small_model())
        .unwrap()
        .take(length)
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nothing.gguf");
    let error = error_of(&path).await;
    assert!(
        matches!(&error, ModelError::Missing { path: of, .. } if *of == path),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_text_file_is_not_a_model() {
    let detail = damage_of(b"<!DOCTYPE html><title>Sign in</title>").await;
    assert!(detail.contains("not a GGUF file"), "{detail}");
}

#[tokio::test]
async fn an_empty_file_and_one_cut_in_the_header_are_short() {
    for length in [0, 3, 20, 100_000] {
        let detail = damage_of(&beginning(length)).await;
        assert!(detail.contains("ends too early"), "{length}: {detail}");
    }
}

#[tokio::test]
async fn a_file_cut_in_the_weights_is_short() {
    let detail = damage_of(&beginning(12 << 20)).await;
    assert!(detail.contains("ends too early"), "{detail}");
}

/// A header that is whole and a last tensor that is not: only llama.cpp can tell.
#[tokio::test]
async fn a_file_whose_last_bytes_are_missing_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    std::fs::copy(small_model(), &path).unwrap();
    let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(file.metadata().unwrap().len() - 16).unwrap();
    let error = error_of(&path).await;
    assert!(
        matches!(&error, ModelError::Corrupt { detail, .. } if !detail.is_empty()),
        "{error:?}"
    );
}

#[tokio::test]
async fn garbage_behind_the_right_first_bytes_is_damaged() {
    let noise = (0..100_000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 24) as u8);
    let detail = damage_of(
        &b"GGUF\x03\0\0\0"
            .iter()
            .copied()
            .chain(noise)
            .collect::<Vec<_>>(),
    )
    .await;
    assert!(!detail.is_empty());
}

#[tokio::test]
async fn a_header_that_was_written_over_is_damage() {
    for place in (24..4096).step_by(509) {
        let mut bytes = beginning(1 << 20);
        bytes[place..place + 16].fill(0xff);
        assert!(!damage_of(&bytes).await.is_empty(), "at {place}");
    }
}

#[tokio::test]
async fn a_model_that_does_not_fit_says_what_it_needs() {
    let bench = Bench::with(|options| options.memory_limit = Some(400 << 20)).await;
    let error = bench.answer(&ask("Hello.", 2)).await.unwrap_err();
    let ModelError::TooLarge {
        needed, available, ..
    } = error
    else {
        panic!("{error:?}")
    };
    assert_eq!(available, 400 << 20);
    assert!(needed > small_model().metadata().unwrap().len(), "{needed}");
}

#[tokio::test]
async fn a_missing_worker_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let engine = folder.path().join("no-engine");
    let bench = Bench::with(|options| options.engine_path.clone_from(&engine)).await;
    let error = bench.answer(&ask("Hello.", 2)).await.unwrap_err();
    assert!(
        matches!(&error, ModelError::EngineMissing { path, .. } if *path == engine),
        "{error:?}"
    );
}

/// Some other program in the worker's place, such as a script that prints a greeting.
#[cfg(unix)]
#[tokio::test]
async fn another_program_is_not_taken_for_a_worker() {
    let error_with = async |engine: &str| {
        let bench = Bench::with(|options| options.engine_path = engine.into()).await;
        bench.answer(&ask("Hello.", 2)).await.unwrap_err()
    };
    let error = error_with("/bin/echo").await;
    assert!(
        matches!(&error, ModelError::EngineMissing { .. }),
        "{error:?}"
    );

    let error = error_with("/bin/false").await;
    assert!(
        matches!(&error, ModelError::WorkerLost { detail } if detail.contains("exit status: 1")),
        "{error:?}"
    );
}
