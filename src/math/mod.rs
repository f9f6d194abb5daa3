//! The mathematics that more than one chapter needs.
//!
//! | what | where |
//! |---|---|
//! | the product of two dense matrices, at the speed of the machine | [`matmul`], [`matmul_into`], [`matmul_add`] |
//! | eigenvalues and eigenvectors of a symmetric matrix | [`eigen`] |
//! | an orthonormal basis of the columns of a tall matrix | [`orthonormal`] |
//! | singular values and vectors of a small dense matrix | [`svd`] |
//! | the rotation that brings points nearest to others | [`procrustes`] |
//! | clusters of directions, and how well they are separated | [`spherical_kmeans`], [`cosine_silhouette`] |
//! | draws from a fixed distribution in constant time | [`AliasTable`] |
//! | norms and the gate of a transformer on plain numbers | [`layers`] |
//! | Ψ and log Γ | [`digamma`], [`ln_gamma`] |
//!
//! The product of a sparse matrix with a dense one is [`Sparse::times`](crate::count::Sparse::times).

mod alias;
mod eigen;
#[cfg(feature = "nn")]
mod exponentials;
mod kmeans;
pub mod layers;
mod matmul;
mod orthonormal;
mod procrustes;
mod slices;
mod special;
mod svd;

pub use alias::AliasTable;
pub use eigen::{Eigen, eigen};
#[cfg(feature = "nn")]
pub(crate) use exponentials::{exponentials, largest};
pub use kmeans::{Clusters, cosine_silhouette, spherical_kmeans};
pub use matmul::{matmul, matmul_add, matmul_into};
pub use orthonormal::{gram, orthonormal, times_small};
pub use procrustes::{Procrustes, procrustes};
pub(crate) use slices::{cosine_of, inner, norm, squared_distance, unit_rows};
pub use special::{digamma, ln_gamma};
pub use svd::{DenseSvd, svd};
