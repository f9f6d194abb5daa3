//! The score that van den Oord et al. learn, `f = exp(xᵀ W c)`, on a table where the truth is known.
//!
//! x and c have feature vectors, the rows of X `(n_x, a)` and C `(n_c, b)`; W is `(a, b)`. The scores are
//! S = X W Cᵀ, and by the chain rule
//!
//! ```text
//!     ∂L/∂W = Xᵀ (∂L/∂S) C            ∂L/∂S from `exact.rs`
//! ```
//!
//! L_N is convex in S, a logarithm of sums of exponentials less a linear part, and S is linear in W: every
//! way down ends in the same place. Nesterov's steps (1983) are used, which look ahead along the last move;
//! the step grows while the loss falls and shrinks where it would rise. If features tell all x and all c
//! apart, as one number of their own does, the end is `f = r(x,c) k(c)`.
//!
//! Cost: an exact gradient a step.

use ndarray::Array2;

use super::{Bound, Joint};
use crate::plot::{Column, Drawing, Table, curves};
use crate::{Error, Result};

/// How such a score is learned.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLinear {
    /// N: the samples of the loss.
    pub n: usize,
    /// The most steps down the gradient.
    pub steps: usize,
    /// The weight of the negatives in the denominator; see [`Joint::loss_weighted`].
    pub weight: f64,
}

crate::plot::shown_as_record!(LogLinear);

impl Default for LogLinear {
    /// Eight samples and at most 2,000 steps.
    fn default() -> Self {
        Self {
            n: 8,
            steps: 2_000,
            weight: 1.0,
        }
    }
}

/// Learning ends where no number of the gradient is larger than this.
const FLAT: f64 = 1e-8;
/// By how much a step that went down makes the next one longer.
const LONGER: f64 = 1.1;

impl LogLinear {
    /// Learns W where each x and each c has one feature of its own: S is W.
    ///
    /// # Errors
    /// An option is out of range.
    ///
    /// ```
    /// use course::contrast::bound::{Joint, LogLinear};
    /// let world = Joint::new(ndarray::array![[4.0, 1.0, 1.0], [2.0, 3.0, 1.0]])?;
    /// let learned = LogLinear::default().learn(&world)?;
    /// // Up to a factor of c, f is p(x|c)/p(x).
    /// assert!(learned.deviation() < 1e-4);
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn learn(&self, world: &Joint) -> Result<LearnedScore> {
        let (n_x, n_c) = world.p().dim();
        self.learn_features(world, &Array2::eye(n_x), &Array2::eye(n_c))
    }

    /// Learns W for these features of x, `(n_x, a)`, and of c, `(n_c, b)`.
    ///
    /// # Errors
    /// An option is out of range; there are not as many features as rows and columns.
    pub fn learn_features(&self, world: &Joint, x: &Array2<f64>, c: &Array2<f64>) -> Result<LearnedScore> {
        if (x.nrows(), c.nrows()) != world.p().dim() {
            let (expected, got) = (
                format!("{:?}", world.p().dim()),
                format!("{:?}", (x.nrows(), c.nrows())),
            );
            return Err(Error::shape("the features of x and c", expected, got));
        }
        let scores = |w: &Array2<f64>| x.dot(w).dot(&c.t());
        let at = |w: &Array2<f64>| -> Result<(f64, Array2<f64>)> {
            let (loss, by_s) = world.loss_and_gradient(&scores(w), self.n, self.weight)?;
            Ok((loss, x.t().dot(&by_s).dot(c)))
        };
        let mut w = Array2::zeros((x.ncols(), c.ncols()));
        let (mut loss, _) = at(&w)?;
        let (mut before, mut step, mut since) = (w.clone(), 1.0, 0_usize);
        let mut losses = vec![loss];
        for _ in 0..self.steps {
            let ahead = &w + (since as f64 / (since + 3) as f64) * (&w - &before);
            let (_, gradient) = at(&ahead)?;
            if gradient.iter().all(|g| g.abs() <= FLAT) {
                break;
            }
            let next = &ahead - step * &gradient;
            let (next_loss, _) = at(&next)?;
            if next_loss <= loss {
                (before, w, loss) = (w, next, next_loss);
                (step, since) = (step * LONGER, since + 1);
                losses.push(loss);
            } else if since > 0 {
                // The momentum went too far: begin again without it.
                (before, since) = (w.clone(), 0);
            } else {
                step *= 0.5;
            }
        }
        Ok(LearnedScore {
            world: world.clone(),
            n: self.n,
            scores: scores(&w),
            weights: w,
            losses,
        })
    }
}

/// A learned score beside the truth.
#[derive(Clone, PartialEq)]
pub struct LearnedScore {
    world: Joint,
    n: usize,
    scores: Array2<f64>,
    weights: Array2<f64>,
    losses: Vec<f64>,
}

impl LearnedScore {
    /// The scores s = xᵀ W c, shape `(n_x, n_c)`.
    pub fn scores(&self) -> &Array2<f64> {
        &self.scores
    }

    /// W.
    pub fn weights(&self) -> &Array2<f64> {
        &self.weights
    }

    /// The loss at the beginning and after each step that made it smaller.
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// ln k(c) for each context: the mean of s − ln r over p(x|c).
    pub fn factors(&self) -> Vec<f64> {
        let (off, given) = (
            &self.scores - &self.world.optimal_scores(),
            self.world.conditional(),
        );
        let of = |c: usize| -> f64 {
            let both = off.column(c).into_iter().zip(given.column(c));
            both.filter(|(_, p)| **p > 0.0).map(|(off, p)| off * p).sum()
        };
        (0..off.ncols()).map(of).collect()
    }

