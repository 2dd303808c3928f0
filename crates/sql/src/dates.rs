//! Dates that are not stored as SQL wants them.
//!
//! Office data keeps dates as `20240131`, `31.01.2024` or `2024/1/31`. A small model writes
//! `BETWEEN '2024-01-01' AND …` whatever it is told, so it is told that every date is ISO, and code
//! turns the column into one wherever the statement treats it as one. How a column stores its dates
//! is found out from the data, and only when nearly all of its values agree.

use std::ops::ControlFlow;

use sqlparser::ast::{
    BinaryOperator, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments, Query, Value,
    VisitMut, VisitorMut,
};
use sqlparser::dialect::SQLiteDialect;
use sqlparser::parser::Parser;

use crate::sqlite::Schema;
use crate::values;

/// How a column writes its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFormat {
    /// `2024-01-31`, perhaps with a time behind it: what SQLite's functions understand.
    Iso,
    /// `20240131`, as a text or a number.
    Compact,
    /// `31.01.2024`, with this between the parts.
    DayFirst(char),
    /// `01/31/2024`, with this between the parts.
    MonthFirst(char),
    /// `2024/01/31`, with this between the parts.
    YearFirst(char),
}

/// Share of values that must be dates of one format. Old data has a few slips.
const SHARE: f64 = 0.95;

impl DateFormat {
    /// The format of some values of a column; nothing when they are no dates.
    pub fn of(values: &[String]) -> Option<Self> {
        let formats = [
            Self::Iso,
            Self::Compact,
            Self::DayFirst('.'),
            Self::DayFirst('/'),
            Self::DayFirst('-'),
            Self::MonthFirst('/'),
            Self::MonthFirst('-'),
            Self::YearFirst('/'),
            Self::YearFirst('.'),
        ];
        let values: Vec<&str> = values
            .iter()
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
            .collect();
        if values.is_empty() {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few hundred values")]
        let share = |format: &Self| {
            let fitting = values
                .iter()
                .filter(|value| format.read(value).is_some())
                .count();
            fitting as f64 / values.len() as f64
        };
        formats.into_iter().find(|format| share(format) >= SHARE)
    }

    /// A date of this format as ISO writes it.
    pub fn read(self, value: &str) -> Option<String> {
        let part = |range: std::ops::Range<usize>| {
            value
                .get(range)
                .filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let between = |place: usize, mark: char| value[place..].starts_with(mark);
        if !value.is_ascii() {
            return None;
        }
        let (year, month, day) = match self {
            Self::Compact => {
                (value.len() == 8).then_some(())?;
                (part(0..4)?, part(4..6)?, part(6..8)?)
            }
            Self::Iso | Self::YearFirst(_) => {
                let mark = if let Self::YearFirst(mark) = self {
                    mark
                } else {
                    '-'
                };
                (value.len() >= 10 && between(4, mark) && between(7, mark)).then_some(())?;
                (part(0..4)?, part(5..7)?, part(8..10)?)
            }
            Self::DayFirst(mark) | Self::MonthFirst(mark) => {
                (value.len() >= 10 && between(2, mark) && between(5, mark)).then_some(())?;
                let (first, second) = (part(0..2)?, part(3..5)?);
                let year = part(6..10)?;
                match self {
                    Self::DayFirst(_) => (year, second, first),
                    _ => (year, first, second),
                }
            }
        };
        let is_sane = ("1000".."3000").contains(&year)
            && ("01"..="12").contains(&month)
            && ("01"..="31").contains(&day);
        is_sane.then(|| format!("{year}-{month}-{day}"))
    }

    /// An expression that makes an ISO date of a column; nothing where it is one.
    fn iso(self, column: &str) -> Option<String> {
        let parts = |year: u8, month: u8, day: u8, rest: &str| {
            format!(
                "(substr({column}, {year}, 4) || '-' || substr({column}, {month}, 2) || '-' || substr({column}, {day}, 2){rest})"
            )
        };
        let rest = format!(" || substr({column}, 11)");
        match self {
            Self::Iso => None,
            Self::Compact => Some(parts(1, 5, 7, "")),
            Self::DayFirst(_) => Some(parts(7, 4, 1, &rest)),
            Self::MonthFirst(_) => Some(parts(7, 1, 4, &rest)),
            Self::YearFirst(mark) => Some(format!("replace({column}, '{mark}', '-')")),
        }
    }

    /// Whether texts of this format do not sort as dates do.
    fn is_out_of_order(self) -> bool {
        matches!(self, Self::DayFirst(_) | Self::MonthFirst(_))
    }
}

/// Makes ISO dates of columns that store others, wherever the statement treats them as ISO dates.
/// Whether anything was changed.
pub fn as_iso(query: &mut Query, schema: &Schema) -> bool {
    let original = query.clone();
    let mut mender = Mender {
        schema,
        original: &original,
        is_changed: false,
    };
    let _ = query.visit(&mut mender);
    mender.order(query);
    mender.is_changed
}

struct Mender<'a> {
    schema: &'a Schema,
    original: &'a Query,
    is_changed: bool,
}

impl Mender<'_> {
    /// The format of a column's dates, if all columns that may be meant have the same.
    fn format(&self, expression: &Expr) -> Option<DateFormat> {
        let name = match expression {
            Expr::Identifier(name) => &name.value,
            Expr::CompoundIdentifier(parts) => &parts.last()?.value,
            _ => return None,
        };
        let mut formats = values::places(self.schema, self.original, name)
            .into_iter()
            .map(|(table, column)| {
                let table = self.schema.tables.iter().find(|one| one.name == table)?;
                table.columns.iter().find(|one| one.name == column)?.dates
            });
        let first = formats.next()??;
        formats.all(|format| format == Some(first)).then_some(first)
    }

