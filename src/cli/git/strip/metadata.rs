//! Metadata: what a cell says about itself, and what is removed.

use std::io::Read;

use super::{Cell, Pass};
use crate::git::fault::Fault;
use crate::git::scan::{Fate, Scanner};
use crate::git::tree::Json;

impl Pass<'_> {
    /// Copies the metadata of a cell, and notes what they say.
    pub(super) fn metadata<R: Read>(
        &mut self,
        scanner: &mut Scanner<R>,
        out: &mut Vec<u8>,
        depth: usize,
        cell: &mut Cell,
    ) -> Result<(), Fault> {
        let line = scanner.line();
        let (mut init_cell, mut keep_output, mut tags) = (None, None, Vec::new());
        scanner.object(out, depth, |scanner, out, key| {
            let start = out.len();
            let fate = copy_without(scanner, out, depth + 1, key, &self.cell_metadata_keys)?;
            self.removed.metadata += usize::from(fate == Fate::Drop);
            match key {
                "init_cell" => init_cell = Some(is_true(&out[start..])),
                "keep_output" => keep_output = Some(is_true(&out[start..])),
                "tags" => {
                    tags = Json::read(&out[start..])?
                        .items()
                        .iter()
                        .filter_map(Json::text)
                        .collect()
                }
                _ => {}
            }
            Ok(fate)
        })?;
        let tagged = tags.iter().any(|tag| tag == "keep_output");
        if tagged && keep_output == Some(false) && init_cell.is_none() {
            return Err(Fault::new(
                line,
                "the cell's metadata say that its output is not kept (`keep_output`), its tags that it is",
            ));
        }
        cell.has_dropped_tag = tags
            .iter()
            .any(|tag| self.options.drop_tagged_cells.contains(tag));
        cell.keep = match init_cell {
            Some(is_one) => Some(is_one && !self.options.strip_init_cells),
            None if tagged => Some(true),
            None => keep_output,
        };
        Ok(())
    }
}

/// Copies the value of `key`, unless `key` is one of `keys`, and leaves out what they name below it
/// (`KEY.BELOW`).
pub(super) fn copy_without<R: Read>(
    scanner: &mut Scanner<R>,
    out: &mut Vec<u8>,
    depth: usize,
    key: &str,
    keys: &[&str],
) -> Result<Fate, Fault> {
    if keys.contains(&key) {
        match key {
            // Even a removed entry is asked what it says.
            "keep_output" | "init_cell" => scanner.value(out, depth)?,
            _ => scanner.skip()?,
        }
        return Ok(Fate::Drop);
    }
    let below: Vec<&str> = keys
        .iter()
        .filter_map(|k| k.strip_prefix(key)?.strip_prefix('.'))
        .collect();
    if below.is_empty() || scanner.peek()? != Some(b'{') {
        scanner.value(out, depth)?;
    } else {
        scanner.object(out, depth, |scanner, out, key| {
            copy_without(scanner, out, depth + 1, key, &below)
        })?;
    }
    Ok(Fate::Keep)
}

/// Whether Python takes this value for true.
pub(super) fn is_true(written: &[u8]) -> bool {
    Json::read(written).is_ok_and(|value| value.is_true())
}
