//! One SELECT, clause by clause.

use sqlparser::ast::{
    BinaryOperator, Distinct, Expr, GroupByExpr, Select, SelectFlavor, SelectItem,
    SelectItemQualifiedWildcardKind, WildcardAdditionalOptions,
};

use super::condition::parts_of;
use super::language::Phrase;
use super::raw::fragment;
use super::scope::{self, Scope, Source, column_name};
use super::steps::whole_number;
use super::{Teller, seekers};

/// From this many conditions on, each has a line of its own.
const MANY_CONDITIONS: usize = 3;

/// A SELECT as far as there are words for it.
struct Clauses<'q> {
    select: &'q Select,
    group_by: &'q [Expr],
    is_distinct: bool,
}

impl<'a> Teller<'a> {
    /// The lines of a SELECT. Its scope stays, for the ORDER BY behind it.
    pub(super) fn select(&mut self, select: &Select) -> Option<Vec<String>> {
        let outer = std::mem::take(&mut self.asides);
        let lines = match clauses(select) {
            Some(clauses) => match self.sources(&select.from) {
                Some((sources, lists)) => {
                    let is_correlated = self.is_correlated;
                    self.enter(select, sources, is_correlated);
                    let mut lines = lists;
                    lines.extend(self.clauses(&clauses));
                    lines
                }
                None => self.as_it_stands(select),
            },
            None => self.as_it_stands(select),
        };
        self.asides = outer;
        Some(lines)
    }

    /// Makes the names of a SELECT known.
    pub(super) fn enter(
        &mut self,
        select: &Select,
        mut sources: Vec<Source<'a>>,
        is_correlated: bool,
    ) {
        self.tell_apart(select, &mut sources, is_correlated);
        self.scopes.push(Scope {
            qualify: is_correlated || sources.len() > 1,
            sources,
            aliases: scope::aliases(&select.projection),
            shown: scope::shown(&select.projection),
        });
    }

    fn as_it_stands(&mut self, select: &Select) -> Vec<String> {
        self.scopes.push(Scope::default());
        let raw = fragment(select);
        vec![self.say(["Runs {0}.", "執行 {0}。", "执行 {0}。"], &[&raw])]
    }

    fn clauses(&mut self, clauses: &Clauses<'_>) -> Vec<String> {
        let Clauses {
            select,
            group_by,
            is_distinct,
        } = clauses;
        let mut lines = Vec::new();
        if !select.from.is_empty() {
            let line = self.from(&select.from);
            self.add(&mut lines, vec![line]);
        }
        if let Some(condition) = &select.selection {
            let told = self.kept(condition, KEPT_ROWS);
            self.add(&mut lines, told);
            lines.extend(self.empties(condition));
        }
        if !group_by.is_empty() {
            let line = self.groups(group_by);
            self.add(&mut lines, vec![line]);
        }
        if let Some(condition) = &select.having {
            let phrases = if group_by.is_empty() {
                KEPT_RESULT
            } else {
                KEPT_GROUPS
            };
            let told = self.kept(condition, phrases);
            self.add(&mut lines, told);
        }
        let line = self.shown(select, !group_by.is_empty());
        self.add(&mut lines, vec![line]);
        lines.extend(self.caveats(select, group_by));
        if *is_distinct {
            lines.push(self.say(
                [
                    "Rows that are the same appear only once.",
                    "相同的資料列只列一次。",
                    "相同的行只列一次。",
                ],
                &[],
            ));
        }
        lines
    }

    /// Adds lines, after those of the queries they speak of.
    fn add(&mut self, lines: &mut Vec<String>, told: Vec<String>) {
        lines.append(&mut self.asides);
        lines.extend(told);
    }

