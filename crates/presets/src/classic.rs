//! The classic sandbox's script, read and never executed.
//!
//! In 2020 a demo was a few lines of Python: `gpt = GPT(engine=…, temperature=…, max_tokens=…)`,
//! `gpt.add_example(Example('…', '…'))`, `UIConfig(description=…, button_text=…, placeholder=…)`.
//! This reads those three calls out of the text; their arguments must be plain texts, numbers and
//! `True` or `False`, and everything else in the script is passed over.

mod python;

use assistant::description::{Category, Example, ExampleValue, Field, FieldKind, Localized};

use crate::PresetError;
use crate::file::{Engine, Output, PresetFile, PromptPart, Shot, VERSION};
use python::{Call, Value};

/// The one input that such a demo has.
const INPUT: &str = "text";

/// Whether a text looks like such a script rather than like a preset's own file.
#[must_use]
pub fn is_script(text: &str) -> bool {
    text.contains("GPT(") || text.contains("UIConfig(") || text.contains(".add_example(")
}

/// The preset that a script describes.
///
/// # Errors
/// Where an argument is no plain value, or none of the three calls is there.
pub fn read(script: &str) -> Result<PresetFile, PresetError> {
    if script.len() > crate::file::MOST_BYTES {
        return Err(PresetError::TooLarge {
            bytes: script.len(),
            limit: crate::file::MOST_BYTES,
        });
    }
    let calls = python::calls(script, &["GPT", "Example", "UIConfig"])?;
    if calls.is_empty() {
        return Err(PresetError::Script {
            line: 1,
            reason: "there is neither GPT(…), nor add_example(Example(…)), nor UIConfig(…)"
                .to_owned(),
        });
    }
    let called = |name: &str| calls.iter().find(|call| call.name == name);
    let examples: Vec<Shot> = calls
        .iter()
        .filter(|call| call.name == "Example")
        .map(shot)
        .collect::<Result<_, _>>()?;
    let looks = called("UIConfig");
    let words = |name: &str, place: usize, otherwise: &str| {
        let value = looks.and_then(|call| call.text(name, place));
        value
            .filter(|text| !text.trim().is_empty())
            .unwrap_or_else(|| otherwise.to_owned())
    };
    let title = words("description", 0, "Imported assistant");
    let file = PresetFile {
        version: VERSION,
        id: id_from(&title),
        category: Category::Own,
        icon: "sparkles".to_owned(),
        hue: 215,
        repair_limit: 1,
        description: same(&title),
        button: same(&words("button_text", 1, "Submit")),
        title: same(&title.chars().take(60).collect::<String>()),
        prompt: PromptPart {
            system: String::new(),
            template: format!("{{{{ {INPUT} }}}}"),
        },
        engine: called("GPT").map(engine).transpose()?.unwrap_or_default(),
        output: Output::default(),
        inputs: vec![field(&words("placeholder", 2, ""))],
        examples: examples.first().map(example).into_iter().collect(),
        shots: examples,
    };
    // What a script can say fits into a file, or is refused with the file's own reason.
    PresetFile::read(&file.write()?)
}

fn shot(call: &Call) -> Result<Shot, PresetError> {
    let input = call.text("inp", 0).or_else(|| call.text("input", 0));
    let output = call.text("out", 1).or_else(|| call.text("output", 1));
    match (input, output) {
        (Some(input), Some(output)) => Ok(Shot {
            input: [(INPUT.to_owned(), input)].into(),
            output,
        }),
        _ => Err(PresetError::Script {
            line: call.line,
            reason: "an Example needs two texts".to_owned(),
        }),
    }
}

/// Settings that mean the same here. The engine's name is one of 2020 and means nothing now.
fn engine(call: &Call) -> Result<Engine, PresetError> {
    let number = |name: &str, place: usize| match call.value(name, place) {
        None => Ok(None),
        Some(Value::Number(number)) => Ok(Some(*number)),
        Some(_) => Err(PresetError::Script {
            line: call.line,
            reason: format!("{name} must be a number"),
        }),
    };
    let affix = |name: &str, place: usize| call.text(name, place).unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are clamped to what the format takes"
    )]
    Ok(Engine {
        temperature: number("temperature", 1)?.unwrap_or(0.5).clamp(0.0, 2.0) as f32,
        max_tokens: number("max_tokens", 2)?.unwrap_or(100.0).clamp(1.0, 4096.0) as u32,
        prefix: affix("input_prefix", 3),
        suffix: affix("input_suffix", 4).trim_end().to_owned(),
        opening: affix("output_prefix", 5),
        ..Engine::default()
    })
}

