//! Fewer words, other lengths, another origin: embeddings made from embeddings.

use ndarray::{Array2, Axis, s};

use super::{Embeddings, Vector};
use crate::corpus::Vocabulary;
use crate::math::unit_rows;
use crate::{Error, Result};

impl Embeddings {
    /// The numbers of these words, in their order.
    ///
    /// # Errors
    /// There is no word, or one is not in the vocabulary.
    pub(crate) fn ids<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<Vec<u32>> {
        let ids: Vec<u32> = (words.into_iter())
            .map(|word| self.vocabulary().require(word.as_ref()))
            .collect::<Result<_>>()?;
        match ids.is_empty() {
            false => Ok(ids),
            true => Err(Error::value("the list of words", "at least one word", "none")),
        }
    }

    /// The words with these numbers.
    pub(crate) fn words_of(&self, ids: &[u32]) -> Vec<String> {
        ids.iter()
            .filter_map(|&id| self.vocabulary().word(id))
            .map(str::to_owned)
            .collect()
    }

    /// The vectors of these word numbers as rows.
    pub(crate) fn rows(&self, ids: &[u32]) -> Array2<f32> {
        let places: Vec<usize> = ids.iter().map(|&id| id as usize).collect();
        self.matrix().select(Axis(0), &places)
    }

    /// These words only, in this order. Each word has the count 1; the original counts are lost.
    ///
    /// # Errors
    /// A word is not in the vocabulary or is named twice, or no word is given.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog", "cow"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.0], [0.9, 0.1], [0.5, 0.5]])?;
    /// let two = e.select(["cow", "cat"])?;
    /// assert_eq!(two.words(), ["cow", "cat"]);
    /// assert_eq!(two.vector("cow")?, e.vector("cow")?);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn select<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<Self> {
        let ids = self.ids(words)?;
        Self::new(Vocabulary::from_words(self.words_of(&ids))?, self.rows(&ids))
    }

    /// The first `n` words, which in most vector files are the most frequent ones; all words if there are
    /// fewer.
    ///
    /// # Errors
    /// Never in practice: the words and vectors were checked when these embeddings were made.
    pub fn first(&self, n: usize) -> Result<Self> {
        let n = n.min(self.len());
        Self::new(
            Vocabulary::from_words(self.words()[..n].to_vec())?,
            self.matrix().slice(s![..n, ..]).to_owned(),
        )
    }

    /// Every vector scaled to length 1, so that inner product and cosine are the same. A zero vector stays
    /// zero.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[3.0, 4.0], [0.0, 0.0]])?;
    /// assert_eq!(*e.normalized().vector("cat")?, [0.6, 0.8]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn normalized(&self) -> Self {
        self.with_matrix(unit_rows(self.matrix()))
    }

    /// All vectors moved so that their mean is zero: the mean vector is subtracted from each. What all words
    /// have in common no longer makes them alike; in many methods that is mostly their frequency (Mu and
    /// Viswanath 2018, "All-but-the-Top").
    ///
    /// # Errors
    /// Numbers near the largest possible one overflow.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[3.0, 4.0], [1.0, 0.0]])?;
    /// assert_eq!(*e.centered()?.vector("cat")?, [1.0, 2.0]);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn centered(&self) -> Result<Self> {
        let mean = self.mean();
        let mut matrix = self.matrix().clone();
        for mut row in matrix.outer_iter_mut() {
            row.iter_mut().zip(mean.iter()).for_each(|(x, m)| *x -= m);
        }
        Self::new(self.vocabulary().clone(), matrix)
    }

    /// The mean of all vectors.
    pub fn mean(&self) -> Vector {
        mean(
            self.matrix()
                .outer_iter()
                .map(|row| row.to_slice().unwrap_or(&[])),
            self.dimension(),
        )
    }
}

/// The mean of vectors, summed in `f64`; zero if there are none.
pub(crate) fn mean<'a>(vectors: impl IntoIterator<Item = &'a [f32]>, dimension: usize) -> Vector {
    let (mut sum, mut n) = (vec![0.0_f64; dimension], 0.0_f64);
    for vector in vectors {
        sum.iter_mut().zip(vector).for_each(|(s, &x)| *s += f64::from(x));
        n += 1.0;
    }
    sum.iter()
        .map(|s| (s / n.max(1.0)) as f32)
        .collect::<Vec<f32>>()
        .into()
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn e() -> Embeddings {
        let words = Vocabulary::from_words(["a", "b", "c"].map(String::from).to_vec()).unwrap();
        Embeddings::new(words, array![[3.0, 4.0], [0.0, 0.0], [-3.0, 2.0]]).unwrap()
    }

    #[test]
    fn the_mean_is_taken_away() {
        assert_eq!(*e().mean(), [0.0, 2.0]);
        assert_eq!(*e().centered().unwrap().mean(), [0.0, 0.0]);
    }

    #[test]
    fn lengths_are_one_or_zero() {
        let n = e().normalized();
        let lengths: Vec<f32> = (0..3).map(|i| Vector::from(n.row(i)).norm()).collect();
        assert_eq!(lengths, [1.0, 0.0, 1.0]);
        // Each number is rounded once.
        let difference = n.cosine("a", "c").unwrap() - e().cosine("a", "c").unwrap();
        assert!(difference.abs() < 1e-7);
    }

    #[test]
    fn a_word_cannot_be_chosen_twice() {
        let error = |words: &[&str]| e().select(words).unwrap_err().to_string();
        assert_eq!(
            error(&["a", "a"]),
            r#"the words: expected each word once, got "a" twice"#
        );
        assert_eq!(
            error(&[]),
            "the list of words: expected at least one word, got none"
        );
        assert_eq!(error(&["x"]), r#"no word "x"; did you mean "a", "b", "c"?"#);
        assert_eq!(e().first(2).unwrap(), e().select(["a", "b"]).unwrap());
        assert_eq!(e().first(9).unwrap(), e());
    }
}
