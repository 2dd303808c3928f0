//! Which tables of a large schema a question is about.
//!
//! Hundreds of tables do not fit into the model's window, and reading them would take minutes. Tables
//! are found by their words: names, comments, what codes mean, and values of the data that stand in
//! the question. Then come the tables in between, without which those found cannot be joined. It is
//! a search by words, not by meaning: a question in other words than the schema's finds less, which
//! is why a schema that fits is always told whole.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::sqlite::{Column, Mention, OwnWords, Schema, Table};

/// Tables that are told at most, whatever their size.
const MOST: usize = 12;

/// What a word of a question is worth where it is found.
const IN_TABLE: f64 = 3.0;
const IN_COLUMN: f64 = 1.0;
const IN_WORDS: f64 = 0.7;
const IN_VALUES: f64 = 2.0;
/// What it is worth that a draft reads a table: drafts know what a question is about better than its
/// words do.
const IN_DRAFT: f64 = 20.0;

/// The part of a schema that a question is about, its tables in their order. `length` says how much
/// room a table takes of `room`. Tables that `drafts` read come first.
pub fn part(
    schema: &Schema,
    question: &str,
    mentions: &[Mention],
    drafts: &[String],
    room: usize,
    length: impl Fn(&Table) -> usize,
) -> Schema {
    let mut scores = scores(schema, question, mentions);
    for draft in drafts {
        let read = identifiers(draft);
        for (score, table) in scores.iter_mut().zip(&schema.tables) {
            if read.contains(&table.name.to_lowercase()) {
                *score += IN_DRAFT;
            }
        }
    }
    let mut order: Vec<usize> = (0..schema.tables.len()).collect();
    order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]).then(one.cmp(other)));
    let neighbours = neighbours(schema);
    let mut chosen: BTreeSet<usize> = BTreeSet::new();
    let mut left = room;
    for place in order {
        let is_about = scores[place] > 0.0 || chosen.is_empty();
        if !is_about || chosen.len() >= MOST {
            break;
        }
        let mut wanted = path(&neighbours, &chosen, place);
        wanted.retain(|place| !chosen.contains(place));
        let needed: usize = wanted
            .iter()
            .map(|place| length(&schema.tables[*place]))
            .sum();
        if needed > left && !chosen.is_empty() {
            continue;
        }
        left = left.saturating_sub(needed);
        chosen.extend(wanted);
    }
    Schema {
        tables: chosen
            .into_iter()
            .map(|place| schema.tables[place].clone())
            .collect(),
        readable: schema.readable.clone(),
        note: schema.note.clone(),
    }
}

/// Every name in a statement, whether or not it can be parsed.
fn identifiers(sql: &str) -> BTreeSet<String> {
    sql.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .map(str::to_lowercase)
        .collect()
}

/// What speaks for each table.
fn scores(schema: &Schema, question: &str, mentions: &[Mention]) -> Vec<f64> {
    let asked = words(question);
    // A word that many tables have says little about any of them.
    let mut spread: BTreeMap<&str, f64> = BTreeMap::new();
    let all: Vec<BTreeSet<String>> = schema.tables.iter().map(every_word).collect();
    for word in &asked {
        let tables = all.iter().filter(|table| table.contains(word)).count();
        #[expect(clippy::cast_precision_loss, reason = "a number of tables")]
        let rarity = (1.0 + schema.tables.len() as f64 / tables.max(1) as f64).ln();
        spread.insert(word, rarity);
    }
    let worth = |found: &BTreeSet<String>| -> f64 {
        let common = asked.intersection(found);
        common.filter_map(|word| spread.get(word.as_str())).sum()
    };
    let score = |table: &Table| {
        let mut score = IN_TABLE * worth(&names_of(&table.name, &table.own, &table.words))
            + IN_WORDS * worth(&words(&table.comment));
        for column in &table.columns {
            score += IN_COLUMN * worth(&names_of(&column.name, &column.own, &column.words))
                + IN_WORDS * worth(&said_of(column));
        }
        let values = mentions
            .iter()
            .filter(|mention| mention.table == table.name);
        #[expect(clippy::cast_precision_loss, reason = "a handful of mentions")]
        let values = values.count() as f64;
        score + IN_VALUES * values
    };
    schema.tables.iter().map(score).collect()
}

fn every_word(table: &Table) -> BTreeSet<String> {
    let mut all = names_of(&table.name, &table.own, &table.words);
    all.extend(words(&table.comment));
    for column in &table.columns {
        all.extend(names_of(&column.name, &column.own, &column.words));
        all.extend(said_of(column));
    }
    all
}

/// A name, what it is short for, and what the person calls it and says of it.
fn names_of(name: &str, own: &OwnWords, expanded: &str) -> BTreeSet<String> {
    let mut all = words(name);
    all.extend(words(expanded));
    all.extend(words(&own.name));
    all.extend(words(&own.note));
    all
}

fn said_of(column: &Column) -> BTreeSet<String> {
    let mut all = words(&column.comment);
    all.extend(column.meanings.iter().flat_map(|one| words(&one.label)));
    all
}

