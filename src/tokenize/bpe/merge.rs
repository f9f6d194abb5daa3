//! Merging within one piece: the lowest rank first, the leftmost pair among equal ranks, until no pair is
//! left that has a merge.
//!
//! Merging by rank, and not from left to right, gives the encoding that training would have given: the merge
//! that was learned first is applied first, everywhere in the piece, before any that was learned later.
//!
//! A short piece is kept as an array and searched for its lowest rank again and again. This takes n²/2 steps,
//! but each takes only a few nanoseconds, on memory that is in the cache. A long piece (a million letters
//! without a space) has its tokens in a linked list and its pairs in lists, one for each rank. There are few
//! ranks, so a heap of them is small. A rank's list is read from left to right, so memory is read in order. A
//! merge adds at most two pairs, and each pair is looked at once, so the time is proportional to n.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rand::Rng as _;

use super::table::{PairMap, pair};
use crate::rng::Rng;

/// The length up to which an array is faster than a heap.
const SHORT: usize = 48;

/// No merge: later than every rank.
const NONE: u64 = u64::MAX;
/// No neighbour.
const END: u32 = u32::MAX;

/// A token of a piece, and its length in bytes of the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Part {
    pub(in super::super) id: u32,
    pub(in super::super) len: u32,
}

/// Which pairs merge: the upper half of the value is the rank, the lower half the id of the new token.
#[derive(Clone)]
pub(in super::super) struct Merges(pub(in super::super) PairMap);

impl Merges {
    #[inline]
    fn of(&self, a: Part, b: Part) -> u64 {
        self.0.get(pair(a.id, b.id)).unwrap_or(NONE)
    }

    /// Merges `parts` until nothing is left to merge. `ranks` is working space.
    #[inline]
    pub(in super::super) fn apply(&self, parts: &mut Vec<Part>, ranks: &mut Vec<u64>) {
        if parts.len() > SHORT {
            self.apply_lists(parts);
            return;
        }
        ranks.clear();
        ranks.extend(parts.windows(2).map(|w| self.of(w[0], w[1])));
        loop {
            let (mut best, mut at) = (NONE, 0);
            for (i, &rank) in ranks.iter().enumerate() {
                // Among equal ranks the leftmost pair merges, whatever it becomes.
                if rank >> 32 < best >> 32 {
                    (best, at) = (rank, i);
                }
            }
            if best == NONE {
                return;
            }
            parts[at].id = best as u32;
            parts[at].len += parts[at + 1].len;
            parts.remove(at + 1);
            ranks.remove(at);
            if at < ranks.len() {
                ranks[at] = self.of(parts[at], parts[at + 1]);
            }
            if at > 0 {
                ranks[at - 1] = self.of(parts[at - 1], parts[at]);
            }
        }
    }

    /// The same, but only with merges of ranks below `limit`.
    pub(in super::super) fn apply_below(&self, parts: &mut Vec<Part>, limit: u64) {
        loop {
            let best = (parts.windows(2).enumerate())
                .map(|(i, w)| (self.of(w[0], w[1]), i))
                .filter(|(merge, _)| *merge != NONE && merge >> 32 < limit)
                .min_by_key(|(merge, _)| merge >> 32);
            let Some((merge, at)) = best else { return };
            parts[at].id = merge as u32;
            parts[at].len += parts[at + 1].len;
            parts.remove(at + 1);
        }
    }

    /// The same, with a list of positions for each rank.
    fn apply_lists(&self, parts: &mut Vec<Part>) {
        let mut links = Links::new(parts.len());
        let mut waiting = Waiting::default();
        for (w, i) in parts.windows(2).zip(0_u32..) {
            waiting.push(self.of(w[0], w[1]), i);
        }
        while let Some((rank, mut places)) = waiting.pop() {
            // From left to right. Positions that were added while another rank was being merged may be out of
            // order.
            if !places.is_sorted() {
                places.sort_unstable();
            }
            let mut at = 0;
            while let Some(&place) = places.get(at) {
                at += 1;
                let (i, j) = (place as usize, links.next[place as usize]);
                // A part that was merged into the one before it has length 0.
                if parts[i].len == 0 || j == END {
                    continue;
                }
                let merge = self.of(parts[i], parts[j as usize]);
                if merge == NONE || merge >> 32 != rank {
                    continue;
                }
                parts[i].id = merge as u32;
                parts[i].len += parts[j as usize].len;
                parts[j as usize].len = 0;
                let (before, after) = links.join(place, j);
                let mut least = NONE;
                for (a, b) in [(before, place), (place, after)] {
                    if a != END && b != END {
                        let merge = self.of(parts[a as usize], parts[b as usize]);
                        waiting.push(merge, a);
                        least = least.min(merge);
                    }
                }
                // A new pair has to be merged now. The rest of this rank waits, and comes back with that
                // pair's rank or after it.
                if least >> 32 <= rank {
                    waiting.put_back(rank, &places[at..]);
                    break;
                }
            }
        }
        parts.retain(|p| p.len > 0);
    }

