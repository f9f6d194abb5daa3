//! Doc2Vec: a vector for each document, trained like those of words.
//!
//! Le and Mikolov (2014, "Distributed Representations of Sentences and Documents") give each document `t` a row `d_t` of its own
//! and let it help to guess the document's words, by negative sampling as in [`Word2Vec`](super::Word2Vec):
//!
//! * **a distributed bag of words** (DBOW): `d_t` alone is asked about each word of its document, `σ(d_t·y_w)`, in whatever
//!   order they stand. Words have no vectors as inputs.
//! * **distributed memory** (DM): the mean of `d_t` and the words of a window is asked about the word in the middle. The
//!   document is what the window cannot know: what the text is about.
//!
//! A **new document** gets a vector by the same steps with everything else held fixed ([`Doc2VecModel::infer`]); the vector
//! depends on the seed a little, as that of a document of the training would.
//!
//! **Shapes.** `D` is `(n_documents, d)`, `X` and `Y` are `(n_words, d)`. **Cost.** Time is in proportion to running words × (k + 1)
//! × d, times the window for DM; memory grows with the number of documents. Documents come in order, because each has its row.
//! What this leaves out: training words and documents together by skip-gram, and labels for groups of documents.

use std::cell::Cell;
use std::ops::ControlFlow;

use ndarray::{Array1, Array2, s};
use rand::Rng as _;
use serde::{Deserialize, Serialize};

use super::noise::Noise;
use super::training::{self, Ask, Checkpoint, Plan, Progress, Stepper, Trained, at_least_one};
use crate::corpus::{Cut, Texts, Vocabulary};
use crate::embeddings::{Metric, Nearest, nearest};
use crate::rng::{Rng, seeded};
use crate::{Error, Result};

/// So many words of a document are one step of DBOW, with the same noise; and so many windows of DM.
const WORDS_A_STEP: usize = 8;

/// What a document's vector is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocArchitecture {
    /// DBOW: each word of the document, by itself.
    Bag,
    /// DM: the word in the middle, together with the words around it.
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
    /// A bag of words or a memory.
    pub architecture: DocArchitecture,
    /// How many words at random are asked about beside the right one.
    pub negative: usize,
    /// How many numbers a vector has.
    pub dimension: usize,
    /// The window of a memory reaches at most so far to each side.
    pub window: usize,
    /// Words that occur less often are left out.
    pub min_count: u64,
    /// The threshold of subsampling; none keeps every word.
    pub subsample: Option<f64>,
    /// How often the texts are gone through.
    pub epochs: usize,
    /// The first step.
    pub alpha: f32,
    /// The last step.
    pub min_alpha: f32,
    /// Noise is drawn by counts to this power.
    pub power: f64,
    /// Of the first vectors, and of all that is drawn.
    pub seed: u64,
}

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
            alpha: 0.025,
            min_alpha: 1e-4,
            power: 0.75,
            seed: 1,
        }
    }
}

