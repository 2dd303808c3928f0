//! The shape of answers.

use super::*;
use crate::statement::query;

#[track_caller]
fn check_figures(question: &str, sql: &str, expected: Option<&str>) {
    let mut query = query(sql);
    let changed = without_figures(&mut query, question).then(|| query.to_string());
    assert_eq!(changed.as_deref(), expected, "{question}");
}

#[test]
fn what_is_only_sorted_by_is_left_out() {
    let by_alias = "SELECT year, count(*) AS n FROM gig GROUP BY year ORDER BY n DESC LIMIT 1";
    let without = "SELECT year FROM gig GROUP BY year ORDER BY count(*) DESC LIMIT 1";
    check_figures("Which year had the most gigs?", by_alias, Some(without));
    check_figures(
        "Which year had the most number of gigs?",
        by_alias,
        Some(without),
    );
    check_figures("哪一年的演出最多？", by_alias, Some(without));
    check_figures(
        "Which year had the most gigs, and how many?",
        by_alias,
        None,
    );
    check_figures("演出最多的年份和场数", by_alias, None);
    check_figures(
        "The year with its number of gigs, the most first",
        by_alias,
        None,
    );
    check_figures(
        "Which years had the most gigs?",
        "SELECT year, count(*) FROM gig GROUP BY year ORDER BY count(*) DESC",
        None,
    );
    check_figures(
        "Who is the oldest?",
        "SELECT name, age FROM person ORDER BY age DESC LIMIT 1",
        None,
    );
}

#[test]
fn a_column_of_one_value_is_left_out() {
    for (question, sql, expected) in [
        (
            "List the accounts of joint holders.",
            "SELECT h.acct, h.role FROM holder AS h WHERE h.role = 'J' AND h.open = 1",
            Some("SELECT h.acct FROM holder AS h WHERE h.role = 'J' AND h.open = 1"),
        ),
        (
            "List account and role of joint holders.",
            "SELECT h.acct, h.role FROM holder AS h WHERE h.role = 'J'",
            None,
        ),
        ("Which?", "SELECT role FROM holder WHERE role = 'J'", None),
        (
            "Which?",
            "SELECT acct, role FROM holder WHERE role = 'J' OR open = 1",
            None,
        ),
    ] {
        let mut query = query(sql);
        let changed = without_constants(&mut query, question).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }
}

#[test]
fn what_is_divided_is_rounded_as_asked() {
    for (question, expected) in [
        (
            "The average, rounded to one decimal?",
            Some("SELECT a, ROUND(AVG(b), 1) FROM c"),
        ),
        (
            "平均值保留两位小数",
            Some("SELECT a, ROUND(AVG(b), 2) FROM c"),
        ),
        ("The average of each", None),
        ("Round trips to two towns", None),
    ] {
        let mut query = query("SELECT a, AVG(b) FROM c");
        let changed = rounded(&mut query, question).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected, "{question}");
    }
}

#[track_caller]
fn check_once(question: &str, sql: &str, expected: Option<&str>) {
    let mut query = query(sql);
    let changed = each_once(&mut query, question).then(|| query.to_string());
    assert_eq!(changed.as_deref(), expected, "{question}");
}

#[test]
fn different_things_are_shown_and_counted_once() {
    check_once(
        "How many different towns?",
        "SELECT COUNT(p.town) FROM person AS p",
        Some("SELECT COUNT(DISTINCT p.town) FROM person AS p"),
    );
    check_once(
        "有哪些不同的城市？",
        "SELECT town FROM person ORDER BY town",
        Some("SELECT DISTINCT town FROM person ORDER BY town"),
    );
    check_once(
        "Different towns by age",
        "SELECT town FROM person ORDER BY age",
        None,
    );
    check_once(
        "How many different people?",
        "SELECT COUNT(*) FROM person",
        None,
    );
    check_once("Which towns?", "SELECT town FROM person", None);
}

#[test]
fn what_is_listed_is_shown() {
    let sorted = "SELECT c.name FROM crew AS c JOIN shift AS s ON s.crew = c.id GROUP BY c.name ORDER BY SUM(s.hours) DESC LIMIT 5";
    let shown = sorted.replace("c.name FROM", "c.name, SUM(s.hours) FROM");
    crate::statement::check_mend(
        with_the_figure,
        "Who are the five that worked most? Name and hours.",
        sorted,
        Some(&shown),
    );
    crate::statement::check_mend(
        with_the_figure,
        "Who are the five that worked most?",
        sorted,
        None,
    );
    crate::statement::check_mend(
        with_the_figure,
        "Who are the five that worked most? Name and hours.",
        &shown,
        None,
    );
    check_figures(
        "Who are the five that worked most? Name and hours.",
        &shown,
        None,
    );
}
