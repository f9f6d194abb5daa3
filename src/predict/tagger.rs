//! A tagger: a label for each word, from the window around it, with vectors that were learned in another
//! task.
//!
//! Collobert and Weston's point was not the score itself but the vectors that it leaves behind. If their
//! network has an output for each label instead of the one score, it is a tagger. It takes over the table of
//! vectors, and continues to train it:
//!
//! ```text
//!     y = c + U tanh(b + H [C(w₁); …; C(wₖ)])        P(label) = softmax y        L = −mean ln P(right label)
//! ```
//!
//! If there are few labelled sentences, many words do not occur in them. These words are known all the same,
//! since the vectors come from text without labels.
//!
//! [`with_capitals`] makes a task of any text: the sentences are put in lower case, and the tagger says which
//! words have a capital letter. The author of the text has provided the labels. The task is known as
//! truecasing (Lita, Ittycheriah, Roukos and Kambhatla 2003).

use serde::{Deserialize, Serialize};

use super::window_net::{Sizes, WindowNet, training, windows};
use crate::corpus::{Cut, Texts, Vocabulary, sentences};
use crate::embeddings::Embeddings;
use crate::lm::classes::Classes;
use crate::loss::tensors::cross_entropy;
use crate::nn::{DType, Tensor};
use crate::rng::seeded;
use crate::train::Along;
use crate::{Error, Result};

/// How many windows are labelled together when nothing is learned.
const TOGETHER: usize = 512;
/// Each label has an output of its own.
const MOST_LABELS: usize = 10_000;

/// A sentence: its words, and a label for each word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// In lower case.
    pub words: Vec<String>,
    /// From 0.
    pub labels: Vec<usize>,
}

crate::plot::shown_as_record!(Tagged);

/// Every sentence of `texts`, with label 1 for the words that have a capital letter. The first word of a
/// sentence is dropped, since it always has a capital letter; `I` is dropped, too. A sentence in which every
/// word has one is left out.
///
/// ```
/// use course::predict::with_capitals;
/// let tagged = with_capitals(&["Yesterday we heard from France. All is well."])?;
/// assert_eq!(tagged[0].words, ["we", "heard", "from", "france"]);
/// assert_eq!(tagged[0].labels, [0, 0, 0, 1]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// Errors of reading the texts.
pub fn with_capitals(texts: &dyn Texts) -> Result<Vec<Tagged>> {
    let mut all = Vec::new();
    texts.each(&mut |text| {
        for sentence in sentences(text) {
            let (mut words, mut labels) = (Vec::new(), Vec::new());
            for piece in sentence.split_whitespace().skip(1) {
                let piece = piece.trim_matches(|c: char| !c.is_alphanumeric());
                let Some(first) = piece.chars().next().filter(|_| piece != "I") else {
                    continue;
                };
                // Words are cut as everywhere in this crate, so a hyphen makes two of them.
                for word in Cut::Words.iter(piece) {
                    words.push(word.into_owned());
                    labels.push(usize::from(first.is_uppercase()));
                }
            }
            if labels.contains(&0) {
                all.push(Tagged { words, labels });
            }
        }
        Ok(())
    })?;
    Ok(all)
}

/// How to train.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::predict::{Collobert, Tagger, with_capitals};
/// let text = "Then we heard from France. Then we went to Paris. Then they went from Rome to Paris.";
/// let texts = [text].repeat(10);
/// let vectors = Collobert::default().train(&texts, &Vocabulary::of(&texts, 1)?)?.embeddings()?;
/// let tagged = with_capitals(&texts)?;
/// let tagger = Tagger { epochs: 20, ..Tagger::default() }.train(&vectors, &tagged)?;
/// assert_eq!(tagger.tag("we went to france")?, [0, 0, 0, 1]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tagger {
    /// How many words the window reaches to each side of its middle.
    pub reach: usize,
    /// Hidden units.
    pub hidden: usize,
    /// How many times training goes through the sentences.
    pub epochs: usize,
    /// How many words a batch has.
    pub batch: usize,
    /// Adam's learning rate at the beginning; it falls to a tenth.
    pub learning_rate: f64,
    /// The seed of the first parameters and of the order of the batches.
    pub seed: u64,
}

