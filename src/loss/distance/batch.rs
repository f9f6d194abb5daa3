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
use crate::nn::{OfTwoMatrices, Real, Tensor, of_two_matrices};
use crate::{Error, Result};

/// A squared distance below this share of ‖x‖² + ‖y‖² is computed from the differences. By the product it
/// would be wrong by up to 10⁻⁷/0.1 of itself in `f32`.
const NEAR: f64 = 0.1;

/// How many rows a thread takes at a time. Which rows those are does not depend on the threads.
const ROWS: usize = 128;

/// Distances between all rows of `a`, `(n, d)`, and all rows of `b`, `(m, d)`: `(n, m)`, on the CPU.
///
/// ```
/// use course::loss::{Distance, tensors::distances};
/// use course::nn::{Device, Tensor};
/// let a = Tensor::new(&[[0_f32, 0.0], [3.0, 4.0]], &Device::Cpu)?;
/// let d = distances(&a, &a, Distance::Euclidean)?;
/// assert_eq!(d.to_vec2::<f32>()?, [[0.0, 5.0], [5.0, 0.0]]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// They are not matrices with rows of the same length.
pub fn matrix(a: &Tensor, b: &Tensor, distance: Distance) -> Result<Tensor> {
    let (_, of_a) = a.dims2()?;
    let (_, of_b) = b.dims2()?;
    if of_a != of_b {
        return Err(Error::shape(
            "the rows of two matrices",
            format!("{of_a} numbers in both"),
            of_b.to_string(),
        ));
    }
    of_two_matrices(a, b, All(distance))
}

/// The distance of each row of `a` from the same row of `b`, both `(n, d)`: n numbers, on the CPU. They are
/// computed from differences.
///
/// ```
/// use course::loss::{Distance, tensors::distances_row_by_row};
/// use course::nn::{Device, Tensor};
/// let a = Tensor::new(&[[0_f32, 1.0], [3.0, 4.0]], &Device::Cpu)?;
/// let b = Tensor::new(&[[1_f32, 0.0], [3.0, 4.0]], &Device::Cpu)?;
/// assert_eq!(distances_row_by_row(&a, &b, Distance::Cosine)?.to_vec1::<f32>()?, [1.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// They are not matrices of the same shape.
pub fn of_rows(a: &Tensor, b: &Tensor, distance: Distance) -> Result<Tensor> {
    let (of_a, of_b) = (a.dims2()?, b.dims2()?);
    if of_a != of_b {
        let shapes = (format!("{of_a:?} as the first"), format!("{of_b:?}"));
        return Err(Error::shape("the second of two matrices", shapes.0, shapes.1));
    }
    Ok(of_two_matrices(a, b, ByRow(distance))?.squeeze(1)?)
}

struct All(Distance);

impl OfTwoMatrices for All {
    fn forward<T: Real>(&self, a: ArrayView2<T>, b: ArrayView2<T>) -> Result<Array2<T>> {
        distances(a, b, self.0)
    }

    fn backward<T: Real>(
        &self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        y: ArrayView2<T>,
        dy: ArrayView2<T>,
    ) -> Result<[Array2<T>; 2]> {
        distances_gradient(a, b, y, dy, self.0)
    }
}

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
        match distance {
            Distance::Dot => {
                let (sizes_a, sizes_b) = (Array1::zeros(a.nrows()), Array1::zeros(b.nrows()));
                return Self {
                    a,
                    b,
                    sizes_a,
                    sizes_b,
                };
            }
            Distance::Cosine => {
                let (sizes_a, sizes_b) = (normalize(&mut a), normalize(&mut b));
                return Self {
                    a,
                    b,
                    sizes_a,
                    sizes_b,
                };
            }
            Distance::Euclidean | Distance::SquaredEuclidean => {}
        }
        let rows = (a.nrows() + b.nrows()).max(1) as f64;
        let mean: Vec<T> = (0..a.ncols())
            .map(|column| {
                let sum = |x: &Array2<T>| x.column(column).iter().map(|x| x.wide()).sum::<f64>();
                T::nearest((sum(&a) + sum(&b)) / rows)
            })
            .collect();
        let mean = ArrayView1::from(&mean);
        for x in [&mut a, &mut b] {
            x.outer_iter_mut().for_each(|mut row| row -= &mean);
        }
        let sizes = |x: &Array2<T>| x.outer_iter().map(|row| row.dot(&row)).collect();
        let (sizes_a, sizes_b) = (sizes(&a), sizes(&b));
        Self {
            a,
            b,
            sizes_a,
            sizes_b,
        }
    }
}

