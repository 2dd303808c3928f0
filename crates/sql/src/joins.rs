//! Joins along the keys.
//!
//! A small model knows which tables an answer needs and joins them on whatever looks alike: `id` with
//! `id`, or a column that only the table in between has. Which columns lead from one table to another
//! is a fact of the schema, so code puts the right ones there, and the table in between where there is
//! exactly one way. Where the schema knows several ways or none, nothing is changed.

mod along;
mod holder;
mod ways;
mod write;

pub use along::along_keys;
pub use holder::{with_table, with_table_of};
pub use ways::own_key;
pub use write::{also, expression, written};

#[cfg(test)]
mod tests {

    use super::*;
    use crate::columns;
    use crate::sqlite::{Column, ForeignKey, Schema, Table};
    use crate::statement::query;

    fn schema() -> Schema {
        let table = |name: &str, columns: &[&str], keys: &[(&str, &str)]| Table {
            name: name.into(),
            columns: columns
                .iter()
                .enumerate()
                .map(|(place, column)| Column {
                    name: (*column).into(),
                    is_key: place == 0,
                    ..Column::default()
                })
                .collect(),
            foreign_keys: keys
                .iter()
                .map(|(column, other)| ForeignKey {
                    columns: vec![(*column).into()],
                    table: (*other).into(),
                    referenced: vec![],
                })
                .collect(),
            ..Table::default()
        };
        let mut fee = table("fee", &["id", "gig_id", "nr"], &[]);
        fee.foreign_keys = vec![ForeignKey {
            columns: vec!["gig_id".into(), "nr".into()],
            table: "part".into(),
            referenced: vec!["gig_id".into(), "nr".into()],
        }];
        Schema {
            tables: vec![
                table("band", &["id", "name", "town"], &[]),
                table(
                    "gig",
                    &["id", "band_id", "hall_id", "day"],
                    &[("band_id", "band"), ("hall_id", "hall")],
                ),
                table("hall", &["id", "street", "seats"], &[]),
                table(
                    "trip",
                    &["id", "start", "goal"],
                    &[("start", "hall"), ("goal", "hall")],
                ),
                table("part", &["gig_id", "nr", "title"], &[]),
                fee,
            ],
            ..Schema::default()
        }
    }

