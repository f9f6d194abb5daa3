//! How threads share the pairs: blocks of words by blocks of context words; no two threads work in the same
//! row or column at the same time.
//!
//! Words are dealt into `B` blocks like cards, word i into block i mod B, so that each block has its share of
//! the frequent words. The matrix falls into B × B tiles, and an epoch goes through it in B rounds. Round r
//! has the tile `(i, i + r mod B)` for each i.
//!
//! ```text
//!     B = 3       round 0   round 1   round 2
//!                 x . .     . x .     . . x
//!                 . x .     . . x     x . .
//!                 . . x     x . .     . x .
//! ```
//!
//! The tiles of a round share neither words nor context words. So threads work on them without locks and
//! without races. The result depends only on the order within a tile, and the bytes are the same with any
//! number of threads (Gemulla, Nijkamp, Haas and Sismanis 2011, "Large-Scale Matrix Factorization with
//! Distributed Stochastic Gradient Descent"). In a tile, all pairs of a word come one after the other, so
//! that the row of the word stays in the nearest cache; a block of context words is small enough for the next
//! cache. The rounds, the words of a tile and the pairs of a word are put in a new order in each epoch.
//!
//! The price: at most B threads have work at a time.
//!
//! word2vec, by contrast, has races, and its bytes change from run to run on several threads. Fifteen epochs
//! over the corpus of `benches/`, counting included, take 12.6 seconds of processor time, and 6.8 on the
//! clock with two threads.

use ndarray::Array2;
use rand::seq::SliceRandom as _;
use rayon::prelude::*;

use super::Glove;
use super::step::{LANES, Lanes, NEVER, Pair, steps};
use crate::count::Sparse;
use crate::loss::glove_weight;
use crate::rng::stream;

/// With this many blocks, 30,000 words of 100 numbers take 840 kB a block, for vectors and sums.
const MOST: usize = 32;

/// A block of fewer words is not worth a thread.
const WORDS_A_BLOCK: usize = 64;

/// The pairs of a block of words with a block of context words.
#[derive(Default)]
struct Tile {
    /// For each word: its index in its block, and where its pairs are.
    words: Vec<(u32, u32, u32)>,
    pairs: Vec<Pair>,
}

pub(super) struct Blocks {
    n_words: usize,
    d: usize,
    /// Lanes of a vector.
    n: usize,
    /// The rows of each block of words: `2n` lanes each.
    words: Vec<Vec<Lanes>>,
    /// Block `offset + i mod B` of the context words is at index i.
    contexts: Vec<Vec<Lanes>>,
    offset: usize,
    /// Tile `(i, i + r mod B)` at `[r][i]`.
    rounds: Vec<Vec<Tile>>,
    n_pairs: usize,
}

impl Blocks {
    /// In `words` and `contexts`, the last column has the bias of each word.
    pub(super) fn new(counts: &Sparse, words: &Array2<f32>, contexts: &Array2<f32>, options: &Glove) -> Self {
        let (n_words, d) = (words.nrows(), words.ncols() - 1);
        let b = (n_words / WORDS_A_BLOCK).clamp(1, MOST);
        let n = (d + 2).div_ceil(LANES);
        let mut rounds: Vec<Vec<Tile>> = (0..b)
            .map(|_| (0..b).map(|_| Tile::default()).collect())
            .collect();
        let mut n_pairs = 0;
        for (i, (columns, values)) in counts.iter_rows().enumerate() {
            let (block, place) = (i % b, (i / b) as u32);
            for (&j, &x) in columns.iter().zip(values) {
                if x <= 0.0 {
                    continue;
                }
                let j = j as usize;
                let tile = &mut rounds[(j % b + b - block) % b][block];
                let at = tile.pairs.len() as u32;
                match tile.words.last_mut() {
                    Some((last, _, end)) if *last == place => *end = at + 1,
                    _ => tile.words.push((place, at, at + 1)),
                }
                tile.pairs.push(Pair {
                    column: (j / b) as u32,
                    log: x.ln(),
                    weight: glove_weight(x, options.x_max, options.power),
                });
                n_pairs += 1;
            }
        }
        Self {
            n_words,
            d,
            n,
            words: blocks(words, b, n, 0),
            contexts: blocks(contexts, b, n, 1),
            offset: 0,
            rounds,
            n_pairs,
        }
    }

