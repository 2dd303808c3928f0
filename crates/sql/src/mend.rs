//! Habits of small models that code can see and put right: a table joined for nothing, columns in
//! another order than the question names them, one column that should be two values at once.
//!
//! Everything here looks at the statement and the question alone. Whether a mended statement still
//! means something is for the database to say: the caller explains it before it is believed.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Query, Select, SelectItem, SetExpr, TableFactor, TableWithJoins, Visit,
    Visitor,
};

use crate::listed;

/// The statement without one of its joined tables, for each that the question does not speak of.
/// Nothing in a language whose words cannot be found in names.
pub fn without_a_join(query: &Query, question: &str) -> Vec<Query> {
    if !question.is_ascii() {
        return Vec::new();
    }
    let Some(from) = select(query).and_then(|select| select.from.first()) else {
        return Vec::new();
    };
    let names = table_names(from);
    let mut tries = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let others: Vec<&str> = names
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place)
            .map(|(_, name)| name.as_str())
            .collect();
        if others.is_empty() || speaks_of(question, name, &others) {
            continue;
        }
        let mut shorter = query.clone();
        if let Some(from) = select_mut(&mut shorter).and_then(|select| select.from.first_mut()) {
            drop_table(from, place);
            tries.push(shorter);
        }
    }
    tries
}

fn select(query: &Query) -> Option<&Select> {
    match &*query.body {
        SetExpr::Select(select) => Some(select),
        _ => None,
    }
}

fn select_mut(query: &mut Query) -> Option<&mut Select> {
    match &mut *query.body {
        SetExpr::Select(select) => Some(select),
        _ => None,
    }
}

/// Names of the tables of a FROM, the first and those joined to it.
fn table_names(from: &TableWithJoins) -> Vec<String> {
    let factors =
        std::iter::once(&from.relation).chain(from.joins.iter().map(|join| &join.relation));
    factors
        .map(|factor| match factor {
            TableFactor::Table { name, .. } => {
                let last = name.0.last().and_then(|part| part.as_ident());
                last.map(|ident| ident.value.clone()).unwrap_or_default()
            }
            _ => String::new(),
        })
        .collect()
}

/// Takes the table at a place out; when it is the first, the next takes its place.
fn drop_table(from: &mut TableWithJoins, place: usize) {
    match place.checked_sub(1) {
        Some(join) => drop(from.joins.remove(join)),
        None => from.relation = from.joins.remove(0).relation,
    }
}

/// Whether a question has a word of a table's name. A word that is part of another table's name as
/// well may mean that one, and does not count.
fn speaks_of(question: &str, table: &str, others: &[&str]) -> bool {
    // A subquery has no name; it was written for a reason.
    if table.is_empty() {
        return true;
    }
    let table = table.to_lowercase();
    words(question).any(|word| {
        let of_other = others
            .iter()
            .any(|other| other.to_lowercase().contains(&word));
        table.contains(&word) && !of_other
    })
}

/// The words of a question without their endings, those long enough to mean something.
fn words(question: &str) -> impl Iterator<Item = String> {
    question
        .split(|character: char| !character.is_ascii_alphanumeric())
        .map(|word| {
            let word = word.to_lowercase();
            let stem = word.strip_suffix("ies").or_else(|| word.strip_suffix("es"));
            let stem = stem.or_else(|| word.strip_suffix('s')).unwrap_or(&word);
            stem.to_owned()
        })
        .filter(|stem| stem.len() > 2 && !matches!(stem.as_str(), "the" | "and" | "for" | "are"))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Puts the columns of the answer in the order in which the question names them, if it names every
/// one of them. Whether anything was changed.
pub fn order_columns(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    // ORDER BY 2 means the second column, wherever that goes.
    let has_ordinals = query.order_by.as_ref().is_some_and(|order| {
        order
            .to_string()
            .split([' ', ','])
            .any(|word| word.parse::<u32>().is_ok())
    });
    let Some(select) = select_mut(query).filter(|_| !has_ordinals) else {
        return false;
    };
    if select
        .group_by
        .to_string()
        .split([' ', ','])
        .any(|word| word.parse::<u32>().is_ok())
    {
        return false;
    }
    let places_in = |words: &str| -> Option<Vec<usize>> {
        let items = select.projection.iter();
        items.map(|item| named_at(item, words)).collect()
    };
    // Where a sentence says what to list, that is the order, whatever was asked before it.
    let list = list_of(&question)
        .or_else(|| listed::bare(&question))
        .and_then(places_in);
    let Some(places) = list.or_else(|| places_in(listed(&question))) else {
        return false;
    };
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|place| places[*place]);
    let is_sorted = order.iter().enumerate().all(|(now, place)| now == *place);
    let mut distinct = places.clone();
    distinct.sort_unstable();
    distinct.dedup();
    if is_sorted || distinct.len() < places.len() {
        return false;
    }
    let items = std::mem::take(&mut select.projection);
    select.projection = order.iter().map(|place| items[*place].clone()).collect();
    true
}

