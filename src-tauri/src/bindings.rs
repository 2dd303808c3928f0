//! The window's side of every command and type, generated from the Rust ones.
//!
//! `ui/src/backend/bindings.ts` is written by the test below when `DESKHAND_WRITE_BINDINGS` is
//! set, and compared by it otherwise, so stale types cannot pass.

use tauri_specta::{Builder, collect_commands};

use crate::commands;

/// Every command with its types.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::assistants,
            commands::app_info,
            commands::start_run,
            commands::cancel_run,
            commands::history_list,
            commands::history_show,
            commands::database_schema,
            commands::change_page,
            commands::page_choices,
            commands::export_run,
            commands::write_export,
            commands::models,
            commands::pull_model,
            commands::cancel_pull,
            commands::verify_model,
            commands::remove_model,
            commands::import_model,
            commands::use_model,
            commands::model_choices,
            commands::services,
            commands::save_service,
            commands::remove_service,
            commands::test_service,
        ])
}

#[cfg(test)]
mod tests {
    use specta_typescript::Typescript;

    #[test]
    fn the_generated_types_are_current() {
        let folder = std::env::temp_dir().join(format!("deskhand-bindings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let fresh = folder.join("bindings.ts");
        super::builder()
            .export(Typescript::default(), &fresh)
            .unwrap();
        let fresh = std::fs::read_to_string(fresh).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/backend/bindings.ts");
        if std::env::var_os("DESKHAND_WRITE_BINDINGS").is_some() {
            std::fs::write(path, &fresh).unwrap();
        }
        let committed = std::fs::read_to_string(path).unwrap();
        assert!(
            committed == fresh,
            "ui/src/backend/bindings.ts is stale: run `cargo xtask bindings`"
        );
    }
}
