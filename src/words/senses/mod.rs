//! Senses: several vectors for one word, by the contexts in which it occurs.
//!
//! *bank* has one vector, a mixture of money and rivers that is near neither of them. But the context mostly
//! shows which sense an occurrence has. So the occurrences are clustered by their contexts, and each cluster
//! is a sense (Schütze 1998; Reisinger and Mooney 2010, "Multi-Prototype Vector-Space Models of Word
//! Meaning"; Huang, Socher, Manning and Ng 2012, "Improving Word Representations via Global Context and
//! Multiple Word Prototypes"):
//!
//! ```text
//!     weight   g(c) = ln²(N / n(c))                            of N tokens, n(c) are the word c
//!     context  x = Σ g(c) v_c / Σ g(c)  −  the mean of all x   over the words c of the window, |v_c| = 1
//!     senses   spherical k-means of all x
//! ```
//!
//! Rare words get a large weight. It is the square of an inverse document frequency in which each token is a
//! document. It is squared because the inner product of two tf-idf vectors has it twice. A test joins six
//! pairs of words in the built-in speeches into one word each: the square tells 81.2 % of the occurrences
//! apart, and the plain logarithm 80.2 % (`tests/words/senses.rs`). All contexts of a word have much in
//! common, such as its grammar and the topic of the text. Subtracting their mean leaves what differs.
//!
//! **How many senses?** Each number from 2 to the maximum is tried, and the one with the largest mean
//! [silhouette](cosine_silhouette) wins. If that is below [`Senses::least_silhouette`], the word has one
//! sense. The silhouette compares numbers of senses, but hardly tells one sense from two: in the built-in
//! speeches most words have a silhouette of 0.13 to 0.25, whether they are one word or two that were joined.
//! Dictionaries do not agree on the number either.
//!
//! **Cost.** The texts are read once. Memory holds at most [`Senses::most_contexts`] occurrences, drawn at
//! random from all; an iteration of k-means is then `O(occurrences · senses · d)`.
//!
//! It leaves out learning vectors and senses together (Neelakantan and others 2014), and senses that differ
//! in word order only.

mod contexts;
mod model;

use ndarray::Array2;
use rand::Rng as _;

pub(crate) use model::nearest;
pub use model::{Sense, SenseExample, SenseModel, SenseTexts};

use crate::corpus::Texts;
use crate::embeddings::Embeddings;
use crate::math::{Clusters, cosine_silhouette, spherical_kmeans};
use crate::rng::seeded;
use crate::{Error, Result};
use contexts::{CutText, Occurrence, Vectors};

/// How to find the senses of a word.
///
/// ```
/// use course::embeddings::Embeddings;
/// use course::words::Senses;
/// let texts = [
///     "the bank raised interest rates on loans", "the river bank was muddy after the flood",
///     "she paid the money into the bank account", "trees grew along the bank of the stream",
///     "the bank lent money to the company", "a boat lay on the bank near the water",
/// ];
/// let model = Senses { n_senses: Some(2), ..Default::default() }.learn("bank", &texts, &Embeddings::glove())?;
/// assert_eq!(model.senses().len(), 2);
/// let of = |text: &str| model.sense_of(text).map(|(sense, _)| sense);
/// assert_eq!(of("the bank asked for its money"), of("her account at the bank"));
/// assert_ne!(of("the bank asked for its money"), of("they swam to the other bank of the river"));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Senses {
    /// How many words to each side are the context.
    pub window: usize,
    /// How many senses there are. If it is not given, the silhouette decides.
    pub n_senses: Option<usize>,
    /// The most senses that the silhouette may choose.
    pub most_senses: usize,
    /// Below this silhouette the word has one sense.
    pub least_silhouette: f64,
    /// At most this many occurrences are clustered, drawn at random from all.
    pub most_contexts: usize,
    /// How many times k-means is started; the best result counts.
    pub restarts: usize,
    /// The seed of the drawn occurrences and of k-means.
    pub seed: u64,
}

crate::plot::shown_as_record!(Senses);

impl Default for Senses {
    fn default() -> Self {
        Self {
            window: 10,
            n_senses: None,
            most_senses: 5,
            least_silhouette: 0.1,
            most_contexts: 5_000,
            restarts: 10,
            seed: 1,
        }
    }
}

