//! The centroid of some words: the mean of their vectors. It is the simplest vector for a topic, a class or a
//! sentence.

use super::select::mean;
use super::{Embeddings, Vector};
use crate::Result;

impl Embeddings {
    /// The mean of the vectors of `words`; a word that is named twice counts twice.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or no word is given.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.0], [0.0, 3.0]])?;
    /// assert_eq!(*e.centroid(["cat", "dog"])?, [0.5, 1.5]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn centroid<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<Vector> {
        let ids = self.ids(words)?;
        Ok(mean(ids.iter().map(|&id| self.row(id)), self.dimension()))
    }
}
