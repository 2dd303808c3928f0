//! Books on a terminal.

use assistant::Fault;
use desk::{BookEntries, BookEntryInfo, BookFileInfo, BookStatements, BookSummary, ImportedFile};
use unicode_width::UnicodeWidthStr as _;

use super::json;

/// Widest label of a statement.
const LABEL: usize = 44;

/// Widest figure of a statement.
const FIGURE: usize = 18;

pub fn list(books: &[BookSummary], as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(&books);
    }
    for book in books {
        match &book.problem {
            Some(problem) => println!("{}  {problem}", book.name),
            None => println!(
                "{}  {}  {}  {} entries  {} – {}",
                book.name,
                book.title,
                book.currency,
                book.entries,
                book.from.as_deref().unwrap_or_default(),
                book.to.as_deref().unwrap_or_default()
            ),
        }
    }
    Ok(())
}

pub fn statements(statements: &BookStatements, as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(statements);
    }
    println!("{}", statements.title);
    for named in &statements.statements {
        let statement = &named.statement;
        println!("\n{}", statement.title);
        line("", &statement.columns, "");
        for row in &statement.rows {
            let label = format!("{}{}", "  ".repeat(row.level as usize), row.label);
            line(&label, &row.figures, &row.currency);
        }
    }
    println!();
    for tie in &statements.ties {
        let sign = if tie.holds { "ok" } else { "NOT" };
        println!(
            "{sign:<4}{}  {}  {} {}",
            tie.check, tie.period, tie.left, tie.currency
        );
    }
    println!("seal {}", statements.seal);
    Ok(())
}

fn line(label: &str, figures: &[String], currency: &str) {
    let mut line = label.to_owned();
    line.push_str(&" ".repeat(LABEL.saturating_sub(label.width())));
    for figure in figures {
        line.push(' ');
        line.push_str(&" ".repeat(FIGURE.saturating_sub(figure.width())));
        line.push_str(figure);
    }
    println!("{} {currency}", line.trim_end());
}

pub fn entries(found: &BookEntries, as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(found);
    }
    found.entries.iter().for_each(entry);
    if found.total as usize > found.entries.len() {
        println!("{} of {}", found.entries.len(), found.total);
    }
    Ok(())
}

fn entry(entry: &BookEntryInfo) {
    let fate = match (entry.reverses, entry.reversed_by) {
        (Some(of), _) => format!("  (undoes {of})"),
        (None, Some(by)) => format!("  (undone by {by})"),
        (None, None) => String::new(),
    };
    println!(
        "{} {}  {}  {}{fate}",
        entry.number, entry.date, entry.description, entry.counterparty
    );
    for posting in &entry.postings {
        println!(
            "    {:<42} {:>14} {}",
            posting.account, posting.amount, posting.currency
        );
    }
    if !entry.source.is_empty() {
        println!("    “{}”", entry.source);
    }
    for file in &entry.attachments {
        println!("    + {} ({} bytes)", file.name, file.size);
    }
}

pub fn attached(file: &BookFileInfo, as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(file);
    }
    println!("+ {} ({} bytes)", file.name, file.size);
    Ok(())
}

pub fn imported(imported: &ImportedFile, as_json: bool) -> Result<(), Fault> {
    if as_json {
        return json(imported);
    }
    println!(
        "{}: {} posted, {} were there already",
        imported.book,
        imported.entries.len(),
        imported.duplicates
    );
    if imported.recognised > 0 {
        println!(
            "{} were put where others like them were put before",
            imported.recognised
        );
    }
    for balance in &imported.balances {
        let verdict = if balance.agrees { "agree" } else { "DIFFER" };
        println!(
            "{}: bank {} and book {} {} {verdict}",
            balance.account, balance.statement, balance.book, balance.currency
        );
    }
    imported.notes.iter().for_each(|note| eprintln!("{note}"));
    Ok(())
}
