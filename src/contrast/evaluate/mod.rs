//! Is what belongs together found? Every vector is a query, and all others are ranked by their distance to
//! it.
//!
//! ```text
//!     recall at k     share of queries with one of their own class among the nearest k
//!     R-precision     share of the nearest R that are of the class, R: how many others the class has
//!     MAP@R           mean over queries of  1/R Σ_{k ≤ R} [k is of the class] · precision at k            [1]
//!     MAP             the same up to the last of the class: mean of the precision at each of them
//!     MRR             mean of 1/k for the first of the class
//! ```
//!
//! Precision at 1 is recall at 1. For pairs, such as a verse and its translation, each query has one right
//! answer: [`retrieval_of_pairs`]. For triplets, [`triplet_accuracy`]; for graded pairs,
//! [`spearman`](crate::embeddings::spearman).
//!
//! **Ties count as wrong.** Among equal distances those of another class come first, and a triplet is right
//! only if its positive is truly nearer. So the order of the vectors does not matter, and a space in which
//! all is one point finds nothing. Others let the order decide (pytorch-metric-learning, whose figures agree
//! where there are no ties), or favour what is right (the reranking of sentence-transformers: a constant
//! model has an MRR of 1).
//!
//! A vector that is alone in its class is found as a wrong answer, but asks nothing. Distances are compared
//! in `f64`: equal vectors have equal distances wherever they stand.
//!
//! 1. Musgrave, Belongie and Lim 2020, *A Metric Learning Reality Check*

mod labels;
mod pairs;
mod space;
mod triplets;

pub use labels::{Ranked, Retrieval, retrieval};
pub use pairs::{PairRetrieval, retrieval_of_pairs};
pub use triplets::triplet_accuracy;
