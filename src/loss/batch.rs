//! What the losses of a batch of vectors have in common: which rows belong together, and what their sum is
//! divided by.

#[cfg(feature = "nn")]
use crate::{Error, Result};

/// Three rows of a batch: the positive should be nearer to the anchor than the negative is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Triplet {
    /// The row that is compared.
    pub anchor: u32,
    /// A row that belongs to it.
    pub positive: u32,
    /// A row that does not.
    pub negative: u32,
}

/// Two rows of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The row that is compared.
    pub anchor: u32,
    /// The row with which it is compared.
    pub other: u32,
    /// Whether the two belong together: a positive pair, and otherwise a negative one.
    pub positive: bool,
}

crate::plot::shown_as_record!(Triplet, Pair);

/// What the sum of a loss over a batch is divided by. Libraries differ here, and so do their losses, by a
/// factor that changes while a network learns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Average {
    /// All terms of the batch, also those that cannot be other than 0, such as an anchor without a positive.
    All,
    /// The terms that are not 0: those that still have something to learn. The loss then does not become
    /// small while its terms become few.
    NonZero,
    /// The terms that exist: an anchor that has what it is to be compared with.
    #[default]
    Valid,
}

impl Average {
    /// The number to divide by: one of the three counts. It is 1 instead of 0, so that the loss of a batch
    /// without terms is 0.
    ///
    /// ```
    /// use course::loss::Average;
    /// assert_eq!(Average::NonZero.divisor(10, 6, 2), 2.0);
    /// assert_eq!(Average::Valid.divisor(10, 0, 0), 1.0);
    /// ```
    pub fn divisor(self, all: usize, valid: usize, non_zero: usize) -> f64 {
        let n = match self {
            Self::All => all,
            Self::Valid => valid,
            Self::NonZero => non_zero,
        };
        n.max(1) as f64
    }
}

/// Checks that each of `n` rows has a label.
#[cfg(feature = "nn")]
pub(crate) fn one_label_a_row(labels: &[u32], n: usize) -> Result<()> {
    match labels.len() == n {
        true => Ok(()),
        false => {
            let expected = format!("{n}, one for each row");
            Err(Error::shape("the labels", expected, labels.len()))
        }
    }
}
