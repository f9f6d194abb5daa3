//! L_N of a score on a table, exactly: by enumeration, which is the plain form, and by one integral, which
//! takes as long for a million samples as for two.
//!
//! For one context the loss is `E ln Z − E ln f(x⁺)`, where Z is the f of the positive plus those of N − 1
//! independent negatives. The logarithm of a sum is hard to average, an exponential of a sum is easy:
//!
//! ```text
//!     ln z = ∫₀^∞ (e^−t − e^−tz) dt/t                                          (Frullani)
//!     E ln Z = ∫₀^∞ (e^−t − A(t) φ(t)^(N−1)) dt/t
//!         A(t) = Σ_x p(x|c) e^(−t f(x))        φ(t) = Σ_x p(x) e^(−t w f(x))       w: weight of a negative
//! ```
//!
//! With t = eᵘ the integrand is smooth and falls off on both sides, and there the rule of equal steps is
//! exact to all digits (Trefethen and Weideman 2014, "The Exponentially Convergent Trapezoidal Rule"). The
//! gradient is the derivative under the integral:
//!
//! ```text
//!     ∂E ln Z/∂s(k) = f(k) ∫ e^(−t f(k)) p(k|c) φ^(N−1) + (N−1) w p(k) e^(−t w f(k)) A φ^(N−2) dt
//!     ∂E ln f(x⁺)/∂s(k) = p(k|c)
//! ```
//!
//! Cost: a few hundred steps of O(n_x) for each context. The enumeration takes `n_x^N` terms for each.

use ndarray::Array2;

use super::{Bound, Joint};
use crate::{Error, Result};

/// The step in u. The error of the rule falls like `e^(−π²/h)`, since the integrand is analytic to ±π/2
/// beside the line; with 1/3 that is 10⁻¹³.
const STEP: f64 = 1.0 / 3.0;
/// Outside, `e^−(e^u)` is 1 or 0 to 14 digits.
const LOWEST: f64 = -34.0;
const HIGHEST: f64 = 4.0;
/// The most sets that [`Joint::loss_plain`] goes through for a context.
const MOST_SETS: usize = 10_000_000;

