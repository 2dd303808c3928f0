//! The steps of a whole query: lists made beforehand, the query itself, order and limit.

use std::ops::ControlFlow;

use sqlparser::ast::{
    Cte, Expr, Query, SetExpr, SetOperator, SetQuantifier, TableFactor, Value, ValueWithSpan,
    Values, Visit, Visitor, With,
};

use super::raw::fragment;
use super::scope::{Columns, Scope, Source, Step};
use super::{Teller, indented};

impl Teller<'_> {
    /// The lines that tell a query; nothing when it does more than read.
    pub(super) fn query(&mut self, query: &Query) -> Option<Vec<String>> {
        let Query {
            with,
            body,
            order_by,
            limit_clause,
            fetch,
            locks,
            for_clause,
            settings,
            format_clause,
            pipe_operators,
        } = query;
        let known = self.steps.len();
        let outer = std::mem::take(&mut self.asides);
        let mut lines = Vec::new();
        if let Some(with) = with {
            lines.extend(self.with(with)?);
        }
        let depth = self.scopes.len();
        lines.extend(self.body(body)?);
        if let Some(order) = order_by {
            let line = self.order_by(order);
            lines.append(&mut self.asides);
            lines.extend(line);
        }
        lines.extend(limit_clause.iter().map(|limit| self.limit(limit)));
        lines.extend(fetch.iter().map(|fetch| self.fetch(fetch)));
        let mut others: Vec<String> = locks.iter().map(fragment).collect();
        others.extend(for_clause.iter().map(fragment));
        others.extend(
            settings
                .iter()
                .flatten()
                .map(|setting| format!("`{setting}`")),
        );
        others.extend(format_clause.iter().map(fragment));
        others.extend(pipe_operators.iter().map(fragment));
        lines.extend(others.iter().map(|other| self.also(other)));
        self.scopes.truncate(depth);
        self.steps.truncate(known);
        self.asides = outer;
        Some(lines)
    }

    /// A clause there are no words for.
    pub(super) fn also(&self, fragment: &str) -> String {
        self.say(
            ["Also applies {0}.", "另外套用 {0}。", "另外应用 {0}。"],
            &[fragment],
        )
    }

    fn with(&mut self, with: &With) -> Option<Vec<String>> {
        let mut lines = Vec::new();
        for cte in &with.cte_tables {
            let name = cte.alias.name.value.clone();
            let renamed = cte
                .alias
                .columns
                .iter()
                .map(|column| column.name.value.clone());
            let renamed: Vec<String> = renamed.collect();
            let columns = match renamed.is_empty() {
                true => column_names(&cte.query),
                false => Some(renamed.clone()),
            };
            let is_recursive = with.recursive && mentions(cte, &name);
            if is_recursive {
                self.steps.push((name.clone(), columns.clone()));
            }
            let shown = self.language.quoted(&name);
            lines.push(match is_recursive {
                true => self.say(
                    [
                        "Makes a list {0} that grows from its own rows until no new ones come:",
                        "建立清單 {0}，反覆用它自己的資料列往下產生，直到沒有新的為止：",
                        "建立列表 {0}，反复用它自己的行继续生成，直到没有新的为止：",
                    ],
                    &[&shown],
                ),
                false => self.say(
                    [
                        "First makes a list {0}:",
                        "先整理出清單 {0}：",
                        "先整理出列表 {0}：",
                    ],
                    &[&shown],
                ),
            });
            lines.extend(indented(self.query(&cte.query)?));
            if !renamed.is_empty() {
                let names = self.language.and(&renamed);
                lines.push(format!(
                    "  {}",
                    self.say(
                        [
                            "Its columns are called {0}.",
                            "各欄位名稱為 {0}。",
                            "各列名称为 {0}。"
                        ],
                        &[&names],
                    )
                ));
            }
            if !is_recursive {
                self.steps.push((name, columns));
            }
        }
        Some(lines)
    }

    fn body(&mut self, body: &SetExpr) -> Option<Vec<String>> {
        match body {
            SetExpr::Select(select) => self.select(select),
            SetExpr::Query(query) => self.query(query),
            SetExpr::SetOperation {
                left,
                op,
                set_quantifier,
                right,
            } => self.combination(left, (*op, *set_quantifier), right),
            SetExpr::Values(values) => Some(vec![self.values(values)]),
            SetExpr::Table(table) => Some(vec![self.also(&fragment(table))]),
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                None
            }
        }
    }

    fn combination(
        &mut self,
        left: &SetExpr,
        (operator, quantifier): (SetOperator, SetQuantifier),
        right: &SetExpr,
    ) -> Option<Vec<String>> {
        let depth = self.scopes.len();
        let mut lines = vec![self.say(["First list:", "第一份清單：", "第一份列表："], &[])];
        lines.extend(indented(self.body(left)?));
        self.scopes.truncate(depth);
        lines.push(self.say(["Second list:", "第二份清單：", "第二份列表："], &[]));
        lines.extend(indented(self.body(right)?));
        self.scopes.truncate(depth);
        use SetQuantifier::{All, Distinct, None as Plain};
        let phrase = match (operator, quantifier) {
            (SetOperator::Union, Plain | Distinct) => [
                "Puts both lists together; rows that are the same appear once.",
                "合併兩份清單，相同的資料列只留一筆。",
                "合并两份列表，相同的行只保留一条。",
            ],
            (SetOperator::Union, All) => [
                "Puts both lists together, with every row of each.",
                "合併兩份清單，重複的也全部保留。",
                "合并两份列表，重复的也全部保留。",
            ],
            (SetOperator::Intersect, Plain | Distinct) => [
                "Keeps only the rows that are in both lists, each once.",
                "只保留兩份清單都有的資料列，相同的只留一筆。",
                "只保留两份列表都有的行，相同的只保留一条。",
            ],
            (SetOperator::Except | SetOperator::Minus, Plain | Distinct) => [
                "Keeps the rows of the first list that are not in the second, each once.",
                "只保留第一份清單有、第二份清單沒有的資料列，相同的只留一筆。",
                "只保留第一份列表有、第二份列表没有的行，相同的只保留一条。",
            ],
            _ => {
                let operation = format!("`{operator} {quantifier}`");
                lines.push(self.say(
                    [
                        "Combines both lists by {0}.",
                        "以 {0} 結合兩份清單。",
                        "以 {0} 结合两份列表。",
                    ],
                    &[&operation],
                ));
                self.scopes.push(unknown());
                return Some(lines);
            }
        };
        lines.push(self.say(phrase, &[]));
        self.scopes.push(unknown());
        Some(lines)
    }

    fn values(&mut self, values: &Values) -> String {
        let rows: Vec<String> = values
            .rows
            .iter()
            .map(|row| {
                let cells: Vec<String> = row
                    .content
                    .iter()
                    .map(|cell| self.value(cell).text)
                    .collect();
                self.language.bracketed(&cells.join(", "))
            })
            .collect();
        let rows = rows.join(self.language.pick([", ", "、", "、"]));
        self.scopes.push(unknown());
        self.say(
            [
                "Lists these values: {0}.",
                "列出這些值：{0}。",
                "列出这些值：{0}。",
            ],
            &[&rows],
        )
    }
}