    fn kept(&mut self, condition: &Expr, [one, all, any]: [Phrase; 3]) -> Vec<String> {
        for (operator, phrase) in [(BinaryOperator::And, all), (BinaryOperator::Or, any)] {
            let mut parts = Vec::new();
            parts_of(condition, &operator, &mut parts);
            if parts.len() < MANY_CONDITIONS {
                continue;
            }
            let mut lines = vec![self.say(phrase, &[])];
            for part in parts {
                let part = self.condition(part).text;
                lines.push(format!("  - {part}"));
            }
            return lines;
        }
        let condition = self.condition(condition).text;
        vec![self.say(one, &[&condition])]
    }

    fn groups(&mut self, group_by: &[Expr]) -> String {
        let keys: Vec<String> = group_by
            .iter()
            .map(|key| {
                let shown = whole_number(key).and_then(|place| self.shown_at(place));
                let words = self.value(shown.as_ref().unwrap_or(key));
                self.held(words)
            })
            .collect();
        let keys_in_words = self.language.and(&keys);
        let keys_in_words = self.language.without_article(&keys_in_words);
        let phrase = match keys.len() {
            1 => [
                "Makes one group for each {0}.",
                "依 {0} 分組。",
                "按 {0} 分组。",
            ],
            _ => [
                "Makes one group for each combination of {0}.",
                "依 {0} 的組合分組。",
                "按 {0} 的组合分组。",
            ],
        };
        self.say(phrase, &[keys_in_words])
    }

    fn shown(&mut self, select: &Select, is_grouped: bool) -> String {
        let is_only_all = matches!(select.projection.as_slice(), [SelectItem::Wildcard(options)] if is_plain(options));
        if is_only_all && !is_grouped {
            return self.say(
                ["Shows all columns.", "列出所有欄位。", "列出所有列。"],
                &[],
            );
        }
        let is_only = select.projection.len() == 1;
        let items: Vec<String> = select
            .projection
            .iter()
            .map(|item| self.item(item, is_only))
            .collect();
        let is_calculated = !is_grouped
            && !select.projection.is_empty()
            && select.projection.iter().all(|item| match item {
                SelectItem::UnnamedExpr(expr) | SelectItem::ExprWithAlias { expr, .. } => {
                    seekers::has_aggregate(expr)
                }
                _ => false,
            });
        let items = self.language.and(&items);
        let phrase = match (is_grouped, is_calculated) {
            (true, _) => [
                "For each group shows {0}.",
                "每組列出 {0}。",
                "每组列出 {0}。",
            ],
            (false, true) => ["Calculates {0}.", "計算 {0}。", "计算 {0}。"],
            (false, false) => ["Shows {0}.", "列出 {0}。", "列出 {0}。"],
        };
        self.say(phrase, &[&items])
    }

    fn item(&mut self, item: &SelectItem, is_only: bool) -> String {
        match item {
            SelectItem::UnnamedExpr(expression) => {
                let words = self.value(expression);
                if is_only {
                    words.text
                } else {
                    self.held(words)
                }
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                let outer = std::mem::replace(&mut self.in_alias, true);
                let words = self.value(expr);
                let words = self.held(words);
                self.in_alias = outer;
                let is_same = column_name(expr)
                    .is_some_and(|(_, name)| name.value.eq_ignore_ascii_case(&alias.value));
                if is_same {
                    return words;
                }
                let alias = self.language.quoted(&alias.value);
                self.say(
                    ["{0} (as {1})", "{0}（顯示為{1}）", "{0}（显示为{1}）"],
                    &[&words, &alias],
                )
            }
            SelectItem::Wildcard(options) if is_plain(options) => {
                self.say(["all columns", "所有欄位", "所有列"], &[])
            }
            SelectItem::QualifiedWildcard(
                SelectItemQualifiedWildcardKind::ObjectName(name),
                options,
            ) if is_plain(options) => {
                let name = name.to_string();
                let sources = self.scopes.last().map(|scope| scope.sources.as_slice());
                let source = sources
                    .unwrap_or_default()
                    .iter()
                    .find(|source| source.alias.eq_ignore_ascii_case(&name));
                let name = source.map_or(name, |source| source.shown.clone());
                self.say(
                    ["all columns of {0}", "{0} 的所有欄位", "{0} 的所有列"],
                    &[&name],
                )
            }
            _ => fragment(item),
        }
    }
}

