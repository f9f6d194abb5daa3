//! title: A row for every piece
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: `ngram.bytes()` gives the bytes; `u32::wrapping_mul` multiplies without an error.
//! hint: First the exclusive or (`^`), then the product: that is the difference between FNV-1a and FNV-1.
//!
//! There are too many n-grams for a table of their own, so a hash gives each one of `buckets` rows, and
//! some share a row. The hash is FNV-1a with 32 bits. Begin with h = 2166136261. For each byte b of the
//! text, h = (h xor b) · 16777619, of which the lower 32 bits are kept. The row is the remainder of h
//! divided by `buckets`, which is at least 1. All texts here are ASCII.

/// The row of an n-gram.
pub fn ngram_hash(ngram: &str, buckets: u32) -> u32 {
    // solution
    let mut hash: u32 = 2_166_136_261;
    for byte in ngram.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    }
    hash % buckets
    // end
}
