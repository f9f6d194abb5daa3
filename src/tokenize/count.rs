//! Counting the pieces of texts, using all threads. Memory grows with the number of different pieces, not
//! with the length of the text.

use std::ops::Range;

use rayon::prelude::*;
use std::collections::HashMap;

use super::bpe::table::{Key, ShortMap};
use crate::Result;
use crate::corpus::Texts;

/// How many bytes of text one thread counts at a time. This is large enough that handing a batch over costs
/// nothing, and small enough that a file of any size is read in bounded memory.
const BATCH: usize = 1 << 19;

/// Pieces and how often each occurs.
#[derive(Default)]
struct Counter {
    short: Option<ShortMap>,
    long: HashMap<Box<[u8]>, u64>,
}

impl Counter {
    fn add(&mut self, text: &[u8], piece: Range<usize>) {
        match Key::of(text, piece.start, piece.end) {
            Some(key) => {
                *self
                    .short
                    .get_or_insert_with(|| ShortMap::with_capacity(1 << 14))
                    .entry(key) += 1;
            }
            None => match text.get(piece) {
                Some([]) | None => {}
                Some(bytes) => match self.long.get_mut(bytes) {
                    Some(n) => *n += 1,
                    None => drop(self.long.insert(bytes.into(), 1)),
                },
            },
        }
    }

    fn merged(mut self, other: Self) -> Self {
        match (&mut self.short, other.short) {
            (Some(mine), Some(theirs)) => theirs.iter().for_each(|(key, n)| *mine.entry(key) += n),
            (mine @ None, theirs) => *mine = theirs,
            _ => {}
        }
        for (bytes, n) in other.long {
            *self.long.entry(bytes).or_insert(0) += n;
        }
        self
    }
}

/// Texts one after the other in one string.
#[derive(Default)]
struct Batch {
    text: String,
    ends: Vec<usize>,
}

impl Batch {
    fn texts(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().filter_map(move |&end| {
            let text = self.text.get(start..end);
            start = end;
            text
        })
    }
}

/// What is done with a piece: it gets the text that the piece is in, and the piece's range in that text.
type WithPiece<'a> = dyn FnMut(&str, Range<usize>) + 'a;
/// How a text is cut: it gets a text, and what to do with each piece.
type CutInto<'a> = dyn Fn(&str, &mut WithPiece<'_>) + Sync + 'a;

/// Counts the pieces that `cut` finds in each of `texts`. `cut` calls its second argument with a text (the
/// one it was given, or one made from it) and the range of each piece. The order of the result is not
/// defined.
pub(super) fn count_pieces(texts: &dyn Texts, cut: &CutInto<'_>) -> Result<Vec<(Vec<u8>, u64)>> {
    let n_threads = rayon::current_num_threads();
    let mut counters: Vec<Counter> = Vec::new();
    counters.resize_with(n_threads, Counter::default);
    let mut batches: Vec<Batch> = Vec::new();
    let mut count = |batches: &mut Vec<Batch>| {
        (counters.par_iter_mut().zip(batches.par_iter())).for_each(|(counter, batch)| {
            for text in batch.texts() {
                cut(text, &mut |text, piece| counter.add(text.as_bytes(), piece));
            }
        });
        batches.clear();
    };
    texts.each(&mut |text| {
        if batches.last().is_none_or(|b| b.text.len() >= BATCH) {
            if batches.len() == n_threads {
                count(&mut batches);
            }
            batches.push(Batch::default());
        }
        if let Some(batch) = batches.last_mut() {
            batch.text.push_str(text);
            batch.ends.push(batch.text.len());
        }
        Ok(())
    })?;
    count(&mut batches);
    let all = (counters.into_iter()).reduce(Counter::merged).unwrap_or_default();
    let short = all.short.iter().flat_map(ShortMap::iter);
    Ok(short
        .map(|(key, n)| (key.bytes(), n))
        .chain(all.long.into_iter().map(|(bytes, n)| (bytes.into_vec(), n)))
        .collect())
}
