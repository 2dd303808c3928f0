//! A page that was made before and is changed: by edits, which need no model, or by a wish in words, of
//! which the model is asked about no more than what code did not understand.

use assistant::artifact::PageResult;
use assistant::{
    Answer, Artifact, Check, Code, Fault, Inputs, Plan, Rejection, SoFar, Task, Verdict,
};
use async_trait::async_trait;
use model::{Prompt, Role, Sampling};
use tokio_util::sync::CancellationToken;

use crate::copy::prompt::message;
use crate::edit::{Edit, offers, understand};
use crate::plan::PagePlan;
use crate::reword::Reword;
use crate::{change, task};

/// Fewest points of a hundred by which the likeliest change must lead to be made.
const SURE: f64 = 0.2;

/// A page with what is to become of it.
pub struct Changed {
    page: PageResult,
    /// Changes that are clear.
    edits: Vec<Edit>,
    /// Words to be written anew.
    reword: Option<Reword>,
    /// Clauses to ask the model about, one step each.
    rest: Vec<String>,
    /// What each of them may mean.
    offers: Vec<(String, Edit)>,
}

impl Changed {
    /// From the inputs `plan`, `edits`, `instruction` and `about`, the part that the instruction is about.
    pub fn new(plan: &str, inputs: &Inputs) -> Result<Self, Fault> {
        let unusable = |input: &str, error: serde_json::Error| {
            Fault::new(
                Code::InputInvalid,
                format!("{input} is not what it should be ({error})."),
            )
            .with("input", input)
            .with("wanted", "JSON")
        };
        let mut edits: Vec<Edit> = match inputs.get("edits") {
            None => Vec::new(),
            Some(edits) => serde_json::from_str(edits).map_err(|error| unusable("edits", error))?,
        };
        let read = PagePlan::read(plan).map_err(|error| unusable("plan", error))?;
        let about = inputs.get("about").unwrap_or_default();
        let understood = understand(inputs.get("instruction").unwrap_or_default(), &read, about);
        edits.extend(understood.edits);
        let reword = Reword::of(&read, about, &understood.rest.join(", "));
        let page = PageResult {
            plan: plan.to_owned(),
            ..PageResult::default()
        };
        // What cannot be done is told before a model is asked about the rest.
        change(&page, &edits)?;
        Ok(Self {
            page,
            edits,
            rest: match reword {
                Some(_) => Vec::new(),
                None => understood.rest,
            },
            reword,
            offers: offers(&read),
        })
    }

    /// The clear changes with those that the model chose.
    fn all(&self, answers: &[&Answer]) -> (Vec<Edit>, Vec<String>) {
        let mut edits = self.edits.clone();
        let mut unclear = Vec::new();
        for (clause, answer) in self.rest.iter().zip(answers) {
            match chosen(answer).and_then(|place| self.offers.get(place)) {
                Some((_, edit)) => edits.push(edit.clone()),
                None => unclear.push(clause.clone()),
            }
        }
        (edits, unclear)
    }
}

impl Changed {
    /// The page with the words that the model wrote, or what is wrong with them.
    fn reworded(&self, reword: &Reword, answer: &Answer) -> Result<Verdict, Fault> {
        let draft = answer.texts().first().map_or("", String::as_str);
        let (edits, problem) = match reword.edits(draft) {
            Ok(edits) => (edits, None),
            Err(problem) => (Vec::new(), Some(problem)),
        };
        let page = change(&self.page, &[self.edits.as_slice(), &edits].concat())?;
        let mut checks = task::checks(&page.audit);
        checks.push(match &problem {
            None => Check::passed("copy", format!("{} texts", edits.len())),
            Some(problem) => Check::failed("copy", problem.to_string()),
        });
        let rejection = problem.map(|problem| Rejection {
            fault: Fault::new(
                Code::NotSure,
                format!("The new words did not pass: {problem}"),
            ),
            feedback: problem.hint,
        });
        Ok(Verdict {
            checks,
            artifact: Some(Artifact::Page(page)),
            rejection,
            confidence: None,
            is_undecided: false,
            goes_on: false,
        })
    }
}

/// Which option is likelier than the others by enough.
fn chosen(answer: &Answer) -> Option<usize> {
    let Answer::Chances(chances) = answer else {
        return None;
    };
    let mut order: Vec<(usize, f64)> = chances.iter().copied().enumerate().collect();
    order.sort_by(|one, other| other.1.total_cmp(&one.1));
    let lead = order.first()?.1 - order.get(1).map_or(0.0, |second| second.1);
    (lead >= SURE).then(|| order[0].0)
}

#[async_trait]
impl Task for Changed {
    fn plan(&self, so_far: &SoFar) -> Plan {
        if let Some(reword) = &self.reword {
            return Plan::Ask(reword.prompt(&so_far.failed));
        }
        let Some(clause) = self.rest.get(so_far.accepted.len()) else {
            return Plan::Nothing;
        };
        let ask =
            format!("Somebody wants a web page changed: \"{clause}\". Which change is meant?");
        let prompt = Prompt {
            messages: vec![message(Role::User, ask)],
            preset: 0,
            lead: 0,
            opening: String::new(),
            max_tokens: 12,
            sampling: Sampling::GREEDY,
            stop: Vec::new(),
            constraint: None,
            adapter: None,
        };
        Plan::Choose(
            prompt,
            self.offers.iter().map(|(words, _)| words.clone()).collect(),
        )
    }

    async fn check(
        &self,
        so_far: &SoFar,
        answer: &Answer,
        _: &CancellationToken,
    ) -> Result<Verdict, Fault> {
        if let Some(reword) = &self.reword {
            return self.reworded(reword, answer);
        }
        let answers: Vec<&Answer> = so_far.accepted.iter().chain([answer]).collect();
        let goes_on = answers.len() < self.rest.len();
        let (edits, unclear) = self.all(&answers);
        let page = change(&self.page, &edits)?;
        let mut checks = task::checks(&page.audit);
        if !unclear.is_empty() {
            checks.push(Check::failed("understood", unclear.join("; ")));
        }
        Ok(Verdict {
            checks,
            artifact: Some(Artifact::Page(page)),
            rejection: None,
            confidence: None,
            is_undecided: false,
            goes_on,
        })
    }

    fn needs_model(&self) -> bool {
        self.reword.is_some()
    }
}
