//! GloVe, to read from top to bottom: all pairs in a new order in each epoch, one step of AdaGrad after the
//! other.
//!
//! The fast form makes the same steps in another order.

use ndarray::Array2;
use rand::Rng as _;
use rand::seq::SliceRandom as _;

use crate::count::Sparse;
use crate::loss::glove_weight;
use crate::rng::seeded;
use crate::{Error, Result};

/// The result of the plain form.
#[derive(Clone, PartialEq)]
pub struct PlainGlove {
    /// The vectors of both sides, added: shape `(n_words, d)`.
    pub vectors: Array2<f32>,
    /// The mean loss of a pair in each epoch; the loss of each pair is taken before its own step.
    pub losses: Vec<f64>,
}

crate::show::shown_as_line!(PlainGlove, |this| {
    format!(
        "GloVe: {} words with vectors of {} numbers, {} epochs",
        this.vectors.nrows(),
        this.vectors.ncols(),
        this.losses.len()
    )
});

/// Vectors of `d` numbers, fitted to how often any two words meet.
///
/// ```
/// use course::{count::Sparse, predict::glove_plain};
/// let counts = Sparse::from_triplets(2, 2, [(0, 1, 3.0), (1, 0, 3.0), (1, 1, 8.0)])?;
/// assert_eq!(glove_plain(&counts, 4, 10.0, 15, 0.05, 1)?.vectors.dim(), (2, 4));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// `d` is 0.
pub fn glove_plain(
    counts: &Sparse,
    d: usize,
    x_max: f32,
    epochs: usize,
    learning_rate: f32,
    seed: u64,
) -> Result<PlainGlove> {
    Error::at_least(1, "the dimension", d)?;
    let (n, mut rng) = (counts.n_rows().max(counts.n_columns()), seeded(seed));
    // A row is a vector followed by the word's bias; `g` has the sums of squares.
    let most = 0.5 / d as f32;
    let mut w = Array2::from_shape_fn((n, d + 1), |_| rng.random_range(-most..=most));
    let mut c = Array2::from_shape_fn((n, d + 1), |_| rng.random_range(-most..=most));
    let (mut gw, mut gc) = (Array2::ones((n, d + 1)), Array2::ones((n, d + 1)));
    let mut pairs: Vec<(u32, u32, f32)> = counts.iter().filter(|pair| pair.2 > 0.0).collect();
    let mut losses = Vec::with_capacity(epochs);
    for _ in 0..epochs {
        pairs.shuffle(&mut rng);
        let mut loss = 0.0;
        for &(i, j, x) in &pairs {
            let (i, j) = (i as usize, j as usize);
            let dot: f32 = (0..d).map(|k| w[[i, k]] * c[[j, k]]).sum();
            let error = dot + w[[i, d]] + c[[j, d]] - x.ln();
            let g = glove_weight(x, x_max, 0.75) * error;
            loss += f64::from(0.5 * g * error);
            for k in 0..=d {
                let (to_w, to_c) = if k < d { (c[[j, k]], w[[i, k]]) } else { (1.0, 1.0) };
                for (x, sum, slope) in [
                    (&mut w[[i, k]], &mut gw[[i, k]], g * to_w),
                    (&mut c[[j, k]], &mut gc[[j, k]], g * to_c),
                ] {
                    let step: f32 = learning_rate * slope;
                    *x -= step / f32::sqrt(*sum);
                    *sum += step * step;
                }
            }
        }
        losses.push(loss / pairs.len().max(1) as f64);
    }
    let vectors = Array2::from_shape_fn((n, d), |at| w[at] + c[at]);
    Ok(PlainGlove { vectors, losses })
}
