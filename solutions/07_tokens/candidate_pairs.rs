//! title: Candidates by bands
//! concept: duplicates
//! points: 3
//! difficulty: 2
//! minutes: 15
//! hint: `signature.chunks(rows)` gives the bands.
//! hint: Two documents are candidates if some band of one equals the same band of the other.
//!
//! Signatures are cut into bands of `rows` numbers each; the length is a multiple of it. Two documents are
//! candidates for near duplicates if they agree in all rows of at least one band. Return the pairs (i, j)
//! with i < j in ascending order.

/// The pairs of documents that agree in some band.
pub fn candidate_pairs(signatures: &[Vec<u64>], rows: usize) -> Vec<(usize, usize)> {
    // solution
    let mut pairs = Vec::new();
    for i in 0..signatures.len() {
        for j in i + 1..signatures.len() {
            let mut bands = signatures[i].chunks(rows).zip(signatures[j].chunks(rows));
            if bands.any(|(a, b)| a == b) {
                pairs.push((i, j));
            }
        }
    }
    pairs
    // end
}
