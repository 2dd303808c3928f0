//! Tells Tauri where the window's permissions are, and lets a checkout without a built UI compile.

use std::path::Path;

fn main() {
    let page = Path::new("ui/dist/index.html");
    if !page.exists() {
        // `cargo check` needs a page to embed; `cargo xtask` builds the real one before it builds the window.
        let made = std::fs::create_dir_all("ui/dist")
            .and_then(|()| std::fs::write(page, "<!doctype html><title>Deskhand</title>"));
        if let Err(error) = made {
            println!("cargo::warning=the page cannot be written: {error}");
        }
    }
    println!("cargo::rerun-if-changed=ui/dist");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
