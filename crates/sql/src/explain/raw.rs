//! A part of a query as it stands, for what there are no words for.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Ident, VisitMut, VisitorMut};

use super::scope::{self, Scope};
use super::{Teller, Words};

impl Teller<'_> {
    /// An expression as SQL, with the tables' own names in the place of their aliases.
    pub(super) fn raw(&self, expression: &Expr) -> Words {
        let mut expression = expression.clone();
        let mut names = RealNames {
            scopes: &self.scopes,
        };
        let _ = VisitMut::visit(&mut expression, &mut names);
        Words::atom(fragment(&expression))
    }
}

/// SQL between backticks, doubled where it has some itself, as Markdown does it.
pub(super) fn fragment(sql: &impl ToString) -> String {
    let sql = sql.to_string();
    let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    match sql.contains('`') {
        true => format!("`` {sql} ``"),
        false => format!("`{sql}`"),
    }
}

struct RealNames<'s, 'a> {
    scopes: &'s [Scope<'a>],
}

impl VisitorMut for RealNames<'_, '_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        if let Expr::CompoundIdentifier(parts) = expression
            && let [table, column] = parts.as_mut_slice()
            && let Some(found) = scope::find(self.scopes, Some(&table.value), &column.value)
        {
            *table = Ident::new(found.source.shown.clone());
        }
        ControlFlow::Continue(())
    }
}