    #[track_caller]
    fn check_keys(sql: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let changed = along_keys(&mut query, &schema()).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn joins_follow_the_one_key_there_is() {
        check_keys(
            "SELECT 1 FROM gig AS g JOIN band AS b ON g.band_id = b.id",
            None,
        );
        check_keys(
            "SELECT 1 FROM gig AS g JOIN band AS b ON g.id = b.id",
            Some("SELECT 1 FROM gig AS g JOIN band AS b ON g.band_id = b.id"),
        );
        check_keys(
            "SELECT 1 FROM band AS b WHERE b.id IN (SELECT g.id FROM hall AS h JOIN gig AS g ON g.hall = h.id AND h.seats > 3)",
            Some(
                "SELECT 1 FROM band AS b WHERE b.id IN (SELECT g.id FROM hall AS h JOIN gig AS g ON g.hall_id = h.id AND h.seats > 3)",
            ),
        );
        // Two keys lead there, and both may be meant.
        check_keys(
            "SELECT 1 FROM trip AS t JOIN hall AS h ON t.id = h.id",
            None,
        );
        // Nobody knows of a key, and the columns say that they are alike.
        check_keys(
            "SELECT 1 FROM band AS b JOIN hall AS h ON b.town = h.street",
            None,
        );
    }

    #[test]
    fn a_key_of_two_columns_is_joined_by_both() {
        let joined = "SELECT 1 FROM fee AS f JOIN part AS p ON f.gig_id = p.gig_id AND f.nr = p.nr";
        check_keys(joined, None);
        check_keys(
            "SELECT 1 FROM fee AS f JOIN part AS p ON f.part_id = p.id",
            Some(joined),
        );
        // With one of them alone every fee would have every part.
        check_keys(
            "SELECT 1 FROM fee AS f JOIN part AS p ON f.gig_id = p.gig_id",
            Some(joined),
        );
        check_missing(
            "SELECT id FROM fee WHERE title = 'Encore'",
            "title",
            Some(
                "SELECT id FROM fee JOIN part ON fee.gig_id = part.gig_id AND fee.nr = part.nr WHERE part.title = 'Encore'",
            ),
        );
    }

    #[test]
    fn what_is_looked_for_in_a_list_of_keys_is_the_key() {
        check_keys(
            "SELECT 1 FROM band AS b WHERE b.town NOT IN (SELECT band_id FROM gig WHERE day > 3) AND b.id > 2",
            Some(
                "SELECT 1 FROM band AS b WHERE b.id NOT IN (SELECT band_id FROM gig WHERE day > 3) AND b.id > 2",
            ),
        );
        check_keys(
            "SELECT 1 FROM band WHERE id IN (SELECT band_id FROM gig)",
            None,
        );
        // Names are compared with names.
        check_keys(
            "SELECT 1 FROM band WHERE town IN (SELECT street FROM hall)",
            None,
        );
        check_keys(
            "SELECT 1 FROM hall WHERE street IN (SELECT start FROM trip)",
            None,
        );
    }

    #[test]
    fn the_table_in_between_is_joined_where_there_is_one_way() {
        check_keys(
            "SELECT b.name FROM band AS b JOIN hall AS h ON b.id = h.id",
            Some(
                "SELECT b.name FROM band AS b JOIN gig ON b.id = gig.band_id JOIN hall AS h ON gig.hall_id = h.id",
            ),
        );
        check_keys(
            "SELECT b.name FROM band AS b JOIN hall AS h ON h.band_id = b.id",
            Some(
                "SELECT b.name FROM band AS b JOIN gig ON b.id = gig.band_id JOIN hall AS h ON gig.hall_id = h.id",
            ),
        );
    }

    #[track_caller]
    fn check_missing(sql: &str, name: &str, expected: Option<&str>) {
        let mut query = query(sql);
        let message = format!("no such column: {name}");
        let missing = columns::missing(&message).unwrap();
        let changed = with_table_of(&mut query, &schema(), &missing, 2).then(|| query.to_string());
        assert_eq!(changed.as_deref(), expected);
    }

    #[test]
    fn a_table_that_is_named_is_joined_by_its_key() {
        let mut query = query("SELECT g.day FROM gig AS g WHERE band.name = 'Fern' AND g.day > 3");
        assert!(with_table(&mut query, &schema(), "band"));
        assert_eq!(
            query.to_string(),
            "SELECT g.day FROM gig AS g JOIN band ON g.band_id = band.id WHERE band.name = 'Fern' AND g.day > 3"
        );
        let mut other = query.clone();
        assert!(!with_table(&mut other, &schema(), "band"));
        assert!(!with_table(&mut other, &schema(), "hall"));
    }

    #[test]
    fn the_table_of_a_column_is_joined() {
        check_missing(
            "SELECT g.day FROM gig AS g WHERE g.seats > 100 ORDER BY g.seats",
            "g.seats",
            Some(
                "SELECT g.day FROM gig AS g JOIN hall ON g.hall_id = hall.id WHERE hall.seats > 100 ORDER BY hall.seats",
            ),
        );
        check_missing(
            "SELECT name FROM band WHERE seats > 100",
            "seats",
            Some(
                "SELECT name FROM band JOIN gig ON band.id = gig.band_id JOIN hall ON gig.hall_id = hall.id WHERE hall.seats > 100",
            ),
        );
        // Two ways lead from a trip to its halls.
        check_missing("SELECT t.seats FROM trip AS t", "t.seats", None);
        check_missing("SELECT g.colour FROM gig AS g", "g.colour", None);
    }
}
