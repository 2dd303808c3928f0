//! Installing what was made on a clean system, using it there, and removing it again.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::chroot::{Clean, HOME};
use super::screen::Screen;
use super::{out, work};
use crate::failure::Failure;
use crate::{place, shell, system};

/// How long a window may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long its picture must have kept still.
const STILL: Duration = Duration::from_secs(3);
/// Colours of the first screen, at least; while the window waits for its content there are some six hundred.
const COLOURS: usize = 1_000;

/// What any desktop has and an AppImage may count on (the libraries that `bundled` leaves out).
const DESKTOP: [&str; 27] = [
    "fonts-dejavu-core",
    "hicolor-icon-theme",
    "libasound2",
    "libcom-err2",
    "libdrm2",
    "libegl1",
    "libexpat1",
    "libfontconfig1",
    "libfreetype6",
    "libfribidi0",
    "libgbm1",
    "libgl1",
    "libglapi-mesa",
    "libgpg-error0",
    "libharfbuzz0b",
    "libice6",
    "libopengl0",
    "libp11-kit0",
    "libsm6",
    "libstdc++6",
    "libthai0",
    "libuuid1",
    "libwayland-client0",
    "libx11-6",
    "libx11-xcb1",
    "libxcb-dri3-0",
    "zlib1g",
];

/// Where files may come and go without anybody's leaving something behind: what the system notes of its
/// own work.
const SYSTEMS_OWN: [&str; 7] = [
    "/dev/",
    "/proc/",
    "/run/",
    "/tmp/",
    "/var/cache/",
    "/var/lib/",
    "/var/log/",
];

/// Tries what was made.
pub fn of(deb: Option<&Path>, appimage: Option<&Path>) -> Result<(), Failure> {
    system::install_missing(&[&system::CLEAN_SYSTEM])?;
    let linux = place::root()?.join("packaging/linux");
    shell::run(Command::new("desktop-file-validate").arg(linux.join("deskhand.desktop")))?;
    let mut appstream = Command::new("appstreamcli");
    appstream.args(["validate", "--no-net"]);
    shell::run(appstream.arg(linux.join("app.deskhand.Deskhand.metainfo.xml")))?;
    if let Some(deb) = deb {
        try_deb(deb)?;
    }
    appimage.map_or(Ok(()), try_appimage)
}

fn try_deb(deb: &Path) -> Result<(), Failure> {
    println!("Installing the package on a clean system:");
    let clean = Clean::new(&work()?.join("clean-deb"))?;
    super::files::copy(deb, &clean.path("/tmp/deskhand.deb"))?;
    let needs = shell::ask("dpkg-deb", &["--field", &deb.to_string_lossy(), "Depends"]);
    let needs = needs.ok_or_else(|| Failure::sentence("the package cannot be read"))?;
    let satisfy = [
        "apt-get",
        "satisfy",
        "--yes",
        "--quiet",
        "--no-install-recommends",
    ];
    clean.apt(&[&satisfy, [needs.trim()].as_slice()].concat())?;
    let before = everything(&clean)?;
    clean.install(&["/tmp/deskhand.deb"])?;
    println!("  installed, with what it depends on and nothing that it only recommends");
    answers(&clean, &["deskhand-cli"])?;
    let types = super::files::read(&clean.path("/usr/share/mime/globs2"))?;
    if !types.contains("application/vnd.deskhand.assistant:*.deskhand") {
        return Err(Failure::sentence(
            "the system was not told of .deskhand files",
        ));
    }
    show(&clean, "deb", &["deskhand"])?;
    let history = format!("{HOME}/.local/share/deskhand/history.sqlite");
    if !clean.path(&history).is_file() {
        return Err(Failure::sentence("the window has left no history"));
    }

    clean.apt(&["apt-get", "purge", "--yes", "--quiet", "deskhand"])?;
    let left: Vec<String> = everything(&clean)?.difference(&before).cloned().collect();
    let (persons, others): (Vec<&String>, Vec<&String>) =
        left.iter().partition(|path| path.starts_with(HOME));
    if !others.is_empty() {
        return Err(Failure::sentence(format!(
            "this was left behind: {others:?}"
        )));
    }
    if !clean.path(&history).is_file() {
        return Err(Failure::sentence("the person's history is gone"));
    }
    println!(
        "  removed; left is the person's own alone, {} files and folders in {HOME}",
        persons.len()
    );
    Ok(())
}

