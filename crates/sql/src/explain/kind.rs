//! What sort of values an expression gives, as far as the schema and the expression tell.

use sqlparser::ast::{
    BinaryOperator, DataType, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments,
    UnaryOperator, Value,
};

use super::scope::{self, column_name};
use super::{Teller, dates};

/// A sort of values, for the choice of a word only ("largest" or "latest").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Date,
    Text,
    Unknown,
}

impl Teller<'_> {
    pub(super) fn kind(&self, expression: &Expr) -> Kind {
        match expression {
            Expr::Nested(inner) | Expr::Collate { expr: inner, .. } => self.kind(inner),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.kind_of_column(expression),
            Expr::Value(value) => match &value.value {
                Value::Number(..) => Kind::Number,
                Value::SingleQuotedString(text) if dates::is_iso(text) => Kind::Date,
                Value::SingleQuotedString(_) => Kind::Text,
                _ => Kind::Unknown,
            },
            Expr::UnaryOp {
                op: UnaryOperator::Minus | UnaryOperator::Plus,
                ..
            }
            | Expr::Ceil { .. }
            | Expr::Floor { .. }
            | Expr::Extract { .. } => Kind::Number,
            Expr::BinaryOp { op, .. } => match op {
                BinaryOperator::StringConcat => Kind::Text,
                op if super::expression::symbol(op).is_some() => Kind::Number,
                _ => Kind::Unknown,
            },
            Expr::Substring { .. } | Expr::Trim { .. } => Kind::Text,
            Expr::Cast { data_type, .. } => kind_of_type(data_type),
            Expr::Case { conditions, .. } => conditions
                .first()
                .map_or(Kind::Unknown, |case| self.kind(&case.result)),
            Expr::Function(function) => self.kind_of_function(function),
            _ => Kind::Unknown,
        }
    }

    fn kind_of_column(&self, expression: &Expr) -> Kind {
        let Some((qualifier, name)) = column_name(expression) else {
            return Kind::Unknown;
        };
        match self.aliased(qualifier, &name.value).cloned() {
            // What an alias stands for may have the same name, and is then a column.
            Some(aliased) if column_name(&aliased).is_none() => self.kind(&aliased),
            Some(aliased) => {
                let inner = column_name(&aliased).map(|(table, name)| (table, name.value.as_str()));
                inner.map_or(Kind::Unknown, |(table, name)| self.declared(table, name))
            }
            None => self.declared(qualifier, &name.value),
        }
    }

    fn declared(&self, qualifier: Option<&str>, name: &str) -> Kind {
        let found = scope::find(&self.scopes, qualifier, name);
        let Some(column) = found.and_then(|found| found.column) else {
            return Kind::Unknown;
        };
        match kind_of_declaration(&column.kind) {
            // A text is a date when every value that was seen is one.
            Kind::Text
                if !column.values.is_empty() && column.values.iter().all(|v| dates::is_iso(v)) =>
            {
                Kind::Date
            }
            kind => kind,
        }
    }

    fn kind_of_function(&self, function: &Function) -> Kind {
        match function.name.to_string().to_lowercase().as_str() {
            "count" | "sum" | "avg" | "total" | "round" | "abs" | "length" | "julianday"
            | "instr" | "row_number" | "rank" | "dense_rank" | "ntile" | "unixepoch" | "year"
            | "month" | "day" | "ceil" | "ceiling" | "floor" | "percent_rank" => Kind::Number,
            "upper" | "lower" | "trim" | "ltrim" | "rtrim" | "substr" | "substring" | "replace"
            | "group_concat" | "string_agg" | "concat" => Kind::Text,
            "date" | "datetime" | "time" => Kind::Date,
            // Texts such as 2024-05 are in order of time; a day or month alone too.
            "strftime" => Kind::Date,
            "min" | "max" | "coalesce" | "ifnull" | "nullif" | "lag" | "lead" | "first_value"
            | "last_value" => {
                first_argument(function).map_or(Kind::Unknown, |first| self.kind(first))
            }
            _ => Kind::Unknown,
        }
    }

    /// Whether something is a whole number for certain: by what it is, not by a declaration, which
    /// in SQLite forbids nothing.
    pub(super) fn may_be_whole(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Nested(inner) => self.may_be_whole(inner),
            Expr::Value(value) => match &value.value {
                Value::Number(digits, _) => digits.bytes().all(|byte| byte.is_ascii_digit()),
                _ => false,
            },
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => {
                let found = column_name(expression)
                    .and_then(|(table, name)| scope::find(&self.scopes, table, &name.value));
                let column = found.and_then(|found| found.column);
                column.is_some_and(|column| column.kind.to_uppercase().contains("INT"))
            }
            Expr::BinaryOp { left, op, right } => {
                super::expression::symbol(op).is_some()
                    && self.may_be_whole(left)
                    && self.may_be_whole(right)
            }
            Expr::Cast { data_type, .. } => data_type.to_string().to_uppercase().contains("INT"),
            Expr::Function(function) => match function.name.to_string().to_lowercase().as_str() {
                "count" | "length" => true,
                "sum" | "min" | "max" | "abs" => {
                    first_argument(function).is_some_and(|first| self.may_be_whole(first))
                }
                _ => false,
            },
            Expr::Case { conditions, .. } => conditions
                .iter()
                .all(|case| self.may_be_whole(&case.result)),
            _ => false,
        }
    }
}

fn first_argument(function: &Function) -> Option<&Expr> {
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    match list.args.first()? {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) => Some(expression),
        _ => None,
    }
}

fn kind_of_type(data_type: &DataType) -> Kind {
    kind_of_declaration(&data_type.to_string())
}

fn kind_of_declaration(kind: &str) -> Kind {
    let kind = kind.to_uppercase();
    let has = |words: &[&str]| words.iter().any(|word| kind.contains(word));
    if has(&["DATE", "TIME"]) {
        Kind::Date
    } else if has(&["CHAR", "TEXT", "CLOB", "STRING"]) {
        Kind::Text
    } else if has(&["INT", "REAL", "FLOA", "DOUB", "NUM", "DEC", "MONEY"]) {
        Kind::Number
    } else {
        Kind::Unknown
    }
}
