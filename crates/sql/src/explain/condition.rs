//! Conditions in words.

use sqlparser::ast::{BinaryOperator, Expr, Query, UnaryOperator, Value};

use super::language::Phrase;
use super::{Dialect, Teller, Words};

impl Teller<'_> {
    /// What must hold.
    pub(super) fn condition(&mut self, expression: &Expr) -> Words {
        match expression {
            Expr::Nested(inner) => self.condition(inner),
            Expr::BinaryOp {
                op: op @ (BinaryOperator::And | BinaryOperator::Or),
                ..
            } => self.joined(expression, op),
            Expr::BinaryOp { left, op, right } if super::expression::is_condition(op) => {
                self.compared(left, op, right)
            }
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => self.negated(expr),
            Expr::IsNull(inner) => self.of(["{0} has no value", "{0} 沒有值", "{0} 没有值"], inner),
            Expr::IsNotNull(inner) => self.of(["{0} has a value", "{0} 有值", "{0} 有值"], inner),
            Expr::IsTrue(inner) => self.of(["{0} is true", "{0} 為真", "{0} 为真"], inner),
            Expr::IsFalse(inner) => self.of(["{0} is false", "{0} 為假", "{0} 为假"], inner),
            Expr::InList {
                expr,
                list,
                negated,
            } => self.in_list(expr, list, *negated),
            Expr::InSubquery {
                expr,
                subquery,
                negated,
            } => self.in_subquery(expr, subquery, *negated),
            Expr::Between {
                expr,
                negated,
                low,
                high,
            } => self.between(expr, low, high, *negated),
            Expr::Like {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            }
            | Expr::ILike {
                negated,
                any: false,
                expr,
                pattern,
                escape_char: None,
            } => self.like(expression, expr, pattern, *negated),
            Expr::Exists { subquery, negated } => self.exists(subquery, *negated),
            Expr::Identifier(_) | Expr::CompoundIdentifier(_) | Expr::Value(_) => {
                self.of(["{0} is true", "{0} 為真", "{0} 为真"], expression)
            }
            _ => self.holds(expression),
        }
    }

    /// A condition there are no words for.
    pub(super) fn holds(&self, expression: &Expr) -> Words {
        let raw = self.raw(expression).text;
        Words::phrase(self.say(["{0} holds", "符合 {0}", "满足 {0}"], &[&raw]))
    }

    fn joined(&mut self, expression: &Expr, op: &BinaryOperator) -> Words {
        let mut parts = Vec::new();
        parts_of(expression, op, &mut parts);
        let parts: Vec<String> = parts
            .into_iter()
            .map(|part| {
                let words = self.condition(part);
                self.held(words)
            })
            .collect();
        let between = match op {
            BinaryOperator::And => self.language.pick([" and ", "，且", "，且"]),
            _ => self.language.pick([" or ", "，或", "，或"]),
        };
        Words::loose(self.strung(&parts, between))
    }

    fn strung(&self, parts: &[String], between: &str) -> String {
        let mut text = String::new();
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                self.language.push(&mut text, between);
            }
            self.language.push(&mut text, part);
        }
        text
    }

    fn negated(&mut self, inner: &Expr) -> Words {
        let opposite = |op: &BinaryOperator| match op {
            BinaryOperator::Eq => Some(BinaryOperator::NotEq),
            BinaryOperator::NotEq => Some(BinaryOperator::Eq),
            _ => None,
        };
        let mut turned = inner.clone();
        match &mut turned {
            Expr::Nested(nested) => return self.negated(nested),
            Expr::InList { negated, .. }
            | Expr::InSubquery { negated, .. }
            | Expr::Between { negated, .. }
            | Expr::Like { negated, .. }
            | Expr::Exists { negated, .. } => {
                *negated = !*negated;
                return self.condition(&turned);
            }
            Expr::BinaryOp { op, .. } => {
                if let Some(other) = opposite(op) {
                    *op = other;
                    return self.condition(&turned);
                }
            }
            Expr::IsNull(inner) => {
                return self.of(["{0} has a value", "{0} 有值", "{0} 有值"], inner);
            }
            Expr::IsNotNull(inner) => {
                return self.of(["{0} has no value", "{0} 沒有值", "{0} 没有值"], inner);
            }
            _ => {}
        }
        let inner = self.condition(inner).text;
        let inner = self.language.bracketed(&inner);
        Words::phrase(self.say(
            ["it is not so that {0}", "不符合{0}", "不满足{0}"],
            &[&inner],
        ))
    }

    fn in_subquery(&mut self, what: &Expr, query: &Query, negated: bool) -> Words {
        let what = self.value(what);
        let what = self.held(what);
        let values = self.values_of(query);
        let phrase = match negated {
            false => [
                "{0} is among {1}",
                "{0} 出現在 {1} 之中",
                "{0} 出现在 {1} 之中",
            ],
            true => [
                "{0} is not among {1}",
                "{0} 不在 {1} 之中",
                "{0} 不在 {1} 之中",
            ],
        };
        Words::phrase(self.say(phrase, &[&what, &values]))
    }

    fn in_list(&mut self, what: &Expr, list: &[Expr], negated: bool) -> Words {
        if let [only] = list {
            let op = if negated {
                BinaryOperator::NotEq
            } else {
                BinaryOperator::Eq
            };
            return self.compared(what, &op, only);
        }
        let what = self.value(what);
        let what = self.held(what);
        let list: Vec<String> = list
            .iter()
            .map(|value| {
                let value = self.value(value);
                self.held(value)
            })
            .collect();
        let list = self.language.or(&list);
        let phrase = match negated {
            false => ["{0} is {1}", "{0} 是 {1}", "{0} 是 {1}"],
            true => ["{0} is none of {1}", "{0} 不是 {1}", "{0} 不是 {1}"],
        };
        Words::loose(self.say(phrase, &[&what, &list]))
    }

    fn between(&mut self, what: &Expr, low: &Expr, high: &Expr, negated: bool) -> Words {
        let words = [what, low, high].map(|part| {
            let part = self.value(part);
            self.held(part)
        });
        let phrase = match negated {
            false => [
                "{0} is between {1} and {2} (both included)",
                "{0} 介於 {1} 與 {2} 之間（含兩端）",
                "{0} 在 {1} 到 {2} 之间（含两端）",
            ],
            true => [
                "{0} is not between {1} and {2} (nor equal to either)",
                "{0} 不在 {1} 與 {2} 之間（也不等於兩端）",
                "{0} 不在 {1} 到 {2} 之间（也不等于两端）",
            ],
        };
        Words::loose(self.say(phrase, &[&words[0], &words[1], &words[2]]))
    }

    fn like(&mut self, whole: &Expr, what: &Expr, pattern: &Expr, negated: bool) -> Words {
        let pattern = match pattern {
            Expr::Value(value) => match &value.value {
                Value::SingleQuotedString(text) => text,
                _ => return self.holds(whole),
            },
            Expr::Identifier(name)
                if name.quote_style == Some('"')
                    && !super::scope::may_be_column(&self.scopes, &name.value) =>
            {
                &name.value
            }
            _ => return self.holds(whole),
        };
        let (phrase, text) = pattern_in_words(pattern, negated);
        let what = self.value(what);
        let what = self.held(what);
        let text = self.language.quoted(text);
        let mut words = self.say(phrase, &[&what, &text]);
        let has_letters = pattern.chars().any(|letter| letter.is_ascii_alphabetic());
        // PostgreSQL minds capitals, unless it is told not to.
        let is_exact = self.dialect == Dialect::Postgres && !matches!(whole, Expr::ILike { .. });
        if has_letters && !is_exact {
            let note = ["capitals or not", "不分大小寫", "不区分大小写"];
            let note = self.language.bracketed(self.language.pick(note));
            words.push_str(self.language.pick([" ", "", ""]));
            words.push_str(&note);
        }
        Words::phrase(words)
    }
}

