//! What a statement for a server may contain, decided on its parsed tree before it is sent.
//!
//! The server itself keeps the data as it is: every statement runs in a READ ONLY transaction, alone
//! in a prepared statement. But a transaction that only reads can still call functions that act
//! (end other sessions, read files, sleep, lock) or read the passwords of the server. So the tree
//! is walked, and what is not known to be harmless is refused: node by node, function by function,
//! table by table.
//!
//! What is sent is not the text that came in but the tree written out again, and only where that
//! text parses into the same tree: comments, hints and whatever a server might read differently
//! from this parser are gone by then. Text that the parser does not know is refused.

use std::collections::HashSet;
use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Function, Ident, ObjectName, ObjectNamePart, Query, Select, SetExpr,
    Statement, TableFactor, Value, ValueWithSpan, Visit, VisitMut, Visitor, VisitorMut,
};
use sqlparser::dialect::{Dialect, MySqlDialect, PostgreSqlDialect};
use sqlparser::parser::{Parser, ParserOptions};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer};

use super::address::Engine;
use super::functions;
use crate::{SqlError, statement};

/// Longest text of a statement, in bytes.
const MOST_BYTES: usize = 200_000;

/// Bytes of stack for that; they are only taken as they are used.
const STACK: usize = 64 << 20;

/// Largest count of repetitions that may be asked for, written as a number.
const MOST_REPEATED: u64 = 10_000;

/// Tables that may be read.
pub(super) struct Guard {
    engine: Engine,
    /// Names that mean a table without a schema.
    bare: HashSet<String>,
    /// Schemas and names.
    qualified: HashSet<(String, String)>,
}

