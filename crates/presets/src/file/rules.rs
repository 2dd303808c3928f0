//! What a file must keep to beyond its form: names that exist, a template that can be filled,
//! checks that are known, sizes that a model can take.

use assistant::artifact::ArtifactKind;
use assistant::description::FieldKind;

use super::place::Step::{self, At, Key};
use super::{ConstraintPart, Extract, PresetFile, Talk};
use crate::{checks, history, template};

/// Most tokens of an answer that a file may ask for.
const MOST_TOKENS: u32 = 4096;

/// Most answers that may be compared.
const MOST_CANDIDATES: u32 = 8;

/// Most inputs of a form.
const MOST_INPUTS: usize = 24;

/// Most worked examples.
const MOST_SHOTS: usize = 64;

/// Most characters that the model is told before a person's own words: what is left of the
/// context must hold those and the answer.
const MOST_PRESET_CHARS: usize = 16_000;

/// Most repairs.
const MOST_REPAIRS: u32 = 5;

/// Something that is wrong.
pub(super) struct Problem {
    pub path: Vec<Step>,
    pub reason: String,
}

fn problem(path: &[Step], reason: impl Into<String>) -> Option<Problem> {
    Some(Problem {
        path: path.to_vec(),
        reason: reason.into(),
    })
}

/// The first thing that is wrong, in the order in which a person would mend it.
pub(super) fn first_problem(file: &PresetFile) -> Option<Problem> {
    id(file)
        .or_else(|| inputs(file))
        .or_else(|| prompt(file))
        .or_else(|| shots(file))
        .or_else(|| examples(file))
        .or_else(|| engine(file))
        .or_else(|| output(file))
        .or_else(|| size(file))
}

fn id(file: &PresetFile) -> Option<Problem> {
    let is_name = |id: &str| {
        let mut letters = id.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase())
            && letters.all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-')
    };
    if !is_name(&file.id) || file.id.len() > 64 {
        return problem(
            &[Key("id")],
            "`id` must be small letters, digits and hyphens, a letter first, at most 64",
        );
    }
    if file.title.en.trim().is_empty() {
        return problem(&[Key("title")], "`title` is empty");
    }
    if file.hue > 360 {
        return problem(&[Key("hue")], "`hue` is an angle from 0 to 360");
    }
    if file.repair_limit > MOST_REPAIRS {
        return problem(
            &[Key("repair_limit")],
            format!("`repair_limit` is at most {MOST_REPAIRS}"),
        );
    }
    None
}

fn inputs(file: &PresetFile) -> Option<Problem> {
    let top = Key("inputs");
    if file.inputs.is_empty() || file.inputs.len() > MOST_INPUTS {
        return problem(&[top], format!("there must be 1 to {MOST_INPUTS} inputs"));
    }
    for (index, field) in file.inputs.iter().enumerate() {
        let here = [top.clone(), At(index), Key("name")];
        if !is_variable(&field.name) || field.name == template::LANGUAGE || field.name == "id" {
            return problem(
                &here,
                format!(
                    "an input cannot be called {:?}: small letters, digits and `_`, a letter first, and neither `id` nor `language`",
                    field.name
                ),
            );
        }
        let same = |other: &&assistant::description::Field| other.name == field.name;
        if file.inputs.iter().filter(same).count() > 1 {
            return problem(&here, format!("two inputs are called {}", field.name));
        }
        if field.kind == FieldKind::Choice && field.options.is_empty() {
            return problem(
                &[top, At(index)],
                format!("the choice {} has no options", field.name),
            );
        }
        let is_option = field.options.iter().any(|one| one.value == field.default);
        if field.kind == FieldKind::Choice && !field.default.is_empty() && !is_option {
            return problem(
                &[top, At(index), Key("default")],
                format!(
                    "{:?} is none of the options of {}",
                    field.default, field.name
                ),
            );
        }
        let stands_for = field.instead_of.as_deref();
        if stands_for.is_some_and(|other| !has_input(file, other)) {
            return problem(
                &[top, At(index), Key("instead_of")],
                format!("{} stands in for an input that is not there", field.name),
            );
        }
    }
    None
}

fn is_variable(name: &str) -> bool {
    let mut letters = name.chars();
    name.len() <= 40
        && letters
            .next()
            .is_some_and(|first| first.is_ascii_lowercase())
        && letters.all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == '_')
}

fn has_input(file: &PresetFile, name: &str) -> bool {
    file.inputs.iter().any(|field| field.name == name)
}

fn prompt(file: &PresetFile) -> Option<Problem> {
    let names: Vec<&str> = file
        .inputs
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    template::problem(&file.prompt.template, &names)
        .and_then(|reason| problem(&[Key("prompt"), Key("template")], reason))
}

