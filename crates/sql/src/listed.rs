//! How many columns a question lists.
//!
//! "Show number and name of …" and "列出姓名、城市" say what the answer has, column by column. A draft
//! that shows another number of them has either left something out or added something nobody asked for.
//! Only lists that are plainly lists are counted: behind a colon, behind a word that asks for one, or a
//! last sentence without a verb. Of everything else nothing is known.

use sqlparser::ast::{Query, SelectItem, SetExpr};

/// Words that ask for a list and stand at its beginning.
const SHOW: [&str; 9] = [
    "list", "show", "give", "return", "display", "state", "please", "me", "us",
];

/// Words where a list ends and what it is about begins.
const ENDS: [&str; 22] = [
    "of", "for", "from", "who", "that", "which", "where", "in", "with", "whose", "per", "together",
    "by", "as", "on", "at", "are", "is", "were", "was", "have", "has",
];

/// Words that no list has: whatever has them is a sentence.
const SENTENCE: [&str; 26] = [
    "how", "what", "which", "who", "leave", "count", "counts", "counted", "only", "mind", "some",
    "round", "rounded", "need", "not", "are", "is", "do", "does", "include", "exclude", "ignore",
    "use", "sort", "order", "if",
];

/// What stands between things of a list, and is no thing itself.
const ORDER: [&str; 12] = [
    "first",
    "last",
    "sorted",
    "ordered",
    "order",
    "descending",
    "ascending",
    "equal",
    "ties",
    "rounded",
    "only",
    "without",
];

const SHOW_CHINESE: [&str; 6] = ["列出", "給出", "给出", "顯示", "显示", "列明"];

const SENTENCE_CHINESE: [&str; 14] = [
    "多少", "幾", "几", "哪", "什麼", "什么", "不算", "不計", "不计", "不含", "也算", "只算", "誰",
    "谁",
];

/// How a clause begins that says which rows, or in what order.
const CLAUSE_CHINESE: [&str; 16] = [
    "只", "按", "由", "從", "从", "不", "排", "含", "並", "并", "依", "且", "以", "保留", "先",
    "用",
];