crate::plot::shown_as_record!(Tagger);

impl Default for Tagger {
    fn default() -> Self {
        Self {
            reach: 2,
            hidden: 32,
            epochs: 5,
            batch: 64,
            learning_rate: 3e-3,
            seed: 1,
        }
    }
}

impl Tagger {
    /// Trains on labelled sentences, starting from the vectors of `words`. All words without a vector count
    /// as one unknown word. The labels are 0 up to the largest that occurs.
    ///
    /// # Errors
    /// An option is out of range; there is no vector or no labelled word; a sentence does not have one label
    /// for each word; there are fewer than two labels or more than 10,000; or the loss is no longer finite.
    pub fn train(&self, words: &Embeddings, tagged: &[Tagged]) -> Result<TaggerModel> {
        let vocabulary = Vocabulary::from_words(words.words().to_vec())?;
        self.run(vocabulary, words.dimension(), Some(words), tagged)
    }

    /// The same from vectors that know nothing: `dimension` numbers each, drawn at random. All that is
    /// learned comes from the labelled sentences.
    ///
    /// # Errors
    /// As for [`train`](Self::train); also a dimension of 0.
    pub fn train_alone(
        &self,
        vocabulary: &Vocabulary,
        dimension: usize,
        tagged: &[Tagged],
    ) -> Result<TaggerModel> {
        self.run(vocabulary.clone(), dimension, None, tagged)
    }

    fn run(
        &self,
        vocabulary: Vocabulary,
        dimension: usize,
        vectors: Option<&Embeddings>,
        tagged: &[Tagged],
    ) -> Result<TaggerModel> {
        Error::at_least(1, "the dimension", dimension)?;
        Error::at_least(1, "the hidden units", self.hidden)?;
        let training = training(self.epochs, self.batch, self.learning_rate, self.seed)?;
        let classes = Classes::of(&vocabulary)?;
        if let Some(bad) = tagged.iter().find(|t| t.words.len() != t.labels.len()) {
            let expected = format!("{} labels", bad.words.len());
            return Err(Error::shape("a sentence", expected, bad.labels.len()));
        }
        let most = tagged.iter().flat_map(|t| &t.labels).copied().max();
        let Some(n_labels) = most.map(|most| most.saturating_add(1)).filter(|&n| n > 1) else {
            let got = most.map_or("none", |_| "one");
            return Err(Error::value("the labelled words", "two labels or more", got));
        };
        if n_labels > MOST_LABELS {
            let expected = format!("labels from 0 to {}", MOST_LABELS - 1);
            let got = (n_labels - 1).to_string();
            return Err(Error::value("the labelled words", expected, got));
        }
        let mut rng = seeded(self.seed);
        let sizes = Sizes {
            rows: classes.len(),
            dimension,
            window: 2 * self.reach + 1,
            hidden: self.hidden,
            outputs: n_labels,
            direct: false,
        };
        let net = WindowNet::new(sizes, DType::F32, &mut rng)?;
        if let Some(vectors) = vectors {
            net.take_over(vectors.matrix())?;
        }
        let model = TaggerModel {
            vocabulary,
            classes,
            reach: self.reach,
            net,
        };
        let positions = model.positions(tagged);
        let net = &model.net;
        training.fit(&net.parameters, positions.len(), Along::default(), &|batch, _| {
            let batch = || batch.iter().map(|&i| &positions[i as usize]);
            let ids = batch().flat_map(|(window, _)| window.clone()).collect();
            let labels: Vec<u32> = batch().map(|(_, label)| *label as u32).collect();
            label_loss(net, ids, &labels)
        })?;
        Ok(model)
    }
}

/// −mean ln P of the labels of windows.
fn label_loss(net: &WindowNet, ids: Vec<u32>, labels: &[u32]) -> Result<Tensor> {
    cross_entropy(&net.outputs(&windows(ids, net.window()?)?)?, labels)
}

