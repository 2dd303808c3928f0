use std::collections::BTreeMap;

use super::*;

const SOURCE: &str = "Returns are free for 30 days.\nAfter that, 1,250.00 NT$ are kept.";

/// Looks at a text with one check; the inputs are `text`, `good`, `bad` and `to`.
fn look_at(check: &str, text: &str, inputs: &[(&str, &str)]) -> Found {
    let file = PresetFile::read(crate::file::tests::SMALL).unwrap();
    let inputs = inputs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let inputs = Inputs(inputs.collect::<BTreeMap<_, _>>());
    let draft = Draft {
        file: &file,
        answer: text,
        inputs: &inputs,
        tongue: Tongue::of(inputs.get("text").unwrap_or_default()),
    };
    let (entry, argument) = entry(check).unwrap();
    let at = Looked {
        text,
        draft: &draft,
        argument,
    };
    (entry.look)(&at)
}

#[track_caller]
fn check(name: &str, good: &[&str], bad: &[&str]) {
    let inputs = [
        ("text", SOURCE),
        ("good", "2024-01-31\n1999-12-01"),
        ("bad", "31.01.2024"),
        ("to", "zh-Hant"),
    ];
    for text in good {
        let found = look_at(name, text, &inputs);
        assert!(
            found.check.passed,
            "{name} refused {text:?}: {}",
            found.check.detail
        );
    }
    for text in bad {
        let found = look_at(name, text, &inputs);
        assert!(
            !found.check.passed,
            "{name} took {text:?}: {}",
            found.check.detail
        );
        assert!(
            found.feedback.ends_with('.') || found.feedback.ends_with('…'),
            "{}",
            found.feedback
        );
    }
}

#[test]
fn every_check_takes_the_good_and_refuses_the_bad() {
    check(
        "json",
        &["{\"a\": 1}", "[]"],
        &["{a: 1}", "", "{\"a\": 1} and"],
    );
    check(
        "yaml",
        &["a: 1\nb:\n  - c", "- a"],
        &["a: b: c", "just words", "a: [1"],
    );
    check("toml", &["a = 1\n[b]\nc = 'd'"], &["a = ", "a: 1"]);
    check("xml", &["<a><b/></a>"], &["<a><b></a>", "<a", "text"]);
    check("csv", &["a,b\n1,\"2,5\""], &["a,b\n1", "words", ""]);
}

#[test]
fn patterns_and_languages_are_looked_at() {
    check(
        "regex:good,bad",
        &[r"^\d{4}-\d{2}-\d{2}$", r"/^\d{4}-/"],
        &[r"(\d", r"\d+", r"^\d{2}\."],
    );
    check("regex", &[r"(?<=a)b", "a+"], &["a(", "[z-a]"]);
    check(
        "cron",
        &["0 9 * * 1-5", "*/15 * * * * /usr/bin/backup", "@daily"],
        &["* * *", "61 * * * *", "0 0 30 2 *", "daily"],
    );
    check("language", &["Free for a month."], &["三十天內免費。"]);
    check(
        "language:to",
        &["三十天內免費退貨。"],
        &["三十天内免费退货。", "Free."],
    );
    check("language:text", &["It is free."], &["免費退貨，請放心。"]);
}

#[test]
fn lengths_and_tables_are_looked_at() {
    check("max-chars:5", &["12345", "一二三四五"], &["123456"]);
    check(
        "max-words:3",
        &["one two three", "一二三四五六"],
        &["one two three four"],
    );
    check("max-lines:2", &["a\n\nb"], &["a\nb\nc"]);
    check("min-lines:2", &["a\nb"], &["a\n\n"]);
    check(
        "markdown-table",
        &["| a | b |\n|---|:-:|\n| 1 | x \\| y |"],
        &[
            "a, b",
            "| a | b |\n| 1 | 2 |",
            "| a | b |\n|---|---|\n| 1 |",
            "| a |\n|---|",
        ],
    );
}

#[test]
fn what_may_be_said_is_looked_at() {
    check(
        "keeps-numbers:text",
        &["30 days, then 1250 NT$", "1,250 … 30"],
        &["30 days", "130 and 1250"],
    );
    check(
        "no-new-numbers",
        &["30 days", "three points: 1, 2, 3", "$1,250"],
        &["60 days", "1.250.00"],
    );
    check(
        "no-placeholder",
        &["Dear Ms Lee, [see here](https://a.b) [1] [x]"],
        &[
            "Dear [Name],",
            "Lorem ipsum",
            "您好，【您的姓名】",
            "Hello {name}",
            "TODO: more",
        ],
    );
    check(
        "quotes-source:text",
        &[
            "They say \"Returns are free for 30 days\".",
            "> returns are free for 30 days.",
        ],
        &["Free.", "“Returns are free for 60 days.”"],
    );
}

