//! The fast sampler: the same conditional as [`PlainGibbs`](super::PlainGibbs), many topics at once, in
//! parallel.
//!
//! The documents are cut into blocks of about equal length. In a sweep each block works on its own copy of
//! the word counts. The copy is exact within the block, but does not see what the other blocks change
//! meanwhile. After the sweep the changes are added up (AD-LDA: Newman, Asuncion, Smyth and Welling 2009,
//! "Distributed algorithms for topic models"). The number of blocks depends on the length of the text alone,
//! and each block has its own random numbers, so the result does not depend on the number of threads. A short
//! text is one block, and then this is exactly collapsed Gibbs sampling.
//!
//! Time: about `K` vector lanes for each position (see `kernel.rs`). Memory: 4 bytes for each word, topic and
//! block, and 2 bytes for each position.

mod checkpoint;
mod kernel;
mod train;

use std::ops::Range;

use rand::RngCore;
use rayon::prelude::*;

use super::estimates::{phi, theta as theta_of, topic_counts};
use super::{Lda, TopicDocs, TopicModel, alpha};
use crate::rng::stream;
use crate::{Error, Result};
use kernel::{Block, LANES, mix};

/// A block has at least about this many words, so that copying the counts does not take longer than the work.
const LEAST_BLOCK: usize = 200_000;
/// More blocks would take more memory and see less of each other.
const MOST_BLOCKS: usize = 8;
/// Up to here a count is exact in `f32`.
const MOST_COUNT: u64 = 1 << 24;
/// A topic is a number of 16 bits.
const MOST_TOPICS: usize = 1 << 16;
/// Between two renewals, the share of the words that a topic has changes on average by less than one part in
/// this many.
const PRECISION: usize = 1000;
/// Documents whose topics are counted by one thread.
const PIECE: usize = 4096;

/// A sampler between two sweeps. It owns its documents, and can be stopped, written to a file and read again.
///
/// ```
/// use course::topic::{Gibbs, Lda, bars};
/// let docs = bars(50, 30, 1)?.docs;
/// let mut sampler = Gibbs::new(&Lda { n_topics: 10, ..Lda::default() }, &docs)?;
/// for _ in 0..20 {
///     sampler.sweep();
/// }
/// assert_eq!((sampler.sweeps_done(), sampler.model()?.n_topics()), (20, 10));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone)]
pub struct Gibbs {
    settings: Lda,
    docs: TopicDocs,
    /// z: a topic for each position.
    topics: Vec<u16>,
    /// n_wk: V rows of `width`.
    rows: Vec<f32>,
    /// n_k.
    totals: Vec<i64>,
    alpha: Vec<f32>,
    width: usize,
    sweeps: usize,
    /// The documents of each block.
    blocks: Vec<Range<usize>>,
    /// A copy of `rows` for each block; empty if there is only one block.
    copies: Vec<Vec<f32>>,
}

impl Gibbs {
    /// Draws a topic at random for each position.
    ///
    /// # Errors
    /// There is no word; a setting is not valid; or a word occurs more than 16,777,216 times, or a document
    /// is longer than that.
    pub fn new(settings: &Lda, docs: &TopicDocs) -> Result<Self> {
        let mut first = stream(settings.seed, 0);
        let key = first.next_u64();
        let n = settings.n_topics.max(1) as u64;
        let topics = (0..docs.tokens() as u64)
            .map(|i| (mix(key, i) % n) as u16)
            .collect();
        Self::with_topics(settings, docs, topics, vec![settings.alpha; settings.n_topics], 0)
    }

