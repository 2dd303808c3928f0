//! The answer in one sentence, from the rows alone.
//!
//! The query only says what the numbers are; where it does not, the sentence does not either.
//! Nothing is said about units, which no database tells.

use assistant::artifact::Cell;
use sqlparser::ast::{Expr, OrderByKind, OrderBySort, Query, Select, SelectItem, SetExpr};

use super::aggregate::is_count_of_rows;
use super::language::{Language, Phrase};
use super::seekers::has_aggregate;
use super::{Teller, numbers, scope, select, steps};
use crate::sqlite::{Rows, Schema};

/// A row with more columns than this is read faster in the table.
const COLUMNS_TOLD: usize = 6;

/// A list of more values than this is told by its ends.
const VALUES_TOLD: usize = 5;

/// The answer in one sentence. Nothing when the rows have no columns.
#[must_use]
pub fn headline(result: &Rows, query: &Query, language: Language) -> Option<String> {
    let answer = Answer {
        result,
        query,
        language,
    };
    if result.columns.is_empty() {
        return None;
    }
    Some(match result.rows.as_slice() {
        [] => answer.nothing(),
        [row] => match row.as_slice() {
            [cell] => answer.one_value(cell),
            cells => answer.one_row(cells),
        },
        _ => answer
            .ranking()
            .or_else(|| answer.list())
            .unwrap_or_else(|| answer.count()),
    })
}

struct Answer<'r> {
    result: &'r Rows,
    query: &'r Query,
    language: Language,
}

