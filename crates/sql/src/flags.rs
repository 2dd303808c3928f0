//! Columns of yes and no that a question names as a property: "official languages" where there is a
//! column `IsOfficial`. Small models often read the table and leave the column alone.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Query, Select, SetExpr, VisitMut, VisitorMut};

use crate::columns;
use crate::joins::{also, expression};
use crate::mend::spaced;
use crate::sqlite::{Column, Schema};

/// Yes and no, however they are written.
pub const YES_AND_NO: [&str; 8] = ["t", "f", "y", "n", "yes", "no", "true", "false"];

/// What yes is written as.
const YES: [&str; 4] = ["t", "y", "yes", "true"];

/// A column of yes and no whose word is in the question and which the statement leaves alone, of a table
/// that it reads. `words` are the question's in small letters, each between two blanks.
pub fn not_used<'schema>(
    query: &Query,
    words: &str,
    schema: &'schema Schema,
) -> Option<&'schema Column> {
    let sql = query.to_string().to_uppercase();
    let mut flags = columns::read_by(query, schema)
        .flat_map(|table| &table.columns)
        .filter(|column| word_of(column).is_some_and(|word| words.contains(&format!(" {word} "))));
    flags.find(|column| !sql.contains(&column.name.to_uppercase()))
}

/// The word that a column says yes or no to.
fn word_of(column: &Column) -> Option<String> {
    let words = spaced(&column.name);
    let (first, rest) = words.split_once(' ').unwrap_or(("", words.as_str()));
    let asks = matches!(first, "is" | "has" | "was" | "can");
    let word = if asks { rest } else { words.as_str() };
    let is_flag = asks || says_yes_or_no(&column.values);
    (is_flag && word.len() > 3).then(|| word.to_owned())
}

/// Whether values are yes and no.
fn says_yes_or_no(values: &[String]) -> bool {
    (1..=3).contains(&values.len())
        && values
            .iter()
            .all(|value| YES_AND_NO.contains(&value.trim().to_lowercase().as_str()))
}

/// Asks of a property that the question names, where the statement reads the table and does not: not
/// where the question may deny it. Whether it did.
pub fn asked_for(query: &mut Query, question: &str, schema: &Schema) -> bool {
    let words: Vec<String> = question
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    const DENIES: [&str; 8] = ["not", "no", "non", "never", "or", "whether", "t", "neither"];
    let denied = words.iter().filter(|word| DENIES.contains(&word.as_str()));
    let denied: Vec<&str> = denied.map(String::as_str).collect();
    // "Where English is not the official language": what is left out is where it is.
    let is_left_out = match denied.as_slice() {
        [] => false,
        ["not"] => true,
        _ => return false,
    };
    let words = format!(" {} ", words.join(" "));
    let Some(column) = not_used(query, &words, schema) else {
        return false;
    };
    let mut yes = column
        .values
        .iter()
        .filter(|value| YES.contains(&value.trim().to_lowercase().as_str()));
    let (Some(yes), None) = (yes.next(), yes.next()) else {
        return false;
    };
    let Some(table) = schema.tables.iter().find(|table| {
        let mut columns = table.columns.iter();
        columns.any(|one| std::ptr::eq(one, column))
    }) else {
        return false;
    };
    let aliases = columns::aliases(query);
    let is_it = |alias: &str| {
        let name = aliases.get(&alias.to_lowercase());
        name.is_some_and(|name| name.eq_ignore_ascii_case(&table.name))
    };
    let text = yes.replace('\'', "''");
    let condition = |alias: &str| expression(&format!("{alias}.{} = '{text}'", column.name));
    match is_left_out {
        false => add(&mut query.body, &is_it, &condition),
        true if denies(&words, column) => add_to_left_out(query, &is_it, &condition),
        true => false,
    }
}

/// Whether "not" stands right before the word of a column.
fn denies(words: &str, column: &Column) -> bool {
    let Some(word) = word_of(column) else {
        return false;
    };
    ["", "the ", "a ", "an ", "its ", "their "]
        .iter()
        .any(|article| words.contains(&format!(" not {article}{word} ")))
}

