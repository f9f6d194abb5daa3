//! NNLM: the first network that learned word vectors by predicting the next word.
//!
//! An n-gram model has seen *the cat is walking in the bedroom* and learns nothing from it about *a dog was
//! running in a room*. In the model of Bengio, Ducharme, Vincent and Jauvin (2003, "A neural probabilistic
//! language model"), the words of the context look up vectors, and the prediction is made from the vectors.
//! So what was learned for one word also holds for all words near it. The vectors are learned together with
//! all other parameters.
//!
//! ```text
//!     x = [C(w_{t−n+1}); …; C(w_{t−1})]                the last n − 1 words, each with d numbers
//!     y = c + U tanh(b + H x)  (+ W x)                 a number for each class, h hidden units
//!     P(w | context) = exp y_w / Σ_v exp y_v           softmax
//!     L = −mean ln P(w_t | context)                    perplexity is exp L
//! ```
//!
//! The classes are the words, the unknown word and the end of a sentence. **Full softmax** computes all of y:
//! `h · classes` products for each word, which takes nearly all of the time. **Sampled softmax** (Bengio and
//! Senécal 2003, "Quick training of probabilistic neural nets by importance sampling") computes y for the
//! target r and for S classes drawn by their frequency q, the same for the whole batch. It estimates the sum
//! from these:
//!
//! ```text
//!     Σ_v exp y_v  ≈  exp y_r + Σ_{drawn i ≠ r} exp y_i / (S q_i)          exact on average
//! ```
//!
//! `c` starts at the logarithms of the word frequencies, so training begins with what a model without context
//! knows. The optimiser is Adam, on batches of random positions.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::noise::Noise;
use super::window_net::{Sizes, WindowNet, training, windows};
use crate::corpus::{Texts, Vocabulary};
use crate::embeddings::Embeddings;
use crate::lm::{LanguageModel, TokenSet, WordTokens};
use crate::loss::tensors::cross_entropy;
use crate::nn::{DType, Device, Tensor};
use crate::rng::{Rng, seeded};
use crate::train::checkpoint::as_json;
use crate::train::{Along, Checkpoint, Progress, Training};
use crate::{Error, Result};

/// How many positions are computed together when nothing is learned.
const TOGETHER: usize = 512;

/// Which outputs are computed in training.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Softmax {
    /// All.
    Full,
    /// The target and this many drawn ones.
    Sampled(usize),
}

/// How to train.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::LanguageModel;
/// use course::predict::Nnlm;
/// let texts = ["The cat sat on the mat. The dog sat on the log. The cat ran."].repeat(20);
/// let vocabulary = Vocabulary::of(&texts, 1)?;
/// let model = Nnlm { epochs: 10, batch: 8, ..Nnlm::default() }.train(&texts, &vocabulary)?;
/// assert!(model.perplexity(&texts)? < 3.0);
/// assert_eq!(model.embeddings()?.vector("cat")?.len(), 32);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Nnlm {
    /// n: the context is the n − 1 words before the target.
    pub order: usize,
    /// d: how many numbers a word's vector has.
    pub dimension: usize,
    /// h: hidden units.
    pub hidden: usize,
    /// Whether the vectors also reach the outputs directly, by W.
    pub direct: bool,
    /// Which outputs are computed in training.
    pub softmax: Softmax,
    /// How many times training goes through the texts.
    pub epochs: usize,
    /// How many positions a batch has.
    pub batch: usize,
    /// Adam's learning rate at the beginning; it falls to a tenth.
    pub learning_rate: f64,
    /// The seed of the first parameters, of the order of the batches, and of all that is drawn.
    pub seed: u64,
}

crate::plot::shown_as_record!(Nnlm);

impl Default for Nnlm {
    fn default() -> Self {
        Self {
            order: 4,
            dimension: 32,
            hidden: 64,
            direct: false,
            softmax: Softmax::Full,
            epochs: 3,
            batch: 128,
            learning_rate: 3e-3,
            seed: 1,
        }
    }
}

