//! Doc2Vec: a vector for each document, trained in the way of word vectors.
//!
//! Le and Mikolov (2014, "Distributed Representations of Sentences and Documents") give each document `t` a
//! vector `d_t`. It helps to predict the words of the document, by negative sampling as in
//! [`Word2Vec`](super::Word2Vec):
//!
//! * **a distributed bag of words** (DBOW): `d_t` alone predicts each word of its document, by `σ(d_t·y_w)`.
//!   The order of the words does not matter, and words have no input vectors.
//! * **distributed memory** (DM): the mean of `d_t` and the context words of a window predicts the centre
//!   word. The document knows what the window cannot know: what the text is about.
//!
//! A **new document** gets its vector by the same steps, while everything else is held fixed
//! ([`Doc2VecModel::infer`]). Its vector depends a little on the seed, as do those from training.
//!
//! **Shapes.** `D` is `(n_documents, d)`, `X` and `Y` are `(n_words, d)`. **Cost.** Time grows with tokens ×
//! (k + 1) × d, times the window for DM; memory grows with the number of documents. Documents come in order,
//! because each has its own row. This leaves out training words and documents together by skip-gram, and
//! labels for groups of documents.

use std::cell::Cell;
use std::ops::ControlFlow;

use ndarray::{Array1, Array2, s};
use rand::Rng as _;
use serde::{Deserialize, Serialize};

use super::noise::Noise;
use super::training::{self, Sgd, Task, around, plan};
use crate::corpus::{Cut, Texts, Vocabulary};
use crate::embeddings::{Metric, Nearest, nearest};
use crate::rng::{Rng, seeded};
use crate::train::{Checkpoint, Progress};
use crate::{Error, Result};

/// How many words of a document (DBOW) or neighbouring windows (DM) make one step and share their negative
/// samples.
const WORDS_A_STEP: usize = 8;

/// What a document's vector predicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocArchitecture {
    /// DBOW: each word of the document, alone.
    Bag,
    /// DM: the centre word of each window, together with the context words.
    Memory,
}

/// How to train. The defaults are those of [`Word2Vec`](super::Word2Vec), with a bag of words.
///
/// ```
/// use course::predict::Doc2Vec;
/// let texts = ["the cat chased the mouse", "stocks fell and bonds rose"].repeat(20);
/// let model = Doc2Vec { dimension: 8, min_count: 1, ..Default::default() }.train(&texts)?;
/// assert_eq!(model.documents().dim(), (40, 8));
/// assert_eq!(model.infer("the mouse chased the cat", 20, 1).len(), 8);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Doc2Vec {
    /// DBOW or DM.
    pub architecture: DocArchitecture,
    /// How many negative samples there are for each target.
    pub negative: usize,
    /// How many numbers a vector has.
    pub dimension: usize,
    /// How many words a window of DM has to each side, at most.
    pub window: usize,
    /// Words that occur less often than this are left out.
    pub min_count: u64,
    /// The threshold of subsampling. Without one every word is kept.
    pub subsample: Option<f64>,
    /// How many times training goes through the texts.
    pub epochs: usize,
    /// The learning rate at the beginning.
    pub learning_rate: f32,
    /// The learning rate at the end.
    pub min_learning_rate: f32,
    /// Negative samples are drawn in proportion to the count of a word, to this power.
    pub power: f64,
    /// The seed of the first vectors and of all random numbers in training.
    pub seed: u64,
}

crate::plot::shown_as_record!(Doc2Vec);

impl Default for Doc2Vec {
    fn default() -> Self {
        Self {
            architecture: DocArchitecture::Bag,
            negative: 5,
            dimension: 100,
            window: 5,
            min_count: 5,
            subsample: Some(1e-3),
            epochs: 5,
            learning_rate: 0.025,
            min_learning_rate: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl Doc2Vec {
    /// Trains on `texts` in their order, otherwise as [`Word2Vec::train`](super::Word2Vec::train).
    ///
    /// # Errors
    /// An option is out of range, no word occurs `min_count` times, or the texts cannot be read.
    pub fn train(&self, texts: &dyn Texts) -> Result<Doc2VecModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports and a checkpoint, as
    /// [`Word2Vec::train_with`](super::Word2Vec::train_with).
    ///
    /// # Errors
    /// As for [`train`](Self::train). Or the checkpoint belongs to other options or texts, or cannot be read
    /// or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Doc2VecModel> {
        Error::at_least(1, "the window", self.window)?;
        Error::at_least(1, "the number of negative samples", self.negative)?;
        let plan = plan!("Doc2Vec", self);
        let counted = Counted {
            texts,
            n: Cell::new(0),
        };
        let trained = training::train(&plan, &counted, checkpoint, report, |vocabulary| {
            Ok(Documents {
                n: counted.n.get(),
                n_words: vocabulary.len(),
                noise: Noise::new(vocabulary.counts(), self.power)?,
                options: self,
            })
        })?;
        let (task, input) = (trained.task, trained.input.matrix());
        Ok(Doc2VecModel {
            options: self.clone(),
            cut: texts.cut(),
            vocabulary: trained.vocabulary,
            noise: task.noise,
            documents: input.slice(s![..task.n, ..]).to_owned(),
            words: input.slice(s![task.n.., ..]).to_owned(),
            output: trained.output.matrix(),
        })
    }
}

/// Texts that are counted each time they are read.
struct Counted<'a> {
    texts: &'a dyn Texts,
    n: Cell<usize>,
}

impl Texts for Counted<'_> {
    fn each(&self, f: &mut dyn FnMut(&str) -> Result<()>) -> Result<()> {
        self.n.set(0);
        self.texts.each(&mut |text| {
            self.n.set(self.n.get() + 1);
            f(text)
        })
    }

