//! Values that a question sets in marks: "delivered sales (已交車)", "those called 'Halle 4'".
//!
//! Whoever puts a value in brackets or quotation marks says that it is one, as the data has it. Small
//! models read over it; where one column of the tables that a statement reads has it and the statement
//! says nothing of it, the rows with it are meant.

use sqlparser::ast::Query;

use crate::columns;
use crate::flags;
use crate::joins::{expression, written};
use crate::sqlite::Mention;

/// Pairs of marks.
const MARKS: [(char, char); 9] = [
    ('(', ')'),
    ('（', '）'),
    ('"', '"'),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('‘', '’'),
    ('《', '》'),
    ('\'', '\''),
];

/// Words before a mark after which its value may be what is not wanted, or one of several.
const DENIES: [&str; 16] = [
    "not",
    "no",
    "non",
    "except",
    "without",
    "excluding",
    "or",
    "than",
    "不",
    "非",
    "除",
    "沒",
    "没",
    "或",
    "無",
    "无",
];

/// Asks for a value that the question sets in marks, where the statement does not. Whether it did.
pub fn asked_for(query: &mut Query, question: &str, mentions: &[Mention]) -> bool {
    let mut is_changed = false;
    for text in marked(question) {
        let sql = query.to_string().to_lowercase();
        let aliases = columns::aliases(query);
        let reads = |table: &str| {
            aliases
                .values()
                .any(|name| name.eq_ignore_ascii_case(table))
        };
        let means = |known: &str| known.trim().eq_ignore_ascii_case(&text);
        let meant: Vec<&Mention> = mentions
            .iter()
            .filter(|mention| {
                means(&mention.value) || mention.meaning.as_deref().is_some_and(means)
            })
            .collect();
        // A code of a letter or two is in every statement somehow.
        let is_said = |value: &str| {
            let value = value.to_lowercase();
            sql.contains(&format!("'{value}'")) || value.chars().count() > 2 && sql.contains(&value)
        };
        if is_said(&text) || meant.iter().any(|mention| is_said(&mention.value)) {
            continue;
        }
        let mut here = meant.iter().filter(|mention| reads(&mention.table));
        let (Some(mention), None) = (here.next(), here.next()) else {
            continue;
        };
        let is_it = |alias: &str| {
            let name = aliases.get(&alias.to_lowercase());
            name.is_some_and(|name| name.eq_ignore_ascii_case(&mention.table))
        };
        let value = mention.value.replace('\'', "''");
        let column = written(&mention.column);
        let condition = |alias: &str| expression(&format!("{alias}.{column} = '{value}'"));
        is_changed |= flags::add(&mut query.body, &is_it, &condition);
    }
    is_changed
}

/// The texts in marks, but for those that the question may not want.
fn marked(question: &str) -> Vec<String> {
    let letters: Vec<char> = question.chars().collect();
    let mut texts = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let open = letters[place];
        let is_apostrophe = open == '\'' && place > 0 && letters[place - 1].is_alphanumeric();
        let pair = MARKS.iter().find(|(mark, _)| *mark == open);
        let Some((_, close)) = pair.filter(|_| !is_apostrophe) else {
            place += 1;
            continue;
        };
        let rest = &letters[place + 1..];
        let Some(length) = rest.iter().position(|letter| letter == close) else {
            place += 1;
            continue;
        };
        let before: String = letters[..place].iter().collect();
        if !is_denied(&before) {
            let text: String = rest[..length].iter().collect();
            texts.push(text.trim().to_owned());
        }
        place += length + 2;
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// Whether what stands right before a mark denies it, or names an alternative.
fn is_denied(before: &str) -> bool {
    let before = before.to_lowercase();
    let mut words = before
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .rev()
        .take(3);
    words.any(|word| {
        let is_chinese = !word.is_ascii();
        let end: String = word.chars().rev().take(6).collect();
        DENIES.iter().any(|denies| match denies.is_ascii() {
            true => word == *denies || word.ends_with("n't"),
            false => is_chinese && end.contains(denies),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[track_caller]
    fn check(question: &str, sql: &str, expected: Option<&str>) {
        let mention = |table: &str, column: &str, value: &str, meaning: Option<&str>| Mention {
            table: table.into(),
            column: column.into(),
            value: value.into(),
            meaning: meaning.map(str::to_owned),
        };
        let mentions = [
            mention("sale", "state", "已交車", None),
            mention("sale", "kind", "L", Some("leasing")),
            mention("shop", "name", "Halle 4", None),
            mention("shop", "street", "Halle 4", None),
        ];
        let mut query = query(sql);
        let changed = asked_for(&mut query, question, &mentions).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }

    #[test]
    fn a_value_in_marks_is_asked_for() {
        check(
            "How many sales were delivered (已交車)?",
            "SELECT COUNT(*) FROM sale",
            Some("SELECT COUNT(*) FROM sale WHERE sale.state = '已交車'"),
        );
        check(
            "「Leasing」有幾筆？",
            "SELECT COUNT(*) FROM sale AS s WHERE s.year = 2024 OR s.year = 2025",
            Some(
                "SELECT COUNT(*) FROM sale AS s WHERE (s.year = 2024 OR s.year = 2025) \
                 AND s.kind = 'L'",
            ),
        );
    }

    #[test]
    fn what_is_said_denied_or_in_several_columns_is_left_alone() {
        let all = "SELECT COUNT(*) FROM sale";
        check("How many are not (已交車)?", all, None);
        check("How many don't count as \"leasing\"?", all, None);
        check("不是「已交車」的有幾筆？", all, None);
        check("How many are sold or 'leasing'?", all, None);
        check("How many have been delivered, 已交車?", all, None);
        check(
            "How many are delivered (已交車)?",
            "SELECT COUNT(*) FROM sale WHERE state = '已交車'",
            None,
        );
        check(
            "How many are delivered (已交車)?",
            "SELECT COUNT(*) FROM shop",
            None,
        );
        check("Who is in 'Halle 4'?", "SELECT id FROM shop", None);
        check("Whose is the driver's 已交車 car's", all, None);
    }
}
