//! Which table a name in a statement means, and what it is called in words.
//!
//! An alias such as `T1` says nothing to a reader, so a column is called by the table's own name;
//! only where one table is there twice does the alias stay, because nothing else tells them apart.

use std::ops::ControlFlow;

use sqlparser::ast::{Expr, Ident, Query, Select, SelectItem, TableFactor, Visit, Visitor};

use crate::sqlite::{Column, Schema, Table};

/// What the columns of a source are known from.
#[derive(Debug, Clone)]
pub(super) enum Columns<'a> {
    /// A table of the schema.
    Table(&'a Table),
    /// A list that the statement makes itself.
    Named(Vec<String>),
    /// Nobody knows.
    Unknown,
}

/// Something that rows come from.
#[derive(Debug, Clone)]
pub(super) struct Source<'a> {
    /// How the statement calls it.
    pub alias: String,
    /// How it is called in words.
    pub shown: String,
    /// Its own name.
    pub name: String,
    pub columns: Columns<'a>,
}

/// What names mean in one SELECT.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'a> {
    pub sources: Vec<Source<'a>>,
    /// Columns of the answer that have a name of their own.
    pub aliases: Vec<(String, Expr)>,
    /// Columns of the answer by their place, as far as they can be counted.
    pub shown: Vec<Expr>,
    /// Whether columns must say which source they are of.
    pub qualify: bool,
}

/// What a name was found to mean.
#[derive(Debug, Clone)]
pub(super) struct Found<'s, 'a> {
    pub source: &'s Source<'a>,
    /// Place of the source in the innermost scope; nothing when it is of a scope around it.
    pub place: Option<usize>,
    /// The name as the schema writes it.
    pub name: String,
    pub column: Option<&'a Column>,
    pub qualify: bool,
}

/// A list that was made by an earlier step, with its columns where they are known.
pub(super) type Step = (String, Option<Vec<String>>);

/// A table of the schema by its name, which SQL compares without regard to case.
pub(super) fn table<'a>(schema: &'a Schema, name: &str) -> Option<&'a Table> {
    let mut tables = schema.tables.iter();
    tables.find(|table| table.name.eq_ignore_ascii_case(name))
}

impl<'a> Source<'a> {
    /// The column of this name: the name as the source writes it, and its declaration.
    fn column(&self, name: &str) -> Option<(String, Option<&'a Column>)> {
        match &self.columns {
            Columns::Table(table) => {
                let mut columns = table.columns.iter();
                let column = columns.find(|column| column.name.eq_ignore_ascii_case(name))?;
                Some((column.name.clone(), Some(column)))
            }
            Columns::Named(names) => {
                let mut names = names.iter();
                let name = names.find(|known| known.eq_ignore_ascii_case(name))?;
                Some((name.clone(), None))
            }
            Columns::Unknown => None,
        }
    }

    fn is_unknown(&self) -> bool {
        matches!(self.columns, Columns::Unknown)
    }

