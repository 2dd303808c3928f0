//! Reading a file of runs, one run at a time, whatever it is: our JSON, the conversations of ChatGPT, or
//! an archive with either in it.
//!
//! The file is never in memory as a whole; of an array only the element at hand is. Everything in it was
//! written by others: an element that is no run is left out and said, what is not JSON ends the reading.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use assistant::{Code, Fault};
use history::KeptRun;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{chatgpt, json};

/// More than any export of texts that a person has; an archive that claims more is not opened.
const MOST_BYTES: u64 = 8 << 30;

/// What comes out of a file.
pub(super) enum Item {
    /// A run.
    Run(Box<KeptRun>),
    /// Something that is none: where it stands and why.
    Bad {
        /// Such as `run 3`.
        place: String,
        /// Why.
        reason: String,
    },
}

/// Takes what comes out; false when no more is wanted.
pub(super) type Take<'a> = &'a mut dyn FnMut(Item) -> bool;

/// Why the reading ended early.
pub(super) enum Ended {
    /// No more was wanted.
    Unwanted,
    /// This is wrong with the file.
    Wrong(Fault),
}

/// Reads a file through. `done` counts its bytes.
pub(super) fn read(path: &Path, done: &Arc<AtomicU64>, take: Take<'_>) -> Result<(), Ended> {
    let mut file = File::open(path).map_err(|error| Ended::Wrong(unreadable(path, &error)))?;
    let mut begin = [0; 4];
    let length = file
        .read(&mut begin)
        .and_then(|length| file.seek(SeekFrom::Start(0)).map(|_| length))
        .map_err(|error| Ended::Wrong(unreadable(path, &error)))?;
    if begin[..length] == *b"PK\x03\x04" {
        return archive(path, file, done, take);
    }
    text(path, file, done, take)
}

/// Every file of runs in an archive.
fn archive(path: &Path, file: File, done: &Arc<AtomicU64>, take: Take<'_>) -> Result<(), Ended> {
    let broken = |detail: String| Ended::Wrong(invalid(path, &detail));
    let mut archive = zip::ZipArchive::new(BufReader::new(file))
        .map_err(|error| broken(format!("the archive is damaged ({error})")))?;
    let mut names: Vec<String> = archive
        .file_names()
        .flat_map(|name| name.map(|name| name.into_owned()))
        .filter(|name| is_of_runs(name))
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(broken(
            "the archive has neither runs.json nor conversations.json".to_owned(),
        ));
    }
    for name in names {
        let entry = archive
            .by_name(&name)
            .map_err(|error| broken(format!("{name} cannot be read ({error})")))?;
        if entry.size() > MOST_BYTES {
            return Err(broken(format!("{name} is larger than any history")));
        }
        text(path, entry.take(MOST_BYTES), done, take)?;
    }
    Ok(())
}

fn is_of_runs(name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    let is_json = base.ends_with(".json");
    base == "runs.json" || (is_json && base.starts_with("conversations"))
}

/// JSON of either kind.
fn text(
    path: &Path,
    reader: impl Read,
    done: &Arc<AtomicU64>,
    take: Take<'_>,
) -> Result<(), Ended> {
    let counted = Counted {
        reader,
        done: Arc::clone(done),
    };
    let mut reader = WithoutMark::new(BufReader::with_capacity(1 << 16, counted))
        .map_err(|error| Ended::Wrong(unreadable(path, &error)))?;
    let mut state = State {
        take,
        count: 0,
        is_unwanted: false,
        fault: None,
    };
    let mut source = serde_json::Deserializer::from_reader(&mut reader);
    let outcome = Root {
        path,
        state: &mut state,
    }
    .deserialize(&mut source)
    .and_then(|()| source.end());
    match (outcome, state.is_unwanted, state.fault) {
        (_, true, _) => Err(Ended::Unwanted),
        (_, _, Some(fault)) => Err(Ended::Wrong(fault)),
        (Ok(()), ..) => Ok(()),
        (Err(error), ..) => Err(Ended::Wrong(invalid(
            path,
            &format!("it is damaged, or no JSON ({error})"),
        ))),
    }
}

struct State<'a> {
    take: Take<'a>,
    count: u64,
    is_unwanted: bool,
    fault: Option<Fault>,
}

