//! Which chart suits the shape of a result. The shape alone decides, so it is always the same.

use assistant::artifact::{Cell, Chart, Mark};

use crate::sqlite::Rows;

/// Fewer rows than this are read faster than drawn; more do not fit as bars.
const BARS: std::ops::RangeInclusive<usize> = 2..=60;

/// A chart for two columns, one of labels or dates and one of numbers; nothing for other shapes.
#[must_use]
pub fn suggest(result: &Rows) -> Option<Chart> {
    let [label, number] = result.columns.as_slice() else {
        return None;
    };
    let is_drawable = result.rows.iter().all(|row| {
        matches!(
            row.as_slice(),
            [
                Cell::Text(_) | Cell::Integer(_),
                Cell::Integer(_) | Cell::Real(_)
            ]
        )
    });
    if !is_drawable || result.rows.len() < *BARS.start() {
        return None;
    }
    let over_time = result.rows.iter().all(|row| is_date(&row[0]));
    let mark = if over_time { Mark::Line } else { Mark::Bar };
    let fits = over_time || BARS.contains(&result.rows.len());
    fits.then(|| Chart {
        mark,
        x: label.clone(),
        y: number.clone(),
    })
}

/// `2024-01` or `2024-01-31`, perhaps with a time behind it.
fn is_date(cell: &Cell) -> bool {
    let Cell::Text(text) = cell else {
        return false;
    };
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[5..7].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rows: Vec<Vec<Cell>>, expected: Option<Mark>) {
        let columns = (0..rows.first().map_or(2, Vec::len))
            .map(|n| n.to_string())
            .collect();
        let result = Rows {
            columns,
            rows,
            truncated: false,
        };
        assert_eq!(suggest(&result).map(|chart| chart.mark), expected);
    }

    #[test]
    fn the_shape_of_the_rows_decides() {
        let text = |text: &str| Cell::Text(text.into());
        let two = |a, b| vec![vec![a, Cell::Integer(1)], vec![b, Cell::Real(2.5)]];
        check(two(text("A"), text("B")), Some(Mark::Bar));
        check(two(text("2024-01"), text("2024-02")), Some(Mark::Line));
        check(two(text("A"), Cell::Null), None);
        check(vec![vec![text("A"), Cell::Integer(1)]], None);
        check(vec![vec![Cell::Integer(1)]; 3], None);
        check(vec![vec![text("A"), text("B")]; 3], None);
    }
}
