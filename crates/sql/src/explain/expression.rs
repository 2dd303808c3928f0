//! Values in words: columns, literals, arithmetic, CASE, casts.

use sqlparser::ast::{
    BinaryOperator, CaseWhen, CastKind, DataType, Expr, Ident, UnaryOperator, Value,
};

use super::language::Phrase;
use super::scope::{self, column_name};
use super::{Dialect, Teller, Words, dates};

impl Teller<'_> {
    /// What a value is.
    pub(super) fn value(&mut self, expression: &Expr) -> Words {
        match expression {
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) => self.column(expression),
            Expr::Value(value) => match self.literal(&value.value) {
                Some(text) => Words::atom(text),
                None => self.raw(expression),
            },
            Expr::TypedString(typed) => match self.literal(&typed.value.value) {
                Some(text) => Words::atom(text),
                None => self.raw(expression),
            },
            Expr::Nested(inner) => self.value(inner),
            Expr::UnaryOp { op, expr } => self.signed(expression, op, expr),
            Expr::BinaryOp { left, op, right } => self.operation(expression, left, op, right),
            Expr::Case {
                operand,
                conditions,
                else_result,
                ..
            } => self.case(operand.as_deref(), conditions, else_result.as_deref()),
            Expr::Cast {
                kind,
                expr,
                data_type,
                format: None,
            } => self.cast(expression, kind, expr, data_type),
            Expr::Function(function) => self.function(expression, function),
            Expr::Extract { field, expr, .. } => self.extract(expression, field, expr),
            Expr::Ceil { .. } | Expr::Floor { .. } => self.ceil_or_floor(expression),
            Expr::Substring {
                expr,
                substring_from,
                substring_for,
                special: _,
                shorthand: _,
            } => {
                let part = (substring_from.as_deref(), substring_for.as_deref());
                self.substring(expression, expr, part)
            }
            Expr::Trim {
                trim_where: None,
                trim_what: None,
                expr,
                trim_characters: None,
            } => self.of(TRIMMED, expr),
            Expr::Subquery(query) => self.scalar(query),
            Expr::IsNull(_)
            | Expr::IsNotNull(_)
            | Expr::InList { .. }
            | Expr::InSubquery { .. }
            | Expr::Between { .. }
            | Expr::Like { .. }
            | Expr::Exists { .. } => self.whether(expression),
            _ => self.raw(expression),
        }
    }

    fn signed(&mut self, whole: &Expr, op: &UnaryOperator, inner: &Expr) -> Words {
        match (op, inner) {
            (UnaryOperator::Minus, Expr::Value(_)) => {
                let number = self.value(inner).text;
                Words::atom(format!("-{number}"))
            }
            (UnaryOperator::Minus, _) => {
                let words = self.value(inner);
                Words::loose(format!("−{}", self.tight(words)))
            }
            (UnaryOperator::Plus, _) => self.value(inner),
            (UnaryOperator::Not, _) => self.whether(whole),
            _ => self.raw(whole),
        }
    }

    /// A phrase about one value.
    pub(super) fn of(&mut self, phrase: Phrase, expression: &Expr) -> Words {
        let inner = self.value(expression);
        let inner = self.held(inner);
        Words::phrase(self.say(phrase, &[&inner]))
    }

    /// A condition in the place of a value.
    fn whether(&mut self, expression: &Expr) -> Words {
        let condition = self.condition(expression).text;
        Words::loose(self.say(["whether {0}", "是否「{0}」", "是否“{0}”"], &[&condition]))
    }

    fn column(&mut self, expression: &Expr) -> Words {
        let Some((qualifier, name)) = column_name(expression) else {
            return self.raw(expression);
        };
        if let Some(aliased) = self.aliased(qualifier, &name.value).cloned() {
            let outer = std::mem::replace(&mut self.in_alias, true);
            let words = self.value(&aliased);
            self.in_alias = outer;
            return words;
        }
        if let Some(found) = scope::find(&self.scopes, qualifier, &name.value) {
            let column = &found.name;
            return Words::atom(match found.qualify && !found.source.shown.is_empty() {
                true => format!("{}.{column}", found.source.shown),
                false => column.clone(),
            });
        }
        if let Some(qualifier) = qualifier {
            return Words::atom(format!("{qualifier}.{}", name.value));
        }
        self.unresolved(name)
    }

    /// SQLite takes a name in double quotes that is no column for a text.
    fn unresolved(&self, name: &Ident) -> Words {
        match name.quote_style {
            Some('"') if scope::may_be_column(&self.scopes, &name.value) => {
                self.raw(&Expr::Identifier(name.clone()))
            }
            Some('"') => Words::atom(self.text_literal(&name.value)),
            _ => match name.value.to_lowercase().as_str() {
                "current_date" => Words::atom(self.language.pick(self.today())),
                "current_timestamp" => Words::atom(self.language.pick(self.now())),
                _ => Words::atom(name.value.clone()),
            },
        }
    }

    /// What an alias stands for: a name is a column first, and an alias only if it is none.
    pub(super) fn aliased(&self, qualifier: Option<&str>, name: &str) -> Option<&Expr> {
        if self.in_alias || qualifier.is_some() {
            return None;
        }
        let scope = self.scopes.last()?;
        if scope::may_be_column(std::slice::from_ref(scope), name) {
            return None;
        }
        let mut aliases = scope.aliases.iter();
        let (_, expression) = aliases.find(|(alias, _)| alias.eq_ignore_ascii_case(name))?;
        Some(expression)
    }

    fn literal(&self, value: &Value) -> Option<String> {
        Some(match value {
            Value::Number(digits, _) => digits.clone(),
            Value::SingleQuotedString(text)
            | Value::DoubleQuotedString(text)
            | Value::NationalStringLiteral(text) => self.text_literal(text),
            Value::Boolean(true) => self.language.pick(["true", "真", "真"]).to_owned(),
            Value::Boolean(false) => self.language.pick(["false", "假", "假"]).to_owned(),
            Value::Null => self.language.pick(["no value", "空值", "空值"]).to_owned(),
            _ => return None,
        })
    }

    fn text_literal(&self, text: &str) -> String {
        match dates::is_iso(text) {
            true => text.to_owned(),
            false => self.language.quoted(text),
        }
    }

    fn operation(&mut self, whole: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Words {
        if let Some(days) = self.days_between(left, op, right) {
            return days;
        }
        if *op == BinaryOperator::StringConcat {
            let mut parts = Vec::new();
            concatenated(whole, &mut parts);
            let parts: Vec<String> = parts
                .into_iter()
                .map(|part| {
                    let part = self.value(part);
                    self.tight(part)
                })
                .collect();
            let joined = parts.join(" + ");
            return Words::loose(self.say(
                [
                    "{0} written together",
                    "{0} 連接成的文字",
                    "{0} 连接成的文本",
                ],
                &[&joined],
            ));
        }
        let Some(symbol) = symbol(op) else {
            return match is_condition(op) {
                true => self.whether(whole),
                false => self.raw(whole),
            };
        };
        // An operation inside another keeps its brackets, unless both are the same and it comes first.
        let first = match left {
            Expr::BinaryOp { op: inner, .. } if inner == op => self.value(left).text,
            _ => {
                let left = self.value(left);
                self.tight(left)
            }
        };
        let second = self.value(right);
        let second = self.tight(second);
        let mut text = format!("{first} {symbol} {second}");
        let is_cut = *op == BinaryOperator::Divide && self.dialect != Dialect::MySql;
        if is_cut && self.may_be_whole(left) && self.may_be_whole(right) {
            text = self.say(
                [
                    "{0} (of two whole numbers only the whole part)",
                    "{0}（兩數皆為整數時只取整數部分）",
                    "{0}（两数均为整数时只取整数部分）",
                ],
                &[&text],
            );
        }
        Words::loose(text)
    }

    fn case(
        &mut self,
        operand: Option<&Expr>,
        cases: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Words {
        let mut parts = Vec::new();
        for CaseWhen { condition, result } in cases {
            let condition = match operand {
                Some(operand) => self.compared(operand, &BinaryOperator::Eq, condition).text,
                None => self.condition(condition).text,
            };
            let result = self.value(result);
            let result = self.held(result);
            parts.push(self.say(
                ["{1} if {0}", "若 {0} 則為 {1}", "若 {0} 则为 {1}"],
                &[&condition, &result],
            ));
        }
        parts.push(match otherwise {
            None
            | Some(Expr::Value(sqlparser::ast::ValueWithSpan {
                value: Value::Null, ..
            })) => self.say(["otherwise no value", "其餘沒有值", "其余没有值"], &[]),
            Some(otherwise) => {
                let otherwise = self.value(otherwise);
                let otherwise = self.held(otherwise);
                self.say(["otherwise {0}", "其餘為 {0}", "其余为 {0}"], &[&otherwise])
            }
        });
        Words::loose(parts.join(self.language.pick([", ", "，", "，"])))
    }

    fn cast(&mut self, whole: &Expr, kind: &CastKind, inner: &Expr, to: &DataType) -> Words {
        let name = to.to_string().to_uppercase();
        let has = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
        let phrase = if !matches!(kind, CastKind::Cast | CastKind::DoubleColon) {
            return self.raw(whole);
        } else if has(&["INT", "BIGINT", "SIGNED", "UNSIGNED"]) {
            [
                "{0} as a whole number",
                "{0}（轉成整數）",
                "{0}（转成整数）",
            ]
        } else if has(&["REAL", "FLOAT", "DOUBLE"]) {
            [
                "{0} as a decimal number",
                "{0}（轉成小數）",
                "{0}（转成小数）",
            ]
        } else if name == "NUMERIC" || name == "DECIMAL" {
            ["{0} as a number", "{0}（轉成數字）", "{0}（转成数字）"]
        } else if has(&["TEXT", "VARCHAR", "CHAR"]) && !name.contains('(') {
            ["{0} as text", "{0}（轉成文字）", "{0}（转成文本）"]
        } else {
            return self.raw(whole);
        };
        self.of(phrase, inner)
    }
}

const TRIMMED: Phrase = [
    "{0} without spaces around it",
    "去除前後空格的 {0}",
    "去除首尾空格的 {0}",
];

/// The sign of an operation of numbers.
pub(super) fn symbol(op: &BinaryOperator) -> Option<&'static str> {
    Some(match op {
        BinaryOperator::Plus => "+",
        BinaryOperator::Minus => "−",
        BinaryOperator::Multiply => "×",
        BinaryOperator::Divide => "÷",
        _ => return None,
    })
}

/// Whether an operator makes a condition.
pub(super) fn is_condition(op: &BinaryOperator) -> bool {
    use BinaryOperator::{And, Eq, Gt, GtEq, Lt, LtEq, NotEq, Or};
    matches!(op, And | Or | Eq | NotEq | Gt | GtEq | Lt | LtEq)
}

/// The parts of `a || b || c`.
fn concatenated<'e>(expression: &'e Expr, parts: &mut Vec<&'e Expr>) {
    match expression {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::StringConcat,
            right,
        } => {
            concatenated(left, parts);
            concatenated(right, parts);
        }
        other => parts.push(other),
    }
}
