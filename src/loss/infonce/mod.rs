//! InfoNCE: which of these candidates belongs to the anchor? A softmax over similarities, and the cross
//! entropy of the right one (van den Oord, Li and Vinyals 2018, *Representation learning with contrastive
//! predictive coding*; before them Sohn 2016 as N-pairs; as multiple-negatives ranking Henderson et al.
//! 2017).
//!
//! An anchor has the similarities s₁ … s_N to N candidates; candidate + is its positive, the others count as
//! negatives. With the temperature τ:
//!
//! ```text
//!     L = −ln exp(s₊/τ) / Σⱼ exp(sⱼ/τ) = ln Σⱼ exp(sⱼ/τ) − s₊/τ
//!     ∂L/∂sⱼ = (pⱼ − [j = +]) / τ                     pⱼ = exp(sⱼ/τ) / Σₖ exp(sₖ/τ)
//! ```
//!
//! A negative is pushed as hard as it is probable, so the hardest ones are chosen by the loss itself, and
//! the more so the smaller τ is. The positive is pulled with what all negatives are pushed with: the
//! gradients sum to 0. L is at most ln N for a model that prefers nothing, and `ln N − L` is a lower bound
//! of the mutual information of anchor and positive, in nats.
//!
//! Nothing overflows: the largest exponent is subtracted first, and where the positive is far above the
//! others L is computed as `ln(1 + Σ exp((sⱼ − s₊)/τ))`, whose digits do not cancel out. A candidate that
//! must not count has the similarity −∞.
//!
//! In a batch of n pairs the positives of the others are an anchor's negatives: N = n, and no vector is
//! computed for the purpose. That rests on the others being negatives. Two texts of one meaning in a batch
//! are a *false negative*, pushed apart with full force: [`masked`] leaves out those of equal label.
//!
//! | form | of what |
//! |---|---|
//! | [`info_nce`], [`info_nce_gradient`] | the similarities of one anchor |
//! | [`info_nce_both_ways`], [`info_nce_both_ways_gradient`] | all similarities of n pairs: the mean over rows and columns |
//! | [`supervised_contrastive`], [`n_pairs`] | the losses next to it: several positives, and no temperature |
//! | `tensors::info_nce` | vectors of a batch; its options are `InfoNce` |
//!
//! What is left out: weights of negatives by their hardness, and estimates of how many are false.

#[cfg(feature = "nn")]
mod band;
#[cfg(feature = "nn")]
mod comparisons;
mod n_pairs;
#[cfg(feature = "nn")]
mod of_batch;
#[cfg(feature = "nn")]
mod options;
#[cfg(feature = "nn")]
mod rows;
mod supervised;
#[cfg(feature = "nn")]
mod supervised_batch;
#[cfg(test)]
mod tests;
#[cfg(feature = "nn")]
mod unit;

#[cfg(feature = "nn")]
pub use n_pairs::of_batch as n_pairs_of_batch;
pub use n_pairs::{n_pairs, n_pairs_gradient};
#[cfg(feature = "nn")]
pub use of_batch::{info_nce as info_nce_of_batch, with_negatives};
#[cfg(feature = "nn")]
pub use options::{Directions, FalseNegatives, Guide, InfoNce, Queue, Temperature};
pub use supervised::{supervised_contrastive, supervised_contrastive_gradient};
#[cfg(feature = "nn")]
pub use supervised_batch::{SupervisedContrastive, of_batch as supervised_of_batch};

use crate::{Error, Result};

/// `ln Σ exp xᵢ`, also if no exponential is finite; −∞ of nothing, and of −∞ alone.
///
/// ```
/// use course::loss::log_sum_exp;
/// assert_eq!(log_sum_exp(&[1000.0, 1000.0]), 1000.0 + 2_f32.ln());
/// assert_eq!(log_sum_exp(&[f32::NEG_INFINITY, 3.0]), 3.0);
/// assert_eq!(log_sum_exp(&[]), f32::NEG_INFINITY);
/// ```
pub fn log_sum_exp(x: &[f32]) -> f32 {
    let max = x.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    if max.is_infinite() && !x.iter().any(|x| x.is_nan()) {
        return max; // No exponential is above 0, or one is infinite.
    }
    let sum: f64 = x.iter().map(|&x| (f64::from(x) - f64::from(max)).exp()).sum();
    (f64::from(max) + sum.ln()) as f32
}

