//! What to look for in expressions: aggregates, columns outside of them, sums.

use std::ops::ControlFlow;

use sqlparser::ast::{
    DuplicateTreatment, Expr, Function, FunctionArguments, Query, Visit, Visitor,
};

use super::aggregate::{is_aggregate, is_count_of_rows};
use super::scope::column_name;

/// Whether an expression makes one value of many rows.
pub(super) fn has_aggregate(expression: &Expr) -> bool {
    let mut aggregates = Aggregates::default();
    let _ = expression.visit(&mut aggregates);
    !aggregates.found.is_empty()
}

/// Seeks aggregates outside of inner queries.
#[derive(Default)]
pub(super) struct Aggregates {
    depth: usize,
    pub found: Vec<String>,
}

impl Visitor for Aggregates {
    type Break = ();

    fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.depth += 1;
        ControlFlow::Continue(())
    }

    fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
        self.depth -= 1;
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        if let Expr::Function(function) = expression
            && self.depth == 0
            && is_aggregate(function)
        {
            self.found.push(function.name.to_string().to_lowercase());
        }
        ControlFlow::Continue(())
    }
}

/// Seeks columns outside of aggregates and inner queries.
#[derive(Default)]
pub(super) struct Bare {
    depth: usize,
    pub columns: Vec<Expr>,
}

impl Bare {
    fn hides(expression: &Expr) -> bool {
        match expression {
            Expr::Function(function) => is_aggregate(function) || function.over.is_some(),
            Expr::Subquery(_) | Expr::Exists { .. } | Expr::InSubquery { .. } => true,
            _ => false,
        }
    }
}

impl Visitor for Bare {
    type Break = ();

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        self.depth += usize::from(Self::hides(expression));
        if self.depth == 0
            && !matches!(expression, Expr::Nested(_))
            && column_name(expression).is_some()
        {
            self.columns.push(expression.clone());
        }
        ControlFlow::Continue(())
    }

    fn post_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        self.depth -= usize::from(Self::hides(expression));
        ControlFlow::Continue(())
    }
}

/// Seeks what repeated rows change: counts and sums that are not of different values.
#[derive(Default)]
pub(super) struct Sums {
    pub counts_rows: bool,
    pub columns: Vec<Expr>,
}

impl Visitor for Sums {
    type Break = ();

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        self.counts_rows |= is_count_of_rows(expression);
        if let Expr::Function(function) = expression
            && is_summed(function)
        {
            let mut bare = Bare::default();
            let _ = function.args.visit(&mut bare);
            self.columns.append(&mut bare.columns);
        }
        ControlFlow::Continue(())
    }
}

fn is_summed(function: &Function) -> bool {
    let is_distinct = match &function.args {
        FunctionArguments::List(list) => {
            matches!(list.duplicate_treatment, Some(DuplicateTreatment::Distinct))
        }
        _ => false,
    };
    let name = function.name.to_string().to_lowercase();
    !is_distinct && matches!(name.as_str(), "count" | "sum" | "avg" | "total")
}
