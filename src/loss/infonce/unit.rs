//! Vectors of length 1 for the cosine, and the gradients by the vectors that they were made of.

use ndarray::{Array1, Array2, ArrayD, ArrayView2};

use crate::loss::distance::{across, normalize};
use crate::nn::Real;

/// Matrices whose rows have the length 1, if the similarity is the cosine, and the lengths that they had.
pub(super) struct Unit<T> {
    scaled: Vec<Option<(Array2<T>, Array1<T>)>>,
}

impl<T: Real> Unit<T> {
    pub(super) fn new(given: &[ArrayView2<T>], is_scaled: impl Fn(usize) -> bool) -> Self {
        let scale = |(i, x): (usize, &ArrayView2<T>)| {
            is_scaled(i).then(|| {
                let mut x = x.to_owned();
                let lengths = normalize(&mut x);
                (x, lengths)
            })
        };
        Self {
            scaled: given.iter().enumerate().map(scale).collect(),
        }
    }

    pub(super) fn views<'a>(&'a self, given: &[ArrayView2<'a, T>]) -> Vec<ArrayView2<'a, T>> {
        let view = |(scaled, given): (&'a Option<(Array2<T>, _)>, &ArrayView2<'a, T>)| match scaled {
            Some((x, _)) => x.view(),
            None => *given,
        };
        self.scaled.iter().zip(given).map(view).collect()
    }

    /// The gradients by the vectors as they were given.
    pub(super) fn gradients(&self, gradients: Vec<Option<Array2<T>>>) -> Vec<Option<ArrayD<T>>> {
        let each = self.scaled.iter().zip(gradients);
        each.map(|(scaled, gradient)| {
            let mut gradient = gradient?;
            if let Some((unit, lengths)) = scaled {
                across(&mut gradient, unit.view(), lengths.view());
            }
            Some(gradient.into_dyn())
        })
        .collect()
    }
}