    /// The rows of all words and all context words, as they are in memory, vectors and sums: see `step.rs`.
    pub(super) fn rows(&self) -> (Array2<f32>, Array2<f32>) {
        let b = self.words.len();
        let of = |blocks: &[Vec<Lanes>], offset: usize| {
            Array2::from_shape_fn(self.shape(), |(i, k)| {
                blocks[(i % b + b - offset) % b][i / b * 2 * self.n + k / LANES][k % LANES]
            })
        };
        (of(&self.words, 0), of(&self.contexts, self.offset))
    }

    /// The shape of each of the two arrays that [`rows`](Self::rows) returns.
    pub(super) fn shape(&self) -> (usize, usize) {
        (self.n_words, 2 * self.n * LANES)
    }

    /// Takes over what [`rows`](Self::rows) returned after the given number of epochs: the pairs are put in
    /// the order that they had then.
    pub(super) fn go_on(&mut self, words: &Array2<f32>, contexts: &Array2<f32>, epochs: u64, seed: u64) {
        let (b, n) = (self.words.len(), self.n);
        for (rows, blocks) in [(words, &mut self.words), (contexts, &mut self.contexts)] {
            for ((i, k), &x) in rows.indexed_iter() {
                blocks[i % b][i / b * 2 * n + k / LANES][k % LANES] = x;
            }
        }
        self.offset = 0;
        for epoch in 0..epochs {
            self.go_through(epoch, None, seed);
        }
    }

    /// Goes through all pairs once and returns their mean loss.
    pub(super) fn epoch(&mut self, epoch: u64, learning_rate: f32, seed: u64) -> f64 {
        self.go_through(epoch, Some(learning_rate), seed)
    }

    /// One epoch. Without a learning rate, only the order of the pairs changes as it would in the epoch.
    fn go_through(&mut self, epoch: u64, learning_rate: Option<f32>, seed: u64) -> f64 {
        let (n, b) = (self.n, self.words.len());
        let mut order: Vec<usize> = (0..b).collect();
        order.shuffle(&mut stream(seed, epoch << 32));
        let mut loss = 0.0;
        for (at, round) in order.into_iter().enumerate() {
            if learning_rate.is_some() {
                self.contexts.rotate_left((round + b - self.offset) % b);
                self.offset = round;
            }
            let losses: Vec<f64> = (self.words.par_iter_mut())
                .zip(&mut self.contexts)
                .zip(&mut self.rounds[round])
                .enumerate()
                .map(|(block, ((words, contexts), tile))| {
                    let mut rng = stream(seed, epoch << 32 | (1 + at * b + block) as u64);
                    tile.words.shuffle(&mut rng);
                    let mut loss = 0.0;
                    for &(place, from, to) in &tile.words {
                        let pairs = &mut tile.pairs[from as usize..to as usize];
                        pairs.shuffle(&mut rng);
                        if let Some(rate) = learning_rate {
                            let row = &mut words[place as usize * 2 * n..][..2 * n];
                            loss += steps(row, contexts, n, pairs, rate);
                        }
                    }
                    loss
                })
                .collect();
            loss += losses.iter().sum::<f64>();
        }
        loss / self.n_pairs.max(1) as f64
    }

    /// The words and the context words, as [`Blocks::new`] takes them.
    pub(super) fn matrices(mut self) -> (Array2<f32>, Array2<f32>) {
        self.contexts.rotate_right(self.offset);
        let of = |blocks: &[Vec<Lanes>], number: usize| {
            let b = blocks.len();
            Array2::from_shape_fn((self.n_words, self.d + 1), |(i, k)| {
                let k = if k < self.d { k } else { self.d + number };
                blocks[i % b][i / b * 2 * self.n + k / LANES][k % LANES]
            })
        };
        (of(&self.words, 0), of(&self.contexts, 1))
    }
}

/// Deals the rows of `matrix` into `b` blocks. Of columns `d` and `d + 1`, column `d + number` has the bias
/// of the word, and the other has the one that never moves.
fn blocks(matrix: &Array2<f32>, b: usize, n: usize, number: usize) -> Vec<Vec<Lanes>> {
    let d = matrix.ncols() - 1;
    let rows = |block: usize| {
        let mut lanes = Vec::new();
        for i in (block..matrix.nrows()).step_by(b) {
            let mut row = vec![[0.0; LANES]; n];
            row.resize(2 * n, [1.0; LANES]);
            let flat = row.as_flattened_mut();
            flat[..d]
                .iter_mut()
                .zip(matrix.row(i))
                .for_each(|(to, x)| *to = *x);
            let one = d + 1 - number;
            flat[d + number] = matrix[[i, d]];
            flat[one] = 1.0;
            flat[n * LANES + one] = NEVER;
            lanes.extend(row);
        }
        lanes
    };
    (0..b).map(rows).collect()
}
