//! Which chart suits the shape of a result. The shape alone decides, so it is always the same.
//!
//! What a column is follows from its values, and from its name only where values cannot tell: 2024
//! is a year in a column of years, and 10482 no amount in a column of customer numbers. A shape that
//! is not plainly one of these gets no chart: a wrong picture is worse than a table.

use std::collections::BTreeSet;

use assistant::artifact::{Cell, Chart, Mark};

use crate::explain::dates::is_iso;
use crate::explain::numbers::{is_id_name, is_year_name};
use crate::sqlite::Rows;

/// Fewer rows than this are read faster than drawn; more do not fit as bars.
const BARS: std::ops::RangeInclusive<usize> = 2..=60;

/// Bars that are drawn when there are more than fit, and the largest come first.
const FIRST_BARS: u32 = 20;

/// Points of a scatter: two make any line, and too many one blot.
const POINTS: std::ops::RangeInclusive<usize> = 3..=5_000;

/// Lines, or bars at one place, that can be told apart.
const SERIES: std::ops::RangeInclusive<usize> = 2..=8;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Days, months or years.
    Date,
    /// Texts.
    Label,
    /// Numbers that only tell things apart.
    Id,
    /// Numbers that can be drawn.
    Measure,
}

/// A column that is one thing throughout.
struct Column<'r> {
    name: &'r str,
    kind: Kind,
    values: Vec<&'r Cell>,
}

/// A chart for two or three columns of which one is of numbers; nothing for other shapes.
#[must_use]
pub fn suggest(result: &Rows) -> Option<Chart> {
    if result.rows.len() < *BARS.start() || !matches!(result.columns.len(), 2 | 3) {
        return None;
    }
    let columns: Option<Vec<Column<'_>>> = (0..result.columns.len())
        .map(|place| column(result, place))
        .collect();
    let mut columns = columns?;
    // Two columns of one name cannot be told apart by whoever draws.
    if distinct(columns.iter().map(|column| column.name)) < columns.len() {
        return None;
    }
    // Beside a name, its number says nothing more.
    if columns.len() == 3 && columns.iter().any(|column| column.kind == Kind::Label) {
        columns.retain(|column| column.kind != Kind::Id);
    }
    // The number is usually the last; where it is the first, the others keep their order.
    columns.sort_by_key(|column| match column.kind {
        Kind::Date => 0,
        Kind::Label | Kind::Id => 1,
        Kind::Measure => 2,
    });
    match columns.as_slice() {
        [x, y] => pair(x, y, result.truncated),
        [x, series, y] if !result.truncated => grouped(x, series, y),
        _ => None,
    }
}

fn pair(x: &Column<'_>, y: &Column<'_>, truncated: bool) -> Option<Chart> {
    let count = x.values.len();
    let is_unique = distinct(x.values.iter().map(|cell| key(cell))) == count;
    let mut first = None;
    let mark = match (x.kind, y.kind) {
        (Kind::Date, Kind::Measure) if is_unique && !truncated => Mark::Line,
        (Kind::Label | Kind::Id, Kind::Measure) if is_unique => {
            if truncated || count > *BARS.end() {
                // Of rows by size the first are the largest of all, shown or not.
                first = is_falling(&y.values).then_some(FIRST_BARS);
                first?;
            }
            Mark::Bar
        }
        (Kind::Measure, Kind::Measure) if POINTS.contains(&count) && !truncated => Mark::Scatter,
        _ => return None,
    };
    Some(chart(mark, x, y, None, first))
}

fn grouped(x: &Column<'_>, series: &Column<'_>, y: &Column<'_>) -> Option<Chart> {
    if y.kind != Kind::Measure {
        return None;
    }
    let pairs = x.values.iter().zip(&series.values);
    if distinct(pairs.map(|(x, series)| (key(x), key(series)))) < x.values.len() {
        return None;
    }
    let count = |column: &Column<'_>| distinct(column.values.iter().map(|cell| key(cell)));
    let (mark, x, series) = match (x.kind, series.kind) {
        (Kind::Date, Kind::Label) => (Mark::Line, x, series),
        // The fewer make the colours.
        (Kind::Label, Kind::Label) if count(x) < count(series) => (Mark::Bar, series, x),
        (Kind::Label, Kind::Label) => (Mark::Bar, x, series),
        _ => return None,
    };
    let fits = mark == Mark::Line || BARS.contains(&x.values.len());
    let is_drawable = fits && SERIES.contains(&count(series)) && count(x) >= *BARS.start();
    is_drawable.then(|| chart(mark, x, y, Some(series), None))
}