/// A question without what it begins with: "for each town, list …" says nothing of the order of columns.
fn listed(question: &str) -> &str {
    let text = question.trim_start();
    let is_group = ["for each ", "for every ", "for all ", "in each ", "per "]
        .iter()
        .any(|begin| text.starts_with(begin));
    match text.split_once(',').filter(|_| is_group) {
        Some((_, rest)) => rest,
        None => question,
    }
}

/// The last sentence of a question of several, where it says what to list.
fn list_of(question: &str) -> Option<&str> {
    let text = question.trim().trim_end_matches(['.', '?', '!']);
    let (_, last) = text.rsplit_once(['.', '?', '!'])?;
    let first = last.split_whitespace().next()?;
    matches!(
        first,
        "list" | "show" | "give" | "return" | "display" | "tell" | "include" | "please"
    )
    .then_some(last)
}

/// Where a question names what a column of the answer shows.
fn named_at(item: &SelectItem, question: &str) -> Option<usize> {
    let (SelectItem::UnnamedExpr(expression)
    | SelectItem::ExprWithAlias {
        expr: expression, ..
    }) = item
    else {
        return None;
    };
    match expression {
        Expr::Identifier(name) => column_at(&name.value, question),
        Expr::CompoundIdentifier(parts) => column_at(&parts.last()?.value, question),
        Expr::Function(function) => {
            let words: &[&str] = match function.name.to_string().to_lowercase().as_str() {
                "count" => &["how many", "number of", "count"],
                "avg" => &["average", "mean"],
                "max" => &["maximum", "highest", "largest", "max", "oldest", "most"],
                "min" => &["minimum", "lowest", "smallest", "min", "youngest", "least"],
                "sum" => &["total", "sum"],
                _ => return None,
            };
            words.iter().find_map(|word| word_at(word, question))
        }
        _ => None,
    }
}

/// Where a question has a column's name: as it stands, with spaces, or its last word.
fn column_at(name: &str, question: &str) -> Option<usize> {
    let spaced = spaced(name);
    let whole = name.to_lowercase();
    let last = spaced.rsplit(' ').next().unwrap_or_default();
    // Two letters are in many words; an id is asked for by just that.
    let id = (last == "id").then(|| id_at(question)).flatten();
    [whole.as_str(), spaced.as_str(), last]
        .into_iter()
        .filter(|word| word.len() > 2)
        .find_map(|word| word_at(word, question))
        .or(id)
}

/// A name in small letters, its words apart: `pet_age`, `PetAge` and `StuID` have two.
pub fn spaced(name: &str) -> String {
    let mut words = String::new();
    let mut was_small = false;
    for letter in name.chars() {
        if letter == '_' || letter == ' ' || was_small && letter.is_uppercase() {
            words.push(' ');
        }
        if letter != '_' && letter != ' ' {
            words.extend(letter.to_lowercase());
        }
        was_small = letter.is_lowercase();
    }
    words
}

/// Where a question asks for an id or for ids.
fn id_at(question: &str) -> Option<usize> {
    ["id", "ids"].iter().find_map(|word| {
        question
            .match_indices(word)
            .map(|(place, _)| place)
            .find(|place| {
                let is_end = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
                is_end(question[..*place].chars().next_back())
                    && is_end(question[place + word.len()..].chars().next())
            })
    })
}

/// Where a word begins in a question: "age" is not in "average", and is in "ages"; "country" is in
/// "countries".
fn word_at(word: &str, question: &str) -> Option<usize> {
    let begin = |word: &str| {
        let places = question.match_indices(word).map(|(place, _)| place);
        let mut whole = places.filter(|place| {
            let before = question[..*place].chars().next_back();
            !before.is_some_and(char::is_alphanumeric)
        });
        let first = whole.next()?;
        // "The town id and the town": first the id is named, and then the town.
        let is_of_an_id = |place: usize| {
            [" id", " ids", " code", " number"].iter().any(|other| {
                let behind = question[place + word.len()..].strip_prefix(other);
                behind
                    .is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
            })
        };
        match is_of_an_id(first) {
            true => Some(whole.find(|place| !is_of_an_id(*place)).unwrap_or(first)),
            false => Some(first),
        }
    };
    let plural = word.strip_suffix('y').map(|stem| format!("{stem}ies"));
    let places = [begin(word), plural.as_deref().and_then(begin)];
    places.into_iter().flatten().min()
}

/// Whether one column is asked to be two texts at once, so that nothing can ever be found.
pub fn contradicts_itself(query: &Query) -> bool {
    struct Seeker(bool);
    impl Visitor for Seeker {
        type Break = ();
        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            let mut wanted = BTreeMap::new();
            self.0 |= !agree(expression, &mut wanted);
            match self.0 {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        }
    }
    let mut seeker = Seeker(false);
    let _ = query.visit(&mut seeker);
    seeker.0
}

