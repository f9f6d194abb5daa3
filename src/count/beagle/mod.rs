//! BEAGLE: a word is the sum of the words around it and of the order in which they stand (Jones and Mewhort
//! 2007).
//!
//! Every word w gets an **environment vector** e(w) of d numbers drawn at random, normal with variance 1/d.
//! It is nearly orthogonal to all others, and about 1 long. It never changes and means nothing. What is
//! learned is added up in two memories:
//!
//! ```text
//!     context(w) = Σ over sentences, Σ over the other words u:  e(u)
//!     order(w)   = Σ over n-grams around w, 2 ≤ n ≤ window:     x₁ ⊛ x₂ ⊛ … ⊛ xₙ   with Φ in w's own place
//! ```
//!
//! For *a dog bites* the order memory of *dog* gets a⊛Φ, Φ⊛bites and a⊛Φ⊛bites. ⊛ is a directed [circular
//! convolution](circular_convolution); Φ, the placeholder, is one more random vector. Words in similar
//! surroundings add up the same terms, so their vectors come to lie near each other. The context memory
//! brings together words of one subject, and the order memory brings together words that can replace each
//! other. Convolution can be undone by correlation, so the order memory also answers which words came after
//! or before a word: [`BeagleModel::after`], [`BeagleModel::before`].
//!
//! Shapes: each memory is (n_words, d). Cost: O(tokens · window² · d) by spectra ([learned without a
//! transform between words](Beagle::train)); the memory needed is at most four times vocabulary times d,
//! whatever the length of the text. Left out: learning in the environment vectors, and the entropy weights of
//! later work.
//!
//! M. N. Jones, D. J. K. Mewhort, *Representing word meaning and order information in a composite holographic
//! lexicon*, Psychological Review 114, 2007; T. A. Plate, *Holographic reduced representations*, IEEE
//! Transactions on Neural Networks 6, 1995.

mod binding;
mod convolution;
mod fft;
mod learn;
mod plain;

pub use convolution::{circular_convolution, circular_correlation};

use ndarray::Array2;
use rand::Rng as _;
use rand_distr::StandardNormal;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use self::fft::Fft;
use crate::corpus::{Batch, Cut, Texts, Vocabulary, each_group, sentences};
use crate::embeddings::{Embeddings, Neighbours};
use crate::{Error, Result, rng};

/// Stands for a word that is not in the vocabulary.
const UNKNOWN: u32 = u32::MAX;

/// The settings.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::count::Beagle;
/// let texts = ["A dog bites a man.", "A cat bites a mouse.", "A dog sees a man.", "A cat sees a mouse."];
/// let vocabulary = Vocabulary::of(&texts, 1)?;
/// let model = Beagle { dimension: 512, ..Beagle::default() }.train(&texts, &vocabulary)?;
/// assert_eq!(model.order()?.neighbours("bites", 1)?.words(), ["sees"]);
/// assert_eq!(model.after("bites", 1)?.words(), ["a"]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beagle {
    /// How many numbers a vector has: a power of two from 4 to 65,536. The authors take 2048; ours is 1024 by
    /// default.
    pub dimension: usize,
    /// The longest n-gram in the order memory, from 2 to 16. The authors take 7; the default is 3.
    pub window: usize,
    /// How many of the most frequent words of the vocabulary are not added to the context of others. They
    /// keep their own vectors, and their part in the order. The authors leave out 280 function words; the
    /// default is 0.
    pub stop_words: usize,
    /// Chooses the environment vectors. The vector of a word depends on this seed and on the word alone.
    pub seed: u64,
}

crate::plot::shown_as_record!(Beagle);

impl Default for Beagle {
    fn default() -> Self {
        Self {
            dimension: 1024,
            window: 3,
            stop_words: 0,
            seed: 1,
        }
    }
}

/// Both memories of all words.
#[derive(Clone, PartialEq)]
pub struct BeagleModel {
    vocabulary: Vocabulary,
    /// Each of shape (n_words, d).
    environment: Array2<f32>,
    context: Array2<f32>,
    order: Array2<f32>,
    /// Φ.
    placeholder: Vec<f32>,
}

