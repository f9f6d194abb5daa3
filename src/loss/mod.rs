//! Losses: what training makes small. Each has a form on plain numbers, to read and to check, with its
//! gradient derived at the head of its file. The losses that networks use have a second form in [`tensors`],
//! on whole batches.
//!
//! | loss | what it compares | who uses it |
//! |---|---|---|
//! | [`Distance`] | two vectors: what the losses of a ranking are functions of | all of them |
//! | [`cross_entropy`] | logits of classes with the target class | language models, taggers, classifiers |
//! | [`hinge`] | the score of something real with the score of something corrupted | Collobert and Weston |
//! | [`negative_sampling`] | the score of a pair with whether it is real | word2vec, fastText, Doc2Vec |
//! | [`glove_loss`] | a product of vectors with the logarithm of a count | GloVe |
//! | [`info_nce`], [`n_pairs`] | an anchor's similarity to its positive with those to negatives | CPC, CLIP, sentence vectors |
//! | [`supervised_contrastive`] | … to all of its class with those to others | classifiers |
//! | [`pair_loss`], [`contrastive`] | the distance of a pair with a margin, if it should be far | Hadsell, Chopra and LeCun |
//! | [`triplet`], [`soft_triplet`] | the distances from an anchor to a positive and to a negative | FaceNet |
//! | [`multi_similarity`] | an anchor's similarities to all its positives and negatives | metric learning |
//! | [`cosent`] with cosines or [`angle_similarity`] | the order of pairs with that of their grades | sentence vectors |
//! | [`margin_mse`] | a difference of scores with that of a teacher | distilled rankers |
//! | [`matryoshka`](tensors::matryoshka) | the beginnings of vectors by any of these | vectors that can be cut |

mod angle;
mod batch;
mod contrastive;
mod cosent;
mod cross_entropy;
pub mod distance;
mod glove;
mod hinge;
mod infonce;
#[cfg(feature = "nn")]
mod listed;
mod log_one_plus;
mod margin_mse;
#[cfg(feature = "nn")]
mod matryoshka;
mod multi_similarity;
mod negative_sampling;
#[cfg(test)]
#[cfg(feature = "nn")]
mod testing;
mod triplet;

pub use angle::{angle_similarity, angle_similarity_gradient};
#[cfg(feature = "nn")]
pub(crate) use batch::one_label_a_row;
pub use batch::{Average, Pair, Triplet};
pub use contrastive::{
    PairOptions, contrastive, contrastive_gradient, online_contrastive, online_contrastive_gradient,
    pair_loss, pair_loss_gradient,
};
pub use cosent::{cosent, cosent_gradient};
pub use cross_entropy::{cross_entropy, cross_entropy_gradient};
pub use distance::Distance;
pub use glove::{glove_gradient, glove_loss, glove_weight};
pub use hinge::{hinge, hinge_gradient};
#[cfg(feature = "nn")]
pub use infonce::{Directions, FalseNegatives, Guide, InfoNce, Queue, SupervisedContrastive, Temperature};
pub use infonce::{
    info_nce, info_nce_both_ways, info_nce_both_ways_gradient, info_nce_gradient, log_sum_exp, masked,
    n_pairs, n_pairs_gradient, supervised_contrastive, supervised_contrastive_gradient,
};
pub use margin_mse::{margin_mse, margin_mse_gradient};
#[cfg(feature = "nn")]
pub use matryoshka::Matryoshka;
pub use multi_similarity::{MultiSimilarity, multi_similarity, multi_similarity_gradient};
pub use negative_sampling::{negative_sampling, negative_sampling_gradient, softplus};
#[cfg(feature = "nn")]
pub use triplet::{Hardest, hardest};
pub use triplet::{
    TripletOptions, soft_triplet, soft_triplet_gradient, triplet, triplet_gradient, valid_anchors,
};

/// The losses on tensors, and distances. Each loss is the mean over a batch: a tensor of one number, which
/// has a gradient.
#[cfg(feature = "nn")]
pub mod tensors {
    pub use super::angle::of_batch as angle;
    pub use super::contrastive::{of_list as pair_loss, of_rows as pair_loss_row_by_row};
    pub use super::cosent::of_batch as cosent;
    pub use super::distance::{matrix as distances, of_rows as distances_row_by_row};
    pub use super::hinge::of_batch as hinge;
    pub use super::infonce::{
        info_nce_of_batch as info_nce, n_pairs_of_batch as n_pairs,
        supervised_of_batch as supervised_contrastive, with_negatives as multiple_negatives,
    };
    pub use super::margin_mse::of_batch as margin_mse;
    pub use super::matryoshka::matryoshka;
    pub use super::multi_similarity::of_batch as multi_similarity;
    pub use super::negative_sampling::of_batch as negative_sampling;
    pub use super::triplet::{batch_all, batch_hard, batch_semi_hard};
    pub use super::triplet::{of_list as triplet, of_rows as triplet_row_by_row};
    pub use crate::nn::cross_entropy;
}
