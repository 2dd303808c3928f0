//! The shape of the answer that was asked for: no figure beside a name that nobody asked for, and
//! each thing once where different things were asked for.
//!
//! Small models show what they sort by. "Which year had the most concerts?" asks for a year.

use sqlparser::ast::{
    Distinct, DuplicateTreatment, Expr, FunctionArguments, GroupByExpr, OrderByKind, Query, Select,
    SelectItem, SetExpr, Visit,
};

use crate::listed;

/// Words that ask for a figure. Behind a superlative ("the most number of") they only say of what.
const FIGURES: [&str; 12] = [
    "how many",
    "number of",
    "how much",
    "count",
    "total",
    "average",
    "sum",
    "amount",
    "how often",
    "percentage",
    "share",
    "figures",
];

const SUPERLATIVES: [&str; 12] = [
    "most", "highest", "largest", "greatest", "biggest", "maximum", "least", "lowest", "smallest",
    "fewest", "minimum", "the more",
];

const CHINESE_FIGURES: [&str; 10] = [
    "多少", "几", "幾", "数", "數", "总", "總", "平均", "金额", "金額",
];

/// Leaves out what is only sorted by, where the question asks for no figure. Whether it did.
pub fn without_figures(query: &mut Query, question: &str) -> bool {
    let is_as_listed =
        listed::asked_for(question).is_some_and(|count| Some(count) == listed::shown(query));
    if query.limit_clause.is_none() || is_as_listed || asks_for_a_figure(question) {
        return false;
    }
    let Some(order) = &mut query.order_by else {
        return false;
    };
    let OrderByKind::Expressions(keys) = &mut order.kind else {
        return false;
    };
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let Some(key) = keys.first_mut() else {
        return false;
    };
    let place = select.projection.iter().position(|item| {
        let Some((expression, alias)) = parts(item) else {
            return false;
        };
        let is_alias = alias.is_some_and(|alias| key.expr.to_string().eq_ignore_ascii_case(alias));
        is_aggregate(expression) && (is_alias || *expression == key.expr)
    });
    let Some(place) = place.filter(|_| select.projection.len() > 1) else {
        return false;
    };
    let others_are_columns = select.projection.iter().enumerate().all(|(at, item)| {
        at == place || parts(item).is_some_and(|(shown, _)| !is_aggregate(shown))
    });
    if !others_are_columns {
        return false;
    }
    let item = select.projection.remove(place);
    if let Some((expression, _)) = parts(&item) {
        key.expr = expression.clone();
    }
    true
}

/// Shows what is sorted by, where the question lists one thing more than is shown: "Name and hours, most
/// first" of names that are sorted by their hours. Whether it did.
pub fn with_the_figure(query: &mut Query, question: &str) -> bool {
    let listed = listed::asked_for(question);
    let shown = listed::shown(query);
    if listed.is_none() || listed != shown.map(|count| count + 1) {
        return false;
    }
    let Some(order) = &query.order_by else {
        return false;
    };
    let OrderByKind::Expressions(keys) = &order.kind else {
        return false;
    };
    let Some(figure) = keys.first().map(|key| key.expr.clone()) else {
        return false;
    };
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let is_there = select
        .projection
        .iter()
        .any(|item| parts(item).is_some_and(|(shown, _)| *shown == figure));
    if !is_aggregate(&figure) || is_there {
        return false;
    }
    select.projection.push(SelectItem::UnnamedExpr(figure));
    true
}

fn asks_for_a_figure(question: &str) -> bool {
    let mut words = format!(" {} ", question.to_lowercase());
    for superlative in SUPERLATIVES {
        for figure in FIGURES {
            words = words.replace(&format!("{superlative} {figure}"), superlative);
        }
    }
    let is_chinese = !question.is_ascii();
    FIGURES.iter().any(|figure| words.contains(figure))
        || is_chinese
            && CHINESE_FIGURES
                .iter()
                .any(|figure| question.contains(figure))
}

fn parts(item: &SelectItem) -> Option<(&Expr, Option<&str>)> {
    match item {
        SelectItem::UnnamedExpr(expression) => Some((expression, None)),
        SelectItem::ExprWithAlias { expr, alias } => Some((expr, Some(&alias.value))),
        _ => None,
    }
}

/// Whether an expression is made of many rows.
fn is_aggregate(expression: &Expr) -> bool {
    use std::ops::ControlFlow;
    struct Seeker;
    impl sqlparser::ast::Visitor for Seeker {
        type Break = ();
        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            match expression {
                Expr::Function(function) if is_counting(&function.name.to_string()) => {
                    ControlFlow::Break(())
                }
                _ => ControlFlow::Continue(()),
            }
        }
    }
    expression.visit(&mut Seeker).is_break()
}

