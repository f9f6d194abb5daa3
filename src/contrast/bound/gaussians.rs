//! Correlated Gaussians: a continuous world of any strength whose mutual information is known.
//!
//! x and c have d coordinates each, all standard normal; coordinate k of x has the correlation ρ with
//! coordinate k of c, and nothing else is correlated.
//!
//! ```text
//!     c ~ N(0, 1)ᵈ        x|c ~ N(ρ c, 1 − ρ²)ᵈ        I = −d/2 ln(1 − ρ²)
//!     ln p(x|c)/p(x) = (ρ x·c − ρ²/2 (‖x‖² + ‖c‖²)) / (1 − ρ²) − d/2 ln(1 − ρ²)
//! ```
//!
//! L_N is measured as training does it: a set has N pairs, and each context is to find its own x among all N.
//! The N losses of a set depend on each other, the sets do not: the interval is over sets. Cost: N² d a set.

use ndarray::Array2;
use rand::Rng as _;
use rand_distr::StandardNormal;

use super::sampled::{cross_entropy, mean_of};
use super::{Bound, BoundCurve};
use crate::rng::Rng;
use crate::{Error, Result};

/// Pairs of correlated vectors.
///
/// ```
/// use course::contrast::bound::Gaussians;
/// let world = Gaussians::new(4, 0.6)?;
/// assert!((world.mutual_information() + 2.0 * 0.64_f64.ln()).abs() < 1e-15);
/// // As strong as is asked for.
/// let strong = Gaussians::of_information(4, 10.0)?;
/// assert!((strong.mutual_information() - 10.0).abs() < 1e-12);
/// let bound = strong.sampled(64, 20, 1)?;
/// assert!(bound.lower() <= bound.ceiling() && bound.ceiling() < 4.2);
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct Gaussians {
    d: usize,
    rho: f64,
}

impl Gaussians {
    /// Vectors of `d` coordinates with the correlation `rho`.
    ///
    /// # Errors
    /// `d` is 0, or `rho` is not between −1 and 1.
    pub fn new(d: usize, rho: f64) -> Result<Self> {
        if d == 0 {
            return Err(Error::value("the dimension", "1 or more", "0"));
        }
        if rho.is_nan() || rho.abs() >= 1.0 {
            return Err(Error::value(
                "the correlation",
                "between −1 and 1",
                rho.to_string(),
            ));
        }
        Ok(Self { d, rho })
    }

    /// Vectors of `d` coordinates with this mutual information in nats: `ρ = √(1 − e^(−2I/d))`.
    ///
    /// # Errors
    /// `d` is 0; the information is negative, or more than `f64` can tell from infinity (about 17 d).
    pub fn of_information(d: usize, nats: f64) -> Result<Self> {
        if nats.is_nan() || nats < 0.0 {
            return Err(Error::value(
                "the mutual information",
                "0 or more",
                nats.to_string(),
            ));
        }
        Self::new(d, (-(-2.0 * nats / d as f64).exp_m1()).sqrt())
    }

    /// ρ.
    pub fn correlation(&self) -> f64 {
        self.rho
    }

    /// I(x,c) in nats, `−d/2 ln(1 − ρ²)`.
    pub fn mutual_information(&self) -> f64 {
        -0.5 * self.d as f64 * self.one_minus_rho2().ln()
    }

    fn one_minus_rho2(&self) -> f64 {
        (1.0 - self.rho) * (1.0 + self.rho)
    }

    /// `n` pairs: the rows of x and of c, each `(n, d)`.
    pub fn draw(&self, n: usize, rng: &mut Rng) -> (Array2<f64>, Array2<f64>) {
        let mut normal = || Array2::from_shape_simple_fn((n, self.d), || rng.sample(StandardNormal));
        let (c, noise): (Array2<f64>, Array2<f64>) = (normal(), normal());
        let x = self.rho * &c + self.one_minus_rho2().sqrt() * noise;
        (x, c)
    }

    /// The optimal scores ln p(x|c)/p(x) of all x with all c, shape `(n_x, n_c)`.
    pub fn optimal_scores(&self, x: &Array2<f64>, c: &Array2<f64>) -> Array2<f64> {
        let squares = |m: &Array2<f64>| m.map_axis(ndarray::Axis(1), |row| row.dot(&row));
        let (of_x, of_c) = (squares(x), squares(c));
        let (rho, rest) = (self.rho, self.one_minus_rho2());
        let mut scores = x.dot(&c.t());
        for ((i, j), s) in scores.indexed_iter_mut() {
            let exponent = rho * *s - 0.5 * rho * rho * (of_x[i] + of_c[j]);
            *s = exponent / rest + self.mutual_information();
        }
        scores
    }

    /// The bound of the optimal scores with `n` samples, from `sets` sets of `n` pairs.
    ///
    /// # Errors
    /// `n` is 0; fewer than 2 sets.
    pub fn sampled(&self, n: usize, sets: usize, seed: u64) -> Result<Bound> {
        self.sampled_with(n, sets, seed, |x, c| self.optimal_scores(x, c))
    }

