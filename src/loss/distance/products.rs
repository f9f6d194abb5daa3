//! Distances between all rows of two matrices, and their gradient, with matrix products.
//!
//! ```text
//!     ‖x − y‖² = ‖x‖² + ‖y‖² − 2 x·y                             1 − cos(x, y) = 1 − x̂·ŷ
//! ```
//!
//! A product is five times as fast as differences, but what is near is computed from the difference of large
//! numbers. In `f32`, torch's `cdist` finds a row 6·10⁻⁴ away from itself, and 1 away if all rows are shifted
//! by 1000. Here the mean of all rows is subtracted first, which changes no difference. And a distance that
//! is small against the lengths, below [`NEAR`], is computed again from the differences. So equal rows have
//! the distance 0 exactly, for the cosine, too, where 1 − cos(x, y) = ½‖x̂ − ŷ‖².
//!
//! The gradient of the rows, with g = ∂L/∂D and wᵢⱼ = gᵢⱼ / dᵢⱼ (or 2 gᵢⱼ for squares), is again a product;
//! what is near is again computed from differences:
//!
//! ```text
//!     ∂L/∂xᵢ = Σⱼ wᵢⱼ (xᵢ − yⱼ) = xᵢ Σⱼ wᵢⱼ − (W Y)ᵢ             Euclidean, squared
//!     ∂L/∂x̂ᵢ = −(G Ŷ)ᵢ,   ∂L/∂xᵢ = (∂L/∂x̂ᵢ − x̂ᵢ (x̂ᵢ·∂L/∂x̂ᵢ)) / ‖xᵢ‖             cosine
//! ```
//!
//! Shapes: `(n, d)` and `(m, d)` give `(n, m)`. Time: 2nmd operations, and 4nmd for the gradient.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis, s};
use rayon::prelude::*;

use super::Distance;
use crate::Result;
use crate::nn::Real;

/// A squared distance below this share of ‖x‖² + ‖y‖² is computed from the differences. By the product it
/// would be wrong by up to 10⁻⁷/0.1 of itself in `f32`.
const NEAR: f64 = 0.1;

/// How many rows a thread takes at a time. Which rows those are does not depend on the threads.
const ROWS: usize = 128;

/// What the product is taken of, and ‖·‖² or ‖·‖ of each row.
struct Prepared<T> {
    /// Shifted by the mean of all rows, or of length 1.
    a: Array2<T>,
    b: Array2<T>,
    sizes_a: Array1<T>,
    sizes_b: Array1<T>,
}

impl<T: Real> Prepared<T> {
    fn new(a: ArrayView2<T>, b: ArrayView2<T>, distance: Distance) -> Self {
        let (mut a, mut b) = (a.to_owned(), b.to_owned());
        let (sizes_a, sizes_b) = match distance {
            Distance::Dot => (Array1::zeros(a.nrows()), Array1::zeros(b.nrows())),
            Distance::Cosine => (normalize(&mut a), normalize(&mut b)),
            Distance::Euclidean | Distance::SquaredEuclidean => {
                shift(&mut a, &mut b);
                let sizes = |x: &Array2<T>| x.outer_iter().map(|row| row.dot(&row)).collect();
                (sizes(&a), sizes(&b))
            }
        };
        Self {
            a,
            b,
            sizes_a,
            sizes_b,
        }
    }

    /// What differences are computed of: the rows themselves, which no shift has rounded, or those of length
    /// 1.
    fn near<'a>(
        &'a self,
        a: ArrayView2<'a, T>,
        b: ArrayView2<'a, T>,
        distance: Distance,
    ) -> [ArrayView2<'a, T>; 2] {
        match distance {
            Distance::Cosine => [self.a.view(), self.b.view()],
            _ => [a, b],
        }
    }
}

/// Subtracts the mean of all rows of both.
fn shift<T: Real>(a: &mut Array2<T>, b: &mut Array2<T>) {
    let rows = (a.nrows() + b.nrows()).max(1) as f64;
    let mean = |column: usize| {
        let sum = |x: &Array2<T>| x.column(column).iter().map(|x| x.wide()).sum::<f64>();
        T::nearest((sum(a) + sum(b)) / rows)
    };
    let mean: Array1<T> = (0..a.ncols()).map(mean).collect();
    for x in [a, b] {
        x.outer_iter_mut().for_each(|mut row| row -= &mean);
    }
}

/// Divides each row by its length and returns the lengths. A zero row stays.
pub(crate) fn normalize<T: Real>(x: &mut Array2<T>) -> Array1<T> {
    let mut lengths = Array1::zeros(x.nrows());
    let tiles = x.axis_chunks_iter_mut(Axis(0), ROWS);
    let tiles: Vec<_> = tiles.zip(lengths.axis_chunks_iter_mut(Axis(0), ROWS)).collect();
    tiles.into_par_iter().for_each(|(mut x, mut lengths)| {
        for (mut row, length) in x.outer_iter_mut().zip(&mut lengths) {
            // In f64: the squares of small numbers vanish in f32, those of large ones are infinite.
            let of_row = sum_of_squares(row.view()).sqrt();
            if of_row > 0.0 {
                let by = 1.0 / of_row;
                row.mapv_inplace(|x| T::nearest(x.wide() * by));
            }
            *length = T::nearest(of_row);
        }
    });
    lengths
}

