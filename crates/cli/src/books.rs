//! `book`: books in double entry.

use std::process::ExitCode;

use assistant::Fault;
use desk::{BookCreation, BookImport, BookPosted, BookQuery, BookView, Desk};

use crate::Outcome;
use crate::arguments::{BookCommand, BookWords};
use crate::print;

pub async fn books(desk: &Desk, command: BookCommand) -> Outcome {
    match command {
        BookCommand::List { json } => print::books::list(&desk.books().await?, json)?,
        BookCommand::Create {
            name,
            title,
            currency,
            fiscal_start,
        } => {
            let creation = BookCreation {
                name,
                title: title.unwrap_or_default(),
                currency,
                fiscal_start,
            };
            desk.create_book(creation).await?;
        }
        BookCommand::Post { run, book, json } => {
            let run = desk.history().resolve(&run).await?;
            posted(&desk.post_run(&run, book.as_deref()).await?, json)?;
        }
        BookCommand::Statements {
            name,
            from,
            to,
            words,
            statements,
            json,
        } => {
            let view = BookView {
                statements,
                ..view(from, to, &words)
            };
            print::books::statements(&desk.book_statements(&name, view).await?, json)?;
        }
        BookCommand::Entries {
            name,
            account,
            from,
            to,
            text,
            limit,
            json,
        } => {
            let query = BookQuery {
                account,
                from,
                to,
                text,
                limit,
                ..BookQuery::default()
            };
            print::books::entries(&desk.book_entries(&name, query).await?, json)?;
        }
        BookCommand::Import {
            name,
            file,
            account,
            currency,
            json,
        } => {
            let path = file.display().to_string();
            let import = BookImport {
                path,
                account,
                currency,
            };
            print::books::imported(&desk.import_into_book(&name, import).await?, json)?;
        }
        BookCommand::Export {
            name,
            format,
            to,
            from,
            until,
            words,
        } => {
            desk.export_book(&name, format.into(), &to, view(from, until, &words))
                .await?;
            eprintln!("{}", to.display());
        }
        BookCommand::Verify { name, seal, json } => return verify(desk, &name, seal, json).await,
        BookCommand::Reverse {
            name,
            entry,
            date,
            json,
        } => {
            posted(
                &desk.reverse_entry(&name, entry, date.as_deref()).await?,
                json,
            )?;
        }
        BookCommand::Lock { name, through } => {
            desk.lock_book(&name, through.as_deref()).await?;
        }
        BookCommand::Close { name, date, json } => {
            posted(&desk.close_book_year(&name, &date).await?, json)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn view(from: Option<String>, to: Option<String>, words: &BookWords) -> BookView {
    BookView {
        from,
        to,
        compare: words.compare.into(),
        language: words.language.into(),
        statements: Vec::new(),
    }
}

fn posted(posted: &BookPosted, json: bool) -> Result<(), Fault> {
    if json {
        return print::json(posted);
    }
    let numbers: Vec<String> = posted.entries.iter().map(u32::to_string).collect();
    println!("{}: {}", posted.book, numbers.join(", "));
    Ok(())
}

/// A seal that is not of the book is a failure, as anything that was changed.
async fn verify(desk: &Desk, name: &str, seal: Option<String>, json: bool) -> Outcome {
    let verified = desk.verify_book(name, seal.as_deref()).await?;
    if json {
        print::json(&verified)?;
    } else {
        println!("{} entries are as they were written", verified.entries);
        println!("seal {}", verified.seal);
        match verified.has_seal {
            Some(true) => println!("the seal that was named is one of this book's"),
            Some(false) => eprintln!("The seal that was named is not one of this book's."),
            None => {}
        }
    }
    Ok(match verified.has_seal {
        Some(false) => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    })
}
