//! The order of merged cells.

use std::collections::{HashMap, HashSet};

use super::identity::Cells;

/// The order of the merged cells. The side that has moved cells decides. The other side's new cells go after
/// the cell that they follow on that side. Where both have added cells at one point, ours come first.
///
/// Each cell is looked at a few times, whatever the number of cells.
pub(super) fn order(base: &Cells, ours: &Cells, theirs: &Cells) -> Vec<usize> {
    let is_common = |number: &&usize| ours.get(**number).is_some() && theirs.get(**number).is_some();
    let common: HashSet<usize> = base.numbers.iter().filter(is_common).copied().collect();
    let of = |cells: &Cells| -> Vec<usize> {
        let numbers = cells.numbers.iter().filter(|number| common.contains(number));
        numbers.copied().collect()
    };
    let moved_by_theirs = of(ours) == of(base) && of(theirs) != of(base);
    let (frame, other) = match moved_by_theirs {
        true => (theirs, ours),
        false => (ours, theirs),
    };
    // The cells that the frame does not have, by the frame's cell that they follow.
    let mut behind: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    let mut last = None;
    for number in &other.numbers {
        if frame.get(*number).is_some() {
            last = Some(*number);
        } else {
            behind.entry(last).or_default().push(*number);
        }
    }
    let mut order = Vec::with_capacity(frame.numbers.len() + other.numbers.len());
    let mut waiting = behind.remove(&None).unwrap_or_default();
    for number in &frame.numbers {
        // The frame may also have new cells after the same cell.
        let is_new = base.get(*number).is_none() && other.get(*number).is_none();
        if moved_by_theirs || !is_new {
            order.append(&mut waiting);
        }
        order.push(*number);
        waiting.extend(behind.remove(&Some(*number)).unwrap_or_default());
    }
    order.append(&mut waiting);
    order
}
