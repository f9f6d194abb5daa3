//! The suffix array: where each suffix of a text begins, in alphabetical order of the suffixes.
//!
//! ```text
//! banana:  5 a   3 ana   1 anana   0 banana   4 na   2 nana        suffix array 5 3 1 0 4 2
//! ```
//!
//! All occurrences of a sequence are next to each other in it, because all suffixes that begin with the
//! sequence are. Sorting the suffixes by comparing them takes n² steps or more on a text that repeats itself,
//! and that is the kind of text we look for. Induced sorting (SA-IS) takes linear time:
//!
//! 1. A suffix is *small* (S) if it sorts before the suffix that begins one position later, otherwise *large*
//!    (L). A position is a *low point* if it is S and the position before it is L. At most every other
//!    position is one.
//! 2. If the suffixes at low points are in order, two scans put the others in order. From left to right:
//!    whenever position i is met in the array and i-1 is L, i-1 goes to the next free slot at the front of
//!    its letter's bucket. It belongs there because its suffix is that letter followed by suffix i, and no
//!    smaller L suffix of that letter is left. From right to left, each S goes to the back of its bucket in
//!    the same way.
//! 3. To put the low points in order, the same two scans run once on low points in any order. That sorts the
//!    *pieces* from one low point to the next. Equal pieces get equal names. The names are a text of at most
//!    half the length, and its suffix array, computed by the same algorithm, is the order of the low points.
//!
//! Cost: n steps at the top level, then n/2, n/4, …: 2n in all. Memory: 4n for the array, and 4n + n + n/8 of
//! working space at the top level.
//!
//! Source: Nong, Zhang and Chan (2009), *Linear Suffix Array Construction by Almost Pure Induced-Sorting*.

use crate::{Error, Result};

/// No position.
const NONE: u32 = u32::MAX;

/// Where each suffix of a text begins, in alphabetical order. The order compares bytes, and a suffix comes
/// before a longer one that begins with it.
#[derive(Clone, PartialEq, Eq)]
pub struct SuffixArray(Vec<u32>);

crate::show::shown_as_line!(SuffixArray, |this| {
    format!("A suffix array of {} positions", this.0.len())
});

impl SuffixArray {
    /// The suffix array of `text`.
    ///
    /// ```
    /// use course::corpus::dedup::SuffixArray;
    /// assert_eq!(SuffixArray::new(b"banana")?.places(), [5, 3, 1, 0, 4, 2]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// The text has 4 GB or more: a position has 32 bits.
    pub fn new(text: &[u8]) -> Result<Self> {
        if text.len() >= NONE as usize {
            let got = format!("{} bytes", text.len());
            return Err(Error::value("the text", "less than 4 GB", got));
        }
        Ok(Self(sorted(text, 256)))
    }

    /// The positions, in the order of the suffixes that begin there.
    pub fn places(&self) -> &[u32] {
        &self.0
    }

    /// The range of the array whose suffixes begin with `sequence`. The length of the range is the number of
    /// occurrences of the sequence.
    ///
    /// ```
    /// use course::corpus::dedup::SuffixArray;
    /// let a = SuffixArray::new(b"banana")?;
    /// assert_eq!(a.find(b"banana", b"ana"), 1..3);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn find(&self, text: &[u8], sequence: &[u8]) -> std::ops::Range<usize> {
        let start = |&place: &u32| {
            let suffix = text.get(place as usize..).unwrap_or_default();
            &suffix[..suffix.len().min(sequence.len())]
        };
        let first = self.0.partition_point(|place| start(place) < sequence);
        let n = self.0[first..].partition_point(|place| start(place) == sequence);
        first..first + n
    }
}

/// A letter of a text.
trait Letter: Copy + Ord {
    fn index(self) -> usize;
}

impl Letter for u8 {
    fn index(self) -> usize {
        usize::from(self)
    }
}

impl Letter for u32 {
    fn index(self) -> usize {
        self as usize
    }
}

/// The text, with what the scans need to know about it.
struct Parts<'a, T> {
    text: &'a [T],
    small: Vec<bool>,
    /// For each letter, where its bucket begins, and where the S suffixes in it begin. There is one extra
    /// letter at the end.
    large_from: Vec<u32>,
    small_from: Vec<u32>,
}

