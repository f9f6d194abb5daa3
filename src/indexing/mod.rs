//! Few dimensions at random: vectors that grow while the text is read, and why random directions are enough.
//!
//! | what | where |
//! |---|---|
//! | random indexing: the counts are projected while they are counted | [`RandomIndexing`], [`RandomIndex`] |
//! | random projection of any points | [`Projection`] |
//! | how many dimensions the Johnson-Lindenstrauss lemma asks for | [`jl_dimension`], [`jl_distortion`] |
//! | what became of the distances | [`distortion`] |

mod projection;
mod random_indexing;

pub use projection::{Distortion, Projection, ProjectionKind, distortion, jl_dimension, jl_distortion};
pub use random_indexing::{Context, RandomIndex, RandomIndexing, WordOrder};
