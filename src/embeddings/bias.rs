//! Words along the line from one word to another: what vectors have learned of our prejudices.
//!
//! Two words, such as "he" and "she", have the direction g = (b − a)/‖b − a‖. Each word has the cosine
//! w·g/‖w‖ with that direction: below 0 on the side of `a`, above 0 on the side of `b`. A word that has
//! nothing to do with the pair should be at 0; occupations are not (Bolukbasi et al. 2016, "Man is to
//! Computer Programmer as Woman is to Homemaker? Debiasing Word Embeddings").

use super::Embeddings;
use super::similarity::cosine;
use crate::plot::{Bars, Column, Table, bars};
use crate::{Error, Result};

/// Words, each with its position between two others.
#[derive(Clone, PartialEq)]
pub struct Bias {
    from: String,
    to: String,
    words: Vec<(String, f32)>,
}

impl Embeddings {
    /// The cosine of each of `words` with the direction from `from` to `to`, the smallest first.
    ///
    /// # Errors
    /// A word is not in the vocabulary, no word is given, or both ends have the same vector.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["he", "she", "nurse", "captain"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[0.0, 1.0], [1.0, 0.0], [0.7, 0.2], [0.3, 0.6]])?;
    /// let bias = e.bias("he", "she", ["nurse", "captain"])?;
    /// assert_eq!(bias.words()[0].0, "captain");
    /// assert!(bias.words()[0].1 < 0.0 && bias.words()[1].1 > 0.0);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn bias<S: AsRef<str>>(
        &self,
        from: &str,
        to: &str,
        words: impl IntoIterator<Item = S>,
    ) -> Result<Bias> {
        let direction = self.vector(to)?.minus(&self.vector(from)?)?;
        if direction.norm() == 0.0 {
            let got = format!("{from:?} and {to:?}, which have the same");
            return Err(Error::value(
                "the two ends of the line",
                "two different vectors",
                got,
            ));
        }
        let ids = self.ids(words)?;
        let cosines: Vec<f32> = ids
            .iter()
            .map(|&id| cosine(self.row(id), &direction))
            .collect::<Result<_>>()?;
        let mut words: Vec<(String, f32)> = self.words_of(&ids).into_iter().zip(cosines).collect();
        words.sort_by(|a, b| a.1.total_cmp(&b.1));
        Ok(Bias {
            from: from.to_owned(),
            to: to.to_owned(),
            words,
        })
    }
}

impl Bias {
    /// The words with their cosines, the smallest first.
    pub fn words(&self) -> &[(String, f32)] {
        &self.words
    }

    /// As bars to the left of zero, where `from` is, and to the right, where `to` is.
    pub fn picture(&self) -> Bars {
        bars(
            self.words.iter().map(|(word, _)| word),
            self.words.iter().map(|(_, cosine)| *cosine),
        )
        .decimals(3)
        .title(format!("{} ← 0 → {}", self.from, self.to))
    }

    /// As a table with a bar to the left or right for each word.
    pub fn table(&self) -> Table {
        let column = Column::new(format!("{} − | + {}", self.from, self.to))
            .decimals(3)
            .bars();
        Table::new([Column::new("word"), column])
            .title(format!("From {} to {}", self.from, self.to))
            .rows(self.words.iter().map(|(word, cosine)| (word, *cosine)))
    }
}

crate::show::shown_by!(Bias, picture);

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::corpus::Vocabulary;

    fn e() -> Embeddings {
        let words = Vocabulary::from_words(["he", "she", "it", "him"].map(String::from).to_vec()).unwrap();
        Embeddings::new(words, array![[0.0, 2.0], [2.0, 0.0], [1.0, 1.0], [0.0, 2.0]]).unwrap()
    }

    #[test]
    fn the_ends_are_opposite_and_the_middle_is_zero() {
        let bias = e().bias("he", "she", ["it", "she", "he"]).unwrap();
        let half = 0.5_f32.sqrt();
        let expected = [("he", -half), ("it", 0.0), ("she", half)].map(|(w, c)| (w.to_owned(), c));
        assert_eq!(bias.words(), expected);
        let back = e().bias("she", "he", ["it", "she", "he"]).unwrap();
        assert_eq!(back.words()[0], ("she".to_owned(), -half));
    }

    #[test]
    fn one_point_makes_no_line() {
        assert_eq!(
            e().bias("he", "him", ["it"]).unwrap_err().to_string(),
            r#"the two ends of the line: expected two different vectors, got "he" and "him", which have the same"#
        );
    }
}
