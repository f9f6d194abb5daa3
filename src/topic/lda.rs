//! The settings of latent Dirichlet allocation.

use serde::{Deserialize, Serialize};

use super::LearnAlpha;
use crate::{Error, Result};

/// The settings of LDA.
///
/// ```
/// use course::topic::{Lda, bars};
/// // Texts made of ten known topics, the rows and columns of a square of 25 words.
/// let made = bars(200, 50, 1)?;
/// let model = Lda { n_topics: 10, alpha: 0.5, sweeps: 100, ..Lda::default() }.train(&made.docs)?;
/// assert_eq!(model.document_topics().dim(), (200, 10));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lda {
    /// `K`.
    pub n_topics: usize,
    /// How evenly a document's topics are mixed: below 1, a few topics have most of the document.
    pub alpha: f32,
    /// How evenly a topic's words are mixed.
    pub eta: f32,
    /// How often the topic of each position is drawn again.
    pub sweeps: usize,
    /// Whether α is learned.
    pub learn_alpha: LearnAlpha,
    /// The seed of the random numbers.
    pub seed: u64,
    /// Into how many blocks the documents are cut. Without it, the length of the text decides. The result
    /// depends on it.
    pub blocks: Option<usize>,
    /// After how many sweeps progress is reported.
    pub report: usize,
}

crate::plot::shown_as_record!(Lda);

impl Default for Lda {
    fn default() -> Self {
        Self {
            n_topics: 50,
            alpha: 0.1,
            eta: 0.01,
            sweeps: 100,
            learn_alpha: LearnAlpha::No,
            seed: 1,
            blocks: None,
            report: 10,
        }
    }
}

/// The settings that every form of LDA checks.
pub(super) fn check(n_topics: usize, alpha: f64, eta: f64) -> Result<()> {
    if n_topics == 0 {
        return Err(Error::value("the number of topics", "at least 1", "0"));
    }
    for (what, x) in [("α", alpha), ("η", eta)] {
        if !(x > 0.0 && x.is_finite()) {
            return Err(Error::value(what, "a positive number", x));
        }
    }
    Ok(())
}

impl Lda {
    /// Settings for `n_topics` topics; the others are the defaults.
    pub fn topics(n_topics: usize) -> Self {
        Self {
            n_topics,
            ..Self::default()
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        check(self.n_topics, f64::from(self.alpha), f64::from(self.eta))
    }
}
