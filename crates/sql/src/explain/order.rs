//! ORDER BY, LIMIT and their relatives.

use sqlparser::ast::{Expr, Fetch, LimitClause, OrderBy, OrderByExpr, OrderByKind, OrderBySort};

use super::Teller;
use super::kind::Kind;
use super::language::Phrase;
use super::raw::fragment;
use super::steps::whole_number;

impl Teller<'_> {
    pub(super) fn order_by(&mut self, order: &OrderBy) -> Vec<String> {
        let OrderBy { kind, interpolate } = order;
        let line = match kind {
            OrderByKind::Expressions(keys) if interpolate.is_none() => {
                let keys = self.sort_keys(keys);
                self.say(
                    ["Sorts by {0}.", "依 {0} 排序。", "按 {0} 排序。"],
                    &[&keys],
                )
            }
            _ => self.also(&fragment(order)),
        };
        vec![line]
    }

    /// "a, largest first, then by b, A to Z".
    pub(super) fn sort_keys(&mut self, keys: &[OrderByExpr]) -> String {
        let keys: Vec<String> = keys.iter().map(|key| self.sort_key(key)).collect();
        keys.join(self.language.pick([", then by ", "，再依 ", "，再按 "]))
    }

    fn sort_key(&mut self, key: &OrderByExpr) -> String {
        let (sort, nulls_first) = (key.options.sort.as_ref(), key.options.nulls_first);
        if key.with_fill.is_some() || matches!(sort, Some(OrderBySort::Using(_))) {
            return fragment(key);
        }
        let is_descending = matches!(sort, Some(OrderBySort::Desc));
        let (what, kind) = self.sorted_by(&key.expr);
        let direction = self.language.pick(direction(kind, is_descending));
        let empties = match nulls_first {
            None => "",
            Some(true) => self
                .language
                .pick([", empty ones first", "，空值在前", "，空值在前"]),
            Some(false) => self
                .language
                .pick([", empty ones last", "，空值在後", "，空值在后"]),
        };
        self.say(
            ["{0}, {1}{2}", "{0}（{1}{2}）", "{0}（{1}{2}）"],
            &[&what, direction, empties],
        )
    }

    /// A whole term of ORDER BY means a column of the answer, by its place or its alias, before it
    /// means anything else.
    fn sorted_by(&mut self, term: &Expr) -> (String, Kind) {
        let named = match term {
            Expr::Identifier(name) => self.scopes.last().and_then(|scope| {
                let mut aliases = scope.aliases.iter();
                aliases.find(|(alias, _)| alias.eq_ignore_ascii_case(&name.value))
            }),
            _ => None,
        };
        let shown = named.map(|(_, expression)| expression.clone());
        let place = whole_number(term);
        let shown = shown.or_else(|| place.and_then(|place| self.shown_at(place)));
        match (shown, place) {
            (Some(shown), _) => {
                let outer = std::mem::replace(&mut self.in_alias, true);
                let found = (self.value(&shown).text, self.kind(&shown));
                self.in_alias = outer;
                found
            }
            (None, Some(place)) => {
                let place = place.to_string();
                (
                    self.say(["column {0}", "第 {0} 欄", "第 {0} 列"], &[&place]),
                    Kind::Unknown,
                )
            }
            (None, None) => (self.value(term).text, self.kind(term)),
        }
    }

    /// `ORDER BY 2` and `GROUP BY 2` mean the second column of the answer.
    pub(super) fn shown_at(&self, place: i64) -> Option<Expr> {
        let place = usize::try_from(place).ok()?.checked_sub(1)?;
        self.scopes.last()?.shown.get(place).cloned()
    }

    pub(super) fn limit(&mut self, limit: &LimitClause) -> String {
        let (limit_to, offset, by) = match limit {
            LimitClause::LimitOffset {
                limit,
                offset,
                limit_by,
            } => (
                limit.as_ref(),
                offset.as_ref().map(|offset| &offset.value),
                limit_by.is_empty(),
            ),
            LimitClause::OffsetCommaLimit { offset, limit } => (Some(limit), Some(offset), true),
        };
        let number = |expression: Option<&Expr>| match expression {
            None => Some(None),
            Some(expression) => whole_number(expression).map(Some),
        };
        let (Some(count), Some(skipped), true) = (number(limit_to), number(offset), by) else {
            return self.also(&fragment(limit));
        };
        // A negative limit is none in SQLite, and a negative offset is no offset.
        let skipped = skipped.filter(|skipped| *skipped > 0);
        self.first_rows(count.filter(|count| *count >= 0), skipped)
    }

    fn first_rows(&self, count: Option<i64>, skipped: Option<i64>) -> String {
        let words = [
            count.unwrap_or(0).to_string(),
            skipped.unwrap_or(0).to_string(),
        ];
        let phrase: Phrase = match (count, skipped) {
            (Some(1), None) => ["Shows only the first row.", "只取第一筆。", "只取第一条。"],
            (Some(_), None) => [
                "Shows only the first {0} rows.",
                "只取前 {0} 筆。",
                "只取前 {0} 条。",
            ],
            (Some(1), Some(_)) => [
                "Leaves out the first {1} and shows only the next row.",
                "略過前 {1} 筆，只取接下來的一筆。",
                "跳过前 {1} 条，只取接下来的一条。",
            ],
            (Some(_), Some(_)) => [
                "Leaves out the first {1} and shows only the next {0} rows.",
                "略過前 {1} 筆，只取接下來的 {0} 筆。",
                "跳过前 {1} 条，只取接下来的 {0} 条。",
            ],
            (None, Some(_)) => [
                "Leaves out the first {1}.",
                "略過前 {1} 筆。",
                "跳过前 {1} 条。",
            ],
            (None, None) => ["Shows all rows.", "全部列出。", "全部列出。"],
        };
        self.say(phrase, &[&words[0], &words[1]])
    }

    pub(super) fn fetch(&self, fetch: &Fetch) -> String {
        let Fetch {
            with_ties: false,
            percent: false,
            quantity,
        } = fetch
        else {
            return self.also(&fragment(fetch));
        };
        match quantity.as_ref().map_or(Some(1), whole_number) {
            Some(count) if count >= 0 => self.first_rows(Some(count), None),
            _ => self.also(&fragment(fetch)),
        }
    }
}

/// What rising and falling mean for a kind of values.
fn direction(kind: Kind, is_descending: bool) -> Phrase {
    match (kind, is_descending) {
        (Kind::Number, false) => ["smallest first", "由小到大", "从小到大"],
        (Kind::Number, true) => ["largest first", "由大到小", "从大到小"],
        (Kind::Date, false) => ["earliest first", "由早到晚", "从早到晚"],
        (Kind::Date, true) => ["latest first", "由晚到早", "从晚到早"],
        (Kind::Text, false) => ["A to Z", "A 到 Z", "A 到 Z"],
        (Kind::Text, true) => ["Z to A", "Z 到 A", "Z 到 A"],
        (Kind::Unknown, false) => ["ascending", "遞增", "升序"],
        (Kind::Unknown, true) => ["descending", "遞減", "降序"],
    }
}
