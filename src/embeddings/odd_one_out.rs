//! "Breakfast, cereal, dinner, lunch": the word that does not belong is the one least like the mean of all.

use super::Embeddings;
use super::select::mean;
use crate::math::{cosine_of, inner, norm, unit_rows};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// Words with their cosines to the mean of all of them.
#[derive(Clone, PartialEq)]
pub struct OddOneOut {
    /// The least similar first.
    words: Vec<(String, f32)>,
}

impl Embeddings {
    /// The word of `words` that is least like the others: it has the smallest cosine to the mean of their
    /// vectors of length 1. Among equally odd words, it is the first.
    ///
    /// # Errors
    /// There are fewer than three words, or one is not in the vocabulary.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog", "gearbox"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.0], [0.9, 0.1], [-0.1, 0.7]])?;
    /// assert_eq!(e.odd_one_out(["cat", "dog", "gearbox"])?.word(), "gearbox");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn odd_one_out<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<OddOneOut> {
        let ids = self.ids(words)?;
        if ids.len() < 3 {
            return Err(Error::value(
                "the list of words",
                "at least three words",
                ids.len(),
            ));
        }
        let units = unit_rows(&self.rows(&ids));
        let rows = || units.outer_iter().map(|row| row.to_slice().unwrap_or(&[]));
        let middle = mean(rows(), self.dimension());
        let cosines = rows().map(|row| cosine_of(inner(row, &middle), norm(row), norm(&middle)) as f32);
        let mut words: Vec<(String, f32)> = self.words_of(&ids).into_iter().zip(cosines).collect();
        words.sort_by(|a, b| a.1.total_cmp(&b.1));
        Ok(OddOneOut { words })
    }
}

impl OddOneOut {
    /// The odd one.
    pub fn word(&self) -> &str {
        self.words.first().map_or("", |(word, _)| word)
    }

    /// All words with their cosines to the mean, the oddest first.
    pub fn words(&self) -> &[(String, f32)] {
        &self.words
    }

    /// As a table.
    pub fn table(&self) -> Table {
        let cosine = Column::new("cosine to the middle")
            .decimals(3)
            .bars()
            .range(0.0, 1.0);
        Table::new([Column::new("word"), cosine])
            .rows(self.words.iter().map(|(word, cosine)| (word, *cosine)))
    }
}

crate::show::shown_as_table!(OddOneOut);
