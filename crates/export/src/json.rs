//! JSON: an object for each row, or arrays where two columns have one name.

use std::collections::BTreeSet;

use assistant::artifact::QueryResult;
use serde_json::{Map, Value};

use crate::ExportError;

pub(crate) fn write(result: &QueryResult) -> Result<Vec<u8>, ExportError> {
    let internal = |error: serde_json::Error| ExportError::Internal(error.to_string());
    let names: BTreeSet<&String> = result.columns.iter().collect();
    let are_unique = names.len() == result.columns.len();
    let mut rows = Vec::with_capacity(result.rows.len() + 1);
    if !are_unique {
        rows.push(Value::from(result.columns.clone()));
    }
    for row in &result.rows {
        let cells = row
            .iter()
            .map(serde_json::to_value)
            .collect::<Result<Vec<_>, _>>();
        let cells = cells.map_err(internal)?;
        rows.push(match are_unique {
            true => Value::Object(
                result
                    .columns
                    .iter()
                    .cloned()
                    .zip(cells)
                    .collect::<Map<_, _>>(),
            ),
            false => Value::Array(cells),
        });
    }
    let mut bytes = serde_json::to_vec_pretty(&rows).map_err(internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}
