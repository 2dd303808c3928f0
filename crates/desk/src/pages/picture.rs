//! A picture of a whole page, taken by a browser of this machine: Chromium, Chrome or Edge, whichever
//! is there. Deskhand has no such browser of its own, and the window's own cannot be asked for a page
//! that is longer than the screen.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use assistant::{Code, Fault};
use tokio::process::Command;

use crate::folders::unwritable;

/// How wide the page is looked at, in pixels.
const WIDTH: u32 = 1_280;

/// Longest page that is taken whole.
const MOST_HEIGHT: u32 = 16_000;

/// How long the browser may take for one look.
const PATIENCE: Duration = Duration::from_secs(40);

/// Browsers by the name of their program.
const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "chrome",
    "msedge",
];

/// Where they lie where programs have no common folder.
const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// Takes the picture, as PNG.
///
/// # Errors
/// When there is no such browser, or it does not take the picture.
pub async fn take(html: &str) -> Result<Vec<u8>, Fault> {
    let browser = find().ok_or_else(|| {
        Fault::new(
            Code::BrowserMissing,
            "A picture of a page is taken by Chromium, Chrome or Edge, and none of them is on this machine.",
        )
    })?;
    let folder = tempfile::tempdir().map_err(|error| unwritable(&std::env::temp_dir(), &error))?;
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        let written = std::fs::write(&path, text).map_err(|error| unwritable(&path, &error));
        written.map(|()| path)
    };
    // How long it is, a copy of the page says of itself; the page itself has no scripts.
    let measured = write(
        "measured.html",
        &format!(
            "{html}<script>document.title = `height ${{document.documentElement.scrollHeight}}`</script>"
        ),
    )?;
    let page = write("page.html", html)?;
    let size = |height: u32| format!("--window-size={WIDTH},{height}");
    let arguments = [size(900), "--dump-dom".to_owned(), address(&measured)];
    let printed = run(&browser, folder.path(), &arguments).await?;
    let height = height(&printed).ok_or_else(|| silent(&browser))?;
    let picture = folder.path().join("page.png");
    let arguments = [
        size(height.min(MOST_HEIGHT)),
        format!("--screenshot={}", picture.display()),
        address(&page),
    ];
    run(&browser, folder.path(), &arguments).await?;
    std::fs::read(&picture).map_err(|_| silent(&browser))
}

fn height(document: &str) -> Option<u32> {
    let (_, rest) = document.split_once("<title>height ")?;
    rest.split('<').next()?.trim().parse().ok()
}

fn address(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn find() -> Option<PathBuf> {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&paths).collect();
    let named = NAMES.iter().flat_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(move |folder| folder.join(&file))
    });
    named
        .chain(PLACES.iter().map(PathBuf::from))
        .find(|path| path.is_file())
}

async fn run(browser: &Path, folder: &Path, arguments: &[String]) -> Result<String, Fault> {
    let mut command = Command::new(browser);
    command
        .args([
            "--headless",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--virtual-time-budget=2000",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    // Its own sandbox does not start for the system's superuser; what is opened is our own page.
    if is_superuser() {
        command.arg("--no-sandbox");
    }
    let failed = |detail: String| {
        Fault::new(
            Code::Internal,
            format!("{} did not take the picture: {detail}.", browser.display()),
        )
        .with("detail", detail)
    };
    let ended = tokio::time::timeout(PATIENCE, command.output()).await;
    match ended {
        Ok(Ok(output)) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(Ok(output)) => Err(failed(output.status.to_string())),
        Ok(Err(error)) => Err(failed(error.to_string())),
        Err(_) => Err(failed("it took too long".to_owned())),
    }
}

/// Whether we are root. There is no such thing where there is no `/proc`.
fn is_superuser() -> bool {
    std::fs::read_to_string("/proc/self/status").is_ok_and(|status| {
        status
            .lines()
            .filter_map(|line| line.strip_prefix("Uid:"))
            .any(|ids| ids.split_whitespace().nth(1) == Some("0"))
    })
}

fn silent(browser: &Path) -> Fault {
    Fault::new(
        Code::Internal,
        format!("{} gave no picture.", browser.display()),
    )
    .with("detail", browser.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_page_is_stands_in_its_title() {
        assert_eq!(height("<head><title>height 4321</title>"), Some(4_321));
        assert_eq!(height("<head><title>Bread</title>"), None);
    }
}
