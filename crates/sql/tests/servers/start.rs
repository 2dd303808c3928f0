//! Servers of Debian's packages, started in a temporary folder and ended with the test.

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use secrecy::SecretString;
use sql::server::{Address, Server};
use tokio_util::sync::CancellationToken;

/// The password of every user.
pub const PASSWORD: &str = "a secret/with:signs@";

/// Servers are set up one after the other: all at once they take minutes on a small machine.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A server that ends when this is dropped.
pub struct Running {
    child: Child,
    pub port: u16,
    pub folder: tempfile::TempDir,
    scheme: &'static str,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

impl Running {
    pub fn postgres() -> Self {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let programs = postgres_programs();
        let (folder, port) = (folder(), free_port());
        let data = folder.path().join("data");
        let password = folder.path().join("password");
        std::fs::write(&password, PASSWORD).unwrap();
        let mut initdb = unprivileged(&programs.join("initdb"), folder.path());
        initdb
            .args(["--username=admin", "--auth=scram-sha-256", "--no-sync"])
            .args(["--encoding=UTF8", "--locale=C.UTF-8"])
            .arg("--pwfile")
            .arg(&password)
            .arg("--pgdata")
            .arg(&data);
        finish(initdb);
        let mut postgres = unprivileged(&programs.join("postgres"), folder.path());
        postgres.arg("-D").arg(&data);
        for setting in [
            format!("port={port}"),
            format!("unix_socket_directories={}", folder.path().display()),
            "listen_addresses=127.0.0.1".to_owned(),
            "fsync=off".to_owned(),
            "full_page_writes=off".to_owned(),
            "synchronous_commit=off".to_owned(),
            "shared_buffers=16MB".to_owned(),
            "max_connections=30".to_owned(),
        ] {
            postgres.args(["-c", &setting]);
        }
        Self::started(postgres, port, folder, "postgres")
    }

    pub fn mariadb() -> Self {
        let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let (install, server) = mariadb_programs();
        let (folder, port) = (folder(), free_port());
        let data = folder.path().join("data");
        // A server that starts throws away what lies in the folder for temporary tables, also what
        // another of these servers is just using.
        let temporary = folder.path().join("temporary");
        std::fs::create_dir(&temporary).unwrap();
        give(&temporary);
        let mut install = unprivileged(&install, folder.path());
        install
            .args([
                "--no-defaults",
                "--skip-test-db",
                "--innodb-use-native-aio=0",
            ])
            .arg("--auth-root-authentication-method=normal")
            .arg(format!("--tmpdir={}", temporary.display()))
            .arg(format!("--datadir={}", data.display()));
        finish(install);
        let mut mariadb = unprivileged(&server, folder.path());
        mariadb
            .args([
                "--no-defaults",
                "--bind-address=127.0.0.1",
                "--skip-log-bin",
            ])
            .args([
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M",
            ])
            .args([
                "--character-set-server=utf8mb4",
                "--innodb-log-file-size=8M",
            ])
            // The system lends few servers at once its own.
            .arg("--innodb-use-native-aio=0")
            .arg(format!("--port={port}"))
            .arg(format!("--tmpdir={}", temporary.display()))
            .arg(format!("--datadir={}", data.display()))
            .arg(format!("--socket={}", folder.path().join("s").display()));
        Self::started(mariadb, port, folder, "mysql")
    }

    fn started(
        mut command: Command,
        port: u16,
        folder: tempfile::TempDir,
        scheme: &'static str,
    ) -> Self {
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let running = Self {
            child,
            port,
            folder,
            scheme,
        };
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = running.folder.path().join("log");
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "the server did not start: {}",
                std::fs::read_to_string(log).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        running
    }

    /// Ends the server at once, as a failure of power would.
    pub fn end(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_some()) {
            return;
        }
        // PostgreSQL's children end with it only when it is told; the other is one process.
        let signal = if self.scheme == "postgres" {
            "-QUIT"
        } else {
            "-KILL"
        };
        let process = self.child.id().to_string();
        let _ = Command::new("kill").args([signal, &process]).status();
        let _ = self.child.wait();
    }

    pub fn url(&self, user: &str, database: &str) -> String {
        let scheme = self.scheme;
        let password: String = PASSWORD
            .bytes()
            .map(|byte| format!("%{byte:02X}"))
            .collect();
        format!(
            "{scheme}://{user}:{password}@127.0.0.1:{}/{database}",
            self.port
        )
    }

    pub fn address(&self, user: &str, database: &str) -> (Address, Option<SecretString>) {
        Address::parse(&self.url(user, database)).unwrap().unwrap()
    }

    pub async fn open(&self, user: &str, database: &str) -> Server {
        let (address, password) = self.address(user, database);
        let cancel = CancellationToken::new();
        Server::open(address, password, &cancel).await.unwrap()
    }

    /// Names of what lies beside the server's own data.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
    }
}

fn postgres_programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    versions
        .map(|version| version.unwrap().path().join("bin"))
        .filter(|programs| programs.join("initdb").exists())
        .max()
        .expect("PostgreSQL is not installed: apt-get install postgresql")
}

fn mariadb_programs() -> (PathBuf, PathBuf) {
    let found = |path: &str| {
        let path = PathBuf::from(path);
        assert!(
            path.exists(),
            "MariaDB is not installed: apt-get install mariadb-server"
        );
        path
    };
    (
        found("/usr/bin/mariadb-install-db"),
        found("/usr/sbin/mariadbd"),
    )
}

/// Servers refuse to run as root: then they run as nobody, to whom the folder is given.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    give(folder.path());
    folder
}

fn give(folder: &Path) {
    if is_root(folder) {
        let (user, group) = nobody();
        chown(folder, Some(user), Some(group)).unwrap();
    }
}

fn is_root(folder: &Path) -> bool {
    let own = std::fs::metadata("/proc/self").unwrap().uid();
    own == 0 && folder.exists()
}

fn nobody() -> (u32, u32) {
    let number = |which: &str| {
        let output = Command::new("id").args([which, "nobody"]).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.trim().parse().unwrap()
    };
    (number("-u"), number("-g"))
}

fn unprivileged(program: &Path, folder: &Path) -> Command {
    // The server ends with the thread that started it, however that ended.
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if is_root(folder) {
        let (user, group) = nobody();
        command
            .arg(format!("--reuid={user}"))
            .arg(format!("--regid={group}"))
            .arg("--clear-groups");
    }
    command.arg("--").arg(program).current_dir(folder);
    command
}

fn finish(mut command: Command) {
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
