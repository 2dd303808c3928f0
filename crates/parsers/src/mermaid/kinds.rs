//! The other kinds of diagram, each with the few forms that its lines take.

use super::Line;
use crate::Flaw;

/// Arrows of a sequence diagram, the longer ones first.
const MESSAGES: &[&str] = &[
    "<<-->>", "<<->>", "-->>", "->>", "--x", "-x", "--)", "-)", "-->", "->",
];

/// Whether what opens is closed, in the diagrams that have blocks.
struct Blocks {
    open: Vec<usize>,
}

impl Blocks {
    fn close(&mut self, place: usize) -> Result<(), Flaw> {
        match self.open.pop() {
            Some(_) => Ok(()),
            None => Err(Flaw::at(place, "this closes nothing")),
        }
    }

    fn are_closed(mut self) -> Result<(), Flaw> {
        match self.open.pop() {
            Some(place) => Err(Flaw::at(place, "this block is not closed")),
            None => Ok(()),
        }
    }
}

pub fn sequence(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut blocks = Blocks { open: vec![] };
    let mut drawn = 0;
    for (place, line) in lines {
        let first = line.split_whitespace().next().unwrap_or_default();
        match first {
            "participant" | "actor" | "create" | "destroy" => {
                if line.split_whitespace().count() < 2 {
                    return Err(Flaw::at(*place, format!("{first} has no name")));
                }
                drawn += 1;
            }
            "loop" | "alt" | "opt" | "par" | "critical" | "break" | "rect" | "box" => {
                blocks.open.push(*place);
            }
            "else" | "and" | "option" => {
                if blocks.open.is_empty() {
                    return Err(Flaw::at(*place, format!("{first} stands in no block")));
                }
            }
            "end" => blocks.close(*place)?,
            "activate" | "deactivate" | "autonumber" | "title" | "title:" | "links" | "link" => {}
            "Note" | "note" => {
                let is_placed = ["over ", "left of ", "right of "]
                    .iter()
                    .any(|words| line.contains(words));
                if !is_placed || !line.contains(':') {
                    return Err(Flaw::at(*place, "a note is \"Note over A: text\""));
                }
                drawn += 1;
            }
            _ => {
                message(line).map_err(|what| Flaw::at(*place, what))?;
                drawn += 1;
            }
        }
    }
    blocks.are_closed()?;
    Ok(drawn)
}

/// `A->>B: text`.
fn message(line: &str) -> Result<(), String> {
    let found = MESSAGES
        .iter()
        .filter_map(|arrow| line.find(arrow).map(|place| (place, *arrow)))
        .min_by_key(|(place, arrow)| (*place, std::cmp::Reverse(arrow.len())));
    let Some((place, arrow)) = found else {
        return Err(format!("{line:?} is no message; one is \"A->>B: text\""));
    };
    let from = line[..place].trim();
    let rest = line[place + arrow.len()..]
        .trim_start_matches(['+', '-'])
        .trim();
    let Some((to, text)) = rest.split_once(':') else {
        return Err("a message has no text behind a colon".to_owned());
    };
    match from.is_empty() || to.trim().is_empty() || text.trim().is_empty() {
        true => Err("a message needs a sender, a receiver and a text".to_owned()),
        false => Ok(()),
    }
}

/// Relations of a class diagram.
const RELATIONS: &[&str] = &[
    "<|--", "--|>", "*--", "--*", "o--", "--o", "<-->", "-->", "<--", "..>", "<..", "..|>", "<|..",
    "--", "..",
];

pub fn class(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut blocks = Blocks { open: vec![] };
    let mut drawn = 0;
    for (place, line) in lines {
        let first = line.split_whitespace().next().unwrap_or_default();
        match first {
            "class" | "namespace" => {
                let name = line[first.len()..].trim().trim_end_matches('{').trim();
                if name.is_empty() {
                    return Err(Flaw::at(*place, format!("a {first} has no name")));
                }
                if line.ends_with('{') {
                    blocks.open.push(*place);
                }
                drawn += 1;
            }
            "}" => blocks.close(*place)?,
            "direction" | "note" | "link" | "click" | "style" | "classDef" | "callback"
            | "cssClass" => {}
            // Members within a class have a form of their own.
            _ if !blocks.open.is_empty() => {}
            _ if first.starts_with("<<") => {}
            _ => {
                let is_relation = RELATIONS.iter().any(|relation| {
                    line.split_once(relation).is_some_and(|(left, right)| {
                        !left.trim().is_empty() && !right.trim().is_empty()
                    })
                });
                let is_member = line.split_once(" : ").or_else(|| line.split_once(':'));
                if !is_relation && is_member.is_none_or(|(name, _)| name.trim().contains(' ')) {
                    return Err(Flaw::at(
                        *place,
                        format!("{line:?} is no relation and no member"),
                    ));
                }
                drawn += 1;
            }
        }
    }
    blocks.are_closed()?;
    Ok(drawn)
}

pub fn state(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut blocks = Blocks { open: vec![] };
    let mut drawn = 0;
    let mut in_note = false;
    for (place, line) in lines {
        if in_note {
            in_note = *line != "end note";
            continue;
        }
        let first = line.split_whitespace().next().unwrap_or_default();
        match first {
            "state" => {
                if line.ends_with('{') {
                    blocks.open.push(*place);
                }
                drawn += 1;
            }
            "}" => blocks.close(*place)?,
            "note" => in_note = !line.contains(':'),
            "direction" | "--" | "classDef" | "class" | "hide" | "scale" => {}
            _ => {
                if let Some((from, to)) = line.split_once("-->") {
                    let to = to.split(':').next().unwrap_or_default();
                    for end in [from.trim(), to.trim()] {
                        let is_name = !end.is_empty() && !end.contains(' ');
                        if !is_name {
                            return Err(Flaw::at(
                                *place,
                                format!(
                                    "{end:?} is no name of a state; name it with state \"…\" as x"
                                ),
                            ));
                        }
                    }
                } else if line.split_whitespace().count() > 1 && !line.contains(':') {
                    return Err(Flaw::at(*place, format!("{line:?} is no transition")));
                }
                drawn += 1;
            }
        }
    }
    blocks.are_closed()?;
    Ok(drawn)
}

