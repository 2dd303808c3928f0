//! Taking answers away: a run's table as a file of another program's.

use std::io::Write as _;
use std::path::Path;

use assistant::artifact::QueryResult;
use assistant::{Artifact, Code, Fault, RunId};
use serde::{Deserialize, Serialize};

use crate::Desk;
use crate::folders::unwritable;
use crate::pages::PageFormat;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// An array of objects.
    Json,
    /// A table in Markdown.
    Markdown,
    /// A page, in one file.
    Html,
    /// A page with the person's pictures beside it, in an archive.
    Zip,
    /// A page as a picture.
    Png,
    /// A game of chess with what was found out about it.
    Pgn,
}

impl ExportFormat {
    /// The format of a table; a page and a game are none.
    fn of_table(self) -> Option<export::Format> {
        match self {
            Self::Csv => Some(export::Format::Csv),
            Self::Xlsx => Some(export::Format::Xlsx),
            Self::Json => Some(export::Format::Json),
            Self::Markdown => Some(export::Format::Markdown),
            Self::Html | Self::Zip | Self::Png | Self::Pgn => None,
        }
    }

    /// The format of a page; a table is none.
    fn of_page(self) -> Option<PageFormat> {
        match self {
            Self::Html => Some(PageFormat::Html),
            Self::Zip => Some(PageFormat::Zip),
            Self::Png => Some(PageFormat::Png),
            _ => None,
        }
    }
}

/// A language of the app, as a file's few own words are in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Chinese as written in Taiwan.
    #[serde(rename = "zh-Hant")]
    TraditionalChinese,
    /// Chinese as written on the mainland.
    #[serde(rename = "zh-Hans")]
    SimplifiedChinese,
}

impl Language {
    fn words(self) -> export::Words {
        match self {
            Self::English => export::Words::ENGLISH,
            Self::TraditionalChinese => export::Words::TRADITIONAL_CHINESE,
            Self::SimplifiedChinese => export::Words::SIMPLIFIED_CHINESE,
        }
    }

    /// The words of documents of runs.
    pub(crate) fn run_words(self) -> export::runs::RunWords {
        match self {
            Self::English => export::runs::RunWords::ENGLISH,
            Self::TraditionalChinese => export::runs::RunWords::TRADITIONAL_CHINESE,
            Self::SimplifiedChinese => export::runs::RunWords::SIMPLIFIED_CHINESE,
        }
    }

    /// Its name in documents.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::TraditionalChinese => "zh-Hant",
            Self::SimplifiedChinese => "zh-Hans",
        }
    }

    /// What is said in this language.
    pub(crate) fn of(self, text: &assistant::description::Localized) -> &str {
        match self {
            Self::English => &text.en,
            Self::TraditionalChinese => &text.zh_hant,
            Self::SimplifiedChinese => &text.zh_hans,
        }
    }
}

impl Desk {
    /// Writes the table, the page or the game of a kept run into a file, whole or not at all.
    ///
    /// # Errors
    /// When there is no such run, it has none of these, the format does not hold it, or the file cannot be
    /// written.
    pub async fn export(
        &self,
        run: &RunId,
        format: ExportFormat,
        path: &Path,
        language: Language,
    ) -> Result<(), Fault> {
        let record = self.history.show(run).await?;
        let question = record.inputs.get("question").map(str::to_owned);
        let chess = std::sync::Arc::clone(&self.chess);
        let artifact = record.report.artifact;
        if let (Some(Artifact::Page(page)), Some(format)) = (&artifact, format.of_page()) {
            return self.export_page(&page.html, format, path).await;
        }
        let path = path.to_owned();
        let work = move || match (artifact, format.of_table()) {
            (Some(Artifact::Chess(advice)), None) if format == ExportFormat::Pgn => {
                write_whole(&path, chess.pgn(&advice).as_bytes())
            }
            (Some(Artifact::Query(table)), Some(format)) => {
                write(&table, format, question.as_deref(), language, &path)
            }
            _ => Err(nothing()),
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| {
            Fault::new(Code::Internal, "The export broke down.").with("detail", error)
        })?
    }
}

fn write(
    table: &QueryResult,
    format: export::Format,
    question: Option<&str>,
    language: Language,
    path: &Path,
) -> Result<(), Fault> {
    let bytes = export::query(table, format, question, &language.words());
    let bytes = bytes.map_err(|error| {
        Fault::new(Code::ExportImpossible, error.to_string()).with("reason", error.code())
    })?;
    write_whole(path, &bytes)
}

/// Writes a file under another name first, so that a full disk leaves what was there.
///
/// # Errors
/// When it cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let fail = |error: &std::io::Error| unwritable(path, error);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| fail(&error))?;
    file.write_all(bytes).map_err(|error| fail(&error))?;
    file.as_file().sync_all().map_err(|error| fail(&error))?;
    file.persist(path)
        .map(drop)
        .map_err(|error| fail(&error.error))
}

fn nothing() -> Fault {
    Fault::new(
        Code::ExportImpossible,
        "This run has nothing to take away in that format.",
    )
    .with("reason", "export-no-table")
}
