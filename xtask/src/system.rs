//! Packages of the system: which are missing on Debian and its kin, and how to get them.
//!
//! Elsewhere it only says what is needed: it does not know other package managers.

use std::collections::BTreeSet;
use std::process::Command;

use crate::failure::Failure;
use crate::shell;

/// Packages with one purpose.
pub struct Group {
    /// What they are for, as the person reads it.
    pub purpose: &'static str,
    names: &'static [&'static str],
}

/// Compilers for the engine: llama.cpp is C++, and its Rust side is generated with libclang.
pub const COMPILERS: Group = Group {
    purpose: "to compile the program that runs the model",
    names: &[
        "build-essential",
        "cmake",
        "pkg-config",
        "clang",
        "libclang-dev",
    ],
};

/// What a Tauri window is made of on Linux.
pub const WINDOW: Group = Group {
    purpose: "to build the window",
    names: &[
        "libwebkit2gtk-4.1-dev",
        "libgtk-3-dev",
        "librsvg2-dev",
        "libxdo-dev",
        "libssl-dev",
        "libayatana-appindicator3-dev",
        "libdbus-1-dev",
    ],
};

/// What drives the window without anybody looking.
pub const WINDOW_TESTS: Group = Group {
    purpose: "to test the window on a screen that nobody sees",
    names: &[
        "xvfb",
        "xauth",
        "webkit2gtk-driver",
        "dbus-x11",
        "fonts-noto-cjk",
    ],
};

/// Servers that the assistant for databases is tested with. Nothing of them is used but the programs:
/// the tests start their own, in temporary folders.
pub const DATABASE_SERVERS: Group = Group {
    purpose: "to test reading from database servers",
    names: &["postgresql", "mariadb-server"],
};

/// The engine behind the assistant for chess. Without it that assistant shows the board and says what
/// to install.
pub const CHESS_ENGINE: Group = Group {
    purpose: "to find chess moves",
    names: &["stockfish"],
};

/// Where commands that a model wrote are tried out: a tree of their own, without a network.
pub const SANDBOX: Group = Group {
    purpose: "to try commands where they can do no harm",
    // And tools that the commands of the tasks call, which a small machine may lack.
    names: &[
        "bubblewrap",
        "bsdextrautils",
        "file",
        "ncal",
        "net-tools",
        "openssl",
        "unzip",
        "zip",
    ],
};

/// Other programs for books: they read what ours hands over, and come to the same balances.
pub const BOOKKEEPERS: Group = Group {
    purpose: "to test the exports of books with other programs",
    names: &["hledger", "beancount"],
};

/// What opens the pages that were made, as their readers do.
const BROWSER: Group = Group {
    purpose: "to open pages in a browser",
    names: &["chromium"],
};

/// Browsers that will do in its place; elsewhere than on Debian its package has other names.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A spreadsheet that computes the formulas of our workbooks on its own, and a word processor that
/// reads our documents. Asked for only where there is no LibreOffice: these, which have no window,
/// would push one with a window off the machine.
pub const OFFICE: Group = Group {
    purpose: "to test workbooks and documents with LibreOffice",
    names: &["libreoffice-calc-nogui", "libreoffice-writer-nogui"],
};

/// What puts installers together on Debian.
pub const PACKAGING: Group = Group {
    purpose: "to make installers",
    names: &[
        "binutils",
        "dpkg-dev",
        "squashfs-tools",
        "stockfish",
        // Input methods, without which nobody writes Chinese in the window of the AppImage.
        "ibus-gtk3",
        "fcitx5-frontend-gtk3",
    ],
};

/// A clean Debian to install them in, and a screen to look at.
pub const CLEAN_SYSTEM: Group = Group {
    purpose: "to try installers on a clean system",
    names: &[
        "debootstrap",
        "xvfb",
        "x11-utils",
        "desktop-file-utils",
        "appstream",
    ],
};

const PIP: Group = Group {
    purpose: "to fetch models and Node where only package registries can be reached",
    names: &["python3-pip"],
};

/// Installs those packages of `groups` that are missing, after saying which and why.
pub fn install_missing(groups: &[&Group]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut groups: Vec<&Group> = groups.to_vec();
    if shell::ask("python3", &["-c", "import pip"]).is_none() {
        groups.push(&PIP);
    }
    if !shell::is_there("dpkg-query") || !shell::is_there("apt-get") {
        say_what_is_needed(&groups);
        return Ok(());
    }
    let installed = installed(&groups)?;
    let missing = missing(&groups, &installed);
    if missing.is_empty() {
        return Ok(());
    }
    announce(&missing);
    let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
    apt_get(&["update"])?;
    apt_get(
        &[
            &["install", "--yes", "--no-install-recommends"],
            names.as_slice(),
        ]
        .concat(),
    )
}

/// Installs a browser to open pages in, unless there is one.
pub fn install_browser() -> Result<(), Failure> {
    if BROWSERS.iter().any(|name| shell::is_there(name)) {
        return Ok(());
    }
    install_missing(&[&BROWSER])
}

/// Whether nothing of a group is missing; elsewhere than on Debian's kin that is taken on trust.
pub fn is_installed(group: &Group) -> Result<bool, Failure> {
    if !cfg!(target_os = "linux") || !shell::is_there("dpkg-query") {
        return Ok(true);
    }
    Ok(missing(&[group], &installed(&[group])?).is_empty())
}

fn announce(missing: &[(&str, &str)]) {
    println!("Installing with apt-get, because it is missing here:");
    for (name, purpose) in missing {
        println!("  {name:<30} {purpose}");
    }
}

fn say_what_is_needed(groups: &[&Group]) {
    println!("This is no Debian or Ubuntu. If the build fails, look for these packages' like:");
    for group in groups {
        println!("  {}: {}", group.purpose, group.names.join(" "));
    }
}

/// Names among `groups` that dpkg has.
fn installed(groups: &[&Group]) -> Result<BTreeSet<String>, Failure> {
    let mut query = Command::new("dpkg-query");
    query.args([
        "--show",
        "--showformat",
        "${Package} ${db:Status-Status}\\n",
    ]);
    query.args(groups.iter().flat_map(|group| group.names));
    // Its exit status only says that it does not know one of them.
    Ok(parse_installed(&shell::capture(&mut query)?.stdout))
}

fn parse_installed(listing: &str) -> BTreeSet<String> {
    listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .map(str::to_owned)
        .collect()
}

fn missing<'a>(groups: &[&'a Group], installed: &BTreeSet<String>) -> Vec<(&'a str, &'a str)> {
    groups
        .iter()
        .flat_map(|group| group.names.iter().map(|name| (*name, group.purpose)))
        .filter(|(name, _)| !installed.contains(*name))
        .collect()
}

fn apt_get(arguments: &[&str]) -> Result<(), Failure> {
    let is_root = shell::ask("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !is_root && !shell::is_there("sudo") {
        return Err(Failure::sentence(format!(
            "installing needs root and there is no sudo; run as root: apt-get {}",
            arguments.join(" ")
        )));
    }
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    if !is_root {
        command.arg("env");
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    shell::run(command.args(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_dpkg_has_installed_counts() {
        let installed =
            parse_installed("cmake installed\nclang config-files\npkg-config not-installed\n");
        assert_eq!(installed, BTreeSet::from(["cmake".to_owned()]));
    }

    #[test]
    fn what_is_missing_comes_with_its_purpose() {
        let group = Group {
            purpose: "to test",
            names: &["a", "b"],
        };
        let found = missing(&[&group], &BTreeSet::from(["a".to_owned()]));
        assert_eq!(found, [("b", "to test")]);
    }
}
