//! How many operations a block takes.

use super::is_counted;
use crate::check::cases::{exercise, whole};
use crate::check::exercise::exactly;
use crate::check::value::{Crosses, Value};
use crate::rng::Rng;
use crate::tokenize::measures::ModelSize;

exercise! {
    /// The operations of a block's forward pass over all tokens.
    "09_attention/block_flops": block_flops(n_tokens: usize as *usize, d: usize as *usize) -> usize,
    exactly, |values| is_counted(values, 0) && is_counted(values, 1), random,
    public: [
        ("one token, one number: 8 + 16 + 4", [1_usize, 1_usize]),
        ("two tokens: the matrices twice, the pairs four times", [2_usize, 1_usize]),
        ("GPT-2's, at 1024 tokens", [1024_usize, 768_usize]),
    ],
    mistakes: [
        ("products alone", "Each product is added to a sum: that is 2 operations.", products),
        ("no pairs", "The products of queries with keys and the sums of values are missing: they grow with the square of the tokens.", no_pairs),
        ("half of the pairs", "Half of the work on pairs is missing: n² d products for the scores, and as many for the sums of values.", half_pairs),
        ("no feed-forward part", "The feed-forward part is missing: d to 4 d, and back.", no_feed_forward),
        ("half of the feed-forward part", "The feed-forward part has two matrices of 4 d².", half_feed_forward),
        ("three matrices", "Attention has four matrices of d²: queries, keys, values, and the output.", three),
        ("one token", "This is the cost of one token: there are `n_tokens`.", of_one),
        ("training", "The backward pass costs twice as much, but only the forward pass is asked for.", training),
    ],
}

fn random(rng: &mut Rng, n: usize) -> Vec<Value> {
    vec![whole(rng, 1..=2 * n).to_value(), whole(rng, 1..=2 * n).to_value()]
}

/// The formula of lecture 07 is that of training with the forward pass computed twice: four times this.
fn truth(n_tokens: usize, d: usize) -> usize {
    let of_token = ModelSize::new(1, d, n_tokens).map_or(0.0, |size| size.flops_per_token(0.0) / 4.0);
    n_tokens * of_token as usize
}

fn products(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) / 2
}

fn no_pairs(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) - 4 * n_tokens * n_tokens * d
}

fn half_pairs(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) - 2 * n_tokens * n_tokens * d
}

fn no_feed_forward(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) - 16 * n_tokens * d * d
}

fn half_feed_forward(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) - 8 * n_tokens * d * d
}

fn three(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) - 2 * n_tokens * d * d
}

fn of_one(n_tokens: usize, d: usize) -> usize {
    truth(n_tokens, d) / n_tokens
}

fn training(n_tokens: usize, d: usize) -> usize {
    3 * truth(n_tokens, d)
}