#[test]
fn formulas_and_quizzes_are_looked_at() {
    check(
        "formula",
        &[
            "=SUM(B2:B50)",
            "=IF(D2>100,\"高\",\"低\")",
            "='My sheet'!A1*1.2%",
            "=SUMIFS(C:C,A:A,\">=\"&TODAY(),B:B,\"x\")",
            "=-(1+2)^2",
            "=IF(A1,,2)",
            "={1,2;3,4}",
        ],
        &[
            "SUM(A1)",
            "=SUM(A1",
            "=SUMM(A1)",
            "=A1+",
            "=IF(A1;1;2)",
            "=\"a",
            "=A1 is 3",
            "=",
        ],
    );
    check("distinct-lines", &["- a\n- b"], &["- A\n- a."]);
    check(
        "questions",
        &["1. Why?\n2. 為什麼？"],
        &["1. Why?\nBecause."],
    );
    check(
        "quiz",
        &[r#"{"questions":[{"question":"q","options":["a","b"],"answer":1}]}"#],
        &[
            r#"{"questions":[{"question":"q","options":["a","a"],"answer":1}]}"#,
            r#"{"questions":[{"question":"q","options":["a","b"],"answer":2}]}"#,
            r#"{"questions":[]}"#,
            "{}",
        ],
    );
    check(
        "colours-contrast",
        &["#102030 ink\n#fafafa paper\n#cc3311 seal"],
        &["#102030", "#777777\n#888888\n#999999"],
    );
}

#[test]
fn cells_that_were_spoken_of_are_used() {
    let look = |said: &str, formula: &str| {
        look_at("cells:text", formula, &[("text", said)])
            .check
            .passed
    };
    assert!(look("sum of B2 to B50", "=SUM($B$2:B50)"));
    assert!(!look("sum of B2 to B50", "=SUM(B2:B5)"));
    assert!(look(
        "column B where column A is x",
        "=SUMIF(A:A,\"x\",B:B)"
    ));
    assert!(!look("A 欄是 x 時 B 欄的總和", "=SUMIF(C:C,\"x\",B:B)"));
}

#[test]
fn what_is_found_is_shown() {
    let now: jiff::Zoned = "2025-03-31T08:00:00[UTC]".parse().unwrap();
    let found = cron::look_from("30 9 * * 1", now);
    let times: Vec<&str> = found
        .findings
        .iter()
        .map(|one| one.value.as_str())
        .collect();
    assert_eq!(
        times[..2],
        ["2025-03-31 09:30, Mon", "2025-04-07 09:30, Mon"]
    );
    let found = look_at("markdown-table", "| a |\n|--|\n| 1 |", &[]);
    assert_eq!(found.table, vec![vec!["a"], vec!["1"]]);
    let found = look_at(
        "quotes-source:text",
        "> After that, 1,250.00 NT$ are kept.",
        &[("text", SOURCE)],
    );
    assert_eq!(found.findings[0].value, "2");
}

#[test]
fn an_answer_that_never_ends_is_no_answer() {
    let endless = format!("It is good. {}", "And so on. ".repeat(20));
    let table = "| 1 | 2 |\n".repeat(20);
    for (text, holds) in [
        ("", false),
        ("ha ha ha ha", true),
        (endless.as_str(), false),
        (table.as_str(), true),
    ] {
        let file = PresetFile::read(crate::file::tests::SMALL).unwrap();
        let inputs = Inputs::default();
        let draft = Draft {
            file: &file,
            answer: text,
            inputs: &inputs,
            tongue: Tongue::English,
        };
        let found = ends::look(&Looked {
            text,
            draft: &draft,
            argument: None,
        });
        assert_eq!(found.check.passed, holds, "{text:?}");
    }
}

#[test]
fn a_file_names_only_checks_that_there_are() {
    let inputs = ["text", "to"];
    for good in [
        "json",
        "max-chars:20",
        "language",
        "language:to",
        "regex:text,to",
    ] {
        assert_eq!(problem(good, &inputs), None, "{good}");
    }
    for bad in [
        "jason",
        "json:1",
        "max-chars",
        "max-chars:x",
        "language:from",
        "regex:text,to,to",
        "quotes-source",
    ] {
        assert!(problem(bad, &inputs).is_some(), "{bad}");
    }
}

#[test]
fn names_of_checks_are_not_shared() {
    let mut all: Vec<&str> = names().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
}
