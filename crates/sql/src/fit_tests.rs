//! Statements held against the words of questions.

use super::*;
use crate::statement::{Parsed, parse};

fn schema() -> Schema {
    use crate::sqlite::{Column, Table};
    let column = |name: &str, values: &[&str]| Column {
        name: name.into(),
        values: values.iter().map(|value| (*value).into()).collect(),
        ..Column::default()
    };
    Schema {
        tables: vec![Table {
            name: "shop".into(),
            columns: vec![
                column("name", &[]),
                column("IsFranchise", &["T", "F"]),
                column("rented", &["yes", "no"]),
            ],
            ..Table::default()
        }],
        ..Schema::default()
    }
}

#[track_caller]
fn check(question: &str, sql: &str, expected: &[&str]) {
    let query = match parse(sql) {
        Ok(Parsed::Query(query)) => query,
        other => panic!("{sql}: {other:?}"),
    };
    let fit = fit(&query, question, &[], &schema());
    assert_eq!(fit.against, expected, "{question}");
    assert_eq!(fit.weight < 1.0, !expected.is_empty());
}

#[test]
fn a_statement_is_held_against_the_words() {
    check(
        "How many shops are there?",
        "SELECT count(*) FROM shop",
        &[],
    );
    check(
        "How many shops are there?",
        "SELECT name FROM shop",
        &["the question asks for a number of things"],
    );
    check(
        "Which shops never sold anything?",
        "SELECT name FROM shop JOIN sale ON sale.shop = shop.id",
        &["the question leaves something out"],
    );
    check(
        "Which shops sold in 2024?",
        "SELECT name FROM shop WHERE day LIKE '2023%'",
        &["the question says 2024"],
    );
    check(
        "Shops with at least 3 sales",
        "SELECT a FROM b GROUP BY a HAVING count(*) >= 3",
        &[],
    );
    check(
        "Who are the oldest?",
        "SELECT name FROM person ORDER BY age DESC",
        &["the question asks for the first or last of an order"],
    );
    check(
        "有多少个不同的城市？",
        "SELECT count(DISTINCT city) FROM shop",
        &[],
    );
    check(
        "没有订单的客户有哪些？",
        "SELECT name FROM customer",
        &["the question leaves something out"],
    );
    check(
        "Which shops are in Rome?",
        "SELECT name FROM shop WHERE city <> 'Rome'",
        &["the question leaves nothing out"],
    );
    check(
        "Which franchise shops are there?",
        "SELECT name FROM shop",
        &["the question speaks of IsFranchise"],
    );
    check(
        "Which rented shops?",
        "SELECT name FROM shop WHERE rented = 'yes'",
        &[],
    );
    check(
        "Which shops are open?",
        "SELECT name FROM shop WHERE state = 'retired'",
        &["the question says nothing of \"retired\""],
    );
}

#[test]
fn values_of_the_data_that_stand_in_the_question_are_wanted() {
    let Ok(Parsed::Query(query)) = parse("SELECT name FROM shop") else {
        panic!("it parses");
    };
    let mention = Mention {
        table: "shop".into(),
        column: "city".into(),
        value: "Rome".into(),
        meaning: None,
    };
    let fit = fit(&query, "Shops in Rome?", &[mention], &schema());
    assert_eq!(fit.against, ["the question says \"Rome\""]);
}

#[test]
fn a_list_says_how_many_columns_there_are() {
    check(
        "List name and town of the shops.",
        "SELECT name, town FROM shop",
        &[],
    );
    check(
        "List name and town of the shops.",
        "SELECT name, town, rented FROM shop",
        &["the question lists 2 columns"],
    );
}
