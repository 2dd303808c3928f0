//! The file that runs are written into: a document or JSON, alone or in an archive with their files.
//!
//! It is written under another name and gets its own when it is whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use export::ExportError;
use export::runs::{files, plain_name};
use history::KeptRun;
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::document::{Documents, Known};
use super::json::JsonRuns;
use super::{ExportedRuns, RunsExport};
use crate::folders::unwritable;

/// A file that was handed to an assistant comes along up to this size: a picture or a spreadsheet, but
/// not somebody's whole database.
const MOST_BYTES: u64 = 50 << 20;

/// Where bytes go.
type Out = BufWriter<File>;

/// A file of runs that is being written.
pub(crate) struct Sink {
    path: PathBuf,
    unfinished: NamedTempFile,
    form: Form,
    files: Option<Files>,
    exported: ExportedRuns,
}

enum Form {
    Documents(Box<Documents<Out>>),
    Json(JsonRuns<Out>),
}

/// The archive around a document, with the files of the runs that were written already.
struct Files {
    archive: ZipWriter<Out>,
    document: File,
    name: String,
    inputs: BTreeMap<String, Vec<String>>,
    /// Names that the run in hand has used.
    used: BTreeSet<String>,
}

impl Sink {
    pub(crate) fn new(
        request: &RunsExport,
        path: &Path,
        known: BTreeMap<String, Known>,
    ) -> Result<Self, Fault> {
        let fail = |error: std::io::Error| unwritable(path, &error);
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let unfinished = NamedTempFile::new_in(folder).map_err(fail)?;
        let whole = unfinished.reopen().map_err(fail)?;
        let files = match request.with_files {
            false => None,
            true => Some(Files {
                archive: ZipWriter::new(BufWriter::new(whole.try_clone().map_err(fail)?)),
                document: tempfile::tempfile_in(folder).map_err(fail)?,
                name: format!("runs.{}", request.format.extension()),
                inputs: known
                    .iter()
                    .map(|(id, known)| (id.clone(), known.files.clone()))
                    .collect(),
                used: BTreeSet::new(),
            }),
        };
        let document = match &files {
            Some(files) => files.document.try_clone().map_err(fail)?,
            None => whole,
        };
        let out = BufWriter::new(document);
        let form = match request.format.of_document() {
            Some(format) => {
                let is_single = request.runs.len() == 1;
                let documents = Documents::new(format, out, request.language, known, is_single);
                Form::Documents(Box::new(documents.map_err(|error| fault(path, &error))?))
            }
            None => Form::Json(JsonRuns::new(out).map_err(fail)?),
        };
        Ok(Self {
            path: path.to_owned(),
            unfinished,
            form,
            files,
            exported: ExportedRuns::default(),
        })
    }

    pub(crate) fn add(&mut self, run: &KeptRun) -> Result<(), Fault> {
        match &mut self.form {
            Form::Documents(documents) => documents.add(run),
            Form::Json(json) => json.add(run).map_err(ExportError::from),
        }
        .map_err(|error| fault(&self.path, &error))?;
        self.exported.runs += 1;
        if let Some(files) = &mut self.files {
            files
                .add(run, &mut self.exported)
                .map_err(|error| unwritable(&self.path, &error))?;
        }
        Ok(())
    }

    /// Gives the file its name.
    pub(crate) fn finish(mut self) -> Result<ExportedRuns, Fault> {
        let fail = |error: std::io::Error| unwritable(&self.path, &error);
        let mut out = match self.form {
            Form::Json(json) => json.finish().map_err(fail)?,
            Form::Documents(documents) => {
                let (out, lacking) = documents
                    .finish()
                    .map_err(|error| fault(&self.path, &error))?;
                self.exported.lacking = lacking;
                out
            }
        };
        out.flush().map_err(fail)?;
        if let Some(files) = self.files {
            files.finish().map_err(fail)?;
        }
        self.unfinished.as_file().sync_all().map_err(fail)?;
        self.unfinished
            .persist(&self.path)
            .map_err(|error| fail(error.error))?;
        Ok(self.exported)
    }
}

impl Files {
    fn add(&mut self, run: &KeptRun, exported: &mut ExportedRuns) -> std::io::Result<()> {
        self.used.clear();
        let record = run.record();
        for file in record.report.artifact.iter().flat_map(files) {
            self.begin(run, &file.name)?;
            self.archive.write_all(&file.bytes)?;
            exported.files += 1;
        }
        let none = Vec::new();
        for input in self.inputs.get(&run.assistant).unwrap_or(&none).clone() {
            let Some(path) = run.inputs.get(&input).map(PathBuf::from) else {
                continue;
            };
            // The name of a sample or of a database is no path, and what is elsewhere stays there.
            if !path.is_absolute() {
                continue;
            }
            let size = std::fs::metadata(&path)
                .ok()
                .filter(std::fs::Metadata::is_file);
            match size
                .filter(|data| data.len() <= MOST_BYTES)
                .and(File::open(&path).ok())
            {
                Some(mut file) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    self.begin(run, &format!("inputs/{}", plain_name(&name)))?;
                    std::io::copy(&mut file, &mut self.archive)?;
                    exported.files += 1;
                }
                None => exported.files_left_out += 1,
            }
        }
        Ok(())
    }

    fn begin(&mut self, run: &KeptRun, name: &str) -> std::io::Result<()> {
        let mut own = name.to_owned();
        while !self.used.insert(own.to_lowercase()) {
            own.push('_');
        }
        let name = format!("files/{}/{own}", run.run);
        Ok(self.archive.start_file(name, options())?)
    }

    fn finish(mut self) -> std::io::Result<()> {
        self.document.seek(SeekFrom::Start(0))?;
        self.archive.start_file(self.name, options())?;
        std::io::copy(&mut self.document, &mut self.archive)?;
        self.archive.finish()?.flush()
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().large_file(true)
}

fn fault(path: &Path, error: &ExportError) -> Fault {
    match error {
        ExportError::Unwritable(detail) => unwritable(path, &std::io::Error::other(detail.clone())),
        other => {
            let mut sentence = other.to_string();
            if !sentence.ends_with('.') {
                sentence.push('.');
            }
            Fault::new(Code::ExportImpossible, sentence).with("reason", other.code())
        }
    }
}