    fn mend(&mut self, expression: &mut Expr) {
        let Some(iso) = self
            .format(expression)
            .and_then(|format| format.iso(&expression.to_string()))
        else {
            return;
        };
        let parsed = Parser::new(&SQLiteDialect {})
            .try_with_sql(&iso)
            .and_then(|mut parser| parser.parse_expr());
        if let Ok(parsed) = parsed {
            *expression = parsed;
            self.is_changed = true;
        }
    }

    /// Arguments of functions that read dates; `substr` among them, because whoever is told of ISO
    /// dates takes the year out by place.
    fn arguments(&mut self, function: &mut Function) {
        let name = function.name.to_string().to_lowercase();
        let reads_dates = matches!(
            name.as_str(),
            "strftime"
                | "date"
                | "datetime"
                | "julianday"
                | "substr"
                | "substring"
                | "unixepoch"
                | "timediff"
        );
        let sorts = matches!(name.as_str(), "min" | "max");
        let FunctionArguments::List(list) = &mut function.args else {
            return;
        };
        for argument in &mut list.args {
            if let FunctionArg::Unnamed(FunctionArgExpr::Expr(expression)) = argument {
                let is_out_of_order = self
                    .format(expression)
                    .is_some_and(DateFormat::is_out_of_order);
                if reads_dates || sorts && is_out_of_order {
                    self.mend(expression);
                }
            }
        }
    }

    /// ORDER BY a column whose texts do not sort as dates do.
    fn order(&mut self, query: &mut Query) {
        let Some(order) = &mut query.order_by else {
            return;
        };
        if let sqlparser::ast::OrderByKind::Expressions(expressions) = &mut order.kind {
            for one in expressions {
                if self
                    .format(&one.expr)
                    .is_some_and(DateFormat::is_out_of_order)
                {
                    self.mend(&mut one.expr);
                }
            }
        }
    }
}

impl VisitorMut for Mender<'_> {
    type Break = ();

    fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
        match expression {
            Expr::BinaryOp { left, op, right } if is_comparison(op) => {
                if is_iso(right) {
                    self.mend(left);
                } else if is_iso(left) {
                    self.mend(right);
                }
            }
            Expr::Between {
                expr, low, high, ..
            } if is_iso(low) || is_iso(high) => self.mend(expr),
            Expr::Like { expr, pattern, .. } if is_iso(pattern) => self.mend(expr),
            Expr::InList { expr, list, .. } if list.iter().any(is_iso) => self.mend(expr),
            Expr::Function(function) => self.arguments(function),
            Expr::Substring { expr, .. } | Expr::Extract { expr, .. } => self.mend(expr),
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

fn is_comparison(operator: &BinaryOperator) -> bool {
    use BinaryOperator::{Eq, Gt, GtEq, Lt, LtEq, NotEq};
    matches!(operator, Eq | NotEq | Lt | LtEq | Gt | GtEq)
}

/// Whether an expression is a date as ISO writes it, a part of one (`'2024-03%'`), or what one of
/// SQLite's functions makes, such as `date('now')`.
fn is_iso(expression: &Expr) -> bool {
    match expression {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => is_iso_text(text),
            _ => false,
        },
        Expr::Function(function) => {
            matches!(
                function.name.to_string().to_lowercase().as_str(),
                "date" | "datetime"
            )
        }
        _ => false,
    }
}

