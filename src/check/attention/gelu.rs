//! GELU by tanh.

use crate::check::cases::{any, exercise, whole};
use crate::check::exercise::nearly;
use crate::check::value::{Crosses, Value};
use crate::math::layers;
use crate::rng::Rng;

exercise! {
    /// GELU of a number, approximated with tanh.
    "09_attention/gelu": gelu(x: f32 as *f32) -> f32,
    nearly, any, random,
    public: [
        ("0 stays 0", [0.0_f32]),
        ("1 loses a little", [1.0_f32]),
        ("a large number passes", [10.0_f32]),
        ("a very negative one does not", [-10.0_f32]),
        ("−1 is almost shut out", [-1.0_f32]),
    ],
    mistakes: [
        ("ReLU", "This is ReLU, which cuts at 0: GELU is smooth, and a little below 0 for negative numbers.", relu),
        ("no half", "1 + tanh goes up to 2: the factor ½ is missing.", no_half),
        ("no cube", "The term 0.044715 x³ is missing.", no_cube),
        ("no root", "The factor √(2/π) within tanh is missing.", no_root),
        ("the gate alone", "This is the gate, ½ (1 + tanh …), from 0 to 1: multiply by x.", gate_alone),
        ("sigmoid", "This is x · σ(x), SiLU: GELU has tanh, with a cube within.", silu),
        ("minus", "The gate is the other way round: 1 + tanh, not 1 − tanh.", minus),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    let most = 2 * n;
    vec![((whole(rng, 0..=2 * most) as f32 - most as f32) / 8.0).to_value()]
}

fn truth(x: f32) -> f32 {
    layers::gelu_tanh(x)
}

/// √(2/π).
fn root() -> f32 {
    std::f32::consts::FRAC_2_SQRT_PI / std::f32::consts::SQRT_2
}

fn relu(x: f32) -> f32 {
    x.max(0.0)
}

fn no_half(x: f32) -> f32 {
    2.0 * truth(x)
}

fn no_cube(x: f32) -> f32 {
    0.5 * x * (1.0 + (root() * x).tanh())
}

fn no_root(x: f32) -> f32 {
    0.5 * x * (1.0 + (x + 0.044_715 * x.powi(3)).tanh())
}

fn gate_alone(x: f32) -> f32 {
    0.5 * (1.0 + (root() * (x + 0.044_715 * x.powi(3))).tanh())
}

fn silu(x: f32) -> f32 {
    x / (1.0 + (-x).exp())
}

fn minus(x: f32) -> f32 {
    x - truth(x)
}
