//! Commands for a shell: parsed, explained part by part, and rated by rules. They are never run.
//!
//! [`mod@line`] turns a command into words and operators, with a real parser where the shell has one;
//! [`table`] knows what common tools and their options do; [`explain`] and [`risk`] go over the
//! words with it. The model writes the command and nothing else. What it gets wrong in one certain
//! way is put right by [`mend`]; whether its tools understand it, [`options`] knows; which of several candidates is taken is decided by [`sameness`]
//! (what amounts to the same votes together) and [`fit`] (what goes against the request's words).

mod explain;
mod finding;
mod fit;
mod habits;
mod keeps;
mod line;
mod mend;
mod options;
mod pipes;
mod posix;
mod risk;
mod sameness;
mod table;
mod wants;
mod windows;

use assistant::Artifact;
use assistant::artifact::CommandResult;

use crate::artifact::Finished;
use crate::checks::{self, Draft, Found, Looked};
use crate::extract::extract;
use line::Shell;

/// The input that says for which shell.
const SHELL_INPUT: &str = "shell";

/// What an answer amounts to as a command.
pub(crate) fn finish(draft: &Draft<'_>) -> Finished {
    let shell = Shell::from_name(draft.inputs.get(SHELL_INPUT).unwrap_or_default());
    let written = bare(&extract(draft.answer, draft.file.output.extract));
    let said = draft.said();
    let command = mend::mended(shell, &said, &written);
    let mut found = checks::look(&Looked {
        text: &command,
        draft,
        argument: None,
    });
    let lexemes = line::lexemes(shell, &command);
    found.push(match &lexemes {
        Ok(_) => Found::passed("parses", shell.name()),
        Err(why) => Found::failed(
            "parses",
            why.clone(),
            format!("The command cannot be parsed: {why}. Write one command in one fenced block."),
        ),
    });
    found.push(keeps::look(&said, &command));
    found.push(keeps::no_blank(&said, &command));
    if let Ok(lexemes) = &lexemes {
        found.extend(options::look(shell, lexemes));
    }
    if command != written {
        found.push(Found::passed(
            "mended",
            format!("the model wrote {written}"),
        ));
    }
    let lexemes = lexemes.unwrap_or_default();
    let speech = table::Speech::of(draft.tongue);
    let rated = risk::rate(shell, &lexemes, speech);
    Finished {
        key: sameness::key(shell, &lexemes),
        doubts: fit::doubts(&said, &command, &lexemes),
        artifact: Artifact::Command(CommandResult {
            shell: shell.name().to_owned(),
            risk: rated.risk,
            parts: explain::parts(shell, &lexemes, speech),
            warnings: rated.warnings,
            touches: rated.touches,
            command,
            draft: false,
        }),
        found,
    }
}

/// The command without prompts, comments and blank lines around it.
fn bare(block: &str) -> String {
    let lines = block.lines().map(str::trim_end).filter(|line| {
        let line = line.trim_start();
        !line.is_empty() && (!line.starts_with('#') || line.starts_with("#!"))
    });
    let lines: Vec<&str> = lines
        .map(|line| {
            line.strip_prefix("$ ")
                .or_else(|| line.strip_prefix("PS> "))
                .unwrap_or(line)
        })
        .filter(|line| !line.starts_with("#!"))
        .collect();
    lines.join("\n").trim().trim_matches('`').to_owned()
}

#[cfg(test)]
#[path = "shell/tests.rs"]
mod tests;
