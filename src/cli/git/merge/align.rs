//! Two lists of cells side by side, for cells that have no ids.
//!
//! Cells that look the same are matched in order, like equal lines of a text. Between them are cells that
//! were changed, added or removed. There a cell is matched only with a cell of its own kind, so that no code
//! becomes text. Of all such matchings, the one with the greatest likeness in total is taken. The likeness of
//! two cells is the share of words that they have in common,
//!
//! ```text
//! 2 · |A ∩ B| / (|A| + |B|)
//! ```
//!
//! (Dice, 1945). The best matching of n and m cells takes n · m comparisons; if that is too many, cells of
//! one kind are matched in their order. All else takes time in proportion to the number of cells, as long as
//! few of them have moved.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::git::tree::Json;

/// The most comparisons that are made between two matched cells.
const MOST: usize = 40_000;

/// How many words of a cell are looked at.
const WORDS: usize = 500;

/// What it is worth to match two cells at all: less than one word in twenty.
const A_LITTLE: f64 = 0.05;

/// How a cell looks, and which known cell it follows, if that matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CellText {
    after: Option<usize>,
    kind: String,
    source: String,
}

impl CellText {
    pub(super) fn of(cell: &Json, after: Option<usize>) -> Self {
        let part = |key: &str| match cell.get(key) {
            None => String::new(),
            Some(value) => value.joined().unwrap_or_else(|| value.in_one_line()),
        };
        Self {
            after,
            kind: part("cell_type"),
            source: part("source"),
        }
    }

    /// The cell without its position among the others.
    pub(super) fn alone(&self) -> (String, String) {
        (self.kind.clone(), self.source.clone())
    }

    /// Whether two cells that look different may be the same one.
    fn fits(&self, other: &Self) -> bool {
        self.kind == other.kind && self.after == other.after
    }

    fn words(&self) -> Vec<&str> {
        let words = self.source.split(|c: char| !c.is_alphanumeric());
        let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).take(WORDS).collect();
        words.sort_unstable();
        words
    }
}

/// For each new cell, the old cell that it is, if the two are at least as alike as `least`.
pub(super) fn aligned(old: &[CellText], new: &[CellText], least: f64) -> Vec<Option<usize>> {
    let mut found = vec![None; new.len()];
    let (mut i, mut j) = (0, 0);
    let mut equal = equal(old, new);
    equal.push((old.len(), new.len()));
    for (to_i, to_j) in equal {
        if least < 1.0 {
            for (a, b) in changed(&old[i..to_i], &new[j..to_j], least) {
                found[j + b] = Some(i + a);
            }
        }
        if to_j < new.len() {
            found[to_j] = Some(to_i);
        }
        (i, j) = (to_i + 1, to_j + 1);
    }
    found
}

/// The pairs of cells that look the same, in order.
fn equal(old: &[CellText], new: &[CellText]) -> Vec<(usize, usize)> {
    let mut numbers: HashMap<&CellText, u32> = HashMap::new();
    let mut number = |look| {
        let next = numbers.len() as u32;
        *numbers.entry(look).or_insert(next)
    };
    let old: Vec<u32> = old.iter().map(&mut number).collect();
    let new: Vec<u32> = new.iter().map(&mut number).collect();
    // A cell that only one list has matches nothing in the other, and looking for it would take the square of
    // the number of cells.
    let is_in = |cells: &[u32]| {
        let mut there = vec![false; numbers.len()];
        cells.iter().for_each(|cell| there[*cell as usize] = true);
        there
    };
    let (in_old, in_new) = (is_in(&old), is_in(&new));
    let shared = |cells: &[u32], there: &[bool]| -> Vec<(usize, u32)> {
        let cells = cells.iter().copied().enumerate();
        cells.filter(|(_, cell)| there[*cell as usize]).collect()
    };
    let (a, b) = (shared(&old, &in_new), shared(&new, &in_old));
    let only = |cells: &[(usize, u32)]| cells.iter().map(|(_, cell)| *cell).collect::<Vec<_>>();
    let mut pairs = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &only(&a), &only(&b)) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            pairs.extend((0..len).map(|k| (a[old_index + k].0, b[new_index + k].0)));
        }
    }
    pairs
}