    /// The bound of any score: a function from the rows of x and c to the matrix of all scores,
    /// `(n_x, n_c)`.
    ///
    /// # Errors
    /// As [`sampled`](Self::sampled).
    pub fn sampled_with(
        &self,
        n: usize,
        sets: usize,
        seed: u64,
        scores: impl Fn(&Array2<f64>, &Array2<f64>) -> Array2<f64> + Sync,
    ) -> Result<Bound> {
        if n == 0 {
            return Err(Error::value("the number of samples", "1 or more", "0"));
        }
        let (loss, half_width) = mean_of(sets, 1, seed, |rng, _| {
            let (x, c) = self.draw(n, rng);
            let s = scores(&x, &c);
            let of = |j: usize| {
                let others = (0..n).filter(|&i| i != j).map(|i| s[[i, j]]);
                cross_entropy(s[[j, j]], others)
            };
            vec![(0..n).map(of).sum::<f64>() / n as f64]
        })?;
        Ok(Bound {
            n,
            loss,
            half_width,
            mutual_information: self.mutual_information(),
        })
    }

    /// Where the bound with `n` samples stops: `points` worlds of `d` dimensions, from no information to
    /// twice ln n.
    ///
    /// # Errors
    /// `d`, `n` or `points` is too small; fewer than 2 sets.
    pub fn saturation(d: usize, n: usize, points: usize, sets: usize, seed: u64) -> Result<BoundCurve> {
        if points < 2 {
            return Err(Error::value(
                "the number of points",
                "2 or more",
                points.to_string(),
            ));
        }
        let most = 2.0 * (n as f64).ln();
        let at =
            |k: usize| Self::of_information(d, most * k as f64 / (points - 1) as f64)?.sampled(n, sets, seed);
        Ok(BoundCurve((0..points).map(at).collect::<Result<_>>()?))
    }
}

crate::show::shown_as_line!(Gaussians, |this| {
    format!(
        "Gaussian pairs in {} dimensions, correlation {:.4}, mutual information {:.4} nats",
        this.d,
        this.rho,
        this.mutual_information()
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula of the score is the logarithm of the two densities' quotient, and the mean of it is the
    /// mutual information: 20,000 draws, whose standard error is at most √(d ρ²/n) = 0.01.
    #[test]
    fn the_mean_of_the_optimal_score_is_the_mutual_information() {
        for (d, rho) in [(1, 0.5), (3, -0.9), (8, 0.1), (2, 0.0)] {
            let world = Gaussians::new(d, rho).unwrap();
            let (x, c) = world.draw(20_000, &mut crate::rng::seeded(3));
            let row = |m: &Array2<f64>, i: usize| m.slice(ndarray::s![i..=i, ..]).to_owned();
            let score = |i| world.optimal_scores(&row(&x, i), &row(&c, i))[[0, 0]];
            let mean = (0..20_000).map(score).sum::<f64>() / 20_000.0;
            assert!((mean - world.mutual_information()).abs() < 0.06, "{mean}");
            let by_density: f64 = (0..d)
                .map(|k| {
                    let (x, c, v) = (x[[0, k]], c[[0, k]], 1.0 - rho * rho);
                    -0.5 * v.ln() - (x - rho * c).powi(2) / (2.0 * v) + x * x / 2.0
                })
                .sum();
            assert!((score(0) - by_density).abs() < 1e-9);
        }
    }

    /// Three integrals by quadrature with torch 2.15.0, in tests/oracles/contrast_bound.py.
    #[test]
    fn two_samples_have_the_loss_of_the_integral() {
        let sampled = Gaussians::new(1, 0.8).unwrap().sampled(2, 20_000, 5).unwrap();
        assert!(
            (sampled.loss - 0.469_194_057_910).abs() < 1.5 * sampled.half_width,
            "{sampled}"
        );
        assert!(sampled.half_width < 0.01);
    }

    /// Weak worlds are shown almost whole, strong ones stop at ln n; nothing is above either.
    #[test]
    fn the_bound_is_tight_where_little_is_to_be_known_and_saturates_where_much_is() {
        let curve = Gaussians::saturation(16, 64, 5, 40, 7).unwrap();
        for bound in &curve.0 {
            let most = bound.mutual_information.min(bound.ceiling());
            assert!(bound.lower() - bound.half_width <= most, "{bound}");
        }
        let (weak, strong) = (curve.0[1], curve.0[4]);
        assert!(weak.lower() > 0.8 * weak.mutual_information, "{weak}");
        assert!(strong.lower() > 0.97 * strong.ceiling(), "{strong}");
        assert!(strong.lower() < 0.6 * strong.mutual_information);
    }

    /// A score that is not the optimal one shows less, and a constant nothing.
    #[test]
    fn another_score_shows_less() {
        let world = Gaussians::new(4, 0.7).unwrap();
        let best = world.sampled(32, 50, 1).unwrap();
        let dot = world.sampled_with(32, 50, 1, |x, c| x.dot(&c.t())).unwrap();
        assert!(dot.lower() + dot.half_width < best.lower() - best.half_width);
        let none = world.sampled_with(32, 50, 1, |x, c| Array2::zeros((x.nrows(), c.nrows())));
        assert!(none.unwrap().lower().abs() < 1e-12);
    }

    #[test]
    fn a_world_that_cannot_be_is_told() {
        let told = |w: Result<Gaussians>| w.err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told(Gaussians::new(0, 0.5)).contains("dimension"));
        for rho in [1.0, -1.5, f64::NAN] {
            assert!(told(Gaussians::new(2, rho)).contains("the correlation: expected between −1 and 1"));
        }
        assert!(told(Gaussians::of_information(2, -1.0)).contains("0 or more"));
        assert!(told(Gaussians::of_information(1, 100.0)).contains("correlation"));
    }
}