    fn cut(&self) -> Cut {
        self.texts.cut()
    }
}

/// Makes the windows. The inputs are the documents and, for DM, after them the words.
struct Documents<'a> {
    n: usize,
    n_words: usize,
    noise: Noise,
    options: &'a Doc2Vec,
}

impl Task for Documents<'_> {
    fn rows(&self) -> (usize, usize) {
        let words_as_inputs = match self.options.architecture {
            DocArchitecture::Bag => 0,
            DocArchitecture::Memory => self.n_words,
        };
        (self.n + words_as_inputs, self.n_words)
    }

    fn by_mean(&self) -> bool {
        true
    }

    fn in_order(&self) -> bool {
        true
    }

    fn document(&self, document: usize, words: &[u32], rng: &mut Rng, sgd: &mut Sgd) {
        for start in (0..words.len()).step_by(WORDS_A_STEP) {
            let end = (start + WORDS_A_STEP).min(words.len());
            let examples = sgd.examples();
            let document = examples.input(document as u32);
            let noise = examples.noise(&self.noise, self.options.negative, rng);
            match self.options.architecture {
                DocArchitecture::Bag => {
                    examples.add_input(document);
                    for &word in &words[start..end] {
                        let slot = examples.output(word);
                        examples.add_target(slot, 1.0, 1.0);
                    }
                    // Each word of the step is scored against each negative sample, unless the sample is the
                    // word itself.
                    for &(sample, slot) in &noise {
                        let count = words[start..end].iter().filter(|&&word| word != sample).count();
                        examples.add_target(slot, count as f32, 0.0);
                    }
                    examples.end_window();
                }
                DocArchitecture::Memory => {
                    for at in start..end {
                        examples.add_input(document);
                        let (before, after) = around(words, at, self.options.window, rng);
                        for &word in before.iter().chain(after) {
                            let slot = examples.input(self.n as u32 + word);
                            examples.add_input(slot);
                        }
                        let slot = examples.output(words[at]);
                        examples.add_target(slot, 1.0, 1.0);
                        for &(_, slot) in noise.iter().filter(|(word, _)| *word != words[at]) {
                            examples.add_target(slot, 1.0, 0.0);
                        }
                        examples.end_window();
                    }
                }
            }
            sgd.step();
        }
    }
}

/// Documents with their vectors, and all that a new document needs to get one.
#[derive(Clone)]
pub struct Doc2VecModel {
    options: Doc2Vec,
    cut: Cut,
    vocabulary: Vocabulary,
    noise: Noise,
    documents: Array2<f32>,
    words: Array2<f32>,
    output: Array2<f32>,
}

crate::show::shown_as_line!(Doc2VecModel, |this| {
    format!(
        "Doc2Vec: {} documents with vectors of {} numbers, {} words",
        this.documents.nrows(),
        this.documents.ncols(),
        this.vocabulary.len()
    )
});

impl Doc2VecModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The vectors of the documents in the order of the texts, shape `(n_documents, d)`.
    pub fn documents(&self) -> &Array2<f32> {
        &self.documents
    }

    /// The input vectors of the words, shape `(n_words, d)`; DBOW has none.
    pub fn words(&self) -> &Array2<f32> {
        &self.words
    }

    /// The output vectors of the words, shape `(n_words, d)`.
    pub fn output(&self) -> &Array2<f32> {
        &self.output
    }

    /// The vector of a new document, `d` numbers, after `epochs` epochs over its words; 20 are usual. Nothing
    /// else is changed. A text without a known word keeps the random vector of the seed.
    pub fn infer(&self, text: &str, epochs: usize, seed: u64) -> Array1<f32> {
        let mut rng = seeded(seed);
        let d = self.output.ncols();
        let most = 1.0 / d as f32;
        let mut vector = Array1::from_shape_simple_fn(d, || rng.random_range(-most..=most));
        let mut words = Vec::new();
        self.vocabulary.each_id(text, self.cut, |id| words.extend(id));
        let Doc2Vec {
            learning_rate: first,
            min_learning_rate: last,
            window,
            negative,
            ..
        } = self.options;
        for epoch in 0..epochs {
            let learning_rate = first - (first - last) * epoch as f32 / epochs as f32;
            for (at, &centre) in words.iter().enumerate() {
                // h is the document alone, or its mean with the context words. The document gets the update
                // of h.
                let h = match self.options.architecture {
                    DocArchitecture::Bag => vector.clone(),
                    DocArchitecture::Memory => {
                        let (before, after) = around(&words, at, window, &mut rng);
                        let sum = (before.iter().chain(after))
                            .fold(vector.clone(), |sum, &word| sum + self.words.row(word as usize));
                        sum / (before.len() + after.len() + 1) as f32
                    }
                };
                let mut update = |word: u32, label: f32| {
                    let y = self.output.row(word as usize);
                    let score = 1.0 / (1.0 + (-h.dot(&y)).exp());
                    vector.scaled_add(learning_rate * (label - score), &y);
                };
                update(centre, 1.0);
                for _ in 0..negative {
                    let word = self.noise.draw(&mut rng);
                    if word != centre {
                        update(word, 0.0);
                    }
                }
            }
        }
        vector
    }

    /// The `k` documents nearest to each row of `vectors`, shape `(n, d)`, by the cosine.
    ///
    /// # Errors
    /// `vectors` has another width than the documents' vectors, or `k` is 0.
    pub fn nearest(&self, vectors: &Array2<f32>, k: usize) -> Result<Nearest> {
        if vectors.ncols() != self.documents.ncols() {
            return Err(Error::shape(
                "the vectors",
                format!("{} numbers each", self.documents.ncols()),
                vectors.ncols(),
            ));
        }
        nearest(self.documents.view(), vectors.view(), k, Metric::Cosine)
    }
}
