//! Just enough of Python to find calls with plain arguments: names, texts in all their quotes,
//! numbers, `True` and `False`, comments.

use crate::PresetError;

/// A plain value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(f64),
    Flag(bool),
}

/// A call that was found.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub name: String,
    pub line: usize,
    arguments: Vec<(Option<String>, Value)>,
}

impl Call {
    /// An argument by name, or by its place among those without one.
    pub fn value(&self, name: &str, place: usize) -> Option<&Value> {
        let named = self
            .arguments
            .iter()
            .find(|(told, _)| told.as_deref() == Some(name));
        let placed = || {
            self.arguments
                .iter()
                .filter(|(told, _)| told.is_none())
                .nth(place)
        };
        named.or_else(placed).map(|(_, value)| value)
    }

    /// The same where it is a text.
    pub fn text(&self, name: &str, place: usize) -> Option<String> {
        match self.value(name, place)? {
            Value::Text(text) => Some(text.clone()),
            Value::Number(_) | Value::Flag(_) => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Number(f64),
    Sign(char),
}

/// Every call of one of these names, in order.
pub(super) fn calls(script: &str, names: &[&str]) -> Result<Vec<Call>, PresetError> {
    let tokens = tokens(script)?;
    let mut calls = Vec::new();
    for (at, (token, line)) in tokens.iter().enumerate() {
        let is_called = matches!(tokens.get(at + 1), Some((Token::Sign('('), _)));
        let is_defined = at > 0
            && matches!(&tokens[at - 1].0, Token::Name(before) if before == "def" || before == "class");
        if let Token::Name(name) = token
            && names.contains(&name.as_str())
            && is_called
            && !is_defined
        {
            calls.push(Call {
                name: name.clone(),
                line: *line,
                arguments: arguments(&tokens[at + 2..], *line)?,
            });
        }
    }
    Ok(calls)
}

fn wrong(line: usize, reason: impl Into<String>) -> PresetError {
    PresetError::Script {
        line,
        reason: reason.into(),
    }
}

/// Arguments up to the closing bracket.
fn arguments(
    tokens: &[(Token, usize)],
    line: usize,
) -> Result<Vec<(Option<String>, Value)>, PresetError> {
    let mut arguments = Vec::new();
    let mut at = 0;
    loop {
        match tokens.get(at) {
            None => return Err(wrong(line, "a bracket is never closed")),
            Some((Token::Sign(')'), _)) => return Ok(arguments),
            Some((Token::Sign(','), _)) => at += 1,
            Some(_) => {
                let name = match (&tokens[at].0, tokens.get(at + 1).map(|(token, _)| token)) {
                    (Token::Name(name), Some(Token::Sign('='))) => {
                        at += 2;
                        Some(name.clone())
                    }
                    _ => None,
                };
                let (value, next) = value(tokens, at, line)?;
                arguments.push((name, value));
                at = next;
                if !matches!(tokens.get(at), Some((Token::Sign(',' | ')'), _)) | None) {
                    return Err(not_plain(tokens, at, line));
                }
            }
        }
    }
}

fn not_plain(tokens: &[(Token, usize)], at: usize, line: usize) -> PresetError {
    let line = tokens.get(at).map_or(line, |(_, line)| *line);
    wrong(
        line,
        "only plain texts, numbers, True and False can be read",
    )
}

fn value(
    tokens: &[(Token, usize)],
    mut at: usize,
    line: usize,
) -> Result<(Value, usize), PresetError> {
    let Some((token, _)) = tokens.get(at) else {
        return Err(wrong(line, "a bracket is never closed"));
    };
    match token {
        Token::Text(text) => {
            let mut whole = text.clone();
            at += 1;
            // Texts side by side are one, with and without a plus between.
            loop {
                match (
                    tokens.get(at).map(|(token, _)| token),
                    tokens.get(at + 1).map(|(token, _)| token),
                ) {
                    (Some(Token::Text(more)), _) => {
                        whole.push_str(more);
                        at += 1;
                    }
                    (Some(Token::Sign('+')), Some(Token::Text(more))) => {
                        whole.push_str(more);
                        at += 2;
                    }
                    _ => return Ok((Value::Text(whole), at)),
                }
            }
        }
        Token::Number(number) => Ok((Value::Number(*number), at + 1)),
        Token::Sign('-') => match tokens.get(at + 1) {
            Some((Token::Number(number), _)) => Ok((Value::Number(-number), at + 2)),
            _ => Err(not_plain(tokens, at, line)),
        },
        Token::Name(name) if name == "True" || name == "False" => {
            Ok((Value::Flag(name == "True"), at + 1))
        }
        Token::Name(_) | Token::Sign(_) => Err(not_plain(tokens, at, line)),
    }
}

/// Reads on where one stopped, counting lines.
struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.rest = &self.rest[letter.len_utf8()..];
        self.line += usize::from(letter == '\n');
        Some(letter)
    }

