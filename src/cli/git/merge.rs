//! Merging notebooks by cells.
//!
//! A cell is known by its id, so that edits of different cells never meet, wherever the cells stand and whatever was put
//! between them. Inside a cell, lines are merged as git merges them, by a crate. A conflict is marked in the cell's source
//! with the usual marks, so that the notebook is still a notebook: it opens in Jupyter, and the marks are found there.
//!
//! | both sides | result |
//! |---|---|
//! | changed different cells, or the same in the same way | both |
//! | added cells at one place | ours, then theirs |
//! | changed lines of one cell | merged, or marked |
//! | one removed what the other changed | marked in the cell |
//! | added or removed tags | all that were added, none that were removed |
//! | changed the same entry of metadata | ours, and it is said; for the kernel and its version, ours silently |
//!
//! What is no notebook with cells, or cannot be read, is merged as text.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use diffy::{IncompleteHunkStyle, MergeOptions};

use super::cells::{Cells, identities};
use super::tree::Json;
use crate::progress::say;

/// What git gives to a merge driver.
#[derive(Args)]
pub(crate) struct MergeArgs {
    /// The common ancestor.
    base: PathBuf,
    /// Ours; the result is written here.
    ours: PathBuf,
    /// Theirs.
    theirs: PathBuf,
    /// The length of a conflict marker.
    #[arg(default_value_t = 7)]
    markers: usize,
    /// The path in the repository, for messages.
    path: Option<PathBuf>,
}

impl MergeArgs {
    /// Merges, and returns 1 if there is a conflict.
    pub(crate) fn run(&self) -> Result<i32> {
        let read =
            |file: &Path| std::fs::read(file).with_context(|| format!("cannot read {}", file.display()));
        let (base, ours, theirs) = (read(&self.base)?, read(&self.ours)?, read(&self.theirs)?);
        let path = self.path.as_ref().unwrap_or(&self.ours).display();
        let parsed = (notebook(&base), notebook(&ours), notebook(&theirs));
        let (text, conflicts) = match parsed {
            (Ok(base), Ok(ours), Ok(theirs)) => {
                let mut merge = Merge::new(self.markers);
                let merged = merge.notebooks(&base, &ours, &theirs);
                (merged.to_file(), merge.conflicts)
            }
            (a, b, c) => {
                let why = [a.err(), b.err(), c.err()].into_iter().flatten().next();
                say(&format!("{path}: merged as text: {}", why.unwrap_or_default()));
                match options(self.markers).merge_bytes(&base, &ours, &theirs) {
                    Ok(text) => (text, Vec::new()),
                    Err(text) => (text, vec!["marked in the text".to_owned()]),
                }
            }
        };
        std::fs::write(&self.ours, text).with_context(|| format!("cannot write {}", self.ours.display()))?;
        for conflict in &conflicts {
            say(&format!("{path}: conflict: {conflict}"));
        }
        Ok(i32::from(!conflicts.is_empty()))
    }
}

/// A notebook that can be merged by cells, or why it cannot. An empty file has no cells: it stands for the ancestor of a
/// notebook that both sides have added.
fn notebook(text: &[u8]) -> Result<Json, String> {
    if text.is_empty() {
        return Ok(Json::Object(Vec::new()));
    }
    let json = Json::read(text).map_err(|fault| format!("line {}: {}", fault.line, fault.why))?;
    let is_one = |cell: &Json| matches!(cell, Json::Object(_));
    match json.get("cells") {
        Some(Json::Array(cells)) if cells.iter().all(is_one) => Ok(json),
        _ => Err("not a notebook with cells".to_owned()),
    }
}

fn options(markers: usize) -> MergeOptions {
    let mut options = MergeOptions::new();
    options
        .set_conflict_style(diffy::ConflictStyle::Merge)
        .set_conflict_marker_length(markers)
        .set_incomplete_hunk_style(IncompleteHunkStyle::Git);
    options
}

struct Merge {
    options: MergeOptions,
    conflicts: Vec<String>,
}

impl Merge {
    fn new(markers: usize) -> Self {
        Self {
            options: options(markers),
            conflicts: Vec::new(),
        }
    }

