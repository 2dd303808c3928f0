//! Several candidates for one answer: which of their results do most agree on?
//!
//! A small model that is asked eight times is wrong in different ways and right in the same one,
//! so results are compared and not statements. Two results are the same if they have the same rows
//! in any order; columns in another order are the same finding, shown in the order most of those
//! candidates chose. (Self-consistency by execution: Wang et al. 2022, Shi et al. 2022.)

use assistant::artifact::Cell;

use crate::sqlite::Rows;

/// A candidate that ran.
#[derive(Debug, Clone)]
pub struct Ballot {
    /// How many drafts were word for word this one.
    pub votes: usize,
    /// What speaks for it, from 0 to 1: a result that looks like a mistake counts for less.
    pub weight: f64,
    /// What it gave.
    pub rows: Rows,
    /// Its length in characters; of equal ones the simplest is shown.
    pub length: usize,
}

/// How the vote went.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Place of the ballot to be shown.
    pub winner: usize,
    /// How many drafts gave the same result, or the same with further columns beside it: whoever
    /// also shows the totals says nothing else about the names.
    pub agreeing: usize,
    /// Places of the best ballots of the other findings, the most voted first.
    pub others: Vec<usize>,
}

/// Counts the votes; nothing when there are none.
pub fn count(ballots: &[Ballot]) -> Option<Outcome> {
    let mut findings: Vec<Finding> = Vec::new();
    for (place, ballot) in ballots.iter().enumerate() {
        let (same, exact) = (key(&ballot.rows, true), key(&ballot.rows, false));
        let finding = match findings.iter_mut().find(|finding| finding.key == same) {
            Some(finding) => finding,
            None => {
                findings.push(Finding {
                    key: same,
                    weight: 0.0,
                    members: Vec::new(),
                });
                findings.last_mut()?
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "there are a handful of drafts")]
        let weight = ballot.weight * ballot.votes as f64;
        finding.weight += weight;
        finding.members.push(Member {
            place,
            weight,
            exact,
        });
    }
    // The sort is stable: of equal ones that of the likeliest draft stays first.
    findings.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let (first, others) = findings.split_first()?;
    let winner = first.best(ballots);
    let votes = |finding: &Finding| -> usize {
        let members = finding.members.iter();
        members.map(|member| ballots[member.place].votes).sum()
    };
    let wider = others.iter().filter(|other| {
        let rows = other
            .members
            .first()
            .map(|member| &ballots[member.place].rows);
        rows.is_some_and(|rows| includes(rows, &ballots[winner].rows))
    });
    Some(Outcome {
        winner,
        agreeing: votes(first) + wider.map(votes).sum::<usize>(),
        others: others.iter().map(|finding| finding.best(ballots)).collect(),
    })
}

/// Candidates with the same result.
struct Finding {
    key: String,
    weight: f64,
    members: Vec<Member>,
}

struct Member {
    place: usize,
    weight: f64,
    exact: String,
}

impl Finding {
    /// The shortest statement among those whose columns stand in the order that most chose.
    fn best(&self, ballots: &[Ballot]) -> usize {
        let support = |exact: &str| -> f64 {
            let same = self.members.iter().filter(|member| member.exact == exact);
            same.map(|member| member.weight).sum()
        };
        let best = self.members.iter().min_by(|one, other| {
            support(&other.exact)
                .total_cmp(&support(&one.exact))
                .then_with(|| ballots[one.place].length.cmp(&ballots[other.place].length))
        });
        best.map_or(0, |member| member.place)
    }
}

/// Whether a result has every column of another, value for value, beside others.
fn includes(wide: &Rows, narrow: &Rows) -> bool {
    let columns = |rows: &Rows| -> Vec<Vec<String>> {
        let places = 0..rows.columns.len();
        places
            .map(|place| {
                let cells = rows.rows.iter().filter_map(|row| row.get(place));
                let mut cells: Vec<String> = cells.map(cell).collect();
                cells.sort();
                cells
            })
            .collect()
    };
    if wide.rows.len() != narrow.rows.len() || narrow.rows.is_empty() {
        return false;
    }
    let mut there = columns(wide);
    columns(narrow).iter().all(|column| {
        let place = there.iter().position(|other| other == column);
        place.map(|place| there.swap_remove(place)).is_some()
    })
}