fn is_counting(name: &str) -> bool {
    ["count", "sum", "avg", "total"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Leaves out columns that a condition holds to one value, where the question does not name them and
/// something else is shown: they say the same in every row. Whether it did.
pub fn without_constants(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let mut fixed = Vec::new();
    if let Some(condition) = &select.selection {
        gather_fixed(condition, &mut fixed);
    }
    let no_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    if fixed.is_empty() || !no_groups || select.distinct.is_some() {
        return false;
    }
    let is_idle = |item: &SelectItem| {
        let SelectItem::UnnamedExpr(shown) = item else {
            return false;
        };
        let text = shown.to_string().to_lowercase();
        let name = text.rsplit('.').next().unwrap_or(&text).to_owned();
        let words = crate::mend::spaced(&name);
        let is_named = words
            .split(' ')
            .any(|word| word.len() > 2 && question.contains(word));
        fixed.contains(&text) && !is_named
    };
    let left = select
        .projection
        .iter()
        .filter(|item| !is_idle(item))
        .count();
    if left == 0 || left == select.projection.len() {
        return false;
    }
    select.projection.retain(|item| !is_idle(item));
    true
}

/// The columns that are to equal a value, among what is joined by AND.
fn gather_fixed(condition: &Expr, fixed: &mut Vec<String>) {
    use sqlparser::ast::BinaryOperator as Op;
    match condition {
        Expr::Nested(inner) => gather_fixed(inner, fixed),
        Expr::BinaryOp {
            left,
            op: Op::And,
            right,
        } => {
            gather_fixed(left, fixed);
            gather_fixed(right, fixed);
        }
        Expr::BinaryOp {
            left,
            op: Op::Eq,
            right,
        } => {
            let is_column = matches!(**left, Expr::Identifier(_) | Expr::CompoundIdentifier(_));
            if is_column && matches!(**right, Expr::Value(_)) {
                fixed.push(left.to_string().to_lowercase());
            }
        }
        _ => {}
    }
}

/// Rounds what is divided or averaged to as many digits as the question says. Whether it did.
pub fn rounded(query: &mut Query, question: &str) -> bool {
    let Some(digits) = digits(question) else {
        return false;
    };
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let mut is_changed = false;
    for item in &mut select.projection {
        let (SelectItem::UnnamedExpr(shown) | SelectItem::ExprWithAlias { expr: shown, .. }) = item
        else {
            continue;
        };
        let text = shown.to_string();
        let words = text.to_uppercase();
        let is_broken = words.contains(" / ") || words.contains("AVG(");
        if !is_broken || words.contains("ROUND(") {
            continue;
        }
        if let Some(round) = crate::joins::expression(&format!("ROUND({text}, {digits})")) {
            *shown = round;
            is_changed = true;
        }
    }
    is_changed
}

/// How many digits behind the point a question asks for.
fn digits(question: &str) -> Option<u8> {
    let question = question.to_lowercase();
    let (_, behind) = [
        "round to ",
        "rounded to ",
        "保留",
        "四舍五入到",
        "四捨五入到",
    ]
    .iter()
    .find_map(|word| question.split_once(word))?;
    let is_decimal = ["decimal", "digit", "place", "位"]
        .iter()
        .any(|word| behind.contains(word));
    let behind = behind
        .trim_start_matches("小数点后")
        .trim_start_matches("小數點後")
        .trim_start();
    let words: [(&[&str], u8); 4] = [
        (&["one", "1", "a ", "一"], 1),
        (&["two", "2", "两", "兩", "二"], 2),
        (&["three", "3", "三"], 3),
        (&["four", "4", "四"], 4),
    ];
    let found = words
        .iter()
        .find(|(words, _)| words.iter().any(|word| behind.starts_with(word)));
    found.filter(|_| is_decimal).map(|(_, digits)| *digits)
}

/// Shows each thing once, or counts each once, where the question asks for different ones. Whether
/// anything was changed.
pub fn each_once(query: &mut Query, question: &str) -> bool {
    let question = format!(" {} ", question.to_lowercase());
    let english = [" different ", " distinct ", " unique "]
        .iter()
        .any(|word| question.contains(word));
    let chinese = ["不同的", "不重复", "不重複"]
        .iter()
        .any(|word| question.contains(word));
    if !(english || chinese) {
        return false;
    }
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let no_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    if !no_groups || select.distinct.is_some() {
        return false;
    }
    if let [item] = select.projection.as_mut_slice()
        && let Some(counted) = count_of(item)
    {
        *counted = Some(DuplicateTreatment::Distinct);
        return true;
    }
    let is_list = select.projection.iter().all(|item| {
        parts(item).is_some_and(|(shown, _)| {
            matches!(shown, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
        })
    });
    if is_list && sorts_by_what_is_shown(&query.order_by, select) {
        select.distinct = Some(Distinct::Distinct);
        return true;
    }
    false
}

/// Where "each once" stands in a count of one column.
fn count_of(item: &mut SelectItem) -> Option<&mut Option<DuplicateTreatment>> {
    let (SelectItem::UnnamedExpr(Expr::Function(function))
    | SelectItem::ExprWithAlias {
        expr: Expr::Function(function),
        ..
    }) = item
    else {
        return None;
    };
    let is_count = function.name.to_string().eq_ignore_ascii_case("count");
    let FunctionArguments::List(list) = &mut function.args else {
        return None;
    };
    let text = list
        .args
        .first()
        .map(ToString::to_string)
        .unwrap_or_default();
    let is_column = list.args.len() == 1
        && !text.is_empty()
        && text
            .chars()
            .all(|letter| letter.is_alphanumeric() || "._\"` ".contains(letter))
        && text.parse::<f64>().is_err();
    (is_count && is_column && list.duplicate_treatment.is_none())
        .then_some(&mut list.duplicate_treatment)
}

/// With DISTINCT, rows can only be sorted by what they show.
pub fn sorts_by_what_is_shown(order: &Option<sqlparser::ast::OrderBy>, select: &Select) -> bool {
    let Some(order) = order else {
        return true;
    };
    let OrderByKind::Expressions(keys) = &order.kind else {
        return false;
    };
    keys.iter().all(|key| {
        let mut shown = select.projection.iter().filter_map(parts);
        shown.any(|(expression, alias)| {
            *expression == key.expr || alias.is_some_and(|alias| key.expr.to_string() == *alias)
        })
    })
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
