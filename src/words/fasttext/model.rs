//! What fastText learns: a row for each word and each n-gram.

use ndarray::{Array1, Array2};
use rayon::prelude::*;

use super::FastText;
use super::ngrams::{each_ngram, ngram_bucket};
use crate::corpus::Vocabulary;
use crate::embeddings::{Embeddings, Vector};
use crate::{Error, Result};

/// The row of each word and of each bucket of n-grams. Words come first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rows {
    min_n: usize,
    max_n: usize,
    buckets: u32,
    n_words: usize,
    used: Used,
}

/// The buckets that have a row.
#[derive(Clone, Debug, PartialEq)]
enum Used {
    All,
    /// These, in order.
    Some(Vec<u32>),
}

impl Rows {
    /// A row for each word, and one for each bucket that a word uses.
    pub(super) fn of(options: &FastText, words: &[String]) -> Self {
        let mut rows = Self::all(options, words.len());
        let mut used: Vec<u32> = words
            .par_iter()
            .flat_map_iter(|word| rows.buckets_of(word))
            .collect();
        used.par_sort_unstable();
        used.dedup();
        rows.used = Used::Some(used);
        rows
    }

    /// A row for each of `n_words` words, and one for every bucket.
    pub(super) fn all(options: &FastText, n_words: usize) -> Self {
        Self {
            min_n: options.min_n,
            max_n: options.max_n,
            buckets: options.buckets,
            n_words,
            used: Used::All,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.n_words
            + match &self.used {
                Used::All => self.buckets as usize,
                Used::Some(buckets) => buckets.len(),
            }
    }

    fn buckets_of(&self, word: &str) -> Vec<u32> {
        let mut all = Vec::new();
        each_ngram(word, self.min_n, self.max_n, |ngram| {
            all.push(ngram_bucket(ngram, self.buckets));
        });
        all
    }

    /// The row of a bucket, if it has one.
    pub(super) fn of_bucket(&self, bucket: u32) -> Option<u32> {
        let row = match &self.used {
            Used::All => bucket as usize,
            Used::Some(used) => used.binary_search(&bucket).ok()?,
        };
        Some((self.n_words + row) as u32)
    }

    /// Calls `f` with each row of a word. `id` is its number, if the word is known.
    pub(super) fn each(&self, word: &str, id: Option<u32>, f: impl FnMut(u32)) {
        let buckets = self.buckets_of(word).into_iter();
        id.into_iter()
            .chain(buckets.filter_map(|bucket| self.of_bucket(bucket)))
            .for_each(f);
    }
}

/// Words and n-grams with their vectors.
#[derive(Clone)]
pub struct FastTextModel {
    pub(super) options: FastText,
    pub(super) vocabulary: Vocabulary,
    pub(super) rows: Rows,
    pub(super) input: Array2<f32>,
    pub(super) output: Array2<f32>,
}

crate::show::shown_as_line!(FastTextModel, |this| {
    format!(
        "fastText: {} words and {} rows of n-grams, vectors of {} numbers",
        this.vocabulary.len(),
        this.input.nrows() - this.vocabulary.len(),
        this.input.ncols()
    )
});

impl FastTextModel {
    /// How it was trained, as far as that is known.
    pub fn options(&self) -> &FastText {
        &self.options
    }

    /// The words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The rows of the words and then of the buckets that are used, shape `(n_words + n_buckets, d)`.
    pub fn input(&self) -> &Array2<f32> {
        &self.input
    }

    /// The words as outputs, shape `(n_words, d)`.
    pub fn output(&self) -> &Array2<f32> {
        &self.output
    }

    /// The vector of any word, `d` numbers: the mean of its n-grams and, if it is known, of its own row.
    ///
    /// # Errors
    /// The word is not known and has no n-gram that was learned.
    ///
    /// ```
    /// # use course::words::FastText;
    /// # let texts = ["the cats chased the mouse", "the dogs chased the cat"].repeat(20);
    /// # let model = FastText { dimension: 8, min_count: 1, ..Default::default() }.train(&texts)?;
    /// assert_eq!(model.vector("cats")?, model.embeddings()?.vector("cats")?);
    /// assert_eq!(
    ///     model.vector("zzz").unwrap_err().to_string(),
    ///     "the word \"zzz\": expected one that is known or shares an n-gram of 3 to 6 characters with one, got neither"
    /// );
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn vector(&self, word: &str) -> Result<Vector> {
        let mean = self.mean(word, self.vocabulary.id(word));
        mean.map(|mean| Vector::from(mean.to_vec())).ok_or_else(|| {
            let FastText { min_n, max_n, .. } = self.options;
            let expected =
                format!("one that is known or shares an n-gram of {min_n} to {max_n} characters with one");
            Error::value(format!("the word {word:?}"), expected, "neither")
        })
    }

    fn mean(&self, word: &str, id: Option<u32>) -> Option<Array1<f32>> {
        let (mut sum, mut n) = (Array1::zeros(self.input.ncols()), 0.0);
        self.rows.each(word, id, |row| {
            sum += &self.input.row(row as usize);
            n += 1.0;
        });
        (n > 0.0).then(|| sum / n)
    }

    /// The known words with their vectors.
    ///
    /// # Errors
    /// The training has diverged: a vector has a number that is not finite. A smaller learning rate prevents
    /// that.
    pub fn embeddings(&self) -> Result<Embeddings> {
        let words = self.vocabulary.words();
        let numbers: Vec<f32> = words
            .par_iter()
            .enumerate()
            .flat_map_iter(|(id, word)| {
                let mean = self.mean(word, Some(id as u32));
                mean.unwrap_or_else(|| Array1::zeros(self.input.ncols()))
            })
            .collect();
        let matrix = Array2::from_shape_vec((words.len(), self.input.ncols()), numbers)
            .map_err(|e| Error::shape("the vectors", "a row for each word", e))?;
        Embeddings::new(self.vocabulary.clone(), matrix)
    }
}
