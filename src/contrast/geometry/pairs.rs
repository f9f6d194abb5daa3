//! Sums over pairs of rows, each pair once.

use ndarray::Array2;
use rayon::prelude::*;

use crate::math::squared_distance;

/// Row i of a matrix in standard layout.
pub(super) fn row(x: &Array2<f32>, i: usize) -> &[f32] {
    let d = x.ncols();
    x.as_slice().map_or(&[], |all| &all[i * d..(i + 1) * d])
}

/// Sums over all pairs of two different rows.
#[derive(Clone, Copy, Default)]
pub(super) struct Pairs {
    pub(super) n: usize,
    pub(super) n_within: usize,
    /// e^(−2‖u−v‖²)
    pub(super) kernel: f64,
    /// ‖u − v‖² of positive pairs.
    pub(super) positive_unit: f64,
    /// ‖x − y‖ of positive pairs, and of the others.
    pub(super) within: f64,
    pub(super) between: f64,
}

impl Pairs {
    pub(super) fn of(
        x: &Array2<f32>,
        u: &Array2<f32>,
        positive: impl Fn(usize, usize) -> bool + Sync,
    ) -> Self {
        let of_row = |i: usize| {
            let mut sums = Self::default();
            for j in 0..i {
                let on_sphere = squared_distance(row(u, i), row(u, j));
                let distance = squared_distance(row(x, i), row(x, j)).sqrt();
                sums.n += 1;
                sums.kernel += (-2.0 * on_sphere).exp();
                if positive(i, j) {
                    sums.n_within += 1;
                    sums.positive_unit += on_sphere;
                    sums.within += distance;
                } else {
                    sums.between += distance;
                }
            }
            sums
        };
        // Collected before they are added, so that the order of the sum does not depend on the threads.
        let rows: Vec<Self> = (0..x.nrows()).into_par_iter().map(of_row).collect();
        rows.into_iter().fold(Self::default(), |a, b| Self {
            n: a.n + b.n,
            n_within: a.n_within + b.n_within,
            kernel: a.kernel + b.kernel,
            positive_unit: a.positive_unit + b.positive_unit,
            within: a.within + b.within,
            between: a.between + b.between,
        })
    }
}
