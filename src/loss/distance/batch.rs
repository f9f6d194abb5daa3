//! Distances of the rows of two matrices as operations of a network: all pairs of rows, or row by row. The
//! numbers are computed in `products.rs`.

use ndarray::{Array2, ArrayView2, Axis, s};

use super::Distance;
use super::products::{distances, distances_gradient, squared};
use crate::nn::{OfTwoMatrices, Real, Tensor, of_two_matrices};
use crate::{Error, Result};

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
