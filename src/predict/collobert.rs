//! Collobert and Weston: word vectors learned by telling real text from text with one wrong word.
//!
//! A language model computes a probability for every word of the vocabulary, which is slow. Collobert and
//! Weston (2008, "A unified architecture for natural language processing"; with Bottou and others 2011,
//! "Natural language processing (almost) from scratch") ask for less: a score s of a window of words, from
//! words on both sides. It only has to be larger than the score s' of the same window with a random word in
//! its middle, by a margin of 1:
//!
//! ```text
//!     s(w₁ … wₖ) = U tanh(b + H [C(w₁); …; C(wₖ)])                     one number
//!     L = mean max(0, 1 − s(w₁ … w … wₖ) + s(w₁ … w' … wₖ))            w' ≠ w, all words alike
//! ```
//!
//! There is no sum over all words to divide by: a step costs two windows. There is no probability either,
//! only a ranking. What is wanted are the vectors C, which the authors then shared between several tasks: see
//! [`Tagger`](super::Tagger).
//!
//! It leaves out that the authors' vocabulary grew during the training.

use std::ops::ControlFlow;

use rand::Rng as _;
use serde::{Deserialize, Serialize};

use super::window_net::{Sizes, WindowNet, training, windows};
use crate::corpus::{Cut, Texts, Vocabulary};
use crate::embeddings::Embeddings;
use crate::lm::classes::Classes;
use crate::loss::tensors::hinge;
use crate::nn::{DType, Tensor};
use crate::rng::{Rng, seeded};
use crate::train::checkpoint::as_json;
use crate::train::{Along, Checkpoint, Progress};
use crate::{Error, Result};

/// How many windows are scored together when nothing is learned.
const TOGETHER: usize = 512;

/// How to train.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::predict::Collobert;
/// let texts = ["The cat sat on the mat. The dog sat on the log. The cat ran."].repeat(20);
/// let vocabulary = Vocabulary::of(&texts, 1)?;
/// let model = Collobert { epochs: 10, batch: 8, ..Collobert::default() }.train(&texts, &vocabulary)?;
/// assert!(model.score("The cat sat on the")? > model.score("The cat the on the")?);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Collobert {
    /// How many words the window reaches to each side of its middle.
    pub reach: usize,
    /// How many numbers a word's vector has.
    pub dimension: usize,
    /// Hidden units.
    pub hidden: usize,
    /// How many times training goes through the texts.
    pub epochs: usize,
    /// How many windows a batch has.
    pub batch: usize,
    /// Adam's learning rate at the beginning; it falls to a tenth.
    pub learning_rate: f64,
    /// The seed of the first parameters, of the order of the batches, and of all that is drawn.
    pub seed: u64,
}

crate::plot::shown_as_record!(Collobert);

impl Default for Collobert {
    fn default() -> Self {
        Self {
            reach: 2,
            dimension: 32,
            hidden: 32,
            epochs: 3,
            batch: 128,
            learning_rate: 3e-3,
            seed: 1,
        }
    }
}

