//! How a worker process is started and spoken to: its arguments, its environment, its input.

use std::process::Stdio;

use protocol::Command;
use tokio::io::AsyncWriteExt as _;
use tokio::process::ChildStdin;
use tokio::sync::mpsc;

use super::LocalOptions;

/// How often GNU's OpenMP looks whether the other threads are done before it lets others run.
const SPINNING: &str = "GOMP_SPINCOUNT";

/// By default the threads look 300,000 times, and with the policy `passive` never. On two cores
/// the 0.5B model wrote 37 tokens/s by default, 30 with this and 18 passively on an idle machine,
/// and 10, 14 and 16 beside a busy loop; at a load of 4 the default fell to 2 and this to 15.
const SPINS: &str = "1000";

/// The program with its arguments and pipes.
pub fn command(options: &LocalOptions, threads: Option<u32>) -> tokio::process::Command {
    let mut command = tokio::process::Command::new(&options.engine_path);
    command
        .arg("--model")
        .arg(&options.model_path)
        .args(["--context", &options.context.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    if let Some(folder) = &options.prefixes {
        command.arg("--prefixes").arg(folder);
    }
    if let Some(bytes) = options.memory_limit {
        command.args(["--memory-limit", &bytes.to_string()]);
    }
    if std::env::var_os(SPINNING).is_none() {
        command.env(SPINNING, SPINS);
    }
    if let Some(threads) = threads {
        command.args(["--threads", &threads.to_string()]);
    }
    #[cfg(windows)]
    {
        /// Keeps a console window from flashing up.
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        /// What a person looks at goes first; elsewhere the worker steps back by itself.
        const BELOW_NORMAL_PRIORITY_CLASS: u32 = 0x4000;
        command.creation_flags(CREATE_NO_WINDOW | BELOW_NORMAL_PRIORITY_CLASS);
    }
    command
}

/// Writes commands until there is nobody left to give any, and then closes standard input.
pub async fn write_commands(mut stdin: ChildStdin, mut queue: mpsc::UnboundedReceiver<Command>) {
    while let Some(command) = queue.recv().await {
        let mut line = serde_json::to_string(&command)
            .expect("the protocol's types have no unserialisable values");
        line.push('\n');
        if stdin.write_all(line.as_bytes()).await.is_err() || stdin.flush().await.is_err() {
            return;
        }
    }
}
