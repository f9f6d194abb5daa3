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
//!
//! The last three exist with the feature `nn`.

pub mod bound;
#[cfg(feature = "nn")]
mod encoders;
mod evaluate;
mod geometry;
pub mod miners;
#[cfg(feature = "nn")]
mod samplers;
#[cfg(feature = "nn")]
mod training;

#[cfg(feature = "nn")]
pub use encoders::{Encoder, Mlp, VectorTable, WordAverage};
pub use evaluate::{PairRetrieval, Ranked, Retrieval, retrieval, retrieval_of_pairs, triplet_accuracy};
pub use geometry::{Geometry, alignment, effective_rank, geometry, geometry_of_pairs, uniformity};
#[cfg(feature = "nn")]
pub use samplers::{ByClass, WithoutDuplicates};
#[cfg(feature = "nn")]
pub use training::{Batches, Contrast, History, Labelled, LossOfLabels, LossOfPairs, Moment, Paired};
