//! Supervised contrastive loss: all vectors of the same class are positives (Khosla et al. 2020, *Supervised
//! contrastive learning*, L_out).
//!
//! For an anchor i with the positives P, all others of its label, and similarities s to everything but
//! itself:
//!
//! ```text
//!     Lᵢ = −1/|P| Σ_{p ∈ P} ln exp(sₚ/τ) / Σ_{a ≠ i} exp(sₐ/τ) = ln Σ_{a ≠ i} exp(sₐ/τ) − 1/|P| Σₚ sₚ/τ
//!     ∂Lᵢ/∂sₐ = (pₐ − [a ∈ P] / |P|) / τ
//! ```
//!
//! The mean over P stands outside of the logarithm; inside (the paper's L_in) it is another loss, which the
//! authors found worse. The other positives stand in the denominator, too, so L is not 0 where a class is
//! one point: with |P| equal positives and no one else it is ln |P|. An anchor without a positive has the
//! loss 0 and no gradient. pytorch-metric-learning gives 0 also where there is no negative, and averages
//! over the anchors whose loss is above 0.

use super::{check_temperature, log_sum_exp, no_candidate, same_number};
use crate::Result;

/// Lᵢ of the similarities of number `anchor` to all of a batch; the one to itself is not read.
///
/// # Errors
/// The temperature is not above 0, the labels differ in number, or there is no such anchor.
///
/// ```
/// use course::loss::supervised_contrastive;
/// // One positive, one negative, equally similar: the logarithm of 2.
/// assert_eq!(supervised_contrastive(&[1.0, 0.3, 0.3], &[5, 5, 6], 0, 0.1)?, 2_f32.ln());
/// // The third one has no positive.
/// assert_eq!(supervised_contrastive(&[0.3, 0.3, 1.0], &[5, 5, 6], 2, 0.1)?, 0.0);
/// # Ok::<(), course::Error>(())
/// ```
pub fn supervised_contrastive(
    similarities: &[f32],
    labels: &[u32],
    anchor: usize,
    temperature: f32,
) -> Result<f32> {
    let positives = positives(similarities, labels, anchor, temperature)?;
    if positives.is_empty() {
        return Ok(0.0);
    }
    let exponents = exponents(similarities, anchor, temperature);
    let mean = positives.iter().map(|&p| f64::from(exponents[p])).sum::<f64>() / positives.len() as f64;
    Ok((f64::from(log_sum_exp(&exponents)) - mean) as f32)
}

/// `∂Lᵢ/∂s` for each similarity; 0 for the anchor's own.
///
/// # Errors
/// As [`supervised_contrastive`].
pub fn supervised_contrastive_gradient(
    similarities: &[f32],
    labels: &[u32],
    anchor: usize,
    temperature: f32,
) -> Result<Vec<f32>> {
    let positives = positives(similarities, labels, anchor, temperature)?;
    if positives.is_empty() {
        return Ok(vec![0.0; similarities.len()]);
    }
    let exponents = exponents(similarities, anchor, temperature);
    let all = f64::from(log_sum_exp(&exponents));
    let mut gradient: Vec<f64> = exponents.iter().map(|&x| (f64::from(x) - all).exp()).collect();
    for &p in &positives {
        gradient[p] -= 1.0 / positives.len() as f64;
    }
    let by = 1.0 / f64::from(temperature);
    Ok(gradient.into_iter().map(|g| (g * by) as f32).collect())
}

/// s/τ, and −∞ for the anchor itself.
fn exponents(similarities: &[f32], anchor: usize, temperature: f32) -> Vec<f32> {
    let mut exponents: Vec<f32> = similarities.iter().map(|s| s / temperature).collect();
    exponents[anchor] = f32::NEG_INFINITY;
    exponents
}

fn positives(similarities: &[f32], labels: &[u32], anchor: usize, temperature: f32) -> Result<Vec<usize>> {
    check_temperature(f64::from(temperature))?;
    same_number(similarities, labels)?;
    let Some(&label) = labels.get(anchor) else {
        return Err(no_candidate(labels.len(), anchor));
    };
    let is_positive = |&a: &usize| labels[a] == label && a != anchor;
    Ok((0..labels.len()).filter(is_positive).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With one positive it is InfoNCE of the others.
    #[test]
    fn one_positive_is_infonce() {
        let s = [0.3_f32, 0.9, -0.2, 0.5, 0.1];
        let got = supervised_contrastive(&s, &[1, 2, 1, 3, 2], 0, 0.2).unwrap();
        let expected = super::super::info_nce(&[0.9, -0.2, 0.5, 0.1], 1, 0.2).unwrap();
        assert!((got - expected).abs() < 1e-5, "{got} {expected}");
    }

    /// e⁰ = 1 : e^ln 3 = 3 : 1, the first two are positives: ln 5 − (0 + ln 3)/2.
    #[test]
    fn several_positives_on_paper() {
        let s = [9.0, 0.0, 3_f32.ln(), 0.0];
        let got = supervised_contrastive(&s, &[1, 1, 1, 2], 0, 1.0).unwrap();
        assert!((got - (5_f32.ln() - 3_f32.ln() / 2.0)).abs() < 1e-6, "{got}");
        let gradient = supervised_contrastive_gradient(&s, &[1, 1, 1, 2], 0, 1.0).unwrap();
        for (got, expected) in gradient.iter().zip([0.0, 0.2 - 0.5, 0.6 - 0.5, 0.2]) {
            assert!((got - expected).abs() < 1e-6, "{gradient:?}");
        }
    }

    #[test]
    fn the_gradient_is_the_slope() {
        const H: f32 = 1.0 / 64.0;
        let (s, labels) = ([0.3_f32, 0.9, -0.2, 0.5, 0.1, 1.0], [1, 2, 1, 2, 2, 3]);
        for anchor in 0..6 {
            let gradient = supervised_contrastive_gradient(&s, &labels, anchor, 0.5).unwrap();
            for a in 0..6 {
                let at = |by: f32| {
                    let mut s = s;
                    s[a] += by;
                    supervised_contrastive(&s, &labels, anchor, 0.5).unwrap()
                };
                let slope = (at(H) - at(-H)) / (2.0 * H);
                assert!(
                    (gradient[a] - slope).abs() < 5e-4,
                    "{anchor} {a}: {} {slope}",
                    gradient[a]
                );
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_said() {
        assert!(supervised_contrastive(&[0.0; 2], &[1], 0, 1.0).is_err());
        assert!(supervised_contrastive(&[0.0; 2], &[1, 1], 2, 1.0).is_err());
        assert!(supervised_contrastive(&[0.0; 2], &[1, 1], 0, -1.0).is_err());
    }
}
