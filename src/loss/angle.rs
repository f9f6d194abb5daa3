//! AnglE: how alike two vectors are as complex numbers, by the difference of their angles, in the place of
//! the cosine (Li and Li, *AnglE-optimized text embeddings*, 2023).
//!
//! The cosine is flat where it is near 1 or −1, and so is its gradient. So half of the numbers of a vector
//! are taken as real parts and half as imaginary parts: x = a + bi and y = c + di, both of n/2 complex
//! numbers. Dividing a complex number by another subtracts their angles:
//!
//! ```text
//!     x/y = (a + bi)(c − di) / (c² + d²) = ((ac + bd) + (bc − ad)i) / (c² + d²)
//!     θ(x, y) = |Σₖ (aₖcₖ + bₖdₖ) + (bₖcₖ − aₖdₖ)| / (‖x‖ ‖y‖)
//! ```
//!
//! θ goes into the loss of [`cosent`](super::cosent()) as its similarity: L = cosent(θ, y, λ). Its
//! derivative, with σ the sign of the sum, u = (c − d, c + d) and v = (a + b, b − a), so that the sum is x·u
//! = y·v:
//!
//! ```text
//!     ∂θ/∂x = σ u / (‖x‖‖y‖) − θ x / ‖x‖²              ∂θ/∂y = σ v / (‖x‖‖y‖) − θ y / ‖y‖²
//! ```
//!
//! This is what sentence-transformers computes, and it is odd as a similarity: it is not symmetric, it can be
//! √2, and opposite vectors count as equal ones, because of |…|. If the dimension is odd, a zero is appended.
//! A zero vector has θ = 0 and gradient 0, as in sentence-transformers since 6.2; before it was NaN.

#[cfg(feature = "nn")]
use super::cosent;
#[cfg(feature = "nn")]
use crate::nn::{Inputs, Real, Tensor, ValueAndGradients, WithGradient, with_gradient};
use crate::{Error, Result};

/// θ of two vectors of the same length, between 0 and √2.
///
/// ```
/// use course::loss::angle_similarity;
/// let of = |x: [f32; 2], y: [f32; 2]| angle_similarity(&x, &y);
/// assert_eq!(of([1.0, 0.0], [1.0, 0.0])?, 1.0);
/// assert_eq!(of([1.0, 0.0], [-1.0, 0.0])?, 1.0); // opposite
/// assert_eq!(of([1.0, 0.0], [1.0, 1.0])?, 0.0); // 45 degrees to one side …
/// assert_eq!(of([1.0, 0.0], [1.0, -1.0])?, 2_f32.sqrt()); // … and to the other
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The vectors have different lengths.
pub fn angle_similarity(x: &[f32], y: &[f32]) -> Result<f32> {
    let (x, y) = check(x, y)?;
    Ok(value_and_gradient(&x, &y).0 as f32)
}

/// `(∂θ/∂x, ∂θ/∂y)`; 0 for a zero vector, and the sign of 0 counts as 0.
///
/// ```
/// use course::loss::angle_similarity_gradient;
/// // θ = |x₁ + x₂| / ‖x‖ at x = y = (1, 0): along x nothing changes.
/// let (of_x, of_y) = angle_similarity_gradient(&[1.0, 0.0], &[1.0, 0.0])?;
/// assert_eq!((of_x, of_y), (vec![0.0, 1.0], vec![0.0, -1.0]));
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The vectors have different lengths.
pub fn angle_similarity_gradient(x: &[f32], y: &[f32]) -> Result<(Vec<f32>, Vec<f32>)> {
    let (x, y) = check(x, y)?;
    let (_, of_x, of_y) = value_and_gradient(&x, &y);
    let narrow = |g: Vec<f64>| g.into_iter().map(|g| g as f32).collect();
    Ok((narrow(of_x), narrow(of_y)))
}