impl Nnlm {
    /// Trains on `texts`. All words that are not in `vocabulary` are one class. The same seed gives the same
    /// numbers.
    ///
    /// # Errors
    /// An option is out of range, there is no word, the texts cannot be read, or the loss is no longer
    /// finite.
    pub fn train(&self, texts: &dyn Texts, vocabulary: &Vocabulary) -> Result<NnlmModel> {
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
    ) -> Result<NnlmModel> {
        let training = self.check()?;
        let tokens = WordTokens::new(vocabulary.clone())?;
        let sentences = tokens.sequences(texts)?;
        let positions = positions(&sentences);
        if positions.is_empty() {
            return Err(Error::value("the texts", "at least one word", "none"));
        }
        let mut rng = seeded(self.seed);
        let mut times = vec![0_u64; tokens.len()];
        sentences
            .iter()
            .flatten()
            .for_each(|&class| times[class as usize] += 1);
        let model = self.start(tokens, &times, &mut rng)?;
        let noise = Noise::new(&times, 1.0)?;
        let along = Along {
            name: "NNLM",
            of: format!("{} words, {}", vocabulary.len(), as_json(self)?),
            checkpoint,
            report: Some(report),
            ..Along::default()
        };
        training.fit(&model.net.parameters, positions.len(), along, &|batch, rng| {
            let batch: Vec<(u32, u32)> = batch.iter().map(|&i| positions[i as usize]).collect();
            let (contexts, targets) = model.batch(&sentences, &batch)?;
            match self.softmax {
                Softmax::Full => full_loss(&model.net, &contexts, &targets),
                Softmax::Sampled(n) => {
                    let drawn: Vec<u32> = (0..n).map(|_| noise.draw(rng)).collect();
                    sampled_loss(&model.net, &contexts, &targets, &drawn, noise.probabilities())
                }
            }
        })?;
        Ok(model)
    }

    /// A model that knows the frequencies of the words, but nothing about contexts.
    fn start(&self, tokens: WordTokens, times: &[u64], rng: &mut Rng) -> Result<NnlmModel> {
        let sizes = Sizes {
            rows: tokens.len(),
            dimension: self.dimension,
            window: self.order - 1,
            hidden: self.hidden,
            outputs: tokens.len(),
            direct: self.direct,
        };
        let net = WindowNet::new(sizes, DType::F32, rng)?;
        let all = times.iter().sum::<u64>() as f64 + tokens.len() as f64;
        let logs: Vec<f64> = times.iter().map(|&n| ((n as f64 + 1.0) / all).ln()).collect();
        net.set_output_bias(&logs)?;
        Ok(NnlmModel {
            tokens,
            window: self.order - 1,
            net,
        })
    }

    /// How to train, if the options allow it.
    fn check(&self) -> Result<Training> {
        Error::at_least(2, "the order", self.order)?;
        Error::at_least(1, "the dimension", self.dimension)?;
        Error::at_least(1, "the hidden units", self.hidden)?;
        if let Softmax::Sampled(n) = self.softmax {
            Error::at_least(1, "the number of drawn classes", n)?;
        }
        training(self.epochs, self.batch, self.learning_rate, self.seed)
    }
}

/// Every position of the sentences: which sentence, and where in it.
fn positions(sentences: &[Vec<u32>]) -> Vec<(u32, u32)> {
    (sentences.iter().zip(0..))
        .flat_map(|(sentence, i)| (0..sentence.len() as u32).map(move |at| (i, at)))
        .collect()
}

/// −mean ln P of the targets, `(n)`, after contexts `(n, k)`.
fn full_loss(net: &WindowNet, contexts: &Tensor, targets: &[u32]) -> Result<Tensor> {
    cross_entropy(&net.outputs(contexts)?, targets)
}

/// The same with the sum over all classes estimated from the target and from drawn classes, which have
/// probability q.
fn sampled_loss(
    net: &WindowNet,
    contexts: &Tensor,
    targets: &[u32],
    drawn: &[u32],
    q: &[f64],
) -> Result<Tensor> {
    let (x, hidden) = net.hidden(contexts)?;
    let of = |classes: &[u32], rows: &Tensor| rows.index_select(&Tensor::new(classes, &Device::Cpu)?, 0);
    // y of the target in each row: a product of two rows.
    let mut y_target = (&hidden * of(targets, &net.from_hidden)?)?.sum(1)?;
    let mut y_drawn = hidden.matmul(&of(drawn, &net.from_hidden)?.t()?)?;
    if let Some(direct) = &net.direct {
        y_target = (y_target + (&x * of(targets, direct)?)?.sum(1)?)?;
        y_drawn = (y_drawn + x.matmul(&of(drawn, direct)?.t()?)?)?;
    }
    // exp(y − ln(S q)) is exp y / (S q); if a drawn class is the target, it is in the sum already.
    let s = drawn.len() as f64;
    let less = |&target: &u32| {
        let of_one = move |&d: &u32| {
            if d == target {
                1e9
            } else {
                (s * q[d as usize]).ln()
            }
        };
        drawn.iter().map(of_one)
    };
    let less: Vec<f64> = targets.iter().flat_map(less).collect();
    let less = Tensor::from_vec(less, (targets.len(), drawn.len()), &Device::Cpu)?.to_dtype(x.dtype())?;
    let y = Tensor::cat(&[y_target.unsqueeze(1)?, (y_drawn - less)?], 1)?;
    // The target is the first.
    cross_entropy(&y, &vec![0; targets.len()])
}

