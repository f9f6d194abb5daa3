//! Contrast: vectors that learn from what belongs together and what does not. The losses themselves are in
//! [`loss`](crate::loss); here is everything around them.
//!
//! | what | where |
//! |---|---|
//! | what InfoNCE measures, against a truth that is known | [`bound`] |
//! | alignment, uniformity, ranks, collapse | [`geometry()`], [`Geometry`] |

pub mod bound;
mod geometry;

pub use geometry::{Geometry, alignment, effective_rank, geometry, geometry_of_pairs, uniformity};
