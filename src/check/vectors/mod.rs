//! The exercises of lecture 01, one per file: the truth, the cases, and the mistakes that people make.

mod analogy;
mod centre;
mod cooccurrence;
mod cosine;
mod cosine_matrix;
mod dot;
mod first_component;
mod histogram;
mod nearest;
mod norm;
mod one_hot;
mod precision_at_k;
mod spearman;

super::cases::lecture! {
    one_hot,
    dot,
    norm,
    cosine,
    cosine_matrix,
    cooccurrence,
    nearest,
    analogy,
    centre,
    first_component,
    spearman,
    histogram,
    precision_at_k,
}
