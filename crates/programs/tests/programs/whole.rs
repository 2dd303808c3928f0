//! The assistant as it is used: what it asks a model, and what it makes without one.

use std::collections::BTreeMap;

use assistant::artifact::{ArtifactKind, CodeResult};
use assistant::{Answer, Artifact, Assistant, Inputs, Plan, SoFar, Verdict};
use tokio_util::sync::CancellationToken;

use programs::Programs;

async fn ground(text: &str, framework: Option<&str>) -> Box<dyn assistant::Task> {
    let programs = Programs::new().unwrap();
    let mut inputs = BTreeMap::from([("text".to_owned(), text.to_owned())]);
    inputs.extend(framework.map(|name| ("framework".to_owned(), name.to_owned())));
    programs
        .ground(&Inputs(inputs), &|_| {}, &CancellationToken::new())
        .await
        .unwrap()
}

/// The verdict after the model gave these answers, one a step.
async fn after(text: &str, framework: Option<&str>, answers: &[Answer]) -> Verdict {
    let task = ground(text, framework).await;
    let mut so_far = SoFar::default();
    for answer in answers {
        let verdict = task
            .check(&so_far, answer, &CancellationToken::new())
            .await
            .unwrap();
        if !verdict.goes_on || !verdict.is_accepted() {
            return verdict;
        }
        so_far.accepted.push(answer.clone());
    }
    assert_eq!(task.plan(&so_far), Plan::Nothing, "{text}");
    task.check(&so_far, &Answer::Nothing, &CancellationToken::new())
        .await
        .unwrap()
}

fn program(verdict: &Verdict) -> &CodeResult {
    match &verdict.artifact {
        Some(Artifact::Code(program)) => program,
        other => panic!("{other:?} is no program: {:?}", verdict.rejection),
    }
}

#[track_caller]
fn has(program: &CodeResult, parts: &[&str]) {
    for part in parts {
        assert!(
            program.code.contains(part),
            "no {part:?} in\n{}",
            program.code
        );
    }
}

#[test]
fn the_built_in_description_is_whole() {
    let programs = Programs::new().unwrap();
    let description = programs.description();
    assert_eq!(
        (description.id.as_str(), description.artifact),
        ("ml-model", ArtifactKind::Code)
    );
    for example in &description.examples {
        for value in &example.values {
            assert!(description.field(&value.name).is_some(), "{}", value.name);
        }
    }
}

#[tokio::test]
async fn the_classic_request_needs_no_model() {
    let text = "An image classifier for 5 classes, 25,000 training images of 500×500";
    for (framework, parts) in [
        (
            "keras",
            [
                "NUM_CLASSES = 5",
                "(256, 256, 3)",
                "EfficientNetV2B0",
                "500×500",
            ],
        ),
        (
            "pytorch",
            [
                "NUM_CLASSES = 5",
                "(256, 256, 3)",
                "efficientnet_b0",
                "500×500",
            ],
        ),
    ] {
        assert_eq!(
            ground(text, Some(framework)).await.plan(&SoFar::default()),
            Plan::Nothing
        );
        let verdict = after(text, Some(framework), &[]).await;
        assert!(verdict.is_accepted() && !verdict.goes_on);
        let program = program(&verdict);
        has(program, &parts);
        let names: Vec<&str> = program
            .files
            .iter()
            .map(|file| file.name.as_str())
            .collect();
        assert_eq!(names, ["train.py", "requirements.txt", "README.md"]);
        assert!(
            program.files[1]
                .text
                .lines()
                .all(|line| line.contains("=="))
        );
    }
}

#[tokio::test]
async fn every_template_gives_python_in_both_frameworks() {
    for text in [
        "classify photos into cats, dogs and birds, to run on a phone",
        "an image classifier for MNIST, a CNN with two conv layers of 32 and 64, max pooling, dense 128, softmax 10",
        "detect helmets and vests in photos of building sites with bounding boxes, 2 classes",
        "predict the price from area, rooms and age in houses.xlsx",
        "predict whether a customer will churn from tenure and fee, network with dense 64, dropout 0.3",
        "把商品评论分成正面和负面，情感分析",
        "text classification of tickets into 4 classes with an embedding, a bidirectional LSTM of 64 units, dense 32",
        "forecast the demand from price and weather, time series for the next 12 hours from the last 48 hours",
        "預測未來 7 天的用電量，時間序列，目標欄位是 kwh",
        "cluster our customers by age, income and orders into 4 groups",
    ] {
        for framework in ["keras", "pytorch"] {
            let answers = vec![Answer::Texts(vec![
                r#"{"target": "demand", "features": []}"#.to_owned(),
            ])];
            let task = ground(text, Some(framework)).await;
            let answers = match task.plan(&SoFar::default()) {
                Plan::Nothing => vec![],
                Plan::Ask(_) => answers,
                other => panic!("{text}: {other:?}"),
            };
            let verdict = after(text, Some(framework), &answers).await;
            assert!(verdict.is_accepted(), "{text}: {:?}", verdict.rejection);
            assert!(
                verdict
                    .checks
                    .iter()
                    .any(|check| check.name == "parses" && check.passed)
            );
            assert!(!program(&verdict).code.contains("{{"));
        }
    }
}

