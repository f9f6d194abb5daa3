//! The exercises of lecture 05, one per file: the truth, the cases, and the mistakes that people make.

mod cbow_mean;
mod glove_loss;
mod glove_weight;
mod huffman_lengths;
mod noise_probabilities;
mod ranking_hinge;
mod sgns_step;
mod subsample_keep;
mod train_vectors;

use super::cases::lecture;
use super::exercise::get;
use super::value::Value;

lecture! {
    noise_probabilities,
    subsample_keep,
    sgns_step,
    train_vectors,
    cbow_mean,
    huffman_lengths,
    ranking_hinge,
    glove_weight,
    glove_loss,
}

/// The argument is a number above 0.
fn is_positive(values: &[Value], i: usize) -> bool {
    get::<f32>(values, i).is_some_and(|x| x > 0.0 && x.is_finite())
}
