//! COUNT, SUM and their kind in words, and what is an aggregate at all.

use sqlparser::ast::{
    CaseWhen, DuplicateTreatment, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments,
    Value,
};

use super::language::Phrase;
use super::steps::whole_number;
use super::{Teller, Words};

/// What an aggregate is over.
enum Over<'e> {
    /// All rows.
    Rows,
    /// A value of each row.
    Values(&'e Expr),
    /// Each different value once.
    Different(&'e Expr),
}

impl Teller<'_> {
    /// COUNT, SUM and their kind; nothing for other functions.
    pub(super) fn aggregate(&mut self, name: &str, function: &Function) -> Option<Words> {
        let over = over(function)?;
        let filter = function.filter.as_deref();
        if let Some(words) = self.conditional(name, &over, filter) {
            return Some(words);
        }
        let words = match &over {
            Over::Rows if name == "count" => {
                Words::phrase(self.say(["the number of rows", "筆數", "行数"], &[]))
            }
            Over::Rows => return None,
            Over::Values(value) if name == "count" && is_set(value) => {
                Words::phrase(self.say(["the number of rows", "筆數", "行数"], &[]))
            }
            Over::Values(value) => self.of(aggregate(name)?, value),
            Over::Different(value) => self.of(
                match name {
                    "count" => [
                        "the number of different {0}",
                        "不重複的 {0} 個數",
                        "不重复的 {0} 个数",
                    ],
                    "sum" => [
                        "the sum of the different {0}",
                        "不重複的 {0} 加總",
                        "不重复的 {0} 总和",
                    ],
                    "avg" => [
                        "the average of the different {0}",
                        "不重複的 {0} 平均",
                        "不重复的 {0} 平均值",
                    ],
                    // The largest of different values is the largest of all.
                    "min" | "max" => aggregate(name)?,
                    _ => return None,
                },
                value,
            ),
        };
        Some(match filter {
            None => words,
            Some(filter) => {
                let condition = self.condition(filter).text;
                self.over_rows_where(&words.text, &condition)
            }
        })
    }

    fn over_rows_where(&self, what: &str, condition: &str) -> Words {
        Words::loose(self.say(
            [
                "{0} over the rows where {1}",
                "{0}（只計 {1} 的資料列）",
                "{0}（只计 {1} 的行）",
            ],
            &[what, condition],
        ))
    }

    /// `SUM(CASE WHEN a THEN 1 ELSE 0 END)` counts, `SUM(CASE WHEN a THEN b END)` sums over some rows.
    fn conditional(&mut self, name: &str, over: &Over<'_>, filter: Option<&Expr>) -> Option<Words> {
        let Over::Values(value) = over else {
            return None;
        };
        if filter.is_some() || !matches!(name, "sum" | "count" | "total") {
            return None;
        }
        let counted = |teller: &mut Self, condition: &Expr| {
            let condition = teller.condition(condition).text;
            Words::loose(teller.say(
                ["the number of rows where {0}", "{0} 的筆數", "{0} 的行数"],
                &[&condition],
            ))
        };
        match value {
            Expr::BinaryOp { op, .. } if name == "sum" && super::expression::is_condition(op) => {
                Some(counted(self, value))
            }
            Expr::Case {
                operand: None,
                conditions,
                else_result,
                ..
            } => {
                let [CaseWhen { condition, result }] = conditions.as_slice() else {
                    return None;
                };
                let otherwise = else_result.as_deref();
                match (whole_number(result), otherwise) {
                    (Some(1), Some(other)) if name != "count" && whole_number(other) == Some(0) => {
                        Some(counted(self, condition))
                    }
                    (Some(_), None) if name == "count" => Some(counted(self, condition)),
                    (None, Some(other)) if name != "count" && whole_number(other) == Some(0) => {
                        let words = self.of(aggregate(name)?, result).text;
                        let condition = self.condition(condition).text;
                        Some(self.over_rows_where(&words, &condition))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// What an aggregate is over; nothing for arguments that only other functions take.
fn over(function: &Function) -> Option<Over<'_>> {
    let FunctionArguments::List(list) = &function.args else {
        return None;
    };
    if !list.clauses.is_empty() {
        return None;
    }
    let is_distinct = matches!(list.duplicate_treatment, Some(DuplicateTreatment::Distinct));
    match list.args.as_slice() {
        [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)] if !is_distinct => Some(Over::Rows),
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(value))] if is_distinct => {
            Some(Over::Different(value))
        }
        [FunctionArg::Unnamed(FunctionArgExpr::Expr(value))] => Some(Over::Values(value)),
        _ => None,
    }
}

/// The words of an aggregate over a value of each row.
fn aggregate(name: &str) -> Option<Phrase> {
    Some(match name {
        "count" => [
            "the number of rows with a value in {0}",
            "{0} 有值的筆數",
            "{0} 有值的行数",
        ],
        "sum" | "total" => ["the sum of {0}", "{0} 的總和", "{0} 的总和"],
        "avg" => ["the average of {0}", "{0} 的平均", "{0} 的平均值"],
        "min" => ["the smallest {0}", "{0} 的最小值", "{0} 的最小值"],
        "max" => ["the largest {0}", "{0} 的最大值", "{0} 的最大值"],
        "group_concat" => ["the list of all {0}", "所有 {0} 的列表", "所有 {0} 的列表"],
        _ => return None,
    })
}

/// Whether a value is never NULL: `COUNT(1)`.
fn is_set(value: &Expr) -> bool {
    matches!(value, Expr::Value(value) if value.value != Value::Null)
}

/// Whether a function makes one value of many rows.
pub(super) fn is_aggregate(function: &Function) -> bool {
    let name = function.name.to_string().to_lowercase();
    let count = match &function.args {
        FunctionArguments::List(list) => list.args.len(),
        _ => 0,
    };
    function.over.is_none()
        && match name.as_str() {
            // With several values these two compare them within a row.
            "min" | "max" => count == 1,
            "count" | "sum" | "avg" | "total" | "group_concat" | "string_agg" | "median"
            | "stddev" | "variance" | "array_agg" | "json_group_array" | "json_group_object" => {
                true
            }
            _ => false,
        }
}

/// Whether an aggregate's words are those of a plain count.
pub(super) fn is_count_of_rows(expression: &Expr) -> bool {
    let Expr::Function(function) = expression else {
        return false;
    };
    let is_count = function.name.to_string().eq_ignore_ascii_case("count");
    is_count
        && function.filter.is_none()
        && function.over.is_none()
        && match over(function) {
            Some(Over::Rows) => true,
            Some(Over::Values(value)) => is_set(value),
            _ => false,
        }
}
