//! The tree of a formula.

use std::sync::LazyLock;

use regex::Regex;

/// How deep brackets may lie in each other.
const DEEPEST: usize = 64;

/// A formula, or a part of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Number(f64),
    Text(String),
    Flag(bool),
    Cells(Area),
    /// A named range, which nobody can know here.
    Name(String),
    Grid(Vec<Vec<Node>>),
    /// A sign before one value, or a percent sign behind it.
    Before(Sign, Box<Node>),
    Between(Sign, Box<Node>, Box<Node>),
    /// A function, in capitals, with its arguments; one that was left out is nothing.
    Call(String, Vec<Option<Node>>),
}

/// Cells from one corner to the other; nothing for the end of the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Area {
    pub from: (usize, usize),
    /// Column and row of the last cell.
    pub to: (Option<usize>, Option<usize>),
}

/// What stands between or before values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Power,
    And,
    Percent,
    Same,
    Other,
    Less,
    More,
    /// Not more.
    Most,
    /// Not less.
    Least,
}

/// Signs between values, those that bind least first.
static LEVELS: [&[(&str, Sign)]; 5] = [
    &[
        (">=", Sign::Least),
        ("<=", Sign::Most),
        ("<>", Sign::Other),
        ("=", Sign::Same),
        ("<", Sign::Less),
        (">", Sign::More),
    ],
    &[("&", Sign::And)],
    &[("+", Sign::Plus), ("-", Sign::Minus)],
    &[("*", Sign::Times), ("/", Sign::Over)],
    &[("^", Sign::Power)],
];

/// A corner: a column, a row, or both.
static CORNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[^!]*!)?\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,6})?$")
        .expect("it is a constant that a test compiles")
});

/// Reads a formula, and names the functions that it calls.
///
/// # Errors
/// Why it is none, as a clause.
pub(crate) fn parse(formula: &str) -> Result<(Node, Vec<String>), String> {
    let Some(body) = formula.trim().strip_prefix('=') else {
        return Err("it does not begin with =".to_owned());
    };
    let mut parser = Parser {
        rest: body.trim_start(),
        functions: Vec::new(),
        depth: 0,
    };
    let node = parser.expression()?;
    match parser.rest.trim() {
        "" => Ok((node, parser.functions)),
        left => Err(format!("{left:?} is left over")),
    }
}

struct Parser<'a> {
    rest: &'a str,
    functions: Vec<String>,
    depth: usize,
}

