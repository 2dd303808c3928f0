//! Totals: how many things there are is counted, how many a column says there are is added up.
//!
//! "How many people live there" is the sum of the populations and not how many populations there are;
//! "the largest number of orders" is the most orders, and not the largest sum of something that the
//! question does not speak of.

use sqlparser::ast::{
    Expr, FunctionArg, FunctionArguments, GroupByExpr, Ident, ObjectName, ObjectNamePart,
    OrderByKind, Query, SelectItem, SetExpr,
};

use crate::columns;
use crate::joins::expression;
use crate::mend::spaced;

/// What columns are called that say of how many things a row is.
const HEADS: [&str; 14] = [
    "population",
    "headcount",
    "quantity",
    "qty",
    "units",
    "pieces",
    "inhabitants",
    "attendance",
    "人口",
    "人數",
    "人数",
    "數量",
    "数量",
    "件數",
];

/// How a question asks for a number of things.
const MANY: [&str; 2] = ["how many", "number of"];
const MANY_CHINESE: [&str; 4] = ["多少人", "多少件", "多少個", "多少个"];

/// Adds up a column that says of how many things each row is, where the rows were counted. Whether it did.
pub fn added_up(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    let asks = MANY
        .iter()
        .chain(&MANY_CHINESE)
        .any(|words| question.contains(words));
    let SetExpr::Select(select) = &mut *query.body else {
        return false;
    };
    if !asks {
        return false;
    }
    let mut is_changed = false;
    for item in &mut select.projection {
        let (SelectItem::UnnamedExpr(shown) | SelectItem::ExprWithAlias { expr: shown, .. }) = item
        else {
            continue;
        };
        if let Expr::Function(function) = shown
            && function.name.to_string().eq_ignore_ascii_case("count")
            && let FunctionArguments::List(list) = &function.args
            && list.duplicate_treatment.is_none()
            && column(&list.args).is_some_and(|name| is_head(&name))
        {
            let sum = Ident::new("SUM");
            function.name = ObjectName(vec![ObjectNamePart::Identifier(sum)]);
            is_changed = true;
        }
    }
    is_changed
}

/// Sorts groups by how many rows they have, where the question asks for a number of things and they were
/// sorted by the sum of a column of which it says nothing. Whether it did.
pub fn counted(query: &mut Query, question: &str) -> bool {
    let question = question.to_lowercase();
    let SetExpr::Select(select) = &*query.body else {
        return false;
    };
    let has_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if !keys.is_empty());
    let asks = ["number of", "amount of"]
        .iter()
        .any(|words| question.contains(words));
    if !asks || !has_groups {
        return false;
    }
    let Some(order) = &mut query.order_by else {
        return false;
    };
    let OrderByKind::Expressions(keys) = &mut order.kind else {
        return false;
    };
    let mut is_changed = false;
    for key in keys {
        if let Expr::Function(function) = &key.expr
            && function.name.to_string().eq_ignore_ascii_case("sum")
            && let FunctionArguments::List(list) = &function.args
            && let Some(name) = column(&list.args)
            && !is_head(&name)
            && !spaced(&name).split(' ').any(|word| question.contains(word))
            && let Some(count) = expression("COUNT(*)")
        {
            key.expr = count;
            is_changed = true;
        }
    }
    is_changed
}

/// The name of the one column that is given to a function.
fn column(arguments: &[FunctionArg]) -> Option<String> {
    match columns::only_argument(arguments)? {
        Expr::Identifier(name) => Some(name.value.clone()),
        Expr::CompoundIdentifier(parts) => Some(parts.last()?.value.clone()),
        _ => None,
    }
}

fn is_head(name: &str) -> bool {
    let name = spaced(name);
    name.split(' ')
        .next_back()
        .is_some_and(|last| HEADS.contains(&last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::check_mend as check;

    #[test]
    fn what_rows_say_is_added_up() {
        check(
            added_up,
            "How many pieces were sold in May?",
            "SELECT COUNT(l.order_qty) FROM lines AS l",
            Some("SELECT SUM(l.order_qty) FROM lines AS l"),
        );
        check(
            added_up,
            "How many lines are there?",
            "SELECT COUNT(l.id) FROM lines AS l",
            None,
        );
        check(
            added_up,
            "Which quantities are there?",
            "SELECT COUNT(qty) FROM lines",
            None,
        );
    }

    #[test]
    fn what_has_most_rows_comes_first() {
        let sorted = |by: &str| {
            format!("SELECT c.name FROM client AS c GROUP BY c.id ORDER BY {by} DESC LIMIT 1")
        };
        check(
            counted,
            "Who has the largest number of orders?",
            &sorted("SUM(o.rebate)"),
            Some(&sorted("COUNT(*)")),
        );
        check(
            counted,
            "Who has the largest number of rebates?",
            &sorted("SUM(o.rebate)"),
            None,
        );
        check(
            counted,
            "Who has the largest number of pieces?",
            &sorted("SUM(o.qty)"),
            None,
        );
        check(counted, "Who spent most?", &sorted("SUM(o.rebate)"), None);
    }
}
