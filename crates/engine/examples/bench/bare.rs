//! llama.cpp called directly, as simply as it can be: the other side of every comparison.
//!
//! Nothing is remembered here, nothing is forced, and its own samplers choose.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::{Duration, Instant};

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::params::LlamaContextParams;
use llama_cpp_2::llama_backend::LlamaBackend;
#[cfg(feature = "dynamic-backends")]
use llama_cpp_2::llama_backend::load_backends_from_path;
use llama_cpp_2::llama_batch::LlamaBatch;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::model::{LlamaChatMessage, LlamaModel};
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use protocol::Message;

/// Context window of every measurement.
pub const CONTEXT: u32 = 4096;

const BATCH: usize = 512;

/// A model and a window.
pub struct Bare {
    /// The model; it lives as long as the process.
    pub model: &'static LlamaModel,
    backend: &'static LlamaBackend,
}

/// Loads llama.cpp's libraries from beside the worker. A build for one processor has them inside.
fn load_libraries() {
    #[cfg(feature = "dynamic-backends")]
    {
        let program = std::env::current_exe().unwrap();
        let folders = program.ancestors().skip(1).take(2);
        let libraries = folders.map(|folder| folder.join(env!("DESKHAND_ENGINE_LIB")));
        if let Some(folder) = libraries.into_iter().find(|folder| folder.is_dir()) {
            load_backends_from_path(&folder);
        }
    }
}

/// A text and what it took.
pub struct Written {
    /// Until the first token was chosen.
    pub first: Duration,
    /// From there to the end.
    pub rest: Duration,
    /// The tokens.
    pub tokens: Vec<LlamaToken>,
}

impl Written {
    /// Tokens a second behind the first.
    pub fn speed(&self) -> f64 {
        (self.tokens.len() - 1) as f64 / self.rest.as_secs_f64()
    }
}

impl Bare {
    /// Loads a model.
    pub fn load(path: &Path) -> Self {
        static BACKEND: std::sync::OnceLock<LlamaBackend> = std::sync::OnceLock::new();
        let backend = BACKEND.get_or_init(|| {
            load_libraries();
            let mut backend = LlamaBackend::init().unwrap();
            backend.void_logs();
            backend
        });
        let params = LlamaModelParams::default().with_use_mmap(false);
        let model = LlamaModel::load_from_file(backend, path, &params).unwrap();
        Self {
            model: Box::leak(Box::new(model)),
            backend,
        }
    }

    /// An empty window.
    pub fn context(&self) -> LlamaContext<'static> {
        let threads = i32::try_from(num_cpus::get_physical().min(num_cpus::get()).max(1)).unwrap();
        let params = LlamaContextParams::default()
            .with_n_ctx(NonZeroU32::new(CONTEXT))
            .with_n_batch(BATCH as u32)
            .with_n_ubatch(BATCH as u32)
            .with_n_threads(threads)
            .with_n_threads_batch(threads)
            .with_no_perf(true);
        self.model.new_context(self.backend, params).unwrap()
    }

    /// The tokens of a conversation.
    pub fn tokens(&self, messages: &[Message]) -> Vec<LlamaToken> {
        let turns: Vec<_> = messages
            .iter()
            .map(|message| {
                LlamaChatMessage::new(message.role.as_str().to_owned(), message.text.clone())
                    .unwrap()
            })
            .collect();
        let template = self.model.chat_template(None).unwrap();
        let text = self
            .model
            .apply_chat_template(&template, &turns, true)
            .unwrap();
        self.model.vocab().tokenize(text.as_bytes(), false, true)
    }

    /// Reads a prompt and writes the likeliest tokens, within a grammar if there is one, until the
    /// model ends or the number is reached.
    pub fn write(&self, messages: &[Message], most: usize, grammar: Option<&str>) -> Written {
        let mut sampler = match grammar {
            None => LlamaSampler::greedy(),
            Some(grammar) => LlamaSampler::chain_simple([
                LlamaSampler::grammar(self.model, grammar, "root").unwrap(),
                LlamaSampler::greedy(),
            ]),
        };
        let prompt = self.tokens(messages);
        self.decode(&prompt, most, |context, place, _| {
            let token = sampler.sample(context, place);
            (!self.model.vocab().is_eog(token)).then_some(token)
        })
    }

    /// Reads a prompt and then decodes given tokens one by one, sampling as if they were unknown.
    pub fn repeat(&self, messages: &[Message], text: &str) -> Written {
        let prompt = self.tokens(messages);
        let tokens = self.model.vocab().tokenize(text.as_bytes(), false, false);
        let mut sampler = LlamaSampler::greedy();
        self.decode(&prompt, tokens.len(), |context, place, number| {
            let _ = sampler.sample(context, place);
            tokens.get(number).copied()
        })
    }

    fn decode(
        &self,
        prompt: &[LlamaToken],
        most: usize,
        mut choose: impl FnMut(&LlamaContext<'_>, i32, usize) -> Option<LlamaToken>,
    ) -> Written {
        let mut context = self.context();
        let mut batch = LlamaBatch::new(BATCH, 1);
        let begin = Instant::now();
        let last = read(&mut context, &mut batch, prompt);
        let mut token = choose(&context, last, 0);
        let first = begin.elapsed();
        let begin = Instant::now();
        let mut tokens = Vec::new();
        while let Some(chosen) = token {
            tokens.push(chosen);
            if tokens.len() >= most {
                break;
            }
            batch.clear();
            let place = i32::try_from(prompt.len() + tokens.len() - 1).unwrap();
            batch.add(chosen, place, &[0], true).unwrap();
            context.decode(&mut batch).unwrap();
            token = choose(&context, 0, tokens.len());
        }
        Written {
            first,
            rest: begin.elapsed(),
            tokens,
        }
    }

    /// Tokens a second at which a long prompt is read.
    pub fn prompt_speed(&self) -> f64 {
        let text = crate::cases::preset(0).text;
        let tokens = self.model.vocab().tokenize(text.as_bytes(), false, false);
        let tokens = &tokens[..tokens.len().min(BATCH)];
        let mut context = self.context();
        let mut batch = LlamaBatch::new(BATCH, 1);
        let begin = Instant::now();
        read(&mut context, &mut batch, tokens);
        context.synchronize();
        tokens.len() as f64 / begin.elapsed().as_secs_f64()
    }
}

/// Reads a prompt; the place of its last token in the last batch.
pub fn read(
    context: &mut LlamaContext<'_>,
    batch: &mut LlamaBatch<'_>,
    prompt: &[LlamaToken],
) -> i32 {
    for (number, portion) in prompt.chunks(BATCH).enumerate() {
        batch.clear();
        for (place, token) in portion.iter().enumerate() {
            let position = number * BATCH + place;
            let is_last = position + 1 == prompt.len();
            batch
                .add(*token, i32::try_from(position).unwrap(), &[0], is_last)
                .unwrap();
        }
        context.decode(batch).unwrap();
    }
    batch.n_tokens() - 1
}
