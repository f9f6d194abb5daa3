//! Vectors written down by hand.

use ndarray::Array2;

use super::Embeddings;
use crate::corpus::Vocabulary;
use crate::{Error, Result};

impl Embeddings {
    /// These words with these vectors.
    ///
    /// # Errors
    /// A word appears twice, a vector is longer or shorter than the first, or a number is not finite.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let e = Embeddings::from_rows([("cat", [0.1, 0.8]), ("whale", [1.0, 0.0])])?;
    /// assert_eq!(*e.vector("whale")?, [1.0, 0.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn from_rows<S: Into<String>, V: AsRef<[f32]>>(
        rows: impl IntoIterator<Item = (S, V)>,
    ) -> Result<Self> {
        let mut words = Vec::new();
        let mut numbers = Vec::new();
        let mut dimension = None;
        for (word, vector) in rows {
            let (word, vector) = (word.into(), vector.as_ref());
            let expected = *dimension.get_or_insert(vector.len());
            if vector.len() != expected {
                let what = format!("the vector of {word:?}");
                return Err(Error::shape(what, format!("{expected} numbers"), vector.len()));
            }
            words.push(word);
            numbers.extend_from_slice(vector);
        }
        let shape = (words.len(), dimension.unwrap_or(0));
        let matrix = Array2::from_shape_vec(shape, numbers)
            .map_err(|error| Error::shape("the vectors", format!("{shape:?} numbers"), error))?;
        Self::new(Vocabulary::from_words(words)?, matrix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_of_another_length_is_named() {
        let error = Embeddings::from_rows([("cat", vec![1.0, 2.0]), ("dog", vec![1.0])]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the vector of \"dog\": expected 2 numbers, got 1"
        );
    }
}
