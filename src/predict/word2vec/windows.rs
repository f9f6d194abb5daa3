//! The windows of skip-gram and CBOW. A few neighbouring windows make one step and share their negative
//! samples.

use std::ops::Range;

use super::huffman::{Path, huffman};
use super::{Architecture, Output, Word2Vec};
use crate::Result;
use crate::corpus::Vocabulary;
use crate::predict::noise::Noise;
use crate::predict::training::{Sgd, Task, around};
use crate::rng::Rng;

/// How many neighbouring windows make one step. With one window training takes twice the time, and with more
/// than four it takes hardly less. The agreement with human ratings is the same for all of them.
const WINDOWS_A_STEP: usize = 4;

/// The same for CBOW. It sums over lists, so that each window costs the same in a larger step. 16 windows
/// take a twentieth less time, but agree less with human ratings: .429 against .441, the mean of six seeds.
const BAGS_A_STEP: usize = 8;

/// The outputs that a window is scored against.
enum Targets {
    /// The centre word, and this many negative samples.
    Noise(Noise, usize),
    /// The nodes of a tree on the path to the centre word.
    Tree(Vec<Path>),
}

/// Makes the windows of skip-gram and CBOW.
pub(super) struct Windows {
    targets: Targets,
    window: usize,
    by_mean: bool,
    rows: (usize, usize),
}

impl Windows {
    pub(super) fn of(options: &Word2Vec, vocabulary: &Vocabulary) -> Result<Self> {
        let n = vocabulary.len();
        let (outputs, targets) = match options.output {
            Output::Negative(k) => {
                let noise = Noise::new(vocabulary.counts(), options.power)?;
                (n, Targets::Noise(noise, k))
            }
            Output::HierarchicalSoftmax => (n.max(2) - 1, Targets::Tree(huffman(vocabulary.counts()))),
        };
        Ok(Self {
            targets,
            window: options.window,
            by_mean: options.architecture == Architecture::Cbow,
            rows: (n, outputs),
        })
    }

    /// One step: the windows around the words at `centres`.
    fn step(&self, words: &[u32], centres: Range<usize>, rng: &mut Rng, sgd: &mut Sgd) {
        let examples = sgd.examples();
        let mut noise = [(0, 0); ON_THE_STACK];
        let mut more = Vec::new();
        let drawn: &mut [(u32, usize)] = match &self.targets {
            Targets::Noise(_, k) if *k > ON_THE_STACK => {
                more.resize(*k, (0, 0));
                &mut more
            }
            Targets::Noise(_, k) => &mut noise[..*k],
            Targets::Tree(_) => &mut [],
        };
        if let Targets::Noise(noise, _) = &self.targets {
            for drawn in drawn.iter_mut() {
                let word = noise.draw(rng);
                *drawn = (word, examples.output(word));
            }
        }
        for at in centres {
            let (before, after) = around(words, at, self.window, rng);
            for &word in before.iter().chain(after) {
                let slot = examples.input(word);
                examples.add_input(slot);
            }
            let centre = words[at];
            match &self.targets {
                Targets::Noise(..) => {
                    let slot = examples.output(centre);
                    examples.add_target(slot, 1.0, 1.0);
                    // The centre word is no negative sample of itself.
                    for &(_, slot) in drawn.iter().filter(|(word, _)| *word != centre) {
                        examples.add_target(slot, 1.0, 0.0);
                    }
                }
                Targets::Tree(paths) => {
                    for &(node, right) in &paths[centre as usize] {
                        let slot = examples.output(node);
                        examples.add_target(slot, 1.0, if right { 0.0 } else { 1.0 });
                    }
                }
            }
            examples.end_window();
        }
        sgd.step();
    }
}

/// Up to this many negative samples are kept on the stack.
const ON_THE_STACK: usize = 32;

impl Task for Windows {
    fn rows(&self) -> (usize, usize) {
        self.rows
    }

    fn by_mean(&self) -> bool {
        self.by_mean
    }

    fn document(&self, _document: usize, words: &[u32], rng: &mut Rng, sgd: &mut Sgd) {
        let n = if self.by_mean { BAGS_A_STEP } else { WINDOWS_A_STEP };
        for start in (0..words.len()).step_by(n) {
            let end = (start + n).min(words.len());
            self.step(words, start..end, rng, sgd);
        }
    }
}
