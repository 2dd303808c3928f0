//! Window functions in words.

use sqlparser::ast::{Expr, Function, WindowSpec, WindowType};

use super::language::Phrase;
use super::steps::whole_number;
use super::{Teller, Words, dates};

impl Teller<'_> {
    /// A function over a window; nothing for one with a frame or a name of its own, or without words.
    pub(super) fn window(&mut self, function: &Function, over: &WindowType) -> Option<Words> {
        let WindowType::WindowSpec(WindowSpec {
            window_name: None,
            partition_by,
            order_by,
            window_frame: None,
        }) = over
        else {
            return None;
        };
        let name = function.name.to_string().to_lowercase();
        let groups = self.partition(partition_by);
        let order = (!order_by.is_empty()).then(|| self.sort_keys(order_by));
        let what = match name.as_str() {
            "row_number" | "rank" | "dense_rank" | "lag" | "lead" | "first_value" => {
                let arguments = dates::arguments(function).filter(|_| function.filter.is_none())?;
                self.placed(&name, &arguments, order.as_deref()?)?
            }
            _ => {
                let total = self.aggregate(&name, function)?.text;
                match order {
                    None => total,
                    Some(order) => self.say(
                        ["{0} so far, by {1}", "依 {1} 累計的{0}", "按 {1} 累计的{0}"],
                        &[&total, &order],
                    ),
                }
            }
        };
        Some(Words::loose(match (groups, name.as_str()) {
            (Some(groups), _) => self.say(
                [
                    "{0}, within the same {1}",
                    "{0}（在相同的 {1} 之內）",
                    "{0}（在相同的 {1} 之内）",
                ],
                &[&what, &groups],
            ),
            (None, "row_number" | "rank" | "dense_rank" | "lag" | "lead" | "first_value") => what,
            (None, _) => self.say(
                [
                    "{0}, over all rows",
                    "{0}（以全部資料列計）",
                    "{0}（以全部行计）",
                ],
                &[&what],
            ),
        }))
    }

    fn partition(&mut self, columns: &[Expr]) -> Option<String> {
        let columns: Vec<String> = columns
            .iter()
            .map(|column| {
                let words = self.value(column);
                self.held(words)
            })
            .collect();
        (!columns.is_empty()).then(|| self.language.and(&columns))
    }

    fn placed(&mut self, name: &str, arguments: &[&Expr], order: &str) -> Option<String> {
        let (phrase, value): (Phrase, _) = match (name, arguments) {
            ("row_number", []) => (
                [
                    "the row's number when sorted by {0}",
                    "依 {0} 排序的序號",
                    "按 {0} 排序的序号",
                ],
                None,
            ),
            ("rank", []) => (
                [
                    "the rank by {0} (equal ones share a rank)",
                    "依 {0} 的名次（同值同名次）",
                    "按 {0} 的名次（同值同名次）",
                ],
                None,
            ),
            ("dense_rank", []) => (
                [
                    "the rank by {0} (equal ones share a rank, none is skipped)",
                    "依 {0} 的名次（同值同名次，名次連續）",
                    "按 {0} 的名次（同值同名次，名次连续）",
                ],
                None,
            ),
            ("first_value", [value]) => (
                [
                    "the {1} of the first row by {0}",
                    "依 {0} 排序第一筆的 {1}",
                    "按 {0} 排序第一行的 {1}",
                ],
                Some(value),
            ),
            ("lag", [value, distance @ ..]) if is_next(distance) => (
                [
                    "the {1} of the row before, by {0}",
                    "依 {0} 排序的前一筆 {1}",
                    "按 {0} 排序的前一行 {1}",
                ],
                Some(value),
            ),
            ("lead", [value, distance @ ..]) if is_next(distance) => (
                [
                    "the {1} of the next row, by {0}",
                    "依 {0} 排序的後一筆 {1}",
                    "按 {0} 排序的后一行 {1}",
                ],
                Some(value),
            ),
            _ => return None,
        };
        let value = value
            .map(|value| self.value(value))
            .map(|words| self.held(words));
        Some(self.say(phrase, &[order, &value.unwrap_or_default()]))
    }
}

/// Whether a distance in rows is that of neighbours.
fn is_next(distance: &[&Expr]) -> bool {
    match distance {
        [] => true,
        [distance] => whole_number(distance) == Some(1),
        _ => false,
    }
}
