//! Groups: which of them a figure is of, and what is said of a whole group.
//!
//! "The longest stay for each ward" is asked to know the wards; a list of figures alone answers nothing.
//! "Wards whose average stay is over 5 days" says something of a ward and not of a stay, which small
//! models put into WHERE.

use sqlparser::ast::{
    BinaryOperator, Expr, GroupByExpr, OrderByKind, Query, Select, SelectItem, SetExpr, Value,
};

use crate::joins::expression;
use crate::mend::spaced;
use crate::sets::{joined, parts};

/// Words that ask for a figure of every group.
const EACH: [&str; 5] = [" each ", " every ", " per ", " different ", " respective "];
const EACH_CHINESE: [&str; 3] = ["每", "各", "不同"];

/// Shows what the groups are made by, where the question asks for each of them and only figures are
/// shown. Whether it did.
pub fn named(query: &mut Query, question: &str) -> bool {
    let words = format!(" {} ", question.to_lowercase());
    let asks = EACH.iter().any(|word| words.contains(word))
        || EACH_CHINESE.iter().any(|word| question.contains(word));
    let has_limit = query.limit_clause.is_some() || query.fetch.is_some();
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let keys = keys(select);
    let is_bare = select.projection.iter().all(|item| {
        shown(item).is_some_and(|shown| matches!(shown, Expr::Function(function) if is_figure(&function.name.to_string())))
    });
    if !asks || has_limit || !is_bare || keys.is_empty() || !keys.iter().all(is_column) {
        return false;
    }
    let keys = keys.into_iter().map(SelectItem::UnnamedExpr);
    select.projection.extend(keys);
    true
}

/// Says of groups what the question says of an average or a total, where the statement says it of every
/// row: `WHERE stay > 5` becomes `HAVING AVG(stay) > 5`. Whether it did.
pub fn of_groups(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    let is_sorted = match &query.order_by {
        None => false,
        Some(order) => match &order.kind {
            OrderByKind::Expressions(keys) => keys.iter().any(|key| is_column(&key.expr)),
            OrderByKind::All(_) => true,
        },
    };
    let has_limit = query.limit_clause.is_some() || query.fetch.is_some();
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    let mut keys = keys(select);
    if keys.is_empty() {
        // Without groups those that are shown are what it is said of.
        let columns: Option<Vec<Expr>> = select
            .projection
            .iter()
            .map(|item| shown(item).filter(|shown| is_column(shown)).cloned())
            .collect();
        match columns.filter(|_| !is_sorted && !has_limit) {
            Some(columns) => keys = columns,
            None => return false,
        }
    }
    let Some(condition) = &select.selection else {
        return false;
    };
    let parts = parts(condition);
    let found = parts.iter().enumerate().find_map(|(place, part)| {
        let (column, with, number) = comparison(part)?;
        let function = function(column, number, &question).filter(|_| !keys.contains(column))?;
        let having = expression(&format!("{function}({column}) {with} {number}"))?;
        Some((place, having))
    });
    let Some((place, having)) = found else {
        return false;
    };
    let others = parts.into_iter().enumerate().filter(|(at, _)| *at != place);
    select.selection = joined(others.map(|(_, part)| part).collect());
    select.having = joined(select.having.take().into_iter().chain([having]).collect());
    select.group_by = GroupByExpr::Expressions(keys, Vec::new());
    select.distinct = None;
    true
}

/// Which figure of a column the question compares with a number; nothing where it compares the column.
fn function(column: &Expr, number: &str, question: &str) -> Option<&'static str> {
    let name = match column {
        Expr::Identifier(name) => spaced(&name.value),
        Expr::CompoundIdentifier(parts) => spaced(&parts.last()?.value),
        _ => return None,
    };
    let is_figure_itself = ["average", "avg", "mean", "total", "sum"]
        .iter()
        .any(|word| name.contains(word));
    if is_figure_itself {
        return None;
    }
    let last = name.rsplit(' ').next()?;
    let place = number_at(question, number)?;
    let (before, behind) = (&question[..place], &question[place..]);
    let said = |words: &[&str]| {
        let begin = words.iter().filter_map(|word| before.rfind(word)).max()?;
        let between = &before[begin..];
        let is_near = between.chars().count() < 60
            && !between.contains([',', '.', ';', '，', '、', '且', '并', '並', '而']);
        let names_it = between.contains(last) || !between.is_ascii();
        (is_near && names_it).then_some(())
    };
    if said(&["average ", "mean ", "平均"]).is_some() {
        return Some("AVG");
    }
    let is_in_total = ["in total", "altogether"]
        .iter()
        .any(|words| behind.find(words).is_some_and(|at| at < 40));
    (said(&["total ", "总", "總"]).is_some() || is_in_total).then_some("SUM")
}

