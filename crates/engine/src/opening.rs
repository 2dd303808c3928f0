//! What is checked before llama.cpp sees the file: the arguments, the file itself, and whether
//! there is memory for it.

use std::fs::File;
use std::path::{Path, PathBuf};

use protocol::Fault;

use crate::gguf::{self, Header};

/// Memory for computing, beside the weights and the cache.
const WORKING_BYTES: u64 = 300 << 20;

/// Arguments of the worker.
#[derive(Debug, clap::Parser)]
#[command(
    name = "deskhand-engine",
    version,
    about = "Answers prompts with one local model; a part of Deskhand"
)]
pub struct Options {
    /// The model, a GGUF file.
    #[arg(long)]
    pub model: PathBuf,
    /// Size of the context window in tokens; never more than the model was trained for.
    #[arg(long, default_value_t = 8192, value_parser = clap::value_parser!(u32).range(64..))]
    pub context: u32,
    /// Threads that decode. Unless told here or by `DESKHAND_ENGINE_THREADS`, as many as there are
    /// physical cores.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub threads: Option<u32>,
    /// Folder for the states of presets; without one they are kept in memory only.
    #[arg(long)]
    pub prefixes: Option<PathBuf>,
    /// Take this many bytes as the memory that is free.
    #[arg(long)]
    pub memory_limit: Option<u64>,
}

impl Options {
    /// Threads that decode. They wait for each other after every layer, so on a machine whose cores
    /// are busy with other things one thread is several times faster than two.
    pub fn thread_count(&self) -> u32 {
        let told = || std::env::var("DESKHAND_ENGINE_THREADS").ok()?.parse().ok();
        self.threads
            .or_else(told)
            .filter(|threads| *threads > 0)
            .unwrap_or_else(|| {
                let cores = num_cpus::get_physical().min(num_cpus::get()).max(1);
                u32::try_from(cores).unwrap_or(1)
            })
    }
}

/// Reads and checks the file's header.
pub fn check_file(path: &Path) -> Result<Header, Fault> {
    let name = || path.display().to_string();
    let corrupt = |detail: String| Fault::ModelCorrupt {
        path: name(),
        detail,
    };

    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(Fault::ModelMissing { path: name() });
        }
        Err(error) => return Err(corrupt(format!("it cannot be opened: {error}"))),
    };
    let facts = file
        .metadata()
        .map_err(|error| corrupt(format!("it cannot be read: {error}")))?;
    if !facts.is_file() {
        return Err(corrupt("it is not a file".to_owned()));
    }
    gguf::read_header(file, facts.len()).map_err(|damage| corrupt(damage.to_string()))
}

/// Checks that weights, cache and working memory fit into what is free.
pub fn check_memory(options: &Options, header: &Header, context: u32) -> Result<(), Fault> {
    let Some(available) = options.memory_limit.or_else(free_memory) else {
        return Ok(());
    };
    let weights = options.model.metadata().map_or(0, |facts| facts.len());
    let needed = weights
        .saturating_add(header.cache_bytes(context))
        .saturating_add(WORKING_BYTES);
    if needed > available {
        return Err(Fault::ModelTooLarge {
            path: options.model.display().to_string(),
            needed,
            available,
        });
    }
    Ok(())
}

/// Bytes that can be had without swapping. Only Linux says it in a file; elsewhere the question
/// stays open and the system decides.
fn free_memory() -> Option<u64> {
    parse_available(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

fn parse_available(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_free_memory_is_read_from_the_systems_table() {
        let table = "MemTotal:       24683768 kB\nMemAvailable:   23277316 kB\n";
        assert_eq!(parse_available(table), Some(23_277_316 * 1024));
        assert_eq!(parse_available("MemTotal: 1 kB\n"), None);
    }

    #[test]
    fn a_missing_file_and_a_folder_are_told_apart() {
        let folder = std::env::temp_dir();
        assert!(matches!(
            check_file(&folder),
            Err(Fault::ModelCorrupt { .. })
        ));
        let missing = folder.join("deskhand-no-such-model.gguf");
        assert!(matches!(
            check_file(&missing),
            Err(Fault::ModelMissing { .. })
        ));
    }
}
