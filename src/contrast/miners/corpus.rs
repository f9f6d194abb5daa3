//! Hard negatives from a whole corpus: what a search finds for a query, without what it should find.
//!
//! A first encoder searches the corpus for each query. The best answers that are no positives are negatives
//! which it cannot yet tell from them, or positives that nobody has marked. So the very best are left out, by
//! rank or by score:
//!
//! ```text
//!     start ≤ rank                               among those that the other bounds leave
//!     least ≤ s ≤ most                           s the score
//!     s ≤ s⁺ − m                                 absolute margin; s⁺ is the score of the worst positive
//!     s ≤ s⁺ − |s⁺| m                            relative margin (Moreira and others, *NV-Retriever*, 2024)
//! ```
//!
//! All bounds include the limit itself, as in sentence-transformers' `mine_hard_negatives`, which does the
//! same but for the number of answers it looks at: that grows with the positives of other queries. A query
//! without positives has no s⁺ and no margin. A query that is itself a row of the corpus is found, with the
//! highest score there is, unless it is listed as a positive, too.
//!
//! The search is exact ([`nearest`]): 2 n q d operations for q queries.

use ndarray::{Array2, ArrayView2};
use rand::seq::SliceRandom;

use crate::embeddings::{Metric, nearest};
use crate::plot::Table;
use crate::{Error, Result};

/// Which answers of a search become negatives. The scores are cosines, inner products, or distances with the
/// sign turned.
#[derive(Clone, PartialEq)]
pub struct Mining {
    /// What is searched by.
    pub metric: Metric,
    /// How many of the best of those that the bounds leave are left out, too …
    pub start: usize,
    /// … and how many answers are looked at, without positives.
    pub end: usize,
    /// No negative has a higher score.
    pub most: Option<f32>,
    /// No negative has a lower score.
    pub least: Option<f32>,
    /// How much lower than that of the worst positive a score must be.
    pub absolute_margin: Option<f32>,
    /// The same as a share of the positive's score.
    pub relative_margin: Option<f32>,
    /// How many negatives a query gets, if there are enough.
    pub number: usize,
    /// The best ones, or drawn with this seed from those between `start` and `end`.
    pub seed: Option<u64>,
}

impl Default for Mining {
    /// The three best by cosine of the best 100, without any bound.
    fn default() -> Self {
        Self {
            metric: Metric::Cosine,
            start: 0,
            end: 100,
            most: None,
            least: None,
            absolute_margin: None,
            relative_margin: None,
            number: 3,
            seed: None,
        }
    }
}

crate::show::shown_as_line!(Mining, |this| {
    let Self {
        number,
        start,
        end,
        metric,
        ..
    } = this;
    format!("{number} negatives a query, of ranks {start} to {end} by {metric:?}")
});

/// A row of the corpus that is a negative for a query.
#[derive(Clone, Copy, PartialEq)]
pub struct Negative {
    /// Its number.
    pub row: u32,
    /// Its score.
    pub score: f32,
}

crate::show::shown_as_line!(Negative, |this| {
    format!("row {} with score {}", this.row, this.score)
});

/// The negatives of each query, the hardest first.
#[derive(Clone, PartialEq)]
pub struct Mined {
    /// For each query; fewer than wanted, or none, where the bounds leave no more.
    pub negatives: Vec<Vec<Negative>>,
}

impl Mined {
    fn table(&self) -> Table {
        let rows = self.negatives.iter().enumerate().flat_map(|(query, negatives)| {
            negatives
                .iter()
                .enumerate()
                .map(move |(i, n)| (query, i + 1, n.row, n.score))
        });
        Table::new(["query", "place", "row", "score"]).rows(rows)
    }
}

crate::show::shown_as_table!(Mined);

impl Mining {
    /// # Errors
    /// A margin is negative or not a number, a bound of the score is not a number, or `end` is not above
    /// `start`.
    pub fn check(&self) -> Result<()> {
        let margins = [self.absolute_margin, self.relative_margin];
        if let Some(m) = margins
            .into_iter()
            .flatten()
            .find(|m| !(*m >= 0.0 && m.is_finite()))
        {
            return Err(Error::value("the margin", "a number of 0 or more", m.to_string()));
        }
        if [self.most, self.least].into_iter().flatten().any(f32::is_nan) {
            return Err(Error::value("a bound of the score", "a number", "NaN"));
        }
        match self.start < self.end {
            true => Ok(()),
            false => {
                let expected = format!("above {}, where they start", self.start);
                Err(Error::value(
                    "the end of the ranks",
                    expected,
                    self.end.to_string(),
                ))
            }
        }
    }

