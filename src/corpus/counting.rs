//! Counting the words of texts on all threads.
//!
//! Each thread numbers the words that it meets independently. At the end the words are numbered again, by
//! frequency and then alphabetically. So no table is shared, and the numbers do not show which thread saw a
//! word first.

use rayon::prelude::*;

use super::batches::{Batch, each_group};
use super::index::WordIndex;
use super::{Cut, Document, Texts};
use crate::Result;

/// Words and how often each has been seen.
#[derive(Default)]
pub(super) struct Counter {
    index: WordIndex,
    counts: Vec<u64>,
}

impl Counter {
    pub(super) fn add(&mut self, word: &str, n: u64) {
        let id = self.index.get_or_insert(word) as usize;
        match self.counts.get_mut(id) {
            Some(count) => *count += n,
            None => self.counts.push(n),
        }
    }

    fn add_text(mut self, text: &str, cut: Cut) -> Self {
        let counts = &mut self.counts;
        self.index
            .each_id_or_insert(cut.iter(text), |id| match counts.get_mut(id as usize) {
                Some(count) => *count += 1,
                None => counts.push(1),
            });
        self
    }

    /// The counts of both. The order of the words is not kept.
    fn merged(self, other: Self) -> Self {
        let (mut large, small) = if self.counts.len() < other.counts.len() {
            (other, self)
        } else {
            (self, other)
        };
        for (word, n) in small.index.words().iter().zip(small.counts) {
            large.add(word, n);
        }
        large
    }

    pub(super) fn into_counts(self) -> impl Iterator<Item = (String, u64)> {
        self.index.into_words().into_iter().zip(self.counts)
    }
}

/// Counts the words of documents in memory.
pub(super) fn count_documents(documents: &[Document], cut: Cut) -> Counter {
    (documents.par_iter())
        .fold(Counter::default, |counter, document| {
            counter.add_text(&document.text, cut)
        })
        .reduce(Counter::default, Counter::merged)
}

/// Counts the words of documents that are read one after the other.
pub(super) fn count_texts(texts: &dyn Texts) -> Result<Counter> {
    let cut = texts.cut();
    // One counter for each thread: it counts batch after batch, and the counters are merged once at the end.
    let mut counters: Vec<Counter> = Vec::new();
    each_group(texts, &mut |group: &[Batch]| {
        counters.resize_with(group.len().max(counters.len()), Counter::default);
        counters.par_iter_mut().zip(group).for_each(|(counter, batch)| {
            *counter = batch.documents().fold(std::mem::take(counter), |counter, text| {
                counter.add_text(text, cut)
            });
        });
        Ok(())
    })?;
    Ok(counters.into_iter().reduce(Counter::merged).unwrap_or_default())
}