    fn notebooks(&mut self, base: &Json, ours: &Json, theirs: &Json) -> Json {
        let mut merged = Vec::new();
        for key in keys(ours, theirs) {
            let (b, o, t) = (base.get(&key), ours.get(&key), theirs.get(&key));
            let value = match key.as_str() {
                "cells" => Some(self.cells(b, o, t)),
                "nbformat" | "nbformat_minor" => later(o, t),
                _ => self.value("the notebook", &key, b, o, t),
            };
            merged.extend(value.map(|value| (super::tree::quoted(&key), value)));
        }
        Json::Object(merged)
    }

    fn cells(&mut self, base: Option<&Json>, ours: Option<&Json>, theirs: Option<&Json>) -> Json {
        let list = |cells: Option<&Json>| cells.map(|cells| cells.items().to_vec()).unwrap_or_default();
        let [base, ours, theirs] = identities(list(base), list(ours), list(theirs));
        let mut merged = Vec::new();
        for id in order(&base, &ours, &theirs) {
            let (b, o, t) = (base.get(&id), ours.get(&id), theirs.get(&id));
            let cell = match (b, o, t) {
                (_, Some(o), Some(t)) => Some(self.cell(&id, b, o, t)),
                (None, one, None) | (None, None, one) => one.cloned(),
                // One side has removed it: a cell that the other one has changed is asked about.
                (Some(b), Some(one), None) | (Some(b), None, Some(one)) => {
                    (!is_alike(b, one)).then(|| self.removed(&id, b, one, o.is_some()))
                }
                (Some(_), None, None) => None,
            };
            merged.extend(cell);
        }
        Json::Array(merged)
    }

    /// A cell that one side has removed and the other one changed.
    fn removed(&mut self, id: &str, base: &Json, changed: &Json, by_ours: bool) -> Json {
        let (one, other) = if by_ours {
            ("ours", "theirs")
        } else {
            ("theirs", "ours")
        };
        self.conflicts
            .push(format!("cell {id}: changed by {one}, removed by {other}"));
        let mut cell = changed.clone();
        let none = Json::from_text("");
        let source = changed.get("source");
        let (o, t) = if by_ours {
            (source, Some(&none))
        } else {
            (Some(&none), source)
        };
        let count = self.conflicts.len();
        if let Some(marked) = self.source(id, base.get("source"), o, t) {
            cell.set("source", marked);
        }
        // It is one conflict, and it is said already.
        self.conflicts.truncate(count);
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
            let (b, o, t) = (base.and_then(|b| b.get(&key)), ours.get(&key), theirs.get(&key));
            let value = match key.as_str() {
                "source" => self.source(id, b, o, t),
                // Outputs belong to the source that made them, and a merged one has not been run.
                "outputs" if o != t => Some(Json::Array(Vec::new())),
                "execution_count" if o != t => Some(Json::Literal("null".to_owned())),
                _ => self.value(&place, &key, b, o, t),
            };
            merged.extend(value.map(|value| (super::tree::quoted(&key), value)));
        }
        Json::Object(merged)
    }

    fn source(
        &mut self,
        id: &str,
        base: Option<&Json>,
        ours: Option<&Json>,
        theirs: Option<&Json>,
    ) -> Option<Json> {
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        // A line end more, so that the last line is a line like any other.
        let text = |source: Option<&Json>| match source {
            None => Some(String::new()),
            Some(source) => source
                .joined()
                .map(|text| if text.is_empty() { text } else { text + "\n" }),
        };
        let (Some(b), Some(o), Some(t)) = (text(base), text(ours), text(theirs)) else {
            self.conflicts.push(format!(
                "cell {id}: changed by both, and its source is no text; ours is kept"
            ));
            return ours.cloned();
        };
        let merged = match self.options.merge(&b, &o, &t) {
            Ok(merged) => merged,
            Err(marked) => {
                self.conflicts.push(format!("cell {id}: changed by both"));
                marked
            }
        };
        let merged = merged.strip_suffix('\n').unwrap_or(&merged);
        Some(match ours {
            Some(Json::String(_)) => Json::from_text(merged),
            _ => Json::from_lines(merged),
        })
    }

    /// Any other value: objects by their keys, tags by what was added and removed, all else as a whole.
    fn value(
        &mut self,
        place: &str,
        key: &str,
        base: Option<&Json>,
        ours: Option<&Json>,
        theirs: Option<&Json>,
    ) -> Option<Json> {
        if ours == theirs || base == theirs {
            return ours.cloned();
        }
        if base == ours {
            return theirs.cloned();
        }
        // Whoever ran the notebook last has written these, and nobody decides on them.
        if place == "the notebook" && (key.ends_with(".kernelspec") || key.ends_with(".language_info")) {
            return ours.cloned();
        }
        match (ours, theirs) {
            (Some(o @ Json::Object(_)), Some(t @ Json::Object(_))) => {
                let mut merged = Vec::new();
                for inner in keys(o, t) {
                    let path = format!("{key}.{inner}");
                    let b = base.and_then(|b| b.get(&inner));
                    let value = self.value(place, &path, b, o.get(&inner), t.get(&inner));
                    merged.extend(value.map(|value| (super::tree::quoted(&inner), value)));
                }
                Some(Json::Object(merged))
            }
            (Some(Json::Array(o)), Some(Json::Array(t))) if key.ends_with("tags") => {
                let b = base.map(Json::items).unwrap_or_default();
                let stays = |tag: &&Json| !b.contains(tag) || (o.contains(tag) && t.contains(tag));
                let mut merged: Vec<Json> = o.iter().filter(stays).cloned().collect();
                let new: Vec<Json> = t
                    .iter()
                    .filter(|tag| !o.contains(tag))
                    .filter(stays)
                    .cloned()
                    .collect();
                merged.extend(new);
                Some(Json::Array(merged))
            }
            _ => {
                self.conflicts
                    .push(format!("{place}: {key} changed by both; ours is kept"));
                ours.or(theirs).cloned()
            }
        }
    }
}

