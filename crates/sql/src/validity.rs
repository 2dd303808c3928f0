//! What holds on a day: rows that say from when to when they hold.
//!
//! "Who was insured on 1 January 2024" asks for the rows that hold on that day. Small models compare one
//! end of the time with the day itself, which finds those that began or ended just then. Where a table has
//! both ends, code asks for what lies between; an end that is empty has not come yet.

use std::ops::ControlFlow;

use jiff::civil::Date;
use sqlparser::ast::{BinaryOperator, Expr, Query, Value, VisitMut, VisitorMut};

use crate::columns;
use crate::joins::expression;
use crate::mend::spaced;
use crate::sqlite::{Schema, Table};

/// What the ends of a time are called: the last word or the first of a column's name.
const ENDS: [(&str, &str); 8] = [
    ("from", "to"),
    ("start", "end"),
    ("strt", "end"),
    ("begin", "end"),
    ("since", "until"),
    ("開始", "結束"),
    ("开始", "结束"),
    ("生效", "失效"),
];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words before a day on which something holds.
const ON: [&str; 4] = ["on ", "as of ", "as at ", "at "];

/// Words of what happens on a day: that is one end, and meant so.
const HAPPENS: [&str; 28] = [
    "began",
    "begin",
    "start",
    "ended",
    "ends",
    "expire",
    "opened",
    "closed",
    "joined",
    "left",
    "signed",
    "until",
    "since",
    "hired",
    "changed",
    "became",
    "came into",
    "took effect",
    "開始",
    "开始",
    "結束",
    "结束",
    "起",
    "到期",
    "生效",
    "失效",
    "入职",
    "離職",
];

/// Asks for what holds on the day that the question names, where the statement compares one end of the
/// time with it. Whether it did.
pub fn on_the_day(query: &mut Query, question: &str, schema: &Schema) -> bool {
    let question = question.to_lowercase();
    if HAPPENS.iter().any(|word| question.contains(word)) {
        return false;
    }
    let Some(day) = day_of(&question) else {
        return false;
    };
    let pairs: Vec<(String, String)> = columns::read_by(query, schema).flat_map(ends).collect();
    let sql = query.to_string().to_lowercase();
    let mut open = pairs
        .into_iter()
        .filter(|(from, to)| sql.contains(from.as_str()) != sql.contains(to.as_str()));
    let (Some(pair), None) = (open.next(), open.next()) else {
        return false;
    };
    struct Days {
        day: String,
        pair: (String, String),
        is_changed: bool,
    }
    impl VisitorMut for Days {
        type Break = ();
        fn post_visit_expr(&mut self, found: &mut Expr) -> ControlFlow<()> {
            if let Some(within) = compared(found, &self.day)
                .and_then(|column| between(&column, &self.pair, &self.day))
            {
                *found = within;
                self.is_changed = true;
            }
            ControlFlow::Continue(())
        }
    }
    let mut days = Days {
        day: day.to_string(),
        pair,
        is_changed: false,
    };
    let _ = query.visit(&mut days);
    days.is_changed
}

/// The columns of a table for both ends of a time, in small letters.
fn ends(table: &Table) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for column in &table.columns {
        // `strt_dt` and `end_dt`, `ValidFrom` and `ValidTo`.
        let name = column.name.to_lowercase();
        let words = spaced(&column.name);
        for (from, to) in ENDS {
            let is_first =
                words.split(' ').next() == Some(from) || words.split(' ').next_back() == Some(from);
            let is_han = !from.is_ascii() && name.contains(from);
            if !(is_first || is_han) {
                continue;
            }
            let other = name.replacen(from, to, 1);
            let is_there =
                |column: &crate::sqlite::Column| column.name.eq_ignore_ascii_case(&other);
            if table.columns.iter().any(is_there) {
                found.push((name.clone(), other));
            }
        }
    }
    found
}

/// The text of what is compared with the day: `x = '2024-01-01'`, `x LIKE '2024-01-01%'`.
fn compared(found: &Expr, day: &str) -> Option<String> {
    let is_day = |side: &Expr| match side {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => text.trim_end_matches('%') == day,
            _ => false,
        },
        _ => false,
    };
    match found {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } if is_day(right) => Some(left.to_string()),
        Expr::Like {
            negated: false,
            expr,
            pattern,
            ..
        } if is_day(pattern) => Some(expr.to_string()),
        _ => None,
    }
}

/// What holds on the day, from what one end is written as.
fn between(column: &str, (from, to): &(String, String), day: &str) -> Option<Expr> {
    let plain = column.to_lowercase();
    let as_of = |name: &str| -> Option<String> {
        let written = [from, to]
            .into_iter()
            .find(|end| plain.contains(end.as_str()))?;
        Some(replaced(column, written, name))
    };
    let (begin, end) = (as_of(from)?, as_of(to)?);
    expression(&format!(
        "({begin} <= '{day}' AND ({end} IS NULL OR {end} >= '{day}'))"
    ))
}

