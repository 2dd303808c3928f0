//! What is in a database, for the person to look at: the same facts that the model is told.

use assistant::Fault;
use serde::{Deserialize, Serialize};
use sql::sqlite::{Column, ForeignKey, Schema, Table};
use tokio_util::sync::CancellationToken;

use crate::Desk;

/// A database's tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct SchemaInfo {
    /// In their order.
    pub tables: Vec<TableInfo>,
    /// What the person wrote about the whole.
    pub note: String,
}

/// A table or a view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TableInfo {
    /// Its name.
    pub name: String,
    /// What was written beside it.
    pub comment: String,
    /// What the person calls it.
    pub own_name: String,
    /// What the person wrote about it.
    pub note: String,
    /// How many rows it has, where that could be counted quickly.
    pub rows: Option<u32>,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
    /// What points to other tables.
    pub keys: Vec<KeyInfo>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnInfo {
    /// Its name.
    pub name: String,
    /// The type it was declared with.
    pub kind: String,
    /// Whether it is the primary key or a part of it.
    pub is_key: bool,
    /// What was written beside it.
    pub comment: String,
    /// What the person calls it.
    pub own_name: String,
    /// What the person wrote about it.
    pub note: String,
    /// Some of its values.
    pub values: Vec<String>,
    /// What its codes mean.
    pub meanings: Vec<MeaningInfo>,
}

/// A code and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct MeaningInfo {
    /// The code.
    pub code: String,
    /// In words.
    pub label: String,
}

/// Columns that point to another table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct KeyInfo {
    /// Columns of this table.
    pub columns: Vec<String>,
    /// The other table.
    pub table: String,
    /// Its columns; empty for its primary key.
    pub referenced: Vec<String>,
    /// Whether the data shows it and nobody declared it.
    pub inferred: bool,
}

impl Desk {
    /// What is in a database, by its path or name.
    ///
    /// # Errors
    /// As when a question is asked of it.
    pub async fn schema(
        &self,
        name: &str,
        cancel: &CancellationToken,
    ) -> Result<SchemaInfo, Fault> {
        let database = self.sql.open(name, &|_| {}, cancel).await?;
        let counts = database.row_counts(cancel).await;
        Ok(info(database.schema(), &counts))
    }
}

fn info(schema: &Schema, counts: &[Option<u32>]) -> SchemaInfo {
    let tables = schema.tables.iter().enumerate();
    SchemaInfo {
        tables: tables
            .map(|(place, one)| table(one, counts.get(place).copied().flatten()))
            .collect(),
        note: schema.note.clone(),
    }
}

fn table(table: &Table, rows: Option<u32>) -> TableInfo {
    let declared = table.foreign_keys.iter().map(|one| key(one, false));
    let inferred = table.inferred_keys.iter().map(|one| key(one, true));
    TableInfo {
        name: table.name.clone(),
        comment: table.comment.clone(),
        own_name: table.own.name.clone(),
        note: table.own.note.clone(),
        rows,
        columns: table.columns.iter().map(column).collect(),
        keys: declared.chain(inferred).collect(),
    }
}

fn column(column: &Column) -> ColumnInfo {
    let meanings = column.meanings.iter().map(|one| MeaningInfo {
        code: one.code.clone(),
        label: one.label.clone(),
    });
    ColumnInfo {
        name: column.name.clone(),
        kind: column.kind.clone(),
        is_key: column.is_key,
        comment: column.comment.clone(),
        own_name: column.own.name.clone(),
        note: column.own.note.clone(),
        values: column.values.clone(),
        meanings: meanings.collect(),
    }
}

fn key(key: &ForeignKey, inferred: bool) -> KeyInfo {
    KeyInfo {
        columns: key.columns.clone(),
        table: key.table.clone(),
        referenced: key.referenced.clone(),
        inferred,
    }
}