    fn with_topics(
        settings: &Lda,
        docs: &TopicDocs,
        topics: Vec<u16>,
        alpha: Vec<f32>,
        sweeps: usize,
    ) -> Result<Self> {
        docs.require_words()?;
        settings.check()?;
        if settings.n_topics > MOST_TOPICS {
            return Err(Error::value(
                "the number of topics",
                format!("at most {MOST_TOPICS}"),
                settings.n_topics,
            ));
        }
        let width = settings.n_topics.next_multiple_of(LANES);
        let n_words = docs.vocabulary().len();
        let mut times = vec![0_u64; n_words];
        docs.words().iter().for_each(|&w| times[w as usize] += 1);
        if let Some(w) = times.iter().position(|&n| n > MOST_COUNT) {
            let expected = format!("each word at most {MOST_COUNT} times");
            let got = format!("{:?} {} times", docs.vocabulary().words()[w], times[w]);
            return Err(Error::value("the documents of a topic model", expected, got));
        }
        if let Some(n) = docs.iter().map(<[u32]>::len).find(|&n| n as u64 > MOST_COUNT) {
            let (expected, got) = (
                format!("at most {MOST_COUNT} words each"),
                format!("one with {n}"),
            );
            return Err(Error::value("the documents of a topic model", expected, got));
        }
        let n_blocks = settings.blocks.unwrap_or_else(|| {
            let n = (docs.tokens() / LEAST_BLOCK).clamp(1, MOST_BLOCKS);
            1 << n.ilog2() // a power of two, so that threads have equally much to do
        });
        let blocks = docs.blocks(n_blocks);
        let mut sampler = Self {
            settings: settings.clone(),
            docs: docs.clone(),
            topics,
            rows: vec![0.0; n_words * width],
            totals: vec![0; settings.n_topics],
            alpha,
            width,
            sweeps,
            copies: if blocks.len() == 1 {
                Vec::new()
            } else {
                vec![Vec::new(); blocks.len()]
            },
            blocks,
        };
        for (&word, &topic) in docs.words().iter().zip(&sampler.topics) {
            sampler.rows[word as usize * width + usize::from(topic)] += 1.0;
            sampler.totals[usize::from(topic)] += 1;
        }
        Ok(sampler)
    }

    /// Draws the topic of each position again.
    pub fn sweep(&mut self) {
        let renew = (self.docs.tokens() / (self.settings.n_topics * PRECISION)).clamp(1, 64);
        let starts = self.docs.starts();
        let key = |block: usize| {
            let piece = self.sweeps * MOST_TOPICS + block + 1;
            stream(self.settings.seed, piece as u64).next_u64()
        };
        let (alpha, eta, width) = (&self.alpha[..], self.settings.eta, self.width);
        if let [all] = self.blocks.as_slice() {
            let mut block = Block {
                words: self.docs.words(),
                starts: &starts[all.start..=all.end],
                topics: &mut self.topics,
                rows: &mut self.rows,
                totals: &mut self.totals,
                alpha,
                eta,
                width,
                key: key(0),
                renew,
            };
            kernel::sweep(&mut block);
        } else {
            let mut rest = &mut self.topics[..];
            let mut work = Vec::new();
            for (b, (documents, copy)) in self.blocks.iter().zip(&mut self.copies).enumerate() {
                let (from, to) = (starts[documents.start], starts[documents.end]);
                let (topics, others) = rest.split_at_mut(to - from);
                rest = others;
                work.push((documents.clone(), from..to, topics, copy, key(b)));
            }
            let (rows, totals) = (&self.rows, &self.totals);
            work.into_par_iter()
                .with_max_len(1)
                .for_each(|(documents, places, topics, copy, key)| {
                    copy.clear();
                    copy.extend_from_slice(rows);
                    let mut block = Block {
                        words: &self.docs.words()[places],
                        starts: &starts[documents.start..=documents.end],
                        topics,
                        rows: copy,
                        totals: &mut totals.clone(),
                        alpha,
                        eta,
                        width,
                        key,
                        renew,
                    };
                    kernel::sweep(&mut block);
                });
            self.merge();
        }
        self.sweeps += 1;
        let learn = self.settings.learn_alpha;
        if alpha::is_due(learn, self.sweeps) {
            let counts = self.document_counts();
            self.alpha = alpha::learn(learn, &self.alpha, &counts);
        }
    }

    /// Adds up what the blocks have changed. No word changes more often than it occurs, so all sums are whole
    /// numbers that `f32` represents exactly, and their order does not matter.
    fn merge(&mut self) {
        let (width, copies) = (self.width, &self.copies);
        let n_topics = self.totals.len();
        let piece = 256 * width;
        let totals = self.rows.par_chunks_mut(piece).enumerate().map(|(i, rows)| {
            let mut changes = vec![0.0; rows.len()];
            for copy in copies {
                for ((change, new), old) in changes.iter_mut().zip(&copy[i * piece..]).zip(&*rows) {
                    *change += new - old;
                }
            }
            rows.iter_mut().zip(&changes).for_each(|(x, change)| *x += change);
            let mut totals = vec![0_i64; n_topics];
            for row in rows.chunks(width) {
                totals
                    .iter_mut()
                    .zip(row)
                    .for_each(|(total, n)| *total += *n as i64);
            }
            totals
        });
        let add = |mut a: Vec<i64>, b: Vec<i64>| {
            a.iter_mut().zip(b).for_each(|(x, y)| *x += y);
            a
        };
        self.totals = totals.reduce(|| vec![0; n_topics], add);
    }

