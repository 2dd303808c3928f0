//! The assistant `css`: a look in words, as a style sheet for one component, tried on a sample.
//!
//! The model writes a fenced block; what code can mend (values that no browser knows, rules that
//! reach beyond the sample, anything that would fetch something) is taken out, and what is left is
//! printed by a real parser.

mod mend;
pub mod sample;

use assistant::artifact::CssResult;
use assistant::fence::first_block;
use assistant::{
    Answer, Artifact, Assistant, Check, Code, Description, Fault, Inputs, Plan, Rejection, SoFar,
    Task, Tell, Verdict,
};
use async_trait::async_trait;
use model::{Candidates, Prompt, Role, Sampling};
use tokio_util::sync::CancellationToken;

use crate::copy::prompt::message;
use crate::language::Language;
pub use mend::{Mended, mend};
pub use sample::Sample;

const PRESET: &str = include_str!("../../../assets/presets/css.toml");

/// Candidates of a draft: one to show and others to choose from.
const CANDIDATES: u32 = 2;

const SYSTEM: &str = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// The assistant.
pub struct Css {
    description: Description,
}

impl Css {
    /// The assistant with its built-in preset.
    ///
    /// # Errors
    /// When the preset is damaged, which a test rules out for the one that is built in.
    pub fn new() -> Result<Self, Fault> {
        Ok(Self {
            description: crate::preset(PRESET)?,
        })
    }
}

#[async_trait]
impl Assistant for Css {
    fn description(&self) -> &Description {
        &self.description
    }

    async fn ground(
        &self,
        inputs: &Inputs,
        _: Tell<'_>,
        _: &CancellationToken,
    ) -> Result<Box<dyn Task>, Fault> {
        let look = inputs.get("description").unwrap_or_default().to_owned();
        let language = Language::of(&look);
        let sample = match inputs.get("sample") {
            None => Sample::fitting(&look, language),
            Some(name) => Sample::named(name, language).map_or_else(|| Sample::own(name), Ok)?,
        };
        Ok(Box::new(CssTask {
            look,
            language,
            sample,
        }))
    }
}

/// A look and what it is tried on.
struct CssTask {
    look: String,
    language: Language,
    sample: Sample,
}

#[async_trait]
impl Task for CssTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        let notes: String = so_far
            .failed
            .iter()
            .map(|attempt| format!("\n{}", attempt.feedback))
            .collect();
        let classes = self.sample.classes().join(", ");
        let text = format!(
            "```html\n{}\n```\n\nWrite the CSS for this component. Use only these selectors: {classes}, with :hover, :focus-visible and :active where they apply. No HTML, no JavaScript, no @import, no images, no variables that are not declared. Readable contrast.\n\nLook: {}{notes}",
            self.sample.html, self.look
        );
        let prompt = Prompt {
            messages: vec![
                message(Role::System, SYSTEM.to_owned()),
                message(Role::User, text),
            ],
            preset: 0,
            lead: 0,
            opening: "```css\n".to_owned(),
            max_tokens: 520,
            sampling: Sampling {
                temperature: 0.7,
                top_p: 0.95,
                seed: 1,
                repeat_penalty: 1.0,
            },
            stop: vec!["\n```".to_owned()],
            constraint: None,
            adapter: None,
        };
        Plan::Several(
            prompt,
            Candidates {
                first: 0,
                count: CANDIDATES,
            },
        )
    }

    async fn check(
        &self,
        _: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        let mut sheets: Vec<Mended> = Vec::new();
        let mut worst = None;
        for draft in answer.texts() {
            let mended = mend(first_block(draft), &self.sample);
            if mended.problem.is_none() {
                if !sheets.iter().any(|other| other.css == mended.css) {
                    sheets.push(mended);
                }
            } else {
                worst = worst.or(Some(mended));
            }
        }
        if sheets.is_empty() {
            let mended = worst.ok_or_else(|| Fault::new(Code::Internal, "There was no draft."))?;
            return Ok(self.rejected(mended));
        }
        let first = sheets.remove(0);
        let mut checks = vec![
            Check::passed("parses", format!("{} rules", first.rules)),
            Check::passed(
                "scoped",
                format!("only {}", self.sample.classes().join(", ")),
            ),
            Check::passed("network", "nothing is fetched"),
        ];
        if !first.dropped.is_empty() {
            checks.push(Check::passed("mended", first.dropped.join("; ")));
        }
        let variants = sheets.into_iter().map(|sheet| sheet.css).collect();
        Ok(Verdict {
            checks,
            artifact: Some(Artifact::Css(CssResult {
                css: first.css,
                sample_html: self.sample.html.clone(),
                variants,
                support: Some(support(&first.features, self.language)),
                draft: false,
            })),
            rejection: None,
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }
}

impl CssTask {
    fn rejected(&self, mended: Mended) -> Verdict {
        let problem = mended.problem.unwrap_or_default();
        Verdict {
            checks: vec![Check::failed("parses", problem.clone())],
            artifact: Some(Artifact::Css(CssResult {
                css: mended.css,
                sample_html: self.sample.html.clone(),
                draft: true,
                ..CssResult::default()
            })),
            rejection: Some(Rejection {
                fault: Fault::new(
                    Code::NotSure,
                    format!("The style sheet did not pass: {problem}."),
                ),
                feedback: format!("Note: {problem}. Write valid CSS for the given selectors only."),
            }),
            confidence: None,
            is_undecided: false,
            goes_on: false,
        }
    }
}

/// Which browsers understand it, by what it uses.
fn support(features: &[&'static str], language: Language) -> String {
    let recent = features
        .iter()
        .filter(|feature| !matches!(**feature, "clamp()" | "aspect-ratio" | "conic-gradient()"))
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match (language, recent.is_empty()) {
        (Language::English, true) => {
            "Every browser of the last five years understands it.".to_owned()
        }
        (Language::English, false) => {
            format!("Browsers since about 2023 understand it; it uses {recent}.")
        }
        (Language::Traditional, true) => "近五年的瀏覽器都支援。".to_owned(),
        (Language::Traditional, false) => format!("約 2023 年以後的瀏覽器支援；用到 {recent}。"),
        (Language::Simplified, true) => "近五年的浏览器都支持。".to_owned(),
        (Language::Simplified, false) => format!("约 2023 年以后的浏览器支持；用到 {recent}。"),
    }
}
