//! Layer norm and RMS norm of one row (Ba, Kiros and Hinton 2016; Zhang and Sennrich 2019).
//!
//! ```text
//!     layer norm   y = γ x̂ + β,   x̂ = (x − μ) r,   r = 1 / √(mean (x − μ)² + ε),   μ = mean x
//!     RMS norm     y = γ x̂,       x̂ = x r,         r = 1 / √(mean x² + ε)
//! ```
//!
//! The gradient of layer norm, with h = ∂L/∂x̂. A number x_i acts on L in three ways: by its own x̂_i, which
//! gives r h_i; by the mean, which takes r from every x̂_j for each n of x_i, so −r mean h; and by the size,
//! whose derivative ∂r/∂x_i = −r² x̂_i / n gives −r x̂_i mean(h x̂):
//!
//! ```text
//!     ∂L/∂x = r (h − mean h − x̂ mean(h x̂))
//! ```
//!
//! `nn`'s file of norms has the gradients by γ and β.

use crate::{Error, Result};

/// Layer norm of a row, with scales and shifts of the same length.
///
/// ```
/// use course::math::layers::layer_norm;
/// assert_eq!(layer_norm(&[1.0, 3.0], &[1.0, 10.0], &[0.0, 5.0], 0.0)?, [-1.0, 15.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The lengths differ.
pub fn layer_norm(x: &[f32], gamma: &[f32], beta: &[f32], epsilon: f32) -> Result<Vec<f32>> {
    same("the scales of a layer norm", x, gamma)?;
    same("the shifts of a layer norm", x, beta)?;
    let (hat, _) = centred(x, epsilon);
    let y = hat.iter().zip(gamma).zip(beta);
    Ok(y.map(|((x, g), b)| (x * f64::from(*g) + f64::from(*b)) as f32)
        .collect())
}

/// ∂L/∂x of a layer norm without scales and shifts, from `upstream`, which is ∂L/∂x̂.
///
/// ```
/// use course::math::layers::layer_norm_gradient;
/// // Two numbers become −1 and 1 whatever they are: nothing changes when they change.
/// assert_eq!(layer_norm_gradient(&[1.0, 3.0], &[5.0, 7.0], 0.0)?, [0.0, 0.0]);
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The lengths differ.
pub fn layer_norm_gradient(x: &[f32], upstream: &[f32], epsilon: f32) -> Result<Vec<f32>> {
    same("the gradient of a layer norm", x, upstream)?;
    let (hat, r) = centred(x, epsilon);
    let h: Vec<f64> = upstream.iter().copied().map(f64::from).collect();
    let of_mean = mean(h.iter().copied());
    let of_size = mean(h.iter().zip(&hat).map(|(h, x)| h * x));
    let by = h
        .iter()
        .zip(&hat)
        .map(|(h, x)| (r * (h - of_mean - x * of_size)) as f32);
    Ok(by.collect())
}

/// RMS norm of a row, with scales of the same length.
///
/// ```
/// use course::math::layers::rms_norm;
/// assert_eq!(rms_norm(&[1.0, 7.0], &[5.0, 10.0], 0.0)?, [1.0, 14.0]); // √((1 + 49) / 2) = 5
/// # Ok::<(), course::Error>(())
/// ```
///
/// # Errors
/// The lengths differ.
pub fn rms_norm(x: &[f32], gamma: &[f32], epsilon: f32) -> Result<Vec<f32>> {
    same("the scales of an RMS norm", x, gamma)?;
    let squares = mean(x.iter().map(|x| f64::from(*x).powi(2)));
    let r = 1.0 / (squares + f64::from(epsilon)).sqrt();
    Ok(x.iter()
        .zip(gamma)
        .map(|(x, g)| (f64::from(*x) * r * f64::from(*g)) as f32)
        .collect())
}

/// x̂ and r.
fn centred(x: &[f32], epsilon: f32) -> (Vec<f64>, f64) {
    let mu = mean(x.iter().copied().map(f64::from));
    let variance = mean(x.iter().map(|x| (f64::from(*x) - mu).powi(2)));
    let r = 1.0 / (variance + f64::from(epsilon)).sqrt();
    (x.iter().map(|x| (f64::from(*x) - mu) * r).collect(), r)
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = numbers.len() as f64;
    numbers.sum::<f64>() / n
}

fn same(what: &str, x: &[f32], other: &[f32]) -> Result<()> {
    match x.len() == other.len() {
        true => Ok(()),
        false => Err(Error::shape(what, x.len().to_string(), other.len().to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: [f32; 4] = [0.5, -1.0, 2.0, 0.0];

    /// Central differences of 2⁻⁷ in f32: their error is about h² and the rounding of a loss near 1 by h.
    #[test]
    fn the_gradient_is_that_of_the_norm() {
        const H: f32 = 1.0 / 128.0;
        let (h, ones, zeros) = ([1.0, -0.5, 0.25, 2.0], [1.0; 4], [0.0; 4]);
        let loss = |x: &[f32]| -> f32 {
            let y = layer_norm(x, &ones, &zeros, 0.1).unwrap();
            y.iter().zip(h).map(|(y, h)| y * h).sum()
        };
        for (i, got) in layer_norm_gradient(&X, &h, 0.1).unwrap().iter().enumerate() {
            let at = |by: f32| {
                let mut moved = X;
                moved[i] += by;
                loss(&moved)
            };
            assert!((got - (at(H) - at(-H)) / (2.0 * H)).abs() < 1e-3, "{i}: {got}");
        }
        assert!(layer_norm(&X, &ones, &[], 0.1).is_err() && rms_norm(&X, &[], 0.1).is_err());
    }

    /// In f32: an error of 1e-5 is a few roundings.
    #[cfg(feature = "nn")]
    #[test]
    fn they_are_the_fused_forms() {
        use crate::nn::{self, Device, Tensor, Var};
        let row = |x: [f32; 4]| Tensor::new(&x, &Device::Cpu).unwrap();
        let (gamma, beta, h) = (
            [1.0, 2.0, 0.5, -1.0],
            [0.0, 1.0, 2.0, 3.0],
            [1.0, -0.5, 0.25, 2.0],
        );
        let near = |got: Tensor, expected: Vec<f32>| {
            let got = got.to_vec1::<f32>().unwrap();
            assert!(
                got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5),
                "{got:?}"
            );
        };
        let fused = nn::layer_norm(&row(X), &row(gamma), &row(beta), 0.1).unwrap();
        near(fused, layer_norm(&X, &gamma, &beta, 0.1_f32).unwrap());
        near(
            nn::rms_norm(&row(X), &row(gamma), 0.1).unwrap(),
            rms_norm(&X, &gamma, 0.1).unwrap(),
        );
        let x = Var::from_tensor(&row(X)).unwrap();
        let y = nn::layer_norm(&x, &row([1.0; 4]), &row([0.0; 4]), 0.1).unwrap();
        let loss = (y * row(h)).unwrap().sum_all().unwrap();
        let by = nn::backward(&loss).unwrap().remove(&x).unwrap();
        near(by, layer_norm_gradient(&X, &h, 0.1).unwrap());
    }
}
