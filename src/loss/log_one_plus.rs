//! `ln(1 + Σ exp zᵢ)`, and how much each zᵢ counts in it, also if no exponential is finite.
//!
//! With `m = max(0, max z)` it is `m + ln(e^−m + Σ exp(zᵢ − m))`, where no exponential is above 1. The
//! derivative by zᵢ is `exp zᵢ / (1 + Σ exp zⱼ)`. The 1 stands for a z of 0: what is far below 0 counts for
//! nothing, so the loss does not pull at what is already right.

/// `ln(1 + Σ exp z)` with the two numbers that the derivatives need.
#[derive(Clone, Copy)]
pub(super) struct LogOnePlus {
    pub(super) value: f64,
    max: f64,
    sum: f64,
}

impl LogOnePlus {
    pub(super) fn of(z: impl Iterator<Item = f64> + Clone) -> Self {
        let max = z.clone().fold(0.0, f64::max);
        let all: f64 = z.map(|z| (z - max).exp()).sum();
        let sum = (-max).exp() + all;
        // The first form is exact also where all exponentials are far below 1.
        let value = if max == 0.0 { all.ln_1p() } else { max + sum.ln() };
        Self { value, max, sum }
    }

    /// The derivative by this z.
    pub(super) fn share(&self, z: f64) -> f64 {
        (z - self.max).exp() / self.sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_logarithm_and_its_derivative() {
        for z in [vec![], vec![0.0], vec![-3.0, 0.5, 2.0], vec![-40.0]] {
            let of = |z: &[f64]| LogOnePlus::of(z.iter().copied());
            let naive = z.iter().map(|z: &f64| z.exp()).sum::<f64>();
            assert!((of(&z).value - naive.ln_1p()).abs() <= 1e-14 * naive);
            for i in 0..z.len() {
                let at = |h: f64| {
                    let mut moved = z.clone();
                    moved[i] += h;
                    of(&moved).value
                };
                let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                assert!((of(&z).share(z[i]) - slope).abs() < 1e-9, "{z:?} {i}");
            }
        }
        let far = LogOnePlus::of([1e300, -1e300].into_iter());
        assert_eq!(
            (far.value, far.share(1e300), far.share(-1e300)),
            (1e300, 1.0, 0.0)
        );
    }
}
