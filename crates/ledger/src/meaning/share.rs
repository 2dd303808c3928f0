//! Parts of a sum that are somebody else's: "half mine", 一人一半, 3 人平分.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::number;

/// How a sum is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// By how many it is divided; one part is the person's own.
    pub parts: i64,
    /// Whether the rest is the same person's private part, not others'.
    pub is_private: bool,
}

static HALF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bhalf (?:of (?:it|that|this|which) )?(?:is |was )?(?:mine|my)\b|\bmy half\b|\bhalf each\b|\bsplit (?:it |the bill |this )?(?:50/50|evenly|equally|in half|in two|down the middle)|\bsplit (?:it |the bill |this )?with \w+|\bwent halves|\bgo(?:ing)? halves|\bhalf the bill|一人一半|各(?:付|出)?一半|一半(?:是)?我的|我(?:出|付)?一半|对半|对分|\baa(?:制)?\b|平分|平摊|均摊|分摊",
    )
});
static PRIVATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bhalf (?:of (?:it|that|this|which) )?(?:is |was )?(?:for )?(?:private|personal|business|work)\b|\b50% (?:private|personal|business)|一半(?:是)?(?:私人|公司|私用|公用|自用|工作)|公私各半",
    )
});
static WAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\bsplit (?:it |the bill )?(\w+) ways|\bsplit (?:it |the bill )?(?:between|among) (\w+)\b|\bsplit (?:it |the bill )?with (\w+) (?:others|friends|people|colleagues)|([两二三四五六七八九十\d]{1,2}) ?(?:个)?人(?:平分|平摊|均摊|aa|分摊|分)|\ba third (?:is |was )?mine",
    )
});

/// How a happening is shared, where that is said.
pub fn share(folded: &str) -> Option<Share> {
    if PRIVATE.is_match(folded) {
        return Some(Share {
            parts: 2,
            is_private: true,
        });
    }
    if let Some(found) = WAYS.captures(folded) {
        let part = |group: usize| found.get(group).map(|part| part.as_str());
        let count = |word: &str| number::small_english(word).or_else(|| number::small_han(word));
        let parts = match (part(1).or(part(2)).or(part(4)), part(3)) {
            (Some(word), _) => count(word),
            (None, Some(others)) => count(others).map(|others| others + 1),
            (None, None) => Some(3),
        };
        if let Some(parts) = parts.filter(|parts| (2..100).contains(parts)) {
            return Some(Share {
                parts,
                is_private: false,
            });
        }
    }
    HALF.is_match(folded).then_some(Share {
        parts: 2,
        is_private: false,
    })
}
