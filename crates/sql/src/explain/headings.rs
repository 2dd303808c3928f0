//! What the columns of an answer are called in its reader's words.
//!
//! A database calls a count `COUNT(*)`. Whoever asked "how many" reads "number of rows"; a name that the
//! statement or the table gives a column is left as it is.

use sqlparser::ast::{Expr, Query, SelectItem, SetExpr};

use super::{Dialect, Language, Teller};
use crate::sqlite::Schema;

/// Longer words say less at the head of a column than the SQL does.
const MOST_LETTERS: usize = 48;

/// A heading for each of the columns, as the database named them where there is nothing better.
#[must_use]
pub fn headings(
    dialect: Dialect,
    query: &Query,
    schema: &Schema,
    language: Language,
    columns: &[String],
) -> Vec<String> {
    let told = told(dialect, query, schema, language);
    match told.len() == columns.len() {
        true => told
            .into_iter()
            .zip(columns)
            .map(|(words, name)| words.unwrap_or_else(|| name.clone()))
            .collect(),
        false => columns.to_vec(),
    }
}

/// Words for each item of the SELECT that has no name; nothing at all where not every item is one column.
fn told(
    dialect: Dialect,
    query: &Query,
    schema: &Schema,
    language: Language,
) -> Vec<Option<String>> {
    let SetExpr::Select(select) = &*query.body else {
        return Vec::new();
    };
    let mut teller = Teller::new(schema, language);
    teller.dialect = dialect;
    // What WITH makes has no words but those of its lines.
    let sources = match query.with {
        None => teller.sources(&select.from),
        Some(_) => None,
    };
    let Some((sources, _)) = sources else {
        return Vec::new();
    };
    teller.enter(select, sources, false);
    let mut all = Vec::new();
    for item in &select.projection {
        all.push(match item {
            SelectItem::UnnamedExpr(Expr::Identifier(_) | Expr::CompoundIdentifier(_))
            | SelectItem::ExprWithAlias { .. } => None,
            SelectItem::UnnamedExpr(expression) => {
                let words = teller.value(expression).text;
                let words = language.without_article(&words).to_owned();
                // What there are no words for stands as SQL between backticks.
                let is_plain = !words.contains('`') && words.chars().count() <= MOST_LETTERS;
                is_plain.then_some(words)
            }
            _ => return Vec::new(),
        });
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::query;

    #[track_caller]
    fn check(sql: &str, language: Language, columns: &[&str], expected: &[&str]) {
        let columns: Vec<String> = columns.iter().map(|name| (*name).to_owned()).collect();
        let schema = Schema::default();
        let found = headings(Dialect::Sqlite, &query(sql), &schema, language, &columns);
        assert_eq!(found, expected, "{sql}");
    }

    #[test]
    fn what_has_no_name_is_named_in_words() {
        check(
            "SELECT town, COUNT(*), SUM(rent) FROM shop GROUP BY town",
            Language::English,
            &["town", "COUNT(*)", "SUM(rent)"],
            &["town", "number of rows", "sum of rent"],
        );
        check(
            "SELECT COUNT(*) FROM shop",
            Language::TraditionalChinese,
            &["COUNT(*)"],
            &["筆數"],
        );
    }

    #[test]
    fn names_and_what_cannot_be_told_stay() {
        check(
            "SELECT COUNT(*) AS shops, town FROM shop",
            Language::English,
            &["shops", "town"],
            &["shops", "town"],
        );
        check(
            "SELECT * FROM shop",
            Language::English,
            &["town", "rent"],
            &["town", "rent"],
        );
        check(
            "WITH a AS (SELECT 1) SELECT COUNT(*) FROM a",
            Language::English,
            &["COUNT(*)"],
            &["COUNT(*)"],
        );
        let long =
            "SUM(CASE WHEN town = 'Rome' THEN rent WHEN town = 'Bern' THEN rent * 2 ELSE 0 END)";
        check(
            &format!("SELECT {long} FROM shop"),
            Language::English,
            &[long],
            &[long],
        );
    }
}
