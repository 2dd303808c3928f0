//! The state of a sequence (keys and values of its tokens) out of llama.cpp and back into it.
//!
//! llama-cpp-2 has this as a file of its own, without a checksum, and as bytes that cannot be
//! looked at. The store of prefixes needs the bytes.

#![expect(
    unsafe_code,
    reason = "llama-cpp-2 offers the bytes through unsafe functions only"
)]

use llama_cpp_2::context::LlamaContext;
use llama_cpp_2::context::session::LlamaStateSeqFlags;

/// The state of a sequence, or nothing if llama.cpp would not give it.
pub fn save(context: &LlamaContext<'_>, sequence: i32) -> Option<Vec<u8>> {
    let size = context.state_seq_get_size_ext(sequence, LlamaStateSeqFlags::empty());
    let mut bytes = vec![0; size];
    // SAFETY: `bytes` is as long as llama.cpp has just said that this state is, and nothing was
    // decoded in between.
    let written = unsafe {
        context.state_seq_get_data_ext(bytes.as_mut_ptr(), sequence, LlamaStateSeqFlags::empty())
    };
    (size > 0 && written == size).then_some(bytes)
}

/// Puts a state into a sequence that is empty. Whether llama.cpp accepted it; when it did not, the
/// sequence has to be cleared.
pub fn restore(context: &mut LlamaContext<'_>, sequence: i32, bytes: &[u8]) -> bool {
    // SAFETY: llama.cpp reads no further than the length that goes with the slice, and refuses
    // what does not fit the model. What is handed in comes from `save` with a checksum over it.
    unsafe { context.state_seq_set_data_ext(bytes, sequence, LlamaStateSeqFlags::empty()) }
}