/// The words of a text without their endings; of Chinese, every two characters that follow each other.
fn words(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut word = String::new();
    let mut before: Option<char> = None;
    let mut was_lower = false;
    for character in text.chars().chain([' ']) {
        let is_latin = character.is_ascii_alphanumeric();
        // orderLines has two words.
        if !is_latin || was_lower && character.is_ascii_uppercase() {
            keep(&mut found, &mut word);
        }
        if is_latin {
            word.push(character.to_ascii_lowercase());
        }
        let is_han = !character.is_ascii() && character.is_alphanumeric();
        if let (Some(first), true) = (before, is_han) {
            found.insert([first, character].iter().collect());
        }
        before = is_han.then_some(character);
        was_lower = character.is_ascii_lowercase();
    }
    found
}

fn keep(found: &mut BTreeSet<String>, word: &mut String) {
    let full = std::mem::take(word);
    const COMMON: &[&str] = &[
        "the", "and", "for", "are", "all", "how", "many", "what", "which", "who", "each", "with",
        "list", "name", "names", "from", "have", "has", "that", "was", "were", "there", "show",
        "give", "number", "code", "cd",
    ];
    if full.len() < 2 || COMMON.contains(&full.as_str()) {
        return;
    }
    let stem = full.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let stem = stem.or_else(|| {
        full.strip_suffix('s')
            .filter(|stem| stem.len() > 2 && !stem.ends_with('s'))
            .map(str::to_owned)
    });
    found.insert(stem.unwrap_or(full));
}

/// For each table, those that a key connects it with.
fn neighbours(schema: &Schema) -> Vec<BTreeSet<usize>> {
    let place_of = |name: &str| {
        schema
            .tables
            .iter()
            .position(|table| table.name.eq_ignore_ascii_case(name))
    };
    let mut all = vec![BTreeSet::new(); schema.tables.len()];
    for (place, table) in schema.tables.iter().enumerate() {
        for key in table.foreign_keys.iter().chain(&table.inferred_keys) {
            if let Some(other) = place_of(&key.table).filter(|other| *other != place) {
                all[place].insert(other);
                all[other].insert(place);
            }
        }
    }
    all
}

/// A table with those between it and the nearest that was chosen; alone where no way leads there.
fn path(neighbours: &[BTreeSet<usize>], chosen: &BTreeSet<usize>, from: usize) -> Vec<usize> {
    let mut came: BTreeMap<usize, usize> = BTreeMap::new();
    let mut queue = VecDeque::from([from]);
    while let Some(place) = queue.pop_front() {
        if chosen.contains(&place) {
            let mut way = vec![from];
            let mut at = place;
            while let Some(before) = came.get(&at) {
                way.push(at);
                at = *before;
            }
            return way;
        }
        for next in &neighbours[place] {
            if *next != from && !came.contains_key(next) {
                came.insert(*next, place);
                queue.push_back(*next);
            }
        }
    }
    vec![from]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::ForeignKey;

    fn table(name: &str, columns: &[&str], points_to: &[&str]) -> Table {
        Table {
            name: name.into(),
            columns: columns
                .iter()
                .map(|column| Column {
                    name: (*column).into(),
                    ..Column::default()
                })
                .collect(),
            foreign_keys: points_to
                .iter()
                .map(|other| ForeignKey {
                    columns: vec!["x".into()],
                    table: (*other).into(),
                    referenced: vec![],
                })
                .collect(),
            ..Table::default()
        }
    }

    fn schema() -> Schema {
        let mut tables = vec![
            table("customers", &["id", "name", "city"], &[]),
            table("orders", &["id", "customer_id", "day"], &["customers"]),
            table(
                "orderLines",
                &["order_id", "product_id", "quantity"],
                &["orders", "products"],
            ),
            table("products", &["id", "title", "price"], &[]),
        ];
        tables.extend((0..200).map(|number| table(&format!("log_{number}"), &["line"], &[])));
        tables.push(Table {
            comment: "维修工单".into(),
            ..table("gdxx", &["gdbh"], &[])
        });
        Schema {
            tables,
            readable: vec![],
            note: String::new(),
        }
    }

    #[track_caller]
    fn check(question: &str, expected: &[&str]) {
        check_with(question, &[], expected);
    }

    #[track_caller]
    fn check_with(question: &str, drafts: &[&str], expected: &[&str]) {
        let drafts: Vec<String> = drafts.iter().map(|draft| (*draft).to_owned()).collect();
        let part = part(&schema(), question, &[], &drafts, 400, |table| {
            10 * table.columns.len()
        });
        let names: Vec<&str> = part
            .tables
            .iter()
            .map(|table| table.name.as_str())
            .collect();
        assert_eq!(names, expected, "{question}");
    }

    #[test]
    fn tables_are_found_by_their_words_and_joined_by_those_between() {
        check("How many are in each city?", &["customers"]);
        check(
            "What did customers pay for products?",
            &["customers", "orders", "orderLines", "products"],
        );
        check("有多少张维修工单？", &["gdxx"]);
        // Something is told even when nothing is found.
        check("Hello?", &["customers"]);
    }

    #[test]
    fn tables_that_drafts_read_are_told_whatever_the_question_says() {
        check_with("Who?", &["SELECT * FROM PRODUCTS p"], &["products"]);
        check_with(
            "Which cities?",
            &["SELECT title FROM products", "SELECT x FROM \"gdxx\" WHERE"],
            &["customers", "orders", "orderLines", "products", "gdxx"],
        );
    }
}
