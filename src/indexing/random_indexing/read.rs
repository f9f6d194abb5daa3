//! Reading texts: the fast form.
//!
//! A group of documents becomes a list of word numbers. A counting sort finds the positions of each word. The
//! threads then share out the words, not the text. So each context vector is visited once per group and stays
//! in the cache, every sum is added up in the text's order whatever the number of threads, and no thread
//! needs vectors of its own.

use std::collections::HashMap;

use rayon::prelude::*;

use super::index_vector::index_vector;
use super::{Context, RandomIndex};
use crate::Result;
use crate::corpus::{Batch, Cut, Texts, Window, each_group};

/// Marks the end of a document.
const END: u32 = u32::MAX;

/// The different words of a batch, and the batch as their numbers.
struct Encoded {
    words: Vec<String>,
    tokens: Vec<u32>,
}

impl RandomIndex {
    /// Reads more text on all threads, with the same bytes for any number of threads. Windows end where
    /// documents end.
    ///
    /// # Errors
    /// What reading the texts returns.
    pub fn read(&mut self, texts: &dyn Texts) -> Result<()> {
        let cut = texts.cut();
        each_group(texts, &mut |group| {
            let encoded: Vec<Encoded> = group.par_iter().map(|batch| encode(batch, cut)).collect();
            let mut tokens = Vec::new();
            for batch in &encoded {
                let rows: Vec<u32> = batch.words.iter().map(|word| self.row_of(word)).collect();
                tokens.extend(
                    batch
                        .tokens
                        .iter()
                        .map(|&token| rows.get(token as usize).copied().unwrap_or(END)),
                );
            }
            let positions = Positions::of(&tokens, self.len());
            for (row, count) in self.counts.iter_mut().enumerate() {
                *count += positions.of_word(row).len() as u64;
            }
            match self.settings.context {
                Context::Window(window) => self.add_windows(&tokens, &positions, &window),
                Context::Documents => self.add_documents(group, &tokens, &positions),
            }
            Ok(())
        })
    }

    fn add_windows(&mut self, tokens: &[u32], positions: &Positions, window: &Window) {
        let (left, right) = (window.left() as isize, window.right() as isize);
        let offsets = |from: isize, to: isize| -> Vec<(isize, f32, usize)> {
            let one = |offset| (offset, window.weight_at(offset), self.settings.turn(offset));
            (from..=to).map(one).collect()
        };
        // From the word outwards, so that each side stops at the end of the document.
        let before: Vec<_> = offsets(-left, -1).into_iter().rev().collect();
        let after = offsets(1, right);
        let (d, index_vectors) = (self.settings.dimension, &self.index_vectors);
        self.contexts
            .par_chunks_exact_mut(d)
            .enumerate()
            .for_each(|(row, context)| {
                for &position in positions.of_word(row) {
                    for side in [&before, &after] {
                        for &(offset, weight, turn) in side {
                            let at = (position as usize).checked_add_signed(offset);
                            let Some(&neighbour) = at.and_then(|at| tokens.get(at)) else {
                                break;
                            };
                            if neighbour == END {
                                break;
                            }
                            for spike in &index_vectors[neighbour as usize] {
                                let (position, sign) = spike.parts();
                                let position = if position + turn < d {
                                    position + turn
                                } else {
                                    position + turn - d
                                };
                                context[position] += sign * weight;
                            }
                        }
                    }
                }
            });
    }

    fn add_documents(&mut self, group: &[Batch], tokens: &[u32], positions: &Positions) {
        let s = &self.settings;
        let texts: Vec<&str> = group.iter().flat_map(Batch::documents).collect();
        let names: Vec<_> = texts
            .par_iter()
            .map(|text| index_vector(s.seed, text, s.dimension, s.spikes))
            .collect();
        // The document of each position.
        let mut number = 0;
        let documents: Vec<u32> = (tokens.iter())
            .map(|&token| {
                number += u32::from(token == END);
                number
            })
            .collect();
        self.contexts
            .par_chunks_exact_mut(s.dimension)
            .enumerate()
            .for_each(|(row, context)| {
                for &position in positions.of_word(row) {
                    for spike in &names[documents[position as usize] as usize] {
                        let (position, sign) = spike.parts();
                        context[position] += sign;
                    }
                }
            });
    }
}

fn encode(batch: &Batch, cut: Cut) -> Encoded {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let (mut words, mut tokens) = (Vec::new(), Vec::new());
    for text in batch.documents() {
        for word in cut.iter(text) {
            let number = match numbers.get(word.as_ref()) {
                Some(&number) => number,
                None => {
                    let number = words.len() as u32;
                    words.push(word.clone().into_owned());
                    numbers.insert(word.into_owned(), number);
                    number
                }
            };
            tokens.push(number);
        }
        tokens.push(END);
    }
    Encoded { words, tokens }
}

/// The positions of each word, in the text's order.
struct Positions {
    starts: Vec<usize>,
    positions: Vec<u32>,
}

impl Positions {
    fn of(tokens: &[u32], n_words: usize) -> Self {
        let mut starts = vec![0; n_words + 1];
        tokens
            .iter()
            .filter(|&&token| token != END)
            .for_each(|&token| starts[token as usize + 1] += 1);
        for word in 0..n_words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; starts[n_words]];
        for (position, &token) in tokens.iter().enumerate().filter(|&(_, &token)| token != END) {
            positions[next[token as usize]] = position as u32;
            next[token as usize] += 1;
        }
        Self { starts, positions }
    }

    fn of_word(&self, word: usize) -> &[u32] {
        &self.positions[self.starts[word]..self.starts[word + 1]]
    }
}
