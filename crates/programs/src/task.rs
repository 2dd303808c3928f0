//! One request: which step comes next, what the model is asked in it, and the program in the end.
//!
//! The steps, each only where code could not do it: which task it is, the names of columns, the
//! network that was described, and the whole program where there is no template. A task keeps
//! nothing between calls, so where it stands follows from the answers that were accepted.

use assistant::artifact::{CodeFile, CodeResult, Finding};
use assistant::{
    Answer, Artifact, Check, Code, Fault, Plan, Rejection, SoFar, Task, Verdict, fence,
};
use async_trait::async_trait;
use model::Candidates;
use parsers::python;
use tokio_util::sync::CancellationToken;

use crate::fidelity;
use crate::free;
use crate::graph::{Graph, describe};
use crate::prompt;
use crate::request::{Asked, Framework, Kind, Request};
use crate::specification::{Found, Specification};
use crate::trace::{self, Known, TraceError};
use crate::write;

/// Candidates for a network after the first was not right.
const OTHERS: u32 = 3;

/// How far a network is to be trusted that lacks something of its description.
const UNSURE: f64 = 0.4;

/// A request and what code read in it.
pub struct ProgramTask {
    request: Request,
}

/// What comes next.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    /// The model chooses the task.
    Kind,
    /// The model fills in the names of columns.
    Columns(Kind),
    /// The model writes the network that was described.
    Network(Kind, Found),
    /// Code writes the program.
    Write(Kind, Found),
    /// The model writes the program.
    Free,
}

impl ProgramTask {
    /// A task for a request.
    pub fn new(request: Request) -> Self {
        Self { request }
    }

    /// The step that follows after the answers that were accepted.
    fn step(&self, accepted: &[Answer]) -> Step {
        let mut answers = accepted.iter();
        let kind = match self.request.kind.sure() {
            Some(kind) => kind,
            None => match answers.next() {
                None => return Step::Kind,
                Some(answer) => chosen(answer),
            },
        };
        if kind == Kind::Other {
            return Step::Free;
        }
        let mut found = Found {
            kind: Some(kind),
            ..Found::default()
        };
        if self.needs_columns(kind) {
            let Some(answer) = answers.next() else {
                return Step::Columns(kind);
            };
            if let Some(columns) = columns(answer) {
                found.target = columns.target;
                found.features = columns.features;
            }
        }
        let takes_layers = matches!(
            kind,
            Kind::Image | Kind::Text | Kind::Series | Kind::Classes | Kind::Numbers
        );
        match &self.request.layers {
            Asked::Listed(layers, _) if takes_layers => {
                found.listed.clone_from(layers);
                // The last layer of a table's network is the template's.
                Step::Write(kind, found)
            }
            Asked::Described if takes_network(kind) => {
                let traced = answers.next().and_then(|answer| self.traced(answer).ok());
                match traced {
                    None => Step::Network(kind, found),
                    Some((network, differences)) => {
                        found.network = Some(network);
                        found.differences = differences;
                        Step::Write(kind, found)
                    }
                }
            }
            _ => Step::Write(kind, found),
        }
    }

    /// Whether the name of the column to be predicted has to be asked for.
    fn needs_columns(&self, kind: Kind) -> bool {
        matches!(kind, Kind::Classes | Kind::Numbers | Kind::Series)
            && self.request.target.is_none()
    }

    /// What is known of the network before it is written.
    fn known(&self) -> Known {
        let shape = self
            .request
            .dataset
            .map(|dataset| dataset.shape().to_vec())
            .or_else(|| {
                let (height, width, channels) = self.request.size?;
                Some(vec![height, width, channels.unwrap_or(3)])
            });
        Known {
            input: shape,
            classes: self.request.classes,
        }
    }

    /// The network of the candidate that differs least from what was described, with how it differs.
    fn traced(&self, answer: &Answer) -> Result<(Graph, Vec<String>), TraceError> {
        let known = self.known();
        let text = self.request.text.to_lowercase();
        let mut best: Option<(Graph, Vec<String>)> = None;
        let mut failure = TraceError::NoModel;
        // The last is looked at first, so that of equals the likeliest stays.
        for candidate in answer.texts().iter().rev() {
            match trace::trace(fence::first_block(candidate), &known) {
                Ok(graph) => {
                    let differences = fidelity::differences(&text, &graph);
                    let is_better = best
                        .as_ref()
                        .is_none_or(|(_, least)| differences.len() <= least.len());
                    if is_better {
                        best = Some((graph, differences));
                    }
                }
                Err(error) => failure = error,
            }
        }
        best.ok_or(failure)
    }

    fn library(&self) -> Framework {
        self.request.framework.unwrap_or(Framework::Keras)
    }

