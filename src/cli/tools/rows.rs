//! Reading CSV.

use std::path::Path;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

/// The rows of a CSV file whose first line has the columns' names; each row with its line number. A
/// byte-order mark is no part of the file.
///
/// # Errors
/// The file cannot be read. A single row is an error if it has other columns, or a cell that is not what it
/// should be.
pub(crate) fn rows<T: DeserializeOwned>(file: &Path) -> Result<Vec<Result<(u64, T)>>> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::Headers)
        .from_reader(bytes);
    let names = reader
        .headers()
        .with_context(|| file.display().to_string())?
        .clone();
    let records = reader.records().map(|record| {
        let record = record.with_context(|| file.display().to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let row = record
            .deserialize(Some(&names))
            .with_context(|| file.display().to_string())?;
        Ok((line, row))
    });
    Ok(records.collect())
}
