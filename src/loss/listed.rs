//! Distances of chosen pairs of vectors, and their gradient: what the losses of pairs and triplets share.
//!
//! For all distances the derivatives are made of the two vectors themselves,
//!
//! ```text
//!     ∂d/∂x = α x + β y          ∂d/∂y = α' y + β x
//!
//!     Euclidean   α = α' = 1/d,  β = −1/d                    so it is (x − y)/d
//!     squared     α = α' = 2,    β = −2                      2 (x − y)
//!     cosine      α = cos/‖x‖²,  α' = cos/‖y‖²,  β = −1/(‖x‖‖y‖)
//!     dot         α = α' = 0,    β = −1
//! ```
//!
//! so that a pair costs one pass for d and one for the gradient, and nothing is kept but three numbers. The
//! two differences are computed as differences: α x and β y alone would be large numbers that cancel out.
//! Where there is no derivative all are 0.
//!
//! The gradient of all rows adds up what each pair gives to its two rows. Each row collects its own pairs, in
//! the order of the list, so the sums do not depend on the threads. Time: O(d) a pair.

use ndarray::{Array2, ArrayView2, Axis};
use rayon::prelude::*;

use super::Distance;
use crate::nn::Real;
use crate::{Error, Result};

/// How many sums are kept apart, so that the processor can add them in parallel.
const LANES: usize = 16;

/// How many pairs or rows a thread takes at a time.
const PIECE: usize = 64;

/// A distance, with its α, α' and β.
#[derive(Clone, Copy)]
pub(super) struct Between {
    pub(super) d: f64,
    x: f64,
    y: f64,
    both: f64,
}

impl Between {
    pub(super) fn new<T: Real>(x: &[T], y: &[T], distance: Distance) -> Self {
        let of = |d, x, y, both| Self { d, x, y, both };
        // The difference of two f32 is rounded once, its square in f64 is not, and cannot overflow.
        let squared = || {
            sum(x, y, |x, y| {
                let difference = (x - y).wide();
                difference * difference
            })
        };
        let inner = |x: &[T], y: &[T]| sum(x, y, |x, y| x.wide() * y.wide());
        match distance {
            Distance::Euclidean => match squared().sqrt() {
                0.0 => of(0.0, 0.0, 0.0, 0.0),
                d => of(d, d.recip(), d.recip(), -d.recip()),
            },
            Distance::SquaredEuclidean => of(squared(), 2.0, 2.0, -2.0),
            Distance::Dot => of(-inner(x, y), 0.0, 0.0, -1.0),
            Distance::Cosine => {
                let (xx, yy) = (inner(x, x), inner(y, y));
                let norms = xx.sqrt() * yy.sqrt();
                if norms == 0.0 {
                    return of(1.0, 0.0, 0.0, 0.0);
                }
                let cosine = (inner(x, y) / norms).clamp(-1.0, 1.0);
                of(1.0 - cosine, cosine / xx, cosine / yy, -norms.recip())
            }
        }
    }

    /// α, if the derivatives are `α (x − y)` and `α (y − x)`.
    pub(super) fn of_difference(&self) -> Option<f64> {
        (self.x == self.y && self.x == -self.both).then_some(self.x)
    }

    /// Adds `g ∂d/∂x` to `out`.
    pub(super) fn add_first<T: Real>(&self, g: f64, [x, y]: [&[T]; 2], out: &mut [T]) {
        add(g * self.x, g * self.both, [x, y], out);
    }

    /// Adds `g ∂d/∂y` to `out`.
    pub(super) fn add_second<T: Real>(&self, g: f64, [x, y]: [&[T]; 2], out: &mut [T]) {
        add(g * self.y, g * self.both, [y, x], out);
    }
}

/// Adds `α x + β y` to `out`.
fn add<T: Real>(alpha: f64, beta: f64, [x, y]: [&[T]; 2], out: &mut [T]) {
    let (a, b) = (T::nearest(alpha), T::nearest(beta));
    let all = out.iter_mut().zip(x.iter().zip(y));
    if alpha == -beta {
        all.for_each(|(out, (&x, &y))| *out += a * (x - y));
    } else {
        all.for_each(|(out, (&x, &y))| *out += a * x + b * y);
    }
}

/// Σ `f(x, y)`, in an order that depends on the length alone.
fn sum<T: Real>(x: &[T], y: &[T], f: impl Fn(T, T) -> f64) -> f64 {
    let ((xs, x_rest), (ys, y_rest)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (x, y) in xs.iter().zip(ys) {
        for ((sum, &x), &y) in sums.iter_mut().zip(x).zip(y) {
            *sum += f(x, y);
        }
    }
    let rest: f64 = x_rest.iter().zip(y_rest).map(|(&x, &y)| f(x, y)).sum();
    sums.iter().sum::<f64>() + rest
}

/// Pairs of rows of one matrix, and how far apart they are.
pub(super) struct Listed<'a, T> {
    x: ArrayView2<'a, T>,
    pairs: Vec<(u32, u32)>,
    between: Vec<Between>,
}

