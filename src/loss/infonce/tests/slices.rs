//! Tests of InfoNCE on similarities.

use proptest::prelude::*;

use crate::loss::{
    info_nce, info_nce_both_ways, info_nce_both_ways_gradient, info_nce_gradient, log_sum_exp, masked,
};

fn case() -> impl Strategy<Value = (Vec<f32>, usize, f32)> {
    (1_usize..12).prop_flat_map(|n| (prop::collection::vec(-1.0_f32..1.0, n), 0..n, 0.05_f32..2.0))
}

proptest! {
    /// As it is written, in `f64`.
    #[test]
    fn it_is_the_logarithm_of_a_share((s, positive, t) in case()) {
        let exp = |s: f32| (f64::from(s) / f64::from(t)).exp();
        let naive = -(exp(s[positive]) / s.iter().map(|&s| exp(s)).sum::<f64>()).ln();
        let got = f64::from(info_nce(&s, positive, t).unwrap());
        // The rounding of f32, and that of the naive form next to 0.
        prop_assert!((got - naive).abs() < 1e-7 * (1.0 + naive), "{got} {naive}");
        let lse = s.iter().map(|s| s / t).collect::<Vec<_>>();
        prop_assert!((got - f64::from(log_sum_exp(&lse) - lse[positive])).abs() < 1e-5);
    }

    /// A step of 2⁻⁸ changes the exponents by h/τ, and the estimate is off by `(h/τ)²/6τ` and rounding.
    #[test]
    fn the_gradient_is_the_slope((s, positive, t) in case()) {
        const H: f32 = 1.0 / 256.0;
        let gradient = info_nce_gradient(&s, positive, t).unwrap();
        for j in 0..s.len() {
            let at = |by: f32| {
                let mut s = s.clone();
                s[j] += by;
                info_nce(&s, positive, t).unwrap()
            };
            let slope = (at(H) - at(-H)) / (2.0 * H);
            let most = 2e-4 / t + (H / t).powi(2) / t;
            prop_assert!((gradient[j] - slope).abs() < most, "{} {slope}", gradient[j]);
        }
        prop_assert!(gradient.iter().sum::<f32>().abs() < 1e-5 / t);
    }

    /// A shift of all similarities changes nothing, and neither does the order of the negatives.
    #[test]
    fn only_differences_count((s, positive, t) in case()) {
        let loss = info_nce(&s, positive, t).unwrap();
        let shifted: Vec<f32> = s.iter().map(|s| s + 1.0).collect();
        // The shift rounds to 2⁻²⁴ of 2, which τ makes larger.
        prop_assert!((info_nce(&shifted, positive, t).unwrap() - loss).abs() < 1e-6 / t);
        let turned: Vec<f32> = s.iter().rev().copied().collect();
        let again = info_nce(&turned, s.len() - 1 - positive, t).unwrap();
        prop_assert!((again - loss).abs() < 1e-6 * (1.0 + loss));
    }
}

/// e⁸⁸·⁸ is the last exponential that `f32` holds.
#[test]
fn similarities_that_overflow_have_a_loss() {
    assert_eq!(info_nce(&[1000.0, 2000.0], 0, 1.0).unwrap(), 1000.0);
    assert_eq!(info_nce(&[2000.0, 1000.0], 0, 1.0).unwrap(), 0.0);
    assert_eq!(info_nce_gradient(&[1000.0, 2000.0], 0, 1.0).unwrap(), [-1.0, 1.0]);
    assert_eq!(info_nce(&[3e38, -3e38], 1, 1.0).unwrap(), f32::INFINITY); // 6·10³⁸
    // Far below 10⁻⁷, where ln Σ − s₊ would be 0.
    let small = info_nce(&[20.0, 0.0], 0, 1.0).unwrap();
    assert!((small - (-20_f32).exp()).abs() < 1e-15, "{small}");
}

#[test]
fn what_is_masked_does_not_count() {
    let without = info_nce(&[0.5, 0.1], 0, 0.1).unwrap();
    let s = masked(&[0.5, 0.1, 0.9], &[3, 4, 3], 0).unwrap();
    assert_eq!(info_nce(&s, 0, 0.1).unwrap(), without);
    assert_eq!(info_nce_gradient(&s, 0, 0.1).unwrap()[2], 0.0);
    // No negative is left: nothing to learn.
    let s = masked(&[0.5, 0.1], &[3, 3], 1).unwrap();
    assert_eq!(info_nce(&s, 1, 0.1).unwrap(), 0.0);
    assert_eq!(info_nce_gradient(&s, 1, 0.1).unwrap(), [0.0, 0.0]);
}

#[test]
fn both_ways_are_the_mean_and_have_its_gradient() {
    let s = [[0.9_f32, 0.2, -0.3], [0.1, 0.4, 0.5], [0.0, -0.6, 0.8]];
    let column = |j: usize| [s[0][j], s[1][j], s[2][j]];
    let one = |line: [f32; 3], i| info_nce(&line, i, 0.5).unwrap();
    let expected = (0..3).map(|i| one(s[i], i) + one(column(i), i)).sum::<f32>() / 6.0;
    assert!((info_nce_both_ways(&s, 0.5).unwrap() - expected).abs() < 1e-6);
    let gradient = info_nce_both_ways_gradient(&s, 0.5).unwrap();
    for i in 0..3 {
        for j in 0..3 {
            let at = |by: f32| {
                let mut s = s;
                s[i][j] += by;
                info_nce_both_ways(&s, 0.5).unwrap()
            };
            let slope = (at(1.0 / 64.0) - at(-1.0 / 64.0)) * 32.0;
            assert!(
                (gradient[i][j] - slope).abs() < 1e-4,
                "{} {slope}",
                gradient[i][j]
            );
        }
    }
    assert!(info_nce_both_ways(&[[0.0_f32, 1.0]], 1.0).is_err());
    assert!(info_nce_both_ways(&[[0.0_f32; 0]; 0], 1.0).is_err());
}

#[test]
fn a_wrong_question_is_an_error() {
    for t in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        let e = info_nce(&[0.0], 0, t).unwrap_err().to_string();
        assert_eq!(e, format!("a temperature: expected a number above 0, got {t}"));
    }
    let e = info_nce(&[0.0], 1, 1.0).unwrap_err().to_string();
    assert_eq!(e, "the positive: expected one of 1 candidates, got 1");
    let e = masked(&[0.0], &[1, 2], 0).unwrap_err().to_string();
    assert_eq!(e, "the labels: expected 1, as many as vectors, got 2");
}