impl Guard {
    /// `tables` are the schema and the name of each, and whether it is found without the schema.
    pub(super) fn new<'a>(
        engine: Engine,
        tables: impl Iterator<Item = (&'a str, &'a str, bool)>,
    ) -> Self {
        let mut guard = Self {
            engine,
            bare: HashSet::new(),
            qualified: HashSet::new(),
        };
        for (schema, name, is_bare) in tables {
            let (schema, name) = (guard.folded(schema), guard.folded(name));
            if is_bare {
                guard.bare.insert(name.clone());
            }
            guard.qualified.insert((schema, name));
        }
        guard
    }

    /// Lets a statement through, written out again.
    ///
    /// # Errors
    /// When it is not exactly one query, or has a part that is not known to be harmless.
    pub(super) fn admit(&self, sql: &str) -> Result<String, SqlError> {
        // A deep tree is compared and taken down by recursion.
        stacker::grow(STACK, || self.admit_here(sql))
    }

    fn admit_here(&self, sql: &str) -> Result<String, SqlError> {
        let mut query = self.parse(sql)?;
        let _ = VisitMut::visit(&mut query, &mut Splitter(self));
        let mut inspector = Inspector {
            guard: self,
            named: names_of_subqueries(&query),
        };
        if let ControlFlow::Break(what) = Visit::visit(&query, &mut inspector) {
            return Err(SqlError::NotReadOnly(what));
        }
        let written = query.to_string();
        match self.parse(&written) {
            Ok(again) if again == query => Ok(written),
            _ => Err(SqlError::NotReadOnly(
                "a way of writing that can be read in two ways".to_owned(),
            )),
        }
    }

    fn parse(&self, sql: &str) -> Result<Query, SqlError> {
        if sql.contains('\0') {
            return Err(SqlError::NotOneQuery("it has a NUL character".to_owned()));
        }
        if sql.len() > MOST_BYTES {
            return Err(SqlError::NotOneQuery("it is too long".to_owned()));
        }
        // MySQL runs what stands in these comments.
        if self.engine == Engine::MySql && (sql.contains("/*!") || sql.contains("/*M!")) {
            return Err(SqlError::NotReadOnly("a comment that is run".to_owned()));
        }
        let dialect = self.dialect();
        let unclear = |error: String| SqlError::NotOneQuery(format!("it cannot be read: {error}"));
        // Texts and quoted names stay as they are written, so that they are written out the same.
        let tokens = Tokenizer::new(dialect, sql)
            .with_unescape(false)
            .tokenize_with_location()
            .map_err(|error| unclear(error.to_string()))?;
        if statement::is_deep(&tokens) {
            return Err(SqlError::NotOneQuery("it has too many parts".to_owned()));
        }
        if self.engine == Engine::MySql && has_binary_prefix(&tokens) {
            return Err(SqlError::NotOneQuery(
                "BINARY before a value is read in two ways: CAST(value AS BINARY) is not"
                    .to_owned(),
            ));
        }
        let mut statements = Parser::new(dialect)
            .with_options(ParserOptions::new().with_unescape(false))
            .with_tokens_with_locations(tokens)
            .parse_statements()
            .map_err(|error| unclear(error.to_string()))?;
        let acts = |statement: &&Statement| !matches!(statement, Statement::Query(_));
        if let Some(other) = statements.iter().find(acts) {
            let words = other.to_string();
            let word = words.split_whitespace().next().unwrap_or("this");
            return Err(SqlError::NotReadOnly(word.to_owned()));
        }
        match (statements.pop(), statements.is_empty()) {
            (Some(Statement::Query(query)), true) => Ok(*query),
            (Some(_), _) => Err(SqlError::NotOneQuery(
                "there is more than one statement".to_owned(),
            )),
            (None, _) => Err(SqlError::NotOneQuery("there is no statement".to_owned())),
        }
    }

    fn dialect(&self) -> &'static dyn Dialect {
        match self.engine {
            Engine::Postgres => &PostgreSqlDialect {},
            Engine::MySql => &MySqlDialect {},
        }
    }

    /// MySQL may or may not tell case apart; a table that differs in case only is read by no harm.
    fn folded(&self, name: &str) -> String {
        match self.engine {
            Engine::Postgres => name.to_owned(),
            Engine::MySql => name.to_lowercase(),
        }
    }

    /// A name as the server understands it.
    fn meant(&self, ident: &Ident) -> String {
        match ident.quote_style {
            Some(quote) => {
                let twice = format!("{quote}{quote}");
                self.folded(&ident.value.replace(&twice, &quote.to_string()))
            }
            // PostgreSQL folds what is not quoted.
            None => ident.value.to_lowercase(),
        }
    }

    fn parts(&self, name: &ObjectName) -> Option<Vec<String>> {
        name.0
            .iter()
            .map(|part| part.as_ident().map(|ident| self.meant(ident)))
            .collect()
    }

    fn is_readable(&self, name: &ObjectName, named: &HashSet<String>) -> bool {
        match self.parts(name).as_deref() {
            Some([table]) => {
                let is_named = named.contains(table)
                    && !(self.engine == Engine::Postgres && table.starts_with("pg_"));
                let is_nothing = self.engine == Engine::MySql && table == "dual";
                self.bare.contains(table) || is_named || is_nothing
            }
            Some([schema, table]) => self.qualified.contains(&(schema.clone(), table.clone())),
            _ => false,
        }
    }

    fn is_harmless_function(&self, name: &ObjectName) -> bool {
        match self.parts(name).as_deref() {
            Some([name]) => functions::is_harmless(self.engine, name),
            Some([schema, name]) => {
                let is_own = self.engine == Engine::Postgres && schema == "pg_catalog";
                is_own && functions::is_harmless(self.engine, name)
            }
            _ => false,
        }
    }
}

/// Whether BINARY stands before a value. MySQL binds it tighter than this parser does, which would
/// write the statement out with another meaning.
fn has_binary_prefix(tokens: &[TokenWithSpan]) -> bool {
    let mut before = "";
    for token in tokens {
        if let Token::Word(word) = &token.token {
            let is_bare = word.quote_style.is_none();
            let is_target = ["AS", "SET", "USING", "COLLATE", "."]
                .iter()
                .any(|known| before.eq_ignore_ascii_case(known));
            if is_bare && word.value.eq_ignore_ascii_case("BINARY") && !is_target {
                return true;
            }
            before = word.value.as_str();
        } else if token.token == Token::Comma && before != "," {
            before = ",";
        } else if token.token == Token::Period {
            before = ".";
        }
    }
    false
}

