//! Units: amounts that are kept in a small unit and asked for in the large one.
//!
//! Office programs keep money in cents and durations in minutes. "The total in euros" of a column of
//! cents is its sum divided by 100, which small models forget, and "over 500 euros" is over 50,000 cents.
//! What a column is kept in is said by its name (`amt_ct`, `dur_min`) or by what was written beside it;
//! what is asked for is said by the question. Where either says nothing, nothing is done.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, FunctionArg, FunctionArgExpr, FunctionArguments, Query, SelectItem,
    SetExpr, Value, VisitMut, VisitorMut,
};

use crate::columns;
use crate::joins::expression;
use crate::mend::spaced;
use crate::sqlite::{Column, Schema};

/// A small unit, the large one, and how many of the small one that is.
struct Unit {
    /// The last word of a column's name.
    names: &'static [&'static str],
    /// What a column's name in Chinese ends with.
    endings: &'static [&'static str],
    /// What is written beside a column, in small letters.
    comments: &'static [&'static str],
    /// How a question asks for the large unit.
    asked: &'static [&'static str],
    /// What stands behind a number of the large unit.
    behind: &'static [&'static str],
    /// What stands before one.
    before: &'static [&'static str],
    times: u32,
}

const UNITS: [Unit; 5] = [
    Unit {
        names: &["ct", "cts", "cent", "cents", "pence", "fen"],
        endings: &["_分", "(分)", "（分）"],
        comments: &[
            "cents",
            "in pence",
            "以分",
            "單位：分",
            "单位：分",
            "單位:分",
            "单位:分",
        ],
        asked: &[
            "in euros",
            "in euro ",
            "in dollars",
            "in us dollars",
            "in pounds",
            "in francs",
            "in yuan",
            "how many euros",
            "how many dollars",
            "how many pounds",
            "以元",
            "多少元",
            "多少歐元",
            "多少欧元",
            "多少美元",
            "單位：元",
            "单位：元",
            "（元",
            "(元",
            "歐元計",
            "欧元计",
        ],
        behind: &[
            "euro", "dollar", "pound", "franc", "yuan", "eur", "usd", "gbp", "元", "歐元", "欧元",
            "美元", "塊", "块",
        ],
        before: &["€", "$", "£", "¥", "￥"],
        times: 100,
    },
    Unit {
        names: &["min", "mins", "minutes"],
        endings: &["分鐘", "分钟", "分鐘數", "分钟数"],
        comments: &["in minutes", "minutes", "以分鐘", "以分钟"],
        asked: &[
            "in hours",
            "how many hours",
            "幾小時",
            "几小时",
            "多少小時",
            "多少小时",
            "（小時",
            "（小时",
        ],
        behind: &["hour", "hours", "小時", "小时", "鐘頭"],
        before: &[],
        times: 60,
    },
    Unit {
        names: &["grams", "gram", "grm"],
        endings: &["克數", "克数", "(克)", "（克）"],
        comments: &["in grams", "以克"],
        asked: &[
            "in kilograms",
            "in kilos",
            "in kg",
            "幾公斤",
            "几公斤",
            "多少公斤",
            "多少千克",
        ],
        behind: &["kilogram", "kilo", "kg", "公斤", "千克"],
        before: &[],
        times: 1000,
    },
    Unit {
        names: &["kg", "kgs", "kilograms"],
        endings: &["公斤", "千克", "公斤數", "公斤数"],
        comments: &["in kg", "in kilograms", "以公斤", "以千克"],
        asked: &[
            "in tonnes",
            "in tons",
            "in metric tons",
            "how many tonnes",
            "多少噸",
            "多少吨",
            "幾噸",
            "几吨",
        ],
        behind: &["tonne", "ton", "噸", "吨"],
        before: &[],
        times: 1000,
    },
    Unit {
        names: &["metres", "meters", "metre", "meter"],
        endings: &["米數", "米数", "(米)", "（米）"],
        comments: &["in metres", "in meters"],
        asked: &[
            "in kilometres",
            "in kilometers",
            "in km",
            "多少公里",
            "幾公里",
            "几公里",
        ],
        behind: &["kilometre", "kilometer", "km", "公里"],
        before: &[],
        times: 1000,
    },
];

/// Shows amounts in the unit that the question asks for, and compares them with its figures in the
/// unit that the column has. Whether it did.
pub fn as_asked(query: &mut Query, question: &str, schema: &Schema) -> bool {
    let question = question.to_lowercase();
    let mut is_changed = false;
    for unit in &UNITS {
        let small: Vec<String> = columns::read_by(query, schema)
            .flat_map(|table| &table.columns)
            .filter(|column| unit.is_of(column))
            .map(|column| column.name.to_lowercase())
            .collect();
        if small.is_empty() {
            continue;
        }
        let asks = unit.asked.iter().any(|words| question.contains(words));
        if asks && let SetExpr::Select(select) = &mut *query.body {
            for item in &mut select.projection {
                is_changed |= unit.show(item, &small);
            }
        }
        is_changed |= unit.compare(query, &question, &small);
    }
    is_changed
}

