//! Queries inside of conditions and values.
//!
//! A short one is told where it stands: "the average of age in singer". A longer one becomes a
//! result with a letter, told in lines of its own before the clause that speaks of it.

use sqlparser::ast::{GroupByExpr, Query, Select, SelectItem, SetExpr};

use super::raw::fragment;
use super::scope::is_correlated;
use super::{Teller, Words, indented, seekers, select};

/// The parts of a short query.
struct Short {
    what: String,
    from: String,
    condition: Option<String>,
    is_aggregate: bool,
}

impl Teller<'_> {
    /// The values of a query, as what follows "is among".
    pub(super) fn values_of(&mut self, query: &Query) -> String {
        let Some(short) = self.short(query, false) else {
            return self.result(query);
        };
        let Short {
            what,
            from,
            condition,
            ..
        } = short;
        match condition {
            None => self.say(
                ["the values of {0} in {1}", "{1} 的 {0}", "{1} 的 {0}"],
                &[&what, &from],
            ),
            Some(condition) => {
                let words = self.say(
                    [
                        "the values of {0} in {1} where {2}",
                        "{1} 的 {0}，條件為 {2}",
                        "{1} 的 {0}，条件为 {2}",
                    ],
                    &[&what, &from, &condition],
                );
                self.language.bracketed(&words)
            }
        }
    }

    /// The one value of a query.
    pub(super) fn scalar(&mut self, query: &Query) -> Words {
        let Some(short) = self.short(query, false) else {
            return Words::atom(self.result(query));
        };
        let Short {
            what,
            from,
            condition,
            is_aggregate,
        } = short;
        let what = match is_aggregate {
            true => what.as_str(),
            false => self.language.without_article(&what),
        };
        let words = match (condition, is_aggregate) {
            (None, true) => self.say(["{0} in {1}", "{1} 中 {0}", "{1} 中 {0}"], &[what, &from]),
            (None, false) => self.say(
                [
                    "the first {0} found in {1}",
                    "{1} 中第一個 {0}",
                    "{1} 中第一个 {0}",
                ],
                &[what, &from],
            ),
            (Some(condition), true) => self.say(
                [
                    "{0} in {1} where {2}",
                    "{1} 中 {0}，條件為 {2}",
                    "{1} 中 {0}，条件为 {2}",
                ],
                &[what, &from, &condition],
            ),
            (Some(condition), false) => self.say(
                [
                    "the first {0} found in {1} where {2}",
                    "{1} 中第一個 {0}，條件為 {2}",
                    "{1} 中第一个 {0}，条件为 {2}",
                ],
                &[what, &from, &condition],
            ),
        };
        match words.contains(self.language.pick([" where ", "條件為", "条件为"])) {
            true => Words::atom(self.language.bracketed(&words)),
            false => Words::phrase(words),
        }
    }

    pub(super) fn exists(&mut self, query: &Query, negated: bool) -> Words {
        let Some(Short {
            from,
            condition,
            is_aggregate: false,
            ..
        }) = self.short(query, true)
        else {
            let result = self.result(query);
            let phrase = match negated {
                false => ["{0} has rows", "{0} 有資料", "{0} 有数据"],
                true => ["{0} has no rows", "{0} 沒有資料", "{0} 没有数据"],
            };
            return Words::phrase(self.say(phrase, &[&result]));
        };
        let condition = condition.unwrap_or_default();
        let phrase = match (condition.is_empty(), negated) {
            (true, false) => ["{0} has rows", "{0} 有資料", "{0} 有数据"],
            (true, true) => ["{0} has no rows", "{0} 沒有資料", "{0} 没有数据"],
            (false, false) => [
                "there is a row of {0} where {1}",
                "{0} 中有符合「{1}」的資料列",
                "{0} 中有满足“{1}”的行",
            ],
            (false, true) => [
                "there is no row of {0} where {1}",
                "{0} 中沒有符合「{1}」的資料列",
                "{0} 中没有满足“{1}”的行",
            ],
        };
        Words::loose(self.say(phrase, &[&from, &condition]))
    }

    /// The parts of a query of one column and no more than one table and a condition.
    fn short(&mut self, query: &Query, any_column: bool) -> Option<Short> {
        let select = plain_select(query)?;
        let what = match select.projection.as_slice() {
            [SelectItem::UnnamedExpr(what) | SelectItem::ExprWithAlias { expr: what, .. }] => {
                Some(what)
            }
            [SelectItem::Wildcard(_)] if any_column => None,
            _ => return None,
        };
        let [tree] = select.from.as_slice() else {
            return None;
        };
        if !tree.joins.is_empty() {
            return None;
        }
        let is_correlated = is_correlated(query, &self.scopes, self.schema);
        let (sources, lists) = self.sources(&select.from)?;
        if !lists.is_empty() {
            return None;
        }
        self.enter(select, sources, is_correlated);
        let from = self
            .scopes
            .last()
            .and_then(|scope| scope.sources.first().cloned());
        let from = from
            .map(|source| self.introduced(&source))
            .unwrap_or_default();
        let words = what
            .map(|what| self.value(what))
            .map(|words| self.held(words));
        let condition = select
            .selection
            .as_ref()
            .map(|condition| self.condition(condition).text);
        self.scopes.pop();
        Some(Short {
            what: words.unwrap_or_default(),
            from,
            condition,
            is_aggregate: what.is_some_and(seekers::has_aggregate),
        })
    }

    /// A result with a letter, told before the clause at hand.
    fn result(&mut self, query: &Query) -> String {
        let is_correlated = is_correlated(query, &self.scopes, self.schema);
        let letter = self.letter();
        let outer = std::mem::replace(&mut self.is_correlated, is_correlated);
        let depth = self.scopes.len();
        let lines = self.query(query);
        self.scopes.truncate(depth);
        self.is_correlated = outer;
        let Some(lines) = lines else {
            return fragment(query);
        };
        let phrase = match is_correlated {
            false => [
                "Works out result {0} first:",
                "先求出結果 {0}：",
                "先求出结果 {0}：",
            ],
            true => [
                "For each row works out result {0}:",
                "針對每一筆求出結果 {0}：",
                "针对每一行求出结果 {0}：",
            ],
        };
        let head = self.say(phrase, &[&letter]);
        self.asides.push(head);
        self.asides.extend(indented(lines));
        self.say(["result {0}", "結果 {0}", "结果 {0}"], &[&letter])
    }
}

/// The SELECT of a query that has nothing around it and neither groups nor repeated columns.
fn plain_select(query: &Query) -> Option<&Select> {
    let SetExpr::Select(select) = &*query.body else {
        return None;
    };
    let has_more = query.with.is_some()
        || query.order_by.is_some()
        || query.limit_clause.is_some()
        || query.fetch.is_some()
        || !query.locks.is_empty()
        || query.for_clause.is_some()
        || query.settings.is_some()
        || query.format_clause.is_some()
        || !query.pipe_operators.is_empty();
    let is_grouped = select.group_by != GroupByExpr::Expressions(vec![], vec![]);
    let is_short =
        !has_more && select::is_tellable(select) && select.having.is_none() && !is_grouped;
    is_short.then_some(select)
}