    /// n_dk for each document: the topics that occur in it, with their counts.
    fn document_counts(&self) -> Vec<Vec<(u16, u32)>> {
        let ends: Vec<&[usize]> = self.docs.starts().windows(2).collect();
        let of_one = |ends: &&[usize]| topic_counts(&self.topics[ends[0]..ends[1]]);
        ends.par_iter().with_min_len(PIECE).map(of_one).collect()
    }

    /// The model with the topics as they are now.
    ///
    /// # Errors
    /// Never for a valid sampler: its numbers are finite.
    pub fn model(&self) -> Result<TopicModel> {
        let k = self.settings.n_topics;
        let phi = phi(&self.rows, self.width, &self.totals, self.settings.eta.into()); // (V, K)
        let sum: f32 = self.alpha.iter().sum();
        let mut theta = vec![0.0_f32; self.docs.len() * k]; // (n_docs, K)
        for ((row, counts), document) in theta
            .chunks_mut(k)
            .zip(self.document_counts())
            .zip(self.docs.iter())
        {
            theta_of(row, &counts, document.len(), &self.alpha, sum);
        }
        let tokens = self.docs.tokens() as f64;
        let share = self.totals.iter().map(|&n| (n as f64 / tokens) as f32).collect();
        TopicModel::new(
            self.docs.vocabulary().clone(),
            self.alpha.clone(),
            phi,
            theta,
            share,
        )
    }

    /// exp(−mean log P(word | document)) of the words that the model is trained on, with the counts as they
    /// are now. It falls while topics form.
    pub fn training_perplexity(&self) -> f64 {
        let (width, k) = (self.width, self.settings.n_topics);
        let eta = self.settings.eta;
        let n_words = self.docs.vocabulary().len() as f32;
        let inverse: Vec<f32> = self
            .totals
            .iter()
            .map(|&n| 1.0 / (n as f32 + n_words * eta))
            .collect();
        let sum: f32 = self.alpha.iter().sum();
        let ends: Vec<&[usize]> = self.docs.starts().windows(2).collect();
        let of_piece = |ends: &[&[usize]]| {
            let mut theta = vec![0.0_f32; k];
            let mut log = 0.0_f64;
            for ends in ends {
                theta.copy_from_slice(&self.alpha);
                self.topics[ends[0]..ends[1]]
                    .iter()
                    .for_each(|&t| theta[usize::from(t)] += 1.0);
                for &word in &self.docs.words()[ends[0]..ends[1]] {
                    let row = &self.rows[word as usize * width..][..k];
                    let p: f32 = theta
                        .iter()
                        .zip(row)
                        .zip(&inverse)
                        .map(|((t, n), i)| t * (n + eta) * i)
                        .sum();
                    log += f64::from(p / ((ends[1] - ends[0]) as f32 + sum)).ln();
                }
            }
            log
        };
        let logs: Vec<f64> = ends.par_chunks(PIECE).map(of_piece).collect();
        (-logs.iter().sum::<f64>() / self.docs.tokens() as f64).exp()
    }

    /// How many sweeps have been made.
    pub fn sweeps_done(&self) -> usize {
        self.sweeps
    }

    /// The topic of each position, document after document.
    pub fn topics(&self) -> &[u16] {
        &self.topics
    }

    /// α of each topic: as it was set, or learned.
    pub fn alpha(&self) -> &[f32] {
        &self.alpha
    }
}

crate::show::shown_as_line!(Gibbs, |this| {
    format!(
        "Gibbs sampler of {} topics after {} sweeps over {}",
        this.settings.n_topics, this.sweeps, this.docs
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topic::bars;

    /// Counts near the largest that are allowed, whatever the number of blocks: `f32` cannot represent three
    /// times 2²⁴ and a bit.
    #[test]
    fn large_counts_are_added_up_exactly() {
        let docs = bars(20, 30, 1).unwrap().docs;
        let settings = Lda {
            n_topics: 2,
            blocks: Some(8),
            ..Lda::default()
        };
        let mut sampler = Gibbs::new(&settings, &docs).unwrap();
        sampler.sweep();
        for (n, changes) in [
            (2_500_001, [0; 8]),
            (16_000_001, [1, -3, 0, 700_000, 5, -1, 2, 0]),
        ] {
            sampler.rows.fill(0.0);
            sampler.rows[0] = n as f32;
            for (copy, change) in sampler.copies.iter_mut().zip(changes) {
                copy.fill(0.0);
                copy[0] = (n + change) as f32;
            }
            sampler.merge();
            let expected = i64::from(n + changes.iter().sum::<i32>());
            assert_eq!((sampler.rows[0] as i64, sampler.totals[0]), (expected, expected));
        }
    }
}
