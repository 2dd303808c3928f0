//! Taking out of an answer what it is about.

use assistant::fence::first_block;

use crate::file::Extract;

/// The part of an answer that counts.
pub(crate) fn extract(answer: &str, which: Extract) -> String {
    match which {
        Extract::Whole => answer.trim().to_owned(),
        Extract::Fence => first_block(answer).to_owned(),
        Extract::Json => first_json(answer).unwrap_or_else(|| answer.trim().to_owned()),
    }
}

/// The first JSON object or array in a text, as it stands there.
fn first_json(text: &str) -> Option<String> {
    let starts = text
        .char_indices()
        .filter(|(_, letter)| matches!(letter, '{' | '['));
    for (start, _) in starts {
        let rest = &text[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        if let Some(Ok(_)) = values.next() {
            return Some(rest[..values.byte_offset()].to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_that_counts_is_taken_out() {
        let cases = [
            (Extract::Whole, " a \n", "a"),
            (Extract::Fence, "Sure:\n```\nls\n```\nIt lists.", "ls"),
            (
                Extract::Json,
                "Here [you are]: {\"a\": [1]} and so on",
                "{\"a\": [1]}",
            ),
            (Extract::Json, "[1, 2]", "[1, 2]"),
            (Extract::Json, "none", "none"),
        ];
        for (which, answer, expected) in cases {
            assert_eq!(extract(answer, which), expected, "{answer}");
        }
    }
}
