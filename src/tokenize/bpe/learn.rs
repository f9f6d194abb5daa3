//! Learning merges fast: the counts of all pairs are kept up to date, and a merge touches only the words that
//! contain its pair.
//!
//! After the pair a b has become the token c, only the counts of neighbouring pairs change. Where the text
//! had x a b y, it now has x c y, so (x, a) and (b, y) lose what (x, c) and (c, y) gain. A heap holds the
//! pairs by count. A count in the heap goes stale when the pair's true count falls. A pair that comes up with
//! a stale count is put back with the new one. This is right because a count in the heap is never too low.
//!
//! Ties are broken as in the `tokenizers` library: of equally frequent pairs, the one with the lower first id
//! wins, then the one with the lower second id. Two more habits of that library show in its merges and are
//! followed here. First, two merges may give the same string (ab+c and a+bc), which is then one token.
//! Second, a pair's count is not lowered by its own merge, so if the pair arises again later, through such a
//! shared token, it comes up at once.
//!
//! Cost: each step over the words takes a few nanoseconds per position. Memory grows with the number of
//! different words, not with the text.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::table::{PairMap, pair, unpair};

/// The different words, as tokens one after the other, and how often each occurs.
pub(in super::super) struct Words {
    pub(in super::super) symbols: Vec<u32>,
    /// Where each word begins in `symbols`, and how many tokens it has now.
    pub(in super::super) places: Vec<(u32, u32)>,
    pub(in super::super) counts: Vec<u64>,
}

impl Words {
    pub(in super::super) fn with_capacity(n: usize) -> Self {
        Self {
            symbols: Vec::with_capacity(n * 8),
            places: Vec::with_capacity(n),
            counts: Vec::with_capacity(n),
        }
    }

    pub(in super::super) fn push(&mut self, symbols: impl IntoIterator<Item = u32>, count: u64) {
        let start = self.symbols.len();
        self.symbols.extend(symbols);
        let len = self.symbols.len() - start;
        self.places.push((start as u32, len as u32));
        self.counts.push(count);
    }
}

/// The words in which a pair is to be merged, each once.
type Where = Vec<u32>;

/// For the pairs that one merge creates, the lists of words that contain them: pairs whose second token is
/// the new one, and pairs whose first token is.
struct Found {
    lists: Vec<(u64, Where)>,
    /// For each token, one more than the index in `lists` of the pair (token, new), and of (new, token).
    slots: [Vec<u32>; 2],
}

impl Found {
    fn add(&mut self, p: u64, new: u32, word: u32) {
        let (a, b) = unpair(p);
        let (side, other) = if b == new { (0, a) } else { (1, b) };
        let slots = &mut self.slots[side];
        let other = other as usize;
        if slots.len() <= other {
            slots.resize(other + 1, 0);
        }
        if slots[other] == 0 {
            self.lists.push((p, Vec::new()));
            slots[other] = self.lists.len() as u32;
        }
        let list = &mut self.lists[slots[other] as usize - 1].1;
        if list.last() != Some(&word) {
            list.push(word);
        }
    }

    fn take(&mut self, new: u32) -> Vec<(u64, Where)> {
        for (p, _) in &self.lists {
            let (a, b) = unpair(*p);
            let (side, other) = if b == new { (0, a) } else { (1, b) };
            self.slots[side][other as usize] = 0;
        }
        std::mem::take(&mut self.lists)
    }
}

