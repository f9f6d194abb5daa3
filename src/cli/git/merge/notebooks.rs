//! Three notebooks, and three versions of a cell.

use super::identity::identities;
use super::order::order;
use super::values::{keys, name};
use super::{Merge, shape};
use crate::git::tree::Json;

impl Merge {
    /// Merges notebooks when both sides differ from the ancestor and from each other.
    pub(super) fn notebooks(&mut self, base: &Json, ours: &Json, theirs: &Json) -> Json {
        let newer = if version(theirs) > version(ours) {
            theirs
        } else {
            ours
        };
        let mut merged = Vec::new();
        for key in keys(ours, theirs) {
            let inner = name(&key);
            let (b, o, t) = (base.get(inner), ours.get(inner), theirs.get(inner));
            let value = match inner {
                "cells" => Some(self.cells(b, o, t)),
                "nbformat" | "nbformat_minor" => newer.get(inner).cloned(),
                _ => self.value("the notebook", inner, b, o, t),
            };
            merged.extend(value.map(|value| (key, value)));
        }
        let mut merged = Json::Object(merged);
        shape::complete_ids(&mut merged);
        merged
    }

    fn cells(&mut self, base: Option<&Json>, ours: Option<&Json>, theirs: Option<&Json>) -> Json {
        let list = |cells: Option<&Json>| cells.map(|cells| cells.items().to_vec()).unwrap_or_default();
        let found = identities(list(base), list(ours), list(theirs));
        let mut merged = Vec::new();
        for number in order(&found.base, &found.ours, &found.theirs) {
            let id = &found.names[number];
            let [b, o, t] = [&found.base, &found.ours, &found.theirs].map(|cells| cells.get(number));
            let cell = match (b, o, t) {
                (_, Some(o), Some(t)) => Some(self.cell(id, b, o, t)),
                (None, one, None) | (None, None, one) => one.cloned(),
                // One side has removed it: if the other side has changed it, that is a conflict.
                (Some(b), Some(one), None) | (Some(b), None, Some(one)) => {
                    (!is_alike(b, one)).then(|| self.removed(id, one, o.is_some()))
                }
                (Some(_), None, None) => None,
            };
            merged.extend(cell);
        }
        Json::Array(merged)
    }

    /// A cell that one side has removed and the other has changed.
    fn removed(&mut self, id: &str, changed: &Json, by_ours: bool) -> Json {
        let (one, other) = if by_ours {
            ("ours", "theirs")
        } else {
            ("theirs", "ours")
        };
        self.conflicts
            .push(format!("cell {id}: changed by {one}, removed by {other}"));
        let mut cell = changed.clone();
        let source = changed.get("source");
        let marked = if by_ours {
            self.marked(source, None)
        } else {
            self.marked(None, source)
        };
        cell.set("source", marked);
        cell
    }

    fn cell(&mut self, id: &str, base: Option<&Json>, ours: &Json, theirs: &Json) -> Json {
        if ours == theirs || base == Some(theirs) {
            return ours.clone();
        }
        if base == Some(ours) {
            return theirs.clone();
        }
        let place = format!("cell {id}");
        let mut merged = Vec::new();
        for key in keys(ours, theirs) {
            let inner = name(&key);
            let (b, o, t) = (
                base.and_then(|b| b.get(inner)),
                ours.get(inner),
                theirs.get(inner),
            );
            let value = match inner {
                "source" => self.source(id, b, o, t),
                // Where ids differ, both sides have given one to a cell that had none.
                "id" => o.or(t).cloned(),
                // Outputs belong to the source that made them, and a merged one has not been run.
                "outputs" if o != t => Some(Json::Array(Vec::new())),
                "execution_count" if o != t => Some(Json::Literal("null".to_owned())),
                _ => self.value(&place, inner, b, o, t),
            };
            merged.extend(value.map(|value| (key, value)));
        }
        let mut cell = Json::Object(merged);
        if shape::fit(&mut cell) {
            self.conflicts
                .push(format!("{place}: attachments that a cell of code cannot have"));
        }
        cell
    }
}

/// The version of the notebook's format.
fn version(notebook: &Json) -> [Option<u32>; 2] {
    ["nbformat", "nbformat_minor"].map(|key| match notebook.get(key) {
        Some(Json::Literal(digits)) => digits.parse().ok(),
        _ => None,
    })
}

/// Whether nothing but outputs and counts differ.
fn is_alike(one: &Json, other: &Json) -> bool {
    let bare = |cell: &Json| {
        let mut cell = cell.clone();
        cell.remove("outputs");
        cell.remove("execution_count");
        cell
    };
    bare(one) == bare(other)
}
