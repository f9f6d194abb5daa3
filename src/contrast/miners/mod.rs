//! Miners: which triplets of a batch, or which negatives of a corpus, are worth learning from.
//!
//! Most triplets are right already and have no gradient; the share of those grows while a network learns. A
//! triplet of an anchor, a positive at the distance d⁺ and a negative at d⁻ is, with the margin m,
//!
//! | kind | inequality | its loss max(0, d⁺ − d⁻ + m) |
//! |---|---|---|
//! | [`Kind::Easy`] | d⁻ ≥ d⁺ + m | 0 |
//! | [`Kind::SemiHard`] | d⁺ < d⁻ < d⁺ + m, both strict | between 0 and m |
//! | [`Kind::Hard`] | d⁻ ≤ d⁺ | m or more |
//!
//! Each triplet is of one kind. Schroff, Kalenichenko and Philbin (2015) name the semi-hard ones, and this is
//! their inequality. pytorch-metric-learning counts d⁻ = d⁺ + m as semi-hard, although it has no loss, and
//! its "all" has no easy ones.
//!
//! Only hard triplets early in training pull everything into one point (the same authors, and Wu and others
//! 2017): where all is equal, d⁺ − d⁻ is 0 for all, the least that hard triplets can reach. Semi-hard ones
//! stop that, and so does drawing negatives at all distances, [`DistanceWeighted`]. A hard negative may also
//! be a mistake of the labels.
//!
//! | miner | what it returns | cost |
//! |---|---|---|
//! | [`triplets`] | all of a kind | n² distances, and a step for each triplet of the batch |
//! | [`counts`] | how many of each kind there are: who still has a gradient | the same |
//! | [`batch_hard`] | for each anchor the farthest positive and the nearest negative | 2n²d operations |
//! | [`DistanceWeighted`] | for each positive pair a negative, drawn evenly over the distances | n² distances |
//! | [`Mining`] | for each query negatives from a whole corpus, by rank, score and margin | an exact search |
//!
//! A batch without a valid triplet gives an empty list, whose loss is 0 with gradient 0.

#[cfg(feature = "nn")]
mod batch;
mod corpus;
#[cfg(feature = "nn")]
mod weighted;

#[cfg(feature = "nn")]
pub use batch::{Kind, TripletCounts, batch_hard, counts, triplets};
pub use corpus::{Mined, Mining, Negative};
#[cfg(feature = "nn")]
pub use weighted::DistanceWeighted;
