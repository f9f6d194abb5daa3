//! Spearman's rank correlation: do two lists put the same things in the same order?
//!
//! Each number is replaced by its rank; equal numbers share the mean of their ranks. The correlation of the
//! ranks, cov(r, s) / (σᵣ σₛ), is 1 for the same order, −1 for the opposite order and about 0 for unrelated
//! orders (Spearman 1904). So a scale from 0 to 10 can be compared with a cosine, although nobody knows how
//! one becomes the other.

use crate::{Error, Result};

/// Spearman's correlation of two lists.
///
/// # Errors
/// The lists differ in length, one of them contains NaN, or all numbers of a list are equal, so that it has
/// no order.
///
/// ```
/// use course::embeddings::spearman;
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 1000.0])?, 1.0);
/// assert_eq!(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0])?, -1.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn spearman(x: &[f32], y: &[f32]) -> Result<f32> {
    if x.len() != y.len() {
        let expected = format!("as many numbers as the first, {}", x.len());
        return Err(Error::shape("the second list", expected, y.len()));
    }
    if x.iter().chain(y).any(|v| v.is_nan()) {
        return Err(Error::value("the lists", "numbers that have an order", "NaN"));
    }
    let (r, s) = (ranks(x), ranks(y));
    let mean = (x.len() as f64 + 1.0) / 2.0;
    let (mut covariance, mut r_variance, mut s_variance) = (0.0, 0.0, 0.0);
    for (r, s) in r.iter().zip(&s) {
        covariance += (r - mean) * (s - mean);
        r_variance += (r - mean).powi(2);
        s_variance += (s - mean).powi(2);
    }
    if r_variance == 0.0 || s_variance == 0.0 {
        let got = format!("{} equal ones", x.len());
        return Err(Error::value(
            "the lists",
            "at least two different numbers in each",
            got,
        ));
    }
    Ok((covariance / (r_variance * s_variance).sqrt()) as f32)
}

/// Ranks from 1; equal numbers share the mean of theirs.
pub(super) fn ranks(x: &[f32]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&i, &j| x[i].total_cmp(&x[j]));
    let mut ranks = vec![0.0; x.len()];
    let mut start = 0;
    while start < order.len() {
        // 0 and −0 are equal, though `total_cmp` tells them apart.
        let equal = order[start..]
            .iter()
            .take_while(|&&i| x[i] == x[order[start]])
            .count();
        let mean = start as f64 + (equal as f64 + 1.0) / 2.0;
        order[start..start + equal].iter().for_each(|&i| ranks[i] = mean);
        start += equal;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_share_their_ranks() {
        assert_eq!(ranks(&[10.0, 20.0, 10.0, 5.0]), [2.5, 4.0, 2.5, 1.0]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
    }

    /// `scipy.stats.spearmanr([1, 2, 2, 4, 5], [2, 1, 3, 3, 7])` gives 0.763157894736842.
    #[test]
    fn it_is_scipy_s() {
        let r = spearman(&[1.0, 2.0, 2.0, 4.0, 5.0], &[2.0, 1.0, 3.0, 3.0, 7.0]).unwrap();
        assert_eq!(r, 0.763_157_9);
    }

    #[test]
    fn what_has_no_order_is_an_error() {
        let error = |x: &[f32], y: &[f32]| spearman(x, y).unwrap_err().to_string();
        assert_eq!(
            error(&[1.0], &[]),
            "the second list: expected as many numbers as the first, 1, got 0"
        );
        assert_eq!(
            error(&[1.0, 1.0], &[1.0, 2.0]),
            "the lists: expected at least two different numbers in each, got 2 equal ones"
        );
        assert!(error(&[], &[]).contains("got 0 equal ones"));
        assert!(error(&[1.0, f32::NAN], &[1.0, 2.0]).contains("NaN"));
    }
}
