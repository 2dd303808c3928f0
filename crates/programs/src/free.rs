//! Programs that the model wrote by itself, where there is no template: parsed, their imports
//! known, marked for what they are.

use assistant::artifact::{CodeResult, Finding};
use parsers::python;

use crate::write::file;

/// Modules and the package that brings each, at a version that goes with the others.
const PACKAGES: &[(&str, &str)] = &[
    ("PIL", "pillow==13.0.0"),
    ("cv2", "opencv-python-headless"),
    ("gym", "gymnasium"),
    ("gymnasium", "gymnasium"),
    ("jax", "jax==0.10.2"),
    ("joblib", "joblib==1.6.0"),
    ("keras", "keras==3.15.1"),
    ("matplotlib", "matplotlib"),
    ("numpy", "numpy==2.4.6"),
    ("pandas", "pandas==3.1.1"),
    ("requests", "requests"),
    ("scipy", "scipy"),
    ("seaborn", "seaborn"),
    ("sklearn", "scikit-learn==1.9.1"),
    ("tensorflow", "tensorflow==2.21.0"),
    ("torch", "torch==2.15.0"),
    ("torchaudio", "torchaudio"),
    ("torchvision", "torchvision==0.29.2"),
    ("tqdm", "tqdm"),
    ("transformers", "transformers"),
];

/// Modules of Python itself that such programs use.
const OWN: &[&str] = &[
    "__future__",
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "collections",
    "contextlib",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "glob",
    "gzip",
    "hashlib",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "operator",
    "os",
    "pathlib",
    "pickle",
    "random",
    "re",
    "shutil",
    "statistics",
    "string",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "typing",
    "unicodedata",
    "urllib",
    "uuid",
    "warnings",
    "zipfile",
];

/// A program that the model wrote.
pub struct Program<'a> {
    text: &'a str,
}

impl<'a> Program<'a> {
    /// The program in a block.
    pub fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// What is wrong with it, if anything.
    pub fn flaw(&self) -> Option<String> {
        if self.text.trim().is_empty() {
            return Some("there is no program in the answer".to_owned());
        }
        let facts = match python::check(self.text) {
            Ok(facts) => facts,
            Err(flaw) => return Some(flaw.to_string()),
        };
        match facts.iter().any(|fact| fact.name == "imports") {
            true => None,
            false => Some("it imports nothing, so it is only a part of a program".to_owned()),
        }
    }

    /// The program with what can be said of it.
    pub fn result(&self) -> CodeResult {
        let imports = python::imports(self.text).unwrap_or_default();
        let mut requirements = Vec::new();
        let mut unknown = Vec::new();
        for module in &imports {
            match PACKAGES.iter().find(|(name, _)| name == module) {
                Some((_, package)) => requirements.push(*package),
                None if OWN.contains(&module.as_str()) => {}
                None => unknown.push(module.clone()),
            }
        }
        let mut findings = vec![
            finding("source", "model"),
            finding(
                "untested",
                "written freely by the model: read it before you run it",
            ),
        ];
        if !unknown.is_empty() {
            findings.push(finding("unknown-modules", &unknown.join(", ")));
        }
        let program = format!("{}\n", self.text.trim_end());
        CodeResult {
            language: "python".to_owned(),
            code: program.clone(),
            files: vec![
                file("train.py", "python", program),
                file("requirements.txt", "text", requirements.join("\n") + "\n"),
            ],
            explanation: None,
            findings,
            draft: false,
        }
    }
}

fn finding(name: &str, value: &str) -> Finding {
    Finding {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}