impl<T: Real> Prepared<T> {
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
fn squared<T: Real>(x: ArrayView1<T>, y: ArrayView1<T>) -> T {
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

/// [`matrix`] of numbers: for a loss that computes its gradient itself.
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

struct ByRow(Distance);

impl OfTwoMatrices for ByRow {
    fn forward<T: Real>(&self, a: ArrayView2<T>, b: ArrayView2<T>) -> Result<Array2<T>> {
        let mut out = Array2::zeros((a.nrows(), 1));
        let rows = a.outer_iter().zip(b.outer_iter());
        for (out, (x, y)) in out.iter_mut().zip(rows) {
            *out = match self.0 {
                Distance::Euclidean => squared(x, y).sqrt(),
                Distance::SquaredEuclidean => squared(x, y),
                Distance::Cosine => {
                    let (x, y) = (x.insert_axis(Axis(0)), y.insert_axis(Axis(0)));
                    distances(x, y, Distance::Cosine)?[[0, 0]]
                }
                Distance::Dot => -x.dot(&y),
            };
        }
        Ok(out)
    }

    fn backward<T: Real>(
        &self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        y: ArrayView2<T>,
        dy: ArrayView2<T>,
    ) -> Result<[Array2<T>; 2]> {
        let (mut da, mut db) = (Array2::zeros(a.dim()), Array2::zeros(b.dim()));
        for i in 0..a.nrows() {
            let row = s![i..=i, ..];
            let (a, b, y, dy) = (a.slice(row), b.slice(row), y.slice(row), dy.slice(row));
            match self.0 {
                Distance::Cosine | Distance::Dot => {
                    let [of_a, of_b] = distances_gradient(a, b, y, dy, self.0)?;
                    da.slice_mut(row).assign(&of_a);
                    db.slice_mut(row).assign(&of_b);
                }
                Distance::Euclidean | Distance::SquaredEuclidean => {
                    let w = match (self.0, y[[0, 0]]) {
                        (Distance::Euclidean, d) if d == T::zero() => T::zero(),
                        (Distance::Euclidean, d) => dy[[0, 0]] / d,
                        _ => dy[[0, 0]] + dy[[0, 0]],
                    };
                    let difference = (&a - &b).mapv(|x| w * x);
                    db.slice_mut(row).assign(&difference.mapv(|x| -x));
                    da.slice_mut(row).assign(&difference);
                }
            }
        }
        Ok([da, db])
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;
    use rand::Rng as _;

    use super::*;
    use crate::nn::{Device, Var, gradient_check};

    const ALL: [Distance; 4] = [
        Distance::Euclidean,
        Distance::SquaredEuclidean,
        Distance::Cosine,
        Distance::Dot,
    ];

    fn random(n: usize, d: usize, seed: u64) -> Array2<f64> {
        let rng = &mut crate::rng::seeded(seed);
        Array2::from_shape_fn((n, d), |_| rng.random_range(-1.0..1.0))
    }

    fn var<T: Real + candle_core::WithDType>(x: &Array2<T>) -> Var {
        Var::from_slice(x.as_slice().unwrap(), x.dim(), &Device::Cpu).unwrap()
    }

    /// More rows than one thread takes, some of them equal, some nearly so, one zero.
    fn rows(n: usize, seed: u64) -> Array2<f64> {
        let mut x = random(n, 7, seed);
        let copy = x.row(0).to_owned();
        x.row_mut(n / 2).assign(&copy);
        x.row_mut(n - 1).assign(&copy.mapv(|x| x + 1e-5));
        x.row_mut(n / 3).fill(0.0);
        x
    }

    #[test]
    fn all_forms_give_the_distances_of_two_vectors() {
        let (a, b) = (rows(200, 1).mapv(|x| x as f32), rows(150, 1).mapv(|x| x as f32));
        for distance in ALL {
            let all = matrix(&var(&a), &var(&b), distance)
                .unwrap()
                .to_vec2::<f32>()
                .unwrap();
            let head = a.slice(s![..150, ..]).to_owned();
            let by_row = of_rows(&var(&head), &var(&b), distance).unwrap();
            let by_row = by_row.to_vec1::<f32>().unwrap();
            for (i, x) in a.outer_iter().enumerate() {
                for (j, y) in b.outer_iter().enumerate() {
                    let (x, y) = (x.to_slice().unwrap(), y.to_slice().unwrap());
                    let expected = distance.between(x, y);
                    // 10⁻⁵ of itself, and of 1 for the product, where terms cancel out.
                    let most = 1e-5
                        * if distance == Distance::Dot {
                            1.0
                        } else {
                            expected.abs()
                        };
                    assert!(
                        (all[i][j] - expected).abs() <= most.max(1e-12),
                        "{distance:?} {i} {j}"
                    );
                    if i == j {
                        assert!(
                            (by_row[i] - expected).abs() <= most.max(1e-12),
                            "{distance:?} {i}"
                        );
                    }
                }
            }
        }
    }

    /// torch's `cdist` finds 1.0 there.
    #[test]
    fn rows_that_are_far_from_the_origin_have_exact_distances() {
        // Multiples of 2⁻¹⁰ are exact at 1000 in f32.
        let near = random(60, 8, 2).mapv(|x| (x * 1024.0).round() as f32 / 1024.0);
        let far = near.mapv(|x| x + 1000.0);
        for distance in [Distance::Euclidean, Distance::SquaredEuclidean] {
            let [of_far, of_near] = [&far, &near].map(|x| {
                let d = matrix(&var(x), &var(x), distance).unwrap();
                d.to_vec2::<f32>().unwrap()
            });
            for i in 0..60 {
                assert_eq!(of_far[i][i], 0.0);
                for j in 0..60 {
                    let (got, expected) = (of_far[i][j], of_near[i][j]);
                    assert!(
                        (got - expected).abs() <= 1e-5 * expected,
                        "{i} {j}: {got} {expected}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_row_has_no_distance_from_itself() {
        let x = random(100, 33, 3).mapv(|x| x as f32);
        for distance in [Distance::Euclidean, Distance::SquaredEuclidean, Distance::Cosine] {
            let d = matrix(&var(&x), &var(&x), distance)
                .unwrap()
                .to_vec2::<f32>()
                .unwrap();
            assert!((0..100).all(|i| d[i][i] == 0.0), "{distance:?}");
            assert!(d.iter().flatten().all(|&d| d >= 0.0), "{distance:?}");
        }
    }

    /// Each distance has a weight of its own. Pairs of equal rows have weight 0 where there is no derivative.
    #[test]
    fn the_gradient_is_the_slope() {
        for distance in ALL {
            let (a, b) = (random(5, 3, 4), random(4, 3, 5));
            let (a, b) = (var(&a), var(&b));
            let weights = var(&random(5, 4, 6));
            let loss = || Ok(matrix(&a, &b, distance)?.mul(&weights)?.sum_all()?);
            let check = gradient_check([("a", &a), ("b", &b)], loss).unwrap();
            check.within(1e-7).unwrap();

            let b = var(&random(5, 3, 5));
            let weights = var(&random(5, 1, 6)).squeeze(1).unwrap();
            let loss = || Ok(of_rows(&a, &b, distance)?.mul(&weights)?.sum_all()?);
            let check = gradient_check([("a", &a), ("b", &b)], loss).unwrap();
            check.within(1e-7).unwrap();

            // A matrix with itself.
            let weights = var(&random(5, 5, 7));
            let off = Tensor::ones((5, 5), crate::nn::DType::F64, &Device::Cpu).unwrap();
            let off = (off - Tensor::eye(5, crate::nn::DType::F64, &Device::Cpu).unwrap()).unwrap();
            let loss = || Ok(matrix(&a, &a, distance)?.mul(&weights)?.mul(&off)?.sum_all()?);
            gradient_check([("a", &a)], loss).unwrap().within(1e-7).unwrap();
        }
    }

    /// The gradients of all pairs are those of `Distance::gradient`, where rows are equal, nearly equal and
    /// zero.
    #[test]
    fn the_gradient_is_that_of_pairs() {
        let x = rows(40, 8).mapv(|x| x as f32);
        for distance in ALL {
            let a = var(&x);
            for (i, j) in [(0, 20), (0, 39), (20, 39), (13, 5), (13, 13), (4, 4), (2, 9)] {
                let b = var(&x);
                let d = matrix(&a, &b, distance).unwrap();
                let one = d
                    .narrow(0, i, 1)
                    .unwrap()
                    .narrow(1, j, 1)
                    .unwrap()
                    .sum_all()
                    .unwrap();
                let gradients = one.backward().unwrap();
                let row = |x: &Var, i: usize| gradients.get(x).unwrap().to_vec2::<f32>().unwrap()[i].clone();
                let slice = |i: usize| x.row(i).to_slice().unwrap().to_vec();
                let (of_a, of_b) = distance.gradient(&slice(i), &slice(j));
                for (got, expected) in [(row(&a, i), of_a), (row(&b, j), of_b)] {
                    for (got, expected) in got.iter().zip(expected) {
                        assert!(
                            (got - expected).abs() < 2e-6,
                            "{distance:?} {i} {j}: {got} {expected}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn shapes_must_fit_and_may_be_empty() {
        let of = |n, d| var(&Array2::<f32>::zeros((n, d)));
        let e = matrix(&of(2, 3), &of(2, 4), Distance::Dot)
            .unwrap_err()
            .to_string();
        assert_eq!(e, "the rows of two matrices: expected 3 numbers in both, got 4");
        assert!(of_rows(&of(2, 3), &of(3, 3), Distance::Dot).is_err());
        for distance in ALL {
            assert_eq!(matrix(&of(0, 3), &of(2, 3), distance).unwrap().dims(), [0, 2]);
        }
    }
}