    fn takes(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut text = String::new();
        while let Some(letter) = self.peek().filter(|letter| wanted(*letter)) {
            text.push(letter);
            self.next();
        }
        text
    }
}

fn tokens(script: &str) -> Result<Vec<(Token, usize)>, PresetError> {
    let mut reader = Reader {
        rest: script,
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(letter) = reader.peek() {
        let line = reader.line;
        match letter {
            '#' => {
                reader.take_while(|one| one != '\n');
            }
            '"' | '\'' => tokens.push((Token::Text(text(&mut reader, "")?), line)),
            digit if digit.is_ascii_digit() => {
                let written = reader
                    .take_while(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '_'));
                let number = written
                    .replace('_', "")
                    .parse()
                    .map_err(|_| wrong(line, format!("{written} is no number")))?;
                tokens.push((Token::Number(number), line));
            }
            first if first.is_alphabetic() || first == '_' => {
                let name = reader.take_while(|one| one.is_alphanumeric() || one == '_');
                let is_prefix = matches!(
                    name.to_ascii_lowercase().as_str(),
                    "r" | "u" | "b" | "f" | "rb" | "br" | "fr" | "rf"
                );
                if is_prefix && matches!(reader.peek(), Some('"' | '\'')) {
                    let prefix = name.to_ascii_lowercase();
                    let inner = text(&mut reader, &prefix)?;
                    // What is put together while running, or is no text, is not plain.
                    match prefix.contains(['f', 'b']) {
                        true => tokens.push((Token::Name(prefix), line)),
                        false => tokens.push((Token::Text(inner), line)),
                    }
                } else {
                    tokens.push((Token::Name(name), line));
                }
            }
            _ => {
                reader.next();
                if !letter.is_whitespace() && letter != '\\' {
                    tokens.push((Token::Sign(letter), line));
                }
            }
        }
    }
    Ok(tokens)
}

/// A text from its opening to its closing quote.
fn text(reader: &mut Reader<'_>, prefix: &str) -> Result<String, PresetError> {
    let line = reader.line;
    let never = || wrong(line, "a text is never closed");
    let mark = reader.peek().ok_or_else(never)?.to_string();
    let long = mark.repeat(3);
    let (end, is_long) = match reader.takes(&long) {
        true => (long, true),
        false => {
            reader.next();
            (mark, false)
        }
    };
    let mut text = String::new();
    loop {
        if reader.takes(&end) {
            return Ok(text);
        }
        match reader.next().ok_or_else(never)? {
            '\n' if !is_long => return Err(never()),
            '\\' if !prefix.contains('r') => text.push_str(&escape(reader).ok_or_else(never)?),
            '\\' => {
                text.push('\\');
                text.push(reader.next().ok_or_else(never)?);
            }
            letter => text.push(letter),
        }
    }
}

/// What a backslash and the letter behind it stand for.
fn escape(reader: &mut Reader<'_>) -> Option<String> {
    let code = |reader: &mut Reader<'_>, length: usize| {
        let digits = reader.rest.get(..length)?;
        let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        reader.rest = &reader.rest[length..];
        Some(letter.to_string())
    };
    Some(match reader.next()? {
        'n' => "\n".to_owned(),
        't' => "\t".to_owned(),
        'r' => "\r".to_owned(),
        '\n' => String::new(),
        letter @ ('\\' | '\'' | '"') => letter.to_string(),
        'x' => code(reader, 2)?,
        'u' => code(reader, 4)?,
        'U' => code(reader, 8)?,
        // Python keeps a backslash that means nothing.
        other => format!("\\{other}"),
    })
}
