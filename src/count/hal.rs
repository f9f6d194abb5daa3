//! HAL, the hyperspace analogue to language: a word is described by what comes before it and what comes after
//! it.
//!
//! Lund and Burgess (1996, *Producing High-dimensional Semantic Spaces from Lexical Co-occurrence*; Burgess
//! and Lund 1997) move a window of ten words through the text. To the row of each word they add the words
//! before it; the nearer a word, the more it adds:
//!
//! ```text
//!     H[w, c] = Σ (n − d + 1)        over all places where c stands d ≤ n places before w
//!
//!     "the horse raced past the barn fell", n = 5
//!     the row of barn:   the 5 + 1   past 4   raced 3   horse 2
//! ```
//!
//! The ramp falls linearly. Row `w` is what precedes `w`; **column** `w` is what follows it. A word's vector
//! is the two joined together, 2·V numbers. Only the columns with the largest **variance** are kept, some
//! hundred: a column that is nearly the same for all words does not tell them apart. It is known which word
//! each kept column belongs to, so each number of a vector has a meaning.
//!
//! The counts are those of [`cooccurrence`] with a [linear weight](crate::corpus::Weight::Linear), fast and
//! with all threads. Columns are rows of the transpose, and the variance of a sparse column needs its entries
//! alone: `E[x²] − E[x]²`. Memory: the counts twice; nothing of size V². It leaves out weighting: raw counts
//! let frequent words decide, which COALS (Rohde and others 2006) and PPMI mend.

use ndarray::Array2;

use super::{Cooccurrence, Sparse, cooccurrence};
use crate::corpus::{Texts, Vocabulary, Weight, Window};
use crate::embeddings::Embeddings;
use crate::plot::{Column, Table};
use crate::{Error, Result};

/// On which side a context word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the word: the row of the matrix.
    Before,
    /// After the word: its column.
    After,
}

/// What precedes and what follows each word.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::count::{Side, hal};
/// let text = ["the horse raced past the barn fell"];
/// let hal = hal(&text, &Vocabulary::of(&text, 1)?, 5)?;
/// assert_eq!(hal.weight("barn", Side::Before, "the")?, 6.0); // 5 beside it and 1 five places away
/// assert_eq!(hal.weight("the", Side::After, "barn")?, 6.0);
/// assert_eq!(hal.weight("barn", Side::After, "fell")?, 5.0);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Hal {
    counts: Cooccurrence,
    /// The transpose of the counts.
    after: Sparse,
}

/// A context of [`Hal::embeddings`]: one number of each vector.
#[derive(Clone, Debug, PartialEq)]
pub struct HalColumn {
    /// The side of the context word.
    pub side: Side,
    /// The context word.
    pub word: String,
    /// The variance of its weights over all words.
    pub variance: f64,
}

crate::plot::shown_as_record!(HalColumn);

/// Counts the words up to `size` positions before each word of `vocabulary`.
///
/// # Errors
/// A size of 0 or above [`Window::MOST`]; an empty vocabulary; errors of reading the texts.
pub fn hal(texts: &dyn Texts, vocabulary: &Vocabulary, size: usize) -> Result<Hal> {
    let counts = cooccurrence(texts, vocabulary, Window::new(size, 0)?.weighted(Weight::Linear))?;
    Ok(Hal {
        after: counts.matrix().transposed(),
        counts,
    })
}

/// The matrix in the plain way, position by position, with all its zeros. Its shape is (V, V), and the row of
/// a word has what precedes it.
///
/// ```
/// use course::count::hal_plain;
/// assert_eq!(hal_plain(&[0, 1, 2], 3, 2)[[2, 0]], 1.0);
/// ```
pub fn hal_plain(tokens: &[usize], n_words: usize, size: usize) -> Array2<f32> {
    let mut matrix = Array2::zeros((n_words, n_words));
    for (i, &word) in tokens.iter().enumerate() {
        for d in 1..=size.min(i) {
            if word < n_words && tokens[i - d] < n_words {
                matrix[[word, tokens[i - d]]] += (size - d + 1) as f32;
            }
        }
    }
    matrix
}

impl Hal {
    /// The counts: the row of a word has what precedes it, its column what follows it.
    pub fn matrix(&self) -> &Sparse {
        self.counts.matrix()
    }