fn sum_of_squares<T: Real>(x: ArrayView1<T>) -> f64 {
    let square = |x: &T| x.wide() * x.wide();
    let Some(x) = x.as_slice() else {
        return x.iter().map(square).sum();
    };
    let (lanes, rest) = x.as_chunks::<16>();
    let mut sums = [0.0; 16];
    for lane in lanes {
        sums.iter_mut().zip(lane).for_each(|(sum, x)| *sum += square(x));
    }
    sums.iter().sum::<f64>() + rest.iter().map(square).sum::<f64>()
}

/// ‖x − y‖²
pub(super) fn squared<T: Real>(x: ArrayView1<T>, y: ArrayView1<T>) -> T {
    let difference = |(x, y): (&T, &T)| (*x - *y) * (*x - *y);
    match (x.as_slice(), y.as_slice()) {
        (Some(x), Some(y)) => {
            let ((xs, x_rest), (ys, y_rest)) = (x.as_chunks::<16>(), y.as_chunks::<16>());
            let mut sums = [T::zero(); 16];
            for (x, y) in xs.iter().zip(ys) {
                for (sum, xy) in sums.iter_mut().zip(x.iter().zip(y)) {
                    *sum += difference(xy);
                }
            }
            let rest = x_rest
                .iter()
                .zip(y_rest)
                .fold(T::zero(), |sum, xy| sum + difference(xy));
            sums.iter().fold(rest, |sum, &x| sum + x)
        }
        _ => x.iter().zip(y).fold(T::zero(), |sum, xy| sum + difference(xy)),
    }
}

/// All distances of the rows of two matrices of numbers: for a loss that computes its gradient itself.
///
/// # Errors
/// The rows are not of the same length.
pub fn distances<T: Real>(a: ArrayView2<T>, b: ArrayView2<T>, distance: Distance) -> Result<Array2<T>> {
    let p = Prepared::new(a, b, distance);
    let near = p.near(a, b, distance);
    let mut out = Array2::zeros((a.nrows(), b.nrows()));
    if out.is_empty() {
        return Ok(out);
    }
    let blocks: Vec<_> = out.axis_chunks_iter_mut(Axis(0), ROWS).enumerate().collect();
    blocks
        .into_par_iter()
        .try_for_each(|(i, mut out)| -> Result<()> {
            let from = i * ROWS;
            let rows = p.a.slice(s![from..from + out.nrows(), ..]);
            T::matmul_into(rows, p.b.t(), out.view_mut())?;
            for (i, mut out) in out.outer_iter_mut().enumerate() {
                for (j, out) in out.iter_mut().enumerate() {
                    *out = from_product(&p, near, distance, (from + i, j), *out);
                }
            }
            Ok(())
        })?;
    Ok(out)
}

/// The distance of rows i and j from their product; `near` are the matrices whose differences are exact.
fn from_product<T: Real>(
    p: &Prepared<T>,
    near: [ArrayView2<T>; 2],
    distance: Distance,
    (i, j): (usize, usize),
    product: T,
) -> T {
    let two = T::one() + T::one();
    match distance {
        Distance::Dot => -product,
        Distance::Cosine if p.sizes_a[i] == T::zero() || p.sizes_b[j] == T::zero() => T::one(),
        Distance::Cosine => match is_near(distance, T::one(), T::one(), T::one() - product) {
            true => squared(near[0].row(i), near[1].row(j)) / two,
            false => (T::one() - product).min(two),
        },
        Distance::Euclidean | Distance::SquaredEuclidean => {
            let (size_a, size_b) = (p.sizes_a[i], p.sizes_b[j]);
            let mut d = size_a + size_b - two * product;
            if is_near(Distance::SquaredEuclidean, size_a, size_b, d) {
                d = squared(near[0].row(i), near[1].row(j));
            }
            if distance == Distance::Euclidean {
                d.sqrt()
            } else {
                d
            }
        }
    }
}

/// Whether a distance is small against the lengths of the two, so that a difference must be computed as one.
fn is_near<T: Real>(distance: Distance, size_a: T, size_b: T, d: T) -> bool {
    let near = T::nearest(NEAR);
    match distance {
        Distance::Dot => false,
        Distance::Cosine => d < near,
        Distance::SquaredEuclidean => d < near * (size_a + size_b),
        Distance::Euclidean => d * d < near * (size_a + size_b),
    }
}