impl Joint {
    /// L_N of these scores, shape `(n_x, n_c)`, in nats. It is infinite if a score is −∞ where p(x,c) is not
    /// 0.
    ///
    /// # Errors
    /// The scores have another shape, a NaN or +∞; `n` is 0.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// // p(x|c) is 3/4 or 1/4, the ratio 3/2 or 1/2. With one negative there are four cases, all by hand:
    /// let world = Joint::new(ndarray::array![[3.0, 1.0], [1.0, 3.0]])?;
    /// let loss = world.loss(&world.optimal_scores(), 2)?;
    /// let [equal, right, wrong] = [0.5_f64, 0.75, 0.25].map(|p| -p.ln());
    /// assert!((loss - (4.0 * equal + 3.0 * right + 1.0 * wrong) / 8.0).abs() < 1e-12);
    /// // It shows half of the mutual information here.
    /// let shown = 2_f64.ln() - loss;
    /// assert!((shown - world.mutual_information() / 2.0).abs() < 1e-12);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn loss(&self, scores: &Array2<f64>, n: usize) -> Result<f64> {
        self.loss_weighted(scores, n, 1.0)
    }

    /// The same where the negatives' f are multiplied by `weight` in the denominator: `1/n` is what a 1/M at
    /// the wrong place does. Only with 1 does it bound the mutual information.
    ///
    /// # Errors
    /// As [`loss`](Self::loss); `weight` is not a finite number above 0.
    pub fn loss_weighted(&self, scores: &Array2<f64>, n: usize, weight: f64) -> Result<f64> {
        Ok(self.loss_and_gradient(scores, n, weight)?.0)
    }

    /// The loss with its gradient by the scores, shape `(n_x, n_c)`.
    ///
    /// # Errors
    /// As [`loss_weighted`](Self::loss_weighted).
    pub fn loss_and_gradient(
        &self,
        scores: &Array2<f64>,
        n: usize,
        weight: f64,
    ) -> Result<(f64, Array2<f64>)> {
        self.check(scores, n)?;
        if !(weight > 0.0 && weight.is_finite()) {
            let (what, expected) = ("the weight of the negatives", "a finite number above 0");
            return Err(Error::value(what, expected, weight.to_string()));
        }
        let given = self.conditional();
        let p_x = self.p_x().to_vec();
        let (mut loss, mut gradient) = (0.0, Array2::zeros(scores.dim()));
        for c in 0..scores.ncols() {
            let column = Column {
                given: given.column(c).to_vec(),
                p_x: &p_x,
                s: scores.column(c).to_vec(),
                n,
                weight,
            };
            let (of_c, by_s) = column.loss_and_gradient();
            loss += self.p_c()[c] * of_c;
            for (to, g) in gradient.column_mut(c).iter_mut().zip(by_s) {
                *to = self.p_c()[c] * g;
            }
        }
        Ok((loss, gradient))
    }

    /// [`loss`](Self::loss) by going through all contexts, positives and negatives: the plain form.
    ///
    /// # Errors
    /// As [`loss`](Self::loss); there are more than ten million sets of samples for a context.
    ///
    /// ```
    /// use course::contrast::bound::Joint;
    /// let world = Joint::copies(3, 0.5)?;
    /// let s = world.optimal_scores();
    /// assert!((world.loss(&s, 5)? - world.loss_plain(&s, 5)?).abs() < 1e-12);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn loss_plain(&self, scores: &Array2<f64>, n: usize) -> Result<f64> {
        self.check(scores, n)?;
        let n_x = scores.nrows();
        let sets = u32::try_from(n).ok().and_then(|n| n_x.checked_pow(n));
        let Some(sets) = sets.filter(|&sets| sets <= MOST_SETS) else {
            let expected = format!("at most {MOST_SETS} sets of samples");
            return Err(Error::value(
                "an enumeration",
                expected,
                format!("{n_x} to the power {n}"),
            ));
        };
        let mut loss = 0.0;
        for c in 0..scores.ncols() {
            for set in 0..sets {
                // The digits of the number are the samples; the first is the positive.
                let xs: Vec<usize> = (0..n as u32).map(|j| set / n_x.pow(j) % n_x).collect();
                let p = self.p()[[xs[0], c]] * xs[1..].iter().map(|&x| self.p_x()[x]).product::<f64>();
                if p > 0.0 {
                    let s = |x: usize| scores[[x, c]];
                    let most = xs.iter().map(|&x| s(x)).fold(f64::NEG_INFINITY, f64::max);
                    let sum: f64 = xs.iter().map(|&x| (s(x) - most).exp()).sum();
                    loss += p * (sum.ln() + most - s(xs[0]));
                }
            }
        }
        Ok(loss)
    }

    /// The bound of these scores with `n` samples, beside the truth.
    ///
    /// # Errors
    /// As [`loss`](Self::loss).
    pub fn bound(&self, scores: &Array2<f64>, n: usize) -> Result<Bound> {
        Ok(Bound {
            n,
            loss: self.loss(scores, n)?,
            half_width: 0.0,
            mutual_information: self.mutual_information(),
        })
    }
}

/// One context.
struct Column<'a> {
    /// p(x|c).
    given: Vec<f64>,
    p_x: &'a [f64],
    s: Vec<f64>,
    n: usize,
    weight: f64,
}