fn is_iso_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let is_month = digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7);
    let is_year = digits(0..4) && text.len() == 5 && text.ends_with('%');
    is_month || is_year || digits(0..4) && text[4..].starts_with("-%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, Table};
    use crate::statement::{Parsed, parse};

    #[track_caller]
    fn check_format(values: &[&str], expected: Option<DateFormat>) {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        assert_eq!(DateFormat::of(&values), expected, "{values:?}");
    }

    #[test]
    fn a_format_is_one_that_nearly_all_values_have() {
        check_format(&["2024-01-31", "2023-12-01 10:00"], Some(DateFormat::Iso));
        check_format(&["20240131", "20231201"], Some(DateFormat::Compact));
        check_format(
            &["31.01.2024", "01.02.2023"],
            Some(DateFormat::DayFirst('.')),
        );
        check_format(
            &["01/31/2024", "02/01/2023"],
            Some(DateFormat::MonthFirst('/')),
        );
        check_format(
            &["31/01/2024", "02/01/2023"],
            Some(DateFormat::DayFirst('/')),
        );
        check_format(&["2024/01/31"], Some(DateFormat::YearFirst('/')));
        check_format(&["20241301", "12345678"], None);
        check_format(&["2024-01-31", "soon"], None);
        check_format(&["", " "], None);
        check_format(&["一月三十一日"], None);
    }

    fn schema(format: DateFormat) -> Schema {
        let column = |name: &str, dates| Column {
            name: name.into(),
            dates,
            ..Column::default()
        };
        Schema {
            tables: vec![Table {
                name: "t".into(),
                columns: vec![column("d", Some(format)), column("x", None)],
                ..Table::default()
            }],
            ..Schema::default()
        }
    }

    #[track_caller]
    fn check(format: DateFormat, sql: &str, expected: &str) {
        let Ok(Parsed::Query(mut query)) = parse(sql) else {
            panic!("{sql} is no query")
        };
        as_iso(&mut query, &schema(format));
        assert_eq!(query.to_string(), expected);
    }

    #[test]
    fn a_column_becomes_iso_where_it_is_taken_for_iso() {
        const DAY: DateFormat = DateFormat::DayFirst('.');
        const ISO: &str = "(SUBSTR(d, 7, 4) || '-' || SUBSTR(d, 4, 2) || '-' || SUBSTR(d, 1, 2) || SUBSTR(d, 11))";
        check(
            DateFormat::YearFirst('/'),
            "SELECT d FROM t WHERE t.d BETWEEN '2024-01-01' AND '2024-03-31'",
            "SELECT d FROM t WHERE replace(t.d, '/', '-') BETWEEN '2024-01-01' AND '2024-03-31'",
        );
        check(
            DateFormat::YearFirst('/'),
            "SELECT x FROM t WHERE strftime('%Y', d) = '2024' ORDER BY d",
            "SELECT x FROM t WHERE strftime('%Y', replace(d, '/', '-')) = '2024' ORDER BY d",
        );
        check(
            DAY,
            "SELECT x FROM t WHERE d LIKE '2024-%'",
            &format!("SELECT x FROM t WHERE {ISO} LIKE '2024-%'"),
        );
        check(
            DAY,
            "SELECT x FROM t ORDER BY d DESC",
            &format!("SELECT x FROM t ORDER BY {ISO} DESC"),
        );
        check(
            DAY,
            "SELECT max(d) FROM t",
            &format!("SELECT max({ISO}) FROM t"),
        );
        // What is right already stays as it is.
        check(
            DAY,
            "SELECT d FROM t WHERE d = '31.01.2024'",
            "SELECT d FROM t WHERE d = '31.01.2024'",
        );
        check(
            DateFormat::Iso,
            "SELECT x FROM t WHERE d >= '2024-01-01'",
            "SELECT x FROM t WHERE d >= '2024-01-01'",
        );
        check(
            DAY,
            "SELECT x FROM t WHERE x >= '2024-01-01'",
            "SELECT x FROM t WHERE x >= '2024-01-01'",
        );
    }
}
