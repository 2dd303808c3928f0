use super::*;

/// As small as a preset can be.
pub(crate) const SMALL: &str = r#"
version = 1
id = "echo"
[title]
en = "Echo"
zh-Hant = "回聲"
zh-Hans = "回声"
[description]
en = "Says it again."
zh-Hant = "再說一次。"
zh-Hans = "再说一次。"
[button]
en = "Say"
zh-Hant = "說"
zh-Hans = "说"
[prompt]
template = "Say: {{ text }}"
[[inputs]]
name = "text"
kind = "long-text"
required = true
max_chars = 1000
[inputs.label]
en = "Text"
zh-Hant = "文字"
zh-Hans = "文字"
[inputs.placeholder]
en = ""
zh-Hant = ""
zh-Hans = ""
[[shots]]
input = { text = "a" }
output = "a"
"#;

#[track_caller]
fn check(from: &str, to: &str, line: usize, reason: &str) {
    assert!(SMALL.contains(from), "{from}");
    let text = SMALL.replacen(from, to, 1);
    match PresetFile::read(&text) {
        Err(PresetError::Wrong {
            line: at,
            reason: why,
        }) => {
            assert!(why.contains(reason), "{why:?} and not {reason:?}");
            assert_eq!(at, line, "{why}");
        }
        other => panic!("{to:?}: {other:?}"),
    }
}

#[test]
fn a_wrong_file_is_refused_with_line_and_reason() {
    check("version = 1\n", "", 1, "no `version`");
    check("version = 1", "version = \"1\"", 2, "from 1");
    check("version = 1", "version = 0", 2, "from 1");
    check("id = \"echo\"", "id = \"Echo me\"", 3, "small letters");
    check("id = \"echo\"", "id = echo", 3, "");
    check(
        "id = \"echo\"",
        "id = \"echo\"\ncolor = 3",
        4,
        "unknown field",
    );
    check(
        "kind = \"long-text\"",
        "kind = \"longtext\"",
        20,
        "unknown variant",
    );
    check(
        "name = \"text\"",
        "name = \"language\"",
        19,
        "cannot be called",
    );
    check("{{ text }}", "{{ txet }}", 17, "asks for txet");
    check("{{ text }}", "{% include 'x' %}", 17, "cannot be used");
}

#[test]
fn what_a_file_asks_for_must_be_there() {
    check("{ text = \"a\" }", "{ tone = \"a\" }", 31, "tone");
    check(
        "[[shots]]",
        "[output]\nchecks = [\"json\",\n\"jason\"]\n[[shots]]",
        33,
        "no check called jason",
    );
    check(
        "[[shots]]",
        "[output]\nartifact = \"books\"\n[[shots]]",
        32,
        "an assistant of their own",
    );
    check(
        "[[shots]]",
        "[engine]\nmax_tokens = 99999\n[[shots]]",
        32,
        "max_tokens",
    );
    check(
        "[[shots]]",
        "[engine]\ntalk = \"conversation\"\n[[shots]]",
        32,
        "history",
    );
    check(
        "[[shots]]",
        "[output.constraint]\nregex = \"(\"\n[[shots]]",
        31,
        "regular expression",
    );
    check(
        "[[shots]]",
        "[output.constraint]\nregex = \"a\"\nlark = \"b\"\n[[shots]]",
        31,
        "only one",
    );
    check("[[shots]]", "[[shots]]\n[[shots]]", 31, "missing field");
}

#[test]
fn huge_and_future_files_are_refused() {
    let huge = format!("{SMALL}\n# {}", "x".repeat(MOST_BYTES));
    assert!(matches!(
        PresetFile::read(&huge),
        Err(PresetError::TooLarge { .. })
    ));
    let future = SMALL.replace("version = 1", "version = 7\nnew_thing = 1");
    assert_eq!(
        PresetFile::read(&future),
        Err(PresetError::TooNew {
            version: 7,
            known: VERSION
        })
    );
    let long = SMALL.replace(
        "output = \"a\"",
        &format!("output = \"{}\"", "x".repeat(20_000)),
    );
    assert!(matches!(
        PresetFile::read(&long),
        Err(PresetError::Wrong { .. })
    ));
}

#[test]
fn what_is_written_reads_the_same() {
    let file = PresetFile::read(SMALL).unwrap();
    assert_eq!(PresetFile::read(&file.write().unwrap()).unwrap(), file);
    for (name, text) in crate::FILES {
        let file = PresetFile::read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            PresetFile::read(&file.write().unwrap()).unwrap(),
            file,
            "{name}"
        );
    }
}

#[test]
fn built_in_presets_are_named_after_their_ids() {
    for (name, text) in crate::FILES {
        let file = PresetFile::read(text).unwrap();
        assert_eq!(*name, format!("{}.toml", file.id));
        assert_ne!(file.category, Category::Own, "{name}");
        assert!(!file.examples.is_empty(), "{name} has no examples");
    }
}