/// A text with a word replaced, whatever its case.
fn replaced(text: &str, word: &str, with: &str) -> String {
    let plain = text.to_lowercase();
    // Places in both are the same only where lower case does not change lengths.
    if plain.len() != text.len() {
        return plain.replace(word, with);
    }
    let mut result = String::new();
    let mut at = 0;
    for (place, _) in plain.match_indices(word) {
        result.push_str(&text[at..place]);
        result.push_str(with);
        at = place + word.len();
    }
    result.push_str(&text[at..]);
    result
}

/// The one day that a question names as when something holds.
fn day_of(question: &str) -> Option<Date> {
    let english = ON.iter().find_map(|word| {
        question.match_indices(word).find_map(|(place, _)| {
            let is_word = !question[..place].ends_with(|letter: char| letter.is_alphanumeric());
            is_word
                .then(|| day_at(&question[place + word.len()..]))
                .flatten()
        })
    });
    english.or_else(|| chinese_day(question))
}

/// "1 january 2024", "january 1, 2024", "2024-01-01" at the beginning of a text.
fn day_at(text: &str) -> Option<Date> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    if let Some(day) = text.get(..10).and_then(|day| day.parse::<Date>().ok()) {
        return Some(day);
    }
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let (one, two, year) = (words.next()?, words.next()?, words.next()?);
    let month = |word: &str| MONTHS.iter().position(|name| *name == word);
    let (day, month) = match (month(one), month(two)) {
        (Some(month), _) => (two, month),
        (None, Some(month)) => (one, month),
        (None, None) => return None,
    };
    let day = day.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let year = year.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let year = year.get(..4).filter(|_| year.len() == 4)?;
    Date::new(
        year.parse().ok()?,
        i8::try_from(month + 1).ok()?,
        day.parse().ok()?,
    )
    .ok()
}

/// 2023年7月1日, with or without blanks.
fn chinese_day(question: &str) -> Option<Date> {
    let text: String = question.chars().filter(|letter| *letter != ' ').collect();
    let place = text.find('年')?;
    let year: String = text[..place]
        .chars()
        .rev()
        .take_while(char::is_ascii_digit)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let (month, rest) = text[place + '年'.len_utf8()..].split_once('月')?;
    let (day, _) = rest.split_once(['日', '號', '号'])?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::Column;
    use crate::statement::query;

    #[track_caller]
    fn check(question: &str, sql: &str, expected: Option<&str>) {
        let column = |name: &str| Column {
            name: name.into(),
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![
                Table {
                    name: "lease".into(),
                    columns: ["flat", "valid_from", "valid_to"].map(column).to_vec(),
                    ..Table::default()
                },
                Table {
                    name: "deal".into(),
                    columns: ["no", "strt_dt", "end_dt"].map(column).to_vec(),
                    ..Table::default()
                },
            ],
            ..Schema::default()
        };
        let mut query = query(sql);
        let changed = on_the_day(&mut query, question, &schema).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }

    #[test]
    fn what_holds_on_a_day_lies_between_both_ends() {
        let expected = "SELECT flat FROM lease AS l WHERE (l.valid_from <= '2024-03-09' AND \
                        (l.valid_to IS NULL OR l.valid_to >= '2024-03-09'))";
        let sql = "SELECT flat FROM lease AS l WHERE l.valid_to = '2024-03-09'";
        for question in [
            "Which flats were let on 9 March 2024?",
            "Which flats were let as of March 9, 2024?",
            "Which flats were let on 2024-03-09?",
            "2024 年 3 月 9 日出租的有哪些？",
        ] {
            check(question, sql, Some(expected));
        }
        check(
            "Which deals were in force on the 9th March 2024?",
            "SELECT no FROM deal WHERE (SUBSTR(END_DT, 7, 4) || SUBSTR(END_DT, 4, 2)) LIKE '2024-03-09%'",
            Some(
                "SELECT no FROM deal WHERE ((SUBSTR(strt_dt, 7, 4) || SUBSTR(strt_dt, 4, 2)) <= '2024-03-09' AND \
                 ((SUBSTR(end_dt, 7, 4) || SUBSTR(end_dt, 4, 2)) IS NULL OR (SUBSTR(end_dt, 7, 4) || SUBSTR(end_dt, 4, 2)) >= '2024-03-09'))",
            ),
        );
    }

    #[test]
    fn other_days_and_both_ends_are_left_alone() {
        check(
            "Which leases began on 9 March 2024?",
            "SELECT flat FROM lease WHERE valid_from = '2024-03-09'",
            None,
        );
        check(
            "Which flats were let in March 2024?",
            "SELECT flat FROM lease WHERE valid_from = '2024-03-09'",
            None,
        );
        check(
            "Which flats were let on 9 March 2024?",
            "SELECT flat FROM lease WHERE valid_from <= '2024-03-09' AND valid_to >= '2024-03-09'",
            None,
        );
        check(
            "Which flats were let on 9 March 2024?",
            "SELECT flat FROM lease WHERE flat = '2024-03-09'",
            None,
        );
    }
}