impl Senses {
    /// The senses of `word` in `texts`, by the vectors of the words around it. The word itself needs no
    /// vector.
    ///
    /// The same seed gives the same senses.
    ///
    /// # Errors
    /// `word` is not one word, or there are fewer occurrences with known words around them than senses. Or an
    /// option is out of range, or the texts cannot be read.
    pub fn learn(&self, word: &str, texts: &dyn Texts, embeddings: &Embeddings) -> Result<SenseModel> {
        self.check()?;
        let cut = texts.cut();
        let words: Vec<_> = cut.iter(word).collect();
        let [word] = words.as_slice() else {
            let got = format!("{} in {word:?}", words.len());
            return Err(Error::value("the word", "one word", got));
        };
        let (occurrences, n_occurrences, counts) = self.occurrences(word, texts, embeddings)?;
        let mut vectors = Vectors::new(embeddings, &counts);
        let known: Vec<(Occurrence, Vec<f32>)> = occurrences
            .into_iter()
            .filter_map(|occurrence| vectors.of(&occurrence.ids).map(|x| (occurrence, x)))
            .collect();
        let least = self.n_senses.unwrap_or(1);
        if known.len() < least {
            let expected = format!("at least {least}, with words around it that have vectors");
            let what = format!("the occurrences of {word:?}");
            return Err(Error::value(what, expected, known.len()));
        }
        let (occurrences, rows): (Vec<Occurrence>, Vec<Vec<f32>>) = known.into_iter().unzip();
        let d = embeddings.dimension();
        let mut x = Array2::from_shape_fn((rows.len(), d), |(i, j)| rows[i][j]);
        if let Some(mean) = x.mean_axis(ndarray::Axis(0)) {
            x -= &mean;
            vectors.origin = mean.to_vec();
        }
        let (clusters, silhouettes) = self.clusters(&x)?;
        SenseModel::new(
            word,
            self.window,
            vectors,
            &clusters,
            silhouettes,
            (occurrences, n_occurrences),
            &x,
        )
    }

    /// At most `most_contexts` occurrences of the word, the number of all of them, and the count of each word
    /// of the embeddings.
    fn occurrences(
        &self,
        word: &str,
        texts: &dyn Texts,
        e: &Embeddings,
    ) -> Result<(Vec<Occurrence>, u64, Vec<u64>)> {
        let mut counts = vec![0_u64; e.len()];
        let (mut occurrences, mut n) = (Vec::new(), 0_u64);
        let mut rng = seeded(self.seed);
        let cut = texts.cut();
        texts.each(&mut |text| {
            let text = CutText::new(text, cut, word, e.vocabulary());
            text.each_id(&mut |id| counts[id as usize] += 1);
            for occurrence in text.occurrences(self.window) {
                n += 1;
                // Each occurrence is kept with the same probability (Vitter 1985, algorithm R).
                if occurrences.len() < self.most_contexts {
                    occurrences.push(occurrence);
                } else if let Some(to) = occurrences.get_mut(rng.random_range(0..n) as usize) {
                    *to = occurrence;
                }
            }
            Ok(())
        })?;
        if n == 0 {
            return Err(Error::unknown("occurrence of", word, Vec::new()));
        }
        Ok((occurrences, n, counts))
    }

    /// The clusters, and the silhouette of each number of clusters that was tried.
    fn clusters(&self, x: &Array2<f32>) -> Result<(Clusters, Vec<(usize, f64)>)> {
        if let Some(k) = self.n_senses {
            return Ok((spherical_kmeans(x, k, self.restarts, self.seed)?, Vec::new()));
        }
        let (mut best, mut tried) = (spherical_kmeans(x, 1, 1, self.seed)?, Vec::new());
        let mut most = self.least_silhouette;
        for k in 2..=self.most_senses.min(x.nrows() / 2) {
            let found = spherical_kmeans(x, k, self.restarts, self.seed)?;
            // All occurrences may be in one cluster, if their contexts are all the same.
            let silhouette = cosine_silhouette(x, &found.labels).unwrap_or(-1.0);
            tried.push((k, silhouette));
            if silhouette >= most {
                (best, most) = (found, silhouette);
            }
        }
        Ok((best, tried))
    }

    fn check(&self) -> Result<()> {
        for (what, n) in [
            ("the window", self.window),
            ("the number of senses", self.n_senses.unwrap_or(1)),
            ("most_senses", self.most_senses),
            ("most_contexts", self.most_contexts),
            ("the number of restarts", self.restarts),
        ] {
            Error::at_least(1, what, n)?;
        }
        Ok(())
    }
}