/// The keys of two objects: ours, and those that only theirs has, each in its alphabetical place if ours are in order.
fn keys(ours: &Json, theirs: &Json) -> Vec<String> {
    let unquoted = |written: &String| written.trim_matches('"').to_owned();
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in ours.members() {
        let key = unquoted(key);
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    for (key, _) in theirs.members() {
        let key = unquoted(key);
        if !keys.contains(&key) {
            let at = if keys.is_sorted() {
                keys.partition_point(|k| *k < key)
            } else {
                keys.len()
            };
            keys.insert(at, key);
        }
    }
    keys
}

/// The larger of two version numbers.
fn later(ours: Option<&Json>, theirs: Option<&Json>) -> Option<Json> {
    let number = |value: Option<&Json>| match value {
        Some(Json::Literal(digits)) => digits.parse::<u32>().ok(),
        _ => None,
    };
    if number(theirs) > number(ours) {
        theirs
    } else {
        ours.or(theirs)
    }
    .cloned()
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

/// The order of the merged cells: that of the side which has moved cells, with the other side's new cells put behind
/// the cell that they stand behind there.
fn order(base: &Cells, ours: &Cells, theirs: &Cells) -> Vec<String> {
    let common: HashSet<&String> = base
        .ids
        .iter()
        .filter(|id| ours.get(id).is_some() && theirs.get(id).is_some())
        .collect();
    let of = |cells: &Cells| -> Vec<String> {
        cells
            .ids
            .iter()
            .filter(|id| common.contains(id))
            .cloned()
            .collect()
    };
    let (frame, other) = if of(ours) == of(base) && of(theirs) != of(base) {
        (theirs, ours)
    } else {
        (ours, theirs)
    };
    let mut order = frame.ids.clone();
    let mut place: HashMap<String, usize> = positions(&order);
    let mut before: Option<&String> = None;
    for id in &other.ids {
        if !place.contains_key(id) {
            let mut at = before.and_then(|id| place.get(id)).map_or(0, |at| at + 1);
            // Ours come first, if both have added cells here.
            let is_new = |id: &String| base.get(id).is_none();
            while std::ptr::eq(frame, ours)
                && at < order.len()
                && is_new(&order[at])
                && other.get(&order[at]).is_none()
            {
                at += 1;
            }
            order.insert(at, id.clone());
            place = positions(&order);
        }
        before = Some(id);
    }
    order
}

fn positions(order: &[String]) -> HashMap<String, usize> {
    order
        .iter()
        .enumerate()
        .map(|(at, id)| (id.clone(), at))
        .collect()
}