    /// The negatives of each row of `queries`, `(q, d)`, among the rows of `corpus`, `(n, d)`; `positives`
    /// are the rows of the corpus that belong to each query.
    ///
    /// ```
    /// use course::contrast::miners::Mining;
    /// let corpus = ndarray::array![[1.0, 0.0], [0.8, 0.6], [0.6, 0.8], [0.0, 1.0]];
    /// let query = ndarray::array![[1.0, 0.0]];
    /// let rows = |mining: Mining| -> course::Result<Vec<u32>> {
    ///     let mined = mining.mine(query.view(), corpus.view(), &[vec![0]])?;
    ///     Ok(mined.negatives[0].iter().map(|n| n.row).collect())
    /// };
    /// assert_eq!(rows(Mining { number: 2, ..Default::default() })?, [1, 2]);
    /// // 0.8 is too near to the positive's score, 1.
    /// assert_eq!(rows(Mining { absolute_margin: Some(0.3), ..Default::default() })?, [2, 3]);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// There is not one list of positives for each query, a positive is no row of the corpus, the shapes do
    /// not fit, a number is not finite, or those of [`Mining::check`].
    pub fn mine(
        &self,
        queries: ArrayView2<f32>,
        corpus: ArrayView2<f32>,
        positives: &[Vec<u32>],
    ) -> Result<Mined> {
        self.check()?;
        let n = corpus.nrows();
        if positives.len() != queries.nrows() {
            let expected = format!("{}, one for each query", queries.nrows());
            return Err(Error::shape(
                "the lists of positives",
                expected,
                positives.len().to_string(),
            ));
        }
        if let Some(row) = positives.iter().flatten().find(|&&row| row as usize >= n) {
            let expected = format!("a row below {n}");
            return Err(Error::value("a positive", expected, row.to_string()));
        }
        let most_positives = positives.iter().map(Vec::len).max().unwrap_or(0);
        let k = self.end.saturating_add(most_positives).min(n);
        if k == 0 {
            let negatives = vec![Vec::new(); queries.nrows()];
            return Ok(Mined { negatives });
        }
        let found = nearest(corpus, queries, k, self.metric)?;
        let sign = if self.metric == Metric::Euclidean {
            -1.0
        } else {
            1.0
        };
        let negatives = positives.iter().enumerate().map(|(i, positives)| {
            let limit = self.limit(queries, corpus, i, positives)?;
            let answers = found.ids.row(i).into_iter().zip(found.scores.row(i));
            let passed = answers
                .map(|(&row, score)| Negative {
                    row,
                    score: sign * score,
                })
                .filter(|answer| !positives.contains(&answer.row))
                .take(self.end)
                .filter(|answer| {
                    answer.score <= limit && self.least.is_none_or(|least| answer.score >= least)
                })
                .skip(self.start);
            Ok(self.chosen(passed.collect(), i))
        });
        Ok(Mined {
            negatives: negatives.collect::<Result<_>>()?,
        })
    }

    /// The highest score that a negative of query i may have.
    fn limit(
        &self,
        queries: ArrayView2<f32>,
        corpus: ArrayView2<f32>,
        i: usize,
        positives: &[u32],
    ) -> Result<f32> {
        let mut limit = self.most.unwrap_or(f32::INFINITY);
        if positives.is_empty() || (self.absolute_margin.is_none() && self.relative_margin.is_none()) {
            return Ok(limit);
        }
        let rows: Array2<f32> = Array2::from_shape_fn((positives.len(), corpus.ncols()), |(k, j)| {
            corpus[[positives[k] as usize, j]]
        });
        let query = queries.slice(ndarray::s![i..=i, ..]);
        let scores = nearest(rows.view(), query, positives.len(), self.metric)?.scores;
        // The last is the worst, for distances, too.
        let worst = scores.last().copied().unwrap_or(f32::INFINITY);
        let worst = if self.metric == Metric::Euclidean {
            -worst
        } else {
            worst
        };
        if let Some(m) = self.absolute_margin {
            limit = limit.min(worst - m);
        }
        if let Some(m) = self.relative_margin {
            limit = limit.min(worst - worst.abs() * m);
        }
        Ok(limit)
    }

