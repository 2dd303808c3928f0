//! What the worker can do for presets: remembered prefixes, several answers, choices, constraints.

use std::sync::Mutex;

use model::{
    Candidates, Constraint, Ending, Message, Model as _, ModelError, News, Prompt, Role, Sampling,
};
use tokio_util::sync::CancellationToken;

use crate::bench::{Bench, ask};

/// A long preset with a short question behind it.
fn preset(question: &str) -> Prompt {
    let rules: Vec<String> = (0..40)
        .map(|number| {
            format!(
                "Rule {number}: the item {number} lies on shelf {}.",
                number % 7
            )
        })
        .collect();
    let say = |role, text: String| Message { role, text };
    Prompt {
        messages: vec![
            say(Role::System, rules.join(" ")),
            say(Role::User, question.to_owned()),
        ],
        preset: 1,
        ..ask("", 12)
    }
}

#[tokio::test]
async fn a_preset_is_remembered_beside_others_and_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::with(|options| options.prefixes = Some(folder.path().to_owned())).await;
    let question = preset("On which shelf is item 5?");
    let cold = bench.answer(&question).await.unwrap();
    assert_eq!(cold.usage.cached, 0);

    let preset_tokens = bench
        .answer(&preset("And item 9?"))
        .await
        .unwrap()
        .usage
        .cached;
    assert!(preset_tokens > 400, "{preset_tokens}");

    bench.answer(&ask("Hello.", 4)).await.unwrap();
    let from_memory = bench.answer(&question).await.unwrap();
    assert_eq!(from_memory.usage.cached, preset_tokens);
    assert_eq!(from_memory.text, cold.text);
    assert!(
        from_memory.first_token_ms * 3 < cold.first_token_ms,
        "{} ms from memory, {} ms cold",
        from_memory.first_token_ms,
        cold.first_token_ms
    );

    bench.model.shutdown().await;
    let from_disk = bench.answer(&question).await.unwrap();
    assert_eq!(from_disk.usage.cached, preset_tokens);
    assert_eq!(from_disk.text, cold.text);

    // A file that was damaged is not believed.
    bench.model.shutdown().await;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
    let anew = bench.answer(&question).await.unwrap();
    assert_eq!(anew.usage.cached, 0);
    assert_eq!(anew.text, cold.text);
}

#[tokio::test]
async fn a_conversation_that_is_read_once_goes_on_in_several_ways() {
    let bench = Bench::new().await;
    let prompt = Prompt {
        sampling: Sampling::GREEDY,
        ..preset("Read the rules.")
    };
    let ending = |question: &str, options: &[&str]| Ending {
        messages: vec![
            Message {
                role: Role::Assistant,
                text: "I have read them.".to_owned(),
            },
            Message {
                role: Role::User,
                text: question.to_owned(),
            },
        ],
        max_tokens: 12,
        constraint: Some(Constraint::Choices(
            options.iter().map(|option| (*option).to_owned()).collect(),
        )),
    };
    let asked = [
        ("What is two plus two? Say the number.", ["4", "5"]),
        ("What is the capital of France?", ["Paris", "Rome"]),
        ("Is fire cold?", ["Yes", "No"]),
    ];
    let endings = asked.map(|(question, options)| ending(question, &options));
    let told = Mutex::new(Vec::new());
    let sink = |news: News<'_>| {
        if let News::Answer { number, text } = news {
            told.lock().unwrap().push((number, text.to_owned()));
        }
    };
    let cancel = CancellationToken::new();
    let mut answers = bench
        .model
        .generate_each(&prompt, &endings, &sink, &cancel)
        .await
        .unwrap();
    answers.candidates.sort_by_key(|candidate| candidate.number);
    let found = answers.candidates.iter();
    let found: Vec<(u32, String)> = found.map(|one| (one.number, one.text.clone())).collect();
    assert_eq!(found.len(), asked.len());
    for ((number, text), (place, (_, options))) in found.iter().zip((0..).zip(asked)) {
        assert_eq!(*number, place);
        assert!(options.contains(&text.as_str()), "{found:?}");
    }
    let mut told = told.into_inner().unwrap();
    told.sort_unstable();
    assert_eq!(told, found);
    // What they have in common is counted, and read, once.
    assert!(answers.usage.prompt < 1000, "{}", answers.usage.prompt);
    let again = bench
        .model
        .generate_each(&prompt, &endings[1..], &|_| {}, &cancel)
        .await
        .unwrap();
    assert!(again.usage.cached + 8 > again.usage.prompt);
}

