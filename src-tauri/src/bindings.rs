//! The window's side of every command and type, generated from the Rust ones.
//!
//! `ui/src/backend/bindings.ts` is written by the test below when `DESKHAND_WRITE_BINDINGS` is
//! set, and compared by it otherwise, so stale types cannot pass.

use tauri_specta::{Builder, collect_commands};

use crate::{chess, commands, windows};

/// Every command with its types.
#[expect(clippy::too_many_lines, reason = "one line for each command")]
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .disable_serde_phases()
        .commands(collect_commands![
            commands::assistants,
            commands::app_info,
            commands::start_run,
            commands::read_ahead,
            commands::cancel_run,
            commands::network::is_offline,
            commands::network::set_offline,
            commands::history::history_list,
            commands::history::history_choices,
            commands::history::history_show,
            commands::history::history_star,
            commands::history::history_tag,
            commands::history::history_delete,
            commands::history::history_compare,
            commands::history::history_export,
            commands::history::history_import,
            commands::history::back_up,
            commands::history::restore_backup,
            commands::history::open_data_folder,
            commands::history::keep_days,
            commands::history::set_keep_days,
            commands::history::run_to_show,
            commands::settings::settings_info,
            commands::settings::set_idle_minutes,
            commands::settings::begin_work,
            commands::settings::file_offers,
            commands::settings::show_data_folder,
            commands::settings::field_defaults,
            commands::settings::set_assistant_default,
            commands::slips::tell_slip,
            commands::spending::usage,
            commands::spending::spending_info,
            commands::spending::set_spending_limit,
            windows::open_beside,
            windows::show_in_main,
            windows::close_this,
            windows::tell_system,
            windows::quick::set_quick_ask,
            windows::quick::quick_ask,
            windows::tray::set_tray,
            commands::database_schema,
            chess::chess_position,
            chess::chess_reply,
            chess::chess_pgn,
            commands::set_note,
            commands::connections,
            commands::save_connection,
            commands::test_connection,
            commands::remove_connection,
            commands::pages::change_page,
            commands::pages::change_page_code,
            commands::pages::preview_page,
            commands::pages::page_choices,
            commands::pages::read_photo,
            commands::pages::export_page,
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
            commands::own_assistants,
            commands::assistant_file,
            commands::assistant_versions,
            commands::save_assistant,
            commands::check_assistant,
            commands::delete_assistant,
            commands::duplicate_assistant,
            commands::import_assistant,
            commands::import_assistant_file,
            commands::export_assistant,
            commands::try_assistant,
            commands::test_assistant,
            commands::check_names,
            commands::books::books,
            commands::books::create_book,
            commands::books::post_run,
            commands::books::post_proposal,
            commands::books::book_statements,
            commands::books::book_entries,
            commands::books::reverse_entry,
            commands::books::attach_to_entry,
            commands::books::save_attachment,
            commands::books::import_into_book,
            commands::books::export_book,
            commands::books::verify_book,
            commands::books::lock_book,
            commands::books::close_book_year,
            commands::books::open_balances,
            commands::books::set_book_rate,
            commands::books::revalue_book,
            commands::books::book_months,
            commands::books::sample_book,
            commands::books::move_posting,
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
