//! Sequences that occur more than once, of any length, anywhere.
//!
//! Two pages may differ in most of their text and share a paragraph exactly. In the suffix array of all texts
//! the two occurrences are neighbours, and what neighbours have in common is what is repeated.
//!
//! **Finding.** Consider a run of the array in which all neighbours share at least m bytes, and some share no
//! more. It is a sequence of m bytes, with one occurrence for each position in the run. The sequence is worth
//! reporting if it cannot be made longer on either side without losing an occurrence (a *maximal repeat*).
//! Runs are nested, like brackets, so one scan with a stack finds them all.
//!
//! **Cutting.** For each sequence of exactly L bytes that occurs again, the first occurrence is protected and
//! the others are marked. Whatever is marked and not protected is removed, up to the next whole character. So
//! one copy of everything stays. Text of its own that follows a copy stays too. With it may stay up to L - 1
//! bytes of the copy, where these begin something that occurs again elsewhere.
//!
//! Cost: n steps for each. Memory: 4 bytes per byte of text for the array, 4 for the common lengths, and 4
//! for the ranks while the lengths are computed. No sequence crosses from one text into the next: between
//! them is a byte that UTF-8 never uses.
//!
//! Source: Lee et al. (2022), *Deduplicating Training Data Makes Language Models Better*, section 4.1
//! (EXACTSUBSTR, with L = 50 tokens of two bytes); Gusfield (1997), *Algorithms on Strings, Trees, and
//! Sequences*, section 7.12.

use super::lcp::common;
use super::{Groups, SuffixArray};
use crate::plot::{Column, Table};
use crate::show::beginning;
use crate::{Error, Result};

/// The byte between two texts.
const END: u8 = 0xff;

/// Sequences that occur more than once. [`Repeats::find`] finds them.
#[derive(Clone)]
pub struct Repeats {
    text: Vec<u8>,
    /// Where each text ends.
    ends: Vec<usize>,
    array: SuffixArray,
    common: Vec<u32>,
    least: usize,
}

/// One sequence that occurs more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// The sequence. If it begins or ends within a character, that character is left out.
    pub text: String,
    /// How often it occurs.
    pub count: usize,
    /// The text of its first occurrence, and the byte there.
    pub first: (usize, usize),
}

crate::plot::shown_as_record!(Repeat);

/// The bytes before the occurrences of a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    This(u8),
    Different,
}

impl Before {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, x) | (x, Self::Nothing) => x,
            (x, y) if x == y => x,
            _ => Self::Different,
        }
    }
}

impl Repeats {
    /// Finds all sequences of at least `least` bytes that occur more than once in `texts`.
    ///
    /// ```
    /// use course::corpus::dedup::Repeats;
    /// let texts = ["One. All rights reserved by the publisher. Two.", "Ten! All rights reserved by the publisher. Six!"];
    /// let repeats = Repeats::find(&texts, 20)?;
    /// let longest = &repeats.longest(1)[0];
    /// assert_eq!((longest.text.as_str(), longest.count), (" All rights reserved by the publisher. ", 2));
    /// assert_eq!(repeats.cut(), ["One. All rights reserved by the publisher. Two.", "Ten!Six!"]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// `least` is 0, or the texts together have 4 GB or more.
    pub fn find<S: AsRef<str>>(texts: &[S], least: usize) -> Result<Self> {
        if least == 0 {
            return Err(Error::value("the least length", "1 byte or more", "0"));
        }
        let (mut text, mut ends) = (Vec::new(), Vec::with_capacity(texts.len()));
        for t in texts {
            text.extend_from_slice(t.as_ref().as_bytes());
            ends.push(text.len());
            text.push(END);
        }
        let array = SuffixArray::new(&text)?;
        let common = common(&text, &array, END);
        Ok(Self {
            text,
            ends,
            array,
            common,
            least,
        })
    }

    /// The `k` sequences that take the most bytes beyond their first occurrence, the largest first. None is
    /// part of another one in the list. None can be made longer without losing an occurrence.
    pub fn longest(&self, k: usize) -> Vec<Repeat> {
        let mut all = self.maximal();
        let bytes = |&(len, from, to): &(u32, u32, u32)| len as usize * (to - from) as usize;
        all.sort_by(|x, y| bytes(y).cmp(&bytes(x)).then(x.cmp(y)));
        let mut found: Vec<Repeat> = Vec::new();
        for (len, from, to) in all {
            if found.len() == k {
                break;
            }
            let occurrences = &self.array.places()[from as usize..=to as usize];
            let Some(&first) = occurrences.iter().min() else {
                continue;
            };
            let (first, len) = (first as usize, len as usize);
            let text = whole_characters(&self.text[first..first + len]);
            if text.is_empty() || found.iter().any(|f| f.text.contains(text)) {
                continue;
            }
            let document = self.ends.partition_point(|&end| end < first);
            let start = document.checked_sub(1).map_or(0, |d| self.ends[d] + 1);
            found.push(Repeat {
                text: text.to_owned(),
                count: occurrences.len(),
                first: (document, first - start),
            });
        }
        found
    }

