//! Puts llama.cpp's libraries into a folder beside the program and tells the program to look there.
//!
//! `dynamic-backends` builds one library of kernels for every instruction set; which is loaded is
//! decided at run time, on the machine that runs it. An installer ships the same folder.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Name of the folder, beside the program.
const FOLDER: &str = "engine-lib";

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-env=DESKHAND_ENGINE_LIB={FOLDER}");
    if env::var_os("CARGO_FEATURE_DYNAMIC_BACKENDS").is_none() {
        return Ok(());
    }
    let (Some(backends), Some(out)) = (
        env::var_os("DEP_LLAMA_BACKENDS_DIR"),
        env::var_os("OUT_DIR"),
    ) else {
        return Err(io::Error::other(
            "llama-cpp-sys-2 did not say where its libraries are",
        ));
    };
    let backends = PathBuf::from(backends);
    let folder = beside_the_program(Path::new(&out))?.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let core = backends.with_file_name(if cfg!(windows) { "bin" } else { "lib" });
    for from in [&backends, &core] {
        copy_libraries(from, &folder)?;
    }
    // The program and its tests, which lie one folder deeper.
    if cfg!(target_os = "linux") {
        // The old kind of search path also serves the libraries that the libraries need.
        println!("cargo:rustc-link-arg=-Wl,--disable-new-dtags");
        println!("cargo:rustc-link-arg=-Wl,-rpath,$ORIGIN/{FOLDER}:$ORIGIN/../{FOLDER}");
    } else if cfg!(target_os = "macos") {
        println!("cargo:rustc-link-arg=-Wl,-rpath,@loader_path/{FOLDER}");
        println!("cargo:rustc-link-arg=-Wl,-rpath,@loader_path/../{FOLDER}");
    }
    Ok(())
}

/// `target/debug`, seen from `target/debug/build/engine-…/out`.
fn beside_the_program(out: &Path) -> io::Result<PathBuf> {
    out.ancestors()
        .nth(3)
        .map(Path::to_owned)
        .ok_or_else(|| io::Error::other("the build folder is not where cargo puts it"))
}

/// Copies what is newer. Links are followed: the folder must hold whole files, whatever packs it.
fn copy_libraries(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path
            .file_name()
            .filter(|name| is_wanted(&name.to_string_lossy()))
        else {
            continue;
        };
        let target = to.join(name);
        let modified = |path: &Path| fs::metadata(path).and_then(|file| file.modified());
        if modified(&target).ok() >= modified(&path).ok() && target.exists() {
            continue;
        }
        // Not over the old file: a program that runs with it would fall over.
        let _ = fs::remove_file(&target);
        fs::copy(&path, &target)?;
    }
    Ok(())
}

/// Every library but the kernels with AMX: compiled by GCC 12 they end in an illegal instruction. Its
/// intrinsic names eight of the 64 bytes that configure the tiles, and the others are never written.
/// A processor that has AMX takes the next best, with AVX-512.
fn is_wanted(name: &str) -> bool {
    is_library(name) && !name.contains("sapphirerapids")
}

fn is_library(name: &str) -> bool {
    name.ends_with(".dll") || name.ends_with(".dylib") || name.contains(".so")
}
