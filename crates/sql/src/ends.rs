//! The two ends of a way: where a flight, a parcel or a payment comes from and where it goes.
//!
//! A table that has both has two columns that hold the same values, and a small model takes either. The
//! words right before the value say which one is meant.

use std::ops::ControlFlow;

use sqlparser::ast::{BinaryOperator, Expr, Ident, Query, VisitMut, VisitorMut};

use crate::mend::spaced;
use crate::sqlite::Schema;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    From,
    To,
}

/// How columns of an end are called.
const FROM: [&str; 11] = [
    "source",
    "src",
    "origin",
    "from",
    "depart",
    "departure",
    "dep",
    "start",
    "sender",
    "pickup",
    "begin",
];
const TO: [&str; 12] = [
    "dest",
    "destination",
    "dst",
    "to",
    "arrive",
    "arrival",
    "arr",
    "goal",
    "target",
    "end",
    "receiver",
    "delivery",
];

/// How a question speaks of an end, right before its name.
const SAYS_FROM: [&str; 10] = [
    "from",
    "departing",
    "depart",
    "departs",
    "departed",
    "leaving",
    "leave",
    "leaves",
    "left",
    "originating",
];
const SAYS_TO: [&str; 9] = [
    "to", "into", "arriving", "arrive", "arrives", "arrived", "landing", "reaching", "towards",
];
const SAYS_FROM_CHINESE: [&str; 3] = ["从", "從", "自"];
const SAYS_TO_CHINESE: [&str; 6] = ["到", "至", "往", "抵达", "抵達", "去"];

/// How many words before a name are looked at: "leaving from the airport AHD".
const WORDS_BEFORE: usize = 4;

/// Compares the column of the end that the question speaks of. Whether anything was changed.
pub fn as_said(query: &mut Query, question: &str, schema: &Schema) -> bool {
    struct Swapper<'a> {
        question: String,
        schema: &'a Schema,
        is_changed: bool,
    }
    impl VisitorMut for Swapper<'_> {
        type Break = ();
        fn post_visit_expr(&mut self, expression: &mut Expr) -> ControlFlow<()> {
            if let Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } = expression
                && let Some(column) = name_mut(left)
                && let Some(text) = text(right)
                && let Some(other) = other_end(&column.value, self.schema)
                && said(&self.question, &text).is_some_and(|end| Some(end) == end_of(other))
            {
                other.clone_into(&mut column.value);
                self.is_changed = true;
            }
            ControlFlow::Continue(())
        }
    }
    let mut swapper = Swapper {
        question: question.to_lowercase(),
        schema,
        is_changed: false,
    };
    let _ = query.visit(&mut swapper);
    swapper.is_changed
}

/// The end that a column is called by.
fn end_of(column: &str) -> Option<End> {
    let words = spaced(column);
    let mut ends = words.split(' ').filter_map(|word| {
        if FROM.contains(&word) {
            return Some(End::From);
        }
        TO.contains(&word).then_some(End::To)
    });
    ends.next().filter(|_| ends.next().is_none())
}

/// The column of the other end: of the same table, and called the same but for the end.
fn other_end<'schema>(column: &str, schema: &'schema Schema) -> Option<&'schema str> {
    let own = end_of(column)?;
    let rest = |name: &str| -> Vec<String> {
        let words = spaced(name);
        let words = words.split(' ');
        let words = words.filter(|word| !FROM.contains(word) && !TO.contains(word));
        words.map(str::to_owned).collect()
    };
    let wanted = rest(column);
    let tables = schema.tables.iter().filter(|table| {
        let mut columns = table.columns.iter();
        columns.any(|one| one.name.eq_ignore_ascii_case(column))
    });
    let mut others = tables
        .flat_map(|table| &table.columns)
        .filter(|one| end_of(&one.name).is_some_and(|end| end != own) && rest(&one.name) == wanted);
    let other = others.next()?;
    others.next().is_none().then_some(&*other.name)
}

/// The end that the words before a name speak of.
fn said(question: &str, name: &str) -> Option<End> {
    let name = name.trim().to_lowercase();
    let before = &question[..question.find(&name).filter(|_| name.chars().count() > 1)?];
    let chinese = before.trim_end_matches(['"', '\'', '「', '“', ' ']);
    if SAYS_FROM_CHINESE.iter().any(|word| chinese.ends_with(word)) {
        return Some(End::From);
    }
    if SAYS_TO_CHINESE.iter().any(|word| chinese.ends_with(word)) {
        return Some(End::To);
    }
    let words = before.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.iter().rev().take(WORDS_BEFORE).find_map(|word| {
        if SAYS_FROM.contains(word) {
            return Some(End::From);
        }
        SAYS_TO.contains(word).then_some(End::To)
    })
}

fn name_mut(expression: &mut Expr) -> Option<&mut Ident> {
    match expression {
        Expr::Identifier(name) => Some(name),
        Expr::CompoundIdentifier(parts) => parts.last_mut(),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Value(value) => value.clone().into_string(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Column, Table};
    use crate::statement::query;

    #[track_caller]
    fn check(question: &str, sql: &str, expected: Option<&str>) {
        let column = |name: &str| Column {
            name: name.into(),
            ..Column::default()
        };
        let schema = Schema {
            tables: vec![Table {
                name: "parcel".into(),
                columns: ["id", "FromDepot", "ToDepot", "Depot"].map(column).into(),
                ..Table::default()
            }],
            ..Schema::default()
        };
        let mut query = query(sql);
        let changed = as_said(&mut query, question, &schema).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }

    #[test]
    fn the_end_that_is_spoken_of_is_compared() {
        let (from, to) = (
            "SELECT COUNT(*) FROM parcel AS p WHERE p.FromDepot = 'Graz'",
            "SELECT COUNT(*) FROM parcel AS p WHERE p.ToDepot = 'Graz'",
        );
        check("How many parcels left the depot Graz?", to, Some(from));
        check("How many parcels departing from 'Graz'?", to, Some(from));
        check("How many parcels go to Graz?", from, Some(to));
        check("How many parcels are arriving in Graz?", from, Some(to));
        check("从Graz发出了多少包裹？", to, Some(from));
        check("How many parcels go to Graz?", to, None);
        check("How many parcels of Graz are there?", to, None);
        check(
            "How many parcels go from Graz to Linz?",
            "SELECT 1 FROM parcel WHERE FromDepot = 'Linz' AND ToDepot = 'Graz'",
            Some("SELECT 1 FROM parcel WHERE ToDepot = 'Linz' AND FromDepot = 'Graz'"),
        );
        check(
            "How many parcels go to Graz?",
            "SELECT 1 FROM parcel WHERE Depot = 'Graz'",
            None,
        );
    }
}
