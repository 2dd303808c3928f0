//! Deskhand, the window.
//!
//! Usage: `deskhand [--data-dir DIR] [--model ID] [--run RUN | deskhand://run/RUN] [FILE]`

// A program with a window opens no console beside it on Windows.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

/// Whether this program was started under the name of the command line. The name is what it was called by:
/// what it is called by the system is the same for both.
#[cfg(feature = "one-program")]
fn is_command_line() -> bool {
    let called = std::env::args_os().next().map(std::path::PathBuf::from);
    let name = called.as_deref().and_then(std::path::Path::file_stem);
    name.is_some_and(|name| name == "deskhand-cli")
}

fn main() -> ExitCode {
    #[cfg(feature = "one-program")]
    if is_command_line() {
        return cli::run();
    }
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