/// A table outside the search path is known to everybody by one name with a dot in it, which may
/// come back in one pair of quotes: it is taken apart again.
struct Splitter<'a>(&'a Guard);

impl Splitter<'_> {
    fn split(&self, ident: &Ident) -> Option<[Ident; 2]> {
        let quote = ident.quote_style?;
        let (schema, table) = ident.value.split_once('.')?;
        let pair = (self.0.folded(schema), self.0.folded(table));
        let is_one = self.0.qualified.contains(&pair) && !self.0.bare.contains(&ident.value);
        is_one.then(|| [schema, table].map(|name| Ident::with_quote(quote, name)))
    }
}

impl VisitorMut for Splitter<'_> {
    type Break = ();

    fn pre_visit_relation(&mut self, name: &mut ObjectName) -> ControlFlow<()> {
        if let [ObjectNamePart::Identifier(only)] = name.0.as_slice()
            && let Some(parts) = self.split(only)
        {
            name.0 = parts.map(ObjectNamePart::Identifier).into();
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        if let Expr::CompoundIdentifier(parts) = expression
            && let [first, ..] = parts.as_slice()
            && let Some([schema, table]) = self.split(first)
        {
            parts.splice(0..1, [schema, table]);
        }
        ControlFlow::Continue(())
    }
}

/// Names that `WITH` gives to subqueries, wherever they are given: what they hide can only be a
/// table that may be read anyway.
fn names_of_subqueries(query: &Query) -> HashSet<String> {
    struct Names(HashSet<String>);
    impl Visitor for Names {
        type Break = ();
        fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
            for table in query.with.iter().flat_map(|with| &with.cte_tables) {
                let name = &table.alias.name;
                self.0.insert(match name.quote_style {
                    Some(_) => name.value.clone(),
                    None => name.value.to_lowercase(),
                });
                // MySQL finds it in any case.
                self.0.insert(name.value.to_lowercase());
            }
            ControlFlow::Continue(())
        }
    }
    let mut names = Names(HashSet::new());
    let _ = Visit::visit(query, &mut names);
    names.0
}

/// Stops at the first part that is not known to be harmless, with its name.
struct Inspector<'a> {
    guard: &'a Guard,
    named: HashSet<String>,
}

type Finding = ControlFlow<String>;

fn refuse(what: impl Into<String>) -> Finding {
    ControlFlow::Break(what.into())
}

fn refuse_if(is_bad: bool, what: &str) -> Finding {
    if is_bad {
        refuse(what)
    } else {
        ControlFlow::Continue(())
    }
}

impl Visitor for Inspector<'_> {
    type Break = String;

    fn pre_visit_statement(&mut self, statement: &Statement) -> Finding {
        let words = statement.to_string();
        refuse(words.split_whitespace().next().unwrap_or("this"))
    }

    fn pre_visit_query(&mut self, query: &Query) -> Finding {
        refuse_if(!query.locks.is_empty(), "locking rows")?;
        refuse_if(query.for_clause.is_some(), "FOR")?;
        refuse_if(query.settings.is_some(), "SETTINGS")?;
        refuse_if(query.format_clause.is_some(), "FORMAT")?;
        refuse_if(!query.pipe_operators.is_empty(), "a pipe")?;
        body(&query.body)
    }

    fn pre_visit_select(&mut self, select: &Select) -> Finding {
        refuse_if(select.into.is_some(), "INTO")?;
        refuse_if(!select.optimizer_hints.is_empty(), "a hint")
    }

    fn pre_visit_relation(&mut self, name: &ObjectName) -> Finding {
        let is_known =
            self.guard.is_readable(name, &self.named) || self.guard.is_harmless_function(name);
        match is_known {
            true => ControlFlow::Continue(()),
            false => refuse(format!("reading {name}")),
        }
    }

    fn pre_visit_table_factor(&mut self, factor: &TableFactor) -> Finding {
        match factor {
            TableFactor::Table {
                name,
                args: None,
                version: None,
                json_path: None,
                ..
            } => match self.guard.is_readable(name, &self.named) {
                true => ControlFlow::Continue(()),
                false => refuse(format!("reading {name}")),
            },
            TableFactor::Table {
                name,
                args: Some(arguments),
                ..
            } if arguments.settings.is_none() => self.function_name(name),
            TableFactor::Function { name, .. } => self.function_name(name),
            TableFactor::Derived { .. }
            | TableFactor::TableFunction { .. }
            | TableFactor::UNNEST { .. }
            | TableFactor::JsonTable { .. }
            | TableFactor::NestedJoin { .. } => ControlFlow::Continue(()),
            _ => refuse("such a table"),
        }
    }

    fn pre_visit_expr(&mut self, expression: &Expr) -> Finding {
        match expression {
            Expr::Function(function) => self.function(function),
            Expr::BinaryOp { op, .. }
            | Expr::AnyOp { compare_op: op, .. }
            | Expr::AllOp { compare_op: op, .. } => operator(op),
            other => refuse_if(!is_plain(other), "such an expression"),
        }
    }

    fn pre_visit_value(&mut self, value: &ValueWithSpan) -> Finding {
        refuse_if(
            matches!(value.value, Value::Placeholder(_)),
            "a parameter or variable",
        )
    }

    fn pre_visit_ident(&mut self, ident: &Ident) -> Finding {
        let is_variable = ident.value.starts_with('@') && ident.quote_style.is_none();
        refuse_if(is_variable, "a variable")
    }
}