/// L of the similarities of one anchor, of which number `positive` is that of its positive. A candidate with
/// the similarity −∞ does not count. With no negative L is 0, and there is nothing to learn.
///
/// # Errors
/// The temperature is not above 0, or there is no such candidate.
///
/// ```
/// use course::loss::info_nce;
/// // e^(0.8 − 0.8) : e^(0.8 − 0.8), twice the same: the logarithm of 2.
/// assert_eq!(info_nce(&[0.8, 0.8], 0, 0.1)?, 2_f32.ln());
/// // Odds of 1 : 3.
/// assert!((info_nce(&[0.0, 3_f32.ln()], 0, 1.0)? - 4_f32.ln()).abs() < 1e-6);
/// assert!(info_nce(&[0.8, 0.8], 0, 0.0).is_err());
/// # Ok::<(), course::Error>(())
/// ```
pub fn info_nce(similarities: &[f32], positive: usize, temperature: f32) -> Result<f32> {
    check(similarities, positive, temperature)?;
    Ok(Softmax::of(similarities, positive, temperature).loss() as f32)
}

/// `∂L/∂s = (p − y)/τ`, for each similarity.
///
/// # Errors
/// As [`info_nce`].
///
/// ```
/// use course::loss::info_nce_gradient;
/// assert_eq!(info_nce_gradient(&[0.8, 0.8], 0, 0.5)?, [-1.0, 1.0]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn info_nce_gradient(similarities: &[f32], positive: usize, temperature: f32) -> Result<Vec<f32>> {
    check(similarities, positive, temperature)?;
    let softmax = Softmax::of(similarities, positive, temperature);
    let of = |(j, &s): (usize, &f32)| (softmax.error(j, s) / f64::from(temperature)) as f32;
    Ok(similarities.iter().enumerate().map(of).collect())
}

/// [`info_nce`] of n pairs in both directions: `similarities[i][j]` is that of anchor i and positive j. The
/// mean over all rows, where anchors choose, and all columns, where positives do (Radford et al. 2021,
/// CLIP).
///
/// # Errors
/// As [`info_nce`], or the matrix is not square or empty.
///
/// ```
/// use course::loss::info_nce_both_ways;
/// // Rows: odds of 1 : 1 and 1 : 3. Columns: the same.
/// let s = [[0.0, 0.0], [3_f32.ln(), 0.0]];
/// let expected = (2_f32.ln() + 4_f32.ln()) / 2.0;
/// assert!((info_nce_both_ways(&s, 1.0)? - expected).abs() < 1e-6);
/// # Ok::<(), course::Error>(())
/// ```
pub fn info_nce_both_ways(similarities: &[impl AsRef<[f32]>], temperature: f32) -> Result<f32> {
    let rows = square(similarities)?;
    let mut sum = 0.0;
    for lines in [&rows, &transposed(&rows)] {
        for (i, line) in lines.iter().enumerate() {
            check(line, i, temperature)?;
            sum += Softmax::of(line, i, temperature).loss();
        }
    }
    Ok((sum / (2.0 * rows.len() as f64)) as f32)
}

/// The gradient of [`info_nce_both_ways`] by each similarity.
///
/// # Errors
/// As [`info_nce_both_ways`].
pub fn info_nce_both_ways_gradient(
    similarities: &[impl AsRef<[f32]>],
    temperature: f32,
) -> Result<Vec<Vec<f32>>> {
    let rows = square(similarities)?;
    let n = rows.len() as f32;
    let of = |lines: &[Vec<f32>]| -> Result<Vec<Vec<f32>>> {
        let gradients = lines.iter().enumerate();
        gradients
            .map(|(i, line)| info_nce_gradient(line, i, temperature))
            .collect()
    };
    let mut all = of(&rows)?;
    let of_columns = transposed(&of(&transposed(&rows))?);
    for (of_row, of_column) in all.iter_mut().zip(of_columns) {
        for (of_row, of_column) in of_row.iter_mut().zip(of_column) {
            *of_row = (*of_row + of_column) / (2.0 * n);
        }
    }
    Ok(all)
}

