//! The files that students get, as they were handed out, compiled.

#![allow(
    clippy::todo,
    unreachable_pub,
    reason = "files for a crate of their own, not written yet"
)]

use course::check::{self, Report};

#[path = "../../src/check/handed_out/01_vectors/analogy.rs"]
mod analogy;
#[path = "../../src/check/handed_out/01_vectors/centre.rs"]
mod centre;
#[path = "../../src/check/handed_out/01_vectors/cooccurrence.rs"]
mod cooccurrence;
#[path = "../../src/check/handed_out/01_vectors/cosine.rs"]
mod cosine;
#[path = "../../src/check/handed_out/01_vectors/cosine_matrix.rs"]
mod cosine_matrix;
#[path = "../../src/check/handed_out/01_vectors/dot.rs"]
mod dot;
#[path = "../../src/check/handed_out/01_vectors/first_component.rs"]
mod first_component;
#[path = "../../src/check/handed_out/01_vectors/histogram.rs"]
mod histogram;
#[path = "../../src/check/handed_out/01_vectors/nearest.rs"]
mod nearest;
#[path = "../../src/check/handed_out/01_vectors/norm.rs"]
mod norm;
#[path = "../../src/check/handed_out/01_vectors/one_hot.rs"]
mod one_hot;
#[path = "../../src/check/handed_out/01_vectors/precision_at_k.rs"]
mod precision_at_k;
#[path = "../../src/check/handed_out/01_vectors/spearman.rs"]
mod spearman;

/// What the judge says of each.
pub(super) fn reports() -> Vec<Report> {
    vec![
        check::analogy(analogy::analogy),
        check::centre(centre::centre),
        check::cooccurrence(cooccurrence::cooccurrence),
        check::cosine(cosine::cosine),
        check::cosine_matrix(cosine_matrix::cosine_matrix),
        check::dot(dot::dot),
        check::first_component(first_component::first_component),
        check::histogram(histogram::histogram),
        check::nearest(nearest::nearest),
        check::norm(norm::norm),
        check::one_hot(one_hot::one_hot),
        check::precision_at_k(precision_at_k::precision_at_k),
        check::spearman(spearman::spearman),
    ]
}
