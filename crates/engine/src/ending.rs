//! Ending the process at once.
//!
//! `std::process::exit` runs the destructors of llama.cpp's globals while its threads still
//! decode with them: one end in twenty-five was a segmentation fault, which desktops report to
//! the user as a crash. This program has nothing to tidy up, so it skips them.

#![expect(
    unsafe_code,
    reason = "the standard library has no way to end without destructors"
)]

use std::ffi::c_int;

// SAFETY: `_exit` is in the C library of every platform with this signature, takes any code, may
// be called from any thread at any time and never returns.
unsafe extern "C" {
    safe fn _exit(code: c_int) -> !;
}

/// Ends the process, whatever its threads are doing. Nothing is buffered: both outputs are
/// flushed line by line.
pub fn at_once(code: c_int) -> ! {
    _exit(code)
}