const NETWORK: &str = "```python\ndef dl_model():\n    inputs = layers.Input(shape=(28, 28, 1))\n    a = layers.Conv2D(8, 3, padding='same', activation='relu')(inputs)\n    b = layers.Conv2D(8, 5, padding='same')(inputs)\n    x = layers.Add()([a, b])\n    x = layers.Flatten()(x)\n    return keras.Model(inputs, layers.Dense(10, activation='softmax')(x))\n```";

#[tokio::test]
async fn a_described_network_is_written_by_the_model_and_then_by_code() {
    let text = "image classification with MNIST: two parallel branches of 3x3 and 5x5 convolutions are added, flattened, and a fully connected layer classifies";
    for (framework, part) in [
        ("keras", "layers.Add()([conv1, conv2])"),
        ("pytorch", "added1 = conv1 + conv2"),
    ] {
        let task = ground(text, Some(framework)).await;
        assert!(task.needs_model());
        assert!(matches!(task.plan(&SoFar::default()), Plan::Several(..)));
        let verdict = after(
            text,
            Some(framework),
            &[Answer::Texts(vec![NETWORK.to_owned()])],
        )
        .await;
        assert!(verdict.is_accepted());
        has(program(&verdict), &[part]);
    }
    // A network that lacks something goes back once, and is then shown with what it lacks.
    let more = format!("{text}, with dropout");
    let answer = Answer::Texts(vec![NETWORK.to_owned()]);
    let verdict = after(&more, None, std::slice::from_ref(&answer)).await;
    assert!(verdict.rejection.unwrap().feedback.contains("no Dropout"));
    let task = ground(&more, None).await;
    let so_far = SoFar {
        failed: vec![assistant::Attempt {
            draft: NETWORK.to_owned(),
            feedback: String::new(),
        }],
        ..SoFar::default()
    };
    let verdict = task
        .check(&so_far, &answer, &CancellationToken::new())
        .await
        .unwrap();
    assert!(verdict.is_accepted() && verdict.confidence.is_some_and(|sure| sure < 0.5));
    assert!(
        verdict
            .checks
            .iter()
            .any(|check| check.name == "described" && !check.passed)
    );
    let broken = Answer::Texts(vec!["```python\nx = Mystery(3)(y)\n```".to_owned()]);
    let verdict = after(text, None, &[broken]).await;
    assert!(!verdict.is_accepted());
    assert!(verdict.rejection.unwrap().feedback.contains("Mystery"));
}

#[tokio::test]
async fn where_the_words_do_not_say_the_model_chooses() {
    let text = "something with my data please";
    let task = ground(text, None).await;
    let Plan::Choose(_, options) = task.plan(&SoFar::default()) else {
        panic!("no choice");
    };
    let mut chances = vec![0.0; options.len()];
    let place = options
        .iter()
        .position(|option| option == "clustering")
        .unwrap();
    chances[place] = 1.0;
    let verdict = after(text, None, &[Answer::Chances(chances)]).await;
    has(program(&verdict), &["KMeans"]);
}

#[tokio::test]
async fn other_requests_are_answered_freely_and_marked_as_such() {
    let text = "a GAN that draws anime faces";
    let good = Answer::Texts(vec![
        "```python\nimport torch\nimport anime\nprint(torch.ones(3))\n```".to_owned(),
    ]);
    let verdict = after(text, None, &[good]).await;
    assert!(verdict.is_accepted());
    let program = program(&verdict);
    let finding = |name: &str| {
        program
            .findings
            .iter()
            .find(|one| one.name == name)
            .map(|one| one.value.clone())
    };
    assert_eq!(finding("source").as_deref(), Some("model"));
    assert_eq!(finding("unknown-modules").as_deref(), Some("anime"));
    assert_eq!(program.files[1].text, "torch==2.15.0\n");
    let bad = Answer::Texts(vec!["```python\ndef f(:\n```".to_owned()]);
    assert!(!after(text, None, &[bad]).await.is_accepted());
}
