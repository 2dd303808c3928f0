//! What parsers find: something wrong, or something worth knowing.

/// What is wrong with a text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// Counted from 1, where a line is known.
    pub line: Option<usize>,
    /// A clause that says what, for a person and for a model.
    pub message: String,
}

impl Flaw {
    /// Something wrong in a line, counted from 1.
    pub fn at(line: usize, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            message: message.into(),
        }
    }

    /// Something wrong with the whole.
    pub fn of_all(message: impl Into<String>) -> Self {
        Self {
            line: None,
            message: message.into(),
        }
    }
}

impl std::fmt::Display for Flaw {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "line {line}: {}", self.message),
            None => formatter.write_str(&self.message),
        }
    }
}

impl std::error::Error for Flaw {}

/// Something that was read off a text: how many, which, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What, a stable name such as `stages`.
    pub name: &'static str,
    /// How much, which, when.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(name: &'static str, value: impl ToString) -> Self {
        Self {
            name,
            value: value.to_string(),
        }
    }

    /// Some names, each once, in order; nothing where there are none.
    pub fn names<'a>(name: &'static str, names: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut known: Vec<&str> = Vec::new();
        for one in names {
            if !known.contains(&one) {
                known.push(one);
            }
        }
        (!known.is_empty()).then(|| Self::new(name, known.join(", ")))
    }
}