/// Goes through what is joined by AND and notes what each column is to be; false at a second value.
fn agree(expression: &Expr, wanted: &mut BTreeMap<String, String>) -> bool {
    match expression {
        Expr::Nested(inner) => agree(inner, wanted),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => agree(left, wanted) && agree(right, wanted),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } => match (&**left, &**right) {
            (Expr::Identifier(_) | Expr::CompoundIdentifier(_), Expr::Value(value)) => {
                let value = value.to_string();
                let first = wanted
                    .entry(left.to_string().to_lowercase())
                    .or_insert_with(|| value.clone());
                *first == value
            }
            _ => true,
        },
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[track_caller]
    fn check_joins(question: &str, sql: &str, expected: &[&str]) {
        let found: Vec<String> = without_a_join(&query(sql), question)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_tables_that_the_question_does_not_speak_of_are_left_out() {
        let sql = "SELECT t.name FROM teacher AS t JOIN course_arrange AS c ON t.id = c.teacher WHERE t.town = 'X'";
        check_joins(
            "Which teachers are from X?",
            sql,
            &["SELECT t.name FROM teacher AS t WHERE t.town = 'X'"],
        );
        check_joins("Which teachers from X teach courses?", sql, &[]);
        check_joins("哪些老師來自 X？", sql, &[]);
        check_joins(
            "How large are all shops together?",
            "SELECT sum(s.size) FROM sale AS x JOIN shop AS s ON s.id = x.shop",
            &["SELECT sum(s.size) FROM shop AS s"],
        );
        check_joins("How many shops?", "SELECT count(*) FROM shop", &[]);
    }

    #[track_caller]
    fn check_order(question: &str, sql: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let changed = order_columns(&mut query, question).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn columns_stand_as_the_question_names_them() {
        check_order(
            "What is the average and maximum age for each pet type?",
            "SELECT pet_type, avg(age), max(age) FROM pets GROUP BY pet_type",
            Some("SELECT avg(age), max(age), pet_type FROM pets GROUP BY pet_type"),
        );
        check_order(
            "Find the number of shops in each location.",
            "SELECT location, COUNT(*) FROM shop GROUP BY location",
            Some("SELECT COUNT(*), location FROM shop GROUP BY location"),
        );
        check_order(
            "How many pets does each student have? List their ids.",
            "SELECT StuID, count(*) FROM has_pet GROUP BY StuID",
            Some("SELECT count(*), StuID FROM has_pet GROUP BY StuID"),
        );
        check_order(
            "For each town, list its id and how many shops it has.",
            "SELECT town_id, town, count(*) FROM a GROUP BY town_id, town",
            None,
        );
        check_order(
            "List the town id, town name and how many shops.",
            "SELECT town, id, count(*) FROM a GROUP BY id, town",
            Some("SELECT id, town, count(*) FROM a GROUP BY id, town"),
        );
        check_order("Show name and age.", "SELECT name, age FROM a", None);
        check_order(
            "Show all cities and the number of shops in each city.",
            "SELECT city, COUNT(*) FROM shop GROUP BY city",
            None,
        );
        check_order(
            "How many shops does each town have? List the town id, the town and the number of shops.",
            "SELECT town_id, town, count(*) FROM a GROUP BY town_id, town",
            None,
        );
        check_order(
            "The average of each age?",
            "SELECT age, avg(b) FROM a GROUP BY age",
            Some("SELECT avg(b), age FROM a GROUP BY age"),
        );
        check_order(
            "The number in each age?",
            "SELECT age, count(*) FROM a GROUP BY age ORDER BY 2",
            None,
        );
        check_order("Show who is old.", "SELECT name, age FROM a", None);
        check_order("Age and name?", "SELECT name, upper(age) FROM a", None);
    }

    #[test]
    fn one_column_cannot_be_two_values() {
        let check = |sql: &str| contradicts_itself(&query(sql));
        assert!(check("SELECT 1 FROM a WHERE b = 'x' AND c > 1 AND b = 'y'"));
        assert!(check(
            "SELECT 1 FROM a WHERE d IN (SELECT d FROM e WHERE (b = 1 AND b = 2))"
        ));
        assert!(!check("SELECT 1 FROM a WHERE b = 'x' OR b = 'y'"));
        assert!(!check("SELECT 1 FROM a WHERE a.b = 'x' AND c.b = 'y'"));
        assert!(!check("SELECT 1 FROM a WHERE b = 'x' AND b = 'x'"));
    }

    #[test]
    fn a_last_sentence_that_is_a_list_is_the_order() {
        let sql = "SELECT hours, name FROM crew ORDER BY hours DESC LIMIT 5";
        check_order(
            "Who has the most hours? Name and hours.",
            sql,
            Some("SELECT name, hours FROM crew ORDER BY hours DESC LIMIT 5"),
        );
        check_order("Who has the most hours? Only the name counts.", sql, None);
    }
}
