//! How many numbers a block learns.

use super::is_counted;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;

exercise! {
    /// The number of parameters of a block.
    "09_attention/block_parameters": block_parameters(d: usize as *usize, hidden: usize as *usize) -> usize,
    exactly, |values| is_counted(values, 0) && is_counted(values, 1), random,
    public: [
        ("4 in attention, 4 biases; 1 + 1 and 1 + 1; 4 in norms", [1_usize, 1_usize]),
        ("twice as wide within", [2_usize, 4_usize]),
        ("GPT-2's", [768_usize, 3072_usize]),
    ],
    mistakes: [
        ("no biases", "The biases are missing: each linear layer adds one number for each of its outputs.", no_biases),
        ("no norms", "The two norms are missing: each has a scale and a shift for each of the d numbers.", no_norms),
        ("half of the norms", "Half of the norms is missing: there are two, and each has a shift and a scale for each of the d numbers.", half_norms),
        ("no output", "Attention has four matrices: queries, keys, values, and the output.", no_output),
        ("one layer", "The feed-forward part has two layers: d to hidden, and back.", one_layer),
        ("hidden = 4 d", "This takes 4 d for the hidden width: it is an argument.", always_four),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![whole(rng, 1..=2 * n).to_value(), whole(rng, 1..=4 * n).to_value()]
}

/// A linear layer's, with its biases.
fn linear(inputs: usize, outputs: usize) -> usize {
    (inputs + 1) * outputs
}

fn truth(d: usize, hidden: usize) -> usize {
    4 * linear(d, d) + linear(d, hidden) + linear(hidden, d) + 2 * (2 * d)
}

fn no_biases(d: usize, hidden: usize) -> usize {
    truth(d, hidden) - 5 * d - hidden
}

fn no_norms(d: usize, hidden: usize) -> usize {
    truth(d, hidden) - 4 * d
}

fn half_norms(d: usize, hidden: usize) -> usize {
    truth(d, hidden) - 2 * d
}

fn no_output(d: usize, hidden: usize) -> usize {
    truth(d, hidden) - linear(d, d)
}

fn one_layer(d: usize, hidden: usize) -> usize {
    truth(d, hidden) - linear(hidden, d)
}

fn always_four(d: usize, _: usize) -> usize {
    truth(d, 4 * d)
}
