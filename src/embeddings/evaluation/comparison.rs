//! Several methods on one text, side by side: seconds, agreement with people's ratings, and neighbours.

use std::time::Instant;

use crate::Result;
use crate::embeddings::{Embeddings, RatedPairs};
use crate::plot::{Cell, Column, Table};

/// How many neighbours of a word are shown.
const SHOWN: usize = 4;

/// A table of methods that make [`Embeddings`], with a row for each. The agreement is with WordSim-353, once
/// it has been fetched.
#[derive(Clone)]
pub struct Comparison {
    words: Vec<String>,
    rated: Option<RatedPairs>,
    rows: Vec<Vec<Cell>>,
}

/// A comparison that shows the neighbours of `words`.
///
/// ```
/// use course::embeddings::{Embeddings, comparison};
/// let mut compared = comparison(["tea", "treaty"]);
/// compared.add("GloVe", || Ok(Embeddings::glove().clone()))?;
/// assert!(compared.to_string().contains("coffee"));
/// # Ok::<(), course::Error>(())
/// ```
pub fn comparison<W: Into<String>>(words: impl IntoIterator<Item = W>) -> Comparison {
    Comparison {
        words: words.into_iter().map(Into::into).collect(),
        rated: RatedPairs::wordsim353().ok(),
        rows: Vec::new(),
    }
}

impl Comparison {
    /// Makes the vectors of a method, which is timed, and adds its row.
    ///
    /// # Errors
    /// The method fails, or has no vector for one of the words.
    pub fn add(&mut self, method: &str, make: impl FnOnce() -> Result<Embeddings>) -> Result<()> {
        let started = Instant::now();
        let vectors = make()?;
        self.row(method, started.elapsed().as_secs_f64(), &vectors)
    }

    fn row(&mut self, method: &str, seconds: f64, vectors: &Embeddings) -> Result<()> {
        let agreement = match self.rated.as_ref().map(|pairs| vectors.agreement(pairs)) {
            None => Cell::from("not fetched"),
            Some(Err(_)) => Cell::from("too few words"),
            Some(Ok(agreement)) => Cell::from(agreement.spearman()),
        };
        let mut row = vec![method.into(), seconds.into(), agreement];
        for word in &self.words {
            row.push(vectors.neighbours(word, SHOWN)?.words().join(", ").into());
        }
        self.rows.push(row);
        Ok(())
    }

    fn table(&self) -> Table {
        let first = [
            Column::new("vectors"),
            Column::new("seconds").decimals(1),
            Column::new("WordSim").decimals(2),
        ];
        let nearest = self
            .words
            .iter()
            .map(|word| Column::new(format!("nearest to {word}")));
        Table::new(first.into_iter().chain(nearest)).rows(self.rows.clone())
    }
}

crate::show::shown_as_table!(Comparison);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_fails_adds_no_row() {
        let mut compared = comparison(["tea"]);
        let failed = compared.add("none", || Embeddings::glove().select(["xyzzy"]));
        assert!(failed.is_err());
        // No vector for the word that is asked for.
        let few = compared.add("few", || Embeddings::glove().select(["gold", "silver"]));
        assert!(few.unwrap_err().to_string().contains("tea") && compared.rows.is_empty());
    }
}
