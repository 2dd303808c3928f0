//! Dockerfiles: instructions, stages, and what each instruction must be given.

use crate::{Fact, Flaw};

const INSTRUCTIONS: &[&str] = &[
    "FROM",
    "RUN",
    "CMD",
    "LABEL",
    "MAINTAINER",
    "EXPOSE",
    "ENV",
    "ADD",
    "COPY",
    "ENTRYPOINT",
    "VOLUME",
    "USER",
    "WORKDIR",
    "ARG",
    "ONBUILD",
    "STOPSIGNAL",
    "HEALTHCHECK",
    "SHELL",
];

/// An instruction with its continued lines put together.
struct Instruction {
    line: usize,
    name: String,
    rest: String,
}

/// A Dockerfile: its base images, stages and ports.
///
/// # Errors
/// The first instruction that is none, or is given what it cannot take.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    let instructions = instructions(text)?;
    let mut bases: Vec<String> = Vec::new();
    let mut stages: Vec<String> = Vec::new();
    let mut ports: Vec<String> = Vec::new();
    for one in &instructions {
        if !matches!(one.name.as_str(), "FROM" | "ARG") && bases.is_empty() {
            return Err(Flaw::at(
                one.line,
                format!("{} stands before FROM", one.name),
            ));
        }
        match one.name.as_str() {
            "FROM" => {
                let (image, stage) = from(one)?;
                if !stages.contains(&image.to_lowercase()) {
                    bases.push(image);
                } else if bases.is_empty() {
                    bases.push(image.clone());
                }
                stages.push(stage.unwrap_or_else(|| stages.len().to_string()));
            }
            "EXPOSE" => ports.extend(exposed(one)?),
            "COPY" | "ADD" => copied(one, &stages)?,
            "ENV" | "LABEL" => pairs(one)?,
            "CMD" | "ENTRYPOINT" | "RUN" | "SHELL" | "VOLUME" => listed(one)?,
            "HEALTHCHECK" => {
                let is_known = one.rest == "NONE" || one.rest.contains("CMD");
                if !is_known {
                    return Err(Flaw::at(one.line, "HEALTHCHECK needs CMD or NONE"));
                }
            }
            _ => {}
        }
    }
    if bases.is_empty() {
        return Err(Flaw::of_all("there is no FROM"));
    }
    Ok([
        Fact::names("base", bases.iter().map(String::as_str)),
        Some(Fact::new("stages", stages.len())),
        Fact::names("ports", ports.iter().map(String::as_str)),
    ]
    .into_iter()
    .flatten()
    .collect())
}

fn instructions(text: &str) -> Result<Vec<Instruction>, Flaw> {
    let mut all = Vec::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((place, line)) = lines.next() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let mut whole = trimmed.to_owned();
        while whole.ends_with('\\') {
            whole.pop();
            match lines.next() {
                Some((_, next)) if next.trim().starts_with('#') => whole.push('\\'),
                Some((_, next)) => whole.push_str(next.trim()),
                None => return Err(Flaw::at(place + 1, "the last line goes on with \\")),
            }
        }
        let (name, rest) = whole
            .split_once(char::is_whitespace)
            .unwrap_or((&whole, ""));
        let name = name.to_ascii_uppercase();
        if !INSTRUCTIONS.contains(&name.as_str()) {
            return Err(Flaw::at(place + 1, format!("{name} is no instruction")));
        }
        if rest.trim().is_empty() {
            return Err(Flaw::at(place + 1, format!("{name} is given nothing")));
        }
        // RUN <<EOF: what follows up to EOF belongs to it.
        if matches!(name.as_str(), "RUN" | "COPY" | "ADD")
            && let Some(mark) = heredoc(rest)
        {
            let ended = lines.by_ref().any(|(_, line)| line.trim() == mark);
            if !ended {
                return Err(Flaw::at(place + 1, format!("{mark} does not come")));
            }
        }
        all.push(Instruction {
            line: place + 1,
            name,
            rest: rest.trim().to_owned(),
        });
    }
    Ok(all)
}

fn heredoc(rest: &str) -> Option<String> {
    let (_, after) = rest.split_once("<<")?;
    let mark: String = after
        .trim_start_matches('-')
        .trim_matches(|c| c == '"' || c == '\'')
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    (!mark.is_empty()).then_some(mark)
}

fn from(one: &Instruction) -> Result<(String, Option<String>), Flaw> {
    let words: Vec<&str> = one
        .rest
        .split_whitespace()
        .filter(|word| !word.starts_with("--"))
        .collect();
    match words.as_slice() {
        [image] => Ok(((*image).to_owned(), None)),
        [image, word, stage] if word.eq_ignore_ascii_case("as") => {
            Ok(((*image).to_owned(), Some(stage.to_lowercase())))
        }
        _ => Err(Flaw::at(one.line, "FROM is \"FROM image [AS name]\"")),
    }
}

fn exposed(one: &Instruction) -> Result<Vec<String>, Flaw> {
    one.rest
        .split_whitespace()
        .map(|port| {
            let (number, protocol) = port.split_once('/').unwrap_or((port, "tcp"));
            let is_number = number.starts_with('$')
                || number
                    .split('-')
                    .all(|end| end.parse::<u16>().is_ok_and(|end| end > 0));
            match is_number && matches!(protocol, "tcp" | "udp" | "sctp") {
                true => Ok(port.to_owned()),
                false => Err(Flaw::at(one.line, format!("{port} is no port"))),
            }
        })
        .collect()
}

fn copied(one: &Instruction, stages: &[String]) -> Result<(), Flaw> {
    if one.rest.starts_with('[') {
        return listed(one);
    }
    let (flags, paths): (Vec<&str>, Vec<&str>) = one
        .rest
        .split_whitespace()
        .partition(|word| word.starts_with("--"));
    if paths.len() < 2 && !one.rest.contains("<<") {
        return Err(Flaw::at(
            one.line,
            format!("{} needs a source and a target", one.name),
        ));
    }
    for flag in flags {
        if let Some(stage) = flag.strip_prefix("--from=") {
            let is_image = stage.contains('/') || stage.contains(':');
            let is_known = stages.contains(&stage.to_lowercase()) || stage.parse::<usize>().is_ok();
            if !is_image && !is_known {
                return Err(Flaw::at(one.line, format!("no stage is called {stage}")));
            }
        }
    }
    Ok(())
}

fn pairs(one: &Instruction) -> Result<(), Flaw> {
    let is_old = one.name == "ENV" && one.rest.split_whitespace().count() >= 2;
    match one.rest.contains('=') || is_old {
        true => Ok(()),
        false => Err(Flaw::at(one.line, format!("{} needs name=value", one.name))),
    }
}

/// What begins like a list must be one in JSON; Docker would take it for a shell's words.
fn listed(one: &Instruction) -> Result<(), Flaw> {
    if !one.rest.starts_with('[')
        || one.rest.starts_with("[[")
        || one.rest.starts_with("[ ") && one.name == "RUN"
    {
        return Ok(());
    }
    match serde_json::from_str::<Vec<String>>(&one.rest) {
        Ok(_) => Ok(()),
        Err(_) => Err(Flaw::at(
            one.line,
            format!(
                "{} is given a list that is no JSON (double quotes, commas)",
                one.name
            ),
        )),
    }
}