/// The loss AnglE of the rows of `a` and `b`, both `(n, d)`, as pairs with these grades: `cosent` of their θ.
/// Time: O(n d + n²).
///
/// ```
/// use course::loss::tensors;
/// use course::nn::{Device, Tensor};
/// let a = Tensor::new(&[[1_f32, 0.0], [1.0, 0.0]], &Device::Cpu)?;
/// let b = Tensor::new(&[[1_f32, 1.0], [0.0, 1.0]], &Device::Cpu)?;
/// // θ is 0 and 1, and should be the other way round: ln(1 + e²⁰).
/// let loss = tensors::angle(&a, &b, &[1.0, 0.0], 20.0)?;
/// assert!((loss.to_scalar::<f32>()? - 20.0).abs() < 1e-5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The shapes differ, or as [`cosent`](super::cosent()).
#[cfg(feature = "nn")]
pub fn of_batch(a: &Tensor, b: &Tensor, grades: &[f32], scale: f32) -> Result<Tensor> {
    let (n, d) = a.dims2()?;
    if b.dims() != [n, d] {
        let (expected, got) = (format!("({n}, {d}), as the first"), format!("{:?}", b.dims()));
        return Err(Error::shape("the second of two matrices", expected, got));
    }
    cosent::check(n, grades, scale)?;
    with_gradient(&[a, b], &OfBatch { grades, scale })
}

#[cfg(feature = "nn")]
struct OfBatch<'a> {
    grades: &'a [f32],
    scale: f32,
}

#[cfg(feature = "nn")]
impl WithGradient for OfBatch<'_> {
    fn value_and_gradients<T: Real>(&self, inputs: &Inputs<T>) -> Result<ValueAndGradients<T>> {
        let (a, b) = (inputs.matrix(0)?, inputs.matrix(1)?);
        let wide = |x: ndarray::ArrayView1<T>| x.iter().map(|x| x.wide()).collect::<Vec<f64>>();
        let rows = a.outer_iter().zip(b.outer_iter());
        let all: Vec<_> = rows
            .map(|(x, y)| value_and_gradient(&wide(x), &wide(y)))
            .collect();
        let thetas: Vec<f64> = all.iter().map(|(theta, ..)| *theta).collect();
        let (value, slopes) = cosent::value_and_gradient(&thetas, self.grades, f64::from(self.scale));
        let (mut of_a, mut of_b) = (ndarray::Array2::zeros(a.dim()), ndarray::Array2::zeros(b.dim()));
        let rows = of_a.outer_iter_mut().zip(of_b.outer_iter_mut());
        for ((mut of_a, mut of_b), ((_, by_x, by_y), slope)) in rows.zip(all.iter().zip(slopes)) {
            of_a.iter_mut()
                .zip(by_x)
                .for_each(|(out, g)| *out = T::nearest(slope * g));
            of_b.iter_mut()
                .zip(by_y)
                .for_each(|(out, g)| *out = T::nearest(slope * g));
        }
        Ok(ValueAndGradients {
            value,
            gradients: vec![Some(of_a.into_dyn()), Some(of_b.into_dyn())],
        })
    }
}

fn check(x: &[f32], y: &[f32]) -> Result<(Vec<f64>, Vec<f64>)> {
    if x.len() != y.len() {
        let (expected, got) = (format!("{} numbers", x.len()), format!("{} numbers", y.len()));
        return Err(Error::shape("the second vector", expected, got));
    }
    let wide = |x: &[f32]| x.iter().map(|&x| f64::from(x)).collect();
    Ok((wide(x), wide(y)))
}

