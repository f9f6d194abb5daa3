//! Two functions that the standard library does not have: the logarithm of Γ, and its derivative Ψ (digamma).
//!
//! Both are computed by their asymptotic series, which is accurate to 1e-13 from 8 on. Smaller arguments are
//! moved there by Γ(x + 1) = x·Γ(x), that is Ψ(x) = Ψ(x + 1) − 1/x (Abramowitz and Stegun 1964, 6.1.41 and
//! 6.3.18).

/// From here on, the series is used.
const LARGE: f64 = 8.0;

/// Ψ(x) = d/dx log Γ(x) for x > 0; NaN elsewhere.
///
/// ```
/// use course::math::digamma;
/// assert!((digamma(1.0) + 0.577_215_664_901_532_9).abs() < 1e-12); // minus Euler's constant
/// ```
pub fn digamma(mut x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut below = 0.0;
    while x < LARGE {
        below -= 1.0 / x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    // Bernoulli numbers: B₂ₙ / 2n.
    let series = r
        * (1.0 / 12.0
            - r * (1.0 / 120.0
                - r * (1.0 / 252.0 - r * (1.0 / 240.0 - r * (1.0 / 132.0 - r * 691.0 / 32760.0)))));
    below + x.ln() - 0.5 / x - series
}

/// log Γ(x) for x > 0; NaN elsewhere.
///
/// ```
/// use course::math::ln_gamma;
/// assert!((ln_gamma(5.0) - 24.0_f64.ln()).abs() < 1e-12); // Γ(n) = (n − 1)!
/// ```
pub fn ln_gamma(mut x: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return f64::NAN;
    }
    let mut product = 1.0_f64;
    while x < LARGE {
        product *= x;
        x += 1.0;
    }
    let r = 1.0 / (x * x);
    let series = (1.0 / 12.0
        - r * (1.0 / 360.0
            - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * (1.0 / 1188.0 - r * 691.0 / 360_360.0)))))
        / x;
    (x - 0.5) * x.ln() - x + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are scipy's: tests/oracles/topics.py.
    #[test]
    fn they_are_scipys() {
        let table = [
            (1e-3, -1000.5755719318103, 6.907178885383853),
            (0.1, -10.423754940411076, 2.252712651734206),
            (0.5, -1.9635100260214235, 0.5723649429247),
            (1.5, 0.03648997397857652, -0.12078223763524526),
            (7.9, 2.002238487563571, 8.32426586800881),
            (50.0, 3.9019896734278925, 144.56574394634487),
            (12345.6, 9.421014502465397, 103959.18506616844),
        ];
        for (x, psi, lg) in table {
            // Relative, because the sums have a dozen terms in f64.
            assert!(
                (digamma(x) - psi).abs() <= 1e-12 * f64::max(1.0, psi.abs()),
                "Ψ({x}) = {}",
                digamma(x)
            );
            assert!(
                (ln_gamma(x) - lg).abs() <= 1e-12 * f64::max(1.0, lg.abs()),
                "log Γ({x}) = {}",
                ln_gamma(x)
            );
        }
    }

    #[test]
    fn digamma_is_the_derivative() {
        for x in [0.3, 1.0, 4.2, 30.0] {
            let slope = (ln_gamma(x + 1e-5) - ln_gamma(x - 1e-5)) / 2e-5;
            assert!((digamma(x) - slope).abs() < 1e-7, "{x}");
        }
        assert!(digamma(0.0).is_nan() && ln_gamma(-1.0).is_nan());
    }
}