/// The suffix array of a text of letters below `n_letters`.
fn sorted<T: Letter>(text: &[T], n_letters: usize) -> Vec<u32> {
    let n = text.len();
    let parts = Parts::new(text, n_letters);
    let is_low = |i: usize| i > 0 && parts.small[i] && !parts.small[i - 1];
    let low: Vec<u32> = (0..n as u32).filter(|&i| is_low(i as usize)).collect();
    let mut array = vec![NONE; n];
    parts.induce(&low, &mut array);
    if low.len() < 2 {
        return array;
    }
    // The low points in the order of their pieces. Then each piece gets its name.
    let by_piece: Vec<u32> = (array.iter().copied()).filter(|&i| is_low(i as usize)).collect();
    let number = |place: u32| low.partition_point(|&p| p < place);
    // Two low points are never adjacent, so half the position identifies them.
    let mut name_at = vec![NONE; n / 2 + 1];
    let (mut name, mut before) = (0, None);
    for &place in &by_piece {
        let i = number(place);
        // A piece ends with the next low point; the last one ends with the text.
        let end = low.get(i + 1).map_or(n, |&p| p as usize + 1);
        let piece = &text[place as usize..end];
        let last = i + 1 == low.len();
        if before.is_some_and(|b| b != (piece, last)) {
            name += 1;
        }
        before = Some((piece, last));
        name_at[place as usize / 2] = name;
    }
    let names: Vec<u32> = low.iter().map(|&place| name_at[place as usize / 2]).collect();
    drop(name_at);
    let order: Vec<u32> = if name as usize + 1 == low.len() {
        by_piece
    } else {
        (sorted(&names, name as usize + 1).into_iter())
            .map(|i| low[i as usize])
            .collect()
    };
    parts.induce(&order, &mut array);
    array
}

impl<'a, T: Letter> Parts<'a, T> {
    fn new(text: &'a [T], n_letters: usize) -> Self {
        let n = text.len();
        let mut small = vec![false; n];
        for i in (0..n.saturating_sub(1)).rev() {
            small[i] = text[i] < text[i + 1] || (text[i] == text[i + 1] && small[i + 1]);
        }
        let (mut large_from, mut small_from) = (vec![0; n_letters + 1], vec![0; n_letters + 1]);
        for (letter, &small) in text.iter().zip(&small) {
            if small {
                large_from[letter.index() + 1] += 1;
            } else {
                small_from[letter.index()] += 1;
            }
        }
        // A bucket begins where the previous one ends; its S suffixes come after its L suffixes.
        for c in 0..=n_letters {
            small_from[c] += large_from[c];
            if c < n_letters {
                large_from[c + 1] += small_from[c];
            }
        }
        Self {
            text,
            small,
            large_from,
            small_from,
        }
    }

    /// Puts `low` at the S ends of the buckets in this order, and derives the order of the others.
    fn induce(&self, low: &[u32], array: &mut [u32]) {
        let letter = |i: u32| self.text[i as usize].index();
        let put = |array: &mut [u32], at: &mut u32, i: u32| {
            array[*at as usize] = i;
            *at += 1;
        };
        array.fill(NONE);
        let mut next = self.small_from.clone();
        for &i in low {
            put(array, &mut next[letter(i)], i);
        }
        next.clone_from(&self.large_from);
        // The suffix of one letter is L and the first of its bucket, because nothing follows it.
        if let Some(last) = self.text.len().checked_sub(1) {
            put(array, &mut next[letter(last as u32)], last as u32);
        }
        for at in 0..array.len() {
            let i = array[at];
            if i != NONE && i > 0 && !self.small[i as usize - 1] {
                put(array, &mut next[letter(i - 1)], i - 1);
            }
        }
        // From the back: each bucket is filled from where the next one begins.
        next.clone_from(&self.large_from);
        for at in (0..array.len()).rev() {
            let i = array[at];
            if i != NONE && i > 0 && self.small[i as usize - 1] {
                let end = &mut next[letter(i - 1) + 1];
                *end -= 1;
                array[*end as usize] = i - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(text: &[u8]) -> Vec<u32> {
        let mut all: Vec<u32> = (0..text.len() as u32).collect();
        all.sort_by_key(|&i| &text[i as usize..]);
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_is_the_sorted_suffixes(text in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..60),
            prop::collection::vec(0_u8..2, 0..60),
            prop::collection::vec(0_u8..3, 0..200),
            (prop::collection::vec(0_u8..3, 1..6), 1_usize..40).prop_map(|(w, n)| w.repeat(n)),
        ]) {
            let array = SuffixArray::new(&text).unwrap();
            prop_assert_eq!(array.places(), naive(&text));
        }

        #[test]
        fn a_sequence_is_where_it_is(text in prop::collection::vec(0_u8..2, 0..40), sequence in prop::collection::vec(0_u8..2, 1..5)) {
            let array = SuffixArray::new(&text).unwrap();
            let mut found = array.places()[array.find(&text, &sequence)].to_vec();
            found.sort_unstable();
            let expected: Vec<u32> = (0..text.len() as u32).filter(|&i| text[i as usize..].starts_with(&sequence)).collect();
            prop_assert_eq!(found, expected);
        }
    }

    /// Words that use every level of the recursion: Fibonacci words, in which the piece of each low point
    /// occurs again and again.
    #[test]
    fn words_that_repeat_themselves_on_every_scale() {
        let (mut a, mut b) = (b"a".to_vec(), b"ab".to_vec());
        for _ in 0..14 {
            let next = [b.clone(), a].concat();
            (a, b) = (b, next);
            assert_eq!(SuffixArray::new(&b).unwrap().places(), naive(&b));
        }
        assert!(b.len() > 900);
    }
}
