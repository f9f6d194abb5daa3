//! A text as the set of its shingles, which are all its runs of k words. Two texts are alike as far as they
//! share shingles.
//!
//! ```text
//! J(A, B) = |A ∩ B| / |A ∪ B|
//! ```
//!
//! is Jaccard's similarity of two sets: 1 for equal sets, 0 for sets without a common element. With k = 1 it
//! would compare vocabularies. With k = 3 one changed word costs three shingles, and two texts on the same
//! subject have few in common. A shingle is kept as a hash of 64 bits, made from the hashes of its words, so
//! each word is hashed once.
//!
//! Source: Broder (1997), *On the Resemblance and Containment of Documents*.

use xxhash_rust::xxh3::xxh3_64;

use crate::corpus::Cut;

/// An odd number with well mixed bits (2⁶⁴ over the golden ratio), which takes a hash on to the next word.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The shingles of `k` words of `text` as numbers, sorted, without repetition. A text with fewer words has
/// one shingle with all of them; a text without words has none.
///
/// ```
/// use course::corpus::{Cut, dedup::{jaccard, shingles}};
/// let a = shingles("the cat sat on the mat", 3, Cut::Words);
/// let b = shingles("the cat sat on a mat", 3, Cut::Words);
/// assert_eq!(a.len(), 4);
/// assert_eq!(jaccard(&a, &b), 2.0 / 6.0); // "the cat sat", "cat sat on" of six
/// ```
pub fn shingles(text: &str, k: usize, cut: Cut) -> Vec<u64> {
    let mut words = Vec::new();
    let mut out = Vec::new();
    push_shingles(text, k, cut, &mut words, &mut out);
    out
}

/// The same, appended to `out`. `words` is scratch space for the hashes of words.
pub(super) fn push_shingles(text: &str, k: usize, cut: Cut, words: &mut Vec<u64>, out: &mut Vec<u64>) {
    words.clear();
    words.extend(cut.iter(text).map(|word| xxh3_64(word.as_bytes())));
    out.clear();
    match words.len() {
        0 => {}
        n if n < k.max(1) => out.push(joined(words)),
        _ => out.extend(words.windows(k.max(1)).map(joined)),
    }
    out.sort_unstable();
    out.dedup();
}

/// A hash of words in this order.
#[inline]
fn joined(words: &[u64]) -> u64 {
    let mixed = |hash: u64, word: &u64| {
        let x = (hash ^ word).wrapping_mul(STEP);
        x ^ (x >> 29)
    };
    words.iter().fold(words.len() as u64, mixed)
}

/// Jaccard's similarity of two sets, given as sorted numbers without repetition; 1 if both are empty.
pub fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        both += usize::from(x == y);
    }
    match a.len() + b.len() - both {
        0 => 1.0,
        either => both as f64 / either as f64,
    }
}
