//! `export`: a kept run's table, page or game as a file.

use std::process::ExitCode;

use desk::{Desk, ExportFormat};

use crate::Outcome;
use crate::arguments::{ExportOptions, Format, Language};

pub async fn export(desk: &Desk, options: ExportOptions) -> Outcome {
    let run = desk.history().resolve(&options.run).await?;
    let format = match options.format {
        Format::Csv => ExportFormat::Csv,
        Format::Xlsx => ExportFormat::Xlsx,
        Format::Json => ExportFormat::Json,
        Format::Markdown => ExportFormat::Markdown,
        Format::Html => ExportFormat::Html,
        Format::Zip => ExportFormat::Zip,
        Format::Png => ExportFormat::Png,
        Format::Pgn => ExportFormat::Pgn,
    };
    let language = match options.language {
        Language::En => desk::Language::English,
        Language::ZhHant => desk::Language::TraditionalChinese,
        Language::ZhHans => desk::Language::SimplifiedChinese,
    };
    desk.export(&run, format, &options.to, language).await?;
    eprintln!("{}", options.to.display());
    Ok(ExitCode::SUCCESS)
}