impl Column<'_> {
    fn loss_and_gradient(&self) -> (f64, Vec<f64>) {
        let possible = || self.s.iter().zip(&self.given).filter(|(_, g)| **g > 0.0);
        // A factor of c cancels: the largest f is 1.
        let most = self.s.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let least = possible().map(|(s, _)| s - most).fold(0.0, f64::min);
        if !least.is_finite() {
            return (f64::INFINITY, vec![0.0; self.s.len()]);
        }
        let f: Vec<f64> = self.s.iter().map(|s| (s - most).exp()).collect();
        let negatives = (self.n - 1) as f64;
        let low = LOWEST - (1.0 + self.weight * negatives).ln();
        let high = HIGHEST - least;
        let steps = ((high - low) / STEP).ceil() as usize;
        let mut mean_ln_z = 0.0;
        let mut gradient: Vec<f64> = self.given.iter().map(|g| -g).collect();
        for k in 0..=steps {
            let t = (low + STEP * k as f64).exp();
            // e^(−t f) − 1, which keeps its digits for small t.
            let below_1 = |f: &f64, w: f64| (-t * w * f).exp_m1();
            let of_positive: Vec<f64> = f.iter().map(|f| below_1(f, 1.0)).collect();
            let of_negative: Vec<f64> = match self.weight {
                1.0 => of_positive.clone(),
                w => f.iter().map(|f| below_1(f, w)).collect(),
            };
            let mean = |p: &[f64], e: &[f64]| p.iter().zip(e).map(|(p, e)| p * e).sum::<f64>();
            let a = 1.0 + mean(&self.given, &of_positive);
            // Where φ is 0 to all digits its logarithm is kept finite, as 0 times it must be 0.
            let ln_phi = mean(self.p_x, &of_negative).max(-1.0).ln_1p().max(-1e3);
            let (before, all) = ((ln_phi * (negatives - 1.0)).exp(), (ln_phi * negatives).exp());
            mean_ln_z += STEP * ((-t).exp() - a * all);
            for (x, g) in gradient.iter_mut().enumerate() {
                let positive = self.given[x] * (1.0 + of_positive[x]) * all;
                let negative = match self.n {
                    1 => 0.0,
                    _ => negatives * self.weight * self.p_x[x] * (1.0 + of_negative[x]) * a * before,
                };
                // dt = t du
                *g += STEP * t * f[x] * (positive + negative);
            }
        }
        let mean_s: f64 = possible().map(|(s, g)| g * (s - most)).sum();
        (mean_ln_z - mean_s, gradient)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A table and scores of up to 3 × 3.
    fn world() -> impl Strategy<Value = (Joint, Array2<f64>)> {
        (1_usize..4, 1_usize..4).prop_flat_map(|(n_x, n_c)| {
            let weights = prop::collection::vec(0.01_f64..1.0, n_x * n_c);
            let scores = prop::collection::vec(-6.0_f64..6.0, n_x * n_c);
            (weights, scores).prop_map(move |(w, s)| {
                let table = |v| Array2::from_shape_vec((n_x, n_c), v).unwrap();
                (Joint::new(table(w)).unwrap(), table(s))
            })
        })
    }

    proptest! {
        /// The integral is the enumeration, and both keep below the truth and below ln N, whatever the
        /// scores.
        #[test]
        fn the_integral_is_the_enumeration_and_bounds_the_truth((joint, s) in world(), n in 1_usize..6) {
            let bound = joint.bound(&s, n).unwrap();
            prop_assert!((bound.loss - joint.loss_plain(&s, n).unwrap()).abs() < 1e-11);
            prop_assert!(bound.lower() <= joint.mutual_information() + 1e-11);
            prop_assert!(bound.lower() <= bound.ceiling() + 1e-11);
            // No score is better than ln r.
            let best = joint.bound(&joint.optimal_scores(), n).unwrap();
            prop_assert!(best.lower() >= bound.lower() - 1e-11);
        }

        /// A factor that depends on c alone changes nothing; a factor that depends on x does.
        #[test]
        fn a_factor_of_the_context_cancels((joint, s) in world(), shift in -3.0_f64..3.0) {
            let mut moved = s.clone();
            moved.column_mut(0).mapv_inplace(|s| s + shift);
            let (a, b) = (joint.loss(&s, 4).unwrap(), joint.loss(&moved, 4).unwrap());
            prop_assert!((a - b).abs() < 1e-11, "{a} {b}");
        }

        /// Central differences of 10⁻⁵ in `f64`: their error is about 10⁻¹⁰.
        #[test]
        fn the_gradient_is_that_of_the_loss((joint, s) in world(), n in 1_usize..40, weight in 0.1_f64..2.0) {
            let (_, gradient) = joint.loss_and_gradient(&s, n, weight).unwrap();
            for (at, g) in gradient.indexed_iter() {
                let moved = |h: f64| {
                    let mut s = s.clone();
                    s[at] += h;
                    joint.loss_weighted(&s, n, weight).unwrap()
                };
                let differences = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                prop_assert!((g - differences).abs() < 1e-8, "{at:?}: {g} {differences}");
            }
        }

        #[test]
        fn the_answer_is_the_density_ratio((joint, _) in world(), xs in prop::collection::vec(0_usize..3, 1..6)) {
            let xs: Vec<usize> = xs.into_iter().map(|x| x % joint.p().nrows()).collect();
            let r = joint.ratio();
            let sum: f64 = xs.iter().map(|&x| r[[x, 0]]).sum();
            for (p, &x) in joint.posterior(&xs, 0).unwrap().iter().zip(&xs) {
                prop_assert!((p - r[[x, 0]] / sum).abs() < 1e-12);
            }
        }
    }

    /// torch 2.15.0 and scikit-learn 1.9.1, printed by tests/oracles/contrast_bound.py.
    #[test]
    fn it_is_torch_s_cross_entropy() {
        let table = [[4.0, 1.0, 0.0, 2.0], [1.0, 3.0, 2.0, 2.0], [1.0, 1.0, 5.0, 2.0]];
        let world = Joint::new(ndarray::arr2(&table)).unwrap();
        assert!((world.mutual_information() - 0.229_378_101_514).abs() < 1e-11);
        let s = ndarray::arr2(&[
            [0.5, -1.0, 0.0, 2.0],
            [0.0, 1.0, 0.25, -0.5],
            [1.0, 0.75, 3.0, 0.0],
        ]);
        let two = [
            [-0.047725412022, -0.019399930717, 0.013523323869, 0.038037779678],
            [0.005722378900, -0.004827616680, -0.035841151523, -0.029319221980],
            [0.042003033122, 0.024227547397, 0.022317827654, -0.008718557699],
        ];
        let four = [
            [-0.074246923916, -0.026423733135, 0.013398503666, 0.074773217892],
            [0.005497272176, -0.011025828599, -0.056041404830, -0.048544634870],
            [0.068749651739, 0.037449561734, 0.042642901164, -0.026228583023],
        ];
        for (n, loss, gradient) in [(2, 0.740_846_402_833, two), (4, 1.476_585_692_461, four)] {
            let (got, by_s) = world.loss_and_gradient(&s, n, 1.0).unwrap();
            assert!((got - loss).abs() < 1e-11, "{n}: {got}");
            let off = (by_s - ndarray::arr2(&gradient)).mapv(f64::abs);
            assert!(off.iter().all(|x| *x < 1e-11), "{n}: {off}");
        }
    }

    /// Copies without noise: the truth is ln 10, and with n samples L_n is the mean of ln(1 + equal
    /// negatives). Many samples show all of it, and never more.
    #[test]
    fn the_bound_rises_to_the_truth() {
        let world = Joint::copies(10, 0.0).unwrap();
        let s = world.optimal_scores();
        let shown = |n| world.bound(&s, n).unwrap().lower();
        let two = 2_f64.ln() - 0.1 * 2_f64.ln();
        assert!((shown(2) - two).abs() < 1e-12);
        let all: Vec<f64> = [1, 2, 4, 16, 256, 4096, 1 << 20].map(shown).to_vec();
        assert!(all[0].abs() < 1e-12 && all.is_sorted(), "{all:?}");
        // The rest is about 9/(2n).
        assert!((10_f64.ln() - all[6] - 4.5 / f64::from(1 << 20)).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_is_infinite_and_what_is_wrong_is_told() {
        let world = Joint::copies(2, 0.5).unwrap();
        let mut s = world.optimal_scores();
        s[[0, 1]] = f64::NEG_INFINITY;
        assert_eq!(world.loss(&s, 3).unwrap(), f64::INFINITY);
        s[[0, 1]] = f64::NAN;
        let told = |s: &Array2<f64>, n, w| world.loss_weighted(s, n, w).unwrap_err().to_string();
        assert_eq!(told(&s, 3, 1.0), "the scores: expected numbers below ∞, got NaN");
        let s = world.optimal_scores();
        assert_eq!(
            told(&s, 0, 1.0),
            "the number of samples: expected 1 or more, got 0"
        );
        assert!(told(&s, 2, 0.0).contains("above 0, got 0"));
        assert!(told(&Array2::zeros((2, 3)), 2, 1.0).contains("expected (2, 2), got (2, 3)"));
        assert!(
            world
                .loss_plain(&s, 60)
                .unwrap_err()
                .to_string()
                .contains("2 to the power 60")
        );
        assert!(Joint::new(ndarray::array![[1.0, 0.0]]).is_err());
        assert!(Joint::new(ndarray::array![[1.0, -1.0]]).is_err());
        assert!(Joint::copies(0, 0.5).is_err() && Joint::copies(3, 1.5).is_err());
        assert!(world.posterior(&[0, 2], 0).is_err() && world.posterior(&[0], 2).is_err());
    }
}