    /// Maximal repeats: the length, and the first and last position in the array.
    fn maximal(&self) -> Vec<(u32, u32, u32)> {
        let before = |k: usize| match (self.array.places()[k] as usize).checked_sub(1) {
            Some(i) if self.text[i] != END => Before::This(self.text[i]),
            // At the beginning of a text, no sequence can be extended to the left.
            _ => Before::Different,
        };
        let mut found = Vec::new();
        // Runs that are still open: the common length, the first position, the bytes before.
        let mut open: Vec<(u32, u32, Before)> = vec![(0, 0, Before::Nothing)];
        for k in 1..=self.common.len() {
            let n = self.common.get(k).copied().unwrap_or(0);
            let (mut from, mut left) = (k as u32 - 1, before(k - 1));
            while let Some(top) = open.last_mut() {
                if top.0 < n {
                    break;
                }
                top.2 = top.2.and(left);
                if top.0 == n {
                    left = Before::Nothing;
                    break;
                }
                let (len, first, all) = *top;
                open.pop();
                if len as usize >= self.least && all == Before::Different {
                    found.push((len, first, k as u32 - 1));
                }
                (from, left) = (first, all);
            }
            if open.last().is_none_or(|top| top.0 < n) {
                open.push((n, from, left));
            }
        }
        found
    }

    /// The texts without the sequences that occurred before and have at least the length that was asked for.
    /// A text that is nothing but a copy becomes empty.
    pub fn cut(&self) -> Vec<String> {
        let (mut marked, mut kept) = (vec![false; self.text.len()], vec![false; self.text.len()]);
        let places = self.array.places();
        let mut from = 0;
        // Runs of positions that share at least L bytes; each run has the positions of one sequence of L
        // bytes.
        while from < places.len() {
            let to = (from + 1..places.len())
                .find(|&k| (self.common[k] as usize) < self.least)
                .unwrap_or(places.len());
            if to - from > 1 {
                let first = places[from..to].iter().copied().min().unwrap_or(0);
                for &i in &places[from..to] {
                    let which = if i == first { &mut kept } else { &mut marked };
                    which[i as usize..i as usize + self.least].fill(true);
                }
            }
            from = to;
        }
        let mut start = 0;
        let text = |&end: &usize| {
            let part = start..end;
            start = end + 1;
            let (bytes, gone) = (&self.text[part.clone()], |i: usize| {
                marked[part.start + i] && !kept[part.start + i]
            });
            let text = String::from_utf8_lossy(bytes);
            // A character is removed if all its bytes are.
            (text.char_indices())
                .filter(|(i, c)| !(*i..*i + c.len_utf8()).all(gone))
                .map(|(_, c)| c)
                .collect()
        };
        self.ends.iter().map(text).collect()
    }

    /// The share of bytes that [`Repeats::cut`] removes, from 0 to 1.
    pub fn repeated_share(&self) -> f64 {
        let all: usize = self.text.len() - self.ends.len();
        let left: usize = self.cut().iter().map(String::len).sum();
        if all == 0 {
            0.0
        } else {
            (all - left) as f64 / all as f64
        }
    }

    /// Groups of texts that share a sequence. A text is given by its index in the texts that were searched.
    pub fn groups(&self) -> Groups {
        let document = |place: u32| self.ends.partition_point(|&end| end < place as usize);
        let places = self.array.places();
        let neighbours = (1..places.len())
            .filter(|&k| self.common[k] as usize >= self.least)
            .map(|k| (document(places[k - 1]), document(places[k])));
        Groups::of_pairs(self.ends.len(), neighbours)
    }

    /// The sequences that take the most bytes.
    pub fn table(&self) -> Table {
        let columns = [
            Column::new("times").grouped(),
            Column::new("bytes").grouped(),
            Column::new("sequence"),
        ];
        Table::new(columns)
            .title(format!(
                "Sequences of {} bytes or more that are there more than once",
                self.least
            ))
            .rows((self.longest(20).iter()).map(|r| (r.count, r.text.len(), beginning(&r.text, 80))))
            .note(format!(
                "Cutting all but the first of each takes {:.1} % of the text.",
                100.0 * self.repeated_share()
            ))
    }
}

/// The part of `bytes` that is whole characters; `bytes` is a part of a text.
fn whole_characters(bytes: &[u8]) -> &str {
    let start = bytes.iter().take_while(|&&b| b & 0xc0 == 0x80).count();
    let rest = bytes.get(start..).unwrap_or_default();
    match std::str::from_utf8(rest) {
        Ok(text) => text,
        Err(e) => std::str::from_utf8(&rest[..e.valid_up_to()]).unwrap_or_default(),
    }
}

crate::show::shown_as_table!(Repeats);