impl<'a, T: Real> Listed<'a, T> {
    /// # Errors
    /// A pair has a row that is not there.
    pub(super) fn new(x: ArrayView2<'a, T>, pairs: Vec<(u32, u32)>, distance: Distance) -> Result<Self> {
        let n = x.nrows();
        let outside = pairs.iter().flat_map(|&(i, j)| [i, j]).find(|&i| i as usize >= n);
        if let Some(i) = outside {
            let expected = format!("below {n}, as many as there are vectors");
            return Err(Error::value("the number of a row", expected, i.to_string()));
        }
        let between = (pairs.par_iter().with_min_len(PIECE))
            .map(|&(i, j)| Between::new(row(x, i), row(x, j), distance))
            .collect();
        Ok(Self { x, pairs, between })
    }

    pub(super) fn distances(&self) -> impl Iterator<Item = f64> {
        self.between.iter().map(|between| between.d)
    }

    /// `∂L/∂x`, from `∂L/∂d` of each pair.
    pub(super) fn gradient(&self, by_distance: &[f64]) -> Array2<T> {
        let (mut out, x) = (Array2::zeros(self.x.dim()), self.x);
        // Where the pairs of each row begin in `of_row`: a counting sort.
        let mut starts = vec![0; x.nrows() + 1];
        let used = || (0..self.pairs.len()).filter(|&k| by_distance[k] != 0.0);
        for k in used() {
            let (i, j) = self.pairs[k];
            starts[i as usize + 1] += 1;
            starts[j as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut of_row = vec![(0, false); starts.last().copied().unwrap_or(0)];
        let mut next = starts.clone();
        for k in used() {
            let (i, j) = self.pairs[k];
            for (i, is_first) in [(i, true), (j, false)] {
                let at = &mut next[i as usize];
                of_row[*at] = (k, is_first);
                *at += 1;
            }
        }
        let rows: Vec<_> = out.axis_iter_mut(Axis(0)).enumerate().collect();
        rows.into_par_iter().with_min_len(PIECE).for_each(|(i, out)| {
            let Some(out) = out.into_slice() else { return };
            for &(k, is_first) in &of_row[starts[i]..starts[i + 1]] {
                let (first, second) = self.pairs[k];
                let both = [row(x, first), row(x, second)];
                match is_first {
                    true => self.between[k].add_first(by_distance[k], both, out),
                    false => self.between[k].add_second(by_distance[k], both, out),
                }
            }
        });
        out
    }
}

/// A row of a matrix whose rows lie one behind the other, as the inputs of a loss do.
pub(super) fn row<T>(x: ArrayView2<'_, T>, i: u32) -> &[T] {
    x.index_axis_move(Axis(0), i as usize).to_slice().unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use rand::Rng as _;

    use super::*;

    const ALL: [Distance; 4] = [
        Distance::Euclidean,
        Distance::SquaredEuclidean,
        Distance::Cosine,
        Distance::Dot,
    ];

    /// The same distances and derivatives as of two slices, also for equal vectors and a zero one.
    #[test]
    fn a_pair_is_that_of_the_distance() {
        let rng = &mut crate::rng::seeded(1);
        let mut x = Array2::from_shape_fn((5, 35), |_| rng.random_range(-1.0..1.0_f32));
        let copy = x.row(0).to_owned();
        x.row_mut(3).assign(&copy);
        x.row_mut(4).fill(0.0);
        for distance in ALL {
            for (i, j) in [(0, 1), (1, 2), (0, 3), (2, 4), (4, 4), (1, 1)] {
                let listed = Listed::new(x.view(), vec![(i, j)], distance).unwrap();
                let (first, second) = (row(x.view(), i), row(x.view(), j));
                let (d, expected) = (listed.between[0].d as f32, distance.between(first, second));
                assert!((d - expected).abs() < 1e-6, "{distance:?}: {d} {expected}");
                let gradient = listed.gradient(&[2.0]);
                let (of_first, of_second) = distance.gradient(first, second);
                for k in 0..35 {
                    let expected = match i == j {
                        true => 2.0 * (of_first[k] + of_second[k]),
                        false => 2.0 * of_first[k],
                    };
                    let got = gradient[[i as usize, k]];
                    assert!(
                        (got - expected).abs() < 2e-6,
                        "{distance:?} {i} {j}: {got} {expected}"
                    );
                    if i != j {
                        let (got, expected) = (gradient[[j as usize, k]], 2.0 * of_second[k]);
                        assert!((got - expected).abs() < 2e-6, "{distance:?} {i} {j}");
                    }
                }
            }
        }
        let told = Listed::new(x.view(), vec![(0, 5)], Distance::Dot).err().unwrap();
        assert_eq!(
            told.to_string(),
            "the number of a row: expected below 5, as many as there are vectors, got 5"
        );
    }
}
