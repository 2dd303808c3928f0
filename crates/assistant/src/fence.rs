//! Taking the answer out of a model's prose: the first fenced block of Markdown.
//!
//! Small models asked for bare code wrap it in words anyway, and write worse code when they are
//! kept from doing so; letting them and taking the block out is the better constraint.

/// The content of the first fenced block, or the whole text where there is none.
///
/// A block that was never closed (the answer was cut off) counts to the end of the text.
#[must_use]
pub fn first_block(text: &str) -> &str {
    let Some(open) = text.find("```") else {
        return text.trim();
    };
    let after = &text[open + 3..];
    let Some(line_end) = after.find('\n') else {
        return after.trim_matches('`').trim();
    };
    let (info, body) = after.split_at(line_end);
    // ```SELECT 1``` on one line: there is no info line to drop.
    if let Some(inline) = info.find("```") {
        return info[..inline].trim();
    }
    let end = body.find("```").unwrap_or(body.len());
    body[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::first_block;

    #[test]
    fn the_block_is_taken_out_of_the_words_around_it() {
        let cases = [
            ("SELECT 1", "SELECT 1"),
            ("  SELECT 1 \n", "SELECT 1"),
            ("Sure:\n```sql\nSELECT 1;\n```\nThis counts.", "SELECT 1;"),
            ("```\nSELECT 1\n```", "SELECT 1"),
            ("```sql\nSELECT 1\nFROM a", "SELECT 1\nFROM a"),
            ("```sql\nA\n```\n```sql\nB\n```", "A"),
            ("```SELECT 1```\n", "SELECT 1"),
            ("```", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(first_block(text), expected, "{text:?}");
        }
    }
}
