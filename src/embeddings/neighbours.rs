//! The words nearest to a word: the first thing to look at in any embeddings.

use ndarray::{ArrayView1, Axis};

use super::Embeddings;
use super::knn::{Metric, nearest};
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// A word and how near it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    /// The word.
    pub word: String,
    /// Its number in the vocabulary.
    pub id: u32,
    /// Its cosine, inner product or distance.
    pub score: f32,
}

crate::plot::shown_as_record!(Neighbour);

/// The words nearest to a word or vector, the nearest first. Equally near words are in the vocabulary's
/// order.
#[derive(Clone, PartialEq)]
pub struct Neighbours {
    query: String,
    metric: Metric,
    found: Vec<Neighbour>,
}

/// The neighbours of several words.
#[derive(Clone, PartialEq)]
pub struct NeighbourLists(Vec<Neighbours>);

impl Embeddings {
    /// The `k` words with the largest cosine to `word`; `word` itself is left out.
    ///
    /// # Errors
    /// The word is not in the vocabulary, or there are fewer than `k` others.
    ///
    /// ```
    /// # use course::{corpus::Vocabulary, embeddings::Embeddings};
    /// # let words = Vocabulary::from_words(["cat", "dog", "cow"].map(String::from).to_vec())?;
    /// # let e = Embeddings::new(words, ndarray::array![[1.0, 0.0], [3.0, 4.0], [0.0, 1.0]])?;
    /// let near = e.neighbours("cat", 2)?;
    /// assert_eq!(near.words(), ["dog", "cow"]);
    /// assert_eq!(near.to_string(), "\
    /// Nearest to cat
    /// word          cosine
    /// ────  ──────────────
    /// dog   0.600 ████▊
    /// cow   0.000
    /// ");
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn neighbours(&self, word: &str, k: usize) -> Result<Neighbours> {
        self.neighbours_by(word, k, Metric::Cosine)
    }

    /// The `k` words nearest to `word` by another measure; `word` itself is left out.
    ///
    /// # Errors
    /// The word is not in the vocabulary, or there are fewer than `k` others.
    pub fn neighbours_by(&self, word: &str, k: usize, metric: Metric) -> Result<Neighbours> {
        let id = self.vocabulary().require(word)?;
        self.nearest_without(word, self.row(id), &[id], k, metric)
    }

    /// The `k` words with the largest cosine to a vector, for instance a sum of others. No word is left out.
    ///
    /// # Errors
    /// The vector does not have the embeddings' dimension or is not finite, or there are fewer than `k`
    /// words.
    pub fn neighbours_of(&self, vector: &[f32], k: usize) -> Result<Neighbours> {
        self.nearest_without("a vector", vector, &[], k, Metric::Cosine)
    }

    /// The `k` words with the largest cosine to each of `words`, side by side, all found at once.
    ///
    /// # Errors
    /// A word is not in the vocabulary, no word is given, or there are fewer than `k` others.
    pub fn neighbours_of_each<S: AsRef<str>>(
        &self,
        words: impl IntoIterator<Item = S>,
        k: usize,
    ) -> Result<NeighbourLists> {
        let ids = self.ids(words)?;
        self.enough_others(1, k)?;
        let found = nearest(
            self.matrix().view(),
            self.rows(&ids).view(),
            k + 1,
            Metric::Cosine,
        )?;
        let lists = ids
            .iter()
            .zip(found.ids.outer_iter().zip(found.scores.outer_iter()));
        let lists = lists.map(|(&query, (near, scores))| Neighbours {
            query: self.vocabulary().word(query).unwrap_or_default().to_owned(),
            metric: Metric::Cosine,
            found: self.named(near.iter().copied().zip(scores.iter().copied()), &[query], k),
        });
        Ok(NeighbourLists(lists.collect()))
    }

    /// The `k` words nearest to `vector`, without those in `without`.
    pub(super) fn nearest_without(
        &self,
        query: &str,
        vector: &[f32],
        without: &[u32],
        k: usize,
        metric: Metric,
    ) -> Result<Neighbours> {
        let mut without = without.to_vec();
        without.sort_unstable();
        without.dedup();
        self.enough_others(without.len(), k)?;
        let queries = ArrayView1::from(vector).insert_axis(Axis(0)); // (1, d)
        let found = nearest(self.matrix().view(), queries, k + without.len(), metric)?;
        Ok(Neighbours {
            query: query.to_owned(),
            metric,
            found: self.named(found.ids.into_iter().zip(found.scores), &without, k),
        })
    }

    fn enough_others(&self, without: usize, k: usize) -> Result<()> {
        let others = self.len().saturating_sub(without);
        if (1..=others).contains(&k) {
            return Ok(());
        }
        let other = if without == 0 { "" } else { "other " };
        Err(Error::value(
            "the number of neighbours",
            format!("1 to {others}, as many {other}words as there are"),
            k,
        ))
    }

