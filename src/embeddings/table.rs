//! The type [`Embeddings`]: a vocabulary and a matrix whose row `i` is the vector of word `i`.

use std::fmt;

use ndarray::Array2;

use super::Vector;
use crate::corpus::{Vocabulary, grouped};
use crate::data::glove;
use crate::plot::{Cell, Column, Table};
use crate::{Error, Result};

/// A vector for every word of a vocabulary.
///
/// Every method of the course that makes word vectors ends in this type, so every comparison, evaluation and
/// picture works on all of them. The vocabulary has `n_words` words, the matrix has the shape
/// `(n_words, dimension)`, and all its numbers are finite.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::embeddings::Embeddings;
/// use ndarray::array;
/// let words = Vocabulary::from_words(vec!["cat".into(), "dog".into()])?;
/// let e = Embeddings::new(words, array![[1.0, 0.0, 0.5], [0.9, 0.1, 0.4]])?;
/// assert_eq!((e.len(), e.dimension()), (2, 3));
/// assert_eq!(*e.vector("dog")?, [0.9, 0.1, 0.4]);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Embeddings {
    vocabulary: Vocabulary,
    /// In row-major order, so that a row is a slice.
    matrix: Array2<f32>,
}

impl Embeddings {
    /// Row `i` of `matrix`, of shape `(n_words, dimension)`, becomes the vector of word `i`.
    ///
    /// # Errors
    /// The number of rows is not the number of words, there are words but no columns, or a number is not
    /// finite.
    pub fn new(vocabulary: Vocabulary, matrix: Array2<f32>) -> Result<Self> {
        let (rows, dimension) = matrix.dim();
        if rows != vocabulary.len() {
            return Err(Error::shape(
                "the matrix of the vectors",
                format!("{} rows, one for each word", vocabulary.len()),
                format!("{rows} rows"),
            ));
        }
        if dimension == 0 && rows > 0 {
            return Err(Error::shape(
                "the matrix of the vectors",
                "at least one column",
                "none",
            ));
        }
        let matrix = match matrix.is_standard_layout() {
            true => matrix,
            false => matrix.as_standard_layout().into_owned(),
        };
        let e = Self { vocabulary, matrix };
        if let Some(at) = e.numbers().iter().position(|x| !x.is_finite()) {
            return Err(Error::value(
                format!(
                    "the vector of {:?}, number {}",
                    e.vocabulary.words()[at / dimension],
                    at % dimension
                ),
                "a finite number",
                e.numbers()[at],
            ));
        }
        Ok(e)
    }

    /// GloVe's vectors, 50 numbers each, of the 20,000 most frequent words of a corpus of 6 billion tokens.
    /// See [`data::glove`](crate::data::glove) for their source.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let glove = Embeddings::glove();
    /// assert_eq!(glove.analogy("man", "king", "woman", 1)?.answer(), "queen");
    /// # Ok::<(), course::Error>(())
    /// ```
    #[expect(
        clippy::expect_used,
        reason = "the vectors are a part of the library, and the example reads them"
    )]
    pub fn glove() -> Self {
        let (words, matrix) = glove::vectors();
        let made = Vocabulary::from_words(words).and_then(|words| Self::new(words, matrix));
        made.expect("the built-in vectors are broken")
    }

    /// The same words with other vectors. The caller knows that there are as many vectors as words and that
    /// they are finite.
    pub(super) fn with_matrix(&self, matrix: Array2<f32>) -> Self {
        Self {
            vocabulary: self.vocabulary.clone(),
            matrix,
        }
    }

    /// The words and their counts.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The words, in the order of the rows.
    pub fn words(&self) -> &[String] {
        self.vocabulary.words()
    }

    /// The vectors as rows, shape `(n_words, dimension)`, in row-major order.
    pub fn matrix(&self) -> &Array2<f32> {
        &self.matrix
    }

    /// The vocabulary and the matrix, to make something else from them.
    pub fn into_parts(self) -> (Vocabulary, Array2<f32>) {
        (self.vocabulary, self.matrix)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.vocabulary.len()
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.vocabulary.is_empty()
    }

    /// How many numbers a vector has.
    pub fn dimension(&self) -> usize {
        self.matrix.ncols()
    }

    /// Whether `word` has a vector.
    pub fn contains(&self, word: &str) -> bool {
        self.vocabulary.id(word).is_some()
    }

    /// The vector of `word`, as a copy that a notebook's cell can keep.
    ///
    /// # Errors
    /// The word is not in the vocabulary; the message suggests near spellings.
    pub fn vector(&self, word: &str) -> Result<Vector> {
        Ok(self.row(self.vocabulary.require(word)?).into())
    }

    /// The vector of word number `id`, borrowed; empty if there is no such word.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(vec!["cat".into()])?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.5]])?;
    /// assert_eq!(e.row(0), [1.0, 0.5]);
    /// assert!(e.row(1).is_empty());
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn row(&self, id: u32) -> &[f32] {
        let (start, n) = (id as usize * self.dimension(), self.dimension());
        self.numbers().get(start..start + n).unwrap_or(&[])
    }

    /// All numbers, row by row.
    pub fn numbers(&self) -> &[f32] {
        // The constructor has made sure of the layout.
        self.matrix.as_slice().unwrap_or(&[])
    }
}

