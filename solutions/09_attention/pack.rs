//! title: No gap between texts
//! concept: packing
//! points: 2
//! difficulty: 1
//! minutes: 10
//! hint: First one long list: each document and then `end`.
//! hint: `list.chunks_exact(length)` leaves out what does not fill a row.
//!
//! Texts have different lengths, and a batch needs rows of one length. Join all documents, put the token
//! `end` after each of them, and cut the whole into rows of `length` tokens. A row may hold the end of one
//! document and the beginning of the next. What is left at the end and does not fill a row is left out.
//! `length` is above 0.

/// The documents, one behind the other, cut into rows.
pub fn pack(documents: &[Vec<usize>], end: usize, length: usize) -> Vec<Vec<usize>> {
    // solution
    let mut all = Vec::new();
    for document in documents {
        all.extend_from_slice(document);
        all.push(end);
    }
    all.chunks_exact(length).map(|row| row.to_vec()).collect()
    // end
}