/// The pairs of cells that look different, between two pairs of equal ones.
fn changed(old: &[CellText], new: &[CellText], least: f64) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST {
        return in_order(old, new, least);
    }
    let old_words: Vec<Vec<&str>> = old.iter().map(CellText::words).collect();
    let new_words: Vec<Vec<&str>> = new.iter().map(CellText::words).collect();
    let width = new.len() + 1;
    // The worth of the best matching of the cells from i and j on.
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    let mut worth = vec![None; old.len() * new.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let mut most = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            if old[i].fits(&new[j]) {
                let alike = alike(&old_words[i], &new_words[j]);
                if alike >= least {
                    let value = alike + A_LITTLE;
                    worth[i * new.len() + j] = Some(value);
                    most = most.max(value + best[(i + 1) * width + j + 1]);
                }
            }
            best[i * width + j] = most;
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < old.len() && j < new.len() {
        let here = best[i * width + j];
        let pair = worth[i * new.len() + j].map(|value| value + best[(i + 1) * width + j + 1]);
        if pair == Some(here) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] == here {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The first with the first, the second with the second: for so many cells that anything else would take too
/// long.
fn in_order(old: &[CellText], new: &[CellText], least: f64) -> Vec<(usize, usize)> {
    let pairs = (0..old.len().min(new.len())).map(|i| (i, i));
    let is_one = |(i, j): &(usize, usize)| {
        old[*i].fits(&new[*j]) && alike(&old[*i].words(), &new[*j].words()) >= least
    };
    pairs.filter(is_one).collect()
}

/// How alike two sorted lists of words are, from 0 to 1.
fn alike(old: &[&str], new: &[&str]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < old.len() && j < new.len() {
        match old[i].cmp(new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    let all = (old.len() + new.len()).max(1);
    (2 * common) as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(cells: &[(&str, &str)]) -> Vec<CellText> {
        let look = |(kind, source): &(&str, &str)| CellText {
            after: None,
            kind: (*kind).to_owned(),
            source: (*source).to_owned(),
        };
        cells.iter().map(look).collect()
    }

    #[test]
    fn a_changed_cell_is_matched_with_the_one_of_its_kind_that_is_most_alike() {
        let old = looks(&[("markdown", "T"), ("code", "let rate = 1;"), ("markdown", "End")]);
        let new = looks(&[
            ("markdown", "T"),
            ("markdown", "Why the rate is two."),
            ("code", "let rate = 2;"),
            ("markdown", "End"),
        ]);
        assert_eq!(aligned(&old, &new, 0.0), [Some(0), None, Some(1), Some(2)]);
        // The first is gone, the second is changed, one is new: 2 · 3 / 7 beats nothing in common.
        let old = looks(&[("code", "a b"), ("code", "let x = f(1)")]);
        let new = looks(&[("code", "let x = f(2)"), ("code", "c d")]);
        assert_eq!(aligned(&old, &new, 0.0), [Some(1), None]);
        assert_eq!(aligned(&old, &new, 0.9), [None, None]);
    }

    #[test]
    fn words_in_common_are_counted_twice_among_all() {
        let alike = |a: &str, b: &str| {
            let looks = looks(&[("code", a), ("code", b)]);
            alike(&looks[0].words(), &looks[1].words())
        };
        assert_eq!(alike("let answer = \"ana\";", "let answer = \"ben\";"), 4.0 / 6.0);
        assert_eq!(alike("a a b", "a b b"), 4.0 / 6.0);
        assert_eq!(alike("", "+"), 0.0);
    }

    #[test]
    fn more_cells_than_can_be_compared_are_matched_in_order() {
        let many = |from: usize| -> Vec<CellText> {
            (from..from + 1000)
                .flat_map(|n| looks(&[("code", &format!("x {n}"))]))
                .collect()
        };
        let found = aligned(&many(0), &many(1000), 0.0);
        assert!(found.iter().enumerate().all(|(i, is)| *is == Some(i)));
    }
}
