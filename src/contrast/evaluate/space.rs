//! Rows whose distances are compared in `f64`.

use ndarray::{Array2, ArrayView2};

use crate::loss::Distance;
use crate::math::{cosine_of, inner, norm, squared_distance};
use crate::{Error, Result};

/// Vectors with their lengths.
pub(super) struct Space {
    pub(super) rows: Array2<f32>,
    pub(super) norms: Vec<f64>,
}

impl Space {
    pub(super) fn new(vectors: ArrayView2<f32>) -> Result<Self> {
        if let Some(x) = vectors.iter().find(|x| !x.is_finite()) {
            return Err(Error::value("the vectors", "finite numbers", x.to_string()));
        }
        let rows = vectors.as_standard_layout().into_owned();
        let norms = rows
            .outer_iter()
            .map(|row| norm(row.as_slice().unwrap_or(&[])))
            .collect();
        Ok(Self { rows, norms })
    }

    pub(super) fn len(&self) -> usize {
        self.norms.len()
    }

    fn row(&self, i: usize) -> &[f32] {
        let d = self.rows.ncols();
        self.rows.as_slice().map_or(&[], |all| &all[i * d..(i + 1) * d])
    }

    /// What orders the distances of row i to the rows of `other`: the distance, or its square.
    pub(super) fn distance(&self, i: usize, other: &Self, j: usize, by: Distance) -> f64 {
        let (x, y) = (self.row(i), other.row(j));
        match by {
            Distance::Euclidean | Distance::SquaredEuclidean => squared_distance(x, y),
            Distance::Cosine => -cosine_of(inner(x, y), self.norms[i], other.norms[j]),
            Distance::Dot => -inner(x, y),
        }
    }
}