impl Beagle {
    /// Reads `texts` once, with all threads; the bytes are the same with any number of them.
    ///
    /// Sentences are those of [`sentences`]; in a text that is [already cut](Cut::Spaces), each line is a
    /// sentence. A word that is not in the vocabulary adds nothing, and no n-gram crosses it.
    ///
    /// # Errors
    /// A setting is out of range, or the vocabulary is empty; errors of reading the texts.
    pub fn train(&self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<BeagleModel> {
        let mut model = self.empty(vocabulary)?;
        let (fft, n_words) = (Fft::new(self.dimension), vocabulary.len());
        let rows = self.dimension + 2;
        let mut spectra = vec![0.0; n_words * rows];
        let environment = numbers_of(&mut model.environment).par_chunks_exact(self.dimension);
        (spectra.par_chunks_exact_mut(rows).zip(environment))
            .for_each(|(out, x)| out.copy_from_slice(&fft.spectrum(x)));
        let shared = learn::Shared::new(self, spectra, &fft.spectrum(&model.placeholder));
        let mut slices = learn::slices(&shared, n_words);
        let cut = texts.cut();
        let encode = |batch: &Batch| -> Vec<Vec<u32>> {
            batch
                .documents()
                .flat_map(|text| sentences_of(text, cut, vocabulary))
                .collect()
        };
        each_group(texts, &mut |group| {
            let encoded: Vec<Vec<Vec<u32>>> = group.par_iter().map(encode).collect();
            learn::read(&shared, &mut slices, &encoded);
            Ok(())
        })?;
        drop(shared);
        let back = |out: &mut Array2<f32>, sums: fn(&learn::Slice) -> &[f32], slices: &[learn::Slice]| {
            let out = numbers_of(out).par_chunks_exact_mut(self.dimension);
            out.enumerate().for_each(|(id, out)| {
                let mut spectrum = vec![0.0; rows];
                slices
                    .iter()
                    .for_each(|slice| slice.put(sums(slice), id, &mut spectrum));
                out.copy_from_slice(&fft.signal(&spectrum));
            });
        };
        back(&mut model.context, |slice| &slice.context, &slices);
        slices.iter_mut().for_each(|slice| slice.context = Vec::new());
        back(&mut model.order, |slice| &slice.order, &slices);
        Ok(model)
    }

    /// A model that has read nothing.
    fn empty(&self, vocabulary: &Vocabulary) -> Result<BeagleModel> {
        let d = self.dimension;
        if !d.is_power_of_two() || !(4..=65_536).contains(&d) {
            let expected = "a power of two from 4 to 65,536";
            return Err(Error::value("the dimension", expected, d));
        }
        if !(2..=16).contains(&self.window) {
            return Err(Error::value("the longest n-gram", "2 to 16 words", self.window));
        }
        if vocabulary.is_empty() {
            return Err(Error::value("the vocabulary", "at least one word", "none"));
        }
        let shape = (vocabulary.len(), d);
        let mut environment = Array2::zeros(shape);
        (numbers_of(&mut environment).par_chunks_exact_mut(d))
            .zip(vocabulary.words())
            .for_each(|(row, word)| row.copy_from_slice(&self.drawn(word)));
        Ok(BeagleModel {
            vocabulary: vocabulary.clone(),
            environment,
            context: Array2::zeros(shape),
            order: Array2::zeros(shape),
            // No word is empty.
            placeholder: self.drawn(""),
        })
    }

    /// The environment vector of `word`: the seed's stream whose number is the hash of the word.
    fn drawn(&self, word: &str) -> Vec<f32> {
        let mut rng = rng::stream(self.seed, xxh3_64(word.as_bytes()));
        let spread = (self.dimension as f32).sqrt();
        let draw = |_| rng.sample::<f32, _>(StandardNormal) / spread;
        (0..self.dimension).map(draw).collect()
    }
}

/// The numbers of a matrix that was made here, in row-major order.
fn numbers_of(matrix: &mut Array2<f32>) -> &mut [f32] {
    matrix.as_slice_mut().unwrap_or(&mut [])
}

/// The word numbers of each sentence.
fn sentences_of(text: &str, cut: Cut, vocabulary: &Vocabulary) -> Vec<Vec<u32>> {
    let numbers = |sentence: &str| {
        let mut ids = Vec::new();
        vocabulary.each_id(sentence, cut, |id| ids.push(id.unwrap_or(UNKNOWN)));
        ids
    };
    match cut {
        Cut::Words => sentences(text).iter().map(|sentence| numbers(sentence)).collect(),
        Cut::Spaces => text.lines().map(numbers).collect(),
    }
}

impl BeagleModel {
    /// The environment vectors.
    ///
    /// # Errors
    /// None for a trained model.
    pub fn environment(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.environment.clone())
    }

    /// The memory of the words that occurred in the same sentences. It is not scaled: a frequent word has a
    /// long vector.
    ///
    /// # Errors
    /// A sum has grown beyond `f32`.
    pub fn context(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.context.clone())
    }

    /// The memory of the positions in which a word occurred.
    ///
    /// # Errors
    /// A sum has grown beyond `f32`.
    pub fn order(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.order.clone())
    }

    /// The sum of both memories, as the authors use it.
    ///
    /// # Errors
    /// A sum has grown beyond `f32`.
    pub fn both(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), &self.context + &self.order)
    }

    /// The `k` words that the order memory of `word` holds most strongly right after it: those whose
    /// environment vectors have the largest cosine with R⁻¹(L(Φ) # order(word)).
    ///
    /// # Errors
    /// The word is not in the vocabulary, or there are not `k` words.
    pub fn after(&self, word: &str, k: usize) -> Result<Neighbours> {
        let unbound = circular_correlation(&binding::left(&self.placeholder), self.order_of(word)?)?;
        self.environment()?
            .neighbours_of(&binding::unscrambled_right(&unbound), k)
    }

    /// The `k` words that the order memory of `word` holds most strongly right before it: L⁻¹(R(Φ) #
    /// order(word)).
    ///
    /// # Errors
    /// As [`after`](Self::after).
    pub fn before(&self, word: &str, k: usize) -> Result<Neighbours> {
        let unbound = circular_correlation(&binding::right(&self.placeholder), self.order_of(word)?)?;
        self.environment()?
            .neighbours_of(&binding::unscrambled_left(&unbound), k)
    }

    fn order_of(&self, word: &str) -> Result<&[f32]> {
        let id = self.vocabulary.require(word)? as usize;
        let (start, d) = (id * self.order.ncols(), self.order.ncols());
        // The matrix was made here, in row-major order.
        Ok(self
            .order
            .as_slice()
            .and_then(|all| all.get(start..start + d))
            .unwrap_or(&[]))
    }
}

crate::show::shown_as_line!(BeagleModel, |this| {
    let (n, d) = this.order.dim();
    format!("BEAGLE: {n} words, each with a context and an order memory of {d} numbers")
});

#[cfg(test)]
mod tests;
