//! The program `deskhand-cli`; what it does is the library's.

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