/// A scope of which nothing is known.
fn unknown() -> Scope<'static> {
    let source = Source {
        alias: String::new(),
        shown: String::new(),
        name: String::new(),
        columns: Columns::Unknown,
    };
    Scope {
        sources: vec![source],
        ..Scope::default()
    }
}

/// Whether a list is made from its own rows.
fn mentions(cte: &Cte, name: &str) -> bool {
    struct Seeker<'n>(&'n str);
    impl Visitor for Seeker<'_> {
        type Break = ();
        fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
            match super::scope::named(factor) {
                Some((name, _)) if name.eq_ignore_ascii_case(self.0) => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        }
    }
    cte.query.visit(&mut Seeker(name)).is_break()
}

/// Names of the columns that a query gives, where all of them can be told.
pub(super) fn column_names(query: &Query) -> Option<Vec<String>> {
    use sqlparser::ast::SelectItem::{ExprWithAlias, UnnamedExpr};
    let mut body = &*query.body;
    loop {
        body = match body {
            SetExpr::Select(select) => {
                let names = select.projection.iter().map(|item| match item {
                    ExprWithAlias { alias, .. } => Some(alias.value.clone()),
                    UnnamedExpr(expression) => match super::scope::column_name(expression) {
                        Some((_, name)) => Some(name.value.clone()),
                        // A column without a name of its own can be meant by nobody.
                        None => Some(expression.to_string()),
                    },
                    _ => None,
                });
                return names.collect();
            }
            SetExpr::SetOperation { left, .. } => left,
            SetExpr::Query(query) => &query.body,
            _ => return None,
        };
    }
}

/// A list of an earlier step by its name.
pub(super) fn step<'s>(steps: &'s [Step], name: &str) -> Option<&'s Step> {
    steps
        .iter()
        .rev()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
}

/// A whole number that stands in the query.
pub(super) fn whole_number(expression: &Expr) -> Option<i64> {
    use sqlparser::ast::UnaryOperator::Minus;
    match expression {
        Expr::Value(ValueWithSpan {
            value: Value::Number(digits, _),
            ..
        }) => digits.parse().ok(),
        Expr::UnaryOp { op: Minus, expr } => whole_number(expr).map(|number: i64| -number),
        Expr::Nested(inner) => whole_number(inner),
        _ => None,
    }
}
