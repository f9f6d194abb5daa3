//! The solutions themselves, compiled.

#![allow(unreachable_pub, reason = "the files are written for a crate of their own")]

use course::check::{self, Report};

#[path = "../../solutions/01_vectors/analogy.rs"]
mod analogy;
#[path = "../../solutions/01_vectors/centre.rs"]
mod centre;
#[path = "../../solutions/01_vectors/cooccurrence.rs"]
mod cooccurrence;
#[path = "../../solutions/01_vectors/cosine.rs"]
mod cosine;
#[path = "../../solutions/01_vectors/cosine_matrix.rs"]
mod cosine_matrix;
#[path = "../../solutions/01_vectors/dot.rs"]
mod dot;
#[path = "../../solutions/01_vectors/first_component.rs"]
mod first_component;
#[path = "../../solutions/01_vectors/histogram.rs"]
mod histogram;
#[path = "../../solutions/01_vectors/nearest.rs"]
mod nearest;
#[path = "../../solutions/01_vectors/norm.rs"]
mod norm;
#[path = "../../solutions/01_vectors/one_hot.rs"]
mod one_hot;
#[path = "../../solutions/01_vectors/precision_at_k.rs"]
mod precision_at_k;
#[path = "../../solutions/01_vectors/spearman.rs"]
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
