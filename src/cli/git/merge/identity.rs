//! Which cells of three notebooks are the same cell.
//!
//! A cell has an id since nbformat 4.5. If a notebook has cells without ids, or has an id twice, its ids are
//! not used; its cells are then aligned with the ancestor's by how they look ([`align`](super::align)).
//!
//! Cells that both sides have added are matched as well. Without ids, cells that look alike and follow the
//! same cell are one cell. Without an ancestor everything is new: two people have added one template, and
//! then cells that are half alike are one cell, too.

use std::collections::{HashMap, HashSet};

use super::align::{CellText, aligned};
use crate::git::tree::Json;

/// How alike two new cells must be, where there is no ancestor.
const HALF: f64 = 0.5;

/// The cells of one notebook, each with the number by which it is known in all three.
pub(super) struct Cells {
    pub(super) numbers: Vec<usize>,
    cells: HashMap<usize, Json>,
}

impl Cells {
    pub(super) fn get(&self, number: usize) -> Option<&Json> {
        self.cells.get(&number)
    }

    fn new(numbers: Vec<usize>, cells: Vec<Json>) -> Self {
        let cells = numbers.iter().copied().zip(cells).collect();
        Self { numbers, cells }
    }
}

/// The cells of the ancestor, of ours and of theirs, and what each number is called in messages.
pub(super) struct Identities {
    pub(super) base: Cells,
    pub(super) ours: Cells,
    pub(super) theirs: Cells,
    pub(super) names: Vec<String>,
}

/// Finds out which cells are the same.
pub(super) fn identities(base: Vec<Json>, ours: Vec<Json>, theirs: Vec<Json>) -> Identities {
    let [b, o, t] = [&base, &ours, &theirs].map(|cells| own(cells));
    let mut names: Vec<String> = match &b {
        Some(ids) => ids.clone(),
        None => (1..=base.len()).map(|n| format!("number {n}")).collect(),
    };
    let mut ours_are = pairs(&base, &b, &ours, &o);
    let theirs_are = pairs(&base, &b, &theirs, &t);
    // Our new cells get numbers; then each of their new cells is looked for among those.
    for (i, is) in ours_are.iter_mut().enumerate().filter(|(_, is)| is.is_none()) {
        *is = Some(names.len());
        names.push(match &o {
            Some(ids) => ids[i].clone(),
            None => format!("number {} of ours", i + 1),
        });
    }
    let ours_are: Vec<usize> = ours_are.into_iter().flatten().collect();
    let both = New {
        base: base.len(),
        ours: (&ours, &o, &ours_are),
        theirs: (&theirs, &t, &theirs_are),
    };
    let among_ours = both.matched();
    let mut theirs_are_all = Vec::with_capacity(theirs.len());
    for (i, is) in theirs_are.iter().enumerate() {
        let number = is.or(among_ours[i]).unwrap_or_else(|| {
            names.push(match &t {
                Some(ids) => ids[i].clone(),
                None => format!("number {} of theirs", i + 1),
            });
            names.len() - 1
        });
        theirs_are_all.push(number);
    }
    Identities {
        base: Cells::new((0..base.len()).collect(), base),
        ours: Cells::new(ours_are, ours),
        theirs: Cells::new(theirs_are_all, theirs),
        names,
    }
}

/// The cells' own ids, if each has one and no two are the same.
fn own(cells: &[Json]) -> Option<Vec<String>> {
    let ids: Option<Vec<String>> = cells.iter().map(|cell| cell.get("id")?.text()).collect();
    let ids = ids?;
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    (sorted.len() == ids.len()).then_some(ids)
}

/// Which of the ancestor's cells each cell of a side is.
fn pairs(
    base: &[Json],
    base_ids: &Option<Vec<String>>,
    side: &[Json],
    ids: &Option<Vec<String>>,
) -> Vec<Option<usize>> {
    match (base_ids, ids) {
        (Some(base_ids), Some(ids)) => by_id(base_ids, ids),
        _ => {
            let text = |cell: &Json| CellText::of(cell, None);
            let texts = |cells: &[Json]| cells.iter().map(text).collect::<Vec<_>>();
            aligned(&texts(base), &texts(side), 0.0)
        }
    }
}

fn by_id(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let places: HashMap<&String, usize> = old.iter().enumerate().map(|(i, id)| (id, i)).collect();
    new.iter().map(|id| places.get(id).copied()).collect()
}

/// What both sides have added.
struct New<'a> {
    /// How many cells the ancestor has.
    base: usize,
    /// Cells, their ids if they have any, and their numbers.
    ours: (&'a [Json], &'a Option<Vec<String>>, &'a [usize]),
    theirs: (&'a [Json], &'a Option<Vec<String>>, &'a [Option<usize>]),
}

impl New<'_> {
    /// For each cell of theirs that is new, the number of the same one among ours.
    fn matched(&self) -> Vec<Option<usize>> {
        let (ours, our_ids, our_numbers) = self.ours;
        let (theirs, their_ids, known) = self.theirs;
        let mut found = vec![None; theirs.len()];
        let is_new = |number: usize| number >= self.base;
        let have_ids = match (our_ids, their_ids) {
            (Some(o), Some(t)) => {
                for (i, j) in by_id(o, t).into_iter().enumerate() {
                    let number = j.map(|j| our_numbers[j]);
                    found[i] = number.filter(|n| known[i].is_none() && is_new(*n));
                }
                true
            }
            _ => false,
        };
        if have_ids && self.base > 0 {
            return found;
        }
        // The rest are matched by how they look and which known cell they follow.
        let shared: HashSet<usize> = found.iter().flatten().copied().collect();
        let mut before = None;
        let mut o = Vec::new();
        for (cell, number) in ours.iter().zip(our_numbers) {
            if !is_new(*number) || shared.contains(number) {
                before = Some(*number);
            } else {
                o.push((*number, CellText::of(cell, before)));
            }
        }
        before = None;
        let mut t = Vec::new();
        for (i, cell) in theirs.iter().enumerate() {
            match known[i].or(found[i]) {
                Some(number) => before = Some(number),
                None => t.push((i, CellText::of(cell, before))),
            }
        }
        let least = if self.base == 0 { HALF } else { 1.0 };
        let looks = |all: &[(usize, CellText)]| all.iter().map(|(_, look)| look.clone()).collect::<Vec<_>>();
        let (o_looks, t_looks) = (looks(&o), looks(&t));
        // Who is "ours" must not decide what is matched.
        let look = |looks: &[CellText]| looks.iter().map(CellText::alone).collect::<Vec<_>>();
        if look(&o_looks) <= look(&t_looks) {
            for (j, i) in aligned(&o_looks, &t_looks, least).into_iter().enumerate() {
                found[t[j].0] = i.map(|i| o[i].0).or(found[t[j].0]);
            }
        } else {
            for (i, j) in aligned(&t_looks, &o_looks, least).into_iter().enumerate() {
                if let Some(j) = j {
                    found[t[j].0] = Some(o[i].0);
                }
            }
        }
        found
    }
}
