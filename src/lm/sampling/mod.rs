//! Sampling: from the logits of the next token to one token.
//!
//! Taking the most probable token each time (**greedy**) makes dull texts that repeat themselves. Drawing a
//! token from the whole distribution makes texts that derail, since thousands of improbable tokens together
//! are probable. The methods in use lie in between. They are applied in this order, which is that of the
//! library transformers:
//!
//! ```text
//! repetition penalty   y_v / r if y_v > 0, else y_v · r, once for each token seen   Keskar and others 2019
//! temperature          P(v) = exp(y_v / T) / Σ_u exp(y_u / T);  T = 0 is greedy
//! top-k                the k most probable tokens                             Fan, Lewis and Dauphin 2018
//! top-p (nucleus)      the fewest most probable tokens that sum to p or more       Holtzman and others 2020
//! min-p                those with at least p_min · max_v P(v)                       Nguyen and others 2024
//! ```
//!
//! After each of the last three steps, what is left is scaled to sum to 1, so top-p sees what top-k has left.
//! candle does not scale between the two: from .4 .3 .2 .1, with k = 2 and then p = .5, it keeps two tokens.
//! We and transformers keep one.
//!
//! **Ties.** Top-k keeps exactly k tokens and top-p the fewest, as their papers say; among equally probable
//! tokens the lower number comes first, as in candle. Transformers keeps all tokens that tie with the last of
//! the top-k, and keeps the last of the tokens that tie at the border of top-p. Min-p has no border to share:
//! all equal tokens stay.
//!
//! **Cost.** O(v log v) for a vocabulary of v tokens, because of the sorting. It leaves out typical sampling
//! and beam search.

use rand::Rng as _;

use crate::rng::Rng;
use crate::{Error, Result};

/// Sums of probabilities are rounded: a sum that is less than `p` by no more than this has reached it.
const ROUNDING: f64 = 1e-12;

/// How the next token is chosen. The default draws from the model's own distribution.
///
/// ```
/// use course::lm::Sampling;
/// let logits = [0.5_f64.ln(), 0.3_f64.ln(), 0.2_f64.ln()];
/// let p = Sampling { top_p: Some(0.8), ..Sampling::default() }.probabilities(&logits, &[])?;
/// assert!((p[0] - 0.625).abs() < 1e-12 && (p[1] - 0.375).abs() < 1e-12 && p[2] == 0.0);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sampling {
    /// Above 1, tokens that have been seen before become less probable; 1 changes nothing.
    pub repetition_penalty: f64,
    /// Below 1 the distribution becomes sharper, above 1 flatter; 0 is greedy: the most probable token each
    /// time.
    pub temperature: f64,
    /// Only this many tokens, the most probable ones; none for all.
    pub top_k: Option<usize>,
    /// Only the fewest most probable tokens that together have this probability; none for all.
    pub top_p: Option<f64>,
    /// Only tokens with at least this share of the most probable token's probability; none for all.
    pub min_p: Option<f64>,
}

crate::plot::shown_as_record!(Sampling);

impl Default for Sampling {
    fn default() -> Self {
        Self {
            repetition_penalty: 1.0,
            temperature: 1.0,
            top_k: None,
            top_p: None,
            min_p: None,
        }
    }
}

impl Sampling {
    /// The most probable token each time; among equally probable ones the lowest number.
    pub fn greedy() -> Self {
        Self {
            temperature: 0.0,
            ..Self::default()
        }
    }

    /// The probabilities to draw with, from logits and the tokens of the context.
    ///
    /// # Errors
    /// A setting is out of range, or the logits have no finite number, or one of them is +∞ or not a number.
    pub fn probabilities(&self, logits: &[f64], seen: &[u32]) -> Result<Vec<f64>> {
        let logits = repetition_penalty(logits, seen, self.repetition_penalty)?;
        let mut p = softmax(&logits, self.temperature)?;
        if let Some(k) = self.top_k {
            p = top_k(&p, k)?;
        }
        if let Some(mass) = self.top_p {
            p = top_p(&p, mass)?;
        }
        if let Some(share) = self.min_p {
            p = min_p(&p, share)?;
        }
        Ok(p)
    }

    /// One token.
    ///
    /// # Errors
    /// As for [`probabilities`](Self::probabilities).
    pub fn token(&self, logits: &[f64], seen: &[u32], rng: &mut Rng) -> Result<u32> {
        Ok(draw(&self.probabilities(logits, seen)?, rng) as u32)
    }

    /// # Errors
    /// A setting is out of range.
    pub(super) fn check(&self) -> Result<()> {
        self.probabilities(&[0.0], &[]).map(|_| ())
    }
}

