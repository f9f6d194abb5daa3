//! One-hot vectors: the vector of word number `i` of `n` has `n` numbers, a 1 at position `i` and 0
//! everywhere else.
//!
//! They are orthogonal and have length 1, so all words are equally far apart: any two have cosine 0 and
//! distance √2, and "cat" is as far from "dog" as from "although". And there are as many dimensions as words.
//! That is why everything else in this course exists.

use ndarray::Array2;

use super::{Embeddings, Vector};
use crate::corpus::{Vocabulary, grouped};
use crate::{Error, Result};

/// The largest matrix that [`Embeddings::one_hot`] makes: 256 MB. A laptop can spare that.
const MOST_BYTES: usize = 256_000_000;

impl Embeddings {
    /// One-hot vectors of all words, shape `(n_words, n_words)`.
    ///
    /// # Errors
    /// The matrix would take more than 256 MB. With more than 8,000 words, use the words' numbers and leave
    /// the vectors to the imagination.
    ///
    /// ```
    /// use course::corpus::Vocabulary;
    /// use course::embeddings::Embeddings;
    /// let e = Embeddings::one_hot(Vocabulary::count("the cat saw the dog".split(' '), 1))?;
    /// assert_eq!(*e.vector("the")?, [1.0, 0.0, 0.0, 0.0]);
    /// assert_eq!(e.cosine("cat", "dog")?, 0.0);
    /// assert_eq!(e.euclidean("cat", "dog")?, 2_f32.sqrt());
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn one_hot(vocabulary: Vocabulary) -> Result<Self> {
        let n = vocabulary.len();
        let bytes = n.saturating_mul(n).saturating_mul(size_of::<f32>());
        if bytes > MOST_BYTES {
            let most = (MOST_BYTES / size_of::<f32>()).isqrt();
            return Err(Error::value(
                "the vocabulary of one-hot vectors",
                format!("at most {} words", grouped(most as u64)),
                format!(
                    "{}, whose vectors take {:.1} GB, all but one number of each of them 0",
                    grouped(n as u64),
                    bytes as f64 / 1e9
                ),
            ));
        }
        Self::new(vocabulary, Array2::eye(n))
    }
}

impl Vector {
    /// The one-hot vector of length `n` with a 1 at position `id`.
    ///
    /// # Errors
    /// `id` is not less than `n`.
    ///
    /// ```
    /// use course::embeddings::Vector;
    /// assert_eq!(*Vector::one_hot(1, 3)?, [0.0, 1.0, 0.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn one_hot(id: usize, n: usize) -> Result<Self> {
        let mut numbers = vec![0.0; n];
        match numbers.get_mut(id) {
            Some(hot) => *hot = 1.0,
            None => {
                return Err(Error::value("the place of the 1", format!("one below {n}"), id));
            }
        }
        Ok(numbers.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embeddings::similarity::{cosine, euclidean};

    #[test]
    fn all_words_are_equally_far() {
        let words: Vec<String> = (0..20).map(|i| format!("w{i}")).collect();
        let e = Embeddings::one_hot(Vocabulary::from_words(words).unwrap()).unwrap();
        for (i, j) in (0..20).flat_map(|i| (0..i).map(move |j| (i, j))) {
            assert_eq!(cosine(e.row(i), e.row(j)).unwrap(), 0.0);
            assert_eq!(euclidean(e.row(i), e.row(j)).unwrap(), 2_f32.sqrt());
        }
        for i in 0..20_u32 {
            assert_eq!(*Vector::one_hot(i as usize, 20).unwrap(), *e.row(i));
        }
    }

    #[test]
    fn a_large_vocabulary_is_refused_with_its_size() {
        let words: Vec<String> = (0..20_000).map(|i| format!("w{i}")).collect();
        let e = Embeddings::one_hot(Vocabulary::from_words(words).unwrap()).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the vocabulary of one-hot vectors: expected at most 8,000 words, got 20,000, whose vectors take 1.6 GB, \
             all but one number of each of them 0"
        );
        assert_eq!(
            Vector::one_hot(3, 3).unwrap_err().to_string(),
            "the place of the 1: expected one below 3, got 3"
        );
    }
}
