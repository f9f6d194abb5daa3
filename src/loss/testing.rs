//! What the tests of losses have in common.

use crate::nn::{Device, Tensor, Var};

/// Numbers for the rows of a matrix, which are of a fixed row of numbers those from `from` on.
pub(super) fn var(from: u32, shape: (usize, usize)) -> Var {
    let numbers = (from..).map(|i| f64::from(i * i % 13) / 7.0 - 0.6);
    let numbers: Vec<f64> = numbers.take(shape.0 * shape.1).collect();
    Var::from_tensor(&Tensor::from_vec(numbers, shape, &Device::Cpu).unwrap()).unwrap()
}

/// The gradient of a loss by the rows of `x`.
pub(super) fn gradient_of(loss: &Tensor, x: &Var) -> Vec<Vec<f32>> {
    let gradients = loss.backward().unwrap();
    gradients.get(x).unwrap().to_vec2().unwrap()
}