/// The similarities of an anchor without its false negatives: −∞ for each candidate that has the label of the
/// positive, other than the positive itself.
///
/// # Errors
/// The candidates and their labels differ in number, or there is no such candidate.
///
/// ```
/// use course::loss::masked;
/// let s = masked(&[0.9, 0.8, 0.1], &[7, 7, 5], 0)?;
/// assert_eq!(s, [0.9, f32::NEG_INFINITY, 0.1]);
/// # Ok::<(), course::Error>(())
/// ```
pub fn masked(similarities: &[f32], labels: &[u32], positive: usize) -> Result<Vec<f32>> {
    same_number(similarities, labels)?;
    let Some(&label) = labels.get(positive) else {
        return Err(no_candidate(similarities.len(), positive));
    };
    let of = |(j, (&s, &other)): (usize, (&f32, &u32))| match other == label && j != positive {
        true => f32::NEG_INFINITY,
        false => s,
    };
    Ok(similarities.iter().zip(labels).enumerate().map(of).collect())
}

/// The exponentials of one anchor, without the largest exponent.
struct Softmax {
    positive: usize,
    by: f64,
    max: f64,
    /// How far the positive's exponent is below the largest.
    behind: f64,
    /// exp of the positive's exponent, and the sum of the negatives'.
    of_positive: f64,
    of_negatives: f64,
}

impl Softmax {
    fn of(similarities: &[f32], positive: usize, temperature: f32) -> Self {
        let by = 1.0 / f64::from(temperature);
        let exponents = || similarities.iter().map(|&s| f64::from(s) * by);
        let max = exponents().fold(f64::NEG_INFINITY, f64::max);
        let behind = max - f64::from(similarities[positive]) * by;
        let negatives = exponents().enumerate().filter(|&(j, _)| j != positive);
        Self {
            positive,
            by,
            max,
            behind,
            of_positive: (-behind).exp(),
            of_negatives: negatives.map(|(_, x)| (x - max).exp()).sum(),
        }
    }

    fn loss(&self) -> f64 {
        match self.behind == 0.0 {
            true => self.of_negatives.ln_1p(),
            false => (self.of_positive + self.of_negatives).ln() + self.behind,
        }
    }

    /// pⱼ − [j = +]
    fn error(&self, j: usize, s: f32) -> f64 {
        let sum = self.of_positive + self.of_negatives;
        match j == self.positive {
            true => -self.of_negatives / sum,
            false => (f64::from(s) * self.by - self.max).exp() / sum,
        }
    }
}

fn check(similarities: &[f32], positive: usize, temperature: f32) -> Result<()> {
    check_temperature(f64::from(temperature))?;
    match positive < similarities.len() {
        true => Ok(()),
        false => Err(no_candidate(similarities.len(), positive)),
    }
}

fn check_temperature(temperature: f64) -> Result<()> {
    Error::above_0("a temperature", temperature)
}

fn same_number<T>(similarities: &[T], labels: &[u32]) -> Result<()> {
    match similarities.len() == labels.len() {
        true => Ok(()),
        false => Err(Error::shape(
            "the labels",
            format!("{}, as many as vectors", similarities.len()),
            labels.len().to_string(),
        )),
    }
}

fn no_candidate(n: usize, positive: usize) -> Error {
    Error::value(
        "the positive",
        format!("one of {n} candidates"),
        positive.to_string(),
    )
}

fn square(similarities: &[impl AsRef<[f32]>]) -> Result<Vec<Vec<f32>>> {
    let n = similarities.len();
    let rows: Vec<Vec<f32>> = similarities.iter().map(|row| row.as_ref().to_vec()).collect();
    match rows.iter().find(|row| row.len() != n) {
        None if n > 0 => Ok(rows),
        other => Err(Error::shape(
            "the similarities of n pairs",
            "a square matrix with a row or more",
            format!("{n} rows of {}", other.map_or(0, Vec::len)),
        )),
    }
}

fn transposed(rows: &[Vec<f32>]) -> Vec<Vec<f32>> {
    let column = |j: usize| rows.iter().map(|row| row[j]).collect();
    (0..rows.len()).map(column).collect()
}