impl Unit {
    /// Whether a column is kept in this unit.
    fn is_of(&self, column: &Column) -> bool {
        let name = spaced(&column.name);
        let (before, last) = name.rsplit_once(' ').unwrap_or(("", name.as_str()));
        let comments = [column.comment.as_str(), column.own.note.as_str()];
        // A column that is called `min` alone is the least of something.
        (!before.is_empty() && self.names.contains(&last))
            || self
                .endings
                .iter()
                .any(|ending| column.name.ends_with(ending))
            || comments.iter().any(|comment| self.is_said_in(comment))
    }

    fn is_said_in(&self, comment: &str) -> bool {
        let comment = comment.to_lowercase();
        self.comments.iter().any(|words| comment.contains(words))
    }

    /// Divides what is shown, where it is nothing but amounts of the small unit and not divided yet.
    fn show(&self, item: &mut SelectItem, small: &[String]) -> bool {
        let (SelectItem::UnnamedExpr(shown) | SelectItem::ExprWithAlias { expr: shown, .. }) = item
        else {
            return false;
        };
        if self.divides_whole(shown, small) {
            return true;
        }
        // Dividing comes before rounding.
        let (amount, digits) = match rounding(shown) {
            Some((amount, digits)) => (amount, Some(digits)),
            None => (&*shown, None),
        };
        if !amount_of(amount, small) {
            return false;
        }
        let divided = match amount {
            Expr::BinaryOp { .. } => format!("({amount}) / {}.0", self.times),
            _ => format!("{amount} / {}.0", self.times),
        };
        let text = match digits {
            Some(digits) => format!("ROUND({divided}, {digits})"),
            None => divided,
        };
        let Some(divided) = expression(&text) else {
            return false;
        };
        *shown = divided;
        true
    }

    /// Divides by 100.0 what is divided by 100: whole numbers would lose what lies behind the point.
    fn divides_whole(&self, shown: &mut Expr, small: &[String]) -> bool {
        struct Divisions<'a> {
            times: String,
            small: &'a [String],
            is_changed: bool,
        }
        impl VisitorMut for Divisions<'_> {
            type Break = ();
            fn pre_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
                if let Expr::BinaryOp {
                    left,
                    op: BinaryOperator::Divide,
                    right,
                } = found
                    && amount_of(left, self.small)
                    && number(right).is_some_and(|number| number == self.times)
                    && let Some(exact) = expression(&format!("{}.0", self.times))
                {
                    **right = exact;
                    self.is_changed = true;
                }
                ControlFlow::Continue(())
            }
        }
        let mut divisions = Divisions {
            times: self.times.to_string(),
            small,
            is_changed: false,
        };
        let _ = shown.visit(&mut divisions);
        divisions.is_changed
    }

    /// Compares amounts with the question's figures in the unit that the column has.
    fn compare(&self, query: &mut Query, question: &str, small: &[String]) -> bool {
        struct Figures<'a> {
            unit: &'a Unit,
            question: &'a str,
            small: &'a [String],
            is_changed: bool,
        }
        impl VisitorMut for Figures<'_> {
            type Break = ();
            fn pre_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
                match found {
                    Expr::BinaryOp { left, op, right } if compares(op) => {
                        if amount_of(left, self.small) {
                            self.enlarge(&mut [right]);
                        } else if amount_of(right, self.small) {
                            self.enlarge(&mut [left]);
                        }
                    }
                    Expr::Between {
                        expr, low, high, ..
                    } if amount_of(expr, self.small) => self.enlarge(&mut [low, high]),
                    _ => {}
                }
                ControlFlow::Continue(())
            }
        }
        impl Figures<'_> {
            /// "Between 10 and 20 euros" names the unit once.
            fn enlarge(&mut self, figures: &mut [&mut Box<Expr>]) {
                let is_asked = |figure: &Expr| {
                    number(figure)
                        .is_some_and(|number| self.unit.is_asked_with(&number, self.question))
                };
                if figures.iter().any(|figure| is_asked(figure)) {
                    for figure in figures {
                        self.is_changed |= times(figure, self.unit.times);
                    }
                }
            }
        }
        let mut figures = Figures {
            unit: self,
            question,
            small,
            is_changed: false,
        };
        let _ = query.visit(&mut figures);
        figures.is_changed
    }

    /// Whether the question has a number with the large unit behind or before it.
    fn is_asked_with(&self, number: &str, question: &str) -> bool {
        // 1,000 and 1 000 are 1000.
        let letters: Vec<char> = question.chars().collect();
        let is_group = |place: usize| {
            matches!(letters[place], ',' | '\u{a0}' | '\u{202f}')
                && place > 0
                && letters[place - 1].is_ascii_digit()
                && letters.get(place + 1).is_some_and(char::is_ascii_digit)
        };
        let plain: String = (0..letters.len())
            .filter(|place| !is_group(*place))
            .map(|place| letters[place])
            .collect();
        plain.match_indices(number).any(|(place, _)| {
            let (before, behind) = (&plain[..place], &plain[place + number.len()..]);
            let is_whole = !before
                .ends_with(|letter: char| letter.is_ascii_digit() || letter == '.')
                && !behind.starts_with(|letter: char| letter.is_ascii_digit());
            let behind = behind.trim_start();
            let before = before.trim_end();
            is_whole
                && (self.behind.iter().any(|word| behind.starts_with(word))
                    || self.before.iter().any(|sign| before.ends_with(sign)))
        })
    }
}

