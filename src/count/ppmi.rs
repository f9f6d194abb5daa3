//! Positive pointwise mutual information: how far counts of company are above chance.
//!
//! A count of 500 says little for *of* and *the*, and much for *bitter* and *herbs*. Pointwise mutual
//! information (Church and Hanks 1990) is the logarithm of the count divided by what chance would give.
//! Values below chance are unreliable for rare words, so they become 0, which also keeps the matrix sparse:
//!
//! ```text
//!                                      P(w, c)                          X[w, c]
//!     PPMI(w, c) = max(0,  log₂ ─────────────────  −  log₂ s)      P = ─────────
//!                                 P(w) · P_α(c)                           ΣX
//!
//!     P_α(c) = X[·, c]^α / Σ_c' X[·, c']^α
//! ```
//!
//! - The **shift** `s` asks for `s` times as much as chance. Skip-gram with `s` negative samples factorises
//!   the matrix of PMI − log s (Levy and Goldberg 2014, *Neural Word Embedding as Implicit Matrix
//!   Factorization*).
//! - The **smoothing** `α`, 0.75 in word2vec, makes rare contexts more probable and so takes away some of
//!   PMI's love for them (Levy, Goldberg, Dagan 2015, *Improving Distributional Similarity with Lessons
//!   Learned from Word Embeddings*). 1 means no smoothing.
//!
//! A truncated singular value decomposition of it, `U Σ^p`, mostly with `p` = ½, makes word vectors that are
//! as good as trained ones on small corpora (the same paper). Time O(entries); no memory but the result. All
//! sums are in `f64`; the results are stored as `f32`, in bits.

use std::fmt;

use super::{Cooccurrence, Sparse, SvdOptions, truncated_svd};
use crate::corpus::Vocabulary;
use crate::embeddings::Embeddings;
use crate::{Error, Result};

/// The two settings that the file's head explains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PpmiOptions {
    /// How many times as often as by chance a pair must occur to count.
    pub shift: f64,
    /// The power of the contexts' counts.
    pub smoothing: f64,
}

crate::plot::shown_as_record!(PpmiOptions);

impl Default for PpmiOptions {
    /// No shift, no smoothing.
    fn default() -> Self {
        Self {
            shift: 1.0,
            smoothing: 1.0,
        }
    }
}

/// Positive pointwise mutual information: a row for each word, a column for each context word.
#[derive(Clone, PartialEq)]
pub struct Ppmi {
    vocabulary: Vocabulary,
    matrix: Sparse,
}

impl Cooccurrence {
    /// The positive pointwise mutual information of all pairs, in bits.
    ///
    /// ```
    /// use course::corpus::{Vocabulary, Window};
    /// use course::count::{PpmiOptions, cooccurrence};
    /// let texts = ["a b", "a b", "a c", "d c"];
    /// let x = cooccurrence(&texts, &Vocabulary::of(&texts, 1)?, Window::symmetric(1)?)?;
    /// let ppmi = x.ppmi(PpmiOptions::default())?;
    /// // b stands beside a in 2 of 8 places; a has 3 of 8 and b 2 of 8: 2·8/(3·2)
    /// assert!((ppmi.value("a", "b")? - (8.0_f32 / 3.0).log2()).abs() < 1e-6);
    /// assert_eq!(ppmi.value("b", "d")?, 0.0);
    /// # Ok::<(), course::Error>(())
    /// ```
    ///
    /// # Errors
    /// A shift or a smoothing that is not above 0 and finite.
    pub fn ppmi(&self, options: PpmiOptions) -> Result<Ppmi> {
        Error::above_0("the shift", options.shift)?;
        Error::above_0("the smoothing", options.smoothing)?;
        let (rows, columns, _) = self.sums();
        Ok(Ppmi {
            vocabulary: self.vocabulary().clone(),
            matrix: ppmi(self.matrix(), rows, columns, options),
        })
    }
}

/// The values of a matrix of counts whose rows and columns have these sums.
pub(crate) fn ppmi(counts: &Sparse, rows: &[f64], columns: &[f64], options: PpmiOptions) -> Sparse {
    let smoothed: Vec<f64> = columns.iter().map(|x| x.powf(options.smoothing)).collect();
    let all: f64 = smoothed.iter().sum();
    counts.map(|row, column, count| {
        let chance = rows[row] * smoothed[column] / all;
        (f64::from(count) / chance / options.shift).log2().max(0.0) as f32
    })
}

impl Ppmi {
    /// The words of the rows and of the columns.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The values, in bits.
    pub fn matrix(&self) -> &Sparse {
        &self.matrix
    }

    /// The value of one pair, in bits.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn value(&self, word: &str, context: &str) -> Result<f32> {
        let (row, column) = (self.vocabulary.require(word)?, self.vocabulary.require(context)?);
        self.matrix.get(row as usize, column as usize)
    }

    /// Word vectors of few dimensions, `U Σ^power`. A power of 1 keeps the distances of the rows, ½ gives the
    /// first dimensions less weight and is mostly better, and 0 gives all the same weight.
    ///
    /// # Errors
    /// As for [`truncated_svd`].
    pub fn embeddings(&self, power: f32, options: &SvdOptions) -> Result<Embeddings> {
        let svd = truncated_svd(&self.matrix, options)?;
        let mut vectors = svd.left();
        for (mut column, sigma) in vectors.columns_mut().into_iter().zip(svd.singular_values()) {
            column.mapv_inplace(|x| x * sigma.powf(power));
        }
        Embeddings::new(self.vocabulary.clone(), vectors)
    }

    /// Shows its size in a notebook.
    pub fn evcxr_display(&self) {
        self.matrix.evcxr_display();
    }
}

impl fmt::Display for Ppmi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.matrix.fmt(f)
    }
}

crate::show::debug_shows!(Ppmi);
