//! title: No gap between texts
//! concept: packing
//! points: 2
//! difficulty: 1
//! minutes: 10
//!
//! Texts have different lengths, and a batch needs rows of one length. Join all documents, put the token
//! `end` after each of them, and cut the whole into rows of `length` tokens. A row may hold the end of one
//! document and the beginning of the next. What is left at the end and does not fill a row is left out.
//! `length` is above 0.

/// The documents, one behind the other, cut into rows.
#[allow(unused_variables, reason = "not written yet")]
pub fn pack(documents: &[Vec<usize>], end: usize, length: usize) -> Vec<Vec<usize>> {
    todo!()
}
