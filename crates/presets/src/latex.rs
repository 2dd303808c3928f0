//! Equations: from LaTeX to everything that a person can do with one.
//!
//! The same LaTeX is read by a parser that keeps to KaTeX's rules and draws it (the picture),
//! turned into MathML by another that keeps to LaTeX's (so two have to agree that it is one), and
//! from the MathML code makes Office Math and the words in which it is read aloud. None of it asks
//! a model. [`read`] goes the other way for what can be read exactly: simple mathematics in words.

mod bare;
mod draw;
mod mathml;
mod mentions;
mod omml;
pub mod read;
mod spoken;

use assistant::artifact::EquationResult;
use assistant::{Artifact, Check};

use crate::artifact::Finished;
use crate::checks::{self, Draft, Found, Looked};
use crate::extract::extract;

/// Most characters of an equation; a page of them is not one.
const MOST_CHARS: usize = 4_000;

/// What an answer amounts to as an equation.
pub(crate) fn finish(draft: &Draft<'_>) -> Finished {
    let text = extract(draft.answer, draft.file.output.extract);
    let latex = bare::bare(&text);
    let mut found = checks::look(&Looked {
        text: &latex,
        draft,
        argument: None,
    });
    let made = make(&latex);
    found.push(made.parses);
    found.push(made.draws);
    found.push(mentions::look(&draft.said(), &latex));
    let mathml = made.mathml.clone();
    let document = roxmltree::Document::parse(&mathml).ok();
    let root = document.as_ref().map(roxmltree::Document::root_element);
    Finished {
        key: root.map_or_else(|| latex.clone(), mathml::skeleton),
        doubts: 0,
        artifact: Artifact::Equation(EquationResult {
            omml: root.map(omml::write).unwrap_or_default(),
            spoken: root
                .map(|root| spoken::say(root, draft.tongue))
                .unwrap_or_default(),
            mathml: made.mathml,
            svg: made.svg,
            latex,
            draft: false,
        }),
        found,
    }
}

/// Whether something is an equation that can be drawn.
pub(crate) fn is_sound(latex: &str) -> bool {
    let made = make(latex);
    made.parses.check.passed && made.draws.check.passed
}

struct Made {
    parses: Found,
    draws: Found,
    mathml: String,
    svg: String,
}

fn make(latex: &str) -> Made {
    if latex.chars().count() > MOST_CHARS {
        let failed = Found::failed(
            "parses",
            "it is too long for an equation",
            "Write one equation and nothing else.",
        );
        return Made {
            draws: without(&failed.check),
            parses: failed,
            mathml: String::new(),
            svg: String::new(),
        };
    }
    let (mathml, parses) = match mathml::convert(latex) {
        Ok(mathml) => (mathml, Found::passed("parses", "LaTeX")),
        Err(why) => (String::new(), mistake("parses", &why)),
    };
    let (svg, draws) = match draw::svg(latex) {
        Ok(svg) => (svg, Found::passed("draws", "by the rules of KaTeX")),
        Err(why) => (String::new(), mistake("draws", &why)),
    };
    Made {
        parses,
        draws,
        mathml,
        svg,
    }
}

fn mistake(name: &str, why: &str) -> Found {
    Found::failed(
        name,
        why,
        format!("The LaTeX has a mistake: {why}. Write it with common commands only."),
    )
}

fn without(other: &Check) -> Found {
    Found::failed("draws", format!("{} did not hold", other.name), "")
}

#[cfg(test)]
#[path = "latex/tests.rs"]
mod tests;
