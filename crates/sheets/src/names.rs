//! Names of tables and columns that SQLite tells apart.

use std::collections::HashSet;

/// Names that were given already. SQLite does not tell `A` from `a`, and does tell `Ä` from `ä`.
#[derive(Debug, Default)]
pub struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The name itself, or with `_2`, `_3` and so on behind it.
    pub fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 2u64;
        while !self.taken.insert(unique.to_ascii_lowercase()) {
            unique = format!("{name}_{number}");
            number += 1;
        }
        unique
    }

    /// Keeps a name from being given.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_ascii_lowercase());
    }

    pub fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(&name.to_ascii_lowercase())
    }

    /// A table's name. SQLite keeps names that begin with `sqlite_` for itself.
    pub fn table(&mut self, name: &str) -> String {
        let is_reserved = name
            .get(..7)
            .is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"));
        match name {
            "" => self.unique("table"),
            _ if is_reserved => self.unique(&format!("_{name}")),
            _ => self.unique(name),
        }
    }
}

/// Names of columns, made from what was written; where nothing was, `column_N` with N from 1.
pub fn columns(written: &[String]) -> Vec<String> {
    // A name that was written stays before one that is made, wherever it stands.
    let mut originals = Names::default();
    for name in written {
        originals.reserve(name);
    }
    let mut given = Names::default();
    let mut columns = Vec::with_capacity(written.len());
    for (name, number) in written.iter().zip(1usize..) {
        let made = format!("column_{number}");
        let (name, is_free) = match name.as_str() {
            "" => (
                made.as_str(),
                !originals.is_taken(&made) && !given.is_taken(&made),
            ),
            name => (name, !given.is_taken(name)),
        };
        let numbered = (2u64..).map(|number| format!("{name}_{number}"));
        let mut others =
            numbered.filter(|other| !given.is_taken(other) && !originals.is_taken(other));
        let column = match is_free {
            true => name.to_owned(),
            false => others.next().unwrap_or_default(),
        };
        given.reserve(&column);
        columns.push(column);
    }
    columns
}

/// A name as SQL writes it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_apart() {
        for (written, expected) in [
            ("amount|Amount|AMOUNT", "amount|Amount_2|AMOUNT_3"),
            ("a|a|a_2", "a|a_3|a_2"),
            ("||x", "column_1|column_2|x"),
            ("|column_1", "column_1_2|column_1"),
            ("Ä|ä", "Ä|ä"),
            ("金額|金額|😀", "金額|金額_2|😀"),
        ] {
            let written: Vec<String> = written.split('|').map(str::to_owned).collect();
            assert_eq!(columns(&written).join("|"), expected);
        }
    }

    #[test]
    fn tables_are_told_apart() {
        let mut names = Names::default();
        let given: Vec<String> = ["Sales", "sales", "", "sqlite_x", "select"]
            .iter()
            .map(|name| names.table(name))
            .collect();
        assert_eq!(given, ["Sales", "sales_2", "table", "_sqlite_x", "select"]);
    }
}
