//! title: A random index vector
//! concept: random indexing
//! points: 2
//! difficulty: 1
//! minutes: 8
//!
//! An index vector has `dimension` places, a few of them +1 or −1 and all others 0. The places come from
//! `drawn`, a list of random numbers: number r means place r modulo `dimension` (the remainder of the
//! division). A place that is already filled is drawn in vain: skip the number. The first place that is
//! filled gets +1, the second −1, the third +1, and so on; a skipped number does not change whose turn it is.
//! `dimension` is at least 1.

/// The index vector that the numbers of `drawn` choose.
#[allow(unused_variables, reason = "not written yet")]
pub fn index_row(dimension: usize, drawn: &[usize]) -> Vec<f32> {
    todo!()
}
