//! title: A place for every piece
//! concept: fastText
//! points: 2
//! difficulty: 2
//! minutes: 12
//! hint: `ngram.bytes()` gives the bytes; `u32::wrapping_mul` multiplies without an error.
//! hint: First the exclusive or (`^`), then the product: that is the difference between FNV-1a and FNV-1.
//!
//! There are too many n-grams for a table, so that each is given one of `buckets` rows by a hash, and some
//! share a row. The hash is FNV-1a with 32 bits: begin with h = 2166136261; for each byte b of the text, h =
//! (h xor b) · 16777619, of which the lower 32 bits are kept; the row is the remainder of h divided by
//! `buckets`, which is at least 1. All texts here are ASCII.

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
