//! Contrast: vectors that learn from what belongs together and what does not. The losses themselves are in
//! [`loss`](crate::loss); here is everything around them.
//!
//! | what | where |
//! |---|---|
//! | what InfoNCE measures, against a truth that is known | [`bound`] |
//! | which triplets of a batch, or which negatives of a corpus, to learn from | [`miners`] |
//! | alignment, uniformity, ranks, collapse | [`geometry()`], [`Geometry`] |
//! | is what belongs together found? | [`retrieval`], [`retrieval_of_pairs`], [`triplet_accuracy`] |
//! | batches by class, and without duplicates | `ByClass`, `WithoutDuplicates` |
//! | what makes vectors of examples | `Encoder`: `VectorTable`, `WordAverage`, `Mlp` |
//! | training with any encoder and any loss, recorded | `Contrast`, `History` |
//! | batches larger than memory, with the gradient of the whole | `cached_gradients` |
//! | the vectors of earlier batches as further candidates | `CrossBatchMemory` |
//!
//! The last five exist with the feature `nn`.
//!
//! **Which loss?** It depends on what the data says. n is the batch, d the dimension, P the pairs that are
//! listed, V the classes; the encoder's own cost, which is most of it, is the same for all. Losses are those
//! of [`loss::tensors`](crate::loss).
//!
//! | what you have | loss | batches | memory | time |
//! |---|---|---|---|---|
//! | pairs that belong together | `info_nce`, both ways if both sides are asked for | large, without duplicates | n d | n² d |
//! | … and a hard negative or more (h) for each | `multiple_negatives` | without duplicates | (1+h) n d | (1+h) n² d |
//! | … more than fit into memory at once | the same with cached gradients | as large as time allows | a part's, and n d | encoder twice |
//! | … and texts that say the same, but not in the data | `info_nce` with a guide's mask | any | n d | n² d, and the guide |
//! | pairs with yes or no | `pair_loss`; with few that are hard, its online form | any | P | P d |
//! | pairs with a grade | `cosent`, or with `angle` where cosines are all near 1 | any | P² | P d + P² |
//! | labels, many examples each | `supervised_contrastive` | by class | n d | n² d |
//! | … and a distance with a meaning is wanted | `batch_hard`, `batch_semi_hard`: the margin is its unit | by class | n² | n² d |
//! | … and similarities differ much within a class | `multi_similarity` | by class | n² | n² d |
//! | labels, two examples each | `n_pairs`; with a memory of earlier batches if V is large | by class, 2 each | n d | n² d |
//! | triplets | `triplet` | any | n | n d |
//! | scores of a better, slower model | `margin_mse` | any | n | n d |
//! | vectors that are to be cut later | `matryoshka` around any of these | its | its | its, for each length |
//!
//! Positives alone teach nothing: all to one point has the loss 0. What is pushed apart decides, and so does
//! the batch: a loss of in-batch negatives with a batch of n can show at most ln n nats ([`bound`]). What is
//! equal in a batch is no negative; without [`WithoutDuplicates`] or a mask the loss has a floor of ln 2 for
//! two equal rows. A temperature divides cosines, a margin is in the unit of its distance: 0.2 is much for
//! cosines, and nothing for Euclidean distances of unnormalised vectors.

pub mod bound;
#[cfg(feature = "nn")]
mod cached;
#[cfg(feature = "nn")]
mod encoders;
mod evaluate;
mod geometry;
#[cfg(feature = "nn")]
mod memory;
pub mod miners;
#[cfg(feature = "nn")]
mod samplers;
#[cfg(feature = "nn")]
mod training;

#[cfg(feature = "nn")]
pub use cached::{CachedGradients, Encode, LossOfVectors, cached_gradients};
#[cfg(feature = "nn")]
pub use encoders::{Encoder, Mlp, VectorTable, WordAverage};
pub use evaluate::{PairRetrieval, Ranked, Retrieval, retrieval, retrieval_of_pairs, triplet_accuracy};
pub use geometry::{Geometry, alignment, effective_rank, geometry, geometry_of_pairs, uniformity};
#[cfg(feature = "nn")]
pub use memory::CrossBatchMemory;
#[cfg(feature = "nn")]
pub use samplers::{ByClass, WithoutDuplicates};
#[cfg(feature = "nn")]
pub use training::{Batches, Contrast, History, Labelled, LossOfLabels, LossOfPairs, Moment, Paired};
