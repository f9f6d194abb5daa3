//! What skip-gram and CBOW ask about a text: windows, some that follow each other in one step, with the same noise.

use std::ops::Range;

use rand::Rng as _;

use super::huffman::{Path, huffman};
use super::{Architecture, Output, Word2Vec};
use crate::Result;
use crate::corpus::Vocabulary;
use crate::predict::noise::Noise;
use crate::predict::training::{Ask, Stepper};
use crate::rng::Rng;

/// So many windows that follow each other are one step, with the same noise. With one window it takes twice the time, with more
/// hardly less, and the agreement with people's ratings is as good with any of them.
const WINDOWS_A_STEP: usize = 4;

/// The same for a bag of words, whose sums are lists and not products, so that more windows are no more work for each of them. 16 take a
/// twentieth less time, but agree less with people's ratings: .429 against .441 on average over six seeds.
const BAGS_A_STEP: usize = 8;

/// What output rows a word asks for.
enum Target {
    Noise(Noise, usize),
    Tree(Vec<Path>),
}

/// The words of windows.
pub(super) struct Windows {
    target: Target,
    reach: usize,
    by_mean: bool,
    rows: (usize, usize),
}

impl Windows {
    pub(super) fn of(options: &Word2Vec, vocabulary: &Vocabulary) -> Result<Self> {
        let n = vocabulary.len();
        let (outputs, target) = match options.output {
            Output::Negative(k) => {
                let noise = Noise::new(vocabulary.counts(), options.power)?;
                (n, Target::Noise(noise, k))
            }
            Output::HierarchicalSoftmax => (n.max(2) - 1, Target::Tree(huffman(vocabulary.counts()))),
        };
        Ok(Self {
            target,
            reach: options.window,
            by_mean: options.architecture == Architecture::Cbow,
            rows: (n, outputs),
        })
    }

    /// One step: the windows around the words `middles`.
    fn step(&self, words: &[u32], middles: Range<usize>, rng: &mut Rng, stepper: &mut Stepper) {
        let questions = stepper.questions();
        let mut noise = [(0, 0); MOST_NOISE];
        let mut more = Vec::new();
        let drawn: &mut [(u32, usize)] = match &self.target {
            Target::Noise(_, k) if *k > MOST_NOISE => {
                more.resize(*k, (0, 0));
                &mut more
            }
            Target::Noise(_, k) => &mut noise[..*k],
            Target::Tree(_) => &mut [],
        };
        if let Target::Noise(noise, _) = &self.target {
            for drawn in drawn.iter_mut() {
                let word = noise.draw(rng);
                *drawn = (word, questions.output(word));
            }
        }
        for at in middles {
            let width = rng.random_range(1..=self.reach as u32) as usize;
            let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
            for &word in words[from..at].iter().chain(&words[at + 1..to]) {
                let place = questions.input(word);
                questions.around(place);
            }
            let middle = words[at];
            match &self.target {
                Target::Noise(..) => {
                    let place = questions.output(middle);
                    questions.ask(place, 1.0, 1.0);
                    // The right answer is no noise.
                    for &(_, place) in drawn.iter().filter(|(word, _)| *word != middle) {
                        questions.ask(place, 1.0, 0.0);
                    }
                }
                Target::Tree(paths) => {
                    for &(node, right) in &paths[middle as usize] {
                        let place = questions.output(node);
                        questions.ask(place, 1.0, if right { 0.0 } else { 1.0 });
                    }
                }
            }
            questions.end_window();
        }
        stepper.go();
    }
}

/// So much noise has its room on the stack.
const MOST_NOISE: usize = 32;

impl Ask for Windows {
    fn rows(&self) -> (usize, usize) {
        self.rows
    }

    fn by_mean(&self) -> bool {
        self.by_mean
    }

    fn text(&self, _document: usize, words: &[u32], rng: &mut Rng, stepper: &mut Stepper) {
        let n = if self.by_mean { BAGS_A_STEP } else { WINDOWS_A_STEP };
        for start in (0..words.len()).step_by(n) {
            let end = (start + n).min(words.len());
            self.step(words, start..end, rng, stepper);
        }
    }
}
