//! GELU: a number, times how probable it is that a normally distributed one is smaller; here approximated
//! with tanh, as in GPT-2 (Hendrycks and Gimpel 2016, *Gaussian Error Linear Units*).
//!
//! ```text
//!     y = x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³)))
//! ```

/// GELU of a number, approximated with tanh.
///
/// ```
/// use course::math::layers::gelu_tanh;
/// assert!((gelu_tanh(1.0) - 0.841192).abs() < 1e-6);
/// assert_eq!(gelu_tanh(0.0), 0.0);
/// ```
pub fn gelu_tanh(x: f32) -> f32 {
    let x = f64::from(x);
    let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
    (0.5 * x * (1.0 + inner.tanh())) as f32
}

#[cfg(test)]
#[cfg(feature = "nn")]
mod tests {
    use super::*;

    /// Numbers up to 5, in f32: an error of 1e-6 is a few roundings.
    #[test]
    fn it_is_the_fused_form() {
        use crate::nn::{Device, Tensor};
        let x: Vec<f32> = (-50..=50).map(|i| i as f32 / 10.0).collect();
        let all = Tensor::new(x.as_slice(), &Device::Cpu).unwrap();
        let fused = crate::nn::gelu_tanh(&all).unwrap().to_vec1::<f32>().unwrap();
        assert!(x.iter().zip(fused).all(|(x, y)| (gelu_tanh(*x) - y).abs() < 1e-6));
    }
}
