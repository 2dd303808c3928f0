//! What every Tauri window needs.

fn main() {
    tauri_build::build();
}
