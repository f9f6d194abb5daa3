//! The exercises of lecture 03, one per file: the truth, the cases, and the mistakes that people make.

mod circular_correlation;
mod context_vector;
mod index_row;
mod jl_dimension;
mod largest_distortion;
mod merge_contexts;
mod project_ternary;
mod rotated;

super::cases::lecture! {
    index_row,
    context_vector,
    merge_contexts,
    rotated,
    jl_dimension,
    largest_distortion,
    project_ternary,
    circular_correlation,
}
