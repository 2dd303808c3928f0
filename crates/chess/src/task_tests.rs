use assistant::artifact::{ChessCandidate, ChessMove, ChessScore};

use super::*;
use crate::request::Request;

fn advice(san: &str, line: &[&str]) -> Advice {
    let result = ChessResult {
        fen: "r3k3/8/8/3N4/8/8/8/4K3 w - - 0 1".into(),
        best: ChessMove {
            san: san.into(),
            uci: "d5c7".into(),
        },
        candidates: vec![ChessCandidate {
            san: san.into(),
            uci: "d5c7".into(),
            score: ChessScore::Centipawns(520),
            line: line.iter().map(|word| (*word).to_owned()).collect(),
            uci_line: vec![],
            wdl: None,
        }],
        explanation: "By code.".into(),
        ..ChessResult::default()
    };
    Advice {
        result,
        told: vec!["White's knight on c7 forks Black's king on e8 and Black's rook on a8.".into()],
        lead: "The best move is Nc7+; White is winning (+5.2).".into(),
        checks: vec![],
        flaw: None,
    }
}

fn task(advice: Advice, words: &str) -> ChessTask {
    let inputs = assistant::Inputs::from([("fen", "x"), ("words", words)]);
    ChessTask::new(advice, &Request::read(&inputs))
}

async fn checked(task: &ChessTask, said: Option<&str>) -> Verdict {
    let (so_far, answer) = match said {
        None => (SoFar::default(), Answer::Nothing),
        Some(said) => (
            SoFar {
                accepted: vec![Answer::Nothing],
                ..SoFar::default()
            },
            Answer::Texts(vec![said.to_owned()]),
        ),
    };
    task.check(&so_far, &answer, &CancellationToken::new())
        .await
        .unwrap()
}

fn explanation(verdict: &Verdict) -> String {
    match &verdict.artifact {
        Some(Artifact::Chess(advice)) => advice.explanation.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn first_the_move_and_then_the_words() {
    let task = task(advice("Nc7+", &["Nc7+", "Kd7", "Nxa8"]), "model");
    assert_eq!(task.plan(&SoFar::default()), Plan::Nothing);
    let first = checked(&task, None).await;
    assert!(first.is_accepted() && first.goes_on, "{first:?}");
    assert_eq!(explanation(&first), "By code.");
    let said = "With Nc7+ the knight forks the king on e8 and the rook on a8. Then Qh5 wins.";
    let second = checked(&task, Some(said)).await;
    assert!(second.is_accepted() && !second.goes_on);
    assert_eq!(
        explanation(&second),
        "With Nc7+ the knight forks the king on e8 and the rook on a8."
    );
}

#[tokio::test]
async fn what_the_model_leaves_out_the_templates_say() {
    let mut advice = advice("Nc7+", &["Nc7+", "Kd7", "Nxa8"]);
    let won = "Nc7+ wins a rook: Nc7+ Kd7 Nxa8.";
    advice.told.push(won.into());
    let task = task(advice, "model");
    let fork = "Nc7+ forks the king on e8 and the rook on a8 with the knight.";
    let verdict = checked(&task, Some(&format!("{fork} Nc7+ is the best move."))).await;
    assert_eq!(explanation(&verdict), format!("{fork} {won}"));
    let words = verdict.checks.iter().find(|check| check.name == "words");
    assert!(words.unwrap().detail.contains("1 by code"), "{words:?}");
}

#[test]
fn sentences_are_seen_when_they_are_complete_and_true() {
    let mut advice = advice("Nc7+", &["Nc7+", "Kd7", "Nxa8"]);
    let won = "Nc7+ wins a rook: Nc7+ Kd7 Nxa8.";
    advice.told.push(won.into());
    let task = task(advice, "model");
    let so_far = SoFar {
        accepted: vec![Answer::Nothing],
        ..SoFar::default()
    };
    let seen = |written: &str| match task.glimpse_of(&so_far, written)? {
        Artifact::Chess(advice) => Some(advice.explanation),
        other => panic!("{other:?}"),
    };
    let fork = "Nc7+ forks the king on e8 and the rook on a8 with the knight.";
    // Neither half a sentence nor half a figure.
    for unfinished in ["", "Nc7+ is the best move, and White is winning (+5.", fork] {
        assert_eq!(seen(unfinished), None, "{unfinished}");
    }
    for written in ["", "Then ", "Then Qh5 wins. And "] {
        let expected = Some(format!("{fork} {won}"));
        assert_eq!(seen(&format!("{fork} {written}")), expected);
    }
    assert_eq!(seen("Qh5 wins. And "), None);
    assert_eq!(
        task.glimpse_of(&SoFar::default(), &format!("{fork} ")),
        None
    );
}

#[tokio::test]
async fn without_anything_true_the_templates_stand() {
    let task = task(advice("Nc7+", &["Nc7+"]), "model");
    for nothing in ["", "Qh5 mates.", "What a game!"] {
        assert_eq!(
            explanation(&checked(&task, Some(nothing)).await),
            "By code."
        );
    }
}

#[tokio::test]
async fn nobody_is_asked_for_words_that_are_not_wanted() {
    for words in ["no", "template"] {
        let task = task(advice("Nc7+", &["Nc7+"]), words);
        assert!(!checked(&task, None).await.goes_on);
    }
}

#[tokio::test]
async fn an_illegal_move_is_never_accepted() {
    for (san, line) in [("Nc8", vec!["Nc7+"]), ("Nc7+", vec!["Nc7+", "Kd6"])] {
        let verdict = checked(&task(advice(san, &line), "model"), None).await;
        assert!(!verdict.is_accepted() && !verdict.goes_on);
    }
}

#[tokio::test]
async fn without_an_engine_there_is_the_board_and_what_to_install() {
    let mut advice = advice("", &[]);
    advice.flaw = Some(crate::ChessError::NoEngine(None));
    let verdict = checked(&task(advice, "model"), None).await;
    let fault = verdict.rejection.unwrap().fault;
    assert_eq!(fault.code, Code::ChessEngineMissing);
    assert!(
        fault.sentence.contains("sudo apt install stockfish"),
        "{}",
        fault.sentence
    );
    assert!(verdict.artifact.is_some());
}
