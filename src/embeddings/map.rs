//! Chosen words in the plane: their vectors, scaled to length 1, along the two directions in which they
//! spread most.
//!
//! The directions are those of the chosen words, not of the whole vocabulary, so a map shows what
//! distinguishes these words from each other. Two dimensions of fifty keep only a part of that; the axes say
//! how much.

use ndarray::Array2;

use super::{Embeddings, pca};
use crate::plot::{Scatter, scatter};
use crate::{Error, Result};

impl Embeddings {
    /// A map of `words`: words near each other are alike, as far as two dimensions can show it.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or there are fewer than two words or two dimensions.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let map = Embeddings::glove().map(["cat", "dog", "paris", "london"])?;
    /// assert!(map.to_svg().contains("paris"));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn map<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<Scatter> {
        let ids = self.ids(words)?;
        let d = self.dimension();
        let mut points = Array2::<f32>::zeros((ids.len(), d));
        for (mut row, &id) in points.rows_mut().into_iter().zip(&ids) {
            let vector = self.row(id);
            let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
            row.iter_mut()
                .zip(vector)
                .for_each(|(to, x)| *to = if norm > 0.0 { x / norm } else { 0.0 });
        }
        if d < 2 {
            return Err(Error::shape("the vectors of a map", "at least 2 dimensions", d));
        }
        let found = pca(points.view(), 2)?;
        let places = found.project(points.view())?;
        let label =
            |axis: &str, share: f32| format!("{axis} direction: {:.0} % of the spread", 100.0 * share);
        let explained = found.explained();
        Ok(scatter(&places)
            .labels(self.words_of(&ids))
            .x_label(label("first", explained[0]))
            .y_label(label("second", explained[1])))
    }

    /// A map of pairs of words, with an arrow from the first of each pair to the second: parallel arrows are
    /// analogies.
    ///
    /// # Errors
    /// As [`map`](Self::map).
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let map = Embeddings::glove().map_pairs([("france", "paris"), ("italy", "rome")])?;
    /// assert!(map.to_svg().contains("rome"));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn map_pairs<S: AsRef<str>>(&self, pairs: impl IntoIterator<Item = (S, S)>) -> Result<Scatter> {
        let words: Vec<String> = pairs
            .into_iter()
            .flat_map(|(a, b)| [a.as_ref().to_owned(), b.as_ref().to_owned()])
            .collect();
        let arrows = (0..words.len() / 2).map(|i| (2 * i, 2 * i + 1));
        Ok(self.map(words)?.arrows(arrows))
    }
}
