//! title: A row for every piece
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 12
//!
//! There are too many n-grams for a table of their own, so a hash gives each one of `buckets` rows, and
//! some share a row. The hash is FNV-1a with 32 bits. Begin with h = 2166136261. For each byte b of the
//! text, h = (h xor b) · 16777619, of which the lower 32 bits are kept. The row is the remainder of h
//! divided by `buckets`, which is at least 1. All texts here are ASCII.

/// The row of an n-gram.
#[allow(unused_variables, reason = "not written yet")]
pub fn ngram_hash(ngram: &str, buckets: u32) -> u32 {
    todo!()
}