    /// How far the score is from `ln r(x,c) + ln k(c)` at most, where p(x,c) is not 0: 0 if f is the density
    /// ratio up to a factor of c.
    pub fn deviation(&self) -> f64 {
        let (optimal, factors) = (self.world.optimal_scores(), self.factors());
        let off = self
            .scores
            .indexed_iter()
            .map(|((x, c), s)| s - optimal[[x, c]] - factors[c]);
        off.filter(|off| off.is_finite())
            .fold(0.0, |most, off| off.abs().max(most))
    }

    /// The bound that it reaches.
    ///
    /// # Errors
    /// Never for a learned score.
    pub fn bound(&self) -> Result<Bound> {
        self.world.bound(&self.scores, self.n)
    }

    /// The loss by step.
    pub fn drawing(&self) -> Drawing {
        let label = format!("loss with N = {}", self.n);
        curves()
            .line("", self.losses.clone())
            .x_label("step")
            .y_label(label)
            .drawing()
    }

    fn table(&self) -> Table {
        let columns = ["x", "c", "p(x,c)", "ln r", "s − ln k(c)", "difference"];
        let columns = columns.map(Column::new);
        let [x, c, rest @ ..] = columns;
        let columns = [x, c].into_iter().chain(rest.map(|column| column.decimals(4)));
        let (optimal, factors) = (self.world.optimal_scores(), self.factors());
        let rows = self.scores.indexed_iter().map(|((x, c), s)| {
            let (r, s) = (optimal[[x, c]], s - factors[c]);
            (x, c, self.world.p()[[x, c]], r, s, s - r)
        });
        let note = format!(
            "{} steps; largest difference {:.2e}",
            self.losses.len() - 1,
            self.deviation()
        );
        Table::new(columns.collect::<Vec<_>>()).rows(rows).note(note)
    }
}

crate::show::shown_as_table!(LearnedScore);

#[cfg(test)]
mod tests {
    use rand::Rng as _;

    use super::*;

    fn world(n_x: usize, n_c: usize, seed: u64) -> Joint {
        let mut rng = crate::rng::seeded(seed);
        Joint::new(Array2::from_shape_fn((n_x, n_c), |_| rng.random_range(0.1..1.0))).unwrap()
    }

    /// From 0 on, for any number of samples, the learned score is the density ratio up to a factor of c, and
    /// its loss is the least that there is.
    #[test]
    fn it_becomes_the_density_ratio() {
        for (seed, n) in [(1, 2), (2, 4), (3, 64)] {
            let world = world(10, 10, seed);
            let learned = LogLinear {
                n,
                ..LogLinear::default()
            }
            .learn(&world)
            .unwrap();
            assert!(learned.deviation() < 1e-3, "{n}: {}", learned.deviation());
            let least = world.loss(&world.optimal_scores(), n).unwrap();
            let reached = *learned.losses().last().unwrap();
            assert!(
                reached - least < 1e-9 && reached >= least - 1e-12,
                "{reached} {least}"
            );
            assert!(learned.losses().is_sorted_by(|a, b| a >= b));
        }
    }

    /// With the negatives' sum divided by M the score becomes another one. In the limit of many samples
    /// `g (1 + g) = λ r` in each column, where g = f/E f; with 4,096 that holds to the third digit.
    #[test]
    fn a_one_over_m_at_the_negatives_is_another_optimum() {
        let world = world(4, 3, 5);
        let n = 4096;
        let settings = LogLinear {
            n,
            weight: 1.0 / n as f64,
            ..LogLinear::default()
        };
        let learned = settings.learn(&world).unwrap();
        assert!(learned.deviation() > 0.1, "{}", learned.deviation());
        let r = world.ratio();
        for c in 0..3 {
            let f = learned.scores().column(c).mapv(f64::exp);
            let g = &f / f.dot(world.p_x());
            let lambda: Vec<f64> = (0..4).map(|x| g[x] * (1.0 + g[x]) / r[[x, c]]).collect();
            let [least, most] = [f64::min, f64::max].map(|by| lambda.iter().copied().reduce(by).unwrap());
            assert!(most / least < 1.005, "{lambda:?}");
        }
        // Less is shown by it than by the right form.
        let right = LogLinear {
            n,
            ..LogLinear::default()
        }
        .learn(&world)
        .unwrap();
        let [wrong, right] = [&learned, &right].map(|learned| learned.bound().unwrap().lower());
        assert!(wrong < right - 1e-3, "{wrong} {right}");
    }

    /// Features that cannot tell two x apart give them the same score.
    #[test]
    fn features_bound_what_can_be_learned() {
        let world = world(3, 3, 4);
        let x = ndarray::array![[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]];
        let learned = LogLinear::default()
            .learn_features(&world, &x, &Array2::eye(3))
            .unwrap();
        assert_eq!(learned.scores().row(0), learned.scores().row(1));
        assert!(learned.deviation() > 1e-2);
        assert_eq!(learned.weights().dim(), (2, 3));
        assert!(
            LogLinear::default()
                .learn_features(&world, &Array2::eye(2), &Array2::eye(3))
                .is_err()
        );
    }
}