    /// The first of those that have passed, or some of them.
    fn chosen(&self, mut passed: Vec<Negative>, i: usize) -> Vec<Negative> {
        if let Some(seed) = self.seed
            && passed.len() > self.number
        {
            // A stream for each query, so its negatives do not depend on the other queries.
            let mut order: Vec<usize> = (0..passed.len()).collect();
            order.shuffle(&mut crate::rng::stream(seed, i as u64));
            order.truncate(self.number);
            order.sort_unstable();
            passed = order.into_iter().map(|k| passed[k]).collect();
        }
        passed.truncate(self.number);
        passed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The angles of 0 to 9 tenths of a right angle.
    fn corpus() -> Array2<f32> {
        Array2::from_shape_fn((10, 2), |(i, j)| {
            let angle = i as f32 * std::f32::consts::FRAC_PI_2 / 10.0;
            if j == 0 { angle.cos() } else { angle.sin() }
        })
    }

    fn rows(mining: &Mining, positives: &[u32]) -> Vec<u32> {
        let query = ndarray::array![[2.0_f32, 0.0]];
        let mined = mining
            .mine(query.view(), corpus().view(), &[positives.to_vec()])
            .unwrap();
        mined.negatives[0].iter().map(|n| n.row).collect()
    }

    #[test]
    fn bounds_and_ranks_choose() {
        let all = Mining {
            number: 10,
            ..Mining::default()
        };
        assert_eq!(rows(&all, &[0, 4]), [1, 2, 3, 5, 6, 7, 8, 9]);
        assert_eq!(
            rows(
                &Mining {
                    start: 2,
                    end: 5,
                    ..all.clone()
                },
                &[0, 4]
            ),
            [3, 5, 6]
        );
        // cos 27° = 0.891, cos 36° = 0.809, cos 63° = 0.454
        let bounded = Mining {
            most: Some(0.85),
            least: Some(0.454),
            ..all.clone()
        };
        assert_eq!(rows(&bounded, &[0]), [4, 5, 6]);
        // Below the worst of the two positives, cos 36°; a limit of 0.709, and of 0.728.
        let absolute = Mining {
            absolute_margin: Some(0.1),
            ..all.clone()
        };
        assert_eq!(rows(&absolute, &[0, 4]), [5, 6, 7, 8, 9]);
        let relative = Mining {
            relative_margin: Some(0.2),
            ..all.clone()
        };
        assert_eq!(rows(&relative, &[0, 4]), [6, 7, 8, 9]);
        // Without a positive there is no margin.
        assert_eq!(rows(&absolute, &[]).len(), 10);
        let euclidean = Mining {
            metric: Metric::Euclidean,
            ..all.clone()
        };
        assert_eq!(rows(&euclidean, &[0, 4]), rows(&all, &[0, 4]));
    }

    #[test]
    fn drawn_negatives_depend_on_the_seed_alone() {
        let drawn = |seed| {
            rows(
                &Mining {
                    seed: Some(seed),
                    end: 8,
                    ..Mining::default()
                },
                &[0],
            )
        };
        assert_eq!(drawn(1), drawn(1));
        let different: std::collections::BTreeSet<_> = (0..20).map(drawn).collect();
        assert!(different.len() > 5);
        for rows in different {
            assert!(rows.len() == 3 && rows.is_sorted() && rows.iter().all(|row| (1..=8).contains(row)));
        }
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let (query, corpus) = (ndarray::array![[1.0_f32, 0.0]], corpus());
        let told = |mining: &Mining, positives: &[Vec<u32>]| {
            let mined = mining.mine(query.view(), corpus.view(), positives);
            mined.map(|_| ()).unwrap_err().to_string()
        };
        let all = Mining::default();
        assert_eq!(
            told(&all, &[]),
            "the lists of positives: expected 1, one for each query, got 0"
        );
        assert_eq!(
            told(&all, &[vec![10]]),
            "a positive: expected a row below 10, got 10"
        );
        let empty = Mining {
            start: 5,
            end: 5,
            ..all.clone()
        };
        assert_eq!(
            told(&empty, &[vec![]]),
            "the end of the ranks: expected above 5, where they start, got 5"
        );
        let margin = Mining {
            relative_margin: Some(f32::NAN),
            ..all
        };
        assert_eq!(
            told(&margin, &[vec![]]),
            "the margin: expected a number of 0 or more, got NaN"
        );
    }
}
