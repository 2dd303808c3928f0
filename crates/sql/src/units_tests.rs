//! Amounts in the unit that is asked for.

use super::*;
use crate::sqlite::Table;
use crate::statement::query;

#[track_caller]
fn check(question: &str, sql: &str, expected: Option<&str>) {
    let column = |name: &str, comment: &str| Column {
        name: name.into(),
        comment: comment.into(),
        ..Column::default()
    };
    let table = |name: &str, columns: Vec<Column>| Table {
        name: name.into(),
        columns,
        ..Table::default()
    };
    let schema = Schema {
        tables: vec![
            table(
                "bill",
                vec![
                    column("no", ""),
                    column("net_ct", ""),
                    column("Fee", "in pence"),
                    column("qty", ""),
                ],
            ),
            table("shift", vec![column("dur_min", ""), column("min", "")]),
            table("帳單", vec![column("金額_分", "")]),
        ],
        ..Schema::default()
    };
    let mut query = query(sql);
    let changed = as_asked(&mut query, question, &schema).then(|| query.to_string());
    assert_eq!(changed.as_deref(), expected, "{question}");
}

#[test]
fn amounts_are_shown_in_the_unit_that_is_asked_for() {
    check(
        "Total in euros?",
        "SELECT SUM(net_ct) AS total FROM bill",
        Some("SELECT SUM(net_ct) / 100.0 AS total FROM bill"),
    );
    check(
        "Number and price in euros of each bill, rounded",
        "SELECT no, ROUND(AVG(b.net_ct * b.qty), 2) FROM bill AS b GROUP BY no",
        Some("SELECT no, ROUND(AVG(b.net_ct * b.qty) / 100.0, 2) FROM bill AS b GROUP BY no"),
    );
    check(
        "What came in less the fee, in pounds?",
        "SELECT SUM(net_ct) - SUM(Fee) FROM bill",
        Some("SELECT (SUM(net_ct) - SUM(Fee)) / 100.0 FROM bill"),
    );
    check(
        "每張帳單多少元？",
        "SELECT 金額_分 FROM 帳單",
        Some("SELECT 金額_分 / 100.0 FROM 帳單"),
    );
    check(
        "How long were the shifts in hours?",
        "SELECT SUM(CASE WHEN dur_min > 5 THEN dur_min ELSE 0 END) FROM shift",
        Some("SELECT SUM(CASE WHEN dur_min > 5 THEN dur_min ELSE 0 END) / 60.0 FROM shift"),
    );
}

#[test]
fn what_is_divided_already_or_no_amount_stays() {
    for sql in [
        "SELECT SUM(net_ct) / 100.0 FROM bill",
        "SELECT SUM(net_ct * 0.01) FROM bill",
        "SELECT COUNT(net_ct) FROM bill",
        "SELECT SUM(qty) FROM bill",
        "SELECT no FROM bill",
    ] {
        check("Total in euros?", sql, None);
    }
    check("Total?", "SELECT SUM(net_ct) FROM bill", None);
    check("The least in hours?", "SELECT min FROM shift", None);
}

#[test]
fn what_lies_behind_the_point_is_kept() {
    check(
        "Total in euros?",
        "SELECT ROUND(SUM(net_ct / 100), 2) FROM bill",
        Some("SELECT ROUND(SUM(net_ct / 100.0), 2) FROM bill"),
    );
}

#[test]
fn figures_of_the_question_are_compared_in_the_unit_of_the_column() {
    check(
        "Bills over 1,500 euros?",
        "SELECT no FROM bill WHERE net_ct > 1500",
        Some("SELECT no FROM bill WHERE net_ct > 150000"),
    );
    check(
        "Whose bills come to at least €20.50 together?",
        "SELECT no FROM bill GROUP BY no HAVING SUM(net_ct) >= 20.50",
        Some("SELECT no FROM bill GROUP BY no HAVING SUM(net_ct) >= 20.50 * 100"),
    );
    check(
        "哪些帳單超過 500 元？",
        "SELECT * FROM 帳單 WHERE 500 < 金額_分",
        Some("SELECT * FROM 帳單 WHERE 50000 < 金額_分"),
    );
    check(
        "Bills over 1,500 euros?",
        "SELECT no FROM bill WHERE net_ct > 150000",
        None,
    );
    check(
        "Bills between 15 and 20 euros?",
        "SELECT no FROM bill WHERE net_ct BETWEEN 15 AND 20",
        Some("SELECT no FROM bill WHERE net_ct BETWEEN 1500 AND 2000"),
    );
    check(
        "Bills of more than 15 pieces?",
        "SELECT no FROM bill WHERE qty > 15",
        None,
    );
}