/// Adds a condition to the queries whose rows are left out, where nothing else reads the table.
fn add_to_left_out(
    query: &mut Query,
    is_it: &dyn Fn(&str) -> bool,
    condition: &dyn Fn(&str) -> Option<Expr>,
) -> bool {
    struct Inner<'a> {
        is_it: &'a dyn Fn(&str) -> bool,
        condition: &'a dyn Fn(&str) -> Option<Expr>,
        count: usize,
    }
    impl VisitorMut for Inner<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
            let (Expr::InSubquery {
                subquery,
                negated: true,
                ..
            }
            | Expr::Exists {
                subquery,
                negated: true,
            }) = found
            else {
                return ControlFlow::Continue(());
            };
            self.count += usize::from(add(&mut subquery.body, self.is_it, self.condition));
            ControlFlow::Continue(())
        }
    }
    if let SetExpr::Select(select) = &*query.body
        && columns::called_in(select).iter().any(|name| is_it(name))
    {
        return false;
    }
    let mut inner = Inner {
        is_it,
        condition,
        count: 0,
    };
    let _ = query.visit(&mut inner);
    inner.count == 1
}

/// Adds a condition to every SELECT that reads the table, on every side of a set.
pub fn add(
    body: &mut SetExpr,
    is_it: &dyn Fn(&str) -> bool,
    condition: &dyn Fn(&str) -> Option<Expr>,
) -> bool {
    match body {
        SetExpr::Select(select) => add_to(select, is_it, condition),
        SetExpr::SetOperation { left, right, .. } => {
            let left = add(left, is_it, condition);
            add(right, is_it, condition) || left
        }
        _ => false,
    }
}

fn add_to(
    select: &mut Select,
    is_it: &dyn Fn(&str) -> bool,
    condition: &dyn Fn(&str) -> Option<Expr>,
) -> bool {
    let mut names = columns::called_in(select);
    names.retain(|name| is_it(name));
    let [name] = names.as_slice() else {
        return false;
    };
    let Some(condition) = condition(name) else {
        return false;
    };
    also(select, condition);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Table;
    use crate::statement::query;

    #[track_caller]
    fn check(question: &str, sql: &str, expected: Option<&str>) {
        let column = |name: &str, values: &[&str]| Column {
            name: name.into(),
            values: values.iter().map(|value| (*value).into()).collect(),
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![Table {
                name: "shop".into(),
                columns: vec![column("town", &[]), column("IsFranchise", &["T", "F"])],
                ..Table::default()
            }],
            ..Schema::default()
        };
        let mut query = query(sql);
        let changed = asked_for(&mut query, question, &schema).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }

    #[test]
    fn a_property_that_is_named_is_asked_for() {
        check(
            "Where are franchise shops?",
            "SELECT s.town FROM shop AS s",
            Some("SELECT s.town FROM shop AS s WHERE s.IsFranchise = 'T'"),
        );
        check(
            "Which franchise shops are in Rome or Bern?",
            "SELECT town FROM shop WHERE town = 'Rome' OR town = 'Bern'",
            None,
        );
        check(
            "Which franchise shops are in Rome?",
            "SELECT town FROM shop WHERE town = 'Rome' INTERSECT SELECT town FROM shop",
            Some(
                "SELECT town FROM shop WHERE town = 'Rome' AND shop.IsFranchise = 'T' \
                 INTERSECT SELECT town FROM shop WHERE shop.IsFranchise = 'T'",
            ),
        );
        check(
            "Which shops are not franchise?",
            "SELECT town FROM shop",
            None,
        );
        check(
            "Where are franchise shops?",
            "SELECT town FROM shop WHERE IsFranchise = 'T'",
            None,
        );
        check("Where are the shops?", "SELECT town FROM shop", None);
        check(
            "Which towns are those where the shop is not franchise?",
            "SELECT name FROM town WHERE name NOT IN (SELECT s.town FROM shop AS s)",
            Some(
                "SELECT name FROM town WHERE name NOT IN (SELECT s.town FROM shop AS s WHERE s.IsFranchise = 'T')",
            ),
        );
        check(
            "Which franchise towns have not a shop?",
            "SELECT name FROM town WHERE name NOT IN (SELECT s.town FROM shop AS s)",
            None,
        );
    }
}
