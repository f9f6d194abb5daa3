//! Losses: what training makes small. Each has a form on plain numbers, to read and to check, with its
//! gradient derived at the head of its file. The losses that networks use have a second form in [`tensors`],
//! on whole batches.
//!
//! | loss | what it compares | who uses it |
//! |---|---|---|
//! | [`cross_entropy`] | logits of classes with the target class | language models, taggers, classifiers |
//! | [`hinge`] | the score of something real with the score of something corrupted | Collobert and Weston |
//! | [`negative_sampling`] | the score of a pair with whether it is real | word2vec, fastText, Doc2Vec |
//! | [`glove_loss`] | a product of vectors with the logarithm of a count | GloVe |

mod cross_entropy;
mod glove;
mod hinge;
mod negative_sampling;

pub use cross_entropy::{cross_entropy, cross_entropy_gradient};
pub use glove::{glove_gradient, glove_loss, glove_weight};
pub use hinge::{hinge, hinge_gradient};
pub use negative_sampling::{negative_sampling, negative_sampling_gradient, softplus};

/// The losses on tensors. Each is the mean over a batch: a tensor of one number, which has a gradient.
#[cfg(feature = "nn")]
pub mod tensors {
    pub use super::hinge::of_batch as hinge;
    pub use super::negative_sampling::of_batch as negative_sampling;
    pub use crate::nn::cross_entropy;
}