/// How many words are shown, and how many of their numbers.
const SHOWN: usize = 8;

impl Embeddings {
    /// The first words with their first numbers, as a table.
    pub fn table(&self) -> Table {
        let numbers = self.dimension().min(SHOWN);
        let more = (self.dimension() > numbers).then_some(Column::new("…"));
        let columns = (1..=numbers).map(|j| Column::new(j.to_string()).decimals(3).shaded());
        let mut table = Table::new([Column::new("word")].into_iter().chain(columns).chain(more))
            .title(format!(
                "{} words as vectors of {} numbers",
                grouped(self.len() as u64),
                grouped(self.dimension() as u64)
            ))
            .note(match self.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!("… and {} words more", grouped(more as u64)),
            });
        for (word, row) in self.words().iter().zip(self.matrix.outer_iter()).take(SHOWN) {
            let cells = row.iter().take(numbers).map(|&x| Cell::from(x));
            table.push([Cell::from(word)].into_iter().chain(cells).collect::<Vec<_>>());
        }
        table
    }

    /// Shows it in a notebook.
    pub fn evcxr_display(&self) {
        crate::show::display(&self.table().to_html(), &self.to_string());
    }
}

impl fmt::Display for Embeddings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} words as vectors of {} numbers",
            self.len(),
            self.dimension()
        )?;
        if !self.is_empty() {
            let more = if self.len() > SHOWN { ", …" } else { "" };
            let first: Vec<&str> = self.words().iter().take(SHOWN).map(String::as_str).collect();
            write!(f, ": {}{more}", first.join(", "))?;
        }
        Ok(())
    }
}

crate::show::debug_shows!(Embeddings);

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    fn words(list: &str) -> Vocabulary {
        Vocabulary::from_words(list.split_whitespace().map(str::to_owned).collect()).unwrap()
    }

    #[test]
    fn shapes_must_fit() {
        let e = Embeddings::new(words("a b c"), array![[1.0], [2.0]]).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the matrix of the vectors: expected 3 rows, one for each word, got 2 rows"
        );
        let e = Embeddings::new(words("a"), Array2::zeros((1, 0))).unwrap_err();
        assert_eq!(
            e.to_string(),
            "the matrix of the vectors: expected at least one column, got none"
        );
        assert!(
            Embeddings::new(words(""), Array2::zeros((0, 0)))
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn numbers_must_be_finite() {
        let e = Embeddings::new(words("a b"), array![[1.0, 2.0], [3.0, f32::NAN]]).unwrap_err();
        assert_eq!(
            e.to_string(),
            r#"the vector of "b", number 1: expected a finite number, got NaN"#
        );
        assert!(Embeddings::new(words("a"), array![[f32::NEG_INFINITY]]).is_err());
    }

    #[test]
    fn a_row_is_the_word_s_in_any_layout() {
        let columns = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]].reversed_axes();
        let e = Embeddings::new(words("a b c"), columns).unwrap();
        assert_eq!(*e.vector("b").unwrap(), [2.0, 5.0]);
        assert_eq!(e.row(9), [0.0_f32; 0]);
        assert_eq!(
            e.vector("bb").unwrap_err().to_string(),
            r#"no word "bb"; did you mean "b"?"#
        );
    }

    #[test]
    fn it_shows_a_summary() {
        let e = Embeddings::new(words("a b"), Array2::zeros((2, 3))).unwrap();
        assert_eq!(e.to_string(), "2 words as vectors of 3 numbers: a, b");
    }
}