impl Parser<'_> {
    fn takes(&mut self, text: &str) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn expression(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("brackets lie too deep in each other".to_owned());
        }
        let node = self.level(0)?;
        self.depth -= 1;
        Ok(node)
    }

    fn level(&mut self, level: usize) -> Result<Node, String> {
        let Some(signs) = LEVELS.get(level) else {
            return self.operand();
        };
        let mut left = self.level(level + 1)?;
        while let Some((_, sign)) = signs.iter().find(|(text, _)| self.takes(text)) {
            let right = self.level(level + 1)?;
            left = Node::Between(*sign, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, String> {
        if self.takes("-") {
            return Ok(Node::Before(Sign::Minus, Box::new(self.operand()?)));
        }
        if self.takes("+") {
            return self.operand();
        }
        let mut node = if self.takes("(") {
            let inner = self.expression()?;
            self.close(")")?;
            inner
        } else if self.takes("{") {
            self.grid()?
        } else if self.takes("\"") {
            Node::Text(self.string()?)
        } else {
            self.name()?
        };
        while self.takes("%") {
            node = Node::Before(Sign::Percent, Box::new(node));
        }
        Ok(node)
    }

    fn string(&mut self) -> Result<String, String> {
        let mut text = String::new();
        loop {
            let end = self.rest.find('"').ok_or("a text is never closed")?;
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    text.push('"');
                    self.rest = rest;
                }
                None => return Ok(text),
            }
        }
    }

    /// A number, a cell, a whole column, a named range, `TRUE`, or a function with its arguments.
    fn name(&mut self) -> Result<Node, String> {
        let name = self.word()?;
        if self.rest.starts_with('(') {
            self.takes("(");
            let name = name.to_uppercase();
            self.functions.push(name.clone());
            return Ok(Node::Call(name, self.arguments()?));
        }
        if let Ok(number) = name.parse::<f64>() {
            // `1:3` are rows.
            if !self.rest.starts_with(':') {
                return Ok(Node::Number(number));
            }
        }
        let last = match self.takes(":") {
            true => Some(self.word()?),
            false => None,
        };
        // `A1:INDEX(…)`: a range whose end only the sheet knows.
        if last.is_some() && self.takes("(") {
            self.functions.extend(last.map(|last| last.to_uppercase()));
            self.arguments()?;
            return Ok(Node::Name(name));
        }
        match (name.to_uppercase().as_str(), &last) {
            ("TRUE", None) => return Ok(Node::Flag(true)),
            ("FALSE", None) => return Ok(Node::Flag(false)),
            _ => {}
        }
        Ok(area(&name, last.as_deref()).map_or(Node::Name(name), Node::Cells))
    }

    /// Letters, digits and what names of sheets and cells are written with.
    fn word(&mut self) -> Result<String, String> {
        self.rest = self.rest.trim_start();
        if let Some(quoted) = self.rest.strip_prefix('\'') {
            let end = quoted
                .find('\'')
                .ok_or("the name of a sheet is never closed")?;
            self.rest = &quoted[end + 1..];
            if !self.takes("!") {
                return Err("the name of a sheet needs ! behind it".to_owned());
            }
        }
        let is_part = |one: char| one.is_alphanumeric() || matches!(one, '$' | '.' | '_' | '!');
        let end = self
            .rest
            .find(|one: char| !is_part(one))
            .unwrap_or(self.rest.len());
        let word = self.rest[..end].to_owned();
        if word.is_empty() {
            let next: String = self.rest.chars().take(1).collect();
            return Err(match next.as_str() {
                "" => "it ends where something is missing".to_owned(),
                next => format!("{next:?} stands where a value is missing"),
            });
        }
        self.rest = &self.rest[end..];
        Ok(word)
    }

    fn arguments(&mut self) -> Result<Vec<Option<Node>>, String> {
        let mut arguments = Vec::new();
        if self.takes(")") {
            return Ok(arguments);
        }
        loop {
            if self.takes(",") {
                arguments.push(None);
                continue;
            }
            if self.takes(")") {
                arguments.push(None);
                return Ok(arguments);
            }
            arguments.push(Some(self.expression()?));
            if !self.takes(",") {
                self.close(")")?;
                return Ok(arguments);
            }
        }
    }

    fn grid(&mut self) -> Result<Node, String> {
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.expression()?;
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            if self.takes(";") {
                rows.push(Vec::new());
            } else if !self.takes(",") {
                self.close("}")?;
                return Ok(Node::Grid(rows));
            }
        }
    }

    fn close(&mut self, end: &str) -> Result<(), String> {
        match self.takes(end) {
            true => Ok(()),
            false if self.rest.trim_start().starts_with(';') => {
                Err("arguments are separated by commas here".to_owned())
            }
            false => Err(format!("{end} is missing")),
        }
    }
}

/// The cells that are named, where these are names of cells.
fn area(first: &str, last: Option<&str>) -> Option<Area> {
    let from = corner(first)?;
    let to = match last {
        Some(last) => corner(last)?,
        None if from.0.is_none() || from.1.is_none() => return None,
        None => from,
    };
    Some(Area {
        from: (from.0.unwrap_or(1), from.1.unwrap_or(1)),
        to,
    })
}

fn corner(name: &str) -> Option<(Option<usize>, Option<usize>)> {
    let parts = CORNER.captures(name)?;
    let column = parts.get(1).map(|letters| column_of(letters.as_str()));
    let row = match parts.get(2) {
        Some(digits) => Some(digits.as_str().parse().ok()?),
        None => None,
    };
    (column.is_some() || row.is_some()).then_some((column, row))
}

/// `A` is 1, `AA` is 27.
fn column_of(letters: &str) -> usize {
    letters.bytes().fold(0, |sum, letter| {
        sum * 26 + usize::from(letter.to_ascii_uppercase() - b'A' + 1)
    })
}
