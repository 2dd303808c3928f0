//! Small files of settings that a person may also write by hand.
//!
//! A file is read anew whenever it is needed, because the window and the command line may both be
//! open. One that cannot be understood is left as it is: whoever asked is told where the mistake is.

use std::fs::File;
use std::io::Write as _;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use assistant::{Code, Fault};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::folders::unwritable;

/// A file of TOML that holds a `T`; an absent file holds nothing.
pub(crate) struct TomlFile<T> {
    path: PathBuf,
    holds: PhantomData<fn() -> T>,
}

impl<T: Default + Serialize + DeserializeOwned> TomlFile<T> {
    pub(crate) fn at(path: PathBuf) -> Self {
        Self {
            path,
            holds: PhantomData,
        }
    }

    /// What is in the file.
    pub(crate) fn read(&self) -> Result<T, Fault> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(T::default()),
            Err(error) => return Err(broken(&self.path, &error.to_string())),
        };
        toml::from_str(&text).map_err(|error| {
            // Its own words would quote the line, which is not for every eye.
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map_or(1, |before| before.matches('\n').count() + 1);
            broken(&self.path, &format!("line {line}: {}", error.message()))
        })
    }

    /// Changes what is in the file. Nothing is written when `change` fails.
    pub(crate) fn change<R>(
        &self,
        change: impl FnOnce(&mut T) -> Result<R, Fault>,
    ) -> Result<R, Fault> {
        let failed = |error: std::io::Error| unwritable(&self.path, &error);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let _lock = lock(&self.path.with_extension("lock"));
        let mut value = self.read()?;
        let result = change(&mut value)?;
        let text = toml::to_string(&value).map_err(|error| {
            Fault::new(Code::Internal, "The settings could not be written as TOML.")
                .with("detail", error)
        })?;
        let mut unfinished = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        unfinished.write_all(text.as_bytes()).map_err(failed)?;
        unfinished.as_file().sync_all().map_err(failed)?;
        unfinished
            .persist(&self.path)
            .map_err(|error| failed(error.error))?;
        Ok(result)
    }
}

/// Keeps other programs from changing the same file for a moment. Where no lock can be had, two
/// people at two windows are unlikely enough.
fn lock(path: &Path) -> Option<File> {
    let file = File::create(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

fn broken(path: &Path, detail: &str) -> Fault {
    Fault::new(
        Code::FileUnreadable,
        format!(
            "{} cannot be understood ({detail}): correct it, or delete it to begin anew.",
            path.display()
        ),
    )
    .with("path", path.display())
    .with("detail", detail)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    type Numbers = BTreeMap<String, u32>;

    #[test]
    fn what_was_changed_is_read_and_a_broken_file_stays() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("new/numbers.toml");
        let file = TomlFile::<Numbers>::at(path.clone());
        assert!(file.read().unwrap().is_empty());
        file.change(|numbers| Ok(numbers.insert("a".to_owned(), 1)))
            .unwrap();
        assert_eq!(file.read().unwrap()["a"], 1);
        let refused = Fault::new(Code::Internal, "No.");
        let changed = file.change(|numbers| {
            numbers.clear();
            Err::<(), _>(refused.clone())
        });
        assert_eq!(changed, Err(refused));
        assert_eq!(file.read().unwrap()["a"], 1);

        std::fs::write(&path, "a = 1\nb = \"two\"\n").unwrap();
        let fault = file.change(|_| Ok(())).unwrap_err();
        assert_eq!(fault.code, Code::FileUnreadable);
        assert!(fault.sentence.contains("numbers.toml") && fault.sentence.contains("line 2"));
        assert!(std::fs::read_to_string(&path).unwrap().contains("two"));
    }
}