#[tokio::test]
async fn several_answers_begin_with_the_likeliest_and_are_repeatable() {
    let bench = Bench::new().await;
    let prompt = Prompt {
        sampling: Sampling {
            temperature: 1.2,
            top_p: 0.95,
            seed: 3,
            repeat_penalty: 1.0,
        },
        ..ask("Name an animal and say one thing about it.", 16)
    };
    let which = Candidates {
        first: 0,
        count: 10,
    };
    let cancel = CancellationToken::new();
    let several = async || {
        let mut answers = bench
            .model
            .generate_n(&prompt, which, &|_| {}, &cancel)
            .await
            .unwrap();
        answers.candidates.sort_by_key(|candidate| candidate.number);
        answers
    };
    let answers = several().await;
    let numbers: Vec<u32> = answers.candidates.iter().map(|one| one.number).collect();
    assert_eq!(numbers, (0..10).collect::<Vec<_>>());
    let mut texts: Vec<&str> = answers
        .candidates
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    texts.sort_unstable();
    texts.dedup();
    assert!(texts.len() > 2, "{texts:?}");
    assert_eq!(several().await.candidates, answers.candidates);

    let greedy = Prompt {
        sampling: Sampling::GREEDY,
        ..prompt.clone()
    };
    let likeliest = bench.answer(&greedy).await.unwrap().text;
    // Eight at once add up their numbers in another order than one alone, so that two tokens that
    // are equally likely may change places further on.
    let beginning: String = likeliest.chars().take(8).collect();
    assert!(
        answers.candidates[0].text.starts_with(&beginning),
        "{:?} and {likeliest:?}",
        answers.candidates[0].text
    );
}

#[tokio::test]
async fn a_choice_gives_probabilities() {
    let bench = Bench::new().await;
    let options: Vec<String> = ["Paris", "London", "Paris, Texas", "Rome"]
        .map(String::from)
        .into();
    let prompt = ask(
        "Which city is the capital of France? Answer with its name.",
        1,
    );
    let choose = async |options: &[String]| {
        bench
            .model
            .choose(&prompt, options, &CancellationToken::new())
            .await
    };
    let probabilities = choose(&options).await.unwrap();
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    assert!(
        probabilities[1..]
            .iter()
            .all(|other| *other < probabilities[0]),
        "{probabilities:?}"
    );
    let many: Vec<String> = (0..70)
        .map(|number| format!("option number {number}"))
        .collect();
    assert_eq!(choose(&many).await.unwrap().len(), 70);
    assert!(matches!(choose(&[]).await, Err(ModelError::Failed { .. })));
}

#[track_caller]
fn check(text: &str, is_right: impl Fn(&str) -> bool) {
    assert!(is_right(text), "{text:?}");
}

#[tokio::test]
async fn a_constraint_holds() {
    let bench = Bench::new().await;
    let answer = async |constraint| {
        let prompt = Prompt {
            constraint: Some(constraint),
            ..ask("Tell me about a pet.", 80)
        };
        bench
            .answer(&prompt)
            .await
            .map(|completion| completion.text)
    };
    let schema = serde_json::json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "maxLength": 20},
            "kind": {"enum": ["cat", "dog"]},
            "age": {"type": "integer", "minimum": 0, "maximum": 30}
        },
        "required": ["name", "kind", "age"],
        "additionalProperties": false
    });
    check(
        &answer(Constraint::JsonSchema(schema)).await.unwrap(),
        |text| {
            let pet: serde_json::Value = serde_json::from_str(text).unwrap();
            pet["name"].is_string() && ["cat", "dog"].iter().any(|kind| pet["kind"] == *kind)
        },
    );
    check(
        &answer(Constraint::Regex("[0-9]{3}-[a-f]{2}".into()))
            .await
            .unwrap(),
        |text| text.len() == 6 && text[..3].bytes().all(|byte| byte.is_ascii_digit()),
    );
    check(
        &answer(Constraint::Lark("start: \"a\" \"b\"+ \"c\"".into()))
            .await
            .unwrap(),
        |text| text.starts_with("ab") && text.trim_start_matches(['a', 'b']) == "c",
    );
    let choices = vec!["a \"quoted\" cat".to_owned(), "ein Hund".to_owned()];
    check(
        &answer(Constraint::Choices(choices.clone())).await.unwrap(),
        |text| choices.iter().any(|choice| choice == text),
    );
    for bad in [
        Constraint::Choices(vec![]),
        Constraint::Lark("start: nowhere_defined".into()),
        Constraint::JsonSchema(serde_json::json!({"type": "nonsense"})),
    ] {
        let error = answer(bad.clone()).await.unwrap_err();
        assert!(
            matches!(error, ModelError::Failed { .. }),
            "{bad:?}: {error:?}"
        );
    }
}