/// Where a number stands by itself.
fn number_at(question: &str, number: &str) -> Option<usize> {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let mut places = question.match_indices(number).map(|(place, _)| place);
    places.find(|place| {
        !is_part(question[..*place].chars().next_back())
            && !is_part(question[place + number.len()..].chars().next())
    })
}

/// A column that is compared with a number.
fn comparison(part: &Expr) -> Option<(&Expr, &BinaryOperator, &str)> {
    let Expr::BinaryOp { left, op, right } = part else {
        return None;
    };
    let is_order = matches!(
        op,
        BinaryOperator::Gt | BinaryOperator::GtEq | BinaryOperator::Lt | BinaryOperator::LtEq
    );
    let Expr::Value(value) = &**right else {
        return None;
    };
    let Value::Number(number, _) = &value.value else {
        return None;
    };
    (is_order && is_column(left)).then_some((&**left, op, number.as_str()))
}

/// What the groups are made by.
fn keys(select: &Select) -> Vec<Expr> {
    match &select.group_by {
        GroupByExpr::Expressions(keys, modifiers) if modifiers.is_empty() => keys.clone(),
        _ => Vec::new(),
    }
}

fn shown(item: &SelectItem) -> Option<&Expr> {
    match item {
        SelectItem::UnnamedExpr(shown) | SelectItem::ExprWithAlias { expr: shown, .. } => {
            Some(shown)
        }
        _ => None,
    }
}

fn is_column(expression: &Expr) -> bool {
    matches!(
        expression,
        Expr::Identifier(_) | Expr::CompoundIdentifier(_)
    )
}

fn is_figure(name: &str) -> bool {
    ["count", "sum", "avg", "min", "max", "total"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::check_mend as check;

    #[test]
    fn figures_say_what_they_are_of() {
        let sql = "SELECT MAX(days) FROM stay GROUP BY ward";
        check(
            named,
            "What is the longest stay for each ward?",
            sql,
            Some("SELECT MAX(days), ward FROM stay GROUP BY ward"),
        );
        check(
            named,
            "每个病房最长住院几天？",
            sql,
            Some("SELECT MAX(days), ward FROM stay GROUP BY ward"),
        );
        check(named, "How many wards have a stay?", sql, None);
        check(
            named,
            "The longest stay for each ward",
            "SELECT ward, MAX(days) FROM stay GROUP BY ward",
            None,
        );
        check(
            named,
            "The ward with the most stays for each of them",
            "SELECT COUNT(*) FROM stay GROUP BY ward ORDER BY COUNT(*) DESC LIMIT 1",
            None,
        );
    }

    #[test]
    fn what_is_said_of_an_average_is_said_of_the_group() {
        check(
            of_groups,
            "Which wards have an average stay in days over 5?",
            "SELECT ward FROM stay WHERE days > 5",
            Some("SELECT ward FROM stay GROUP BY ward HAVING AVG(days) > 5"),
        );
        check(
            of_groups,
            "Wards with more than 300 days of stay in total",
            "SELECT DISTINCT w.name FROM ward AS w JOIN stay AS s ON s.ward = w.id WHERE s.kind = 'x' AND s.days > 300",
            Some(
                "SELECT w.name FROM ward AS w JOIN stay AS s ON s.ward = w.id WHERE s.kind = 'x' GROUP BY w.name HAVING SUM(s.days) > 300",
            ),
        );
        check(
            of_groups,
            "哪些病房的平均天数大于5？",
            "SELECT ward, COUNT(*) FROM stay WHERE days > 5 GROUP BY ward",
            Some("SELECT ward, COUNT(*) FROM stay GROUP BY ward HAVING AVG(days) > 5"),
        );
    }

    #[test]
    fn what_is_said_of_a_row_stays_there() {
        for question in [
            "Stays of more than 5 days, with the average age",
            "What is the average age of those with more than 5 days?",
            "Which wards have stays over 15 days on average?",
        ] {
            check(
                of_groups,
                question,
                "SELECT ward FROM stay WHERE days > 5",
                None,
            );
        }
        check(
            of_groups,
            "Wards with an average stay over 5",
            "SELECT ward FROM ward WHERE average_stay > 5",
            None,
        );
        check(
            of_groups,
            "Wards with an average of days over 5",
            "SELECT ward FROM stay WHERE days > 5 ORDER BY days",
            None,
        );
    }
}