    /// Names of the columns that make a row of it unique; empty where none are known.
    pub fn key(&self) -> Vec<&str> {
        match &self.columns {
            Columns::Table(table) => {
                let keys = table.columns.iter().filter(|column| column.is_key);
                keys.map(|column| column.name.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// What a column's name means, looked for from the innermost scope outwards.
pub(super) fn find<'s, 'a>(
    scopes: &'s [Scope<'a>],
    qualifier: Option<&str>,
    name: &str,
) -> Option<Found<'s, 'a>> {
    for (depth, scope) in scopes.iter().rev().enumerate() {
        let holders: Vec<(usize, &Source<'a>)> = match qualifier {
            Some(alias) => scope
                .sources
                .iter()
                .enumerate()
                .filter(|(_, source)| source.alias.eq_ignore_ascii_case(alias))
                .collect(),
            None => scope
                .sources
                .iter()
                .enumerate()
                .filter(|(_, source)| source.column(name).is_some())
                .collect(),
        };
        // Of several holders (a join by equal names) neither can be named.
        if holders.len() > 1 {
            return None;
        }
        if let [(place, source)] = holders[..] {
            let (name, column) = source
                .column(name)
                .unwrap_or_else(|| (name.to_owned(), None));
            return Some(Found {
                source,
                place: (depth == 0).then_some(place),
                name,
                column,
                qualify: scope.qualify || scopes.last().is_some_and(|inner| inner.qualify),
            });
        }
        if qualifier.is_none() && scope.sources.iter().any(Source::is_unknown) {
            return None;
        }
    }
    None
}

/// Whether a name could still be a column, because the columns of a source are not known or two
/// sources have it.
pub(super) fn may_be_column(scopes: &[Scope<'_>], name: &str) -> bool {
    scopes
        .iter()
        .flat_map(|scope| &scope.sources)
        .any(|source| source.is_unknown() || source.column(name).is_some())
}

/// The parts of a column's name: perhaps a table before it, and the column.
pub(super) fn column_name(expression: &Expr) -> Option<(Option<&str>, &Ident)> {
    match expression {
        Expr::Identifier(ident) => Some((None, ident)),
        Expr::CompoundIdentifier(parts) => match parts.as_slice() {
            [.., table, column] => Some((Some(table.value.as_str()), column)),
            _ => None,
        },
        Expr::Nested(inner) => column_name(inner),
        _ => None,
    }
}

/// The columns of the answer that have a name of their own.
pub(super) fn aliases(projection: &[SelectItem]) -> Vec<(String, Expr)> {
    let named = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { expr, alias } => Some((alias.value.clone(), expr.clone())),
        _ => None,
    };
    projection.iter().filter_map(named).collect()
}

/// The columns of the answer by their place, up to the first `*`.
pub(super) fn shown(projection: &[SelectItem]) -> Vec<Expr> {
    let expression = |item: &SelectItem| match item {
        SelectItem::ExprWithAlias { expr, .. } | SelectItem::UnnamedExpr(expr) => {
            Some(expr.clone())
        }
        _ => None,
    };
    projection.iter().map_while(expression).collect()
}

/// Whether a query speaks of a row of the query around it.
pub(super) fn is_correlated(query: &Query, outer: &[Scope<'_>], schema: &Schema) -> bool {
    let mut names = Names::default();
    let _ = query.visit(&mut names);
    names
        .columns
        .iter()
        .any(|(qualifier, name)| match qualifier {
            Some(alias) => !names.has(alias),
            None => {
                let own = names
                    .tables
                    .iter()
                    .any(|(name, _)| table(schema, name).is_none());
                let mut tables = names
                    .tables
                    .iter()
                    .filter_map(|(name, _)| table(schema, name));
                let is_own = own
                    || tables.any(|table| {
                        table
                            .columns
                            .iter()
                            .any(|column| column.name.eq_ignore_ascii_case(name))
                    });
                !is_own && find(outer, None, name).is_some()
            }
        })
}

/// Whether a query inside of a SELECT reads the same table as one of its sources and speaks of both,
/// so that the table's name alone does not tell them apart.
pub(super) fn is_shadowed(select: &Select, source: &Source<'_>) -> bool {
    #[derive(Default)]
    struct Inner {
        depth: usize,
        names: Names,
    }
    impl Visitor for Inner {
        type Break = ();
        fn pre_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth += 1;
            ControlFlow::Continue(())
        }
        fn post_visit_query(&mut self, _: &Query) -> ControlFlow<()> {
            self.depth -= 1;
            ControlFlow::Continue(())
        }
        fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
            match self.depth {
                0 => ControlFlow::Continue(()),
                _ => self.names.pre_visit_table_factor(factor),
            }
        }
        fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
            match self.depth {
                0 => ControlFlow::Continue(()),
                _ => self.names.pre_visit_expr(expression),
            }
        }
    }
    let mut inner = Inner::default();
    let _ = select.visit(&mut inner);
    let Names { tables, columns } = inner.names;
    let is_alias = |name: &String| name.eq_ignore_ascii_case(&source.alias);
    tables
        .iter()
        .any(|(name, alias)| name.eq_ignore_ascii_case(&source.name) && !is_alias(alias))
        && columns
            .iter()
            .any(|(qualifier, _)| qualifier.as_ref().is_some_and(is_alias))
}

#[derive(Default)]
struct Names {
    /// Tables with their aliases.
    tables: Vec<(String, String)>,
    columns: Vec<(Option<String>, String)>,
}

impl Names {
    fn has(&self, alias: &str) -> bool {
        self.tables
            .iter()
            .any(|(_, own)| own.eq_ignore_ascii_case(alias))
    }
}

impl Visitor for Names {
    type Break = ();

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> ControlFlow<()> {
        if let Some((name, alias)) = named(factor) {
            self.tables.push((name, alias));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> ControlFlow<()> {
        if !matches!(expression, Expr::Nested(_))
            && let Some((qualifier, name)) = column_name(expression)
        {
            self.columns
                .push((qualifier.map(str::to_owned), name.value.clone()));
        }
        ControlFlow::Continue(())
    }
}

/// Name and alias of a table or of a query in its place.
pub(super) fn named(factor: &TableFactor) -> Option<(String, String)> {
    let (name, alias) = match factor {
        TableFactor::Table { name, alias, .. } => {
            let last = name.0.last().and_then(|part| part.as_ident())?;
            (last.value.clone(), alias)
        }
        TableFactor::Derived { alias, .. } => (String::new(), alias),
        _ => return None,
    };
    let alias = alias.as_ref().map(|alias| alias.name.value.clone());
    let alias = alias.unwrap_or_else(|| name.clone());
    Some((name, alias))
}
