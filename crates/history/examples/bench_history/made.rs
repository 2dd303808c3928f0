//! Runs as a person might have them, the same every time.

use std::collections::BTreeMap;

use assistant::artifact::TextResult;
use assistant::driver::RunStart;
use assistant::report::{Timings, Tokens};
use assistant::{Artifact, Inputs, RunId, RunReport, Status};
use history::KeptRun;
use jiff::Timestamp;
use model::ModelId;
use ulid::Ulid;

/// When the first of them began: in January 2024; the others follow, half a minute apart.
const BEGAN: u64 = 1_704_200_000_000;
const APART: u64 = 30_000;

const ASSISTANTS: [&str; 6] = ["sql", "chat", "ledger", "page", "latex", "chess"];
const MODELS: [&str; 3] = ["qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b", "home:large"];

/// Makes runs, each later than the one before.
#[derive(Default)]
pub struct Maker {
    made: u64,
    seed: u64,
}

impl Maker {
    pub fn made(&self) -> usize {
        usize::try_from(self.made).unwrap_or(usize::MAX)
    }

    /// A number below another, by no better a rule than this needs.
    fn below(&mut self, end: u64) -> u64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % end
    }

    /// The place of a word: the first are in most runs, the last in few.
    fn skewed(&mut self, end: u64) -> u64 {
        let (one, other, third) = (self.below(end), self.below(end), self.below(end));
        one.min(other).min(third)
    }

    fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            if self.below(10) < 6 {
                let place = self.skewed(4_000);
                text.push_str(&latin(place));
                text.push(' ');
            } else {
                for _ in 0..2 + self.below(6) {
                    let place = self.skewed(2_500);
                    text.push(han(place));
                }
            }
        }
        text
    }

    fn name(place: u64) -> String {
        Ulid::from_parts(BEGAN + place * APART, u128::from(place)).to_string()
    }

    /// The name of a run that was made.
    pub fn any_name(&mut self) -> String {
        let made = self.made.max(1);
        Self::name(self.below(made))
    }

    fn report(&mut self, run: &RunId, assistant: &str, model: &str) -> RunReport {
        let is_done = self.below(20) > 0;
        let artifact = Artifact::Text(TextResult {
            text: self.text(40),
            ..TextResult::default()
        });
        RunReport {
            id: None,
            run: run.clone(),
            assistant: assistant.to_owned(),
            status: if is_done {
                Status::Done
            } else {
                Status::Failed
            },
            artifact: Some(artifact),
            checks: vec![],
            confidence: Some(0.5),
            repairs: 0,
            model: Some(ModelId::from(model)),
            tokens: Tokens {
                prompt: 400,
                cached: 300,
                output: 80,
            },
            timings_ms: Timings {
                total: 1_500,
                first_token: Some(100),
                stages: BTreeMap::from([("draft".to_owned(), 1_400)]),
            },
            error: None,
        }
    }

    /// Runs to take in at once.
    pub fn kept(&mut self, count: usize) -> Vec<KeptRun> {
        (0..count).map(|_| self.one()).collect()
    }

    fn one(&mut self) -> KeptRun {
        let place = self.made;
        self.made += 1;
        let run = RunId(Self::name(place));
        let assistant = ASSISTANTS[usize::try_from(self.skewed(6)).unwrap_or_default()];
        let model = MODELS[usize::try_from(self.skewed(3)).unwrap_or_default()];
        let question = self.text(12);
        let report = self.report(&run, assistant, model);
        let millis = i64::try_from(BEGAN + place * APART).unwrap_or_default();
        let began = Timestamp::from_millisecond(millis).unwrap_or_default();
        let is_tagged = self.below(50) == 0;
        KeptRun {
            title: question.chars().take(200).collect(),
            inputs: Inputs::from([("text", question.as_str())]),
            assistant: assistant.to_owned(),
            model: model.to_owned(),
            seed: None,
            caller_id: None,
            status: match report.status {
                Status::Done => "done",
                _ => "failed",
            }
            .to_owned(),
            created_at: format!("{began:.3}"),
            finished_at: None,
            total_ms: Some(report.timings_ms.total),
            report: serde_json::to_value(&report).ok(),
            error_code: None,
            partial: None,
            steps: vec![],
            starred: self.below(500) == 0,
            tags: if is_tagged {
                vec!["tax".to_owned()]
            } else {
                vec![]
            },
            run,
        }
    }

    /// A run that is about to begin, and how it will end.
    pub fn fresh(&mut self) -> (RunStart, RunReport) {
        let run = history::new_run_id();
        let question = self.text(12);
        let start = RunStart {
            id: None,
            run: run.clone(),
            assistant: "chat".to_owned(),
            inputs: Inputs::from([("text", question.as_str())]),
            model: ModelId::from(MODELS[0]),
            seed: None,
        };
        let report = self.report(&run, "chat", MODELS[0]);
        (start, report)
    }

    /// What people look for: words of every rarity, of one to many letters, alone and together.
    pub fn queries(&self) -> Vec<String> {
        let mut queries = Vec::new();
        for place in [0, 1, 5, 50, 500, 1_500, 2_500, 3_500, 3_990] {
            queries.push(latin(place));
            queries.push(format!("{} {}", latin(place), latin(7)));
            queries.push(format!("{} {}", latin(place), han(3)));
        }
        for place in [0, 2, 10, 100, 500, 1_000, 2_000, 2_490] {
            queries.push(han(place).to_string());
            queries.push([han(place), han(1)].iter().collect());
            queries.push([han(4), han(place)].iter().collect());
            queries.push([han(0), han(place), han(2)].iter().collect());
            queries.push(format!("{}{} {}", han(0), han(place), han(1)));
        }
        queries.extend(["a", "zz", "no such word", "沒有這個詞"].map(str::to_owned));
        queries
    }
}

/// A word of two to four syllables.
fn latin(place: u64) -> String {
    const FIRST: &[u8] = b"bcdfghklmnprstvw";
    const SECOND: &[u8] = b"aeiou";
    let mut left = place * 7_919 + 131;
    let mut word = String::new();
    for _ in 0..2 + place % 3 {
        for letters in [FIRST, SECOND] {
            let count = letters.len() as u64;
            let letter = usize::try_from(left % count).unwrap_or_default();
            word.push(char::from(letters[letter]));
            left = left / count + place;
        }
    }
    word
}

/// A Chinese character.
fn han(place: u64) -> char {
    let number = 0x4e00 + (place * 7) % 20_000;
    u32::try_from(number)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or('一')
}

/// A count as a figure.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
pub fn number(count: usize) -> f64 {
    count as f64
}
