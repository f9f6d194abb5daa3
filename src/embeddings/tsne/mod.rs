//! t-SNE: points in the plane that have the same near neighbours as the vectors.
//!
//! Each vector xᵢ gives every other vector a probability that falls with the distance. The width of this
//! distribution Pᵢ is chosen so that its entropy is the logarithm of the perplexity, so about that many
//! neighbours count. The probabilities of both directions are averaged to pᵢⱼ. In the plane, a t-distribution
//! gives the points yᵢ such probabilities qᵢⱼ; its heavy tails leave room for what does not fit:
//!
//! ```text
//! qᵢⱼ = (1 + ‖yᵢ−yⱼ‖²)⁻¹ / Σₖₗ (1 + ‖yₖ−yₗ‖²)⁻¹        C = Σᵢⱼ pᵢⱼ log(pᵢⱼ / qᵢⱼ)
//! ∂C/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ) (yᵢ−yⱼ) (1 + ‖yᵢ−yⱼ‖²)⁻¹
//! ```
//!
//! Gradient descent with momentum makes C small. In the first 250 steps all p are multiplied by 12, so that
//! clusters form while there is room (van der Maaten and Hinton 2008, "Visualizing Data using t-SNE").
//!
//! How to read it: which points are near each other means something; the distances between clusters, their
//! sizes and their densities do not. Look at more than one perplexity.
//!
//! Time: `n²` for each step; memory: `4n²` bytes. Left out: the approximations for more than a few thousand
//! points (Barnes-Hut, Fourier).

mod affinities;
mod gradient;

use ndarray::{Array2, ArrayView2};
use rand::Rng;

use self::affinities::affinities;
use self::gradient::{divergence, gradient};
use super::{Embeddings, pca};
use crate::plot::{Curves, Scatter, curves, scatter};
use crate::{Error, Result, rng};

/// The settings of t-SNE.
///
/// ```
/// use course::embeddings::Tsne;
/// let few_steps = Tsne { perplexity: 5.0, steps: 300, ..Tsne::default() };
/// let points = ndarray::Array2::from_shape_fn((20, 3), |(i, j)| ((i * (j + 2)) % 7) as f32);
/// let found = few_steps.fit(points.view())?;
/// assert_eq!(found.points().dim(), (20, 2));
/// # Ok::<(), course::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tsne {
    /// About how many neighbours count: 5 to 50, and less than the number of points.
    pub perplexity: f32,
    /// Steps of gradient descent.
    pub steps: usize,
    /// The probabilities are multiplied by this in the first 250 steps.
    pub exaggeration: f32,
    /// The learning rate. The default is `n / exaggeration / 4`, but at least 50, so it grows with the number
    /// of points (Belkina et al. 2019).
    pub learning_rate: Option<f32>,
    /// The seed of a random start. Without it, the points start along the two main directions, which keeps
    /// the large-scale picture (Kobak and Berens 2019).
    pub random_start: Option<u64>,
}

crate::plot::shown_as_record!(Tsne);

impl Default for Tsne {
    fn default() -> Self {
        Self {
            perplexity: 30.0,
            steps: 1000,
            exaggeration: 12.0,
            learning_rate: None,
            random_start: None,
        }
    }
}

/// Points in the plane, and how they got there.
#[derive(Clone, PartialEq)]
pub struct TsneMap {
    points: Array2<f32>,
    divergences: Vec<(usize, f32)>,
}

/// What is reported after every 50 steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TsneStep {
    /// Steps made so far.
    pub step: usize,
    /// Steps to be made in all.
    pub steps: usize,
    /// C, in nats, without exaggeration.
    pub divergence: f32,
}

crate::plot::shown_as_record!(TsneStep);

/// How many steps have exaggeration and less momentum.
const EARLY: usize = 250;

/// Keeps any number from stopping for good.
const LEAST_GAIN: f32 = 0.01;

/// Steps between reports.
const REPORT: usize = 50;

/// The spread of the points at the start. It is so small that all points are still neighbours.
const START: f32 = 1e-4;

/// Finding the main directions of wider vectors takes longer than the map.
const MOST_DIMENSIONS: usize = 1024;

/// More points than this take more than 400 MB and hours.
const MOST_POINTS: usize = 10_000;

impl Tsne {
    /// Points in the plane for the rows of `vectors`, shape `(n, d)`.
    ///
    /// # Errors
    /// There are fewer than 4 vectors or more than 10,000, the perplexity is not between 1 and their number,
    /// another setting is not positive, or a number is not finite.
    pub fn fit(&self, vectors: ArrayView2<f32>) -> Result<TsneMap> {
        self.fit_with(vectors, |_| {})
    }

