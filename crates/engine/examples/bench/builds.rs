//! How fast builds of this program read a prompt: the one with an installer's libraries, which chooses
//! its kernels at run time, against this one, which `cargo xtask` made for this processor alone.
//!
//! Not against what the compiler makes of `target-cpu=native`: where a processor has AMX, that has the
//! kernels for it, which do not run (ARCHITECTURE.md says why).
//!
//! Programs and not functions, because a process loads one set of libraries.

use std::path::Path;
use std::process::Command;

use crate::Options;
use figures::Table;

/// Lets both speak in turns.
pub fn compare(options: &Options, shipped: &Path, table: &mut Table) {
    let native = &std::env::current_exe().unwrap();
    let speeds: Vec<(f64, f64)> = (0..options.rounds)
        .map(|_| (speed(options, shipped), speed(options, native)))
        .collect();
    let (shipped, native): (Vec<f64>, Vec<f64>) = speeds.into_iter().unzip();
    let share = figures::median(&shipped) / figures::median(&native);
    table.at_least(
        "prompt speed as shipped / a build for this processor alone",
        share,
        0.95,
    );
}

fn speed(options: &Options, program: &Path) -> f64 {
    let output = Command::new(program)
        .arg("--prompt-speed")
        .args(["--rounds", "3"])
        .arg("--engine")
        .arg(&options.engine)
        .arg("--model")
        .arg(&options.model)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout)
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}
