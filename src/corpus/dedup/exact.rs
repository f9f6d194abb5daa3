//! Exact copies: documents, and lines.
//!
//! A table keeps a hash of 128 bits for each text that was seen, so memory grows with the number of texts and
//! not with their length. Two different texts among 2³² have the same hash with probability 2⁶⁴/2¹²⁹: it will
//! not happen.
//!
//! Lines are the finer sieve: menus, notices and signatures are the same on pages that differ otherwise.
//! Short lines are left alone, because "}" and "Yes." are not copies of one another.
//!
//! Source: Wenzek et al. (2020), *CCNet*, who do this with paragraphs of web pages.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::Groups;
use crate::plot::{Column, Table};

/// Which of `texts` are exactly the same, apart from white space at the ends.
///
/// ```
/// use course::corpus::dedup::same_documents;
/// let g = same_documents(&["one", "two", "one\n", "two", "One"]);
/// assert_eq!(g.groups(), [vec![0, 2], vec![1, 3]]);
/// ```
pub fn same_documents<S: AsRef<str> + Sync>(texts: &[S]) -> Groups {
    let hash = |text: &S| xxh3_128(text.as_ref().trim().as_bytes());
    let hashes: Vec<u128> = texts.par_iter().with_min_len(64).map(hash).collect();
    let mut first: HashMap<u128, usize> = HashMap::with_capacity(hashes.len());
    let firsts: Vec<usize> = (hashes.into_iter().enumerate())
        .map(|(i, hash)| *first.entry(hash).or_insert(i))
        .collect();
    Groups::of_firsts(&firsts)
}

/// Lines that were repeated. [`without_repeated_lines`] finds them.
#[derive(Clone, PartialEq, Eq)]
pub struct RepeatedLines {
    n_lines: usize,
    n_dropped: usize,
    bytes_dropped: usize,
    /// The lines and how often each occurred, the one with the most dropped bytes first.
    lines: Vec<(String, usize)>,
}

/// `texts` without the lines that occurred before, in the same text or an earlier one. Lines of fewer than
/// `least` characters stay. A text may become empty. White space at the ends of a line makes no difference.
///
/// ```
/// use course::corpus::dedup::without_repeated_lines;
/// let (texts, dropped) = without_repeated_lines(&["Home | About us\nA whale.", "Home | About us\nA ship.\nOh."], 5);
/// assert_eq!(texts, ["Home | About us\nA whale.", "A ship.\nOh."]);
/// assert_eq!(dropped.lines(), [("Home | About us".to_owned(), 2)]);
/// ```
pub fn without_repeated_lines<S: AsRef<str>>(texts: &[S], least: usize) -> (Vec<String>, RepeatedLines) {
    let mut seen: HashMap<u128, usize> = HashMap::new();
    let mut repeated: HashMap<u128, (String, usize)> = HashMap::new();
    let mut counts = RepeatedLines {
        n_lines: 0,
        n_dropped: 0,
        bytes_dropped: 0,
        lines: Vec::new(),
    };
    let mut keep = |line: &str| {
        counts.n_lines += 1;
        let text = line.trim();
        if text.chars().take(least).count() < least || text.is_empty() {
            return true;
        }
        let hash = xxh3_128(text.as_bytes());
        match seen.entry(hash) {
            Entry::Vacant(place) => {
                place.insert(1);
                true
            }
            Entry::Occupied(mut place) => {
                *place.get_mut() += 1;
                repeated.entry(hash).or_insert_with(|| (text.to_owned(), 0)).1 = *place.get();
                counts.n_dropped += 1;
                counts.bytes_dropped += line.len();
                false
            }
        }
    };
    let kept = (texts.iter())
        .map(|text| {
            let text = text.as_ref();
            let mut out: String = text.split_inclusive('\n').filter(|line| keep(line)).collect();
            // A text that did not end with a line end still does not.
            if !text.ends_with('\n') && out.ends_with('\n') {
                out.pop();
            }
            out
        })
        .collect();
    counts.lines = repeated.into_values().collect();
    counts.lines.sort_by(|x, y| {
        ((y.1 - 1) * y.0.len())
            .cmp(&((x.1 - 1) * x.0.len()))
            .then_with(|| x.cmp(y))
    });
    (kept, counts)
}

impl RepeatedLines {
    /// The lines that occurred more than once, with their counts, the one with the most dropped bytes first.
    pub fn lines(&self) -> &[(String, usize)] {
        &self.lines
    }

    /// How many lines were dropped.
    pub fn n_dropped(&self) -> usize {
        self.n_dropped
    }

    /// How many bytes were dropped, line ends included.
    pub fn bytes_dropped(&self) -> usize {
        self.bytes_dropped
    }

    /// How many lines there were in all.
    pub fn n_lines(&self) -> usize {
        self.n_lines
    }

    /// The lines that were dropped, and how often they occurred.
    pub fn table(&self) -> Table {
        Table::new([Column::new("times").grouped(), Column::new("line")])
            .rows((self.lines.iter()).map(|(line, n)| (*n, crate::show::beginning(line, 80))))
            .at_most(20)
            .note(format!(
                "{} of {} lines were there before: {} bytes",
                self.n_dropped, self.n_lines, self.bytes_dropped
            ))
    }
}

crate::show::shown_as_table!(RepeatedLines);
