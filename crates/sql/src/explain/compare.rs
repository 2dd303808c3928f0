//! Comparisons in words: which verb suits what a value is compared with.

use sqlparser::ast::{BinaryOperator, Expr, UnaryOperator, Value};

use super::kind::Kind;
use super::language::Phrase;
use super::{Teller, Words, dates, scope};

impl Teller<'_> {
    /// A comparison; the column comes first whichever side it stands on.
    pub(super) fn compared(&mut self, left: &Expr, op: &BinaryOperator, right: &Expr) -> Words {
        use BinaryOperator::{Gt, GtEq, Lt, LtEq};
        if is_value(left) && !is_value(right) {
            let flipped = match op {
                Gt => Lt,
                GtEq => LtEq,
                Lt => Gt,
                LtEq => GtEq,
                other => other.clone(),
            };
            return self.compared(right, &flipped, left);
        }
        if is_null(right) {
            let whole = Expr::BinaryOp {
                left: Box::new(left.clone()),
                op: op.clone(),
                right: Box::new(right.clone()),
            };
            return self.holds(&whole);
        }
        let phrase = comparison(op, self.sort_of(right));
        self.about(phrase, left, right)
    }

    fn about(&mut self, phrase: Phrase, left: &Expr, right: &Expr) -> Words {
        let left = self.value(left);
        let left = self.held(left);
        let right = self.value(right);
        let right = self.held(right);
        Words::phrase(self.say(phrase, &[&left, &right]))
    }

    fn sort_of(&self, expression: &Expr) -> Sort {
        match expression {
            Expr::Nested(inner) => self.sort_of(inner),
            Expr::Value(value) => match &value.value {
                Value::SingleQuotedString(text) | Value::DoubleQuotedString(text) => {
                    sort_of_text(text)
                }
                _ => Sort::Number,
            },
            Expr::UnaryOp {
                op: UnaryOperator::Minus,
                expr,
            } => self.sort_of(expr),
            // A text in double quotes, unless it is a column after all.
            Expr::Identifier(name) if name.quote_style == Some('"') => {
                match scope::may_be_column(&self.scopes, &name.value) {
                    true => Sort::Other,
                    false => sort_of_text(&name.value),
                }
            }
            Expr::Function(function)
                if matches!(
                    function.name.to_string().to_lowercase().as_str(),
                    "date" | "datetime"
                ) =>
            {
                Sort::Date
            }
            _ => match self.kind(expression) {
                Kind::Date => Sort::Date,
                _ => Sort::Other,
            },
        }
    }
}

/// What a value is compared with, for the choice of the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Date,
    Text,
    Other,
}

fn sort_of_text(text: &str) -> Sort {
    match dates::is_iso(text) {
        true => Sort::Date,
        false => Sort::Text,
    }
}

/// How two values are compared.
fn comparison(op: &BinaryOperator, sort: Sort) -> Phrase {
    use BinaryOperator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    if sort == Sort::Text && !matches!(op, Eq | NotEq) {
        return order_of_texts(op);
    }
    match (op, sort) {
        (Eq, Sort::Text) => ["{0} is {1}", "{0} 是{1}", "{0} 是{1}"],
        (NotEq, Sort::Text) => ["{0} is not {1}", "{0} 不是{1}", "{0} 不是{1}"],
        (Eq, Sort::Other) => ["{0} equals {1}", "{0} 等於 {1}", "{0} 等于 {1}"],
        (Eq, _) => ["{0} is {1}", "{0} 等於 {1}", "{0} 等于 {1}"],
        (NotEq, Sort::Other) => ["{0} differs from {1}", "{0} 不等於 {1}", "{0} 不等于 {1}"],
        (NotEq, _) => ["{0} is not {1}", "{0} 不等於 {1}", "{0} 不等于 {1}"],
        (Gt, Sort::Date) => ["{0} is after {1}", "{0} 晚於 {1}", "{0} 晚于 {1}"],
        (GtEq, Sort::Date) => ["{0} is on or after {1}", "{0} 不早於 {1}", "{0} 不早于 {1}"],
        (Lt, Sort::Date) => ["{0} is before {1}", "{0} 早於 {1}", "{0} 早于 {1}"],
        (LtEq, Sort::Date) => [
            "{0} is on or before {1}",
            "{0} 不晚於 {1}",
            "{0} 不晚于 {1}",
        ],
        (Gt, _) => ["{0} is more than {1}", "{0} 大於 {1}", "{0} 大于 {1}"],
        (GtEq, _) => [
            "{0} is at least {1}",
            "{0} 大於或等於 {1}",
            "{0} 大于或等于 {1}",
        ],
        (Lt, _) => ["{0} is less than {1}", "{0} 小於 {1}", "{0} 小于 {1}"],
        (LtEq, _) => [
            "{0} is at most {1}",
            "{0} 小於或等於 {1}",
            "{0} 小于或等于 {1}",
        ],
        _ => ["{0}, {1}", "{0}、{1}", "{0}、{1}"],
    }
}

/// How texts are compared otherwise than for being the same.
fn order_of_texts(op: &BinaryOperator) -> Phrase {
    use BinaryOperator::{Gt, GtEq, Lt};
    match op {
        Gt => [
            "{0} comes after {1} when sorted as text",
            "{0} 依文字順序排在{1}之後",
            "{0} 按文本顺序排在{1}之后",
        ],
        GtEq => [
            "{0} is {1} or comes after it when sorted as text",
            "{0} 是{1}或依文字順序排在其後",
            "{0} 是{1}或按文本顺序排在其后",
        ],
        Lt => [
            "{0} comes before {1} when sorted as text",
            "{0} 依文字順序排在{1}之前",
            "{0} 按文本顺序排在{1}之前",
        ],
        _ => [
            "{0} is {1} or comes before it when sorted as text",
            "{0} 是{1}或依文字順序排在其前",
            "{0} 是{1}或按文本顺序排在其前",
        ],
    }
}

fn is_value(expression: &Expr) -> bool {
    match expression {
        Expr::Value(_) | Expr::TypedString(_) => true,
        Expr::UnaryOp {
            op: UnaryOperator::Minus,
            expr,
        } => is_value(expr),
        _ => false,
    }
}

fn is_null(expression: &Expr) -> bool {
    matches!(expression, Expr::Value(value) if value.value == Value::Null)
}