    fn named(&self, found: impl Iterator<Item = (u32, f32)>, without: &[u32], k: usize) -> Vec<Neighbour> {
        found
            .filter(|(id, _)| !without.contains(id))
            .take(k)
            .map(|(id, score)| Neighbour {
                word: self.vocabulary().word(id).unwrap_or_default().to_owned(),
                id,
                score,
            })
            .collect()
    }
}

impl Neighbours {
    /// The words, the nearest first.
    pub fn words(&self) -> Vec<&str> {
        self.found.iter().map(|n| n.word.as_str()).collect()
    }

    /// The words with their numbers and scores, the nearest first.
    pub fn found(&self) -> &[Neighbour] {
        &self.found
    }

    /// As a table, with a bar for each cosine or inner product.
    pub fn table(&self) -> Table {
        let title = match self.metric {
            Metric::Euclidean => format!("Nearest to {}, by distance", self.query),
            Metric::Dot => format!("Nearest to {}, by inner product", self.query),
            Metric::Cosine => format!("Nearest to {}", self.query),
        };
        scored(&self.found, self.metric).title(title)
    }
}

/// A table of words and scores.
pub(super) fn scored(found: &[Neighbour], metric: Metric) -> Table {
    let score = match metric {
        Metric::Cosine => Column::new("cosine").decimals(3).bars().range(0.0, 1.0),
        Metric::Dot => Column::new("inner product").decimals(3).bars(),
        Metric::Euclidean => Column::new("distance").decimals(3),
    };
    Table::new([Column::new("word"), score]).rows(found.iter().map(|n| (&n.word, n.score)))
}

impl NeighbourLists {
    /// One list for each word, in the order given.
    pub fn lists(&self) -> &[Neighbours] {
        &self.0
    }

    /// As a table: a column for each word, its nearest neighbour at the top.
    pub fn table(&self) -> Table {
        let n_rows = self.0.iter().map(|list| list.found.len()).max().unwrap_or(0);
        let word = |list: &Neighbours, i: usize| list.found.get(i).map(|n| n.word.clone());
        Table::new(self.0.iter().map(|list| list.query.clone()))
            .rows((0..n_rows).map(|i| self.0.iter().map(|list| word(list, i)).collect::<Vec<_>>()))
    }
}

crate::show::shown_as_table!(Neighbours);
crate::show::shown_as_table!(NeighbourLists);

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;
    use crate::corpus::Vocabulary;

    fn e() -> Embeddings {
        let words = Vocabulary::from_words("right up left diagonal".split(' ').map(String::from).collect());
        Embeddings::new(
            words.unwrap(),
            array![[2.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.5, 0.5]],
        )
        .unwrap()
    }

    #[test]
    fn the_word_itself_is_left_out() {
        assert_eq!(
            e().neighbours("right", 3).unwrap().words(),
            ["diagonal", "up", "left"]
        );
        assert_eq!(e().neighbours_of(&[1.0, 0.0], 1).unwrap().words(), ["right"]);
        assert_eq!(
            e().neighbours_by("up", 1, Metric::Euclidean).unwrap().found()[0].score,
            0.5_f32.sqrt()
        );
    }

    /// "up" and "left" are at the same angle to "diagonal"'s opposite.
    #[test]
    fn ties_are_in_the_vocabulary_s_order() {
        let equal = Embeddings::new(e().vocabulary().clone(), array![[1.0], [1.0], [1.0], [1.0]]).unwrap();
        assert_eq!(
            equal.neighbours("up", 3).unwrap().words(),
            ["right", "left", "diagonal"]
        );
    }

    #[test]
    fn lists_are_the_single_searches() {
        let lists = e().neighbours_of_each(["up", "right"], 2).unwrap();
        assert_eq!(lists.lists()[0], e().neighbours("up", 2).unwrap());
        assert_eq!(lists.lists()[1], e().neighbours("right", 2).unwrap());
        assert_eq!(
            lists.to_string(),
            "up        right\n────────  ────────\ndiagonal  diagonal\nright     up\n"
        );
    }

    #[test]
    fn bad_input_is_an_error() {
        let error = |k| e().neighbours("up", k).unwrap_err().to_string();
        assert_eq!(
            error(4),
            "the number of neighbours: expected 1 to 3, as many other words as there are, got 4"
        );
        assert!(error(0).ends_with("got 0"));
        assert_eq!(
            e().neighbours_of(&[1.0, 0.0], 5).unwrap_err().to_string(),
            "the number of neighbours: expected 1 to 4, as many words as there are, got 5"
        );
        assert_eq!(
            e().neighbours_of(&[1.0], 2).unwrap_err().to_string(),
            "the queries: expected 2 numbers each, as the vectors have, got 1"
        );
        assert_eq!(
            e().neighbours("lift", 1).unwrap_err().to_string(),
            r#"no word "lift"; did you mean "left"?"#
        );
    }
}
