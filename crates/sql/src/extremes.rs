//! The one with the most of something, where another thing of it is meant.
//!
//! "Heavier than the parcel with the longest way" compares weights; small models compare the weight with
//! the longest way itself.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArguments, GroupByExpr, Query, SelectItem, SetExpr, VisitMut,
    VisitorMut,
};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::columns;
use crate::mend::spaced;

/// How a question leads from a thing to what it has most of.
const WITH: [&str; 4] = [" with ", " that has ", " which has ", " having "];

/// Compares a column with that of the row with the most or least of another, where the question says
/// "than the … with the …". Whether it did.
pub fn of_the_one_with(query: &mut Query, question: &str) -> bool {
    struct Finder {
        question: String,
        is_changed: bool,
    }
    impl VisitorMut for Finder {
        type Break = ();
        fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            if let Expr::BinaryOp { left, op, right } = expression
                && matches!(
                    op,
                    BinaryOperator::Gt
                        | BinaryOperator::GtEq
                        | BinaryOperator::Lt
                        | BinaryOperator::LtEq
                )
                && let Some(compared) = last(left)
                && let Expr::Subquery(inner) = &mut **right
                && let Some(changed) = row_of(inner, &compared, &self.question)
            {
                **inner = changed;
                self.is_changed = true;
            }
            ControlFlow::Continue(())
        }
    }
    let mut finder = Finder {
        question: question.to_lowercase(),
        is_changed: false,
    };
    let _ = query.visit(&mut finder);
    finder.is_changed
}

/// The query for a column of the row that has the extreme which `inner` asks for.
fn row_of(inner: &Query, compared: &str, question: &str) -> Option<Query> {
    let SetExpr::Select(select) = &*inner.body else {
        return None;
    };
    let no_groups =
        matches!(&select.group_by, GroupByExpr::Expressions(keys, _) if keys.is_empty());
    let [SelectItem::UnnamedExpr(Expr::Function(function))] = select.projection.as_slice() else {
        return None;
    };
    let order = match function.name.to_string().to_lowercase().as_str() {
        "max" => "DESC",
        "min" => "ASC",
        _ => return None,
    };
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    let extreme = columns::only_argument(&list.args)?;
    let name = last(extreme)?;
    let is_other = !name.eq_ignore_ascii_case(compared);
    if !no_groups || !is_other || !speaks_of_the_one_with(question, &name) {
        return None;
    }
    let mut changed = inner.clone();
    let SetExpr::Select(select) = &mut *changed.body else {
        return None;
    };
    let column = Expr::Identifier(sqlparser::ast::Ident::new(compared));
    select.projection = vec![SelectItem::UnnamedExpr(column)];
    let sql = format!("{changed} ORDER BY {extreme} {order} LIMIT 1");
    let mut parser = Parser::new(&SQLiteDialect {}).try_with_sql(&sql).ok()?;
    Some(*parser.parse_query().ok()?)
}

/// Whether a question says "than the … with the … name".
fn speaks_of_the_one_with(question: &str, name: &str) -> bool {
    let name = spaced(name);
    let last = name.rsplit(' ').next().unwrap_or_default();
    let Some((_, behind)) = question.split_once(" than the ") else {
        return false;
    };
    WITH.iter()
        .filter_map(|word| behind.split_once(word))
        .any(|(_, had)| !last.is_empty() && had.contains(last))
}

fn last(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Identifier(name) => Some(name.value.clone()),
        Expr::CompoundIdentifier(parts) => Some(parts.last()?.value.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::check_mend;

    #[track_caller]
    fn check(question: &str, sql: &str, expected: Option<&str>) {
        check_mend(of_the_one_with, question, sql, expected);
    }

    #[test]
    fn what_is_compared_is_of_the_one_with_the_most() {
        let sql = "SELECT COUNT(*) FROM parcel WHERE weight > (SELECT MAX(way) FROM parcel)";
        check(
            "How many parcels are heavier than the parcel with the longest way?",
            sql,
            Some(
                "SELECT COUNT(*) FROM parcel WHERE weight > (SELECT weight FROM parcel ORDER BY way DESC LIMIT 1)",
            ),
        );
        check(
            "How many parcels weigh more than the longest way?",
            sql,
            None,
        );
        check(
            "How many parcels are heavier than the one with the least weight?",
            "SELECT COUNT(*) FROM parcel WHERE weight > (SELECT MIN(weight) FROM parcel)",
            None,
        );
    }
}
