//! A Tauri window with one page in it: the least that any window of its kind costs, against which
//! `cargo xtask bench desk` holds ours.

fn main() {
    if let Err(error) = tauri::Builder::default().run(tauri::generate_context!()) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