    /// What came of a choice or of a form.
    fn answered(&self, so_far: &SoFar, answer: &Answer, check: Check) -> Result<Verdict, Fault> {
        let mut accepted = so_far.accepted.clone();
        accepted.push(answer.clone());
        match self.step(&accepted) {
            Step::Write(kind, found) => self.written(kind, found, vec![check]),
            _ => Ok(accepted_verdict(vec![check], None, true)),
        }
    }

    /// The program from its template, or why the layers do not fit.
    fn written(&self, kind: Kind, found: Found, mut checks: Vec<Check>) -> Result<Verdict, Fault> {
        let specification = match Specification::new(&self.request, kind, found) {
            Ok(specification) => specification,
            Err(error) => {
                let sentence = format!("The layers do not fit together: {error}.");
                checks.push(Check::failed("builds", error.to_string()));
                return Ok(Verdict {
                    checks,
                    artifact: None,
                    rejection: Some(Rejection {
                        feedback: sentence.clone(),
                        fault: Fault::new(Code::NotSure, sentence),
                    }),
                    confidence: None,
                    is_undecided: false,
                    goes_on: false,
                });
            }
        };
        let files = write::files(&specification).map_err(|error| {
            Fault::new(Code::Internal, "The program could not be written.").with("detail", error)
        })?;
        let program = files.first().map_or("", |file| file.text.as_str());
        match python::check(program) {
            Ok(_) => checks.push(Check::passed(
                "parses",
                format!("{} lines of Python", program.lines().count()),
            )),
            Err(flaw) => {
                return Err(Fault::new(
                    Code::Internal,
                    "The program that was written is no Python.",
                )
                .with("detail", flaw));
            }
        }
        if let Some(network) = &specification.network {
            let detail = format!(
                "{} layers, {:?} to {:?}",
                network.nodes().len() - 1,
                network.input_shape(),
                network.shape(network.output())
            );
            checks.push(Check::passed("builds", detail));
        }
        checks.push(Check::passed(
            "template",
            "written by code from a tested template",
        ));
        let artifact = Artifact::Code(self.result(&specification, files));
        Ok(accepted_verdict(checks, Some(artifact), false))
    }

    fn result(&self, specification: &Specification, files: Vec<CodeFile>) -> CodeResult {
        let mut findings = vec![
            finding("task", specification.kind.words()),
            finding("source", "template"),
        ];
        if let Some(network) = specification
            .network
            .as_ref()
            .filter(|_| specification.custom)
        {
            let layers: Vec<String> = network
                .nodes()
                .iter()
                .skip(1)
                .map(|node| describe(&node.layer))
                .collect();
            findings.push(finding("layers", &layers.join(", ")));
            findings.extend(network.mended().iter().map(|what| finding("mended", what)));
        }
        if let Asked::Listed(_, assumed) = &self.request.layers {
            findings.extend(assumed.iter().map(|what| finding("assumed", what)));
        }
        let assumed = specification.assumed.iter();
        findings.extend(assumed.map(|what| finding("assumed", what)));
        CodeResult {
            language: "python".to_owned(),
            code: files
                .first()
                .map(|file| file.text.clone())
                .unwrap_or_default(),
            files,
            explanation: None,
            findings,
            draft: false,
        }
    }

    /// What the model wrote where there is no template.
    fn freely(&self, answer: &Answer) -> Verdict {
        let text = answer.texts().first().map_or("", String::as_str);
        let program = free::Program::new(fence::first_block(text));
        let artifact = Artifact::Code(program.result());
        match program.flaw() {
            None => accepted_verdict(
                vec![
                    Check::passed("parses", "Python"),
                    Check::failed("template", "written freely by the model, and not tried"),
                ],
                Some(artifact),
                false,
            ),
            Some(flaw) => rejected(
                vec![Check::failed("parses", &flaw)],
                Some(artifact),
                &format!("The program is not right: {flaw}"),
                &format!("Your program is not right: {flaw}. Write the whole program again."),
            ),
        }
    }