fn try_appimage(appimage: &Path) -> Result<(), Failure> {
    println!("Trying the AppImage on a clean system:");
    let clean = Clean::new(&work()?.join("clean-appimage"))?;
    clean.install(&DESKTOP)?;
    let inside = "/opt/Deskhand.AppImage";
    super::files::copy(appimage, &clean.path(inside))?;
    // A chroot has no FUSE to mount with.
    let start = [inside, "--appimage-extract-and-run"];
    answers(&clean, &[&start, ["cli"].as_slice()].concat())?;
    show(&clean, "appimage", &start)
}

/// That the command line lists the assistants.
fn answers(clean: &Clean, start: &[&str]) -> Result<(), Failure> {
    let told = shell::capture(&mut clean.as_person("", &[start, &["assistants"]].concat()))?;
    let has = |name: &str| told.stdout.lines().any(|line| line.starts_with(name));
    if !told.success || !["sql", "ledger", "chess", "page"].into_iter().all(has) {
        return Err(Failure::sentence(format!(
            "the command line does not list the assistants:\n{}{}",
            told.stdout, told.stderr
        )));
    }
    println!("  `assistants` lists {}", told.stdout.lines().count());
    Ok(())
}

/// That a window comes up with something in it, and that nothing of it is there once it is closed.
fn show(clean: &Clean, name: &str, start: &[&str]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::sentence(format!("the screen: {error}"));
    let screen = Screen::start(&work()?.join("screen")).map_err(failed)?;
    let mut window = clean
        .as_person(screen.display(), start)
        .stdin(Stdio::null())
        .spawn()
        .map_err(failed)?;
    let begin = Instant::now();
    let seen = wait_for_window(&screen, || {
        window
            .try_wait()
            .map_err(failed)
            .map(|ended| ended.is_none())
    });
    let took = begin.elapsed().saturating_sub(STILL);
    let picture = out()?.join(format!("{name}.png"));
    let kept = screen.picture().and_then(|seen| seen.write(&picture));
    // It is the first process of its own, so everything that it started ends with it.
    let _ = window.kill();
    let _ = window.wait();
    kept.map_err(failed)?;
    seen?;
    println!(
        "  a window came up and was still after {:.1} s: {}",
        took.as_secs_f64(),
        picture.display()
    );
    Ok(())
}

fn wait_for_window(
    screen: &Screen,
    mut lives: impl FnMut() -> Result<bool, Failure>,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::sentence(format!("the screen: {error}"));
    let begin = Instant::now();
    let mut since = Instant::now();
    let mut last = Vec::new();
    while begin.elapsed() < PATIENCE {
        if !lives()? {
            return Err(Failure::sentence(
                "the program ended instead of showing a window",
            ));
        }
        let now = screen.bytes().map_err(failed)?;
        if now != last {
            (last, since) = (now, Instant::now());
        }
        let is_full = || screen.picture().map(|picture| picture.colours() > COLOURS);
        if since.elapsed() > STILL && has_title(screen) && is_full().map_err(failed)? {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(100));
    }
    Err(Failure::sentence(format!("no window after {PATIENCE:?}")))
}

/// Whether a window of ours is on the screen, by its title.
fn has_title(screen: &Screen) -> bool {
    let tree = shell::ask(
        "xwininfo",
        &["-display", screen.display(), "-root", "-tree"],
    );
    tree.is_some_and(|tree| tree.contains("\"Deskhand\""))
}

/// Every file and folder of the system, but for those that it keeps of its own accord.
fn everything(clean: &Clean) -> Result<BTreeSet<String>, Failure> {
    let listed = shell::capture(&mut clean.as_root(&["find", "/", "-xdev"]))?;
    if !listed.success {
        return Err(Failure::sentence(listed.stderr));
    }
    let is_its_own = |path: &&str| SYSTEMS_OWN.iter().any(|start| path.starts_with(start));
    let paths = listed.stdout.lines().filter(|path| !is_its_own(path));
    Ok(paths.map(str::to_owned).collect())
}
