//! Which cells of three notebooks are the same cell.
//!
//! A cell has an id since nbformat 4.5. Where any of the three has cells without one, or has an id twice, ids say
//! nothing; then cells are aligned as lines of a text are, by their kind and source, and a cell that stands in the place
//! of another one is taken for its changed self.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::git::tree::Json;

/// The cells of one notebook with the names by which they are known in all three.
pub(super) struct Cells {
    pub(super) ids: Vec<String>,
    cells: HashMap<String, Json>,
}

impl Cells {
    pub(super) fn get(&self, id: &str) -> Option<&Json> {
        self.cells.get(id)
    }

    fn new(ids: Vec<String>, cells: Vec<Json>) -> Self {
        let cells = ids.iter().cloned().zip(cells).collect();
        Self { ids, cells }
    }
}

/// The names of the cells of the common ancestor, ours and theirs.
pub(super) fn identities(base: Vec<Json>, ours: Vec<Json>, theirs: Vec<Json>) -> [Cells; 3] {
    if let (Some(b), Some(o), Some(t)) = (own(&base), own(&ours), own(&theirs)) {
        return [Cells::new(b, base), Cells::new(o, ours), Cells::new(t, theirs)];
    }
    let b: Vec<String> = (0..base.len()).map(|i| format!("number {}", i + 1)).collect();
    let o = aligned(&base, &ours, "ours");
    let t = aligned(&base, &theirs, "theirs");
    [Cells::new(b, base), Cells::new(o, ours), Cells::new(t, theirs)]
}

/// The cells' own ids, if each has one and no two the same.
fn own(cells: &[Json]) -> Option<Vec<String>> {
    let ids: Option<Vec<String>> = cells.iter().map(|cell| cell.get("id")?.text()).collect();
    let ids = ids?;
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    (sorted.len() == ids.len()).then_some(ids)
}

/// Names for the cells of one side: those of the ancestor's cells that they are.
fn aligned(base: &[Json], side: &[Json], name: &str) -> Vec<String> {
    let look = |cells: &[Json]| -> Vec<String> {
        let part = |cell: &Json, key: &str| cell.get(key).and_then(Json::joined).unwrap_or_default();
        cells
            .iter()
            .map(|cell| part(cell, "cell_type") + "\n" + &part(cell, "source"))
            .collect()
    };
    let mut ids: Vec<String> = (0..side.len())
        .map(|i| format!("number {} of {name}", i + 1))
        .collect();
    for op in capture_diff_slices(Algorithm::Myers, &look(base), &look(side)) {
        let pairs = match op {
            DiffOp::Equal { len, .. } => len,
            DiffOp::Replace { old_len, new_len, .. } => old_len.min(new_len),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => 0,
        };
        let (old, new) = (op.old_range().start, op.new_range().start);
        for i in 0..pairs {
            ids[new + i] = format!("number {}", old + i + 1);
        }
    }
    ids
}
