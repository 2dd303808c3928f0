//! What a run made, on a terminal: the words and figures of it, without the pictures.

use assistant::Artifact;
use assistant::artifact::{
    BookEntry, BooksResult, ChessHabits, ChessResult, ChessScore, CodeResult, CommandResult,
    Finding, Statement,
};

/// Prints anything but a table of a database, which has a printer of its own.
pub fn print(artifact: &Artifact) {
    match artifact {
        Artifact::Query(_) => {}
        Artifact::Page(page) => println!("{}", page.html),
        Artifact::Css(css) => println!("{}", css.css),
        Artifact::Books(books) => print_books(books),
        Artifact::Chess(advice) => print_advice(advice),
        Artifact::Code(program) => print_program(program),
        Artifact::Command(command) => print_command(command),
        Artifact::Equation(equation) => println!("{}", equation.latex),
        Artifact::Text(text) => {
            println!("{}", text.text);
            print_findings(&text.findings);
        }
    }
}

fn print_books(books: &BooksResult) {
    books.entries.iter().for_each(print_entry);
    for piece in &books.unresolved {
        println!("? {:?}: {}", piece.source, piece.reason);
    }
    books.statements.values().for_each(print_statement);
}

fn print_entry(entry: &BookEntry) {
    let sure = if entry.doubts.is_empty() { "" } else { " ?" };
    println!(
        "{} {} {}{sure}",
        entry.date, entry.counterparty, entry.description
    );
    for posting in &entry.postings {
        println!(
            "    {:<42} {:>14} {}",
            posting.account, posting.amount, posting.currency
        );
    }
    for doubt in &entry.doubts {
        println!("    ? {}: {}", doubt.field, doubt.reason);
    }
}

fn print_statement(statement: &Statement) {
    println!("\n{}  {}", statement.title, statement.columns.join("  "));
    for row in &statement.rows {
        let indent = "  ".repeat(row.level as usize);
        println!(
            "{:<44} {}",
            format!("{indent}{}", row.label),
            row.figures.join("  ")
        );
    }
}

fn print_advice(advice: &ChessResult) {
    if let Some(habits) = &advice.habits {
        println!("{}", advice.explanation);
        print_habits(habits);
        return;
    }
    println!("{}", advice.best.san);
    for candidate in &advice.candidates {
        println!(
            "  {:>7}  {}",
            score(candidate.score),
            candidate.line.join(" ")
        );
    }
    if !advice.explanation.is_empty() {
        println!("{}", advice.explanation);
    }
}

fn print_habits(habits: &ChessHabits) {
    for theme in &habits.themes {
        println!("\n{:>4}  {}", theme.count, theme.title);
        for example in &theme.examples {
            println!(
                "      {} #{}: {} → {}",
                example.title, example.game, example.played.san, example.better.san
            );
            println!("        {}", example.reason);
            println!("        {}", example.fen);
        }
    }
}

fn score(score: ChessScore) -> String {
    match score {
        ChessScore::Centipawns(value) => format!("{:+.2}", f64::from(value) / 100.0),
        ChessScore::Mate { mate } => format!("#{mate}"),
    }
}

fn print_program(program: &CodeResult) {
    if program.files.is_empty() {
        println!("{}", program.code);
    }
    for file in &program.files {
        println!("--- {}\n{}", file.name, file.text);
    }
    print_findings(&program.findings);
}

fn print_command(command: &CommandResult) {
    println!("{}", command.command);
    for part in &command.parts {
        println!("  {:<24} {}", part.text, part.explanation);
    }
    command
        .warnings
        .iter()
        .for_each(|warning| println!("! {warning}"));
}

fn print_findings(findings: &[Finding]) {
    for finding in findings {
        println!("{}: {}", finding.name, finding.value);
    }
}
