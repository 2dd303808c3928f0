//! Loading a checked model file with llama.cpp.

use std::num::NonZeroU32;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
#[cfg(feature = "dynamic-backends")]
use llama_cpp_2::llama_backend::load_backends_from_path;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use protocol::{Fault, Hello, Opening};

use crate::opening::{self, Options};
use crate::prefix::Store;
use crate::{decoder, fingerprint, log, outlet, trunk};

/// Loads the kernels for this processor. A build for one processor has them inside.
pub fn load_kernels() {
    #[cfg(feature = "dynamic-backends")]
    load_backends_from_path(&libraries());
}

/// Where the build script, or an installer, put llama.cpp's libraries: a folder beside the program.
/// Tests lie one folder deeper.
#[cfg(feature = "dynamic-backends")]
fn libraries() -> std::path::PathBuf {
    let name = env!("DESKHAND_ENGINE_LIB");
    let program = std::env::current_exe().unwrap_or_default();
    program
        .ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join(name))
        .find(|folder| folder.is_dir())
        .unwrap_or_else(|| name.into())
}

/// The kernels want the weights in an order of their own, so they are copied anyway: mapping the
/// file as well would hold them twice.
fn model_params() -> LlamaModelParams {
    let mut told = 0;
    LlamaModelParams::default()
        .with_use_mmap(false)
        .with_progress_callback(move |share| {
            let percent = percent(share);
            if percent >= told + STEP {
                told = percent - percent % STEP;
                outlet::say(&Opening::Loading { percent: told });
            }
            true
        })
}

/// Hundredths of the model between two messages.
const STEP: u8 = 10;

fn percent(share: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was brought between 0 and 100"
    )]
    let percent = (share.clamp(0.0, 1.0) * 100.0) as u8;
    percent
}

/// A model in memory.
pub struct Loaded {
    /// The model. It lives as long as the process, as everything that refers to it does.
    pub model: &'static LlamaModel,
    backend: LlamaBackend,
    path: String,
    architecture: String,
    context: u32,
    threads: u32,
    started: Instant,
}

impl Loaded {
    /// Checks the file and loads it.
    pub fn load(options: &Options) -> Result<Self, Fault> {
        let started = Instant::now();
        let header = opening::check_file(&options.model)?;
        let context = options.context.min(header.trained_context);
        opening::check_memory(options, &header, context)?;

        let path = options.model.display().to_string();
        let refused = |error: &dyn std::fmt::Display| Fault::ModelCorrupt {
            path: path.clone(),
            detail: log::last_line().unwrap_or_else(|| error.to_string()),
        };
        load_kernels();
        let backend = LlamaBackend::init().map_err(|error| refused(&error))?;
        let model = LlamaModel::load_from_file(&backend, &options.model, &model_params())
            .map_err(|error| refused(&error))?;
        Ok(Self {
            model: Box::leak(Box::new(model)),
            backend,
            architecture: header.architecture,
            context,
            threads: options.thread_count(),
            started,
            path,
        })
    }

    /// A context window of the size that was asked for.
    pub fn new_context(&self) -> Result<LlamaContext<'static>, Fault> {
        let threads = i32::try_from(self.threads).unwrap_or(i32::MAX);
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(self.context))
            .with_n_batch(trunk::BATCH as u32)
            .with_n_ubatch(trunk::BATCH as u32)
            .with_n_seq_max(decoder::SEQUENCES)
            // All sequences share one pool of cells, so that answers share those of their prompt.
            .with_kv_unified(true)
            // A few answers behind a long prompt: llama.cpp's fused attention looks at one row at a
            // time below 64, the plain one multiplies them together. Measured with four answers on
            // two cores: the same behind 400 tokens, 0.7 of the time behind 3,300. What it takes in
            // memory grows with the portion, which is small.
            .with_flash_attention_policy(llama_cpp_sys_2::LLAMA_FLASH_ATTN_TYPE_DISABLED)
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
            .with_no_perf(true);
        self.model
            .new_context(&self.backend, params)
            .map_err(|error| Fault::ModelCorrupt {
                path: self.path.clone(),
                detail: log::last_line().unwrap_or_else(|| error.to_string()),
            })
    }

    /// The store of prefixes for this model as it is run here.
    pub fn new_store(&self, options: &Options) -> Store {
        let settings = format!(
            "engine {}, context {}, batch {}, plain attention",
            env!("CARGO_PKG_VERSION"),
            self.context,
            trunk::BATCH
        );
        match fingerprint::of(&options.model, &settings) {
            Ok(fingerprint) => Store::new(options.prefixes.clone(), fingerprint),
            Err(_) => Store::new(None, [0; 32]),
        }
    }

    /// How the worker introduces itself.
    pub fn hello(&self) -> Hello {
        Hello {
            protocol: protocol::VERSION,
            engine: env!("CARGO_PKG_VERSION").to_owned(),
            pid: std::process::id(),
            architecture: self.architecture.clone(),
            context: self.context,
            threads: self.threads,
            load_ms: u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}
