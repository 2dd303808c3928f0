//! What the abbreviations in names stand for.
//!
//! `cust_nm` says "customer name" to whoever has seen a hundred such schemas; a small model guesses,
//! and a search by words finds nothing. Both are told the words. Only what is usual is expanded: a
//! wrong word beside a name is worse than none. It is no translation, and what a person or a
//! definition says of a column always stands before it.

mod english;
mod pinyin;

use crate::sqlite::Schema;

/// Least share of the names in Latin letters that have to be whole words of letters of pinyin before
/// one of them is read so: `dd` is an order in one system and a day in another.
const MOSTLY: f64 = 0.4;

/// What a word costs when letters are cut into words, and what a letter that belongs to none.
const WORD: usize = 1;
const LETTER: usize = 3;

/// Writes down beside each table and column what its name stands for, where that says more.
pub fn expand(schema: &mut Schema) {
    let is_pinyin = is_pinyin(schema);
    let words = |name: &str| match is_pinyin {
        true => pinyin_words(name)
            .map(|(words, _)| words)
            .or_else(|| english_words(name)),
        false => english_words(name),
    };
    for table in &mut schema.tables {
        table.words = words(&table.name).unwrap_or_default();
        for column in &mut table.columns {
            column.words = words(&column.name).unwrap_or_default();
        }
    }
}

/// Whether the names of a schema are first letters of pinyin.
fn is_pinyin(schema: &Schema) -> bool {
    let columns = schema.tables.iter().flat_map(|table| &table.columns);
    let names: Vec<&str> = columns
        .map(|column| column.name.as_str())
        .filter(|name| name.is_ascii())
        .collect();
    let read = names
        .iter()
        .filter(|name| pinyin_words(name).is_some_and(|(_, is_whole)| is_whole))
        .count();
    let english = names
        .iter()
        .filter(|name| english_words(name).is_some())
        .count();
    #[expect(clippy::cast_precision_loss, reason = "a number of columns")]
    let share = read as f64 / names.len().max(1) as f64;
    share >= MOSTLY && read > english
}

/// The words of an English name, when one of them was short for something.
fn english_words(name: &str) -> Option<String> {
    let mut is_said_better = false;
    let words: Vec<String> = parts(name)
        .into_iter()
        .map(|part| match found(english::WORDS, &part) {
            Some(word) => {
                is_said_better = true;
                word.to_owned()
            }
            None => part,
        })
        .collect();
    is_said_better.then(|| words.join(" "))
}

/// The words of a name of letters of pinyin, and whether every letter belongs to one. Nothing where
/// most of it is none.
fn pinyin_words(name: &str) -> Option<(String, bool)> {
    let (mut words, mut all, mut unread) = (String::new(), 0, 0);
    for part in parts(name) {
        // A prefix such as `t_` says that it is a table; `id` is `id` in every language.
        if part.len() == 1 || part == "id" || part.chars().all(|one| one.is_ascii_digit()) {
            words.push_str(if part == "id" { "id" } else { "" });
            continue;
        }
        let (part_words, part_unread) = letters(&part)?;
        words.push_str(&part_words);
        all += part.len();
        unread += part_unread;
    }
    (all > 0 && unread * 2 <= all).then_some((words, unread == 0))
}

/// A run of letters cut into words, the fewest that make most of it up, and how many letters belong
/// to none and stand as they are.
fn letters(part: &str) -> Option<(String, usize)> {
    if !part.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return None;
    }
    // The cheapest cut of what stands before each place: its cost, its words, its letters left over.
    let mut best: Vec<(usize, String, usize)> = vec![(0, String::new(), 0)];
    for end in 1..=part.len() {
        let (cost, before, unread) = &best[end - 1];
        let mut cheapest = (
            cost + LETTER,
            format!("{before}{}", &part[end - 1..end]),
            unread + 1,
        );
        for start in 0..end {
            let (cost, before, unread) = &best[start];
            if let Some(word) = found(pinyin::WORDS, &part[start..end])
                && cost + WORD < cheapest.0
            {
                cheapest = (cost + WORD, format!("{before}{word}"), *unread);
            }
        }
        best.push(cheapest);
    }
    best.pop().map(|(_, words, unread)| (words, unread))
}

/// The parts of a name in small letters: at underscores, blanks and changes of case.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in name.chars() {
        let begins = !before.is_alphanumeric()
            || (before.is_lowercase() && character.is_uppercase())
            || before.is_ascii_digit() != character.is_ascii_digit();
        if character.is_alphanumeric() {
            match parts.last_mut() {
                Some(part) if !begins => part.extend(character.to_lowercase()),
                _ => parts.push(character.to_lowercase().collect()),
            }
        }
        before = character;
    }
    parts
}

fn found(words: &[(&'static str, &'static str)], short: &str) -> Option<&'static str> {
    let place = words.binary_search_by(|(one, _)| one.cmp(&short)).ok()?;
    words.get(place).map(|(_, word)| *word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, Table};

    #[track_caller]
    fn check(names: &[&str], expected: &[&str]) {
        let column = |name: &&str| Column {
            name: (*name).to_owned(),
            ..Column::default()
        };
        let mut schema = Schema {
            tables: vec![Table {
                name: "t".to_owned(),
                columns: names.iter().map(column).collect(),
                ..Table::default()
            }],
            ..Schema::default()
        };
        expand(&mut schema);
        let words: Vec<&str> = schema.tables[0]
            .columns
            .iter()
            .map(|column| column.words.as_str())
            .collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn both_lists_are_in_order_and_say_each_thing_once() {
        for list in [english::WORDS, pinyin::WORDS] {
            for pair in list.windows(2) {
                assert!(pair[0].0 < pair[1].0, "{pair:?}");
            }
        }
    }

    #[test]
    fn what_is_short_is_said_in_words() {
        check(
            &["cust_nm", "OrdQty", "city", "ORD_DT", "line2_addr", "name"],
            &[
                "customer name",
                "order quantity",
                "",
                "order date",
                "line 2 address",
                "",
            ],
        );
        check(&["名稱", ""], &["", ""]);
    }

    #[test]
    fn letters_of_pinyin_are_read_where_most_names_are_such() {
        check(
            &["id", "khmc", "ddrq", "je", "zt", "note", "qqmc", "t_kh"],
            &[
                "",
                "客户名称",
                "订单日期",
                "金额",
                "状态",
                "",
                "qq名称",
                "客户",
            ],
        );
        // One such name among English ones is something else.
        check(&["dd", "customer", "city", "day"], &["", "", "", ""]);
    }
}