impl Inspector<'_> {
    fn function_name(&self, name: &ObjectName) -> Finding {
        match self.guard.is_harmless_function(name) {
            true => ControlFlow::Continue(()),
            false => refuse(format!("the function {name}")),
        }
    }

    fn function(&self, function: &Function) -> Finding {
        self.function_name(&function.name)?;
        refuse_if(function.uses_odbc_syntax, "ODBC syntax")?;
        let name = function.name.0.last().map(ToString::to_string);
        let name = name.unwrap_or_default().to_lowercase();
        let is_growing = ["repeat", "lpad", "rpad", "space"].contains(&name.trim_matches('"'));
        refuse_if(is_growing && !is_small(function), "so long a text")
    }
}

/// Whether a function that makes a text longer is told by how much, and that is little: one value
/// may take a gigabyte, and all of it is sent.
fn is_small(function: &Function) -> bool {
    use sqlparser::ast::{FunctionArg, FunctionArgExpr, FunctionArguments};
    let FunctionArguments::List(list) = &function.args else {
        return false;
    };
    let count = match list.args.as_slice() {
        [only] => only,
        [_, second, ..] => second,
        [] => return false,
    };
    let FunctionArg::Unnamed(FunctionArgExpr::Expr(Expr::Value(value))) = count else {
        return false;
    };
    match &value.value {
        Value::Number(digits, _) => digits
            .parse()
            .is_ok_and(|count: u64| count <= MOST_REPEATED),
        _ => false,
    }
}

fn body(body: &SetExpr) -> Finding {
    match body {
        SetExpr::Select(_) | SetExpr::Values(_) => ControlFlow::Continue(()),
        // Its own query is looked at when the walk comes to it.
        SetExpr::Query(_) => ControlFlow::Continue(()),
        SetExpr::SetOperation { left, right, .. } => {
            self::body(left)?;
            self::body(right)
        }
        SetExpr::Insert(_) => refuse("INSERT"),
        SetExpr::Update(_) => refuse("UPDATE"),
        SetExpr::Delete(_) => refuse("DELETE"),
        SetExpr::Merge(_) => refuse("MERGE"),
        SetExpr::Table(_) => refuse("TABLE"),
    }
}

fn operator(operator: &BinaryOperator) -> Finding {
    match operator {
        BinaryOperator::Assignment => refuse("an assignment"),
        BinaryOperator::Custom(_) | BinaryOperator::PGCustomBinaryOperator(_) => {
            refuse("an operator of somebody's own")
        }
        _ => ControlFlow::Continue(()),
    }
}

/// Kinds of expression that compute from what they hold.
fn is_plain(expression: &Expr) -> bool {
    !matches!(
        expression,
        Expr::Lambda(_)
            | Expr::Prior(_)
            | Expr::OuterJoin(_)
            | Expr::Map(_)
            | Expr::Dictionary(_)
            | Expr::Struct { .. }
            | Expr::Named { .. }
    )
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
