//! Filters of jq, run on a person's sample. jq's language can compute but neither read files nor
//! reach anything; what can run without end is refused before it runs, and what comes out is
//! bounded.

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::Val;
use serde_json::Value;

use crate::{Fact, Flaw};

/// Most values that come out.
const MOST_VALUES: usize = 100_000;

/// Most bytes of a filter.
const MOST_BYTES: usize = 8_000;

/// Words that make a filter run without end, or reach outside of its input.
const REFUSED: &[&str] = &[
    "repeat",
    "while",
    "until",
    "input",
    "inputs",
    "env",
    "$ENV",
    "def",
    "halt",
    "halt_error",
    "debug",
    "stderr",
    "limit",
    "import",
    "include",
    "now",
    "localtime",
    "mktime",
    "infinite",
];

type Filter = jaq_core::Filter<data::JustLut<Val>>;

fn compile(filter: &str) -> Result<Filter, Flaw> {
    if filter.len() > MOST_BYTES {
        return Err(Flaw::of_all("the filter is too long"));
    }
    if let Some(word) = words(filter)
        .into_iter()
        .find(|word| REFUSED.contains(&word.as_str()))
    {
        return Err(Flaw::of_all(format!("{word} is not allowed in it")));
    }
    let program = File {
        code: filter,
        path: (),
    };
    let definitions = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let loader = Loader::new(definitions);
    let arena = Arena::default();
    let modules = loader
        .load(&arena, program)
        .map_err(|_| Flaw::of_all("it is no filter of jq: a bracket or a quotation is wrong"))?;
    let functions = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs());
    Compiler::default()
        .with_funs(functions)
        .compile(modules)
        .map_err(|errors| {
            let unknown: Vec<String> = errors
                .iter()
                .flat_map(|(_, errors)| errors.iter().map(|(name, _)| (*name).to_string()))
                .collect();
            Flaw::of_all(format!("jq does not know {}", unknown.join(", ")))
        })
}

/// The words of a filter outside of its texts.
fn words(filter: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut in_text = false;
    let mut letters = filter.chars();
    while let Some(letter) = letters.next() {
        if in_text {
            match letter {
                '\\' => {
                    // \( begins a filter within the text.
                    in_text = letters.next() != Some('(');
                }
                '"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => in_text = true,
            letter if letter.is_alphanumeric() || letter == '_' || letter == '$' => {
                word.push(letter);
                continue;
            }
            // A field of an object may have any name.
            '.' if word.is_empty() => {
                word.push('.');
                continue;
            }
            _ => {}
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    words.push(word);
    words
}

/// A filter.
///
/// # Errors
/// Why it is none, or which word of it is not allowed.
pub fn check(text: &str) -> Result<Vec<Fact>, Flaw> {
    compile(text.trim()).map(|_| vec![])
}

/// What a filter makes of a value.
///
/// # Errors
/// Why it is no filter, or what went wrong with this value.
pub fn run(filter: &str, input: &Value) -> Result<Vec<Value>, Flaw> {
    let filter = compile(filter.trim())?;
    let input = jaq_json::read::parse_single(input.to_string().as_bytes())
        .map_err(|error| Flaw::of_all(error.to_string()))?;
    let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
    let mut values = Vec::new();
    for value in filter.id.run((context, input)).map(unwrap_valr) {
        let value = value.map_err(|error| Flaw::of_all(error.to_string()))?;
        let value = serde_json::from_str(&value.to_string()).map_err(|error| {
            Flaw::of_all(format!("it gives something that is no JSON: {error}"))
        })?;
        values.push(value);
        if values.len() > MOST_VALUES {
            return Err(Flaw::of_all("it gives values without end"));
        }
    }
    Ok(values)
}