impl State<'_> {
    /// Hands one on; false when no more is wanted.
    fn hand_on(&mut self, item: Item) -> bool {
        self.is_unwanted = self.is_unwanted || !(self.take)(item);
        !self.is_unwanted
    }
}

/// The whole text: an object of ours, or an array of conversations.
struct Root<'a, 'b> {
    path: &'a Path,
    state: &'a mut State<'b>,
}

impl<'de> DeserializeSeed<'de> for Root<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Root<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("runs of Deskhand or conversations of ChatGPT")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut is_ours = false;
        let mut version = None;
        let mut has_runs = false;
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "format" => is_ours = map.next_value::<Value>()? == json::FORMAT,
                "version" => version = map.next_value::<Value>()?.as_u64(),
                "runs" if is_ours && version == Some(json::VERSION) => {
                    has_runs = true;
                    map.next_value_seed(Runs(&mut *self.state))?;
                }
                "runs" if is_ours && version.is_some_and(|version| version > json::VERSION) => {
                    self.state.fault = Some(too_new(self.path));
                    return Err(A::Error::custom("a newer version"));
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if !has_runs {
            self.state.fault = Some(invalid(
                self.path,
                "it says of itself neither that it has runs of Deskhand nor conversations of ChatGPT",
            ));
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let state = self.state;
        while let Some(conversation) = list.next_element::<Value>()? {
            state.count += 1;
            let place = format!("conversation {}", state.count);
            let items: Vec<Item> = match chatgpt::runs(&conversation) {
                Ok(runs) => runs
                    .into_iter()
                    .map(|run| Item::Run(Box::new(run)))
                    .collect(),
                Err(reason) => vec![Item::Bad { place, reason }],
            };
            for item in items {
                if !state.hand_on(item) {
                    return Err(A::Error::custom("no more is wanted"));
                }
            }
        }
        Ok(())
    }
}

/// Our own runs, one by one.
struct Runs<'a, 'b>(&'a mut State<'b>);

impl<'de> DeserializeSeed<'de> for Runs<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Runs<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a list of runs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(run) = list.next_element::<Value>()? {
            self.0.count += 1;
            let item = match serde_json::from_value::<KeptRun>(run) {
                Ok(run) => Item::Run(Box::new(run)),
                Err(error) => Item::Bad {
                    place: format!("run {}", self.0.count),
                    reason: error.to_string(),
                },
            };
            if !self.0.hand_on(item) {
                return Err(A::Error::custom("no more is wanted"));
            }
        }
        Ok(())
    }
}

/// Counts what was read.
struct Counted<R> {
    reader: R,
    done: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.reader.read(buffer)?;
        self.done.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Leaves out the mark of the byte order with which some programs begin a text.
struct WithoutMark<R> {
    reader: R,
    begin: Vec<u8>,
}

impl<R: Read> WithoutMark<R> {
    fn new(mut reader: R) -> std::io::Result<Self> {
        let mut begin = Vec::with_capacity(3);
        reader.by_ref().take(3).read_to_end(&mut begin)?;
        if begin == b"\xEF\xBB\xBF" {
            begin.clear();
        }
        begin.reverse();
        Ok(Self { reader, begin })
    }
}

impl<R: Read> Read for WithoutMark<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match (self.begin.is_empty(), buffer.first_mut()) {
            (false, Some(first)) => {
                *first = self.begin.pop().unwrap_or_default();
                Ok(1)
            }
            _ => self.reader.read(buffer),
        }
    }
}

pub(super) fn invalid(path: &Path, detail: &str) -> Fault {
    Fault::new(
        Code::ImportInvalid,
        format!("{} cannot be brought in: {detail}.", path.display()),
    )
    .with("path", path.display())
    .with("detail", detail)
}

fn too_new(path: &Path) -> Fault {
    Fault::new(
        Code::FileTooNew,
        format!(
            "{} was written by a newer Deskhand; please update this one.",
            path.display()
        ),
    )
    .with("path", path.display())
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> Fault {
    let code = match error.kind() {
        std::io::ErrorKind::NotFound => Code::FileNotFound,
        _ => Code::FileUnreadable,
    };
    let sentence = match code {
        Code::FileNotFound => format!("There is no file {}.", path.display()),
        _ => format!("{} cannot be read: {error}.", path.display()),
    };
    Fault::new(code, sentence)
        .with("path", path.display())
        .with("detail", error)
}