impl Collobert {
    /// Trains on `texts`, sentence by sentence. All words that are not in `vocabulary` count as one unknown
    /// word. The same seed gives the same numbers.
    ///
    /// # Errors
    /// An option is out of range, the vocabulary has fewer than two words, the texts have no word or cannot
    /// be read, or the loss is no longer finite.
    pub fn train(&self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<CollobertModel> {
        self.train_with(texts, vocabulary, None, &mut |_| ControlFlow::Continue(()))
    }

    /// The same with reports and a checkpoint. `report` is called now and then, and can end the training;
    /// what has been learned is kept. With a checkpoint, training resumes where it stopped, with the same
    /// numbers as without a stop.
    ///
    /// # Errors
    /// As for [`train`](Self::train). Or the checkpoint cannot be read or written, or belongs to another
    /// training.
    pub fn train_with(
        &self,
        texts: &dyn Texts,
        vocabulary: &Vocabulary,
        checkpoint: Option<&Checkpoint>,
        report: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<CollobertModel> {
        Error::at_least(1, "the reach", self.reach)?;
        Error::at_least(1, "the dimension", self.dimension)?;
        Error::at_least(1, "the hidden units", self.hidden)?;
        let training = training(self.epochs, self.batch, self.learning_rate, self.seed)?;
        if vocabulary.len() < 2 {
            let (expected, got) = ("two words or more, to tell apart", vocabulary.len());
            return Err(Error::value("the vocabulary", expected, got));
        }
        let classes = Classes::of(vocabulary)?;
        let mut rng = seeded(self.seed);
        let sizes = Sizes {
            rows: classes.len(),
            dimension: self.dimension,
            window: 2 * self.reach + 1,
            hidden: self.hidden,
            outputs: 1,
            direct: false,
        };
        let model = CollobertModel {
            vocabulary: vocabulary.clone(),
            classes,
            reach: self.reach,
            net: WindowNet::new(sizes, DType::F32, &mut rng)?,
        };
        let all = model.windows(texts)?;
        let along = Along {
            name: "Collobert and Weston's ranking",
            of: format!("{} words, {}", vocabulary.len(), as_json(self)?),
            checkpoint,
            report: Some(report),
            ..Along::default()
        };
        training.fit(&model.net.parameters, all.len(), along, &|batch, rng| {
            let batch: Vec<Vec<u32>> = batch.iter().map(|&i| all[i as usize].clone()).collect();
            let corrupted = model.corrupt(&batch, rng);
            ranking_loss(&model.net, batch.concat(), corrupted.concat())
        })?;
        Ok(model)
    }
}

/// The mean hinge loss of windows against equally many corrupted ones.
fn ranking_loss(net: &WindowNet, real: Vec<u32>, corrupted: Vec<u32>) -> Result<Tensor> {
    let n = real.len();
    let k = net.window()?;
    let scores = net.outputs(&windows([real, corrupted].concat(), k)?)?;
    let (real, corrupted) = (scores.narrow(0, 0, n / k)?, scores.narrow(0, n / k, n / k)?);
    hinge(&real, &corrupted)
}

/// A trained network, with its words.
#[derive(Clone)]
pub struct CollobertModel {
    vocabulary: Vocabulary,
    classes: Classes,
    reach: usize,
    net: WindowNet,
}

impl CollobertModel {
    /// The words with their vectors, the rows of C.
    ///
    /// # Errors
    /// Never for a trained model: its numbers are finite.
    pub fn embeddings(&self) -> Result<Embeddings> {
        Embeddings::new(self.vocabulary.clone(), self.net.vectors(self.vocabulary.len())?)
    }

    /// The score s of a window, which must have as many words as the network reads.
    ///
    /// # Errors
    /// The window has another number of words.
    pub fn score(&self, window: &str) -> Result<f64> {
        let ids = self.classes.encode(window, Cut::Words, &self.vocabulary);
        let k = 2 * self.reach + 1;
        if ids.len() != k {
            let (expected, got) = (format!("{k} words"), format!("{}", ids.len()));
            return Err(Error::shape("a window", expected, got));
        }
        let score = self.net.outputs(&windows(ids, k)?)?.to_dtype(DType::F64)?;
        Ok(score.flatten_all()?.to_vec1::<f64>()?[0])
    }

    /// The share of the windows of `texts` in which the real window has a larger score than one that is
    /// corrupted with `seed`; ½ by chance.
    ///
    /// # Errors
    /// There is no word, or the texts cannot be read.
    pub fn wins(&self, texts: &dyn Texts, seed: u64) -> Result<f64> {
        let all = self.windows(texts)?;
        let mut rng = seeded(seed);
        let mut won = 0;
        for batch in all.chunks(TOGETHER) {
            let corrupted = self.corrupt(batch, &mut rng);
            let ids = [batch.concat(), corrupted.concat()].concat();
            let scores = self.net.outputs(&windows(ids, 2 * self.reach + 1)?)?;
            let scores: Vec<f32> = scores.flatten_all()?.to_vec1()?;
            let (real, others) = scores.split_at(batch.len());
            let pairs = real.iter().zip(others);
            won += pairs.filter(|(real, other)| real > other).count();
        }
        Ok(won as f64 / all.len() as f64)
    }

    /// The windows around the words of the vocabulary; positions beyond the sentence are filled with its end
    /// token.
    ///
    /// # Errors
    /// There is none, or the texts cannot be read.
    fn windows(&self, texts: &dyn Texts) -> Result<Vec<Vec<u32>>> {
        let (end, unknown) = (self.classes.end(), self.classes.unknown());
        let mut all = Vec::new();
        for sentence in self.classes.read(texts, &self.vocabulary)? {
            let padded = [vec![end; self.reach], sentence, vec![end; self.reach]].concat();
            let around = padded.windows(2 * self.reach + 1);
            all.extend(around.filter(|w| w[self.reach] < unknown).map(<[u32]>::to_vec));
        }
        if all.is_empty() {
            let expected = "at least one word of the vocabulary";
            return Err(Error::value("the texts", expected, "none"));
        }
        Ok(all)
    }

    /// The same windows with another word in the middle.
    fn corrupt(&self, batch: &[Vec<u32>], rng: &mut Rng) -> Vec<Vec<u32>> {
        let n = self.vocabulary.len() as u32;
        let mut all = batch.to_vec();
        for window in &mut all {
            // One of the n − 1 other words: from the real one on, the drawn numbers are moved up by one.
            let drawn = rng.random_range(0..n - 1);
            let middle = &mut window[self.reach];
            *middle = drawn + u32::from(drawn >= *middle);
        }
        all
    }
}

crate::show::shown_as_line!(CollobertModel, |this| {
    let n = this.net.parameters.count();
    let (k, words) = (2 * this.reach + 1, this.vocabulary.len());
    format!("A network of {n} numbers that scores windows of {k} words, {words} kinds of them")
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::window_net::check_gradients;

    fn model(reach: usize, dtype: DType) -> CollobertModel {
        let words = ["a", "b", "c", "d", "e"].map(String::from).to_vec();
        let vocabulary = Vocabulary::from_words(words).unwrap();
        let classes = Classes::of(&vocabulary).unwrap();
        let sizes = Sizes {
            rows: 7,
            dimension: 3,
            window: 2 * reach + 1,
            hidden: 4,
            outputs: 1,
            direct: false,
        };
        let net = WindowNet::new(sizes, dtype, &mut seeded(3)).unwrap();
        CollobertModel {
            vocabulary,
            classes,
            reach,
            net,
        }
    }

    #[test]
    fn the_gradients_are_those_of_the_loss() {
        let model = model(1, DType::F64);
        let (real, corrupted) = (vec![0, 1, 2, 3, 4, 6], vec![0, 3, 2, 3, 1, 6]);
        check_gradients(&model.net, &|| {
            ranking_loss(&model.net, real.clone(), corrupted.clone())
        });
    }

    /// A corrupted window always differs in its middle, and every other word comes equally often.
    #[test]
    fn a_corrupted_word_is_another_one() {
        let model = model(1, DType::F32);
        let windows = vec![vec![0, 2, 1]; 4000];
        let mut times = [0_u32; 5];
        for window in model.corrupt(&windows, &mut seeded(5)) {
            assert_eq!((window[0], window[2]), (0, 1));
            times[window[1] as usize] += 1;
        }
        assert_eq!(times[2], 0);
        // 1000 each, with a standard deviation of 27.
        assert!(
            [0, 1, 3, 4].iter().all(|&w| times[w].abs_diff(1000) < 140),
            "{times:?}"
        );
    }

    #[test]
    fn windows_begin_and_end_with_the_sentence() {
        let model = model(1, DType::F32);
        let windows = model.windows(&["a x b."]).unwrap();
        // Class 5 is the unknown x, class 6 the end. The sentence's own end is no word.
        assert_eq!(windows, [[6, 0, 5], [5, 1, 6]]);
    }
}
