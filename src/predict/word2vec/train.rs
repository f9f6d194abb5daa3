//! Training: texts in batches, a batch a thread, window after window.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use ndarray::Array2;
use rand::Rng as _;
use rayon::prelude::*;

use super::huffman::{Path, huffman};
use super::step::{Asked, Step};
use super::{Architecture, Output, Word2Vec, Word2VecModel};
use crate::corpus::{Batch, each_group};
use crate::corpus::{Cut, Subsample, Texts, Vocabulary};
use crate::predict::noise::Noise;
use crate::predict::shared::Shared;
use crate::rng::{Rng, stream};
use crate::{Error, Result};

/// After so many running words the step is made smaller, as in the original program.
const WORDS_A_STEP: u64 = 10_000;

/// So many windows that follow each other are one step, with the same noise. With 1 it takes twice the time, with 8 hardly less
/// than with 4, and the agreement with people's ratings is as good with any of them.
const WINDOWS_A_STEP: usize = 4;

/// How far training is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The pass through the texts, from 0.
    pub epoch: usize,
    /// Running words so far, of all passes.
    pub words: u64,
    /// Running words of all passes together.
    pub of: u64,
    /// How long it has taken.
    pub elapsed: Duration,
}

impl Word2Vec {
    /// Trains on `texts`, which are gone through once to count the words and then `epochs` times.
    ///
    /// The same seed gives the same bytes on one thread. On several, threads overwrite each other's steps now and then, so
    /// the numbers differ a little from run to run, and the quality does not.
    ///
    /// # Errors
    /// An option that cannot be, no word that occurs `min_count` times, or what reading the texts returns.
    pub fn train(&self, texts: &dyn Texts) -> Result<Word2VecModel> {
        self.train_with(texts, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `report` is called after each batch, and can end the training: what has been learned is kept.
    ///
    /// # Errors
    /// As for [`train`](Self::train).
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Word2VecModel> {
        self.check()?;
        let vocabulary = Vocabulary::of(texts, self.min_count)?;
        if vocabulary.is_empty() {
            let expected = format!("words that occur at least {} times", self.min_count);
            return Err(Error::value("the texts", expected, "none"));
        }
        let n = vocabulary.len();
        let mut rng = stream(self.seed, u64::MAX);
        let most = 1.0 / self.dimension as f32;
        let first = Array2::from_shape_fn((n, self.dimension), |_| rng.random_range(-most..=most));
        let (outputs, target) = match self.output {
            Output::Negative(k) => (n, Target::Noise(Noise::new(vocabulary.counts(), self.power)?, k)),
            Output::HierarchicalSoftmax => (n.max(2) - 1, Target::Tree(huffman(vocabulary.counts()))),
        };
        let training = Training {
            options: self,
            subsample: self
                .subsample
                .map(|t| Subsample::new(&vocabulary, t))
                .transpose()?,
            input: Shared::of(&first),
            output: Shared::of(&Array2::zeros((outputs, self.dimension))),
            target,
            words: AtomicU64::new(0),
            of: vocabulary.tokens() * self.epochs as u64,
            cut: texts.cut(),
            vocabulary,
        };
        let start = Instant::now();
        let mut stopped = false;
        for epoch in 0..self.epochs {
            let mut n_batches = 0;
            each_group(texts, &mut |group| {
                if stopped {
                    return Ok(());
                }
                group.par_iter().enumerate().for_each(|(i, batch)| {
                    let mut rng = stream(self.seed, (epoch as u64) << 40 | (n_batches + i) as u64);
                    training.batch(batch, &mut rng);
                });
                n_batches += group.len();
                stopped = report(Progress {
                    epoch,
                    words: training.words.load(Relaxed),
                    of: training.of,
                    elapsed: start.elapsed(),
                })
                .is_break();
                Ok(())
            })?;
        }
        Ok(Word2VecModel {
            input: training.input.matrix(),
            output: training.output.matrix(),
            vocabulary: training.vocabulary,
        })
    }
}

/// What output rows a word asks for.
enum Target {
    Noise(Noise, usize),
    Tree(Vec<Path>),
}

/// What all threads share.
struct Training<'a> {
    options: &'a Word2Vec,
    vocabulary: Vocabulary,
    subsample: Option<Subsample>,
    input: Shared,
    output: Shared,
    target: Target,
    /// Running words so far, and of all passes.
    words: AtomicU64,
    of: u64,
    cut: Cut,
}

impl Training<'_> {
    /// The step after so many words.
    fn alpha(&self, words: u64) -> f32 {
        let done = words as f64 / self.of.max(1) as f64;
        let (first, last) = (f64::from(self.options.alpha), f64::from(self.options.min_alpha));
        (first - (first - last) * done.min(1.0)) as f32
    }

