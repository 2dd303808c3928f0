//! LoRA adapters, request by request. The files are made here: a real adapter's form with weights
//! that say clearly whether they act.

use std::path::{Path, PathBuf};

use model::{Adapter, ModelError, Prompt};

use crate::bench::{Bench, ask};

/// Width of the small model, and of the inner layer of its feed-forward part.
const WIDTH: usize = 896;
const INNER: usize = 4864;
/// Rank of the adapter.
const RANK: usize = 2;

/// An adapter in GGUF's form for the last feed-forward layer of the small model. The product of its
/// matrices has `weight` everywhere.
fn adapter_file(folder: &Path, name: &str, architecture: &str, weight: f32) -> PathBuf {
    let mut file = Vec::new();
    let number = |file: &mut Vec<u8>, value: u64| file.extend(value.to_le_bytes());
    let small = |file: &mut Vec<u8>, value: u32| file.extend(value.to_le_bytes());
    let text = |file: &mut Vec<u8>, value: &str| {
        file.extend((value.len() as u64).to_le_bytes());
        file.extend(value.as_bytes());
    };
    file.extend(b"GGUF");
    small(&mut file, 3);
    number(&mut file, 2);
    number(&mut file, 4);
    for (key, value) in [
        ("general.type", "adapter"),
        ("general.architecture", architecture),
        ("adapter.type", "lora"),
    ] {
        text(&mut file, key);
        small(&mut file, 8);
        text(&mut file, value);
    }
    text(&mut file, "adapter.lora.alpha");
    small(&mut file, 6);
    #[expect(clippy::cast_precision_loss, reason = "the rank is two")]
    file.extend((RANK as f32).to_le_bytes());
    let sizes = [("lora_a", INNER, RANK), ("lora_b", RANK, WIDTH)];
    let mut offset = 0;
    for (part, width, height) in sizes {
        text(&mut file, &format!("blk.23.ffn_down.weight.{part}"));
        small(&mut file, 2);
        number(&mut file, width as u64);
        number(&mut file, height as u64);
        small(&mut file, 0);
        number(&mut file, offset);
        offset += (width * height * 4) as u64;
    }
    file.resize(file.len().next_multiple_of(32), 0);
    // Every second row is turned round, so that the norm after the layer cannot take it away.
    let first = (0..INNER * RANK).map(|place| if place % 2 == 0 { 1.0_f32 } else { -1.0 });
    let second = (0..RANK * WIDTH).map(|place| match place % 3 {
        0 => weight,
        _ => -weight,
    });
    file.extend(first.chain(second).flat_map(f32::to_le_bytes));
    let path = folder.join(name);
    std::fs::write(&path, file).unwrap();
    path
}

fn under(prompt: &Prompt, path: &Path) -> Prompt {
    Prompt {
        adapter: Some(Adapter {
            path: path.display().to_string(),
            scale: 1.0,
        }),
        ..prompt.clone()
    }
}

#[tokio::test]
async fn an_adapter_acts_for_its_own_requests_and_no_others() {
    let (bench, folder) = (Bench::new().await, tempfile::tempdir().unwrap());
    let idle = adapter_file(folder.path(), "idle.gguf", "qwen2", 0.0);
    let strong = adapter_file(folder.path(), "strong.gguf", "qwen2", 0.5);
    let prompt = ask("Name three colours.", 12);
    let plain = bench.answer(&prompt).await.unwrap();

    let unchanged = bench.answer(&under(&prompt, &idle)).await.unwrap();
    assert_eq!(unchanged.text, plain.text);
    assert_eq!(unchanged.usage.cached, 0, "another adapter reads anew");
    let changed = bench.answer(&under(&prompt, &strong)).await.unwrap();
    assert_ne!(changed.text, plain.text);
    assert_eq!(
        bench.answer(&under(&prompt, &strong)).await.unwrap().text,
        changed.text
    );
    assert_eq!(bench.answer(&prompt).await.unwrap().text, plain.text);
}

#[tokio::test]
async fn a_file_that_is_no_adapter_for_the_model_is_refused_and_the_next_answer_is_whole() {
    let (bench, folder) = (Bench::new().await, tempfile::tempdir().unwrap());
    let prompt = ask("Name three colours.", 8);
    let plain = bench.answer(&prompt).await.unwrap();
    let cut = adapter_file(folder.path(), "cut.gguf", "qwen2", 0.5);
    let bytes = std::fs::read(&cut).unwrap();
    std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let noise = folder.path().join("noise.gguf");
    std::fs::write(&noise, b"no adapter").unwrap();
    for path in [
        folder.path().join("nowhere.gguf"),
        noise,
        cut,
        adapter_file(folder.path(), "other.gguf", "llama", 0.5),
    ] {
        let error = bench.answer(&under(&prompt, &path)).await.unwrap_err();
        assert!(
            matches!(&error, ModelError::File { path: named, .. } if *named == path),
            "{error:?}"
        );
        assert_eq!(bench.answer(&prompt).await.unwrap().text, plain.text);
    }
}
