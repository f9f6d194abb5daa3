//! A few words, each compared with each: a matrix of cosines, and the most and least similar pairs.

use ndarray::Array2;

use super::{Embeddings, euclidean};
use super::{cosine, dot};
use crate::math::{cosine_of, inner, norm};
use crate::plot::{Column, HeatMap, Table, heat_map};
use crate::{Error, Result};

/// The cosines of some words with each other.
#[derive(Clone, PartialEq)]
pub struct SimilarityMatrix {
    words: Vec<String>,
    /// Shape `(n_words, n_words)`, symmetric.
    cosines: Array2<f32>,
}

/// Pairs of words with their cosines.
#[derive(Clone, PartialEq)]
pub struct WordPairs {
    title: &'static str,
    pairs: Vec<(String, String, f32)>,
}

impl Embeddings {
    /// The cosine of two words.
    ///
    /// # Errors
    /// A word is not in the vocabulary.
    pub fn cosine(&self, a: &str, b: &str) -> Result<f32> {
        cosine(
            self.row(self.vocabulary().require(a)?),
            self.row(self.vocabulary().require(b)?),
        )
    }

    /// The inner product of two words.
    ///
    /// # Errors
    /// A word is not in the vocabulary.
    pub fn dot(&self, a: &str, b: &str) -> Result<f32> {
        dot(
            self.row(self.vocabulary().require(a)?),
            self.row(self.vocabulary().require(b)?),
        )
    }

    /// The Euclidean distance between two words.
    ///
    /// # Errors
    /// A word is not in the vocabulary.
    pub fn euclidean(&self, a: &str, b: &str) -> Result<f32> {
        euclidean(
            self.row(self.vocabulary().require(a)?),
            self.row(self.vocabulary().require(b)?),
        )
    }

    /// The cosines of `words` with each other.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or no word is given.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog", "cow"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.0], [3.0, 4.0], [0.0, 1.0]])?;
    /// let s = e.similarity_matrix(["cat", "dog", "cow"])?;
    /// assert_eq!(s.cosines(), &ndarray::array![[1.0, 0.6, 0.0], [0.6, 1.0, 0.8], [0.0, 0.8, 1.0]]);
    /// assert_eq!(s.most_similar(1)?.pairs()[0], ("dog".into(), "cow".into(), 0.8));
    /// assert_eq!(s.least_similar(1)?.pairs()[0], ("cat".into(), "cow".into(), 0.0));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn similarity_matrix<S: AsRef<str>>(
        &self,
        words: impl IntoIterator<Item = S>,
    ) -> Result<SimilarityMatrix> {
        let ids = self.ids(words)?;
        let norms: Vec<f64> = ids.iter().map(|&id| norm(self.row(id))).collect();
        let cosines = Array2::from_shape_fn((ids.len(), ids.len()), |(i, j)| {
            cosine_of(inner(self.row(ids[i]), self.row(ids[j])), norms[i], norms[j]) as f32
        });
        Ok(SimilarityMatrix {
            words: self.words_of(&ids),
            cosines,
        })
    }
}

impl SimilarityMatrix {
    /// The words, in the order of rows and columns.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The cosines, shape `(n_words, n_words)`.
    pub fn cosines(&self) -> &Array2<f32> {
        &self.cosines
    }

    /// The `k` pairs of different words with the largest cosines, the largest first.
    ///
    /// # Errors
    /// There are fewer than `k` pairs.
    pub fn most_similar(&self, k: usize) -> Result<WordPairs> {
        self.pairs("Most similar", k, |a, b| b.total_cmp(a))
    }

    /// The `k` pairs of different words with the smallest cosines, the smallest first.
    ///
    /// # Errors
    /// There are fewer than `k` pairs.
    pub fn least_similar(&self, k: usize) -> Result<WordPairs> {
        self.pairs("Least similar", k, f32::total_cmp)
    }

    fn pairs(
        &self,
        title: &'static str,
        k: usize,
        order: impl Fn(&f32, &f32) -> std::cmp::Ordering,
    ) -> Result<WordPairs> {
        let n = self.words.len();
        let mut pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).collect();
        if !(1..=pairs.len()).contains(&k) {
            let expected = format!("1 to {}, as many as {n} words have", pairs.len());
            return Err(Error::value("the number of pairs", expected, k));
        }
        pairs.sort_by(|&a, &b| order(&self.cosines[a], &self.cosines[b]));
        let named =
            |(i, j): (usize, usize)| (self.words[i].clone(), self.words[j].clone(), self.cosines[[i, j]]);
        Ok(WordPairs {
            title,
            pairs: pairs.into_iter().take(k).map(named).collect(),
        })
    }
}

impl WordPairs {
    /// The pairs with their cosines, in order.
    pub fn pairs(&self) -> &[(String, String, f32)] {
        &self.pairs
    }

    /// As a table, with a bar for each cosine.
    pub fn table(&self) -> Table {
        let cosine = Column::new("cosine").decimals(3).bars().range(0.0, 1.0);
        Table::new([Column::new(""), Column::new(""), cosine])
            .title(self.title)
            .rows(self.pairs.iter().map(|(a, b, cosine)| (a, b, *cosine)))
    }
}

impl SimilarityMatrix {
    /// As a picture, with a row and a column for each word.
    pub fn picture(&self) -> HeatMap {
        heat_map(&self.cosines)
            .rows(&self.words)
            .columns(&self.words)
            .range(-1.0, 1.0)
            .diverging()
            .decimals(2)
    }
}

crate::show::shown_by!(SimilarityMatrix, picture);

crate::show::shown_as_table!(WordPairs);

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::corpus::Vocabulary;

    #[test]
    fn it_is_the_single_cosines() {
        let words = ["a", "b", "c"];
        let vocabulary = Vocabulary::from_words(words.map(String::from).to_vec()).unwrap();
        let e = Embeddings::new(vocabulary, array![[1.0, 2.0], [-3.0, 0.5], [0.0, 0.0]]).unwrap();
        let s = e.similarity_matrix(words).unwrap();
        for (i, a) in words.iter().enumerate() {
            for (j, b) in words.iter().enumerate() {
                assert_eq!(s.cosines()[[i, j]], e.cosine(a, b).unwrap());
            }
        }
        assert_eq!(
            s.most_similar(4).unwrap_err().to_string(),
            "the number of pairs: expected 1 to 3, as many as 3 words have, got 4"
        );
    }
}