    /// As [`Merges::apply`], with a heap. With `dropout`, each merge that comes up is skipped with that
    /// probability until the next merge is done.
    pub(in super::super) fn apply_long(&self, parts: &mut Vec<Part>, mut dropout: Option<(f32, &mut Rng)>) {
        let n = parts.len();
        let mut next: Vec<u32> = (1..=n as u32).collect();
        let mut before: Vec<u32> = (0..n as u32).map(|i| i.wrapping_sub(1)).collect();
        if let Some(last) = next.last_mut() {
            *last = END;
        }
        let (mut heap, mut passed) = (BinaryHeap::new(), Vec::new());
        heap.extend(
            (parts.windows(2).zip(0_u32..)).filter_map(|(w, i)| match self.of(w[0], w[1]) {
                NONE => None,
                merge => Some(Reverse((merge >> 32, i, merge as u32))),
            }),
        );
        while let Some(Reverse((rank, at, id))) = heap.pop() {
            let i = at as usize;
            let j = next[i];
            // A part that was merged into the one before it has length 0.
            if parts[i].len == 0 || j == END {
                continue;
            }
            if self.of(parts[i], parts[j as usize]) != rank << 32 | u64::from(id) {
                continue;
            }
            if let Some((p, rng)) = &mut dropout
                && rng.random::<f32>() < *p
            {
                passed.push(Reverse((rank, at, id)));
                continue;
            }
            parts[i].id = id;
            parts[i].len += parts[j as usize].len;
            parts[j as usize].len = 0;
            next[i] = next[j as usize];
            let mut push = |a: u32, b: u32| {
                let merge = self.of(parts[a as usize], parts[b as usize]);
                if merge != NONE {
                    heap.push(Reverse((merge >> 32, a, merge as u32)));
                }
            };
            if next[i] != END {
                before[next[i] as usize] = at;
                push(at, next[i]);
            }
            if before[i] != END {
                push(before[i], at);
            }
            heap.extend(passed.drain(..));
        }
        parts.retain(|p| p.len > 0);
    }
}

/// The neighbours of each remaining part.
struct Links {
    next: Vec<u32>,
    before: Vec<u32>,
}

impl Links {
    fn new(n: usize) -> Self {
        let mut next: Vec<u32> = (1..=n as u32).collect();
        if let Some(last) = next.last_mut() {
            *last = END;
        }
        let before = (0..n as u32).map(|i| i.wrapping_sub(1)).collect();
        Self { next, before }
    }

    /// Takes out `j`, the part after `i`, and returns the neighbours of `i`.
    fn join(&mut self, i: u32, j: u32) -> (u32, u32) {
        let after = self.next[j as usize];
        self.next[i as usize] = after;
        if after != END {
            self.before[after as usize] = i;
        }
        (self.before[i as usize], after)
    }
}

/// The positions of pairs that merge, by rank.
#[derive(Default)]
struct Waiting {
    ranks: BinaryHeap<Reverse<u64>>,
    places: HashMap<u64, Vec<u32>>,
}

impl Waiting {
    fn push(&mut self, merge: u64, place: u32) {
        if merge == NONE {
            return;
        }
        let ranks = &mut self.ranks;
        let places = self.places.entry(merge >> 32);
        places
            .or_insert_with_key(|&rank| {
                ranks.push(Reverse(rank));
                Vec::new()
            })
            .push(place);
    }

    /// The lowest rank and its positions.
    fn pop(&mut self) -> Option<(u64, Vec<u32>)> {
        let Reverse(rank) = self.ranks.pop()?;
        Some((rank, self.places.remove(&rank).unwrap_or_default()))
    }

    fn put_back(&mut self, rank: u64, places: &[u32]) {
        for &place in places {
            self.push(rank << 32, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Merges of ids below 3. What `a` and `b` become is looked up in a list.
    fn merges(list: &[(u32, u32, u32)]) -> Merges {
        let mut map = PairMap::with_capacity(list.len());
        for (rank, &(a, b, new)) in list.iter().enumerate() {
            *map.entry(pair(a, b)) = (rank as u64) << 32 | u64::from(new);
        }
        Merges(map)
    }

    fn parts(ids: &[u32]) -> Vec<Part> {
        ids.iter().map(|&id| Part { id, len: 1 }).collect()
    }

    #[test]
    fn by_rank_and_not_left_to_right() {
        // bc before ab: "abc" is a, bc.
        let m = merges(&[(1, 2, 3), (0, 1, 4)]);
        let mut p = parts(&[0, 1, 2]);
        m.apply(&mut p, &mut Vec::new());
        assert_eq!(p, [Part { id: 0, len: 1 }, Part { id: 3, len: 2 }]);
    }

    #[test]
    fn the_leftmost_of_overlapping_pairs() {
        let m = merges(&[(0, 0, 1)]);
        let mut p = parts(&[0, 0, 0]);
        m.apply(&mut p, &mut Vec::new());
        assert_eq!(p, [Part { id: 1, len: 2 }, Part { id: 0, len: 1 }]);
    }

    proptest! {
        #[test]
        fn the_heap_and_the_lists_do_what_the_array_does(
            list in prop::collection::vec((0_u32..9, 0_u32..9), 0..30),
            ids in prop::collection::vec(0_u32..4, 0..SHORT),
        ) {
            let list: Vec<_> = list.iter().zip(4..).map(|(&(a, b), new)| (a, b, new % 9)).collect();
            let m = merges(&list);
            let (mut short, mut long, mut lists) = (parts(&ids), parts(&ids), parts(&ids));
            m.apply(&mut short, &mut Vec::new());
            m.apply_long(&mut long, None);
            m.apply_lists(&mut lists);
            prop_assert_eq!(&short, &long);
            prop_assert_eq!(short, lists);
        }
    }
}