    fn network(&self, so_far: &SoFar, answer: &Answer, kind: Kind) -> Result<Verdict, Fault> {
        match self.traced(answer) {
            Ok((_, differences)) if !differences.is_empty() && so_far.failed.is_empty() => {
                let said = differences.join("; ");
                Ok(rejected(
                    vec![Check::failed("described", &said)],
                    None,
                    &format!("The network is not the one that was described: {said}."),
                    &format!("Read the description again. In an earlier attempt, {said}."),
                ))
            }
            Ok((network, _)) => {
                let mut accepted = so_far.accepted.clone();
                accepted.push(answer.clone());
                let Step::Write(kind, found) = self.step(&accepted) else {
                    return Err(Fault::new(Code::Internal, "A step is out of order."));
                };
                let detail = format!("{} layers followed", network.nodes().len() - 1);
                let described = match found.differences.as_slice() {
                    [] => Check::passed("described", "every layer that the text names is there"),
                    differences => Check::failed("described", differences.join("; ")),
                };
                let is_sure = described.passed;
                let checks = vec![Check::passed("layers", detail), described];
                let verdict = self.written(kind, found, checks)?;
                Ok(Verdict {
                    confidence: verdict
                        .is_accepted()
                        .then_some(if is_sure { 0.8 } else { UNSURE }),
                    ..verdict
                })
            }
            Err(error) => {
                let text = answer.texts().first().map_or("", String::as_str);
                let code = fence::first_block(text);
                let artifact = Artifact::Code(CodeResult {
                    language: "python".to_owned(),
                    code: code.to_owned(),
                    findings: vec![finding("task", kind.words()), finding("source", "model")],
                    ..CodeResult::default()
                });
                Ok(rejected(
                    vec![Check::failed("layers", error.to_string())],
                    Some(artifact),
                    &format!("The network that was described could not be built: {error}."),
                    &prompt::network_feedback(&error),
                ))
            }
        }
    }
}

fn takes_network(kind: Kind) -> bool {
    matches!(kind, Kind::Image)
}

fn finding(name: &str, value: &str) -> Finding {
    Finding {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

fn accepted_verdict(checks: Vec<Check>, artifact: Option<Artifact>, goes_on: bool) -> Verdict {
    Verdict {
        checks,
        artifact,
        rejection: None,
        confidence: None,
        is_undecided: false,
        goes_on,
    }
}

fn rejected(
    checks: Vec<Check>,
    artifact: Option<Artifact>,
    sentence: &str,
    feedback: &str,
) -> Verdict {
    Verdict {
        checks,
        artifact,
        rejection: Some(Rejection {
            fault: Fault::new(Code::NotSure, sentence),
            feedback: feedback.to_owned(),
        }),
        confidence: None,
        is_undecided: false,
        goes_on: false,
    }
}

/// The task that is likeliest.
fn chosen(answer: &Answer) -> Kind {
    match answer {
        Answer::Chances(chances) => chances
            .iter()
            .zip(Kind::ALL)
            .max_by(|(one, _), (other, _)| one.total_cmp(other))
            .map_or(Kind::Other, |(_, kind)| kind),
        Answer::Texts(_) | Answer::Nothing => Kind::Other,
    }
}

/// The form that the model fills in about a table.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
struct Columns {
    #[serde(default)]
    target: Option<String>,
    #[serde(default)]
    features: Vec<String>,
}

fn columns(answer: &Answer) -> Option<Columns> {
    let text = answer.texts().first()?;
    let mut columns: Columns = serde_json::from_str(text.trim()).ok()?;
    let is_name = |name: &String| {
        !name.trim().is_empty() && name.chars().count() <= 40 && !name.contains(['"', '\\', '\n'])
    };
    columns.target = columns.target.filter(is_name);
    columns.features.retain(is_name);
    Some(columns)
}

#[async_trait]
impl Task for ProgramTask {
    fn plan(&self, so_far: &SoFar) -> Plan {
        match self.step(&so_far.accepted) {
            Step::Kind => {
                let options = Kind::ALL.iter().map(|kind| kind.words().to_owned());
                Plan::Choose(prompt::kind(&self.request.text), options.collect())
            }
            Step::Columns(kind) => Plan::Ask(prompt::columns(&self.request.text, kind)),
            Step::Network(..) => {
                let prompt = prompt::network(&self.request, &self.known(), &so_far.failed);
                // The likeliest first; where that was not right, some others to choose among.
                let (first, count) = match so_far.failed.is_empty() {
                    true => (0, 1),
                    false => (1, OTHERS),
                };
                Plan::Several(prompt, Candidates { first, count })
            }
            Step::Free => Plan::Ask(prompt::free(&self.request, self.library(), &so_far.failed)),
            Step::Write(..) => Plan::Nothing,
        }
    }

    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        match self.step(&so_far.accepted) {
            Step::Kind => {
                let kind = chosen(answer);
                let check = Check::passed("task", kind.words());
                self.answered(so_far, answer, check)
            }
            Step::Columns(_) => {
                let check = match columns(answer) {
                    Some(Columns {
                        target: Some(target),
                        ..
                    }) => Check::passed("columns", target),
                    _ => Check::passed("columns", "named target, to be changed in the settings"),
                };
                self.answered(so_far, answer, check)
            }
            Step::Network(kind, _) => self.network(so_far, answer, kind),
            Step::Free => Ok(self.freely(answer)),
            Step::Write(kind, found) => self.written(kind, found, vec![]),
        }
    }

    /// Only where the model's part is more than a name that can be changed in the settings.
    fn needs_model(&self) -> bool {
        !matches!(self.step(&[]), Step::Write(..) | Step::Columns(_))
    }
}
