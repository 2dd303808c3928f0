//! `book`: books in double entry.

use std::process::ExitCode;

use assistant::{Code, Fault};
use desk::{BookCreation, BookImport, BookOpening, BookPosted, BookQuery, BookView, Desk};

use crate::Outcome;
use crate::arguments::{
    AttachedFile, BookCommand, BookWords, EntriesOptions, FileToAttach, HandOver, ImportOptions,
    NewBook, OpenBook, StatementsOptions,
};
use crate::print;

pub async fn books(desk: &Desk, command: BookCommand) -> Outcome {
    match command {
        BookCommand::List { json } => print::books::list(&desk.books().await?, json)?,
        BookCommand::Create(new) => create(desk, new).await?,
        BookCommand::Open(options) => open(desk, options).await?,
        BookCommand::Rate {
            name,
            currency,
            rate,
            on,
        } => desk.set_rate(&name, &currency, &rate, &on).await?,
        BookCommand::Revalue { name, date, json } => {
            posted(&desk.revalue_book(&name, &date).await?, json)?;
        }
        BookCommand::Post { run, book, json } => {
            let run = desk.history().resolve(&run).await?;
            posted(&desk.post_run(&run, book.as_deref()).await?, json)?;
        }
        BookCommand::Statements(options) => statements(desk, options).await?,
        BookCommand::Entries(options) => entries(desk, options).await?,
        BookCommand::Import(options) => import(desk, options).await?,
        BookCommand::Export(options) => hand_over(desk, options).await?,
        BookCommand::Verify { name, seal, json } => return verify(desk, &name, seal, json).await,
        BookCommand::Reverse {
            name,
            entry,
            date,
            json,
        } => {
            let reversed = desk.reverse_entry(&name, entry, date.as_deref()).await?;
            posted(&reversed, json)?;
        }
        BookCommand::Move {
            name,
            entry,
            from,
            to,
            json,
        } => posted(&desk.move_posting(&name, entry, &from, &to).await?, json)?,
        BookCommand::Attach(options) => attach(desk, options).await?,
        BookCommand::Attached(options) => save_attached(desk, options).await?,
        BookCommand::Lock { name, through } => {
            desk.lock_book(&name, through.as_deref()).await?;
        }
        BookCommand::Close { name, date, json } => {
            posted(&desk.close_book_year(&name, &date).await?, json)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn attach(desk: &Desk, options: FileToAttach) -> Result<(), Fault> {
    let FileToAttach {
        name, entry, file, ..
    } = options;
    let attached = desk.attach_to_entry(&name, entry, &file).await?;
    print::books::attached(&attached, options.json)
}

async fn save_attached(desk: &Desk, options: AttachedFile) -> Result<(), Fault> {
    let AttachedFile {
        name,
        entry,
        file,
        to,
    } = options;
    desk.save_attachment(&name, entry, &file, &to).await?;
    eprintln!("{}", to.display());
    Ok(())
}

async fn create(desk: &Desk, new: NewBook) -> Result<(), Fault> {
    desk.create_book(BookCreation {
        name: new.name,
        title: new.title.unwrap_or_default(),
        currency: new.currency,
        fiscal_start: new.fiscal_start,
    })
    .await
}

async fn open(desk: &Desk, options: OpenBook) -> Result<(), Fault> {
    let balances = options.balances.iter().map(|text| balance(text));
    let balances = balances.collect::<Result<Vec<_>, Fault>>()?;
    let opened = desk.open_balances(&options.name, &options.date, balances);
    posted(&opened.await?, options.json)
}

/// Names of accounts may hold spaces, amounts do not hold an equals sign.
fn balance(text: &str) -> Result<BookOpening, Fault> {
    let wrong = || {
        let sentence =
            format!("A balance is written ACCOUNT=AMOUNT, as Assets:Bank=1200, and not {text:?}.");
        Fault::new(Code::InputInvalid, sentence)
    };
    let (account, amount) = text.rsplit_once('=').ok_or_else(wrong)?;
    let (amount, currency) = match amount.trim().split_once(' ') {
        Some((amount, currency)) => (amount, Some(currency.trim().to_uppercase())),
        None => (amount.trim(), None),
    };
    if account.trim().is_empty() || amount.is_empty() {
        return Err(wrong());
    }
    Ok(BookOpening {
        account: account.trim().to_owned(),
        amount: amount.to_owned(),
        currency,
    })
}

async fn statements(desk: &Desk, options: StatementsOptions) -> Result<(), Fault> {
    let view = BookView {
        statements: options.statements,
        ..view(options.from, options.to, &options.words)
    };
    let statements = desk.book_statements(&options.name, view).await?;
    print::books::statements(&statements, options.json)
}

async fn entries(desk: &Desk, options: EntriesOptions) -> Result<(), Fault> {
    let query = BookQuery {
        account: options.account,
        from: options.from,
        to: options.to,
        text: options.text,
        limit: options.limit,
        ..BookQuery::default()
    };
    let found = desk.book_entries(&options.name, query).await?;
    print::books::entries(&found, options.json)
}

async fn import(desk: &Desk, options: ImportOptions) -> Result<(), Fault> {
    let request = BookImport {
        path: options.file.display().to_string(),
        account: options.account,
        currency: options.currency,
    };
    let imported = desk.import_into_book(&options.name, request).await?;
    print::books::imported(&imported, options.json)
}

async fn hand_over(desk: &Desk, options: HandOver) -> Result<(), Fault> {
    let view = view(options.from, options.until, &options.words);
    desk.export_book(&options.name, options.format.into(), &options.to, view)
        .await?;
    eprintln!("{}", options.to.display());
    Ok(())
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