fn chart(
    mark: Mark,
    x: &Column<'_>,
    y: &Column<'_>,
    series: Option<&Column<'_>>,
    first: Option<u32>,
) -> Chart {
    Chart {
        mark,
        x: x.name.to_owned(),
        y: y.name.to_owned(),
        series: series.map(|column| column.name.to_owned()),
        first,
    }
}

/// A column of the result; nothing when it is mixed or has gaps.
fn column(result: &Rows, place: usize) -> Option<Column<'_>> {
    let name = result.columns.get(place)?;
    let values: Vec<&Cell> = result
        .rows
        .iter()
        .map(|row| row.get(place))
        .collect::<Option<_>>()?;
    let all = |is: &dyn Fn(&Cell) -> bool| values.iter().all(|cell| is(cell));
    let is_date =
        |cell: &Cell| matches!(cell, Cell::Text(text) if is_iso(text) || is_quarter(text));
    let kind = if all(&is_date)
        || (is_year_name(name) && all(&is_year))
        || (is_month_name(name) && all(&is_month))
    {
        Kind::Date
    } else if all(&|cell| matches!(cell, Cell::Text(_))) {
        Kind::Label
    } else if all(&|cell| matches!(cell, Cell::Integer(_))) && is_id_name(name) {
        Kind::Id
    } else if all(&is_number) {
        Kind::Measure
    } else {
        return None;
    };
    Some(Column { name, kind, values })
}

fn is_number(cell: &Cell) -> bool {
    match cell {
        Cell::Integer(_) => true,
        Cell::Real(number) => number.is_finite(),
        Cell::Null | Cell::Text(_) => false,
    }
}

/// A year as a number or, as `strftime('%Y')` gives it, as a text.
fn is_year(cell: &Cell) -> bool {
    match cell {
        Cell::Integer(year) => (1000..=2999).contains(year),
        Cell::Text(text) => text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()),
        Cell::Null | Cell::Real(_) => false,
    }
}

/// `2024-Q1`.
fn is_quarter(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && matches!(&bytes[4..6], b"-Q" | b" Q")
        && matches!(bytes[6], b'1'..=b'4')
}

fn is_month_name(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "month" | "月" | "月份")
}

fn is_month(cell: &Cell) -> bool {
    match cell {
        Cell::Integer(month) => (1..=12).contains(month),
        Cell::Text(text) => {
            text.len() == 2
                && text
                    .parse()
                    .is_ok_and(|month: u8| (1..=12).contains(&month))
        }
        Cell::Null | Cell::Real(_) => false,
    }
}

fn is_falling(values: &[&Cell]) -> bool {
    let number = |cell: &Cell| match cell {
        #[expect(clippy::cast_precision_loss, reason = "only for comparing")]
        Cell::Integer(number) => *number as f64,
        Cell::Real(number) => *number,
        Cell::Null | Cell::Text(_) => f64::NAN,
    };
    values
        .windows(2)
        .all(|pair| number(pair[0]) >= number(pair[1]))
}

