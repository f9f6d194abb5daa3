//! Linear algebra that more than one chapter needs.
//!
//! | what | where |
//! |---|---|
//! | eigenvalues and eigenvectors of a symmetric matrix | [`eigen`] |
//! | an orthonormal basis of the columns of a tall matrix | [`orthonormal`] |
//! | singular values and vectors of a small dense matrix | [`svd`] |
//! | the rotation that brings points nearest to others | [`procrustes`] |
//!
//! The product of two dense matrices is [`matmul`](crate::matmul), that of a sparse one with a dense one
//! [`Sparse::times`](crate::count::Sparse::times).

mod eigen;
mod orthonormal;
mod procrustes;
mod svd;

pub use eigen::{Eigen, eigen};
pub use orthonormal::{gram, orthonormal, times_small};
pub use procrustes::{Procrustes, procrustes};
pub use svd::{DenseSvd, svd};
