//! Co-occurrence: how often each word occurs in the window around each other word.
//!
//! "You shall know a word by the company it keeps" (Firth 1957). Harris (1954) made it an experiment: words
//! that occur in the same surroundings have similar meanings. The matrix that is counted here has a row for
//! each word and a column for each context word. An entry says how often, or with how much
//! [`Weight`](crate::corpus::Weight), the context word occurs in the [`Window`] around the word:
//!
//! ```text
//!     X[w, c] = Σ weight(j − i)      over all places i of w and j of c in the same document
//! ```
//!
//! A row of it is a first vector for a word, as long as the vocabulary and mostly zeros. HAL (Lund and
//! Burgess 1996) is this matrix with the two sides apart, GloVe (Pennington, Socher, Manning 2014) is fitted
//! to it, and PPMI with a singular value decomposition compresses it. With a symmetric window the matrix is
//! symmetric.

use rayon::prelude::*;

use super::Sparse;
use super::tally::{END, Tally, UNKNOWN};
use crate::corpus::{Batch, Gaps, Texts, Vocabulary, Window, each_group};
use crate::{Error, Result};

/// How many running words are counted at a time: 128 MB of word numbers and positions.
const PIECE: usize = 1 << 24;

/// Which words keep company, and how often: a row for each word, a column for each context word.
///
/// ```
/// use course::corpus::{Vocabulary, Window};
/// use course::count::cooccurrence;
/// let texts = ["the cat sat on the mat", "the dog sat on the log"];
/// let v = Vocabulary::of(&texts, 1)?;
/// let x = cooccurrence(&texts, &v, Window::symmetric(2)?)?;
/// assert_eq!(x.count("sat", "on")?, 2.0);
/// assert_eq!(x.count("sat", "the")?, 4.0);
/// assert_eq!(x.count("cat", "dog")?, 0.0);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Cooccurrence {
    vocabulary: Vocabulary,
    window: Window,
    matrix: Sparse,
    /// The sum of each row, of each column, and of all.
    sums: (Vec<f64>, Vec<f64>, f64),
}

/// Counts the company of the words of `vocabulary` in `texts`. Windows end where documents end.
///
/// It uses all threads, and the bytes are the same with any number of them. The memory needed beside the
/// result is 12 bytes for each of its entries and at most 128 MB, however long the texts are. A word that is
/// not in the vocabulary keeps its position unless the window is [closing gaps](Window::closing_gaps).
///
/// # Errors
/// The vocabulary is empty; errors of reading the texts.
pub fn cooccurrence(texts: &dyn Texts, vocabulary: &Vocabulary, window: Window) -> Result<Cooccurrence> {
    if vocabulary.is_empty() {
        return Err(Error::value("the vocabulary", "at least one word", "none"));
    }
    let cut = texts.cut();
    let encode = |batch: &Batch| {
        let mut tokens = Vec::new();
        for text in batch.documents() {
            vocabulary.each_id(text, cut, |id| match (id, window.gaps()) {
                (None, Gaps::Close) => {}
                (id, _) => tokens.push(id.unwrap_or(UNKNOWN)),
            });
            tokens.push(END);
        }
        tokens
    };
    let mut tally = Tally::new(vocabulary.counts(), &window, PIECE);
    each_group(texts, &mut |group| {
        let encoded: Vec<Vec<u32>> = group.par_iter().map(encode).collect();
        encoded.iter().for_each(|tokens| tally.add(tokens));
        Ok(())
    })?;
    Ok(Cooccurrence::new(vocabulary.clone(), window, tally.finish()))
}

impl Cooccurrence {
    fn new(vocabulary: Vocabulary, window: Window, matrix: Sparse) -> Self {
        let sums = (matrix.row_sums(), matrix.column_sums(), matrix.total());
        Self {
            vocabulary,
            window,
            matrix,
            sums,
        }
    }

    /// The words of the rows and of the columns.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What was counted as company.
    pub fn window(&self) -> Window {
        self.window
    }

    /// The counts: row w and column w belong to word number w.
    pub fn matrix(&self) -> &Sparse {
        &self.matrix
    }

    /// The vocabulary and the counts.
    pub fn into_parts(self) -> (Vocabulary, Sparse) {
        (self.vocabulary, self.matrix)
    }

    /// How often `context` occurs in the window around `word`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn count(&self, word: &str, context: &str) -> Result<f32> {
        let (row, column) = self.places(word, context)?;
        self.matrix.get(row, column)
    }

    /// The row and the column of these words.
    pub(super) fn places(&self, word: &str, context: &str) -> Result<(usize, usize)> {
        Ok((
            self.vocabulary.require(word)? as usize,
            self.vocabulary.require(context)? as usize,
        ))
    }

    /// The sum of each row, of each column, and of all.
    pub(super) fn sums(&self) -> (&[f64], &[f64], f64) {
        (&self.sums.0, &self.sums.1, self.sums.2)
    }
}

crate::show::shown_as_line!(Cooccurrence, |this| {
    let (left, right) = (this.window.left(), this.window.right());
    format!(
        "Co-occurrence within {left} words before and {right} after: {}",
        this.matrix
    )
});
