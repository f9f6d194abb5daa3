//! Counting pairs of words, fast and with little memory beside the counts.
//!
//! The plain way is a hash table with a key for each pair of words: for each running word and each neighbour,
//! one lookup in a table far larger than any cache. Here the text is turned round first. A piece of it
//! becomes a list of word numbers, and a counting sort finds the positions of each word in the list. Then the
//! counts are made row by row. All positions of one word are visited, and its neighbours are counted in a
//! list that has one counter for each word of the vocabulary. This list stays in the cache, because every
//! position of the row counts into it. The row is then read off in the order of its columns. The rows are
//! shared out to threads, so nothing has to be merged afterwards.
//!
//! Counts are whole numbers of a unit that divides every weight, so the order in which they are added up does
//! not matter: see [`Units`].

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::Sparse;
use crate::corpus::{Weight, Window};

/// Separates two documents.
pub(super) const END: u32 = u32::MAX;
/// Replaces a word that is not in the vocabulary.
pub(super) const UNKNOWN: u32 = u32::MAX - 1;

/// The least number of blocks of rows: enough that threads share them out evenly, even though the rows of the
/// most frequent words are long.
const BLOCKS: usize = 256;

/// How many words of windows are fetched at a time.
const FETCHED: usize = 512;

/// The finest unit. Inverse distances are exact up to a window of 22, and to 9 digits beyond that; a pair may
/// occur side by side 70 billion times before a counter overflows.
const MOST_UNITS: u64 = 1 << 28;

/// The weights of a window as whole numbers.
struct Units {
    /// How many units a weight of 1 has.
    one: u64,
    /// The weights by distance, from 1.
    left: Vec<u64>,
    right: Vec<u64>,
}

impl Units {
    fn of(window: &Window) -> Self {
        let (left, right) = (window.left(), window.right());
        let one = match window.weight() {
            Weight::Uniform | Weight::Linear => 1,
            Weight::Inverse => common_multiple(left.max(right)),
        };
        let unit = |size: usize, distance: usize| match window.weight() {
            Weight::Uniform => 1,
            Weight::Linear => (size - distance + 1) as u64,
            Weight::Inverse => (one as f64 / distance as f64).round() as u64,
        };
        Self {
            one,
            left: (1..=left).map(|d| unit(left, d)).collect(),
            right: (1..=right).map(|d| unit(right, d)).collect(),
        }
    }
}

/// The least common multiple of 1 to `n`, or [`MOST_UNITS`] if it is larger.
fn common_multiple(n: usize) -> u64 {
    let mut multiple = 1_u64;
    for d in 1..=n as u64 {
        let (mut a, mut b) = (multiple, d);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        multiple *= d / a;
        if multiple > MOST_UNITS {
            return MOST_UNITS;
        }
    }
    multiple
}

/// The counts of some rows.
struct Block {
    rows: Range<usize>,
    /// How many entries each row has.
    lengths: Vec<u32>,
    columns: Vec<u32>,
    /// In units.
    counts: Vec<u64>,
}

/// The counts of all rows so far.
pub(super) struct Tally {
    n_words: usize,
    units: Units,
    /// What has not been counted yet. Before it are as many [`END`]s as a window has words before its centre.
    tokens: Vec<u32>,
    /// How many tokens are counted at a time.
    piece: usize,
    blocks: Vec<Mutex<Block>>,
}

impl Tally {
    /// No counts yet, for words that are about as frequent as `frequencies` says. `piece` tokens are counted
    /// at a time.
    pub(super) fn new(frequencies: &[u64], window: &Window, piece: usize) -> Self {
        let most = frequencies.iter().sum::<u64>() / BLOCKS as u64;
        let mut blocks = Vec::new();
        let mut from = 0;
        while from < frequencies.len() {
            let mut to = from;
            let mut sum = 0;
            while to < frequencies.len() && (to == from || sum + frequencies[to] <= most) {
                sum += frequencies[to];
                to += 1;
            }
            let lengths = vec![0; to - from];
            blocks.push(Mutex::new(Block {
                rows: from..to,
                lengths,
                columns: Vec::new(),
                counts: Vec::new(),
            }));
            from = to;
        }
        Self {
            n_words: frequencies.len(),
            units: Units::of(window),
            tokens: vec![END; window.left()],
            piece,
            blocks,
        }
    }