/// How many columns a question lists, where it plainly lists any.
pub fn asked_for(question: &str) -> Option<usize> {
    let text = without_asides(&question.to_lowercase());
    let text = text.trim();
    if text.chars().any(is_han) {
        return of_chinese(text);
    }
    let sentences: Vec<&str> = text
        .split(['.', '?', '!'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let (last, earlier) = sentences.split_last()?;
    let listing = sentences
        .iter()
        .rev()
        .find_map(|sentence| behind_a_word(sentence).or_else(|| behind_a_colon(sentence)));
    match listing {
        Some(list) => of_english(&list),
        None if !earlier.is_empty() && !has_any(last, &SENTENCE) => of_english(last),
        None => None,
    }
}

/// The last sentence of several, where it is nothing but a list: "Which are late? Name and hours." In
/// small letters, as `question` is.
pub fn bare(question: &str) -> Option<&str> {
    let text = question.trim().trim_end_matches(['.', '?', '!']);
    let (_, last) = text.rsplit_once(['.', '?', '!'])?;
    let is_list =
        last.contains([',', ' ']) && !has_any(last, &SENTENCE) && !last.chars().any(is_han);
    is_list.then_some(last)
}

/// How many columns a statement shows; nothing where it shows all there are.
pub fn shown(query: &Query) -> Option<usize> {
    let mut body = &*query.body;
    while let SetExpr::SetOperation { left, .. } = body {
        body = left;
    }
    let SetExpr::Select(select) = body else {
        return None;
    };
    let is_plain = |item: &SelectItem| {
        matches!(
            item,
            SelectItem::UnnamedExpr(_) | SelectItem::ExprWithAlias { .. }
        )
    };
    select
        .projection
        .iter()
        .all(is_plain)
        .then_some(select.projection.len())
}

/// The text without what stands in brackets.
fn without_asides(text: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for letter in text.chars() {
        match letter {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

fn is_han(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '\'')
        .filter(|word| !word.is_empty())
}

fn has_any(text: &str, some: &[&str]) -> bool {
    words(text).any(|word| some.contains(&word))
}

/// What a sentence lists that begins with "show" or "list".
fn behind_a_word(sentence: &str) -> Option<String> {
    let mut rest = sentence;
    let mut is_list = false;
    while let Some((word, behind)) = rest.split_once(' ')
        && SHOW.contains(&word)
    {
        is_list = true;
        rest = behind.trim_start();
    }
    if !is_list {
        return None;
    }
    // "List each pupil with his teacher: …" says behind the colon what to list.
    if let Some(list) = behind_a_colon(rest) {
        return Some(list);
    }
    let mut list = String::new();
    for piece in rest.split_inclusive([' ', ',']) {
        let word = piece.trim_matches([' ', ',']);
        if ENDS.contains(&word) {
            break;
        }
        list.push_str(piece);
    }
    // "List all pupils" lists whatever there is of them.
    let is_all = has_any(&list, &["all", "each", "every", "everything", "any"]);
    (!is_all).then_some(list)
}

/// What stands behind a colon, unless that is a sentence.
fn behind_a_colon(sentence: &str) -> Option<String> {
    let (_, list) = sentence.rsplit_once(": ")?;
    (!has_any(list, &SENTENCE)).then(|| list.to_owned())
}

fn of_english(list: &str) -> Option<usize> {
    let list = list.replace(" and ", ",").replace(" & ", ",");
    let things = list
        .split([',', ';'])
        .map(str::trim)
        .filter(|thing| !thing.is_empty() && !has_any(thing, &ORDER));
    some(things.count())
}

/// Nothing is no list, and a dozen things are hardly one.
fn some(count: usize) -> Option<usize> {
    (1..12).contains(&count).then_some(count)
}

fn of_chinese(text: &str) -> Option<usize> {
    let sentences: Vec<&str> = text
        .split(['。', '？', '?', '！', '；'])
        .map(str::trim)
        .filter(|sentence| !sentence.is_empty())
        .collect();
    let list = sentences.iter().rev().find_map(|sentence| {
        let behind = sentence
            .rsplit_once(['：', ':'])
            .map(|(_, behind)| behind)
            .or_else(|| {
                let places = SHOW_CHINESE
                    .iter()
                    .filter_map(|word| sentence.rfind(word).map(|place| place + word.len()));
                sentence.get(places.max()?..)
            })?;
        let is_sentence = SENTENCE_CHINESE.iter().any(|word| behind.contains(word));
        (!is_sentence).then_some(behind)
    })?;
    let mut count = 0;
    for clause in list.split(['，', ',']) {
        if CLAUSE_CHINESE.iter().any(|word| clause.starts_with(word)) {
            break;
        }
        let clause = clause
            .replace("及以上", "")
            .replace("及以下", "")
            .replace("以及", "、");
        let things = clause.split(['、', '和', '與', '与', '及']);
        count += things.filter(|thing| !thing.trim().is_empty()).count();
    }
    some(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[track_caller]
    fn check(question: &str, expected: Option<usize>) {
        assert_eq!(asked_for(question), expected, "{question}");
    }

    #[test]
    fn what_is_plainly_listed_is_counted() {
        check(
            "List number and street of the houses that burnt in 1901.",
            Some(2),
        );
        check(
            "Which boats are late? Name, port (of departure) and hours, latest first.",
            Some(3),
        );
        check(
            "List each pupil with the teacher: pupil's name, teacher's name. Leave out the guests.",
            Some(2),
        );
        check("Show me the names of the guests who left", Some(1));
        check("Which rooms are free? Give the floor.", Some(1));
        check("哪些船遲到了？列出船名、港口和時數，由多到少。", Some(3));
        check("列出離港的船（不含渡輪）：船名、港口。", Some(2));
        check("只列出3艘及以上的港口名称和艘数", Some(2));
        check("列出帳號，姓名", Some(2));
    }

    #[test]
    fn of_sentences_nothing_is_known() {
        for question in [
            "How many boats are late?",
            "List all boats.",
            "Boats of 1901: how many were late, per port?",
            "Which boats are late? Only those with a crew count.",
            "有幾艘船遲到了？渡輪不算。",
            "",
        ] {
            check(question, None);
        }
    }

    #[test]
    fn the_columns_of_a_statement_are_counted() {
        let count = |sql: &str| shown(&query(sql));
        assert_eq!(count("SELECT a, b AS c FROM t"), Some(2));
        assert_eq!(count("SELECT a FROM t UNION SELECT b FROM t"), Some(1));
        assert_eq!(count("SELECT * FROM t"), None);
        assert_eq!(count("SELECT a, t.* FROM t"), None);
    }
}