/// A trained tagger.
#[derive(Clone)]
pub struct TaggerModel {
    vocabulary: Vocabulary,
    classes: Classes,
    reach: usize,
    net: WindowNet,
}

crate::show::shown_as_line!(TaggerModel, |this| {
    format!("A tagger that knows {} words", this.vocabulary.len())
});

/// How often a tagger is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaggerScore {
    /// The share of all words whose label is right.
    pub accuracy: f64,
    /// Of the words that were given a label other than 0, the share for which that label is right.
    pub precision: f64,
    /// Of the words whose right label is not 0, the share that were given it.
    pub recall: f64,
    /// The harmonic mean of precision and recall.
    pub f1: f64,
}

crate::plot::shown_as_record!(TaggerScore);

impl TaggerModel {
    /// The most probable label of each word of a sentence.
    ///
    /// # Errors
    /// Never for a trained model.
    pub fn tag(&self, sentence: &str) -> Result<Vec<usize>> {
        let words: Vec<String> = crate::corpus::words(sentence);
        let labels = vec![0; words.len()];
        self.labels(&self.positions(&[Tagged { words, labels }]))
    }

    /// How often the tagger is right about these sentences.
    ///
    /// # Errors
    /// There is no word.
    pub fn score(&self, tagged: &[Tagged]) -> Result<TaggerScore> {
        let positions = self.positions(tagged);
        if positions.is_empty() {
            return Err(Error::value("the sentences", "at least one word", "none"));
        }
        let given = self.labels(&positions)?;
        let count = |wanted: fn(usize, usize) -> bool| {
            let pairs = positions.iter().zip(&given);
            pairs
                .filter(|((_, label), given)| wanted(*label, **given))
                .count()
        };
        let share = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let found = count(|label, given| label == given && given > 0);
        let precision = share(found, count(|_, given| given > 0));
        let recall = share(found, count(|label, _| label > 0));
        let f1 = if found == 0 {
            0.0
        } else {
            2.0 * precision * recall / (precision + recall)
        };
        Ok(TaggerScore {
            accuracy: share(count(|label, given| label == given), positions.len()),
            precision,
            recall,
            f1,
        })
    }

    fn labels(&self, positions: &[(Vec<u32>, usize)]) -> Result<Vec<usize>> {
        let mut all = Vec::with_capacity(positions.len());
        for batch in positions.chunks(TOGETHER) {
            let ids = batch.iter().flat_map(|(window, _)| window.clone()).collect();
            let y = self.net.outputs(&windows(ids, 2 * self.reach + 1)?)?;
            let best: Vec<u32> = y.argmax(1)?.to_vec1()?;
            all.extend(best.into_iter().map(|label| label as usize));
        }
        Ok(all)
    }

    /// The window around each word, and its label.
    fn positions(&self, tagged: &[Tagged]) -> Vec<(Vec<u32>, usize)> {
        let (end, unknown) = (self.classes.end(), self.classes.unknown());
        let mut all = Vec::new();
        for sentence in tagged {
            let ids = (sentence.words.iter()).map(|w| self.vocabulary.id(w).unwrap_or(unknown));
            let padded = [vec![end; self.reach], ids.collect(), vec![end; self.reach]].concat();
            let windows = padded.windows(2 * self.reach + 1).map(<[u32]>::to_vec);
            all.extend(windows.zip(sentence.labels.iter().copied()));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::window_net::check_gradients;

    #[test]
    fn the_gradients_are_those_of_the_loss() {
        let sizes = Sizes {
            rows: 4,
            dimension: 3,
            window: 3,
            hidden: 4,
            outputs: 3,
            direct: false,
        };
        let net = WindowNet::new(sizes, DType::F64, &mut seeded(3)).unwrap();
        check_gradients(&net, &|| label_loss(&net, vec![0, 1, 2, 3, 3, 0], &[2, 0]));
    }
}
