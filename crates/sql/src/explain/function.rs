//! Functions in words.

use sqlparser::ast::{CeilFloorKind, DateTimeField, Expr, Function, FunctionArguments};

use super::language::Phrase;
use super::steps::whole_number;
use super::{Teller, Words, dates};

impl Teller<'_> {
    pub(super) fn function(&mut self, whole: &Expr, function: &Function) -> Words {
        let is_plain = !function.uses_odbc_syntax
            && matches!(function.parameters, FunctionArguments::None)
            && function.within_group.is_empty()
            && function.null_treatment.is_none();
        if !is_plain {
            return self.raw(whole);
        }
        if let Some(over) = &function.over {
            let words = self.window(function, over);
            return words.unwrap_or_else(|| self.raw(whole));
        }
        let name = function.name.to_string().to_lowercase();
        if let Some(words) = self.aggregate(&name, function) {
            return words;
        }
        let Some(arguments) = dates::arguments(function).filter(|_| function.filter.is_none())
        else {
            return self.raw(whole);
        };
        if let Some(words) = self.date_function(&name, &arguments) {
            return words;
        }
        let words = self.plain_function(&name, &arguments);
        words.unwrap_or_else(|| self.raw(whole))
    }

    fn plain_function(&mut self, name: &str, arguments: &[&Expr]) -> Option<Words> {
        if let ([value], Some(phrase)) = (arguments, of_one(name)) {
            return Some(self.of(phrase, value));
        }
        Some(match (name, arguments) {
            ("round", [value, digits]) => {
                let digits = u32::try_from(whole_number(digits)?).ok()?;
                return Some(self.rounded(value, digits));
            }
            ("coalesce" | "ifnull", [first, second]) => self.of_two(
                [
                    "{0}, or {1} where there is none",
                    "{0}（沒有值時用 {1}）",
                    "{0}（没有值时用 {1}）",
                ],
                first,
                second,
            ),
            ("coalesce", [_, _, _, ..]) => {
                let values = self.all(arguments);
                let values = self.language.and(&values);
                Words::loose(self.say(
                    [
                        "the first of {0} that has a value",
                        "{0} 中第一個有值的",
                        "{0} 中第一个有值的",
                    ],
                    &[&values],
                ))
            }
            ("nullif", [first, second]) => self.of_two(
                [
                    "{0}, but no value where it equals {1}",
                    "{0}（等於 {1} 時視為沒有值）",
                    "{0}（等于 {1} 时视为没有值）",
                ],
                first,
                second,
            ),
            ("min", [_, _, ..]) => self.of_all(
                ["the smallest of {0}", "{0} 當中最小的", "{0} 当中最小的"],
                arguments,
            ),
            ("max", [_, _, ..]) => self.of_all(
                ["the largest of {0}", "{0} 當中最大的", "{0} 当中最大的"],
                arguments,
            ),
            ("substr" | "substring", [value, from]) => return self.part(value, from, None),
            ("substr" | "substring", [value, from, length]) => {
                return self.part(value, from, Some(length));
            }
            _ => return self.rarer_function(name, arguments),
        })
    }

    fn rarer_function(&mut self, name: &str, arguments: &[&Expr]) -> Option<Words> {
        Some(match (name, arguments) {
            ("replace", [value, old, new]) => {
                let words = self.all(&[value, old, new]);
                Words::loose(self.say(
                    [
                        "{0} with {2} in the place of {1}",
                        "{0}（把 {1} 換成 {2}）",
                        "{0}（把 {1} 换成 {2}）",
                    ],
                    &[&words[0], &words[1], &words[2]],
                ))
            }
            ("iif" | "if", [condition, yes, no]) => {
                let condition = self.condition(condition).text;
                let words = self.all(&[yes, no]);
                Words::loose(self.say(
                    [
                        "{1} if {0}, otherwise {2}",
                        "若 {0} 則為 {1}，其餘為 {2}",
                        "若 {0} 则为 {1}，其余为 {2}",
                    ],
                    &[&condition, &words[0], &words[1]],
                ))
            }
            ("random", []) => Words::phrase(self.say(["a random number", "隨機數", "随机数"], &[])),
            _ => return None,
        })
    }

    fn all(&mut self, values: &[&Expr]) -> Vec<String> {
        let words = values.iter().map(|value| {
            let words = self.value(value);
            self.held(words)
        });
        words.collect()
    }

    fn of_all(&mut self, phrase: Phrase, values: &[&Expr]) -> Words {
        let values = self.all(values);
        let values = self.language.and(&values);
        Words::phrase(self.say(phrase, &[&values]))
    }

    fn of_two(&mut self, phrase: Phrase, first: &Expr, second: &Expr) -> Words {
        let words = self.all(&[first, second]);
        Words::loose(self.say(phrase, &[&words[0], &words[1]]))
    }

    fn rounded(&mut self, value: &Expr, digits: u32) -> Words {
        let inner = self.value(value);
        let inner = self.held(inner);
        let phrase = match digits {
            0 => [
                "{0} rounded to a whole number",
                "{0}（四捨五入到整數）",
                "{0}（四舍五入到整数）",
            ],
            1 => [
                "{0} rounded to {1} decimal",
                "{0}（四捨五入到小數 {1} 位）",
                "{0}（四舍五入到 {1} 位小数）",
            ],
            _ => [
                "{0} rounded to {1} decimals",
                "{0}（四捨五入到小數 {1} 位）",
                "{0}（四舍五入到 {1} 位小数）",
            ],
        };
        Words::phrase(self.say(phrase, &[&inner, &digits.to_string()]))
    }

    pub(super) fn substring(
        &mut self,
        whole: &Expr,
        value: &Expr,
        (from, length): (Option<&Expr>, Option<&Expr>),
    ) -> Words {
        let part = from.and_then(|from| self.part(value, from, length));
        part.unwrap_or_else(|| self.raw(whole))
    }

    /// `substr(a, 1, 4)`.
    fn part(&mut self, value: &Expr, from: &Expr, length: Option<&Expr>) -> Option<Words> {
        let from = whole_number(from)?;
        let length = length.map(whole_number);
        let (phrase, count): (Phrase, i64) = match (from, length) {
            (1, Some(Some(count @ 1..))) => (
                [
                    "the first {1} characters of {0}",
                    "{0} 的前 {1} 個字元",
                    "{0} 的前 {1} 个字符",
                ],
                count,
            ),
            (2.., Some(Some(count @ 1..))) => (
                [
                    "{1} characters of {0} from number {2} on",
                    "{0} 從第 {2} 個字元起的 {1} 個字元",
                    "{0} 从第 {2} 个字符起的 {1} 个字符",
                ],
                count,
            ),
            (1.., None) => (
                [
                    "{0} from character {2} on",
                    "{0} 從第 {2} 個字元起的部分",
                    "{0} 从第 {2} 个字符起的部分",
                ],
                0,
            ),
            (..=-1, None) => (
                [
                    "the last {1} characters of {0}",
                    "{0} 的最後 {1} 個字元",
                    "{0} 的最后 {1} 个字符",
                ],
                -from,
            ),
            _ => return None,
        };
        let value = self.value(value);
        let value = self.held(value);
        Some(Words::phrase(self.say(
            phrase,
            &[&value, &count.to_string(), &from.to_string()],
        )))
    }

    pub(super) fn ceil_or_floor(&mut self, whole: &Expr) -> Words {
        let plain = |field: &CeilFloorKind| {
            matches!(
                field,
                CeilFloorKind::DateTimeField(DateTimeField::NoDateTime)
            )
        };
        match whole {
            Expr::Ceil { expr, field } if plain(field) => self.of(
                ["{0} rounded up", "{0}（無條件進位）", "{0}（向上取整）"],
                expr,
            ),
            Expr::Floor { expr, field } if plain(field) => self.of(
                ["{0} rounded down", "{0}（無條件捨去）", "{0}（向下取整）"],
                expr,
            ),
            _ => self.raw(whole),
        }
    }
}

/// The words of a function of one value.
fn of_one(name: &str) -> Option<Phrase> {
    Some(match name {
        "round" => [
            "{0} rounded to a whole number",
            "{0}（四捨五入到整數）",
            "{0}（四舍五入到整数）",
        ],
        "abs" => ["{0} without its sign", "{0} 的絕對值", "{0} 的绝对值"],
        "upper" | "ucase" => ["{0} in capitals", "{0}（轉成大寫）", "{0}（转成大写）"],
        "lower" | "lcase" => ["{0} in small letters", "{0}（轉成小寫）", "{0}（转成小写）"],
        "length" | "char_length" => [
            "the number of characters of {0}",
            "{0} 的字數",
            "{0} 的字符数",
        ],
        "trim" => [
            "{0} without spaces around it",
            "去除前後空格的 {0}",
            "去除首尾空格的 {0}",
        ],
        "ltrim" => [
            "{0} without spaces before it",
            "去除開頭空格的 {0}",
            "去除开头空格的 {0}",
        ],
        "rtrim" => [
            "{0} without spaces after it",
            "去除結尾空格的 {0}",
            "去除结尾空格的 {0}",
        ],
        _ => return None,
    })
}
