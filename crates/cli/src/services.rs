//! `service`: services elsewhere and their keys.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::process::ExitCode;

use assistant::{Code, Fault};
use desk::{Desk, PriceInfo, ServiceEdit, read_key};
use model::remote::keys::{Environment, Place};
use model::remote::{Kind, split};

use crate::arguments::ServiceCommand;
use crate::run::{cancelled_by_interrupt, unreadable};
use crate::{Outcome, print};

pub async fn services(desk: &Desk, command: ServiceCommand) -> Outcome {
    match command {
        ServiceCommand::List { json } => print::services(&desk.services().list().await?, json)?,
        ServiceCommand::Add {
            name,
            kind,
            url,
            headers,
            price,
        } => {
            let Some(headers) = parse_headers(&headers) else {
                eprintln!("A header is written NAME=VALUE.");
                return Ok(ExitCode::from(2));
            };
            let edit = ServiceEdit {
                name,
                kind: kind.into(),
                base_url: url,
                headers,
                price: price.as_deref().map(parse_price),
            };
            add(desk, edit).await?;
        }
        ServiceCommand::Key { name } => return key(desk, &name).await,
        ServiceCommand::Test { target } => return test(desk, &target).await,
        ServiceCommand::Remove { name } => desk.services().remove(&name).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(desk: &Desk, edit: ServiceEdit) -> Result<(), Fault> {
    let name = edit.name.clone();
    desk.services().save(edit, None).await?;
    println!("{name} is set up; its models are called {name}:MODEL");
    Ok(())
}

/// Without any header those that the service has stay; a header that is none is wrong usage.
fn parse_headers(pairs: &[String]) -> Option<Option<BTreeMap<String, String>>> {
    if pairs.is_empty() {
        return Some(None);
    }
    let pairs = pairs.iter().map(|pair| {
        let (name, value) = pair.split_once('=')?;
        Some((name.trim().to_owned(), value.to_owned()))
    });
    pairs.collect::<Option<_>>().map(Some)
}

/// A price as it is written, which the desk judges; `none` is a blank one.
fn parse_price(text: &str) -> PriceInfo {
    let text = if text == "none" { "" } else { text };
    let mut parts = text.splitn(3, ',').map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    PriceInfo {
        input: next(),
        output: next(),
        cached: next(),
    }
}

/// What services were paid this month, and how much may be.
pub fn spending(desk: &Desk, limit: Option<&str>, no_limit: bool, json: bool) -> Outcome {
    if limit.is_some() || no_limit {
        desk.set_spending_limit(limit)?;
    }
    let info = desk.spending()?;
    if json {
        print::json(&info)?;
        return Ok(ExitCode::SUCCESS);
    }
    let most = info.limit.as_deref().unwrap_or("no limit");
    println!("{}: {} of {most}, in dollars", info.month, info.spent);
    if !info.unpriced.is_empty() {
        let names = info.unpriced.join(", ");
        eprintln!("What these charge is not known, so it is not counted: {names}");
    }
    Ok(ExitCode::SUCCESS)
}

/// The key comes from standard input, because arguments can be read by every program here.
async fn key(desk: &Desk, name: &str) -> Outcome {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| unreadable("standard input", &error))?;
    let key = read_key(&text)?.ok_or_else(|| {
        Fault::new(Code::InputMissing, "There is no key on standard input.").with("service", name)
    })?;
    let kept = desk.services().set_key(name, key).await?;
    let variable = Environment::variable(name);
    if kept.place == Place::Session {
        eprintln!(
            "There is no keychain to keep the key of {name} in: put it into the environment variable {variable} instead."
        );
        return Ok(ExitCode::FAILURE);
    }
    println!("the key of {name} is in {}", key_words(kept.place));
    if kept.hidden_by.is_some() {
        eprintln!("It is not used while the environment variable {variable} holds another one.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn test(desk: &Desk, id: &str) -> Outcome {
    let id = model::ModelId(id.to_owned());
    let Some((name, model)) = split(&id) else {
        eprintln!("A model of a service is written NAME:MODEL.");
        return Ok(ExitCode::from(2));
    };
    eprintln!("asking {name} ...");
    let report = desk
        .services()
        .test(name, model, &cancelled_by_interrupt())
        .await?;
    print::connection(&report);
    Ok(if report.ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Where a key lies, in words.
pub fn key_words(place: Place) -> &'static str {
    match place {
        Place::Environment => "the environment",
        Place::Keychain => "the keychain",
        Place::Session => "memory",
    }
}

/// A kind as it is written on the command line.
pub fn kind_name(kind: Kind) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_has_two_parts_or_three() {
        let parts = |text: &str| {
            let price = parse_price(text);
            [price.input, price.output, price.cached]
        };
        assert_eq!(parts("3,15"), ["3", "15", ""]);
        assert_eq!(parts("3,15,0.3"), ["3", "15", "0.3"]);
        assert_eq!(parts("none"), ["", "", ""]);
    }

    #[test]
    fn headers_are_pairs() {
        let read = |pairs: &[&str]| {
            parse_headers(&pairs.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert_eq!(read(&[]), Some(None));
        assert_eq!(read(&["x"]), None);
        let both = read(&["a=b=c", "d="]).unwrap().unwrap();
        assert_eq!((both["a"].as_str(), both["d"].as_str()), ("b=c", ""));
    }
}
