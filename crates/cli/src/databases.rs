//! `connection` and `database`: databases that have names, and what is known of them.

use std::io::Read as _;
use std::process::ExitCode;

use assistant::Fault;
use desk::{ConnectionEdit, ConnectionInfo, Desk, NoteInfo, SchemaInfo};
use model::remote::keys::Place;

use crate::arguments::{ConnectionCommand, DatabaseCommand};
use crate::run::{cancelled_by_interrupt, unreadable};
use crate::services::key_words;
use crate::{Outcome, print};

pub async fn connections(desk: &Desk, command: ConnectionCommand) -> Outcome {
    match command {
        ConnectionCommand::List { json } => list(&desk.connections().list().await?, json)?,
        ConnectionCommand::Add {
            name,
            address,
            password,
        } => return add(desk, &name, address, password).await,
        ConnectionCommand::Test { name } => return test(desk, name).await,
        ConnectionCommand::Remove { name } => desk.connections().remove(&name).await?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(all: &[ConnectionInfo], json: bool) -> Result<(), Fault> {
    if json {
        return print::json(&all);
    }
    for one in all {
        let password = match one.password_place {
            Some(place) => format!("  password in {}", key_words(place)),
            None => String::new(),
        };
        println!("{}  {}{password}", one.name, one.address);
    }
    Ok(())
}

/// The password comes in the address or from standard input, because arguments can be read by every
/// program here.
async fn add(desk: &Desk, name: &str, address: String, asks: bool) -> Outcome {
    let mut text = String::new();
    if asks {
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| unreadable("standard input", &error))?;
    }
    let password = text.trim_end_matches(['\n', '\r']);
    let password = (!password.is_empty()).then(|| password.to_owned().into());
    let edit = ConnectionEdit {
        name: name.to_owned(),
        address: Some(address),
        server: None,
    };
    match desk.connections().save(&edit, password).await? {
        Some(Place::Session) => {
            println!("{name} is kept without its password");
            eprintln!(
                "There is no keychain to keep the password of {name} in: put it into the environment variable {} instead.",
                desk::password_variable(name)
            );
        }
        Some(place) => println!("{name} is kept, its password in {}", key_words(place)),
        None => println!("{name} is kept"),
    }
    Ok(ExitCode::SUCCESS)
}

async fn test(desk: &Desk, name: String) -> Outcome {
    let is_known = desk
        .connections()
        .list()
        .await?
        .iter()
        .any(|one| one.name == name);
    let edit = match is_known {
        true => ConnectionEdit {
            name,
            ..ConnectionEdit::default()
        },
        false => ConnectionEdit {
            name: "new".to_owned(),
            address: Some(name),
            server: None,
        },
    };
    let cancel = cancelled_by_interrupt();
    let report = desk.test_connection(&edit, None, &cancel).await?;
    match report.fault {
        None => {
            println!("it answers and has {} tables", report.tables);
            Ok(ExitCode::SUCCESS)
        }
        Some(fault) => Err(fault),
    }
}

pub async fn databases(desk: &Desk, command: DatabaseCommand) -> Outcome {
    let cancel = cancelled_by_interrupt();
    match command {
        DatabaseCommand::Schema { database, json } => {
            let schema = desk.schema(&database, &cancel).await?;
            match json {
                true => print::json(&schema)?,
                false => tables(&schema),
            }
        }
        DatabaseCommand::Notes { database, json } => {
            let notes = desk.notes(&database)?;
            match json {
                true => print::json(&notes)?,
                false => notes.iter().for_each(|note| println!("{}", line(note))),
            }
        }
        DatabaseCommand::Note {
            database,
            on,
            name,
            text,
        } => {
            let on = on.unwrap_or_default();
            desk.set_note(&database, &on, &name, &text, &cancel).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(note: &NoteInfo) -> String {
    let table = note.table.as_deref().unwrap_or("(everything)");
    let column = note.column.as_ref();
    let column = column
        .map(|column| format!(".{column}"))
        .unwrap_or_default();
    let words = [note.name.as_str(), note.text.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
    format!("{table}{column}  {}", words.join(": "))
}

fn tables(schema: &SchemaInfo) {
    if !schema.note.is_empty() {
        println!("{}\n", schema.note);
    }
    for table in &schema.tables {
        let rows = table.rows.map(|rows| format!("  {rows} rows"));
        let said = said(&[&table.own_name, &table.note, &table.comment]);
        println!("{}{}{said}", table.name, rows.unwrap_or_default());
        for column in &table.columns {
            let said = self::said(&[&column.own_name, &column.note, &column.comment]);
            println!("    {} {}{said}", column.name, column.kind);
        }
    }
}

fn said(words: &[&str]) -> String {
    let words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    match words.is_empty() {
        true => String::new(),
        false => format!("  ({})", words.join("; ")),
    }
}