/// θ and its gradients by x and by y.
pub(super) fn value_and_gradient(x: &[f64], y: &[f64]) -> (f64, Vec<f64>, Vec<f64>) {
    let half = x.len().div_ceil(2);
    // The second half of a vector of odd length ends with a zero.
    let parts = |x: &[f64], k: usize| (x[k], x.get(half + k).copied().unwrap_or(0.0));
    let (mut u, mut v) = (vec![0.0; 2 * half], vec![0.0; 2 * half]);
    for k in 0..half {
        let ((a, b), (c, d)) = (parts(x, k), parts(y, k));
        (u[k], u[half + k]) = (c - d, c + d);
        (v[k], v[half + k]) = (a + b, b - a);
    }
    let inner = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
    let (xx, yy, sum) = (inner(x, x), inner(y, y), inner(x, &u));
    let norms = (xx * yy).sqrt();
    if norms == 0.0 {
        return (0.0, vec![0.0; x.len()], vec![0.0; y.len()]);
    }
    let theta = sum.abs() / norms;
    let sign = match sum {
        0.0 => 0.0,
        sum => sum.signum(),
    };
    let slope = |x: &[f64], xx: f64, u: &[f64]| {
        let each = x.iter().zip(u).map(|(x, u)| sign * u / norms - theta * x / xx);
        each.collect()
    };
    (theta, slope(x, xx, &u), slope(y, yy, &v))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Differences of 10⁻⁶ in `f64`, for an even and an odd dimension.
    #[test]
    fn the_gradient_is_that_of_the_similarity() {
        let (x, y) = ([0.5, -1.0, 2.0, 0.3, 1.5], [1.0, 0.7, -0.4, 0.2, 0.9]);
        for d in [4, 5] {
            let (x, y) = (&x[..d], &y[..d]);
            let (_, of_x, of_y) = value_and_gradient(x, y);
            for i in 0..d {
                let slope = |of: &dyn Fn(f64) -> f64| (of(1e-6) - of(-1e-6)) / 2e-6;
                let moved = |v: &[f64], h: f64| {
                    let mut v = v.to_vec();
                    v[i] += h;
                    v
                };
                let by_x = slope(&|h| value_and_gradient(&moved(x, h), y).0);
                let by_y = slope(&|h| value_and_gradient(x, &moved(y, h)).0);
                assert!((of_x[i] - by_x).abs() < 1e-8, "{d} {i}: {} {by_x}", of_x[i]);
                assert!((of_y[i] - by_y).abs() < 1e-8, "{d} {i}: {} {by_y}", of_y[i]);
            }
        }
    }

    /// Values of sentence-transformers 6.2: not symmetric, any length, a zero appended, 0 for zero vectors.
    #[test]
    fn it_is_that_of_sentence_transformers() {
        let of = |x: &[f32], y: &[f32]| angle_similarity(x, y).unwrap();
        assert_eq!(of(&[1.0, 0.0], &[0.0, 1.0]), 1.0);
        assert_eq!(of(&[1.0, -1.0], &[1.0, 0.0]), 0.0);
        assert_eq!(of(&[3.0, 0.0], &[5.0, 0.0]), 1.0);
        assert!((of(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]) - 1.0).abs() < 1e-6);
        assert_eq!(of(&[0.0, 0.0], &[1.0, 2.0]), 0.0);
        let (of_zero, _) = angle_similarity_gradient(&[0.0, 0.0], &[1.0, 2.0]).unwrap();
        assert_eq!(of_zero, [0.0, 0.0]);
        assert!(angle_similarity(&[1.0], &[1.0, 2.0]).is_err());
    }

    #[cfg(feature = "nn")]
    #[test]
    fn the_gradient_on_vectors_is_the_slope() {
        use crate::loss::testing::var;
        use crate::nn::gradient_check;
        let (a, b) = (var(0, (5, 3)), var(10, (5, 3)));
        let loss = || of_batch(&a, &b, &[0.0, 2.0, 1.0, 1.0, 5.0], 3.0);
        let check = gradient_check([("a", &a), ("b", &b)], loss).unwrap();
        check.within(1e-7).unwrap();
        assert!(of_batch(&a, &b, &[1.0; 4], 20.0).is_err());
    }
}