/// What makes two values the same.
fn key(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> usize {
    values.collect::<BTreeSet<T>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> Cell {
        match (text, text.parse::<i64>(), text.parse::<f64>()) {
            ("NULL", ..) => Cell::Null,
            (_, Ok(number), _) => Cell::Integer(number),
            (_, _, Ok(number)) => Cell::Real(number),
            _ => Cell::Text(text.trim_matches('\'').to_owned()),
        }
    }

    /// A table as text: rows between semicolons, cells between bars; `'2024'` is a text.
    fn table(text: &str) -> Rows {
        let mut rows = text.split(';').map(|row| row.split('|').map(str::trim));
        let columns = rows.next().unwrap().map(str::to_owned).collect();
        let rows = rows.map(|row| row.map(cell).collect()).collect();
        Rows {
            columns,
            rows,
            truncated: false,
        }
    }

    fn told(rows: &Rows) -> String {
        let Some(chart) = suggest(rows) else {
            return "none".to_owned();
        };
        let mark = serde_json::to_value(chart.mark).unwrap();
        let mut told = format!("{} {} {}", mark.as_str().unwrap(), chart.x, chart.y);
        told.extend(chart.series.map(|series| format!(" by {series}")));
        told.extend(chart.first.map(|first| format!(" first {first}")));
        told
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(told(&table(text)), expected, "{text}");
    }

    #[test]
    fn two_columns_make_bars_lines_or_points() {
        for (text, expected) in [
            ("city|n; A|1; B|2.5", "bar city n"),
            ("count(*)|city; 1|A; 2|B", "bar city count(*)"),
            ("customer_id|total; 17|1; 4|2", "bar customer_id total"),
            ("month|n; 2024-01|1; 2024-02|2", "line month n"),
            ("d|n; 2024-02-28|1; 2024-01-31 10:00:00|2", "line d n"),
            ("n|d; 1|2024-01-31; 5|2024-02-01", "line d n"),
            ("q|n; 2024-Q1|1; 2024-Q2|2", "line q n"),
            ("year|n; 1990|1; 2035|2", "line year n"),
            ("release_year|n; '2023'|1; '2024'|2", "line release_year n"),
            ("出生年|n; 1990|1; 1991|2", "line 出生年 n"),
            ("month|n; 1|5; 2|7", "line month n"),
            ("month|n; '01'|5; '12'|7", "line month n"),
            ("x|y; 1|2; 2|3; 3.5|4", "scatter x y"),
            ("price|n; 1990|1; 2000|2; 2035|3", "scatter price n"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn three_columns_make_several_lines_or_groups_of_bars() {
        for (text, expected) in [
            (
                "month|city|n; 2024-01|A|1; 2024-01|B|2; 2024-02|A|3; 2024-02|B|4",
                "line month n by city",
            ),
            (
                "city|year|n; A|2023|1; B|2023|2; A|2024|3",
                "line year n by city",
            ),
            (
                "city|kind|n; A|x|1; A|y|2; B|x|3; C|y|3",
                "bar city n by kind",
            ),
            (
                "kind|city|n; x|A|1; y|A|2; x|B|3; y|C|3",
                "bar city n by kind",
            ),
            ("id|name|n; 1|A|5; 2|B|6", "bar name n"),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn other_shapes_get_none() {
        for text in [
            "city|n; A|1",
            "city|n",
            "city|n; A|1; B|NULL",
            "city|n; A|1; A|2",
            "city|n; A|1; B|x",
            "city|id; A|1; B|2",
            "id|code; 1|1; 2|2; 3|3",
            "a|b; x|y; z|w",
            "n; 1; 2",
            "a|b|c|d; x|1|2|3; y|1|2|3",
            "d|n; 2024-01-01|1; 2024-01-01|2",
            "x|y; 1|2; 3|4",
            "city|a|b; A|1|2; B|3|4; C|5|6",
            "city|kind|n; A|x|1; A|x|2; B|y|3",
            "city|kind|n; A|x|1; B|x|2; C|x|3",
            "a|a; x|1; y|2",
            "city|n; A|inf; B|1",
        ] {
            check(text, "none");
        }
    }

    #[test]
    fn of_too_many_bars_the_first_are_drawn_if_they_are_the_largest() {
        let many = |number: &dyn Fn(usize) -> usize| {
            let rows: Vec<String> = (0..61)
                .map(|place| format!("c{place}|{}", number(place)))
                .collect();
            table(&format!("city|n;{}", rows.join(";")))
        };
        assert_eq!(told(&many(&|place| 100 - place)), "bar city n first 20");
        assert_eq!(told(&many(&|place| place)), "none");
        let cut = |text| Rows {
            truncated: true,
            ..table(text)
        };
        assert_eq!(told(&cut("city|n; A|2; B|1")), "bar city n first 20");
        assert_eq!(told(&cut("d|n; 2024-01-01|1; 2024-01-02|2")), "none");
    }
}
