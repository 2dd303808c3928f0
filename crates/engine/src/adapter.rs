//! LoRA adapters: small files that turn a model towards one task, attached request by request.
//!
//! What was read under one adapter is worth nothing under another, so changing it empties the trunk,
//! and stored prefixes are kept apart by the adapter's fingerprint. Loaded adapters stay in memory:
//! they are small, and llama.cpp frees them with the model.

mod open;

use std::path::Path;
use std::time::SystemTime;

use llama_cpp_2::model::{LlamaLoraAdapter, LlamaModel};
use protocol::{Adapter, Fault};

use crate::trunk::Trunk;
use crate::{fingerprint, log};

/// Stands for no adapter.
pub const NONE: [u8; 32] = [0; 32];

/// An adapter in memory, and the file that it came from.
struct Loaded {
    path: String,
    /// When the file was last changed: another content under the same name is another adapter.
    changed: Option<SystemTime>,
    fingerprint: [u8; 32],
    adapter: LlamaLoraAdapter,
}

/// The adapters that were asked for so far, and the one in force.
#[derive(Default)]
pub struct Adapters {
    loaded: Vec<Loaded>,
    /// Place in `loaded`, and how strongly it acts.
    in_force: Option<(usize, f32)>,
}

impl Adapters {
    /// Puts an adapter in force, or none.
    pub fn attach(
        &mut self,
        model: &'static LlamaModel,
        trunk: &mut Trunk,
        wanted: Option<&Adapter>,
    ) -> Result<(), Fault> {
        let wanted = match wanted {
            Some(adapter) => Some((self.place(model, adapter)?, adapter.scale)),
            None => None,
        };
        if wanted == self.in_force {
            return Ok(());
        }
        self.put_in_force(trunk, wanted)
    }

    fn put_in_force(
        &mut self,
        trunk: &mut Trunk,
        wanted: Option<(usize, f32)>,
    ) -> Result<(), Fault> {
        let place = wanted.or(self.in_force).map_or(0, |(place, _)| place);
        let Some(entry) = self.loaded.get_mut(place) else {
            return Ok(());
        };
        let outcome = match wanted {
            Some((_, scale)) => trunk
                .context
                .lora_adapter_set(&mut entry.adapter, scale)
                .map_err(|error| error.to_string()),
            None => trunk
                .context
                .lora_adapter_remove(&mut entry.adapter)
                .map_err(|error| error.to_string()),
        };
        let variant = match wanted {
            Some((_, scale)) => scaled(&entry.fingerprint, scale),
            None => NONE,
        };
        outcome.map_err(|detail| unusable(&entry.path, detail))?;
        self.in_force = wanted;
        trunk.vary(variant);
        Ok(())
    }

    /// Where an adapter lies among those that are loaded, after loading it if need be.
    fn place(&mut self, model: &'static LlamaModel, wanted: &Adapter) -> Result<usize, Fault> {
        let path = Path::new(&wanted.path);
        let data = std::fs::metadata(path).map_err(|error| unusable(&wanted.path, error))?;
        let changed = data.modified().ok();
        let known = self
            .loaded
            .iter()
            .position(|entry| entry.path == wanted.path && entry.changed == changed);
        if let Some(place) = known {
            return Ok(place);
        }
        let fingerprint =
            fingerprint::of(path, "adapter").map_err(|error| unusable(&wanted.path, error))?;
        let adapter = open::adapter(model, path).map_err(|detail| {
            let detail = log::last_line().unwrap_or(detail);
            unusable(&wanted.path, detail)
        })?;
        self.loaded.push(Loaded {
            path: wanted.path.clone(),
            changed,
            fingerprint,
            adapter,
        });
        Ok(self.loaded.len() - 1)
    }
}

/// The same adapter at another strength gives other states.
fn scaled(fingerprint: &[u8; 32], scale: f32) -> [u8; 32] {
    let mut variant = *fingerprint;
    for (byte, of_scale) in variant.iter_mut().zip(scale.to_le_bytes()) {
        *byte ^= of_scale;
    }
    variant
}

fn unusable(path: &str, detail: impl ToString) -> Fault {
    Fault::AdapterUnusable {
        path: path.to_owned(),
        detail: detail.to_string(),
    }
}
