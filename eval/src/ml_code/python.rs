//! The Pythons that the programs are run by: one in the user's cache with Keras and scikit-learn,
//! which is made here the first time, and the system's where it has PyTorch (Debian: python3-torch).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// What is put into the one in the cache: about 250 MB, none of them more than 100.
const PACKAGES: &[&str] = &[
    "keras==3.15.1",
    "jax==0.10.2",
    "scikit-learn==1.9.1",
    "joblib==1.6.0",
    "pandas==3.1.1",
    "pillow==13.0.0",
];

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(420);

/// A Python with what it has.
pub struct Python {
    path: PathBuf,
    /// Whether it has Keras.
    pub has_keras: bool,
}

/// The Pythons of this machine.
pub struct Pythons {
    keras: Python,
    torch: Option<Python>,
}

/// What became of a run.
pub struct Trial {
    /// Whether it ended well.
    pub passed: bool,
    /// What it printed.
    pub printed: String,
    /// The last that it said when it did not.
    pub said: String,
}

impl Trial {
    /// Something that could not be tried.
    pub fn failed(said: &str) -> Self {
        Self {
            passed: false,
            printed: String::new(),
            said: said.to_owned(),
        }
    }
}

impl Pythons {
    /// Finds them, and makes the one in the cache where it is not there yet.
    pub fn find() -> Result<Self, Failure> {
        let folder = cache().join("deskhand/ml-code");
        let path = folder.join("bin/python");
        if !path.is_file() {
            eprintln!("eval: making a Python with Keras in {}", folder.display());
            perform(Command::new("python3").arg("-m").arg("venv").arg(&folder))?;
            perform(
                Command::new(&path)
                    .args(["-m", "pip", "install", "-q"])
                    .args(PACKAGES),
            )?;
        }
        let system = PathBuf::from("/usr/bin/python3");
        let has_torch = Command::new(&system)
            .args(["-c", "import torch, torchvision, pandas"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        Ok(Self {
            keras: Python {
                path,
                has_keras: true,
            },
            torch: has_torch.then_some(Python {
                path: system,
                has_keras: false,
            }),
        })
    }

    /// The one for a program, by what it imports.
    pub fn of(&self, program: &str) -> Option<&Python> {
        match program.contains("import torch") {
            true => self.torch.as_ref(),
            false => Some(&self.keras),
        }
    }
}

fn cache() -> PathBuf {
    std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))
        .unwrap_or_else(std::env::temp_dir)
}

fn perform(command: &mut Command) -> Result<(), Failure> {
    let name = command.get_program().to_owned();
    let status = command.status().map_err(Failure::file(&name))?;
    match status.success() {
        true => Ok(()),
        false => Err(Failure::NoResults(format!("{}: {status}", name.display()))),
    }
}

impl Python {
    /// Runs it in a folder, for so long at most.
    pub fn run(&self, folder: &Path, arguments: &[&str]) -> Result<Trial, Failure> {
        let out = folder.join("out.txt");
        let err = folder.join("err.txt");
        let file = |path: &Path| fs::File::create(path).map_err(Failure::file(path));
        let mut child = Command::new(&self.path)
            .args(arguments)
            .current_dir(folder)
            .env("KERAS_BACKEND", "jax")
            .stdin(Stdio::null())
            .stdout(file(&out)?)
            .stderr(file(&err)?)
            .spawn()
            .map_err(Failure::file(&self.path))?;
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(Failure::file(&self.path))? {
                break Some(status);
            }
            if start.elapsed() > PATIENCE {
                // It may have ended by itself just now, which is as good.
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            std::thread::sleep(Duration::from_millis(100));
        };
        let read = |path: &Path| fs::read(path).map_err(Failure::file(path));
        let printed = String::from_utf8_lossy(&read(&out)?).into_owned();
        let said = String::from_utf8_lossy(&read(&err)?).into_owned();
        let last = said
            .trim()
            .lines()
            .last()
            .unwrap_or("it ended badly")
            .to_owned();
        Ok(Trial {
            passed: status.is_some_and(|status| status.success()),
            printed,
            said: match status {
                Some(_) => last,
                None => format!("it took more than {} s", PATIENCE.as_secs()),
            },
        })
    }
}