/// Merges the most frequent pair of `words` again and again. `join` is called with each pair and returns the
/// id of the token that the pair becomes; `None` ends the learning. It also ends at a pair that occurs fewer
/// than `min_count` times.
pub(in super::super) fn learn(
    mut words: Words,
    min_count: u64,
    mut join: impl FnMut(u32, u32) -> Option<u32>,
) {
    let (mut counts, first) = count_pairs(&words);
    let mut places: Vec<Where> = Vec::with_capacity(first.len());
    let mut heap = BinaryHeap::with_capacity(first.len());
    for (p, list) in first {
        heap.push((*counts.entry(p), Reverse(p), places.len() as u32));
        places.push(list);
    }
    let mut found = Found {
        lists: Vec::new(),
        slots: [Vec::new(), Vec::new()],
    };
    let mut changes: Vec<(u64, i64)> = Vec::new();
    while let Some((count, Reverse(p), place)) = heap.pop() {
        // Counts are kept as i64 in the table's 64 bits.
        let now = *counts.entry(p);
        if count != now {
            if now as i64 > 0 {
                heap.push((now, Reverse(p), place));
            }
            continue;
        }
        if count < min_count.max(1) {
            break;
        }
        let (a, b) = unpair(p);
        let Some(new) = join(a, b) else { break };
        for word in std::mem::take(&mut places[place as usize]) {
            let w = word as usize;
            let (start, len) = words.places[w];
            let symbols = &mut words.symbols[start as usize..(start + len) as usize];
            changes.clear();
            let left = merge_word(symbols, a, b, new, &mut changes);
            words.places[w].1 = left as u32;
            let n = words.counts[w] as i64;
            for &(q, sign) in &changes {
                let count = counts.entry(q);
                *count = count.wrapping_add((sign * n) as u64);
                if sign > 0 {
                    found.add(q, new, word);
                }
            }
        }
        for (q, list) in found.take(new) {
            let count = *counts.entry(q);
            if count as i64 > 0 {
                heap.push((count, Reverse(q), places.len() as u32));
                places.push(list);
            }
        }
    }
}

/// Replaces a b by `new` in one word, from left to right, and notes the pairs that appear and disappear.
/// Returns how many tokens are left in the word.
pub(in super::super) fn merge_word(
    symbols: &mut [u32],
    a: u32,
    b: u32,
    new: u32,
    changes: &mut Vec<(u64, i64)>,
) -> usize {
    let (mut read, mut write) = (0, 0);
    while read < symbols.len() {
        if symbols[read] == a && symbols.get(read + 1) == Some(&b) {
            if write > 0 {
                let x = symbols[write - 1];
                changes.push((pair(x, a), -1));
                changes.push((pair(x, new), 1));
            }
            if let Some(&y) = symbols.get(read + 2) {
                changes.push((pair(b, y), -1));
                changes.push((pair(new, y), 1));
            }
            symbols[write] = new;
            read += 2;
        } else {
            symbols[write] = symbols[read];
            read += 1;
        }
        write += 1;
    }
    write
}

/// The count of each pair, and the words that contain it.
fn count_pairs(words: &Words) -> (PairMap, Vec<(u64, Where)>) {
    let mut counts = PairMap::with_capacity(1 << 14);
    let mut number = PairMap::with_capacity(1 << 14);
    let mut lists: Vec<(u64, Where)> = Vec::new();
    for (word, (&(start, len), &n)) in (0_u32..).zip(words.places.iter().zip(&words.counts)) {
        for w in words.symbols[start as usize..(start + len) as usize].windows(2) {
            let p = pair(w[0], w[1]);
            *counts.entry(p) += n;
            let place = number.entry(p);
            if *place == 0 {
                lists.push((p, Vec::new()));
                *place = lists.len() as u64;
            }
            let list = &mut lists[*place as usize - 1].1;
            if list.last() != Some(&word) {
                list.push(word);
            }
        }
    }
    (counts, lists)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_changes_of_one_merge() {
        let (mut word, mut changes) = ([9, 1, 2, 8], Vec::new());
        assert_eq!(merge_word(&mut word, 1, 2, 3, &mut changes), 3);
        assert_eq!(word[..3], [9, 3, 8]);
        let expected = [((9, 1), -1), ((9, 3), 1), ((2, 8), -1), ((3, 8), 1)];
        assert_eq!(changes, expected.map(|((a, b), n)| (pair(a, b), n)));
    }

    #[test]
    fn a_run_merges_from_the_left() {
        let (mut word, mut changes) = ([1, 1, 1], Vec::new());
        assert_eq!(merge_word(&mut word, 1, 1, 2, &mut changes), 2);
        assert_eq!(word[..2], [2, 1]);
        assert_eq!(changes, [(pair(1, 1), -1), (pair(2, 1), 1)]);
    }
}
