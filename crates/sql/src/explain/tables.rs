//! FROM and its joins in words.

use sqlparser::ast::{
    BinaryOperator, Expr, Join, JoinConstraint, JoinOperator, ObjectName, Select, TableFactor,
    TableWithJoins,
};

use super::condition::parts_of;
use super::language::Phrase;
use super::raw::fragment;
use super::scope::{Columns, Source, is_shadowed, named, table};
use super::steps::{column_names, step};
use super::{Teller, indented};

impl<'a> Teller<'a> {
    /// The sources of a FROM, and the lines of those that are queries. Nothing when there is one
    /// whose names cannot be told.
    pub(super) fn sources(
        &mut self,
        from: &[TableWithJoins],
    ) -> Option<(Vec<Source<'a>>, Vec<String>)> {
        let mut sources = Vec::new();
        let mut lines = Vec::new();
        for factor in factors(from) {
            sources.push(match factor {
                TableFactor::Derived {
                    lateral: false,
                    subquery,
                    alias,
                    sample: None,
                } => {
                    let columns = match alias {
                        Some(alias) if !alias.columns.is_empty() => return None,
                        _ => column_names(subquery),
                    };
                    let alias = alias.as_ref().map(|alias| alias.name.value.clone());
                    let name = match &alias {
                        Some(alias) => alias.clone(),
                        None => self.letter(),
                    };
                    let shown = self.language.quoted(&name);
                    lines.push(self.say(
                        [
                            "First makes a list {0}:",
                            "先整理出清單 {0}：",
                            "先整理出列表 {0}：",
                        ],
                        &[&shown],
                    ));
                    lines.extend(indented(self.query(subquery)?));
                    Source {
                        alias: alias.unwrap_or_default(),
                        shown: name.clone(),
                        name,
                        columns: columns.map_or(Columns::Unknown, Columns::Named),
                    }
                }
                TableFactor::Table { .. } if is_plain(factor) => self.table_source(factor)?,
                _ => return None,
            });
        }
        Some((sources, lines))
    }

