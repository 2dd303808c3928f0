//! When two answers are the same. Pure: no database, no file, no clock.
//!
//! The rule of the material: the rows are equal as multisets with the same number of columns in the same
//! order (floats to 1e-4), and in the same order of rows where the question asks for an order.

/// How far two numbers may lie apart: sums of floats depend on the order of adding.
const TOLERANCE: f64 = 1e-4;

/// One value of a row, as SQLite types it.
#[derive(Clone, Debug)]
pub enum Cell {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

impl Cell {
    fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Blob(a), Self::Blob(b)) => a == b,
            _ => match (self.number(), other.number()) {
                (Some(a), Some(b)) => a == b || (a - b).abs() <= TOLERANCE,
                _ => false,
            },
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "only compared with a float, which is no finer"
    )]
    fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }
}

/// What a query gave.
#[derive(Debug)]
pub struct Answer {
    /// Told apart from the rows, because an empty answer has columns too.
    pub columns: usize,
    pub rows: Vec<Vec<Cell>>,
}

/// Whether `ours` answers what `gold` answers.
pub fn same(gold: &Answer, ours: &Answer, ordered: bool) -> bool {
    if gold.columns != ours.columns || gold.rows.len() != ours.rows.len() {
        return false;
    }
    if ordered {
        gold.rows
            .iter()
            .zip(&ours.rows)
            .all(|(a, b)| same_row(a, b))
    } else {
        same_multiset(&gold.rows, &ours.rows)
    }
}

fn same_row(a: &[Cell], b: &[Cell]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b))
}

/// Crosses out row by row. Sorting would be quicker, but "equal to 1e-4" is no order to sort by; and as both
/// queries mostly read the same tables in the same order, the partner is mostly the first one looked at.
fn same_multiset(gold: &[Vec<Cell>], ours: &[Vec<Cell>]) -> bool {
    let mut left: Vec<&Vec<Cell>> = ours.iter().rev().collect();
    gold.iter().all(
        |row| match left.iter().rposition(|other| same_row(row, other)) {
            Some(at) => {
                left.remove(at);
                true
            }
            None => false,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::Cell::{Blob, Integer, Null, Real};
    use super::*;

    fn text(value: &str) -> Cell {
        Cell::Text(value.into())
    }

    #[track_caller]
    fn check(gold: &[&[Cell]], ours: &[&[Cell]], expected: bool, expected_in_order: bool) {
        let answer = |rows: &[&[Cell]]| Answer {
            columns: rows.first().map_or(1, |row| row.len()),
            rows: rows.iter().map(|row| row.to_vec()).collect(),
        };
        let (gold, ours) = (answer(gold), answer(ours));
        assert_eq!(
            (same(&gold, &ours, false), same(&gold, &ours, true)),
            (expected, expected_in_order)
        );
        assert_eq!(
            (same(&ours, &gold, false), same(&ours, &gold, true)),
            (expected, expected_in_order)
        );
    }

    #[test]
    fn multisets_and_order() {
        check(&[], &[], true, true);
        check(&[&[Integer(1)]], &[], false, false);
        check(
            &[&[Integer(1)], &[Integer(2)]],
            &[&[Integer(2)], &[Integer(1)]],
            true,
            false,
        );
        check(
            &[&[Integer(1)], &[Integer(1)]],
            &[&[Integer(1)]],
            false,
            false,
        );
        check(
            &[&[Integer(1)], &[Integer(1)], &[Integer(2)]],
            &[&[Integer(1)], &[Integer(2)], &[Integer(2)]],
            false,
            false,
        );
    }

    #[test]
    fn columns() {
        check(
            &[&[Integer(1), text("a")]],
            &[&[text("a"), Integer(1)]],
            false,
            false,
        );
        check(&[&[Integer(1), text("a")]], &[&[Integer(1)]], false, false);
        let (one, two) = (
            Answer {
                columns: 1,
                rows: vec![],
            },
            Answer {
                columns: 2,
                rows: vec![],
            },
        );
        assert!(!same(&one, &two, false));
    }

    #[test]
    fn numbers() {
        check(&[&[Integer(3)]], &[&[Real(3.0)]], true, true);
        check(&[&[Real(2.5)]], &[&[Real(2.500_05)]], true, true);
        check(&[&[Real(2.5)]], &[&[Real(2.51)]], false, false);
        check(
            &[&[Real(f64::INFINITY)]],
            &[&[Real(f64::INFINITY)]],
            true,
            true,
        );
        // Integers are exact, however large.
        check(
            &[&[Integer(i64::MAX)]],
            &[&[Integer(i64::MAX - 1)]],
            false,
            false,
        );
        // Sorted by value these two would be paired the wrong way round.
        check(
            &[&[Real(1.0), text("b")], &[Real(1.000_02), text("a")]],
            &[&[Real(1.0), text("a")], &[Real(1.000_02), text("b")]],
            true,
            false,
        );
    }

    #[test]
    fn types() {
        check(&[&[Null]], &[&[Null]], true, true);
        check(&[&[Null]], &[&[Integer(0)]], false, false);
        check(&[&[Null]], &[&[text("")]], false, false);
        check(&[&[text("1")]], &[&[Integer(1)]], false, false);
        check(&[&[text("Rome")]], &[&[text("rome")]], false, false);
        check(&[&[text("a")]], &[&[Blob(b"a".to_vec())]], false, false);
        check(
            &[&[Blob(b"a".to_vec())]],
            &[&[Blob(b"a".to_vec())]],
            true,
            true,
        );
    }
}
