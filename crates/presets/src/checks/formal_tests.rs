use std::collections::BTreeMap;

use super::super::{Draft, Looked, entry};
use super::*;
use crate::file::PresetFile;
use crate::tongue::Tongue;
use assistant::Inputs;

const CODE: &str = "def add(a, b):\n    return a + b\n";
const SAMPLE: &str = "[{\"n\": \"a\", \"v\": 3}, {\"n\": \"b\", \"v\": 1}]";

fn look_at(check: &str, text: &str, given: &str) -> Found {
    let file = PresetFile::read(crate::file::tests::SMALL).unwrap();
    let inputs = Inputs(BTreeMap::from([("text".to_owned(), given.to_owned())]));
    let draft = Draft {
        file: &file,
        answer: text,
        inputs: &inputs,
        tongue: Tongue::of(given),
    };
    let (entry, argument) = entry(check).unwrap();
    (entry.look)(&Looked {
        text,
        draft: &draft,
        argument,
    })
}

#[track_caller]
fn good(check: &str, text: &str, given: &str) {
    let found = look_at(check, text, given);
    assert!(found.check.passed, "{check}: {}", found.check.detail);
}

#[track_caller]
fn bad(check: &str, text: &str, given: &str, part: &str) {
    let found = look_at(check, text, given);
    assert!(!found.check.passed, "{check} took {text:?}");
    assert!(found.check.detail.contains(part), "{}", found.check.detail);
    assert!(found.feedback.ends_with('.'), "{}", found.feedback);
}

#[test]
fn languages_are_parsed() {
    good("python", "x = 1\n", "");
    bad("python", "x = (\n", "", "line 1");
    good("dockerfile", "FROM a\n", "");
    bad("dockerfile", "COPY a b\n", "", "before FROM");
    good("parses:text", "const a = 1;", "javascript");
    bad("parses:text", "const = 1;", "javascript", "line 1");
    bad("parses:text", "def f(:\n", "python", "line 1");
}

#[test]
fn explanations_name_what_is_there() {
    good(
        "mentions:text",
        "`add` returns the sum of `a` and `b`.",
        CODE,
    );
    bad(
        "mentions:text",
        "`multiply` returns the sum.",
        CODE,
        "multiply",
    );
    bad("mentions:text", "It adds.", CODE, "names nothing");
}

#[test]
fn tests_call_what_they_test() {
    let tests = "def test_one():\n    assert add(1, 2) == 3\n\n\ndef test_two():\n    assert add(0, 0) == 0\n";
    good("calls:text", tests, CODE);
    bad(
        "calls:text",
        &tests.replace("add(", "sum("),
        CODE,
        "do not call add",
    );
    bad(
        "calls:text",
        "def test_one():\n    assert add(1, 2) == 3\n",
        CODE,
        "fewer than two",
    );
}

#[test]
fn filters_are_run_on_the_sample() {
    good("transforms:text", "map(.v) | add", SAMPLE);
    good("transforms:text", "map(.v)", "n,v\na,1\nb,2\n");
    good("transforms:text", ".a[0].b", "a:\n  - b: 1\n");
    let found = look_at("transforms:text", "map({n})", SAMPLE);
    assert_eq!(found.table, [["n"], ["a"], ["b"]]);
    bad("transforms:text", "map(.missing)", SAMPLE, "gives nothing");
    bad("transforms:text", "map(.v", SAMPLE, "no filter");
    bad("transforms:text", ".", "[1,", "cannot be read");
}