    fn table_source(&self, factor: &TableFactor) -> Option<Source<'a>> {
        let (name, alias) = named(factor)?;
        let (name, columns) = match (step(&self.steps, &name), table(self.schema, &name)) {
            (Some((name, columns)), _) => (
                name.clone(),
                columns.clone().map_or(Columns::Unknown, Columns::Named),
            ),
            (None, Some(table)) => (table.name.clone(), Columns::Table(table)),
            (None, None) => (name, Columns::Unknown),
        };
        Some(Source {
            alias,
            shown: name.clone(),
            name,
            columns,
        })
    }

    /// Gives sources that would be called alike their aliases.
    pub(super) fn tell_apart(
        &self,
        select: &Select,
        sources: &mut [Source<'a>],
        is_correlated: bool,
    ) {
        let names: Vec<String> = sources.iter().map(|source| source.name.clone()).collect();
        for source in sources {
            let same = names.iter().filter(|name| **name == source.name).count();
            let mut around = self.scopes.iter().flat_map(|scope| &scope.sources);
            let is_around = is_correlated && around.any(|other| other.name == source.name);
            let is_shadowed = is_shadowed(select, source);
            if (same > 1 || is_around || is_shadowed) && !source.alias.is_empty() {
                source.shown = source.alias.clone();
            }
        }
    }

    /// What a source is called where it first comes.
    pub(super) fn introduced(&self, source: &Source<'_>) -> String {
        let is_list =
            !matches!(source.columns, Columns::Table(_)) && !self.is_unknown_table(source);
        let name = match is_list {
            true => {
                let quoted = self.language.quoted(&source.name);
                self.say(["the list {0}", "清單 {0}", "列表 {0}"], &[&quoted])
            }
            false => source.name.clone(),
        };
        match source.shown.eq_ignore_ascii_case(&source.name) {
            true => name,
            false => self.say(
                [
                    "{0} (here called {1})",
                    "{0}（以下稱 {1}）",
                    "{0}（以下称 {1}）",
                ],
                &[&name, &source.shown],
            ),
        }
    }

    fn is_unknown_table(&self, source: &Source<'_>) -> bool {
        matches!(source.columns, Columns::Unknown)
            && !source.alias.is_empty()
            && step(&self.steps, &source.name).is_none()
    }

    /// The sentence about where rows come from.
    pub(super) fn from(&mut self, from: &[TableWithJoins]) -> String {
        let shown: Vec<String> = match self.scopes.last() {
            Some(scope) => scope
                .sources
                .iter()
                .map(|source| self.introduced(source))
                .collect(),
            None => Vec::new(),
        };
        let mut shown = shown.into_iter();
        let mut text = String::new();
        let joins = || from.iter().flat_map(|tree| &tree.joins);
        let has_inner = joins().any(is_inner);
        // Where some rows stay and others do not, each join says for itself which.
        let is_mixed = has_inner && !joins().all(is_inner);
        for (place, tree) in from.iter().enumerate() {
            let name = shown.next().unwrap_or_default();
            let phrase: Phrase = match place {
                0 => ["Starts from {0}", "從 {0} 開始", "从 {0} 开始"],
                _ => EVERY_PAIR,
            };
            text.push_str(&self.say(phrase, &[&name]));
            for join in &tree.joins {
                let name = shown.next().unwrap_or_default();
                text.push_str(&self.join(join, &name));
                if is_mixed && is_inner(join) {
                    text.push_str(self.language.pick([
                        ", leaving out rows without a match",
                        "，找不到對應的資料列不列入",
                        "，没有匹配的行不计入",
                    ]));
                }
            }
        }
        text.push_str(self.language.pick([".", "。", "。"]));
        if has_inner && !is_mixed {
            text.push_str(self.language.pick([
                " Rows without a match are left out.",
                "找不到對應的資料列不列入。",
                "没有匹配的行不计入。",
            ]));
        }
        text
    }

    fn join(&mut self, join: &Join, name: &str) -> String {
        use JoinOperator as J;
        let Join {
            relation: _,
            global: _,
            join_operator,
        } = join;
        let (phrase, constraint): (Phrase, _) = match join_operator {
            J::Join(JoinConstraint::None)
            | J::Inner(JoinConstraint::None)
            | J::CrossJoin(JoinConstraint::None) => {
                return self.say(EVERY_PAIR, &[name]);
            }
            J::Join(constraint)
            | J::Inner(constraint)
            | J::CrossJoin(constraint)
            | J::StraightJoin(constraint) => (
                [
                    ", adding the matching rows of {0} ({1})",
                    "，對應加入 {0}（{1}）",
                    "，匹配加入 {0}（{1}）",
                ],
                constraint,
            ),
            J::Left(constraint) | J::LeftOuter(constraint) => (
                [
                    ", adding the matching rows of {0} where there are any ({1}); rows without one stay, with empty values there",
                    "，對應加入 {0}（{1}），沒有對應的資料列仍保留，該部分留空",
                    "，匹配加入 {0}（{1}），没有匹配的行仍保留，该部分留空",
                ],
                constraint,
            ),
            J::Right(constraint) | J::RightOuter(constraint) => (
                [
                    ", matching with {0} ({1}); every row of {0} stays, with empty values where nothing matches it",
                    "，與 {0} 對應（{1}），{0} 的資料列全部保留，沒有對應的部分留空",
                    "，与 {0} 匹配（{1}），{0} 的行全部保留，没有匹配的部分留空",
                ],
                constraint,
            ),
            J::FullOuter(constraint) => (
                [
                    ", matching with {0} ({1}); rows without a match stay on both sides, with empty values",
                    "，與 {0} 對應（{1}），兩邊沒有對應的資料列都保留，該部分留空",
                    "，与 {0} 匹配（{1}），两边没有匹配的行都保留，该部分留空",
                ],
                constraint,
            ),
            _ => {
                let raw = fragment(&join.to_string().trim());
                return self.say([", then {0}", "，再套用 {0}", "，再应用 {0}"], &[&raw]);
            }
        };
        let condition = self.constraint(constraint);
        self.say(phrase, &[name, &condition])
    }

    fn constraint(&mut self, constraint: &JoinConstraint) -> String {
        match constraint {
            JoinConstraint::On(condition) => self.on(condition),
            JoinConstraint::Using(columns) => {
                let columns: Vec<String> = columns.iter().map(last_name).collect();
                let columns = self.language.and(&columns);
                self.say(["the same {0}", "{0} 相同", "{0} 相同"], &[&columns])
            }
            JoinConstraint::Natural => self.say(
                [
                    "all columns of the same name are equal",
                    "同名欄位的值都相同",
                    "同名列的值都相同",
                ],
                &[],
            ),
            JoinConstraint::None => self.say(["any", "全部", "全部"], &[]),
        }
    }

    /// Columns that must be equal are written `a = b`, everything else in words.
    fn on(&mut self, condition: &Expr) -> String {
        let mut parts = Vec::new();
        parts_of(condition, &BinaryOperator::And, &mut parts);
        let parts: Vec<String> = parts
            .into_iter()
            .map(|part| match equal_columns(part) {
                Some((left, right)) => {
                    format!("{} = {}", self.value(left).text, self.value(right).text)
                }
                None => {
                    let words = self.condition(part);
                    self.held(words)
                }
            })
            .collect();
        parts.join(self.language.pick([" and ", "，且", "，且"]))
    }
}

const EVERY_PAIR: Phrase = [
    ", combining every row with every row of {0}",
    "，每一筆再與 {0} 的每一筆配對",
    "，每一行再与 {0} 的每一行配对",
];

/// All tables of a FROM in the order in which they stand.
pub(super) fn factors(from: &[TableWithJoins]) -> impl Iterator<Item = &TableFactor> {
    from.iter().flat_map(|tree| {
        std::iter::once(&tree.relation).chain(tree.joins.iter().map(|join| &join.relation))
    })
}

/// Whether rows without a partner are left out.
fn is_inner(join: &Join) -> bool {
    use JoinOperator as J;
    matches!(
        &join.join_operator,
        J::Join(c) | J::Inner(c) | J::CrossJoin(c) | J::StraightJoin(c) if *c != JoinConstraint::None
    )
}

/// Two columns that a condition wants to be equal.
pub(super) fn equal_columns(condition: &Expr) -> Option<(&Expr, &Expr)> {
    let is_column = |expression: &Expr| super::scope::column_name(expression).is_some();
    match condition {
        Expr::Nested(inner) => equal_columns(inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } if is_column(left) && is_column(right) => Some((left, right)),
        _ => None,
    }
}

fn last_name(name: &ObjectName) -> String {
    let last = name.0.last().and_then(|part| part.as_ident());
    last.map_or_else(|| name.to_string(), |ident| ident.value.clone())
}

/// Whether a table stands there without anything that changes its rows.
fn is_plain(factor: &TableFactor) -> bool {
    let TableFactor::Table {
        name: _,
        alias,
        args: None,
        with_hints,
        version: None,
        with_ordinality: false,
        partitions,
        json_path: None,
        sample: None,
        // Which index is used changes no row.
        index_hints: _,
    } = factor
    else {
        return false;
    };
    let is_renamed = alias
        .as_ref()
        .is_some_and(|alias| !alias.columns.is_empty() || alias.at.is_some());
    !is_renamed && with_hints.is_empty() && partitions.is_empty()
}
