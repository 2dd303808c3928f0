//! Deskhand, the window.
//!
//! Usage: `deskhand [--data-dir DIR] [--model ID] [--run RUN | deskhand://run/RUN] [FILE]`

// A program with a window opens no console beside it on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match deskhand::options(std::env::args_os().skip(1)) {
        Ok(options) => options,
        Err(sentence) => {
            eprintln!(
                "{sentence}\nusage: deskhand [--data-dir DIR] [--model ID] [--run RUN] [FILE]"
            );
            return ExitCode::from(2);
        }
    };
    match deskhand::run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("The window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