/// A number as it is written.
fn number(figure: &Expr) -> Option<String> {
    match figure {
        Expr::Value(value) => match &value.value {
            Value::Number(number, _) => Some(number.to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Makes a number so many times larger; one with a fraction is multiplied by the database, exactly as
/// it is written. Whether it was a number.
fn times(figure: &mut Expr, times: u32) -> bool {
    let Some(number) = number(figure) else {
        return false;
    };
    let whole = number
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(u64::from(times)));
    let text = whole.map_or_else(|| format!("{number} * {times}"), |whole| whole.to_string());
    let Some(larger) = expression(&text) else {
        return false;
    };
    *figure = larger;
    true
}

fn compares(op: &BinaryOperator) -> bool {
    matches!(
        op,
        BinaryOperator::Gt
            | BinaryOperator::GtEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Eq
            | BinaryOperator::NotEq
    )
}

/// What is rounded, and to how many digits.
fn rounding(shown: &Expr) -> Option<(&Expr, &Expr)> {
    let Expr::Function(function) = shown else {
        return None;
    };
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    match list.args.as_slice() {
        [
            FunctionArg::Unnamed(FunctionArgExpr::Expr(amount)),
            FunctionArg::Unnamed(FunctionArgExpr::Expr(digits)),
        ] if function.name.to_string().eq_ignore_ascii_case("round") => Some((amount, digits)),
        _ => None,
    }
}

/// Whether an expression is an amount of the small unit: it has such a column, and it is neither a
/// count nor a text.
fn amount_of(expression: &Expr, small: &[String]) -> bool {
    match expression {
        Expr::Identifier(name) => small.contains(&name.value.to_lowercase()),
        Expr::CompoundIdentifier(parts) => parts
            .last()
            .is_some_and(|name| small.contains(&name.value.to_lowercase())),
        Expr::Nested(inner) => amount_of(inner, small),
        Expr::UnaryOp { expr, .. } => amount_of(expr, small),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Plus | BinaryOperator::Minus,
            right,
        } => amount_of(left, small) && amount_of(right, small),
        // An amount times a number of things; times a number that was written it is one of another unit.
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Multiply,
            right,
        } => {
            let is_written = |side: &Expr| matches!(side, Expr::Value(_));
            amount_of(left, small) != amount_of(right, small)
                && !is_written(left)
                && !is_written(right)
        }
        Expr::Case {
            conditions,
            else_result,
            ..
        } => {
            let is_nothing =
                |value: &Expr| matches!(value.to_string().as_str(), "0" | "NULL" | "0.0");
            let mut results = conditions
                .iter()
                .map(|when| &when.result)
                .chain(else_result.as_deref());
            let mut has_amount = false;
            results.all(|value| {
                let is_amount = amount_of(value, small);
                has_amount |= is_amount;
                is_amount || is_nothing(value)
            }) && has_amount
        }
        Expr::Function(function) => {
            let name = function.name.to_string().to_lowercase();
            let keeps = [
                "sum", "avg", "min", "max", "total", "abs", "coalesce", "ifnull",
            ];
            let FunctionArguments::List(list) = &function.args else {
                return false;
            };
            let first = list.args.first().and_then(|argument| match argument {
                FunctionArg::Unnamed(FunctionArgExpr::Expr(inner)) => Some(inner),
                _ => None,
            });
            keeps.contains(&name.as_str()) && first.is_some_and(|inner| amount_of(inner, small))
        }
        _ => false,
    }
}

#[cfg(test)]
#[path = "units_tests.rs"]
mod tests;