/// A trained network, with its words.
#[derive(Clone)]
pub struct NnlmModel {
    tokens: WordTokens,
    /// n − 1.
    window: usize,
    net: WindowNet,
}

impl NnlmModel {
    /// The words with their vectors, the rows of C.
    ///
    /// # Errors
    /// Never for a trained model: its numbers are finite.
    pub fn embeddings(&self) -> Result<Embeddings> {
        let words = self.tokens.vocabulary();
        Embeddings::new(words.clone(), self.net.vectors(words.len())?)
    }

    /// The contexts of some positions, as a tensor, and the targets of these positions.
    fn batch(&self, sentences: &[Vec<u32>], positions: &[(u32, u32)]) -> Result<(Tensor, Vec<u32>)> {
        let mut ids = Vec::with_capacity(positions.len() * self.window);
        let mut targets = Vec::with_capacity(positions.len());
        for &(sentence, at) in positions {
            let sentence = &sentences[sentence as usize];
            ids.extend(self.tokens.classes().context(sentence, at as usize, self.window));
            targets.push(sentence[at as usize]);
        }
        Ok((windows(ids, self.window)?, targets))
    }
}

impl LanguageModel for NnlmModel {
    fn tokens(&self) -> &dyn TokenSet {
        &self.tokens
    }

    fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
        let classes = self.tokens.classes();
        let before: Vec<u32> = classes.context(context, context.len(), self.window).collect();
        let y = self.net.outputs(&windows(before, self.window)?)?;
        Ok(y.flatten_all()?.to_dtype(DType::F64)?.to_vec1()?)
    }

    /// By the full softmax, for many positions at a time: `y` of the target minus `ln Σ exp y`.
    fn log_probabilities(&self, sequences: &[Vec<u32>]) -> Result<Vec<Vec<f64>>> {
        let positions = positions(sequences);
        let mut logs = Vec::with_capacity(positions.len());
        for batch in positions.chunks(TOGETHER) {
            let (contexts, targets) = self.batch(sequences, batch)?;
            let y = self.net.outputs(&contexts)?; // (b, classes)
            let of_target = y
                .gather(&Tensor::new(targets, &Device::Cpu)?.unsqueeze(1)?, 1)?
                .squeeze(1)?;
            let log = (of_target - y.log_sum_exp(1)?)?.to_dtype(DType::F64)?;
            logs.extend(log.to_vec1::<f64>()?);
        }
        let mut left = logs.into_iter();
        Ok(sequences
            .iter()
            .map(|sequence| left.by_ref().take(sequence.len()).collect())
            .collect())
    }
}

crate::show::shown_as_line!(NnlmModel, |this| {
    let n = this.net.parameters.count();
    let words = this.tokens.vocabulary().len();
    format!(
        "A network of {n} numbers that predicts {words} words from the {} before",
        this.window
    )
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::window_net::check_gradients;

    fn net(direct: bool) -> WindowNet {
        let sizes = Sizes {
            rows: 6,
            dimension: 2,
            window: 2,
            hidden: 3,
            outputs: 6,
            direct,
        };
        WindowNet::new(sizes, DType::F64, &mut seeded(2)).unwrap()
    }

    #[test]
    fn the_gradients_are_those_of_the_loss() {
        for direct in [false, true] {
            let net = net(direct);
            let contexts = windows(vec![0, 1, 5, 5, 2, 2], 2).unwrap();
            check_gradients(&net, &|| full_loss(&net, &contexts, &[3, 0, 5]));
            // One drawn class is the target of the first row, and one is drawn twice.
            let q = [0.1, 0.3, 0.1, 0.2, 0.2, 0.1];
            check_gradients(&net, &|| {
                sampled_loss(&net, &contexts, &[3, 0, 5], &[3, 1, 1, 4], &q)
            });
        }
    }

    /// If the classes are drawn in the exact proportions of q, the estimated sum is the sum.
    #[test]
    fn many_samples_are_the_full_softmax() {
        let net = net(true);
        let contexts = windows(vec![0, 1, 4, 2], 2).unwrap();
        let drawn = [0, 0, 0, 1, 1, 2, 2, 3, 4, 5];
        let q = [0.3, 0.2, 0.2, 0.1, 0.1, 0.1];
        let full = full_loss(&net, &contexts, &[2, 3]).unwrap();
        let sampled = sampled_loss(&net, &contexts, &[2, 3], &drawn, &q).unwrap();
        let (full, sampled) = (
            full.to_scalar::<f64>().unwrap(),
            sampled.to_scalar::<f64>().unwrap(),
        );
        assert!((full - sampled).abs() < 1e-12, "{full} {sampled}");
    }
}