    /// Adds the pairs of `tokens`: word numbers and [`UNKNOWN`], with [`END`] after each document.
    pub(super) fn add(&mut self, tokens: &[u32]) {
        if self.tokens.len() + tokens.len() > self.piece {
            self.count();
        }
        self.tokens.extend_from_slice(tokens);
    }

    /// Counts the tokens collected so far.
    fn count(&mut self) {
        // A window never goes beyond the list.
        self.tokens
            .resize(self.tokens.len() + self.units.right.len(), END);
        let tokens = &self.tokens;
        let places = Places::of(tokens, self.n_words);
        let next = AtomicUsize::new(0);
        (0..rayon::current_num_threads()).into_par_iter().for_each(|_| {
            let mut counters = Counters::new(self.n_words);
            while let Some(block) = self.blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
                // Each block is taken only once. So no thread waits for it, and none can have left it broken.
                if let Ok(mut block) = block.try_lock() {
                    block.add(tokens, &places, &self.units, &mut counters);
                }
            }
        });
        self.tokens.truncate(self.units.left.len());
    }

    /// The counts as a matrix.
    pub(super) fn finish(mut self) -> Sparse {
        self.count();
        self.tokens = Vec::new();
        let (mut starts, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        let blocks: Vec<Block> = self
            .blocks
            .into_iter()
            .map(|b| b.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        let n = blocks.iter().map(|block| block.columns.len()).sum();
        columns.reserve_exact(n);
        values.reserve_exact(n);
        let one = self.units.one as f64;
        let mut end = 0;
        for block in blocks {
            starts.extend(block.lengths.iter().map(|&n| {
                end += n as usize;
                end
            }));
            columns.extend_from_slice(&block.columns);
            values.extend(block.counts.iter().map(|&count| (count as f64 / one) as f32));
        }
        Sparse {
            n_columns: self.n_words,
            starts,
            columns,
            values,
        }
    }
}

/// The positions of each word.
struct Places {
    /// For each word, where its positions begin.
    starts: Vec<usize>,
    /// The positions of one word after the other, those of each word in order.
    places: Vec<u32>,
}

impl Places {
    fn of(tokens: &[u32], n_words: usize) -> Self {
        let mut starts = vec![0; n_words + 1];
        for &token in tokens {
            if let Some(n) = starts.get_mut((token as usize).saturating_add(1)) {
                *n += 1;
            }
        }
        for i in 0..n_words {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let mut places = vec![0; starts[n_words]];
        for (place, &token) in (0..).zip(tokens) {
            if (token as usize) < n_words {
                let at = &mut next[token as usize];
                places[*at] = place;
                *at += 1;
            }
        }
        Self { starts, places }
    }

    fn of_word(&self, word: usize) -> &[u32] {
        &self.places[self.starts[word]..self.starts[word + 1]]
    }
}

/// One row while it is being counted.
struct Counters {
    /// By column.
    counts: Vec<u64>,
    /// The columns whose count is not 0, followed by room for as many more as there can be.
    seen: Vec<u32>,
    n_seen: usize,
    /// Windows, one after the other.
    windows: Vec<u32>,
}

impl Counters {
    fn new(n: usize) -> Self {
        Self {
            counts: vec![0; n],
            seen: vec![0; n + 1],
            n_seen: 0,
            windows: Vec::new(),
        }
    }

    #[inline]
    fn add(&mut self, column: u32, n: u64) {
        let count = &mut self.counts[column as usize];
        // Without a branch, since for rare words it is as good as random whether a column is new.
        self.seen[self.n_seen] = column;
        self.n_seen += usize::from(*count == 0);
        *count += n;
    }

    /// Counts the words of `tokens` with these weights, up to the end of the document.
    #[inline]
    fn add_side<'a>(&mut self, tokens: impl Iterator<Item = &'a u32>, weights: &[u64]) {
        for (&token, &weight) in tokens.zip(weights) {
            if token == END {
                break;
            }
            if token != UNKNOWN {
                self.add(token, weight);
            }
        }
    }

    /// Counts the windows around `places`.
    fn add_windows(&mut self, tokens: &[u32], places: &[u32], units: &Units) {
        let (left, right) = (units.left.len(), units.right.len());
        let width = left + 1 + right;
        let mut windows = std::mem::take(&mut self.windows);
        for places in places.chunks((FETCHED / width).max(1)) {
            // Each position is a cache miss. If the windows are copied first, they are fetched side by side;
            // if they were counted at once, each would wait for the one before it.
            windows.clear();
            for &place in places {
                windows.extend_from_slice(&tokens[place as usize - left..][..width]);
            }
            for window in windows.chunks_exact(width) {
                self.add_side(window[..left].iter().rev(), &units.left);
                self.add_side(window[left + 1..].iter(), &units.right);
            }
        }
        self.windows = windows;
    }

    /// Appends the row in the order of its columns, and starts an empty one.
    fn empty_into(&mut self, columns: &mut Vec<u32>, counts: &mut Vec<u64>) {
        let seen = &mut self.seen[..self.n_seen];
        seen.sort_unstable();
        columns.extend_from_slice(seen);
        counts.extend(
            seen.iter()
                .map(|&column| std::mem::take(&mut self.counts[column as usize])),
        );
        self.n_seen = 0;
    }
}

impl Block {
    fn add(&mut self, tokens: &[u32], places: &Places, units: &Units, counters: &mut Counters) {
        let old_columns = std::mem::take(&mut self.columns);
        let old_counts = std::mem::take(&mut self.counts);
        let mut old = old_columns.into_iter().zip(old_counts);
        for (row, length) in self.rows.clone().zip(&mut self.lengths) {
            for (column, count) in old.by_ref().take(*length as usize) {
                counters.add(column, count);
            }
            counters.add_windows(tokens, places.of_word(row), units);
            *length = counters.n_seen as u32;
            counters.empty_into(&mut self.columns, &mut self.counts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_divide_every_weight() {
        assert_eq!(
            [1, 2, 3, 5, 10, 22].map(common_multiple),
            [1, 2, 6, 60, 2520, 232_792_560]
        );
        assert_eq!(common_multiple(23), MOST_UNITS);
        let window = Window::new(2, 5).unwrap().weighted(Weight::Inverse);
        let units = Units::of(&window);
        assert_eq!(
            (units.one, units.left, units.right),
            (60, vec![60, 30], vec![60, 30, 20, 15, 12])
        );
        let window = Window::new(2, 3).unwrap().weighted(Weight::Linear);
        let units = Units::of(&window);
        assert_eq!(
            (units.one, units.left, units.right),
            (1, vec![2, 1], vec![3, 2, 1])
        );
    }

    /// If the text is counted in pieces of two documents, what was counted before is read again each time;
    /// the counts are the same.
    #[test]
    fn pieces_are_put_together() {
        let window = Window::new(1, 2).unwrap().weighted(Weight::Inverse);
        let documents = [
            [0, 1, 2, END],
            [2, UNKNOWN, 0, END],
            [1, 1, 2, END],
            [0, 1, 0, END],
            [3, 0, 1, END],
        ];
        let count = |piece| {
            let mut tally = Tally::new(&[4, 4, 3, 1], &window, piece);
            documents.iter().for_each(|document| tally.add(document));
            tally.finish()
        };
        let whole = count(1 << 10);
        assert_eq!(whole, count(9));
        assert_eq!(whole, count(1));
        // 0 before 1 in three documents; 0 two before 0, and after it but out of reach.
        assert_eq!((whole.get(0, 1).unwrap(), whole.get(0, 0).unwrap()), (4.0, 0.5));
    }
}