fn field(placeholder: &str) -> Field {
    Field {
        name: INPUT.to_owned(),
        kind: FieldKind::LongText,
        label: Localized {
            en: "Text".to_owned(),
            zh_hant: "文字".to_owned(),
            zh_hans: "文字".to_owned(),
        },
        placeholder: same(placeholder),
        required: true,
        instead_of: None,
        hidden: false,
        max_chars: 4_000,
        extensions: vec![],
        options: vec![],
        default: String::new(),
    }
}

fn example(shot: &Shot) -> Example {
    let input = shot.input.get(INPUT).cloned().unwrap_or_default();
    Example {
        label: same(&input.chars().take(40).collect::<String>()),
        values: vec![ExampleValue {
            name: INPUT.to_owned(),
            value: same(&input),
        }],
    }
}

fn same(text: &str) -> Localized {
    Localized {
        en: text.to_owned(),
        zh_hant: text.to_owned(),
        zh_hans: text.to_owned(),
    }
}

/// An id out of a title: its Latin letters and digits, or `own` where there are none.
#[must_use]
pub fn id_from(title: &str) -> String {
    let words = title.to_lowercase();
    let words = words
        .split(|one: char| !one.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let id = words.take(5).collect::<Vec<_>>().join("-");
    let id: String = id
        .chars()
        .skip_while(|one| !one.is_ascii_lowercase())
        .take(48)
        .collect();
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        "own".to_owned()
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = r##"
"""Idea taken from a tweet. GPT("not a call")."""
import os
from api import GPT, Example, UIConfig
from api import demo_web_app

# gpt.add_example(Example('commented', 'out'))
gpt = GPT(engine="davinci",
          temperature=0.5,
          max_tokens=100)

gpt.add_example(Example('Two plus two equals four', '2 + 2 = 4'))
gpt.add_example(Example("The integral from zero to infinity", '\\int_0^{\\infty}'))
gpt.add_example(Example('''Two
lines''', r'\log' + "{2x}"))

config = UIConfig(description="Text to equation",
                  button_text="Translate",
                  placeholder="x squared plus 2 times x", show_example_form=True)

demo_web_app(gpt, config)
"##;

    #[test]
    fn the_classic_script_becomes_the_same_assistant() {
        let file = read(SCRIPT).unwrap();
        assert_eq!(file.id, "text-to-equation");
        assert_eq!(file.title.en, "Text to equation");
        assert_eq!(file.button.zh_hans, "Translate");
        assert_eq!(file.inputs[0].placeholder.en, "x squared plus 2 times x");
        assert_eq!(
            (file.engine.temperature, file.engine.max_tokens),
            (0.5, 100)
        );
        let shots: Vec<(&str, &str)> = file
            .shots
            .iter()
            .map(|shot| (shot.input["text"].as_str(), shot.output.as_str()))
            .collect();
        assert_eq!(
            shots,
            [
                ("Two plus two equals four", "2 + 2 = 4"),
                ("The integral from zero to infinity", r"\int_0^{\infty}"),
                ("Two\nlines", r"\log{2x}"),
            ]
        );
    }

    #[track_caller]
    fn check(script: &str, line: usize, reason: &str) {
        match read(script) {
            Err(PresetError::Script {
                line: at,
                reason: why,
            }) => {
                assert_eq!(at, line, "{why}");
                assert!(why.contains(reason), "{why}");
            }
            other => panic!("{script}: {other:?}"),
        }
    }

    #[test]
    fn what_is_no_plain_value_is_refused_and_never_run() {
        check("print('hi')", 1, "there is neither");
        check("\ngpt = GPT(temperature=os.system('x'))", 2, "plain");
        check("gpt.add_example(Example('a'))", 1, "two texts");
        check(
            "gpt.add_example(Example('a', open('f').read()))",
            1,
            "plain",
        );
        check("gpt = GPT(temperature='hot')", 1, "number");
        check("gpt = GPT(temperature=0.5", 1, "never closed");
        check("gpt.add_example(Example('a, 'b'))", 1, "");
        check("gpt.add_example(Example(f'{x}', 'b'))", 1, "plain");
    }
}