/// A text that is the same for the same rows in any order, and, if `any_columns`, for columns in
/// any order.
fn key(rows: &Rows, any_columns: bool) -> String {
    let mut order: Vec<usize> = (0..rows.columns.len()).collect();
    if any_columns {
        let mut columns: Vec<(Vec<String>, usize)> = order
            .iter()
            .map(|place| {
                let mut cells: Vec<String> = rows
                    .rows
                    .iter()
                    .filter_map(|row| row.get(*place))
                    .map(cell)
                    .collect();
                cells.sort();
                (cells, *place)
            })
            .collect();
        columns.sort();
        order = columns.into_iter().map(|(_, place)| place).collect();
    }
    let mut lines: Vec<String> = rows
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = order
                .iter()
                .filter_map(|place| row.get(*place))
                .map(cell)
                .collect();
            cells.join("\u{1f}")
        })
        .collect();
    lines.sort();
    format!("{}\u{1e}{}", rows.columns.len(), lines.join("\u{1e}"))
}

/// A value as it is compared: 2 and 2.0 are one number, and the last bits of a sum do not count.
fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Null => "\u{0}".to_owned(),
        Cell::Integer(value) => value.to_string(),
        Cell::Real(value) if value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        Cell::Real(value) => format!("{value:.6e}"),
        Cell::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(votes: usize, rows: &[&[i64]]) -> Ballot {
        Ballot {
            votes,
            weight: 1.0,
            rows: Rows {
                columns: vec![String::new(); rows.first().map_or(1, |row| row.len())],
                rows: rows
                    .iter()
                    .map(|row| row.iter().copied().map(Cell::Integer).collect())
                    .collect(),
                truncated: false,
            },
            length: 10,
        }
    }

    #[track_caller]
    fn check(ballots: &[Ballot], winner: usize, agreeing: usize, others: &[usize]) {
        let outcome = count(ballots).unwrap();
        assert_eq!((outcome.winner, outcome.agreeing), (winner, agreeing));
        assert_eq!(outcome.others, others);
    }

    #[test]
    fn the_finding_of_most_drafts_wins() {
        assert_eq!(count(&[]), None);
        check(&[ballot(1, &[&[1]])], 0, 1, &[]);
        check(&[ballot(1, &[&[1]]), ballot(2, &[&[2]])], 1, 2, &[0]);
        // Rows in another order are the same finding.
        check(
            &[
                ballot(1, &[&[3]]),
                ballot(1, &[&[1], &[2]]),
                ballot(1, &[&[2], &[1]]),
            ],
            1,
            2,
            &[0],
        );
        // A tie goes to the likeliest draft.
        check(&[ballot(1, &[&[1]]), ballot(1, &[&[2]])], 0, 1, &[1]);
    }

    #[test]
    fn columns_in_another_order_are_the_same_finding_shown_as_most_have_it() {
        check(
            &[
                ballot(1, &[&[1, 9]]),
                ballot(1, &[&[9, 1]]),
                ballot(1, &[&[1, 9]]),
            ],
            0,
            3,
            &[],
        );
        check(&[ballot(1, &[&[1, 9]]), ballot(2, &[&[9, 1]])], 1, 3, &[]);
    }

    #[test]
    fn whoever_shows_more_columns_agrees_on_those_that_are_shown() {
        check(
            &[
                ballot(2, &[&[1], &[2]]),
                ballot(1, &[&[2, 7], &[1, 9]]),
                ballot(1, &[&[3, 7], &[1, 9]]),
            ],
            0,
            3,
            &[1, 2],
        );
    }

    #[test]
    fn what_looks_like_a_mistake_counts_for_less() {
        let empty = Ballot {
            weight: 0.4,
            ..ballot(2, &[])
        };
        check(&[empty, ballot(1, &[&[1]])], 1, 1, &[0]);
    }

    #[test]
    fn the_shortest_of_equal_statements_is_shown() {
        let long = Ballot {
            length: 99,
            ..ballot(1, &[&[1]])
        };
        check(&[long, ballot(1, &[&[1]])], 1, 2, &[]);
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        assert_eq!(cell(&Cell::Integer(2)), cell(&Cell::Real(2.0)));
        assert_eq!(cell(&Cell::Real(0.1 + 0.2)), cell(&Cell::Real(0.3)));
        assert_ne!(cell(&Cell::Real(0.31)), cell(&Cell::Real(0.3)));
    }
}