fn shots(file: &PresetFile) -> Option<Problem> {
    let top = Key("shots");
    if file.shots.len() > MOST_SHOTS {
        return problem(&[top], format!("there are more than {MOST_SHOTS} examples"));
    }
    for (index, shot) in file.shots.iter().enumerate() {
        let here = [top.clone(), At(index)];
        if let Some(name) = shot.input.keys().find(|name| !has_input(file, name)) {
            return problem(
                &here,
                format!("an example has an input {name} that the form has not"),
            );
        }
        if shot.output.trim().is_empty() {
            return problem(&here, "an example has no output");
        }
    }
    None
}

fn examples(file: &PresetFile) -> Option<Problem> {
    for (index, example) in file.examples.iter().enumerate() {
        let unknown = example
            .values
            .iter()
            .find(|value| !has_input(file, &value.name));
        if let Some(value) = unknown {
            return problem(
                &[Key("examples"), At(index)],
                format!("an example fills {}, which is no input", value.name),
            );
        }
    }
    None
}

fn engine(file: &PresetFile) -> Option<Problem> {
    let engine = &file.engine;
    let top = Key("engine");
    if !(0.0..=2.0).contains(&engine.temperature) {
        return problem(&[top, Key("temperature")], "`temperature` is from 0 to 2");
    }
    if !(engine.top_p > 0.0 && engine.top_p <= 1.0) {
        return problem(&[top, Key("top_p")], "`top_p` is above 0 and at most 1");
    }
    if !(1..=MOST_TOKENS).contains(&engine.max_tokens) {
        return problem(
            &[top, Key("max_tokens")],
            format!("`max_tokens` is from 1 to {MOST_TOKENS}"),
        );
    }
    if !(1..=MOST_CANDIDATES).contains(&engine.candidates) {
        return problem(
            &[top, Key("candidates")],
            format!("`candidates` is from 1 to {MOST_CANDIDATES}"),
        );
    }
    if engine.stop.iter().any(String::is_empty) || engine.stop.len() > 8 {
        return problem(
            &[top, Key("stop")],
            "`stop` has at most 8 texts, none of them empty",
        );
    }
    if engine.talk == Talk::Conversation && !has_input(file, history::INPUT) {
        return problem(
            &[top, Key("talk")],
            "a conversation needs an input called `history` for its earlier turns",
        );
    }
    None
}

fn output(file: &PresetFile) -> Option<Problem> {
    let output = &file.output;
    let top = Key("output");
    let is_made_here = matches!(
        output.artifact,
        ArtifactKind::Text | ArtifactKind::Code | ArtifactKind::Command | ArtifactKind::Equation
    );
    if !is_made_here {
        return problem(
            &[top, Key("artifact")],
            "a preset makes `text`, `code`, `command` or `equation`; the others need an assistant of their own",
        );
    }
    for (index, check) in output.checks.iter().enumerate() {
        let names: Vec<&str> = file
            .inputs
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        if let Some(reason) = checks::problem(check, &names) {
            return problem(&[top, Key("checks"), At(index)], reason);
        }
    }
    constraint(file)
}

fn constraint(file: &PresetFile) -> Option<Problem> {
    let ConstraintPart {
        json_schema,
        lark,
        regex,
        choices,
    } = &file.output.constraint;
    let here = [Key("output"), Key("constraint")];
    let filled = [
        json_schema.is_empty(),
        lark.is_empty(),
        regex.is_empty(),
        choices.is_empty(),
    ];
    let filled = filled.into_iter().filter(|is_empty| !is_empty).count();
    if filled > 1 {
        return problem(&here, "only one constraint can hold");
    }
    if !json_schema.is_empty() {
        if let Err(error) = serde_json::from_str::<serde_json::Value>(json_schema) {
            return problem(&here, format!("the JSON Schema is not JSON ({error})"));
        }
        if file.output.extract == Extract::Fence {
            return problem(&here, "an answer that must be JSON has no fenced block");
        }
    }
    if let Err(error) = regex::Regex::new(regex) {
        let error = error.to_string();
        let last = error.lines().last().unwrap_or_default().trim();
        return problem(
            &here,
            format!("the regular expression cannot be read: {last}"),
        );
    }
    None
}

fn size(file: &PresetFile) -> Option<Problem> {
    let shots = file.shots.iter().map(|shot| {
        let inputs: usize = shot.input.values().map(|value| value.chars().count()).sum();
        inputs + shot.output.chars().count()
    });
    let told = file.prompt.system.chars().count()
        + file.prompt.template.chars().count()
        + shots.sum::<usize>();
    if told > MOST_PRESET_CHARS {
        return problem(
            &[Key("prompt")],
            format!(
                "instructions and examples have {told} characters, and a model can take {MOST_PRESET_CHARS}"
            ),
        );
    }
    None
}