type Phrases = [Phrase; 3];

const KEPT_ROWS: Phrases = [
    [
        "Keeps only the rows where {0}.",
        "只保留符合條件的資料列：{0}。",
        "只保留满足条件的行：{0}。",
    ],
    [
        "Keeps only the rows where all of these hold:",
        "只保留同時符合下列條件的資料列：",
        "只保留同时满足以下条件的行：",
    ],
    [
        "Keeps only the rows where at least one of these holds:",
        "只保留至少符合下列一項條件的資料列：",
        "只保留至少满足以下一项条件的行：",
    ],
];

const KEPT_GROUPS: Phrases = [
    [
        "Keeps only the groups where {0}.",
        "只保留符合條件的組別：{0}。",
        "只保留满足条件的组：{0}。",
    ],
    [
        "Keeps only the groups where all of these hold:",
        "只保留同時符合下列條件的組別：",
        "只保留同时满足以下条件的组：",
    ],
    [
        "Keeps only the groups where at least one of these holds:",
        "只保留至少符合下列一項條件的組別：",
        "只保留至少满足以下一项条件的组：",
    ],
];

const KEPT_RESULT: Phrases = [
    [
        "Gives a result only if {0}.",
        "符合條件才有結果：{0}。",
        "满足条件才有结果：{0}。",
    ],
    [
        "Gives a result only if all of these hold:",
        "只有在下列條件都符合時才有結果：",
        "只有在以下条件都满足时才有结果：",
    ],
    [
        "Gives a result only if at least one of these holds:",
        "只有在至少符合下列一項條件時才有結果：",
        "只有在至少满足以下一项条件时才有结果：",
    ],
];

/// Whether a `*` stands without EXCEPT, REPLACE and their kind.
fn is_plain(options: &WildcardAdditionalOptions) -> bool {
    let WildcardAdditionalOptions {
        wildcard_token: _,
        opt_ilike,
        opt_exclude,
        opt_except,
        opt_replace,
        opt_rename,
        opt_alias,
    } = options;
    opt_ilike.is_none()
        && opt_exclude.is_none()
        && opt_except.is_none()
        && opt_replace.is_none()
        && opt_rename.is_none()
        && opt_alias.is_none()
}

/// The clauses of a SELECT; nothing when it has one there are no words for. Every field is named
/// here, so that one which a later parser adds cannot be overlooked.
fn clauses(select: &Select) -> Option<Clauses<'_>> {
    let Select {
        select_token: _,
        optimizer_hints: _,
        distinct,
        select_modifiers: None,
        top: None,
        top_before_distinct: _,
        projection: _,
        exclude: None,
        into: None,
        from: _,
        lateral_views,
        prewhere: None,
        selection: _,
        connect_by,
        group_by: GroupByExpr::Expressions(group_by, modifiers),
        cluster_by,
        distribute_by,
        sort_by,
        having: _,
        named_window,
        qualify: None,
        window_before_qualify: _,
        value_table_mode: None,
        flavor: SelectFlavor::Standard,
    } = select
    else {
        return None;
    };
    let is_distinct = match distinct {
        None | Some(Distinct::All) => false,
        Some(Distinct::Distinct) => true,
        Some(Distinct::On(_)) => return None,
    };
    let is_plain = lateral_views.is_empty()
        && connect_by.is_empty()
        && modifiers.is_empty()
        && cluster_by.is_empty()
        && distribute_by.is_empty()
        && sort_by.is_empty()
        && named_window.is_empty();
    is_plain.then_some(Clauses {
        select,
        group_by,
        is_distinct,
    })
}

/// Whether there are words for all that a SELECT has.
pub(super) fn is_tellable(select: &Select) -> bool {
    clauses(select).is_some()
}
