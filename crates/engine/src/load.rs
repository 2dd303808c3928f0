//! Loading a checked model file with llama.cpp.

use std::num::NonZeroU32;
use std::time::Instant;

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_2::model::LlamaModel;
use llama_cpp_2::model::params::LlamaModelParams;
use protocol::{Fault, Hello};

use crate::opening::{self, Options};
use crate::{generate, log};

/// A model in memory.
pub struct Loaded {
    /// The model.
    pub model: LlamaModel,
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
        let backend = LlamaBackend::init().map_err(|error| refused(&error))?;
        let model =
            LlamaModel::load_from_file(&backend, &options.model, &LlamaModelParams::default())
                .map_err(|error| refused(&error))?;
        Ok(Self {
            model,
            backend,
            architecture: header.architecture,
            context,
            threads: options.thread_count(),
            started,
            path,
        })
    }

    /// A context window of the size that was asked for.
    pub fn new_context(&self) -> Result<LlamaContext<'_>, Fault> {
        let threads = i32::try_from(self.threads).unwrap_or(i32::MAX);
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(self.context))
            .with_n_batch(generate::BATCH)
            .with_n_ubatch(generate::BATCH)
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
