//! Where things are kept. Everything of the person's is under one folder, so that a backup is a
//! copy and a test can have a folder of its own.

use std::path::{Path, PathBuf};

use assistant::{Code, Fault};

/// The desk's folders.
#[derive(Debug, Clone)]
pub struct Folders {
    data: PathBuf,
    cache: PathBuf,
    is_told: bool,
}

impl Folders {
    /// Where the data would lie, without making anything: for who brings a backup back into a place
    /// that has to be empty.
    ///
    /// # Errors
    /// When there is no home folder.
    pub fn place(data_dir: Option<PathBuf>) -> Result<PathBuf, Fault> {
        let told = data_dir.or_else(|| std::env::var_os("DESKHAND_DATA_DIR").map(PathBuf::from));
        told.or_else(usual_place).ok_or_else(homeless)
    }

    /// The folder asked for, or the one named by `DESKHAND_DATA_DIR`, or the system's usual place.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(data_dir: Option<PathBuf>) -> Result<Self, Fault> {
        let told = data_dir.or_else(|| std::env::var_os("DESKHAND_DATA_DIR").map(PathBuf::from));
        let is_told = told.is_some();
        let usual_cache = (!is_told).then(usual_cache).flatten();
        let data = told.or_else(usual_place).ok_or_else(homeless)?;
        let folders = Self {
            cache: usual_cache.unwrap_or_else(|| data.join("cache")),
            data,
            is_told,
        };
        make(&folders.samples())?;
        make(&folders.logs())?;
        Ok(folders)
    }

    /// Everything of the person's.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What can be made again at the cost of some time. With a data folder of one's own it lies in
    /// there, so that nothing outside is touched.
    #[must_use]
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// Whether the data folder was named by whoever started the program. Then nothing outside of
    /// it is changed: no keychain, and no folder of models but the one for downloads.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.is_told
    }

    /// Databases to try things on.
    #[must_use]
    pub fn samples(&self) -> PathBuf {
        self.data.join("samples")
    }

    /// Logs, which hold no questions, answers or data.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.data.join("logs")
    }

    /// What the window's web view keeps.
    #[must_use]
    pub fn webview(&self) -> PathBuf {
        self.data.join("webview")
    }
}

fn homeless() -> Fault {
    Fault::new(
        Code::FileUnreadable,
        "There is no home folder to keep data in: name one with --data-dir.",
    )
}

fn usual_cache() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "deskhand")?;
    Some(folders.cache_dir().to_owned())
}

fn usual_place() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "deskhand").map(|dirs| dirs.data_dir().to_owned())
}

fn make(folder: &Path) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))
}

/// A file or folder of ours that cannot be written.
pub(crate) fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(
        Code::FileUnreadable,
        format!("{} cannot be written: {error}.", path.display()),
    )
    .with("path", path.display())
    .with("detail", error)
}
