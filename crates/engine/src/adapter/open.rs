//! The one call of llama.cpp that wants a model for itself alone.
//!
//! llama-cpp-2 asks for `&mut LlamaModel` to load an adapter, because llama.cpp enters the adapter
//! into a list of the model's. Contexts hold the model as well, so that a second handle to the same
//! model is needed for the moment of the call.

#![expect(
    unsafe_code,
    reason = "llama-cpp-2 lends no exclusive handle to a model that contexts refer to"
)]

use std::mem::ManuallyDrop;
use std::path::Path;

use llama_cpp_2::LlamaLoraAdapterInitError;
use llama_cpp_2::model::{LlamaLoraAdapter, LlamaModel};

/// Loads an adapter from a GGUF file that was made for `model`.
pub fn adapter(model: &'static LlamaModel, path: &Path) -> Result<LlamaLoraAdapter, String> {
    // SAFETY: a `LlamaModel` is a handle, a pointer to the C++ object, and reading it makes a second
    // handle to the same object. That one is never dropped, so that the object is freed once at
    // most, and it does not outlive this call, during which the only thread that decodes is here:
    // nobody else reads the list of adapters while llama.cpp adds to it.
    let mut handle = ManuallyDrop::new(unsafe { std::ptr::read(model) });
    handle
        .lora_adapter_init(path)
        .map_err(|error: LlamaLoraAdapterInitError| error.to_string())
}
