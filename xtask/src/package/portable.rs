//! That what is shipped runs on any processor of its kind.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{files, tree};
use crate::failure::Failure;
use crate::shell;

/// What every kernel library of llama.cpp is called, and the one that needs nothing special.
const KERNELS: &str = "libggml-cpu-";
const PLAIN: &str = "libggml-cpu-x64.so";
/// One that is full of AVX.
const FULL: &str = "libggml-cpu-haswell.so";

/// Fails where an instruction of AVX stands in a library that is loaded whatever the processor: the plain
/// kernels, and everything that is no kernel. Rust's own crates choose at run time within themselves, so
/// code for newer processors may well lie in our programs, and they are not looked at.
pub fn check(root: &Path) -> Result<(), Failure> {
    if !cfg!(target_arch = "x86_64") {
        return Ok(());
    }
    let folder = root.join(tree::PROGRAMS).join("engine-lib");
    let libraries = files::list(&folder)?;
    let (kernels, first): (Vec<&PathBuf>, Vec<&PathBuf>) =
        libraries.iter().partition(|path| is_kernel(path));
    let plain = folder.join(PLAIN);
    if kernels.len() < 2 || first.is_empty() || !plain.is_file() {
        return Err(Failure::sentence(format!(
            "{} should have a library of kernels for every instruction set, and has {}",
            folder.display(),
            kernels.len()
        )));
    }
    // The proof is worth nothing if it cannot see AVX where AVX is.
    if first_of_avx(&folder.join(FULL))?.is_none() {
        return Err(Failure::sentence(format!("no AVX is seen even in {FULL}")));
    }
    for library in first.into_iter().chain([&plain]) {
        if let Some(instruction) = first_of_avx(library)? {
            return Err(Failure::sentence(format!(
                "{} would not run everywhere: {instruction}",
                library.display()
            )));
        }
    }
    println!(
        "The worker's libraries run on any x86-64; there are {} sets of kernels.",
        kernels.len()
    );
    Ok(())
}

/// A line of the library's code with a register that AVX brought.
fn first_of_avx(library: &Path) -> Result<Option<String>, Failure> {
    let mut objdump = Command::new("objdump");
    objdump.args(["--disassemble", "--no-show-raw-insn", "--no-addresses"]);
    let captured = shell::capture(objdump.arg(library))?;
    if !captured.success {
        return Err(Failure::sentence(captured.stderr));
    }
    let mut lines = captured.stdout.lines();
    Ok(lines
        .find(|line| line.contains("%ymm") || line.contains("%zmm"))
        .map(|line| line.trim().to_owned()))
}

/// Whether a library is a set of kernels, by its name.
pub fn is_kernel(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with(KERNELS)
}