impl Answer<'_> {
    fn say(&self, phrase: Phrase, words: &[&str]) -> String {
        self.language.say(phrase, words)
    }

    fn select(&self) -> Option<&Select> {
        match &*self.query.body {
            SetExpr::Select(select) if self.query.with.is_none() && select::is_tellable(select) => {
                Some(select)
            }
            _ => None,
        }
    }

    fn is_limited(&self) -> bool {
        self.query.limit_clause.is_some() || self.query.fetch.is_some() || self.result.truncated
    }

    fn value(&self, cell: &Cell, column: usize) -> String {
        let about = self.language.pick(["about ", "約 ", "约 "]);
        let name = self.result.columns.get(column).map_or("", String::as_str);
        numbers::shown(cell, name, about).unwrap_or_else(|| {
            self.language
                .pick(["no value", "沒有值", "没有值"])
                .to_owned()
        })
    }

    fn nothing(&self) -> String {
        // With LIMIT 0 or OFFSET something may match and not be shown.
        let phrase = match self.is_limited() {
            false => [
                "Nothing in the data matches.",
                "沒有符合的資料。",
                "没有符合的数据。",
            ],
            true => [
                "There is nothing to show.",
                "沒有可顯示的資料。",
                "没有可显示的数据。",
            ],
        };
        self.say(phrase, &[])
    }

    fn one_value(&self, cell: &Cell) -> String {
        let value = self.value(cell, 0);
        if *cell == Cell::Null {
            return self.say(
                ["The answer has no value.", "結果沒有值。", "结果没有值。"],
                &[],
            );
        }
        let told = self
            .select()
            .and_then(|select| self.meaning(select, cell, &value));
        told.unwrap_or_else(|| {
            self.say(
                ["The answer is {0}.", "答案是 {0}。", "答案是 {0}。"],
                &[&value],
            )
        })
    }

    /// What the one value of a query without groups is.
    fn meaning(&self, select: &Select, cell: &Cell, value: &str) -> Option<String> {
        let (SelectItem::UnnamedExpr(expression)
        | SelectItem::ExprWithAlias {
            expr: expression, ..
        }) = select.projection.first()?
        else {
            return None;
        };
        let is_grouped =
            select.group_by != sqlparser::ast::GroupByExpr::Expressions(vec![], vec![]);
        if is_grouped || !has_aggregate(expression) || select.having.is_some() {
            return None;
        }
        let [tree] = select.from.as_slice() else {
            return None;
        };
        let table = match tree.joins.is_empty() {
            true => scope::named(&tree.relation)
                .map(|(name, _)| name)
                .filter(|name| !name.is_empty()),
            false => None,
        };
        let is_all = select.selection.is_none();
        if is_count_of_rows(expression) {
            return Some(self.counted(table.as_deref(), is_all, cell, value));
        }
        let schema = Schema::default();
        let mut teller = Teller::new(&schema, self.language);
        let (sources, _) = teller.sources(&select.from)?;
        teller.enter(select, sources, false);
        let words = teller.value(expression).text;
        // A sentence with SQL in it says less than the column's head.
        if words.contains('`') {
            return None;
        }
        let words = capitalised(&words);
        let phrase = match is_all {
            true => ["{0}: {1}.", "{0}：{1}。", "{0}：{1}。"],
            false => [
                "{0}, among what matches: {1}.",
                "符合條件的資料中，{0}：{1}。",
                "符合条件的数据中，{0}：{1}。",
            ],
        };
        Some(self.say(phrase, &[&words, value]))
    }

    fn counted(&self, table: Option<&str>, is_all: bool, cell: &Cell, value: &str) -> String {
        let is_one = *cell == Cell::Integer(1);
        let phrase: Phrase = match (table, is_all, is_one) {
            (Some(table), true, false) if is_plural(table) => [
                "There are {0} {1}.",
                "{1} 共有 {0} 筆。",
                "{1} 共有 {0} 条。",
            ],
            (Some(_), true, false) => [
                "There are {0} rows in {1}.",
                "{1} 共有 {0} 筆。",
                "{1} 共有 {0} 条。",
            ],
            (Some(_), true, true) => [
                "There is 1 row in {1}.",
                "{1} 共有 {0} 筆。",
                "{1} 共有 {0} 条。",
            ],
            (Some(_), false, false) => [
                "{0} rows of {1} match.",
                "{1} 中符合條件的有 {0} 筆。",
                "{1} 中符合条件的有 {0} 条。",
            ],
            (Some(_), false, true) => [
                "1 row of {1} matches.",
                "{1} 中符合條件的有 {0} 筆。",
                "{1} 中符合条件的有 {0} 条。",
            ],
            (None, _, false) => [
                "{0} rows match.",
                "符合的共有 {0} 筆。",
                "符合的共有 {0} 条。",
            ],
            (None, _, true) => [
                "1 row matches.",
                "符合的共有 {0} 筆。",
                "符合的共有 {0} 条。",
            ],
        };
        self.say(phrase, &[value, table.unwrap_or_default()])
    }

    fn one_row(&self, cells: &[Cell]) -> String {
        if cells.len() > COLUMNS_TOLD {
            return self.count();
        }
        let parts: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(place, cell)| {
                let value = self.value(cell, place);
                let name = self.result.columns.get(place).map_or("", String::as_str);
                self.say(["{0}: {1}", "{0}：{1}", "{0}：{1}"], &[name, &value])
            })
            .collect();
        let parts = parts.join(self.language.pick(["; ", "；", "；"]));
        self.say(["{0}.", "{0}。", "{0}。"], &[&parts])
    }

    /// "Ann is first with 5, 3 rows in all."
    fn ranking(&self) -> Option<String> {
        let column = self.sorted_by()?;
        let rows = &self.result.rows;
        let numbers: Vec<f64> = rows
            .iter()
            .map(|row| number(row.get(column)?))
            .collect::<Option<_>>()?;
        let is_label = |place: &usize| {
            rows.iter()
                .all(|row| matches!(row.get(*place), Some(Cell::Text(_))))
        };
        let label = (0..self.result.columns.len()).find(is_label)?;
        let first = rows.first()?;
        let (name, value) = (
            self.value(first.get(label)?, label),
            self.value(first.get(column)?, column),
        );
        #[expect(
            clippy::float_cmp,
            reason = "a tie is the same number, not nearly the same"
        )]
        let ties = numbers
            .iter()
            .filter(|number| **number == numbers[0])
            .count();
        if ties == rows.len() {
            return None;
        }
        let count = self.rows_in_words();
        let others = (ties - 1).to_string();
        let phrase = match ties {
            1 => [
                "{0} is first with {1}, {2}.",
                "第一名是 {0}：{1}，{2}。",
                "第一名是 {0}：{1}，{2}。",
            ],
            2 => [
                "{0} and 1 other are first with {1}, {2}.",
                "{0} 與另外 1 個並列第一：{1}，{2}。",
                "{0} 与另外 1 个并列第一：{1}，{2}。",
            ],
            _ => [
                "{0} and {3} others are first with {1}, {2}.",
                "{0} 與另外 {3} 個並列第一：{1}，{2}。",
                "{0} 与另外 {3} 个并列第一：{1}，{2}。",
            ],
        };
        Some(self.say(phrase, &[&name, &value, &count, &others]))
    }

    /// The column of the answer by which the largest comes first.
    fn sorted_by(&self) -> Option<usize> {
        let limit = self
            .query
            .limit_clause
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let select = self
            .select()
            .filter(|_| !limit.contains("OFFSET") && !limit.contains(','))?;
        let OrderByKind::Expressions(keys) = &self.query.order_by.as_ref()?.kind else {
            return None;
        };
        let key = keys.first()?;
        if !matches!(key.options.sort, Some(OrderBySort::Desc)) {
            return None;
        }
        if let Some(place) = steps::whole_number(&key.expr) {
            let place = usize::try_from(place).ok()?.checked_sub(1)?;
            return (place < self.result.columns.len()).then_some(place);
        }
        let is_it = |item: &SelectItem| match item {
            SelectItem::UnnamedExpr(expression) => is_same(expression, &key.expr),
            SelectItem::ExprWithAlias { expr, alias } => {
                let is_alias = matches!(&key.expr, Expr::Identifier(name) if name.value.eq_ignore_ascii_case(&alias.value));
                is_alias || is_same(expr, &key.expr)
            }
            _ => false,
        };
        // Behind a `*` nobody can tell which column it is.
        let place = select.projection.iter().position(is_it)?;
        (select.projection.len() == self.result.columns.len()).then_some(place)
    }

    fn list(&self) -> Option<String> {
        let [name] = self.result.columns.as_slice() else {
            return None;
        };
        let cells: Vec<&Cell> = self
            .result
            .rows
            .iter()
            .filter_map(|row| row.first())
            .collect();
        let is_plain = name
            .chars()
            .all(|character| character.is_alphanumeric() || character == '_');
        let count = self.rows_in_words();
        let words = |cell: &Cell| self.value(cell, 0);
        if cells.len() <= VALUES_TOLD {
            let values: Vec<String> = cells.iter().map(|cell| words(cell)).collect();
            let values = self.language.and(&values);
            return Some(self.say(
                ["{0}: {1}.", "{0}：{1}。", "{0}：{1}。"],
                &[&count, &values],
            ));
        }
        let (least, most) = ends(&cells)?;
        let (least, most) = (words(least), words(most));
        if least == most || !is_plain {
            return None;
        }
        Some(self.say(
            [
                "{0}, {1} from {2} to {3}.",
                "{0}，{1} 從 {2} 到 {3}。",
                "{0}，{1} 从 {2} 到 {3}。",
            ],
            &[&count, name, &least, &most],
        ))
    }

    fn count(&self) -> String {
        let count = self.rows_in_words();
        self.say(["{0}.", "{0}。", "{0}。"], &[&count])
    }

    /// How many rows there are, or only how many are shown where there may be more.
    fn rows_in_words(&self) -> String {
        let count = self.result.rows.len();
        let number = numbers::grouped(&count.to_string());
        let phrase = match (self.is_limited(), count) {
            (false, 1) => ["1 row in all", "共 1 筆", "共 1 条"],
            (false, _) => ["{0} rows in all", "共 {0} 筆", "共 {0} 条"],
            (true, 1) => ["1 row shown", "顯示 1 筆", "显示 1 条"],
            (true, _) => ["{0} rows shown", "顯示 {0} 筆", "显示 {0} 条"],
        };
        self.say(phrase, &[&number])
    }
}

