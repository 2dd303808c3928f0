//! A query laid out for reading: a clause a line, what is long indented below.
//!
//! The parser's own layout puts every name on a line of its own, which makes a page of a short
//! query. Ours only moves white space: every piece is what the parser writes, and a result that
//! differs from the parser's in anything but white space is thrown away for the parser's own.

use std::fmt::Display;

use sqlparser::ast::{
    BinaryOperator, Cte, Distinct, Expr, Query, Select, SetExpr, SetQuantifier, TableFactor,
    TableWithJoins,
};

use super::select::is_tellable;

/// A list longer than this has a line for each of its parts.
const LINE: usize = 80;

/// The query as SQL, laid out for reading.
///
/// Keywords are in capitals, names and values as they were written. Laid out again, it stays as it is.
#[must_use]
pub fn format(query: &Query) -> String {
    let text = laid_out(query);
    let plain = query.to_string();
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    match bare(&text) == bare(&plain) {
        true => text,
        false => plain,
    }
}

fn laid_out(query: &Query) -> String {
    let is_usual = query.fetch.is_none()
        && query.locks.is_empty()
        && query.for_clause.is_none()
        && query.settings.is_none()
        && query.format_clause.is_none()
        && query.pipe_operators.is_empty();
    if !is_usual {
        return query.to_string();
    }
    let mut lines = Vec::new();
    if let Some(with) = &query.with {
        let head = if with.recursive {
            "WITH RECURSIVE"
        } else {
            "WITH"
        };
        let tables: Vec<String> = with.cte_tables.iter().map(cte).collect();
        lines.push(format!("{head} {}", tables.join(",\n")));
    }
    lines.push(body(&query.body));
    if let Some(order) = &query.order_by {
        lines.push(order.to_string());
    }
    if let Some(limit) = &query.limit_clause {
        lines.push(limit.to_string().trim().to_owned());
    }
    lines.join("\n")
}

fn cte(cte: &Cte) -> String {
    match cte.from.is_none() && cte.materialized.is_none() {
        true => format!("{} AS {}", cte.alias, in_brackets(&cte.query)),
        false => cte.to_string(),
    }
}

/// A query in brackets, further to the right.
fn in_brackets(query: &Query) -> String {
    format!("(\n{}\n)", indented(&laid_out(query)))
}

/// Text moved to the right. A text of several lines in the query would be changed by that.
fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| format!("  {line}"));
    lines.collect::<Vec<_>>().join("\n")
}

fn body(set: &SetExpr) -> String {
    match set {
        SetExpr::Select(select) if is_tellable(select) => self::select(select),
        SetExpr::Query(query) => in_brackets(query),
        SetExpr::SetOperation {
            left,
            op,
            set_quantifier,
            right,
        } => {
            let operation = match set_quantifier {
                SetQuantifier::None => op.to_string(),
                quantifier => format!("{op} {quantifier}"),
            };
            format!("{}\n{operation}\n{}", body(left), body(right))
        }
        other => other.to_string(),
    }
}

fn select(select: &Select) -> String {
    let head = match select.distinct {
        None => "SELECT",
        Some(Distinct::All) => "SELECT ALL",
        Some(_) => "SELECT DISTINCT",
    };
    let mut lines = vec![list(head, &select.projection)];
    if !select.from.is_empty() {
        let trees: Vec<String> = select.from.iter().map(tree).collect();
        lines.push(format!("FROM {}", trees.join(",\n  ")));
    }
    if let Some(condition) = &select.selection {
        lines.push(conditions("WHERE", condition));
    }
    if let sqlparser::ast::GroupByExpr::Expressions(keys, _) = &select.group_by
        && !keys.is_empty()
    {
        lines.push(list("GROUP BY", keys));
    }
    if let Some(condition) = &select.having {
        lines.push(conditions("HAVING", condition));
    }
    lines.join("\n")
}

fn list(head: &str, items: &[impl Display]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    let line = format!("{head} {}", items.join(", "));
    match line.chars().count() > LINE && items.len() > 1 {
        true => format!("{head}\n  {}", items.join(",\n  ")),
        false => line,
    }
}

fn tree(tree: &TableWithJoins) -> String {
    let mut lines = vec![factor(&tree.relation)];
    for join in &tree.joins {
        let text = join.to_string();
        let text = text.trim_start();
        let inner = join.relation.to_string();
        // The join is its operator, its table and its condition; only the table is laid out.
        lines.push(match text.split_once(&inner) {
            Some((before, after)) => format!("{before}{}{after}", factor(&join.relation)),
            None => text.to_owned(),
        });
    }
    lines.join("\n")
}

fn factor(factor: &TableFactor) -> String {
    match factor {
        TableFactor::Derived {
            lateral: false,
            subquery,
            alias,
            sample: None,
        } => {
            let query = in_brackets(subquery);
            match alias {
                None => query,
                Some(alias) => format!("{query} {alias}"),
            }
        }
        other => other.to_string(),
    }
}

/// A condition with a line for each part that AND joins.
fn conditions(head: &str, condition: &Expr) -> String {
    let mut parts = Vec::new();
    split(condition, &mut parts);
    let parts: Vec<String> = parts.into_iter().map(part).collect();
    format!("{head} {}", parts.join("\n  AND "))
}

fn split<'e>(expression: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match expression {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => {
            split(left, parts);
            // The right side of an AND is one part: brackets decide what belongs together.
            parts.push(right);
        }
        other => parts.push(other),
    }
}

/// One condition; a query in it has lines of its own.
fn part(expression: &Expr) -> String {
    let brackets = |query: &Query| in_brackets(query).replace('\n', "\n  ");
    match expression {
        Expr::InSubquery {
            expr,
            subquery,
            negated,
        } => {
            let not = if *negated { "NOT " } else { "" };
            format!("{expr} {not}IN {}", brackets(subquery))
        }
        Expr::Exists { subquery, negated } => {
            let not = if *negated { "NOT " } else { "" };
            format!("{not}EXISTS {}", brackets(subquery))
        }
        Expr::BinaryOp { left, op, right } => match &**right {
            Expr::Subquery(query) if expression.to_string().chars().count() > LINE => {
                format!("{left} {op} {}", brackets(query))
            }
            _ => expression.to_string(),
        },
        other => other.to_string(),
    }
}