impl Doc2Vec {
    /// Trains on `texts`, as [`Word2Vec::train`](super::Word2Vec::train), in their order.
    ///
    /// # Errors
    /// An option that cannot be, no word that occurs `min_count` times, or what reading the texts returns.
    pub fn train(&self, texts: &dyn Texts) -> Result<Doc2VecModel> {
        self.train_with(texts, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports, an end before the end, and a checkpoint, as
    /// [`Word2Vec::train_with`](super::Word2Vec::train_with).
    ///
    /// # Errors
    /// As for [`train`](Self::train); a checkpoint of other options or texts, or one that cannot be read or written.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Doc2VecModel> {
        at_least_one("the window", self.window)?;
        at_least_one("the number of negative samples", self.negative)?;
        let plan = Plan {
            dimension: self.dimension,
            min_count: self.min_count,
            subsample: self.subsample,
            epochs: self.epochs,
            alpha: self.alpha,
            min_alpha: self.min_alpha,
            seed: self.seed,
            options: training::as_json(self)?,
        };
        let counted = Counted {
            texts,
            n: Cell::new(0),
        };
        let trained = training::train(&plan, &counted, checkpoint, report, |vocabulary| {
            Ok(Documents {
                n: counted.n.get(),
                n_words: vocabulary.len(),
                noise: Noise::new(vocabulary.counts(), self.power)?,
                negative: self.negative,
                reach: self.window,
                architecture: self.architecture,
            })
        })?;
        let Trained {
            vocabulary,
            asks,
            input,
            output,
        } = trained;
        let input = input.matrix();
        Ok(Doc2VecModel {
            options: self.clone(),
            cut: texts.cut(),
            vocabulary,
            noise: asks.noise,
            documents: input.slice(s![..asks.n, ..]).to_owned(),
            words: input.slice(s![asks.n.., ..]).to_owned(),
            output: output.matrix(),
        })
    }
}

/// Texts that are counted whenever they are gone through.
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

/// What is asked. The inputs are the documents and, for a memory, then the words.
struct Documents {
    n: usize,
    n_words: usize,
    noise: Noise,
    negative: usize,
    reach: usize,
    architecture: DocArchitecture,
}

impl Ask for Documents {
    fn rows(&self) -> (usize, usize) {
        let words_as_inputs = match self.architecture {
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

    fn text(&self, document: usize, words: &[u32], rng: &mut Rng, stepper: &mut Stepper) {
        for start in (0..words.len()).step_by(WORDS_A_STEP) {
            let end = (start + WORDS_A_STEP).min(words.len());
            let questions = stepper.questions();
            let document = questions.input(document as u32);
            let noise: Vec<(u32, usize)> = (0..self.negative)
                .map(|_| {
                    let word = self.noise.draw(rng);
                    (word, questions.output(word))
                })
                .collect();
            match self.architecture {
                DocArchitecture::Bag => {
                    questions.around(document);
                    for &word in &words[start..end] {
                        let place = questions.output(word);
                        questions.ask(place, 1.0, 1.0);
                    }
                    // Each right answer is told from all of the noise but itself.
                    for &(noise, place) in &noise {
                        let all = words[start..end].iter().filter(|&&word| word != noise).count();
                        questions.ask(place, all as f32, 0.0);
                    }
                    questions.end_window();
                }
                DocArchitecture::Memory => {
                    for at in start..end {
                        let width = rng.random_range(1..=self.reach as u32) as usize;
                        let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
                        questions.around(document);
                        for &word in words[from..at].iter().chain(&words[at + 1..to]) {
                            let place = questions.input(self.n as u32 + word);
                            questions.around(place);
                        }
                        let place = questions.output(words[at]);
                        questions.ask(place, 1.0, 1.0);
                        for &(_, place) in noise.iter().filter(|(word, _)| *word != words[at]) {
                            questions.ask(place, 1.0, 0.0);
                        }
                        questions.end_window();
                    }
                }
            }
            stepper.go();
        }
    }
}

/// Documents with their vectors, and what it takes to give one to a new document.
#[derive(Clone, Debug)]
pub struct Doc2VecModel {
    options: Doc2Vec,
    cut: Cut,
    vocabulary: Vocabulary,
    noise: Noise,
    documents: Array2<f32>,
    words: Array2<f32>,
    output: Array2<f32>,
}

impl Doc2VecModel {
    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The documents' vectors in the order of the texts, shape `(n_documents, d)`.
    pub fn documents(&self) -> &Array2<f32> {
        &self.documents
    }

    /// The words' vectors as inputs, shape `(n_words, d)`; for a bag of words there are none.
    pub fn words(&self) -> &Array2<f32> {
        &self.words
    }

    /// The words' vectors as outputs, shape `(n_words, d)`.
    pub fn output(&self) -> &Array2<f32> {
        &self.output
    }

    /// The vector of a new document, `d` numbers, by `epochs` passes through its words (20 is usual) in which nothing else is
    /// moved. Without a known word it stays what the seed gives.
    pub fn infer(&self, text: &str, epochs: usize, seed: u64) -> Array1<f32> {
        let mut rng = seeded(seed);
        let d = self.output.ncols();
        let most = 1.0 / d as f32;
        let mut vector = Array1::from_shape_simple_fn(d, || rng.random_range(-most..=most));
        let mut words = Vec::new();
        self.vocabulary.each_id(text, self.cut, |id| words.extend(id));
        let Doc2Vec {
            alpha: first,
            min_alpha: last,
            window,
            negative,
            ..
        } = self.options;
        for epoch in 0..epochs {
            let alpha = first - (first - last) * epoch as f32 / epochs as f32;
            for (at, &middle) in words.iter().enumerate() {
                // h is asked, the document alone or its mean with the words around, and the document is moved as h is.
                let h = match self.options.architecture {
                    DocArchitecture::Bag => vector.clone(),
                    DocArchitecture::Memory => {
                        let width = rng.random_range(1..=window as u32) as usize;
                        let (from, to) = (at.saturating_sub(width), (at + width + 1).min(words.len()));
                        let around = words[from..at].iter().chain(&words[at + 1..to]);
                        let sum =
                            around.fold(vector.clone(), |sum, &word| sum + self.words.row(word as usize));
                        sum / (to - from) as f32
                    }
                };
                let mut asks = |word: u32, yes: f32| {
                    let y = self.output.row(word as usize);
                    let answer = 1.0 / (1.0 + (-h.dot(&y)).exp());
                    vector.scaled_add(alpha * (yes - answer), &y);
                };
                asks(middle, 1.0);
                for _ in 0..negative {
                    let word = self.noise.draw(&mut rng);
                    if word != middle {
                        asks(word, 0.0);
                    }
                }
            }
        }
        vector
    }

    /// The `k` documents that are most alike to each row of `vectors`, shape `(n, d)`, by the cosine.
    ///
    /// # Errors
    /// `vectors` has another width than the documents' vectors, or `k` is 0.
    pub fn nearest(&self, vectors: &Array2<f32>, k: usize) -> Result<Nearest> {
        if vectors.ncols() != self.documents.ncols() {
            return Err(Error::shape(
                "the vectors",
                format!("{} numbers each", self.documents.ncols()),
                vectors.ncols().to_string(),
            ));
        }
        nearest(self.documents.view(), vectors.view(), k, Metric::Cosine)
    }
}