/// The least and the largest of values of one kind.
fn ends<'c>(cells: &[&'c Cell]) -> Option<(&'c Cell, &'c Cell)> {
    let order = |a: &&Cell, b: &&Cell| match (a, b) {
        (Cell::Text(a), Cell::Text(b)) => a.cmp(b),
        _ => number(a)
            .partial_cmp(&number(b))
            .unwrap_or(std::cmp::Ordering::Equal),
    };
    let all_texts = cells
        .iter()
        .all(|cell| matches!(cell, Cell::Text(text) if !text.is_empty()));
    let all_numbers = cells.iter().all(|cell| number(cell).is_some());
    if !all_texts && !all_numbers {
        return None;
    }
    let least = cells.iter().copied().min_by(|a, b| order(a, b))?;
    let most = cells.iter().copied().max_by(|a, b| order(a, b))?;
    Some((least, most))
}

#[expect(clippy::cast_precision_loss, reason = "only for comparing")]
fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Integer(number) => Some(*number as f64),
        Cell::Real(number) if number.is_finite() => Some(*number),
        _ => None,
    }
}

fn is_same(one: &Expr, other: &Expr) -> bool {
    one.to_string().eq_ignore_ascii_case(&other.to_string())
}

/// Whether a table's name reads as a plural: `customers`.
fn is_plural(name: &str) -> bool {
    let is_word = name.chars().all(|character| character.is_ascii_lowercase());
    is_word
        && name.len() > 3
        && name.ends_with('s')
        && !["ss", "us", "is", "news", "series"]
            .iter()
            .any(|ending| name.ends_with(ending))
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) if words.starts_with("the ") => {
            first.to_uppercase().chain(characters).collect()
        }
        _ => words.to_owned(),
    }
}
