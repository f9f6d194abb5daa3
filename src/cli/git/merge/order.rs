//! The order of merged cells.

use std::collections::{HashMap, HashSet};

use super::identity::Cells;

/// The order of the merged cells: that of the side which has moved cells, with the other side's new cells put behind
/// the cell that they stand behind there.
pub(super) fn order(base: &Cells, ours: &Cells, theirs: &Cells) -> Vec<String> {
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
