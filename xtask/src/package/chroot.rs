//! A clean Debian in a folder: the one that this machine runs, as it is before anything is installed.
//!
//! Made by debootstrap from where this machine gets its packages, and kept in the cache as it was made.
//! Commands run in it with processes and mounts of their own, which end with them, so that nothing of the
//! folder is in use afterwards.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::files;
use crate::failure::Failure;
use crate::{place, shell};

/// Who has no rights of their own in there.
const PERSON: &str = "person";
/// Their home.
pub const HOME: &str = "/home/person";

/// Makes mounts of its own and goes on in the folder that is its first argument.
const ENTER: &str = r#"
root=$1; shift
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs tmpfs "$root/run"
mkdir -p "$root/tmp/.X11-unix"
if [ -d /tmp/.X11-unix ]; then mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"; fi
exec chroot "$@"
"#;

/// A clean Debian.
pub struct Clean {
    root: PathBuf,
}

impl Clean {
    /// A new one in a folder that has nothing else in it.
    pub fn new(root: &Path) -> Result<Self, Failure> {
        let kept = kept()?;
        files::empty(root)?;
        let mut tar = Command::new("tar");
        tar.arg("--extract").arg("--numeric-owner").arg("--file");
        shell::run(tar.arg(&kept).arg("--directory").arg(root))?;
        let clean = Self {
            root: root.to_owned(),
        };
        shell::run(
            clean
                .as_root(&["apt-get", "update", "--quiet"])
                .stdout(Stdio::null()),
        )?;
        shell::run(&mut clean.as_root(&["useradd", "--create-home", PERSON]))?;
        Ok(clean)
    }

    /// Where a path of it lies in truth.
    pub fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside.trim_start_matches('/'))
    }

    /// A command of its administrator.
    pub fn as_root(&self, words: &[&str]) -> Command {
        let mut command = self.enter();
        command.arg(&self.root).args(words);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.env("LC_ALL", "C.UTF-8");
        command
    }

    /// A command of somebody who just uses it, with nothing in their environment but a screen.
    pub fn as_person(&self, display: &str, words: &[&str]) -> Command {
        let mut command = self.enter();
        command.arg(format!("--userspec={PERSON}"));
        command.arg(&self.root);
        // `env` would otherwise stay where the command was given.
        command.args(["env", "--ignore-environment", "--chdir", HOME]);
        command.args([
            "PATH=/usr/local/bin:/usr/bin:/bin:/usr/games",
            "LANG=C.UTF-8",
        ]);
        command
            .arg(format!("HOME={HOME}"))
            .arg(format!("DISPLAY={display}"));
        command.args(words);
        command
    }

    /// Installs packages by name or path, and nothing that they only recommend.
    pub fn install(&self, what: &[&str]) -> Result<(), Failure> {
        let install = [
            "apt-get",
            "install",
            "--yes",
            "--quiet",
            "--no-install-recommends",
        ];
        self.apt(&[&install, what].concat())
    }

    /// A call of apt, in silence unless it fails.
    pub fn apt(&self, words: &[&str]) -> Result<(), Failure> {
        let told = shell::capture(&mut self.as_root(words))?;
        match told.success {
            true => Ok(()),
            false => Err(Failure::sentence(format!(
                "`{}` failed in the clean system:\n{}{}",
                words.join(" "),
                told.stdout,
                told.stderr
            ))),
        }
    }

    fn enter(&self) -> Command {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--pid", "--ipc", "--uts", "--fork"]);
        command.args(["--kill-child=KILL", "--", "sh", "-e", "-c", ENTER, "enter"]);
        command.arg(&self.root);
        command
    }
}

/// The archive of the clean system, made when it is not there.
fn kept() -> Result<PathBuf, Failure> {
    if shell::ask("id", &["-u"]).is_none_or(|id| id.trim() != "0") {
        return Err(Failure::sentence(
            "a clean system can be made by root only: `sudo cargo xtask package --test`",
        ));
    }
    let (mirror, release) = source()?;
    let kept = place::tools()?.join(format!("clean-{release}.tar"));
    if kept.is_file() {
        return Ok(kept);
    }
    println!("Making a clean system, {release}, which is kept in the cache:");
    let root = super::work()?.join("clean");
    files::empty(&root)?;
    let mut debootstrap = Command::new("debootstrap");
    debootstrap
        .arg("--variant=minbase")
        .arg(&release)
        .arg(&root);
    shell::run(debootstrap.arg(&mirror).stdout(Stdio::null()))?;
    // It gets its packages as this machine does.
    files::empty(&root.join("etc/apt"))?;
    files::copy_all(Path::new("/etc/apt"), &root.join("etc/apt"))?;
    files::copy(Path::new("/etc/resolv.conf"), &root.join("etc/resolv.conf"))?;
    let unfinished = kept.with_extension("unfinished");
    files::make(&place::tools()?)?;
    let mut tar = Command::new("tar");
    tar.arg("--create")
        .arg("--numeric-owner")
        .arg("--one-file-system");
    tar.arg("--file")
        .arg(&unfinished)
        .arg("--directory")
        .arg(&root);
    shell::run(tar.arg("."))?;
    std::fs::rename(&unfinished, &kept).map_err(|error| Failure::file("move", &kept, &error))?;
    std::fs::remove_dir_all(&root).map_err(|error| Failure::file("remove", &root, &error))?;
    Ok(kept)
}

/// Where this machine gets the packages of its release, and the release's name.
fn source() -> Result<(String, String), Failure> {
    let about = files::read(Path::new("/etc/os-release"))?;
    let release = about
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_CODENAME="))
        .ok_or_else(|| Failure::sentence("the system does not say which release it is"))?;
    let format = [
        "indextargets",
        "--format",
        "$(SITE) $(RELEASE) $(COMPONENT)",
    ];
    let targets = shell::ask("apt-get", &format).unwrap_or_default();
    let mirror = targets.lines().find_map(|line| {
        let (site, rest) = line.split_once(' ')?;
        (rest.trim() == format!("{release} main")).then(|| site.to_owned())
    });
    match mirror {
        Some(mirror) => Ok((mirror, release.to_owned())),
        None => Err(Failure::sentence(format!(
            "apt does not know where {release} comes from"
        ))),
    }
}
