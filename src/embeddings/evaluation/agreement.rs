//! How far the cosines of embeddings agree with people's ratings.

use super::spearman::{ranks, spearman};
use super::{AnalogyAccuracy, AnalogyQuestions, RatedPairs};
use crate::embeddings::{AnalogyMethod, Embeddings};
use crate::fetched;
use crate::plot::{Cell, Column, Table};
use crate::{Error, Result};

/// The agreement of embeddings with one set of rated pairs.
#[derive(Clone, PartialEq)]
pub struct Agreement {
    name: String,
    spearman: f32,
    n_pairs: usize,
    /// The pairs whose words are known, with their ratings and cosines.
    covered: Vec<(String, String, f32, f32)>,
}

/// All evaluations that the fetched sets allow.
#[derive(Clone, PartialEq)]
pub struct Evaluation {
    agreements: Vec<Agreement>,
    analogies: AnalogyAccuracy,
}

impl Embeddings {
    /// Spearman's correlation of cosines with people's ratings.
    ///
    /// # Errors
    /// Fewer than two pairs have both words in the vocabulary, or all their ratings or all their cosines are
    /// equal.
    ///
    /// ```
    /// use course::embeddings::{Embeddings, evaluation::RatedPairs};
    /// let pairs = RatedPairs::parse("drinks", "coffee\ttea\t9\ncoffee\tcup\t5\ncoffee\ttreaty\t0\nxyzzy\ttea\t1\n")?;
    /// let agreement = Embeddings::glove().agreement(&pairs)?;
    /// assert_eq!((agreement.spearman(), agreement.n_covered(), agreement.n_pairs()), (1.0, 3, 4));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn agreement(&self, pairs: &RatedPairs) -> Result<Agreement> {
        let mut covered = Vec::new();
        for (a, b, rating) in pairs.pairs() {
            if self.contains(a) && self.contains(b) {
                covered.push((a.clone(), b.clone(), *rating, self.cosine(a, b)?));
            }
        }
        if covered.len() < 2 {
            return Err(Error::value(
                format!("the vocabulary for {}", pairs.name()),
                format!("the words of at least 2 of {} pairs", pairs.pairs().len()),
                format!("those of {}", covered.len()),
            ));
        }
        let (ratings, cosines): (Vec<f32>, Vec<f32>) = covered.iter().map(|pair| (pair.2, pair.3)).unzip();
        Ok(Agreement {
            name: pairs.name().to_owned(),
            spearman: spearman(&cosines, &ratings)?,
            n_pairs: pairs.pairs().len(),
            covered,
        })
    }

    /// WordSim-353, SimLex-999 and Google's analogies by 3CosAdd.
    ///
    /// # Errors
    /// The sets have not been fetched (the message says how), or the vocabulary has too few of their words.
    pub fn evaluate(&self) -> Result<Evaluation> {
        let questions = AnalogyQuestions::read(fetched::path("word-pairs", "questions-words.txt")?)?;
        Ok(Evaluation {
            agreements: vec![
                self.agreement(&RatedPairs::wordsim353()?)?,
                self.agreement(&RatedPairs::simlex999()?)?,
            ],
            analogies: self.analogy_accuracy(&questions, AnalogyMethod::Add)?,
        })
    }
}

impl Agreement {
    /// Spearman's correlation over the pairs that are covered.
    pub fn spearman(&self) -> f32 {
        self.spearman
    }

    /// How many pairs have both words in the vocabulary.
    pub fn n_covered(&self) -> usize {
        self.covered.len()
    }

    /// How many pairs there are.
    pub fn n_pairs(&self) -> usize {
        self.n_pairs
    }

    /// The `k` covered pairs whose ranks in people's ratings and in the cosines differ most.
    pub fn disagreements(&self, k: usize) -> Table {
        let ratings = ranks(&self.covered.iter().map(|pair| pair.2).collect::<Vec<_>>());
        let cosines = ranks(&self.covered.iter().map(|pair| pair.3).collect::<Vec<_>>());
        let gap = |i: usize| cosines[i] - ratings[i];
        let mut order: Vec<usize> = (0..self.covered.len()).collect();
        order.sort_by(|&i, &j| gap(j).abs().total_cmp(&gap(i).abs()));
        Table::new([
            Column::new(""),
            Column::new(""),
            Column::new("people"),
            Column::new("cosine").decimals(3),
            Column::new("places higher").decimals(0).bars(),
        ])
        .title(format!("{}: where people and vectors differ most", self.name))
        .rows(order.into_iter().take(k).map(|i| {
            let (a, b, rating, cosine) = &self.covered[i];
            (a, b, *rating, *cosine, gap(i))
        }))
    }

    fn row(&self) -> Vec<Cell> {
        let covered = format!("{} of {}", self.covered.len(), self.n_pairs);
        vec![
            self.name.as_str().into(),
            "Spearman".into(),
            Cell::from(self.spearman).decimals(3),
            covered.into(),
        ]
    }

    /// As a table of one row.
    pub fn table(&self) -> Table {
        Table::new(COLUMNS).row(self.row())
    }
}

/// The columns of a table of evaluations.
const COLUMNS: [&str; 4] = ["set", "measure", "value", "covered"];

impl Evaluation {
    /// The agreement with each set of rated pairs.
    pub fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// The analogies, section by section.
    pub fn analogies(&self) -> &AnalogyAccuracy {
        &self.analogies
    }

    /// As a table: a row for each set.
    pub fn table(&self) -> Table {
        let all = self.analogies.total();
        let covered = format!("{} of {}", all.n_covered, all.n_questions);
        let accuracy = Cell::from(all.accuracy()).decimals(3);
        Table::new(COLUMNS)
            .rows(self.agreements.iter().map(Agreement::row))
            .row(vec![
                "Google's analogies".into(),
                "accuracy".into(),
                accuracy,
                covered.into(),
            ])
    }
}

crate::show::shown_as_table!(Agreement);
crate::show::shown_as_table!(Evaluation);