/// What a LIKE pattern asks for, and of which text.
fn pattern_in_words(pattern: &str, negated: bool) -> (Phrase, &str) {
    let start = pattern.starts_with('%');
    let end = pattern.len() > 1 && pattern.ends_with('%');
    let inner = pattern.trim_matches('%');
    let is_plain = !inner.is_empty() && !inner.contains(['%', '_']);
    let phrase = match (is_plain, start, end, negated) {
        (true, true, true, false) => ["{0} contains {1}", "{0} 包含{1}", "{0} 包含{1}"],
        (true, true, true, true) => ["{0} does not contain {1}", "{0} 不包含{1}", "{0} 不包含{1}"],
        (true, false, true, false) => ["{0} starts with {1}", "{0} 以{1}開頭", "{0} 以{1}开头"],
        (true, false, true, true) => [
            "{0} does not start with {1}",
            "{0} 不以{1}開頭",
            "{0} 不以{1}开头",
        ],
        (true, true, false, false) => ["{0} ends with {1}", "{0} 以{1}結尾", "{0} 以{1}结尾"],
        (true, true, false, true) => [
            "{0} does not end with {1}",
            "{0} 不以{1}結尾",
            "{0} 不以{1}结尾",
        ],
        (true, false, false, false) => ["{0} is {1}", "{0} 是{1}", "{0} 是{1}"],
        (true, false, false, true) => ["{0} is not {1}", "{0} 不是{1}", "{0} 不是{1}"],
        (false, _, _, false) => [
            "{0} fits the pattern {1} (% stands for any characters, _ for one)",
            "{0} 符合樣式{1}（% 代表任意字元，_ 代表一個字元）",
            "{0} 符合模式{1}（% 代表任意字符，_ 代表一个字符）",
        ],
        (false, _, _, true) => [
            "{0} does not fit the pattern {1} (% stands for any characters, _ for one)",
            "{0} 不符合樣式{1}（% 代表任意字元，_ 代表一個字元）",
            "{0} 不符合模式{1}（% 代表任意字符，_ 代表一个字符）",
        ],
    };
    (phrase, if is_plain { inner } else { pattern })
}

/// The parts that AND or OR joins, brackets of the same kind opened.
pub(super) fn parts_of<'e>(
    expression: &'e Expr,
    wanted: &BinaryOperator,
    parts: &mut Vec<&'e Expr>,
) {
    match expression {
        Expr::BinaryOp { left, op, right } if op == wanted => {
            parts_of(left, wanted, parts);
            parts_of(right, wanted, parts);
        }
        Expr::Nested(inner) if matches!(&**inner, Expr::BinaryOp { op, .. } if op == wanted) => {
            parts_of(inner, wanted, parts);
        }
        other => parts.push(other),
    }
}