/// The logits with each token of `seen` made less probable, once, however often it was seen. A positive logit
/// is divided by `penalty`, a negative one is multiplied by it. Numbers in `seen` that belong to no token are
/// ignored.
///
/// ```
/// let y = course::lm::repetition_penalty(&[2.0, -2.0, 0.0, 4.0], &[0, 1, 1, 2], 2.0)?;
/// assert_eq!(y, [1.0, -4.0, 0.0, 4.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The penalty is not above 0.
pub fn repetition_penalty(logits: &[f64], seen: &[u32], penalty: f64) -> Result<Vec<f64>> {
    Error::above_0("the repetition penalty", penalty)?;
    let mut out = logits.to_vec();
    for &id in seen {
        // The logits are read as they were, so a token that was seen twice is penalised once.
        if let (Some(to), Some(&y)) = (out.get_mut(id as usize), logits.get(id as usize)) {
            *to = if y > 0.0 { y / penalty } else { y * penalty };
        }
    }
    Ok(out)
}

/// `exp(y_v / T) / Σ_u exp(y_u / T)`; with T = 0, 1 for the largest logit (the first of equal ones) and 0 for
/// the others.
///
/// ```
/// let p = course::lm::softmax(&[0.0, 2_f64.ln()], 1.0)?;
/// assert!((p[1] - 2.0 / 3.0).abs() < 1e-15);
/// assert_eq!(course::lm::softmax(&[1.0, 3.0, 3.0], 0.0)?, [0.0, 1.0, 0.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The temperature is below 0 or not finite, or the logits have no finite number, or one of them is +∞ or not
/// a number.
pub fn softmax(logits: &[f64], temperature: f64) -> Result<Vec<f64>> {
    if !(temperature >= 0.0 && temperature.is_finite()) {
        let got = temperature.to_string();
        return Err(Error::value("the temperature", "a number of 0 or more", got));
    }
    let most = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if let Some(wrong) = logits.iter().find(|y| y.is_nan() || **y == f64::INFINITY) {
        return Err(Error::value("the logits", "numbers below infinity", wrong));
    }
    if most == f64::NEG_INFINITY {
        return Err(Error::value("the logits", "at least one finite number", "none"));
    }
    if temperature == 0.0 {
        let first = logits.iter().position(|&y| y == most);
        let of = |i| if first == Some(i) { 1.0 } else { 0.0 };
        return Ok((0..logits.len()).map(of).collect());
    }
    // The largest logit is subtracted first, so that no exponential overflows.
    Ok(scaled(
        logits.iter().map(|y| ((y - most) / temperature).exp()).collect(),
    ))
}

/// The `k` most probable tokens, scaled to sum to 1; the others get 0.
///
/// # Errors
/// `k` is 0.
pub fn top_k(p: &[f64], k: usize) -> Result<Vec<f64>> {
    Error::at_least(1, "top_k", k)?;
    Ok(only(p, most_probable_first(p).into_iter().take(k)))
}

/// The fewest most probable tokens whose probabilities sum to `mass` or more, scaled to sum to 1; the others
/// get 0. The token that crosses the border stays.
///
/// # Errors
/// `mass` is not above 0 and at most 1.
pub fn top_p(p: &[f64], mass: f64) -> Result<Vec<f64>> {
    if !(mass > 0.0 && mass <= 1.0) {
        return Err(Error::value("top_p", "above 0, and at most 1", mass));
    }
    if mass == 1.0 {
        return Ok(p.to_vec());
    }
    let mut before = 0.0;
    let kept = most_probable_first(p).into_iter().take_while(|&i| {
        let short = before < mass - ROUNDING;
        before += p[i];
        short
    });
    Ok(only(p, kept))
}

/// The tokens with at least `share` times the largest probability, scaled to sum to 1; the others get 0.
///
/// # Errors
/// `share` is not from 0 to 1.
pub fn min_p(p: &[f64], share: f64) -> Result<Vec<f64>> {
    Error::from_0_to_1("min_p", share)?;
    let least = share * p.iter().copied().fold(0.0, f64::max);
    Ok(only(p, (0..p.len()).filter(|&i| p[i] >= least)))
}

/// An index drawn in proportion to `p`, whose numbers are 0 or more; 0 if all of them are 0.
pub fn draw(p: &[f64], rng: &mut Rng) -> usize {
    let mut left = rng.random::<f64>() * p.iter().sum::<f64>();
    let mut last = 0;
    for (i, &p) in p.iter().enumerate().filter(|(_, p)| **p > 0.0) {
        last = i;
        if left < p {
            break;
        }
        left -= p;
    }
    last
}

/// The numbers of all tokens, the most probable first; among equally probable ones the lower number comes
/// first.
pub(super) fn most_probable_first(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    // The sort is stable.
    order.sort_by(|&a, &b| p[b].total_cmp(&p[a]));
    order
}

/// `p` for the tokens that are kept and 0 for the others, scaled.
fn only(p: &[f64], kept: impl Iterator<Item = usize>) -> Vec<f64> {
    let mut out = vec![0.0; p.len()];
    kept.for_each(|i| out[i] = p[i]);
    scaled(out)
}

/// Scales `p` to sum to 1; if it has only zeros, they stay.
fn scaled(mut p: Vec<f64>) -> Vec<f64> {
    let sum: f64 = p.iter().sum();
    if sum > 0.0 {
        p.iter_mut().for_each(|p| *p /= sum);
    }
    p
}

#[cfg(test)]
mod tests;