    /// The words of the rows and of the columns.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.counts.vocabulary()
    }

    fn side(&self, side: Side) -> &Sparse {
        match side {
            Side::Before => self.counts.matrix(),
            Side::After => &self.after,
        }
    }

    /// How much `context` weighs on this side of `word`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn weight(&self, word: &str, side: Side, context: &str) -> Result<f32> {
        let v = self.vocabulary();
        self.side(side)
            .get(v.require(word)? as usize, v.require(context)? as usize)
    }

    /// The `k` words that weigh most on this side of `word`, with their weights.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn heaviest(&self, word: &str, side: Side, k: usize) -> Result<Vec<(String, f32)>> {
        self.ordered(word, side, k, |_, weight| weight)
    }

    /// The `k` words whose weight on this side of `word` is most above chance: by [pointwise mutual
    /// information](super::Company), in bits, among those with a weight of at least `least`.
    ///
    /// # Errors
    /// A word that is not in the vocabulary.
    pub fn typical(&self, word: &str, side: Side, k: usize, least: f32) -> Result<Vec<(String, f32)>> {
        let (rows, columns, all) = self.counts.sums();
        let (own, others) = match side {
            Side::Before => (rows, columns),
            Side::After => (columns, rows),
        };
        let own = own[self.vocabulary().require(word)? as usize];
        self.ordered(word, side, k, |column, weight| {
            if weight < least {
                return f32::NEG_INFINITY;
            }
            (f64::from(weight) * all / (own * others[column as usize])).log2() as f32
        })
    }

    fn ordered(
        &self,
        word: &str,
        side: Side,
        k: usize,
        score: impl Fn(u32, f32) -> f32,
    ) -> Result<Vec<(String, f32)>> {
        let (columns, weights) = self.side(side).row(self.vocabulary().require(word)? as usize)?;
        let mut found: Vec<(u32, f32)> = (columns.iter().zip(weights))
            .map(|(&column, &weight)| (column, score(column, weight)))
            .filter(|(_, score)| score.is_finite())
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        let name = |id| self.vocabulary().word(id).unwrap_or_default().to_owned();
        Ok(found.into_iter().take(k).map(|(id, x)| (name(id), x)).collect())
    }

    /// The `k` contexts whose weights differ most from word to word, the most variant first, or all if there
    /// are fewer. Among equal ones, those before the word and those of frequent words come first.
    pub fn most_variant(&self, k: usize) -> Vec<HalColumn> {
        let name = |(_, side, column, variance): (usize, Side, usize, f64)| HalColumn {
            side,
            word: self.vocabulary().words()[column].clone(),
            variance,
        };
        self.ranked(k).into_iter().map(name).collect()
    }

    /// (rank, side, word, variance) of the most variant columns.
    fn ranked(&self, k: usize) -> Vec<(usize, Side, usize, f64)> {
        let n = self.vocabulary().len() as f64;
        let mut all = Vec::new();
        for side in [Side::Before, Side::After] {
            // The contexts before a word are the columns of the counts: the rows of the transpose.
            let columns = match side {
                Side::Before => &self.after,
                Side::After => self.counts.matrix(),
            };
            for (column, (_, values)) in columns.iter_rows().enumerate() {
                let mean = values.iter().map(|&x| f64::from(x)).sum::<f64>() / n;
                let squares = values.iter().map(|&x| f64::from(x) * f64::from(x)).sum::<f64>() / n;
                all.push((side, column, (squares - mean * mean).max(0.0)));
            }
        }
        all.sort_by(|a, b| b.2.total_cmp(&a.2));
        all.into_iter()
            .take(k)
            .enumerate()
            .map(|(rank, (side, column, variance))| (rank, side, column, variance))
            .collect()
    }

    /// Word vectors of the `k` most variant contexts, in the order of [`most_variant`](Self::most_variant):
    /// (V, k).
    ///
    /// # Errors
    /// `k` is 0 or larger than twice the vocabulary.
    pub fn embeddings(&self, k: usize) -> Result<Embeddings> {
        let n = self.vocabulary().len();
        if k == 0 || k > 2 * n {
            return Err(Error::value(
                "the number of columns",
                format!("1 to {}, twice the vocabulary", 2 * n),
                k,
            ));
        }
        let mut vectors = Array2::zeros((n, k));
        for (to, side, column, _) in self.ranked(k) {
            let context = match side {
                Side::Before => &self.after,
                Side::After => self.counts.matrix(),
            };
            let (words, values) = context.row(column)?;
            for (&word, &value) in words.iter().zip(values) {
                vectors[[word as usize, to]] = value;
            }
        }
        Embeddings::new(self.vocabulary().clone(), vectors)
    }

    fn table(&self) -> Table {
        let row = |c: HalColumn| (format!("{:?}", c.side).to_lowercase(), c.word, c.variance);
        Table::new([
            Column::new("side"),
            Column::new("context"),
            Column::new("variance").bars(),
        ])
        .title(format!("What stands before and after: {}", self.counts.matrix()))
        .rows(self.most_variant(8).into_iter().map(row))
    }
}

crate::show::shown_as_table!(Hal);
