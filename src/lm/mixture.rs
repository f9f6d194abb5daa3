//! The mixture of two language models: `P = share · P₁ + (1 − share) · P₂`.
//!
//! A weighted mean of two distributions is a distribution. It takes the time of both models. The models must
//! have the same tokens, so that their probabilities are about the same things.

use super::{LanguageModel, TokenSet};
use crate::{Error, Result};

/// Two models as one.
///
/// ```
/// use course::corpus::Vocabulary;
/// use course::lm::{LanguageModel, Mixture, NGram};
/// let texts = ["The cat sat. The dog sat. The cat ran."];
/// let words = Vocabulary::of(&texts, 1)?;
/// let pairs = NGram { order: 2, ..NGram::default() }.train(&texts, &words)?;
/// let single = NGram { order: 1, ..NGram::default() }.train(&texts, &words)?;
/// let both = Mixture::new(&pairs, &single, 0.25)?;
/// let p = |model: &dyn LanguageModel| Ok::<f64, course::Error>(model.next_probabilities(&[0])?[1]);
/// assert!((p(&both)? - (0.25 * p(&pairs)? + 0.75 * p(&single)?)).abs() < 1e-12);
/// # Ok::<(), course::Error>(())
/// ```
pub struct Mixture<'a, A: ?Sized, B: ?Sized> {
    first: &'a A,
    second: &'a B,
    share: f64,
}

impl<'a, A: LanguageModel + ?Sized, B: LanguageModel + ?Sized> Mixture<'a, A, B> {
    /// `share · P of the first + (1 − share) · P of the second`.
    ///
    /// # Errors
    /// The share is not from 0 to 1, or the models have different tokens.
    pub fn new(first: &'a A, second: &'a B, share: f64) -> Result<Self> {
        Error::from_0_to_1("the share", share)?;
        let (ours, others) = (first.tokens(), second.tokens());
        let n = ours.len();
        if n != others.len() || (0..n as u32).any(|id| ours.text(id) != others.text(id)) {
            let (expected, got) = (
                format!("the same {n} tokens"),
                format!("others, {}", others.len()),
            );
            return Err(Error::value("the models of a mixture", expected, got));
        }
        Ok(Self { first, second, share })
    }

    /// ln P of the mixture, from ln P of each model.
    fn mix(&self, first: f64, second: f64) -> f64 {
        (self.share * first.exp() + (1.0 - self.share) * second.exp()).ln()
    }
}

impl<A: LanguageModel + ?Sized, B: LanguageModel + ?Sized> LanguageModel for Mixture<'_, A, B> {
    fn tokens(&self) -> &dyn TokenSet {
        self.first.tokens()
    }

    fn logits(&self, context: &[u32]) -> Result<Vec<f64>> {
        let first = self.first.next_probabilities(context)?;
        let second = self.second.next_probabilities(context)?;
        let both = first.iter().zip(&second);
        Ok(both.map(|(p, q)| self.mix(p.ln(), q.ln())).collect())
    }

    fn log_probabilities(&self, sequences: &[Vec<u32>]) -> Result<Vec<Vec<f64>>> {
        let mut first = self.first.log_probabilities(sequences)?;
        let second = self.second.log_probabilities(sequences)?;
        for (p, q) in first.iter_mut().flatten().zip(second.iter().flatten()) {
            *p = self.mix(*p, *q);
        }
        Ok(first)
    }
}
