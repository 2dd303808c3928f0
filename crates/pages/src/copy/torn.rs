//! An answer that ends in the middle, because there was no time or no room for the rest of it: what is
//! complete of it is as good as if the model had stopped there.

/// The JSON up to the last value that is complete, with everything closed that was open there. What is
/// no JSON stays what it is.
pub fn mended(text: &str) -> String {
    let mut open: Vec<char> = Vec::new();
    let mut good = (0, Vec::new());
    let mut in_text = false;
    let mut is_escaped = false;
    // A text behind a colon or in a list is a value; any other is the name of one.
    let mut is_value = true;
    for (place, letter) in text.char_indices() {
        let end = place + letter.len_utf8();
        if in_text {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => {
                    in_text = false;
                    if is_value {
                        good = (end, open.clone());
                    }
                }
                _ => {}
            }
            continue;
        }
        match letter {
            '"' => in_text = true,
            '{' => {
                open.push('}');
                is_value = false;
            }
            '[' => {
                open.push(']');
                is_value = true;
            }
            '}' | ']' => {
                open.pop();
                good = (end, open.clone());
            }
            ':' => is_value = true,
            ',' => is_value = open.last() == Some(&']'),
            _ => {}
        }
    }
    let (end, closers) = good;
    text[..end]
        .chars()
        .chain(closers.into_iter().rev())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn what_is_complete_of_an_answer_is_kept() {
        for (torn, whole) in [
            (
                r#"{"heading":"One","items":[{"title":"A","text":"B."},{"title":"C","te"#,
                r#"{"heading":"One","items":[{"title":"A","text":"B."},{"title":"C"}]}"#,
            ),
            (
                r#"{"heading":"One","lead":"Half of a se"#,
                r#"{"heading":"One"}"#,
            ),
            (
                r#"{"heading":"Say \"yes\"","#,
                r#"{"heading":"Say \"yes\""}"#,
            ),
            (
                r#"{"items":[{"points":["a","b"#,
                r#"{"items":[{"points":["a"]}]}"#,
            ),
            (r#"{"heading":"完成","lead":"還沒"#, r#"{"heading":"完成"}"#),
            (r#"{"heading":"One"}"#, r#"{"heading":"One"}"#),
        ] {
            let mended = mended(torn);
            assert_eq!(mended, whole);
            serde_json::from_str::<serde_json::Value>(&mended).unwrap();
        }
        for nothing in ["", "{", r#"{"heading"#, r#"{"heading":"#] {
            assert_eq!(mended(nothing), "", "{nothing}");
        }
    }
}