/// ∂L/∂a and ∂L/∂b from the distances `y` and ∂L/∂y, both `(n, m)`.
///
/// # Errors
/// The shapes do not fit.
pub fn distances_gradient<T: Real>(
    a: ArrayView2<T>,
    b: ArrayView2<T>,
    y: ArrayView2<T>,
    dy: ArrayView2<T>,
    distance: Distance,
) -> Result<[Array2<T>; 2]> {
    let p = Prepared::new(a, b, distance);
    let (x, sizes) = ([p.a.view(), p.b.view()], [p.sizes_a.view(), p.sizes_b.view()]);
    let da = one_side([a, b], x, sizes, [y, dy], distance)?;
    let db = one_side(
        [b, a],
        [x[1], x[0]],
        [sizes[1], sizes[0]],
        [y.t(), dy.t()],
        distance,
    )?;
    Ok([da, db])
}

/// The gradient by the first of two matrices.
fn one_side<T: Real>(
    [near_a, near_b]: [ArrayView2<T>; 2],
    [a, b]: [ArrayView2<T>; 2],
    [sizes_a, sizes_b]: [ArrayView1<T>; 2],
    [y, dy]: [ArrayView2<T>; 2],
    distance: Distance,
) -> Result<Array2<T>> {
    let mut da = Array2::zeros(a.dim());
    if da.is_empty() || b.is_empty() {
        return Ok(da);
    }
    let blocks: Vec<_> = da.axis_chunks_iter_mut(Axis(0), ROWS).enumerate().collect();
    blocks.into_par_iter().try_for_each(|(i, da)| -> Result<()> {
        let rows = s![i * ROWS..i * ROWS + da.nrows(), ..];
        let (a, sizes_a) = (a.slice(rows), sizes_a.slice(s![i * ROWS..i * ROWS + da.nrows()]));
        let (y, dy) = (y.slice(rows), dy.slice(rows));
        match distance {
            Distance::Euclidean | Distance::SquaredEuclidean => {
                let near = [near_a.slice(rows), near_b];
                differences(near, [a, b], [sizes_a, sizes_b], [y, dy], distance, da)
            }
            Distance::Dot | Distance::Cosine => T::matmul_into(dy.mapv(|g| -g).view(), b, da),
        }
    })?;
    if distance == Distance::Cosine {
        across(&mut da, a, sizes_a);
    }
    Ok(da)
}

/// Turns the gradients by unit vectors into those by the vectors they were made of, which had these lengths.
pub(crate) fn across<T: Real>(gradient: &mut Array2<T>, unit: ArrayView2<T>, lengths: ArrayView1<T>) {
    let tiles = gradient.axis_chunks_iter_mut(Axis(0), ROWS);
    let others = unit
        .axis_chunks_iter(Axis(0), ROWS)
        .zip(lengths.axis_chunks_iter(Axis(0), ROWS));
    let tiles: Vec<_> = tiles.zip(others).collect();
    tiles.into_par_iter().for_each(|(mut gradient, (unit, lengths))| {
        for ((mut gradient, unit), &length) in gradient.outer_iter_mut().zip(unit.outer_iter()).zip(lengths) {
            if length == T::zero() {
                gradient.fill(T::zero());
                continue;
            }
            let (along, by) = (gradient.dot(&unit), T::one() / length);
            gradient.zip_mut_with(&unit, |g, &x| *g = (*g - along * x) * by);
        }
    });
}

/// Σⱼ wᵢⱼ (xᵢ − yⱼ) for some rows i.
fn differences<T: Real>(
    [near_a, near_b]: [ArrayView2<T>; 2],
    [a, b]: [ArrayView2<T>; 2],
    [sizes_a, sizes_b]: [ArrayView1<T>; 2],
    [y, dy]: [ArrayView2<T>; 2],
    distance: Distance,
    mut da: ArrayViewMut2<T>,
) -> Result<()> {
    let two = T::one() + T::one();
    let weight = |d: T, g: T| match distance {
        Distance::SquaredEuclidean => two * g,
        // No direction leads away from where a vector is.
        _ if d == T::zero() => T::zero(),
        _ => g / d,
    };
    let near = |i: usize, j: usize| is_near(distance, sizes_a[i], sizes_b[j], y[[i, j]]);
    // What is far, by a product.
    let mut w = Array2::zeros(y.dim());
    for ((i, j), w) in w.indexed_iter_mut() {
        if !near(i, j) {
            *w = weight(y[[i, j]], dy[[i, j]]);
        }
    }
    T::matmul_into(w.view(), b, da.view_mut())?;
    for (i, (mut da, a)) in da.outer_iter_mut().zip(a.outer_iter()).enumerate() {
        let all = w.row(i).sum();
        da.zip_mut_with(&a, |da, &a| *da = all * a - *da);
        for j in (0..b.nrows()).filter(|&j| near(i, j)) {
            let w = weight(y[[i, j]], dy[[i, j]]);
            if w != T::zero() {
                let pairs = da.iter_mut().zip(near_a.row(i).into_iter().zip(near_b.row(j)));
                pairs.for_each(|(da, (&a, &b))| *da += w * (a - b));
            }
        }
    }
    Ok(())
}