/// Ends of a relation between entities: how many of each.
const LEFT: &[&str] = &["|o", "||", "}o", "}|"];
const RIGHT: &[&str] = &["o|", "||", "o{", "|{"];

pub fn entities(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut blocks = Blocks { open: vec![] };
    let mut drawn = 0;
    for (place, line) in lines {
        if *line == "}" {
            blocks.close(*place)?;
            continue;
        }
        if !blocks.open.is_empty() {
            if line.split_whitespace().count() < 2 {
                return Err(Flaw::at(*place, "an attribute is a type and a name"));
            }
            continue;
        }
        drawn += 1;
        if line.ends_with('{') && !line.contains("--") && !line.contains("..") {
            blocks.open.push(*place);
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, relation, _, rest @ ..] = words.as_slice() else {
            if words.len() == 1 {
                continue;
            }
            return Err(Flaw::at(*place, format!("{line:?} is no relation")));
        };
        let is_known = LEFT.iter().any(|left| relation.starts_with(left))
            && RIGHT.iter().any(|right| relation.ends_with(right))
            && relation.len() == 6;
        if !is_known {
            return Err(Flaw::at(
                *place,
                format!("{relation} is no relation such as ||--o{{"),
            ));
        }
        if rest.first().is_none_or(|word| !word.starts_with(':')) {
            return Err(Flaw::at(*place, "a relation needs \": words\" behind it"));
        }
    }
    blocks.are_closed()?;
    Ok(drawn)
}

pub fn gantt(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut drawn = 0;
    for (place, line) in lines {
        let first = line.split_whitespace().next().unwrap_or_default();
        match first {
            "title" | "dateFormat" | "axisFormat" | "section" | "excludes" | "includes"
            | "todayMarker" | "tickInterval" | "weekday" | "inclusiveEndDates" | "click" => {}
            _ => {
                let Some((name, times)) = line.split_once(':') else {
                    return Err(Flaw::at(*place, "a task is \"name : start, length\""));
                };
                if name.trim().is_empty() || times.trim().is_empty() {
                    return Err(Flaw::at(*place, "a task needs a name and a time"));
                }
                drawn += 1;
            }
        }
    }
    Ok(drawn)
}

pub fn pie(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut drawn = 0;
    for (place, line) in lines {
        if line.starts_with("title") || line.starts_with("showData") {
            continue;
        }
        let part = line.rsplit_once(':');
        let is_part = part.is_some_and(|(name, value)| {
            let name = name.trim();
            name.len() > 2
                && name.starts_with('"')
                && name.ends_with('"')
                && value.trim().parse::<f64>().is_ok_and(|value| value > 0.0)
        });
        if !is_part {
            return Err(Flaw::at(*place, "a part is \"name\" : number"));
        }
        drawn += 1;
    }
    Ok(drawn)
}

/// The depth of a line is its indentation; there is one root.
pub fn mindmap(text: &str) -> Result<usize, Flaw> {
    let mut root: Option<usize> = None;
    let mut drawn = 0;
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.trim().starts_with("%%"))
        .skip_while(|(_, line)| line.trim() != "mindmap")
        .skip(1);
    for (place, line) in lines {
        let depth = line
            .chars()
            .take_while(|letter| letter.is_whitespace())
            .count();
        let words = line.trim();
        if words.starts_with("::icon") || words.starts_with(":::") {
            continue;
        }
        match root {
            None => root = Some(depth),
            Some(root) if depth <= root => {
                return Err(Flaw::at(
                    place + 1,
                    "there is a second root; indent the line",
                ));
            }
            Some(_) => {}
        }
        drawn += 1;
    }
    Ok(drawn)
}

pub fn journey(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut drawn = 0;
    for (place, line) in lines {
        if line.starts_with("title") || line.starts_with("section") {
            continue;
        }
        let mut parts = line.split(':');
        let is_task = parts.next().is_some_and(|name| !name.trim().is_empty())
            && parts
                .next()
                .is_some_and(|score| score.trim().parse::<u8>().is_ok_and(|score| score <= 5));
        if !is_task {
            return Err(Flaw::at(
                *place,
                "a task is \"name: score from 1 to 5: who\"",
            ));
        }
        drawn += 1;
    }
    Ok(drawn)
}

pub fn timeline(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut drawn = 0;
    for (place, line) in lines {
        if line.starts_with("title") || line.starts_with("section") {
            continue;
        }
        if !line.contains(':') {
            return Err(Flaw::at(*place, "an event is \"time : what\""));
        }
        drawn += 1;
    }
    Ok(drawn)
}

pub fn git(lines: &[Line<'_>]) -> Result<usize, Flaw> {
    let mut branches = vec!["main".to_owned(), "master".to_owned()];
    for (place, line) in lines {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default();
        let name = words
            .next()
            .unwrap_or_default()
            .trim_matches('"')
            .to_owned();
        match first {
            "commit" | "cherry-pick" => {}
            "branch" if !name.is_empty() => branches.push(name),
            "checkout" | "switch" | "merge" if branches.contains(&name) => {}
            "checkout" | "switch" | "merge" => {
                return Err(Flaw::at(*place, format!("no branch is called {name}")));
            }
            _ => return Err(Flaw::at(*place, format!("{line:?} is no step"))),
        }
    }
    Ok(lines.len())
}