    /// The same, calling `progress` after every 50 steps.
    ///
    /// # Errors
    /// As [`fit`](Self::fit).
    pub fn fit_with(&self, vectors: ArrayView2<f32>, mut progress: impl FnMut(TsneStep)) -> Result<TsneMap> {
        self.check(vectors)?;
        let n = vectors.nrows();
        let p = affinities(vectors, self.perplexity);
        let mut y = self.start(vectors)?; // x of all points, then y of all
        let (mut velocity, mut gains) = (vec![0.0_f32; 2 * n], vec![1.0_f32; 2 * n]);
        let rate = self
            .learning_rate
            .unwrap_or((n as f32 / self.exaggeration / 4.0).max(50.0));
        let mut divergences = Vec::new();
        for step in 0..self.steps {
            let (exaggeration, momentum) = if step < EARLY {
                (self.exaggeration, 0.5)
            } else {
                (1.0, 0.8)
            };
            let slope = gradient(&p, &y, exaggeration);
            for i in 0..2 * n {
                // Each number has its own gain, which grows as long as the number keeps its direction (Jacobs
                // 1988).
                let goes_on = slope[i] * velocity[i] < 0.0;
                gains[i] = if goes_on {
                    gains[i] + 0.2
                } else {
                    (gains[i] * 0.8).max(LEAST_GAIN)
                };
                velocity[i] = momentum * velocity[i] - rate * gains[i] * slope[i];
                y[i] += velocity[i];
            }
            if (step + 1) % REPORT == 0 || step + 1 == self.steps {
                let divergence = divergence(&p, &y) as f32;
                divergences.push((step + 1, divergence));
                progress(TsneStep {
                    step: step + 1,
                    steps: self.steps,
                    divergence,
                });
            }
        }
        Ok(TsneMap {
            points: Array2::from_shape_fn((n, 2), |(i, axis)| y[axis * n + i]),
            divergences,
        })
    }

    fn check(&self, vectors: ArrayView2<f32>) -> Result<()> {
        let n = vectors.nrows();
        if !(4..=MOST_POINTS).contains(&n) {
            return Err(Error::shape("the vectors of a t-SNE map", "4 to 10,000", n));
        }
        if !(self.perplexity >= 1.0 && self.perplexity < n as f32) {
            let expected = format!("at least 1 and below {n}, the number of vectors");
            return Err(Error::value("the perplexity", expected, self.perplexity));
        }
        let rate = self.learning_rate.unwrap_or(1.0);
        for (what, value) in [
            ("the exaggeration", self.exaggeration),
            ("the learning rate", rate),
        ] {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Error::value(what, "a positive number", value));
            }
        }
        match vectors.indexed_iter().find(|(_, x)| !x.is_finite()) {
            None => Ok(()),
            Some(((i, j), x)) => Err(Error::value(
                format!("vector {i}, number {j}"),
                "a finite number",
                x,
            )),
        }
    }

    fn start(&self, vectors: ArrayView2<f32>) -> Result<Vec<f32>> {
        let n = vectors.nrows();
        if let (None, 2..=MOST_DIMENSIONS) = (self.random_start, vectors.ncols()) {
            let main = pca(vectors, 2)?;
            let along = main.project(vectors)?; // (n, 2)
            let scale = match main.variances().first() {
                Some(&variance) if variance > 0.0 => START / variance.sqrt(),
                _ => 0.0,
            };
            return Ok(along.t().iter().map(|x| x * scale).collect());
        }
        let mut rng = rng::seeded(self.random_start.unwrap_or(0));
        Ok((0..2 * n)
            .map(|_| START * rng.random_range(-1.0..1.0_f32))
            .collect())
    }
}

impl TsneMap {
    /// The points, shape `(n, 2)`.
    pub fn points(&self) -> &Array2<f32> {
        &self.points
    }

    /// C after the last step, in nats; 0 if there was none.
    pub fn divergence(&self) -> f32 {
        self.divergences.last().map_or(0.0, |&(_, c)| c)
    }

    /// C after every 50 steps, as a curve.
    pub fn curve(&self) -> Curves {
        let points: Vec<(f64, f64)> = self
            .divergences
            .iter()
            .map(|&(i, c)| (i as f64, f64::from(c)))
            .collect();
        curves()
            .line("divergence", points)
            .x_label("step")
            .y_label("nats")
    }

    /// As a picture, without names.
    pub fn picture(&self) -> Scatter {
        scatter(&self.points).title(format!("t-SNE, divergence {:.3} nats", self.divergence()))
    }
}

crate::show::shown_by!(TsneMap, picture);

impl Embeddings {
    /// A map of `words` by t-SNE of their vectors of length 1. The perplexity is 30, or a third of the number
    /// of words if there are fewer than 90.
    ///
    /// # Errors
    /// A word is not in the vocabulary, or there are fewer than 4 of them or more than 10,000.
    ///
    /// ```
    /// use course::embeddings::Embeddings;
    /// let glove = Embeddings::glove();
    /// let map = glove.map_tsne(["cat", "dog", "horse", "paris", "london", "rome"])?;
    /// assert!(map.to_svg().contains("horse"));
    /// # Ok::<(), course::Error>(())
    /// ```
    pub fn map_tsne<S: AsRef<str>>(&self, words: impl IntoIterator<Item = S>) -> Result<Scatter> {
        let ids = self.ids(words)?;
        let vectors = crate::math::unit_rows(&self.rows(&ids));
        let perplexity = (ids.len() as f32 / 3.0).clamp(1.0, 30.0);
        let found = Tsne {
            perplexity,
            ..Tsne::default()
        }
        .fit(vectors.view())?;
        Ok(found.picture().labels(self.words_of(&ids)))
    }
}

#[cfg(test)]
mod tests;
