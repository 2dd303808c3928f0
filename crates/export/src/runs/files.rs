//! The files that a run made: a page, a style sheet, a program, a picture of an equation, a table.

use assistant::Artifact;

use crate::{Format, Words};

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFile {
    /// Its name: one or more parts between slashes, each of which every system takes.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Everything that a run made and that is a file.
#[must_use]
pub fn files(artifact: &Artifact) -> Vec<RunFile> {
    let one = |name: &str, text: &str| {
        vec![RunFile {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }]
    };
    match artifact {
        Artifact::Query(query) => crate::query(query, Format::Csv, None, &Words::ENGLISH)
            .map(|bytes| RunFile {
                name: "table.csv".to_owned(),
                bytes,
            })
            .into_iter()
            .collect(),
        Artifact::Page(page) => one("page.html", &page.html),
        Artifact::Css(css) => one("style.css", &css.css),
        Artifact::Code(program) if !program.files.is_empty() => program
            .files
            .iter()
            .enumerate()
            .map(|(place, file)| RunFile {
                name: safe(&file.name, place),
                bytes: file.text.as_bytes().to_vec(),
            })
            .collect(),
        Artifact::Code(program) => one("program.txt", &program.code),
        Artifact::Equation(equation) if !equation.svg.is_empty() => {
            one("equation.svg", &equation.svg)
        }
        Artifact::Equation(_)
        | Artifact::Books(_)
        | Artifact::Chess(_)
        | Artifact::Command(_)
        | Artifact::Text(_) => Vec::new(),
    }
}

/// A name within a folder: without what leads out of it, and without what some system does not take.
fn safe(name: &str, place: usize) -> String {
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .map(plain_name)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.is_empty() {
        true => format!("file-{}", place + 1),
        false => parts.join("/"),
    }
}

/// A name that every system takes; nothing where nothing is left of it.
#[must_use]
pub fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            other if other.is_control() => '_',
            other => other,
        })
        .take(80)
        .collect();
    plain.trim_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_its_folder() {
        let cases = [
            ("train.py", "train.py"),
            ("src/app/main.rs", "src/app/main.rs"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("C:\\Windows\\x.dll", "C_/Windows/x.dll"),
            ("..", "file-3"),
            ("a\0b\n", "a_b_"),
            (".gitignore", "gitignore"),
        ];
        for (name, expected) in cases {
            assert_eq!(safe(name, 2), expected, "{name}");
        }
    }
}
