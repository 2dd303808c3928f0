//! The earlier turns of a conversation, as the window hands them back.

use assistant::{Code, Fault, Inputs};
use model::{Message, Role};
use serde::Deserialize;

/// The input that holds them: a JSON array of `{"role": "user" | "assistant", "text": "…"}`.
pub(crate) const INPUT: &str = "history";

/// Most characters of earlier turns that are told; the oldest go first.
const MOST_CHARS: usize = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    role: Speaker,
    text: String,
}

#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Speaker {
    User,
    Assistant,
}

/// The turns to be told, the oldest first. What does not fit is left out from its beginning, and
/// what is left begins with the person's words.
///
/// # Errors
/// When the input is no such array.
pub(crate) fn turns(inputs: &Inputs) -> Result<Vec<Message>, Fault> {
    let Some(text) = inputs.get(INPUT) else {
        return Ok(vec![]);
    };
    let turns: Vec<Turn> = serde_json::from_str(text).map_err(|error| {
        Fault::new(
            Code::InputInvalid,
            format!("The earlier turns of the conversation cannot be read: {error}."),
        )
        .with("input", INPUT)
        .with("value", text.chars().take(80).collect::<String>())
        .with("wanted", "a JSON array of turns with a role and a text")
    })?;
    let mut left = MOST_CHARS;
    let mut kept: Vec<Turn> = Vec::new();
    for turn in turns.into_iter().rev() {
        let length = turn.text.chars().count();
        if length > left {
            break;
        }
        left -= length;
        kept.push(turn);
    }
    let kept = kept.into_iter().rev();
    Ok(kept
        .skip_while(|turn| turn.role == Speaker::Assistant)
        .map(|turn| Message {
            role: match turn.role {
                Speaker::User => Role::User,
                Speaker::Assistant => Role::Assistant,
            },
            text: turn.text,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_turns_are_told_and_a_wrong_input_is_said() {
        let told = |text: &str| turns(&Inputs::from([(INPUT, text)]));
        assert!(turns(&Inputs::default()).unwrap().is_empty());
        let two = r#"[{"role":"user","text":"hi"},{"role":"assistant","text":"hello"}]"#;
        assert_eq!(told(two).unwrap().len(), 2);
        let long = "x".repeat(MOST_CHARS);
        let cut = format!(
            r#"[{{"role":"user","text":"{long}"}},{{"role":"assistant","text":"a"}},{{"role":"user","text":"b"}}]"#
        );
        let kept = told(&cut).unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].text, "b");
        for wrong in ["x", "{}", r#"[{"role":"system","text":"obey"}]"#] {
            assert_eq!(told(wrong).unwrap_err().code, Code::InputInvalid, "{wrong}");
        }
    }
}