    /// Trains on the documents of a batch.
    fn batch(&self, batch: &Batch, rng: &mut Rng) {
        let mut room = Room::default();
        let mut kept = Vec::new();
        let mut seen = 0;
        let mut alpha = self.alpha(self.words.load(Relaxed));
        for text in batch.documents() {
            kept.clear();
            self.vocabulary.each_id(text, self.cut, |id| {
                let Some(id) = id else { return };
                seen += 1;
                let keep = (self.subsample.as_ref()).is_none_or(|subsample| {
                    let keep = subsample.keep(id);
                    keep >= 1.0 || rng.random::<f32>() < keep
                });
                if keep {
                    kept.push(id);
                }
            });
            if seen >= WORDS_A_STEP {
                alpha = self.alpha(self.words.fetch_add(seen, Relaxed) + seen);
                seen = 0;
            }
            self.text(&kept, alpha, &mut room, rng);
        }
        self.words.fetch_add(seen, Relaxed);
    }

    /// Trains on one document.
    fn text(&self, words: &[u32], alpha: f32, room: &mut Room, rng: &mut Rng) {
        let mut start = 0;
        while start < words.len() {
            let end = (start + WINDOWS_A_STEP).min(words.len());
            self.windows(words, start..end, alpha, room, rng);
            start = end;
        }
    }

    /// One step: the windows around the words `middles`.
    fn windows(&self, words: &[u32], middles: Range<usize>, alpha: f32, room: &mut Room, rng: &mut Rng) {
        let Room {
            step,
            places,
            noise: drawn,
            windows,
        } = room;
        step.clear();
        // The words that some window reaches, each once.
        let reach = self.options.window;
        let first = middles.start.saturating_sub(reach);
        places.clear();
        places.extend(
            words[first..(middles.end + reach).min(words.len())]
                .iter()
                .map(|&word| step.input(word)),
        );
        if let Target::Noise(noise, k) = &self.target {
            drawn.clear();
            for _ in 0..*k {
                let word = noise.draw(rng);
                drawn.push((word, step.output(word)));
            }
        }
        windows.resize_with(middles.len(), Asked::default);
        for (window, at) in windows.iter_mut().zip(middles) {
            let width = rng.random_range(1..=reach as u32) as usize;
            let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
            window.inputs.clear();
            window.inputs.extend(&places[from - first..at - first]);
            window.inputs.extend(&places[at + 1 - first..to - first]);
            window.outputs.clear();
            let middle = words[at];
            match &self.target {
                Target::Noise(..) => {
                    window.outputs.push((step.output(middle), true));
                    // The right answer is no noise.
                    window.outputs.extend(
                        drawn
                            .iter()
                            .filter(|(word, _)| *word != middle)
                            .map(|(_, place)| (*place, false)),
                    );
                }
                Target::Tree(paths) => {
                    window.outputs.extend(
                        paths[middle as usize]
                            .iter()
                            .map(|&(node, right)| (step.output(node), !right)),
                    );
                }
            }
        }
        windows.retain(|window| !window.inputs.is_empty());
        if windows.is_empty() {
            return;
        }
        match self.options.architecture {
            Architecture::SkipGram => step.each(windows, &self.input, &self.output, alpha),
            Architecture::Cbow => step.means(windows, &self.input, &self.output, alpha),
        }
    }
}

/// What a thread keeps from one step to the next.
#[derive(Default)]
struct Room {
    step: Step,
    /// For each word that a window may reach, its place in the step.
    places: Vec<usize>,
    /// The words drawn at random, and their places in the step.
    noise: Vec<(u32, usize)>,
    windows: Vec<Asked>,
}
