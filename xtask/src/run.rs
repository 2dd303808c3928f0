//! `cargo xtask run` and `cargo xtask demo`: from a fresh clone to a real answer.

use std::process::Command;

use crate::failure::Failure;
use crate::node::Node;
use crate::{build, models, place, shell, system};

/// Asked when the person brings no question: a ranking, a join with a total, and Chinese.
const QUESTIONS: [&str; 3] = [
    "Which five customers spent the most in 2025?",
    "How many returns were there for each reason?",
    "哪五個城市的顧客最多？",
];

/// Sets up what is missing, builds, and opens the window.
pub fn window(arguments: &[String]) -> Result<(), Failure> {
    if !has_display() {
        println!("There is no display here, so the same desk answers in this terminal.");
        return demo(&[]);
    }
    system::install_missing(&[&system::COMPILERS, &system::WINDOW, &system::CHESS_ENGINE])?;
    let node = Node::find_or_install()?;
    node.install_packages()?;
    node.build_ui()?;
    build::engine_and(&["cli", "deskhand"])?;
    models::pull(models::DEFAULT)?;
    shell::become_it(Command::new(place::program("deskhand")?).args(arguments))
}

/// Asks the sample database in the terminal.
pub fn demo(questions: &[String]) -> Result<(), Failure> {
    system::install_missing(&[&system::COMPILERS, &system::CHESS_ENGINE])?;
    build::engine_and(&["cli"])?;
    models::pull(models::DEFAULT)?;
    if questions.is_empty() {
        return QUESTIONS.iter().try_for_each(|question| ask(question));
    }
    questions.iter().try_for_each(|question| ask(question))
}

/// One question, with a history of its own so that the person's is left alone.
fn ask(question: &str) -> Result<(), Failure> {
    println!("\n▸ {question}\n");
    let database = place::root()?.join("assets/samples/shop.sqlite");
    let mut command = Command::new(place::program("deskhand-cli")?);
    command.arg("--data-dir").arg(place::cache()?.join("demo"));
    command.args([
        "run",
        "sql",
        "-i",
        &format!("database={}", database.display()),
    ]);
    shell::become_it(command.args(["-i", &format!("question={question}")]))
}

fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}
